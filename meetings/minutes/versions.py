"""Every version of a meeting's minutes, beside the latest: the document, and its difference from the one before."""

import difflib
from pathlib import Path

from meetings.minutes.document import Minutes, from_json, to_json
from meetings.minutes.render import markdown

FOLDER = "versions"
"""In a meeting's folder of documents: `001.json`, `002.json` and `002.diff` (a unified diff of the Markdown), ..."""


def kept(folder: Path) -> list[Path]:
    """The documents of all versions, the first one first."""
    return sorted((folder / FOLDER).glob("[0-9][0-9][0-9]*.json"))


def keep(folder: Path, minutes: Minutes) -> None:
    """Keep a version, unless it is the one kept last. Raises OSError."""
    before = kept(folder)
    content = to_json(minutes)
    if before and before[-1].read_text("utf-8") == content:
        return
    name = f"{int(before[-1].stem) + 1 if before else 1:03}"  # of those before, some may have been erased
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    if before:
        _put(folder / FOLDER / f"{name}.diff", difference(from_json(before[-1].read_bytes()), minutes, name))
    _put(folder / FOLDER / f"{name}.json", content)  # last: a version whose difference is lacking is written again


def difference(before: Minutes, after: Minutes, name: str) -> str:
    """What changed between two versions, as a unified diff of their Markdown."""
    old, new = (markdown(one).splitlines(keepends=True) for one in (before, after))
    return "".join(difflib.unified_diff(old, new, "before", name))


def with_digest(folder: Path, digest: str) -> Minutes | None:
    """The version whose canonical JSON has this SHA-256; None where it is not kept. Raises OSError."""
    from meetings.minutes.signing import digest as digest_of  # here: drafting a version needs no key

    for path in reversed(kept(folder)):
        content = path.read_bytes()
        if digest_of(content) == digest:
            return from_json(content)
    return None


def _put(path: Path, text: str) -> None:
    part = path.with_suffix(f"{path.suffix}.part")
    part.write_text(text, "utf-8")
    part.replace(path)
