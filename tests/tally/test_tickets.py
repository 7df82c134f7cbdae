"""The ticket with which the console fetches one archive, once, within a minute."""

import pytest
from werkzeug.test import TestResponse

from tally import tickets
from tally.tickets import SECONDS, Tickets
from tests.tally.room import Room
from web.contracts import ArchiveAsked


class Clock:
    """A clock that a test turns."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(room: Room) -> Clock:
    clock = Clock()
    room.ready().seal().open()
    room.vote(0, [[1, 0]] * 3)
    room.close(cast=1)
    tickets.install(room.app, Tickets(clock))
    return clock


def ask(room: Room) -> str:
    answer = room.order("archive.asked", ArchiveAsked())
    assert answer["seconds"] == SECONDS
    return str(answer["ticket"])


def fetch(room: Room, ticket: str, path: str = "archive.bel") -> TestResponse:
    header = {"Authorization": f"Ticket {ticket}"}
    address = f"/api/elections/{room.uuid}/{path}"
    return room.app.test_client().get(address, headers=header)


def test_a_ticket_fetches_one_archive_once(room: Room, clock: Clock) -> None:
    assert room.refusal("archive.asked", ArchiveAsked()) == "wrong_phase"
    room.unseal(0, 1)
    room.end_count(0, 1)
    ticket, other = ask(room), ask(room)
    files = [file.read_bytes() for file in room.folder.rglob("*") if file.is_file()]
    assert not any(ticket.encode() in content for content in files)
    assert ticket not in repr(tickets.of(room.app))

    assert fetch(room, ticket + "x").status_code == 403
    assert fetch(room, ticket, "result").status_code == 403  # for nothing else
    got = fetch(room, ticket)
    assert got.status_code == 200
    assert got.data == room.archive()
    assert fetch(room, ticket).status_code == 403

    clock.now += SECONDS
    assert fetch(room, other).status_code == 403
    last = ask(room)
    clock.now += SECONDS - 1
    assert fetch(room, last).status_code == 200


def test_a_ticket_is_for_one_vote() -> None:
    held = Tickets()
    ticket = held.hand_out("KjXuhXMNuGJKCB")

    assert not held.redeem(ticket, "Hhbaj3SX8KCZQQ")
    assert not held.redeem(ticket, "KjXuhXMNuGJKCB")  # it was used up
