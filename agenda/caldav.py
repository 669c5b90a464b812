"""A calendar on a CalDAV server (RFC 4791): one question for all its events, one before it for whether any is new.

Not through the `caldav` library: it brings its own HTTP clients, which the guard on addresses and the limits on time
and size could not reach, for the two requests that reading needs.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from agenda.errors import CalendarError
from agenda.source import Source
from agenda.web import Web

_NAMES = {"d": "DAV:", "c": "urn:ietf:params:xml:ns:caldav", "s": "http://calendarserver.org/ns/"}
_DECLARED = " ".join(f'xmlns:{short}="{name}"' for short, name in _NAMES.items())
_STATE = f"<d:propfind {_DECLARED}><d:prop><s:getctag/><d:sync-token/></d:prop></d:propfind>"
_QUERY = (
    f"<c:calendar-query {_DECLARED}><d:prop><c:calendar-data/></d:prop>"
    '<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"><c:time-range start="{since}"/>'
    "</c:comp-filter></c:comp-filter></c:filter></c:calendar-query>"
)
_NOTHING = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"


async def state(web: Web, source: Source) -> str | None:
    """What the server calls the calendar's present state (getctag, or RFC 6578's sync-token), None if it does not.

    Raises:
        CalendarError: see `Web.ask`.
    """
    found = await _asked(web, source, "PROPFIND", "0", _STATE)
    texts = (found.findtext(f".//{name}", namespaces=_NAMES) for name in ("s:getctag", "d:sync-token"))
    return next((text.strip() for text in texts if text and text.strip()), None)


async def events(web: Web, source: Source, since: datetime) -> bytes:
    """All calendars (ICS) of the collection with an event that ends after `since`, one after the other, by name.

    Raises:
        CalendarError: `not-caldav`, and see `Web.ask`.
    """
    found = await _asked(web, source, "REPORT", "1", _QUERY.format(since=f"{since.astimezone(UTC):%Y%m%dT%H%M%SZ}"))
    return "\r\n".join(text for _, text in sorted(_calendars(found))).encode() or _NOTHING.encode()


async def _asked(web: Web, source: Source, method: str, depth: str, body: str) -> Element:
    headers = {"Depth": depth, "Content-Type": "application/xml; charset=utf-8"}
    answer = await web.ask(source, method=method, headers=headers, body=body.encode())
    try:
        found: Element = fromstring(answer.body)
    except (ParseError, DefusedXmlException, ValueError):
        raise CalendarError("not-caldav", host=source.label) from None
    if found.tag != "{DAV:}multistatus":
        raise CalendarError("not-caldav", host=source.label)
    return found


def _calendars(found: Element) -> Iterator[tuple[str, str]]:
    for response in found.iterfind("d:response", _NAMES):
        text = response.findtext(".//c:calendar-data", namespaces=_NAMES)
        if text:
            yield response.findtext("d:href", "", _NAMES), text.strip()
