"""Strangers' web servers: what they may do to us, and what they may not."""

import asyncio
import gzip
import logging
import socket
import ssl

import pytest
from aiohttp import web
from webserver import serving

from agenda import CalendarError, words
from agenda.guard import is_public
from agenda.source import Source, source
from agenda.web import MAX_REDIRECTS, Web
from meetings.rehearsal.loopback.tls import make_certificates

EVERY_ADDRESS = "0.0.0.0"  # noqa: S104 - so that 127.0.0.1 and 127.0.0.2 are two machines
ICS = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


def at(url: str) -> Source:
    return Source("ics", "calendar", url=url)


async def ok(request: web.Request) -> web.Response:
    return web.Response(body=ICS, headers={"X-Path": request.path_qs})


async def failing(url: str, client: Web) -> CalendarError:
    async with client as it:
        with pytest.raises(CalendarError) as caught:
            await it.ask(at(url))
    assert words.error(caught.value, "fr") != words.error(caught.value, "en")
    return caught.value


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", EVERY_ADDRESS,
        "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:192.168.0.1", "2002:7f00:1::", "64:ff9b::a00:1", "192.0.2.1", "2001:db8::1",
        "198.18.0.1",
    ],
)  # fmt: skip
def test_no_address_of_the_network_is_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "193.252.19.3", "2606:4700::1111", "64:ff9b::101:101"])
def test_addresses_of_the_internet_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "127.1", "[::1]", "[::ffff:127.0.0.1]"])
async def test_this_machine_is_refused_however_it_is_written_or_resolved(host):
    async with serving(ok) as url:
        port = url.rpartition(":")[2]
        assert (await failing(f"https://{host}:{port}/", Web())).code in {"private-address", "bad-address"}


async def test_http_is_refused_unless_private_addresses_are_allowed():
    async with serving(ok) as url:
        assert (await failing(url, Web())).code == "insecure"
        async with Web(private=True) as client:
            assert (await client.ask(at(url))).body == ICS


@pytest.mark.parametrize("target", ["http://127.0.0.2:{port}/", "http://localhost:{port}/", "//127.0.0.2:{port}/x"])
async def test_a_redirect_leads_to_no_private_address(target):
    """For this test 127.0.0.1 stands for the internet; where else a redirect leads is the network."""
    reached = []

    async def sending_away(request: web.Request) -> web.Response:
        port = request.url.port
        reached.append(request.host.partition(":")[0])
        raise web.HTTPFound(target.format(port=port))

    async with serving(sending_away, EVERY_ADDRESS) as url:
        client = Web(private=True, allows="127.0.0.1".__eq__ if "localhost" not in target else "127.0.0.3".__eq__)
        start = url.replace(EVERY_ADDRESS, "127.0.0.1" if "localhost" not in target else "127.0.0.3")
        assert (await failing(start, client)).code == "private-address"
    assert len(reached) == 1


async def test_of_a_names_addresses_only_those_allowed_are_connected_to(monkeypatch):
    resolve = socket.getaddrinfo

    def several(host, port, *args, **kwargs):
        if host != "both.example":
            return resolve(host, port, *args, **kwargs)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in ("127.0.0.2", "127.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", several)
    seen = []

    async def noting(request: web.Request) -> web.Response:
        seen.append(request.transport.get_extra_info("sockname")[0])
        return web.Response(body=ICS)

    async with serving(noting, EVERY_ADDRESS) as url:
        port = url.rpartition(":")[2]
        async with Web(private=True, allows="127.0.0.1".__eq__) as client:
            await client.ask(at(f"http://both.example:{port}/"))
        await failing(f"http://both.example:{port}/", Web(private=True, allows=is_public))
    assert seen == ["127.0.0.1"]


async def test_redirects_are_followed_and_counted():
    async def hopping(request: web.Request) -> web.Response:
        left = int(request.match_info["tail"])
        if left:
            raise web.HTTPMovedPermanently(f"/{left - 1}")
        return web.Response(body=ICS)

    async with serving(hopping) as url:
        async with Web(private=True) as client:
            assert (await client.ask(at(f"{url}/{MAX_REDIRECTS}"))).body == ICS
        assert (await failing(f"{url}/{MAX_REDIRECTS + 1}", Web(private=True))).code == "too-many-redirects"


async def test_a_redirect_to_something_else_than_the_web_is_refused():
    async def leading_astray(request: web.Request) -> web.Response:
        raise web.HTTPFound("file:///etc/passwd")

    async with serving(leading_astray) as url:
        assert (await failing(url, Web(private=True))).code in {"unreachable", "bad-address"}


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (401, "denied"),
        (403, "denied"),
        (404, "not-found"),
        (410, "not-found"),
        (500, "server-failed"),
        (429, "server-failed"),
    ],
)
async def test_what_a_server_refuses_is_said(status, code):
    async def refusing(request: web.Request) -> web.Response:
        return web.Response(status=status)

    async with serving(refusing) as url:
        error = await failing(url, Web(private=True))
    assert (error.code, error.fields["status"]) == (code, status)


async def test_a_server_that_is_not_there():
    async with serving(ok) as url:
        pass
    assert (await failing(url, Web(private=True))).code == "unreachable"
    assert (await failing("http://no-such-host.invalid/", Web(private=True))).code == "unreachable"


