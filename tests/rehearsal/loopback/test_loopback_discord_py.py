"""Unmodified discord.py bots and members' phones, over real sockets, against the loopback server."""

import asyncio
import io
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import discord
import pytest
from discord import app_commands
from loopback_guild import CHAIR, PAUL, SECRETARY, Bot

from meetings.rehearsal.cast.client import InteractionFailed, MemberClient
from meetings.rehearsal.loopback.kinds import NO_APPLICATION_FLAGS
from meetings.rehearsal.loopback.server import LoopbackServer

StartBot = Callable[..., Awaitable[Bot]]
StartMember = Callable[..., Awaitable[MemberClient]]


class Hand(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"hand:(?P<meeting>\d+):raise"):
    """A persistent button as the council's bot has them: no state but its custom_id."""

    def __init__(self, meeting: int) -> None:
        super().__init__(discord.ui.Button(label="Lever la main", custom_id=f"hand:{meeting}:raise"))
        self.meeting = meeting

    @classmethod
    async def from_custom_id(cls, _: Any, __: Any, match: re.Match[str]) -> "Hand":
        return cls(int(match["meeting"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        assert isinstance(interaction.user, discord.Member)
        await interaction.response.edit_message(content=f"{interaction.user.display_name} · {self.meeting}")


def board() -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    view.add_item(Hand(7))
    return view


async def synced(bot: Bot, *commands: app_commands.Command[Any, Any, Any] | app_commands.Group) -> None:
    for command in commands:
        bot.tree.add_command(command, guild=bot.council)
    await bot.tree.sync(guild=bot.council)


async def test_the_guild_arrives_whole(bot: StartBot) -> None:
    council = (await bot()).council
    assert council.chunked
    assert council.member_count == 7
    assert [len(council.text_channels), len(council.voice_channels), len(council.stage_channels)] == [1, 1, 1]
    chair = council.get_member(CHAIR)
    assert chair is not None
    assert [role.name for role in chair.roles] == ["@everyone", "Membre", "Présidence"]
    assert council.me.guild_permissions.administrator
    assert council.owner == chair
    paul = council.get_member(PAUL)
    assert paul is not None
    assert not paul.guild_permissions.mute_members


async def test_a_wrong_token_and_missing_intents_are_told_by_discord_py(server: LoopbackServer) -> None:
    stranger = Bot(discord.Intents.default())
    with pytest.raises(discord.LoginFailure):
        await stranger.begin("MTIz.no.token")
    await stranger.close()
    user_id = int(server.describe()["bots"][0]["id"])
    server.world.users[user_id].application_flags = NO_APPLICATION_FLAGS
    curious = Bot(discord.Intents.all())
    with pytest.raises(discord.PrivilegedIntentsRequired):
        await curious.begin(server.describe()["bots"][0]["token"])
    await curious.close()


async def test_a_press_on_a_persistent_button_repaints_the_board(bot: StartBot, member: StartMember) -> None:
    chair_bot, paul = await bot(), await member(PAUL)
    chair_bot.add_dynamic_items(Hand)
    posted = await chair_bot.council.text_channels[0].send("file vide", view=board())
    seen = await paul.see(lambda message: message.id == posted.id)
    assert [button.label for button in seen.buttons] == ["Lever la main"]
    reply = await paul.press(posted.id, seen.buttons[0].custom_id)
    assert reply.message is not None
    assert (reply.message.id, reply.message.content) == (posted.id, "Paul Roux · 7")
    assert (await chair_bot.council.text_channels[0].fetch_message(posted.id)).content == "Paul Roux · 7"


async def test_a_button_survives_the_bots_restart(bot: StartBot, member: StartMember) -> None:
    first, paul = await bot(0), await member(PAUL)
    posted = await first.council.text_channels[0].send("file", view=board())
    await first.close()
    second = await bot(0)
    second.add_dynamic_items(Hand)
    assert (await paul.press(posted.id, "hand:7:raise")).text == "Paul Roux · 7"


async def test_a_disabled_or_unknown_button_cannot_be_pressed(bot: StartBot, member: StartMember) -> None:
    chair_bot, paul = await bot(), await member(PAUL)
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Clos", custom_id="closed", disabled=True))
    posted = await chair_bot.council.text_channels[0].send("vote", view=view)
    await paul.see(lambda message: message.id == posted.id)
    with pytest.raises(InteractionFailed) as refused:
        await paul.press(posted.id, "closed")
    assert refused.value.code == 50035
    with pytest.raises(InteractionFailed, match="no such component"):
        await paul.press(posted.id, "none")


async def test_an_ephemeral_reply_reaches_one_member_alone(bot: StartBot, member: StartMember) -> None:
    chair_bot, paul, chair = await bot(), await member(PAUL), await member(CHAIR)

    @app_commands.command(name="vote", description="Vote secret")
    async def vote(interaction: discord.Interaction[Any], choix: str) -> None:
        await interaction.response.send_message(f"noté : {choix}", ephemeral=True)
        await interaction.followup.send("merci", ephemeral=True)

    await synced(chair_bot, vote)
    reply = await paul.slash("vote", choix="pour")
    assert reply.message is not None
    assert (reply.text, reply.message.ephemeral) == ("noté : pour", True)
    await paul.see(lambda message: message.content == "merci")
    await chair_bot.council.text_channels[0].send("publiquement")
    await chair.see(lambda message: message.content == "publiquement")
    assert [message.content for message in chair.messages.values()] == ["publiquement"]
    history = [message.content async for message in chair_bot.council.text_channels[0].history()]
    assert history == ["publiquement"]


async def test_subcommands_take_typed_options_and_translated_names(bot: StartBot, member: StartMember) -> None:
    chair_bot, chair = await bot(), await member(CHAIR)
    floor = app_commands.Group(name="parole", description="La parole")

    @floor.command(name="donner", description="Donne la parole")
    @app_commands.rename(who="membre", minutes="durée")
    async def give(interaction: discord.Interaction[Any], who: discord.Member, minutes: int = 3) -> None:
        await interaction.response.send_message(f"{who.display_name} {minutes} {interaction.locale.value}")

    await synced(chair_bot, floor)
    assert (await chair.slash("parole donner", membre=PAUL)).text == "Paul Roux 3 fr"
    assert (await chair.slash("parole donner", membre=PAUL, durée=5)).text == "Paul Roux 5 fr"
    with pytest.raises(InteractionFailed) as refused:
        await chair.slash("parole donner")
    assert refused.value.code == 50035


async def test_a_command_for_the_chair_is_not_there_for_others(bot: StartBot, member: StartMember) -> None:
    chair_bot, chair, paul = await bot(), await member(CHAIR), await member(PAUL)

    @app_commands.command(name="ouvrir", description="Ouvre la séance")
    @app_commands.default_permissions(manage_events=True)
    async def begin(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message("ouverte")

    await synced(chair_bot, begin)
    assert (await chair.slash("ouvrir")).text == "ouverte"
    with pytest.raises(InteractionFailed) as refused:
        await paul.slash("ouvrir")
    assert refused.value.code == 10063


async def test_a_modal_is_opened_filled_and_submitted(bot: StartBot, member: StartMember) -> None:
    chair_bot, chair = await bot(), await member(CHAIR)

    class Motion(discord.ui.Modal, title="Motion"):
        text = discord.ui.TextInput[Any](label="Texte", custom_id="text", min_length=3)

        async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
            await interaction.response.send_message(f"motion : {self.text.value}")

    @app_commands.command(name="motion", description="Dépose une motion")
    async def motion(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_modal(Motion())

    await synced(chair_bot, motion)
    opened = (await chair.slash("motion")).modal
    assert opened is not None
    assert (opened.title, opened.fields) == ("Motion", ["text"])
    assert (await chair.submit(opened, text="Budget vert")).text == "motion : Budget vert"
    with pytest.raises(InteractionFailed) as refused:
        await chair.submit(opened, text="no")
    assert refused.value.code == 50035


async def test_autocomplete_proposes_what_the_bot_says(bot: StartBot, member: StartMember) -> None:
    chair_bot, chair = await bot(), await member(CHAIR)

    @app_commands.command(name="point", description="Passe à un point")
    async def item(interaction: discord.Interaction[Any], titre: str) -> None:
        await interaction.response.send_message(titre)

    @item.autocomplete("titre")
    async def titles(_: discord.Interaction[Any], current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{current}get", value="2")]

    await synced(chair_bot, item)
    assert await chair.suggestions("point", "titre", titre="bud") == [{"name": "budget", "value": "2"}]


async def test_deferred_replies_are_awaited_and_menus_chosen(bot: StartBot, member: StartMember) -> None:
    chair_bot, paul = await bot(), await member(PAUL)

    class Choices(discord.ui.View):
        @discord.ui.select(
            custom_id="c", options=[discord.SelectOption(label="Oui"), discord.SelectOption(label="Non")]
        )
        async def chosen(self, interaction: discord.Interaction[Any], select: discord.ui.Select[Any]) -> None:
            await interaction.response.defer(thinking=True, ephemeral=True)
            await interaction.followup.send(f"{select.values[0]}, compté")

    posted = await chair_bot.council.text_channels[0].send("vote", view=Choices(timeout=None))
    await paul.see(lambda message: message.id == posted.id)
    reply = await paul.choose(posted.id, "c", "Oui")
    assert reply.message is not None
    assert (reply.text, reply.message.ephemeral, reply.message.loading) == ("Oui, compté", True, False)
    with pytest.raises(InteractionFailed):
        await paul.choose(posted.id, "c", "Peut-être")


@pytest.mark.slow
async def test_a_bot_that_is_silent_for_three_seconds_has_failed(bot: StartBot, member: StartMember) -> None:
    chair_bot, paul = await bot(), await member(PAUL)
    late: asyncio.Future[discord.Interaction[Any]] = asyncio.get_running_loop().create_future()

    @app_commands.command(name="lent", description="Trop lent")
    async def slow(interaction: discord.Interaction[Any]) -> None:
        late.set_result(interaction)

    await synced(chair_bot, slow)
    with pytest.raises(InteractionFailed, match="did not answer"):
        await paul.slash("lent")
    with pytest.raises(discord.NotFound) as refused:
        await (await late).response.send_message("trop tard")
    assert refused.value.code == 10062


async def test_an_interaction_is_acknowledged_once(bot: StartBot, member: StartMember) -> None:
    chair_bot, paul = await bot(), await member(PAUL)
    answered: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    @app_commands.command(name="deux", description="Deux fois")
    async def twice(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message("une")
        adapter = interaction.response._parent
        adapter.response._response_type = None
        try:
            await interaction.response.send_message("deux")
        except discord.HTTPException as error:
            answered.set_result(error.code)

    await synced(chair_bot, twice)
    assert (await paul.slash("deux")).text == "une"
    assert await answered == 40060


async def test_events_missed_by_a_dropped_websocket_are_replayed(
    server: LoopbackServer, bot: StartBot, member: StartMember
) -> None:
    chair_bot, paul = await bot(), await member(PAUL)
    heard: asyncio.Queue[str] = asyncio.Queue()
    resumed = asyncio.Event()

    @chair_bot.event
    async def on_message(message: discord.Message) -> None:
        heard.put_nowait(message.content)

    @chair_bot.event
    async def on_resumed() -> None:
        resumed.set()

    assert chair_bot.user is not None
    await paul.post("avant")
    assert await asyncio.wait_for(heard.get(), 5) == "avant"
    server.gateway.drop(chair_bot.user.id)
    await paul.post("pendant")
    async with asyncio.timeout(15):
        await resumed.wait()
        assert await heard.get() == "pendant"
    await paul.post("après")
    assert await asyncio.wait_for(heard.get(), 5) == "après"


async def test_op_7_makes_discord_py_resume(server: LoopbackServer, bot: StartBot) -> None:
    chair_bot = await bot()
    resumed = asyncio.Event()

    @chair_bot.event
    async def on_resumed() -> None:
        resumed.set()

    assert chair_bot.user is not None
    session = server.hub.of(chair_bot.user.id)[0].id
    server.gateway.reconnect(chair_bot.user.id)
    async with asyncio.timeout(15):
        await resumed.wait()
    assert [one.id for one in server.hub.of(chair_bot.user.id)] == [session]


async def test_two_bots_each_get_their_own_interactions(bot: StartBot, member: StartMember) -> None:
    one, two = await bot(0), await bot(1)
    paul = await member(PAUL)

    def named(word: str) -> app_commands.Command[Any, Any, Any]:
        @app_commands.command(name=word, description="x")
        async def answer(interaction: discord.Interaction[Any]) -> None:
            await interaction.response.send_message(f"{word} {interaction.application_id}")

        return answer

    await synced(one, named("un"))
    await synced(two, named("deux"))
    assert one.user is not None
    assert two.user is not None
    assert (await paul.slash("deux")).text == f"deux {two.user.id}"
    assert (await paul.slash("un")).text == f"un {one.user.id}"


async def test_a_stage_speaker_is_let_speak_and_silenced_again(bot: StartBot, member: StartMember) -> None:
    chair_bot, paul, léa = await bot(), await member(PAUL), await member(SECRETARY)
    stage = chair_bot.council.stage_channels[0]
    credentials = await paul.join_voice(stage.id)
    assert credentials.endpoint.startswith("localhost:")
    assert not paul.may_speak
    speaker = chair_bot.council.get_member(PAUL)
    assert speaker is not None
    await paul.request_to_speak()
    before = await changed(chair_bot, PAUL)
    assert before.requested_to_speak_at is not None
    await speaker.edit(suppress=False)
    await paul.wait_for(lambda event: event.name == "VOICE_STATE_UPDATE" and paul.may_speak)
    await speaker.edit(suppress=True)
    told = await paul.wait_for(lambda event: event.name == "VOICE_STATE_UPDATE")
    assert (told.data["suppress"], told.data["request_to_speak_timestamp"]) == (True, None)
    await léa.join_voice(stage.id)
    assert (await changed(chair_bot, SECRETARY)).suppress
    await paul.leave_voice()
    assert PAUL not in paul.voice_states


async def changed(client: Bot, user_id: int) -> discord.VoiceState:
    """The state of a member as the bot knows it, once it has heard something of them."""
    member = client.council.get_member(user_id)
    assert member is not None
    async with asyncio.timeout(5):
        while member.voice is None or (member.voice.requested_to_speak_at is None and user_id == PAUL):
            await client.wait_for("voice_state_update")
    return member.voice


async def test_members_cannot_unsuppress_themselves(bot: StartBot, member: StartMember, person: Any) -> None:
    chair_bot, paul = await bot(), await member(PAUL)
    stage = chair_bot.council.stage_channels[0]
    await paul.join_voice(stage.id)
    url = f"/guilds/{chair_bot.council.id}/voice-states"
    own = await person("PATCH", f"{url}/@me", {"channel_id": str(stage.id), "suppress": False})
    assert (own.status, own.body["code"]) == (403, 50013)
    assert (await person("PATCH", f"{url}/{PAUL}", {"suppress": False})).body["code"] == 50013
    voice = chair_bot.council.voice_channels[0]
    await paul.join_voice(voice.id)
    assert paul.may_speak
    assert (await person("PATCH", f"{url}/@me", {"suppress": True})).body["code"] == 50024


async def test_a_moderator_moves_mutes_and_disconnects(
    server: LoopbackServer, bot: StartBot, member: StartMember
) -> None:
    chair_bot, paul = await bot(), await member(PAUL)
    voice, stage = chair_bot.council.voice_channels[0], chair_bot.council.stage_channels[0]
    first = await paul.join_voice(voice.id)
    session = server.calls.find(PAUL, first.session_id, first.token)
    assert session is not None
    assert (session.channel_id, session.dave) == (voice.id, 1)
    assert server.calls.may_speak(PAUL)
    speaker = chair_bot.council.get_member(PAUL)
    assert speaker is not None
    await speaker.edit(mute=True)
    assert not server.calls.may_speak(PAUL)
    await speaker.edit(mute=False)
    moved = asyncio.create_task(paul.wait_for(lambda event: event.name == "VOICE_SERVER_UPDATE"))
    await asyncio.sleep(0)
    await speaker.move_to(stage)
    offer = (await moved).data
    assert server.calls.find(PAUL, first.session_id, first.token) is None  # the old token is worth nothing
    session = server.calls.find(PAUL, first.session_id, offer["token"])
    assert session is not None
    assert (session.channel_id, session.dave) == (stage.id, 0)
    await speaker.move_to(None)
    await paul.wait_for(lambda event: PAUL not in paul.voice_states)


async def test_a_member_whose_phone_dies_leaves_voice(
    server: LoopbackServer, bot: StartBot, member: StartMember
) -> None:
    chair_bot, paul = await bot(), await member(PAUL)
    await paul.join_voice(chair_bot.council.voice_channels[0].id)
    gone = asyncio.create_task(
        chair_bot.wait_for("voice_state_update", check=lambda m, _, after: after.channel is None)
    )
    await asyncio.sleep(0)
    await paul.close()
    async with asyncio.timeout(5):
        who, _, _ = await gone
    assert who.id == PAUL
    assert server.world.guild.voice_states == {}


async def test_a_scheduled_event_lives_and_is_told(bot: StartBot) -> None:
    one, two = await bot(0), await bot(1)
    stage = one.council.stage_channels[0]
    told: asyncio.Queue[str] = asyncio.Queue()

    @two.event
    async def on_scheduled_event_update(_: discord.ScheduledEvent, after: discord.ScheduledEvent) -> None:
        told.put_nowait(after.status.name)

    @two.event
    async def on_stage_instance_create(instance: discord.StageInstance) -> None:
        told.put_nowait(f"stage {instance.topic}")

    start = discord.utils.utcnow() + timedelta(hours=1)
    kind, level = discord.EntityType.stage_instance, discord.PrivacyLevel.guild_only
    event = await one.council.create_scheduled_event(
        name="Séance", start_time=start, entity_type=kind, channel=stage, privacy_level=level
    )
    await (await event.start()).end()
    async with asyncio.timeout(5):
        assert [await told.get() for _ in range(3)] == ["stage Séance", "active", "completed"]
    with pytest.raises(ValueError, match="scheduled"):
        await (await one.council.fetch_scheduled_event(event.id)).cancel()


@pytest.mark.slow
async def test_discord_py_waits_out_the_rate_limit_of_edits(bot: StartBot) -> None:
    message = await (await bot()).council.text_channels[0].send("0")
    started = asyncio.get_running_loop().time()
    for number in range(6):
        await message.edit(content=str(number))
    assert asyncio.get_running_loop().time() - started > 4.5
    assert (await message.channel.fetch_message(message.id)).content == "5"


async def test_a_file_goes_up_and_comes_back_through_discord_py(bot: StartBot) -> None:
    channel = (await bot()).council.text_channels[0]
    picture = discord.File(io.BytesIO(b"\x89PNG"), filename="scrutin.png")
    message = await channel.send(
        file=picture, embed=discord.Embed(title="Scrutin").set_image(url="attachment://scrutin.png")
    )
    assert await message.attachments[0].read() == b"\x89PNG"
    assert message.embeds[0].image.url == message.attachments[0].url


async def test_components_v2_are_taken_as_they_come(bot: StartBot, member: StartMember) -> None:
    chair_bot, paul = await bot(), await member(PAUL)

    class Layout(discord.ui.LayoutView):
        text = discord.ui.TextDisplay[Any]("# Ordre du jour")
        row = discord.ui.ActionRow[Any]()

        @row.button(label="Lever", custom_id="up")
        async def up(self, interaction: discord.Interaction[Any], _: Any) -> None:
            await interaction.response.send_message("levée", ephemeral=True)

    posted = await chair_bot.council.text_channels[0].send(view=Layout(timeout=None))
    seen = await paul.see(lambda message: message.id == posted.id)
    assert seen.text == "# Ordre du jour"
    assert (await paul.press(posted.id, "up")).text == "levée"
