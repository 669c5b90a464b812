"""Versions of words: all kept, found by digest, erased when a person asks."""

from pathlib import Path

from meetings.domain.review import LineId
from meetings.domain.values import MeetingId
from meetings.log.corrections import Corrections, Version
from meetings.log.store import Log

M, LINE = MeetingId("m"), LineId("u1")


def test_every_version_is_kept_once_and_found_by_its_digest(where: Path | str) -> None:
    log = Log.open(where)
    kept, first, second = Corrections(log), Version(LINE, "Un ban."), Version(LINE, "Un banc.")
    kept.keep(M, first, second)
    kept.keep(M, first)
    kept.keep(MeetingId("n"), first)
    assert kept.texts(M) == {first.digest: "Un ban.", second.digest: "Un banc."}
    assert Version(LineId("u2"), "Un ban.").digest != first.digest
    kept.forget(M, LINE)
    assert kept.texts(M) == {}
    assert kept.texts(MeetingId("n")) == {first.digest: "Un ban."}
    log.close()