@pytest.mark.parametrize("begun", [False, True])
async def test_a_slow_server_is_left(begun):
    asked, over = asyncio.Event(), asyncio.Event()

    async def dawdling(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        if begun:
            await answer.prepare(request)
            await answer.write(ICS[:5])
        asked.set()
        await over.wait()
        return answer

    async with serving(dawdling) as url:
        error = await failing(url, Web(private=True, seconds=0.5))
        assert asked.is_set()
        over.set()
    assert error.code == "slow"


async def test_gzip_on_the_way_and_gzip_at_rest():
    async def packed(request: web.Request) -> web.Response:
        encoded = {"Content-Encoding": "gzip"} if request.path == "/way" else {}
        return web.Response(body=gzip.compress(ICS), headers=encoded)

    async with serving(packed) as url, Web(private=True) as client:
        assert (await client.ask(at(f"{url}/way"))).body == ICS
        assert (await client.ask(at(f"{url}/calendar.ics.gz"))).body == ICS


BOMB = gzip.compress(b"BEGIN:VCALENDAR\r\n" + bytes(40_000_000))


@pytest.mark.parametrize("path", ["declared", "endless", "bomb", "bomb-at-rest"])
async def test_too_much_is_refused_before_it_is_all_here(path):
    sent = 0

    async def overwhelming(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        if path == "bomb":
            return web.Response(body=BOMB, headers={"Content-Encoding": "gzip"})
        if path == "bomb-at-rest":
            return web.Response(body=BOMB)
        answer = web.StreamResponse()
        if path == "declared":
            answer.content_length = 100_000_000
        await answer.prepare(request)
        while sent < 100_000_000:
            await answer.write(bytes(100_000))
            sent += 100_000
        return answer

    async with serving(overwhelming) as url:
        assert (await failing(url, Web(private=True))).code == "too-large"
    assert sent < 100_000_000


@pytest.mark.parametrize("path", ["cut", "garbled", "cut-at-rest", "reset"])
async def test_a_damaged_answer_is_said_to_be_one(path):
    async def damaging(request: web.Request) -> web.StreamResponse:
        if path == "garbled":
            return web.Response(body=b"\x1f\x8b" + ICS, headers={"Content-Encoding": "gzip"})
        if path == "cut-at-rest":
            return web.Response(body=gzip.compress(ICS)[:-9])
        answer = web.StreamResponse()
        if path == "cut":
            answer.content_length = 1000
            await answer.prepare(request)
            await answer.write(ICS)
        request.transport.close()
        return answer

    async with serving(damaging) as url:
        error = await failing(url, Web(private=True))
    assert error.code == ("unreachable" if path == "reset" else "interrupted")


@pytest.mark.parametrize(
    ("written", "kind", "url", "label"),
    [
        ("https://a.example/x?export", "ics", "https://a.example/x?export", "a.example"),
        ("webcal://a.example:8443/x", "ics", "https://a.example:8443/x", "a.example"),
        ("HTTP://a.example", "ics", "http://a.example/", "a.example"),
        ("caldav://claire:s%40cret@a.example/dav/", "caldav", "https://a.example/dav/", "a.example"),
        ("caldav+http://[::1]:5232/c/", "caldav", "http://[::1]:5232/c/", "::1"),
    ],
)
def test_addresses_as_people_write_them(written, kind, url, label):
    found = source(written)
    assert (found.kind, found.url, found.label) == (kind, url, label)


def test_anything_else_is_a_file():
    assert [source(one).label for one in ("conseil.ics", "/a/b/conseil.ics", "C:\\conseil.ics")][:2] == [
        "conseil.ics"
    ] * 2
    assert {source(one).kind for one in ("conseil.ics", "/a/b/c.ics", "C:\\conseil.ics", "a:b.ics")} == {"file"}


@pytest.mark.parametrize("written", ["ftp://a.example/x", "https://", "https://a.example:port/", "https://[::1"])
def test_no_address(written):
    with pytest.raises(CalendarError) as caught:
        source(written)
    assert caught.value.code == "bad-address"


async def test_the_password_goes_to_its_server_alone_and_is_never_shown(caplog):
    caplog.set_level(logging.DEBUG)
    seen = []

    async def guarded(request: web.Request) -> web.Response:
        seen.append((request.path, request.headers.get("Authorization", "")))
        if request.path == "/here":
            raise web.HTTPFound("/there")
        if request.path == "/there":
            raise web.HTTPFound(f"{other}/elsewhere")
        return web.Response(status=403)

    async with serving(guarded) as other, serving(guarded) as url:
        written = source(url.replace("http://", "http://claire:s%40cret@") + "/here")
        async with Web(private=True) as client:
            with pytest.raises(CalendarError) as caught:
                await client.ask(written)
    assert seen == [
        ("/here", "Basic Y2xhaXJlOnNAY3JldA=="),
        ("/there", "Basic Y2xhaXJlOnNAY3JldA=="),
        ("/elsewhere", ""),
    ]
    shown = [repr(written), repr(caught.value), words.error(caught.value), caplog.text]
    assert not [text for text in shown if "cret" in text or "claire" in text or "Y2xhaXJlOn" in text]


@pytest.fixture
def certificates():
    made = make_certificates()
    yield made
    made.remove()


def trusting(certificates) -> Web:
    """A client for which 127.0.0.1 is the internet, and a test's authority one of the world's."""
    return Web(allows="127.0.0.1".__eq__, tls=ssl.create_default_context(cafile=certificates.ca))


async def test_https_is_all_that_is_needed(certificates):
    async with serving(ok, tls=certificates.context) as url, trusting(certificates) as client:
        assert (await client.ask(at(url))).body == ICS


async def test_a_certificate_that_nobody_vouches_for_is_refused(certificates):
    async with serving(ok, tls=certificates.context) as url:
        assert (await failing(url, Web(private=True))).code == "bad-certificate"


async def test_a_redirect_does_not_take_the_encryption_away(certificates):
    async with serving(ok) as plain:

        async def sending_away(request: web.Request) -> web.Response:
            raise web.HTTPFound(plain)

        async with serving(sending_away, tls=certificates.context) as url:
            assert (await failing(url, trusting(certificates))).code == "insecure"
