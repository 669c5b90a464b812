"""A draw in words. The catalogues are given, as the domain knows none: `t` is a translator of `meetings.i18n`."""

from collections.abc import Iterator

from meetings.domain.count.words import Speaker
from meetings.domain.lot import Lot
from meetings.domain.sortition.draw import Draw, Reserve


def lines(done: Draw, t: Speaker) -> Iterator[str]:
    """Who is drawn, in order; who replaces them; the seed's hash, to compare with what was published before."""
    for place, name in enumerate(done.drawn, 1):
        yield t("sortition.drawn", place=place, name=name)
    for reserve in done.reserves:
        yield _replacements(reserve, t)
    yield t("sortition.commitment", commitment=Lot(done.seed).commitment)


def _replacements(reserve: Reserve, t: Speaker) -> str:
    key = "sortition.replacements-of" if reserve.traits else "sortition.replacements"
    values = ((column, t("sortition.others") if value is None else value) for column, value in reserve.traits)
    stratum = ", ".join(t("sortition.trait", column=column, value=value) for column, value in values)
    return t(key if reserve.members else f"{key}-none", stratum=stratum, names=reserve.members)
