"""A meeting as its review left it: lines for utterances, words as corrected, nothing that was struck."""

from collections.abc import Mapping
from dataclasses import dataclass

from meetings.domain.change import replace
from meetings.domain.meeting import Meeting
from meetings.domain.persistent import PersistentMap
from meetings.domain.tape import UtteranceRecorded
from meetings.domain.values import UtteranceId
from meetings.minutes.sources import Words


@dataclass(frozen=True, slots=True)
class Corrected:
    """Words that somebody put right."""

    text: str
    doubtful: bool = False


def reviewed(
    meeting: Meeting, transcript: Mapping[UtteranceId, Words], versions: Mapping[str, str]
) -> tuple[Meeting, dict[UtteranceId, Words]]:
    """The meeting and transcript that minutes are composed from; `versions` are corrected words by digest.

    Words that were erased are as if nobody knew them.
    """
    lines = [line for line in meeting.review.lines(meeting.recording.utterances) if not line.struck]
    words: dict[UtteranceId, Words] = {}
    for line in lines:
        key = UtteranceId(line.id)
        said = Corrected(versions[line.digest]) if line.digest in versions else None
        heard = transcript.get(key) if not line.digest else said
        if heard is not None:
            words[key] = heard
    uttered = {
        UtteranceId(one.id): UtteranceRecorded(UtteranceId(one.id), one.member, one.start, one.end) for one in lines
    }
    recording = replace(meeting.recording, utterances=PersistentMap(uttered))
    return replace(meeting, recording=recording), words
