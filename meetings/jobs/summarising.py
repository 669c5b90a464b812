"""Summaries of debates by a language model behind any OpenAI-compatible endpoint; off unless the settings name one."""

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from meetings.minutes.summary import Question

if TYPE_CHECKING:
    import httpx

logger = logging.getLogger(__name__)

KEPT = "summaries.json"
"""In a meeting's folder: the model and its answers, by the digest of what was asked, so that none is asked twice."""

LARGEST = 1_000_000
"""Bytes of a reply: what is larger is no summary."""

TOKENS = 1500
"""The longest answer."""


class SilentError(Exception):
    """The endpoint gave no answer that can be read."""


@dataclass(frozen=True, slots=True)
class Summariser:
    """A model at an endpoint (`https://api.mistral.ai/v1`, `http://127.0.0.1:11434/v1`), given `seconds` a meeting."""

    url: str
    model: str
    key: str = ""
    seconds: float = 120.0

    async def ask(self, folder: Path, questions: Sequence[Question]) -> bool:
        """Keep the answers to these questions in `folder`, and no others; whether all could be had. Raises OSError."""
        import httpx  # here, for the bot's memory

        wanted = {question.digest(self.model): question for question in questions}
        answers = {key: text for key, text in kept(folder)[1].items() if key in wanted}
        try:
            headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
            async with (
                asyncio.timeout(self.seconds),
                httpx.AsyncClient(headers=headers, timeout=self.seconds, trust_env=False) as client,
            ):
                for key in [key for key in wanted if key not in answers]:
                    answers[key] = await self._answer(client, wanted[key])
        except (TimeoutError, httpx.HTTPError, httpx.InvalidURL, SilentError) as failure:
            logger.error("the language model %s could not be asked: %s", self.model, failure or "too slow")
        _keep(folder, self.model, answers)
        return answers.keys() == wanted.keys()

    async def _answer(self, client: "httpx.AsyncClient", question: Question) -> str:
        """Raises httpx.HTTPError, SilentError."""
        asked = {"model": self.model, "messages": question.messages, "temperature": 0, "max_tokens": TOKENS}
        content = bytearray()
        async with client.stream("POST", f"{self.url.rstrip('/')}/chat/completions", json=asked) as reply:
            reply.raise_for_status()
            async for part in reply.aiter_bytes():
                content += part
                if len(content) > LARGEST:
                    raise SilentError("its reply has no end")
        try:
            text = json.loads(content)["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError) as unreadable:
            raise SilentError("its reply is no chat completion") from unreadable
        if not isinstance(text, str):
            raise SilentError("its reply is no text")
        return text


def kept(folder: Path) -> tuple[str, Mapping[str, str]]:
    """The model that answered, and its answers; none where nothing is kept that can be read."""
    try:
        found = json.loads((folder / KEPT).read_bytes())
        return str(found["model"]), {str(key): str(text) for key, text in found["answers"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return "", {}


def forget(folder: Path) -> None:
    """Keep no answer: no model is wanted any more. Raises OSError."""
    (folder / KEPT).unlink(missing_ok=True)


def _keep(folder: Path, model: str, answers: Mapping[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{KEPT}.part"
    part.write_text(json.dumps({"model": model, "answers": answers}, ensure_ascii=False, indent=2), "utf-8")
    part.replace(folder / KEPT)
