"""Sealing: the paper with its rules becomes the bytes of a Belenios election.

In two transactions, because two services must agree in between: the first fixes the
three texts, and from then on nothing on the paper can change; the second follows
when the tally and the kiosk have stored exactly them. A repetition sends the same
texts again, so an interrupted sealing can be taken up.
"""

from sqlalchemy.orm import Session

from admin import actions, agenda, cards, conferences, following, nominees, outcomes
from admin.actions import record
from admin.choices import Settled
from admin.conferences import expect
from admin.models import Conference, Position, SealedPaper, State
from admin.names import tidy
from crypto import credentials, election, encoding, trustees
from web import contracts
from web.db import Sessions
from web.errors import Refused
from web.paper import VERSION, Nominee, Paper, Section, Style, questions, to_description
from web.peers import PeerRefused, Peers

KIND = "paper.sealed"


def seal(
    sessions: Sessions, peers: Peers, conference_id: int, *, override: str, demo: bool
) -> None:
    """Fix the paper, have both services store it, and move on.

    Raises:
        Refused: something is missing, or a service does not accept the paper.
        PeerUnreachable: one of them did not answer; the same can be tried again.
    """
    with sessions.begin() as session:
        conference = conferences.load(session, conference_id)
        fixed = prepare(session, conference, override=override, demo=demo)
        uuid = conference.uuid
    try:
        deliver(peers, uuid, fixed, "tally")
    except PeerRefused:
        with sessions.begin() as session:
            withdraw(session, conferences.load(session, conference_id))
        raise
    deliver(peers, uuid, fixed, "kiosk")
    with sessions.begin() as session:
        finish(session, conferences.load(session, conference_id))


def prepare(
    session: Session, conference: Conference, *, override: str, demo: bool
) -> SealedPaper:
    """Fix the texts of the paper, once; a repetition returns the same.

    Raises:
        Refused: something that must be on the paper is missing.
    """
    expect(conference, State.CONVENED)
    if conference.paper is not None:
        return conference.paper
    held = _check_ready(session, conference, override).encode()
    paper = paper_of(conference, demo=demo)
    text = election.write_election(
        uuid=conference.uuid,
        name=conference.title,
        description=to_description(paper),
        public_key=trustees.joint_key(trustees.read_trustees(held)),
        questions=questions(paper),
        administrator=conference.office,
    )
    public = cards.public_list(session, conference)
    conference.paper = SealedPaper(
        election=text.decode(),
        trustees=held.decode(),
        credentials=credentials.public_credentials_json(public).decode(),
        fingerprint=encoding.fingerprint(text),
        override=tidy(override),
    )
    return conference.paper


def deliver(peers: Peers, uuid: str, fixed: SealedPaper, recipient: str) -> None:
    """Have a service check and store the fixed texts.

    Raises:
        PeerUnreachable: it did not answer.
        PeerRefused: it does not accept the paper.
        Refused: it stored something else.
    """
    body = contracts.PaperSealed(
        election=fixed.election,
        trustees=fixed.trustees,
        credentials=fixed.credentials,
    )
    answer: contracts.PaperReceived = peers.send(
        recipient, KIND, body, uuid, f"{uuid}.{KIND}"
    )
    if answer.fingerprint != fixed.fingerprint:
        raise Refused("fingerprint_differs", service=recipient)


def withdraw(session: Session, conference: Conference) -> None:
    """Let the paper change again: the first service asked did not store it."""
    expect(conference, State.CONVENED)
    conference.paper = None
    session.flush()


def finish(session: Session, conference: Conference) -> None:
    """Move from convened to sealed.

    Raises:
        Refused: the texts were not fixed.
    """
    expect(conference, State.CONVENED)
    fixed = conference.paper
    if fixed is None:
        raise Refused("paper_not_fixed")
    conference.state = State.SEALED
    record(
        session,
        actions.PaperSealed(
            uuid=conference.uuid,
            fingerprint=fixed.fingerprint,
            override=fixed.override,
        ),
    )


def paper_of(conference: Conference, *, demo: bool) -> Paper:
    """Return the ballot paper that the conference leads to."""
    first = agenda.lead(conference)
    return Paper(
        version=VERSION,
        title=conference.title,
        office=conference.office,
        procedure=first.procedure.id,
        procedure_version=first.procedure.version,
        step=first.step.id,
        step_name=first.step.name.vi,
        announced=first.announced,
        sections=tuple(_section(conference, each) for each in conference.positions),
        demo=demo,
    )


def _section(conference: Conference, position: Position) -> Section:
    settled = agenda.settled(position.item)
    several = len(conference.items) > 1
    return Section(
        title=position.title,
        style=settled.style,
        rule=settled.rule_for(position.quota),
        term=position.term,
        nominees=tuple(
            Nominee(
                id=nominee.key,
                name=nominee.name,
                birth_year=nominee.birth_year,
                post=nominee.post,
            )
            for nominee in position.nominees
        ),
        maximum=_maximum(settled, position),
        purpose=settled.purpose,
        part=agenda.part_of(position.item, conference, "vi"),
        procedure=settled.procedure.id if several else "",
        step=settled.step.id if several else "",
    )


def _maximum(settled: Settled, position: Position) -> int | None:
    """Return how many may be chosen from a list: as many as its quota, or all."""
    if settled.style is not Style.SELECT:
        return None
    people = len(position.nominees)
    return min(position.quota or people, people)


def _check_ready(session: Session, conference: Conference, override: str) -> str:
    """Return the trustees' text if nothing else lacks either."""
    if following.is_orphan(session, conference):
        raise Refused("previous_void")
    if conference.trustees is None:
        raise Refused("committee_not_ready")
    for position in conference.positions:
        motion = agenda.settled(position.item).style is Style.MOTION
        if not position.nominees and not motion:
            raise Refused("no_nominees", position=position.title)
    numbers = conferences.line(session, conference)
    if not numbers.summoned:
        raise Refused("no_delegates")
    if numbers.printed < numbers.summoned:
        raise Refused(
            "too_few_cards", printed=numbers.printed, summoned=numbers.summoned
        )
    doubled = nominees.also_in_committee(conference)
    if doubled and not tidy(override):
        raise Refused("committee_on_paper", names=", ".join(doubled))
    if agenda.members_too_few(conference, numbers.summoned) and not tidy(override):
        raise Refused(
            "members_too_few", members=conference.members, summoned=numbers.summoned
        )
    left = outcomes.left_since(session, conference)
    if left:
        raise Refused("exited_on_paper", names=outcomes.names_of(left))
    return conference.trustees
