"""The story a rehearsal plays, read from a TOML file that needs no programmer; the file itself says how it is written.

What a file asks is put to a council in memory while it is read, so that a story which no council could live (a vote
without a ballot, a member who speaks from the corridor) is refused with its line, before anything starts.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from meetings.domain import rulebook
from meetings.domain.rulebook import RulesError
from meetings.domain.rules import CGCT, PRESETS, Rules
from meetings.domain.values import Role
from meetings.i18n import LANGUAGES
from meetings.rehearsal.entries import Entry, Fault, ScenarioError
from meetings.rehearsal.playthrough import Playthrough
from meetings.rehearsal.steps import Act, Line, Member, Say, Step

__all__ = ["STORIES", "Fault", "Scenario", "ScenarioError", "load"]

STORIES: Mapping[str, Path] = {
    lang: Path(__file__).with_name("scenarios") / name
    for lang, name in {"fr": "lunel.fr.toml", "en": "council.en.toml"}.items()
}
"""The stories that ship with the project, by language."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A council's evening: who plays, under which `rules` (a preset or a file), and what happens, in order.

    `late` are those who are not there from the start.
    """

    path: Path
    lang: str
    council: str
    members: tuple[Member, ...]
    steps: tuple[Step, ...]
    rules: str = CGCT.name
    late: frozenset[str] = frozenset()

    def member(self, key: str) -> Member:
        """The member with this key. Raises KeyError."""
        return {member.key: member for member in self.members}[key]

    @property
    def chair(self) -> Member:
        """Who chairs."""
        return next(member for member in self.members if member.role is Role.CHAIR)

    @property
    def at_opening(self) -> tuple[Member, ...]:
        """Who is in the room before the session opens: all but those who arrive later."""
        return tuple(member for member in self.members if member.key not in self.late)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line that is said in public, in the order in which they begin."""
        spoken = [step for step in self.steps if isinstance(step, Say)]
        return tuple(line for say in spoken for line in say.lines if not line.private)

    @property
    def acts(self) -> tuple[Act, ...]:
        """What is asked of the council, in order."""
        return tuple(step for step in self.steps if isinstance(step, Act))

    @property
    def speech_seconds(self) -> float:
        """How long all lines sound, one after the other."""
        return round(sum(line.seconds for line in self.lines), 2)


def load(path: Path) -> Scenario:
    """The scenario of a TOML file, with its audio. Raises ScenarioError: one sentence, with file, line and step."""
    text = _read(path)
    top = Entry(path, _parse(path, text))
    top.allow("lang", "council", "audio", "rules", "members", "steps")
    members = _members(path, text, top)
    entries = [
        Entry(path, table, line, number)
        for number, (table, line) in enumerate(_placed(text, "do", top.tables("steps")), 1)
    ]
    named, rules = _rules(top)
    late = _late(entries)
    steps = Playthrough(members, rules, path.parent / top.text("audio")).play(entries, late)
    if not steps or not (isinstance(steps[-1], Act) and steps[-1].name == "adjourn"):
        raise top.fault(Fault.NO_END)
    return Scenario(path, top.one_of("lang", LANGUAGES), top.text("council"), members, steps, named, late)


def _rules(top: Entry) -> tuple[str, Rules]:
    """The rules that the story is played under: a preset's name, or a file beside it."""
    if "rules" not in top.table:
        return CGCT.name, CGCT
    named = top.text("rules")
    if named in PRESETS:
        return named, PRESETS[named]
    path = top.path.parent / named
    try:
        return str(path.resolve()), rulebook.read(path.read_bytes())
    except OSError as absent:
        raise top.fault(Fault.NO_RULES, rules=named, known=", ".join(PRESETS)) from absent
    except RulesError as wrong:
        wrong.file = path.name
        raise


def _late(entries: list[Entry]) -> frozenset[str]:
    """Who comes in before ever going out, and so was not there from the start."""
    first: dict[str, str] = {}
    for act, member in ((entry.table.get("do"), entry.table.get("who")) for entry in entries):
        if act in ("arrive", "leave") and isinstance(member, str):
            first.setdefault(member, str(act))
    return frozenset(member for member, act in first.items() if act == "arrive")


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError as absent:
        raise ScenarioError(Fault.NO_FILE, path) from absent
    except (OSError, UnicodeDecodeError) as refused:
        why = refused.strerror if isinstance(refused, OSError) else "it is not text in UTF-8"
        raise ScenarioError(Fault.UNREADABLE, path, why=why) from refused


def _parse(path: Path, text: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as refused:
        raise ScenarioError(Fault.SYNTAX, path, why=refused) from refused


def _placed(text: str, first: str, tables: list[Mapping[str, object]]) -> list[tuple[Mapping[str, object], int | None]]:
    """Each table with its line of the file, or None where they are not written one a line, beginning with `first`."""
    lines = [n for n, line in enumerate(text.splitlines(), 1) if re.match(rf"\s*\{{\s*{first}\b", line)]
    return list(zip(tables, lines if len(lines) == len(tables) else [None] * len(tables), strict=True))


def _members(path: Path, text: str, top: Entry) -> tuple[Member, ...]:
    members = tuple(_member(Entry(path, table, line)) for table, line in _placed(text, "key", top.tables("members")))
    for key, count in Counter(member.key for member in members).items():
        if count > 1:
            raise top.fault(Fault.TWICE, member=key)
    for role in (Role.CHAIR, Role.SECRETARY):
        if (count := sum(member.role is role for member in members)) != 1:
            raise top.fault(Fault.ROLE_COUNT, role=role.value, count=count)
    return members


def _member(entry: Entry) -> Member:
    entry.allow("key", "name", "role", "college", "voice")
    role = Role(entry.one_of("role", [role.value for role in Role]))
    return Member(entry.text("key"), entry.text("name"), role, entry.text("college"), entry.text("voice"))
