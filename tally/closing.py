"""From the result to the signed record: own counts, confirmations, the leader closes.

Up to three counts stand side by side: the service's, that of every member's own
browser, and that of belenios-tool where it is installed. A record leaves only if all
that were made agree (docs/adr/0016-three-counts-before-closing.md). Once it has left,
nothing of the vote changes any more.
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from crypto.tally import read_result
from tally import actions, journal, papers
from tally.committee import move, require
from tally.counting import Counting
from tally.links import Links
from tally.models import Committee, Count, Member
from tally.outside_count import OutsideCount, State, kept
from tally.phases import BEFORE_RESULT, Phase
from tally.remarks import Remarks
from web.contracts import CountRecorded, OwnCount, Service, ToolCount
from web.errors import Refused
from web.outbox import post_later
from web.record import record
from web.schema import Body


class Told(Body, frozen=True):
    """What a member's own browser counted.

    `ballots` is how many ballots it added up, `head` the hash of the last event of the
    archive that it counted.
    """

    result: tuple[tuple[int, ...], ...]
    ballots: int
    head: str


class Own(StrEnum):
    """How a member's own count stands to the service's; empty before it is told."""

    AGREES = "agrees"
    DIFFERS = "differs"


@dataclass(frozen=True)
class Closing:
    """The end of one vote's count, inside the caller's transaction."""

    session: Session
    committee: Committee

    def take_own_count(self, member: Member, told: Told) -> bool:
        """Compare a member's own count with the service's, and keep what came out.

        A member may count again: what was told last holds.

        Raises:
            Refused: nothing is counted yet, or the count is closed.
        """
        require(self.committee, Phase.COUNTED)
        agrees = told == self._counted_here()
        member.own_count = Own.AGREES if agrees else Own.DIFFERS
        done = actions.OwnCountGiven(member.uuid, member.index, agrees=agrees)
        record(self.session, done, actor=f"member {member.index}")
        return agrees

    def confirm(self, member: Member, note: str, *, accepted: bool) -> None:
        """Note what a member says of the totals.

        Raises:
            Refused: there are no totals yet, the count is closed, the member confirmed
                already, accepts what the own count does not bear out, or does not
                accept and says nothing: the minutes could not tell of it.
        """
        require(self.committee, Phase.COUNTED)
        if member.confirmed:
            raise Refused("already_done")
        if accepted:
            _check_own_count(member)
        elif not note.strip():
            raise Refused("objection_empty")
        member.confirmed, member.note = accepted, note
        done = actions.TotalsConfirmed(member.uuid, member.index, accepted=accepted)
        record(self.session, done, actor=f"member {member.index}")

    def in_the_way(self) -> str:
        """Return the code of what keeps the leader from closing, or nothing."""
        phase = self.committee.phase
        if phase is not Phase.COUNTED:
            return "not_counted" if phase in BEFORE_RESULT else ""
        tool = kept(self._count)
        states = {member.own_count for member in self.committee.members}
        if Own.DIFFERS in states or (tool and tool.state is State.DIFFERS):
            return "counts_differ"
        if len(self._confirmed_by()) < self.committee.threshold:
            return "confirmations_missing"
        return "tool_running" if tool and tool.state is State.RUNNING else ""

    def close(self) -> None:
        """Send the signed record of the count to the console; nothing changes after.

        Raises:
            Refused: there is no result, or something is in the way.
        """
        require(self.committee, Phase.COUNTED)
        hindrance = self.in_the_way()
        if hindrance:
            raise Refused(hindrance, **self._numbers_of(hindrance))
        move(self.session, self.committee, Phase.RECORDED)
        uuid = self.committee.uuid
        record(self.session, actions.CountClosed(uuid), actor="leader")
        recorded = self._record()
        post_later(self.session, Service.ADMIN, "count.recorded", recorded, uuid)

    def _record(self) -> CountRecorded:
        """Put together everything that the minutes need.

        `blank` stays absent: no style of paper offers a vote that is proven blank.
        """
        counting, uuid = Counting(self.session, self.committee), self.committee.uuid
        numbers = counting.numbers()
        row, links = papers.load(self.session, uuid), Links(self.session, uuid)
        self._count.archive = _digest(links, row.timestamp)
        return CountRecorded(
            fingerprint=row.fingerprint,
            head=links.board().head or "",
            archive=self._count.archive,
            counts=counting.counts(),
            printed=numbers.printed,
            issued=numbers.issued,
            voided=numbers.voided,
            cast=self._count.ballots,
            sections=counting.sections(),
            opened_by=tuple(member.name for member in counting.opened_by()),
            confirmed_by=tuple(member.name for member in self._confirmed_by()),
            remarks=Remarks(self.session, self.committee).for_record(),
            own_counts=self._own_counts(),
            tool=_told_by(kept(self._count)),
            journal=journal.lines(self.session, uuid),
        )

    @property
    def _count(self) -> Count:
        return Counting(self.session, self.committee).count

    def _counted_here(self) -> Told:
        count = self._count
        result = read_result((count.result or "").encode())
        board = Links(self.session, self.committee.uuid).board()
        rows = tuple(tuple(answers) for answers in result)
        return Told(rows, count.ballots, board.head or "")

    def _confirmed_by(self) -> list[Member]:
        return [member for member in self.committee.members if member.confirmed]

    def _own_counts(self) -> tuple[OwnCount, ...]:
        return tuple(
            OwnCount(member.name, agrees=member.own_count == Own.AGREES)
            for member in self.committee.members
            if member.own_count
        )

    def _numbers_of(self, hindrance: str) -> dict[str, int]:
        if hindrance != "confirmations_missing":
            return {}
        there, needed = len(self._confirmed_by()), self.committee.threshold
        return {"confirmed": there, "needed": needed}


def _check_own_count(member: Member) -> None:
    """Return nothing if the member's browser counted the same as the service.

    Raises:
        Refused: it did not, or has not counted.
    """
    if not member.own_count:
        raise Refused("own_count_missing")
    if member.own_count != Own.AGREES:
        raise Refused("own_count_differs")


def _told_by(tool: OutsideCount | None) -> ToolCount | None:
    """Name the outside count in the record, if there is one: a failed one is none."""
    if tool is None or tool.state is State.FAILED:
        return None
    return ToolCount(tool.version, agrees=tool.state is State.AGREES)


def _digest(links: Links, timestamp: int | None) -> str:
    if timestamp is None:
        raise Refused("not_closed")
    digest = hashlib.sha256()
    for piece in links.archive(timestamp):
        digest.update(piece)
    return digest.hexdigest()
