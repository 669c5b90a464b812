"""Proxies on Discord: given by who is absent, taken on with a button, voted with the holder's press, taken back."""

from hall import CHAIR, PAUL, SALMA, SECRETARY, Hall, member, plain, until

from meetings.domain.refusals import Code
from meetings.i18n import translator
from meetings.rehearsal.cast.client import SeenMessage


async def represented(hall: Hall) -> None:
    """A session of three; Salma is absent and Paul represents her."""
    await hall.opened()
    salma = await hall.phone(SALMA)
    assert "qui doit encore l’accepter" in plain((await salma.slash("pouvoir donner", membre=PAUL)).text)
    paul = hall.phones[PAUL]
    proposed = await paul.see(lambda seen: "vous donne pouvoir" in plain(seen.content))
    assert f"<@{PAUL}> Salma Benali" in proposed.content
    assert proposed.wire["mentions"]
    accept, _ = proposed.buttons
    refused = await hall.phones[SECRETARY].press(proposed.id, accept.custom_id)
    assert refused.text == translator("fr")(f"refusal.{Code.NO_SUCH_PROXY}")
    await paul.press(proposed.id, accept.custom_id)
    told = await paul.see(lambda seen: seen.id == proposed.id and "représente" in seen.content)
    assert (told.buttons, r"Paul\_Roux\* représente Salma Benali" in told.content) == ([], True)


def choice(board: SeenMessage, end: str) -> str:
    return next(one.custom_id for one in board.buttons if one.custom_id.endswith(f":{end}"))


async def test_the_holders_press_counts_for_both_each_with_its_name(hall: Hall) -> None:
    await represented(hall)
    await hall.board("session", "3 présents sur 4", "et 1 membre représenté, qui vote mais ne compte pas")
    board = await hall.put_to_the_vote("Poser deux bancs")
    await hall.phones[PAUL].press(board.id, choice(board, "for"))
    await hall.board(hall.ballot, "Pour 2", "2 votes reçus sur 3 présents et 1 par pouvoir")
    await hall.phones[CHAIR].press(board.id, choice(board, "against"))
    await hall.phones[CHAIR].slash("vote clore")
    closed = await hall.board(hall.ballot, "Adopté")
    assert r"Pour : Paul\_Roux\*, Salma Benali (par Paul\_Roux\*)" in plain(closed.text)


async def test_a_proxy_taken_back_during_the_vote_takes_its_vote_with_it(hall: Hall) -> None:
    await represented(hall)
    board = await hall.put_to_the_vote("Poser deux bancs")
    await hall.phones[PAUL].press(board.id, choice(board, "for"))
    await hall.board(hall.ballot, "Pour 2")
    assert "pris fin" in (await hall.phones[SALMA].slash("pouvoir reprendre")).text
    await hall.board(hall.ballot, "Pour 1", "1 vote reçu sur 3 présents")
    again = await hall.phones[SALMA].slash("pouvoir reprendre")
    assert plain(again.text) == plain(translator("fr")(f"refusal.{Code.NO_SUCH_PROXY}"))


async def test_a_secret_vote_by_proxy_is_a_slip_of_its_own(hall: Hall) -> None:
    await represented(hall)
    board = await hall.put_to_the_vote("Élire Salma", secret=True)
    told = await hall.phones[PAUL].press(board.id, choice(board, "against"))
    assert "compte aussi pour Salma Benali" in plain(told.text)
    await hall.board(hall.ballot, "2 votes reçus")
    assert [slip.mark for slip in hall.council.log.urn(next(iter(hall.meeting.ballots)))] == ["against", "against"]
    assert "y reste" in plain((await hall.phones[SALMA].slash("pouvoir reprendre")).text)
    await hall.phones[CHAIR].slash("vote clore")
    closed = await hall.board(hall.ballot, "Rejeté", "Contre 2")
    assert "Salma" not in closed.text.replace("Élire Salma", "")


async def test_it_is_given_before_the_meeting_and_declined_in_english(hall: Hall) -> None:
    hall.server.world.users[SALMA].locale = "en-GB"
    await hall.plan()
    salma, paul = await hall.phone(SALMA), await hall.phone(PAUL)
    await paul.slash("pouvoir donner", membre=SALMA)
    assert "You do not represent" in plain((await salma.slash("proxy decline")).text)
    await until(lambda: hall.meeting.attendance.proxy(member(PAUL)) is None)
    refused = await salma.slash("proxy accept")
    assert plain(refused.text) == plain(translator("en")(f"refusal.{Code.NO_SUCH_PROXY}"))


async def test_a_restart_proposes_nothing_twice(hall: Hall) -> None:
    await represented(hall)
    await hall.stop_bot()
    await hall.start_bot()
    await hall.phones[SECRETARY].slash("pouvoir donner", membre=CHAIR)
    proposal = f"<@{CHAIR}> Léa Fontaine vous donne pouvoir"
    await hall.phones[PAUL].see(lambda seen: proposal in plain(seen.content))
    proposed = [seen for seen in hall.phones[PAUL].messages.values() if "vous donne pouvoir" in plain(seen.content)]
    assert len(proposed) == 1
    assert hall.meeting.attendance.represented() == {member(SALMA): member(PAUL)}
