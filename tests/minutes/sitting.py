"""A council's evening, lived through the domain's own commands: what the minutes are composed from."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from meetings.domain import commands as c
from meetings.domain.decide import decide
from meetings.domain.events import Planned, Recorded
from meetings.domain.meeting import Meeting, evolve
from meetings.domain.refusals import Refusal
from meetings.domain.rules import CGCT
from meetings.domain.values import (
    BallotId,
    Choice,
    Mark,
    MeetingId,
    MemberId,
    PlannedItem,
    Role,
    Seat,
    Slip,
    UtteranceId,
)
from meetings.minutes import Circumstances, Minutes, compose

NAMES = {
    "1": "Claire Martin",
    "2": "Karim Haddad",
    "3": "Agnès Dufour-Leclerc",
    "4": "Mehdi Ben Youssef",
    "5": "Solène Le Goff",
    "6": "Paul Nguyen",
    "7": "Odile Ferrand",
    "8": "Thomas Weiß",
}
ROLES = {"1": Role.CHAIR, "2": Role.SECRETARY}
START = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)


@dataclass
class Said:
    """What the transcription knows of an utterance."""

    text: str
    doubtful: bool = False


@dataclass
class Session:
    """A meeting driven by commands, `now` counted in seconds from its planned start."""

    meeting: Meeting
    transcript: dict[UtteranceId, Said] = field(default_factory=dict)

    def do(self, kind: type[c.Command], now: float, by: str = "1", **fields: object) -> None:
        at = START + timedelta(seconds=now)
        outcome = decide(self.meeting, kind(meeting=self.meeting.id, at=at, by=MemberId(by), **fields), CGCT)
        assert not isinstance(outcome, Refusal), outcome
        for event in outcome:
            recorded = Recorded(self.meeting.id, self.meeting.seq + 1, at, MemberId(by), "", event)
            self.meeting = evolve(self.meeting, recorded)

    def say(self, member: str, now: float, seconds: float, text: str | None, *, doubtful: bool = False) -> None:
        key = UtteranceId(f"u{len(self.meeting.recording.utterances) + 1}")
        start = START + timedelta(seconds=now)
        end = start + timedelta(seconds=seconds)
        self.do(c.NoteUtterance, now + seconds, utterance=key, member=MemberId(member), start=start, end=end)
        if text is not None:
            self.transcript[key] = Said(text, doubtful)

    def vote(
        self, now: float, motion: str, choices: dict[str, Choice], decision: str = "", *, secret: bool = False
    ) -> None:
        key = BallotId(f"b{len(self.meeting.ballots) + 1}")
        self.do(c.OpenBallot, now, ballot=key, motion=motion, secret=secret)
        for place, (member, choice) in enumerate(choices.items()):
            self.do(c.CastVote, now + 5 + place, by=member, ballot=key, mark=choice)
        slips = tuple(Slip(voter, Mark(choice)) for voter, choice in choices.items()) if secret else ()
        self.do(c.CloseBallot, now + 40, ballot=key, slips=slips, decision=decision)


def planned(lang: str = "fr", items: tuple[PlannedItem, ...] = ()) -> Planned:
    roster = tuple(
        Seat(MemberId(key), ROLES.get(key, Role.MEMBER), "Habitants" if int(key) < 6 else "Associations")
        for key in NAMES
    )
    return Planned(
        council="Conseil citoyen des Tanneries",
        title="Séance ordinaire d'automne" if lang == "fr" else "Ordinary autumn meeting",
        starts=START,
        ends=START + timedelta(hours=2),
        channel="9",
        venue="stage",
        lang=lang,
        items=items or ITEMS,
        roster=roster,
    )


ITEMS = (
    PlannedItem(1, "Approbation du procès-verbal du 11 octobre", 5, "Karim Haddad", "vote"),
    PlannedItem(2, "Végétaliser la place du Marché: quel budget?", 25, "Agnès Dufour-Leclerc", "débat et vote"),
    PlannedItem(3, "Désignation au comité des fêtes", 10, "", "vote"),
    PlannedItem(4, "Questions diverses", 15),
)


def begun(lang: str = "fr", items: tuple[PlannedItem, ...] = ()) -> Session:
    session = Session(Meeting(MeetingId("m1")))
    session.do(c.Plan, -86400, plan=planned(lang, items))
    session.do(c.Convene, -600)
    for place, member in enumerate("123456"):
        session.do(c.Arrive, -300 + place, member=MemberId(member))
    session.do(c.StartRecording, -5)
    session.do(c.Open, 60)
    return session


def evening() -> Session:
    s = begun()
    s.say(
        "1",
        70,
        14,
        "bonsoir à toutes et à tous, le quorum est atteint: la séance est ouverte. Qui souhaite dire un mot?",
    )
    s.do(c.NextItem, 100)
    s.say("2", 105, 9, "Le procès-verbal a été envoyé le 3 novembre. Je n'ai reçu aucune remarque")
    everyone = dict.fromkeys("12345", Choice.FOR) | {"6": Choice.ABSTAIN}
    s.vote(130, "Le procès-verbal de la séance du 11 octobre est approuvé.", everyone, "2026-014")
    s.do(c.NextItem, 180)
    s.say(
        "3",
        190,
        41,
        "La place compte aujourd'hui douze arbres pour 2 400 m². Nous proposons d'en planter vingt de plus et "
        "d'ouvrir le sol au pied des façades.",
    )
    s.say("3", 236, 25, "Le devis s'élève à 18 500 euros, dont 40% à la charge de la ville.")
    s.do(c.Arrive, 270, member=MemberId("7"))
    s.say(
        "4",
        280,
        20,
        "Est-ce que l'entretien est compris? L'an dernier, les bacs de la rue du Moulin sont restés secs tout",
    )
    s.say("3", 292, 6, "Oui, pour trois ans.")
    s.say("4", 301, 4, "l'été.")
    s.do(c.NoteInterruption, 330, start=START + timedelta(seconds=310), end=START + timedelta(seconds=327))
    s.say("5", 335, 18, 'Je suis pour, mais je voudrais que l\'école "Jean-Jaurès" soit associée...', doubtful=True)
    s.say("6", 360, 11, None)
    s.do(c.Leave, 380, member=MemberId("2"))
    s.do(c.Arrive, 395, member=MemberId("2"))
    choices = {
        "1": Choice.FOR,
        "2": Choice.FOR,
        "3": Choice.FOR,
        "4": Choice.AGAINST,
        "5": Choice.FOR,
        "6": Choice.ABSTAIN,
    }
    s.vote(
        420,
        "Vingt arbres sont plantés place du Marché en 2027, pour un coût maximal de 18 500 euros.",
        choices,
        "2026-015",
    )
    s.do(c.NextItem, 480)
    s.do(c.Leave, 500, member=MemberId("6"))
    s.say("5", 510, 8, "Odile s'est proposée; y a-t-il d'autres candidatures?")
    slips = {
        "1": Choice.FOR,
        "2": Choice.FOR,
        "3": Choice.AGAINST,
        "4": Choice.FOR,
        "5": Choice.FOR,
        "7": Choice.ABSTAIN,
    }
    s.vote(540, "Odile Ferrand représente le conseil au comité des fêtes.", slips, "2026-016", secret=True)
    s.say("1", 600, 6, "Merci à tous, bonne soirée.")
    s.do(c.Adjourn, 2700)
    return s


CIRCUMSTANCES = Circumstances(
    zone=ZoneInfo("Europe/Paris"),
    place="À distance, salon « Séances » du conseil sur Discord",
    model="whisper base",
    excused=frozenset({MemberId("8")}),
    unrecorded=frozenset({MemberId("7")}),
)


def minutes_of(session: Session, circumstances: Circumstances = CIRCUMSTANCES) -> Minutes:
    return compose(session.meeting, session.transcript, NAMES, circumstances)
