"""The state machine of an entry: where everybody may go, and nowhere else."""

import itertools

import pytest

from admin.standings import (
    BALLOTED,
    FIRST,
    INSIDE,
    LISTED,
    Move,
    Standing,
    StandingError,
    after,
    open_to,
)
from web.paper import Purpose

EXPECTED = {
    ("planned", "keep"): "kept",
    ("removal_asked", "keep"): "kept",
    ("nominated", "pass"): "proposed",
    ("nominated", "drop"): "withdrawn",
    ("proposed", "drop"): "withdrawn",
    ("proposed", "approve"): "approved",
    ("planned", "ask_removal"): "removal_asked",
    ("kept", "ask_removal"): "removal_asked",
    ("removal_asked", "propose_removal"): "removal_proposed",
    ("removal_asked", "spare"): "kept",
    ("removal_proposed", "remove"): "removed",
    ("nominated", "exit"): "exited",
    ("planned", "exit"): "exited",
    ("kept", "exit"): "exited",
    ("proposed", "exit"): "exited",
    ("approved", "exit"): "exited",
    ("removal_asked", "exit"): "exited",
    ("removal_proposed", "exit"): "exited",
}


@pytest.mark.parametrize(
    ("standing", "move"), list(itertools.product(Standing, Move)), ids=str
)
def test_every_move_from_everywhere(standing: Standing, move: Move) -> None:
    expected = EXPECTED.get((standing.value, move.value))

    if expected is None:
        with pytest.raises(StandingError):
            after(standing, move)
        assert move not in open_to(standing)
    else:
        assert after(standing, move) == expected
        assert move in open_to(standing)


@pytest.mark.parametrize("end", ["removed", "exited", "withdrawn"])
def test_nobody_comes_back_within_a_round(end: str) -> None:
    assert open_to(Standing(end)) == frozenset()


def test_who_left_is_neither_balloted_nor_listed() -> None:
    """A.2.13: automatic exits are never balloted."""
    gone = set(Standing) - INSIDE

    assert gone == {Standing.REMOVED, Standing.EXITED, Standing.WITHDRAWN}
    assert gone.isdisjoint(BALLOTED.values())
    assert gone.isdisjoint(LISTED)


def test_kept_people_are_on_no_paper() -> None:
    """A.2.4 scope: people kept (giữ nguyên) need no ballot."""
    assert BALLOTED == {
        Purpose.INTRODUCE: Standing.NOMINATED,
        Purpose.REMOVE: Standing.REMOVAL_ASKED,
    }
    assert Standing.KEPT in LISTED


def test_a_round_begins_with_people_nominated_planned_or_kept() -> None:
    assert {str(each) for each in FIRST} == {"nominated", "planned", "kept"}
