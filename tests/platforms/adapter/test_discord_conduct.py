"""The session conducted on Discord: agenda, closed doors and gavel by commands, the panel by its buttons."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hall import CHAIR, GUEST, PAUL, SALMA, SECRETARY, Hall, member, plain, until
from test_discord_commands import told, typed

from meetings.domain import commands as c
from meetings.domain.agenda import Fate
from meetings.domain.meeting import Phase
from meetings.domain.refusals import Code
from meetings.domain.rules import CGCT, SessionRules
from meetings.domain.values import Choice, UtteranceId
from meetings.i18n import translator
from meetings.rehearsal.cast.client import MemberClient, Reply


def refusal(code: Code, lang: str = "fr", **fields: object) -> str:
    return translator(lang)(f"refusal.{code}", **fields)


async def tap(phone: MemberClient, shown: Reply, action: str) -> Reply:
    """Press a button of the panel one sees."""
    assert shown.message
    custom_id = next(one.custom_id for one in shown.message.buttons if one.custom_id.endswith(f":{action}"))
    return await phone.press(shown.message.id, custom_id)


def offered(shown: Reply) -> list[str]:
    assert shown.message
    return [button.custom_id.rpartition(":")[2] for button in shown.message.buttons]


async def test_the_agenda_changes_on_the_way(hall: Hall) -> None:
    await hall.opened()
    chair = hall.phones[CHAIR]
    assert [one["name"] for one in await chair.suggestions("ordre-du-jour reporter", "numéro", numéro=2)] == [
        "2. Fête de quartier"
    ]
    assert "2, 1" in (await chair.slash("ordre-du-jour déplacer", numéro=2, avant=1)).text
    await chair.slash("séance point")
    assert hall.meeting.current == 2
    assert "Le point 1 est reporté" in plain((await chair.slash("ordre-du-jour reporter", numéro=1)).text)
    await hall.board("session", "1. Bancs du parc · reporté à la prochaine séance")
    await chair.slash("ordre-du-jour retirer", numéro=2)
    assert [item.fate for item in hall.meeting.items] == [Fate.WITHDRAWN, Fate.POSTPONED]
    await chair.slash("séance point", numéro=1)
    await hall.board("session", "▶ 1. Bancs du parc")
    assert (await chair.slash("ordre-du-jour ajouter", titre="Urgence")).text == refusal(Code.AGENDA_FIXED)
    refused = await hall.phones[PAUL].slash("ordre-du-jour retirer", numéro=2)
    assert refused.text == refusal(Code.CHAIR_ONLY)


async def test_an_item_is_added_on_the_spot_where_the_rules_allow_it_and_rings_nobody(hall: Hall) -> None:
    await hall.opened(rules=replace(CGCT, session=SessionRules(items_on_the_spot=True)))
    added = await hall.phones[CHAIR].slash("ordre-du-jour ajouter", titre="@everyone")
    assert "Point 3 ajouté : @\u200beveryone" in plain(added.text)


async def test_three_members_have_closed_doors_voted(hall: Hall) -> None:
    await hall.opened()
    await hall.enter(SALMA)
    await until(lambda: member(SALMA) in hall.meeting.attendance.present)
    first = await hall.phones[PAUL].slash("huis-clos demander")
    assert "1 membre demande le huis clos, il en faut 3" in plain(first.text)
    await hall.board("session", "1 membre demande le huis clos ; il en faut 3")
    await hall.phones[SALMA].slash("huis-clos demander")
    voted = await hall.phones[SECRETARY].slash("huis-clos demander")
    assert "mis aux voix, sans débat" in voted.text
    board = await hall.board(hall.ballot, "Le conseil siège à huis clos.", "Ce vote a lieu sans débat.")
    for who in (PAUL, SALMA, SECRETARY):
        await hall.phones[who].press(board.id, board.buttons[0].custom_id)
    await hall.phones[CHAIR].slash("vote clore")
    await hall.board(hall.ballot, "Adopté")
    await hall.board("session", "🔒 Huis clos depuis", "Rien n’est enregistré")
    assert (await hall.phones[PAUL].slash("huis-clos finir")).text == refusal(Code.CHAIR_ONLY)
    await hall.phones[CHAIR].slash("huis-clos finir")
    assert hall.meeting.interludes.private is None


@pytest.mark.parametrize("hall", ["stage", "voice"], indirect=True)
async def test_the_gavel_takes_the_chairs_microphone_and_acts_with_it(hall: Hall) -> None:
    await hall.opened()
    chair, paul, secretary = (hall.phones[who] for who in (CHAIR, PAUL, SECRETARY))
    await until(lambda: hall.may_speak(CHAIR) and not hall.may_speak(PAUL))
    assert (await secretary.slash("présidence confier", membre=PAUL)).text == refusal(Code.CHAIR_ONLY)
    assert "préside la séance" in plain((await chair.slash("présidence confier", membre=PAUL)).text)
    await until(lambda: hall.may_speak(PAUL) and not hall.may_speak(CHAIR))
    await hall.board("session", r"Paul\_Roux\* préside la séance")
    assert (await chair.slash("séance point")).text == refusal(Code.CHAIR_ONLY)
    await paul.slash("séance point")
    assert hall.meeting.current == 1
    await paul.leave_voice()
    await hall.board("session", "Personne ne préside")
    await secretary.slash("présidence confier", membre=SECRETARY)
    assert hall.meeting.presiding == member(SECRETARY)
    assert plain((await chair.slash("présidence reprendre")).text) == "Vous présidez la séance."
    assert hall.meeting.presiding == member(CHAIR)


async def test_the_panel_leads_through_a_session_by_two_taps_at_most(hall: Hall) -> None:
    await hall.plan()
    await hall.enter(CHAIR, SECRETARY, PAUL)
    chair = hall.phones[CHAIR]
    assert offered(await chair.slash("panneau")) == []
    await hall.convened()
    shown = await chair.slash("panneau")
    assert shown.message
    assert shown.message.ephemeral
    assert offered(shown) == ["open"]
    shown = await tap(chair, shown, "open")
    assert hall.meeting.phase is Phase.OPEN
    assert offered(shown) == ["next", "ballot", "urn", "other", "suspend", "doors", "adjourn"]
    assert "Point 1 : Bancs du parc" in [plain(button.label) for button in shown.message.buttons]
    shown = await tap(chair, shown, "next")
    assert hall.meeting.current == 1
    await hall.phones[PAUL].slash("main lever")
    shown = await tap(chair, await chair.slash("panneau"), "give")
    assert hall.meeting.floor.speaker
    assert r"Paul\_Roux\* a la parole" in plain(shown.text)
    shown = await tap(chair, shown, "take")
    assert hall.meeting.floor.speaker is None
    shown = await tap(chair, shown, "suspend")
    assert offered(shown) == ["resume", "adjourn"]
    shown = await tap(chair, shown, "resume")
    shown = await tap(chair, shown, "adjourn")
    assert offered(shown) == ["indeed", "stay"]
    shown = await tap(chair, shown, "stay")
    assert "next" in offered(shown)
    shown = await tap(chair, await tap(chair, shown, "adjourn"), "indeed")
    assert hall.meeting.phase is Phase.ADJOURNED
    assert offered(shown) == ["look"]


async def test_the_panels_form_puts_a_motion_to_the_vote(hall: Hall) -> None:
    await hall.opened()
    chair = hall.phones[CHAIR]
    shown = await chair.slash("panneau")
    form = await tap(chair, shown, "urn")
    assert form.modal
    assert form.modal.title == "Mettre aux voix, vote secret"
    await chair.submit(form.modal, motion="Désigner Salma déléguée")
    running = hall.meeting.running_ballot
    assert running
    assert (running.motion, running.secret) == ("Désigner Salma déléguée", True)
    assert shown.message
    redrawn = shown.message.id
    await chair.see(lambda seen: seen.id == redrawn and seen.buttons[0].label == "Clore le vote")
    shown = await tap(chair, await chair.slash("panneau"), "count")
    assert hall.meeting.running_ballot is None
    form = await tap(chair, shown, "ballot")
    assert form.modal
    assert (await chair.submit(form.modal, motion="   ")).text == refusal(Code.MOTION_EMPTY)
    assert hall.meeting.running_ballot is None


async def test_the_panel_is_the_chairs_and_after_a_restart_still_works(hall: Hall) -> None:
    await hall.opened()
    chair = hall.phones[CHAIR]
    shown = await chair.slash("panneau")
    for who in (PAUL, GUEST):
        assert (await (await hall.phone(who)).slash("panneau")).text == refusal(Code.CHAIR_ONLY)
    await hall.stop_bot()
    await hall.start_bot()
    shown = await tap(chair, shown, "next")
    assert hall.meeting.current == 1
    await chair.slash("présidence confier", membre=PAUL)
    assert (await tap(chair, shown, "next")).text == refusal(Code.CHAIR_ONLY)
    assert "next" in offered(await hall.phones[PAUL].slash("panneau"))


async def test_one_reads_ones_own_record_in_ones_language(hall: Hall) -> None:
    hall.server.world.users[SECRETARY].locale = "en-GB"
    await hall.opened()
    board = await hall.put_to_the_vote("Poser deux bancs")
    await hall.phones[PAUL].press(board.id, board.buttons[0].custom_id)
    await hall.phones[CHAIR].slash("vote clore")
    await hall.phones[CHAIR].slash("séance point")
    await hall.phones[CHAIR].slash("parole donner", membre=PAUL)
    await hall.phones[CHAIR].slash("parole retirer")
    await hall.phones[PAUL].slash("main lever")
    await hall.phones[SECRETARY].slash("main lever")
    mine = await hall.phones[PAUL].slash("moi")
    assert mine.message
    assert mine.message.ephemeral
    for words in (
        "▶ 1. Bancs du parc",
        "Vous êtes en position 1 sur 2.",
        "Vous êtes dans la salle depuis",
        "1 prise de parole",
        "Poser deux bancs : Pour",
    ):
        assert words in plain(mine.text)
    hers = plain((await hall.phones[SECRETARY].slash("me")).text)
    assert "You are number 2 of 2." in hers
    assert r"Paul\_Roux\* asked for the floor before you." in hers
    assert "Poser deux bancs: you did not vote" in hers
    assert (await (await hall.phone(GUEST)).slash("moi")).text == refusal(Code.NOT_A_MEMBER)
    assert hall.meeting.ballots
    assert Choice.FOR in next(iter(hall.meeting.ballots.values())).votes.values()


@pytest.mark.parametrize(("who", "column", "lang"), [(PAUL, "name", "fr"), (GUEST, "name_localizations", "en-GB")])
async def test_help_names_every_command_in_the_readers_language(hall: Hall, who: int, column: str, lang: str) -> None:
    phone = await hall.phone(who)
    hall.server.world.users[who].locale = lang
    commands = await told(hall)
    first = (await phone.slash("aide")).message
    assert first
    second = await phone.see(lambda seen: seen.ephemeral and seen.id != first.id and "/" in seen.text)
    assert max(len(first.text), len(second.text)) < 4000
    shown = f"{first.text}\n{second.text}"
    assert "…" not in shown
    assert shown.count("\n/") + shown.startswith("/") == len(list(typed(commands)))
    for command in commands:
        name = command["name"] if column == "name" else command[column][lang]
        assert f"/{name}" in shown.replace("\\", "")


async def test_the_panel_says_how_far_the_minutes_are(hall: Hall) -> None:
    await hall.opened()
    chair, now = hall.phones[CHAIR], datetime.now(UTC)
    for number in (1, 2):
        said = {"member": member(PAUL), "start": now, "end": now + timedelta(seconds=2)}
        await hall.do(c.NoteUtterance, utterance=UtteranceId(f"u{number}"), **said)
    await hall.do(c.NoteTranscript, utterance=UtteranceId("u1"), digest="d", model="base")
    await chair.slash("séance lever")
    await until(lambda: not hall.meeting.recording.running)
    panel = (await chair.slash("panneau")).message
    assert panel is not None
    assert "Transcription : 1 sur 2" in plain(panel.text)
    assert "attend les derniers mots" in plain(panel.text)
    await hall.do(c.NoteTranscript, utterance=UtteranceId("u2"), digest="d", model="base")
    (look,) = panel.buttons
    assert "Transcription : 2 sur 2" in plain((await chair.press(panel.id, look.custom_id)).text)
    await hall.do(c.NoteDraft, digest="0" * 64)
    drawn = await chair.press(panel.id, look.custom_id)
    assert "est rédigé" in plain(drawn.text)
    assert drawn.message is not None
    assert not drawn.message.buttons


def nick(hall: Hall) -> str | None:
    told = hall.server.describe()["bots"][0]
    return hall.server.world.guild.members[int(told["id"])].nick


async def test_the_nickname_says_rec_while_the_session_is_recorded(hall: Hall) -> None:
    await hall.opened()
    await until(lambda: nick(hall) == "[REC] Hémicycle")
    await hall.phones[CHAIR].slash("séance suspendre")
    await until(lambda: nick(hall) is None)
    await hall.phones[CHAIR].slash("séance reprendre")
    await until(lambda: nick(hall) == "[REC] Hémicycle")
    await hall.stop_bot()
    assert nick(hall) is None
    await hall.start_bot()
    await until(lambda: nick(hall) == "[REC] Hémicycle")
    await hall.phones[CHAIR].slash("séance lever")
    await until(lambda: nick(hall) is None)


async def test_a_nickname_of_its_own_comes_back(hall: Hall) -> None:
    bot = hall.server.world.guild.members[int(hall.server.describe()["bots"][0]["id"])]
    bot.nick = "Le greffe"
    await hall.stop_bot()
    await hall.start_bot()
    await hall.opened()
    await until(lambda: bot.nick == "[REC] Le greffe")
    await hall.phones[CHAIR].slash("séance lever")
    await until(lambda: bot.nick == "Le greffe")
