"""The templates' words are in the catalogues: those named, and those made up from what the domain knows."""

import re
from importlib.resources import files

import pytest

from meetings.domain.agenda import Fate
from meetings.domain.meeting import Phase
from meetings.domain.path import Stage
from meetings.domain.values import Outcome
from meetings.i18n import keys, translator
from meetings.log.search import Kind

TEMPLATES = {one.name: one.read_text("utf-8") for one in (files("meetings.web") / "templates").iterdir()}
MADE_UP = {
    "web.outcome.": [*Outcome, "annulled"],
    "web.phase.": [phase for phase in Phase if phase is not Phase.UNPLANNED],
    "web.fate.": [*Fate],
    "web.search.": Kind.__args__,
    "web.stage.": [stage for stage in Stage if stage is not Stage.NONE],
    "web.review.next.": [*Stage],
    "web.enter.refused.": ["forged", "expired", "used", "discord"],
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_key_a_template_names_exists(name: str) -> None:
    named = set(re.findall(r"\bt(?:\.n)?\('([a-z0-9.-]+)'[,)]", TEMPLATES[name]))
    assert named - keys("fr") == set()


def test_every_key_that_is_made_up_exists() -> None:
    made = {prefix for text in TEMPLATES.values() for prefix in re.findall(r"\bt\('([a-z0-9.-]+\.)' ~", text)}
    assert made - {"web.figures.", "web.review.key."} <= MADE_UP.keys()
    known = keys("fr")
    assert [prefix + end for prefix, ends in MADE_UP.items() for end in ends if prefix + end not in known] == []


def test_no_words_of_the_pages_are_left_unused() -> None:
    code = "".join(TEMPLATES.values()) + "".join(
        one.read_text("utf-8") for one in files("meetings.web").iterdir() if one.name.endswith(".py")
    )
    prefixes = (*MADE_UP, "web.figures.", "web.review.key.", "web.live.phase.")
    ours = [key for key in keys("fr") if key.startswith("web.")]
    assert [key for key in ours if key not in code and not key.startswith(prefixes)] == []
    assert translator("en")("web.live")
