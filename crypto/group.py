"""The group Ed25519, written multiplicatively (spec: Groups, Ed25519).

Points are libsodium's 32 bytes; Belenios writes the same bytes reversed. The
exponent zero and the identity, which libsodium refuses, are handled here and
nowhere else. No curve arithmetic of our own.
"""

import secrets
from collections.abc import Iterable
from functools import reduce

from nacl import bindings
from nacl.exceptions import CryptoError

from crypto.errors import GroupError

ORDER = 2**252 + 27742317777372353535851937790883648493
_HEX = frozenset("0123456789abcdef")
_POINT_DIGITS = 64
_SCALAR_DIGITS = len(str(ORDER))


class Point(bytes):
    """An element of the prime-order subgroup, in libsodium's byte order."""

    __slots__ = ()


class Scalar(int):
    """An exponent, at least 0 and below the order of the group."""

    __slots__ = ()


IDENTITY = Point((1).to_bytes(32, "little"))


def decode_point(text: str) -> Point:
    """Read a group element other than the identity, safe to compute with.

    Raises:
        GroupError: not canonical, not in the subgroup, or the identity.
    """
    return check_point(decode_candidate(text))


def decode_point_or_identity(text: str) -> Point:
    """Read a group element where the protocol can produce the identity.

    Only the tally of no ballots, and what is computed from it, can.
    """
    candidate = decode_candidate(text)
    return IDENTITY if candidate == IDENTITY else check_point(candidate)


def decode_candidate(text: str) -> bytes:
    """Read the canonical text of a point that still has to be checked."""
    if len(text) != _POINT_DIGITS or not _HEX.issuperset(text):
        raise GroupError("a group element is 64 lower-case hexadecimal digits")
    return bytes.fromhex(text)[::-1]


def check_point(candidate: bytes) -> Point:
    """Return the candidate as a Point if it lies in the subgroup.

    Raises:
        GroupError: it does not, or it is the identity.
    """
    if not bindings.crypto_core_ed25519_is_valid_point(candidate):
        raise GroupError("not an element of the prime-order subgroup")
    return Point(candidate)


def encode_point(point: Point) -> str:
    """Write a group element the way Belenios does: big-endian hexadecimal."""
    return point[::-1].hex()


def decode_scalar(text: str) -> Scalar:
    """Read an exponent in canonical decimal.

    Raises:
        GroupError: a sign, a leading zero, another digit, or too large.
    """
    if not (text.isascii() and text.isdecimal()) or len(text) > _SCALAR_DIGITS:
        raise GroupError("an exponent is a decimal number")
    value = int(text)
    if value >= ORDER or (text[0] == "0" and text != "0"):
        raise GroupError("an exponent is below the order, without leading zeros")
    return Scalar(value)


def encode_scalar(value: int) -> str:
    """Write an exponent in decimal, reduced by the order."""
    return str(int(value) % ORDER)


def random_scalar() -> Scalar:
    """Draw a secret exponent, uniform and never zero."""
    return Scalar(1 + secrets.randbelow(ORDER - 1))


def power_of_generator(exponent: int) -> Point:
    """Compute g to the exponent; several times faster than ``power``."""
    reduced = exponent % ORDER
    if reduced == 0:
        return IDENTITY
    raw = bindings.crypto_scalarmult_ed25519_base_noclamp(
        reduced.to_bytes(32, "little")
    )
    return Point(raw)


GENERATOR = power_of_generator(1)


def power(base: Point, exponent: int) -> Point:
    """Raise a group element to an exponent.

    Raises:
        GroupError: the base is not in the subgroup. libsodium looks at it
            whenever it computes: a Point never fails.
    """
    reduced = exponent % ORDER
    if reduced == 0 or base == IDENTITY:
        return IDENTITY
    try:
        raw = bindings.crypto_scalarmult_ed25519_noclamp(
            reduced.to_bytes(32, "little"), base
        )
    except CryptoError as error:
        raise GroupError("not an element of the prime-order subgroup") from error
    return Point(raw)


def multiply(left: Point, right: Point) -> Point:
    """Compute left · right.

    Raises:
        GroupError: one of them is not on the curve; a Point always is.
    """
    try:
        return Point(bindings.crypto_core_ed25519_add(left, right))
    except CryptoError as error:
        raise GroupError("not a point of the curve") from error


def divide(left: Point, right: Point) -> Point:
    """Compute left / right.

    Raises:
        GroupError: one of them is not on the curve; a Point always is.
    """
    try:
        return Point(bindings.crypto_core_ed25519_sub(left, right))
    except CryptoError as error:
        raise GroupError("not a point of the curve") from error


def product(points: Iterable[Point]) -> Point:
    """Multiply any number of group elements; of none, the identity."""
    return reduce(multiply, points, IDENTITY)
