from dataclasses import replace
from datetime import timedelta

import pytest
from sitting import CIRCUMSTANCES, NAMES, START, begun, evening, minutes_of

from meetings.domain import commands as c
from meetings.domain.meeting import Meeting
from meetings.domain.values import Choice, Manner, MeetingId, MemberId, Outcome, PlannedItem, Role
from meetings.minutes import Circumstances, compose
from meetings.minutes.render import markdown


def words(speech):
    return [" ".join(passage.text or "?" for passage in part) for part in speech.paragraphs]


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def section(minutes, number):
    return next(one for one in minutes.sections if one.plan and one.plan.number == number)


def test_head(rich):
    assert (rich.council, rich.title) == ("Conseil citoyen des Tanneries", "Séance ordinaire d’automne")
    assert (rich.chair, rich.secretary) == ("Claire Martin", "Karim Haddad")
    assert [f"{rich.opened:%H:%M %Z}", f"{rich.closed:%H:%M}"] == ["18:31 CET", "19:15"]
    assert [one.name for one in rich.present][:2] == ["Claire Martin", "Karim Haddad"]
    assert rich.present[0].role is Role.CHAIR
    assert (rich.excused, rich.absent, rich.unrecorded) == (("Thomas Weiß",), (), ("Odile Ferrand",))
    assert (rich.quorum.members, rich.quorum.needed, rich.quorum.present, rich.quorum.reached) == (8, 5, 6, True)


def test_who_came_late_or_left_early_has_the_time_and_a_cut_of_the_network_is_no_departure(rich):
    times = {one.name: (one.arrived, one.left) for one in rich.present}
    assert times["Odile Ferrand"] == (START + timedelta(seconds=270), None)
    assert times["Paul Nguyen"] == (None, START + timedelta(seconds=500))
    assert times["Karim Haddad"] == (None, None)
    moves = [(move.name, move.arrived, move.item) for part in rich.sections for move in part.movements]
    assert moves == [("Odile Ferrand", True, 2), ("Paul Nguyen", False, 3)]


def represented_evening():
    session = begun()
    session.do(c.GiveProxy, 61, by="8", holder=MemberId("3"))
    session.do(c.AcceptProxy, 62, by="3", giver=MemberId("8"))
    session.do(c.NextItem, 63)
    session.vote(70, "Poser deux bancs", {"3": Choice.FOR})
    session.do(c.Adjourn, 200)
    return session


def test_proxies_are_represented_and_the_rest_absent():
    session = evening()
    assert minutes_of(session, Circumstances()).absent == ("Thomas Weiß",)
    session = represented_evening()
    represented = minutes_of(session, replace(CIRCUMSTANCES, excused=frozenset()))
    assert [(one.name, one.by) for one in represented.represented] == [("Thomas Weiß", "Agnès Dufour-Leclerc")]
    assert "Thomas Weiß" not in represented.absent
    vote = section(represented, 1).ballots[0]
    assert [(one.name, one.choice, one.by) for one in vote.votes][:2] == [
        ("Agnès Dufour-Leclerc", Choice.FOR, ""),
        ("Thomas Weiß", Choice.FOR, "Agnès Dufour-Leclerc"),
    ]
    assert (vote.for_, vote.not_voting, represented.quorum.present) == (2, 5, 6)
    assert "Thomas Weiß (par Agnès Dufour-Leclerc)" in plain(markdown(represented))


def test_agenda_as_planned_and_as_treated(rich):
    assert [item.number for item in rich.agenda] == [1, 2, 3, 4]
    assert plain(rich.agenda[1].title) == "Végétaliser la place du Marché : quel budget ?"
    assert [one.plan.number if one.plan else None for one in rich.sections] == [None, 1, 2, 3, 4]
    assert section(rich, 4).opened is None
    assert section(rich, 2).quorum.present == 6


def test_utterances_of_one_speaker_make_one_speech_in_paragraphs(rich):
    first = section(rich, 2).speeches[0]
    assert first.speaker == "Agnès Dufour-Leclerc"
    assert first.seconds == 66
    assert [len(part) for part in first.paragraphs] == [1, 1]
    assert plain(words(first)[1]) == "Le devis s’élève à 18 500 euros, dont 40 % à la charge de la ville."


def test_an_interjection_does_not_cut_a_speech(rich):
    speeches = section(rich, 2).speeches[1:3]
    assert [speech.speaker for speech in speeches] == ["Mehdi Ben Youssef", "Agnès Dufour-Leclerc"]
    assert words(speeches[0])[0].endswith("sont restés secs tout l’été.")
    assert words(speeches[1]) == ["Oui, pour trois ans."]


def test_sentences_are_finished_and_words_never_changed():
    session = begun()
    session.do(c.NextItem, 100)
    for place, (member, text) in enumerate(
        [("1", "alors voilà"), ("1", "Paul est là,"), ("1", "et puis"), ("2", "oui;")]
    ):
        session.say(member, 110 + 4 * place, 3, text)
    speeches = section(minutes_of(session), 1).speeches
    assert [words(speech) for speech in speeches] == [["Alors voilà. Paul est là, et puis."], ["Oui…"]]


def test_unknown_words_and_names_are_to_be_completed_and_silence_is_no_speech():
    session = begun()
    session.do(c.NextItem, 100)
    session.say("1", 110, 3, None)
    session.say("2", 120, 3, "  ")
    session.say("3", 130, 3, "Oui.")
    minutes = compose(session.meeting, session.transcript, {}, Circumstances())
    speeches = section(minutes, 1).speeches
    assert [speech.paragraphs[0][0].text for speech in speeches] == [None, "Oui."]
    assert plain(speeches[0].speaker) == "[à compléter : nom du membre 1]"
    assert speeches[0].doubtful
    assert minutes.place is None
    assert minutes.closed is None


