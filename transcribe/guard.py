"""What Whisper invents where nobody speaks is refused here, by cause; what is merely unsure is marked, never dropped.

Whisper writes a fluent sentence for any sound: an empty room gives subtitle credits, laughter gives small talk, a hum
gives one phrase again and again. Real utterances measured far from that: no-speech probability 0.02 in the median and
0.08 at the ninth decile, mean log-probability -0.31 and -0.60. The limits below stand in the gap between the two.
"""

import re
import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from transcribe.words import Word

NOISE_LOGPROB = -1.0  # refused below this, if the model also thinks that nobody speaks
NOISE_NO_SPEECH = 0.4
BABBLE_LOGPROB = -0.65  # likewise, where it is nearly sure that nobody does: many voices at once gave -0.68 to -0.84
BABBLE_NO_SPEECH = 0.45  # and 0.47 to 0.67; of 143 recorded clips none passed -0.5 with more than 0.12
UNSURE_LOGPROB = -0.8
HALF_SURE_LOGPROB = -0.5  # enough to doubt when the model also thinks that perhaps nobody speaks:
UNSURE_NO_SPEECH = 0.3  # alone it says little, sure and right sentences reach 0.8 behind a prompt
LOOP_COMPRESSION = 2.4  # Whisper's own limit: text that deflates further than this repeats itself
LOOP_REPEATS = 5  # of one to three words: "non, non, non" is an answer
LONG_LOOP_REPEATS = 3  # of four to twelve words, which nobody says three times over
SPEECH_RATE = 35.0  # characters a second; fast French is about 20
RATE_GRACE = 0.6  # seconds that voice activity detection may miss of a short answer
CHORUS_WORDS = 3  # of a line that several say: "oui" and "d'accord" are said by all
CHORUS_SURE = 0.6  # confidence above which several may well have said it
# The last net, under the causes: credits and farewells of the subtitles Whisper learned from, in bare words.
SUBTITLES = re.compile(
    r"sous titr\w+ (réalisé|par|fait|st )|\bamara org\b|\bradio canada\b|merci d avoir (regardé|suivi)"
    r"|abonnez vous|n oubliez pas de (liker|vous abonner)|thank(s| you)( so much)? for watching"
    r"|subtitl\w+ by|transcri\w+ by|please subscribe|(like|subscribe) (and|to) (subscribe|my channel|the channel)"
)


class Cause(StrEnum):
    """Why text was refused or marked."""

    SILENCE = "silence"  # voice activity detection found nobody; the model was not asked
    NOISE = "noise"  # unsure of every word and of there being speech at all
    ECHO = "echo"  # the prompt came back as if it had been said
    LOOP = "loop"  # a phrase over and over
    RATE = "rate"  # more words than a mouth can say in that time
    KNOWN = "known"  # one of the sentences Whisper has from its subtitles, heard without being sure
    UNSURE = "unsure"  # plausible, but the model doubts it


@dataclass(frozen=True)
class Heard:
    """What an engine heard in one utterance, not judged yet. `seconds` of audio, `speech` seconds of voice in it."""

    text: str
    language: str
    logprob: float
    no_speech: float
    seconds: float
    speech: float
    prompt: str = ""
    cut: bool = False  # the limit of tokens ended the text, not the model
    words: tuple[Word, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """`refused` text must not stand in a transcript; `doubtful` text stands, marked. `cause` says why either."""

    refused: bool = False
    doubtful: bool = False
    cause: Cause | None = None


def judge(heard: Heard) -> Verdict:
    """The verdict on what was heard; sound text gives an empty verdict."""
    if heard.speech <= 0:
        return Verdict(refused=True, cause=Cause.SILENCE)
    cause = _refusal(heard)
    if cause:
        return Verdict(refused=True, cause=cause)
    cause = _doubt(heard)
    return Verdict(doubtful=cause is not None, cause=cause)


def suspect(heard: Heard) -> bool:
    """Whether it is worth hearing again through a full window: a loop, or a phrase of several words twice in a row,
    which people seldom say and short windows often write."""
    words = _bare(heard.text).split()
    return loops(heard) or any(_run(words, size) > 1 for size in range(4, 13))


def loops(heard: Heard) -> bool:
    """Whether the text runs in a circle or ran into its limit."""
    return heard.cut or _compression(heard.text) > LOOP_COMPRESSION or _circles(heard.text)


@dataclass(frozen=True)
class Line:
    """What one track says at some time; `confidence` from 0 to 1."""

    track: str
    text: str
    confidence: float


def chorus(lines: Sequence[Line]) -> set[int]:
    """Indexes of lines that stand on several tracks word for word, where the model is not sure of them: what Whisper
    makes of one noise it makes of the same noise in every microphone. They are to be marked, not to be dropped."""
    tracks: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        tracks[_bare(line.text)].add(line.track)
    return {
        at
        for at, line in enumerate(lines)
        if line.confidence < CHORUS_SURE
        and len(_bare(line.text).split()) >= CHORUS_WORDS
        and len(tracks[_bare(line.text)]) > 1
    }


def _refusal(heard: Heard) -> Cause | None:
    noise = heard.logprob < NOISE_LOGPROB and heard.no_speech > NOISE_NO_SPEECH
    if noise or (heard.logprob < BABBLE_LOGPROB and heard.no_speech > BABBLE_NO_SPEECH):
        return Cause.NOISE
    if len(heard.text) > SPEECH_RATE * (heard.speech + RATE_GRACE):
        return Cause.RATE
    if _compression(heard.text) > LOOP_COMPRESSION or (_circles(heard.text) and heard.no_speech > NOISE_NO_SPEECH):
        return Cause.LOOP
    if heard.logprob < HALF_SURE_LOGPROB and _echo(heard):
        return Cause.ECHO
    if heard.logprob < HALF_SURE_LOGPROB and SUBTITLES.search(_bare(heard.text)):
        return Cause.KNOWN
    return None


def _doubt(heard: Heard) -> Cause | None:
    if loops(heard):
        return Cause.LOOP
    if SUBTITLES.search(_bare(heard.text)):
        return Cause.KNOWN
    hardly = heard.no_speech > UNSURE_NO_SPEECH and heard.logprob < HALF_SURE_LOGPROB
    return Cause.UNSURE if heard.text and (hardly or heard.logprob < UNSURE_LOGPROB) else None


def _echo(heard: Heard) -> bool:
    """Whether the text stands in the prompt; one word alone may well have been said, if the model thinks so."""
    words = _bare(heard.text).split()
    several = len(words) > 1 or heard.no_speech > UNSURE_NO_SPEECH
    return several and bool(words) and " ".join(words) in _bare(heard.prompt)


def _compression(text: str) -> float:
    raw = text.encode()
    return len(raw) / len(zlib.compress(raw)) if raw else 0.0


def _circles(text: str) -> bool:
    words = _bare(text).split()
    short = any(_run(words, size) >= LOOP_REPEATS for size in range(1, 4))
    return short or any(_run(words, size) >= LONG_LOOP_REPEATS for size in range(4, 13))


def _run(words: list[str], size: int) -> int:
    """How often the most repeated run of `size` words stands in a row."""
    longest = run = 1
    for at in range(size, len(words)):
        run = run + 1 if words[at] == words[at - size] else 1
        longest = max(longest, run)
    return (longest - 1) // size + 1


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
