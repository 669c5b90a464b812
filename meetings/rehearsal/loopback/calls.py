"""Who is in which voice or stage channel, and what the voice server needs to know of it (Topics, Voice Connections)."""

import asyncio
import secrets
from typing import Protocol

from meetings.rehearsal.loopback import objects as wire
from meetings.rehearsal.loopback.kinds import CONNECTABLE, ChannelType, Permission
from meetings.rehearsal.loopback.sessions import Hub, Session
from meetings.rehearsal.loopback.voice import VoiceSession
from meetings.rehearsal.loopback.world import Channel, VoiceState, World

APART = 0.05
"""Seconds between the close of a moved user's voice connection and the offer of the next: at Discord two machines far
apart do the one and the other, and discord.py 2.7.1 does not notice an offer that comes with the close."""


class VoiceRoom(Protocol):
    """The voice server as the main gateway sees it."""

    @property
    def endpoint(self) -> str:
        """`localhost:PORT`, for VOICE_SERVER_UPDATE."""

    async def dismiss(self, user_id: int) -> None:
        """Close a user's voice connection with 4014."""


class Calls:
    """Voice states of the guild; the voice server asks it who may connect and who may speak."""

    def __init__(self, world: World, hub: Hub) -> None:
        self.world, self.hub = world, hub
        self.voice: VoiceRoom | None = None
        self._leaving = set[asyncio.Task[None]]()
        hub.on_end.append(self._ended)

    def find(self, user_id: int, session_id: str, token: str) -> VoiceSession | None:
        """The voice session a client identifies for; None when any of the three is not current."""
        state = self.world.guild.voice_states.get(user_id)
        if state is None or state.session_id != session_id or state.token != token:
            return None
        stage = self.world.guild.channels[state.channel_id].kind is ChannelType.STAGE
        dave = 0 if stage else 1  # Discord exempts stages from end-to-end encryption
        return VoiceSession(user_id, self.world.guild.id, state.channel_id, session_id, token, dave)

    def may_speak(self, user_id: int) -> bool:
        """Neither suppressed nor muted by a moderator."""
        state = self.world.guild.voice_states.get(user_id)
        return state is not None and not state.suppress and not self.world.guild.members[user_id].mute

    async def request(self, session: Session, channel_id: int | None, mute: bool, deaf: bool) -> None:
        """A client's Update Voice State (op 4): join, move, leave or change of its own mute and deaf."""
        user_id = session.user.id
        state = self.world.guild.voice_states.get(user_id)
        if channel_id is None:
            await self.leave(user_id)  # whichever session joined: a bot started again may clear its old place
            return
        channel = self.world.guild.channels.get(channel_id)
        if channel is None or not self._may_connect(user_id, channel):
            return  # as Discord does: a join that is not allowed is not answered
        if state is not None and state.channel_id == channel_id and state.gateway_session == session.id:
            same = (state.self_mute, state.self_deaf) == (mute, deaf)
            state.self_mute, state.self_deaf = mute, deaf
            self.announce(state)
            if same:  # asked again for what it has: its voice connection is gone
                self._offer_server(state)
            return
        await self._place(user_id, session.id, channel, mute, deaf)

    async def move(self, user_id: int, channel: Channel) -> None:
        """A moderator moves a user who is in voice."""
        state = self.world.guild.voice_states[user_id]
        await self._place(user_id, state.gateway_session, channel, state.self_mute, state.self_deaf)

    async def leave(self, user_id: int) -> None:
        """A user leaves voice, or is disconnected."""
        state = self.world.guild.voice_states.pop(user_id, None)
        if state is None:
            return
        state.suppress, state.request_to_speak_at = False, None
        self.announce(state)
        await self._dismiss(user_id)

    def announce(self, state: VoiceState) -> None:
        """VOICE_STATE_UPDATE to everyone who sees the channel."""
        channel = self.world.guild.channels.get(state.channel_id)
        self.hub.broadcast("VOICE_STATE_UPDATE", wire.voice_state(state, self.world), channel)

    def mute_changed(self, user_id: int) -> None:
        """A moderator muted or deafened a member: who listens to voice states hears it."""
        if state := self.world.guild.voice_states.get(user_id):
            self.announce(state)

    async def _place(self, user_id: int, gateway_session: str, channel: Channel, mute: bool, deaf: bool) -> None:
        old = self.world.guild.voice_states.get(user_id)
        continued = old is not None and old.gateway_session == gateway_session
        session_id = old.session_id if old is not None and continued else secrets.token_hex(16)
        state = VoiceState(user_id, channel.id, session_id, secrets.token_hex(8), gateway_session, mute, deaf)
        speak = Permission.SPEAK in self.world.permissions(user_id, channel)
        state.suppress = channel.kind is ChannelType.STAGE or not speak
        self.world.guild.voice_states[user_id] = state
        self.announce(state)
        if old is not None:
            await self._dismiss(user_id)
            await asyncio.sleep(APART)
        if self.world.guild.voice_states.get(user_id) is state:
            self._offer_server(state)

    def _offer_server(self, state: VoiceState) -> None:
        """VOICE_SERVER_UPDATE, with a token of its own, to the one session that joined."""
        state.token = secrets.token_hex(8)
        session = self.hub.sessions.get(state.gateway_session)
        if session is None:
            return
        endpoint = self.voice.endpoint if self.voice else None
        guild_id = str(self.world.guild.id)
        session.dispatch("VOICE_SERVER_UPDATE", {"token": state.token, "guild_id": guild_id, "endpoint": endpoint})

    def _may_connect(self, user_id: int, channel: Channel) -> bool:
        held = self.world.permissions(user_id, channel)
        if channel.kind not in CONNECTABLE or Permission.CONNECT not in held:
            return False
        inside = [s for s in self.world.guild.voice_states.values() if s.channel_id == channel.id]
        return not channel.user_limit or len(inside) < channel.user_limit or Permission.MOVE_MEMBERS in held

    async def settle(self) -> None:
        """Wait for those whose session has ended to have left."""
        await asyncio.gather(*self._leaving)

    async def _dismiss(self, user_id: int) -> None:
        if self.voice is not None:
            await self.voice.dismiss(user_id)

    def _ended(self, session: Session) -> None:
        state = self.world.guild.voice_states.get(session.user.id)
        if state is not None and state.gateway_session == session.id:
            task = asyncio.get_running_loop().create_task(self.leave(session.user.id))
            self._leaving.add(task)
            task.add_done_callback(self._leaving.discard)
