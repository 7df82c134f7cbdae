"""Orders that the other services send (docs/messages.md), each in one transaction."""

from functools import partial

from sqlalchemy.orm import Session

from crypto.errors import ProtocolError
from crypto.messages import Message
from crypto.setup import SetupBytes
from kiosk import actions
from kiosk.board import BoardWriter
from kiosk.boxes import Boxes
from kiosk.checking import current_checking
from kiosk.models import BoxState
from kiosk.tablets import CODE_LIFETIME, Tablets, current_presence
from web.contracts import (
    BoardFinished,
    BoxClose,
    BoxClosed,
    BoxOpen,
    BoxVoid,
    CardsIssued,
    CardsRefused,
    CardsVoided,
    Done,
    PairingAsked,
    PairingCode,
    PaperReceived,
    PaperSealed,
    TabletListed,
    TabletRevoked,
    TabletsAsked,
    TabletsListed,
)
from web.db import after_commit
from web.errors import Refused
from web.peers import Registry
from web.realtime import hint
from web.record import Action, record

ORDERS = Registry()
BOX_TOPIC = "box"


@ORDERS.handles("paper.sealed")
def seal(session: Session, message: Message, body: PaperSealed) -> PaperReceived:
    source = SetupBytes(
        election=body.election.encode(),
        trustees=body.trustees.encode(),
        credentials=body.credentials.encode(),
    )
    box = Boxes(session).prepare(source)
    if box.uuid != message.election:
        raise Refused("bad_paper", check="paper.uuid")
    _tell(session, message, actions.PaperPrepared(box.uuid, box.fingerprint))
    after_commit(session, partial(current_checking().warm, box.uuid))
    return PaperReceived(box.fingerprint)


@ORDERS.handles("box.open")
def open_box(session: Session, message: Message, body: BoxOpen) -> Done:
    Boxes(session).open(message.election, issued=body.issued, voided=body.voided)
    _tell(session, message, actions.BoxOpened(message.election))
    after_commit(session, partial(current_checking().warm, message.election))
    return Done()


@ORDERS.handles("cards.issued")
def issue_cards(session: Session, message: Message, body: CardsIssued) -> Done:
    Boxes(session).issue(message.election, body.issued)
    return Done()


@ORDERS.handles("cards.voided")
def void_cards(session: Session, message: Message, body: CardsVoided) -> CardsRefused:
    boxes = Boxes(session)
    boxes.usable(message.election)
    return CardsRefused(boxes.void_cards(message.election, body.credentials))


@ORDERS.handles("box.close")
def close_box(session: Session, message: Message, _body: BoxClose) -> BoxClosed:
    box = Boxes(session).close(message.election)
    closed = BoxClosed(cast=box.cast, head=box.head or "", height=box.height)
    _tell(session, message, actions.BoxWasClosed(box.uuid, closed.cast, closed.head))
    return closed


@ORDERS.handles("box.void")
def void_box(session: Session, message: Message, body: BoxVoid) -> Done:
    Boxes(session).void(message.election, body.reason)
    _tell(session, message, actions.BoxVoided(message.election, body.reason))
    return Done()


@ORDERS.handles("board.finished")
def finish_board(session: Session, message: Message, body: BoardFinished) -> Done:
    box = Boxes(session).usable(message.election)
    if box.state != BoxState.CLOSED or box.finished:
        raise Refused("board_not_awaited")
    try:
        BoardWriter(session, box).finish(body.events)
    except ProtocolError as error:
        raise Refused("bad_board", check=error.check) from error
    _tell(session, message, actions.BoardCompleted(box.uuid, box.head or ""))
    return Done()


@ORDERS.handles("tablet.pairing")
def offer_pairing(
    session: Session, message: Message, body: PairingAsked
) -> PairingCode:
    code = Tablets(session).offer(body.label)
    _record(session, message, actions.PairingOffered(body.label))
    return PairingCode(code, int(CODE_LIFETIME.total_seconds()))


@ORDERS.handles("tablet.list")
def list_tablets(
    session: Session, _message: Message, _body: TabletsAsked
) -> TabletsListed:
    presence = current_presence()
    return TabletsListed(
        tuple(
            TabletListed(tablet.id, tablet.label, *presence.of(tablet.id))
            for tablet in Tablets(session).listed()
        )
    )


@ORDERS.handles("tablet.revoked")
def revoke_tablet(session: Session, message: Message, body: TabletRevoked) -> Done:
    label = Tablets(session).revoke(body.tablet)
    _tell(session, message, actions.TabletWithdrawn(label))
    return Done()


def _record(session: Session, message: Message, action: Action) -> None:
    record(session, action, actor=message.sender)


def _tell(session: Session, message: Message, action: Action) -> None:
    """Record a change of the box, and let the idle tablets look again."""
    _record(session, message, action)
    after_commit(session, partial(hint, BOX_TOPIC))
