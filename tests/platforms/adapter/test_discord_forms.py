"""Every form of ballot on Discord, from the chair's command to the published slips, by thumb and without state."""

import re
from dataclasses import replace

import pytest
from hall import CHAIR, GUEST, PAUL, SALMA, SECRETARY, Hall, member, plain
from test_discord_conduct import offered, refusal, tap

from meetings.domain.ballot import Ballot
from meetings.domain.refusals import Code
from meetings.domain.rules import CGCT
from meetings.domain.values import Choice, Form
from meetings.rehearsal.cast.client import InteractionFailed, MemberClient, Reply, SeenMessage

OPTIONS = "Bancs ; Arbres ; Jeux ; Fontaine ; Kiosque ; Haies"


def labelled(shown: SeenMessage | None, label: str) -> str:
    assert shown
    return next(one.custom_id for one in shown.buttons if plain(one.label) == label)


async def push(phone: MemberClient, shown: SeenMessage | None, label: str) -> Reply:
    """Press the button of that label."""
    assert shown
    return await phone.press(shown.id, labelled(shown, label))


async def choose(phone: MemberClient, shown: SeenMessage | None, *values: str) -> SeenMessage:
    """Choose in the only menu."""
    assert shown
    answer = (await phone.choose(shown.id, shown.menus[0].custom_id, *values)).message
    assert answer
    return answer


async def put(hall: Hall, command: str, **options: object) -> SeenMessage:
    """Open a vote by a command; its board."""
    said = await hall.phones[CHAIR].slash(f"vote {command}", **options)
    assert "ouvert" in said.text, said.text
    return await hall.board(hall.ballot)


def ballot(hall: Hall) -> Ballot:
    return list(hall.meeting.ballots.values())[-1]


async def test_a_ranking_is_filled_in_across_a_restart_and_cast(hall: Hall) -> None:
    await hall.opened()
    board = await put(hall, "classer", question="Que faire du square ?", options=OPTIONS)
    assert ballot(hall).form is Form.IRV
    paul, secretary = hall.phones[PAUL], hall.phones[SECRETARY]
    booth = (await push(paul, board, "Voter")).message
    assert booth
    assert booth.ephemeral
    first = await choose(paul, booth, "3")
    assert first.id == booth.id
    assert "1. Jeux" in plain(first.text)

    await hall.stop_bot()
    await hall.start_bot()

    second = await choose(paul, first, "1")
    assert "2. Bancs" in plain(second.text)
    undone = (await push(paul, second, "Retirer le dernier")).message
    assert undone
    assert "2. Bancs" not in plain(undone.text)
    second = await choose(paul, undone, "5")
    cast = (await push(paul, second, "Voter ainsi")).message
    assert cast
    assert (cast.id, cast.buttons, cast.menus) == (booth.id, [], [])
    assert "Votre vote : Jeux > Kiosque" in plain(cast.text)
    assert ballot(hall).votes[member(PAUL)] == "3>5"
    assert booth.id not in secretary.messages
    mine = await push(paul, board, "Mon vote")
    assert "Votre vote : Jeux > Kiosque" in plain(mine.text)
    assert "pas voté" in (await push(secretary, board, "Mon vote")).text
    late = await choose(secretary, (await push(secretary, board, "Voter")).message, "1")
    await hall.phones[CHAIR].slash("vote clore")
    closed = await hall.board(hall.ballot, "Décidé", "✓ Jeux", "Jeux 1")
    assert [button.label for button in closed.buttons] == ["Bulletins", "Mon vote"]
    assert r"Paul\_Roux\* : Jeux > Kiosque" in plain((await push(secretary, closed, "Bulletins")).text)
    assert (await push(secretary, late, "Voter ainsi")).text == refusal(Code.BALLOT_CLOSED)


