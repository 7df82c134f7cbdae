"""Ballot cards and the public list of them (spec: Credentials).

A private credential is what is printed on a card. Only its public half is ever
stored, and the list is sorted so that its order says nothing.
"""

import re
import secrets
from collections.abc import Iterable
from hashlib import sha256

from crypto import encoding, group
from crypto.encoding import BASE58
from crypto.errors import EncodingError, checking
from crypto.group import ORDER, Point, Scalar

_GROUPS = (5, 6, 5, 6)  # XXXXX-XXXXXX-XXXXX-XXXXXX
_CREDENTIAL = re.compile("-".join(f"[{BASE58}]{{{size}}}" for size in _GROUPS))
_WEIGHT = re.compile("[1-9][0-9]{0,8}")  # their sum stays a small logarithm


def new_credential() -> str:
    """Draw the secret of one card: 22 base58 characters, 128 bits."""
    return "-".join(
        "".join(secrets.choice(BASE58) for _ in range(size)) for size in _GROUPS
    )


def check_credential(text: str) -> None:
    """Refuse what is not written as a private credential.

    Raises:
        EncodingError: another shape or alphabet; the text is not repeated.
    """
    if not _CREDENTIAL.fullmatch(text):
        raise EncodingError("not a private credential", check="credential.format")


def secret_exponent(uuid: str, credential: str) -> Scalar:
    """Derive the signing exponent of a card in one election.

    Raises:
        EncodingError: not a private credential.
    """
    check_credential(credential)
    digests = "".join(
        sha256(f"derive_credential|{uuid}|{index}|{credential}".encode()).hexdigest()
        for index in (0, 1)
    )
    return Scalar(int(digests, 16) % ORDER)


def public_credential(uuid: str, credential: str) -> Point:
    """Derive what the public list says of a card."""
    return group.power_of_generator(secret_exponent(uuid, credential))


def public_credentials_json(points: Iterable[Point]) -> bytes:
    """Write the public list, sorted by libsodium's bytes as Belenios does."""
    return encoding.to_bytes(sorted(points))


def read_public_credentials(data: bytes) -> dict[Point, int]:
    """Read the public list: each credential and how often its ballot counts.

    Raises:
        EncodingError: not such a list, or a credential occurs twice.
        GroupError: an entry is not a group element.
    """
    with checking("setup.credentials"):
        entries = encoding.read_foreign(data, tuple[str, ...])
        weights = dict(_read_entry(entry) for entry in entries)
        if len(weights) != len(entries):
            raise EncodingError("a public credential occurs twice")
    return weights


def _read_entry(entry: str) -> tuple[Point, int]:
    text, comma, weight = entry.partition(",")
    if comma and not _WEIGHT.fullmatch(weight):
        raise EncodingError("the weight of a credential is a positive number")
    return group.decode_point(text), int(weight or 1)
