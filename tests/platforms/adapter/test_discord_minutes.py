"""Minutes on their way, on Discord: proposed, corrected, approved at the next meeting, signed, published."""

import json
import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO

from hall import CHAIR, GUEST, MEETING, PAUL, SALMA, SECRETARY, Hall, member, plain, to_secretary, until
from test_discord_conduct import refusal

from meetings.domain import commands as c
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.path import Stage
from meetings.domain.refusals import Code, Refusal
from meetings.domain.values import MeetingId, UtteranceId
from meetings.jobs.adoption import SIGNED, Adoption
from meetings.jobs.drafting import Drafting
from meetings.jobs.erasing import Erasing
from meetings.jobs.personal import archive
from meetings.jobs.transcription import Transcription
from meetings.log.store import Words
from meetings.minutes import signing, versions

NEXT = MeetingId("lunel-2026-12@example.org")


async def drafted(hall: Hall) -> None:
    """A meeting over in which Paul said one thing, its draft noted and kept."""
    await hall.opened()
    now = datetime.now(UTC)
    spoken = {"utterance": UtteranceId("u1"), "member": member(PAUL), "start": now, "end": now + timedelta(seconds=2)}
    await hall.do(c.NoteUtterance, **spoken)
    hall.council.log.put_words(MEETING, Words(UtteranceId("u1"), "Je suis contre les bancs.", "fr"))
    await hall.do(c.NoteTranscript, utterance=UtteranceId("u1"), digest="d", model="base")
    assert "noté" in (await hall.phones[PAUL].slash("pv action", quoi="Écrire à la mairie")).text
    await hall.phones[CHAIR].slash("séance lever")
    await until(lambda: not hall.meeting.recording.running)
    await version(hall)


async def version(hall: Hall) -> None:
    folder, zone = hall.folder / "documents", datetime.now().astimezone().tzinfo
    assert zone is not None
    words = Transcription(hall.council, None, lambda _, wanted: dict.fromkeys(wanted, b""), "base")  # type: ignore[arg-type]
    minutes = Drafting(hall.council, words, folder, zone).composed(hall.meeting)
    versions.keep(folder / MEETING, minutes)
    (folder / MEETING / "minutes.pdf").write_bytes(b"%PDF")
    (folder / MEETING / "minutes.json").write_bytes(signing.canonical(minutes))
    await hall.do(c.NoteDraft, digest=signing.digest(signing.canonical(minutes)))


async def adopted(hall: Hall) -> None:
    zone = hall.bot.config.zone
    await Adoption(hall.council, hall.folder / "recordings", hall.folder / "documents", zone).settle()


async def next_meeting(hall: Hall) -> None:
    plan = hall.meeting.plan
    assert plan is not None
    steps = [
        c.Plan(meeting=NEXT, at=datetime.now(UTC), plan=plan),
        c.Convene(meeting=NEXT, at=datetime.now(UTC)),
    ]
    for step in steps:
        assert not isinstance(await hall.council.handle(step), Refusal)
    await until(lambda: len(hall.council.meeting(NEXT).attendance.present) == 3)
    await hall.phones[CHAIR].slash("séance ouvrir")
    assert hall.council.meeting(NEXT).phase is Phase.OPEN


async def test_from_the_draft_to_the_published_document(hall: Hall) -> None:
    await drafted(hall)
    chair, secretary, paul = (hall.phones[one] for one in (CHAIR, SECRETARY, PAUL))
    first = await to_secretary(hall, "minutes", "projet de procès-verbal")
    assert [file["filename"] for file in first.wire["attachments"]][:1] == ["minutes.pdf"]
    assert "mentions à compléter" in plain(first.text)
    assert (await paul.slash("pv proposer")).text == refusal(Code.OFFICERS_ONLY)
    assert (await paul.slash("pv corriger", texte="x")).text == refusal(Code.NOT_PROPOSED)
    assert "soumis aux membres" in (await secretary.slash("pv proposer")).text
    await hall.board("minutes:proposed", "/pv corriger")

    (offered,) = await paul.suggestions("pv corriger", "passage", passage="bancs", texte="x")
    assert (offered["name"], offered["value"]) == ("Je suis contre les bancs.", "u1")
    assert "transmise" in (await paul.slash("pv corriger", texte="Je suis pour les bancs.", passage="u1")).text
    salma = await hall.phone(SALMA)
    assert (await salma.slash("pv corriger", texte="x", passage="u1")).text == refusal(Code.NOT_YOUR_WORDS)
    (request,) = hall.meeting.path.requests
    await hall.board(f"request:{request}", "demande une rectification")
    assert (await chair.slash("pv approuver")).text != ""
    assert "retenue" in (await secretary.slash("pv répondre", demande=request, retenir=True)).text
    await version(hall)
    assert "Je suis pour les bancs." in signing_text(hall)

    await next_meeting(hall)
    assert (await paul.slash("pv approuver")).text == refusal(Code.CHAIR_ONLY)
    assert "est approuvé" in plain((await chair.slash("pv approuver")).text)
    await adopted(hall)
    assert hall.meeting.path.stage is Stage.APPROVED
    assert "supprimé" in (await hall.board("audio-deleted")).text
    assert (await secretary.slash("pv publier")).text == refusal(Code.NOT_SIGNED)
    for officer in (chair, secretary):
        assert "signé" in (await officer.slash("pv signer")).text
    await adopted(hall)
    assert "publié" in (await secretary.slash("pv publier")).text
    published = await hall.board("minutes:published")
    assert SIGNED in [file["filename"] for file in published.wire["attachments"]]
    assert signing.verify(hall.folder / "documents" / MEETING / SIGNED).holds
    told = plain((await (await hall.phone(GUEST)).slash("pv état")).text)
    assert "est publié" in told
    assert "supprimé depuis" in told


