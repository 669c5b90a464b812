"""The loopback Discord alone, for any client library to be pointed at."""

import asyncio
import json
import signal
import sys

from meetings.rehearsal.casting import hall
from meetings.rehearsal.scenario import STORIES, load


def serve(port: int, lang: str) -> None:
    """Print one JSON line that says where everything is, then serve until interrupted. Raises PortInUse."""
    asyncio.run(_serve(port, lang))


def asked_to_end() -> asyncio.Event:
    """Set once this process is asked to end, by Ctrl-C or SIGTERM, which from now on do nothing else."""
    asked = asyncio.Event()
    for request in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(request, asked.set)
    return asked


async def _serve(port: int, lang: str) -> None:
    server = hall(load(STORIES[lang]), port=port)
    await server.start()
    asked = asked_to_end()
    sys.stdout.write(json.dumps(server.describe()) + "\n")
    sys.stdout.flush()
    try:
        await asked.wait()
    finally:
        await server.stop()
