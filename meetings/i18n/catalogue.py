"""The catalogues: `locale/*.po`, compiled in memory at first use, and the translator that speaks from one of them."""

import gettext
import io
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache
from importlib.resources import files

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from meetings.i18n import dates, lists
from meetings.i18n.typography import polish

LANGUAGES = ("fr", "en")
"""What we speak; the first is the language of a reader whose language we do not speak."""


class MissingWordsError(LookupError):
    """No catalogue entry has this key."""

    def __init__(self, key: str, lang: str) -> None:
        super().__init__(f"The catalogue {lang}.po has no words for {key!r}: add them to fr.po and en.po.")
        self.key = key
        self.lang = lang


class Translator:
    """One language's words: `t("room.key", field=value)`, `t.n("room.key", count, field=value)`.

    Fields are put into words too: a datetime as a moment in its own zone, a date as a day, a timedelta as a duration,
    an enumeration by its value, a tuple or list as "A, B et C"; all others by `str`. Values are never parsed: a name
    may hold braces.
    """

    def __init__(self, lang: str, catalogue: gettext.NullTranslations, known: frozenset[str]) -> None:
        self.lang = lang
        self._catalogue = catalogue
        self._known = known

    def __contains__(self, key: str) -> bool:
        return key in self._known

    def __call__(self, key: str, /, **fields: object) -> str:
        """The words of `key`. Raises MissingWordsError, or KeyError where the words use a field that was not given."""
        return self._fill(self._catalogue.gettext(self._checked(key)), fields)

    def n(self, key: str, count: int, /, **fields: object) -> str:
        """The words of `key` in the form `count` asks for; `{count}` is a field. Raises as a call does."""
        return self._fill(self._catalogue.ngettext(self._checked(key), key, count), {"count": count} | fields)

    def _checked(self, key: str) -> str:
        if key not in self._known:
            raise MissingWordsError(key, self.lang)
        return key

    def _fill(self, words: str, fields: dict[str, object]) -> str:
        return words.format_map({name: self._in_words(value) for name, value in fields.items()})

    def _in_words(self, value: object) -> str:
        match value:
            case datetime():
                return dates.moment(value, self.lang)
            case date():
                return dates.day(value, self.lang)
            case timedelta():
                return dates.duration(value.total_seconds(), self.lang)
            case Enum():
                return str(value.value)
            case tuple() | list():
                return lists.both([self._in_words(each) for each in value], self.lang)
            case _:
                return str(value)


def language(tag: str) -> str:
    """The language we speak that is nearest to a tag such as `en-GB`, `fr_CA` or `de`."""
    short = tag.replace("_", "-").split("-")[0].lower()
    return short if short in LANGUAGES else LANGUAGES[0]


def translator(lang: str) -> Translator:
    """The translator for a language tag; one is made for each language and kept."""
    return _translator(language(lang))


def keys(lang: str) -> frozenset[str]:
    """Every key of one catalogue (for tests)."""
    return frozenset(_key(message.id) for message in read(lang) if message.id)


@cache
def _translator(lang: str) -> Translator:
    catalogue = read(lang)
    for message in catalogue:
        if message.id:
            message.string = _polished(message.string, lang)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translator(lang, gettext.GNUTranslations(compiled), keys(lang))


def read(lang: str) -> Catalog:
    """The catalogue as its `.po` file has it, plain typography. Raises FileNotFoundError for an unknown language."""
    return read_po(io.BytesIO(files(__package__).joinpath("locale", f"{lang}.po").read_bytes()), locale=lang)


def _key(message_id: str | Iterable[str]) -> str:
    return message_id if isinstance(message_id, str) else next(iter(message_id))


def _polished(words: str | Iterable[str] | None, lang: str) -> str | tuple[str, ...]:
    return polish(words, lang) if isinstance(words, str) else tuple(polish(form, lang) for form in words or ())
