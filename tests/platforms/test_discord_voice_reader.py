"""The voice socket's reader, on real UDP sockets: replaced, numbered beyond `select`, and in a burst."""

import os
import resource
import socket
import threading
import time
from contextlib import ExitStack
from types import SimpleNamespace

import pytest

from meetings.platforms.discord.voice_reader import WakeableReader
from meetings.platforms.discord.voice_state import RECEIVE_BUFFER


def udp() -> socket.socket:
    """As discord.py's own: not blocking."""
    ours = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    ours.setblocking(False)
    ours.bind(("127.0.0.1", 0))
    return ours


class Ear:
    """A reader and what it heard."""

    def __init__(self) -> None:
        self.state = SimpleNamespace(socket=udp())
        self.heard: list[bytes] = []
        self.news = threading.Event()
        self.reader = WakeableReader(self.state)
        self.reader.start()
        while self.reader._idle_paused or self.reader._running.is_set():
            time.sleep(0.001)  # the thread pauses itself first
        self.reader.register(self.hear)
        self.reader.resume()

    def hear(self, data: bytes) -> None:
        self.heard.append(data)
        self.news.set()

    def send(self, data: bytes) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.sendto(data, self.state.socket.getsockname())

    def has_heard(self, data: bytes, seconds: float = 5.0) -> bool:
        deadline = time.monotonic() + seconds
        while data not in self.heard and self.news.wait(max(0, deadline - time.monotonic())):
            self.news.clear()
        return data in self.heard


@pytest.fixture
def ear():
    ear = Ear()
    yield ear
    ear.reader.stop()
    ear.reader.join(5)
    ear.state.socket.close()
    assert not ear.reader.is_alive()


def test_a_replaced_socket_is_read_at_once(ear):
    for round_ in range(3):
        ear.send(b"before %d" % round_)
        assert ear.has_heard(b"before %d" % round_)
        ear.reader.pause()
        ear.state.socket.close()
        ear.state.socket = udp()
        ear.reader.resume()
        ear.send(b"after %d" % round_)
        assert ear.has_heard(b"after %d" % round_, 0.5)


def test_a_socket_closed_under_its_hands_ends_nothing(ear):
    ear.state.socket.close()
    ear.state.socket = udp()
    ear.send(b"again")
    assert ear.has_heard(b"again")


def test_a_listener_that_fails_deafens_no_other(ear):
    def broken(data: bytes) -> None:
        raise ValueError(data)

    ear.reader._callbacks.insert(0, broken)
    ear.send(b"still")
    assert ear.has_heard(b"still")


def test_no_fault_of_a_socket_ends_the_reading(ear):
    class Broken:
        def fileno(self) -> int:
            raise RuntimeError("replaced at the wrong instant")

    sound, ear.state.socket = ear.state.socket, Broken()
    ear.reader._wake()
    time.sleep(0.02)
    ear.state.socket = sound
    ear.send(b"still here")
    assert ear.has_heard(b"still here")
    assert ear.reader.is_alive()


def test_descriptors_beyond_those_select_knows_are_read():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < 1200:
        pytest.skip("this machine grants too few descriptors")
    with ExitStack() as opened:
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 1200), hard))
        opened.callback(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        while (number := os.open(os.devnull, os.O_RDONLY)) < 1030:
            opened.callback(os.close, number)
        opened.callback(os.close, number)
        ear = Ear()
        assert ear.state.socket.fileno() >= 1024
        ear.send(b"far out")
        assert ear.has_heard(b"far out")
        ear.reader.stop()
        ear.reader.join(5)
        ear.state.socket.close()


def test_two_hundred_speakers_in_one_millisecond_lose_nothing(ear):
    ear.state.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.connect(ear.state.socket.getsockname())
        for _ in range(5):
            for speaker in range(200):
                sender.send(bytes([speaker]) * 200)
            time.sleep(0.02)
    ear.send(b"end")
    assert ear.has_heard(b"end")
    assert len(ear.heard) == 1001
