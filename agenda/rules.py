"""Which recurrence rules are safe to work out.

A rule is a small program from a stranger: `FREQ=SECONDLY` fills the memory, `FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30`
searches until the year 9999 for a day that never comes. Both are refused before anything is expanded. The work of the
others is counted in steps (one day looked at by dateutil, about 2 microseconds) against a budget for the whole file, so
that the same file always reads the same, on a fast machine and on a slow one.
"""

from datetime import MAXYEAR, datetime, timedelta
from typing import Literal

from dateutil.rrule import rrulestr
from icalendar import vRecur

Refusal = Literal["rule-sub-daily", "rule-never", "rule-bad"]

BUDGET = 500_000
"""Steps a file may cost."""

SEARCH = 20_000
"""Steps of a search that finds no day at all, at most."""

MAX_A_DAY = 8
_STEPS_A_DAY = {"DAILY": 1.0, "WEEKLY": 0.3, "MONTHLY": 0.1, "YEARLY": 0.1}
_SUB_DAILY = {"HOURLY", "MINUTELY", "SECONDLY"}
_DAYS = ("BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO")
_FILTERS = (*_DAYS, "BYMONTH", "BYSETPOS")
_CYCLE = 28
"""Years after which weekdays, leap years and week numbers come round again."""

_SURE = 146
"""From this interval on, even a search to the last year takes fewer than 20,000 steps."""


def refusal(rule: vRecur, start: datetime) -> Refusal | None:
    """Why this rule (RFC 5545 section 3.3.10) of an event that starts at `start` is not worked out."""
    frequency = _first(rule, "FREQ")
    if frequency in _SUB_DAILY or times_a_day(rule) > MAX_A_DAY:
        return "rule-sub-daily"
    interval = _interval(rule)
    if frequency not in _STEPS_A_DAY or interval < 1:
        return "rule-bad"
    try:
        return None if _happens(rule, start.replace(tzinfo=None), interval) else "rule-never"
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError):
        return "rule-bad"


def refusal_of_text(text: str) -> Refusal | None:
    """The same for a rule of a VTIMEZONE, which must be yearly."""
    try:
        rule = vRecur.from_ical(text)
    except (ValueError, TypeError, KeyError):
        return "rule-bad"
    if _first(rule, "FREQ") != "YEARLY":
        return "rule-bad"
    return refusal(rule, datetime(1970, 1, 1))  # noqa: DTZ001 - only the search for a day that exists


def cost(rule: vRecur, start: datetime, window: tuple[datetime, datetime]) -> int:
    """Steps to work the rule out from `start` to the end of the window."""
    times = times_a_day(rule)
    walked = max((window[1] - start).days, 0) * _STEPS_A_DAY[_first(rule, "FREQ")] / _interval(rule)
    listed = (window[1] - window[0]).days * 30 if times > 1 else 0
    return int((walked + listed) * times)


def times_a_day(rule: vRecur) -> int:
    """How often on one day the rule may fall."""
    times = 1
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        times *= max(len(rule.get(name, ())), 1)
    return times


def _first(rule: vRecur, name: str) -> str:
    values = rule.get(name) or [""]
    return str(values[0]).upper()


def _interval(rule: vRecur) -> int:
    text = _first(rule, "INTERVAL") or "1"
    return int(text) if text.isdigit() else 0


def _happens(rule: vRecur, start: datetime, interval: int) -> bool:
    """Whether any day satisfies the rule.

    The search is moved to the end of the calendar, in step with the interval, where dateutil runs into the last year
    after one full cycle instead of after 8,000 years.
    """
    if interval >= _SURE or not any(rule.get(name) for name in _FILTERS):
        return True
    frequency = _first(rule, "FREQ")
    probe = {name: values for name, values in rule.items() if name.upper() not in {"UNTIL", "COUNT"}}
    first_year = MAXYEAR - _CYCLE * interval
    if frequency in {"DAILY", "WEEKLY"}:
        step = timedelta(days=interval * (7 if frequency == "WEEKLY" else 1))
        start += max((datetime(first_year, 1, 1) - start) // step, 0) * step  # noqa: DTZ001
    else:
        if not any(rule.get(name) for name in _DAYS):
            probe["BYMONTHDAY"] = [start.day]
        if frequency == "YEARLY" and not any(rule.get(name) for name in ("BYMONTH", *_DAYS)):
            probe["BYMONTH"] = [start.month]
        months = interval * (12 if frequency == "YEARLY" else 1)
        start = _add_months(start, max((first_year - start.year) * 12 // months, 0) * months)
    return next(iter(rrulestr(_text(vRecur(probe)), dtstart=start)), None) is not None


def _text(rule: vRecur) -> str:
    return bytes(rule.to_ical()).decode()  # type: ignore[no-untyped-call]  # untyped in icalendar


def _add_months(start: datetime, months: int) -> datetime:
    """The first day of the month that many months later."""
    total = start.year * 12 + start.month - 1 + months
    return start.replace(year=total // 12, month=total % 12 + 1, day=1)
