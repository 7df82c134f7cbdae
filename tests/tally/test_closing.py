"""What stands between a result and its record: own counts, confirmations, closing."""

from dataclasses import asdict, fields
from typing import Any

import pytest
from sqlalchemy import select

from tally import actions
from tally.models import Record
from tests.tally.room import NAMES, Member, Room
from web.contracts import LEADER, OwnCount, Remark
from web.record import Action
from web.rehearsal.own_count import counted

YES, NO = [[1, 0]] * 3, [[0, 1]] * 3


@pytest.fixture
def closed(room: Room) -> Room:
    room.ready().seal().open()
    room.vote(0, YES)
    room.vote(1, NO)
    room.close(cast=2)
    return room


@pytest.fixture
def opened(closed: Room) -> Room:
    closed.unseal(0, 1)
    return closed


def close(room: Room) -> str:
    path = f"/api/elections/{room.uuid}/close"
    leader = room.leader()
    response: Any = leader.post(path)
    return "" if response.status_code == 200 else str(response.json["code"])


def tell(member: Member, room: Room, **lies: object) -> bool:
    told = asdict(counted(room.archive())) | lies
    return bool(member.done(member.path("own-count"), told)["agrees"])


def accept(member: Member, **changes: object) -> tuple[str, dict[str, object]]:
    return member.path("confirm"), {"accepted": True, "note": ""} | changes


def actions_of(room: Room, name: str) -> list[str]:
    with room.sessions.reading() as session:
        rows = session.scalars(select(Record).where(Record.name == name))
        return [row.actor for row in rows]


def test_nothing_is_opened_before_the_room_heard_the_numbers(closed: Room) -> None:
    member, path = closed.members[0], closed.members[0].path("partial-decryption")
    share = member.decrypt("unseal")
    assert closed.state()["numbers_told"] is False
    assert member.refused(path, share) == "numbers_not_told"

    closed.leader().done(closed.members[0].path("tell-numbers"))
    closed.members[1].done(closed.members[1].path("tell-numbers"))  # no harm

    assert closed.state()["numbers_told"] is True
    assert actions_of(closed, "tally.numbers.told") == ["leader"]
    member.done(path, share)


def test_numbers_are_told_at_their_time_only(room: Room) -> None:
    room.ready().seal().open()
    member = room.members[0]
    assert member.refused(member.path("tell-numbers")) == "wrong_phase"
    told = {"result": [], "ballots": 0, "head": ""}
    assert member.refused(member.path("own-count"), told) == "wrong_phase"
    assert room.leader().refused(member.path("close")) == "wrong_phase"
    assert room.state()["closing"] == "not_counted"


LIES = {
    "a vote more": {"result": [[2, 0], [1, 1], [1, 1]]},
    "a question less": {"result": [[1, 1], [1, 1]]},
    "a ballot less": {"ballots": 1},
    "another board": {"head": "0" * 64},
}


def test_a_count_that_differs_stops_the_closing(opened: Room) -> None:
    member = opened.members[0]
    opened.confirm(1, 2)
    assert opened.state()["closing"] == ""
    for lie in LIES.values():
        assert tell(member, opened, **lie) is False
        assert opened.state()["members"][0]["own_count"] == "differs"
        assert member.refused(*accept(member)) == "own_count_differs"
        assert close(opened) == opened.state()["closing"] == "counts_differ"
        assert opened.posted("count.recorded") == []

    assert tell(member, opened) is True  # counted again, as the service did

    assert close(opened) == ""
    (recorded,) = opened.posted("count.recorded")
    assert recorded.own_counts == tuple(OwnCount(name, True) for name in NAMES[:3])  # noqa: FBT003
    assert recorded.confirmed_by == NAMES[1:3]
    assert (recorded.tool, recorded.blank) == (None, None)


def test_nobody_confirms_what_they_did_not_count(opened: Room) -> None:
    member = opened.members[0]
    assert member.refused(*accept(member)) == "own_count_missing"
    refusal = accept(member, accepted=False, note="  ")
    assert member.refused(*refusal) == "objection_empty"
    member.done(*accept(member, accepted=False, note="Chờ kiểm đếm"))
    assert opened.state()["members"][0]["confirmed"] is False


