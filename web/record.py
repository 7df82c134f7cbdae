"""The record book: what was done, typed, one frozen dataclass per action.

    @dataclass(frozen=True)
    class CardsPrinted(Action):
        name: ClassVar[str] = "admin.cards.printed"
        count: int

Nothing about a ballot is ever recorded: the kiosk writes box and tablet events only.
"""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import ClassVar

import msgspec
from flask import current_app
from sqlalchemy.orm import DeclarativeBase, Session

from web.models import RecordRow, row_of

EXTENSION = "phieukin.models"


@dataclass(frozen=True)
class Action:
    """Something a person or a service did; `name` is dotted and stable."""

    name: ClassVar[str]


def record(session: Session, action: Action, *, actor: str) -> None:
    """Write an action into the record book, in the caller's transaction."""
    row = row_of(current_models(), RecordRow)()
    row.at = datetime.now(UTC)
    row.actor = actor
    row.name = action.name
    row.details = msgspec.json.encode(asdict(action)).decode()
    session.add(row)


def current_models() -> type[DeclarativeBase]:
    """Return the Base of the running service."""
    models: type[DeclarativeBase] = current_app.extensions[EXTENSION]
    return models
