"""A key kept for the day: what is taken over, who sits where, what is refused."""

from datetime import timedelta
from typing import Any

import pytest

from crypto import pedersen
from crypto.audit import audit
from crypto.election import new_uuid
from tally.models import Committee, Member, SealedPaper, Trial
from tests.tally.day import elsewhere, follow, order, refused
from tests.tally.room import NAMES, Room
from web.contracts import BoxVoid, CommitteeMember, CommitteeReady, Outcome

YES, NO, OPEN = [1, 0], [0, 1], [0, 0]


@pytest.fixture
def kept(room: Room) -> Room:
    """The second vote of the day; its first is `room`."""
    return follow(room.ready())


def test_the_committee_is_ready_at_once_with_the_same_key(
    room: Room, kept: Room
) -> None:
    first, second = room.posted("committee.ready")
    assert isinstance(second, CommitteeReady)
    assert second == first
    assert second.tested == NAMES[:3]

    state = kept.state()
    assert state["phase"] == "ready"
    assert state["key_uuid"] == room.uuid
    assert all(member["tested"] for member in state["members"])
    assert room.state()["key_uuid"] == room.uuid


def test_nothing_of_the_former_count_is_taken_over(room: Room) -> None:
    room.ready().seal().open()
    room.vote(0, [YES, YES, YES])
    room.close(cast=1)
    room.unseal(0, 1)
    room.end_count(0, 1)

    state = follow(room).state()

    done = ("saw_empty_box", "opened", "confirmed", "note", "bad_shares")
    assert not [name for each in state["members"] for name in done if each[name]]
    assert (state["result"], state["counts"], state["mirror"]["height"]) == (
        None,
        None,
        -1,
    )


def test_two_votes_of_one_key_are_counted_each_for_itself(room: Room) -> None:
    room.ready().seal().open()
    room.vote(0, [YES, YES, NO])
    room.close(cast=1)
    room.unseal(0, 1)
    room.end_count(0, 1)
    later = follow(room).seal().open()
    for card in range(5):
        later.vote(card, [NO, YES, OPEN])
    later.close(cast=5)
    later.unseal(2, 1)
    later.end_count(0, 2)

    verdicts = later.state()["result"]["sections"][0]["verdicts"]
    assert [(v["agree"], v["disagree"]) for v in verdicts] == [(0, 5), (5, 0), (0, 0)]
    assert [v["outcome"] for v in verdicts] == [
        Outcome.BELOW,
        Outcome.PASSED,
        Outcome.BELOW,
    ]
    former = room.state()["result"]["sections"][0]["verdicts"]
    assert [v["agree"] for v in former] == [1, 1, 0]
    heads = set()
    for vote in (room, later):
        archive = vote.members[0].get(vote.members[0].path("archive.bel")).data
        assert audit(archive, workers=1).valid
        heads.add(archive)
    assert len(heads) == 2
    assert len(room.posted("count.recorded")) == 2


def test_a_chain_names_the_first_vote_as_the_keys(room: Room) -> None:
    third = follow(follow(room.ready()))
    fourth = follow(third)

    state = fourth.state()
    assert state["key_uuid"] == room.uuid
    assert [vote["uuid"] for vote in state["day"]][0::3] == [room.uuid, fourth.uuid]
    assert len(state["day"]) == 4
    assert state["day"] == room.state()["day"]


def test_a_browser_is_at_home_in_every_vote_of_the_day(room: Room, kept: Room) -> None:
    member = kept.members[1]

    page = member.get(f"/committee/{kept.uuid}")
    assert page.status_code == 200
    assert member.get(f"/api/elections/{kept.uuid}").json["me"] == 2  # type: ignore[index]
    listed: Any = member.get("/api/elections").json
    assert {each["uuid"] for each in listed["elections"]} == {room.uuid, kept.uuid}
    turns = {each["uuid"]: each["turn"] for each in listed["elections"]}
    assert turns == {room.uuid: 1, kept.uuid: 2}


def test_a_member_starts_at_the_vote_that_is_to_be_worked_at(
    room: Room, kept: Room
) -> None:
    home = kept.members[0].get("/")
    assert home.location == f"/committee/{room.uuid}"

    room.order("box.void", BoxVoid("nhầm phiếu"))

    assert kept.members[0].get("/").location == f"/committee/{kept.uuid}"


