"""The life of a box: prepared, open, closed; void from anywhere.

Who may order what is settled before (only the admin service's signed messages get
here); each order checks the box's state and changes it in the caller's transaction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from crypto.errors import ProtocolError
from crypto.events import EventType
from crypto.group import Point, encode_point
from crypto.setup import Setup, SetupBytes
from kiosk.board import BoardWriter, archive_digest, setup_bytes
from kiosk.models import BoxRow, BoxState, CardRow, CardState
from web import paper
from web.errors import Refused
from web.paper import Paper


@dataclass(frozen=True)
class Boxes:
    """All boxes of this service."""

    session: Session

    def one(self, uuid: str) -> BoxRow:
        """Return a box.

        Raises:
            Refused: there is no such election here.
        """
        box = self.session.get(BoxRow, uuid)
        if box is None:
            raise Refused("unknown_election", status=404)
        return box

    def usable(self, uuid: str) -> BoxRow:
        """Return a box that was not abandoned."""
        box = self.one(uuid)
        if box.state == BoxState.VOID:
            raise Refused("box_void")
        return box

    def listed(self) -> list[BoxRow]:
        """Return all boxes: open, prepared, then what is over; the newest first."""
        boxes = self.session.scalars(select(BoxRow).order_by(BoxRow.sealed_at.desc()))
        return sorted(boxes, key=lambda box: _BEFORE.get(BoxState(box.state), 2))

    def prepare(self, source: SetupBytes) -> BoxRow:
        """Take over a sealed paper: check all of it, and begin its board.

        The same paper again changes nothing.
        """
        setup, content = _read(source)
        known = self.session.get(BoxRow, setup.election.uuid)
        if known is not None:
            return self._same(known, source)
        box = BoxRow(
            uuid=setup.election.uuid,
            state=BoxState.PREPARED,
            title=content.title,
            fingerprint=setup.fingerprint,
            demo=content.demo,
            issued=0,
            cast=0,
            height=-1,
            finished=False,
            sealed_at=_now(),
        )
        self.session.add(box)
        self._add_cards(box, setup.credentials)
        BoardWriter(self.session, box).begin(source)
        return box

    def open(self, uuid: str, *, issued: int, voided: Iterable[str]) -> None:
        """Let cards vote from now on.

        Said again of an open box (the answer was lost), it brings the numbers up to
        date and changes nothing else.
        """
        box = self.usable(uuid)
        if box.state == BoxState.CLOSED:
            raise Refused("box_not_prepared")
        self.void_cards(uuid, voided)
        if box.state == BoxState.PREPARED:
            box.state, box.opened_at = BoxState.OPEN, _now()
        box.issued = max(box.issued, issued)

    def issue(self, uuid: str, issued: int) -> None:
        """Learn how many cards were handed out; a late, smaller number is old."""
        box = self.usable(uuid)
        if box.state == BoxState.CLOSED:
            raise Refused("box_closed")
        box.issued = max(box.issued, issued)

    def void_cards(self, uuid: str, credentials: Iterable[str]) -> tuple[str, ...]:
        """Keep these cards from voting; return those that had voted already."""
        cards = [self._card(uuid, credential) for credential in credentials]
        cast = tuple(c.credential for c in cards if c.state == CardState.CAST)
        for card in cards:
            if card.state == CardState.UNUSED:
                card.state = CardState.VOIDED
        return cast

    def close(self, uuid: str) -> BoxRow:
        """Write EndBallots: after it the board takes no ballot. Again is the same."""
        box = self.usable(uuid)
        if box.state == BoxState.PREPARED:
            raise Refused("box_not_open")
        if box.state == BoxState.OPEN:
            BoardWriter(self.session, box).append(EventType.END_BALLOTS)
            box.state, box.closed_at = BoxState.CLOSED, _now()
        return box

    def void(self, uuid: str, reason: str) -> None:
        """Abandon the ballot; everything is kept."""
        box = self.usable(uuid)
        box.state, box.void_reason = BoxState.VOID, reason

    def know_archive(self, uuid: str) -> None:
        """Keep the fingerprint of a board that was finished before it was kept."""
        box = self.one(uuid)
        if box.finished and box.archive is None:
            box.archive = archive_digest(self.session, box)

    def card_state(self, uuid: str, credential: str) -> str:
        """Say whether a card may vote, by its public credential."""
        card = self.session.get(CardRow, (uuid, credential))
        return "unknown" if card is None else card.state

    def _card(self, uuid: str, credential: str) -> CardRow:
        card = self.session.get(CardRow, (uuid, credential))
        if card is None:
            raise Refused("unknown_card")
        return card

    def _same(self, box: BoxRow, source: SetupBytes) -> BoxRow:
        if setup_bytes(self.session, box.uuid) != source:
            raise Refused("another_paper")
        return box

    def _add_cards(self, box: BoxRow, credentials: Iterable[Point]) -> None:
        self.session.add_all(
            CardRow(
                election=box.uuid,
                credential=encode_point(credential),
                state=CardState.UNUSED,
            )
            for credential in credentials
        )


_BEFORE = {BoxState.OPEN: 0, BoxState.PREPARED: 1}


def _read(source: SetupBytes) -> tuple[Setup, Paper]:
    """Check the election, its trustees and cards, and that the paper is its own."""
    try:
        setup = Setup.load(source)
    except ProtocolError as error:
        raise Refused("bad_paper", check=error.check) from error
    try:
        content = paper.from_description(setup.election.description)
        expected = paper.questions(content)
    except (msgspec.DecodeError, ValueError) as error:
        raise Refused("bad_paper", check="paper.description") from error
    if list(setup.election.questions) != expected:
        raise Refused("bad_paper", check="paper.questions")
    if set(setup.credentials.values()) - {1}:
        raise Refused("bad_paper", check="paper.weights")
    return setup, content


def _now() -> datetime:
    return datetime.now(UTC)
