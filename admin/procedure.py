"""Procedures as data (DOMAIN.md A.2, A.3): steps, compositions, rules, documents.

A procedure file says everything that decides; this module only gives it a shape. It
knows nothing of files, conferences, people or databases. Where the source document is
silent the file says "unstated", and `admin/choices.py` asks the secretary. What fits
the shape but makes no sense is a `ShapeError`, with everything that is wrong.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Literal

import msgspec

from admin.list_columns import ListColumn
from web.paper import Purpose, Style
from web.rules import Base, fewest_present

LANGUAGES = ("vi", "en")
Unstated = Literal["unstated"]
UNSTATED: Unstated = "unstated"
ID_PATTERN = r"^[a-z0-9][a-z0-9-]{0,63}$"
STEP_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9-]{0,15}$"
VERSION_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,15}$"
SHARE_PATTERN = r"^[1-9][0-9]{0,3}/[1-9][0-9]{0,3}$"
WORDS_PATTERN = r"\S"
Id = Annotated[str, msgspec.Meta(pattern=ID_PATTERN)]
StepId = Annotated[str, msgspec.Meta(pattern=STEP_PATTERN)]
Version = Annotated[str, msgspec.Meta(pattern=VERSION_PATTERN)]
Share = Annotated[str, msgspec.Meta(pattern=SHARE_PATTERN)]
Words = Annotated[str, msgspec.Meta(pattern=WORDS_PATTERN)]


@dataclass(frozen=True)
class Wrong:
    """One thing that makes no sense: under which key, and in which step, if any.

    `place` is that step's place among the steps, from 1.
    """

    key: str
    code: str
    detail: str = ""
    place: int = 0


class ShapeError(ValueError):
    """A part of a procedure makes no sense.

    `built` is that part all the same, so that whoever reads a file can go on and
    find what else is wrong.
    """

    def __init__(self, built: "_Data", wrong: tuple[Wrong, ...]) -> None:
        super().__init__("; ".join(f"{each.key}: {each.code}" for each in wrong))
        self.built, self.wrong = built, wrong


class _Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whatever stands in a procedure file: read strictly, never changed."""

    def __post_init__(self) -> None:
        """Refuse what makes no sense.

        Raises:
            ShapeError: with everything that is wrong.
        """
        wrong = tuple(self._wrong())
        if wrong:
            raise ShapeError(self, wrong)

    def _wrong(self) -> Iterator[Wrong]:
        yield from ()


class Text(_Data, frozen=True):
    """One wording in Vietnamese and, if anybody wrote it, in English."""

    vi: Words
    en: str = ""

    def of(self, locale: str) -> str:
        """Return the wording for a locale, Vietnamese where there is no English."""
        return self.en if locale == "en" and self.en else self.vi


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

    share: Share
    of: Base
    source: Words

    def _wrong(self) -> Iterator[Wrong]:
        if self.of is not Base.SUMMONED:
            yield Wrong("of", "quorum_base")
        if fraction(self.share) > 1:
            yield Wrong("share", "share_out_of_reach")

    def needed(self, summoned: int) -> int:
        """Return how many must be present."""
        return fewest_present(Fraction(self.share), summoned)


class CommitteeSize(_Data, frozen=True):
    """How many members a counting committee may have."""

    fewest: int
    most: int
    source: Words

    def _wrong(self) -> Iterator[Wrong]:
        if self.fewest < 2:  # noqa: PLR2004 - one alone cannot share a key
            yield Wrong("fewest", "committee_of_one")
        if self.most < self.fewest:
            yield Wrong("most", "committee_sizes")


class Threshold(_Data, frozen=True):
    """The share of a base that a nominee must reach, or exceed if strict."""

    share: Share
    strict: bool
    of: Base

    def _wrong(self) -> Iterator[Wrong]:
        share = fraction(self.share)
        if share > 1 or (self.strict and share == 1):
            yield Wrong("share", "share_out_of_reach")


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
    roles: tuple[Words, ...] = ()
    level: Id | None = None
    of_unit: bool = False


class HeldWith(_Data, frozen=True):
    """The step of another procedure that is held in the same sitting."""

    procedure: Id
    step: StepId
    source: Words


class Ballot(_Data, frozen=True):
    """The secret ballot of one step; every "unstated" must be chosen.

    `held` and `secret`: the document says that a ballot is held, and that it is
    secret. `quota`: each position names how many may pass, from the top; `cap` is the
    most that the document allows for one position. `tie` is the title of who decides
    equal votes at the cut-off.
    """

    style: Style
    source: Words
    purpose: Purpose = Purpose.INTRODUCE
    held: Literal[True] | Unstated = True
    secret: Literal[True] | Unstated = True
    announced: bool | Unstated = UNSTATED
    rule: Threshold | Unstated = UNSTATED
    quota: bool = False
    cap: Annotated[int, msgspec.Meta(ge=1)] | None = None
    tie: Text | Unstated | None = None

    def _wrong(self) -> Iterator[Wrong]:
        if self.quota and self.purpose is Purpose.REMOVE:
            yield Wrong("quota", "quota_removal")
        elif self.quota and self.tie is None:
            yield Wrong("tie", "quota_without_tie")
        if not self.quota and self.tie is not None:
            yield Wrong("tie", "tie_without_quota")
        if not self.quota and self.cap is not None:
            yield Wrong("cap", "cap_without_quota")
        if self.style is Style.MOTION:
            yield from self._wrong_motion()

    def _wrong_motion(self) -> Iterator[Wrong]:
        """Find what only a list of people can have."""
        if self.quota:
            yield Wrong("quota", "quota_motion")
        if self.purpose is Purpose.REMOVE:
            yield Wrong("purpose", "remove_motion")


