"""The sealed paper: checked once when it arrives, then only read."""

from functools import lru_cache

import msgspec
from sqlalchemy.orm import Session

from crypto.encoding import sha256_hex
from crypto.errors import ProtocolError
from crypto.events import Event, EventType
from crypto.setup import Setup, SetupBytes
from tally import actions
from tally.committee import Committees, move, require
from tally.models import SealedPaper
from tally.phases import Phase
from web.contracts import PaperSealed
from web.errors import Refused
from web.paper import Paper, from_description, questions
from web.record import record


def seal(session: Session, uuid: str, order: PaperSealed) -> str:
    """Store the paper of a committee that is ready; return its fingerprint.

    Raises:
        Refused: the paper is not this committee's, or does not hold together.
    """
    committee = Committees(session).load(uuid)
    source = SetupBytes(
        order.election.encode(), order.trustees.encode(), order.credentials.encode()
    )
    known = session.get(SealedPaper, uuid)
    if known is not None and source_of(known) == source:
        return known.fingerprint  # the console tries again: the kiosk was away
    require(committee, Phase.READY)
    if source.trustees != committee.trustees:
        raise Refused("other_trustees")
    setup = _checked(source, uuid)
    session.add(
        SealedPaper(
            uuid=uuid,
            election=source.election,
            trustees=source.trustees,
            credentials=source.credentials,
            fingerprint=setup.fingerprint,
        )
    )
    move(session, committee, Phase.SEALED)
    record(session, actions.PaperSealed(uuid, setup.fingerprint), actor="admin")
    return setup.fingerprint


def load(session: Session, uuid: str) -> SealedPaper:
    """Return the sealed paper.

    Raises:
        Refused: nothing is sealed yet.
    """
    row = session.get(SealedPaper, uuid)
    if row is None:
        raise Refused("not_sealed")
    return row


def source_of(row: SealedPaper) -> SetupBytes:
    """Return the paper's three texts."""
    return SetupBytes(row.election, row.trustees, row.credentials)


@lru_cache(maxsize=4)
def setup_of(source: SetupBytes) -> Setup:
    """Read a paper that was checked when it was sealed."""
    return Setup.parse(source)


def paper_of(setup: Setup) -> Paper:
    """Return what is voted on, and the rules."""
    return from_description(setup.election.description)


def first_event(source: SetupBytes) -> Event:
    """Return the only event that an empty box may hold."""
    payload = sha256_hex(source.setup_data)
    return Event(height=0, type=EventType.SETUP, payload=payload)


def _checked(source: SetupBytes, uuid: str) -> Setup:
    try:
        setup = Setup.load(source)
        asked = questions(paper_of(setup))
    except (ProtocolError, msgspec.ValidationError, ValueError) as error:
        raise Refused("bad_paper", status=400, reason=str(error)) from error
    if setup.election.uuid != uuid:
        raise Refused("bad_paper", status=400, reason="uuid")
    # The verdicts are read by place: the questions must be the paper's own.
    if tuple(asked) != setup.election.questions:
        raise Refused("bad_paper", status=400, reason="questions")
    return setup