async def test_a_secret_vote_gives_a_receipt_once_under_which_its_slip_is_published(hall: Hall) -> None:
    await hall.opened()
    board = await put(hall, "choisir", question="Où ?", options="Nord ; Sud", secret=True)
    paul = hall.phones[PAUL]
    told = await push(paul, board, "2. Sud")
    assert told.message
    assert told.message.ephemeral
    lines = plain(told.text).splitlines()
    receipt = lines[next(n for n, line in enumerate(lines) if "Votre reçu" in line) + 1].strip("*").replace("\\", "")
    assert "Sud" not in told.text
    again = await push(paul, board, "1. Nord")
    assert again.text == refusal(Code.ALREADY_VOTED)
    mine = plain((await push(paul, board, "Mon vote")).text)
    assert "urne" in mine
    assert receipt not in mine
    assert receipt not in (hall.folder / "council.db").read_bytes().decode("latin-1")
    await push(hall.phones[SECRETARY], board, "1. Nord")
    await push(hall.phones[CHAIR], board, "1. Nord")
    await hall.phones[CHAIR].slash("vote clore")
    closed = await hall.board(hall.ballot, "Nord : 2", "Sud : 1")
    assert "Roux" not in closed.text
    slips = await push(hall.phones[SECRETARY], closed, "Bulletins")
    assert slips.message
    assert slips.message.ephemeral
    rows = [row for row in plain(slips.text).replace("\\", "").splitlines() if row.endswith((" : Nord", " : Sud"))]
    assert [row.endswith("Sud") for row in rows if row.startswith(receipt)] == [True]
    assert len(rows) == 3
    assert "sous le reçu" in plain((await push(paul, closed, "Mon vote")).text)


async def test_a_holder_gets_a_receipt_for_each_vote(hall: Hall) -> None:
    await hall.opened()
    salma = await hall.phone(SALMA)
    await salma.slash("pouvoir donner", membre=PAUL)
    await hall.phones[PAUL].slash("pouvoir accepter")
    board = await put(hall, "ouvrir", motion="Poser deux bancs", secret=True)
    told = plain((await push(hall.phones[PAUL], board, "Pour")).text)
    assert "pour Salma Benali" in told
    assert "compte aussi pour Salma Benali" in told


