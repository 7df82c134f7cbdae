"""The signature of a ballot by its card (spec: Signatures)."""

from functools import partial

from crypto import encoding, proofs, transcript
from crypto.encoding import Record
from crypto.errors import ProofError, checking
from crypto.group import Point, Scalar, random_scalar
from crypto.proofs import Draw, Proof


class Signature(Record, frozen=True):
    """The fingerprint of the ballot before it was signed, and a proof about it."""

    hash: str
    proof: Proof


def make_signature(
    secret: Scalar, unsigned: bytes, draw: Draw = random_scalar
) -> Signature:
    """Sign the bytes of a ballot without its signature field."""
    ballot_hash = encoding.fingerprint(unsigned)
    challenge = partial(transcript.signature, ballot_hash)
    return Signature(ballot_hash, proofs.make_schnorr(secret, challenge, draw))


def check_signature(signature: Signature, credential: Point, unsigned: bytes) -> None:
    """Check that the card with this public credential signed these bytes.

    Raises:
        ProofError: it did not.
    """
    with checking("ballot.signature"):
        if signature.hash != encoding.fingerprint(unsigned):
            raise ProofError("the signature is of another ballot")
        challenge = partial(transcript.signature, signature.hash)
        proofs.check_schnorr(credential, signature.proof, challenge)
