"""The MLS codec: whatever is written reads back, whatever is not canonical is refused in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.rehearsal.loopback import mls
from meetings.rehearsal.loopback.mls import Commit, KeyPackage, LeafNode, Welcome
from meetings.rehearsal.loopback.mls_wire import MalformedMessage, Reader, varint, vector

opaque = st.binary(max_size=80)
user_ids = st.integers(0, 2**64 - 1)
numbers = st.integers(0, 2**64 - 1)


@st.composite
def leaves(draw: st.DrawFn) -> LeafNode:
    source = draw(st.sampled_from([mls.FROM_KEY_PACKAGE, mls.FROM_UPDATE, mls.FROM_COMMIT]))
    return LeafNode(
        encryption_key=draw(opaque),
        signature_key=draw(opaque),
        identity=draw(user_ids).to_bytes(8),
        capabilities=draw(st.tuples(opaque, opaque, opaque, opaque, opaque)),
        source=source,
        lifetime=draw(st.tuples(numbers, numbers)) if source == mls.FROM_KEY_PACKAGE else None,
        parent_hash=draw(opaque) if source == mls.FROM_COMMIT else None,
        extensions=draw(opaque),
        signature=draw(opaque),
    )


key_packages = st.builds(KeyPackage, init_key=opaque, leaf=leaves(), extensions=opaque, signature=opaque)
welcomes = st.builds(
    Welcome, secrets=st.lists(st.tuples(opaque, opaque, opaque), max_size=5).map(tuple), group_info=opaque
)
commits = st.builds(
    Commit,
    group_id=opaque,
    epoch=numbers,
    sender_leaf=st.integers(0, 2**32 - 1),
    authenticated_data=opaque,
    references=st.lists(opaque, max_size=5).map(tuple),
    path=st.none() | st.tuples(leaves(), opaque),
    signature=opaque,
    confirmation_tag=opaque,
    membership_tag=opaque,
)


@given(st.integers(0, 2**30 - 1))
def test_length_headers_read_back(value: int):
    reader = Reader(varint(value))
    assert (reader.varint(), reader.left) == (value, 0)


@pytest.mark.parametrize(("value", "encoded"), [(37, "25"), (15293, "7bbd"), (494878333, "9d7f3e7d")])
def test_length_headers_of_the_rfc(value: int, encoded: str):
    assert varint(value).hex() == encoded


@pytest.mark.parametrize("encoded", ["4025", "80000025", "80003fff", "c0", "7b", ""])
def test_length_headers_that_are_not_minimal_or_cut_are_refused(encoded: str):
    with pytest.raises(MalformedMessage):
        Reader(bytes.fromhex(encoded)).varint()


@given(st.binary(max_size=20_000))
def test_vectors_read_back(content: bytes):
    assert Reader(vector(content)).vector() == content


@given(key_packages)
def test_key_packages_read_back_bare_and_wrapped(package: KeyPackage):
    assert KeyPackage.decode(package.encode()) == package
    assert KeyPackage.decode(b"\0\1\0\5" + package.encode()) == package


@given(commits, st.none() | welcomes)
def test_commits_and_welcomes_read_back(commit: Commit, welcome: Welcome | None):
    encoded = commit.encode() + (welcome.encode() if welcome else b"")
    assert mls.decode_commit_welcome(encoded) == (commit, welcome)


@given(welcomes)
def test_a_reduced_welcome_holds_one_members_secrets(welcome: Welcome):
    for reference, _, _ in welcome.secrets:
        reduced = welcome.reduced_to(reference)
        assert reduced is not None
        assert {secret[0] for secret in reduced.secrets} == {reference}
        assert reduced.group_info == welcome.group_info
    assert welcome.reduced_to(b"of nobody" * 10) is None


@given(commits, st.integers(0, 200))
def test_a_cut_commit_is_refused(commit: Commit, cut: int):
    encoded = commit.encode()
    with pytest.raises(MalformedMessage):
        mls.decode_commit_welcome(encoded[: cut % len(encoded)])


@given(st.binary(max_size=300))
def test_noise_is_refused_in_words(noise: bytes):
    for decode in (KeyPackage.decode, mls.decode_commit_welcome):
        with pytest.raises(MalformedMessage, match=r"\w"):
            decode(noise)


@given(key_packages, st.binary(min_size=1, max_size=8))
def test_trailing_bytes_are_refused(package: KeyPackage, rest: bytes):
    with pytest.raises(MalformedMessage, match="after the key package"):
        KeyPackage.decode(package.encode() + rest)


def test_an_inline_proposal_is_refused():
    commit = Commit(b"g", 1, 0, b"", (), None, b"", b"", b"")
    inline = commit.encode().replace(b"\x00\x03\x00", b"\x00\x03\x04\x01\x00\x03\x00", 1)
    with pytest.raises(MalformedMessage, match="proposal or reference 1"):
        mls.decode_commit_welcome(inline)
