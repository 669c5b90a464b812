"""Every step, in words, in both languages; and the report for programs."""

import json

import pytest
from elections import LOT, election, elections
from hypothesis import given, settings

from meetings.domain.count import Base, Position, Threshold, Voiced, consent, majority, scottish_stv
from meetings.domain.count.methods import METHODS, ONE_SEAT, count, report
from meetings.domain.count.source import Note, Oddity
from meetings.domain.count.steps import Eldest, NextRound, Question
from meetings.domain.count.words import sentence
from meetings.i18n import translator

FR, EN = translator("fr"), translator("en")


def plain(words):
    return words.replace("\u00a0", " ").replace("\u202f", " ")


SURPLUS = (
    "Stage 2: surplus of A, 26 of 60 votes; each paper keeps 26/60 of its value. They go to: B 17.3332 and C 4.3333; "
    "no further preference 4.3333 and decimals dropped 0.0002."
)


def test_a_count_told_in_english():
    found = election("40 A > B\n10 A > C\n10 A\n19 B\n11 C\n10 D", seats=2)
    assert [plain(sentence(step, found.candidates, EN)) for step in scottish_stv.count(found).steps] == [
        "Valid papers: 100; without a readable choice: 0.",
        "Quota: 100 papers / (2 seats + 1), decimals dropped, plus one = 34.",
        "Stage 1: A 60, B 19, C 11 and D 10.",
        "Stage 1, elected by reaching the quota: A.",
        SURPLUS,
        "Stage 2: B 36.3332, A 34, C 15.3333 and D 10; no further preference 4.3333 and decimals dropped 0.0002.",
        "Stage 2, elected by reaching the quota: B.",
    ]


def test_a_lot_told_in_french():
    found = election("5 A\n3 B\n3 C", candidates="ABC")
    told = [plain(sentence(step, found.candidates, FR)) for step in scottish_stv.count(found, LOT).steps]
    chosen = found.candidates[int(LOT.order("exclude 2", ["2", "3"])[0]) - 1]
    assert f"Étape 2 : B et C sont à égalité depuis le début ; le tirage au sort « exclude 2 » exclut {chosen}." in told
    went = "Ces voix vont à : personne ; sans préférence suivante 3."
    assert f"Étape 2 : exclusion de {chosen}, en dernière place (voix : 3). {went}" in told


def test_french_decimals_have_a_comma():
    found = election("40 A > B\n10 A > C\n10 A\n19 B\n11 C\n10 D", seats=2)
    assert any("B 36,3332" in sentence(step, found.candidates, FR) for step in scottish_stv.count(found).steps)


@pytest.mark.parametrize("t", [FR, EN])
@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=40)
@given(election=elections())
def test_every_step_has_words_and_data(t, method, election):
    result = count(election, method, 1 if method in ONE_SEAT else None, LOT)
    told = json.loads(json.dumps(report(election, result, [], t)))
    assert told["winners"] == [election.candidates[winner - 1] for winner in result.winners]
    assert told["tie"] is result.tie
    assert len(told["steps"]) == len(result.steps)
    assert all(step["kind"] and step["words"].endswith(".") for step in told["steps"])


@pytest.mark.parametrize("t", [FR, EN])
def test_decisions_and_rounds_have_words(t):
    steps = [
        step
        for base in Base
        for threshold in Threshold
        for poll in (majority.Poll(3, 1, 1, 5, 5, 5), majority.Poll(2, 2, 1, 5, 5, 5), majority.Poll(1, 3, 1, 5, 5, 5))
        for step in majority.count(poll, base, threshold).steps
    ]
    steps += consent.count([Voiced("Anne", position, "text") for position in Position]).steps
    steps += consent.count([]).steps + consent.count([Voiced("Anne", Position.CONSENT, "")]).steps
    steps += [Eldest(3, (1, 2), (2,)), NextRound(2)]
    told = [sentence(step, ("Anne", "Bo"), t) for step in steps]
    assert all(words.endswith((".", "text")) for words in told)
    assert len(set(told)) == len(told)


def test_a_motion_told():
    (step,) = majority.count(majority.Poll(12, 9, 3)).steps
    assert plain(sentence(step, (), FR)) == (
        "Adopté : pour 12, contre 9, abstentions 3 ; il fallait plus de la moitié ; base : les suffrages exprimés (21)."
    )
    assert sentence(step, (), EN) == (
        "Adopted: for 12, against 9, abstentions 3; needed: more than half of votes cast (21)."
    )


def test_every_question_and_oddity_has_words():
    for t in (FR, EN):
        assert all(f"count.drawn.{question.value}" in t for question in Question)
        assert all(f"count.looked-back.{question.value}" in t for question in Question)
        assert all(t(f"count.note.{oddity.value}", line=1, number=2) for oddity in Oddity)


def test_notes_are_told_to_programs():
    found = election("1 A", candidates="A")
    told = report(found, scottish_stv.count(found), [Note(Oddity.CRLF, 1, 3)], EN)
    assert told["notes"] == [{"kind": "crlf", "line": 1, "count": 3}]
