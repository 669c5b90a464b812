"""Gateway sessions: who hears which event, in order, and again after a lost connection (Events, Gateway)."""

import asyncio
import secrets
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from meetings.rehearsal.loopback.kinds import Intent, Permission
from meetings.rehearsal.loopback.world import Channel, User, Wire, World

REPLAY = 2_000  # events kept for a resume
RESUME_WINDOW = 60.0  # seconds a lost session waits for its client

_GUILDS = (
    "GUILD_UPDATE GUILD_ROLE_CREATE GUILD_ROLE_UPDATE GUILD_ROLE_DELETE CHANNEL_CREATE CHANNEL_UPDATE CHANNEL_DELETE \
CHANNEL_PINS_UPDATE STAGE_INSTANCE_CREATE STAGE_INSTANCE_UPDATE STAGE_INSTANCE_DELETE THREAD_CREATE THREAD_UPDATE \
THREAD_DELETE"
)
_EVENTS = "GUILD_SCHEDULED_EVENT_CREATE GUILD_SCHEDULED_EVENT_UPDATE GUILD_SCHEDULED_EVENT_DELETE \
GUILD_SCHEDULED_EVENT_USER_ADD GUILD_SCHEDULED_EVENT_USER_REMOVE"
_MESSAGES = "MESSAGE_CREATE MESSAGE_UPDATE MESSAGE_DELETE MESSAGE_DELETE_BULK"
_REACTIONS = "MESSAGE_REACTION_ADD MESSAGE_REACTION_REMOVE MESSAGE_REACTION_REMOVE_ALL MESSAGE_REACTION_REMOVE_EMOJI"
INTENTS = MappingProxyType(
    dict.fromkeys(_GUILDS.split(), Intent.GUILDS)
    | dict.fromkeys(_EVENTS.split(), Intent.GUILD_SCHEDULED_EVENTS)
    | dict.fromkeys(_MESSAGES.split(), Intent.GUILD_MESSAGES)
    | dict.fromkeys(_REACTIONS.split(), Intent.GUILD_MESSAGE_REACTIONS)
    | {
        "GUILD_MEMBER_UPDATE": Intent.GUILD_MEMBERS,
        "GUILD_MEMBER_REMOVE": Intent.GUILD_MEMBERS,
        "VOICE_STATE_UPDATE": Intent.GUILD_VOICE_STATES,
        "PRESENCE_UPDATE": Intent.GUILD_PRESENCES,
        "TYPING_START": Intent.GUILD_MESSAGE_TYPING,
    }
)
DIRECT = MappingProxyType(
    {
        Intent.GUILD_MESSAGES: Intent.DIRECT_MESSAGES,
        Intent.GUILD_MESSAGE_REACTIONS: Intent.DIRECT_MESSAGE_REACTIONS,
        Intent.GUILD_MESSAGE_TYPING: Intent.DIRECT_MESSAGE_TYPING,
    }
)


class Line(Protocol):
    """A live connection, as its session sees it."""

    def push(self, payload: Wire) -> None:
        """Send when the socket is ready, after what was pushed before."""

    def hang_up(self, code: int) -> None:
        """Close with a code, after what was pushed before."""

    def cut(self) -> None:
        """Drop the connection as a dead network does: no close frame."""


@dataclass(slots=True)
class Session:
    """One IDENTIFY and all that follows it, over as many connections as it takes."""

    id: str
    user: User
    intents: Intent
    shard: tuple[int, int] | None
    line: Line | None
    sequence: int = 0
    sent: deque[tuple[int, Wire]] = field(default_factory=lambda: deque(maxlen=REPLAY))
    status: str = "online"
    activities: list[Wire] = field(default_factory=list)
    expiry: asyncio.TimerHandle | None = None

    def dispatch(self, event: str, data: Wire) -> None:
        """Number an event, keep it for a resume, send it when somebody listens."""
        self.sequence += 1
        payload: Wire = {"op": 0, "s": self.sequence, "t": event, "d": data}
        self.sent.append((self.sequence, payload))
        if self.line is not None:
            self.line.push(payload)

    def missed(self, since: int) -> list[Wire] | None:
        """The events after number `since`; None when some are no longer kept."""
        oldest = self.sent[0][0] if self.sent else self.sequence + 1
        if since < oldest - 1:
            return None
        return [payload for number, payload in self.sent if number > since]

    def serves(self, guild_id: int) -> bool:
        """Whether the guild falls to this shard (Gateway, Sharding)."""
        return self.shard is None or (guild_id >> 22) % self.shard[1] == self.shard[0]


