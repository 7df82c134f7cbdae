"""How a ballot gets into the box (docs/protocol-map.md).

Three steps, because the middle one is slow and no transaction may wait for it:

1. ``screen``, reading only: is it already in, is the box open, may this card vote?
2. the proofs and the signature, beside the web threads (``kiosk.checking``);
3. ``accept``, in ONE transaction: all of 1 again, no mark copied from the board,
   then the ballot, the used card and the next event of the chain.

A crash leaves either an unused card or exactly one recorded ballot, and the same
ballot sent again gets the same answer. Nothing here knows the time or the tablet.
"""

from dataclasses import dataclass

import msgspec
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from crypto.encoding import fingerprint
from crypto.events import EventType
from kiosk.board import BoardWriter
from kiosk.boxes import Boxes
from kiosk.checking import CheckedBallot
from kiosk.models import (
    BallotRow,
    BoxRow,
    BoxState,
    CardRow,
    CardState,
    CiphertextRow,
)
from web.errors import Refused


class _Claim(msgspec.Struct, frozen=True):
    """The two fields that cheap checks need; everything is checked again later."""

    election_uuid: str
    credential: str


@dataclass(frozen=True)
class BallotBox:
    """One election's box, inside the caller's transaction."""

    session: Session
    uuid: str

    def screen(self, raw: bytes) -> str | None:
        """Refuse early what cannot be accepted; return the tracker if it is in.

        Raises:
            Refused: the box, the card or the form of the ballot says no.
        """
        box = Boxes(self.session).one(self.uuid)
        tracker = fingerprint(raw)
        if self._holds(tracker):
            return tracker
        claim = _read_claim(raw)
        if claim.election_uuid != self.uuid:
            raise Refused("bad_ballot", status=400, check="ballot.election")
        self._check_box(box)
        self._card(claim.credential)
        return None

    def accept(self, ballot: CheckedBallot) -> str:
        """Put a checked ballot into the box and return its tracker.

        The transaction must hold the write lock from its first statement on.

        Raises:
            Refused: as ``screen``, or a mark of it is on the board already.
        """
        box = Boxes(self.session).one(self.uuid)
        if self._holds(ballot.tracker):
            return ballot.tracker
        self._check_box(box)
        card = self._card(ballot.credential)
        self._check_no_replay(ballot)
        self._record(box, card, ballot)
        return ballot.tracker

    def _holds(self, tracker: str) -> bool:
        found = self.session.scalar(
            select(BallotRow.tracker).where(
                BallotRow.election == self.uuid, BallotRow.tracker == tracker
            )
        )
        return found is not None

    def _check_box(self, box: BoxRow) -> None:
        if box.state != BoxState.OPEN:
            raise Refused("not_open")
        if box.cast >= box.issued:
            raise Refused("no_card_issued", cast=box.cast, issued=box.issued)

    def _card(self, credential: str) -> CardRow:
        card = self.session.get(CardRow, (self.uuid, credential))
        if card is None:
            raise Refused("unknown_card")
        if card.state == CardState.VOIDED:
            raise Refused("voided_card")
        if card.state == CardState.CAST:
            raise Refused("card_used")
        return card

    def _check_no_replay(self, ballot: CheckedBallot) -> None:
        digests = set(ballot.ciphertexts)
        copied = self.session.scalar(
            select(CiphertextRow.digest)
            .where(
                CiphertextRow.election == self.uuid, CiphertextRow.digest.in_(digests)
            )
            .limit(1)
        )
        if copied is not None or len(digests) != len(ballot.ciphertexts):
            raise Refused("replayed_ballot")

    def _record(self, box: BoxRow, card: CardRow, ballot: CheckedBallot) -> None:
        self.session.add(
            BallotRow(
                election=self.uuid,
                hash=ballot.hash,
                tracker=ballot.tracker,
                credential=ballot.credential,
                content=ballot.raw,
            )
        )
        self.session.execute(
            insert(CiphertextRow),
            [
                {"election": self.uuid, "digest": digest}
                for digest in sorted(ballot.ciphertexts)
            ],
        )
        card.state = CardState.CAST
        BoardWriter(self.session, box).append(EventType.BALLOT, ballot.hash)
        box.cast += 1


def _read_claim(raw: bytes) -> _Claim:
    try:
        return msgspec.json.decode(raw, type=_Claim)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused("bad_ballot", status=400, check="ballot.form") from error
