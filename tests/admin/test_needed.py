"""The calculator: whole numbers decide (DOMAIN.md A.7)."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin.choices import ChoiceError, Choices, Settled
from admin.needed import (
    CountsError,
    MissingError,
    Verdict,
    answer,
    read_threshold,
    settled_for,
)
from admin.procedure import Threshold
from admin.profiles import ORDER, builtin
from web.rules import Base, Counts

S000, REVIEW = "s000-next-term-onsite", "s000-annual-onsite"
S002, S004 = "s002-pcvp-annual-2021", "s004-cuc-next-onsite"


def settled(procedure: str, step: str, made: Choices | None = None) -> Settled:
    found = builtin()[procedure].procedure
    return settled_for(found, found.step(step), made or Choices())


KEY, EXTENDED = settled(S000, "3"), settled(S000, "4")
FINAL, REMOVAL = settled(S000, "5"), settled(REVIEW, "1")

# summoned, present, quorum, fewest at the key-cadre, extended, final/removal ballots,
# and the final number as a share of those present.
VECTORS = {
    "A.7 30/20, exactly 2/3 and exactly 30 %": (30, 20, True, 6, 11, 16, "80.0"),
    "A.7 30/19": (30, 19, False, None, None, None, None),
    "A.7 30/30": (30, 30, True, 9, 16, 16, "53.3"),
    "A.7 21/14": (21, 14, True, 5, 8, 11, "78.6"),
    "A.7 10/7": (10, 7, True, 3, 4, 6, "85.7"),
    "A.7 10/6": (10, 6, False, None, None, None, None),
    "A.7 9/6, exactly 2/3": (9, 6, True, 2, 4, 5, "83.3"),
    "A.7 15/15": (15, 15, True, 5, 8, 8, "53.3"),
    "A.7 51/34, exactly 2/3": (51, 34, True, 11, 18, 26, "76.5"),
    "A.7 100/67": (100, 67, True, 21, 34, 51, "76.1"),
    "A.7 100/66": (100, 66, False, None, None, None, None),
}


@pytest.mark.parametrize("name", VECTORS)
def test_the_vectors(name: str) -> None:
    summoned, present, met, key, extended, final, share = VECTORS[name]
    counts = Counts(summoned, present)
    for ballot, fewest in ((KEY, key), (EXTENDED, extended), (FINAL, final)):
        found = answer(ballot, counts, present)
        assert found.quorum_met is met
        if not met:
            assert found.verdict is Verdict.NO_QUORUM
            assert found.passes is None
            continue
        assert fewest is not None
        assert found.needed == fewest
        assert answer(ballot, counts, fewest).passes is True
        assert answer(ballot, counts, fewest - 1).passes is False
    if met:
        assert answer(REMOVAL, counts).needed == final
        exact = Decimal(100 * (final or 0)) / present
        assert str(exact.quantize(Decimal("0.1"), ROUND_HALF_UP)) == share


def _rounded(part: int, whole: int) -> Decimal:
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


TRAPS = [
    (agree, present)
    for present in range(1, 400)
    for agree in range(present + 1)
    if _rounded(agree, present) == 30 and 10 * agree < 3 * present
]


def test_the_traps_are_the_twenty_of_the_domain() -> None:
    assert TRAPS[:3] == [(62, 207), (65, 217), (68, 227)]
    assert len(TRAPS) == 20


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: f"A.7 {trap[0]}/{trap[1]}")
def test_what_is_printed_as_thirty_percent_may_be_less(trap: tuple[int, int]) -> None:
    agree, present = trap
    counts = Counts(present, present)

    assert answer(KEY, counts, agree).verdict is Verdict.FAILS
    assert answer(KEY, counts, agree).margin == -1
    assert answer(KEY, counts, agree + 1).verdict is Verdict.PASSES


@pytest.mark.parametrize("third", range(1, 134), ids=lambda n: f"A.7 {2 * n}/{3 * n}")
def test_exactly_two_thirds_are_a_quorum(third: int) -> None:
    """4/6, 6/9, 12/18 …: all 133 that a test of 0.667 would refuse."""
    assert answer(KEY, Counts(3 * third, 2 * third)).quorum_met
    assert not answer(KEY, Counts(3 * third, 2 * third - 1)).quorum_met
    assert answer(KEY, Counts(3 * third, 2 * third)).quorum_needed == 2 * third


def test_exactly_half_fails_and_exactly_thirty_percent_passes() -> None:
    """A.7: 15/30 fails, 6/20 passes."""
    assert answer(FINAL, Counts(30, 30), 15).verdict is Verdict.FAILS
    assert answer(EXTENDED, Counts(30, 30), 15).verdict is Verdict.FAILS
    assert answer(REMOVAL, Counts(30, 30), 15).verdict is Verdict.FAILS
    assert answer(KEY, Counts(20, 20), 6).verdict is Verdict.PASSES


def test_absent_people_count_against_at_the_last_step() -> None:
    """A.7: with the least quorum, over half of the summoned is over 3/4 of those."""
    found = answer(FINAL, Counts(30, 20), 15)

    assert (found.base, found.out_of, found.needed) == (Base.SUMMONED, 30, 16)
    assert found.verdict is Verdict.FAILS
    assert answer(EXTENDED, Counts(30, 20), 15).verdict is Verdict.PASSES


def test_a_step_can_be_out_of_reach() -> None:
    made = Choices(quorum="none")
    found = answer(settled(S004, "B5", made), Counts(30, 15), 15)

    assert not found.reachable
    assert (found.quorum, found.quorum_needed, found.quorum_met) == ("", 0, True)
    assert found.verdict is Verdict.FAILS


def test_members_are_counted_where_the_document_says_so() -> None:
    """A.2.4 step 4: over half of all members of the leadership."""
    ballot = settled(S002, "4", Choices(quorum="none"))

    assert answer(ballot, Counts(7, 6, 8)).needed == 5
    assert answer(ballot, Counts(7, 6, 7), 4).passes is True
    with pytest.raises(CountsError) as caught:
        answer(ballot, Counts(7, 6))
    assert caught.value.code == "members_missing"


def test_only_what_decides_is_asked_for() -> None:
    """A.2.4 step 2: neither a quorum nor a share; secrecy changes no number."""
    with pytest.raises(MissingError) as caught:
        settled(S002, "2")
    assert caught.value.keys == ("quorum", "rule")
    with pytest.raises(MissingError) as caught:
        settled(S002, "2", Choices(quorum="1/2"))
    assert caught.value.keys == ("rule",)

    noted = settled(S002, "2", Choices(quorum="1/2", rule="none"))
    found = answer(noted, Counts(30, 15), 0)
    assert (found.needed, found.verdict, found.passes) == (0, Verdict.NOTED, True)


def test_what_the_document_says_cannot_be_chosen() -> None:
    with pytest.raises(ChoiceError) as caught:
        settled(S000, "3", Choices(quorum="1/2"))
    assert (caught.value.key, caught.value.problem) == ("quorum", "stated")
    with pytest.raises(ChoiceError) as caught:
        settled(S000, "3", Choices(rule="none"))
    assert (caught.value.key, caught.value.problem) == ("rule", "stated")


IMPOSSIBLE = {
    "more present than summoned": (Counts(9, 10), None, "present_over_summoned"),
    "more votes than people": (Counts(9, 8), 9, "agree_over_present"),
    "fewer than nobody": (Counts(-1, 0), None, "negative"),
    "fewer votes than none": (Counts(9, 8), -1, "negative"),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_numbers_that_no_conference_has(name: str) -> None:
    counts, agree, code = IMPOSSIBLE[name]
    with pytest.raises(CountsError) as caught:
        answer(KEY, counts, agree)
    assert caught.value.code == code


def test_nobody_is_passed_by_nobody() -> None:
    assert answer(KEY, Counts(0, 0), 0).verdict is Verdict.FAILS


TYPED = {
    "above:1/2:present": Threshold("1/2", strict=True, of=Base.PRESENT),
    "atleast:3/10:summoned": Threshold("3/10", strict=False, of=Base.SUMMONED),
    "above:1/2:members": Threshold("1/2", strict=True, of=Base.MEMBERS),
    "none": "none",
}


@pytest.mark.parametrize("text", TYPED)
def test_a_threshold_is_typed_in_words(text: str) -> None:
    assert read_threshold(text) == TYPED[text]


@pytest.mark.parametrize(
    "text",
    ["", "1/2", "over:1/2:present", "above:1/2:returned", "above:2/1:present",
     "above:1/1:present", "above:0/1:present", "above:x:present", "above:1/2:present:"],
)  # fmt: skip
def test_a_threshold_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever is wrong with it
        read_threshold(text)


BALLOTS = [
    (key, step.id, ballot)
    for key in ORDER
    for step, ballot in builtin()[key].procedure.ballot_steps()
]


@given(
    place=st.integers(0, len(BALLOTS) - 1),
    summoned=st.integers(1, 3000),
    absent=st.integers(0, 1000),
    more=st.integers(0, 50),
)
def test_the_fewest_votes_pass_and_one_less_never_does(
    place: int, summoned: int, absent: int, more: int
) -> None:
    key, step, ballot = BALLOTS[place]
    counts = Counts(summoned, max(0, summoned - absent), summoned + more)
    made = Choices(
        quorum=None if key.startswith("s000") else "2/3",
        rule=None if isinstance(ballot.rule, Threshold) else read_threshold("none"),
    )
    ready = settled(key, step, made)
    found = answer(ready, counts)
    rule = ready.rule_for(None)
    out_of = counts.of(rule.of)

    assert found.quorum_met == (3 * counts.present >= 2 * counts.summoned)
    share = Fraction(rule.share)
    if found.needed == 0:
        assert rule.open
        return
    enough, less = Fraction(found.needed, max(out_of, 1)), found.needed - 1
    assert enough > share if rule.strict else enough >= share
    if less:
        below = Fraction(less, out_of)
        assert below <= share if rule.strict else below < share
    assert found.reachable == (found.needed <= counts.present)
