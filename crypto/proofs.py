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
    public_key = group.power_of_generator(private_key)
    return _make_equality(
        private_key,
        alpha,
        lambda both: transcript.decryption(fingerprint, public_key, both),
        draw,
    )


def check_decryption(
    fingerprint: str, public_key: Point, alpha: Point, factor: Point, proof: Proof
) -> None:
    """Check one decryption factor, as far as the specification's proof goes.

    Raises:
        ProofError: the proof does not verify.
    """
    both = _equality_commitments(public_key, alpha, factor, proof)
    if transcript.decryption(fingerprint, public_key, both) != proof.challenge:
        raise ProofError("a decryption proof does not verify")


def make_statement(
    fingerprint: str, private_key: int, alpha: Point, draw: Draw = random_scalar
) -> Proof:
    """Prove the same with a challenge that hashes alpha and the factor too."""
    public_key = group.power_of_generator(private_key)
    said = (alpha, group.power(alpha, private_key))
    return _make_equality(
        private_key,
        alpha,
        lambda both: transcript.decryption_statement(
            fingerprint, public_key, said, both
        ),
        draw,
    )


def check_statement(
    fingerprint: str, public_key: Point, alpha: Point, factor: Point, proof: Proof
) -> None:
    """Check that a factor was computed with this public key's private key.

    Raises:
        ProofError: the proof does not verify.
    """
    both = _equality_commitments(public_key, alpha, factor, proof)
    expected = transcript.decryption_statement(
        fingerprint, public_key, (alpha, factor), both
    )
    if expected != proof.challenge:
        raise ProofError("a proof of a decryption's statement does not verify")


# ---- the parts they share ----


def _make_equality(
    secret: int,
    base: Point,
    challenge_of: Callable[[tuple[Point, Point]], Scalar],
    draw: Draw,
) -> Proof:
    """Chaum and Pedersen: the same secret over the generator and over ``base``."""
    nonce = draw()
    both = (group.power_of_generator(nonce), group.power(base, nonce))
    return _answer(nonce, secret, challenge_of(both))


def _equality_commitments(
    public_key: Point, base: Point, factor: Point, proof: Proof
) -> tuple[Point, Point]:
    response = proof.response
    return (
        _commitment(public_key, proof, group.power_of_generator(response)),
        _commitment(factor, proof, group.power(base, response)),
    )


def _answer(nonce: int, secret: int, challenge: Scalar) -> Proof:
    response = (nonce - secret * challenge) % ORDER
    return Proof(challenge, Scalar(response))


def _commitment(public: Point, proof: Proof, power_of_base: Point) -> Point:
    """Compute base^response · public^challenge."""
    return group.multiply(power_of_base, group.power(public, proof.challenge))
