"""Ballot cards: printed once, counted, voided; never known again.

The secret of a card exists in memory while its sheet is made, and on paper. What
is kept is the public half, in the order of its value, and whether it may vote.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from admin import actions, conferences
from admin.actions import record
from admin.conferences import expect, expect_unsealed
from admin.models import Card, Conference, State
from admin.roll_call import check_numbers
from crypto import credentials, group
from web.contracts import CardsIssued, CardsRefused, CardsVoided
from web.errors import Refused
from web.outbox import post_later
from web.peers import Peers

MAX_SPARES = 1000  # a typing error, not a stack of cards
_HANDED_OUT = (State.CONVENED, State.SEALED, State.OPEN)


@dataclass(frozen=True)
class Voided:
    """What became of the cards to void: a card that voted stays counted."""

    voided: int
    already_cast: tuple[str, ...]


def draw_batch(session: Session, conference: Conference, spares: int) -> list[str]:
    """Draw a card for every delegate and some spare ones; replaces a former batch.

    Returns their secrets, shuffled, to be printed at once and forgotten.

    Raises:
        Refused: the paper is sealed, cards were handed out, or nobody is summoned.
    """
    expect_unsealed(conference)
    if conference.issued:
        raise Refused("cards_handed_out", issued=conference.issued)
    if not conference.delegates:
        raise Refused("no_delegates")
    if not 0 <= spares <= MAX_SPARES:
        raise Refused("spares_wrong", most=MAX_SPARES)
    codes = [
        credentials.new_credential() for _ in range(len(conference.delegates) + spares)
    ]
    _replace(session, conference, codes)
    secrets.SystemRandom().shuffle(codes)
    return codes


def issue(session: Session, conference: Conference, count: int) -> None:
    """Raise the number of cards handed out, and nothing else.

    Raises:
        Refused: more than are present, or than there are cards.
    """
    expect(conference, *_HANDED_OUT)
    if count < 1:
        raise Refused("count_wrong")
    conference.issued += count
    check_numbers(session, conference)
    if conference.state == State.OPEN:
        body = CardsIssued(issued=conference.issued)
        post_later(session, "kiosk", "cards.issued", body, conference.uuid)


def void(
    session: Session, conference: Conference, public: Sequence[str], peers: Peers
) -> Voided:
    """Void cards by their public halves; those that voted already stay counted.

    A damaged card is exchanged so: it is voided, another one is handed out, and
    the number of cards handed out stays.

    Raises:
        Refused: a card is not of this conference, or the numbers would not hold.
    """
    expect(conference, *_HANDED_OUT)
    found = _find(session, conference, public)
    fresh = [card for card in found if not card.voided]
    for card in fresh:
        card.voided = True
    session.flush()
    check_numbers(session, conference)  # before the kiosk is told: it cannot go back
    already_cast: tuple[str, ...] = ()
    if conference.state == State.OPEN:
        order = CardsVoided(credentials=tuple(card.credential for card in found))
        answer: CardsRefused = peers.send(
            "kiosk", "cards.voided", order, conference.uuid
        )
        already_cast = answer.already_cast
    changed = [card for card in fresh if card.credential not in already_cast]
    for card in fresh:
        card.voided = card in changed
    record(session, actions.CardsVoided(uuid=conference.uuid, cards=len(changed)))
    return Voided(len(changed), already_cast)


def public_list(session: Session, conference: Conference) -> list[group.Point]:
    """Return the public halves of all printed cards, voided ones included."""
    found = session.scalars(
        select(Card.credential).where(Card.conference_id == conference.id)
    )
    return [group.decode_point(text) for text in found]


def voided_list(session: Session, conference: Conference) -> tuple[str, ...]:
    """Return the public halves of the voided cards."""
    found = session.scalars(
        select(Card.credential)
        .where(Card.conference_id == conference.id, Card.voided)
        .order_by(Card.credential)
    )
    return tuple(found)


def _replace(session: Session, conference: Conference, codes: Sequence[str]) -> None:
    replaced = conferences.line(session, conference).printed
    session.execute(delete(Card).where(Card.conference_id == conference.id))
    public = sorted(
        group.encode_point(credentials.public_credential(conference.uuid, code))
        for code in codes
    )
    session.add_all(
        Card(conference_id=conference.id, credential=credential)
        for credential in public
    )
    conference.printed = len(codes)
    record(
        session,
        actions.CardsPrinted(uuid=conference.uuid, cards=len(codes), replaced=replaced),
    )


def _find(
    session: Session, conference: Conference, public: Sequence[str]
) -> list[Card]:
    if not public or len(set(public)) != len(public):
        raise Refused("cards_wrong")
    found = [session.get(Card, (conference.id, credential)) for credential in public]
    cards = [card for card in found if card is not None]
    if len(cards) != len(public):
        raise Refused("card_unknown", unknown=len(public) - len(cards))
    return cards
