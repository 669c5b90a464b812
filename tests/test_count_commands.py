"""`hemicycle count` and `hemicycle draw`, as they are typed."""

import json

import pytest

from meetings import cli
from meetings.domain.lot import Lot

TIED = '3 1\n5 1 0\n3 2 0\n3 3 0\n0\n"Anne"\n"Bo"\n"Cy"\n"Chair"\n'
MEMBERS = "name,college\nAnne,a\nBo,b\nCy,a\nDi,b\n"


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Run a command in a folder of its own: exit status, output, error output."""

    def command(*words):
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr("sys.argv", ["hemicycle", *words])
        with pytest.raises(SystemExit) as left:
            cli.main()
        said = capsys.readouterr()
        return left.value.code or 0, said.out, said.err

    (tmp_path / "tied.blt").write_text(TIED, "utf-8")
    (tmp_path / "bad.blt").write_text(TIED.replace("3 2 0", "3 4 0"), "utf-8")
    (tmp_path / "members.csv").write_text(MEMBERS, "utf-8")
    return command


def test_a_count_for_programs(run):
    code, out, _ = run("count", "tied.blt", "--method", "plurality", "--json")
    told = json.loads(out)
    assert code == 0
    assert (told["title"], told["winners"], told["tie"]) == ("Chair", ["Anne"], False)
    assert told["steps"][1]["votes"][0] == {"candidate": "Anne", "votes": 5}
    assert all(step["kind"] and step["words"] for step in told["steps"])


def test_a_count_for_people(run):
    code, out, _ = run("count", "tied.blt", "--method", "approval", "--seats", "3")
    assert code == 0
    assert out.splitlines()[0] == cli.t("cli.count.winners", winners=["Anne", "Bo", "Cy"])


def test_a_tie_is_refused_with_names_then_drawn_from_a_seed(run):
    code, out, err = run("count", "tied.blt", "--method", "irv")
    assert (code, out) == (2, "")
    assert err == cli.t("faults.count.tie", stage=2, names=("Bo", "Cy")) + "\n"
    code, out, _ = run("count", "tied.blt", "--method", "irv", "--seed", "abc", "--json")
    told = json.loads(out)
    first = ["Bo", "Cy"][int(Lot("abc").order("exclude 2", ["2", "3"])[0]) - 2]
    assert (code, told["tie"]) == (0, True)
    assert {"tied": ["Bo", "Cy"], "chosen": [first], "label": "exclude 2"}.items() <= told["steps"][3].items()


def test_a_malformed_file_is_refused_in_one_sentence_with_its_line(run):
    code, out, err = run("count", "bad.blt", "--method", "scottish-stv", "--json")
    expected = cli.t("faults.blt.rank", limit=3)
    assert (code, out) == (2, "")
    assert err == cli.t("faults.blt", line=3, expected=expected, found="4") + "\n"


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (("count", "tied.blt", "--method", "irv", "--seats", "2"), "faults.count.one-seat"),
        (("count", "tied.blt", "--method", "approval", "--seats", "0"), "faults.count.seats"),
        (("count", "tied.blt", "--method", "irv", "--seed", ""), "faults.seed"),
        (("draw",), "faults.sortition.seed"),
        (("draw", "members.csv", "--seed", "abc"), "faults.sortition.seats"),
        (("draw", "--verify", "members.csv"), "faults.sortition.record"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(run, words, key):
    assert run(*words) == (2, "", cli.t(key) + "\n")


def test_a_draw_is_published_and_verified(run, tmp_path):
    code, out, _ = run(
        "draw", "members.csv", "--seed", "abc", "--quota", "college=a:1", "--quota", "college=b:1", "--json"
    )
    assert code == 0
    (tmp_path / "draw.json").write_text(out, "utf-8")
    assert run("draw", "--verify", "draw.json") == (0, cli.t("cli.draw.verified") + "\n", "")
    assert run("draw", "members.csv", "--verify", "draw.json")[0] == 0
    drawn = json.loads(out)["drawn"]
    (tmp_path / "draw.json").write_text(json.dumps(json.loads(out) | {"drawn": drawn[::-1]}), "utf-8")
    assert run("draw", "--verify", "draw.json") == (1, cli.t("cli.draw.differs.drawn") + "\n", "")


def test_a_draw_for_people(run):
    code, out, _ = run("draw", "members.csv", "--seed", "abc", "--seats", "4")
    order = Lot("abc").order("draw", ["Anne", "Bo", "Cy", "Di"])
    assert code == 0
    assert out.splitlines()[:4] == [f"{place}. {name}" for place, name in enumerate(order, 1)]
    assert Lot("abc").commitment in out
