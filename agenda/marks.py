"""The marks of an item: what it is for, and the names of those who report on it."""

import re
from typing import Literal

from agenda.clock import EDGES

Kind = Literal["information", "debate", "vote", "appointment"]

_KINDS: tuple[tuple[Kind, str], ...] = (
    ("appointment", r"élections?|elections?|désignations?|designations?|nominations?|appointments?|appointing"),
    ("vote", r"votes?|voter|voting|décisions?|decisions?|à voter|délibérations?|approval|ballot|scrutin"),
    ("debate", r"débats?|debats?|debates?|discussions?|échanges?|débattre|discuss"),
    ("information", r"informations?|infos?|pour info|for info|fyi"),
)
_FOR = r"(?:pour|for|à|soumise? (?:à|au)|point d['’])?\s*"
_KIND = {kind: re.compile(rf"{_FOR}(?:{words})\b", re.IGNORECASE) for kind, words in _KINDS}
_MORE_ON_KIND = r"(?:\s+(?:à (?:bulletin|scrutin|main)|by|au|à|requise?|required|only|seulement|secret|public)\b.*)?"
_KIND_ALONE = {kind: re.compile(rf"{_FOR}(?:{words}){_MORE_ON_KIND}", re.IGNORECASE) for kind, words in _KINDS}
_STRENGTH: tuple[Kind, ...] = ("appointment", "vote", "debate", "information")

_HONOUR = r"(?:MM?\.|Mrs?\.?|Ms\.?|Mmes?|Mlle|Dr\.?|Pr\.?|Me|Cllr\.?|Councillor|Mayor|Maire)"
_WORD = r"[A-ZÀ-ÖØ-Þ][\w'’.-]*"
_PARTICLE = r"(?:de|du|d['’]|la|le|van|von|der|el|al|da|dos|di|ben|bin)"
_NAME = rf"(?:{_HONOUR}\s+)?{_WORD}(?:\s+(?:{_PARTICLE}\s*)?{_WORD}){{0,3}}"
_NAMES = re.compile(rf"@?{_NAME}(?:\s*(?:,|&|/|et|and)\s*{_NAME}){{0,4}}")
_SURE_NAME = re.compile(rf"{_HONOUR}\s+\S|@\w|{_WORD}\s+(?:{_PARTICLE}\s*)?{_WORD}|{_WORD}\s+(?:et|and|&)\s+{_WORD}")
_OFFICE = re.compile(
    r"(?:(?:M\.|Mme)\s+)?(?:le |la |l['’])(?:maire|président(?:e)?|trésori(?:er|ère)|secrétaire|adjoint(?:e)?|bureau)\b"
    r"(?: (?:de la|du|des|aux?) [\w '’-]{1,40})?"
    r"|the (?:chair|mayor|treasurer|secretary|clerk)(?:man|woman|person)?",
    re.IGNORECASE,
)
_REPORTER = re.compile(
    r"(?:rapporteu(?:r|re|se)s?|rapp\.|intervenant(?:e|s|es)?|presenters?|speakers?|lead|owner|pilote|porteur)\s*:?\s+(?=\S)"
    r"|(?:présenté(?:e|s|es)?|presented|proposée?|proposed|animée?|portée?|led|rapportée?)\s+(?:par|by)\s*:?\s*",
    re.IGNORECASE,
)
_BY = re.compile(r"(?:par|by)\s+")
_NO_NAME = (
    {"suite", "fin", "annexe", "reporté", "reportée", "confidentiel", "optionnel", "option", "projet", "bis", "huis"}
    | {"pause", "présentation", "bilan", "divers", "questions", "orientation", "orientations", "phase", "urgent"}
    | {"optional", "continued", "draft", "break", "tbc", "tbd", "update", "report", "review"}
)


def kinds(text: str) -> list[Kind]:
    """What a remark marks as a whole: `vote`, `pour information`, `débat et vote`; empty where it is something else."""
    alone = _kind_alone(text)
    if alone:
        return [alone]
    parts = re.split(r"\s*(?:,|/|\+|&|\bet\b|\band\b|\bpuis\b|\bthen\b)\s*", text)
    found = [_kind_alone(part) for part in parts]
    return [kind for kind in found if kind] if len(parts) == 2 and all(found) else []


def strongest(marked: list[Kind], title: str) -> Kind | None:
    """The strongest mark; without one, what the title begins with. A vote on persons is an appointment."""
    opening = next((kind for kind in _STRENGTH if _KIND[kind].match(title)), None)
    mark = next((kind for kind in _STRENGTH if kind in marked), None)
    return "appointment" if mark == "vote" and opening == "appointment" else mark or opening


def _kind_alone(text: str) -> Kind | None:
    return next((kind for kind in _STRENGTH if _KIND_ALONE[kind].fullmatch(text)), None)


def reporter(text: str) -> str | None:
    """Who `rapporteur : X`, `présenté par X` or `par X` names, None where the text begins otherwise."""
    found = _REPORTER.match(text)
    name = text[found.end() :].strip(EDGES) if found else ""
    by = _BY.match(text)
    if not name and by and _NAMES.fullmatch(text[by.end() :].strip()):
        name = text[by.end() :].strip()
    return name if 0 < len(name) <= 60 else None


def reporter_within(text: str) -> int | None:
    """Where, after the title, `rapporteur :` or the like begins."""
    return next((found.start() for found in _REPORTER.finditer(text) if found.start() > 0), None)


def name(text: str, *, sure: bool) -> str | None:
    """The name or names, or the office, a text consists of. `sure`: no single capitalized word without a title."""
    if _OFFICE.fullmatch(text):
        return text
    if not _NAMES.fullmatch(text) or text.split()[0].lower() in _NO_NAME:
        return None
    if not _SURE_NAME.match(text) and (sure or (text.isupper() and len(text) > 1)):
        return None
    return text.lstrip("@")


def is_role(text: str) -> bool:
    """`présidente`, `adjoint aux sports`: what someone is, after the name."""
    return text[:1].islower() and len(text.split()) <= 5
