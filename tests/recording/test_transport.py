"""The two transport modes, against each other's misuse and the loopback's own implementation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.recording.transport import MODES, transport
from meetings.rehearsal.loopback.transport import Cipher

KEY = bytes(range(32))


def test_aes_is_preferred():
    assert list(MODES) == ["aead_aes256_gcm_rtpsize", "aead_xchacha20_poly1305_rtpsize"]


def test_an_unknown_mode_is_refused():
    with pytest.raises(KeyError):
        transport("xsalsa20_poly1305", KEY)


@pytest.mark.parametrize("mode", MODES)
def test_it_opens_what_the_server_seals_and_seals_what_the_server_opens(mode):
    ours, theirs = transport(mode, KEY), Cipher(mode, KEY)
    header = bytes(16)
    assert ours.open(16, theirs.seal(header, b"frame")) == b"frame"
    assert theirs.open(ours.seal(header, b"frame", 0xFFFFFFFE), 16) == b"frame"


@pytest.mark.parametrize("mode", MODES)
@given(data=st.data())
def test_one_changed_bit_anywhere_is_refused(mode, data):
    sealed = bytearray(transport(mode, KEY).seal(bytes(12), b"a frame of voice", 1))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    assert transport(mode, KEY).open(12, bytes(sealed)) is None


@pytest.mark.parametrize("mode", MODES)
@given(wire=st.binary(max_size=200))
def test_hostile_bytes_never_raise(mode, wire):
    assert transport(mode, KEY).open(min(12, len(wire)), wire) is None
