"""The life of one committee's work: phases that only move forward.

A vote that is abandoned (`void`) or a count that has to stop (`stopped`) leaves the
path; a stopped count may come back to `closed` when corrected numbers arrive.
"""

from enum import StrEnum


class Phase(StrEnum):
    """What the committee is doing."""

    JOINING = "joining"
    CERTIFICATES = "certificates"
    POLYNOMIALS = "polynomials"
    VOUTPUTS = "voutputs"
    TESTING = "testing"
    READY = "ready"
    SEALED = "sealed"
    ZERO = "zero"
    OPEN = "open"
    CLOSED = "closed"
    UNSEALING = "unsealing"
    COUNTED = "counted"
    RECORDED = "recorded"
    VOID = "void"
    STOPPED = "stopped"


PATH = (
    Phase.JOINING,
    Phase.CERTIFICATES,
    Phase.POLYNOMIALS,
    Phase.VOUTPUTS,
    Phase.TESTING,
    Phase.READY,
    Phase.SEALED,
    Phase.ZERO,
    Phase.OPEN,
    Phase.CLOSED,
    Phase.UNSEALING,
    Phase.COUNTED,
    Phase.RECORDED,
)
BEFORE_KEY = frozenset(PATH[:5])
BEFORE_RESULT = frozenset({*PATH[: PATH.index(Phase.COUNTED)], Phase.STOPPED})
FOLLOWED = frozenset({Phase.SEALED, Phase.ZERO, Phase.OPEN, Phase.CLOSED})
ENDED = frozenset({Phase.RECORDED, Phase.VOID})
WITH_RESULT = frozenset({Phase.COUNTED, Phase.RECORDED})


class PhaseError(Exception):
    """Something was asked that this phase does not allow."""


def check_step(now: Phase, to: Phase) -> None:
    """Return nothing if the work may move on from `now` to `to`.

    Raises:
        PhaseError: it would go back, or leave where it has ended.
    """
    if now is Phase.VOID or (to is Phase.VOID and now is Phase.RECORDED):
        raise PhaseError(f"{now} is the end")
    if to in (Phase.VOID, Phase.STOPPED):
        return
    if now is Phase.STOPPED:
        if to is not Phase.CLOSED:
            raise PhaseError("a stopped count only goes back to its reconciliation")
        return
    if PATH.index(to) <= PATH.index(now):
        raise PhaseError(f"{to} does not follow {now}")
