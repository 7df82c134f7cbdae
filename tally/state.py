"""What the committee's pages show: one committee's work, as JSON."""

from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crypto.encoding import sha256_hex
from crypto.events import EventType
from tally import papers
from tally.closing import Closing
from tally.committee import Committees
from tally.counting import Counting
from tally.mirror import Sight
from tally.models import (
    Alarm,
    BoardEvent,
    Committee,
    Count,
    Member,
    Remark,
    RollCall,
)
from tally.outside_count import kept
from tally.phases import FOLLOWED
from tally.remarks import Remarks
from web.paper import Paper, Section


def summary(committee: Committee) -> dict[str, Any]:
    """Return a line of the list of committees."""
    return {
        "uuid": committee.uuid,
        "title": committee.title,
        "phase": committee.phase,
        "members": len(committee.members),
        "threshold": committee.threshold,
        "joined": sum(member.seat is not None for member in committee.members),
        "first": committee.first,
        "turn": committee.turn,
    }


def whole(
    session: Session,
    committee: Committee,
    *,
    me: int | None,
    sight: Sight,
    kiosk_url: str,
) -> dict[str, Any]:
    """Return everything that leaders and members of this committee may see."""
    uuid = committee.uuid
    return {
        "uuid": uuid,
        "title": committee.title,
        "demo": committee.demo,
        "phase": committee.phase,
        "threshold": committee.threshold,
        "members": [_member(member) for member in committee.members],
        "me": me,
        "key_uuid": committee.origin,
        "day": [_of_day(vote) for vote in Committees(session).of_day(committee)],
        "counts": _counts(session, uuid),
        "mirror": _mirror(session, committee, sight),
        "zero_reported": [m.index for m in committee.members if m.saw_empty_box],
        "stop": _stop(committee),
        "result": result(session, committee),
        "kiosk_url": kiosk_url,
    } | _room(session, committee)


def result(session: Session, committee: Committee) -> dict[str, Any] | None:
    """Return the opened result with its verdicts, or nothing."""
    count = session.get(Count, committee.uuid)
    if count is None or count.sections is None:
        return None
    paper = _paper(session, committee.uuid)
    judged = Counting(session, committee).sections()
    return {
        "ballots": count.ballots,
        "sections": [
            msgspec.to_builtins(one) | _asked(section)
            for one, section in zip(judged, paper.sections, strict=True)
        ],
        "archive": count.archive,
        "announced": paper.announced,  # whether the room will be told
    }


def _room(session: Session, committee: Committee) -> dict[str, Any]:
    """Return what the counting room adds: told numbers, other counts, remarks."""
    count = session.get(Count, committee.uuid)
    tool = kept(count) if count else None
    remarks = Remarks(session, committee)
    return {
        "numbers_told": count is not None and count.numbers_told,
        "tool": msgspec.to_builtins(tool),
        "remarks": [_remark(row, remarks) for row in remarks.all()],
        "closing": Closing(session, committee).in_the_way(),
    }


def _remark(row: Remark, remarks: Remarks) -> dict[str, Any]:
    return {
        "number": row.number,
        "member": row.member,
        "name": remarks.name_of(row.member),
        "kind": row.kind,
        "text": row.text,
        "handling": row.handling,
    }


def _of_day(vote: Committee) -> dict[str, Any]:
    return {
        "uuid": vote.uuid,
        "title": vote.title,
        "phase": vote.phase,
        "key_uuid": vote.origin,
    }


def _member(member: Member) -> dict[str, Any]:
    return {
        "index": member.index,
        "name": member.name,
        "role": member.role,
        "joined": member.seat is not None,
        "certificate": member.certificate is not None,
        "polynomial": member.polynomial is not None,
        "voutput": member.voutput is not None,
        "tested": member.test_share is not None,
        "saw_empty_box": member.saw_empty_box,
        "opened": member.share is not None,
        "bad_shares": member.bad_shares,
        "confirmed": member.confirmed,
        "note": member.note,
        "own_count": member.own_count,
    }


def _counts(session: Session, uuid: str) -> dict[str, Any] | None:
    numbers = session.get(RollCall, uuid)
    if numbers is None:
        return None
    names = ("summoned", "present", "members", "printed", "issued", "voided", "cast")
    return {name: getattr(numbers, name) for name in names}


def _mirror(session: Session, committee: Committee, sight: Sight) -> dict[str, Any]:
    uuid = committee.uuid
    alarm = session.get(Alarm, uuid)
    last = session.scalars(
        select(BoardEvent)
        .where(BoardEvent.uuid == uuid)
        .order_by(BoardEvent.height.desc())
        .limit(1)
    ).first()
    checked = _checked_ballots(session, uuid)
    following = committee.phase in FOLLOWED
    return {
        "height": last.height if last else -1,
        "head": sha256_hex(last.event) if last else None,
        "checked": checked,
        "cast": max(sight.cast, checked) if following else checked,
        "reachable": sight.reachable or not following,
        "alarm": {"code": alarm.code, "detail": alarm.detail} if alarm else None,
    }


def _checked_ballots(session: Session, uuid: str) -> int:
    ballots = select(func.count()).where(
        BoardEvent.uuid == uuid, BoardEvent.kind == EventType.BALLOT
    )
    return session.scalar(ballots) or 0


def _stop(committee: Committee) -> dict[str, str] | None:
    if not committee.stop_code:
        return None
    return {"code": committee.stop_code, "detail": committee.stop_detail}


def _asked(section: Section) -> dict[str, Any]:
    """Return what the sealed paper says of a section beside its rule."""
    return {
        "term": section.term,
        "style": section.style,
        "purpose": section.purpose,
        "part": section.part,
    }


def _paper(session: Session, uuid: str) -> Paper:
    setup = papers.setup_of(papers.source_of(papers.load(session, uuid)))
    return papers.paper_of(setup)
