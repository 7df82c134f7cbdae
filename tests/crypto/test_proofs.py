from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto import group, proofs, transcript
from crypto.encoding import fingerprint
from crypto.errors import ProofError
from crypto.group import (
    IDENTITY,
    ORDER,
    Point,
    Scalar,
    decode_point,
    power_of_generator,
)
from crypto.proofs import Proof
from tests.vectors.generate import KEY, PUBLIC, Draws

PHI = fingerprint(b"an election")
ALPHA = power_of_generator(12345)
OTHER = power_of_generator(7)
scalars = st.integers(1, ORDER - 1)


def bumped(proof: Proof, field: str) -> Proof:
    values = {"challenge": proof.challenge, "response": proof.response}
    values[field] = Scalar((values[field] + 1) % ORDER)
    return Proof(**values)


@given(scalars)
def test_knowledge_of_any_key(private_key: int) -> None:
    proof = proofs.make_knowledge(private_key)

    proofs.check_knowledge(power_of_generator(private_key), proof)


@pytest.mark.parametrize("field", ["challenge", "response"])
def test_changed_knowledge_is_refused(field: str) -> None:
    with pytest.raises(ProofError):
        proofs.check_knowledge(PUBLIC, bumped(proofs.make_knowledge(KEY), field))


def test_knowledge_of_another_key_is_refused() -> None:
    with pytest.raises(ProofError):
        proofs.check_knowledge(OTHER, proofs.make_knowledge(KEY))


def test_a_proof_says_what_its_challenge_binds() -> None:
    proof = proofs.make_schnorr(KEY, lambda a: transcript.signature("one", a))

    with pytest.raises(ProofError):
        proofs.check_schnorr(PUBLIC, proof, lambda a: transcript.signature("two", a))


@given(scalars, scalars)
def test_decryption_of_anything(private_key: int, exponent: int) -> None:
    alpha = power_of_generator(exponent)
    public, factor = power_of_generator(private_key), group.power(alpha, private_key)
    proof = proofs.make_decryption(PHI, private_key, alpha)

    proofs.check_decryption(PHI, public, alpha, factor, proof)


def test_decryption_of_nothing() -> None:
    """The tally of no ballots is the identity."""
    proof = proofs.make_decryption(PHI, KEY, IDENTITY)

    proofs.check_decryption(PHI, PUBLIC, IDENTITY, IDENTITY, proof)
    with pytest.raises(ProofError):
        proofs.check_decryption(PHI, PUBLIC, IDENTITY, OTHER, proof)


BAD_DECRYPTIONS: dict[str, dict[str, Any]] = {
    "another election": {"fingerprint": fingerprint(b"another")},
    "another key": {"public_key": OTHER},
    "another ciphertext": {"alpha": OTHER},
    "another factor": {"factor": OTHER},
    "identity as factor": {"factor": IDENTITY},
    "key and factor swapped": {"public_key": group.power(ALPHA, KEY), "factor": PUBLIC},
    "changed challenge": {
        "proof": bumped(
            proofs.make_decryption(PHI, KEY, ALPHA, Draws("bad")), "challenge"
        )
    },
    "changed response": {
        "proof": bumped(
            proofs.make_decryption(PHI, KEY, ALPHA, Draws("bad")), "response"
        )
    },
}


@pytest.mark.parametrize("change", BAD_DECRYPTIONS.values(), ids=BAD_DECRYPTIONS.keys())
def test_a_wrong_decryption_is_refused(change: dict[str, Any]) -> None:
    claim: dict[str, Any] = {
        "fingerprint": PHI,
        "public_key": PUBLIC,
        "alpha": ALPHA,
        "factor": group.power(ALPHA, KEY),
        "proof": proofs.make_decryption(PHI, KEY, ALPHA, Draws("good")),
    }
    proofs.check_decryption(**claim)

    with pytest.raises(ProofError):
        proofs.check_decryption(**{**claim, **change})


def test_fresh_proofs_differ() -> None:
    assert proofs.make_knowledge(KEY) != proofs.make_knowledge(KEY)


def test_vectors(vectors: dict[str, Any]) -> None:
    known = vectors["proofs"]["decryption"]
    points: list[Point] = [decode_point(known[name]) for name in ("alpha", "factor")]
    values = {name: Scalar(int(text)) for name, text in known["proof"].items()}

    proofs.check_decryption(known["fingerprint"], PUBLIC, *points, Proof(**values))
