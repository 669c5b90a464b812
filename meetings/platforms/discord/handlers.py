"""Who handles a press, by the name in its custom_id. A name stays for ever: old messages still carry it."""

from types import MappingProxyType

from meetings.platforms.discord import commands_proxies, hands, panel, voting_booth

HANDLERS = MappingProxyType(
    {
        hands.HAND: hands.pressed,
        "panel": panel.pressed,
        "motion": panel.motion_sent,
        "proxy": commands_proxies.pressed,
        "vote": voting_booth.cast,
    }
)
