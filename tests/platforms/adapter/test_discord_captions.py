"""Captions in a thread of the session's board: minute by minute, edited while people speak, put away at the end."""

from datetime import UTC, datetime, timedelta

from hall import CHAIR, MEETING, PAUL, SECRETARY, Hall, member, plain, until

from meetings.council import Council
from meetings.domain import commands as c
from meetings.domain.values import BallotId, Mark, UtteranceId
from meetings.jobs.saying import Provisional
from meetings.log.store import Log, Words
from meetings.rehearsal.loopback.kinds import MessageFlag
from meetings.rehearsal.loopback.world import Channel, Message


def thread(hall: Hall) -> Channel | None:
    return hall.server.world.guild.threads.get(int(hall.meeting.posted.get("captions", "0")))


def written(hall: Hall) -> list[Message]:
    """What the thread shows, the notice apart."""
    found = thread(hall)
    return hall.server.world.history(found.id)[1:] if found else []


def text(message: Message) -> str:
    (container,) = message.components
    return plain(container["components"][0]["content"])


async def say(hall: Hall, user: int, words: str, *, later: float = 0.0) -> None:
    """An utterance `later` than the opening, in seconds, and what was heard in it."""
    assert hall.meeting.opened
    start = hall.meeting.opened + timedelta(seconds=later)
    key = UtteranceId(f"{later}-{user}")
    await hall.do(c.NoteUtterance, utterance=key, member=member(user), start=start, end=start + timedelta(seconds=2))
    hall.council.log.put_words(MEETING, Words(key, words, "fr"))
    await hall.do(c.NoteTranscript, utterance=key, digest=words, model="base")


async def test_what_is_said_is_read_in_a_thread_of_the_board_minute_by_minute(hall: Hall) -> None:
    await hall.opened()
    await hall.phones[CHAIR].slash("séance point")
    await until(lambda: thread(hall) is not None)
    await say(hall, PAUL, "Des bancs, @everyone, et <@900000000000000001> *vite*.", later=1)
    await say(hall, SECRETARY, "Je note.", later=4)
    await say(hall, PAUL, "Merci.", later=61)
    await until(lambda: len(written(hall)) == 2 and "Je note" in text(written(hall)[0]))
    first, second = written(hall)
    assert text(first).index("Paul") < text(first).index("Des bancs") < text(first).index("Léa")
    assert "1. Bancs du parc" in text(first)
    assert "Merci." in text(second)
    assert "<@9" not in text(first)
    assert not (first.mentions)
    assert not (first.mention_everyone)
    assert not (first.mention_roles)
    assert MessageFlag.SUPPRESS_NOTIFICATIONS in first.flags
    found = thread(hall)
    assert found
    assert found.id == int(hall.meeting.posted["session"])
    assert "procès-verbal fait foi" in text(hall.server.world.history(found.id)[0])


async def test_words_that_are_being_said_stand_there_until_they_are_known(hall: Hall) -> None:
    await hall.opened()
    start = datetime.now(UTC)
    key = UtteranceId("now")
    hall.bot.saying.put(MEETING, Provisional(key, member(PAUL), start, "Je propose des"))
    await until(lambda: bool(written(hall)) and "-# Je propose des …" in text(written(hall)[0]))
    assert key not in hall.meeting.recording.utterances
    await hall.do(c.NoteUtterance, utterance=key, member=member(PAUL), start=start, end=start + timedelta(seconds=2))
    hall.council.log.put_words(MEETING, Words(key, "Je propose des bancs.", "fr"))
    await hall.do(c.NoteTranscript, utterance=key, digest="d", model="base")
    await until(lambda: "\nJe propose des bancs." in text(written(hall)[0]))
    assert "…" not in text(written(hall)[0])
    await hall.do(c.ChooseRecording, by=member(PAUL), declined=True)
    hall.bot.saying.put(MEETING, Provisional(UtteranceId("no"), member(PAUL), start, "En secret"))
    assert hall.bot.saying.of(hall.meeting) == ()


async def test_what_another_microphone_had_of_a_voice_goes_away_again(hall: Hall) -> None:
    await hall.opened()
    for user, words in ((PAUL, "Je propose un ban."), (SECRETARY, "Je propose un banc.")):
        await say(hall, user, words, later=0.5)
    await until(lambda: len(written(hall)) == 1 and "un banc" in text(written(hall)[0]))
    await hall.do(c.NoteEcho, utterance=UtteranceId(f"0.5-{PAUL}"), of=UtteranceId(f"0.5-{SECRETARY}"))
    await until(lambda: "un ban." not in text(written(hall)[0]))
    assert "un banc." in text(written(hall)[0])
    assert "Paul" not in text(written(hall)[0])


