"""The frame of the REST API: routes, the request a handler sees, who may do what (Reference; Topics, Permissions)."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from meetings.rehearsal.loopback.errors import invalid, plain, refusal
from meetings.rehearsal.loopback.forms import Form
from meetings.rehearsal.loopback.kinds import Permission
from meetings.rehearsal.loopback.limits import DEFAULT, Limit
from meetings.rehearsal.loopback.services import Services
from meetings.rehearsal.loopback.world import Attachment, Channel, Member, Message, User, Wire, World

Body: TypeAlias = Wire | list[Wire] | None


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply whose status is not the usual 200, or 204 without a body."""

    body: Body
    status: int


@dataclass(frozen=True, slots=True)
class Call:
    """One REST request: who asks, the ids and words of its path, its query, its body and files."""

    services: Services
    who: User | None
    path: dict[str, str]
    query: dict[str, str]
    body: object = None
    files: dict[str, Attachment] = field(default_factory=dict)

    @property
    def world(self) -> World:
        """The state of the loopback."""
        return self.services.world

    @property
    def user(self) -> User:
        """Who asks; 401 when nobody does."""
        if self.who is None:
            raise plain(401, "Unauthorized")
        return self.who

    @property
    def form(self) -> Form:
        """The body as an object to be read; an absent body is an empty one."""
        return Form(self.body if isinstance(self.body, dict) else {})

    def id(self, name: str) -> int:
        """A snowflake of the path; `@me` is who asks."""
        word = self.path[name]
        if not (word == "@me" or word.isdigit()):
            raise invalid((name,), "NUMBER_TYPE_COERCE", f'Value "{word}" is not snowflake.')
        return self.user.id if word == "@me" else int(word)

    def guild(self) -> None:
        """Refuse a guild that is not the one there is."""
        if self.id("guild_id") != self.world.guild.id:
            raise refusal(10004)

    def channel(self, *needed: Permission, name: str = "channel_id") -> Channel:
        """The channel of the path, when the asker sees it and holds what is needed there."""
        channel = self.world.channel(self.id(name))
        if channel is None:
            raise refusal(10003)
        held = self.world.permissions(self.user.id, channel)
        if Permission.VIEW_CHANNEL not in held:
            raise refusal(50001)
        if any(permission not in held for permission in needed):
            raise refusal(50013)
        return channel

    def message(self, channel: Channel) -> Message:
        """The message of the path, in that channel."""
        message = self.world.messages.get(self.id("message_id"))
        if message is None or message.channel_id != channel.id or message.audience not in (None, self.user.id):
            raise refusal(10008)
        return message

    def member(self, name: str = "user_id") -> Member:
        """The member of the path."""
        member = self.world.guild.members.get(self.id(name))
        if member is None:
            raise refusal(10007 if self.id(name) in self.world.users else 10013)
        return member

    def need(self, *needed: Permission) -> None:
        """Refuse who lacks a permission in the guild."""
        held = self.world.permissions(self.user.id)
        if any(permission not in held for permission in needed):
            raise refusal(50013)

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """A number of the query."""
        form = Form({name: int(word)} if (word := self.query.get(name, "")).lstrip("-").isdigit() else dict(self.query))
        value = form.integer(name, least, most)
        form.check()
        return default if value is None else value


Handler: TypeAlias = Callable[[Call], Awaitable[Body | Reply]]


@dataclass(frozen=True, slots=True)
class Route:
    """A method and path of the API, handler and limit (None: no bucket is told); `open` needs no Authorization."""

    method: str
    path: str
    handler: Handler
    limit: Limit | None
    open: bool

    @property
    def major(self) -> str | None:
        """The path's word that has a bucket of its own (Topics, Rate Limits)."""
        found = re.match(r"/(?:channels|guilds|webhooks)/\{(\w+)\}(?:/\{(webhook_token)\})?", self.path)
        return None if found is None else found[2] or found[1]


class Routes(list[Route]):
    """The routes of one module, declared above their handlers."""

    def __call__(
        self, method: str, path: str, *, limit: Limit | None = DEFAULT, public: bool = False
    ) -> Callable[[Handler], Handler]:
        """Declare a handler for `METHOD path`, the path below /api/v10."""

        def declare(handler: Handler) -> Handler:
            self.append(Route(method, path, handler, limit, public))
            return handler

        return declare
