"""English as a British council writes it, after GOV.UK's style: "£1,200", "20%", "1 March 2026", "5:30pm"."""

import re

from transcribe.numerals.figures import NO_BREAK, Tongue, rule

TONGUE = Tongue(
    code="en",
    words=(
        "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
        "|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
        "|hundred|thousand|million|billion"
    ),
    joint=r"(?:(?:(?<=dred)|(?<=sand)|(?<=lion)) and |[ -])",
    point="point",
    zeros=frozenset({"zero"}),
    one=frozenset({"one"}),
    figures=r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?",
    thousand="thousand",
    magnitudes="million|billion",
    group=",",
    mark=".",
)
NUMBER = TONGUE.number
MONTHS = r"(?-i:January|February|March|April|May|June|July|August|September|October|November|December)"
SIGNS = {"pound": "£", "euro": "€", "dollar": "$"}
UNITS = (
    r"pence|(?:kilo|centi|milli)?met(?:re|er)s?|(?:kilo)?grams?|kilos?|tonnes?|lit(?:re|er)s?|hectares?|acres?|miles?"
    r"|degrees?|square (?:met(?:re|er)s|feet|miles)|(?:kilo|mega)?watts?(?:[ -]hours?)?"
)
_ONES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TENS = ("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth")
_MORE = ("eighteenth", "nineteenth", "twentieth", *(f"twenty-{one}" for one in _ONES), "thirtieth", "thirty-first")
ORDINALS = {word: day for day, word in enumerate((*_ONES, *_TENS, *_MORE), 1)}
DAY = rf"(?:{'|'.join(word.replace('-', '[ -]') for word in reversed(ORDINALS))}|\d\d?(?:st|nd|rd|th))"
PLACES = "articles?|sections?|paragraphs?|pages?|chapter|schedule|appendix"
HALF = r"\s?(?P<half>[ap])\.?m\b(?:\.(?=\s*[a-z,]))?"
YEAR = rf"(?:,? (?P<year>\d{{4}}|{TONGUE.run})\b)?"
# What may follow pence that are said without their unit: not a thing that they could be counting.
BEHIND = r"(?=\s*(?:$|[.,;:!?…)”]|(?:and|to|for|from|of|in|on|by|with|each|per|the|a|an|we|it|is|was)\b))"


def _reference(match: re.Match[str]) -> str | None:
    digits = TONGUE.plain(match["ref"])
    return None if digits is None else f"{match['what']}{NO_BREAK}{digits}"


def _date(match: re.Match[str]) -> str | None:
    day = re.sub(r"[ -]", "-", match["day"].lower())
    number = ORDINALS.get(day) or int(re.sub(r"\D", "", day) or 0)
    if not 1 <= number <= 31:
        return None
    said = match["year"]
    year = _year(said) if said else None
    behind = match.string[match.start("year") : match.end()] if said and year is None else str(year or "")
    return f"{number}{NO_BREAK}{match['month']}" + (f" {behind}" if behind else "")


def _year(said: str) -> int | None:
    """A year said whole or in two halves: "two thousand and twenty-six", "nineteen eighty-four"."""
    number = TONGUE.parse(said)
    if number is not None:
        return number.whole if 1000 <= number.whole < 3000 and not number.magnitude else None
    first, *others = re.split(r"[ -]", said)
    century, rest = TONGUE.whole(first, 21), TONGUE.whole(" ".join(others), 99)
    return century * 100 + rest if century and rest and century >= 10 and rest >= 10 else None


def _years(match: re.Match[str]) -> str | None:
    year = _year(match["year"])
    return None if year is None else f"{match['before']} {year}"


def _clock(match: re.Match[str]) -> str | None:
    hours = TONGUE.whole(match["hours"], 12)
    minutes = TONGUE.whole(match["minutes"], 59) if match["minutes"] else 0
    if not hours or minutes is None:
        return None
    return f"{hours}{f':{minutes:02}' if match['minutes'] else ''}{match['half'].lower()}m"


def _percent(match: re.Match[str]) -> str | None:
    number = TONGUE.parse(match["n"])
    return None if number is None else f"{TONGUE.show(number)}%"


def _money(match: re.Match[str]) -> str | None:
    sum_, figures, cents = TONGUE.parse(match["n"]), TONGUE.counted(match["n"]), match["cents"]
    if sum_ is None or figures is None:
        return None
    if not cents:
        return SIGNS[match["coin"].lower()] + figures
    behind = None if sum_.decimals or sum_.magnitude else TONGUE.whole(cents, 99)
    return None if behind is None else f"{SIGNS[match['coin'].lower()]}{figures}.{behind:02}"


def _measure(match: re.Match[str]) -> str | None:
    figures = TONGUE.counted(match["n"])
    return f"{figures}{NO_BREAK}{match['unit']}" if figures else None


def _number(match: re.Match[str]) -> str | None:
    return TONGUE.running(match["n"], year=False)


def _parted(match: re.Match[str]) -> str:
    return f"{int(match['n']):,}"


RULES = (
    rule(
        rf"\b(?P<what>articles?|sections?|paragraphs?|pages?|chapter|schedule|appendix) (?P<ref>{TONGUE.simple})",
        _reference,
    ),
    rule(rf"(?:\bthe )?\b(?P<day>{DAY}) (?:of )?(?P<month>{MONTHS})\b{YEAR}", _date),
    rule(rf"\b(?P<month>{MONTHS}) (?:the )?(?P<day>{DAY})\b{YEAR}", _date),
    rule(rf"\b(?P<before>in|since|of|year|{MONTHS}) (?P<year>{TONGUE.run})(?![\w-])", _years),
    rule(rf"(?P<hours>{NUMBER})(?P<minutes>){HALF}", _clock),
    rule(
        rf"(?P<hours>{TONGUE.words}|\d\d?)[ :.](?P<minutes>{NUMBER})\s?(?P<half>[ap])\.?m\b(?:\.(?=\s*[a-z,]))?", _clock
    ),
    rule(rf"(?P<n>{NUMBER}) ?(?:%|per ?cent\b)", _percent),
    rule(rf"(?P<n>{NUMBER}) (?P<coin>pound|euro|dollar)s?(?: and)? (?P<cents>{NUMBER}) (?:pence|cents?)\b", _money),
    rule(rf"(?P<n>{NUMBER}) (?P<coin>pound|euro|dollar)s (?P<cents>{NUMBER}){BEHIND}", _money),
    rule(rf"(?P<n>{NUMBER}) (?P<coin>pound|euro|dollar)s?\b(?P<cents>)(?! (?:key|sign)\b)", _money),
    rule(rf"(?P<n>{NUMBER}) (?P<unit>{UNITS})\b", _measure),
    rule(rf"(?P<n>(?<![\w.,-])(?:{TONGUE.said})(?![\w-]))(?![ -](?:and )?\w+(?:th|first|second|third)\b)", _number),
    rule(r"(?<![\w.,°-])(?P<n>[1-9]\d{4,}|[3-9]\d{3}|1[0-8]\d\d|2[1-9]\d\d)(?= (?-i:[a-z]))", _parted),
)
