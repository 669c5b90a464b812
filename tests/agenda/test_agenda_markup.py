"""HTML becomes text that keeps its lists; nothing hostile comes through, nothing hangs."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda import parse
from agenda.markup import clean, is_html, to_text


def test_lists_stay_lists():
    page = "<h2>Ordre du jour</h2><ol start=3><li>Budget<ul><li>dépenses</li></ul></li><li>Voirie</li></ol><p>Fin</p>"
    assert to_text(page) == "Ordre du jour\n3. Budget\n  - dépenses\n4. Voirie\nFin"


@pytest.mark.parametrize(
    "markup",
    [
        "<script>- evil</script>- Budget<br>- Voirie",
        "<style>li:before{content:'- evil'}</style>- Budget<br>- Voirie",
        "<!-- - evil -->- Budget<br>- Voirie",
        "<img src=x onerror='evil'>- Budget<br>- Voirie<a href='javascript:evil'></a>",
        "<head><title>- evil</title><body>- Budget<br>- Voirie",
        "<template>- evil</template>- Budget<br>- Voirie",
    ],
)
def test_only_text_comes_out(markup):
    assert [item.title for item in parse(markup)] == ["Budget", "Voirie"]


def test_a_plain_text_is_no_html():
    assert not is_html("Budget < 10 000 € et dépenses > 3 000 €")
    assert is_html("Budget<br>Voirie")


def test_entities_and_odd_spaces_are_resolved():
    assert clean("Budget&nbsp;: 10\u202f000\u00a0€ &amp; plus\u200b\r\nVoirie") == "Budget : 10 000 € & plus\nVoirie"


HOSTILE = [
    *("<a" * 50_000, "<!" * 50_000, "<![CDATA[" * 20_000, "<li>" * 30_000, "</" * 50_000, "&" * 100_000),
    *("<p " + 'a="' * 40_000, "(" * 50_000, "- " * 50_000, "1. " * 30_000, "10 " * 30_000, "A " * 50_000),
    *("a;" * 50_000, "18h" * 30_000, "- " + "Ab " * 30_000, "- x (" + "10 min, " * 9_000, "1.1" * 30_000),
    *("- x" + " - Ab Cd" * 9_000, " \n" * 50_000, "- x\n" * 20_000, "- " + "rapporteur : " * 9_000),
    *("Ordre du jour " * 9_000, "\n".join(["- x (Ab Cd, 10 min)"] * 9_000)),
]


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: text[:20].strip() or "blank")
def test_no_text_takes_long(hostile):
    began = time.process_time()
    items = parse(hostile)
    assert time.process_time() - began < 2
    assert len(items) <= 200


@given(st.text(max_size=300) | st.text(alphabet="-•1.2a)(;:,'h30min <>/lip\n&é", max_size=300))
def test_any_text_parses(text):
    for item in parse(text):
        assert item.title.strip()
        assert item.level >= 1
        assert item.minutes is None or item.minutes > 0
