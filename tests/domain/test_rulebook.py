"""rules.toml: presets, a council's own, and every slip refused with its line."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings import faults
from meetings.domain.count import Base, Threshold
from meetings.domain.rulebook import Fault, RulesError, read
from meetings.domain.rules import ASSOCIATION, CGCT, PRESETS, Criterion, Tie
from meetings.i18n import translator

OWN = """
preset = "association"  # then what we have otherwise
name = "Règlement de Lunel"

[quorum]
share = "1/3"

[floor]
order = [
  "point-of-order", "first-time",
  "arrival",
]
speech = 120
cut = true

[proxies]
held = 0

[ballots]
threshold = "two-thirds"
basis = "present"
tie = "none"
eldest = ["102", "101"]

[weights]
associations = 2
"deux mots" = 3
"""


def refusal(text: str) -> RulesError:
    with pytest.raises(RulesError) as refused:
        read(text.encode())
    return refused.value


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_alone_is_that_preset(name: str) -> None:
    assert read(f'preset = "{name}"'.encode()) == PRESETS[name]


def test_an_empty_file_is_the_cgct() -> None:
    assert read(b"") == CGCT


def test_a_council_has_its_own() -> None:
    rules = read(b"\xef\xbb\xbf" + OWN.encode())
    assert (rules.name, rules.quorum.share, rules.quorum.proxies) == ("Règlement de Lunel", Fraction(1, 3), True)
    assert rules.floor.order == (Criterion.POINT_OF_ORDER, Criterion.FIRST_TIME, Criterion.ARRIVAL)
    assert (rules.floor.speech, rules.floor.cut, rules.proxies.held) == (120, True, 0)
    majority = {"threshold": Threshold.TWO_THIRDS, "basis": Base.PRESENT}
    assert rules.ballots == replace(ASSOCIATION.ballots, **majority, tie=Tie.NONE, eldest=("102", "101"))
    assert rules.weights == {"associations": 2, "deux mots": 3}


def test_changed_rules_do_not_go_by_the_presets_name() -> None:
    assert read(b"[quorum]\nshare = 0").name == ""
    assert read(b'[quorum]\nshare = "1/2"') == CGCT


def test_quorum_is_never_more_than_everybody_nor_nobody() -> None:
    everybody = replace(CGCT, quorum=replace(CGCT.quorum, share=Fraction(1)))
    assert (everybody.needed(5), everybody.needed(0), PRESETS["simple"].needed(5), CGCT.needed(4)) == (5, 1, 1, 3)


@pytest.mark.parametrize(
    ("text", "fault", "line"),
    [
        ("preset = 'swiss'", Fault.PRESET, 1),
        ("preset = 7", Fault.PRESET, 1),
        ("\n\nquorun = 1", Fault.UNKNOWN_KEY, 3),
        ("[quorum]\nshare = '1/2'\n\n[floor]\nspeach = 3", Fault.UNKNOWN_KEY, 5),
        ("[ballots]\nsecret = '1/3'\n[quorum]\nsecret = '1/3'", Fault.UNKNOWN_KEY, 4),
        ("quorum = 3", Fault.TABLE, 1),
        ("quorum = {share = 'half'}", Fault.SHARE, 1),
        ("# share\n[quorum]\nshare = 0.5", Fault.SHARE, 3),
        ("[quorum]\nshare = '3/2'", Fault.SHARE, 2),
        ("[quorum]\nshare = '1/0'", Fault.SHARE, 2),
        ("[quorum]\nshare = true", Fault.SHARE, 2),
        ("[quorum]\n\nproxies = 'yes'", Fault.FLAG, 3),
        ("floor.speech = -1", Fault.NUMBER, 1),
        ("[floor]\nspeech = 2.5", Fault.NUMBER, 2),
        ("[floor]\nspeech = true", Fault.NUMBER, 2),
        ("[floor]\norder = 'arrival'", Fault.ORDER, 2),
        ("[floor]\norder = ['age', 'arrival']", Fault.ORDER, 2),
        ("[floor]\norder = [['arrival']]", Fault.ORDER, 2),
        ("[floor]\norder = []", Fault.ORDER_END, 2),
        ("[floor]\norder = ['arrival', 'colleges']", Fault.ORDER_END, 2),
        ("[floor]\norder = ['arrival', 'arrival']", Fault.ORDER_END, 2),
        ("[ballots]\nbasis = 'voters'", Fault.CHOICE, 2),
        ("[ballots]\nthreshold = 2", Fault.CHOICE, 2),
        ("[ballots]\ntie = ['lot']", Fault.CHOICE, 2),
        ("[ballots]\neldest = '12'", Fault.MEMBERS, 2),
        ("[ballots]\neldest = [12]", Fault.MEMBERS, 2),
        ("[ballots]\neldest = ['12', '12']", Fault.MEMBERS, 2),
        ("[weights]\nhabitants = 0", Fault.WEIGHT, 2),
        ("[weights]\n\n'deux mots' = true", Fault.WEIGHT, 3),
        ("weights = 3", Fault.TABLE, 1),
        ("\nname = ''", Fault.TEXT, 2),
        ("[floor]\nspeech = = 3", Fault.SYNTAX, 2),
        ("[floor\n", Fault.SYNTAX, 1),
    ],
)
def test_a_slip_is_refused_with_its_line(text: str, fault: Fault, line: int) -> None:
    wrong = refusal(text)
    assert (wrong.fault, wrong.line) == (fault, line)
    wrong.file = "rules.toml"
    for lang in ("fr", "en"):
        words = faults.sentence(wrong, translator(lang))
        assert "rules.toml" in words
        assert str(line) in words


def test_the_refusal_says_what_is_allowed() -> None:
    words = faults.sentence(refusal("[floor]\nspeach = 3"), translator("en"))
    assert "speach" in words
    assert "order, speech, member, college" in words


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(RulesError) as refused:
        read(b"preset = 'cgct'\nname = '\xff'")
    assert (refused.value.fault, refused.value.line) == (Fault.ENCODING, 2)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_with_a_line(text: str) -> None:
    line = 1
    try:
        read(text.encode("utf-8", "replace"))
    except RulesError as refused:
        line = refused.line
    assert 1 <= line <= len(text) + 1


def test_reminders_are_lengths_of_time_the_longest_first() -> None:
    rules = read(b'[convocation]\nclear_days = 3\nreminders = ["15m", "5d", "2h"]')
    assert rules.convocation.reminders == (timedelta(days=5), timedelta(hours=2), timedelta(minutes=15))
    assert (rules.convocation.clear_days, rules.convocation.days) == (3, 10)
    assert read(b"[convocation]\nreminders = []").convocation.reminders == ()


@pytest.mark.parametrize("written", ['"5d"', '["5 days"]', "[5]", '["-1d"]'])
def test_reminders_that_are_no_lengths_of_time_are_refused(written: str) -> None:
    with pytest.raises(RulesError) as refused:
        read(f"[convocation]\nreminders = {written}".encode())
    assert (refused.value.fault, refused.value.line) == (Fault.SPANS, 2)
