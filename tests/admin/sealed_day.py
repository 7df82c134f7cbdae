"""A conference whose vote is real from key to result, for tests of its bundle."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

import msgspec

from admin import conferences
from admin.bundle.container import pack, unpack
from admin.bundle.contents import DOCUMENTS, SIGNATURE, SUMS, Keys, sums_of, sums_text
from admin.bundle.making import Papers, make_bundle
from admin.bundle.papers import papers_of
from admin.bundle.reading import kept_of, open_all
from admin.records import keeping
from admin.records.kept import Kept
from crypto import encoding, messages, trustees
from crypto.events import EventType
from crypto.messages import Signer
from crypto.setup import Setup, SetupBytes
from crypto.tally import RunningTally
from tests.admin.neighbours import Office
from tests.admin.sample import MEMBERS, Meeting
from tests.simulator import Committee, Simulator, hold_ceremony
from web.contracts import (
    CommitteeReady,
    CountRecorded,
    OwnCount,
    PaperSealed,
    ToolCount,
    ZeroReported,
)
from web.keys import FileSigner

PRESENT = 7
AGREE = (1, 6, 5)  # of seven ballots, for each nominee; five of nine pass at step 5


class Vote(Simulator):
    """The election that a conference sealed, played by hand to its end."""

    def __post_init__(self) -> None:
        """Nothing is invented: `of` takes what the conference sealed."""

    @classmethod
    def of(cls, sealed: PaperSealed, committee: Committee, cards: Sequence[str]) -> Any:
        source = SetupBytes(
            sealed.election.encode(),
            sealed.trustees.encode(),
            sealed.credentials.encode(),
        )
        setup = Setup.load(source)
        vote = cls(cards=len(cards), uuid=setup.election.uuid)
        vote.source, vote.setup, vote.shares = source, setup, {}
        vote.credentials = list(cards)
        vote.running = RunningTally(setup)
        vote.private_keys = dict(enumerate(committee.private_keys, start=1))
        return vote.start()

    def cast_all(self, agree: Sequence[int]) -> None:
        """Let the first so many agree to each nominee, and the others disagree."""
        for card in range(PRESENT):
            self.vote(card, [[1, 0] if card < most else [0, 1] for most in agree])


@dataclass(frozen=True)
class Day:
    """What is left of the day: records, archive, keys, and the bundle."""

    kept: Kept
    archive: bytes
    admin: Signer
    tally: Signer
    keys: Keys
    bundle: bytes

    @property
    def files(self) -> dict[str, bytes]:
        return unpack(self.bundle)

    @property
    def papers(self) -> Papers:
        held = {n: d for n, d in self.files.items() if n.startswith(DOCUMENTS)}
        return Papers({n.removeprefix(DOCUMENTS): d for n, d in held.items()})

    def forged(
        self,
        kind: str = "",
        change: Callable[[Any], Any] = lambda body: body,
        **changes: Any,
    ) -> bytes:
        """Return the bundle with one record changed, and everything signed anew.

        It is what somebody with the services' own keys could do, short of writing
        new documents.
        """
        held = replace(self, **changes)
        signed = tuple(
            held._signed_anew(name, text, kind, change)
            for name, text in held.kept.signed
        )
        records = kept_of(open_all(signed, held.keys))
        return make_bundle(records, held.archive, held.keys, self.papers, held.admin)

    def _signed_anew(
        self, name: str, text: str, kind: str, change: Callable[[Any], Any]
    ) -> tuple[str, str]:
        payload = msgspec.json.decode(msgspec.json.decode(text)["payload"])
        signer = self.admin if payload["sender"] == "admin" else self.tally
        body = payload["body"]
        if payload["kind"] == kind:
            body = change(body)
        issued = msgspec.convert(payload["issued_at"], type=datetime)
        sealed = messages.seal(
            signer,
            kind=payload["kind"],
            sender=payload["sender"],
            recipient=payload["recipient"],
            election=payload["election"],
            body=msgspec.json.encode(body),
            message_id=payload["message_id"],
            issued_at=issued,
        )
        return name, sealed.decode()


@cache
def committee() -> Committee:
    return hold_ceremony(3, 2)


def hold(office: Office) -> tuple[Meeting, Vote]:
    """Hold a final step to its announced result."""
    meeting = Meeting(office).create("5").fill().print_cards()
    meeting.post("/convene")
    group = trustees.pedersen_group(committee().parameters)
    text = trustees.write_trustees([group]).decode()
    ready = CommitteeReady(text, encoding.fingerprint(text.encode()), MEMBERS)
    _heard(meeting, "committee.ready", ready)
    meeting.arrive(PRESENT).post("/seal")
    vote = Vote.of(office.kiosk.last("paper.sealed"), committee(), meeting.codes)
    _heard(meeting, "zero.reported", ZeroReported(vote.head, 0, MEMBERS[:2]))
    meeting.post("/open", role="chair")
    vote.cast_all(AGREE)
    vote.add(EventType.END_BALLOTS)
    office.kiosk.cast, office.kiosk.head = PRESENT, vote.head
    meeting.post("/close", role="chair")
    vote.publish_tally()
    vote.decrypt(1, 2)
    vote.publish_result()
    office.tally.archive = vote.archive()
    _heard(meeting, "count.recorded", _count(meeting, vote))
    meeting.post("/announce", role="chair")
    return meeting, vote


def day_of(office: Office, meeting: Meeting, vote: Vote) -> Day:
    """Return the day with its bundle, as the console makes it."""
    admin = FileSigner(office.app.config["DATA"] / "signing.key")
    tally = office.tally.signer
    keys = Keys(admin.public.hex(), tally.public.hex())
    with office.app.test_request_context():
        sessions = office.app.extensions["phieukin.sessions"]
        with sessions.begin() as session:
            conference = conferences.load(session, meeting.id)
            records = keeping.kept(session, conference)
    archive = vote.archive()
    whole = make_bundle(records, archive, keys, papers_of(records), admin)
    return Day(records, archive, admin, tally, keys, whole)


def repacked(files: dict[str, bytes]) -> bytes:
    """Return a bundle whose sums fit its files again; nobody signs them."""
    return pack(files | {SUMS: sums_text(sums_of(files))})


def resigned(day: Day, files: dict[str, bytes], **says: Any) -> bytes:
    """Return such a bundle signed by the day's console, whatever is in it."""
    sums = sums_text(sums_of(files))
    text = msgspec.json.decode(files[SIGNATURE])["payload"]
    payload = msgspec.json.decode(text)
    body = payload["body"] | {"sums": encoding.sha256_hex(sums)} | says
    sealed = messages.seal(
        day.admin,
        kind=payload["kind"],
        sender="admin",
        recipient="admin",
        election=payload["election"],
        body=msgspec.json.encode(body),
        message_id=payload["message_id"],
        issued_at=msgspec.convert(payload["issued_at"], type=datetime),
    )
    return pack(files | {SUMS: sums, SIGNATURE: sealed})


def _count(meeting: Meeting, vote: Vote) -> CountRecorded:
    return meeting.count(
        AGREE,
        head=vote.head,
        archive=encoding.sha256_hex(vote.archive()),
        own_counts=tuple(OwnCount(name, agrees=True) for name in MEMBERS),
        tool=ToolCount("3.0", agrees=True),
    )


def _heard(meeting: Meeting, kind: str, body: Any) -> None:
    answer = meeting.office.hear(kind, body, meeting.uuid)
    assert answer.status_code == 200, answer.get_data(as_text=True)