def test_the_leader_closes_and_not_too_early(opened: Room) -> None:
    opened.confirm(0)
    assert close(opened) == opened.state()["closing"] == "confirmations_missing"
    opened.confirm(2)
    member = opened.members[0]
    assert member.refused(member.path("close")) == "not_allowed"
    assert opened.posted("count.recorded") == []
    assert close(opened) == ""
    assert opened.state()["phase"] == "recorded"


def test_nothing_changes_once_the_count_is_closed(opened: Room) -> None:
    opened.members[0].done(opened.members[0].path("remarks"), _remark())
    opened.end_count(0, 1)
    late = opened.members[2]
    told = asdict(counted(opened.archive()))
    orders = {
        "own-count": told,
        "confirm": {"accepted": True, "note": ""},
        "remarks": _remark(),
        "remarks/1": _remark(),
        "tell-numbers": {},
    }

    for path, body in orders.items():
        assert late.refused(late.path(path), body) == "wrong_phase", path
    assert close(opened) == "wrong_phase"

    state = opened.state()
    assert len(state["remarks"]) == len(opened.posted("count.recorded")) == 1
    assert state["members"][2]["own_count"] == state["closing"] == ""


def _remark(**changes: str) -> dict[str, str]:
    return {"kind": "complaint", "text": " Đến muộn ", "handling": ""} | changes


def test_remarks_are_written_by_members_and_leader(opened: Room) -> None:
    author, other, leader = opened.members[0], opened.members[1], opened.leader()
    path = author.path("remarks")
    assert author.done(path, _remark())["number"] == 1
    assert (
        leader.done(path, _remark(kind="note", text="Mất điện 5 phút"))["number"] == 2
    )

    assert other.refused(f"{path}/1", _remark()) == "not_your_remark"
    assert author.refused(f"{path}/2", _remark()) == "not_your_remark"
    assert author.refused(f"{path}/3", _remark()) == "unknown_remark"
    leader.done(f"{path}/1", _remark(handling="Đã giải thích tại chỗ"))

    state = opened.state()["remarks"]
    assert [(each["member"], each["name"]) for each in state] == [
        (1, NAMES[0]),
        (0, LEADER),
    ]
    assert state[0]["text"] == "Đến muộn"
    opened.members[2].done(*accept(opened.members[2], accepted=False, note="Chưa rõ"))
    opened.end_count(0, 1)
    (recorded,) = opened.posted("count.recorded")
    assert [(each.member, each.kind) for each in recorded.remarks] == [
        (NAMES[0], Remark.COMPLAINT),
        (LEADER, Remark.NOTE),
        (NAMES[2], Remark.COMPLAINT),
    ]
    assert recorded.remarks[0].handling == "Đã giải thích tại chỗ"


BAD_REMARKS = {
    "empty": (_remark(text=" \n"), "empty_remark"),
    "too long": (_remark(text="a" * 4001), "malformed"),
    "too long an answer": (_remark(handling="a" * 4001), "malformed"),
    "unknown kind": (_remark(kind="praise"), "malformed"),
    "a name of one's own": (_remark(member="Ai đó"), "malformed"),
}


def test_bad_remarks_are_refused(room: Room) -> None:
    member = room.ready().members[0]
    path = member.path("remarks")
    assert member.refused(path, _remark()) == "wrong_phase"  # nothing is sealed
    room.seal()
    for body, code in BAD_REMARKS.values():
        assert member.refused(path, body) == code
    for _ in range(50):
        member.done(path, _remark())
    assert member.refused(path, _remark()) == "too_many_remarks"


def test_the_journal_is_of_this_vote_alone(opened: Room) -> None:
    opened.end_count(0, 1)
    (recorded,) = opened.posted("count.recorded")

    names = [line.name for line in recorded.journal]
    assert names[0] == "tally.committee.convened"
    assert {"tally.numbers.told", "tally.share.given"} < set(names)
    assert names[-1] == "tally.count.closed"
    assert all(opened.uuid in line.details for line in recorded.journal)


FORBIDDEN = {"ballot", "tracker", "card", "credential", "height", "tablet", "delegate"}


def test_every_action_names_its_vote_and_none_a_ballot() -> None:
    found = [
        each
        for each in vars(actions).values()
        if isinstance(each, type) and issubclass(each, Action) and each is not Action
    ]
    assert len(found) >= 20
    for action in found:
        names = [field.name for field in fields(action)]
        assert names[0] == "uuid", action
        assert FORBIDDEN.isdisjoint(names), action
