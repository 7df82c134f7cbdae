"""Procedures as data (DOMAIN.md A.2, A.3): steps, compositions, rules, documents.

A procedure file says everything that decides; this module only gives it a shape. It
knows nothing of files, conferences, people or databases. Where the source document is
silent the file says "unstated", and `admin/choices.py` asks the secretary.
"""

from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Literal

import msgspec

from web.paper import Purpose, Style
from web.rules import Base, fewest_present

LANGUAGES = ("vi", "en")
Unstated = Literal["unstated"]
UNSTATED: Unstated = "unstated"
Id = Annotated[str, msgspec.Meta(pattern="^[a-z0-9][a-z0-9-]{0,63}$")]
StepId = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9][A-Za-z0-9-]{0,15}$")]
Version = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9][A-Za-z0-9._-]{0,15}$")]


class _Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whatever stands in a procedure file: read strictly, never changed."""


class Text(_Data, frozen=True):
    """One wording in both languages."""

    vi: str
    en: str

    def of(self, locale: str) -> str:
        """Return the wording for a locale, Vietnamese where it is not English."""
        return self.en if locale == "en" else self.vi


class Cycle(StrEnum):
    """Whom a procedure plans for: the next term, or the yearly review."""

    NEXT_TERM = "next-term"
    ANNUAL = "annual"


class Origin(StrEnum):
    """Where its people come from."""

    ONSITE = "onsite"
    EXTERNAL = "external"


class Quorum(_Data, frozen=True):
    """The share of the summoned without whom no conference is held."""

    share: str
    of: Base
    source: str

    def __post_init__(self) -> None:
        if self.of is not Base.SUMMONED or not 0 < Fraction(self.share) <= 1:
            raise ValueError("a quorum is a share of the summoned")

    def needed(self, summoned: int) -> int:
        """Return how many must be present."""
        return fewest_present(Fraction(self.share), summoned)


class CommitteeSize(_Data, frozen=True):
    """How many members a counting committee may have."""

    fewest: int
    most: int
    source: str

    def __post_init__(self) -> None:
        if not 2 <= self.fewest <= self.most:  # noqa: PLR2004 - one cannot share a key
            raise ValueError("a committee has at least two members")


class Threshold(_Data, frozen=True):
    """The share of a base that a nominee must reach, or exceed if strict."""

    share: str
    strict: bool
    of: Base

    def __post_init__(self) -> None:
        share = Fraction(self.share)
        if not 0 < share <= 1 or (self.strict and share == 1):
            raise ValueError("share must be a fraction above 0 that someone can reach")


class Level(_Data, frozen=True):
    """A kind of unit, for which a step has its own composition."""

    id: Id
    name: Text


class Composition(_Data, frozen=True):
    """Who is summoned to a step, at one level (or at all, without one).

    `roles` are labels of the register of people; whoever has one of them is proposed.
    `of_unit`: of those, only the people of the unit that plans (its heads of
    division, not those of all units).
    """

    text: Text
    roles: tuple[str, ...]
    level: Id | None = None
    of_unit: bool = False


class HeldWith(_Data, frozen=True):
    """The step of another procedure that is held in the same sitting."""

    procedure: Id
    step: StepId
    source: str


class Ballot(_Data, frozen=True):
    """The secret ballot of one step; every "unstated" must be chosen.

    `held` and `secret`: the document says that a ballot is held, and that it is
    secret. `quota`: each position names how many may pass, from the top; `cap` is the
    most that the document allows for one position. `tie` is the title of who decides
    equal votes at the cut-off. `takes_note`: the step has no threshold because the
    document says that votes are only taken note of.
    """

    style: Style
    source: str
    purpose: Purpose = Purpose.INTRODUCE
    held: Literal[True] | Unstated = True
    secret: Literal[True] | Unstated = True
    announced: bool | Unstated = UNSTATED
    rule: Threshold | Unstated = UNSTATED
    quota: bool = False
    cap: Annotated[int, msgspec.Meta(ge=1)] | None = None
    tie: Text | Unstated | None = None

    def __post_init__(self) -> None:
        if self.tie is not None and not self.quota:
            raise ValueError("tie: without a quota nothing is tied")
        if self.cap is not None and not self.quota:
            raise ValueError("cap: without a quota nothing is capped")
        if self.quota and self.tie is None:
            raise ValueError("tie: say who decides, or that it is unstated")


class StepKind(StrEnum):
    """What a step is: office work, a conference, an agreement, an approval."""

    PREPARATION = "preparation"
    CONFERENCE = "conference"
    CONSULTATION = "consultation"
    AGREEMENT = "agreement"
    APPROVAL = "approval"


class Step(_Data, frozen=True):
    """One step. Without a ballot it is recorded as done, with its documents.

    `adoption`: how a conference without a ballot decides is unstated, so it is to be
    recorded. `keeps`: people already planned may be kept here (giữ nguyên). `next` is
    the ballot step that those who pass go on to. `inputs` must be on the table;
    `shows_earlier`: among them, the votes of the earlier steps.
    """

    id: StepId
    kind: StepKind
    name: Text
    source: str
    composition: tuple[Composition, ...] = ()
    inputs: tuple[Text, ...] = ()
    outputs: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    ballot: Ballot | None = None
    adoption: Unstated | None = None
    keeps: bool = False
    shows_earlier: bool = False
    next: StepId | None = None
    held_with: tuple[HeldWith, ...] = ()

    def summoned_at(self, level: str | None) -> Composition | None:
        """Return the composition for a level, or the one for all levels."""
        for each in self.composition:
            if each.level is None or each.level == level:
                return each
        return None


class Exit(_Data, frozen=True):
    """A ground on which somebody leaves the planning without any ballot."""

    id: Id
    name: Text
    source: str


class Caps(_Data, frozen=True):
    """The most people for one position, and positions of one level for one person."""

    source: str
    per_position: Annotated[int, msgspec.Meta(ge=1)] | None = None
    per_person: Annotated[int, msgspec.Meta(ge=1)] | None = None


class Procedure(_Data, frozen=True):
    """One procedure with its steps in order.

    `regime` names the rules it belongs to and since when they are replaced, if so.
    `exits` are automatic, `removals` are grounds for a proposal to remove.
    """

    id: Id
    version: Version
    source: str
    name: Text
    cycle: Cycle
    origin: Origin
    quorum: Quorum | Unstated
    committee: CommitteeSize
    steps: Annotated[tuple[Step, ...], msgspec.Meta(min_length=1)]
    regime: Text | None = None
    levels: tuple[Level, ...] = ()
    caps: Caps | None = None
    exits: tuple[Exit, ...] = ()
    removals: tuple[Exit, ...] = ()
    notes: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        ids = [step.id for step in self.steps]
        if len(set(ids)) != len(ids):
            raise ValueError("steps: two steps have the same id")
        levels = {level.id for level in self.levels}
        for place, step in enumerate(self.steps):
            _check_next(step, self.steps[place + 1 :])
            _check_levels(step, levels)

    def step(self, step_id: str) -> Step:
        """Return a step.

        Raises:
            KeyError: the procedure has no such step.
        """
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)

    def ballot_steps(self) -> Iterator[tuple[Step, Ballot]]:
        """Yield the steps that have a ballot, or may have one, in order."""
        for step in self.steps:
            if step.ballot is not None:
                yield step, step.ballot


def _check_next(step: Step, later: tuple[Step, ...]) -> None:
    if step.next is None:
        return
    if step.ballot is None:
        raise ValueError(f"step {step.id}: next: nobody passes a step without a ballot")
    if step.next not in {each.id for each in later if each.ballot}:
        raise ValueError(f"step {step.id}: next: {step.next} is no later ballot step")


def _check_levels(step: Step, levels: set[str]) -> None:
    for each in step.composition:
        if each.level is not None and each.level not in levels:
            raise ValueError(f"step {step.id}: composition: no level {each.level}")
