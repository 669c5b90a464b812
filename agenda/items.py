"""A description's text -> the timed items of an agenda.

How long each item takes and when it begins is worked out from what is written: lengths, clock times, the lengths of the
parts of an item. Nothing is guessed: an item without a length has none, and what follows it has no start.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import pairwise

from agenda import layout, markup, remarks
from agenda.documents import NO_DOCUMENTS, Documents, entries, wanted
from agenda.errors import Problem, Report
from agenda.marks import Kind
from agenda.occurrence import Occurrence

__all__ = ["Item", "Kind", "Plan", "parse", "plan"]

_DAY = 24 * 60


@dataclass(frozen=True)
class Item:
    """One item. `level` counts from 1; `start` is the offset from the beginning of the meeting, None where unknown."""

    number: str
    title: str
    minutes: int | None = None
    rapporteur: str | None = None
    kind: Kind | None = None
    level: int = 1
    start: timedelta | None = None


@dataclass(frozen=True)
class Plan:
    """The agenda of one occurrence, never empty, and what the secretary should look at."""

    items: tuple[Item, ...]
    problems: tuple[Problem, ...]


def plan(occurrence: Occurrence, documents: Documents = NO_DOCUMENTS) -> Plan:
    """The agenda of an occurrence: from its description or its HTML, whichever holds more items.

    Where neither holds one, it is looked for in the event's `documents` (see `agenda.documents.gather`); where none is
    found, the meeting itself is the only item and a `no-agenda` problem says so.
    """
    report = Report(occurrence.file)
    length = int((occurrence.end - occurrence.start) / timedelta(minutes=1)) if not occurrence.all_day else 0
    nodes = _nodes(max(_readings(occurrence), key=len) or _documented(occurrence, documents, report))
    if not nodes:
        report.add("no-agenda", uid=occurrence.uid, title=occurrence.summary)
        whole = Item("1", occurrence.summary or "—", length or None, start=timedelta(0))
        return Plan((whole,), report.problems())
    begins = occurrence.start.hour * 60 + occurrence.start.minute
    _Timer(nodes, begins, length, occurrence.uid, report).run()
    return Plan(tuple(_items(nodes)), report.problems())


def _documented(occurrence: Occurrence, documents: Documents, report: Report) -> tuple[layout.Entry, ...]:
    """The agenda in the first of the event's documents that holds one; those that cannot be read are reported."""
    for document in wanted(occurrence) if documents else ():
        text = documents.get(document.key, "")
        if text is None:
            report.add("document-unread", uid=occurrence.uid, name=document.name)
        elif found := entries(document, text):
            report.add("document-read", uid=occurrence.uid, name=document.name, title=occurrence.summary)
            return found
    return ()


def lacks_agenda(occurrence: Occurrence) -> bool:
    """Whether neither the description nor its HTML holds an agenda."""
    return not any(_readings(occurrence))


def parse(text: str) -> tuple[Item, ...]:
    """The items in a text, plain or HTML, without a meeting to time them by; empty where there is no agenda."""
    nodes = _nodes(layout.entries(markup.clean(markup.to_text(text) if markup.is_html(text) else text)))
    _Timer(nodes, None, 0, "", Report()).run()
    return tuple(_items(nodes))


@dataclass
class _Node:
    """An item while it is timed; `begins` and `ends` are minutes from the meeting's start."""

    item: Item
    clock: int | None
    clock_end: int | None
    parts: list["_Node"] = field(default_factory=list)
    begins: int | None = None


def _readings(occurrence: Occurrence) -> list[tuple[layout.Entry, ...]]:
    texts = [text for text in (occurrence.description, occurrence.html) if text.strip()]
    plain = [markup.to_text(text) if markup.is_html(text) else text for text in texts]
    return [layout.entries(markup.clean(text)) for text in plain] or [()]


