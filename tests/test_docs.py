"""The documentation says what the program does: a command, option, setting or page left out fails the build."""

import re
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import typer.main

from meetings.cli import app
from meetings.domain import rulebook
from meetings.domain.count import Base, Threshold
from meetings.domain.rules import PRESETS, Criterion, Rules, Tie
from meetings.domain.values import Form
from meetings.i18n import keys, translator
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


RULES = (ROOT / "docs/rules.md").read_text("utf-8")


def span(length: timedelta) -> str:
    return f"{length.days}d" if length.days else f"{length.seconds // 60}m"


def shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(f"`{span(each) if isinstance(each, timedelta) else each}`" for each in value) or "none"
    return f"`{str(value).lower()}`"


def test_every_rule_has_its_row_with_what_each_preset_says() -> None:
    tables = [each.name for each in fields(Rules) if each.name not in {"name", "weights"}]
    each_key = [(table, each.name) for table in tables for each in fields(getattr(PRESETS["cgct"], table))]
    rows = [line for line in RULES.splitlines() if re.match(r"\| `\w+` \| `\w+` \|", line)]
    assert len(rows) == len(each_key)
    for row, (table, key) in zip(rows, each_key, strict=True):
        cells = [cell.strip() for cell in row.strip("| ").split(" | ")]
        said = [shown(getattr(getattr(PRESETS[name], table), key)) for name in ("cgct", "association", "simple")]
        assert [*cells[:2], *cells[3:]] == [f"`{table}`", f"`{key}`", *said]


def test_the_rules_page_names_everything_rules_can_say_and_its_example_is_taken() -> None:
    assert [each.value for each in (*Criterion, *Form, *Base) if f"\n| `{each.value}` |" not in RULES] == []
    assert [each.value for each in (*Threshold, *Tie) if f"`{each.value}`" not in RULES] == []
    example = re.search(r"```toml\n(.*?)```", RULES, re.DOTALL)
    assert example
    assert rulebook.read(example[1].encode()).name == "Règlement intérieur"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_slash_command_is_on_the_pages_of_a_meeting(lang: str) -> None:
    t = translator(lang)
    names = {key.split(".")[2] for key in keys(lang) if key.startswith("discord.command.")}
    commands = [
        f"`/{t(f'discord.command.{group}.name')} {t(key)}`"
        for group in names
        for key in keys(lang)
        if re.fullmatch(rf"discord\.command\.{group}\.[a-z-]+\.name", key)
    ]
    assert commands
    pages = ("run-it.md", "conduct.md", "votes.md", "rules.md", "minutes.md")
    told = "".join((ROOT / "docs" / page).read_text("utf-8") for page in pages)
    assert [command for command in commands if command not in told] == []
