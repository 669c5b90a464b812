"""The catalogues agree with each other, with the domain and with the code that uses them."""

import ast
import re
import string
from pathlib import Path

import pytest

from meetings.domain.refusals import Code
from meetings.i18n import LANGUAGES, MissingWordsError, keys, language, translator
from meetings.i18n.catalogue import read

ROOT = Path(__file__).parents[2]
FILES = re.compile(r"\.(css|j2|typ|json|toml|po|py|sqlite|log|ics|md|html|pdf|docx|odt|ogg|pem|mlspp)$")
KEY = re.compile(r"[a-z]+(\.[a-z0-9-]+)+")


def forms(message):
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def fields(words):
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


def test_both_have_the_same_keys():
    assert keys("fr") == keys("en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_are_there_with_the_same_fields(lang):
    french = {message.id: fields(forms(message)[-1]) for message in read("fr") if message.id}
    for message in read(lang):
        if message.id:
            assert all(form.strip() for form in forms(message)), message.id
            assert fields(forms(message)[-1]) == french[message.id], message.id
            assert all(fields(form) <= french[message.id] for form in forms(message)), message.id
            assert len(forms(message)) == (2 if isinstance(message.id, tuple) else 1), message.id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rooms_are_sections_and_keys_are_sorted(lang):
    source = (ROOT / "meetings/i18n/locale" / f"{lang}.po").read_text("utf-8")
    order = [key for key in re.findall(r'^msgid "(.+)"$', source, re.MULTILINE) if key]
    expected = sorted(order, key=lambda key: (key.split(".")[0], key))
    assert order == expected, "put each key in its room's section, in alphabetical order"
    assert len(order) == len(set(order))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", list(Code))
def test_every_refusal_has_words(code, lang):
    t = translator(lang)
    fields = {"present": 2, "needed": 3, "number": 9, "place": 1, "limit": 10, "minutes": 3, "held": 1, "least": 2}
    fields |= {"slips": 3, "votes": 4, "days": 3, "earliest": "demain", "found": "hier"}
    words = t(f"refusal.{code.value}", **fields)
    assert words.endswith((".", "!", "?"))


def named_keys():
    """Every string in the code that names a key of a room, and every f-string that makes one up, as patterns."""
    rooms = {key.split(".")[0] for key in keys("fr")}
    for path in sorted((ROOT / "meetings").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
        for node in ast.walk(tree):
            pattern = made_up(node) if isinstance(node, ast.JoinedStr) else None
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
                pattern = re.escape(node.value) if KEY.fullmatch(node.value) and not FILES.search(node.value) else None
            if pattern and pattern.split("\\.")[0] in rooms:
                yield path.relative_to(ROOT), pattern


def made_up(node):
    texts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
    shape = "".join("x" if text is None else text for text in texts)
    if not texts or texts[0] is None or not KEY.fullmatch(shape) or FILES.search(shape):
        return None
    return "".join(".+" if text is None else re.escape(text) for text in texts)


def test_every_key_the_code_names_exists():
    named = list(named_keys())
    assert any(pattern.startswith("minutes") for _, pattern in named)
    known = keys("fr")
    missing = [(str(path), pattern) for path, pattern in named if not any(re.match(pattern, key) for key in known)]
    assert not missing, "add these to fr.po and en.po"


def test_unknown_key_says_what_to_do():
    with pytest.raises(MissingWordsError, match=r"fr\.po and en\.po"):
        translator("fr")("refusal.never")


def test_plural_forms():
    t, e = translator("fr"), translator("en")
    assert [t.n("minutes.votes.abstain", n).replace("\u00a0", " ") for n in (0, 1, 2)] == [
        "0 abstention",
        "1 abstention",
        "2 abstentions",
    ]
    assert [e.n("minutes.votes.for", n).replace("\u00a0", " ") for n in (0, 1)] == ["0 votes for", "1 vote for"]


def test_catalogue_words_have_their_typography_and_fields_are_left_alone():
    t = translator("fr")
    assert t("minutes.missing", what="a ? {b}") == "[à compléter\u00a0: a ? {b}]"
    assert "minutes.missing" in t
    assert "minutes.never" not in t


def test_fields_are_put_into_words():
    assert translator("fr")("minutes.about.unrecorded", names=("Anne", "Bo", "Cy")).endswith("Anne, Bo et Cy.")


@pytest.mark.parametrize(("tag", "spoken"), [("fr", "fr"), ("en-US", "en"), ("en_GB", "en"), ("de", "fr"), ("", "fr")])
def test_language_of_a_tag(tag, spoken):
    assert language(tag) == spoken
    assert translator(tag) is translator(spoken)
