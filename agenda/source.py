"""Where a calendar is, as a person wrote it: a file, an address, with or without a name and a password in it.

A secret of an address (the password, and the long random part of a "private link") is used, never shown: errors and
problems name a source by its host or its file name.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from agenda.errors import CalendarError
from agenda.text import MAX_BYTES

Kind = Literal["file", "ics", "caldav"]

_SCHEMES: dict[str, tuple[Kind, str]] = {
    "https": ("ics", "https"),
    "http": ("ics", "http"),
    "webcal": ("ics", "https"),
    "webcals": ("ics", "https"),
    "caldav": ("caldav", "https"),
    "caldavs": ("caldav", "https"),
    "caldav+https": ("caldav", "https"),
    "caldav+http": ("caldav", "http"),
}


@dataclass(frozen=True)
class Source:
    """A calendar's place. `url` is without user and password; `label` may be shown to anyone."""

    kind: Kind
    label: str
    path: Path = Path()
    url: str = field(default="", repr=False)
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)


def source(written: str) -> Source:
    """What `written` names: `https:`, `http:`, `webcal:` (read by https), `caldav:` (a collection), else a file.

    Raises:
        CalendarError: `bad-address`.
    """
    scheme, colon, _ = written.strip().partition(":")
    if not colon or len(scheme) < 2 or "/" in scheme or not written.partition(":")[2].startswith("//"):
        path = Path(written)
        return Source("file", path.name or written, path)
    try:
        parts = urlsplit(written.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        raise CalendarError("bad-address") from None
    if parts.scheme.lower() not in _SCHEMES or not host:
        raise CalendarError("bad-address")
    kind, transport = _SCHEMES[parts.scheme.lower()]
    name = f"[{host}]" if ":" in host else host
    url = (
        f"{transport}://{name}{f':{port}' if port else ''}{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    )
    return Source(kind, host, url=url, user=unquote(parts.username or ""), password=unquote(parts.password or ""))


def load(path: Path) -> bytes:
    """The bytes of a calendar file, one more than the limit at most.

    Raises:
        CalendarError: `absent` or `unreadable`.
    """
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise CalendarError("absent", path=str(path)) from error
    except OSError as error:
        raise CalendarError("unreadable", path=str(path), reason=error.strerror or type(error).__name__) from error
