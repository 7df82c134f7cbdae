"""The roll call: who was summoned, who is here, and how many hold a card.

A delegate's row says present or absent; a conference's row says how many cards
were handed out. Nothing joins the two: not which card, not when.
"""

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin import actions, conferences
from admin.actions import record
from admin.conferences import expect, expect_unsealed
from admin.models import Conference, Delegate, Presence, State
from admin.names import fold, tidy
from admin.sheets import MAX_TEXT
from admin.spreadsheets import read_delegates
from web.errors import Refused

_BEFORE_OPEN = (State.DRAFT, State.CONVENED, State.SEALED)


class MarkPresence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the desk says of a delegate.

    `issue`: a card was handed over with it. `returned`: a card handed over before
    was taken back, because the mark was a mistake.
    """

    presence: Presence
    reason: str = ""
    issue: bool = False
    returned: bool = False


def import_list(session: Session, conference: Conference, data: bytes) -> int:
    """Replace the list of delegates by that of a file; returns how many.

    Raises:
        Refused: the paper is sealed, or the roll call has begun.
        TableError: the file cannot be read at all.
        FaultsError: some rows or columns are faulty; nothing was changed.
    """
    expect_unsealed(conference)
    if any(each.presence != Presence.EXPECTED for each in conference.delegates):
        raise Refused("roll_call_begun")
    entries = read_delegates(data)
    conference.delegates.clear()
    session.flush()  # the old numbers must be free before they are taken again
    conference.delegates.extend(
        Delegate(
            number=number,
            name=entry.name,
            post=entry.post,
            unit=entry.unit,
            folded=fold(f"{entry.name} {entry.post} {entry.unit}"),
        )
        for number, entry in enumerate(entries, 1)
    )
    record(
        session,
        actions.ListImported(uuid=conference.uuid, what="delegates", rows=len(entries)),
    )
    return len(entries)


def search(session: Session, conference: Conference, text: str) -> list[Delegate]:
    """Return the delegates in whom every word of the text begins a word."""
    query = (
        select(Delegate)
        .where(Delegate.conference_id == conference.id)
        .order_by(Delegate.number)
    )
    for word in fold(text).split():
        padded = " " + Delegate.folded  # so that a word's beginning has a space
        query = query.where(padded.contains(f" {word}", autoescape=True))
    return list(session.scalars(query))


def mark(
    session: Session, conference: Conference, delegate_id: int, order: MarkPresence
) -> Delegate:
    """Mark a delegate, and count a card handed over or taken back.

    Raises:
        Refused: the roll call is locked, or the numbers would not hold.
    """
    delegate = _delegate(session, conference, delegate_id)
    _expect_unlocked(conference)
    if order.issue and order.presence != Presence.PRESENT:
        raise Refused("card_without_presence")
    if order.issue and delegate.presence == Presence.PRESENT:
        raise Refused("already_present", name=delegate.name)  # a second desk, or click
    if len(order.reason) > MAX_TEXT:
        raise Refused("text_too_long", limit=MAX_TEXT)
    delegate.presence = order.presence
    delegate.reason = tidy(order.reason) if order.presence == Presence.ABSENT else ""
    session.flush()
    conference.issued += order.issue - order.returned
    check_numbers(session, conference)
    return delegate


def lock(session: Session, conference: Conference) -> None:
    """Fix who is present; only then can voting be opened.

    Raises:
        Refused: it is locked already, or voting has begun.
    """
    _expect_unlocked(conference)
    if not conference.delegates:
        raise Refused("no_delegates")
    conference.roll_call_locked = True
    numbers = conferences.line(session, conference)
    record(
        session,
        actions.RollCallLocked(
            uuid=conference.uuid,
            summoned=numbers.summoned,
            present=numbers.present,
            issued=numbers.issued,
        ),
    )


def unlock(session: Session, conference: Conference) -> None:
    """Let the roll call go on, for a delegate who came late.

    Raises:
        Refused: voting has begun, or it is not locked.
    """
    expect(conference, *_BEFORE_OPEN)
    if not conference.roll_call_locked:
        raise Refused("roll_call_not_locked")
    conference.roll_call_locked = False
    record(session, actions.RollCallUnlocked(uuid=conference.uuid))


def check_numbers(session: Session, conference: Conference) -> None:
    """Refuse a change after which the reconciliation line would not hold.

    Raises:
        Refused: with the inequality's name and all numbers.
    """
    numbers = conferences.line(session, conference)
    if conference.issued < 0:
        raise Refused("nothing_issued")
    broken = numbers.broken()
    if broken:
        raise Refused(
            broken,
            summoned=numbers.summoned,
            present=numbers.present,
            printed=numbers.printed,
            issued=numbers.issued,
            voided=numbers.voided,
        )


def _delegate(session: Session, conference: Conference, delegate_id: int) -> Delegate:
    delegate = session.get(Delegate, delegate_id)
    if delegate is None or delegate.conference_id != conference.id:
        raise Refused("delegate_unknown", status=404)
    return delegate


def _expect_unlocked(conference: Conference) -> None:
    expect(conference, *_BEFORE_OPEN)
    if conference.roll_call_locked:
        raise Refused("roll_call_locked")
