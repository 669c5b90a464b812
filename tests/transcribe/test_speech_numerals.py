"""Numbers as an administration writes them: the value is that which was said, and what was heard can be had back."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from transcribe.numerals import written

FRENCH = {
    "mille deux cents euros": "1 200 €",
    "le premier mars deux mille vingt-six": "le 1er mars 2026",
    "le vingt et un juin mille neuf cent quatre-vingt-dix-neuf": "le 21 juin 1999",
    "la loi du cinq avril mille huit cent quatre-vingt-quatre": "la loi du 5 avril 1884",
    "article L. deux mille cent vingt et un tiret dix": "article L. 2121-10",
    "l'article L2121-10 et l'article R 123 tiret 4": "l'article L. 2121-10 et l'article R. 123-4",
    "les articles deux, trois et vingt et un": "les articles 2, 3 et 21",
    "délibération numéro deux mille vingt-six tiret zéro quarante-deux": "délibération n° 2026-042",
    "à dix-huit heures trente": "à 18 h 30",
    "de 18h30 à vingt heures": "de 18 h 30 à 20 h",
    "on reprend à trois heures et quart, ou à huit heures moins le quart": "on reprend à 3 h 15, ou à 7 h 45",
    "vingt pour cent des voix, zéro virgule zéro cinq pour cent": "20 % des voix, 0,05 %",
    "un pour cent et 20% de 12500 habitants": "1 % et 20 % de 12 500 habitants",
    "trois virgule cinq millions d'euros": "3,5 millions d’euros",
    "3.5 millions d'euros": "3,5 millions d’euros",
    "deux millions cinq cent mille euros": "2 500 000 €",
    "200 mille euros": "200 000 €",
    "douze euros cinquante, douze euros et cinq centimes": "12,50 €, 12,05 €",
    "1200 euros et 1 200,50 euros": "1 200 € et 1 200,50 €",
    "septante-cinq euros, nonante et un euros": "75 €, 91 €",
    "cinq hectares et deux mille cinq cents habitants": "5 hectares et 2 500 habitants",
    "en deux mille huit, avec vingt et une voix": "en 2008, avec 21 voix",
    "le zéro six douze trente-quatre cinquante-six soixante-dix-huit": "le 06 12 34 56 78",
}
ENGLISH = {
    "twelve hundred pounds": "£1,200",
    "three point five million pounds": "£3.5 million",
    "twelve pounds fifty, twelve pounds and five pence": "£12.50, £12.05",
    "one hundred and five thousand euros": "€105,000",
    "on the first of March two thousand and twenty-six": "on 1 March 2026",
    "on March the twenty-first, twenty twenty-six": "on 21 March 2026",
    "since nineteen eighty-four": "since 1984",
    "twenty percent, three point five per cent": "20%, 3.5%",
    "at six thirty pm, at seven p.m. sharp": "at 6:30pm, at 7pm sharp",
    "section one hundred and six": "section 106",
    "twenty-five of 1200 people": "25 of 1,200 people",
}
LEFT = {
    "fr": [
        "un homme et une femme, deux ou trois fois",
        "l'un des dix, une centaine, mille mercis, cent fois raison",
        "vingt trente personnes, cinq six fois",
        "le deux cent vingtième, le vingt et unième siècle",
        "Deux cents personnes sont venues.",
        "un euro symbolique, un million de fois",
        "pendant trois heures",
        "à dix heures deux personnes sont arrivées",
        "huit heures moins dix",
        "l'article a deux paragraphes",
        "1.200 euros à 33000 Bordeaux",
        "un véhicule neuf",
    ],
    "en": [
        "one of the two, a hundred people",
        "press the pound key two times, one pound key",
        "two hundred and three hundred",
        "may two people come, the two hundredth",
        "nineteen eighty-four",
    ],
    "de": ["zweitausend Euro, 18h30"],
}


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(("language", "table"), [("fr", FRENCH), ("en", ENGLISH)])
def test_an_administration_would_write_it_so(language, table):
    assert {said: plain(written(said, language).text) for said in table} == table


@pytest.mark.parametrize("language", LEFT)
def test_what_is_no_figure_remains_a_word(language):
    assert [written(said, language).text for said in LEFT[language]] == LEFT[language]


def test_spaces_do_not_break():
    assert written("mille deux cents euros, dix-huit heures trente", "fr").text == (
        "1\u202f200\u00a0€, 18\u00a0h\u00a030"
    )


@pytest.mark.parametrize(("language", "table"), [("fr", FRENCH), ("en", ENGLISH)])
def test_what_is_written_is_not_written_again(language, table):
    for said in table:
        once = written(said, language).text
        assert written(once, language).text == once


TONGUES = {"fr": "euros", "fr_BE": "euros", "fr_CH": "euros", "en": "pounds"}


@pytest.mark.parametrize("tongue", TONGUES)
@given(number=st.one_of(st.integers(2, 9_999), st.integers(2, 999_999_999)))
def test_a_number_in_words_is_the_same_number_in_figures(tongue, number):
    words = num2words(number, lang=tongue).replace(",", "")
    found = written(f"soit {words} {TONGUES[tongue]}.", tongue).text
    magnitude = 10**6 if re.search("million", found) else 1
    (digits,) = re.findall(r"\d[\d,\u202f]*", found)
    assert int(re.sub(r"[,\u202f]", "", digits)) * magnitude == number


@given(
    number=st.integers(0, 99_999_999), decimals=st.integers(0, 99), unit=st.sampled_from(["euros", "€", "%", "mètres"])
)
def test_figures_keep_their_value(number, decimals, unit):
    found = written(f"{number},{decimals:02} {unit}", "fr").text
    assert re.sub(r"[\u202f\u00a0]", "", found).startswith(f"{number},{decimals:02}")


PARTS = """
    un deux cinq dix vingt trente-quatre cent cents mille millions virgule zéro et pour cent euros euro centimes h
    heures article L. tiret - numéro premier mars de à moins le quart demie 12 1200 3,5 18h30 % . , L'été two point
    hundred thousand and pounds the first of March pm
"""


@given(
    said=st.lists(st.sampled_from(PARTS.split()), max_size=14).map(" ".join),
    language=st.sampled_from(["fr", "en", "nl"]),
)
def test_what_was_heard_can_be_had_back(said, language):
    found = written(said, language)
    assert found.heard == said
    assert [found.text[one.start : one.end] == one.heard for one in found.changes] == [False] * len(found.changes)


@given(said=st.text(max_size=40))
def test_any_text_can_be_written(said):
    assert written(said, "fr").heard == said
