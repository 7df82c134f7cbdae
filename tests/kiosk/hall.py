"""A hall around the real kiosk: an admin and a tally who sign, tablets that vote.

Nothing is replaced: the app is the service's own, with its database on disk; only
the network is Flask's test client instead of sockets.
"""

import json
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from crypto import credentials, election, messages, trustees
from crypto.group import encode_point
from crypto.messages import key_id_of
from kiosk import checking
from kiosk.app import create_app
from tests.simulator import Simulator
from web import outbox, paper
from web.contracts import (
    KINDS,
    BoardFinished,
    Body,
    BoxClose,
    BoxOpen,
    PairingAsked,
    PaperSealed,
)
from web.db import Sessions
from web.keys import write_key
from web.paper import Nominee, Paper, Section, Style
from web.rules import Base, Rule

RULE = Rule(share="1/2", strict=True, of=Base.SUMMONED)
PEOPLE = (
    ("Trần Thị Ngọc Ánh", 1984, "Trưởng phòng Kế hoạch – Tài chính"),
    ("Lê Hoàng Đức", 1979, "Chánh Văn phòng Sở"),
    (
        "Nguyễn Huỳnh Phương Khánh",
        1987,
        "Phó Trưởng phòng Quản lý chất lượng công trình xây dựng",
    ),
    ("Đinh Y Khoa Niê", 1985, "Trưởng phòng Tổ chức cán bộ"),
    ("Phạm Thái Bình An", 1982, "Phó Chánh Thanh tra Sở"),
    ("Vũ Cẩm Giả", 1990, "Phó Trưởng phòng Hạ tầng kỹ thuật"),
)


def nominees(count: int, first: int = 0) -> tuple[Nominee, ...]:
    people = [PEOPLE[(first + n) % len(PEOPLE)] for n in range(count)]
    return tuple(
        Nominee(f"nominee{first + n}", name, year, post)
        for n, (name, year, post) in enumerate(people)
    )


def list_paper(count: int = 3, **changes: Any) -> Paper:
    """A paper with one list of nominees."""
    section = Section(
        "Chức danh: Phó Giám đốc Sở",
        Style.AGREE_DISAGREE,
        RULE,
        nominees=nominees(count),
    )
    fields: dict[str, Any] = {
        "version": paper.VERSION,
        "title": "Phiếu giới thiệu quy hoạch, nhiệm kỳ 2025–2030",
        "office": "Sở Xây dựng (mẫu)",
        "procedure": "s000-next-term-onsite",
        "procedure_version": "1",
        "step": "3",
        "step_name": "Hội nghị cán bộ chủ chốt",
        "announced": False,
        "sections": (section,),
    }
    return Paper(**fields | changes)


class SealedPaper(Simulator):
    """An election whose description is a ballot paper of ours."""

    def __init__(self, content: Paper, **options: Any) -> None:
        self.content = content
        super().__init__(questions=tuple(paper.questions(content)), **options)

    def _write_election(self) -> bytes:
        return election.write_election(
            uuid=self.uuid,
            name=self.content.title,
            description=paper.to_description(self.content),
            public_key=trustees.joint_key(trustees.read_trustees(self.trustees)),
            questions=self.questions,
        )

    def public(self, card: int) -> str:
        point = credentials.public_credential(self.uuid, self.credentials[card])
        return encode_point(point)

    def sealed(self) -> PaperSealed:
        return PaperSealed(
            self.source.election.decode(),
            self.source.trustees.decode(),
            self.source.credentials.decode(),
        )

    def end(self, first: int) -> BoardFinished:
        """The events from a height on, as the tally sends them."""
        links: list[tuple[tuple[str, ...], str]] = []
        data: list[str] = []
        for record in self.records:
            if record.name.endswith(".data.json"):
                data.append(record.content.decode())
            else:
                links.append((tuple(data), record.content.decode()))
                data = []
        return BoardFinished(tuple(links[first:]))


class TestSigner:
    """A service's signing key, held by the test."""

    __test__ = False

    def __init__(self) -> None:
        self._key = Ed25519PrivateKey.generate()
        self.public = self._key.public_key().public_bytes_raw()

    @property
    def key_id(self) -> str:
        return key_id_of(self.public)

    def sign(self, payload: bytes) -> bytes:
        return self._key.sign(payload)