def test_strangers_stay_outside_the_later_votes_too(room: Room, kept: Room) -> None:
    with elsewhere(room, "AnotherVoteXYZ"):
        room.convene()
        codes: Any = room.leader().done(f"/api/elections/{room.uuid}/join-codes")
    stranger = room.browser()
    stranger.done("/api/join", {"code": codes["codes"][0]["code"]})

    answer = stranger.get(f"/api/elections/{kept.uuid}")
    assert answer.json["code"] == "other_committee"  # type: ignore[index]


@pytest.mark.parametrize("through", ["first", "second"])
def test_a_new_code_moves_a_seat_in_every_vote_of_the_day(
    room: Room, kept: Room, through: str
) -> None:
    uuid = {"first": room, "second": kept}[through].uuid
    path = f"/api/elections/{uuid}/join-codes"
    (code,) = room.leader().done(path, {"index": 1})["codes"]
    browser = room.browser()
    browser.done("/api/join", {"code": code["code"]})

    for vote in (room, kept):
        old = room.members[0].get(f"/api/elections/{vote.uuid}")
        assert old.json["code"] == "login_needed"  # type: ignore[index]
        assert browser.get(f"/api/elections/{vote.uuid}").json["me"] == 1  # type: ignore[index]
    assert room.members[1].get(f"/api/elections/{kept.uuid}").status_code == 200


def test_of_two_codes_for_one_seat_the_later_is_good(room: Room, kept: Room) -> None:
    leader = room.leader()
    (first,) = leader.done(f"/api/elections/{room.uuid}/join-codes", {"index": 1})[
        "codes"
    ]
    (second,) = leader.done(f"/api/elections/{kept.uuid}/join-codes", {"index": 1})[
        "codes"
    ]

    browser = room.browser()
    assert browser.refused("/api/join", {"code": first["code"]}) == "bad_join_code"
    browser.done("/api/join", {"code": second["code"]})


def test_a_new_key_for_a_later_vote_leaves_the_first_alone(
    room: Room, kept: Room
) -> None:
    room.seal().open()
    room.vote(0, [YES, NO, OPEN])
    room.leader().done(f"/api/elections/{kept.uuid}/restart")

    state = kept.state()
    assert (state["phase"], state["key_uuid"]) == ("joining", kept.uuid)
    assert [member["joined"] for member in state["members"]] == [True] * 3
    assert kept.refusal("paper.sealed", room.sealed_paper()) == "wrong_phase"
    for member in kept.members:
        member.seed = pedersen.new_seed()
    kept.make_key()
    kept.open_trial()
    mine, theirs = (ready.trustees for ready in room.posted("committee.ready")[::2])
    assert mine != theirs
    kept.seal()

    room.look()
    room.close(cast=1)
    room.unseal(0, 1)  # with the old cards
    assert room.state()["phase"] == "counted"
    assert [vote["key_uuid"] for vote in room.state()["day"]] == [room.uuid, kept.uuid]


def test_a_key_made_anew_is_kept_by_the_votes_after_it(room: Room, kept: Room) -> None:
    room.leader().done(f"/api/elections/{kept.uuid}/restart")
    for member in kept.members:
        member.seed = pedersen.new_seed()
    kept.make_key()
    kept.open_trial()

    third = follow(kept)

    assert third.state()["key_uuid"] == kept.uuid
    assert [vote["uuid"] for vote in third.state()["day"]] == [
        room.uuid,
        kept.uuid,
        third.uuid,
    ]


def test_a_key_in_use_is_not_given_up(room: Room, kept: Room) -> None:
    kept.seal()

    leader = room.leader()
    for uuid in (room.uuid, kept.uuid):
        assert leader.refused(f"/api/elections/{uuid}/restart") == "key_in_use"


OTHERS: dict[str, Any] = {
    "one more": lambda people: (*people, CommitteeMember(NAMES[3], "Tổ viên")),
    "one fewer": lambda people: people[:-1],
    "another person": lambda people: (
        *people[:-1],
        CommitteeMember(NAMES[4], "Tổ viên"),
    ),
    "another role": lambda people: (
        *people[:-1],
        CommitteeMember(people[-1].name, "Thư ký"),
    ),
    "another order": lambda people: (people[0], *reversed(people[1:])),
}


