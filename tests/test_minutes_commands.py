"""`hemicycle minutes`, as it is typed: signed at the machine, verified by anyone, refused in one sentence."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from meetings import cli
from meetings.domain.approval import ApprovalNoted, MinutesProposed
from meetings.domain.events import Adjourned, MinutesDrafted, Opened, Planned, Recorded
from meetings.domain.rules import CGCT
from meetings.domain.values import MeetingId, MemberId, PlannedItem, Role, Seat
from meetings.log.store import Log
from meetings.minutes import compose, signing, versions

AT = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
ID = MeetingId("m")
ROSTER = (Seat(MemberId("1"), Role.CHAIR), Seat(MemberId("2"), Role.SECRETARY))
PLAN = Planned(
    council="Conseil",
    title="Séance",
    starts=AT,
    ends=AT + timedelta(hours=1),
    channel="7",
    venue="voice",
    lang="fr",
    items=(PlannedItem(1, "Bancs"),),
    roster=ROSTER,
    rules=replace(CGCT, name="cgct"),
)


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Run a command in a folder of its own: exit status, output, error output."""

    def command(*words):
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr("sys.argv", ["hemicycle", *words])
        try:
            cli.main()
            code = 0
        except SystemExit as left:
            code = left.code or 0
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def approved(folder):
    """A data folder whose one meeting's minutes are approved."""
    from meetings.domain.meeting import fold

    log = Log.open(folder / "council.db")
    log.remember({MemberId("1"): "Claire Martin", MemberId("2"): "Karim Haddad"})
    events = [PLAN, Opened(2, 2), Adjourned()]
    news = [Recorded(ID, seq, AT, None, f"a{seq}", event) for seq, event in enumerate(events, 1)]
    minutes = compose(fold(ID, news), {}, log.names())
    digest = signing.digest(signing.canonical(minutes))
    later = [MinutesDrafted(digest), MinutesProposed(digest, AT), ApprovalNoted(digest, ID, AT)]
    news += [Recorded(ID, seq, AT, None, f"a{seq}", event) for seq, event in enumerate(later, len(news) + 1)]
    log.append(news)
    log.close()
    versions.keep(folder / "documents" / ID, minutes)


@pytest.mark.slow
def test_both_sign_at_the_machine_and_anyone_verifies(run, tmp_path):
    approved(tmp_path / "data")
    for office in ("chair", "secretary"):
        assert run("minutes", "sign", "data", "--meeting", ID, "--as", office)[0] == 0
    code, _, err = run("minutes", "sign", "data", "--meeting", ID, "--as", "chair")
    assert (code, err) == (1, cli.t("refusal.nothing-changed") + "\n")
    path = tmp_path / "data/documents" / ID / "minutes.signed.json"
    code, out, _ = run("minutes", "verify", str(path))
    assert (code, out.splitlines()[-1]) == (0, cli.t("cli.minutes.holds"))
    assert "Claire Martin" in out
    told = json.loads(run("minutes", "verify", str(path), "--json")[1])
    assert [(one["role"], one["holds"]) for one in told["signatures"]] == [("chair", True), ("secretary", True)]
    path.write_text(path.read_text("utf-8").replace("Séance", "Scéance"), "utf-8")
    code, out, _ = run("minutes", "verify", str(path))
    assert (code, out.splitlines()[-1]) == (1, cli.t("cli.minutes.fails"))
    assert run("log", "verify", "data")[0] == 0


def test_what_is_no_signed_document_is_refused_in_one_sentence(run, tmp_path):
    (tmp_path / "x.json").write_text("{}")
    code, out, err = run("minutes", "verify", "x.json")
    assert (code, out, err) == (2, "", cli.t("faults.minutes.not-signed", path="x.json") + "\n")


def test_nobody_signs_what_is_not_there(run, tmp_path):
    Log.open(tmp_path / "data/council.db").close()
    code, _, err = run("minutes", "sign", "data", "--meeting", "none", "--as", "chair")
    assert (code, err) == (1, cli.t("refusal.unknown-meeting") + "\n")