class StepKind(StrEnum):
    """What a step is: office work, a conference, an agreement, an approval."""

    PREPARATION = "preparation"
    CONFERENCE = "conference"
    CONSULTATION = "consultation"
    AGREEMENT = "agreement"
    APPROVAL = "approval"


class Step(_Data, frozen=True):
    """One step. Without a ballot it is recorded as done, with its documents.

    `adoption`: how the conference adopts its list without a ballot is unstated, so it
    is to be recorded. `keeps`: people already planned may be kept here (giữ
    nguyên). `next` is the ballot step that those who pass go on to. `inputs` must be
    on the table; `shows_earlier`: among them, the votes of the earlier steps.
    """

    id: StepId
    kind: StepKind
    name: Text
    source: Words
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

    def _wrong(self) -> Iterator[Wrong]:
        conference = self.kind is StepKind.CONFERENCE
        if self.ballot is not None and not conference:
            yield Wrong("kind", "ballot_kind")
        if self.adoption is not None and not conference:
            yield Wrong("adoption", "adoption_kind")
        if self.adoption and self.ballot and self.ballot.purpose is Purpose.INTRODUCE:
            yield Wrong("adoption", "adoption_ballot")
        yield from _wrong_levels(self.composition)

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
    source: Words


class Caps(_Data, frozen=True):
    """The most people for one position, and positions of one level for one person."""

    source: Words
    per_position: Annotated[int, msgspec.Meta(ge=1)] | None = None
    per_person: Annotated[int, msgspec.Meta(ge=1)] | None = None


class Procedure(_Data, frozen=True):
    """One procedure with its steps in order.

    `regime` names the rules it belongs to and since when they are replaced, if so.
    `exits` are automatic, `removals` are grounds for a proposal to remove.
    `list_columns` are those of its printed list of nominees; without it, all.
    """

    id: Id
    version: Version
    source: Words
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
    list_columns: tuple[ListColumn, ...] = ()
    notes: tuple[Text, ...] = ()

    def _wrong(self) -> Iterator[Wrong]:
        yield from _wrong_ids(self)
        levels = {level.id for level in self.levels}
        for place, step in enumerate(self.steps, 1):
            yield from _wrong_next(place, step, self.steps[place:])
            yield from _wrong_links(self, place, step)
            for number, each in enumerate(step.composition, 1):
                if each.level is not None and each.level not in levels:
                    key = f"composition[{number}].level"
                    yield Wrong(key, "level_unknown", each.level, place)

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


def fraction(share: str) -> Fraction:
    """Return a share written "3/10"; one that is not counts as out of reach."""
    try:
        return Fraction(share)
    except (ValueError, ZeroDivisionError):
        return Fraction(2)


def _twice(ids: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield what stands before already, with its place."""
    known = {""}  # an id that is missing is another fault
    for place, each in enumerate(ids, 1):
        if each and each in known:
            yield place, each
        known.add(each)


def _wrong_ids(procedure: Procedure) -> Iterator[Wrong]:
    for place, again in _twice(each.id for each in procedure.steps):
        yield Wrong("id", "step_twice", again, place)
    for key in ("levels", "exits", "removals"):
        for place, again in _twice(each.id for each in getattr(procedure, key)):
            yield Wrong(f"{key}[{place}].id", "id_twice", again)
    for place, again in _twice(procedure.list_columns):
        yield Wrong(f"list_columns[{place}]", "column_twice", again)


def _wrong_next(place: int, step: Step, later: tuple[Step, ...]) -> Iterator[Wrong]:
    if step.next is None:
        return
    ballot_steps = {each.id for each in later if each.ballot}
    if step.ballot is None:
        yield Wrong("next", "next_without_ballot", step.next, place)
    elif step.ballot.purpose is Purpose.REMOVE:
        yield Wrong("next", "next_removal", step.next, place)
    elif step.ballot.style is Style.MOTION:
        yield Wrong("next", "next_motion", step.next, place)
    elif step.next not in ballot_steps:
        yield Wrong("next", "next_not_later", step.next, place)


def _wrong_links(procedure: Procedure, place: int, step: Step) -> Iterator[Wrong]:
    """Find what a step says of other steps, or of all, and cannot be."""
    earlier = procedure.steps[: place - 1]
    if step.shows_earlier and not any(each.ballot for each in earlier):
        yield Wrong("shows_earlier", "earlier_none", "", place)
    for number, link in enumerate(step.held_with, 1):
        if link.procedure == procedure.id:
            key = f"held_with[{number}].procedure"
            yield Wrong(key, "held_with_itself", "", place)
    most = procedure.caps.per_position if procedure.caps else None
    cap = step.ballot.cap if step.ballot else None
    if most and cap and cap != most:
        yield Wrong("ballot.cap", "caps_differ", str(most), place)


def _wrong_levels(composition: tuple[Composition, ...]) -> Iterator[Wrong]:
    """Find compositions that nobody would ever be summoned by."""
    known: set[str | None] = set()
    for number, each in enumerate(composition, 1):
        if each.level in known:
            level = each.level or ""
            yield Wrong(f"composition[{number}].level", "level_twice", level)
        elif None in known:
            yield Wrong(f"composition[{number}].level", "level_shadowed")
        known.add(each.level)
