"""Results: the signed count record, checked, kept as it came, and carried on."""

from collections.abc import Collection, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin import actions, conferences
from admin.actions import record
from admin.conferences import NewConference, NewMember, NewPosition, expect
from admin.count_check import check_count
from admin.models import Conference, CountRecord, Nominee, State
from admin.names import fold
from web import paper
from web.contracts import CountRecorded, Outcome, ResultAnnounced, Verdict
from web.errors import Refused
from web.outbox import post_later


class NextConference(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What differs in the next step's conference; the rest is taken over.

    `quotas` gives, by title, how many may be planned for a position.
    """

    title: str | None = None
    office: str | None = None
    place: str | None = None
    starts_at: datetime | None = None
    committee: tuple[NewMember, ...] | None = None
    members: int | None = None
    threshold: int | None = None
    quotas: dict[str, int] = {}
    override: str = ""


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


def announce(session: Session, conference: Conference) -> None:
    """Announce the result: only at the step whose procedure says so.

    Raises:
        Refused: there is no result yet, or this step's is not announced.
    """
    expect(conference, State.COUNTED)
    _, _, ballot = conferences.ballot_of(conference)
    if not ballot.announced:
        raise Refused("not_announced")
    post_later(session, "tally", "result.announced", ResultAnnounced(), conference.uuid)
    _publish(session, conference, announced=True)


def complete(session: Session, conference: Conference) -> None:
    """End a conference whose result is not announced: no figure is shown.

    Raises:
        Refused: there is no result yet, or this step's must be announced.
    """
    expect(conference, State.COUNTED)
    _, _, ballot = conferences.ballot_of(conference)
    if ballot.announced:
        raise Refused("must_be_announced")
    _publish(session, conference, announced=False)


def next_of(session: Session, conference: Conference) -> Conference | None:
    """Return the conference that this one led to, unless that was abandoned."""
    return session.scalar(
        select(Conference)
        .where(Conference.previous_id == conference.id, Conference.state != State.VOID)
        .order_by(Conference.id.desc())
        .limit(1)
    )


def carry(
    session: Session, conference: Conference, order: NextConference
) -> Conference:
    """Open the next step's conference with those who passed, by their votes.

    Raises:
        Refused: nothing follows, nobody passed, or it was done before.
    """
    expect(conference, State.COUNTED, State.PUBLISHED)
    _, step, _ = conferences.ballot_of(conference)
    count = count_of(conference)
    if step.next is None or count is None:
        raise Refused("no_next_step")
    existing = next_of(session, conference)
    if existing is not None:
        raise Refused("next_exists", id=existing.id)
    passing = _passing(conference, count)
    if not passing:
        raise Refused("nobody_passed")
    following = conferences.create(
        session, _next_order(conference, step.next, order, passing.keys())
    )
    following.previous_id = conference.id
    for position in following.positions:
        position.nominees = _as_nominees(passing[position.title])
    session.flush()
    return following


def _publish(session: Session, conference: Conference, *, announced: bool) -> None:
    conference.state = State.PUBLISHED
    record(session, actions.ResultPublished(uuid=conference.uuid, announced=announced))


def _passing(
    conference: Conference, count: CountRecorded
) -> dict[str, list[paper.Nominee]]:
    """Return who passed, by position, most votes first, then in paper order."""
    sealed = sealed_paper(conference)
    by_position = {}
    for section, result in zip(sealed.sections, count.sections, strict=True):
        people = {nominee.id: nominee for nominee in section.nominees}
        passed = [people[each.nominee] for each in _by_votes(result.verdicts)]
        if passed:
            by_position[section.title] = passed
    return by_position


def sealed_paper(conference: Conference) -> paper.Paper:
    """Return the ballot paper as it was sealed.

    Raises:
        Refused: it is not sealed.
    """
    if conference.paper is None:
        raise Refused("paper_not_fixed")
    election = msgspec.json.decode(conference.paper.election)
    return paper.from_description(election["description"])


def _by_votes(verdicts: Sequence[Verdict]) -> list[Verdict]:
    passed = [each for each in verdicts if each.outcome is Outcome.PASSED]
    return sorted(passed, key=lambda each: -each.agree)


def _as_nominees(people: Sequence[paper.Nominee]) -> list[Nominee]:
    return [
        Nominee(
            number=number,
            key=person.id,
            name=person.name,
            folded=fold(person.name),
            birth_year=person.birth_year,
            post=person.post,
        )
        for number, person in enumerate(people, 1)
    ]


def _next_order(
    former: Conference, step: str, order: NextConference, titles: Collection[str]
) -> NewConference:
    _, follows, _ = conferences.find_ballot(former.procedure, step)
    committee = order.committee or tuple(
        NewMember(name=member.name, role=member.role) for member in former.committee
    )
    return NewConference(
        procedure=former.procedure,
        step=step,
        title=order.title or follows.name.vi,
        office=order.office or former.office,
        place=former.place if order.place is None else order.place,
        starts_at=order.starts_at or former.starts_at,
        positions=tuple(
            NewPosition(
                title=position.title,
                term=position.term,
                quota=order.quotas.get(position.title, position.quota),
            )
            for position in former.positions
            if position.title in titles
        ),
        committee=committee,
        members=former.members if order.members is None else order.members,
        threshold=order.threshold,
        override=order.override,
    )
