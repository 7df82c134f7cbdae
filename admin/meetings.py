"""Meetings of a planning round: scheduled, moved, and warned about when they clash."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import msgspec
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from admin import calendar_actions as actions
from admin import deadlines, rounds
from admin.actions import record
from admin.calendar import Clash, Slot, clashes, is_weekend
from admin.models import Instance, Meeting, Round, Unit
from admin.names import fold
from admin.procedure import Procedure
from admin.profiles import load_profile
from web.errors import Refused

_MAX_STEP = 16
MAX_MINUTES = 7 * 24 * 60  # a week; more is a typing error
_NEARBY = timedelta(minutes=MAX_MINUTES)
_NEVER = datetime.max.replace(tzinfo=UTC)


class NewMeeting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is held when and where; a time without a zone is the room's own.

    `after` is the meeting that must be over before.
    """

    title: str
    unit: int | None = None
    instance: int | None = None
    step: str = ""
    place: str = ""
    starts_at: str | None = None
    minutes: int = 60
    provisional: bool = False
    after: int | None = None
    source: str = ""


class MeetingView(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting; `step_name` is in the language asked for."""

    id: int
    unit: int | None
    unit_name: str
    instance: int | None
    procedure: str
    step: str
    step_name: str
    title: str
    place: str
    starts_at: datetime | None
    minutes: int
    provisional: bool
    after: int | None
    after_title: str
    source: str
    weekend: bool


class ClashView(msgspec.Struct, frozen=True, kw_only=True):
    """Two meetings that cannot both be held as planned; one may be another round's."""

    first: int
    first_title: str
    first_at: datetime
    second: int
    second_title: str
    second_at: datetime
    kinds: tuple[str, ...]


def load(session: Session, meeting_id: int) -> Meeting:
    """Return a meeting.

    Raises:
        Refused: there is none with this number.
    """
    found = session.get(Meeting, meeting_id)
    if found is None:
        raise Refused("meeting_unknown", status=404)
    return found


def add(session: Session, round_id: int, order: NewMeeting) -> Meeting:
    """Schedule a meeting.

    Raises:
        Refused: something in it cannot be right. A clash is none of these.
    """
    meeting = Meeting(round_id=rounds.load(session, round_id).id)
    _fill(session, meeting, order)
    session.add(meeting)
    session.flush()
    record(session, actions.MeetingSet(round=round_id, meeting=meeting.id))
    return meeting


def change(session: Session, meeting_id: int, order: NewMeeting) -> Meeting:
    """Move a meeting, or correct it.

    Raises:
        Refused: something in it cannot be right.
    """
    meeting = load(session, meeting_id)
    _fill(session, meeting, order)
    record(session, actions.MeetingSet(round=meeting.round_id, meeting=meeting.id))
    return meeting


def remove(session: Session, meeting_id: int) -> Meeting:
    """Take a meeting off; what had to follow it need not any more."""
    meeting = load(session, meeting_id)
    waiting = update(Meeting).where(Meeting.after_id == meeting.id)
    session.execute(waiting.values(after_id=None))
    session.delete(meeting)
    gone = actions.MeetingRemoved(round=meeting.round_id, title=meeting.title)
    record(session, gone)
    return meeting


def listing(session: Session, round_id: int, locale: str) -> list[MeetingView]:
    """Return the meetings of a round in the order of time, the undated last."""
    rows = _rows(session, round_id)
    titles = {row.id: row.title for row in rows}
    return [_view(session, row, titles, locale) for row in rows]


def warnings(session: Session, round_id: int) -> list[ClashView]:
    """Return where meetings of this round clash, also with those of other rounds."""
    rows = [row for row in _rows(session, round_id) if row.starts_at is not None]
    known = {row.id: row for row in (*rows, *_nearby(session, round_id, rows))}
    found = clashes([_slot(session, row) for row in known.values()])
    own = {row.id for row in rows}
    return [_clash(known, each) for each in found if own & {each.first, each.second}]


def warnings_of(session: Session, meeting: Meeting) -> list[ClashView]:
    """Return where one meeting clashes."""
    session.flush()
    found = warnings(session, meeting.round_id)
    return [each for each in found if meeting.id in {each.first, each.second}]


def _rows(session: Session, round_id: int) -> list[Meeting]:
    found = session.scalars(select(Meeting).where(Meeting.round_id == round_id))
    return sorted(
        found,
        key=lambda row: (row.starts_at is None, row.starts_at or _NEVER, row.id),
    )


def _nearby(session: Session, round_id: int, rows: list[Meeting]) -> Iterable[Meeting]:
    """Return the meetings of other rounds that may be held at the same time."""
    times = [row.starts_at for row in rows if row.starts_at is not None]
    if not times:
        return ()
    return session.scalars(
        select(Meeting)
        .where(Meeting.round_id != round_id)
        .where(Meeting.starts_at >= min(times) - _NEARBY)
        .where(Meeting.starts_at <= max(times) + _NEARBY)
    )


def _slot(session: Session, row: Meeting) -> Slot:
    round_ = session.get_one(Round, row.round_id)
    if row.starts_at is None:
        raise ValueError("a meeting without a time takes no slot")
    return Slot(
        id=row.id,
        starts_at=row.starts_at,
        minutes=row.minutes,
        place=fold(row.place),
        office=fold(round_.office),
        unit=fold(_unit_name(session, row)),
        instance=row.instance_id,
        order=_order(_procedure(session, row), row.step),
        after=row.after_id,
    )


def _clash(known: dict[int, Meeting], clash: Clash) -> ClashView:
    first, second = known[clash.first], known[clash.second]
    if first.starts_at is None or second.starts_at is None:
        raise ValueError("a meeting without a time cannot clash")
    return ClashView(
        first=first.id,
        first_title=first.title,
        first_at=first.starts_at,
        second=second.id,
        second_title=second.title,
        second_at=second.starts_at,
        kinds=tuple(clash.kinds),
    )


def _view(
    session: Session, row: Meeting, titles: dict[int, str], locale: str
) -> MeetingView:
    procedure = _procedure(session, row)
    order = _order(procedure, row.step)
    step = procedure.steps[order] if procedure and order is not None else None
    at = row.starts_at
    return MeetingView(
        id=row.id,
        unit=row.unit_id,
        unit_name=""
        if row.unit_id is None
        else session.get_one(Unit, row.unit_id).name,
        instance=row.instance_id,
        procedure=procedure.name.of(locale) if procedure else "",
        step=row.step,
        step_name=step.name.of(locale) if step else "",
        title=row.title,
        place=row.place,
        starts_at=at,
        minutes=row.minutes,
        provisional=row.provisional,
        after=row.after_id,
        after_title=titles.get(row.after_id, "") if row.after_id else "",
        source=row.source,
        weekend=at is not None and is_weekend(at.astimezone().date()),
    )


def _unit_name(session: Session, row: Meeting) -> str:
    return "" if row.unit_id is None else session.get_one(Unit, row.unit_id).name


def _procedure(session: Session, row: Meeting) -> Procedure | None:
    if row.instance_id is None:
        return None
    instance = session.get_one(Instance, row.instance_id)
    return load_profile(session, instance.profile_digest)


def _order(procedure: Procedure | None, step: str) -> int | None:
    ids = [each.id for each in procedure.steps] if procedure else []
    return ids.index(step) if step in ids else None


def _fill(session: Session, meeting: Meeting, order: NewMeeting) -> None:
    if not 0 < order.minutes <= MAX_MINUTES:
        raise Refused("minutes_wrong", limit=MAX_MINUTES)
    _fill_place_in_round(session, meeting, order)
    meeting.title = rounds.needed(order.title)
    meeting.place = rounds.fitting(order.place)
    meeting.starts_at = None if not order.starts_at else _moment(order.starts_at)
    meeting.minutes = order.minutes
    meeting.provisional = order.provisional
    meeting.source = rounds.fitting(order.source)


def _fill_place_in_round(session: Session, meeting: Meeting, order: NewMeeting) -> None:
    """Say which unit holds which step, after which meeting; all of one round."""
    meeting.instance_id = order.instance
    meeting.unit_id = order.unit
    meeting.step = rounds.fitting(order.step, _MAX_STEP)
    if order.instance is not None:
        instance = session.get(Instance, order.instance)
        if instance is None:
            raise Refused("instance_unknown", status=404)
        meeting.unit_id = instance.unit_id
        procedure = load_profile(session, instance.profile_digest)
        if meeting.step and _order(procedure, meeting.step) is None:
            raise Refused("step_unknown")
    deadlines.check_unit(session, meeting.round_id, meeting.unit_id)
    meeting.after_id = _after(session, meeting, order.after)


def _after(session: Session, meeting: Meeting, after: int | None) -> int | None:
    if after is None:
        return None
    former = load(session, after)
    if former.round_id != meeting.round_id or former.id == meeting.id:
        raise Refused("meeting_after_wrong")
    return former.id


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refused("moment_wrong") from None
    deadlines.check_year(moment.year)
    return moment