async def test_a_long_list_of_slips_is_a_file(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meetings.platforms.discord.votes_told.LISTED", 1)
    await hall.opened()
    board = await put(hall, "choisir", question="Où ?", options="Nord ; Sud", secret=True)
    for who in (PAUL, SECRETARY):
        await push(hall.phones[who], board, "2. Sud")
    await hall.phones[CHAIR].slash("vote clore")
    closed = await hall.board(hall.ballot, "✓ Sud")
    slips = (await push(hall.phones[PAUL], closed, "Bulletins")).message
    assert slips
    (file,) = slips.wire["attachments"]
    assert file["filename"] == "bulletins.txt"
    assert file["size"] > 60


async def test_approval_judgement_and_consent_by_thumb(hall: Hall) -> None:
    await hall.opened()
    paul, chair = hall.phones[PAUL], hall.phones[CHAIR]
    board = await put(hall, "approuver", question="Que garder ?", options=OPTIONS, sièges=2)
    booth = await choose(paul, (await push(paul, board, "Voter")).message, "2", "1")
    assert booth.menus[0].chosen == ("1", "2")
    await push(paul, booth, "Voter ainsi")
    assert ballot(hall).votes[member(PAUL)] == "1,2"
    await hall.board(hall.ballot, "1. Bancs · 1", "3. Jeux · 0")
    await chair.slash("vote clore")

    board = await put(hall, "juger", question="Que vaut ?", options="Bancs ; Arbres")
    booth = (await push(paul, board, "Voter")).message
    booth = (await push(paul, booth, "Bien")).message
    assert booth
    assert "2 sur 2 · Arbres" in plain(booth.text)
    booth = (await push(paul, booth, "Excellent")).message
    assert booth
    assert "Bancs : Bien" in plain(booth.text)
    await push(paul, booth, "Voter ainsi")
    assert ballot(hall).votes[member(PAUL)] == "3,1"
    await chair.slash("vote clore")
    await hall.board(hall.ballot, "✓ Arbres")

    board = await put(hall, "consentir", proposition="Fermer à 22 h")
    await push(chair, board, "Consentement")
    form = (await push(paul, board, "Objection")).modal
    assert form
    await hall.stop_bot()
    await hall.start_bot()
    assert (await paul.submit(form, text="   ")).text.startswith(refusal(Code.OBJECTION_LENGTH, limit=500))
    await paul.submit(form, text="Les @everyone dorment")
    await paul.see(lambda seen: seen.ephemeral and "Votre vote : Objection" in plain(seen.text))
    await chair.slash("vote clore")
    closed = await hall.board(hall.ballot, "Rejeté", "dorment")
    assert "@everyone" not in closed.text


async def test_an_appointment_goes_from_round_to_round(hall: Hall) -> None:
    await hall.opened()
    chair, paul = hall.phones[CHAIR], hall.phones[PAUL]
    proposed = await chair.suggestions("vote nommer", "candidats", fonction="Trésorerie", candidats="Salma Benali ; lé")
    assert [one["value"] for one in proposed] == ["Salma Benali ; Léa Fontaine"]
    board = await put(hall, "nommer", fonction="Trésorerie", candidats=f"<@{SALMA}> ; léa fontaine")
    assert ballot(hall).candidates == (member(SALMA), member(SECRETARY))
    assert ballot(hall).secret
    assert "Nomination · tour 1 sur 3" in plain(board.text)
    await push(paul, board, "1. Salma Benali")
    await push(chair, board, "2. Léa Fontaine")
    await chair.slash("vote clore")
    await hall.board(hall.ballot, "Pas encore de décision")
    shown = await chair.slash("panneau")
    shown = await tap(chair, shown, "round")
    assert ballot(hall).round == 2
    assert "count" in offered(shown)
    board = await hall.board(hall.ballot, "tour 2 sur 3")
    await push(paul, board, "1. Salma Benali")
    await tap(chair, shown, "count")
    await hall.board(hall.ballot, "✓ Salma Benali")
    assert (await chair.slash("vote tour")).text == refusal(Code.NO_NEXT_ROUND)


async def test_a_majority_a_deadline_and_an_annulment(hall: Hall) -> None:
    await hall.opened()
    chair, paul = hall.phones[CHAIR], hall.phones[PAUL]
    board = await put(hall, "ouvrir", motion="Statuts", majorité="two-thirds", base="present", durée=10)
    assert "deux tiers des présents" in plain(board.text)
    deadline = ballot(hall).deadline
    assert deadline
    assert f"<t:{int(deadline.timestamp())}:R>" in board.text
    await push(paul, board, "Pour")
    assert (await paul.slash("vote annuler", motif="Erreur")).text == refusal(Code.CHAIR_ONLY)
    shown = await tap(chair, await chair.slash("panneau"), "annul")
    assert offered(shown) == ["annul-indeed", "stay"]
    form = (await tap(chair, shown, "annul-indeed")).modal
    assert form
    await hall.stop_bot()
    await hall.start_bot()
    redrawn = await chair.submit(form, reason="Le texte n'était pas le bon")
    assert "ballot" in offered(redrawn)
    annulled = await hall.board(hall.ballot, "Vote annulé", "pas le bon")
    assert annulled.buttons == []
    await put(hall, "ouvrir", motion="Statuts, corrigés")
    await chair.slash("vote clore")
    await hall.board(hall.ballot, "Rejeté")
    await chair.slash("vote annuler", motif="Personne n'avait vu la question")
    await hall.board(hall.ballot, "Vote annulé", "vu la question")


async def test_the_panels_form_opens_every_other_ballot(hall: Hall) -> None:
    await hall.opened()
    chair = hall.phones[CHAIR]
    form = (await tap(chair, await chair.slash("panneau"), "other")).modal
    assert form
    assert len(form.menus[0].options) == len(Form) - 1
    given = {"motion": "Que faire ?", "options": "Bancs\nArbres\n\n Jeux ", "manner": ["public"], "seats": "2"}
    shown = await chair.submit(form, form=["stv"], **given)
    assert "count" in offered(shown)
    assert (ballot(hall).form, ballot(hall).options, ballot(hall).seats) == (Form.STV, ("Bancs", "Arbres", "Jeux"), 2)
    await tap(chair, shown, "count")
    form = (await tap(chair, await chair.slash("panneau"), "other")).modal
    assert form
    await chair.submit(form, form=["appointment"], **given | {"options": "Salma Benali\nPaul_Roux*", "seats": ""})
    assert ballot(hall).candidates == (member(SALMA), member(PAUL))
    assert (ballot(hall).secret, ballot(hall).waived) == (False, True)


@pytest.mark.parametrize(
    ("options", "code", "fields"),
    [
        (";".join(f"Option {n}" for n in range(26)), Code.OPTIONS_NUMBER, {"least": 2, "limit": 25}),
        ("Bancs ; Bancs", Code.OPTION_TWICE, {}),
        (" ; ; Bancs", Code.OPTIONS_NUMBER, {"least": 2, "limit": 25}),
        ("x" * 101 + ";y", Code.OPTION_LENGTH, {"limit": 100}),
    ],
)
async def test_options_that_are_none_are_refused_with_what_is_allowed(
    hall: Hall, options: str, code: Code, fields: dict[str, object]
) -> None:
    await hall.opened()
    refused = await hall.phones[CHAIR].slash("vote choisir", question="Où ?", options=options)
    assert refused.message
    assert refused.message.ephemeral
    assert refused.text == refusal(code, **fields)
    assert hall.meeting.ballots == {}


async def test_hostile_words_ring_nobody_and_break_no_board(hall: Hall) -> None:
    await hall.opened()
    hostile = [
        "@everyone",
        f"<@{PAUL}>",
        "**gras** `x`",
        "# titre",
        "שלום \u202eabc",
        "\U0001f469\u200d\U0001f692" * 20,
        "> cité",
    ]
    options = " ; ".join([*hostile, *(f"{n} " + "🌳" * 90 for n in range(18))])
    board = await put(hall, "classer", question="||@here|| " + "🚲" * 900, options=options, sièges=3)
    wire = board.wire
    assert (wire["mentions"], wire["mention_everyone"]) == ([], False)
    assert "@everyone" not in board.text
    assert "\u202e" not in board.text
    assert len(board.text.encode()) < 10_000
    booth = (await push(hall.phones[PAUL], board, "Voter")).message
    assert booth
    assert len(booth.menus[0].options) == 25
    for number in range(25, 0, -1):
        booth = await choose(hall.phones[PAUL], booth, str(number))
    assert booth.menus == []
    cast = await push(hall.phones[PAUL], booth, "Voter ainsi")
    assert ballot(hall).votes[member(PAUL)] == ">".join(map(str, range(25, 0, -1)))
    assert "Votre vote" in cast.text
    await hall.phones[CHAIR].slash("vote clore")
    closed = await hall.board(hall.ballot, "Décidé")
    assert len(closed.text.encode()) < 10_000


async def test_an_old_board_says_where_the_present_one_is(hall: Hall) -> None:
    hall.server.world.users[PAUL].locale = "en-GB"
    await hall.opened()
    old = await put(hall, "ouvrir", motion="Poser deux bancs")
    paul, chair = hall.phones[PAUL], hall.phones[CHAIR]
    stale = hall.server.world.messages[old.id].components
    await chair.slash("vote clore")
    await hall.board(hall.ballot, "Rejeté")
    present = await put(hall, "ouvrir", motion="Planter des arbres")
    hall.server.world.messages[old.id].components = stale  # as a phone still shows it
    paul.messages[old.id] = old
    late = await paul.press(old.id, old.buttons[0].custom_id)
    assert late.text.startswith(refusal(Code.BALLOT_CLOSED, "en"))
    assert late.text.endswith(f"/{present.channel_id}/{present.id}")
    assert "The present board is here" in late.text


async def test_a_press_that_no_version_knows_is_answered(hall: Hall) -> None:
    await hall.opened()
    board = await put(hall, "ouvrir", motion="Poser deux bancs")
    message = hall.server.world.messages[board.id]
    for one in message.components[0]["components"][-1]["components"]:
        one["custom_id"] = one["custom_id"].replace("vote:", "oldname:")
    hall.phones[PAUL].messages.pop(board.id)
    answer = await hall.phones[PAUL].press(board.id, board.buttons[0].custom_id.replace("vote:", "oldname:"))
    assert answer.text.startswith(refusal(Code.UNKNOWN_MEETING))


async def test_a_mark_made_up_by_another_program_is_refused(hall: Hall) -> None:
    await hall.opened()
    board = await put(hall, "classer", question="Que faire ?", options="Bancs ; Arbres")
    paul = hall.phones[PAUL]
    message = hall.server.world.messages[board.id]
    button = message.components[0]["components"][-1]["components"][0]
    for made_up in ("booth:{}:9", "vote:{}:9>1", "vote:{}:for"):
        button["custom_id"] = made_up.format(ballot(hall).id)
        paul.messages.pop(board.id)
        assert (await paul.press(board.id, button["custom_id"])).text == refusal(Code.NO_SUCH_CHOICE)
    button["custom_id"] = "vote:123:for"
    paul.messages.pop(board.id)
    assert (await paul.press(board.id, "vote:123:for")).text == refusal(Code.NO_SUCH_BALLOT)


async def test_english_members_read_english_in_the_booth(hall: Hall) -> None:
    hall.server.world.users[PAUL].locale = "en-GB"
    await hall.opened()
    board = await put(hall, "classer", question="Que faire ?", options="Bancs ; Arbres", sièges=2)
    booth = (await push(hall.phones[PAUL], board, "Voter")).message
    assert booth
    assert [button.label for button in booth.buttons] == ["Blank", "Takes no part"]
    assert booth.menus[0].custom_id.startswith("pick:")
    told = await push(hall.phones[PAUL], booth, "Blank")
    assert "Your vote: Blank" in told.text
    assert ballot(hall).votes[member(PAUL)] == Choice.ABSTAIN.value


@pytest.mark.parametrize(
    ("motion", "code"), [("   ", Code.MOTION_EMPTY), ("\u2003\n", Code.MOTION_EMPTY), ("x" * 2_000, None)]
)
async def test_a_title_that_is_none_or_too_long_opens_no_vote(hall: Hall, motion: str, code: Code | None) -> None:
    await hall.opened()
    chair = hall.phones[CHAIR]
    if code:
        assert (await chair.slash("vote ouvrir", motion=motion)).text == refusal(code)
    else:
        with pytest.raises(InteractionFailed):  # Discord's own app refuses what is too long
            await chair.slash("vote ouvrir", motion=motion)
    assert hall.meeting.ballots == {}


async def test_a_vote_of_weight_two_has_two_receipts(hall: Hall) -> None:
    await hall.opened(rules=replace(CGCT, weights={"habitants": 2}))
    board = await put(hall, "choisir", question="Où ?", options="Nord ; Sud", secret=True)
    told = plain((await push(hall.phones[PAUL], board, "2. Sud")).text).replace("\\", "")
    receipts = re.findall(r"^\*\*([A-Z0-9-]{16,})\*\*$", told, re.MULTILINE)
    assert len(set(receipts)) == 2
    await hall.phones[CHAIR].slash("vote clore")
    slips = await push(hall.phones[PAUL], await hall.board(hall.ballot, "Sud : 2"), "Bulletins")
    assert all(f"{receipt} : Sud" in plain(slips.text).replace("\\", "") for receipt in receipts)


async def test_nobody_fills_in_a_vote_that_would_be_refused(hall: Hall) -> None:
    await hall.opened()
    board = await put(hall, "classer", question="Que faire ?", options="Bancs ; Arbres", secret=True)
    for who, code in ((GUEST, Code.NOT_A_MEMBER), (SALMA, Code.NOT_PRESENT)):
        assert (await push(await hall.phone(who), board, "Voter")).text == refusal(code)
    paul = hall.phones[PAUL]
    booth = await choose(paul, (await push(paul, board, "Voter")).message, "1")
    await push(paul, booth, "Voter ainsi")
    assert (await push(paul, board, "Voter")).text == refusal(Code.ALREADY_VOTED)
    await hall.phones[CHAIR].slash("vote clore")
    board = await put(hall, "classer", question="Que faire ?", options="Bancs ; Arbres")
    await push(paul, (await push(paul, board, "Voter")).message, "Ne prend pas part")
    assert "Votre vote jusqu’ici : Ne prend pas part" in plain((await push(paul, board, "Voter")).text)


async def test_every_form_can_be_opened_in_english(hall: Hall) -> None:
    hall.server.world.users[CHAIR].locale = "en-GB"
    await hall.opened()
    chair = hall.phones[CHAIR]
    shown = await chair.slash("panel")
    for action in ("ballot", "urn", "other"):
        form = (await tap(chair, shown, action)).modal
        assert form
        assert form.fields[0] == "motion"
    await chair.submit(form, motion="Close at ten?", form=["consent"], options="", manner=["public"], seats="1")
    board = await hall.board(hall.ballot)
    for value in ("reservation", "objection"):
        custom_id = next(one.custom_id for one in board.buttons if one.custom_id.endswith(f":{value}"))
        assert (await chair.press(board.id, custom_id)).modal
    shown = await tap(chair, await tap(chair, await chair.slash("panel"), "annul"), "annul-indeed")
    assert shown.modal
    assert shown.modal.fields == ["reason"]


async def test_a_consent_is_not_secret_and_is_refused_with_what_would_be_allowed(hall: Hall) -> None:
    await hall.opened()
    chair = hall.phones[CHAIR]
    form = (await tap(chair, await chair.slash("panneau"), "other")).modal
    assert form
    given = {"motion": "Fermer à 22 h", "form": ["consent"], "options": "", "manner": ["secret"], "seats": ""}
    refused = await chair.submit(form, **given)
    assert refused.text == refusal(Code.CONSENT_NOT_SECRET)
    refused = await chair.submit(form, **given | {"form": ["stv"], "options": "a\nb", "seats": "9"})
    assert refused.text == refusal(Code.SEATS, limit=2)
