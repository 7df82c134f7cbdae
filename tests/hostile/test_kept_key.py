"""One key, two votes: whatever belongs to the one is refused in the other.

The votes are real: the services, the members' keys and the ballots. Somebody who has
everything that was public in the first tries it in the second
(docs/adr/0011-a-key-kept-for-the-day.md).
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crypto import credentials, group, signature
from crypto.encoding import sha256_hex, to_bytes
from crypto.events import EventType
from crypto.group import Point
from kiosk.board import BoardWriter
from kiosk.models import BoxRow
from tests.hostile.tools import compact
from tests.tally.day import follow
from tests.tally.room import Room

YES, NO = [1, 0], [0, 1]
SECRET = [YES, NO, YES]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A first vote with one ballot in its box."""
    first = Room(tmp_path)
    first.ready().seal().open()
    first.vote(0, SECRET)
    first.look()
    yield first
    first.end()


@pytest.fixture
def later(room: Room) -> Room:
    """A second vote under the same key, open."""
    return follow(room).seal().open()


def as_own(later: Room, raw: bytes) -> dict[str, Any]:
    """Say that a ballot of the first vote is one of the second's, of its card 0."""
    tree: dict[str, Any] = json.loads(raw)
    ours = json.loads(later.ballot(0, SECRET))
    names = ("election_uuid", "election_hash", "credential")
    return tree | {name: ours[name] for name in names}


def signed(later: Room, tree: dict[str, Any]) -> bytes:
    unsigned = {k: v for k, v in tree.items() if k != "signature"}
    secret = credentials.secret_exponent(later.uuid, later.cards[0])
    made = signature.make_signature(secret, compact(unsigned))
    return compact({**unsigned, "signature": json.loads(to_bytes(made))})


def blinded(tree: dict[str, Any], key: Point) -> dict[str, Any]:
    """Let no ciphertext look like the one it was copied from; the marks stay."""
    for answer in tree["answers"]:
        for choice in answer["choices"]:
            extra = group.random_scalar()
            for name, by in (
                ("alpha", group.power_of_generator(extra)),
                ("beta", group.power(key, extra)),
            ):
                point = group.decode_point(choice[name])
                choice[name] = group.encode_point(group.multiply(point, by))
    return tree


def public_key(room: Room) -> Point:
    return group.decode_point(json.loads(room.election)["public_key"])


def forgeries(room: Room, later: Room) -> dict[str, bytes]:
    (copied,) = room.tablet_ballots
    return {
        "as it is": copied,
        "signed by a card of the second": signed(later, as_own(later, copied)),
        "blinded and signed": signed(
            later, blinded(as_own(later, copied), public_key(room))
        ),
    }


CAUGHT = {
    "as it is": "ballot.election",
    "signed by a card of the second": "ballot.individual_proof",
    "blinded and signed": "ballot.individual_proof",
}


@pytest.mark.parametrize("name", CAUGHT)
def test_the_box_refuses_a_ballot_of_the_other_vote(
    room: Room, later: Room, name: str
) -> None:
    answer = later.tablet.cast(later.uuid, forgeries(room, later)[name])

    assert answer.status_code >= 400
    later.look()
    assert later.state()["mirror"]["cast"] == 0


@pytest.mark.parametrize("name", CAUGHT)
def test_the_mirror_refuses_it_behind_a_box_that_took_it(
    room: Room, later: Room, name: str
) -> None:
    raw = forgeries(room, later)[name]
    with later.hall.session() as session, session.begin():
        box = session.get_one(BoxRow, later.uuid)
        BoardWriter(session, box).append(EventType.BALLOT, sha256_hex(raw), [raw])
        box.cast += 1
    later.look()

    state = later.state()
    assert state["mirror"]["alarm"]["code"] == CAUGHT[name]
    assert state["mirror"]["checked"] == 0
    assert room.state()["mirror"]["alarm"] is None  # the other vote goes on


def test_a_share_of_one_vote_opens_nothing_of_the_other(
    room: Room, later: Room
) -> None:
    later.vote(0, [NO, NO, NO])
    room.close(cast=1)
    later.close(cast=1)
    room.tell_numbers()
    later.tell_numbers()
    member, twin = room.members[0], later.members[0]
    theirs, ours = member.decrypt("unseal"), twin.decrypt("unseal")

    for share in (theirs, theirs | {"statement": ours["statement"]}):
        path = twin.path("partial-decryption")
        assert twin.refused(path, share) == "bad_share"
    assert member.refused(member.path("partial-decryption"), ours) == "bad_share"

    later.unseal(1, 2)
    verdicts = later.state()["result"]["sections"][0]["verdicts"]
    assert [verdict["agree"] for verdict in verdicts] == [0, 0, 0]
    assert room.state()["result"] is None


def test_the_trial_opens_no_vote(room: Room, later: Room) -> None:
    """The shares of the trial were given once for all votes of the day."""
    later.vote(0, SECRET)
    later.close(cast=1)
    later.tell_numbers()
    member = later.members[0]
    trial = room.members[0].get(room.members[0].path("test")).json
    assert json.loads(trial["election"])["description"] == "test"  # type: ignore[index]

    share = room.members[0].decrypt("test")
    path = member.path("partial-decryption")
    assert member.refused(path, share) == "bad_share"


def test_a_paper_of_the_first_vote_is_not_sealed_for_the_second(room: Room) -> None:
    first = room.uuid
    second = follow(room)
    body = room.sealed_paper()  # names the first vote, under the key of both

    assert room.uuid == first
    assert second.refusal("paper.sealed", body) == "bad_paper"
    assert second.state()["phase"] == "ready"
