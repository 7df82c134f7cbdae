"""The tally's tables.

There is no column for a private key of a member, a name of a delegate or a card.
What a member's browser sends is public or encrypted to the member: certificate,
polynomial, key, decryption shares. Nothing beside a mirrored ballot says when or
from where it came.
"""

from datetime import date

from sqlalchemy import ForeignKey, LargeBinary, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from tally.phases import Phase
from web import db
from web.models import AccountRow, OutboxRow, ReceivedRow, RecordRow

UUID = String(22)
HASH = String(64)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=db.NAMES)
    type_annotation_map = db.TYPES


class Account(AccountRow, Base):
    """Who may log in: leaders of committees."""


class Received(ReceivedRow, Base):
    """Messages that were handled."""


class Outbox(OutboxRow, Base):
    """Messages to be delivered."""


class Record(RecordRow, Base):
    """The log of what was done."""


class Committee(Base):
    """One conference's counting committee and how far its work is.

    `trustees` is Belenios' public trustees structure, once the key is made;
    `stop_code` and `stop_detail` say why a count stopped or a vote was abandoned.

    `origin` is the vote for which the key was made: this one, or one before whose key
    is kept. `first` is the first vote of the committee's day and `turn` the place in
    it, from 1. `convened_on` is a day of the room, for a key is kept on its day alone;
    absent where the committee is older than the column.
    """

    __tablename__ = "committee"

    uuid: Mapped[str] = mapped_column(UUID, primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    threshold: Mapped[int]
    demo: Mapped[bool]
    phase_name: Mapped[str] = mapped_column("phase", String(16))
    stop_code: Mapped[str] = mapped_column(String(40), default="")
    stop_detail: Mapped[str] = mapped_column(Text, default="")
    trustees: Mapped[bytes | None] = mapped_column(LargeBinary)
    convened_on: Mapped[date | None]
    origin: Mapped[str] = mapped_column(UUID, ForeignKey("committee.uuid"))
    first: Mapped[str] = mapped_column(UUID, ForeignKey("committee.uuid"))
    turn: Mapped[int]

    members: Mapped[list["Member"]] = relationship(order_by="Member.index")

    @property
    def phase(self) -> Phase:
        return Phase(self.phase_name)

    @property
    def keeps_a_key(self) -> bool:
        """Whether the key was made for a vote before this one."""
        return self.origin != self.uuid


class Member(Base):
    """One member's seat and everything its browser has sent.

    `join_code` and `seat` are hashes of secrets: of the code that the leader hands
    out, and of the token that the joined browser keeps. The same token seats a browser
    in every vote of its committee's day. `own_count` is what the browser says of its
    own count: "agrees" or "differs", empty before.
    """

    __tablename__ = "member"

    uuid: Mapped[str] = mapped_column(
        UUID, ForeignKey("committee.uuid"), primary_key=True
    )
    index: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    join_code: Mapped[str | None] = mapped_column(HASH, unique=True)
    seat: Mapped[str | None] = mapped_column(HASH)
    certificate: Mapped[str | None] = mapped_column(Text)
    polynomial: Mapped[str | None] = mapped_column(Text)
    vinput: Mapped[str | None] = mapped_column(Text)
    voutput: Mapped[str | None] = mapped_column(Text)
    test_share: Mapped[str | None] = mapped_column(Text)
    saw_empty_box: Mapped[bool] = mapped_column(default=False)
    share: Mapped[str | None] = mapped_column(Text)
    bad_shares: Mapped[int] = mapped_column(default=0)
    confirmed: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(Text, default="")
    own_count: Mapped[str] = mapped_column(String(10), default="")


class Trial(Base):
    """The small invented vote that every member opens with the real key card.

    `known` is its result as the server drew it, a JSON text.
    """

    __tablename__ = "trial"

    uuid: Mapped[str] = mapped_column(
        UUID, ForeignKey("committee.uuid"), primary_key=True
    )
    election: Mapped[bytes] = mapped_column(LargeBinary)
    trustees: Mapped[bytes] = mapped_column(LargeBinary)
    credentials: Mapped[bytes] = mapped_column(LargeBinary)
    encrypted_tally: Mapped[bytes] = mapped_column(LargeBinary)
    ballots: Mapped[int]
    known: Mapped[str] = mapped_column(Text)


class SealedPaper(Base):
    """The sealed paper: the exact three texts, as they are hashed.

    `timestamp` is the archive's, taken over from the kiosk so that both services
    write the same file.
    """

    __tablename__ = "sealed_paper"

    uuid: Mapped[str] = mapped_column(
        UUID, ForeignKey("committee.uuid"), primary_key=True
    )
    election: Mapped[bytes] = mapped_column(LargeBinary)
    trustees: Mapped[bytes] = mapped_column(LargeBinary)
    credentials: Mapped[bytes] = mapped_column(LargeBinary)
    fingerprint: Mapped[str] = mapped_column(String(43))
    timestamp: Mapped[int | None]


class BoardEvent(Base):
    """One event of the mirrored board that was checked before it was kept."""

    __tablename__ = "board_event"
    __table_args__ = ({"sqlite_with_rowid": False},)

    uuid: Mapped[str] = mapped_column(
        UUID, ForeignKey("committee.uuid"), primary_key=True
    )
    height: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20))
    event: Mapped[bytes] = mapped_column(LargeBinary)


