"""The committee before the vote: seats, key ceremony, trial, the sealed paper."""

import json

import pytest

from crypto import pedersen
from crypto.trustees import joint_key, read_trustees
from tally.models import Base, Trial
from tests.tally.room import NAMES, Room
from web.contracts import CommitteeConvened, CommitteeMember, CommitteeReady


def _joined(room: Room) -> Room:
    room.convene()
    room.join()
    return room


def test_a_code_works_once_and_gives_one_seat(room: Room) -> None:
    room.convene()
    path = f"/api/elections/{room.uuid}/join-codes"
    codes = room.leader().done(path)["codes"]
    assert [code["name"] for code in codes] == list(NAMES[:3])

    first, second = room.browser(), room.browser()
    typed = codes[1]["code"].lower().replace("-", " ")
    joined = first.done("/api/join", {"code": typed})

    assert (joined["election"], joined["index"]) == (room.uuid, 2)
    assert second.refused("/api/join", {"code": codes[1]["code"]}) == "bad_join_code"


def test_a_new_code_puts_the_former_browser_out(room: Room) -> None:
    _joined(room)
    path = f"/api/elections/{room.uuid}/join-codes"
    (code,) = room.leader().done(path, {"index": 1})["codes"]
    assert room.members[0].get(f"/api/elections/{room.uuid}").status_code == 200

    room.browser().done("/api/join", {"code": code["code"]})

    answer = room.members[0].get(f"/api/elections/{room.uuid}")
    assert (answer.status_code, answer.json["code"]) == (403, "login_needed")  # type: ignore[index]


def test_strangers_and_other_committees_stay_outside(room: Room) -> None:
    _joined(room)
    stranger = room.browser()
    for path in ("", "/certificates", "/test", "/unseal", "/result", "/archive.bel"):
        answer = stranger.get(f"/api/elections/{room.uuid}{path}")
        assert answer.status_code == 403, path
    mine, room.uuid = room.uuid, "AnotherVoteXYZ"
    room.convene()
    other = room.members[0].get(f"/api/elections/{room.uuid}")
    assert other.json["code"] == "other_committee"  # type: ignore[index]
    listed = room.members[0].get("/api/elections").json["elections"]  # type: ignore[index]
    assert [each["uuid"] for each in listed] == [mine]


def test_a_leader_is_no_member(room: Room) -> None:
    _joined(room)
    leader = room.leader()

    path = f"/api/elections/{room.uuid}/certificate"
    assert leader.refused(path, {"text": "{}"}) == "not_allowed"


def test_a_member_is_no_leader(room: Room) -> None:
    _joined(room)

    for path in ("join-codes", "restart"):
        assert room.members[0].refused(room.members[0].path(path)) == "not_allowed"


def test_a_ceremony_makes_the_key_and_every_card_opens_the_trial(room: Room) -> None:
    _joined(room)
    assert room.state()["phase"] == "joining"
    room.make_key()
    assert room.state()["phase"] == "testing"
    room.open_trial()

    (ready,) = room.posted("committee.ready")
    assert isinstance(ready, CommitteeReady)
    assert ready.tested == NAMES[:3]
    joint_key(read_trustees(ready.trustees.encode()))  # raises if not proven
    assert room.state()["phase"] == "ready"


def test_nobody_is_ready_before_the_last_card_has_opened(room: Room) -> None:
    _joined(room)
    room.make_key()
    for member in room.members[:2]:
        member.open("test", "test")

    assert room.state()["phase"] == "testing"
    assert room.posted("committee.ready") == []
    assert room.refusal("paper.sealed", room.sealed_paper()) == "wrong_phase"


def test_another_members_card_does_not_open_the_trial(room: Room) -> None:
    _joined(room)
    room.make_key()
    share = room.members[1].decrypt("test")

    path = room.members[0].path("test")
    assert room.members[0].refused(path, share) == "bad_key_card"


def test_a_trial_that_opens_to_another_number_is_refused(room: Room) -> None:
    _joined(room)
    room.make_key()
    with room.sessions.begin() as session:
        trial = session.get_one(Trial, room.uuid)
        (first, *rest) = json.loads(trial.known)
        trial.known = json.dumps([[first[0] + 1, first[1]], *rest])
    for member in room.members[:2]:
        member.open("test", "test")

    last = room.members[2]
    share = last.decrypt("test")
    assert last.refused(last.path("test"), share) == "trial_failed"
    assert room.state()["phase"] == "testing"


