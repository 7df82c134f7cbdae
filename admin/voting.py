"""Voting: the chair opens and closes the box, or abandons the ballot."""

from sqlalchemy.orm import Session

from admin import actions, agenda, cards, conferences, small_groups
from admin.actions import record
from admin.conferences import expect
from admin.models import Conference, State
from admin.names import tidy
from admin.reconciliation import Line
from admin.roll_call import check_numbers
from admin.small_groups import Limits
from web import contracts
from web.errors import Refused
from web.outbox import post_later
from web.peers import Peers

_OVER = (State.PUBLISHED, State.VOID)


def open_box(
    session: Session,
    conference: Conference,
    peers: Peers,
    limits: Limits,
    *,
    acknowledged: bool,
) -> None:
    """Open voting.

    Raises:
        Refused: a condition is not met, with the numbers that say so; or the group
            is small and the chair has not acknowledged what that means.
    """
    expect(conference, State.SEALED)
    numbers = _check_may_open(session, conference)
    small = _check_small(conference, numbers, limits, acknowledged=acknowledged)
    voided = cards.voided_list(session, conference)
    body = contracts.BoxOpen(issued=conference.issued, voided=voided)
    # A new message each time: after a lost answer the numbers may have moved on.
    peers.send("kiosk", "box.open", body, conference.uuid)
    conference.state = State.OPEN
    conference.shows = ""
    _report(session, conference, numbers, final=False)
    record(
        session,
        actions.BoxOpened(
            uuid=conference.uuid,
            summoned=numbers.summoned,
            present=numbers.present,
            issued=numbers.issued,
            voided=numbers.voided,
            small_group=small,
        ),
    )


def close_box(session: Session, conference: Conference, peers: Peers) -> None:
    """Close voting for good, and tell the tally the numbers of the room.

    A reconciliation that does not hold is kept as an alarm: the box stays closed
    and the tally will not count.

    Raises:
        Refused: the box is not open.
    """
    expect(conference, State.OPEN)
    answer: contracts.BoxClosed = peers.send(
        "kiosk",
        "box.close",
        contracts.BoxClose(),
        conference.uuid,
        f"{conference.uuid}.box.close",
    )
    conference.state = State.CLOSED
    conference.shows = ""
    conference.cast = answer.cast
    conference.head = answer.head
    conference.height = answer.height
    numbers = conferences.line(session, conference)
    conference.alarm_code = numbers.broken() or conference.alarm_code
    _report(session, conference, numbers, final=True)
    record(
        session,
        actions.BoxClosed(
            uuid=conference.uuid,
            cast=answer.cast,
            issued=conference.issued,
            head=answer.head,
        ),
    )


def void(session: Session, conference: Conference, reason: str) -> None:
    """Abandon the ballot; everything is kept.

    Raises:
        Refused: it is over, or no reason was given.
    """
    if conference.state in _OVER:
        raise Refused("wrong_state", state=conference.state)
    why = tidy(reason)
    if not why:
        raise Refused("reason_missing")
    if len(why) > conferences.MAX_TEXT:
        raise Refused("text_too_long", limit=conferences.MAX_TEXT)
    for recipient in _who_knows(conference):
        body = contracts.BoxVoid(reason=why)
        post_later(session, recipient, "box.void", body, conference.uuid)
    conference.state = State.VOID
    conference.void_reason = why
    record(session, actions.ConferenceVoided(uuid=conference.uuid, reason=why))


def voters_of(conference: Conference, numbers: Line) -> small_groups.Voters:
    """Return how many people can vote, as of now."""
    return small_groups.Voters(
        summoned=numbers.summoned,
        present=numbers.present,
        issued=numbers.issued,
        locked=conference.roll_call_locked,
    )


def _check_small(
    conference: Conference, numbers: Line, limits: Limits, *, acknowledged: bool
) -> bool:
    """Return whether the group is small and the chair knows what that means."""
    voters = voters_of(conference, numbers)
    small = small_groups.warning(voters, limits) == small_groups.GROUP
    if small and not acknowledged:
        raise Refused(
            "small_group_unacknowledged", voters=voters.number, limit=limits.group
        )
    return small


def _check_may_open(session: Session, conference: Conference) -> Line:
    # To open the box (docs/architecture.md):
    # 1. the roll call is locked and enough of the summoned are present;
    # 2. somebody holds a card, and the numbers hold;
    # 3. the committee saw the box empty, and nobody raised an alarm.
    numbers = conferences.line(session, conference)
    # (1) enough people
    if not conference.roll_call_locked:
        raise Refused("roll_call_open")
    needed = agenda.needed_present(conference, numbers.summoned)
    if numbers.present < needed:
        raise Refused(
            "no_quorum",
            present=numbers.present,
            needed=needed,
            summoned=numbers.summoned,
        )
    # (2) cards
    check_numbers(session, conference)
    if not conference.issued:
        raise Refused("no_cards_issued")
    # (3) an empty box
    if conference.zero_head is None:
        raise Refused("no_zero_report")
    if conference.alarm_code is not None:
        raise Refused("alarm", alarm=conference.alarm_code)
    return numbers


def _report(
    session: Session, conference: Conference, numbers: Line, *, final: bool
) -> None:
    body = contracts.RollCallRecorded(
        counts=conferences.counts(conference, numbers),
        printed=numbers.printed,
        issued=numbers.issued,
        voided=numbers.voided,
        final=final,
        cast=numbers.cast if final else None,
    )
    post_later(session, "tally", "roll_call.recorded", body, conference.uuid)


def _who_knows(conference: Conference) -> tuple[str, ...]:
    if conference.state == State.DRAFT:
        return ()
    return ("tally",) if conference.paper is None else ("kiosk", "tally")
