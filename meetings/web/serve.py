"""Serving the pages, in the bot's process or alone."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette


class _Server(uvicorn.Server):
    """uvicorn in a house that hears the signals itself."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to the house."""
        yield


def bind(host: str, port: int) -> socket.socket:
    """The place where the pages will be; port 0 takes a free one. Raises OSError, the address in its filename."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        raise OSError(error.errno, error.strerror, f"{host}:{port}") from error
    return bound


async def serve(app: Starlette, bound: socket.socket) -> None:
    """Serve until cancelled; who is being answered then has a second."""
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=1, timeout_keep_alive=30
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[bound]), name="pages")
    try:
        await asyncio.shield(serving)
    finally:
        app.state.broadcast.close()
        app.state.desk.close()
        server.should_exit = True
        await asyncio.wait({serving})
