"""A meeting heard by a cluster: whatever dies on the way, the log has the words of every utterance once."""

from collections import Counter
from pathlib import Path

from sessions import ID, SAID, in_session, meeting
from test_transcription import running, sounds, words

from meetings.council import Council
from meetings.domain.tape import UtteranceTranscribed
from meetings.jobs.transcription import Transcription
from tests.transcribe.clusters import grid, until
from transcribe.cluster import Cluster
from transcribe.pool import Pool
from transcribe.scripted import Line


def lacking(council: Council) -> set[str]:
    """Recorded minus transcribed."""
    return {spoken.utterance for spoken in meeting(council).pending()}


async def test_pending_is_what_was_recorded_minus_what_was_transcribed_whatever_dies(tmp_path: Path) -> None:
    council, table = await in_session(tmp_path), {str(key): Line(text) for key, text in SAID.items()}
    async with grid(tmp_path, table) as there:
        first = there.hire()
        async with Pool(Cluster(there.address, "base")) as pool, running(Transcription(council, pool, sounds, "base")):
            await until(lambda: len(there.heard) == len(SAID))
            await there.kill(first)
            there.hire()
            await until(lambda: len(there.heard) == 2 * len(SAID))
            there.network.target = None
            await there.kill(there.scheduler)
        assert lacking(council) == SAID.keys()

        again = Council(council.log)  # the bot was killed too
        async with Pool(Cluster(there.address, "base")) as pool, running(Transcription(again, pool, sounds, "base")):
            there.open()
            await there.schedule()
            await until(lambda: not lacking(again))
        assert words(again) == SAID
        events = [recorded.event for recorded in council.log.read(ID)]
        noted = Counter(event.utterance for event in events if isinstance(event, UtteranceTranscribed))
        assert noted == dict.fromkeys(SAID, 1)
