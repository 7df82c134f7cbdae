"""A room around the real tally and the real kiosk, with members who hold seeds.

Nothing is replaced: both apps are the services' own with their databases on disk; the
network between them is WSGI instead of sockets, and the mirror looks when told to.
"""

import secrets
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import msgspec
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from crypto import credentials, messages, pedersen, tally
from crypto.ballot import make_ballot
from crypto.election import new_uuid, write_election
from crypto.setup import Setup, SetupBytes
from crypto.statement import make_statement_proofs
from crypto.trustees import joint_key, read_trustees
from tally import mirror, outside_count
from tally.app import create_app
from tally.kiosk_board import KioskBoard
from tally.models import Committee
from tally.models import Outbox as OutboxRow
from tests.kiosk.hall import Hall, Tablet, TestSigner, body_of, list_paper
from web import outbox, paper, peers
from web.accounts import FIRST_LOGINS
from web.contracts import (
    KINDS,
    Body,
    BoxClose,
    BoxOpen,
    CommitteeConvened,
    CommitteeMember,
    PaperSealed,
    RollCallRecorded,
)
from web.db import Sessions
from web.keys import FileSigner, write_key
from web.rehearsal.own_count import counted
from web.rules import Counts

NAMES = (
    "Nguyễn Thị Mẫu Hạnh",
    "Trần Thử Bảo",
    "Lê Giả Sơn",
    "Phạm Mẫu Yến",
    "Võ Thử Tùng",
)
PASSWORD = "mật khẩu của tổ trưởng"


@dataclass
class Browser:
    """A browser that talks to the tally."""

    client: FlaskClient
    token: str = ""

    def renew(self) -> "Browser":
        self.token = self.client.get("/api/session").json["csrf_token"]  # type: ignore[index]
        return self

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def post(self, path: str, body: object = None) -> TestResponse:
        raw = msgspec.json.encode({} if body is None else body)
        return self.client.post(path, data=raw, headers={"X-CSRF-Token": self.token})

    def done(self, path: str, body: object = None) -> Any:
        response = self.post(path, body)
        assert response.status_code == 200, response.text
        return response.json

    def refused(self, path: str, body: object = None) -> str:
        response = self.post(path, body)
        assert response.status_code >= 400, response.text
        return str(response.json["code"])  # type: ignore[index]


@dataclass
class Member(Browser):
    """A committee member's browser and key card."""

    uuid: str = ""
    index: int = 0
    seed: str = field(default_factory=pedersen.new_seed, repr=False)

    def path(self, rest: str) -> str:
        return f"/api/elections/{self.uuid}/{rest}"

    def certificate(self, size: int, threshold: int) -> str:
        made = pedersen.make_certificate(self.seed, size, threshold, self.index)
        return made.decode()

    def polynomial(self) -> str:
        listed = self.get(self.path("certificates")).json["certificates"]  # type: ignore[index]
        certs = [text.encode() for text in listed]
        return pedersen.make_polynomial(self.seed, certs).decode()

    def voutput(self) -> str:
        dealt: Any = self.get(self.path("vinput")).json
        certs = [text.encode() for text in dealt["certificates"]]
        vinput = dealt["vinput"].encode()
        made = pedersen.make_voutput(self.seed, certs, vinput, self.index)
        return made.decode()

    def decrypt(self, what: str) -> dict[str, str]:
        sums: Any = self.get(self.path(what)).json
        texts = (
            sums[name].encode() for name in ("election", "trustees", "credentials")
        )
        key = pedersen.private_key(self.seed, sums["private_key"])
        tallied = sums["encrypted_tally"].encode()
        setup = Setup.load(SetupBytes(*texts))
        share = tally.make_partial_decryption(setup, tallied, key)
        statement = make_statement_proofs(setup, tallied, key)
        return {"text": share.decode(), "statement": statement.decode()}

    def open(self, path: str, what: str) -> Any:
        """Open the sums found under ``what``."""
        return self.done(self.path(path), self.decrypt(what))

    def send(self, what: str, text: str) -> Any:
        return self.done(self.path(what), {"text": text})


