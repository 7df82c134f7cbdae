import pytest

from crypto.errors import EncodingError
from crypto.events import Event, EventType, read_event

PARENT, PAYLOAD = "0" * 64, "a" * 64
BALLOT = (
    f'{{"parent":"{PARENT}","height":1,"type":"Ballot","payload":"{PAYLOAD}"}}'
).encode()


def test_fields_stand_in_the_order_of_the_specification() -> None:
    event = Event(parent=PARENT, height=1, type=EventType.BALLOT, payload=PAYLOAD)

    assert event.to_bytes() == BALLOT
    assert read_event(BALLOT) == event


def test_absent_fields_are_left_out() -> None:
    event = Event(parent=PARENT, height=2, type=EventType.END_BALLOTS)

    assert event.to_bytes() == (
        f'{{"parent":"{PARENT}","height":2,"type":"EndBallots"}}'.encode()
    )


def test_an_event_is_named_by_its_bytes() -> None:
    first = Event(height=0, type=EventType.SETUP, payload=PAYLOAD)

    assert len(first.hash) == 64
    assert first.hash != Event(height=1, type=EventType.SETUP, payload=PAYLOAD).hash


BAD = {
    "empty": b"",
    "a list": b"[]",
    "space": BALLOT.replace(b",", b", "),
    "order": b'{"type":"EndBallots","height":2}',
    "unknown type": BALLOT.replace(b"Ballot", b"Vote"),
    "unknown field": BALLOT.replace(b"{", b'{"time":1,'),
    "null": b'{"parent":null,"height":0,"type":"EndBallots"}',
    "negative height": BALLOT.replace(b":1,", b":-1,"),
    "upper case": BALLOT.replace(b"a" * 64, b"A" * 64),
    "line feed in a hash": BALLOT.replace(b'a"}', b'a\\n"}'),
    "not UTF-8": b"\xff",
}


@pytest.mark.parametrize("raw", BAD.values(), ids=BAD.keys())
def test_refused(raw: bytes) -> None:
    with pytest.raises(EncodingError):
        read_event(raw)
