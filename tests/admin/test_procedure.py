"""The procedure file says what DOMAIN.md A.2.1 and A.3 say; files are read strictly."""

from importlib import resources

import msgspec
import pytest

from admin.procedure import procedures, read_procedure
from web.rules import Base, Counts, Tie, fewest_votes

SOURCE = (
    resources.files("admin") / "procedures" / "s000-next-term-onsite.toml"
).read_bytes()

# summoned, present, quorum met, fewest "agree" at steps 3, 4 and 5 (DOMAIN.md A.7)
VECTORS = [
    (30, 20, True, 6, 11, 16),
    (30, 19, False, 6, 10, 16),
    (30, 30, True, 9, 16, 16),
    (21, 14, True, 5, 8, 11),
    (10, 7, True, 3, 4, 6),
    (10, 6, False, 2, 4, 6),
    (9, 6, True, 2, 4, 5),
    (15, 15, True, 5, 8, 8),
    (51, 34, True, 11, 18, 26),
    (100, 67, True, 21, 34, 51),
    (100, 66, False, 20, 34, 51),
]


@pytest.mark.parametrize("vector", VECTORS, ids=str)
def test_the_numbers_of_the_domain(vector: tuple[int, ...]) -> None:
    summoned, present, met, *fewest = vector
    procedure = procedures()["s000-next-term-onsite"]
    counts = Counts(summoned, present)

    assert (present >= procedure.quorum.needed(summoned)) == met
    ballots = [step.ballot for step in procedure.steps if step.ballot]
    rules = [ballot.rule_for(3) for ballot in ballots]
    assert [fewest_votes(rule, counts) for rule in rules] == fewest


def test_the_steps_of_the_source() -> None:
    steps = procedures()["s000-next-term-onsite"].steps

    assert [step.id for step in steps] == ["1", "2", "3", "4", "5"]
    assert [step.ballot is not None for step in steps] == [
        False,
        False,
        True,
        True,
        True,
    ]
    assert [step.next for step in steps] == [None, None, "4", "5", None]
    announced = [step.ballot.announced for step in steps if step.ballot]
    assert announced == [False, False, True]
    assert all(step.source for step in steps)


def test_only_the_final_step_has_a_quota_and_a_head_for_ties() -> None:
    ballots = [s.ballot for s in procedures()["s000-next-term-onsite"].steps]
    rules = [ballot.rule_for(3) for ballot in ballots if ballot]

    assert [rule.quota for rule in rules] == [None, None, 3]
    assert [rule.tie for rule in rules] == [None, None, Tie.HEAD]
    assert [rule.of for rule in rules] == [Base.PRESENT, Base.PRESENT, Base.SUMMONED]


SPOILT = {
    "not TOML": (b'id = "', b"id = "),
    "unknown field": (b'version = "1"', b'version = "1"\ncolour = "red"'),
    "no quorum": (b'share = "2/3"', b'share = "0"'),
    "quorum of the present": (b'of = "summoned"\nsource', b'of = "present"\nsource'),
    "unknown base": (b'of = "present"', b'of = "returned"'),
    "leads nowhere": (b'next = "4"', b'next = "2"'),
}


@pytest.mark.parametrize("change", SPOILT.values(), ids=SPOILT.keys())
def test_a_spoilt_file_is_refused(change: tuple[bytes, bytes]) -> None:
    before, after = change
    assert before in SOURCE
    with pytest.raises(msgspec.MsgspecError):
        read_procedure(SOURCE.replace(before, after, 1))
