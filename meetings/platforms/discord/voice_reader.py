"""Reads the voice socket in a thread.

discord.py 2.7.1's reader sleeps up to 30 s on a socket that has been closed and replaced, takes one datagram a wake,
and uses `select`, which refuses descriptors from 1024 on.
"""

import logging
import selectors
import socket
from collections.abc import Callable
from typing import Any

from discord.voice_state import SocketReader, VoiceConnectionState

_log = logging.getLogger(__name__)

_DATAGRAM = 2048  # bytes, beyond any that Discord sends
_BREATH_S = 0.05
_BATCH = 512  # datagrams between two looks at the socket


class WakeableReader(SocketReader):
    """Reads the voice socket in a thread, drains it at each wake, and notices at once when it is replaced."""

    def __init__(self, state: VoiceConnectionState) -> None:
        super().__init__(state)
        self._woken, self._waker = socket.socketpair()
        self._woken.setblocking(False)
        self._waker.setblocking(False)

    def pause(self) -> None:
        """Stop reading until `resume`."""
        super().pause()
        self._wake()

    def resume(self, *, force: bool = False) -> None:
        """Read on, from the connection's present socket."""
        super().resume(force=force)
        self._wake()

    def stop(self) -> None:
        """End the thread."""
        super().stop()
        self._wake()

    def _wake(self) -> None:
        try:
            self._waker.send(b"!")
        except BlockingIOError:
            pass  # it is awake, or about to be
        except OSError:
            _log.debug("The voice socket's reader has ended")

    def _do_run(self) -> None:
        while not self._end.is_set():
            try:
                self._read()
            except Exception:  # a socket replaced at the wrong instant must not end the recording
                _log.exception("Reading the voice socket failed; going on")
                self._end.wait(_BREATH_S)
        self._woken.close()
        self._waker.close()

    def _read(self) -> None:
        watched: socket.socket | None = None
        with selectors.DefaultSelector() as selector:
            selector.register(self._woken, selectors.EVENT_READ)
            while not self._end.is_set():
                if not self._running.is_set():
                    self._running.wait()
                    continue
                watched = self._watch(selector, watched)
                for key, _ in selector.select(timeout=1.0):
                    self._drain(key.fileobj)  # type: ignore[arg-type]  # only sockets were registered

    def _watch(self, selector: selectors.BaseSelector, watched: socket.socket | None) -> socket.socket | None:
        current = self.state.socket or None
        if watched is not None and (watched is not current or watched.fileno() < 0):
            selector.unregister(watched)
            watched = None
        if watched is None and current is not None and current.fileno() >= 0:
            selector.register(current, selectors.EVENT_READ)
            watched = current
        return watched

    def _drain(self, readable: socket.socket) -> None:
        for _ in range(_BATCH):
            try:
                data = readable.recv(_DATAGRAM)
            except OSError:  # drained, or closed under our hands
                return
            if readable is self._woken:
                continue
            for callback in tuple(self._callbacks):
                self._call(callback, data)

    def _call(self, callback: Callable[[bytes], Any], data: bytes) -> None:
        try:
            callback(data)
        except Exception:  # one listener's fault must not deafen the others
            _log.exception("A listener of the voice socket failed")


def end(reader: SocketReader) -> None:
    """End a reader's thread for certain: its first act is to forget an earlier call to `stop`."""
    while reader.is_alive():
        reader.stop()
        reader.join(0.01)
