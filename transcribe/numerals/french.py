"""French as its administration writes it, after the Imprimerie nationale's *Lexique des règles typographiques*.

Thousands parted by a narrow no-break space, "18 h 30", "20 %", "1er mars 2026", "article L. 2121-10", "n° 2026-042".
"""

import re

from transcribe.numerals.figures import NARROW, NO_BREAK, Tongue, rule

TONGUE = Tongue(
    code="fr",
    words=(
        "zéro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente"
        "|quarante|cinquante|soixante|septante|huitante|octante|nonante|cents?|mille|millions?|milliards?"
    ),
    joint=r"(?:[ -]et[ -](?=(?:une?|onze)\b)|[ -])",
    point="virgule",
    zeros=frozenset({"zéro"}),
    one=frozenset({"un", "une"}),
    figures=rf"(?:\d{{1,3}}(?:[ {NO_BREAK}{NARROW}]\d{{3}})+(?!\d)|\d+)(?:[.,]\d{{1,2}}(?!\d))?",
    thousand="mille",
    magnitudes="millions?|milliards?",
    group=NARROW,
    mark=",",
)
NUMBER = TONGUE.number
MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
PLACES = "articles?|alinéas?|annexes?|pages?|chapitres?|numéros?|n°"
UNITS = (
    r"centimes?|(?:kilo|hecto|déci|centi|milli)?(?:mètres?|grammes?|litres?)(?: (?:carrés?|cubes?))?|hectares?|kilos?"
    r"|tonnes?|degrés?|(?:kilo|méga|giga)?watts?(?:[ -]heures?)?|dollars?|francs?|livres?"
)
# What may follow minutes or centimes that are said without their unit: not a thing that they could be counting.
NO_MORE = "au|aux|de|du|des|dans|sur|par|pour|en|avec|le|la|les|on|nous|je|il|elle|pile|environ|jusqu.à|soit|hors|ttc"
AND_NO_NUMBER = rf"(?:et|à|ou)\b(?! (?:{TONGUE.run})(?! ?h(?:eures?)?\b))"
BEHIND = rf"(?=\s*(?:$|[.,;:!?…)»]|{AND_NO_NUMBER}|(?:{NO_MORE})\b|l['’]))"
YEAR = re.compile(rf"(?:{MONTHS}|\ben|\bannée|\bl['’]an|\bloi de)\s$", re.IGNORECASE)
AT = re.compile(r"(?:\bà|\bdès|\bvers|\bavant|\baprès|\best)\s$", re.IGNORECASE)
PARTS = {"et quart": 15, "et demie": 30, "et demi": 30, "moins le quart": -15}
ORDINAL = r"(?![ -](?:et[ -])?\w+ièmes?\b)"


def _reference(match: re.Match[str]) -> str | None:
    """Articles, pages, numbers of acts: digits in a row, hyphens for "tiret"."""
    digits = _digits(match["ref"])
    if digits is None or (match["ref"].lower() in TONGUE.one and not match["letter"]):
        return None
    letter = f"{match['letter'].upper()}.{NO_BREAK}" if match["letter"] else ""
    what = "n°" if match["what"].lower() == "numéro" else match["what"]
    return f"{what}{NO_BREAK}{letter}{digits}"


def _digits(text: str) -> str | None:
    """References in a list, each in digits; None where one of them says no number."""
    whole = re.sub(r"\s*(?:\btiret\b|-(?=\d))\s*", "\x00", text, flags=re.IGNORECASE)
    parts = re.split(r"(\x00|, | et | ou | à )", re.sub(r"\bet (?=une?\b|onze\b)", "et~", whole))
    said = [TONGUE.plain(part.replace("~", " ")) for part in parts[::2]]
    if None in said:
        return None
    between = ["-" if mark == "\x00" else mark for mark in parts[1::2]]
    return "".join(f"{digits}{mark}" for digits, mark in zip(said, [*between, ""], strict=True))


def _day(match: re.Match[str]) -> str | None:
    if match["day"].lower() in {"premier", "1er"}:
        return f"1er{NO_BREAK}{match['month']}"
    day = TONGUE.whole(match["day"], 31)
    return f"{day}{NO_BREAK}{match['month']}" if day and day > 1 else None


def _clock(match: re.Match[str]) -> str | None:
    hours, minutes = TONGUE.whole(match["hours"], 24), _minutes(match["minutes"].lower())
    if hours is None or minutes is None:
        return None
    whole, rest = divmod(hours * 60 + minutes, 60)
    return f"{whole}{NO_BREAK}h{NO_BREAK}{rest:02}" + (f"{NO_BREAK}min" if match["unit"] else "")


def _minutes(said: str) -> int | None:
    return PARTS[said] if said in PARTS else TONGUE.whole(said, 59)


