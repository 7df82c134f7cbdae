"""Bodies that break a JSON reader are malformed, not a fault of the service."""

import pytest

from tests.kiosk.hall import Hall, SealedPaper

DEEP = b"[" * 100_000 + b"]" * 100_000
BODIES = (DEEP, b'{"credential":' + DEEP + b"}", b'{"credential":"\xff"}', b"")


@pytest.mark.parametrize("body", BODIES)
def test_a_ballot_that_cannot_be_read(
    hall: Hall, vote: SealedPaper, body: bytes
) -> None:
    answer = hall.tablet().cast(vote.uuid, body)

    assert answer.status_code == 400
    assert answer.json["code"] == "bad_ballot"  # type: ignore[index]


@pytest.mark.parametrize("body", BODIES)
def test_a_card_that_cannot_be_read(hall: Hall, vote: SealedPaper, body: bytes) -> None:
    path = f"/api/elections/{vote.uuid}/cards/check"

    assert hall.tablet().post(path, body).status_code == 400


@pytest.mark.parametrize("body", BODIES)
def test_a_message_that_cannot_be_read(hall: Hall, body: bytes) -> None:
    assert hall.app.test_client().post("/messages", data=body).status_code == 403
