"""What the gateway checks of a client's payloads, and its close codes (Topics, Opcodes and Status Codes)."""

import json

from meetings.rehearsal.loopback.kinds import ALL_INTENTS, PRIVILEGED, ApplicationFlag, Intent
from meetings.rehearsal.loopback.world import User, Wire, World

LARGEST = 15 * 1024  # bytes a client may send at once
GRANTS = (
    (Intent.GUILD_PRESENCES, ApplicationFlag.GATEWAY_PRESENCE_LIMITED),
    (Intent.GUILD_MEMBERS, ApplicationFlag.GATEWAY_GUILD_MEMBERS_LIMITED),
    (Intent.MESSAGE_CONTENT, ApplicationFlag.GATEWAY_MESSAGE_CONTENT_LIMITED),
)


class GatewayError(Exception):
    """The client did what the gateway answers with a close code (Topics, Gateway Close Event Codes)."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


CLOSE_WORDS = {
    4000: b"Unknown error.",
    4001: b"Unknown opcode.",
    4002: b"Error while decoding payload.",
    4003: b"Not authenticated.",
    4004: b"Authentication failed.",
    4005: b"Already authenticated.",
    4007: b"Invalid seq.",
    4008: b"Rate limited.",
    4009: b"Session timed out.",
    4010: b"Invalid shard.",
    4012: b"Invalid API version.",
    4013: b"Invalid intent(s).",
    4014: b"Disallowed intent(s).",
}


def decode(data: str | bytes) -> Wire:
    """One payload; GatewayError 4002 when it is too large or no JSON object."""
    raw = data.encode() if isinstance(data, str) else data
    if len(raw) > LARGEST:
        raise GatewayError(4002)
    try:
        payload = json.loads(raw)
    except ValueError as error:
        raise GatewayError(4002) from error
    if not isinstance(payload, dict):
        raise GatewayError(4002)
    return payload


def authenticate(world: World, data: Wire) -> User:
    """Whose token this is; GatewayError 4004 when nobody's."""
    user = world.by_token(str(data.get("token") or "").removeprefix("Bot "))
    if user is None:
        raise GatewayError(4004)
    return user


def intents(user: User, data: Wire) -> Intent:
    """The intents asked for; GatewayError 4013 for unknown ones, 4014 for privileged ones not granted."""
    asked = data.get("intents")
    if isinstance(asked, bool) or not isinstance(asked, int) or asked < 0 or asked & ~int(ALL_INTENTS):
        raise GatewayError(4013)
    granted = Intent(0)
    for intent, flag in GRANTS:
        if flag in user.application_flags:
            granted |= intent
    if Intent(asked) & PRIVILEGED & ~granted:
        raise GatewayError(4014)
    return Intent(asked)


def shard(data: Wire) -> tuple[int, int] | None:
    """(number, count) of a sharded client; GatewayError 4010 when impossible."""
    shard = data.get("shard")
    if shard is None:
        return None
    if not (isinstance(shard, list) and len(shard) == 2 and all(isinstance(n, int) for n in shard)):
        raise GatewayError(4010)
    number, count = shard
    if not 0 <= number < count:
        raise GatewayError(4010)
    return (number, count)
