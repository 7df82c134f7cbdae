"""The console works out for itself who passes a quota: a tally cannot leave one out."""

import pytest

from admin.count_check import _check_quota
from web.contracts import Outcome, Verdict
from web.errors import Refused
from web.paper import Section, Style
from web.rules import Base, Rule

PASSED, BELOW, OVER, TIED = (
    Outcome.PASSED,
    Outcome.BELOW,
    Outcome.OVER_QUOTA,
    Outcome.TIED,
)
Told = list[tuple[int, Outcome]]


def check(quota: int | None, told: Told) -> None:
    rule = Rule(share="1/2", strict=True, of=Base.PRESENT, quota=quota)
    verdicts = [
        Verdict(str(n), f"Người {n}", agree, 0, 10 - agree, 6, Base.PRESENT, 10, said)
        for n, (agree, said) in enumerate(told)
    ]
    _check_quota(Section("Chức danh", Style.AGREE_DISAGREE, rule), verdicts)


RIGHT: list[tuple[int | None, Told]] = [
    (None, [(9, PASSED), (6, PASSED), (5, BELOW)]),
    (2, [(9, PASSED), (8, PASSED), (7, OVER), (5, BELOW)]),
    (2, [(9, PASSED), (8, TIED), (8, TIED), (7, OVER)]),
    (1, [(8, TIED), (8, TIED)]),
    (3, [(8, PASSED), (8, PASSED), (2, BELOW)]),
]
WRONG: list[tuple[int | None, Told]] = [
    (2, [(9, OVER), (8, OVER)]),  # nobody passes though there is room
    (2, [(9, PASSED), (8, OVER), (5, BELOW)]),
    (2, [(9, PASSED), (8, TIED), (5, BELOW)]),  # a tie of one
    (2, [(9, TIED), (8, TIED), (8, TIED)]),
    (1, [(8, PASSED), (8, OVER)]),
    (1, [(9, PASSED), (8, TIED), (8, TIED)]),
    (1, [(9, PASSED), (8, PASSED)]),
    (None, [(9, OVER)]),
    (None, [(9, TIED)]),
]


@pytest.mark.parametrize(("quota", "told"), RIGHT)
def test_the_rule_applied_is_believed(quota: int | None, told: Told) -> None:
    check(quota, told)


@pytest.mark.parametrize(("quota", "told"), WRONG)
def test_a_rule_bent_is_refused(quota: int | None, told: Told) -> None:
    with pytest.raises(Refused, match="count_rule_differs"):
        check(quota, told)