def signing_text(hall: Hall) -> str:
    return versions.kept(hall.folder / "documents" / MEETING)[-1].read_text("utf-8")


async def test_who_declines_is_not_recorded_from_the_next_packet_on(hall: Hall) -> None:
    await hall.opened()
    keeper = hall.bot._connection.sittings[MEETING].room
    may = keeper._tape._may_record()
    assert may(PAUL)
    assert "plus enregistrée" in (await hall.phones[PAUL].slash("enregistrement refuser")).text
    assert not may(PAUL)
    await hall.board("session", "Voix non enregistrées : Paul")
    assert may(CHAIR)
    assert (await (await hall.phone(GUEST)).slash("enregistrement refuser")).text == refusal(Code.NOT_A_MEMBER)
    await hall.phones[PAUL].slash("enregistrement accepter")
    assert may(PAUL)
    assert isinstance(hall.meeting, Meeting)
    assert hall.meeting.consent.ever == {member(PAUL)}


async def test_a_member_receives_all_that_is_theirs_and_nothing_of_others(hall: Hall) -> None:
    await drafted(hall)
    told = await hall.phones[PAUL].slash("données exporter")
    assert told.message
    assert told.message.ephemeral
    with zipfile.ZipFile(BytesIO(archive(hall.council, hall.folder / "recordings", member(PAUL)))) as file:
        assert "Je suis contre les bancs." in file.read("words.json").decode()
        assert json.loads(file.read("about.json"))["seats"][MEETING] == {"role": "member", "college": "habitants"}
        rows = [json.loads(line) for line in file.read("log.jsonl").decode().splitlines()]
    assert {"Arrived", "UtteranceRecorded", "ActionNoted"} <= {row["type"] for row in rows}
    assert all(str(PAUL) in json.dumps(row) and str(SECRETARY) not in json.dumps(row) for row in rows)
    assert (await (await hall.phone(GUEST)).slash("données exporter")).text == refusal(Code.NOT_A_MEMBER)


async def test_a_member_erases_what_is_theirs_in_two_steps(hall: Hall) -> None:
    await drafted(hall)
    paul = hall.phones[PAUL]
    asked = (await paul.slash("données effacer")).message
    assert asked is not None
    assert asked.ephemeral
    for says in ("1 passage, dans 1 séance", "0 procès-verbal approuvé", "RGPD, art. 17.3", "vos votes publics"):
        assert says in plain(asked.text)
    indeed, stay = (button.custom_id for button in asked.buttons)
    assert "Rien n'a été effacé" in plain((await paul.press(asked.id, stay)).text).replace("’", "'")
    assert not hall.meeting.erasures.since

    asked = (await paul.slash("données effacer")).message
    assert asked is not None
    await paul.press(asked.id, indeed)
    await paul.see(lambda seen: seen.id == asked.id and "inscrit au journal" in plain(seen.text) and not seen.buttons)
    assert hall.meeting.erasures.pending
    await Erasing(hall.council, hall.folder / "recordings", hall.folder / "documents").settle()
    assert not hall.meeting.erasures.pending
    assert hall.council.log.words(MEETING) == {}
    await hall.bot.roster()  # they still have their role: the name is not learnt again
    assert hall.council.log.names()[member(PAUL)] == "membre effacé n° 1"


async def test_nothing_is_erased_of_strangers_or_while_a_session_lasts(hall: Hall) -> None:
    await hall.opened()
    assert (await hall.phones[PAUL].slash("données effacer")).text == refusal(Code.SESSION_LASTS)
    await hall.phones[CHAIR].slash("séance lever")
    await until(lambda: not hall.meeting.recording.running)
    guest = await hall.phone(GUEST)
    assert (await guest.slash("données effacer")).text == refusal(Code.NOT_A_MEMBER)
