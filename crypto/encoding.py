"""Bytes and what they mean (spec: Conventions, Basic types).

JSON is compact, its fields stand in the specification's order, its text is raw
UTF-8. What we read as protocol data must be exactly the bytes that we would
write: that one rule refuses duplicate, unknown, reordered, re-spelled and
re-spaced fields at every depth. A file written by others before an election
(the election itself, trustees, credentials) is hashed as it is and never
re-serialised, so there order and spacing are free.
"""

import base64
import hashlib
import json
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import msgspec

from crypto import group
from crypto.errors import EncodingError
from crypto.group import Point, Scalar

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

T = TypeVar("T")


class Record(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True
):
    """What every structure of the protocol is: immutable and exactly its fields.

    A field typed Point or Scalar reads and writes itself and is valid once read.
    Only optional fields have a default, and are left out when they are absent.
    """


def sha256_hex(data: bytes) -> str:
    """Name data by its SHA-256, as archives and events do."""
    return hashlib.sha256(data).hexdigest()


def fingerprint(data: bytes) -> str:
    """Name an election or a ballot: SHA-256 in base64 without padding."""
    digest = hashlib.sha256(data).digest()
    return base64.b64encode(digest).decode().rstrip("=")


def _write_leaf(value: object) -> str:
    if isinstance(value, Point):
        return group.encode_point(value)
    if isinstance(value, Scalar):
        return group.encode_scalar(value)
    raise TypeError(type(value).__name__)


_encoder = msgspec.json.Encoder(enc_hook=_write_leaf)


def to_bytes(value: object) -> bytes:
    """Write a structure as compact JSON: the bytes that are stored and hashed.

    Raises:
        EncodingError: a text inside is not Unicode.
    """
    try:
        return _encoder.encode(value)
    except UnicodeEncodeError as error:
        raise EncodingError("a text is not Unicode") from error


def to_json(value: object) -> str:
    """Write a structure as compact JSON text, to embed or to hash with a prefix."""
    return to_bytes(value).decode()


def _read_leaf(
    decode_point: Callable[[str], Point], kind: type, value: object
) -> object:
    if not isinstance(value, str):
        raise EncodingError(f"expected a string, got {type(value).__name__}")
    if kind is Scalar:
        return group.decode_scalar(value)
    return decode_point(value)


_strict_leaf = partial(_read_leaf, group.decode_point)


def read(data: bytes | str, kind: type[T], *, identity: bool = False) -> T:
    """Read protocol data that must be exactly what we would write.

    Args:
        data: compact JSON.
        kind: the structure, usually a Record.
        identity: whether its points may be the identity (an encrypted tally of
            no ballots and its decryption).

    Raises:
        EncodingError: not this structure, or not its canonical bytes.
        GroupError: a point or an exponent inside is not valid.
    """
    decode_point = group.decode_point_or_identity if identity else group.decode_point
    return read_with(data, kind, decode_point)


def read_with(
    data: bytes | str, kind: type[T], decode_point: Callable[[str], Point]
) -> T:
    """Read as ``read`` does, with the caller's own way to read a point."""
    leaf = partial(_read_leaf, decode_point)
    raw = data.encode() if isinstance(data, str) else data
    value = _translated(lambda: msgspec.json.decode(raw, type=kind, dec_hook=leaf))
    if to_bytes(value) != raw:
        raise EncodingError("not the canonical serialisation of its contents")
    return value


def read_foreign(data: bytes | str, kind: type[T]) -> T:
    """Read a file that others may have laid out: free order and spacing.

    Unknown, missing and duplicate fields are refused all the same.

    Raises:
        EncodingError: not this structure.
        GroupError: a point or an exponent inside is not valid.
    """
    return shape(parse_foreign(data), kind)


def shape(tree: object, kind: type[T]) -> T:
    """Read a structure from parsed JSON, as ``read_foreign`` does."""
    return _translated(lambda: msgspec.convert(tree, kind, dec_hook=_strict_leaf))


def parse_foreign(data: bytes | str) -> Any:  # noqa: ANN401 (any JSON value)
    """Parse JSON of free order and spacing, without duplicate fields.

    Raises:
        EncodingError: not JSON of Unicode texts, or a field occurs twice.
    """
    try:
        text = data.decode() if isinstance(data, bytes) else data
        tree = json.loads(
            text, object_pairs_hook=_distinct, parse_constant=_no_constant
        )
        if "\\u" in text:  # an escape can spell half of a surrogate pair
            json.dumps(tree, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise EncodingError("not JSON") from error
    return tree


def _distinct(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise EncodingError("a field occurs twice")
    return fields


def _no_constant(name: str) -> object:
    raise EncodingError(f"{name} is not JSON")


def _translated(decode: Callable[[], T]) -> T:
    """Let only our own errors out of msgspec."""
    try:
        return decode()
    except msgspec.ValidationError as error:
        raise EncodingError(str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise EncodingError("not JSON") from error
