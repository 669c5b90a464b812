"""`hemicycle rehearse`: a council meeting on this machine, from its calendar to its minutes."""

import asyncio
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING

from meetings.i18n import translator
from meetings.rehearsal.order import Order, make_room, prepare
from transcribe.fetch import fetch

if TYPE_CHECKING:
    from meetings.rehearsal.rehearsal import Rehearsal
    from meetings.rehearsal.summary import Summary

__all__ = ["Order", "perform"]


def perform(order: Order, show: "Callable[[Summary], None]" = lambda _: None) -> "Summary":
    """Rehearse a meeting, and `show` its figures.

    Raises CalendarError, ScenarioError, TooFewItemsError, ModelUnknown, ModelUnavailable or OSError before it begins;
    BotFailedError and StuckError while it runs, when what was recorded is kept; KeyboardInterrupt when asked to end.
    """
    scenario, calendar = prepare(order)
    order.out.mkdir(parents=True, exist_ok=True)

    # Only now: they load a whole Discord, and a refusal should come at once.
    from meetings.rehearsal.rehearsal import Rehearsal
    from meetings.rehearsal.view import View

    with View(translator(scenario.lang), quiet=order.quiet) as view:
        view.tell("model", name=order.model)
        fetch(order.model)
        make_room(order.out)
        try:
            return asyncio.run(_perform(Rehearsal(order, scenario, calendar, view), show))
        except asyncio.CancelledError:
            raise KeyboardInterrupt from None


async def _perform(rehearsal: "Rehearsal", show: "Callable[[Summary], None]") -> "Summary":
    """Rehearse; SIGTERM ends it as Ctrl-C does, so that no bot is left behind."""
    if this := asyncio.current_task():
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, this.cancel)
    return await rehearsal.run(show)
