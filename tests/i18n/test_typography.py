import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.i18n.typography import english, french, polish

N, B = "\u202f", "\u00a0"

SNIPPETS = st.sampled_from(
    [
        "Bonjour",
        "l'école",
        "jusqu'à",
        " ",
        "  ",
        "?",
        "!",
        ";",
        ":",
        "...",
        '"',
        "«",
        "»",
        "(",
        ")",
        "50",
        "%",
        "2ème",
        "1ère",
        "https://exemple.fr/a?b=1;c",
        "18:30",
        "`a ? b`",
        "{name}",
        "<@123>",
        ":smile:",
        "&amp;",
        "\n",
        "…",
        N,
        B,
        "a@b.fr",
        "'",
        ",",
    ]
)
TYPED = st.one_of(st.lists(SNIPPETS, max_size=12).map("".join), st.text(max_size=40))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Qui vote? Personne!", f"Qui vote{N}? Personne{N}!"),
        ("Quoi ?!", f"Quoi{N}?!"),
        ("Oui; non", f"Oui{N}; non"),
        ("Pour: 3", f"Pour{B}: 3"),
        ("**Pour :** 3", f"**Pour{B}:** 3"),
        ('l\'école "Jean Moulin"', f"l’école «{N}Jean Moulin{N}»"),
        ("«  oui  »", f"«{N}oui{N}»"),
        ("Attendez...", "Attendez…"),
        ("50% de 20 €", f"50{B}% de 20{B}€"),
        ("la 2ème et la 1ère", "la 2e et la 1re"),
        ("(vraiment ?)", f"(vraiment{N}?)"),
        ("Êtes-vous d'accord {name}?", f"Êtes-vous d’accord {{name}}{N}?"),
    ],
)
def test_french_spacing(typed, printed):
    assert french(typed) == printed


@pytest.mark.parametrize(
    "kept",
    [
        "https://exemple.fr/?a=b;c:d",
        "à 18:30",
        "de 18:30:05",
        "`si a ? b : c'`",
        "<@!42>",
        "<t:1700000000:F>",
        "un :smile: ici",
        "{name}",
        "&amp;",
        "x@y.fr",
        "12:00–13:00",
    ],
)
def test_addresses_times_code_and_mentions_stay(kept):
    assert french(kept) == kept


def test_english_signs():
    assert english('It\'s "so"... ok?') == "It’s “so”… ok?"


@given(TYPED)
def test_twice_is_once(text):
    for lang in ("fr", "en"):
        assert polish(polish(text, lang), lang) == polish(text, lang)


@given(TYPED)
def test_no_word_and_no_line_is_lost(text):
    def words(one):
        return re.findall(r"[^\W\d_]+", one)

    plain = re.sub(r"\d+i?[eè]mes?|1ères?", "", text)
    assert words(french(plain)) == words(plain)
    assert french(plain).count("\n") == plain.count("\n")
