"""Goldens are rewritten with `GOLDEN=write pytest tests/minutes`; look at the difference before you commit it."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from sitting import CIRCUMSTANCES, NAMES, begun, evening

from meetings.domain import commands as c
from meetings.domain.values import Choice, PlannedItem
from meetings.minutes import compose, from_json, to_json
from meetings.minutes.render import escaped, html, markdown
from meetings.minutes.text import clean

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = (
    "<script>alert(1)</script>",
    "#panic() $x$ *gras* _it_ @ref [lien](http://x) `code` | colonne",
    "\u202eמרחבא مرحبا\u202c 🙂 漢字",
    "Mot" + "x" * 400,
    "1. # - > \\ ~~~ &lt; {{ 7*7 }} {% raw %}",
)


class Page(HTMLParser):
    """Tags and text of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.text, self.attributes = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.append(dict(attrs))

    def handle_data(self, data):
        self.text.append(data)


def hostile_minutes():
    items = tuple(PlannedItem(n, title, 5, title, title) for n, title in enumerate(HOSTILE, 1))
    session = begun("fr", items)
    names = dict(zip(NAMES, HOSTILE, strict=False))
    session.do(c.NextItem, 100)
    for place, text in enumerate(HOSTILE):
        session.say(str(place + 1), 110 + place * 10, 5, text)
    for place, text in enumerate(HOSTILE):
        session.vote(200 + 60 * place, text, {"1": Choice.FOR, "2": Choice.AGAINST, "3": Choice.FOR}, f"2026-{place}")
    return compose(session.meeting, session.transcript, names, CIRCUMSTANCES)


@pytest.mark.parametrize(
    ("name", "write"), [("minutes.md", markdown), ("minutes.html", html), ("minutes.json", to_json)]
)
def test_golden(rich, name, write):
    path = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(write(rich), "utf-8")
    assert write(rich) == path.read_text("utf-8")


def test_json_comes_back_whole(rich):
    for minutes in (rich, hostile_minutes()):
        assert from_json(to_json(minutes)) == minutes
        assert from_json(to_json(minutes).encode()) == minutes
    with pytest.raises(ValueError, match="council"):
        from_json('{"lang": "fr"}')


def test_page_is_structured_in_its_language_and_fetches_nothing(rich):
    page = Page(html(rich))
    assert page.attributes[page.tags.index("html")]["lang"] == "fr"
    assert {"header", "main", "nav", "footer", "table", "caption", "h1"} <= set(page.tags)
    levels = [int(tag[1]) for tag in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert not [a for a in page.attributes if a.get("src") or (a.get("href") or "#")[0] != "#"]
    ids = [a["id"] for a in page.attributes if "id" in a]
    assert len(ids) == len(set(ids))
    assert {a["href"][1:] for a in page.attributes if "href" in a} <= set(ids)
    assert {a["aria-labelledby"] for a in page.attributes if "aria-labelledby" in a} <= set(ids)
    assert all("scope" in a for tag, a in zip(page.tags, page.attributes, strict=True) if tag == "th")


def test_english_page_speaks_english():
    page = html(compose(begun("en").meeting, {}, NAMES, CIRCUMSTANCES))
    assert '<html lang="en">' in page
    assert "On Sunday 22\u00a0November 2026, at 18:31, the members of the council met" in page
    assert "[to be completed: time of the adjournment]" in page
    assert "compléter" not in page


def test_hostile_words_are_words_on_the_page():
    minutes = hostile_minutes()
    page = Page(html(minutes))
    assert "script" not in page.tags
    text = "".join(page.text)
    assert "<script>alert(1)</script>" in text
    assert "{{ 7*7 }}" in text
    assert "\u202e" not in text


def test_hostile_words_are_words_in_markdown():
    shown = Page(MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown(hostile_minutes())))
    assert {"script", "code", "a"} & set(shown.tags) == set()
    heads = [place for place, tag in enumerate(shown.tags) if tag == "thead"]
    assert len(heads) == 1 + len(HOSTILE)
    row = shown.tags[heads[0] :]
    assert row[: row.index("tbody")].count("th") == 4
    assert all(row.count("td") % 4 == 0 for row in [shown.tags])
    assert "#panic() $x$ *gras* _it_ @ref [lien](http://x) `code` | colonne" in "".join(shown.text)


@given(st.text(alphabet=st.sampled_from("ab 1.)-+*_`|<>[]()#&;~=\\!:é"), max_size=30).map(clean))
def test_escaped_markdown_reads_as_typed(text):
    shown = Page(MarkdownIt("commonmark").render(escaped(text)))
    assert "".join(shown.text).strip() == text.strip()
    assert set(shown.tags) <= {"p"}


def test_what_is_missing_is_said_not_invented():
    minutes = compose(begun().meeting, {}, {}, replace(CIRCUMSTANCES, place=None))
    text = markdown(minutes).replace("\u00a0", " ")
    for missing in ("lieu de la séance", "heure de la levée", "date de la prochaine séance", "nom du membre 1"):
        assert f"\\[à compléter : {missing}\\]" in text


def test_importing_the_renderer_loads_no_typesetter_and_no_template_engine():
    asked = "import sys, meetings.minutes.render; print({'typst', 'jinja2', 'num2words'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "set()"


def test_same_document_same_bytes(rich):
    assert html(rich) == html(from_json(to_json(rich)))
    assert markdown(compose(evening().meeting, evening().transcript, NAMES, CIRCUMSTANCES)) == markdown(rich)
