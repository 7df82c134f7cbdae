"""What the record book says of a planning round: decisions made in the open."""

from dataclasses import dataclass
from typing import ClassVar

from web.record import Action


@dataclass(frozen=True)
class RoundCreated(Action):
    name: ClassVar[str] = "admin.round.created"
    round: int
    title: str


@dataclass(frozen=True)
class TargetsChanged(Action):
    name: ClassVar[str] = "admin.round.targets"
    round: int


@dataclass(frozen=True)
class InstanceStarted(Action):
    name: ClassVar[str] = "admin.instance.started"
    instance: int
    procedure: str
    profile: str


@dataclass(frozen=True)
class StepRecorded(Action):
    name: ClassVar[str] = "admin.step.recorded"
    instance: int
    step: str
    document: str


@dataclass(frozen=True)
class EntryAdded(Action):
    name: ClassVar[str] = "admin.entry.added"
    entry: int
    standing: str


@dataclass(frozen=True)
class EntryMoved(Action):
    """An entry moved without a ballot: kept, withdrawn, exited, up for removal."""

    name: ClassVar[str] = "admin.entry.moved"
    entry: int
    standing: str
    ground: str
    document: str = ""


@dataclass(frozen=True)
class BallotJoined(Action):
    name: ClassVar[str] = "admin.ballot.joined"
    uuid: str
    instance: int
    step: str
