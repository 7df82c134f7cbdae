"""A committee's day: a second room that keeps the key of the first.

Tally, kiosk and the members' browsers are the first room's own; the vote, its paper,
its cards and its box are new.
"""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from crypto.election import new_uuid
from tally.models import Committee
from tests.tally.room import NAMES, Room
from web.contracts import CommitteeConvened, CommitteeMember


def order(room: Room, **changes: Any) -> CommitteeConvened:
    """The room's committee, asked to keep the room's key."""
    people = tuple(
        CommitteeMember(NAMES[n], "Tổ trưởng" if n == 0 else "Tổ viên")
        for n in range(room.size)
    )
    fields: dict[str, Any] = {
        "title": "Hội nghị mẫu (lần 2)",
        "members": people,
        "threshold": room.threshold,
        "key_of": room.uuid,
    }
    return CommitteeConvened(**fields | changes)


@contextmanager
def elsewhere(room: Room, uuid: str) -> Iterator[Room]:
    """Let the room's orders be about another vote."""
    mine, room.uuid = room.uuid, uuid
    yield room
    room.uuid = mine


def refused(room: Room, body: CommitteeConvened) -> tuple[str, str]:
    """Ask for a kept key that is refused; nothing may be stored."""
    uuid = new_uuid()
    with elsewhere(room, uuid):
        answer: Any = room.send("committee.convened", body).json
    with room.sessions.reading() as session:
        assert session.get(Committee, uuid) is None
    return answer["code"], answer["details"].get("reason", "")


def follow(room: Room, **changes: Any) -> Room:
    """Convene the next vote with the key of this one, and go there."""
    body, uuid = order(room, **changes), new_uuid()
    with elsewhere(room, uuid):
        room.order("committee.convened", body)
    later = copy.copy(room)
    later.uuid, later.cards, later.tablet_ballots = uuid, [], []
    later.members = [replace(member, uuid=uuid) for member in room.members]
    return later
