"""A transcription as people and programs read it: JSON, WebVTT (W3C), SubRip, plain text."""

from dataclasses import asdict
from pathlib import Path

from transcribe.tracks import Report, Utterance


def to_json(report: Report) -> dict[str, object]:
    """The whole report but for its failures, ready for `json.dumps`; times in seconds."""
    whole = asdict(report)
    del whole["failed"]
    return whole


def to_vtt(report: Report) -> str:
    """WebVTT, each cue with its speaker's voice tag."""
    cues = [
        f"{_clock(one.start, '.')} --> {_clock(one.end, '.')}\n<v {_escaped(_name(one))}>{_escaped(one.written)}\n"
        for one in report.utterances
    ]
    return "\n".join(["WEBVTT\n", *cues])


def to_srt(report: Report) -> str:
    """SubRip, numbered from 1."""
    cues = [
        f"{number}\n{_clock(one.start, ',')} --> {_clock(one.end, ',')}\n{_name(one)}: {one.written}\n"
        for number, one in enumerate(report.utterances, 1)
    ]
    return "\n".join(cues)


def to_txt(report: Report) -> str:
    """A line an utterance: when, who, what; what is doubtful is marked (?) with its confidence."""
    return "".join(
        f"{_clock(one.start, '.')[:8]}  {_name(one)}: {one.written}"
        + (f"  (? {one.confidence:.2f})" if one.doubtful else "")
        + "\n"
        for one in report.utterances
    )


def _name(one: Utterance) -> str:
    return Path(one.track).stem


def _clock(seconds: float, point: str) -> str:
    whole = round(seconds * 1000)
    return f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02}{point}{whole % 1000:03}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