@pytest.mark.parametrize("change", OTHERS.values(), ids=OTHERS.keys())
def test_another_committee_makes_a_key_of_its_own(room: Room, change: Any) -> None:
    room.ready()
    body = order(room, members=change(order(room).members))

    assert refused(room, body) == ("key_not_kept", "members")
    assert len(room.posted("committee.ready")) == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"threshold": 3}, "threshold"),
        ({"demo": True}, "demo"),
        ({"key_of": new_uuid()}, "unknown"),
    ],
)
def test_another_order_makes_a_key_of_its_own(
    room: Room, changes: dict[str, Any], reason: str
) -> None:
    room.ready()

    assert refused(room, order(room, **changes)) == ("key_not_kept", reason)


@pytest.mark.parametrize("days", [-1, 1, 365])
def test_a_key_of_another_day_is_not_kept(room: Room, days: int) -> None:
    room.ready()
    with room.sessions.begin() as session:
        row = session.get_one(Committee, room.uuid)
        assert row.convened_on is not None
        row.convened_on += timedelta(days)

    assert refused(room, order(room)) == ("key_not_kept", "day")


def test_a_key_of_an_unknown_day_is_not_kept(room: Room) -> None:
    room.ready()
    with room.sessions.begin() as session:
        session.get_one(Committee, room.uuid).convened_on = None

    assert refused(room, order(room)) == ("key_not_kept", "day")


def test_a_key_that_is_not_complete_is_not_kept(room: Room) -> None:
    room.convene()
    assert refused(room, order(room)) == ("key_not_kept", "unfinished")
    room.join()
    room.make_key()
    for member in room.members[:2]:
        member.open("test", "test")

    assert refused(room, order(room)) == ("key_not_kept", "unfinished")
    room.members[2].open("test", "test")
    assert follow(room).state()["phase"] == "ready"


@pytest.mark.parametrize("voided", ["first", "second"])
def test_no_key_is_kept_once_a_sealed_vote_under_it_was_abandoned(
    room: Room, kept: Room, voided: str
) -> None:
    vote = {"first": room, "second": kept}[voided]
    vote.seal().order("box.void", BoxVoid("mất thẻ khóa"))

    for named in (room, kept):
        assert refused(named, order(named)) == ("key_not_kept", "void")


def test_a_vote_that_was_only_prepared_may_be_prepared_again(
    room: Room, kept: Room
) -> None:
    kept.order("box.void", BoxVoid("không ai đạt ở bước trước"))

    assert refused(kept, order(kept)) == ("key_not_kept", "void")
    assert follow(room).state()["phase"] == "ready"


def test_the_refusal_says_what_happened_and_what_to_do(room: Room) -> None:
    room.ready()
    with elsewhere(room, new_uuid()):
        body = order(room, threshold=3, key_of=room.members[0].uuid)
        answer: Any = room.send("committee.convened", body).json

    assert answer["message"] == (
        "Tổ kiểm phiếu không dùng lại được khóa đã có: số thẻ khóa cần để mở niêm "
        "phong khác trước. Chưa có gì được ghi lại. Hãy lập khóa mới cho "
        "cuộc bỏ phiếu này."
    )


def test_a_follower_holds_what_it_needs_and_no_more(room: Room, kept: Room) -> None:
    with room.sessions.reading() as session:
        rows = [
            session.get_one(Member, (vote.uuid, 1)).__dict__ for vote in (room, kept)
        ]
        copied = {
            name
            for name in Member.__table__.columns.keys()  # noqa: SIM118 - not a dict
            if name != "uuid" and rows[0][name] and rows[0][name] == rows[1][name]
        }
        assert copied == {
            "index",
            "name",
            "role",
            "seat",
            "certificate",
            "polynomial",
            "vinput",
            "voutput",
            "test_share",
        }
        assert session.get(Trial, kept.uuid) is None
        assert session.get(SealedPaper, kept.uuid) is None
