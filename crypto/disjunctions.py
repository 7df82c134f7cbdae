"""Proofs that a ciphertext holds one of several values.

Sections Proofs of interval membership and Proofs of possibly-blank votes. All
three are one construction: a list of ciphertexts of which at least one holds zero.
A value M is proved by dividing beta by g^M first. The prover knows every
randomness, so even what it simulates are powers of g and y alone.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from crypto import group, transcript
from crypto.elgamal import Ciphertext
from crypto.errors import ProofError
from crypto.group import GENERATOR, ORDER, Point, Scalar, random_scalar
from crypto.proofs import Draw, Proof

_TRUE = range(1, 2)
_Challenge = Callable[[Sequence[Point]], Scalar]


class Binding(NamedTuple):
    """What a proof is about: an election's key and the hashed string S or S0."""

    public_key: Point
    context: str


class Opening(NamedTuple):
    """What the maker of (g^randomness, y^randomness · g^message) knows."""

    randomness: int
    message: int


def make_interval(
    binding: Binding,
    ciphertext: Ciphertext,
    opening: Opening,
    values: range,
    draw: Draw = random_scalar,
) -> tuple[Proof, ...]:
    """Prove that a ciphertext holds one of ``values`` (the specification's iprove)."""
    challenge = _interval_challenge(binding, ciphertext)
    return _make(
        binding.public_key, _shifted_openings(opening, values), challenge, draw
    )


def check_interval(
    binding: Binding,
    ciphertext: Ciphertext,
    values: range,
    proofs: Sequence[Proof],
) -> None:
    """Check that a ciphertext holds one of ``values``.

    It also refuses a ciphertext whose points were read without a look at the
    subgroup: the challenges add up to a hash, so one of them is not zero, and
    that one raises both points to a power, which libsodium does in the subgroup
    only.

    Raises:
        ProofError: the proof does not verify, or has another length.
        GroupError: the ciphertext is not of the group.
    """
    _check_length(proofs, len(values))
    challenge = _interval_challenge(binding, ciphertext)
    _check(binding.public_key, _shifted(ciphertext, values), proofs, challenge)


def make_blank_or_nothing(
    binding: Binding,
    blank: Opening,
    total: Opening,
    draw: Draw = random_scalar,
) -> tuple[Proof, ...]:
    """Prove that the vote is not blank or marks nothing (blank_proof)."""
    challenge = partial(transcript.blank_or_nothing, binding.context)
    return _make(binding.public_key, [blank, total], challenge, draw)


def check_blank_or_nothing(
    binding: Binding,
    blank: Ciphertext,
    total: Ciphertext,
    proofs: Sequence[Proof],
) -> None:
    """Check that the vote is not blank or marks nothing.

    Raises:
        ProofError: the proof does not verify, or has another length.
    """
    _check_length(proofs, 2)
    challenge = partial(transcript.blank_or_nothing, binding.context)
    _check(binding.public_key, [blank, total], proofs, challenge)


def make_blank_or_interval(
    binding: Binding,
    blank: Opening,
    total: Opening,
    values: range,
    draw: Draw = random_scalar,
) -> tuple[Proof, ...]:
    """Prove that the vote is blank or marks as many as it may (overall_proof)."""
    openings = [*_shifted_openings(blank, _TRUE), *_shifted_openings(total, values)]
    challenge = partial(transcript.blank_or_interval, binding.context)
    return _make(binding.public_key, openings, challenge, draw)


def check_blank_or_interval(
    binding: Binding,
    blank: Ciphertext,
    total: Ciphertext,
    values: range,
    proofs: Sequence[Proof],
) -> None:
    """Check that the vote is blank or marks as many as it may.

    Raises:
        ProofError: the proof does not verify, or has another length.
    """
    _check_length(proofs, 1 + len(values))
    statements = [*_shifted(blank, _TRUE), *_shifted(total, values)]
    challenge = partial(transcript.blank_or_interval, binding.context)
    _check(binding.public_key, statements, proofs, challenge)


def _interval_challenge(binding: Binding, ciphertext: Ciphertext) -> _Challenge:
    return partial(
        transcript.interval, binding.context, ciphertext.alpha, ciphertext.beta
    )


def _shifted_openings(opening: Opening, values: range) -> list[Opening]:
    return [Opening(opening.randomness, opening.message - value) for value in values]


def _shifted(ciphertext: Ciphertext, values: range) -> Iterator[Ciphertext]:
    """Divide beta by g^value for each of consecutive values."""
    beta = ciphertext.beta
    if values.start:
        beta = group.divide(beta, group.power_of_generator(values.start))
    for value in values:
        if value != values.start:
            beta = group.divide(beta, GENERATOR)
        yield Ciphertext(ciphertext.alpha, beta)


def _make(
    public_key: Point, openings: Sequence[Opening], challenge_of: _Challenge, draw: Draw
) -> tuple[Proof, ...]:
    """Prove that one of the openings has the message zero.

    Secrets are drawn in this order: challenge and response of each simulated
    proof, then the nonce of the real one.
    """
    real = _first_true(openings)
    proofs = [
        Proof(Scalar(0), Scalar(0)) if index == real else Proof(draw(), draw())
        for index in range(len(openings))
    ]
    nonce = draw()
    commitments: list[Point] = []
    for index, (opening, proof) in enumerate(zip(openings, proofs, strict=True)):
        commitments += (
            _powers(public_key, nonce)
            if index == real
            else _simulated(public_key, opening, proof)
        )
    others = sum(proof.challenge for proof in proofs)
    challenge = (challenge_of(commitments) - others) % ORDER
    response = (nonce - openings[real].randomness * challenge) % ORDER
    proofs[real] = Proof(Scalar(challenge), Scalar(response))
    return tuple(proofs)


def _first_true(openings: Sequence[Opening]) -> int:
    for index, opening in enumerate(openings):
        if opening.message == 0:
            return index
    raise ProofError("nothing true to prove")


def _powers(public_key: Point, exponent: int) -> tuple[Point, Point]:
    return group.power_of_generator(exponent), group.power(public_key, exponent)


def _simulated(
    public_key: Point, opening: Opening, proof: Proof
) -> tuple[Point, Point]:
    exponent = proof.response + opening.randomness * proof.challenge
    first, second = _powers(public_key, exponent)
    shift = group.power_of_generator(opening.message * proof.challenge)
    return first, group.multiply(second, shift)


def _check_length(proofs: Sequence[Proof], expected: int) -> None:
    if len(proofs) != expected:
        raise ProofError(f"expected {expected} proofs, got {len(proofs)}")


def _check(
    public_key: Point,
    statements: Iterable[Ciphertext],
    proofs: Sequence[Proof],
    challenge_of: _Challenge,
) -> None:
    commitments: list[Point] = []
    for statement, proof in zip(statements, proofs, strict=True):
        first, second = _powers(public_key, proof.response)
        masked = group.power(statement.alpha, proof.challenge)
        commitments.append(group.multiply(first, masked))
        masked = group.power(statement.beta, proof.challenge)
        commitments.append(group.multiply(second, masked))
    total = sum(proof.challenge for proof in proofs) % ORDER
    if challenge_of(commitments) != total:
        raise ProofError("a proof about an encrypted mark does not verify")
