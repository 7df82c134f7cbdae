"""Every challenge against the specification's text, spelled out by hand."""

import hashlib

from crypto import transcript
from crypto.group import ORDER, encode_point, power_of_generator

POINTS = [power_of_generator(exponent) for exponent in range(1, 7)]
A, B, C, D, E, F = (encode_point(point) for point in POINTS)
PHI = "p" * 43


def hashed(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % ORDER


def test_contexts() -> None:
    assert transcript.ballot_context(PHI, POINTS[0]) == f"{PHI}|{A}"
    assert transcript.answer_context("S0", POINTS[:4]) == f"S0|{A},{B},{C},{D}"


def test_knowledge() -> None:
    assert transcript.knowledge(POINTS[0], POINTS[1]) == hashed(f"pok|Ed25519|{A}|{B}")


def test_interval() -> None:
    actual = transcript.interval("S", POINTS[0], POINTS[1], POINTS[2:])

    assert actual == hashed(f"prove|S|{A},{B}|{C},{D},{E},{F}")


def test_blank() -> None:
    nothing = transcript.blank_or_nothing("S", POINTS[:4])
    interval = transcript.blank_or_interval("S", POINTS)

    assert nothing == hashed(f"bproof0|S|{A},{B},{C},{D}")
    assert interval == hashed(f"bproof1|S|{A},{B},{C},{D},{E},{F}")


def test_signature() -> None:
    assert transcript.signature(PHI, POINTS[0]) == hashed(f"sig|{PHI}|{A}")


def test_decryption() -> None:
    actual = transcript.decryption(PHI, POINTS[0], POINTS[1:3])

    assert actual == hashed(f"decrypt|{PHI}|{A}|{B},{C}")


def test_decryption_statement() -> None:
    actual = transcript.decryption_statement(PHI, POINTS[0], POINTS[1:3], POINTS[3:5])

    assert actual == hashed(f"phieukin-decrypt|{PHI}|{A}|{B},{C}|{D},{E}")


def test_message() -> None:
    assert transcript.message("Đại hội", POINTS[0]) == hashed(f"sigmsg|Đại hội|{A}")