def test_bad_texts_are_refused_to_the_member_who_sent_them(room: Room) -> None:
    _joined(room)
    first, second, third = room.members
    for name, text in {
        "of another place": second.certificate(3, 2),
        "of another threshold": first.certificate(3, 3),
        "nothing": "{}",
        "not JSON": "?",
    }.items():
        code = first.refused(first.path("certificate"), {"text": text})
        assert code == "bad_ceremony_text", name
    for member in room.members:
        member.send("certificate", member.certificate(3, 2))
    assert first.refused(first.path("certificate"), {"text": "{}"}) == "wrong_phase"

    assert (
        first.refused(first.path("polynomial"), {"text": second.polynomial()})
        == "bad_ceremony_text"
    )
    for member in room.members:
        member.send("polynomial", member.polynomial())
    assert (
        third.refused(third.path("voutput"), {"text": first.voutput()})
        == "bad_ceremony_text"
    )
    assert room.state()["phase"] == "voutputs"


def test_a_step_is_done_once(room: Room) -> None:
    _joined(room)
    member = room.members[0]
    member.send("certificate", member.certificate(3, 2))

    again = member.certificate(3, 2)
    path = member.path("certificate")
    assert member.refused(path, {"text": again}) == "already_done"


def test_a_lost_card_means_a_new_key_while_it_is_not_in_use(room: Room) -> None:
    _joined(room)
    room.make_key()
    room.leader().done(f"/api/elections/{room.uuid}/restart")
    assert room.state()["phase"] == "joining"

    for member in room.members:
        member.seed = pedersen.new_seed()
    room.make_key()
    room.open_trial()
    assert room.state()["phase"] == "ready"
    leader = room.leader()
    assert leader.refused(f"/api/elections/{room.uuid}/restart") == "key_in_use"


@pytest.mark.parametrize(("size", "threshold"), [(0, 1), (3, 0), (3, 4), (16, 9)])
def test_impossible_committees(room: Room, size: int, threshold: int) -> None:
    members = tuple(CommitteeMember(f"Người {n}", "Tổ viên") for n in range(size))

    body = CommitteeConvened("Hội nghị mẫu", members, threshold)
    assert room.refusal("committee.convened", body) == "bad_committee"


def test_a_committee_is_convened_once(room: Room) -> None:
    room.convene()
    body = CommitteeConvened("Khác", (CommitteeMember("Người lạ", "Tổ viên"),), 1)

    assert room.refusal("committee.convened", body) == "committee_exists"


def test_only_the_committees_own_paper_is_sealed(
    room: Room, tmp_path_factory: pytest.TempPathFactory
) -> None:
    room.ready()
    good = room.sealed_paper()
    stranger = Room(tmp_path_factory.mktemp("stranger"))
    try:
        stranger.uuid = room.uuid
        other = stranger.ready().sealed_paper()
    finally:
        stranger.end()

    assert room.refusal("paper.sealed", other) == "other_trustees"
    for name, old, new in (
        ("another vote", room.uuid, "AnotherVoteXYZ"),
        ("another question", '"max":1', '"max":2'),
        ("no paper of ours", "s000-next-term-onsite", 's"'),
    ):
        changed = good.election.replace(old, new)
        assert changed != good.election, name
        body = type(good)(changed, good.trustees, good.credentials)
        assert room.refusal("paper.sealed", body) == "bad_paper", name
    first = room.order("paper.sealed", good)
    assert room.order("paper.sealed", good) == first  # the console tries again
    assert room.refusal("paper.sealed", room.sealed_paper()) == "wrong_phase"


def test_no_column_can_hold_a_private_key_a_delegate_or_a_card() -> None:
    columns = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
    }
    assert {name for name in columns if "name" in name or "key" in name} == {
        "account.username",
        "member.name",
        "record.name",
    }
    for word in ("seed", "private", "secret", "delegate", "card"):
        assert not [name for name in columns if word in name]
    # beside a mirrored ballot there is nothing but the public chain
    assert {name for name in columns if name.startswith("board_")} == {
        "board_event.uuid",
        "board_event.height",
        "board_event.kind",
        "board_event.event",
        "board_data.uuid",
        "board_data.height",
        "board_data.position",
        "board_data.content",
    }
