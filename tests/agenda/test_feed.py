"""A calendar that is followed, over a real server: asked again, read again only when something is new."""

import os
from datetime import timedelta
from xml.sax.saxutils import escape

import pytest
from aiohttp import web
from icsfiles import NOW, PARIS, calendar, codes, event
from webserver import serving

from agenda import CalendarError, merge, words
from agenda.feed import Feed, read_once
from agenda.web import Web

FIRST = calendar(event("DTSTART:20261208T173000Z", "SUMMARY:Conseil"))
SECOND = calendar(event("DTSTART:20261209T173000Z", "SUMMARY:Conseil", "SEQUENCE:1"))


class Server:
    """A calendar server that counts what it is asked, and answers "not modified" by what it announces."""

    def __init__(self, **validators: str) -> None:
        self.text = FIRST
        self.validators = validators
        self.status = 200
        self.conditions: list[dict[str, str]] = []

    async def __call__(self, request: web.Request) -> web.Response:
        asked = {
            name: request.headers[name] for name in ("If-None-Match", "If-Modified-Since") if name in request.headers
        }
        self.conditions.append(asked)
        if self.status != 200:
            return web.Response(status=self.status)
        if asked and set(asked.values()) <= set(self.validators.values()):
            return web.Response(status=304)
        return web.Response(body=self.text.encode(), headers=self.validators)


def days(reading) -> list[int]:
    return [one.start.day for one in reading.occurrences]


@pytest.mark.parametrize(
    ("validators", "conditions"),
    [
        ({}, {}),
        ({"ETag": '"a"'}, {"If-None-Match": '"a"'}),
        ({"ETag": 'W/"a"'}, {"If-None-Match": 'W/"a"'}),
        ({"Last-Modified": "Sun, 22 Nov 2026 08:00:00 GMT"}, {"If-Modified-Since": "Sun, 22 Nov 2026 08:00:00 GMT"}),
    ],
)
async def test_nothing_new_is_the_same_reading(validators, conditions):
    server = Server(**validators)
    async with serving(server) as url, Web(private=True) as client:
        feed = Feed(url, zone=PARIS)
        first = await feed.read(client, NOW)
        assert await feed.read(client, NOW) is first
        assert server.conditions == [{}, conditions]
        server.text, server.validators = SECOND, {"ETag": '"b"'}
        assert (days(first), days(await feed.read(client, NOW))) == ([8], [9])


async def test_the_next_day_another_year_ahead_is_read():
    server = Server(ETag='"a"')
    async with serving(server) as url, Web(private=True) as client:
        feed = Feed(url, zone=PARIS)
        first = await feed.read(client, NOW)
        second = await feed.read(client, NOW + timedelta(days=1))
    assert server.conditions == [{}, {}]
    assert second.window[1] - first.window[1] == timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        ("", 200, "empty"),
        ("<!DOCTYPE html><title>Connexion</title>", 200, "not-calendar"),
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a", 200, "cut"),
        (SECOND, 503, "server-failed"),
    ],
)
async def test_a_feed_that_breaks_is_read_whole_once_it_is_back(text, status, code):
    server = Server(ETag='"a"')
    async with serving(server) as url, Web(private=True) as client:
        feed = Feed(url, zone=PARIS)
        first = await feed.read(client, NOW)
        server.text, server.status, server.validators = text, status, {"ETag": '"b"'}
        for _ in range(2):
            with pytest.raises(CalendarError) as caught:
                await feed.read(client, NOW)
            assert caught.value.code == code
        server.text, server.status, server.validators = FIRST, 200, {"ETag": '"a"'}
        assert await feed.read(client, NOW) is first
        server.text, server.validators = SECOND, {"ETag": '"c"'}
        assert days(await feed.read(client, NOW)) == [9]


async def test_not_modified_without_having_been_asked_is_an_error():
    async def sleeping(request: web.Request) -> web.Response:
        return web.Response(status=304)

    async with serving(sleeping) as url, Web(private=True) as client:
        with pytest.raises(CalendarError) as caught:
            await Feed(url, zone=PARIS).read(client, NOW)
    assert caught.value.code == "server-failed"


async def test_what_decidim_serves_is_read_as_what_it_is():
    async def decidim(request: web.Request) -> web.Response:
        return web.Response(body=FIRST.encode(), content_type="type/calendar")

    async with serving(decidim) as url, Web(private=True) as client:
        assert days(await Feed(url, zone=PARIS).read(client, NOW)) == [8]


async def test_a_file_is_followed_too(tmp_path):
    path = tmp_path / "conseil.ics"
    path.write_text(FIRST)
    async with Web() as client:
        feed = Feed(str(path), zone=PARIS)
        first = await feed.read(client, NOW)
        os.utime(path)
        assert await feed.read(client, NOW) is first
        path.write_text(SECOND.replace("DTSTART", "NOTHING\r\nDTSTART"))
        second = await feed.read(client, NOW)
        assert (days(second), second.problems[0].place.file, second.problems[0].code) == (
            [9],
            "conseil.ics",
            "bad-line",
        )
        path.unlink()
        with pytest.raises(CalendarError) as caught:
            await feed.read(client, NOW)
    assert caught.value.code == "absent"


async def test_of_several_calendars_one_that_cannot_be_read_is_a_problem(tmp_path):
    (tmp_path / "a.ics").write_text(FIRST)
    written = [str(tmp_path / "a.ics"), "ftp://claire:secret@nuage.example/long-secret", str(tmp_path / "b.ics")]
    async with Web() as client:
        reading = await read_once(written, client, zone=PARIS, now=NOW)
        assert days(reading) == [8]
        assert [(one.place.file, one.fields["code"]) for one in reading.problems] == [
            ("ftp://…", "bad-address"),
            ("b.ics", "absent"),
        ]
        assert "secret" not in " ".join(words.problem(one, "en") + words.place(one.place) for one in reading.problems)
        with pytest.raises(CalendarError) as caught:
            await read_once(written[1:], client, zone=PARIS, now=NOW)
    assert caught.value.code == "bad-address"


