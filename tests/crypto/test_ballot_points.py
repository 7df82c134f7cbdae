"""No point outside of the group gets into the box, however its proof is made.

`check_ballot` reads choices without a look at the subgroup and leans on the
individual proofs. The best a forger can do is to make one of the two challenges zero,
so that only beta divided by g is ever raised to a power.
"""

import pytest
from nacl import bindings

from crypto import answers, elgamal, group, transcript
from crypto.answers import Answer
from crypto.disjunctions import Binding, check_interval
from crypto.election import agree_disagree, motion, select
from crypto.elgamal import Ciphertext
from crypto.errors import GroupError, ProtocolError
from crypto.group import ORDER, Point, Scalar
from crypto.proofs import Proof

KEY = group.power_of_generator(group.random_scalar())
BINDING = Binding(KEY, "context")
ORDER_2 = bytes.fromhex("ec" + "ff" * 30 + "7f")
ORDER_4 = bytes(32)
ORDER_8 = bytes.fromhex(
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"
)
TORSION = (ORDER_2, ORDER_4, ORDER_8)
UNUSUAL_IDENTITIES = tuple(
    (number | sign << 255).to_bytes(32, "little")
    for number, sign in ((1, 1), (2**255 - 18, 0), (2**255 - 18, 1))
)
PAPERS = {
    "agree": (agree_disagree("A"), [1, 0]),
    "motion": (motion("A"), [0, 1, 0]),
    "select": (select("A", ("B", "C", "D"), 2), [1, 0, 1]),
    "blank": (select("A", ("B", "C"), 1, blank=True), [1, 0, 0]),
    "not blank": (select("A", ("B", "C"), 1, blank=True), [0, 1, 0]),
}


def half_proved(choice: Ciphertext, randomness: int) -> tuple[Proof, Proof]:
    """Prove that a mark is 1, with a challenge of 0 for "it is 0".

    Tried until the challenge is a multiple of 8: such a power kills all torsion.
    """
    while True:
        free, nonce = group.random_scalar(), group.random_scalar()
        commitments = [
            group.power_of_generator(free),
            group.power(KEY, free),
            group.power_of_generator(nonce),
            group.power(KEY, nonce),
        ]
        challenge = transcript.interval(
            BINDING.context, choice.alpha, choice.beta, commitments
        )
        if challenge % 8 == 0:
            response = Scalar((nonce - randomness * challenge) % ORDER)
            return Proof(Scalar(0), free), Proof(challenge, response)


@pytest.mark.parametrize("torsion", TORSION)
@pytest.mark.parametrize("field", ["alpha", "beta"])
def test_a_challenge_of_zero_hides_no_torsion(torsion: bytes, field: str) -> None:
    randomness = group.random_scalar()
    honest = elgamal.encrypt(KEY, 1, randomness)
    check_interval(BINDING, honest, range(2), half_proved(honest, randomness))
    points = {"alpha": honest.alpha, "beta": honest.beta}
    mixed = bindings.crypto_core_ed25519_add(points[field], torsion)
    forged = Ciphertext(**points | {field: Point(mixed)})

    with pytest.raises(GroupError):
        check_interval(BINDING, forged, range(2), half_proved(forged, randomness))


@pytest.mark.parametrize("spelling", UNUSUAL_IDENTITIES)
def test_the_identity_cannot_be_spelled_otherwise(spelling: bytes) -> None:
    """Randomness 0 would show the mark to everybody."""
    forged = Ciphertext(Point(spelling), group.GENERATOR)

    with pytest.raises(GroupError):
        check_interval(BINDING, forged, range(2), half_proved(forged, 0))


@pytest.mark.parametrize("name", PAPERS)
def test_every_point_of_every_style_is_looked_at(name: str) -> None:
    question, marks = PAPERS[name]
    answer = answers.make_answer(question, BINDING, marks)
    answers.check_answer(question, BINDING, answer)
    for number in range(question.choices):
        for field in ("alpha", "beta"):
            for torsion in TORSION:
                forged = shifted(answer, number, field, torsion)
                with pytest.raises(ProtocolError):
                    answers.check_answer(question, BINDING, forged)


def shifted(answer: Answer, number: int, field: str, torsion: bytes) -> Answer:
    choice = answer.choices[number]
    points = {"alpha": choice.alpha, "beta": choice.beta}
    moved = bindings.crypto_core_ed25519_add(points[field], torsion)
    choices = list(answer.choices)
    choices[number] = Ciphertext(**points | {field: Point(moved)})
    return Answer(
        tuple(choices),
        answer.individual_proofs,
        answer.overall_proof,
        answer.blank_proof,
    )
