"""From the closed box to the result: reconcile, tell the numbers, open, judge.

What comes after the result, until the signed record leaves, is `tally/closing.py`.
"""

from dataclasses import dataclass
from functools import partial

import msgspec
from sqlalchemy.orm import Session

from crypto import tally as decryption
from crypto.board import Board
from crypto.encoding import read, sha256_hex, to_bytes
from crypto.errors import ProtocolError
from crypto.events import EventType, Owned
from crypto.setup import Setup
from crypto.statement import check_statement_proofs
from tally import actions, alarms, outside_count, papers, reconciliation, verdicts
from tally.committee import move, require
from tally.follower import Follower
from tally.links import Link, Links
from tally.models import Committee, Count, Member, RollCall
from tally.opening import Opening
from tally.phases import Phase
from web.contracts import BoardFinished, SectionResult, Service
from web.errors import Refused
from web.outbox import post_later
from web.record import record
from web.rules import Counts

_Sections = tuple[SectionResult, ...]


def begin(session: Session, committee: Committee, follower: Follower) -> None:
    """Reconcile a closed box and lay out what is to be opened.

    Nothing happens until the final numbers of the room are there. Numbers that
    contradict each other stop the count.
    """
    numbers = session.get(RollCall, committee.uuid)
    if numbers is None or not numbers.final:
        return
    try:
        reconciliation.check(line_of(numbers), follower.board.ballots)
    except reconciliation.MismatchError as error:
        stop(session, committee, error)
        return
    session.add(
        Count(
            uuid=committee.uuid,
            encrypted_tally=follower.tally.encrypted_tally(),
            sized=follower.tally.sized_encrypted_tally(),
            ballots=follower.tally.num_tallied,
        )
    )
    move(session, committee, Phase.UNSEALING)


def stop(
    session: Session, committee: Committee, error: reconciliation.MismatchError
) -> None:
    """Stop a count whose numbers contradict each other."""
    committee.stop_code = f"mismatch.{error.code}"
    committee.stop_detail = f"{error.smaller} > {error.larger}"
    move(session, committee, Phase.STOPPED)
    done = actions.CountStopped(
        committee.uuid, committee.stop_code, committee.stop_detail
    )
    record(session, done, actor="tally")


def line_of(numbers: RollCall) -> reconciliation.Line:
    """Return the reconciliation line of the last roll call."""
    return reconciliation.Line(
        summoned=numbers.summoned,
        present=numbers.present,
        printed=numbers.printed,
        issued=numbers.issued,
        voided=numbers.voided,
        cast=numbers.cast,
    )


