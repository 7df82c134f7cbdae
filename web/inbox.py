"""Where messages of other services arrive: POST /messages.

A message is verified, then its handler runs in one transaction with the memory that it
ran. The same message again gets the stored answer and nothing happens; another message
under a used id is refused; an old message that was never seen is refused. A question
is not remembered at all, and an answer that is a secret is given only once.
"""

import hashlib
from datetime import UTC, datetime

import msgspec
from flask import Blueprint, Response, current_app, g, request
from sqlalchemy.orm import Session

from crypto import messages
from crypto.errors import ProtocolError
from crypto.messages import Message
from web import schema
from web.access import peers_only
from web.contracts import KINDS, Body, Kind
from web.db import current_sessions
from web.errors import Malformed, Refused
from web.models import ReceivedRow, row_of
from web.peers import Peers, Registry, current_peers
from web.record import current_models
from web.settings import ServiceSettings, current_settings

EXTENSION = "phieukin.handlers"
blueprint = Blueprint("inbox", __name__)


@blueprint.post("/messages")
@peers_only
def receive() -> Response:
    """Verify, act once, answer signed."""
    request.max_content_length = current_settings(ServiceSettings).max_message_bytes
    sealed = request.get_data(cache=False)
    g.sealed = sealed
    with current_sessions().begin() as session:
        message = _open(session, sealed, current_peers())
        answer = _answer(session, message)
    content = current_peers().seal_answer(message, answer)
    return current_app.response_class(content, mimetype="application/json")


def current_sealed() -> bytes:
    """Return the signed bytes being handled, for whoever must keep them as proof."""
    sealed: bytes = g.sealed
    return sealed


def _open(session: Session, sealed: bytes, peers: Peers) -> Message:
    received = row_of(current_models(), ReceivedRow)
    try:
        return messages.open_sealed(
            sealed,
            peers.key_of(messages.claimed_sender(sealed)),
            recipient=peers.me,
            now=datetime.now(UTC),
            first_use=lambda one: session.get(received, one) is None,
        )
    except ProtocolError as error:
        if error.check == "message.age":
            raise Refused("stale_message") from error
        raise Refused("bad_message", status=403) from error


def _answer(session: Session, message: Message) -> bytes:
    received = row_of(current_models(), ReceivedRow)
    seen = session.get(received, message.message_id)
    digest, kind = _digest(message), _kind_of(message)
    if seen is None:
        answer = _act(session, message, kind)
        if not kind.question:
            kept = "" if kind.secret else answer
            row = received(message_id=message.message_id, digest=digest, answer=kept)  # type: ignore[call-arg]
            session.add(row)
        return answer.encode()
    if seen.digest != digest or not seen.answer:
        raise Refused("message_reused")
    return seen.answer.encode()


def _digest(message: Message) -> str:
    # Without the time of issue: a repetition is signed afresh and says the same.
    said = [message.sender, message.kind, message.election, message.body.decode()]
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()


def _act(session: Session, message: Message, kind: Kind) -> str:
    try:
        body = schema.decode(message.body, kind.body)
    except ValueError as error:  # a rule inside the body that could never hold
        raise Malformed(str(error)) from error
    registry: Registry = current_app.extensions[EXTENSION]
    answer: Body = registry.handler(kind.name)(session, message, body)
    if not isinstance(answer, kind.answer):
        raise TypeError(f"{kind.name} is answered by a {kind.answer.__name__}")
    return msgspec.json.encode(answer).decode()


def _kind_of(message: Message) -> Kind:
    kind = KINDS.get(message.kind)
    right = kind and message.sender == kind.sender
    if kind is None or not right or message.recipient not in kind.recipients:
        raise Refused("unknown_kind", status=403)
    return kind
