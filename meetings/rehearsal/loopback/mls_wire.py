"""The presentation language of MLS (RFC 9420 section 2.1): big-endian integers and vectors of variable length."""


class MalformedMessage(ValueError):  # noqa: N818 - what it is, not that it is an error, is the news
    """A message that is not what its opcode promises; the text says which field is wrong."""


def integer(size: int, value: int) -> bytes:
    """A big-endian unsigned integer of `size` bytes."""
    return value.to_bytes(size)


def varint(value: int) -> bytes:
    """The minimal length header of RFC 9420 section 2.1.2; values below 2**30."""
    if value < 1 << 6:
        return integer(1, value)
    if value < 1 << 14:
        return integer(2, value | 1 << 14)
    if value < 1 << 30:
        return integer(4, value | 2 << 30)
    raise ValueError(f"{value} does not fit a vector's length header")


def vector(content: bytes) -> bytes:
    """`content` behind its length."""
    return varint(len(content)) + content


class Reader:
    """Takes fields off the front of a message; every method raises `MalformedMessage` when there are too few bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def left(self) -> int:
        """Bytes not read yet."""
        return len(self._data) - self._at

    def take(self, size: int) -> bytes:
        """The next `size` bytes."""
        if size > self.left:
            raise MalformedMessage(f"{size} bytes wanted, {self.left} left")
        self._at += size
        return self._data[self._at - size : self._at]

    def integer(self, size: int) -> int:
        """The next big-endian unsigned integer of `size` bytes."""
        return int.from_bytes(self.take(size))

    def varint(self) -> int:
        """The next length header; longer than minimal is malformed, as RFC 9420 demands."""
        first = self.integer(1)
        prefix, value = first >> 6, first & 0x3F
        if prefix == 3:
            raise MalformedMessage("length header with prefix 3")
        value = value << 8 * ((1 << prefix) - 1) | self.integer((1 << prefix) - 1)
        if len(varint(value)) != 1 << prefix:
            raise MalformedMessage(f"length header of {value} is not minimal")
        return value

    def vector(self) -> bytes:
        """The next vector's content."""
        return self.take(self.varint())

    def expect(self, size: int, value: int, name: str) -> None:
        """The next integer must be `value`."""
        if (found := self.integer(size)) != value:
            raise MalformedMessage(f"{name} {found}, not {value}")

    def end(self, name: str) -> None:
        """Nothing may be left."""
        if self.left:
            raise MalformedMessage(f"{self.left} bytes after the {name}")
