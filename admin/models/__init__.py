"""What admin keeps (docs/architecture.md), one file a subject."""

from admin.models.base import Base
from admin.models.conference import (
    AgendaItem,
    Card,
    Conference,
    CountRecord,
    Delegate,
    Member,
    Nominee,
    Position,
    Presence,
    SealedPaper,
    State,
    TieDecision,
    Withdrawal,
)
from admin.models.papers import Details, Letterhead, Secrecy, SignedRecord
from admin.models.people import Person
from admin.models.planning import (
    Deadline,
    DeadlineDone,
    Instance,
    Meeting,
    PlanEntry,
    PlannedPosition,
    Round,
    StepRecord,
    Unit,
)
from admin.models.profiles import Profile
from admin.models.service import Account, Outbox, Received, Record

__all__ = [
    "Account",
    "AgendaItem",
    "Base",
    "Card",
    "Conference",
    "CountRecord",
    "Deadline",
    "DeadlineDone",
    "Delegate",
    "Details",
    "Instance",
    "Letterhead",
    "Meeting",
    "Member",
    "Nominee",
    "Outbox",
    "Person",
    "PlanEntry",
    "PlannedPosition",
    "Position",
    "Presence",
    "Profile",
    "Received",
    "Record",
    "Round",
    "SealedPaper",
    "Secrecy",
    "SignedRecord",
    "State",
    "StepRecord",
    "TieDecision",
    "Unit",
    "Withdrawal",
]
