"""What the room's display is about: what the chair picked, where that may be shown.

Pure. The display asks anew each time: a pick that does not fit the state any more,
however it came into the database, is shown as if nothing had been picked. No view has
a figure of a step that was not announced, and none a partial result.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from admin.models import State

_BEFORE = (State.DRAFT, State.CONVENED, State.SEALED)
_UNTIL_CLOSED = (*_BEFORE, State.OPEN)
_COUNT = (State.CLOSED, State.COUNTED)


class View(StrEnum):
    """What the display can show; the first eight can be picked, "" follows."""

    FOLLOW = ""
    WAITING = "waiting"
    QUORUM = "quorum"
    HOW_TO_VOTE = "how_to_vote"
    TURNOUT = "turnout"
    COUNTING = "counting"
    RESULT = "result"
    ANNOUNCEMENT = "announcement"
    COMPLETE = "complete"
    VOID = "void"


PICKED = (
    View.FOLLOW,
    View.WAITING,
    View.QUORUM,
    View.HOW_TO_VOTE,
    View.TURNOUT,
    View.COUNTING,
    View.RESULT,
    View.ANNOUNCEMENT,
)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """How far a conference is, as far as the room is concerned."""

    state: str
    announced: bool
    summoned: int
    locked: bool
    zero_reported: bool

    @property
    def told(self) -> bool:
        """Whether there is a result that the room was told."""
        return self.announced and self.state == State.PUBLISHED


@dataclass(frozen=True)
class Choice:
    """One view that the chair may pick, or the catalogue key of why not now."""

    view: View
    refused: str


def choices(stage: Stage) -> list[Choice]:
    """Return what the chair may pick, each with what stands against it."""
    return [Choice(view, refusal(view, stage)) for view in PICKED]


def refusal(view: View, stage: Stage) -> str:
    """Return the catalogue key of why a view may not be shown; empty if it may."""
    if view is View.FOLLOW:
        return ""
    if view not in PICKED:
        return "room.not_picked"
    if stage.state == State.VOID:
        return "room.not_void"
    return _REFUSALS[view](stage)


def shown(picked: str, stage: Stage) -> View:
    """Return what the display shows."""
    if picked and picked in set(View) and not refusal(View(picked), stage):
        return View(picked)
    return _following(stage)


def _following(stage: Stage) -> View:
    if stage.state == State.PUBLISHED and stage.announced:
        return View.RESULT
    if stage.state in {State.COUNTED, State.PUBLISHED} and not stage.announced:
        return View.COMPLETE
    if stage.state in _COUNT:
        return View.COUNTING
    if stage.state == State.OPEN:
        return View.TURNOUT
    return View.VOID if stage.state == State.VOID else _gathering(stage)


def _gathering(stage: Stage) -> View:
    if not stage.locked:
        return View.WAITING
    return View.HOW_TO_VOTE if stage.zero_reported else View.QUORUM


def _result(stage: Stage) -> str:
    if not stage.announced:
        return "room.not_announced"
    return "" if stage.told else "room.not_yet_announced"


def _counting(stage: Stage) -> str:
    if stage.state in _COUNT:
        return ""
    over = stage.state == State.PUBLISHED
    return "room.not_counting_over" if over else "room.not_closed"


def _turnout(stage: Stage) -> str:
    if stage.state in {State.OPEN, State.CLOSED}:
        return ""
    return "room.not_open" if stage.state in _BEFORE else "room.not_voting_over"


def _how_to_vote(stage: Stage) -> str:
    return "" if stage.state in _UNTIL_CLOSED else "room.not_voting_over"


def _quorum(stage: Stage) -> str:
    return "" if stage.summoned else "room.not_summoned"


_REFUSALS: dict[View, Callable[[Stage], str]] = {
    View.WAITING: lambda _stage: "",
    View.QUORUM: _quorum,
    View.HOW_TO_VOTE: _how_to_vote,
    View.TURNOUT: _turnout,
    View.COUNTING: _counting,
    View.RESULT: _result,
    View.ANNOUNCEMENT: _result,
}
