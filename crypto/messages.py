"""Signed, versioned messages between services.

Not part of Belenios: this is how admin, kiosk and tally speak to each other. The
wire form is the JSON object ``{"payload": "<JSON text>", "signature": "<base64>"}``,
signed with Ed25519 over the exact bytes of the payload. Bytes are verified first and
parsed second. Time, keys and the memory of what was already seen come in as
arguments; this module keeps nothing.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Protocol, TypeVar

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from crypto.errors import EncodingError, ProofError

VERSION = 1
MAX_AGE = timedelta(minutes=5)  # services of one conference share one clock source
MAX_SEALED_BYTES = 64 * 1024 * 1024  # a whole board of 500 ballots is about 45 MB
_DOMAIN = b"phieukin message 1\n"  # what is signed here can mean nothing elsewhere
_PUBLIC_KEY_BYTES = 32
_SIGNATURE_BYTES = 64

_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
_AwareTime = Annotated[datetime, msgspec.Meta(tz=True)]
_T = TypeVar("_T")


class Signer(Protocol):
    """Whatever can sign for a service: a file, a smart card, a test key."""

    @property
    def key_id(self) -> str:
        """Name the key: `key_id_of` its public half."""
        ...

    def sign(self, payload: bytes) -> bytes:
        """Return the 64 bytes of an Ed25519 signature."""
        ...


@dataclass(frozen=True)
class VerifyKey:
    """The public signing key of one service, with the name of its owner."""

    owner: str
    public: bytes

    @property
    def key_id(self) -> str:
        """Name the key by its hash."""
        return key_id_of(self.public)

    def verify(self, payload: bytes, signature: bytes) -> None:
        """Return nothing if this key signed the payload.

        Raises:
            ProofError: it did not.
        """
        try:
            key = Ed25519PublicKey.from_public_bytes(self.public)
            key.verify(signature, payload)
        except (InvalidSignature, ValueError) as error:
            raise ProofError(
                f"message is not signed by {self.owner}", check="message.signature"
            ) from error


class _Sealed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    payload: str
    signature: str


class _Payload(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: int
    message_id: _Name
    kind: _Name
    sender: _Name
    recipient: _Name
    election: str
    issued_at: _AwareTime
    body: msgspec.Raw


class _Claim(msgspec.Struct, frozen=True):
    sender: _Name


@dataclass(frozen=True)
class Message:
    """A message whose signature, recipient and age were checked.

    Attributes:
        body: the exact JSON text that was signed.
        digest: hash of the signed text; two messages with one id must not differ.
        fresh: the receiver had never seen this id; if not, it is a repetition, to
            be answered as the first time and never to be acted on again.
    """

    message_id: str
    kind: str
    sender: str
    recipient: str
    election: str
    issued_at: datetime
    body: bytes
    digest: str
    fresh: bool


def key_id_of(public: bytes) -> str:
    """Name a public key by the first 16 hex digits of its SHA-256.

    Raises:
        EncodingError: these are not the bytes of an Ed25519 public key.
    """
    if len(public) != _PUBLIC_KEY_BYTES:
        raise EncodingError("an Ed25519 public key has 32 bytes")
    return hashlib.sha256(public).hexdigest()[:16]


def seal(
    signer: Signer,
    *,
    kind: str,
    sender: str,
    recipient: str,
    election: str,
    body: bytes | str,
    message_id: str,
    issued_at: datetime,
) -> bytes:
    """Write and sign a message; `body` is the text of a JSON object.

    Raises:
        EncodingError: the body is no JSON object, or the time has no zone.
    """
    if issued_at.tzinfo is None:
        raise EncodingError("the time of a message needs its zone")
    raw = body.encode() if isinstance(body, str) else body
    _check_object(raw)
    payload = msgspec.json.encode(
        _Payload(
            version=VERSION,
            message_id=message_id,
            kind=kind,
            sender=sender,
            recipient=recipient,
            election=election,
            issued_at=issued_at,
            body=msgspec.Raw(raw),
        )
    )
    signature = base64.b64encode(signer.sign(_DOMAIN + payload))
    return msgspec.json.encode(_Sealed(payload.decode(), signature.decode()))


def claimed_sender(sealed: bytes) -> str:
    """Say who claims to have sent this, only to choose the key to verify it with.

    Raises:
        EncodingError: this is not a sealed message.
    """
    return _decode(_open_envelope(sealed)[0], _Claim).sender


def open_sealed(
    sealed: bytes,
    key: VerifyKey,
    *,
    recipient: str,
    now: datetime,
    first_use: Callable[[str], bool],
) -> Message:
    """Verify a message, then read it.

    Args:
        sealed: the wire form.
        key: the key of the service that must have sent it.
        recipient: the name of the service that is reading.
        now: the reader's time, with its zone.
        first_use: tells whether a message id was never seen before. It is asked
            last, so that nothing unverified enters the receiver's memory.

    Raises:
        EncodingError: the bytes are no message of this version.
        ProofError: the signature, the sender, the recipient or the age is wrong.
    """
    payload, signature = _open_envelope(sealed)
    key.verify(_DOMAIN + payload, signature)
    content = _decode(payload, _Payload)
    _check_object(bytes(content.body))
    if content.version != VERSION:
        raise EncodingError(f"message version {content.version} is not known")
    if content.sender != key.owner:
        raise ProofError(
            f"{key.owner} signed in the name of {content.sender}",
            check="message.sender",
        )
    if content.recipient != recipient:
        raise ProofError(
            f"message is for {content.recipient}, not for {recipient}",
            check="message.recipient",
        )
    fresh = first_use(content.message_id)
    if fresh:
        _check_age(content.issued_at, now)
    return _message(content, payload, fresh=fresh)


def _message(content: _Payload, payload: bytes, *, fresh: bool) -> Message:
    return Message(
        message_id=content.message_id,
        kind=content.kind,
        sender=content.sender,
        recipient=content.recipient,
        election=content.election,
        issued_at=content.issued_at,
        body=bytes(content.body),
        digest=hashlib.sha256(payload).hexdigest(),
        fresh=fresh,
    )


def _open_envelope(sealed: bytes) -> tuple[bytes, bytes]:
    if len(sealed) > MAX_SEALED_BYTES:
        raise EncodingError("message is too long")
    envelope = _decode(sealed, _Sealed)
    try:
        signature = base64.b64decode(envelope.signature, validate=True)
    except (binascii.Error, ValueError) as error:
        raise EncodingError("signature of a message must be base64") from error
    if len(signature) != _SIGNATURE_BYTES:
        raise EncodingError("signature of a message has 64 bytes")
    return envelope.payload.encode(), signature


def _check_age(issued_at: datetime, now: datetime) -> None:
    if abs(now - issued_at) > MAX_AGE:
        raise ProofError(
            f"message was issued at {issued_at.isoformat()}, it is now"
            f" {now.isoformat()}",
            check="message.age",
        )


def _check_object(raw: bytes) -> None:
    _decode(raw, dict[str, msgspec.Raw])


def _decode(raw: bytes, kind: type[_T]) -> _T:
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise EncodingError(f"not a message: {error}") from error
