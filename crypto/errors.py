"""Everything crypto/ may raise.

ProtocolError
├── EncodingError   bytes are not what the specification describes
├── GroupError      a string does not denote a group element or exponent
├── ProofError      a zero-knowledge proof or signature does not verify
└── BoardError      an event does not extend the board

Anything else that escapes crypto/ is a bug in crypto/.
"""

from collections.abc import Iterator
from contextlib import contextmanager


class ProtocolError(Exception):
    """Something does not follow the protocol.

    Attributes:
        check: the short, stable name of the check that failed, such as
            ``ballot.signature``; empty while no procedure has named it.
    """

    def __init__(self, message: str, *, check: str = "") -> None:
        super().__init__(message)
        self.check = check


class EncodingError(ProtocolError):
    """Bytes are not what the specification describes."""


class GroupError(ProtocolError):
    """A string does not denote a group element or an exponent."""


class ProofError(ProtocolError):
    """A zero-knowledge proof or a signature does not verify."""


class BoardError(ProtocolError):
    """An event does not extend the board."""


@contextmanager
def checking(name: str) -> Iterator[None]:
    """Give a failure inside the block this check's name, unless it has one."""
    try:
        yield
    except ProtocolError as error:
        error.check = error.check or name
        raise