@dataclass(frozen=True)
class Counting:
    """The count of one vote, inside the caller's transaction."""

    session: Session
    committee: Committee

    @property
    def count(self) -> Count:
        """What is being opened.

        Raises:
            Refused: the box is not closed and reconciled.
        """
        count = self.session.get(Count, self.committee.uuid)
        if count is None:
            raise Refused("not_closed")
        return count

    def tell_numbers(self, who: str) -> None:
        """Note that the room heard how many cards were issued and ballots cast.

        Whoever says so once more changes nothing: several hold the same button.

        Raises:
            Refused: the box is not closed and reconciled, or is being opened already.
        """
        require(self.committee, Phase.UNSEALING)
        count = self.count
        if count.numbers_told:
            return
        count.numbers_told = True
        done = actions.NumbersTold(count.uuid, self.numbers().issued, count.ballots)
        record(self.session, done, actor=who)

    def add_share(self, member: Member, text: str, statement: str) -> bool:
        """Take a member's share; the last one that is needed opens the result.

        Its statement proofs are checked, not kept: the archive has no place for them.

        Returns whether the shares fit together, as far as that can be told.

        Raises:
            Refused: there is an alarm, it is not the time, the room has not heard the
                numbers, or the share is bad.
        """
        alarms.refuse_alarmed(self.session, self.committee.uuid)
        require(self.committee, Phase.UNSEALING)
        if not self.count.numbers_told:
            raise Refused("numbers_not_told")
        if member.share is not None:
            raise Refused("already_done")
        self._check_share(member, text.encode(), statement.encode())
        member.share = text
        who = f"member {member.index}"
        record(self.session, actions.ShareGiven(member.uuid, member.index), actor=who)
        return len(self.opened_by()) < self.committee.threshold or self._open(member)

    def note_bad_share(self, member: Member, check: str) -> None:
        """Name a member whose share was bad; the count goes on without it."""
        member.bad_shares += 1
        done = actions.ShareRefused(member.uuid, member.index, check)
        record(self.session, done, actor=f"member {member.index}")

    def announce(self) -> None:
        """Give the kiosk the end of the board, so that all of it is public.

        Raises:
            Refused: the count is not recorded.
        """
        require(self.committee, Phase.RECORDED)
        self.count.announced = True
        uuid = self.committee.uuid
        height = 2 + self.count.ballots  # behind Setup, the ballots and EndBallots
        events = tuple(
            (tuple(text.decode() for text in link.data), link.event.decode())
            for link in Links(self.session, uuid).load(height)
        )
        finished = BoardFinished(events=events)
        post_later(self.session, Service.KIOSK, "board.finished", finished, uuid)

    def opened_by(self) -> list[Member]:
        """Return the members whose shares opened, or open, the result."""
        return [member for member in self.committee.members if member.share]

    def sections(self) -> tuple[SectionResult, ...]:
        """Return the verdicts.

        Raises:
            Refused: the result is not open yet.
        """
        if self.count.sections is None:
            raise Refused("not_counted")
        return msgspec.json.decode(self.count.sections, type=tuple[SectionResult, ...])

    def counts(self) -> Counts:
        """Return the persons that shares are measured against."""
        numbers = self.numbers()
        return Counts(numbers.summoned, numbers.present, numbers.members)

    def numbers(self) -> RollCall:
        """Return the final numbers of the room."""
        return self.session.get_one(RollCall, self.committee.uuid)

    def _check_share(self, member: Member, share: bytes, statement: bytes) -> None:
        row = papers.load(self.session, self.committee.uuid)
        setup = papers.setup_of(papers.source_of(row))
        sums = self.count.encrypted_tally
        try:
            decryption.check_partial_decryption(setup, sums, member.index, share)
            check_statement_proofs(setup, sums, member.index, share, statement)
        except ProtocolError as error:
            raise Refused("bad_share", status=400, check=error.check) from error

    def _open(self, newest: Member) -> bool:
        """Combine the shares, judge, and write the end of the board.

        Shares that contradict each other wait for one more; then the liar is named.
        """
        uuid, count = self.committee.uuid, self.count
        setup = papers.setup_of(papers.source_of(papers.load(self.session, uuid)))
        shares = {m.index: (m.share or "").encode() for m in self.opened_by()}
        threshold = self.committee.threshold
        opened = Opening(setup, count.encrypted_tally, count.ballots, threshold).open(
            _factors(shares), newest.index, partial(self._judge, setup)
        )
        if opened is None:
            return False
        for member in self.opened_by():
            if member.index in opened.wrong:
                member.share = None
                self.note_bad_share(member, "decryption.sense")
        count.result = opened.result.decode()
        count.sections = msgspec.json.encode(opened.judged).decode()
        links = Links(self.session, uuid)
        board = links.board()
        height = board.height + 1
        used = {owner: shares[owner] for owner in opened.used}
        links.store(_end_of(board, count, used, opened.result), height)
        move(self.session, self.committee, Phase.COUNTED)
        outside_count.current().order(self.session, count)
        return True

    def _judge(self, setup: Setup, result: list[list[int]]) -> _Sections:
        paper = papers.paper_of(setup)
        return verdicts.judge(paper, result, self.counts(), self.count.ballots)


def _factors(shares: dict[int, bytes]) -> dict[int, decryption.Factors]:
    """Read shares whose proofs were checked before they were stored."""
    return {
        owner: read(
            share, decryption.PartialDecryption, identity=True
        ).decryption_factors
        for owner, share in shares.items()
    }


def _end_of(
    board: Board, count: Count, shares: dict[int, bytes], result: bytes
) -> list[Link]:
    """Write the events behind EndBallots: tally, one share an owner, result."""
    links = [
        _append(board, EventType.ENCRYPTED_TALLY, (count.encrypted_tally, count.sized))
    ]
    for owner in sorted(shares):
        owned = to_bytes(Owned(owner, sha256_hex(shares[owner])))
        data = (shares[owner], owned)
        links.append(_append(board, EventType.PARTIAL_DECRYPTION, data, owner))
    links.append(_append(board, EventType.RESULT, (result,)))
    return links


def _append(
    board: Board, kind: EventType, data: tuple[bytes, ...], owner: int | None = None
) -> Link:
    event = board.next_event(kind, sha256_hex(data[-1]))
    board.append(event, owner=owner)
    return Link(data, event.to_bytes())
