"""The substance of the debates: nothing that was not said, better than simpler ways, where the rules want it."""

import json
import re
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document as Docx
from hypothesis import given, settings
from hypothesis import strategies as st
from odfdo import Document as Odt
from pypdf import PdfReader
from sitting import CIRCUMSTANCES, NAMES, Session, begun, evening, minutes_of

from benchmarks import substance as measure
from meetings.domain import commands as c
from meetings.domain import reviewing as r
from meetings.domain.change import replace as changed
from meetings.domain.interludes import Interlude, Kind
from meetings.domain.review import LineId
from meetings.domain.rules import CGCT, MinutesRules, Rules, Transcript
from meetings.domain.values import BallotId
from meetings.minutes import Minutes, compose, from_json, to_json
from meetings.minutes.compose import marks
from meetings.minutes.render import docx, html, markdown, odt, pdf
from meetings.minutes.reviewed import reviewed
from meetings.minutes.sentences import moved, spans, words

PARTS = (
    "je propose de planter vingt arbres",
    "Le devis de M. Dupont s'élève à 18 500 euros.",
    "Est-ce que l'entretien est compris?",
    "Oui, pour trois ans.",
    "Je suis contre, parce que le parking disparaît!",
    "et puis, bon",
    "Merci à tous",
    "… sinon rien",
)


def ruled(session: Session, transcript: Transcript) -> Session:
    """The same session under other rules."""
    plan = session.meeting.plan
    assert plan
    rules: Rules = replace(CGCT, minutes=MinutesRules(transcript=transcript))
    session.meeting = changed(session.meeting, plan=replace(plan, rules=rules))
    return session


UTTERED = st.tuples(
    st.sampled_from("123"),
    st.lists(st.sampled_from(PARTS), max_size=3),
    st.sampled_from(("sure", "doubtful", "none")),
    st.integers(0, 9),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(UTTERED, max_size=14))
def test_every_sentence_was_said_by_that_member_in_those_utterances(uttered) -> None:
    session, at = begun(), 110
    session.do(c.NextItem, 100)
    for member, parts, kind, pause in uttered:
        session.say(member, at, 3, None if kind == "none" else " ".join(parts), doubtful=kind == "doubtful")
        at += 3 + pause
    minutes = minutes_of(session)
    speakers = {key: NAMES[one.member] for key, one in session.meeting.recording.utterances.items()}
    for section in minutes.sections:
        for quote in section.substance:
            said = [session.transcript[key] for key in quote.utterances]
            assert not any(one.doubtful for one in said)
            assert {speakers[key] for key in quote.utterances} == {quote.speaker}
            chosen, all_words = words(quote.text), words(" ".join(one.text for one in said))
            assert any(all_words[place:][: len(chosen)] == chosen for place in range(len(all_words)))
            assert chosen


def test_sentences_end_where_people_end_them() -> None:
    text = (
        "Mme Roux a parlé. M. Weiß, lui, non… "
        "Pourquoi\u202f? «\u202fBah\u202f!\u202f» 18 500 euros à 3.5 % J. Martin l'a dit"
    )
    parts = [text[start:end] for start, end in spans(text)]
    assert parts == [
        "Mme Roux a parlé.",
        "M. Weiß, lui, non…",
        "Pourquoi\u202f?",
        "«\u202fBah\u202f!\u202f»",
        "18 500 euros à 3.5 % J. Martin l'a dit",
    ]
    assert spans("") == []