def test_a_vote_parts_what_was_said_before_from_what_was_said_after():
    session = begun()
    session.do(c.NextItem, 100)
    session.say("1", 110, 5, "Je mets aux voix.")
    session.vote(120, "Oui ou non", {"2": Choice.FOR})
    session.say("1", 170, 5, "C'est adopté.")
    assert [words(speech) for speech in section(minutes_of(session), 1).speeches] == [
        ["Je mets aux voix."],
        ["C’est adopté."],
    ]


def test_public_ballot_has_names_and_sense(rich):
    ballot = section(rich, 2).ballots[0]
    assert (ballot.for_, ballot.against, ballot.abstain, ballot.not_voting) == (4, 1, 1, 1)
    assert [(vote.name, vote.choice) for vote in ballot.votes][4:] == [
        ("Mehdi Ben Youssef", Choice.AGAINST),
        ("Paul Nguyen", Choice.ABSTAIN),
        ("Odile Ferrand", None),
    ]
    assert ballot.outcome is Outcome.ADOPTED
    assert "majorité absolue" in ballot.result


def test_secret_ballot_has_numbers_alone(rich):
    ballot = section(rich, 3).ballots[0]
    assert (ballot.secret, ballot.votes) == (True, ())
    assert (ballot.for_, ballot.against, ballot.abstain, ballot.not_voting) == (4, 1, 1, 0)


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        (
            {"2": Choice.FOR, "3": Choice.FOR, "4": Choice.ABSTAIN},
            "unanimité des suffrages exprimés : 2 voix pour et 1 abstention.",
        ),
        ({"2": Choice.AGAINST}, "rejetée à l’unanimité des suffrages exprimés : 1 voix contre."),
        (
            {"1": Choice.FOR, "2": Choice.AGAINST},
            "La voix de la présidence étant prépondérante, la proposition est adoptée.",
        ),
        ({"1": Choice.ABSTAIN, "2": Choice.AGAINST, "3": Choice.FOR}, "La proposition n’est pas adoptée."),
        ({"2": Choice.ABSTAIN}, "Aucun suffrage n’ayant été exprimé, la proposition n’est pas adoptée."),
        (
            {"2": Choice.FOR, "3": Choice.AGAINST, "4": Choice.AGAINST},
            "rejetée à la majorité absolue des suffrages exprimés : 1 voix pour et 2 voix contre.",
        ),
    ],
)
def test_results_in_words(choices, sentence):
    session = begun()
    session.do(c.NextItem, 100)
    session.vote(120, "Une proposition", choices, "2026-001")
    minutes = minutes_of(session)
    assert plain(section(minutes, 1).ballots[0].result).endswith(sentence)
    assert plain(minutes.decisions[0].sentence).endswith("la proposition suivante : « Une proposition ».")


def test_decisions_are_numbered_sentences(rich):
    assert [one.number for one in rich.decisions] == ["2026-014", "2026-015", "2026-016"]
    assert plain(rich.decisions[0].sentence) == (
        "Le conseil adopte, à l’unanimité des suffrages exprimés (5 voix pour et 1 abstention), la proposition "
        "suivante : « Le procès-verbal de la séance du 11 octobre est approuvé »."
    )


def test_an_open_ballot_has_no_result_yet():
    session = begun("en")
    session.do(c.OpenBallot, 100, ballot="b1", motion='We say "yes"', secret=False)
    session.do(c.CastVote, 101, by="2", ballot="b1", mark=Choice.FOR)
    ballot = minutes_of(session).sections[0].ballots[0]
    assert (ballot.for_, ballot.outcome, ballot.result, ballot.question) == (1, None, None, "We say “yes”")


def test_holes_of_the_recording_stand_under_their_item(rich):
    assert [(gap.end - gap.start).total_seconds() for gap in section(rich, 2).gaps] == [17]


def test_what_is_said_after_the_adjournment_is_apart():
    session = begun()
    session.do(c.NextItem, 100)
    session.do(c.Adjourn, 200)
    session.say("2", 203, 2, "au revoir")
    last = minutes_of(session).sections[-1]
    assert last.plan is None
    assert words(last.speeches[0]) == ["Au revoir."]


def test_composing_is_pure_and_refuses_what_was_never_planned():
    session = evening()
    assert minutes_of(session) == minutes_of(session)
    with pytest.raises(ValueError, match="no plan"):
        compose(Meeting(MeetingId("x")), {}, NAMES)


def test_names_and_titles_are_cleaned_but_kept():
    items = (PlannedItem(1, "Titre\u202e inversé\n\x07 sur deux lignes", None, "", ""),)
    minutes = minutes_of(begun("fr", items))
    assert minutes.agenda[0].title == "Titre inversé sur deux lignes"


def test_a_manner_of_voting_asked_for_is_told_with_who_asked_and_who_took_no_part():
    session = begun()
    session.do(c.NextItem, 61)
    for member in "345":
        session.do(c.AskBallot, 62, by=member, manner=Manner.ROLL_CALL)
    session.vote(70, "Poser deux bancs", {"3": Choice.FOR, "4": Choice.OUT})
    session.do(c.Adjourn, 200)
    minutes = minutes_of(session, CIRCUMSTANCES)
    (vote,) = section(minutes, 1).ballots
    assert (vote.out, vote.not_voting) == (1, 4)
    told = plain(markdown(minutes))
    assert "L’appel nominal a été demandé par Agnès Dufour-Leclerc, Mehdi Ben Youssef et Solène Le Goff." in told
    assert "N’ont pas pris part au vote" in told
