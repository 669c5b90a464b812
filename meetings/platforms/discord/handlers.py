"""Who handles a press, by the name in its custom_id. A name stays for ever: old messages still carry it."""

from types import MappingProxyType

from meetings.platforms.discord import (
    buttons_calendar,
    commands_personal,
    commands_proxies,
    convocation,
    hands,
    panel,
    presses,
    votes_told,
    voting_booth,
)

HANDLERS = MappingProxyType(
    {
        hands.HAND: hands.pressed,
        "panel": panel.pressed,
        "motion": panel.motion_sent,
        "annul": panel.reason_sent,
        "reconvene": panel.moment_sent,
        "proxy": commands_proxies.pressed,
        "erase": commands_personal.erase_pressed,
        "holder": convocation.holder_chosen,
        "missing": buttons_calendar.missing_settled,
        "item": buttons_calendar.proposal_settled,
        "vote": voting_booth.cast,
        "booth": voting_booth.enter,
        presses.MENU: voting_booth.pick,
        "object": voting_booth.ask_words,
        "objected": voting_booth.objected,
        "mine": votes_told.mine,
        "slips": votes_told.slips,
    }
)