async def test_several_calendars_are_one(tmp_path):
    other = event("DTSTART:20261201T173000Z", uid="other@test")
    for name, text in {"a.ics": FIRST, "b.ics": calendar(other) + SECOND, "c.ics": "BEGIN:VCALENDAR"}.items():
        (tmp_path / name).write_text(text)
    async with Web() as client:
        readings = [await Feed(str(tmp_path / name), zone=PARIS).read(client, NOW) for name in ("a.ics", "b.ics")]
    both = merge(readings)
    assert days(both) == [1, 9]
    assert both == merge(readings[::-1])
    assert [one.file for one in both.occurrences] == ["b.ics", "b.ics"]
    assert merge(readings[:1]) is readings[0]


class CalDav:
    """A CalDAV collection with a password (RFC 4791): its state, and a calendar an event."""

    def __init__(self) -> None:
        self.calendars = {"/c/1.ics": FIRST, "/c/2.ics": SECOND.replace("one@test", "two@test")}
        self.ctag: str | None = "1"
        self.on_get = 200
        self.asked: list[tuple[str, str]] = []

    async def __call__(self, request: web.Request) -> web.Response:
        self.asked.append((request.method, request.headers.get("Depth", "")))
        if request.headers.get("Authorization") != "Basic Y2xhaXJlOnNlY3JldA==":
            return web.Response(status=401)
        if request.method == "GET":
            return web.Response(status=self.on_get, text="<html>This is the WebDAV interface</html>")
        text = await request.text()
        if request.method == "PROPFIND":
            return self.multistatus([("/c/", f"<s:getctag>{self.ctag}</s:getctag>" if self.ctag else "")])
        assert 'name="VEVENT"' in text
        assert 'time-range start="20251122T090000Z"' in text
        return self.multistatus(
            [(path, f"<c:calendar-data>{escape(ics)}</c:calendar-data>") for path, ics in self.calendars.items()]
        )

    @staticmethod
    def multistatus(parts: list[tuple[str, str]]) -> web.Response:
        names = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:s="http://calendarserver.org/ns/"'
        inside = "".join(
            f"<d:response><d:href>{path}</d:href><d:propstat><d:prop>{prop}</d:prop></d:propstat></d:response>"
            for path, prop in parts
        )
        return web.Response(
            status=207, text=f"<d:multistatus {names}>{inside}</d:multistatus>", content_type="text/xml"
        )


def caldav(url: str, who: str = "claire:secret") -> Feed:
    return Feed(url.replace("http://", f"caldav+http://{who}@") + "/c/", zone=PARIS)


async def test_caldav_is_asked_for_its_events_when_its_state_is_new():
    server = CalDav()
    async with serving(server) as url, Web(private=True) as client:
        feed = caldav(url)
        first = await feed.read(client, NOW)
        assert days(first) == [8, 9]
        assert await feed.read(client, NOW) is first
        assert server.asked == [("PROPFIND", "0"), ("REPORT", "1"), ("PROPFIND", "0")]
        del server.calendars["/c/1.ics"]
        server.ctag = "2"
        assert days(await feed.read(client, NOW)) == [9]


@pytest.mark.parametrize("on_get", [200, 405, 501])
async def test_a_nextcloud_link_with_a_password_is_found_to_be_caldav(on_get):
    server = CalDav()
    server.on_get = on_get
    async with serving(server) as url, Web(private=True) as client:
        feed = Feed(url.replace("http://", "http://claire:secret@") + "/c/", zone=PARIS)
        first = await feed.read(client, NOW)
        assert days(first) == [8, 9]
        assert await feed.read(client, NOW) is first
    assert [method for method, _ in server.asked] == ["GET", "PROPFIND", "REPORT", "GET", "PROPFIND"]


async def test_a_page_behind_a_password_is_still_no_calendar():
    async def page(request: web.Request) -> web.Response:
        return web.Response(text="<html>Bonjour</html>")

    async with serving(page) as url, Web(private=True) as client:
        with pytest.raises(CalendarError) as caught:
            await Feed(url.replace("http://", "http://claire:secret@"), zone=PARIS).read(client, NOW)
    assert caught.value.code == "not-calendar"


async def test_caldav_without_a_state_and_without_events():
    server = CalDav()
    server.ctag, server.calendars = None, {}
    async with serving(server) as url, Web(private=True) as client:
        feed = caldav(url)
        first = await feed.read(client, NOW)
        assert (days(first), codes(first)) == ([], ["no-event"])
        assert await feed.read(client, NOW) is first


async def test_caldav_with_the_wrong_password():
    async with serving(CalDav()) as url, Web(private=True) as client:
        with pytest.raises(CalendarError) as caught:
            await caldav(url, "claire:wrong").read(client, NOW)
    assert caught.value.code == "denied"


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><d:multistatus xmlns:d="DAV:">&b;</d:multistatus>'


@pytest.mark.parametrize("text", ["<html></html>", "", "BEGIN:VCALENDAR", LAUGHS])
async def test_what_is_no_caldav_is_said_to_be_none(text):
    async def other(request: web.Request) -> web.Response:
        return web.Response(status=207, text=text, content_type="text/xml")

    async with serving(other) as url, Web(private=True) as client:
        with pytest.raises(CalendarError) as caught:
            await caldav(url).read(client, NOW)
    assert caught.value.code == "not-caldav"