def test_a_choice_overrides_what_was_weighed_for_that_sentence_only() -> None:
    session = begun()
    session.do(c.NextItem, 100)
    session.say("3", 110, 5, "Bonsoir. Je propose de planter vingt arbres sur la place. Le devis est de 18 500 euros.")
    session.say("4", 120, 5, "Merci à tous. Je suis contre, parce que le parking")
    session.say("4", 125, 2, "disparaît en entier. Le maire est d'accord.")
    session.say("5", 130, 5, "Moi, je m'abstiens.", doubtful=True)

    def kept() -> list[str]:
        (section,) = (one for one in minutes_of(session).sections if one.substance)
        return [quote.text for quote in section.substance]

    def choose(line: str, place: int, *, kept: bool) -> None:
        session.do(c.Adjourn, 300) if session.meeting.adjourned is None else None
        session.do(r.ChooseSentence, 400, "2", line=LineId(line), base="", place=place, kept=kept)

    before = kept()
    assert "Bonsoir." not in before
    assert "Je suis contre, parce que le parking disparaît en entier." in before
    choose("u1", 0, kept=True)
    assert kept() == ["Bonsoir.", *before]
    choose("u2", 1, kept=False)  # where a sentence begins is what it is chosen by
    assert kept() == ["Bonsoir.", *(one for one in before if "parking" not in one)]
    choose("u4", 0, kept=True)  # doubtful: who chooses it has heard it
    assert kept()[-1] == "Moi, je m’abstiens."
    assert "a retenu ou écarté lui-même 3 phrases" in markdown(minutes_of(session)).replace("\u00a0", " ")
    found = marks(session.meeting, session.transcript, NAMES, CIRCUMSTANCES)
    assert found[("u3", 0)] == (("u2", 1), False)
    assert found[("u1", 0)] == (("u1", 0), True)
    assert ("u3", 1) in found
    assert ("u3", 2) not in found
    assert marks(ruled(session, Transcript.PLACE).meeting, session.transcript, NAMES, CIRCUMSTANCES) == {}


SENTENCES = st.lists(st.sampled_from([part for part in PARTS if part[0].isupper() and part[-1] in ".?!"]), max_size=6)


@given(SENTENCES, SENTENCES)
def test_sentences_are_found_again_in_what_was_made_of_them(first: list[str], rest: list[str]) -> None:
    one, two = " ".join(first), " ".join(rest)
    both = f"{one} {two}".strip()
    distinct = len({*first, *rest}) == len(first) + len(rest)
    assert moved(one, one) == tuple((place, place) for place in range(len(first)))
    if distinct:
        assert moved(one, both) == tuple((place, place) for place in range(len(first)))
        assert moved(two, both) == tuple((place, place + len(first)) for place in range(len(rest)))
        assert moved(both, two) == tuple((place + len(first), place) for place in range(len(rest)))


def test_ours_finds_more_of_what_a_secretary_keeps_than_simpler_ways() -> None:
    """On the debates that were only measured too (`benchmarks/substance.py` prints all figures)."""
    every = measure.debates()
    assert len(every) == 8
    for over in (every, [one for one in every if one.name not in measure.TUNED]):
        figures = {name: measure.mean(way, over)[2] for name, way in measure.WAYS.items()}
        assert figures["ours"] > 0.75
        assert figures["ours"] > 1.15 * figures["longest"]
        assert figures["ours"] > 1.3 * max(figures["textrank"], figures["lexrank"])
        assert figures["ours"] > 2.5 * max(figures["lead"], measure.chance(over)[2])


def test_a_short_answer_comes_with_its_question(rich: Minutes) -> None:
    texts = [quote.text for section in rich.sections for quote in section.substance]
    assert texts[texts.index("Oui, pour trois ans.") - 2].startswith("Est-ce que l’entretien est compris")
    assert not [text for text in texts if "Bonsoir" in text or "bonne soirée" in text]


def test_words_that_were_struck_or_said_behind_closed_doors_are_in_no_part() -> None:
    session = begun()
    session.do(c.NextItem, 100)
    session.say("3", 110, 5, "Je propose de planter vingt arbres sur la place du Marché.")
    session.say("4", 120, 5, "Je suis contre, parce que cela coûterait 18 500 euros.")
    session.say("5", 140, 5, "Je demande que ce secret de famille reste entre nous trois.")
    closed = Interlude(Kind.CLOSED, session.meeting.recording.utterances["u3"].start, None, None, BallotId("b"))
    session.meeting = changed(session.meeting, interludes=replace(session.meeting.interludes, all=(closed,)))
    text = to_json(minutes_of(session))
    assert "vingt arbres" in text
    assert "18 500" in text.replace("\u202f", " ").replace("\u00a0", " ")
    assert "secret de famille" not in text


