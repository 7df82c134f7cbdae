"""Every text that is hashed into a challenge, each with its prefix visible.

Section numbers are left to the names: each function says which part of the
specification it serves. Nothing else in crypto/ computes a challenge.
"""

import hashlib
from collections.abc import Iterable

from crypto.group import ORDER, Point, Scalar, encode_point


def _challenge(text: str) -> Scalar:
    digest = hashlib.sha256(text.encode()).digest()
    return Scalar(int.from_bytes(digest, "big") % ORDER)


def _joined(points: Iterable[Point]) -> str:
    return ",".join([encode_point(point) for point in points])


def ballot_context(fingerprint: str, credential: Point) -> str:
    """Section Encrypted answers: the string S0."""
    return f"{fingerprint}|{encode_point(credential)}"


def answer_context(ballot: str, choices: Iterable[Point]) -> str:
    """Section Homomorphic answers: the string S.

    Args:
        ballot: the string S0.
        choices: alpha and beta of each choice in turn, the blank one included.
    """
    return f"{ballot}|{_joined(choices)}"


def knowledge(public_key: Point, commitment: Point) -> Scalar:
    """Section Verification keys: a trustee knows the private key."""
    return _challenge(
        f"pok|Ed25519|{encode_point(public_key)}|{encode_point(commitment)}"
    )


def interval(
    context: str, alpha: Point, beta: Point, commitments: Iterable[Point]
) -> Scalar:
    """Section Proofs of interval membership."""
    return _challenge(
        f"prove|{context}|{_joined((alpha, beta))}|{_joined(commitments)}"
    )


def blank_or_nothing(context: str, commitments: Iterable[Point]) -> Scalar:
    """Section Proofs of possibly-blank votes: blank_proof."""
    return _challenge(f"bproof0|{context}|{_joined(commitments)}")


def blank_or_interval(context: str, commitments: Iterable[Point]) -> Scalar:
    """Section Proofs of possibly-blank votes: overall_proof."""
    return _challenge(f"bproof1|{context}|{_joined(commitments)}")


def signature(ballot_hash: str, commitment: Point) -> Scalar:
    """Section Signatures."""
    return _challenge(f"sig|{ballot_hash}|{encode_point(commitment)}")


def decryption(
    fingerprint: str, public_key: Point, commitments: Iterable[Point]
) -> Scalar:
    """Section Partial decryptions: commitments are A and B."""
    return _challenge(
        f"decrypt|{fingerprint}|{encode_point(public_key)}|{_joined(commitments)}"
    )


def decryption_statement(
    fingerprint: str,
    public_key: Point,
    statement: Iterable[Point],
    commitments: Iterable[Point],
) -> Scalar:
    """Ours, not the specification's: everything a decryption factor claims.

    The specification's own challenge leaves out alpha and the factor, so that both
    may be chosen after it (docs/adr/0008-a-second-decryption-proof.md). The prefix
    keeps the two kinds of proof apart.

    Args:
        fingerprint: of the election.
        public_key: of the trustee.
        statement: alpha and the factor.
        commitments: A and B.
    """
    return _challenge(
        f"phieukin-decrypt|{fingerprint}|{encode_point(public_key)}"
        f"|{_joined(statement)}|{_joined(commitments)}"
    )


def message(text: str, commitment: Point) -> Scalar:
    """Section Public key infrastructure, signing."""
    return _challenge(f"sigmsg|{text}|{encode_point(commitment)}")
