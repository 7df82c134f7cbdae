"""Proofs about one exponent (spec: Verification keys, Partial decryptions).

Every ``make`` draws its secrets from ``draw``; every ``check`` raises ProofError
or says nothing. Proofs carry challenges instead of commitments, so a verifier
computes the commitments back and compares the hash; nothing can be batched.
Proofs that a ciphertext holds one of several values are in ``disjunctions``.
"""

from collections.abc import Callable

from crypto import group, transcript
from crypto.encoding import Record
from crypto.errors import ProofError
from crypto.group import ORDER, Point, Scalar, random_scalar

Draw = Callable[[], Scalar]


class Proof(Record, frozen=True):
    """One Schnorr-like proof; several of them make a disjunction."""

    challenge: Scalar
    response: Scalar


# ---- one exponent: keys, signatures, messages ----


def make_schnorr(
    secret: int, challenge_of: Callable[[Point], Scalar], draw: Draw = random_scalar
) -> Proof:
    """Prove knowledge of ``secret``; the challenge binds what is said with it."""
    nonce = draw()
    challenge = challenge_of(group.power_of_generator(nonce))
    return _answer(nonce, secret, challenge)


def check_schnorr(
    public: Point, proof: Proof, challenge_of: Callable[[Point], Scalar]
) -> None:
    """Check a proof of knowledge of the logarithm of ``public``.

    Raises:
        ProofError: it does not verify.
    """
    base = group.power_of_generator(proof.response)
    if challenge_of(_commitment(public, proof, base)) != proof.challenge:
        raise ProofError("a proof of knowledge does not verify")


def make_knowledge(private_key: int, draw: Draw = random_scalar) -> Proof:
    """Prove that a trustee knows the private key of a public key."""
    public_key = group.power_of_generator(private_key)
    return make_schnorr(
        private_key, lambda point: transcript.knowledge(public_key, point), draw
    )


def check_knowledge(public_key: Point, proof: Proof) -> None:
    """Check that a trustee knows the private key.

    Raises:
        ProofError: the proof does not verify.
    """
    check_schnorr(
        public_key, proof, lambda point: transcript.knowledge(public_key, point)
    )


# ---- decryption shares ----


def make_decryption(
    fingerprint: str, private_key: int, alpha: Point, draw: Draw = random_scalar
) -> Proof:
    """Prove that alpha^private_key was computed with the announced key."""
    nonce = draw()
    challenge = transcript.decryption(
        fingerprint,
        group.power_of_generator(private_key),
        (group.power_of_generator(nonce), group.power(alpha, nonce)),
    )
    return _answer(nonce, private_key, challenge)


def check_decryption(
    fingerprint: str, public_key: Point, alpha: Point, factor: Point, proof: Proof
) -> None:
    """Check one decryption factor.

    Raises:
        ProofError: the factor was not computed with this public key's private key.
    """
    response = proof.response
    commitments = (
        _commitment(public_key, proof, group.power_of_generator(response)),
        _commitment(factor, proof, group.power(alpha, response)),
    )
    if transcript.decryption(fingerprint, public_key, commitments) != proof.challenge:
        raise ProofError("a decryption proof does not verify")


# ---- the parts they share ----


def _answer(nonce: int, secret: int, challenge: Scalar) -> Proof:
    response = (nonce - secret * challenge) % ORDER
    return Proof(challenge, Scalar(response))


def _commitment(public: Point, proof: Proof, power_of_base: Point) -> Point:
    """Compute base^response · public^challenge."""
    return group.multiply(power_of_base, group.power(public, proof.challenge))
