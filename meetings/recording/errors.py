"""What a recording refuses, as a code with fields; words are made at the edge."""

from enum import StrEnum
from pathlib import Path


class Code(StrEnum):
    """Why a recording cannot be made, announced or read."""

    UNWRITABLE = "unwritable"  # the folder or a file in it cannot be created
    ABSENT = "absent"  # there is no recording in the folder
    UNKNOWN_UTTERANCE = "unknown_utterance"  # the journal holds no such utterance
    NOTHING_TO_SAY = "nothing_to_say"  # there is no such file to announce
    UNSPEAKABLE = "unspeakable"  # an announcement that is not Opus in Ogg, 20 ms a packet
    UNSPEAKABLY_LONG = "unspeakably_long"  # one of no length, or too long


class RecordingError(Exception):
    """A recording that cannot be made or read.

    `path` is the folder or file concerned; `reason` is the system's errno (0 where the system said nothing).
    """

    def __init__(self, code: Code, path: Path, reason: int = 0) -> None:
        super().__init__(code.value, str(path), reason)
        self.code = code
        self.path = path
        self.reason = reason
