"""Bytes of a calendar -> its logical lines, whatever wrote them.

RFC 5545 section 3.1: lines end in CRLF, a line that begins with a space or a tab continues the one before, and a fold
may fall inside a UTF-8 character; so lines are joined before they are decoded.
"""

import codecs
from collections.abc import Iterator
from typing import NamedTuple

from agenda.errors import CalendarError, Report

MAX_BYTES = 10_000_000
"""A larger file is refused: the council's calendar is never that long."""

MAX_LINE = 100_000
"""Characters kept of one logical line, but for attached documents; a document pasted into a text ends here."""


class Line(NamedTuple):
    """One logical line and the number, from 1, of its first physical line."""

    number: int
    text: str


def lines(data: bytes | str, report: Report) -> list[Line]:
    """The logical lines of a calendar file, unfolded and decoded (UTF-8, UTF-16, otherwise Windows-1252).

    Raises:
        CalendarError: `empty`, `too-large` or `not-calendar`.
    """
    raw = data.encode("utf-8", "replace") if isinstance(data, str) else data
    if len(raw) > MAX_BYTES:
        raise CalendarError("too-large", megabytes=MAX_BYTES // 1_000_000)
    raw = _as_bytes_of_ascii(raw, report)
    if not raw.strip(b"\0 \t\r\n"):
        raise CalendarError("empty")
    if b"BEGIN:V" not in raw.upper():
        raise CalendarError("not-calendar", kind=_kind(raw))
    return [line for line in _decode(_unfold(raw), report) if line.text]


def _as_bytes_of_ascii(raw: bytes, report: Report) -> bytes:
    """UTF-16 becomes UTF-8, so that line ends and folds are single bytes again; byte order marks go."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if raw.startswith((mark, "BEGIN".encode(encoding))):
            report.add("utf16")
            raw = raw.decode(encoding, "replace").encode("utf-8", "replace")
    return raw.replace(codecs.BOM_UTF8, b"")


def _unfold(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of each logical line."""
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    first, parts = 0, list[bytes]()
    for number, physical in enumerate(raw.split(b"\n"), start=1):
        line = physical.removesuffix(b"\r")
        if parts and line[:1] in (b" ", b"\t"):
            parts.append(line[1:])
        elif line:
            if parts:
                yield first, b"".join(parts)
            first, parts = number, [line]
    if parts:
        yield first, b"".join(parts)


def _decode(unfolded: Iterator[tuple[int, bytes]], report: Report) -> Iterator[Line]:
    for number, line in unfolded:
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            report.add("not-utf8")
            text = line.decode("cp1252", "replace")
        if len(text) > MAX_LINE and not text[:6].upper().startswith("ATTACH"):
            report.add("line-cut", line=number, name=text.partition(":")[0][:40])
            text = text[:MAX_LINE]
        yield Line(number, text)


def _kind(raw: bytes) -> str:
    """What a file that is no calendar seems to be: html, json, pdf, zip or other."""
    head = raw.lstrip()[:512].lower()
    if head.startswith((b"<!doctype html", b"<html")) or b"<html" in head or b"<body" in head:
        return "html"
    if head.startswith((b"{", b"[")):
        return "json"
    if head.startswith(b"<?xml"):
        return "xml"
    if head.startswith(b"%pdf"):
        return "pdf"
    return "zip" if head.startswith(b"pk\x03\x04") else "other"
