"""Enumerations in a sentence."""

from collections.abc import Sequence

from babel.lists import format_list

from meetings.i18n.dates import LOCALES


def both(words: Sequence[str], lang: str) -> str:
    """`A, B et C` (`A, B and C`); one alone is itself, none is nothing."""
    return format_list(list(words), style="standard", locale=LOCALES[lang])


def either(words: Sequence[str], lang: str) -> str:
    """`A, B ou C` (`A, B or C`)."""
    return format_list(list(words), style="or", locale=LOCALES[lang])
