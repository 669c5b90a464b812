"""Dates, times and durations as a sentence has them, in the zone the moment itself carries.

French follows the Imprimerie nationale: `dimanche 1er novembre 2026`, `18 h 30`. English is British: `Sunday 1 November
2026`, `18:30`. Spaces that must not break are no-break ones (U+00A0).
"""

from datetime import date, datetime

from babel.dates import format_date
from babel.units import format_unit

from meetings.i18n.typography import NO_BREAK

LOCALES = {"fr": "fr_FR", "en": "en_GB"}
_UNITS = (("hour", 3600), ("minute", 60), ("second", 1))
_SYMBOLS = {"hour": "h", "minute": "min", "second": "s"}
_NAMED_HOURS = {0: "minuit", 12: "midi"}


def day(when: date, lang: str) -> str:
    """`dimanche 22 novembre 2026`; the first of a month is `1er` in French."""
    ordinal = "1er" if lang == "fr" and when.day == 1 else str(when.day)
    return format_date(when, f"EEEE '{ordinal}{NO_BREAK}'MMMM y", locale=LOCALES[lang])


def clock(when: datetime, lang: str) -> str:
    """`18 h 30`, `18 h`, in English `18:30`."""
    if lang != "fr":
        return f"{when.hour}:{when.minute:02}"
    return f"{when.hour}{NO_BREAK}h" + (f"{NO_BREAK}{when.minute:02}" if when.minute else "")


def precise(when: datetime, lang: str) -> str:
    """The time to the second: `18 h 30 min 05 s`, in English `18:30:05`."""
    if lang != "fr":
        return f"{when.hour}:{when.minute:02}:{when.second:02}"
    return f"{when.hour}{NO_BREAK}h{NO_BREAK}{when.minute:02}{NO_BREAK}min{NO_BREAK}{when.second:02}{NO_BREAK}s"


def moment(when: datetime, lang: str) -> str:
    """`dimanche 22 novembre 2026 à 18 h 30`."""
    return f"{day(when, lang)} {'à' if lang == 'fr' else 'at'} {clock(when, lang)}"


def duration(seconds: float, lang: str) -> str:
    """`1 heure 5 minutes`, `20 secondes`: the two largest units, rounded to the second."""
    return " ".join(
        format_unit(number, f"duration-{unit}", "long", locale=LOCALES[lang]).replace(" ", NO_BREAK)
        for number, unit in _parts(seconds)
    )


def duration_short(seconds: float) -> str:
    """`1 h 5 min`, `20 s`, in any language: as `duration`, for tables."""
    return NO_BREAK.join(f"{number}{NO_BREAK}{_SYMBOLS[unit]}" for number, unit in _parts(seconds))


def opening_words(when: datetime, lang: str) -> str:
    """The date as minutes begin: `L’an deux mille vingt-six, le vingt-deux novembre, à dix-huit heures trente`.

    English keeps to `On Sunday 22 November 2026, at 18:30`.
    """
    if lang != "fr":
        return f"On {day(when, lang)}, at {clock(when, lang)}"
    number = "premier" if when.day == 1 else _french_number(when.day)
    month = format_date(when, "MMMM", locale=LOCALES[lang])
    return f"L’an {_french_number(when.year)}, le {number} {month}, à {_french_hour(when)}"


def _french_hour(when: datetime) -> str:
    if when.hour in _NAMED_HOURS:
        hour = _NAMED_HOURS[when.hour]
    else:
        hour = _feminine(_french_number(when.hour)) + (" heure" if when.hour == 1 else " heures")
    return f"{hour} {_feminine(_french_number(when.minute))}" if when.minute else hour


def _french_number(number: int) -> str:
    from num2words import num2words  # here, for it loads some eighty languages: the bot need not

    return str(num2words(number, lang="fr"))


def _feminine(words: str) -> str:
    """Hours and minutes are feminine: `vingt et une heures`."""
    return words.removesuffix("un") + "une" if words == "un" or words.endswith(" un") else words


def _parts(seconds: float) -> list[tuple[int, str]]:
    rest = max(0, round(seconds))
    parts = []
    for unit, size in _UNITS:
        number, rest = divmod(rest, size)
        parts.append((number, unit))
    first = next((place for place, (number, _) in enumerate(parts) if number), len(parts) - 1)
    return [part for part in parts[first : first + 2] if part[0]] or [(0, "second")]
