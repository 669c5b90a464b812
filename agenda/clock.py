"""Times of day and lengths of time as French and English agendas write them: `10 min`, `10'`, `1h30`, `18h30-18h45`."""

import re

EDGES = " \t-–—:;,.|/"
"""What may stand between a remark and the title."""

_ABOUT = r"(?:(?:durée|duree|duration|temps|time)\s*:?\s*)?(?:env(?:iron|\.)?|about|approx\.?|max\.?|~|≈|±)?\s*"
MINUTES = re.compile(
    _ABOUT
    + r"(?:\d{1,3}\s*(?:-|–|à|to)\s*)?(\d{1,3})\s*(?:minutes?|mins?\b\.?|mn\b|['’′](?!['’′\w]))"
    + r"(?:\s*max(?:i(?:mum)?)?\b\.?)?",
    re.IGNORECASE,
)
HOURS = re.compile(
    _ABOUT + r"(\d{1,2})\s*(?:h|hrs?|hours?|heures?)(?:\s*(?:et\s+|and\s+)?(\d{1,2})(?:\s*(?:min\w*|mn))?)?\b",
    re.IGNORECASE,
)
_IN_WORDS = {
    r"(?:une|un|1)?\s*demi[- ]heure|half an hour|half hour|½\s*h\w*|1/2\s*h\w*": 30,
    r"(?:un|1)?\s*quart d['’]heure|quarter of an hour|¼\s*h\w*|1/4\s*h\w*": 15,
    r"une heure|an hour|one hour": 60,
    r"une heure et demie|1[.,]5\s*h\w*|an hour and a half": 90,
}
_CLOCK = r"\d{1,2}(?:\s?[hH](?:\s?\d{2})?|[:.]\d{2})(?:\s?[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?"
RANGE = re.compile(
    rf"(?:de\s+|from\s+)?(\d{{1,2}}(?=\s?[-–—]\s?\d{{1,2}}\s?[hH])|\d{{1,2}}(?:[:.]\d{{2}})?(?=\s?[-–—]\s?\d{{1,2}}"
    rf"(?:[:.]\d{{2}})?\s?[ap]m)|{_CLOCK})\s*(?:-|–|—|à|to|until|>|→)\s*({_CLOCK})",
    re.IGNORECASE,
)
ONE_CLOCK = re.compile(rf"(?:à\s+|at\s+|vers\s+|dès\s+)?({_CLOCK})(?!\w)", re.IGNORECASE)
_CLOCK_PARTS = re.compile(r"(\d{1,2})\s?(?:[hH:.]\s?(\d{2})?)?\s?(?:([ap])\.?m\.?)?", re.IGNORECASE)


def duration(text: str) -> int | None:
    """Minutes, where the whole text is a length of time."""
    for pattern, minutes in _IN_WORDS.items():
        if re.fullmatch(_ABOUT + f"(?:{pattern})", text, re.IGNORECASE):
            return minutes
    found = MINUTES.fullmatch(text) or re.fullmatch(r"(\d{1,3})m", text)
    if found:
        return within_reason(int(found[1]))
    found = HOURS.fullmatch(text)
    if found and int(found[1]) <= 6:
        return within_reason(int(found[1]) * 60 + int(found[2] or 0))
    return None


def within_reason(minutes: int) -> int | None:
    """The minutes an item may take, None for more than half a day."""
    return minutes if 0 < minutes <= 720 else None


def leading_clock(line: str) -> tuple[int, int | None, str] | None:
    """Begin, end and the rest of a line that starts with a time of day or a span of it."""
    found = RANGE.match(line)
    if found:
        begins, ends = span(found[1], found[2])
        rest = line[found.end() :].lstrip(EDGES)
        return (begins, ends, rest) if begins is not None and rest else None
    one = ONE_CLOCK.match(line)
    begins = time_of_day(one[1]) if one else None
    rest = line[one.end() :].lstrip(EDGES) if one else ""
    return (begins, None, rest) if begins is not None and rest else None


def span(first: str, last: str) -> tuple[int | None, int | None]:
    """Minutes after midnight of both ends; `6:30-6:45 pm` gives the first its half of the day from the second."""
    half = re.search(r"[ap]\.?m", last, re.IGNORECASE)
    if half and not re.search(r"[ap]\.?m", first, re.IGNORECASE):
        first += half[0]
    return _minutes_of_day(first), _minutes_of_day(last)


def time_of_day(text: str) -> int | None:
    """A time of day; a small number of hours without am or pm is a duration instead."""
    minutes = _minutes_of_day(text)
    return (
        minutes if minutes is not None and (minutes >= 7 * 60 or re.search(r"[ap]\.?m", text, re.IGNORECASE)) else None
    )


def _minutes_of_day(text: str) -> int | None:
    found = _CLOCK_PARTS.fullmatch(text.strip())
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None
