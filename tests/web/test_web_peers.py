import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import msgspec
import pytest

from crypto import messages
from tests.web.sample_service import app as sample
from web import outbox, peers
from web.contracts import BoxClose, BoxOpen, CardsVoided, Done, Service
from web.db import current_sessions
from web.errors import Refused
from web.keys import FileSigner
from web.peers import PeerRefused, PeerUnreachable, current_peers

OPEN = BoxOpen(issued=7, voided=())


def kiosk_labels(room: Any) -> list[str]:
    with room.kiosk.app_context(), current_sessions().reading() as session:
        return sample.labels(session)


def send(room: Any, **options: Any) -> Any:
    with room.admin.app_context():
        return current_peers().send("kiosk", "box.open", OPEN, "uuid", **options)


def test_a_message_is_acted_on_and_answered(room: Any) -> None:
    assert send(room) == Done()
    assert kiosk_labels(room) == ["uuid 7"]
    assert sample.COMMITTED == ["uuid"]


def test_the_same_message_again_gets_the_same_answer_and_does_nothing(
    room: Any,
) -> None:
    assert send(room, message_id="one") == send(room, message_id="one")
    assert kiosk_labels(room) == ["uuid 7"]


def test_another_message_under_a_used_id_is_refused(room: Any) -> None:
    send(room, message_id="one")
    with room.admin.app_context(), pytest.raises(PeerRefused) as refused:
        current_peers().send(
            "kiosk", "box.open", BoxOpen(issued=8, voided=()), "uuid", "one"
        )
    assert refused.value.code == "message_reused"
    assert kiosk_labels(room) == ["uuid 7"]


def test_a_refusal_is_told_with_its_sentence_and_undoes_everything(
    room: Any, visitor: Any
) -> None:
    answer = visitor.post("/api/open", {"number": 2})

    assert answer.status_code == 409
    assert answer.get_json() == {
        "ok": False,
        "code": "too_small",
        "message": "Số 2 quá nhỏ, cần 3.",
        "details": {"given": 2, "needed": 3},
    }
    assert kiosk_labels(room) == []
    assert sample.COMMITTED == []


def test_a_refusal_is_in_the_language_of_whoever_asked(visitor: Any) -> None:
    visitor.client.get("/lang/en")

    message = visitor.post("/api/open", {"number": 2}).get_json()["message"]
    assert message == "The number 2 is too small, 3 is needed."


def test_an_unreachable_peer_is_said(room: Any, visitor: Any) -> None:
    room.connect(httpx.HTTPTransport())
    room.admin.extensions[peers.EXTENSION].known["kiosk"] = replace(
        room.admin.extensions[peers.EXTENSION].known["kiosk"], url="http://127.0.0.1:1"
    )

    answer = visitor.post("/api/open", {"number": 7})
    assert (answer.status_code, answer.get_json()["code"]) == (503, "peer_unreachable")


def test_only_kinds_of_mine_are_sent(room: Any) -> None:
    with room.admin.app_context():
        with pytest.raises(ValueError, match="may not send"):
            current_peers().send("tally", "box.open", OPEN)
        with pytest.raises(TypeError, match="carries a BoxOpen"):
            current_peers().send("kiosk", "box.open", BoxClose())


def test_an_answer_of_another_kind_is_a_fault_and_undone(room: Any) -> None:
    with room.admin.app_context(), pytest.raises(PeerUnreachable):
        current_peers().send("kiosk", "cards.voided", CardsVoided(credentials=()))


# --- what an attacker on the wire would try -----------------------------------


def sealed(room: Any, **changes: Any) -> bytes:
    """A good message from admin to kiosk, but for the changes."""
    signer = FileSigner(room.places[changes.pop("key", Service.ADMIN)].folder / KEY)
    content: dict[str, Any] = {
        "kind": "box.open",
        "sender": "admin",
        "recipient": "kiosk",
        "election": "uuid",
        "body": msgspec.json.encode(OPEN),
        "message_id": "one",
        "issued_at": datetime.now(UTC),
    }
    return messages.seal(signer, **(content | changes))


KEY = "signing.key"
HOURS_AGO = datetime.now(UTC) - timedelta(hours=2)
HOSTILE: dict[str, tuple[Callable[[Any], bytes], int, str]] = {
    "good, to compare": (sealed, 200, ""),
    "signed by another service": (
        lambda room: sealed(room, key=Service.TALLY),
        403,
        "bad_message",
    ),
    "a changed body": (
        lambda room: sealed(room).replace(b'\\"issued\\":7', b'\\"issued\\":9'),
        403,
        "bad_message",
    ),
    "for another service": (
        lambda room: sealed(room, recipient="tally"),
        403,
        "bad_message",
    ),
    "old and never seen": (
        lambda room: sealed(room, issued_at=HOURS_AGO),
        409,
        "stale_message",
    ),
    "from the future": (
        lambda room: sealed(room, issued_at=HOURS_AGO + timedelta(hours=4)),
        409,
        "stale_message",
    ),
    "from a stranger": (
        lambda room: sealed(room, sender="printer"),
        403,
        "unknown_peer",
    ),
    "from myself": (lambda room: sealed(room, sender="kiosk"), 403, "unknown_peer"),
    "a kind the sender may not send": (
        lambda room: sealed(room, key=Service.TALLY, sender="tally"),
        403,
        "unknown_kind",
    ),
    "a kind for others": (
        lambda room: sealed(room, kind="result.announced", body=b"{}"),
        403,
        "unknown_kind",
    ),
    "an unknown kind": (
        lambda room: sealed(room, kind="box.explode"),
        403,
        "unknown_kind",
    ),
    "an extra field": (
        lambda room: sealed(room, body=b'{"issued":7,"voided":[],"more":1}'),
        400,
        "malformed",
    ),
    "a missing field": (
        lambda room: sealed(room, body=b'{"issued":7}'),
        400,
        "malformed",
    ),
    "no message": (lambda _room: b"{}", 403, "bad_message"),
    "no JSON": (lambda _room: b"\xff", 403, "bad_message"),
}