def _hour(match: re.Match[str]) -> str | None:
    """A full hour: figures where it was said in figures, where it is one of the afternoon, or one of the day by "à"."""
    hours = TONGUE.whole(match["hours"], 24)
    of_the_day = AT.search(match.string[: match.start()]) and match["hours"].lower() not in TONGUE.one
    plain = hours is not None and (match["hours"][0].isdigit() or hours > 12 or of_the_day)
    return f"{hours}{NO_BREAK}h" if plain else None


def _percent(match: re.Match[str]) -> str | None:
    number = TONGUE.parse(match["n"])
    return f"{TONGUE.show(number)}{NO_BREAK}%" if number else None


def _euros(match: re.Match[str]) -> str | None:
    sum_, cents = TONGUE.parse(match["n"]), match["cents"]
    figures = TONGUE.counted(match["n"]) if cents or not (sum_ and sum_.magnitude) else None
    if sum_ is None or (cents and (sum_.decimals or sum_.magnitude)):
        return None
    if sum_.magnitude:
        return f"{TONGUE.show(sum_)}{NO_BREAK}d’euros"
    if not cents:
        return f"{figures}{NO_BREAK}€" if figures else None
    behind = TONGUE.whole(cents, 99)
    return f"{figures},{behind:02}{NO_BREAK}€" if figures and behind is not None else None


def _measure(match: re.Match[str]) -> str | None:
    figures = TONGUE.counted(match["n"])
    return f"{figures}{NO_BREAK}{match['unit']}" if figures else None


def _telephone(match: re.Match[str]) -> str | None:
    pairs = [TONGUE.plain(part) for part in match["pairs"].split()]
    first = TONGUE.plain(match["first"])
    if first is None or len(first) != 2 or any(pair is None or len(pair) != 2 for pair in pairs):
        return None
    return NO_BREAK.join([first, *map(str, pairs)]) if len(pairs) == 4 else None


def _number(match: re.Match[str]) -> str | None:
    return TONGUE.running(match["n"], year=YEAR.search(match.string[: match.start()]) is not None)


def _parted(match: re.Match[str]) -> str:
    return f"{int(match['n']):,}".replace(",", NARROW)


_REF = rf"{TONGUE.simple}(?:\s*(?:\btiret\b|-)\s*{TONGUE.simple})*"
RULES = (
    rule(
        rf"\b(?P<what>{PLACES}) ?(?:(?-i:(?P<letter>[LRDA]))(?:\. ?| |(?=\d)))?"
        rf"(?P<ref>{_REF}(?:(?:, | et | ou | à ){_REF})*){ORDINAL}",
        _reference,
    ),
    rule(rf"(?P<day>\bpremier|\b1er|{NUMBER}) (?P<month>{MONTHS})\b", _day),
    rule(rf"(?P<n>{NUMBER}) ?(?:%|pour[ -]?cents?\b)", _percent),
    rule(r"(?<![\w.,-])(?P<hours>\d\d?) ?h(?:eures)? ?(?P<minutes>\d\d)(?!\d)(?P<unit>)", _clock),
    rule(rf"(?P<hours>{NUMBER}) heures? (?P<minutes>{NUMBER}) (?P<unit>minutes?)\b", _clock),
    rule(
        rf"(?P<hours>{NUMBER}) heures? (?P<minutes>{NUMBER}|et quart|et demie?|moins le quart)(?P<unit>){BEHIND}",
        _clock,
    ),
    rule(rf"(?P<hours>{NUMBER}) heures?\b(?! moins\b| \d| (?:{TONGUE.words})\b)", _hour),
    rule(r"(?<![\w.,-])(?P<hours>\d\d?) ?h\b(?! ?\d)", _hour),
    rule(rf"(?P<n>{NUMBER}) (?:d['’])?euros?(?: et)? (?P<cents>{NUMBER}) centimes?\b", _euros),
    rule(rf"(?P<n>{NUMBER}) euros? (?P<cents>{NUMBER}){BEHIND}", _euros),
    rule(rf"(?P<n>{NUMBER}) ?(?:(?:d['’])?euros?\b|€)(?P<cents>)", _euros),
    rule(rf"(?P<n>{NUMBER}) (?P<unit>{UNITS})\b", _measure),
    rule(rf"(?<![\w-])(?P<first>zéro (?:{TONGUE.words}))\b (?P<pairs>{TONGUE.run})(?![\w-])", _telephone),
    rule(rf"(?P<n>(?<![\w.,-])(?<!heure )(?<!heures )(?<!euros )(?:{TONGUE.said})(?![\w-])){ORDINAL}", _number),
    rule(r"(?<![\w.,°-])(?P<n>[1-9]\d{4,}|[3-9]\d{3}|1[0-8]\d\d|2[1-9]\d\d)(?= (?-i:[a-zà-ÿ]))", _parted),
)
