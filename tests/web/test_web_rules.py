"""DOMAIN.md A.7: every vector, and the two traps of rounded percentages."""

from dataclasses import dataclass
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.rules import (
    Base,
    Counts,
    Rule,
    Tie,
    fewest_present,
    fewest_votes,
    needed_votes,
)

QUORUM = Fraction(2, 3)
KEY_CADRES = Rule(share="3/10", strict=False, of=Base.PRESENT)
EXTENDED = Rule(share="1/2", strict=True, of=Base.PRESENT)
FINAL = Rule(share="1/2", strict=True, of=Base.SUMMONED)


@dataclass(frozen=True)
class Vector:
    summoned: int
    present: int
    key_cadres: int | None = None  # None: no quorum, nothing to decide
    extended: int = 0
    final: int = 0


VECTORS = [
    Vector(30, 20, 6, 11, 16),
    Vector(30, 19),
    Vector(30, 30, 9, 16, 16),
    Vector(21, 14, 5, 8, 11),
    Vector(10, 7, 3, 4, 6),
    Vector(10, 6),
    Vector(9, 6, 2, 4, 5),
    Vector(15, 15, 5, 8, 8),
    Vector(51, 34, 11, 18, 26),
    Vector(100, 67, 21, 34, 51),
    Vector(100, 66),
]


@pytest.mark.parametrize("one", VECTORS, ids=lambda v: f"{v.present} of {v.summoned}")
def test_every_vector(one: Vector) -> None:
    met = one.present >= fewest_present(QUORUM, one.summoned)
    assert met == (one.key_cadres is not None)
    if met:
        counts = Counts(summoned=one.summoned, present=one.present)
        needed = [fewest_votes(rule, counts) for rule in (KEY_CADRES, EXTENDED, FINAL)]
        assert needed == [one.key_cadres, one.extended, one.final]


@pytest.mark.parametrize(("votes", "present"), [(62, 207), (65, 217), (68, 227)])
def test_a_printed_thirty_percent_is_not_thirty_percent(
    votes: int, present: int
) -> None:
    counts = Counts(summoned=present, present=present)

    assert f"{votes / present:.1%}" == "30.0%"  # what a rounded rule would see
    assert votes < fewest_votes(KEY_CADRES, counts)


@pytest.mark.parametrize(("present", "summoned"), [(4, 6), (6, 9), (12, 18), (20, 30)])
def test_exactly_two_thirds_is_a_quorum(present: int, summoned: int) -> None:
    assert present / summoned < 0.667  # what a rounded rule would refuse
    assert present == fewest_present(QUORUM, summoned)


def test_exactly_half_is_not_more_than_half() -> None:
    assert fewest_votes(EXTENDED, Counts(summoned=30, present=30)) == 16


def test_exactly_thirty_percent_passes() -> None:
    assert fewest_votes(KEY_CADRES, Counts(summoned=30, present=20)) == 6


def test_members_must_have_been_counted() -> None:
    rule = Rule(share="1/2", strict=True, of=Base.MEMBERS)

    with pytest.raises(ValueError, match="members was not recorded"):
        fewest_votes(rule, Counts(summoned=30, present=20))
    assert fewest_votes(rule, Counts(summoned=30, present=20, members=9)) == 5


@given(st.integers(1, 1000), st.integers(1, 20), st.integers(1, 20), st.booleans())
def test_the_fewest_votes_pass_and_one_fewer_does_not(
    people: int,
    top: int,
    bottom: int,
    strict: bool,  # noqa: FBT001
) -> None:
    share = Fraction(min(top, bottom), max(top, bottom))
    if strict and share == 1:
        return
    rule = Rule(share=str(share), strict=strict, of=Base.PRESENT)
    needed = fewest_votes(rule, Counts(summoned=people, present=people))

    def passes(votes: int) -> bool:
        exact = Fraction(votes, people)
        return exact > share if strict else exact >= share

    assert passes(needed)
    assert not passes(needed - 1)


BAD_RULES = {
    "more than nothing": {"share": "0", "strict": True},
    "negative": {"share": "-1/2"},
    "more than all": {"share": "11/10"},
    "more than all of them": {"share": "1", "strict": True},
    "no fraction": {"share": "a third"},
    "no denominator": {"share": "1/0"},
    "quota of nobody": {"share": "1/2", "quota": 0},
}


@pytest.mark.parametrize("fields", BAD_RULES.values(), ids=BAD_RULES.keys())
def test_a_rule_that_could_never_decide_is_refused(fields: dict[str, object]) -> None:
    rule = {"strict": False, "of": "present"} | fields

    with pytest.raises((msgspec.ValidationError, ZeroDivisionError)):
        msgspec.convert(rule, type=Rule)


def test_without_a_threshold_no_votes_are_needed() -> None:
    """A.2.4 step 3: the document states no threshold, votes are only taken note of."""
    rule = Rule(share="0", strict=False, of=Base.PRESENT)

    assert rule.open
    assert needed_votes(rule, Counts(summoned=9, present=7)) == 0


def test_a_threshold_is_never_met_by_nobodys_vote() -> None:
    counts = Counts(summoned=9, present=0)

    assert fewest_votes(KEY_CADRES, counts) == 0
    assert needed_votes(KEY_CADRES, counts) == 1


def test_a_rule_names_who_decides_a_tie_only_if_somebody_does() -> None:
    rule = Rule(
        share="1/2",
        strict=True,
        of=Base.SUMMONED,
        quota=1,
        tie=Tie.HEAD,
        decider="Trưởng phòng",
    )

    assert b'"decider"' in msgspec.json.encode(rule)
    assert b'"decider"' not in msgspec.json.encode(
        Rule(share="1/2", strict=True, of=Base.SUMMONED)
    )


def test_a_rule_is_data() -> None:
    rule = Rule(share="1/2", strict=True, of=Base.SUMMONED, quota=3, tie=Tie.HEAD)
    raw = msgspec.json.encode(rule)

    assert raw == (
        b'{"share":"1/2","strict":true,"of":"summoned","quota":3,"tie":"head"}'
    )
    assert msgspec.json.decode(raw, type=Rule) == rule
