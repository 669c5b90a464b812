"""All that the council keeps of one member, as an archive for them (RGPD art. 15 and 20)."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

from meetings.council import Council
from meetings.domain.meeting import Meeting
from meetings.domain.values import MemberId
from meetings.log.requests import Asked, asked_of
from meetings.recording.utterances import speeches


def archive(council: Council, recordings: Path, member: MemberId, *, voice: bool = True) -> bytes:
    """A ZIP file. Blocks. Raises OSError.

    `about.json`: the name, and the seat in each meeting; `log.jsonl`: every event that the member brought about or that
    speaks of them, with its hash, so that it can be found in the chain; `words.json`: what they said, by meeting;
    `requests.json`: corrections asked for; `voice/`: each utterance whose sound is still kept (Ogg/Opus), with `voice`.
    """
    meetings = council.meetings()
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("about.json", _json(_about(council, meetings, member)))
        file.writestr("log.jsonl", "".join(f"{line}\n" for one in meetings for line in _events(council, one, member)))
        file.writestr("words.json", _json({one.id: _words(council, one, member) for one in meetings}))
        asked = {one.id: [each.text for each in _requests(council, one, member)] for one in meetings}
        file.writestr("requests.json", _json(asked))
        for meeting in meetings if voice and member.isdecimal() else ():
            for speech in speeches(recordings / meeting.id, int(member)):
                file.writestr(f"voice/{meeting.id}/{speech.utterance.id}.ogg", speech.audio())
    return kept.getvalue()


def _about(council: Council, meetings: list[Meeting], member: MemberId) -> dict[str, object]:
    seats = {one.id: one.attendance.seat(member) for one in meetings}
    return {
        "id": member,
        "name": council.log.names().get(member, ""),
        "seats": {key: {"role": seat.role.value, "college": seat.college} for key, seat in seats.items() if seat},
    }


def _events(council: Council, meeting: Meeting, member: MemberId) -> list[str]:
    """A plan speaks of everybody: what it says of this member is their seat, in `about.json`."""
    rows = [row for row in council.log.export(meeting.id) if row["type"] != "Planned"]
    own = [row for row in rows if row["by"] == member or _speaks_of(row["data"], member)]
    return [json.dumps(row, ensure_ascii=False, sort_keys=True) for row in own]


def _speaks_of(data: object, member: MemberId) -> bool:
    return isinstance(data, dict) and member in [value for value in data.values() if isinstance(value, str)]


def _words(council: Council, meeting: Meeting, member: MemberId) -> list[dict[str, str]]:
    said = council.log.words(meeting.id)
    own = [spoken for spoken in meeting.recording.utterances.values() if spoken.member == member]
    return [
        {"utterance": one.utterance, "start": one.start.isoformat(), "text": said[one.utterance].text}
        for one in own
        if one.utterance in said
    ]


def _requests(council: Council, meeting: Meeting, member: MemberId) -> list[Asked]:
    return [one for one in asked_of(council.log, meeting.id).values() if one.member == member]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
