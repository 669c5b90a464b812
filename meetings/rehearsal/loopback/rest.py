"""The REST API, version 10, as an aiohttp application: authorization, bodies, limits, errors around the handlers."""

import json
import logging
import mimetypes
import re
from collections.abc import Awaitable, Callable
from email.utils import format_datetime

from aiohttp import BodyPartReader, MultipartReader, web

from meetings.rehearsal.loopback import (
    rest_channels,
    rest_commands,
    rest_events,
    rest_guilds,
    rest_interactions,
    rest_members,
    rest_messages,
    rest_reactions,
    rest_stages,
    rest_threads,
    rest_users,
    rest_webhooks,
)
from meetings.rehearsal.loopback.errors import ApiError, invalid, plain, refusal
from meetings.rehearsal.loopback.limits import GLOBAL, Verdict
from meetings.rehearsal.loopback.rest_core import Body, Call, Reply, Route
from meetings.rehearsal.loopback.services import Services
from meetings.rehearsal.loopback.world import Attachment, User

log = logging.getLogger("meetings.rehearsal.loopback")

PREFIX = "/api/v10"
LARGEST = 25 * 1024 * 1024  # bytes of a request
SNOWFLAKE = re.compile(r"^(@me|@original|\d{1,20})$")
ROUTES: list[Route] = [
    *rest_users.routes,
    *rest_guilds.routes,
    *rest_members.routes,
    *rest_channels.routes,
    *rest_messages.routes,
    *rest_threads.routes,
    *rest_reactions.routes,
    *rest_stages.routes,
    *rest_events.routes,
    *rest_commands.routes,
    *rest_interactions.routes,
    *rest_webhooks.routes,
]


def mount(app: web.Application, services: Services) -> None:
    """Add every route, the attachments' addresses, and the 404 of what Discord has and we have not."""
    for route in sorted(ROUTES, key=_specific):
        app.router.add_route(route.method, PREFIX + route.path, _served(services, route))
    app.router.add_get("/attachments/{channel_id}/{attachment_id}/{filename}", _attachment(services))
    app.router.add_route("*", "/{anything:.*}", _unknown)
    app.on_response_prepare.append(_dated(services))


def _dated(services: Services) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    """Every reply says what time it is here (RFC 9110, 6.6.1)."""

    async def date(_: web.Request, reply: web.StreamResponse) -> None:
        reply.headers["Date"] = format_datetime(services.world.now(), usegmt=True)

    return date


def _specific(route: Route) -> list[bool]:
    """Words before placeholders, so that `/messages/pins` is not read as a message's id."""
    return [word.startswith("{") for word in route.path.split("/")]


def _served(services: Services, route: Route) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def serve(request: web.Request) -> web.Response:
        headers: dict[str, str] = {}
        try:
            user = None if route.open else _authorize(services, request)
            verdict = _limit(services, route, request, user)
            headers = verdict.headers() if verdict else {}
            if verdict and not verdict.allowed:
                return _json(verdict.body(), 429, headers)
            call = await _read(services, request, user)
            answer = await route.handler(call)
        except ApiError as error:
            return _json(error.body(), error.status, headers)
        if isinstance(answer, Reply):
            return _json(answer.body, answer.status, headers)
        return _json(answer, 204 if answer is None else 200, headers)

    return serve


def _authorize(services: Services, request: web.Request) -> User:
    """`Bot TOKEN` for bots, the bare token for people."""
    scheme, _, token = request.headers.get("Authorization", "").rpartition(" ")
    user = services.world.by_token(token) if token else None
    if user is None or (scheme == "Bot") is not user.bot:
        raise plain(401, "Unauthorized")
    return user


def _limit(services: Services, route: Route, request: web.Request, user: User | None) -> Verdict | None:
    who = str(user.id) if user else ""
    if user is not None:
        overall = services.limiter.take(GLOBAL, "", who, "")
        if not overall.allowed:
            return overall
    if route.limit is None:
        return None
    major = request.match_info.get(route.major, "") if route.major else ""
    return services.limiter.take(route.limit, f"{route.method} {route.path}", who, major)


async def _read(services: Services, request: web.Request, user: User | None) -> Call:
    for name, word in request.match_info.items():
        if name.endswith("_id") and not SNOWFLAKE.match(word):
            raise invalid((name,), "NUMBER_TYPE_COERCE", f'Value "{word}" is not snowflake.')
    body, files = await _body(services, request)
    return Call(services, user, dict(request.match_info), dict(request.query), body, files)


async def _body(services: Services, request: web.Request) -> tuple[object, dict[str, Attachment]]:
    if not request.can_read_body:
        return None, {}
    try:
        if request.content_type.startswith("multipart/"):
            return await _multipart(services, await request.multipart())
        if request.content_type == "application/x-www-form-urlencoded":  # a form without files, as py-cord sends it
            return _loads(str((await request.post()).get("payload_json", "")).encode()), {}
        raw = await request.read()
    except web.HTTPRequestEntityTooLarge as error:
        raise refusal(40005) from error
    return _loads(raw), {}


async def _multipart(services: Services, reader: MultipartReader) -> tuple[object, dict[str, Attachment]]:
    """`payload_json` and `files[n]` (Reference, Uploading Files)."""
    body: object = None
    files: dict[str, Attachment] = {}
    size = 0
    async for part in reader:
        if not isinstance(part, BodyPartReader):
            continue
        data = bytes(await part.read(decode=True))
        size += len(data)
        if size > LARGEST:
            raise refusal(40005)
        if part.name == "payload_json":
            body = _loads(data)
        elif part.filename is not None:
            files[part.name or str(len(files))] = _file(services, part, data)
    return body, files


def _file(services: Services, part: BodyPartReader, data: bytes) -> Attachment:
    name = part.filename or "file"
    declared = part.headers.get("Content-Type", "application/octet-stream")
    guessed = mimetypes.guess_type(name)[0]
    kind = guessed if declared == "application/octet-stream" and guessed else declared
    return Attachment(services.world.ids.new(), name, kind, data)


def _loads(raw: bytes) -> object:
    if not raw:
        return None
    try:
        body: object = json.loads(raw)
    except ValueError as error:
        raise refusal(50109) from error
    return body


def _json(body: Body, status: int, headers: dict[str, str]) -> web.Response:
    """A reply; its Content-Type has no charset, which some clients do not expect."""
    if body is None:
        return web.Response(status=status, headers=headers)
    text = json.dumps(body, ensure_ascii=False).encode()
    return web.Response(body=text, status=status, headers=headers | {"Content-Type": "application/json"})


def _attachment(services: Services) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def serve(request: web.Request) -> web.Response:
        wanted = request.match_info["attachment_id"]
        for message in services.world.messages.values():
            for file in message.attachments:
                if str(file.id) == wanted and str(message.channel_id) == request.match_info["channel_id"]:
                    return web.Response(body=file.data, headers={"Content-Type": file.content_type})
        raise web.HTTPNotFound

    return serve


async def _unknown(request: web.Request) -> web.Response:
    """Discord's words for a route it does not know, or knows by another method."""
    methods = {r.method for r in ROUTES if _matches(r.path, request.path.removeprefix(PREFIX))}
    error = plain(405, "Method Not Allowed") if methods else plain(404, "Not Found")
    log.warning("unknown route: %s %s", request.method, request.path)
    return _json(error.body(), error.status, {})


def _matches(pattern: str, path: str) -> bool:
    return re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", pattern), path) is not None
