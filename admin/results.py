"""Results: the signed count record, checked and kept as it came; who passed."""

from dataclasses import dataclass

import msgspec
from sqlalchemy.orm import Session

from admin import actions, conferences, ties
from admin.actions import record
from admin.conferences import expect
from admin.count_check import check_count
from admin.models import Conference, CountRecord, Position, State
from web import paper
from web.contracts import CountRecorded, Outcome, Verdict
from web.errors import Refused


@dataclass(frozen=True)
class FinalList:
    """Who passed for a position, the head's choice among ties included.

    In order of votes; equal votes in the order of the paper.
    """

    position: Position
    lines: tuple[Verdict, ...]


def receive(
    session: Session, conference: Conference, body: CountRecorded, sealed: bytes
) -> None:
    """Check the tally's result record against everything known here, and keep it.

    Raises:
        Refused: the box is not closed, or the record contradicts what we know.
    """
    expect(conference, State.CLOSED)
    check_count(conference, conferences.line(session, conference), body)
    conference.count = CountRecord(
        sealed=sealed.decode(), body=msgspec.json.encode(body).decode()
    )
    conference.state = State.COUNTED
    record(
        session,
        actions.CountReceived(
            uuid=conference.uuid, cast=body.cast, archive=body.archive
        ),
    )


def count_of(conference: Conference) -> CountRecorded | None:
    """Return the kept result record."""
    if conference.count is None:
        return None
    return msgspec.json.decode(conference.count.body, type=CountRecorded)


def final_lists(session: Session, conference: Conference) -> list[FinalList]:
    """Return who passed, by position, most votes first; empty before the count.

    Tied nominees are on it only once the head chose them.
    """
    count = count_of(conference)
    if count is None:
        return []
    found = []
    for position, result in zip(conference.positions, count.sections, strict=True):
        chosen = ties.chosen_for(session, position)
        passed = [each for each in result.verdicts if _is_in(each, chosen)]
        ranked = sorted(passed, key=lambda each: -each.agree)
        found.append(FinalList(position, tuple(ranked)))
    return found


def sealed_paper(conference: Conference) -> paper.Paper:
    """Return the ballot paper as it was sealed.

    Raises:
        Refused: it is not sealed.
    """
    if conference.paper is None:
        raise Refused("paper_not_fixed")
    election = msgspec.json.decode(conference.paper.election)
    return paper.from_description(election["description"])


def _is_in(verdict: Verdict, chosen: frozenset[str]) -> bool:
    return verdict.outcome is Outcome.PASSED or verdict.nominee in chosen