class BoardData(Base):
    """A text that a mirrored event brought along, in its fixed order."""

    __tablename__ = "board_data"
    __table_args__ = ({"sqlite_with_rowid": False},)

    uuid: Mapped[str] = mapped_column(
        UUID, ForeignKey("committee.uuid"), primary_key=True
    )
    height: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class RollCall(Base):
    """The last numbers of the room that the secretary signed."""

    __tablename__ = "roll_call"

    uuid: Mapped[str] = mapped_column(
        UUID, ForeignKey("committee.uuid"), primary_key=True
    )
    summoned: Mapped[int]
    present: Mapped[int]
    members: Mapped[int | None]
    printed: Mapped[int]
    issued: Mapped[int]
    voided: Mapped[int]
    cast: Mapped[int | None]
    final: Mapped[bool]


class Count(Base):
    """The opened result of one vote.

    `encrypted_tally` is what is being decrypted; `result` Belenios' result and
    `sections` the verdicts, both JSON texts; `archive` the SHA-256 of the `.bel`.
    `numbers_told`: cards issued and ballots cast were announced to the room before
    anything was opened. `tool` (JSON) is what belenios-tool counted, absent where it
    is not installed or not done yet.
    """

    __tablename__ = "count"

    uuid: Mapped[str] = mapped_column(
        UUID, ForeignKey("committee.uuid"), primary_key=True
    )
    encrypted_tally: Mapped[bytes] = mapped_column(LargeBinary)
    sized: Mapped[bytes] = mapped_column(LargeBinary)
    ballots: Mapped[int]
    result: Mapped[str | None] = mapped_column(Text)
    sections: Mapped[str | None] = mapped_column(Text)
    archive: Mapped[str | None] = mapped_column(HASH)
    announced: Mapped[bool] = mapped_column(default=False)
    numbers_told: Mapped[bool] = mapped_column(default=False)
    tool: Mapped[str | None] = mapped_column(Text)


class Remark(Base):
    """A note or complaint for the minutes: `member` wrote it, 0 is the leader."""

    __tablename__ = "remark"

    uuid: Mapped[str] = mapped_column(
        UUID, ForeignKey("committee.uuid"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    handling: Mapped[str] = mapped_column(Text, default="")


class Alarm(Base):
    """What must not be, and was seen. It stays until the vote is abandoned."""

    __tablename__ = "alarm"

    uuid: Mapped[str] = mapped_column(
        UUID, ForeignKey("committee.uuid"), primary_key=True
    )
    code: Mapped[str] = mapped_column(String(40))
    detail: Mapped[str] = mapped_column(Text)
