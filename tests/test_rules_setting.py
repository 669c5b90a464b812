"""The rules a council starts with: a preset or a file, refused in one sentence before anything starts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


def started(folder: Path, rules: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HEMICYCLE_")}
    environment |= {"HEMICYCLE_RULES": rules, "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-m", "meetings", "run"]
    paths = os.pathsep.join([str(Path(__file__).parents[1]), environment.get("PYTHONPATH", "")])
    environment["PYTHONPATH"] = paths
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60)  # noqa: S603


@pytest.mark.parametrize(
    ("text", "shows"),
    [("[floor]\nspeach = 3\n", "(rules.toml, line 2)"), (None, "association")],
)
def test_rules_that_cannot_be_taken_are_one_sentence_and_status_2(tmp_path: Path, text: str | None, shows: str) -> None:
    if text is not None:
        (tmp_path / "rules.toml").write_text(text)
    ended = started(tmp_path, "rules.toml")
    assert ended.returncode == 2
    assert shows in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "data").exists()


def test_a_preset_is_taken(tmp_path: Path) -> None:
    assert "HEMICYCLE_TOKEN" in started(tmp_path, "simple").stderr
