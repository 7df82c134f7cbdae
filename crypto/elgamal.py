"""ElGamal with the message in the exponent (spec: Encrypted answers).

The product of two ciphertexts encrypts the sum of their messages.
"""

from collections.abc import Iterable

from crypto import group
from crypto.encoding import Record
from crypto.group import IDENTITY, Point


class Ciphertext(Record, frozen=True):
    """The pair (g^r, y^r · g^m)."""

    alpha: Point
    beta: Point


NOTHING = Ciphertext(IDENTITY, IDENTITY)  # what no ballots add up to


def encrypt(public_key: Point, message: int, randomness: int) -> Ciphertext:
    """Encrypt a small number; the randomness must be fresh and stay secret."""
    masked = group.power(public_key, randomness)
    return Ciphertext(
        group.power_of_generator(randomness),
        group.multiply(masked, group.power_of_generator(message)),
    )


def multiply(left: Ciphertext, right: Ciphertext) -> Ciphertext:
    """Encrypt the sum of two messages without knowing them."""
    return Ciphertext(
        group.multiply(left.alpha, right.alpha), group.multiply(left.beta, right.beta)
    )


def product(ciphertexts: Iterable[Ciphertext]) -> Ciphertext:
    """Encrypt the sum of any number of messages."""
    total = NOTHING
    for ciphertext in ciphertexts:
        total = multiply(total, ciphertext)
    return total


def power(ciphertext: Ciphertext, weight: int) -> Ciphertext:
    """Encrypt the message counted ``weight`` times."""
    if weight == 1:
        return ciphertext
    return Ciphertext(
        group.power(ciphertext.alpha, weight), group.power(ciphertext.beta, weight)
    )
