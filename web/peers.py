"""How services speak to each other: signed messages, each acted on once.

`Peers.send` asks and waits for the signed answer; `web.outbox` delivers later. On the
other side `Registry` holds one handler for every kind the service receives, and
`web.inbox` calls it. The bytes are `crypto/messages.py`, the vocabulary
`web/contracts.py`, the list for readers docs/messages.md.
"""

import secrets
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar

import httpx
import msgspec
from flask import current_app
from sqlalchemy.orm import Session

from crypto import messages
from crypto.errors import ProtocolError
from crypto.messages import Message, VerifyKey
from web import i18n
from web.contracts import KINDS, Body, Kind, Service
from web.errors import Refused
from web.settings import Peer, ServiceSettings

Handler = Callable[[Session, Message, Any], Body]
_HandlerOf = TypeVar("_HandlerOf", bound=Handler)

EXTENSION = "phieukin.peers"
ANSWER = ".answer"  # the kind and the id of an answer are the question's with this
_SERVER_FAULT = 500
_OK = 200


class PeerUnreachable(Refused):
    """The other service did not answer, or not in a way that can be trusted."""

    def __init__(self, peer: str) -> None:
        super().__init__("peer_unreachable", status=503, peer=peer)


class PeerRefused(Refused):
    """The other service said no; `code` and `message` are its own."""

    def __init__(
        self, code: str, *, message: str, status: int, details: dict[str, Any]
    ) -> None:
        super().__init__(code, status=status, **details)
        self._message = message

    @property
    def message(self) -> str:
        """The sentence of the service that refused."""
        return self._message


class _Refusal(msgspec.Struct, frozen=True):
    code: str
    message: str
    details: dict[str, Any] = {}


class Registry:
    """The handlers of one service: `@HANDLERS.handles("box.open")`.

    A handler gets (session, message, body) inside the transaction that remembers the
    message, and returns the kind's answer; it raises `Refused` to say no.
    """

    def __init__(self) -> None:
        self._handlers: dict[str, Handler] = {}

    def handles(self, kind: str) -> Callable[[_HandlerOf], _HandlerOf]:
        """Register the handler of a kind."""
        if kind not in KINDS or kind in self._handlers:
            raise RuntimeError(f"{kind} is unknown or handled twice")

        def register(handler: _HandlerOf) -> _HandlerOf:
            self._handlers[kind] = handler
            return handler

        return register

    def handler(self, kind: str) -> Handler:
        """Return the handler of a kind."""
        return self._handlers[kind]

    def check_complete(self, service: Service) -> None:
        """Refuse to start while a kind this service receives has no handler.

        Raises:
            RuntimeError: names the kind.
        """
        mine = {name for name, kind in KINDS.items() if service in kind.recipients}
        odd = sorted(mine ^ self._handlers.keys())
        if odd:
            raise RuntimeError(f"{service} must handle exactly its kinds: {odd[0]}")


@dataclass(frozen=True)
class Peers:
    """The other services, as seen by one of them."""

    me: Service
    signer: messages.Signer
    known: dict[str, Peer]
    client: httpx.Client

    def key_of(self, name: str) -> VerifyKey:
        """Return the key a peer signs with.

        Raises:
            Refused: no such peer is known.
        """
        if name not in self.known:
            raise Refused("unknown_peer", status=403)
        return VerifyKey(name, bytes.fromhex(self.known[name].key))

    def send(
        self,
        recipient: str,
        kind: str,
        body: Body,
        election: str = "",
        message_id: str | None = None,
    ) -> Any:  # noqa: ANN401 - the answer's type follows from the kind
        """Deliver a message now and return the peer's answer.

        Give the same `message_id` again to repeat a message whose answer was lost.

        Raises:
            PeerUnreachable: no trustworthy answer came; it may have been acted on.
            PeerRefused: the peer said no, and did nothing.
        """
        self._check_mine(recipient, kind, body)
        raw = msgspec.json.encode(body)
        return self.deliver(
            recipient, kind, raw, election, message_id or secrets.token_hex(16)
        )

    def deliver(
        self, recipient: str, kind: str, raw: bytes, election: str, message_id: str
    ) -> Any:  # noqa: ANN401 - the answer's type follows from the kind
        """Do what `send` does with a body that is JSON already."""
        sealed = messages.seal(
            self.signer,
            kind=kind,
            sender=self.me,
            recipient=recipient,
            election=election,
            body=raw,
            message_id=message_id,
            issued_at=datetime.now(UTC),
        )
        response = self._post(recipient, sealed)
        return self._read_answer(recipient, KINDS[kind], message_id, response)

    def seal_answer(self, question: Message, body: bytes) -> bytes:
        """Sign the answer to a message."""
        return messages.seal(
            self.signer,
            kind=question.kind + ANSWER,
            sender=self.me,
            recipient=question.sender,
            election=question.election,
            body=body,
            message_id=question.message_id + ANSWER,
            issued_at=datetime.now(UTC),
        )

    def _check_mine(self, recipient: str, kind: str, body: Body) -> None:
        known = KINDS[kind]
        if known.sender != self.me or recipient not in known.recipients:
            raise ValueError(f"{self.me} may not send {kind} to {recipient}")
        if not isinstance(body, known.body):
            raise TypeError(f"{kind} carries a {known.body.__name__}")

    def _post(self, recipient: str, sealed: bytes) -> httpx.Response:
        url = self.known[recipient].url + "/messages"
        headers = {"Content-Type": "application/json", "Cookie": _language()}
        try:
            response = self.client.post(url, content=sealed, headers=headers)
        except httpx.HTTPError as error:
            raise PeerUnreachable(recipient) from error
        if response.status_code >= _SERVER_FAULT:
            raise PeerUnreachable(recipient)
        return response

    def _read_answer(
        self, recipient: str, kind: Kind, message_id: str, response: httpx.Response
    ) -> Body:
        try:
            if response.status_code != _OK:
                raise _refusal(response)
            answer = messages.open_sealed(
                response.content,
                self.key_of(recipient),
                recipient=self.me,
                now=datetime.now(UTC),
                first_use=lambda _message_id: True,
            )
            if answer.message_id != message_id + ANSWER:
                raise PeerUnreachable(recipient)
            return msgspec.json.decode(answer.body, type=kind.answer)
        except (ProtocolError, msgspec.MsgspecError) as error:
            raise PeerUnreachable(recipient) from error


def open_peers(
    me: Service, signer: messages.Signer, settings: ServiceSettings
) -> Peers:
    """Return the peers named in the settings."""
    client = httpx.Client(
        timeout=settings.peer_timeout_seconds,
        trust_env=False,  # a proxy of the machine is none of our business
        verify=_authorities(),
    )
    return Peers(me=me, signer=signer, known=dict(settings.peers), client=client)


@cache
def _authorities() -> ssl.SSLContext:
    """Read the known authorities, which takes a while, once a process."""
    return httpx.create_ssl_context(trust_env=False)


def current_peers() -> Peers:
    """Return the peers of the running service."""
    peers: Peers = current_app.extensions[EXTENSION]
    return peers


def _language() -> str:
    """Ask the peer for its sentences in the language of whoever is asking here."""
    return f"{i18n.COOKIE}={i18n.current_locale() if current_app else 'vi'}"


def _refusal(response: httpx.Response) -> PeerRefused:
    refusal = msgspec.json.decode(response.content, type=_Refusal)
    return PeerRefused(
        refusal.code,
        message=refusal.message,
        status=response.status_code,
        details=refusal.details,
    )
