"""How somebody stands in the planning for a position. Pure.

    planned ──keep──► kept        nominated ──pass──► proposed ──approve──► approved
       │               │              └──drop──► withdrawn ◄──drop──┘
       └──ask removal──┤
                removal_asked ──(ballot)──► removal_proposed ──remove──► removed
                       └──spare──► kept

From anywhere inside the planning a person may *exit* (đương nhiên ra khỏi quy hoạch):
that needs a ground and a document, and no ballot. Nobody comes back within a round;
the next round may nominate them again.
"""

from enum import StrEnum

from web.paper import Purpose


class Standing(StrEnum):
    """Where an entry of the plan stands.

    `planned`: approved in an earlier round. `removal_asked`: on the list of a removal
    ballot, `removal_proposed`: that ballot passed.
    """

    NOMINATED = "nominated"
    PLANNED = "planned"
    KEPT = "kept"
    PROPOSED = "proposed"
    APPROVED = "approved"
    REMOVAL_ASKED = "removal_asked"
    REMOVAL_PROPOSED = "removal_proposed"
    REMOVED = "removed"
    EXITED = "exited"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What happens to somebody."""

    KEEP = "keep"
    PASS = "pass"  # noqa: S105 - a ballot is passed, no password
    DROP = "drop"
    APPROVE = "approve"
    ASK_REMOVAL = "ask_removal"
    PROPOSE_REMOVAL = "propose_removal"
    SPARE = "spare"
    REMOVE = "remove"
    EXIT = "exit"


class StandingError(ValueError):
    """A move that is not open to somebody who stands like this."""

    def __init__(self, standing: Standing, move: Move) -> None:
        super().__init__(f"{move} is not open to somebody who is {standing}")
        self.standing, self.move = standing, move


# How somebody's place in a round may begin.
FIRST = frozenset({Standing.NOMINATED, Standing.PLANNED, Standing.KEPT})

# Whom an automatic exit can still concern.
INSIDE = FIRST | {
    Standing.PROPOSED,
    Standing.APPROVED,
    Standing.REMOVAL_ASKED,
    Standing.REMOVAL_PROPOSED,
}

# Who is on the list that a round proposes, or that was approved.
LISTED = frozenset(
    {
        Standing.PLANNED,
        Standing.KEPT,
        Standing.PROPOSED,
        Standing.APPROVED,
        Standing.REMOVAL_ASKED,
    }
)

# Who may still be on that list at the end.
CONSIDERED = LISTED | {Standing.NOMINATED}

# Who is on the paper of a ballot; nobody else ever is.
BALLOTED = {
    Purpose.INTRODUCE: Standing.NOMINATED,
    Purpose.REMOVE: Standing.REMOVAL_ASKED,
}

_LEADS_TO: dict[Move, dict[Standing, Standing]] = {
    Move.KEEP: {
        Standing.PLANNED: Standing.KEPT,
        Standing.REMOVAL_ASKED: Standing.KEPT,
    },
    Move.PASS: {Standing.NOMINATED: Standing.PROPOSED},
    Move.DROP: {
        Standing.NOMINATED: Standing.WITHDRAWN,
        Standing.PROPOSED: Standing.WITHDRAWN,
    },
    Move.APPROVE: {Standing.PROPOSED: Standing.APPROVED},
    Move.ASK_REMOVAL: {
        Standing.PLANNED: Standing.REMOVAL_ASKED,
        Standing.KEPT: Standing.REMOVAL_ASKED,
    },
    Move.PROPOSE_REMOVAL: {Standing.REMOVAL_ASKED: Standing.REMOVAL_PROPOSED},
    Move.SPARE: {Standing.REMOVAL_ASKED: Standing.KEPT},
    Move.REMOVE: {Standing.REMOVAL_PROPOSED: Standing.REMOVED},
    Move.EXIT: dict.fromkeys(INSIDE, Standing.EXITED),
}


def after(standing: Standing, move: Move) -> Standing:
    """Return how somebody stands after a move.

    Raises:
        StandingError: the move is not open to them.
    """
    try:
        return _LEADS_TO[move][standing]
    except KeyError:
        raise StandingError(standing, move) from None


def open_to(standing: Standing) -> frozenset[Move]:
    """Return the moves that are open to somebody."""
    return frozenset(move for move, leads in _LEADS_TO.items() if standing in leads)