def everything(minutes: Minutes) -> dict[str, str]:
    """The text of every format, on one line."""
    body = Odt(BytesIO(odt(minutes))).body
    paper = "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf(minutes))).pages)
    texts = {
        "html": re.sub("<[^>]+>", "", html(minutes)),
        "markdown": markdown(minutes),
        "json": json.dumps(json.loads(to_json(minutes)), ensure_ascii=False),
        "pdf": paper,
        "docx": "\n".join(one.text for one in Docx(BytesIO(docx(minutes))).paragraphs),
        "odt": "\n".join(one.text_recursive for one in body.get_elements("//text:p | //text:h")),
    }
    return {name: " ".join(text.split()) for name, text in texts.items()}


@pytest.mark.parametrize("transcript", list(Transcript))
def test_the_rules_say_where_the_words_stand_in_every_format(transcript: Transcript) -> None:
    texts = everything(minutes_of(ruled(evening(), transcript)))
    for name, text in texts.items():
        shown = name != "json"
        assert (text.count("L’essentiel des échanges") >= 3) == (shown and transcript is not Transcript.PLACE), name
        assert ("Annexe : transcription des débats" in text) == (shown and transcript is Transcript.ANNEX), name
        assert ("bonne soirée" in text) == (transcript is not Transcript.NONE), name  # said, and of no substance
        assert "ouvrir le sol au pied des façades" in text, name
        if shown and transcript is Transcript.ANNEX:
            assert text.count("ouvrir le sol au pied des façades") == 2, name
            assert text.index("Annexe : transcription") < text.index("bonne soirée"), name


def test_the_times_of_the_substance_lead_into_the_annex(rich: Minutes) -> None:
    page = html(rich)
    links = re.findall(r'href="#(said-\d+)"', page)
    assert len(links) >= 4
    assert set(links) == set(re.findall(r'id="(said-\d+)"', page))
    reader = PdfReader(BytesIO(pdf(rich)))
    targets = [note.get_object() for paper in reader.pages for note in paper.get("/Annots", [])]
    assert len(targets) >= len(links)


def test_what_came_later_leaves_older_documents_their_bytes(rich: Minutes) -> None:
    """Documents signed before there was a substance keep the bytes that were signed."""
    old = minutes_of(ruled(evening(), Transcript.PLACE))
    later = {"substance", "summary", "summariser", "struck", "transcript"}
    assert not later & set(re.findall(r'"(\w+)":', to_json(old)))
    assert from_json(to_json(rich)) == rich


def test_a_debate_whose_words_need_an_ear_is_left_to_complete() -> None:
    session = begun()
    session.do(c.NextItem, 100)
    session.say("3", 110, 5, "Je propose de planter vingt arbres.", doubtful=True)
    text = markdown(minutes_of(session)).replace("\u00a0", " ")
    assert "à compléter : l’essentiel des échanges" in text


def test_struck_lines_are_not_chosen() -> None:
    session = begun()
    session.do(c.NextItem, 100)
    session.say("3", 110, 5, "Je propose de planter vingt arbres sur la place du Marché.")
    session.say("4", 130, 5, "Je suis contre, parce que cela coûterait 18 500 euros.")
    session.do(r.StrikeLine, 200, by="2", line=LineId("u2"))
    meeting, left = reviewed(session.meeting, session.transcript, {})
    minutes = compose(meeting, left, NAMES, CIRCUMSTANCES)
    (quote,) = [one for section in minutes.sections for one in section.substance]
    assert "vingt arbres" in quote.text


def test_what_was_not_recorded_is_told_once_where_the_words_are() -> None:
    for transcript in Transcript:
        text = markdown(minutes_of(ruled(evening(), transcript)))
        assert text.count("L’enregistrement est interrompu") == 1
        annex = text.find("## Annexe")
        assert (0 < annex < text.index("L’enregistrement est interrompu")) == (transcript is Transcript.ANNEX)