@dataclass
class Tablet:
    """A browser with the cookies of a paired tablet."""

    client: FlaskClient
    token: str = ""

    def __post_init__(self) -> None:
        self.token = self.client.get("/api/session").json["csrf_token"]  # type: ignore[index]

    def post(self, path: str, body: object) -> TestResponse:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client.post(path, data=raw, headers={"X-CSRF-Token": self.token})

    def cast(self, uuid: str, ballot: bytes) -> TestResponse:
        return self.post(f"/api/elections/{uuid}/ballots", ballot)

    def check(self, uuid: str, credential: str) -> str:
        answer = self.post(
            f"/api/elections/{uuid}/cards/check", {"credential": credential}
        )
        return str(answer.json["status"])  # type: ignore[index]


@dataclass
class Hall:
    """The kiosk in a folder, with everybody who talks to it."""

    folder: Path
    demo: bool = False
    signers: dict[str, TestSigner] = field(
        default_factory=lambda: {"admin": TestSigner(), "tally": TestSigner()}
    )
    app: Flask = field(init=False)

    def __post_init__(self) -> None:
        write_folder(self.folder, self.signers, demo=self.demo)
        self.start()

    def start(self) -> None:
        self.app = create_app(self.folder)

    def stop(self) -> None:
        outbox_of = self.app.extensions[outbox._EXTENSION]
        outbox_of.stop()
        self.app.extensions[checking.EXTENSION].close()
        self.sessions.engine.dispose()

    @property
    def sessions(self) -> Sessions:
        found: Sessions = self.app.extensions["phieukin.sessions"]
        return found

    def session(self) -> Session:
        return Session(self.sessions.engine)

    def send(
        self,
        kind: str,
        body: Body,
        uuid: str = "",
        *,
        message_id: str | None = None,
        sender: str | None = None,
    ) -> TestResponse:
        name = sender or str(KINDS[kind].sender)
        sealed = messages.seal(
            self.signers[name],
            kind=kind,
            sender=name,
            recipient="kiosk",
            election=uuid,
            body=msgspec.json.encode(body),
            message_id=message_id or secrets.token_hex(16),
            issued_at=datetime.now(UTC),
        )
        return self.app.test_client().post("/messages", data=sealed)

    def order(self, kind: str, body: Body, uuid: str = "", **how: Any) -> Any:
        """Send a message that must be obeyed; return its answer's fields."""
        response = self.send(kind, body, uuid, **how)
        assert response.status_code == 200, response.text
        return body_of(response)

    def refusal(self, kind: str, body: Body, uuid: str = "", **how: Any) -> str:
        """Send a message that must be refused; return the code."""
        response = self.send(kind, body, uuid, **how)
        assert response.status_code >= 400, response.text
        return str(response.json["code"])  # type: ignore[index]

    def seal(self, sealed: SealedPaper) -> None:
        self.order("paper.sealed", sealed.sealed(), sealed.uuid)
        sealed.start()

    def open(self, sealed: SealedPaper, issued: int | None = None) -> None:
        count = sealed.cards if issued is None else issued
        self.order("box.open", BoxOpen(count, ()), sealed.uuid)

    def close(self, sealed: SealedPaper) -> Any:
        return self.order("box.close", BoxClose(), sealed.uuid)

    def tablet(self, label: str = "Bàn 1") -> Tablet:
        code = self.order("tablet.pairing", PairingAsked(label))["code"]
        tablet = Tablet(self.app.test_client())
        assert tablet.post("/api/booth/pair", {"code": code}).status_code == 200
        return tablet


def body_of(response: TestResponse) -> Any:
    """Look into a sealed answer without checking it (the inbox's tests do)."""
    envelope = json.loads(response.data)
    return json.loads(envelope["payload"])["body"]


def write_folder(
    folder: Path, signers: dict[str, TestSigner], *, demo: bool, port: int = 8200
) -> None:
    """Make the data folder of a kiosk as the launcher does."""
    folder.mkdir(parents=True, exist_ok=True)
    write_key(folder / "signing.key")
    write_key(folder / "session.key")
    lines = [f'url = "http://127.0.0.1:{port}"', f"port = {port}"]
    lines += ["checking_workers = 1", f"demo = {str(demo).lower()}"]
    for name, signer in signers.items():
        lines += [f"[peers.{name}]", 'url = "http://127.0.0.1:9"']
        lines += [f'key = "{signer.public.hex()}"']
    (folder / "settings.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
