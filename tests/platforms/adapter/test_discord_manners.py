"""Members ask for a secret vote or a roll call; the vote is then taken so."""

from hall import CHAIR, PAUL, SECRETARY, Hall, plain

from meetings.domain.refusals import Code
from meetings.i18n import translator
from meetings.rehearsal.cast.client import SeenMessage


def choice(board: SeenMessage, end: str) -> str:
    return next(one.custom_id for one in board.buttons if one.custom_id.endswith(f":{end}"))


async def test_a_third_obtains_a_secret_vote_whatever_the_chair_says(hall: Hall) -> None:
    hall.server.world.users[PAUL].locale = "en-GB"
    await hall.opened()
    told = await hall.phones[PAUL].slash("ballot ask", manner="secret")
    assert plain(told.text) == "Your request is noted: 1 of 1 needed. It is for the next vote."
    await hall.board("session", "Vote secret demandé pour le prochain vote : 1 sur 1")
    board = await hall.put_to_the_vote("Poser deux bancs")
    await hall.board(hall.ballot, "Vote secret en cours", r"Vote secret demandé par Paul\_Roux\*.")
    late = await hall.phones[SECRETARY].slash("vote demander", mode="roll-call")
    assert late.text == translator("fr")(f"refusal.{Code.VOTE_UNDER_WAY}")
    out = await hall.phones[SECRETARY].press(board.id, choice(board, "out"))
    assert "ne prenez pas part" in plain(out.text)
    await hall.phones[PAUL].press(board.id, choice(board, "for"))
    await hall.phones[CHAIR].slash("vote clore")
    await hall.board(hall.ballot, "Adopté", "Pour 1 · Contre 0 · Abstention 0 · Ne prend pas part 1")
    assert [slip.mark for slip in next(iter(hall.meeting.ballots.values())).slips] == ["for"]


async def test_a_roll_call_shows_every_name_while_it_runs(hall: Hall) -> None:
    await hall.opened()
    await hall.phones[PAUL].slash("vote demander", mode="roll-call")
    board = await hall.put_to_the_vote("Poser deux bancs")
    await hall.board(hall.ballot, "Vote public par appel nominal en cours")
    await hall.phones[SECRETARY].press(board.id, choice(board, "against"))
    await hall.board(hall.ballot, "Contre : Léa Fontaine", r"Appel nominal demandé par Paul\_Roux\*.")
