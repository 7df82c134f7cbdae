"""Remarks: what the committee wants in the minutes of the count.

A note, or a complaint that was received and how it was handled. The author and the
leader may change a remark until the count is closed.
"""

from dataclasses import dataclass
from typing import Annotated

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tally import actions
from tally.committee import require
from tally.models import Committee, Member
from tally.models import Remark as Row
from tally.phases import Phase
from web import schema
from web.contracts import LEADER, CommitteeRemark, Remark
from web.errors import Refused
from web.record import record

LEADER_INDEX = 0
MAX_LETTERS = 4000  # about one page
MAX_REMARKS = 50  # of one vote
_WHILE = (
    Phase.SEALED,
    Phase.ZERO,
    Phase.OPEN,
    Phase.CLOSED,
    Phase.STOPPED,
    Phase.UNSEALING,
    Phase.COUNTED,
)
_Limited = Annotated[str, msgspec.Meta(max_length=MAX_LETTERS)]


class Written(schema.Body, frozen=True):
    """A remark as somebody wrote it."""

    kind: Remark
    text: _Limited
    handling: _Limited = ""


@dataclass(frozen=True)
class Remarks:
    """The remarks on one vote, inside the caller's transaction."""

    session: Session
    committee: Committee

    def all(self) -> list[Row]:
        """Return every remark, in the order in which they were begun."""
        rows = select(Row).where(Row.uuid == self.committee.uuid)
        return list(self.session.scalars(rows.order_by(Row.number)))

    def add(self, author: int, written: Written) -> int:
        """Keep a new remark and return its number.

        Raises:
            Refused: it says nothing, there are too many, or it is not the time.
        """
        self._check(written)
        number = 1 + self._last()
        if number > MAX_REMARKS:
            raise Refused("too_many_remarks", most=MAX_REMARKS)
        row = Row(uuid=self.committee.uuid, number=number, member=author)
        self.session.add(_filled(row, written))
        self._note(row, author)
        return number

    def change(self, number: int, author: int, written: Written) -> None:
        """Replace what a remark says.

        Raises:
            Refused: there is no such remark, it is somebody else's, or as in `add`.
        """
        self._check(written)
        row = self.session.get(Row, (self.committee.uuid, number))
        if row is None:
            raise Refused("unknown_remark", status=404)
        if author not in {row.member, LEADER_INDEX}:
            raise Refused("not_your_remark", status=403)
        _filled(row, written)
        self._note(row, author)

    def name_of(self, index: int) -> str:
        """Return who wrote a remark."""
        return LEADER if index == LEADER_INDEX else self._members()[index].name

    def for_record(self) -> tuple[CommitteeRemark, ...]:
        """Return the remarks, then what members said when they confirmed or did not."""
        remarks = tuple(
            CommitteeRemark(
                self.name_of(row.member), Remark(row.kind), row.text, row.handling
            )
            for row in self.all()
        )
        said = [member for member in self.committee.members if member.note]
        return remarks + tuple(
            CommitteeRemark(member.name, _kind_of_note(member), member.note, "")
            for member in said
        )

    def _check(self, written: Written) -> None:
        require(self.committee, *_WHILE)
        if not written.text.strip():
            raise Refused("empty_remark")

    def _last(self) -> int:
        numbers = select(func.max(Row.number)).where(Row.uuid == self.committee.uuid)
        return self.session.scalar(numbers) or 0

    def _members(self) -> dict[int, Member]:
        return {member.index: member for member in self.committee.members}

    def _note(self, row: Row, author: int) -> None:
        done = actions.RemarkWritten(row.uuid, row.number, author, row.kind)
        who = "leader" if author == LEADER_INDEX else f"member {author}"
        record(self.session, done, actor=who)


def _filled(row: Row, written: Written) -> Row:
    row.kind = written.kind
    row.text, row.handling = written.text.strip(), written.handling.strip()
    return row


def _kind_of_note(member: Member) -> Remark:
    return Remark.NOTE if member.confirmed else Remark.COMPLAINT