@pytest.mark.parametrize(
    ("make", "status", "code"), HOSTILE.values(), ids=HOSTILE.keys()
)
def test_only_a_good_message_is_acted_on(
    room: Any, make: Callable[[Any], bytes], status: int, code: str
) -> None:
    answer = room.kiosk.test_client().post("/messages", data=make(room))

    assert answer.status_code == status
    if code:
        assert answer.get_json()["code"] == code
    assert kiosk_labels(room) == ([] if code else ["uuid 7"])


def test_an_old_message_that_was_acted_on_is_still_answered(room: Any) -> None:
    client = room.kiosk.test_client()
    assert client.post("/messages", data=sealed(room)).status_code == 200

    late = sealed(room, issued_at=HOURS_AGO)
    assert client.post("/messages", data=late).status_code == 200
    assert kiosk_labels(room) == ["uuid 7"]


def changed_answer(room: Any, change: Callable[[bytes], bytes]) -> httpx.MockTransport:
    inner = httpx.WSGITransport(app=room.kiosk)

    def handle(request: httpx.Request) -> httpx.Response:
        content = inner.handle_request(request).read()
        return httpx.Response(200, content=change(content))

    return httpx.MockTransport(handle)


@pytest.mark.parametrize(
    "change",
    [lambda answer: answer.replace(b"box.open", b"box.void"), lambda _answer: b"{}"],
    ids=["changed", "unsigned"],
)
def test_an_answer_that_was_not_signed_by_the_peer_is_not_believed(
    room: Any, change: Callable[[bytes], bytes]
) -> None:
    room.connect(changed_answer(room, change))

    with pytest.raises(PeerUnreachable):
        send(room)


def test_the_answer_to_another_message_is_not_believed(room: Any) -> None:
    answers: list[bytes] = []
    room.connect(
        changed_answer(room, lambda answer: answers.append(answer) or answers[0])
    )
    send(room, message_id="one")

    with pytest.raises(PeerUnreachable):
        send(room, message_id="two")


# --- messages for later ---------------------------------------------------------


class Wire(httpx.BaseTransport):
    """A wire to the kiosk that can be cut and that loses answers."""

    def __init__(self, room: Any) -> None:
        self._inner = httpx.WSGITransport(app=room.kiosk)
        self.cut = True
        self.lose_answers = 0
        self.tries = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.tries += 1
        if self.cut:
            raise httpx.ConnectError("cut", request=request)
        response = self._inner.handle_request(request)
        if self.lose_answers:
            self.lose_answers -= 1
            raise httpx.ReadTimeout("lost", request=request)
        return response


def eventually(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.02)


def waiting(room: Any) -> int:
    with room.admin.app_context():
        return len(outbox._waiting())


def test_later_messages_arrive_in_order_once_the_peer_is_back(
    room: Any, visitor: Any
) -> None:
    wire = Wire(room)
    room.connect(wire)
    for number in (5, 6, 7):
        assert visitor.post("/api/open-later", {"number": number}).status_code == 200
    eventually(lambda: wire.tries > 0)
    assert kiosk_labels(room) == []
    assert waiting(room) == 3

    wire.cut, wire.lose_answers = False, 1
    eventually(lambda: waiting(room) == 0)
    assert kiosk_labels(room) == ["uuid 5", "uuid 6", "uuid 7"]


def test_a_refused_message_is_kept_and_does_not_hold_up_others(
    room: Any, visitor: Any
) -> None:
    for number in (1, 6):
        visitor.post("/api/open-later", {"number": number})

    eventually(lambda: waiting(room) == 0)
    assert kiosk_labels(room) == ["uuid 6"]
    with room.admin.app_context(), current_sessions().reading() as session:
        assert outbox.stuck(session) == [
            outbox.Stuck("kiosk", "box.open", "uuid", "too_small")
        ]


def test_a_message_for_later_exists_exactly_if_its_change_does(
    room: Any, visitor: Any
) -> None:
    room.connect(Wire(room))
    assert visitor.post("/api/open-later", {"number": -1}).status_code == 400

    assert waiting(room) == 0


def test_only_kinds_of_mine_are_sent_later(room: Any) -> None:
    with (
        room.admin.app_context(),
        current_sessions().begin() as session,
        pytest.raises(ValueError, match="cannot be sent"),
    ):
        outbox.post_later(session, "tally", "box.open", OPEN, "uuid")


def test_a_peer_refusal_is_a_refusal() -> None:
    refusal = PeerRefused("no_quorum", message="Chưa đủ", status=409, details={"n": 1})

    assert isinstance(refusal, Refused)
    assert (refusal.message, refusal.details) == ("Chưa đủ", {"n": 1})
