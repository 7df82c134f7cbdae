from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crypto import messages
from crypto.errors import EncodingError, ProofError
from crypto.messages import Message, VerifyKey, claimed_sender, open_sealed, seal

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


class Key:
    """A signing key in memory."""

    def __init__(self) -> None:
        self.private = Ed25519PrivateKey.generate()
        self.public = self.private.public_key().public_bytes_raw()
        self.key_id = messages.key_id_of(self.public)

    def sign(self, payload: bytes) -> bytes:
        return self.private.sign(payload)


KEY, OTHER = Key(), Key()
ADMIN = VerifyKey("admin", KEY.public)


def sealed(key: Key = KEY, **changes: Any) -> bytes:
    fields = {
        "kind": "box.open",
        "sender": "admin",
        "recipient": "kiosk",
        "election": "5E5wA6kEqJkJH5",
        "body": '{"mở": 1}',
        "message_id": "m1",
        "issued_at": NOW,
    }
    return seal(key, **(fields | changes))


def opened(raw: bytes, **changes: Any) -> Message:
    options: dict[str, Any] = {
        "recipient": "kiosk",
        "now": NOW,
        "first_use": lambda _: True,
    }
    return open_sealed(raw, ADMIN, **(options | changes))


def forged(payload: bytes) -> bytes:
    """Sign any payload as admin does."""
    signature = messages.base64.b64encode(KEY.sign(b"phieukin message 1\n" + payload))
    return msgspec.json.encode(
        {"payload": payload.decode(), "signature": signature.decode()}
    )


def test_a_message_arrives_as_it_was_sealed() -> None:
    message = opened(sealed())

    assert (message.kind, message.sender, message.recipient) == (
        "box.open",
        "admin",
        "kiosk",
    )
    assert (message.message_id, message.election) == ("m1", "5E5wA6kEqJkJH5")
    assert message.body == '{"mở": 1}'.encode()
    assert message.issued_at == NOW
    assert message.fresh


def test_the_wire_form_is_text_and_signature() -> None:
    wire = msgspec.json.decode(sealed())

    assert wire.keys() == {"payload", "signature"}
    assert msgspec.json.decode(wire["payload"])["version"] == 1
    assert claimed_sender(sealed()) == "admin"


def test_a_repeated_message_is_marked_and_may_be_old() -> None:
    message = opened(sealed(), first_use=lambda _: False, now=NOW + timedelta(days=1))

    assert not message.fresh
    assert message.digest == opened(sealed()).digest


def test_two_messages_with_one_id_have_different_digests() -> None:
    assert opened(sealed()).digest != opened(sealed(body="{}")).digest


@pytest.mark.parametrize("minutes", [-5, 0, 5])
def test_a_message_may_be_five_minutes_away(minutes: int) -> None:
    opened(sealed(), now=NOW + timedelta(minutes=minutes))


@pytest.mark.parametrize("minutes", [-6, 6])
def test_an_old_or_future_message_is_refused(minutes: int) -> None:
    with pytest.raises(ProofError) as caught:
        opened(sealed(), now=NOW + timedelta(minutes=minutes))

    assert caught.value.check == "message.age"


def test_ages_are_compared_across_zones() -> None:
    vietnam = timezone(timedelta(hours=7))

    opened(sealed(issued_at=NOW.astimezone(vietnam)))


REFUSED = {
    "another key": (sealed(OTHER), "message.signature"),
    "changed text": (sealed().replace(b"box.open", b"box.shut"), "message.signature"),
    "another sender": (sealed(sender="tally"), "message.sender"),
    "another recipient": (sealed(recipient="tally"), "message.recipient"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_before_the_memory_is_asked(name: str) -> None:
    def remember(_: str) -> bool:
        pytest.fail("the receiver's memory was asked too early")

    raw, check = REFUSED[name]
    with pytest.raises(ProofError) as caught:
        opened(raw, first_use=remember)

    assert caught.value.check == check


def test_a_key_that_is_no_point_refuses_everything() -> None:
    key = VerifyKey("admin", b"\xff" * 32)

    with pytest.raises(ProofError):
        open_sealed(sealed(), key, recipient="kiosk", now=NOW, first_use=lambda _: True)


MALFORMED = {
    "not JSON": b"phieukin",
    "no signature": b'{"payload":"{}"}',
    "an extra field": b'{"payload":"{}","signature":"","more":1}',
    "signature not base64": b'{"payload":"{}","signature":"\\u0111"}',
    "signature too short": b'{"payload":"{}","signature":"AAAA"}',
    "payload not JSON": forged(b"{"),
    "payload with more": forged(b'{"version":1,"more":2}'),
    "later version": forged(
        msgspec.json.decode(sealed())["payload"]
        .replace('"version":1', '"version":2')
        .encode()
    ),
    "time without zone": forged(
        msgspec.json.decode(sealed())["payload"]
        .replace("08:00:00Z", "08:00:00")
        .encode()
    ),
    "body no object": forged(
        msgspec.json.decode(sealed(body="{}"))["payload"]
        .replace('"body":{}', '"body":[]')
        .encode()
    ),
}


@pytest.mark.parametrize("raw", MALFORMED.values(), ids=MALFORMED.keys())
def test_malformed(raw: bytes) -> None:
    with pytest.raises(EncodingError):
        opened(raw)


def test_a_message_has_a_maximal_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "MAX_SEALED_BYTES", 10)

    with pytest.raises(EncodingError, match="too long"):
        opened(sealed())


def test_only_objects_are_sealed() -> None:
    with pytest.raises(EncodingError):
        sealed(body=b"[]")


def test_only_times_with_a_zone_are_sealed() -> None:
    with pytest.raises(EncodingError):
        sealed(issued_at=NOW.replace(tzinfo=None))


def test_keys_are_named_by_their_hash() -> None:
    assert ADMIN.key_id == KEY.key_id
    assert ADMIN.key_id != OTHER.key_id
    with pytest.raises(EncodingError):
        messages.key_id_of(b"short")
