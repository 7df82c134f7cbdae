"""What a document leaves unstated, and what the secretary chose instead.

Pure. A choice is made when a conference is opened, sealed into the ballot paper with
the rule, and printed in the minutes (`chosen`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import msgspec

from admin.procedure import UNSTATED, Ballot, Procedure, Step, Threshold
from web.paper import Purpose, Style
from web.rules import Base, Rule, Tie, fewest_present

NO_THRESHOLD: Literal["none"] = "none"
NO_QUORUM: Literal["none"] = "none"


class ChoiceError(ValueError):
    """A choice is missing, or is made where the document decides.

    `key` is what is to be chosen, `problem` "missing", "stated" or "wrong".
    """

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(f"{key}: {problem}")
        self.key, self.problem = key, problem


class Choices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the secretary chose; `None` where the document decides.

    `quorum`: a share such as "2/3", or "none". `held`, `secret`: true, the only way
    to hold the ballot with phieukin. `rule`: a threshold, or "none" for votes that are
    only taken note of. `tie`: the title of who decides.
    """

    quorum: str | None = None
    held: bool | None = None
    secret: bool | None = None
    announced: bool | None = None
    rule: Threshold | Literal["none"] | None = None
    tie: str | None = None


@dataclass(frozen=True)
class Settled:
    """A ballot with nothing left open.

    `quorum` is absent where none is required; `threshold` is absent where votes are
    only taken note of; `tie` is the title of who decides, empty where nothing can be
    tied. `chosen` names what was chosen and not stated.
    """

    procedure: Procedure
    step: Step
    ballot: Ballot
    quorum: Fraction | None
    announced: bool
    threshold: Threshold | None
    tie: str
    chosen: tuple[str, ...]

    @property
    def style(self) -> Style:
        return self.ballot.style

    @property
    def purpose(self) -> Purpose:
        return self.ballot.purpose

    @property
    def following(self) -> Step | None:
        """Return the step that those who pass go on to; none after the last ballot."""
        return self.procedure.step(self.step.next) if self.step.next else None

    @property
    def needs_quota(self) -> bool:
        return self.ballot.quota

    def needed_present(self, summoned: int) -> int:
        """Return how many must be present; nobody where no quorum is required."""
        return fewest_present(self.quorum, summoned) if self.quorum else 0

    def rule_for(self, quota: int | None) -> Rule:
        """Return the rule that is sealed for a position with this quota."""
        limit = quota if self.needs_quota else None
        tie = Tie.HEAD if limit and self.tie else None
        return Rule(
            share=self.threshold.share if self.threshold else "0",
            strict=self.threshold.strict if self.threshold else False,
            of=self.threshold.of if self.threshold else Base.PRESENT,
            quota=limit,
            tie=tie,
            decider=self.tie if tie else "",
        )


def unstated(procedure: Procedure, step: Step) -> Iterator[str]:
    """Yield what must be chosen to hold the ballot of a step."""
    ballot = step.ballot
    if ballot is None:
        return
    stated = {
        "quorum": procedure.quorum,
        "held": ballot.held,
        "secret": ballot.secret,
        "announced": ballot.announced,
        "rule": ballot.rule,
        "tie": ballot.tie,
    }
    yield from (key for key, value in stated.items() if value == UNSTATED)


def settle(procedure: Procedure, step: Step, choices: Choices) -> Settled:
    """Put the choices where the document is silent.

    Raises:
        ChoiceError: one is missing, superfluous or impossible.
        ValueError: the step has no ballot.
    """
    ballot = step.ballot
    if ballot is None:
        raise ValueError(f"step {step.id} has no ballot")
    open_keys = tuple(unstated(procedure, step))
    _check_made(choices, open_keys)
    return Settled(
        procedure=procedure,
        step=step,
        ballot=ballot,
        quorum=_quorum(procedure, choices),
        announced=_announced(ballot, choices),
        threshold=_threshold(ballot, choices),
        tie=_tie(ballot, choices),
        chosen=open_keys,
    )


def _check_made(choices: Choices, open_keys: tuple[str, ...]) -> None:
    """Refuse a choice that is missing, and one that the document has made."""
    for key in choices.__struct_fields__:
        made = getattr(choices, key) is not None
        if made and key not in open_keys:
            raise ChoiceError(key, "stated")
        if not made and key in open_keys:
            raise ChoiceError(key, "missing")
    for key in ("held", "secret"):
        if getattr(choices, key) is False:
            raise ChoiceError(key, "wrong")  # then it is not held with phieukin


def _quorum(procedure: Procedure, choices: Choices) -> Fraction | None:
    if procedure.quorum != UNSTATED:
        return Fraction(procedure.quorum.share)
    if choices.quorum == NO_QUORUM:
        return None
    try:
        share = Fraction(str(choices.quorum))
    except (ValueError, ZeroDivisionError):
        raise ChoiceError("quorum", "wrong") from None
    if not 0 < share <= 1:
        raise ChoiceError("quorum", "wrong")
    return share


def _announced(ballot: Ballot, choices: Choices) -> bool:
    if ballot.announced == UNSTATED:
        return choices.announced is True
    return ballot.announced


def _threshold(ballot: Ballot, choices: Choices) -> Threshold | None:
    if ballot.rule != UNSTATED:
        return ballot.rule
    if choices.rule is None or choices.rule == NO_THRESHOLD:
        return None
    return choices.rule


def _tie(ballot: Ballot, choices: Choices) -> str:
    if ballot.tie is None:
        return ""
    if ballot.tie != UNSTATED:
        return ballot.tie.vi
    title = " ".join((choices.tie or "").split())
    if not title:
        raise ChoiceError("tie", "wrong")
    return title
