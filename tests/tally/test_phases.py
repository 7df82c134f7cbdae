import itertools

import pytest

from tally.phases import PATH, Phase, PhaseError, check_step


def test_the_path_only_goes_forward() -> None:
    for earlier, later in itertools.combinations(PATH, 2):
        check_step(earlier, later)
        with pytest.raises(PhaseError):
            check_step(later, earlier)
    for phase in PATH:
        with pytest.raises(PhaseError):
            check_step(phase, phase)


def test_a_vote_may_be_abandoned_until_it_is_recorded() -> None:
    for phase in PATH[:-1]:
        check_step(phase, Phase.VOID)
    with pytest.raises(PhaseError):
        check_step(Phase.RECORDED, Phase.VOID)
    for phase in Phase:
        with pytest.raises(PhaseError):
            check_step(Phase.VOID, phase)


def test_a_stopped_count_only_returns_to_its_reconciliation() -> None:
    check_step(Phase.STOPPED, Phase.CLOSED)
    check_step(Phase.STOPPED, Phase.VOID)
    for phase in (Phase.OPEN, Phase.UNSEALING, Phase.COUNTED):
        with pytest.raises(PhaseError):
            check_step(Phase.STOPPED, phase)
