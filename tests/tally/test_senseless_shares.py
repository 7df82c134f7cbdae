"""A member whose share proves itself and is wrong stops neither count nor ceremony."""

from typing import Any

import pytest

from crypto import pedersen
from crypto.audit import audit
from crypto.setup import Setup, SetupBytes
from tally.models import Member as Row
from tests.hostile.decryptions import senseless_share
from tests.tally.room import Member, Room

YES = [[1, 0]] * 3
PATH = "partial-decryption"
NAME = "decryption.statement"
MISSHAPEN = ("", "[]", "{}", "[[]]", "null", "không phải JSON")


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


def keyed(room: Room) -> Room:
    room.convene()
    room.join()
    room.make_key()
    return room


def refusal(member: Member, path: str, body: object) -> tuple[str, str]:
    answer: Any = member.post(member.path(path), body).json
    return answer["code"], answer["details"]["check"]


def plant(room: Room, member: Member, **share: str) -> None:
    """Let the database hold a share that nobody asked a statement for."""
    with room.sessions.begin() as session:
        row = session.query(Row).filter_by(uuid=room.uuid, index=member.index).one()
        for name, text in share.items():
            setattr(row, name, text)


def test_a_senseless_share_is_refused_with_whatever_statement(room: Room) -> None:
    closed(room)
    liar, *others = room.members
    room.tell_numbers()
    honest, wrong = liar.decrypt("unseal"), senseless(liar, "unseal")

    for statement in (honest["statement"], others[0].decrypt("unseal")["statement"]):
        body = {"text": wrong, "statement": statement}
        assert refusal(liar, PATH, body) == ("bad_share", NAME)

    assert room.state()["members"][0]["bad_shares"] == 2
    room.unseal(1, 2)
    assert room.state()["phase"] == "counted"


def test_a_share_without_its_statement_is_a_bad_one(room: Room) -> None:
    closed(room)
    member = room.members[0]
    room.tell_numbers()
    share = member.decrypt("unseal")

    assert refusal(member, PATH, {"text": share["text"]}) == ("bad_share", NAME)
    for statement in MISSHAPEN:
        body = {"text": share["text"], "statement": statement}
        assert refusal(member, PATH, body) == ("bad_share", NAME)
    member.done(member.path(PATH), share)


@pytest.mark.parametrize("statement", MISSHAPEN)
def test_the_trial_asks_for_the_statement_too(room: Room, statement: str) -> None:
    member = keyed(room).members[0]
    share = member.decrypt("test")

    body = share | {"statement": statement}
    assert refusal(member, "test", body) == ("bad_key_card", NAME)
    body = share | {"text": senseless(member, "test")}
    assert refusal(member, "test", body) == ("bad_key_card", NAME)
    member.done(member.path("test"), share)


def test_the_liar_is_named_and_the_others_open_the_box(room: Room) -> None:
    closed(room)
    liar, *others = room.members
    plant(room, liar, share=senseless(liar, "unseal"))

    share = others[0].decrypt("unseal")
    room.tell_numbers()
    assert others[0].refused(others[0].path(PATH), share) == "shares_contradict"
    assert room.state()["phase"] == "unsealing"
    others[1].open(PATH, "unseal")

    state = room.state()
    assert state["phase"] == "counted"
    assert [member["bad_shares"] for member in state["members"]] == [1, 0, 0]
    assert [member["opened"] for member in state["members"]] == [False, True, True]
    first = state["result"]["sections"][0]["verdicts"][0]
    assert (first["agree"], first["disagree"]) == (2, 0)
    room.end_count(1, 2)
    (recorded,) = room.posted("count.recorded")
    assert len(recorded.opened_by) == room.threshold
    archive = others[0].get(others[0].path("archive.bel")).data
    assert audit(archive, workers=1).valid


def test_a_liar_who_comes_second_is_named_too(room: Room) -> None:
    closed(room)
    first, liar, last = room.members
    room.tell_numbers()
    first.open(PATH, "unseal")
    plant(room, liar, share=senseless(liar, "unseal"))

    last.open(PATH, "unseal")

    state = room.state()
    assert state["phase"] == "counted"
    assert [member["bad_shares"] for member in state["members"]] == [0, 1, 0]


def test_a_trial_does_not_pass_with_a_senseless_share(room: Room) -> None:
    liar, *others = keyed(room).members
    plant(room, liar, test_share=senseless(liar, "test"))
    others[0].open("test", "test")

    share = others[1].decrypt("test")
    code = others[1].refused(others[1].path("test"), share)

    assert code == "trial_failed"
    assert room.state()["phase"] == "testing"
