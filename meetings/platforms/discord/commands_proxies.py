"""The commands about proxies: an absent member gives one in writing, the holder takes it on, either ends it."""

import discord
from discord import ButtonStyle
from discord.app_commands import Group
from discord.ui import Button, View

from meetings.domain import commands as c
from meetings.domain.meeting import Meeting
from meetings.domain.values import MemberId
from meetings.i18n import Translator
from meetings.platforms.discord.declare import group, option
from meetings.platforms.discord.desk import Desk, Press
from meetings.platforms.discord.errors import Interaction, reader, whisper
from meetings.platforms.discord.presses import custom_id, drawn
from meetings.platforms.discord.translation import words
from meetings.platforms.discord.views import safe


def proxy_group(desk: Desk) -> Group:
    """`/pouvoir`."""
    commands = group("proxy")

    @commands.command(name=words("proxy.give.name"), description=words("proxy.give.description"))
    @option("member", "proxy.give")
    async def give_proxy(interaction: Interaction, member: discord.Member) -> None:
        holder = MemberId(str(member.id))
        await desk.act(interaction, c.GiveProxy, desk.current().id, holder=holder)
        await whisper(interaction, reader(interaction)("discord.proxy.given", holder=_name(desk, holder)))

    @commands.command(name=words("proxy.accept.name"), description=words("proxy.accept.description"))
    @option("member", "proxy.accept")
    async def accept_proxy(interaction: Interaction, member: discord.Member | None = None) -> None:
        giver = _giver(desk.current(), interaction, member, accepted=False)
        await desk.act(interaction, c.AcceptProxy, desk.current().id, giver=giver)
        await whisper(interaction, reader(interaction)("discord.proxy.accepted", giver=_name(desk, giver)))

    @commands.command(name=words("proxy.decline.name"), description=words("proxy.decline.description"))
    @option("member", "proxy.decline")
    async def decline_proxy(interaction: Interaction, member: discord.Member | None = None) -> None:
        giver = _giver(desk.current(), interaction, member)
        await desk.act(interaction, c.EndProxy, desk.current().id, giver=giver)
        await whisper(interaction, reader(interaction)("discord.proxy.declined", giver=_name(desk, giver)))

    @commands.command(name=words("proxy.revoke.name"), description=words("proxy.revoke.description"))
    async def revoke_proxy(interaction: Interaction) -> None:
        giver = MemberId(str(interaction.user.id))
        ballot = desk.current().running_ballot
        await desk.act(interaction, c.EndProxy, desk.current().id, giver=giver)
        sealed = ballot is not None and ballot.secret and giver in ballot.proxies
        await whisper(
            interaction, reader(interaction)("discord.proxy.revoked-sealed" if sealed else "discord.proxy.revoked")
        )

    return commands


def _giver(
    meeting: Meeting, interaction: Interaction, named: discord.Member | None, *, accepted: bool | None = None
) -> MemberId:
    """Who gave it: the member named, or the first whose proxy this person has to take on or may give back."""
    if named:
        return MemberId(str(named.id))
    mine = [one for one in meeting.attendance.proxies if one.holder == str(interaction.user.id) and one.ended is None]
    fitting = [one for one in mine if accepted is None or bool(one.accepted) is accepted]
    return next((one.giver for one in fitting or mine), MemberId(""))


async def pressed(press: Press) -> None:
    """Take on a proxy, or decline it; the message itself then says what became of it."""
    desk, interaction = press.desk, press.interaction
    asked = c.AcceptProxy if press.value == "accept" else c.EndProxy
    giver = MemberId(press.subject)
    await desk.act(interaction, asked, desk.current().id, giver=giver)
    holder, name = _name(desk, MemberId(str(interaction.user.id))), _name(desk, giver)
    key = "discord.proxy.now-accepted" if press.value == "accept" else "discord.proxy.now-declined"
    await interaction.response.edit_message(content=desk.words(key, holder=holder, giver=name), view=None)


def proxy_buttons(giver: MemberId, t: Translator) -> View:
    """What the holder presses under the message that tells them of a proxy."""
    view = View(timeout=None)
    for action, style in (("accept", ButtonStyle.success), ("decline", ButtonStyle.secondary)):
        label = t(f"discord.proxy.button.{action}")
        view.add_item(Button(style=style, label=label, custom_id=custom_id("proxy", giver, action)))
    return drawn(view)


def _name(desk: Desk, member: MemberId) -> str:
    return safe(desk.names.get(member, ""))
