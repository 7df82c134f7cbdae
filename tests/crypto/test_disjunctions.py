import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto import disjunctions, elgamal
from crypto.disjunctions import Binding, Opening
from crypto.elgamal import Ciphertext
from crypto.errors import GroupError, ProofError
from crypto.group import ORDER, Point, Scalar, decode_candidate, power_of_generator
from crypto.proofs import Proof
from tests.vectors import hostile
from tests.vectors.generate import PUBLIC, Draws

BINDING = Binding(PUBLIC, "phi|credential")
OTHERS = {
    "another context": Binding(PUBLIC, "phi|somebody"),
    "another key": Binding(power_of_generator(5), "phi|credential"),
}
ranges = st.tuples(st.integers(0, 3), st.integers(0, 3)).map(
    lambda pair: range(pair[0], sum(pair) + 1)
)
secrets = st.integers(1, ORDER - 1)


def sealed(opening: Opening) -> Ciphertext:
    return elgamal.encrypt(PUBLIC, opening.message, opening.randomness)


def all_bumped(proofs: tuple[Proof, ...]) -> list[tuple[Proof, ...]]:
    """Every way to change one number of a list of proofs by one."""
    made = []
    for index, proof in enumerate(proofs):
        for field in ("challenge", "response"):
            value = Scalar((getattr(proof, field) + 1) % ORDER)
            changed = msgspec.structs.replace(proof, **{field: value})
            made.append((*proofs[:index], changed, *proofs[index + 1 :]))
    return made


@given(ranges, st.data(), secrets)
def test_every_value_of_an_interval(
    values: range, data: st.DataObject, secret: int
) -> None:
    opening = Opening(secret, data.draw(st.sampled_from(values)))
    ciphertext = sealed(opening)
    proofs = disjunctions.make_interval(BINDING, ciphertext, opening, values)

    disjunctions.check_interval(BINDING, ciphertext, values, proofs)
    assert len(proofs) == len(values)


@pytest.mark.parametrize("message", [-1, 0, 4])
def test_nothing_can_be_proved_outside_of_the_interval(message: int) -> None:
    opening = Opening(3, message)

    with pytest.raises(ProofError):
        disjunctions.make_interval(BINDING, sealed(opening), opening, range(1, 4))


def test_a_proof_of_a_false_statement_is_refused() -> None:
    """A prover who claims 1 for what holds 2."""
    false = disjunctions.make_interval(
        BINDING, sealed(Opening(3, 2)), Opening(3, 1), range(2)
    )

    with pytest.raises(ProofError):
        disjunctions.check_interval(BINDING, sealed(Opening(3, 2)), range(2), false)


@pytest.mark.parametrize("binding", OTHERS.values(), ids=OTHERS.keys())
def test_an_interval_proof_is_bound(binding: Binding) -> None:
    opening = Opening(3, 1)
    proofs = disjunctions.make_interval(BINDING, sealed(opening), opening, range(2))

    with pytest.raises(ProofError):
        disjunctions.check_interval(binding, sealed(opening), range(2), proofs)


def test_every_change_of_an_interval_proof_is_refused() -> None:
    opening = Opening(3, 2)
    values = range(1, 4)
    proofs = disjunctions.make_interval(BINDING, sealed(opening), opening, values)
    wrong = [*all_bumped(proofs), proofs[::-1], proofs[:-1], (*proofs, proofs[0]), ()]

    for changed in wrong:
        with pytest.raises(ProofError):
            disjunctions.check_interval(BINDING, sealed(opening), values, changed)


@pytest.mark.parametrize("name", ["torsion added", "order two", "not on the curve"])
@pytest.mark.parametrize("field", ["alpha", "beta"])
def test_a_point_outside_of_the_group_is_refused(name: str, field: str) -> None:
    opening = Opening(3, 1)
    proofs = disjunctions.make_interval(BINDING, sealed(opening), opening, range(2))
    raw = Point(decode_candidate(hostile.POINTS[name]))
    ciphertext = msgspec.structs.replace(sealed(opening), **{field: raw})

    with pytest.raises(GroupError):
        disjunctions.check_interval(BINDING, ciphertext, range(2), proofs)


@pytest.mark.parametrize("real", [0, 1])
def test_a_zero_challenge_hides_no_point(real: int) -> None:
    """The other disjunct then carries the whole hash, and looks."""
    opening = Opening(3, real)
    draw = Draws("zero")
    proofs = list(
        disjunctions.make_interval(
            BINDING, sealed(opening), opening, range(2), lambda: Scalar(draw() * 0)
        )
    )
    assert proofs[1 - real].challenge == 0
    disjunctions.check_interval(BINDING, sealed(opening), range(2), proofs)

    for name in ("torsion added", "not on the curve"):
        for field in ("alpha", "beta"):
            raw = Point(decode_candidate(hostile.POINTS[name]))
            ciphertext = msgspec.structs.replace(sealed(opening), **{field: raw})
            with pytest.raises(GroupError):
                disjunctions.check_interval(BINDING, ciphertext, range(2), proofs)


votes = st.one_of(
    st.just((1, 0)),
    st.tuples(st.just(0), st.integers(2, 4)),
)


@given(votes, secrets, secrets)
def test_blank_or_not(vote: tuple[int, int], first: int, second: int) -> None:
    blank, total = Opening(first, vote[0]), Opening(second, vote[1])
    values = range(2, 5)
    overall = disjunctions.make_blank_or_interval(BINDING, blank, total, values)
    nothing = disjunctions.make_blank_or_nothing(BINDING, blank, total)
    pair = sealed(blank), sealed(total)

    disjunctions.check_blank_or_interval(BINDING, *pair, values, overall)
    disjunctions.check_blank_or_nothing(BINDING, *pair, nothing)
    for changed in [*all_bumped(nothing), nothing[::-1], nothing[:1], ()]:
        with pytest.raises(ProofError):
            disjunctions.check_blank_or_nothing(BINDING, *pair, changed)
    for changed in [*all_bumped(overall), overall[::-1], overall[1:], ()]:
        with pytest.raises(ProofError):
            disjunctions.check_blank_or_interval(BINDING, *pair, values, changed)


def test_a_blank_vote_marks_nothing() -> None:
    with pytest.raises(ProofError):
        disjunctions.make_blank_or_nothing(BINDING, Opening(3, 1), Opening(4, 2))


def test_a_vote_that_is_not_blank_marks_enough() -> None:
    with pytest.raises(ProofError):
        disjunctions.make_blank_or_interval(
            BINDING, Opening(3, 0), Opening(4, 1), range(2, 4)
        )


@pytest.mark.parametrize("binding", OTHERS.values(), ids=OTHERS.keys())
def test_blank_proofs_are_bound(binding: Binding) -> None:
    blank, total, values = Opening(3, 1), Opening(4, 0), range(1, 3)
    overall = disjunctions.make_blank_or_interval(BINDING, blank, total, values)
    nothing = disjunctions.make_blank_or_nothing(BINDING, blank, total)
    pair = sealed(blank), sealed(total)

    with pytest.raises(ProofError):
        disjunctions.check_blank_or_interval(binding, *pair, values, overall)
    with pytest.raises(ProofError):
        disjunctions.check_blank_or_nothing(binding, *pair, nothing)
    with pytest.raises(ProofError):
        disjunctions.check_blank_or_nothing(BINDING, *reversed(pair), nothing)
