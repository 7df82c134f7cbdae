"""A member whose share proves itself and is wrong stops neither count nor ceremony."""

from typing import Any

from crypto import pedersen
from crypto.audit import audit
from crypto.setup import Setup, SetupBytes
from tests.hostile.decryptions import senseless_share
from tests.tally.room import Member, Room

YES = [[1, 0]] * 3


def senseless(member: Member, what: str) -> str:
    sums: Any = member.get(member.path(what)).json
    texts = (sums[name].encode() for name in ("election", "trustees", "credentials"))
    return senseless_share(
        Setup.load(SetupBytes(*texts)),
        sums["encrypted_tally"].encode(),
        pedersen.private_key(member.seed, sums["private_key"]),
    ).decode()


def closed(room: Room) -> Room:
    room.ready().seal().open()
    room.vote(0, YES)
    room.vote(1, YES)
    room.close(cast=2)
    return room


def test_the_liar_is_named_and_the_others_open_the_box(room: Room) -> None:
    closed(room)
    liar, *others = room.members
    path = "partial-decryption"
    liar.send(path, senseless(liar, "unseal"))

    share = others[0].decrypt("unseal")
    assert others[0].refused(others[0].path(path), {"text": share}) == (
        "shares_contradict"
    )
    assert room.state()["phase"] == "unsealing"
    others[1].send(path, others[1].decrypt("unseal"))

    state = room.state()
    assert state["phase"] == "counted"
    assert [member["bad_shares"] for member in state["members"]] == [1, 0, 0]
    assert [member["opened"] for member in state["members"]] == [False, True, True]
    first = state["result"]["sections"][0]["verdicts"][0]
    assert (first["agree"], first["disagree"]) == (2, 0)
    room.confirm(1, 2)
    (recorded,) = room.posted("count.recorded")
    assert len(recorded.opened_by) == room.threshold
    archive = others[0].get(others[0].path("archive.bel")).data
    assert audit(archive, workers=1).valid


def test_a_liar_who_comes_second_is_named_too(room: Room) -> None:
    closed(room)
    first, liar, last = room.members
    path = "partial-decryption"
    first.send(path, first.decrypt("unseal"))
    wrong = senseless(liar, "unseal")
    assert liar.refused(liar.path(path), {"text": wrong}) == "shares_contradict"

    last.send(path, last.decrypt("unseal"))

    state = room.state()
    assert state["phase"] == "counted"
    assert [member["bad_shares"] for member in state["members"]] == [0, 1, 0]


def test_a_trial_does_not_pass_with_a_senseless_share(room: Room) -> None:
    room.convene()
    room.join()
    room.make_key()
    liar, *others = room.members
    liar.send("test", senseless(liar, "test"))
    others[0].send("test", others[0].decrypt("test"))

    share = others[1].decrypt("test")
    code = others[1].refused(others[1].path("test"), {"text": share})

    assert code == "trial_failed"
    assert room.state()["phase"] == "testing"