class Hub:
    """All sessions; `on_end` is told of a session that will not come back."""

    def __init__(self, world: World, resume_window: float = RESUME_WINDOW) -> None:
        self.world, self.sessions = world, dict[str, Session]()
        self.on_end: list[Callable[[Session], None]] = []
        self._window = resume_window

    def open(self, user: User, intents: Intent, shard: tuple[int, int] | None, line: Line) -> Session:
        """A new session for an IDENTIFY."""
        session = Session(secrets.token_hex(16), user, intents, shard, line)
        self.sessions[session.id] = session
        return session

    def of(self, user_id: int) -> list[Session]:
        """A user's sessions, the newest last."""
        return [session for session in self.sessions.values() if session.user.id == user_id]

    def adopt(self, session: Session, line: Line) -> None:
        """A client came back for its session; an older connection of the same session is closed."""
        if session.expiry is not None:
            session.expiry.cancel()
        if session.line is not None and session.line is not line:
            session.line.hang_up(4000)
        session.expiry, session.line = None, line

    def lost(self, session: Session, line: Line) -> None:
        """A connection ended without a goodbye: its session waits for a resume."""
        if session.line is line and session.id in self.sessions:
            session.line = None
            session.expiry = asyncio.get_running_loop().call_later(self._window, self.end, session)

    def end(self, session: Session) -> None:
        """Forget a session: its user may be offline now, and has left voice."""
        if self.sessions.pop(session.id, None) is None:
            return
        if session.expiry is not None:
            session.expiry.cancel()
        session.line = None
        self.present(session.user.id)
        for told in self.on_end:
            told(session)

    def tell(self, user_ids: Iterable[int], event: str, data: Wire) -> bool:
        """Dispatch to certain users, whatever their intents; says whether anybody was there."""
        wanted = set(user_ids)
        heard = [session for session in self.sessions.values() if session.user.id in wanted]
        for session in heard:
            session.dispatch(event, data)
        return bool(heard)

    def broadcast(self, event: str, data: Wire, channel: Channel | None = None) -> None:
        """Dispatch to whoever asked for the event and may see where it happens."""
        for session in list(self.sessions.values()):
            if self._wants(session, event, data, channel):
                session.dispatch(event, _told(session, event, data, channel))

    def _wants(self, session: Session, event: str, data: Wire, channel: Channel | None) -> bool:
        user_id, intent = session.user.id, INTENTS[event]
        if channel is not None and Permission.VIEW_CHANNEL not in self.world.permissions(user_id, channel):
            return False
        if channel is not None and channel.guild_id is None:
            return DIRECT[intent] in session.intents
        if event == "GUILD_MEMBER_UPDATE" and data["user"]["id"] == str(user_id):
            return True
        return intent in session.intents and session.serves(self.world.guild.id)

    def status(self, user_id: int) -> str:
        """`online`, `idle`, `dnd` or `offline`."""
        seen = [s.status for s in self.of(user_id) if s.status != "invisible"]
        return seen[-1] if seen else "offline"

    def presence(self, user_id: int) -> Wire:
        """Gateway Events, Presence Update."""
        status = self.status(user_id)
        activities = self.of(user_id)[-1].activities if status != "offline" else []
        return {
            "user": {"id": str(user_id)},
            "guild_id": str(self.world.guild.id),
            "status": status,
            "activities": activities,
            "client_status": {} if status == "offline" else {"web": status},
        }

    def present(self, user_id: int) -> None:
        """Tell who asked that a user came, went or changed status."""
        self.broadcast("PRESENCE_UPDATE", self.presence(user_id))


def _told(session: Session, event: str, data: Wire, channel: Channel | None) -> Wire:
    """Without MESSAGE_CONTENT, other people's messages come empty, save in direct messages and mentions."""
    if event not in ("MESSAGE_CREATE", "MESSAGE_UPDATE") or Intent.MESSAGE_CONTENT in session.intents:
        return data
    own = str(session.user.id)
    mentioned = any(person["id"] == own for person in data["mentions"])
    if data["author"]["id"] == own or mentioned or (channel is not None and channel.guild_id is None):
        return data
    return data | {"content": "", "embeds": [], "attachments": [], "components": []}
