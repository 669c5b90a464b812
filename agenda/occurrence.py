"""One event as it happens once."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from agenda.series import Instance
from agenda.texts import Attachment, Texts
from agenda.zones import FileZone


@dataclass(frozen=True)
class Occurrence:
    """One event as it happens once.

    `start` and `end` are aware, in the event's own zone (the council's where it is written in UTC), whose name is
    `zone`; for an all-day event they are midnights and `end` is the day after the last, as in RFC 5545.
    `recurrence_id` is the planned start of this instance of a series, ISO 8601 in UTC (a date for whole days), None for
    an event that happens once. `status` is upper case, CONFIRMED where none is given; `modified` the event's
    LAST-MODIFIED; `file` names the calendar it was read from.
    """

    uid: str
    recurrence_id: str | None
    start: datetime
    end: datetime
    all_day: bool
    zone: str
    summary: str
    description: str
    html: str
    location: str
    url: str
    status: str
    sequence: int
    modified: datetime | None = None
    attachments: tuple[Attachment, ...] = ()
    file: str | None = None

    @property
    def start_utc(self) -> datetime:
        """The start in UTC."""
        return self.start.astimezone(UTC)

    @property
    def end_utc(self) -> datetime:
        """The end in UTC."""
        return self.end.astimezone(UTC)

    def after(self, offset: timedelta) -> datetime:
        """That long after the start, as clocks in the event's zone show it."""
        return (self.start_utc + offset).astimezone(self.start.tzinfo)

    @property
    def cancelled(self) -> bool:
        """Whether this instance was called off."""
        return self.status == "CANCELLED"


def build(instance: Instance, texts: Texts, sequence: int, zone: ZoneInfo, file: str | None) -> Occurrence:
    """What happens, from its times and its texts; days alone begin at midnight in `zone`, and UTC is shown in it."""
    start, end = _aware(instance.start, zone), _aware(instance.end, zone)
    return Occurrence(
        uid=instance.uid,
        recurrence_id=_iso(instance.recurrence_id),
        start=start,
        end=max(start, end),
        all_day=not isinstance(instance.start, datetime),
        zone=_zone_name(start.tzinfo, start),
        summary=texts.summary,
        description=texts.description,
        html=texts.html,
        location=texts.location,
        url=texts.url,
        status=instance.status.strip().upper() or "CONFIRMED",
        sequence=sequence,
        modified=texts.modified,
        attachments=texts.attachments,
        file=file,
    )


def _aware(moment: date, zone: ZoneInfo) -> datetime:
    """An instant in its zone; a day alone is its midnight at home. A time that a spring night skips is moved on.

    UTC says nothing of where people meet: such times are given as the council's clocks show them.
    """
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day, tzinfo=zone)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=zone)
    local = zone if moment.tzname() == "UTC" else moment.tzinfo
    return moment.astimezone(UTC).astimezone(local)


def _zone_name(tz: tzinfo | None, moment: datetime) -> str:
    return tz.key if isinstance(tz, ZoneInfo | FileZone) else moment.tzname() or "UTC"


def _iso(moment: date | None) -> str | None:
    if isinstance(moment, datetime):
        moment = moment.astimezone(UTC)
    return moment.isoformat() if moment else None
