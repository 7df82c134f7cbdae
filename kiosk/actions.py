"""What the kiosk writes into its record book: boxes and tablets, never a ballot."""

from dataclasses import dataclass
from typing import ClassVar

from web.record import Action


@dataclass(frozen=True)
class PaperPrepared(Action):
    name: ClassVar[str] = "kiosk.paper.prepared"
    election: str
    fingerprint: str


@dataclass(frozen=True)
class BoxOpened(Action):
    name: ClassVar[str] = "kiosk.box.opened"
    election: str


@dataclass(frozen=True)
class BoxWasClosed(Action):
    name: ClassVar[str] = "kiosk.box.closed"
    election: str
    cast: int
    head: str


@dataclass(frozen=True)
class BoxVoided(Action):
    name: ClassVar[str] = "kiosk.box.voided"
    election: str
    reason: str


@dataclass(frozen=True)
class BoardCompleted(Action):
    name: ClassVar[str] = "kiosk.board.completed"
    election: str
    head: str


@dataclass(frozen=True)
class PairingOffered(Action):
    name: ClassVar[str] = "kiosk.pairing.offered"
    label: str


@dataclass(frozen=True)
class TabletPaired(Action):
    name: ClassVar[str] = "kiosk.tablet.paired"
    label: str


@dataclass(frozen=True)
class TabletWithdrawn(Action):
    name: ClassVar[str] = "kiosk.tablet.withdrawn"
    label: str
