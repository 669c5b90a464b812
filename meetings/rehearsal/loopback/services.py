"""What every request handler may reach."""

from dataclasses import dataclass

from meetings.rehearsal.loopback.calls import Calls
from meetings.rehearsal.loopback.interactions import Interactions
from meetings.rehearsal.loopback.limits import Limiter
from meetings.rehearsal.loopback.objects_messages import Pages
from meetings.rehearsal.loopback.posting import Posting
from meetings.rehearsal.loopback.sessions import Hub
from meetings.rehearsal.loopback.world import World


@dataclass(frozen=True, slots=True)
class Services:
    """The parts of one loopback server."""

    world: World
    hub: Hub
    calls: Calls
    pages: Pages
    posting: Posting
    interactions: Interactions
    limiter: Limiter
    gateway_url: str
