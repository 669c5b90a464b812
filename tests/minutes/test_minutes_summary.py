"""What a language model wrote: each sentence rests on words said, or is struck."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words
from sitting import CIRCUMSTANCES, NAMES, Session, begun, evening

from meetings.domain import commands as c
from meetings.i18n import translator
from meetings.minutes import Minutes, compose
from meetings.minutes.compose import questions
from meetings.minutes.document import Source
from meetings.minutes.figures import figures
from meetings.minutes.render import html, markdown
from meetings.minutes.sources import Circumstances
from meetings.minutes.summary import LONGEST, Question, claims

AT = datetime(2026, 11, 22, tzinfo=UTC)
SAID = {
    "u1": (
        "Agnès Dufour-Leclerc",
        "La place compte douze arbres. Le devis s'élève à 18 500 euros, dont 40 % pour la ville.",
    ),
    "u2": ("Thomas Weiß", "Je suis contre, parce que les commerçants de la rue de la Halle perdraient huit places."),
    "u3": ("Claire Martin", "Je m'engage à recevoir les commerçants en janvier, et je ne veux pas d'un vote ce soir."),
}
ITEM = "Végétaliser la place du Marché\nLe conseil adopte, par 4 voix pour, la proposition suivante : « Vingt arbres »"


def asked(item: str = ITEM) -> Question:
    said = {mark: (Source(mark, speaker, AT), text) for mark, (speaker, text) in SAID.items()}
    return Question("fr", "", item, said, tuple(NAMES.values()))


@pytest.mark.parametrize(
    "answer",
    [
        "Agnès Dufour-Leclerc rappelle que la place compte 12 arbres [u1].",
        "Le devis est de dix-huit mille cinq cents euros, dont quarante pour cent à la charge de la ville [u1].",
        "- Thomas Weiß s'y oppose : les commerçants de la rue de la Halle perdraient 8 places [u2].",
        "2. L'entretien avec les commerçants aura lieu en janvier, à l'initiative de Claire Martin [u2, u3].",
        "Selon Thomas Weiss, les commerçants perdraient des places (u2).",
        "Le conseil adopte la proposition par 4 voix [u1].",
        "**Les arbres** de la place du Marché sont discutés [u1][u2].",
    ],
)
def test_what_rests_on_words_said_stands(answer: str) -> None:
    (claim,), struck = claims(asked(), answer)
    assert struck == 0
    assert claim.sources
    assert not {"*", "["} & set(claim.text)


@pytest.mark.parametrize(
    "answer",
    [
        "La place compte douze arbres.",  # cites nothing
        "La place compte douze arbres [u9].",  # cites what there is not
        "La place compte douze arbres [u1, u9].",
        "La place compte treize arbres [u1].",  # another number
        "Le devis s'élève à 185 000 euros [u1].",
        "La ville paie la moitié [u1].",
        "Karim Haddad propose des arbres [u1].",  # a member who did not speak there
        "karim haddad propose des arbres [u1].",
        "La place plaît à Madame Lopez [u1].",  # somebody nobody named
        "Lopez est d'accord pour la place [u1].",
        "Claire Martin trouve le devis cher [u1].",  # spoke elsewhere
        "Le maire est d'accord pour la place [u1].",
        "Le conseil rejette la proposition [u1].",  # decided otherwise
        "Le conseil n'adopte pas la proposition [u1].",
        "Les membres votent la place à l'unanimité [u2].",
    ],
)
def test_what_does_not_is_struck(answer: str) -> None:
    assert claims(asked(), answer) == ((), 1)


def test_no_decision_is_made_of_what_somebody_said() -> None:
    said = "Thomas Weiß ne veut pas d'un vote, mais le conseil vote [u3]."
    assert claims(asked("Végétaliser la place du Marché"), said) == ((), 1)


def test_each_sentence_needs_its_own_marks() -> None:
    answer = (
        "Voici le résumé :\n\nLa place compte douze arbres. Thomas Weiß est contre [u2]. Les commerçants seraient "
        "reçus en janvier [u3].\nJ'espère que cela vous aide !"
    )
    kept, struck = claims(asked(), answer)
    assert [claim.text for claim in kept] == ["Thomas Weiß est contre.", "Les commerçants seraient reçus en janvier."]
    assert struck == 3
    assert [[source.utterance for source in claim.sources] for claim in kept] == [["u2"], ["u3"]]


@given(st.text(max_size=300) | st.text(alphabet="[]u123 ,.aéA\n(", max_size=80))
def test_any_answer_at_all_leaves_only_what_cites(answer: str) -> None:
    kept, _ = claims(asked(), answer)
    for claim in kept:
        assert {source.utterance for source in claim.sources} <= SAID.keys()
        assert claim.sources
        assert "\n" not in claim.text


@given(st.integers(2, 999_999), st.sampled_from(("fr", "en")))
def test_numbers_are_the_same_however_written(number: int, lang: str) -> None:
    spelt = str(num2words(number, lang=lang))
    grouped = f"{number:,}".replace(",", "\u202f" if lang == "fr" else ",")
    assert figures(f"x {spelt} y", lang) == figures(f"x {number} y", lang) == figures(f"x {grouped} y", lang)


def test_what_is_asked_holds_no_uncertain_word_and_fits_a_small_model() -> None:
    session = begun()
    session.do(c.NextItem, 100)
    for place in range(400):
        session.say("3", 110 + 9 * place, 5, f"Je propose la mesure numéro {place} pour la place du Marché.")
    session.say("4", 9000, 5, "Ceci est douteux, je crois bien.", doubtful=True)
    (question,) = questions(session.meeting, session.transcript, NAMES, CIRCUMSTANCES)
    told = question.messages[1]["content"]
    assert LONGEST * 0.8 < len(told) < LONGEST * 1.5
    assert "douteux" not in told
    assert "[u1] Agnès Dufour-Leclerc: Je propose la mesure" in told
    assert len(question.messages[0]["content"]) > 100
    assert question.digest("a") != question.digest("b")


def summarised(session: Session, answer: str) -> Minutes:
    """The minutes with that answer to whatever is asked."""
    wanted = questions(session.meeting, session.transcript, NAMES, CIRCUMSTANCES)
    answers = {one.digest("mistral-small"): answer for one in wanted}
    circumstances = Circumstances(
        zone=CIRCUMSTANCES.zone, place=CIRCUMSTANCES.place, summariser="mistral-small", answers=answers
    )
    return compose(session.meeting, session.transcript, NAMES, circumstances)


def test_the_document_says_which_model_wrote_and_how_much_was_struck() -> None:
    answer = "Agnès Dufour-Leclerc présente un devis de 18 500 euros [u1].\nTout le monde est content.\n"
    minutes = summarised(evening(), answer)
    assert (minutes.summariser, minutes.struck) == ("mistral-small", 1)
    text = markdown(minutes).replace("\u202f", " ").replace("\u00a0", " ")
    assert "présente un devis de 18 500 euros. (Agnès Dufour-Leclerc, 18 h 33)" in text
    assert text.count("mistral-small") == 2
    assert "1 phrase du modèle a été écartée" in text
    assert "Tout le monde" not in text
    assert 'href="#said-' in html(minutes)
    english = translator("en")
    assert "struck" in english.n("minutes.about.struck", 2)


def test_an_answer_of_which_nothing_stands_leaves_the_substance(rich: Minutes) -> None:
    minutes = summarised(evening(), "Le maire a tout décidé.")
    assert [one.substance for one in minutes.sections] == [one.substance for one in rich.sections]
    assert minutes.struck == 1
    assert not any(one.summary for one in minutes.sections)


def test_words_that_changed_ask_again() -> None:
    session = evening()
    before = {one.digest("m") for one in questions(session.meeting, session.transcript, NAMES, CIRCUMSTANCES)}
    session.transcript["u3"].text = "La place compte aujourd'hui quinze arbres pour 2 400 m². Il en faut plus."
    after = {one.digest("m") for one in questions(session.meeting, session.transcript, NAMES, CIRCUMSTANCES)}
    assert before != after