async def test_a_page_of_which_no_word_stands_is_taken_away_by_a_later_run_too(hall: Hall) -> None:
    await hall.opened()
    for minute in (60, 120):
        await say(hall, SECRETARY, "Je propose un banc.", later=minute - 0.5)
        await say(hall, PAUL, "Un ban.", later=minute + 1)
    await until(lambda: len(written(hall)) == 3 and "un banc" in text(written(hall)[1]))

    def echo(minute: int) -> dict[str, UtteranceId]:
        return {
            "utterance": UtteranceId(f"{minute + 1}-{PAUL}"),
            "of": UtteranceId(f"{minute - 0.5}-{SECRETARY}"),
        }

    await hall.do(c.NoteEcho, **echo(120))
    await until(lambda: len(written(hall)) == 2)
    await hall.stop_bot()
    hall.council = Council(Log.open(hall.folder / "council.db"))
    await hall.do(c.NoteEcho, **echo(60))
    hall.council.log.close()
    await hall.start_bot()
    await until(lambda: ["ban." in text(one) for one in written(hall)] == [False, False])
    await say(hall, PAUL, "Oui.", later=122)
    await until(lambda: len(written(hall)) == 3 and "Oui." in text(written(hall)[2]))


async def test_nothing_of_a_closed_session_or_a_recess_is_captioned(hall: Hall) -> None:
    await hall.opened()
    await say(hall, PAUL, "En public.", later=0)
    await until(lambda: len(written(hall)) == 1)
    await hall.do(c.AskClosedSession, by=member(CHAIR), ballot=BallotId("doors"))
    for voter in (CHAIR, SECRETARY, PAUL):
        await hall.do(c.CastVote, by=member(voter), ballot=BallotId("doors"), mark=Mark("for"))
    await hall.do(c.CloseBallot, by=member(CHAIR), ballot=BallotId("doors"))
    assert hall.meeting.interludes.private
    assert hall.meeting.opened
    inside = (hall.meeting.interludes.private.since - hall.meeting.opened).total_seconds()
    hall.bot.saying.put(MEETING, Provisional(UtteranceId("x"), member(PAUL), datetime.now(UTC), "Entre nous"))
    await say(hall, PAUL, "Entre nous.", later=inside)
    await hall.do(c.EndClosedSession, by=member(CHAIR))
    await say(hall, PAUL, "De nouveau.", later=inside + 60)
    await until(lambda: len(written(hall)) == 2)
    assert ["Entre nous" in text(one) for one in written(hall)] == [False, False]


async def test_a_restart_writes_on_in_the_same_thread_and_a_deleted_one_is_begun_anew(hall: Hall) -> None:
    await hall.opened()
    await say(hall, PAUL, "Avant.", later=0)
    await until(lambda: len(written(hall)) == 1)
    first, before = thread(hall), written(hall)
    await hall.stop_bot()
    await hall.start_bot()
    await say(hall, PAUL, "Après.", later=2)
    await until(lambda: "Après." in text(written(hall)[0]))
    assert thread(hall) is first
    assert [one.id for one in written(hall)] == [one.id for one in before]
    assert first
    assert await hall.api("DELETE", f"/channels/{first.id}") == 200
    await say(hall, PAUL, "Enfin.", later=4)
    await until(lambda: thread(hall) not in (None, first))
    found = thread(hall)
    assert found
    await until(lambda: any("Enfin." in text(one) for one in hall.server.world.history(found.id)))


async def test_the_thread_is_put_away_once_all_is_written(hall: Hall) -> None:
    await hall.opened()
    await say(hall, PAUL, "Le dernier mot.", later=0)
    await until(lambda: len(written(hall)) == 1)
    await hall.phones[CHAIR].slash("séance lever")
    await until(lambda: not hall.meeting.recording.running)
    found = thread(hall)
    assert found
    assert found.thread
    assert not found.thread.archived
    await hall.do(c.NoteDraft, digest="d")
    await until(lambda: found.thread is not None and found.thread.archived)


async def test_a_council_that_wants_none_has_no_thread(hall: Hall) -> None:
    await hall.stop_bot()
    await hall.start_bot(captions=False)
    await hall.opened()
    await say(hall, PAUL, "Des bancs.", later=0)
    await hall.board("session", "Séance ouverte")
    await hall.phones[CHAIR].slash("séance lever")
    await hall.board("session", "Séance levée")
    assert not hall.server.world.guild.threads
