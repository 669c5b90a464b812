"""What is said aloud when the recording begins: the house's own words (`fr.ogg`, `en.ogg`) or the council's file."""

from importlib.resources import as_file, files
from pathlib import Path

from meetings.i18n import LANGUAGES
from meetings.recording.errors import Code, RecordingError
from meetings.recording.packets import PACKET_SECONDS, NotOggOpusError, opus_packets

LONGEST = 30.0
"""Seconds; a meeting should not wait longer for its bot to have finished."""

Packets = tuple[bytes, ...]
"""Opus, 20 ms each, as Discord's clients send it."""


def announcement(wanted: str) -> dict[str, Packets]:
    """What is said in each language, as a setting wants it; nothing where that is off.

    Raises RecordingError (nothing_to_say, unspeakable, unspeakably_long), OSError.
    """
    match wanted:
        case "off":
            return {}
        case "on":
            return {lang: _own(lang) for lang in LANGUAGES}
    return dict.fromkeys(LANGUAGES, _read(Path(wanted)))


def _own(lang: str) -> Packets:
    with as_file(files(__package__) / f"{lang}.ogg") as path:
        return _read(path)


def _read(path: Path) -> Packets:
    try:
        packets = tuple(opus_packets(path))
    except FileNotFoundError as absent:
        raise RecordingError(Code.NOTHING_TO_SAY, path) from absent
    except NotOggOpusError as wrong:
        raise RecordingError(Code.UNSPEAKABLE, path) from wrong
    if not packets or len(packets) * PACKET_SECONDS > LONGEST:
        raise RecordingError(Code.UNSPEAKABLY_LONG, path)
    return packets
