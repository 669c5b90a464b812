"""The documentation says what the program does: a command, option, setting or page left out fails the build."""

import re
from pathlib import Path
from typing import Any

import pytest
import typer.main

from meetings.cli import app
from meetings.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
RUN_IT = (ROOT / "docs/run-it.md").read_text("utf-8")


def commands(group: Any, prefix: str = "hemicycle") -> dict[str, Any]:  # typer's click is its own copy, untyped
    found: dict[str, Any] = {}
    for name, command in group.commands.items():
        path = f"{prefix} {name}"
        found |= commands(command, path) if hasattr(command, "commands") else {path: command}
    return found


COMMANDS = commands(typer.main.get_command(app))


def test_there_are_commands_to_document() -> None:
    assert {"hemicycle rehearse", "hemicycle run", "hemicycle agenda show"} <= COMMANDS.keys()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_row_with_every_option(name: str) -> None:
    row = next((line for line in RUN_IT.splitlines() if line.startswith(f"| `{name}")), None)
    assert row, f"docs/run-it.md has no row for `{name}`"
    options = {opt for param in COMMANDS[name].params for opt in param.opts if opt.startswith("--")} - {"--help"}
    assert {option for option in options if f"`{option}`" not in row} == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_explains_itself(name: str) -> None:
    assert COMMANDS[name].help
    assert [
        param.name for param in COMMANDS[name].params if not getattr(param, "help", "") and param.name != "help"
    ] == []


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented_with_its_default(name: str) -> None:
    field = Settings.model_fields[name]
    row = next((line for line in RUN_IT.splitlines() if line.startswith(f"| `HEMICYCLE_{name.upper()}` ")), None)
    assert row, f"docs/run-it.md has no row for HEMICYCLE_{name.upper()}"
    default = str(field.default)
    assert not default.strip("*") or default == "None" or f"`{default}`" in row
    assert " ".join((field.description or "?").split()) in row


def test_no_setting_is_documented_that_does_not_exist() -> None:
    ours = {f"HEMICYCLE_{name.upper()}" for name in Settings.model_fields} | {
        "HEMICYCLE_MODELS",
        "HEMICYCLE_MODELS_FROM",
    }
    named = {name for page in PAGES for name in re.findall(r"HEMICYCLE_[A-Z_]+", page.read_text("utf-8"))}
    assert named <= ours


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_readme_leads_to_every_page() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [page.name for page in (ROOT / "docs").glob("*.md") if f"docs/{page.name}" not in readme] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_a_page_shows_exists(page: Path) -> None:
    names = set(COMMANDS)
    for words in re.findall(r"(?:^ {4}|`|bin/)hemicycle ([a-z ]+)", page.read_text("utf-8"), re.MULTILINE):
        shown = f"hemicycle {words.strip()}"
        assert any(shown == name or shown.startswith(f"{name} ") for name in names), f"{page.name} shows `{shown}`"
