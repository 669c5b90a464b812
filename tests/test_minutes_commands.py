"""`hemicycle minutes`, as it is typed: signed at the machine, verified by anyone, refused in one sentence."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from meetings import cli
from meetings.domain.approval import ApprovalNoted, AudioDeleted, MinutesProposed, WordsDeleted
from meetings.domain.erasure import ErasureAsked, MemberErased
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


def test_the_register_says_what_settings_and_rules_in_force_say(run, tmp_path, monkeypatch):
    (tmp_path / "rules.toml").write_text('preset = "cgct"\n[minutes]\naudio_days = 41\ndays = 9\n')
    monkeypatch.setenv("HEMICYCLE_COUNCIL", "Conseil de Lunel")
    monkeypatch.setenv("HEMICYCLE_RULES", "rules.toml")
    code, out, _ = run("privacy", "register")
    assert code == 0
    assert out.startswith("# Registre des traitements")
    assert "Conseil de Lunel" in out
    (row,) = [line for line in out.splitlines() if line.startswith("| Enregistrement sonore")]
    assert "41 jours" in row
    assert "l’approbation" in row
    assert "pendant 9 jours" in out
    assert {line.count("|") for line in out.splitlines() if line.startswith("|")} == {8}


def test_the_register_says_what_was_erased(run, tmp_path, monkeypatch):
    (tmp_path / "rules.toml").write_text("[minutes]\nwords_days = 77\n")
    monkeypatch.setenv("HEMICYCLE_RULES", "rules.toml")
    monkeypatch.setenv("HEMICYCLE_WEB_URL", "https://conseil.example")
    assert "Rien jusqu’ici" in run("privacy", "register")[1]
    approved(tmp_path / "data")
    log = Log.open(tmp_path / "data/council.db")
    gone = [
        AudioDeleted(3, 1234, "approved"),
        WordsDeleted(9),
        ErasureAsked(MemberId("2")),
        MemberErased(MemberId("2")),
    ]
    gone.append(ErasureAsked(MemberId("3")))
    log.append([Recorded(ID, seq, AT, None, f"gone{seq}", event) for seq, event in enumerate(gone, 7)])
    log.close()
    out = run("privacy", "register")[1].replace("\u00a0", " ").replace("\u202f", " ")
    assert "77 jours après l’approbation" in out
    assert "| Pages du conseil |" in out
    told = [line for line in out.splitlines() if line.startswith("- Séance du")]
    assert [" : le son," in told[0], "la transcription" in told[1], "un membre, à sa demande" in told[2]] == [True] * 3
    assert "a demandé" in told[3]


def test_a_recording_that_was_deleted_by_rule_says_since_when(run, tmp_path):
    approved(tmp_path / "data")
    folder = tmp_path / "data/recordings" / ID
    assert run("recording", "check", str(folder))[0] == 2
    log = Log.open(tmp_path / "data/council.db")
    log.append([Recorded(ID, 7, AT, None, "gone", AudioDeleted(3, 1234, "approved"))])
    log.close()
    code, out, _ = run("recording", "check", str(folder), "--json")
    assert (code, json.loads(out)) == (0, {"deleted": "2026-11-22 17:30:00+00:00", "files": 3, "bytes": 1234})
    assert "1234" in run("recording", "check", str(folder))[1]
