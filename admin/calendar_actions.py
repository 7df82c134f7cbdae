"""What the record book says of deadlines, meetings and samples."""

from dataclasses import dataclass
from typing import ClassVar

from web.record import Action


@dataclass(frozen=True)
class DeadlineSet(Action):
    name: ClassVar[str] = "admin.deadline.set"
    round: int
    deadline: int


@dataclass(frozen=True)
class DeadlineRemoved(Action):
    name: ClassVar[str] = "admin.deadline.removed"
    round: int
    title: str


@dataclass(frozen=True)
class DeadlineMet(Action):
    name: ClassVar[str] = "admin.deadline.met"
    deadline: int
    year: int
    note: str


@dataclass(frozen=True)
class DeadlineReopened(Action):
    name: ClassVar[str] = "admin.deadline.reopened"
    deadline: int
    year: int


@dataclass(frozen=True)
class MeetingSet(Action):
    name: ClassVar[str] = "admin.meeting.set"
    round: int
    meeting: int


@dataclass(frozen=True)
class MeetingRemoved(Action):
    name: ClassVar[str] = "admin.meeting.removed"
    round: int
    title: str


@dataclass(frozen=True)
class SampleLoaded(Action):
    name: ClassVar[str] = "admin.sample.loaded"
    round: int
    sample: str