@dataclass
class Room:
    """Tally and kiosk in a folder, a committee, and what the console orders."""

    folder: Path
    size: int = 3
    threshold: int = 2
    content: paper.Paper = field(default_factory=list_paper)
    uuid: str = ""
    cards: list[str] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    tablet_ballots: list[bytes] = field(default_factory=list)
    printed: int = 8

    def __post_init__(self) -> None:
        self.admin = TestSigner()
        self.place, box = self.folder / "tally", self.folder / "kiosk"
        for folder in (self.place, box):
            folder.mkdir(parents=True)
            write_key(folder / "signing.key")
        kiosk = FileSigner(box / "signing.key").public
        write_tally_folder(self.place, self.admin.public, kiosk)
        signer = FileSigner(self.place / "signing.key")
        signers: Any = {"admin": self.admin, "tally": signer}
        self.hall = Hall(box, signers=signers)
        self.uuid = new_uuid()
        self.start()

    def start(self) -> None:
        self.app: Flask = create_app(self.place)
        mirror.mirror_of(self.app).stop()
        box = httpx.WSGITransport(app=self.hall.app)
        client = httpx.Client(mounts={"all://kiosk": box})
        self.mirror = mirror.Mirror(
            self.app, KioskBoard(client, "http://kiosk"), workers=1, seconds=0.1
        )
        mirror.install(self.app, self.mirror)
        known = self.app.extensions[peers.EXTENSION]
        self.app.extensions[peers.EXTENSION] = replace(known, client=client)

    def stop(self) -> None:
        self.mirror.stop()
        outside_count.of(self.app).stop()
        self.app.extensions[outbox._EXTENSION].stop()
        self.sessions.engine.dispose()

    def restart(self) -> None:
        self.stop()
        self.start()
        for member in self.members:
            cookie = member.client.get_cookie("phieukin_tally")
            member.client = self.app.test_client()
            if cookie is not None:
                member.client.set_cookie("phieukin_tally", cookie.value)
            member.renew()

    def end(self) -> None:
        self.stop()
        self.hall.stop()

    @property
    def sessions(self) -> Sessions:
        found: Sessions = self.app.extensions["phieukin.sessions"]
        return found

    def browser(self) -> Browser:
        return Browser(self.app.test_client()).renew()

    def leader(self) -> Browser:
        browser = self.browser()
        browser.done("/api/login", {"username": "leader", "password": PASSWORD})
        return browser.renew()

    # --- what the console orders ---

    def send(self, kind: str, body: Body) -> TestResponse:
        sealed = messages.seal(
            self.admin,
            kind=kind,
            sender=str(KINDS[kind].sender),
            recipient="tally",
            election=self.uuid,
            body=msgspec.json.encode(body),
            message_id=secrets.token_hex(16),
            issued_at=datetime.now(UTC),
        )
        return self.app.test_client().post("/messages", data=sealed)

    def order(self, kind: str, body: Body) -> Any:
        response = self.send(kind, body)
        assert response.status_code == 200, response.text
        return body_of(response)

    def refusal(self, kind: str, body: Body) -> str:
        response = self.send(kind, body)
        assert response.status_code >= 400, response.text
        return str(response.json["code"])  # type: ignore[index]

    def convene(self) -> None:
        people = tuple(
            CommitteeMember(NAMES[n % len(NAMES)], "Tổ trưởng" if n == 0 else "Tổ viên")
            for n in range(self.size)
        )
        body = CommitteeConvened("Hội nghị mẫu", people, self.threshold)
        self.order("committee.convened", body)

    def roll_call(self, *, final: bool, **changes: int) -> None:
        numbers = {"summoned": 8, "present": 6, "issued": 6, "voided": 2}
        numbers |= {"printed": self.printed} | changes
        counts = Counts(numbers["summoned"], numbers["present"])
        body = RollCallRecorded(
            counts=counts,
            printed=numbers["printed"],
            issued=numbers["issued"],
            voided=numbers["voided"],
            final=final,
            cast=numbers.get("cast"),
        )
        self.order("roll_call.recorded", body)

    # --- the committee ---

    def join(self) -> None:
        codes = self.leader().done(f"/api/elections/{self.uuid}/join-codes")["codes"]
        for code in codes:
            member = Member(self.app.test_client())
            member.renew()
            joined = member.done("/api/join", {"code": code["code"]})
            member.uuid, member.index = joined["election"], joined["index"]
            self.members.append(member)

    def make_key(self) -> None:
        for member in self.members:
            member.send("certificate", member.certificate(self.size, self.threshold))
        for member in self.members:
            member.send("polynomial", member.polynomial())
        for member in self.members:
            member.send("voutput", member.voutput())

    def open_trial(self) -> None:
        for member in self.members:
            member.open("test", "test")

    def ready(self) -> "Room":
        """Bring the committee to the point where the paper can be sealed."""
        self.convene()
        self.join()
        self.make_key()
        self.open_trial()
        return self

    # --- the vote ---

    def sealed_paper(self) -> PaperSealed:
        with self.sessions.reading() as session:
            row = session.get_one(Committee, self.uuid)
            trustees = row.trustees or b""
        self.cards = [credentials.new_credential() for _ in range(self.printed)]
        points = [credentials.public_credential(self.uuid, card) for card in self.cards]
        text = write_election(
            uuid=self.uuid,
            name=self.content.title,
            description=paper.to_description(self.content),
            public_key=joint_key(read_trustees(trustees)),
            questions=paper.questions(self.content),
        )
        self.election = text
        listed = credentials.public_credentials_json(points)
        return PaperSealed(text.decode(), trustees.decode(), listed.decode())

    def seal(self) -> "Room":
        body = self.sealed_paper()
        self.order("paper.sealed", body)
        self.hall.order("paper.sealed", body, self.uuid)
        return self

    def open(self, issued: int = 6) -> "Room":
        self.members[0].done(self.members[0].path("zero-report"))
        self.hall.order("box.open", BoxOpen(issued, ()), self.uuid)
        self.roll_call(final=False)
        self.tablet: Tablet = self.hall.tablet()
        return self

    def ballot(self, card: int, marks: Sequence[Sequence[int]]) -> bytes:
        return make_ballot(self.election, self.cards[card], marks)

    def vote(self, card: int, marks: Sequence[Sequence[int]]) -> None:
        ballot = self.ballot(card, marks)
        self.tablet_ballots.append(ballot)
        response = self.tablet.cast(self.uuid, ballot)
        assert response.status_code == 200, response.text

    def look(self) -> None:
        with self.app.app_context():
            self.mirror.look(self.uuid)

    def close(self, cast: int, **changes: int) -> None:
        self.hall.order("box.close", BoxClose(), self.uuid)
        self.roll_call(final=True, cast=cast, **changes)
        self.look()

    def tell_numbers(self) -> None:
        self.members[0].done(self.members[0].path("tell-numbers"))

    def unseal(self, *members: int) -> None:
        self.tell_numbers()
        for index in members:
            member = self.members[index]
            member.open("partial-decryption", "unseal")

    def archive(self) -> bytes:
        return self.members[0].get(self.members[0].path("archive.bel")).data

    def count_own(self, *members: int) -> None:
        """Let members' browsers count the archive themselves."""
        told = asdict(counted(self.archive()))
        for index in members:
            member = self.members[index]
            assert member.done(member.path("own-count"), told)["agrees"]

    def confirm(self, *members: int) -> None:
        self.count_own(*members)
        for index in members:
            member = self.members[index]
            member.done(member.path("confirm"), {"accepted": True, "note": ""})

    def end_count(self, *members: int) -> None:
        """Let members confirm, and the leader close."""
        self.confirm(*members)
        self.leader().done(f"/api/elections/{self.uuid}/close")

    def delivered(self, kind: str) -> None:
        """Wait until a message has left the outbox."""
        deadline = time.monotonic() + 10
        while self.posted(kind):
            assert time.monotonic() < deadline, f"{kind} is not delivered"
            time.sleep(0.02)

    def state(self) -> Any:
        return self.members[0].get(f"/api/elections/{self.uuid}").json

    def posted(self, kind: str) -> list[Any]:
        """Return the bodies that wait to be delivered, oldest first."""
        with self.sessions.reading() as session:
            rows = session.scalars(
                select(OutboxRow).where(OutboxRow.kind == kind).order_by(OutboxRow.id)
            )
            return [
                msgspec.json.decode(row.body, type=KINDS[kind].body) for row in rows
            ]


def write_tally_folder(folder: Path, admin: bytes, kiosk: bytes) -> None:
    write_key(folder / "session.key")
    login = [{"username": "leader", "role": "leader", "password": PASSWORD}]
    (folder / FIRST_LOGINS).write_bytes(msgspec.json.encode(login))
    lines = ['url = "http://127.0.0.1:8300"', "port = 8300", "checking_workers = 1"]
    lines += ["[peers.admin]", 'url = "http://127.0.0.1:9"']
    lines += [f'key = "{admin.hex()}"']
    lines += ["[peers.kiosk]", 'url = "http://kiosk"', f'key = "{kiosk.hex()}"']
    (folder / "settings.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
