"""How trustees speak to each other (spec: Public key infrastructure, Channels).

Each trustee derives a signing and a decryption key from one secret seed. A message
is signed, then encrypted to its recipient with an ElGamal-like scheme and AES-CCM.
The specification leaves two numbers open, found by decrypting belenios-tool's
messages: the nonce is the first 13 bytes of the SHA-256 that it calls the
initialization vector, and the tag has 8 bytes.
"""

import hashlib
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESCCM

from crypto import transcript
from crypto.encoding import BASE58, Record, read, to_json
from crypto.errors import EncodingError, ProofError
from crypto.group import (
    ORDER,
    Point,
    Scalar,
    divide,
    encode_point,
    multiply,
    power,
    power_of_generator,
    random_scalar,
)
from crypto.proofs import Draw, Proof, check_schnorr, make_schnorr

SEED_LENGTH = 22
_NONCE_BYTES = 13
_TAG_BYTES = 8
_MAX_PLAINTEXT = 2**16 - 1  # what CCM can count with a nonce of 13 bytes


@dataclass(frozen=True)
class TrusteeKeys:
    """The four keys of one trustee in a key ceremony."""

    signing: Scalar
    decryption: Scalar
    verification: Point
    encryption: Point


class SignedMessage(Record, frozen=True):
    """A text with a Schnorr signature."""

    message: str
    signature: Proof


class EncryptedMessage(Record, frozen=True):
    """A text that only the owner of one decryption key can read."""

    alpha: Point
    beta: Point
    data: str


class ChannelMessage(Record, frozen=True):
    """What is signed: the text together with whom it is for."""

    recipient: Point
    message: str


def new_seed() -> str:
    """Draw the only secret of a trustee: 22 base58 characters."""
    return "".join(secrets.choice(BASE58) for _ in range(SEED_LENGTH))


def keys_of_seed(seed: str) -> TrusteeKeys:
    """Derive the keys of a trustee (paragraph Deriving keys).

    Raises:
        EncodingError: this is not a seed.
    """
    if len(seed) != SEED_LENGTH or not set(seed) <= set(BASE58):
        raise EncodingError("a seed has 22 base58 characters")
    signing, decryption = _hash_scalar(f"sk|{seed}"), _hash_scalar(f"dk|{seed}")
    return TrusteeKeys(
        signing=signing,
        decryption=decryption,
        verification=power_of_generator(signing),
        encryption=power_of_generator(decryption),
    )


def sign(key: Scalar, text: str, draw: Draw = random_scalar) -> Proof:
    """Sign a text (paragraph Signing)."""
    return make_schnorr(key, lambda point: transcript.message(text, point), draw)


def check_signature(key: Point, text: str, signature: Proof) -> None:
    """Return nothing if the owner of `key` signed the text.

    Raises:
        ProofError: they did not.
    """
    check_schnorr(key, signature, lambda point: transcript.message(text, point))


def sign_message(key: Scalar, text: str, draw: Draw = random_scalar) -> SignedMessage:
    """Bundle a text with its signature."""
    return SignedMessage(text, sign(key, text, draw))


def send(key: Scalar, recipient: Point, text: str, draw: Draw = random_scalar) -> str:
    """Sign a text and encrypt it to its recipient (section Channels)."""
    content = to_json(ChannelMessage(recipient, text))
    return encrypt(recipient, to_json(sign_message(key, content, draw)), draw)


def receive(keys: TrusteeKeys, sender: Point, text: str) -> str:
    """Decrypt a message, check who sent it and for whom, and return its text.

    Raises:
        EncodingError: it is not a message.
        GroupError: it holds something that is not a group element.
        ProofError: it cannot be decrypted, or is from or for somebody else.
    """
    signed = read(decrypt(keys.decryption, text), SignedMessage)
    check_signature(sender, signed.message, signed.signature)
    content = read(signed.message, ChannelMessage)
    if content.recipient != keys.encryption:
        raise ProofError("message between trustees is for somebody else")
    return content.message


def encrypt(recipient: Point, text: str, draw: Draw = random_scalar) -> str:
    """Encrypt a text to the owner of a key (paragraph Encrypting).

    Raises:
        EncodingError: the text is too long.
    """
    plaintext = text.encode()
    if len(plaintext) > _MAX_PLAINTEXT:
        raise EncodingError("message between trustees is too long")
    ephemeral, masked = draw(), draw()
    alpha, shared = power_of_generator(ephemeral), power_of_generator(masked)
    beta = multiply(power(recipient, ephemeral), shared)
    data = _cipher(shared).encrypt(_nonce(alpha), plaintext, None)
    return to_json(EncryptedMessage(alpha, beta, data.hex()))


def check_encrypted(text: str) -> EncryptedMessage:
    """Read an encrypted message as far as that is possible without the key.

    Raises:
        EncodingError: it is not a message.
        GroupError: it holds something that is not a group element.
    """
    message = read(text, EncryptedMessage)
    data = _data(message)
    if not _TAG_BYTES <= len(data) <= _TAG_BYTES + _MAX_PLAINTEXT:
        raise EncodingError("message between trustees has a wrong length")
    return message


def decrypt(key: Scalar, text: str) -> str:
    """Decrypt a text.

    Raises:
        EncodingError: it is not a message.
        GroupError: it holds something that is not a group element.
        ProofError: it was not encrypted to this key, or was changed.
    """
    message = check_encrypted(text)
    shared = divide(message.beta, power(message.alpha, key))
    try:
        plaintext = _cipher(shared).decrypt(_nonce(message.alpha), _data(message), None)
    except InvalidTag as error:
        raise ProofError("message between trustees cannot be decrypted") from error
    try:
        return plaintext.decode()
    except UnicodeDecodeError as error:
        raise EncodingError("message between trustees is not text") from error


def _data(message: EncryptedMessage) -> bytes:
    try:
        data = bytes.fromhex(message.data)
    except ValueError as error:
        raise EncodingError("data between trustees is hexadecimal") from error
    if data.hex() != message.data:
        raise EncodingError("data between trustees is lower-case hexadecimal")
    return data


def _cipher(shared: Point) -> AESCCM:
    key = hashlib.sha256(f"key|{encode_point(shared)}".encode()).digest()
    return AESCCM(key, tag_length=_TAG_BYTES)


def _nonce(alpha: Point) -> bytes:
    vector = hashlib.sha256(f"iv|{encode_point(alpha)}".encode()).digest()
    return vector[:_NONCE_BYTES]


def _hash_scalar(text: str) -> Scalar:
    digest = hashlib.sha256(text.encode()).digest()
    return Scalar(int.from_bytes(digest, "big") % ORDER)