def _nodes(entries: Sequence[layout.Entry]) -> list[_Node]:
    """The entries as a tree, each with its remarks and its number."""
    top: list[_Node] = []
    path: list[list[_Node]] = [top]
    written = [entry.number for entry in entries if entry.level == 1]
    trusted = len(set(written)) == len(written) and None not in written
    for entry in entries:
        level = min(entry.level, len(path))
        del path[level:]
        read = remarks.read(entry.text, entry.notes)
        parent = path[-2][-1].item.number if level > 1 else ""
        number = _number(entry.number if trusted or level > 1 else None, parent, len(path[-1]) + 1)
        item = Item(number, read.title, read.minutes, read.rapporteur, read.kind, level)
        path[-1].append(_Node(item, read.begins, read.ends))
        path.append(path[-1][-1].parts)
    return top


def _number(written: str | None, parent: str, position: int) -> str:
    """The number as written, behind its parent's unless it has it already (`2.1`)."""
    if written and "." in written:
        return written
    return f"{parent}.{written or position}" if parent else written or str(position)


def _items(nodes: Sequence[_Node]) -> list[Item]:
    found = []
    for node in nodes:
        start = None if node.begins is None else timedelta(minutes=node.begins)
        found += [replace(node.item, start=start), *_items(node.parts)]
    return found


class _Timer:
    """Works out lengths and starts; `begins` is the meeting's start in minutes after midnight, `length` its minutes."""

    def __init__(self, nodes: list[_Node], begins: int | None, length: int, uid: str, report: Report) -> None:
        self._nodes = nodes
        self._begins = begins
        self._length = length
        self._uid = uid
        self._report = report

    def run(self) -> None:
        self._follow_clock(self._nodes)
        for node in self._nodes:
            self._add_up(node)
        self._line_up(self._nodes, 0)
        self._check()

    def _follow_clock(self, nodes: list[_Node]) -> None:
        """Clock times become offsets, and an item lasts until the next one that has a time."""
        for node in nodes:
            if node.clock is not None and self._begins is not None:
                offset = (node.clock - self._begins) % _DAY
                node.begins = offset - _DAY if offset > _DAY // 2 else offset
            self._follow_clock(node.parts)
        for node, following in pairwise(nodes):
            if node.item.minutes is None and node.clock is not None and following.clock is not None:
                minutes = (following.clock - node.clock) % _DAY
                node.item = replace(node.item, minutes=minutes if 0 < minutes <= _DAY // 2 else None)
        last = nodes[-1] if nodes else None
        if last and last.item.minutes is None and last.begins is not None and last.item.level == 1:
            left = self._length - last.begins
            last.item = replace(last.item, minutes=left if left > 0 else None)

    def _add_up(self, node: _Node) -> None:
        """An item without a length takes as long as its parts, where all of them have one."""
        for part in node.parts:
            self._add_up(part)
        parts = [part.item.minutes for part in node.parts]
        if node.item.minutes is None and parts and None not in parts:
            node.item = replace(node.item, minutes=sum(minutes or 0 for minutes in parts))

    def _line_up(self, nodes: list[_Node], begins: int | None) -> None:
        """Each item begins when the one before ends, unless it has a time of its own."""
        for node in nodes:
            if node.begins is None:
                node.begins = begins
            elif begins is not None and node.begins < begins and node.begins >= 0:
                self._report.add("item-out-of-order", uid=self._uid, number=node.item.number, title=node.item.title)
            begins = None if node.begins is None or node.item.minutes is None else node.begins + node.item.minutes
            self._line_up(node.parts, node.begins)

    def _check(self) -> None:
        if not self._length:
            return
        planned = sum(node.item.minutes or 0 for node in self._nodes)
        if planned > self._length:
            self._report.add("plan-too-long", uid=self._uid, planned=planned, length=self._length)
        for node in self._nodes:
            if node.clock is not None and node.begins is not None and not 0 <= node.begins < self._length:
                self._report.add("item-outside", uid=self._uid, number=node.item.number, title=node.item.title)
