"""The shapes of a planning round as the API and the pages show it."""

from datetime import date, datetime

import msgspec

from admin.caps import CapView


class RoundLine(msgspec.Struct, frozen=True):
    """A round in the list of rounds."""

    id: int
    title: str
    office: str
    document: str
    starts_on: date | None
    ends_on: date | None
    units: int
    steps: int
    done: int


class EntryView(msgspec.Struct, frozen=True):
    """Somebody's place; `may` are the moves that are open to them."""

    id: int
    person: int
    key: str
    name: str
    birth_year: int | None
    post: str
    unit: str
    standing: str
    origin: str
    ground: str
    document_number: str
    document_date: date | None
    note: str
    may: tuple[str, ...]


class PositionView(msgspec.Struct, frozen=True):
    """A position with its people; `listed` are those on the list it proposes."""

    id: int
    title: str
    term: str
    quota: int | None
    cap: int | None
    managed_by: str
    listed: int
    entries: tuple[EntryView, ...]


class RecordView(msgspec.Struct, frozen=True):
    """That a step was done, as it was recorded."""

    done_on: date
    how: str
    document_number: str
    document_date: date | None
    authority: str
    note: str


class ConferenceLine(msgspec.Struct, frozen=True):
    """The conference of a step."""

    id: int
    state: str
    title: str


class MeetingLine(msgspec.Struct, frozen=True):
    """When and where a step is to be held."""

    starts_at: datetime | None
    place: str


class SittingView(msgspec.Struct, frozen=True):
    """A ballot that the document holds in the same sitting, and may be held now."""

    instance: int
    procedure_name: str
    step: str
    step_name: str
    source: str
    unstated: tuple[str, ...]
    conference: int | None


class StepView(msgspec.Struct, frozen=True):
    """A step of the path.

    `purpose` is that of its ballot, if it has one. `waiting` are how many wait for
    that ballot; `opens`: its conference can be opened here and now; `records`: it can
    be recorded; `comes_from`: the conference whose next step it is.
    """

    number: int
    id: str
    name: str
    kind: str
    state: str
    purpose: str | None
    unstated: tuple[str, ...]
    waiting: int
    opens: bool
    records: bool
    keeps: bool
    comes_from: int | None
    conference: ConferenceLine | None
    record: RecordView | None
    meeting: MeetingLine | None
    held_with: tuple[SittingView, ...]


class InstanceView(msgspec.Struct, frozen=True):
    """A procedure run in a unit, with its path."""

    id: int
    procedure: str
    procedure_name: str
    version: str
    source: str
    level: str
    level_name: str
    positions: tuple[int, ...]
    steps: tuple[StepView, ...]

    @property
    def done(self) -> int:
        """How many of its steps are behind us."""
        return sum(step.state in {"done", "skipped"} for step in self.steps)


class UnitView(msgspec.Struct, frozen=True):
    """A unit with its positions and procedures."""

    id: int
    number: int
    name: str
    level: str
    note: str
    positions: tuple[PositionView, ...]
    instances: tuple[InstanceView, ...]


class RoundView(msgspec.Struct, frozen=True):
    """A whole round."""

    id: int
    title: str
    office: str
    document: str
    starts_on: date | None
    ends_on: date | None
    units: tuple[UnitView, ...]
    caps: tuple[CapView, ...]


class GroundView(msgspec.Struct, frozen=True):
    """A ground for leaving the planning, and which document names it."""

    id: str
    name: str
    source: str
