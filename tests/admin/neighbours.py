"""The kiosk and the tally as admin meets them: real keys, real messages.

They stand in for the services' own work only: what admin sends is opened with
admin's key, checked against the vocabulary, and answered signed.
"""

import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import httpx
import msgspec
from flask import Flask
from werkzeug.test import TestResponse

from crypto import encoding, messages
from crypto.messages import Message, VerifyKey
from web import peers
from web.contracts import (
    KINDS,
    ArchiveTicket,
    Body,
    BoxClosed,
    CardsRefused,
    Done,
    PairingCode,
    PaperReceived,
    Service,
    TabletListed,
    TabletsListed,
)
from web.keys import FileSigner
from web.launcher.provision import FirstLogin, Place

Answer = Callable[[Body], Body]


@dataclass
class Neighbour:
    """One of the other services: what it heard, and what it answers."""

    service: Service
    place: Place
    admin_key: bytes
    cast: int = 0
    head: str = "ab" * 32
    archive: bytes = b""
    refuses: str = ""
    unplugged: bool = False
    heard: list[tuple[Message, Any]] = field(default_factory=list)
    already_cast: tuple[str, ...] = ()
    tickets: list[str] = field(default_factory=list)
    given: list[str] = field(default_factory=list)

    @property
    def signer(self) -> FileSigner:
        return FileSigner(self.place.folder / "signing.key")

    def kinds(self) -> list[str]:
        return [message.kind for message, _ in self.heard]

    def last(self, kind: str) -> Any:
        return next(b for m, b in reversed(self.heard) if m.kind == kind)

    def answer(self, request: httpx.Request) -> httpx.Response:
        if self.unplugged:
            raise httpx.ConnectError("unplugged")
        if request.url.path.startswith("/api/board/"):
            uuid = request.url.path.rpartition("/")[2]
            return httpx.Response(200, json={"uuid": uuid, "cast": self.cast})
        if request.url.path.endswith("/archive.bel"):
            return self._give_archive(request)
        message = messages.open_sealed(
            request.content,
            VerifyKey("admin", self.admin_key),
            recipient=self.service,
            now=datetime.now(UTC),
            first_use=lambda _id: True,
        )
        body = msgspec.json.decode(message.body, type=KINDS[message.kind].body)
        if self.refuses:
            refusal = {"code": self.refuses, "message": "không", "details": {}}
            return httpx.Response(409, json=refusal)
        self.heard.append((message, body))
        return httpx.Response(200, content=self._seal_answer(message, body))

    def _give_archive(self, request: httpx.Request) -> httpx.Response:
        """Give the archive to whoever has a ticket, once."""
        shown = request.headers.get("Authorization", "").removeprefix("Ticket ")
        if shown not in self.tickets:
            return httpx.Response(403, json={"code": "not_allowed"})
        self.tickets.remove(shown)
        pieces = (
            self.archive[at : at + 4096] for at in range(0, len(self.archive), 4096)
        )
        return httpx.Response(200, content=pieces)

    def _ticket(self) -> ArchiveTicket:
        ticket = secrets.token_urlsafe(32)
        self.tickets.append(ticket)
        self.given.append(ticket)
        return ArchiveTicket(ticket=ticket, seconds=60)

    def _seal_answer(self, message: Message, body: Any) -> bytes:
        return messages.seal(
            self.signer,
            kind=message.kind + peers.ANSWER,
            sender=self.service,
            recipient="admin",
            election=message.election,
            body=msgspec.json.encode(self._reply(message.kind, body)),
            message_id=message.message_id + peers.ANSWER,
            issued_at=datetime.now(UTC),
        )

    def _reply(self, kind: str, body: Any) -> Body:
        if kind == "paper.sealed":
            return PaperReceived(encoding.fingerprint(body.election.encode()))
        if kind == "archive.asked":
            return self._ticket()
        replies: dict[str, Body] = {
            "cards.voided": CardsRefused(already_cast=self.already_cast),
            "box.close": BoxClosed(cast=self.cast, head=self.head, height=9),
            "tablet.pairing": PairingCode(code="4711-0815", seconds=300),
            "tablet.list": TabletsListed((TabletListed("t1", "Máy 1", True, False),)),  # noqa: FBT003
        }
        return replies.get(kind, Done())


class Browser:
    """A browser tab: cookies, and the token that every POST brings."""

    def __init__(self, app: Flask, login: FirstLogin | None = None) -> None:
        self.client = app.test_client()
        if login is not None:
            body = {"username": login.username, "password": login.password}
            assert self.post("/api/login", body).status_code == 200

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, **options)

    def post(self, path: str, body: object = None, **options: Any) -> TestResponse:
        token = self.client.get("/api/session").get_json()["csrf_token"]
        headers = {"X-CSRF-Token": token}
        if "data" not in options:
            options["json"] = {} if body is None else body
        return self.client.post(path, headers=headers, **options)


@dataclass
class Office:
    """admin with its database on disk, its people, and its two neighbours."""

    app: Flask
    logins: dict[str, FirstLogin]
    kiosk: Neighbour
    tally: Neighbour
    _tabs: dict[str, Browser] = field(default_factory=dict)

    def __getattr__(self, role: str) -> Browser:
        if role not in self.logins:
            raise AttributeError(role)
        if role not in self._tabs:
            self._tabs[role] = Browser(self.app, self.logins[role])
        return self._tabs[role]

    def plug_in(self) -> None:
        """Lead what admin sends to the neighbours instead of sockets."""
        by_port = {one.place.port: one for one in (self.kiosk, self.tally)}

        def route(request: httpx.Request) -> httpx.Response:
            return by_port[request.url.port or 0].answer(request)

        known = self.app.extensions[peers.EXTENSION]
        client = httpx.Client(transport=httpx.MockTransport(route))
        self.app.extensions[peers.EXTENSION] = replace(known, client=client)

    def hear(self, kind: str, body: Body, uuid: str) -> TestResponse:
        """Let the tally send admin a signed message."""
        return self.app.test_client().post(
            "/messages", data=self.sealed(kind, body, uuid)
        )

    def sealed(self, kind: str, body: Body, uuid: str) -> bytes:
        return messages.seal(
            self.tally.signer,
            kind=kind,
            sender="tally",
            recipient="admin",
            election=uuid,
            body=msgspec.json.encode(body),
            message_id=secrets.token_hex(8),
            issued_at=datetime.now(UTC),
        )

    def wait_for(self, neighbour: Neighbour, kind: str, count: int = 1) -> Any:
        """Wait until the outbox delivered so many messages of a kind."""
        deadline = time.monotonic() + 10
        while neighbour.kinds().count(kind) < count:
            assert time.monotonic() < deadline, f"no {kind}: {neighbour.kinds()}"
            time.sleep(0.02)
        return neighbour.last(kind)


def code_of(answer: TestResponse) -> str:
    """Return the code of a refusal, after checking that it was put into words."""
    body = json.loads(answer.get_data())
    assert body["ok"] is False
    assert body["message"] != f"error.{body['code']}"
    return str(body["code"])
