"""What becomes of a next conference when the one before, or itself, is abandoned."""

from typing import Any

import pytest

from tests.admin.neighbours import Office, code_of
from tests.admin.plan_sample import (
    CUC_EXTERNAL,
    CUC_NEXT,
    LEVEL,
    SILENT,
    Plan,
    hold,
    names_on,
    publish,
)
from tests.admin.sample import Meeting, delegates_file

OFF = {"position": 1, "reason": "Xin không tham gia"}


@pytest.fixture
def plan(office: Office) -> Plan:
    return Plan(office).begin()


def counted(plan: Plan, *names: str) -> Meeting:
    """Count step 3 of S000 in a round: everybody passes."""
    position = plan.position(quota=2)
    instance = plan.start(position, level=LEVEL)
    plan.enter(position, *names)
    plan.done(instance, "1", "2")
    return hold(plan.open(instance, "3"), tuple(7 - n for n in range(len(names))))


def key_of(meeting: Meeting, name: str) -> str:
    (position,) = meeting.view()["positions"]
    found = (n for n in position["nominees"] if n["name"].endswith(name))
    return str(next(found)["key"])


def void(meeting: Meeting) -> None:
    meeting.post("/void", {"reason": "Nhầm danh sách"}, "chair")


def refused(meeting: Meeting, path: str, body: Any) -> str:
    answer = meeting.office.secretary.post(f"{meeting.path}{path}", body)
    assert answer.status_code == 409, answer.get_data(as_text=True)
    return code_of(answer)


def test_a_list_is_made_anew_when_the_next_conference_was_abandoned(
    plan: Plan,
) -> None:
    step3 = counted(plan, "An", "Bình")
    off = {**OFF, "key": key_of(step3, "An")}
    void(plan.following(step3, withdrawn=[off]))

    again = plan.following(step3, withdrawn=[{**off, "reason": "Lý do khác"}])
    assert names_on(again) == [["Bình"]]
    assert [w["reason"] for w in step3.view()["withdrawals"]] == ["Lý do khác"]
    void(again)
    whole = plan.following(step3)

    assert names_on(whole) == [["An", "Bình"]]
    assert step3.view()["withdrawals"] == []
    publish(step3)
    assert plan.standings() == {"An": "nominated", "Bình": "nominated"}


def test_what_was_taken_off_an_abandoned_ballot_is_forgotten(plan: Plan) -> None:
    first = counted(plan, "An", "Bình")
    following = plan.following(first, withdrawn=[{**OFF, "key": key_of(first, "An")}])
    void(following)
    void(first)
    (instance,) = (each["id"] for each in plan.view()["units"][0]["instances"])
    second = publish(hold(plan.open(instance, "3"), (7, 6)))

    assert plan.standings() == {"An": "nominated", "Bình": "nominated"}
    assert names_on(plan.following(second)) == [["An", "Bình"]]


def test_a_paper_from_an_abandoned_ballot_is_not_sealed(plan: Plan) -> None:
    step3 = counted(plan, "An", "Bình")
    following = plan.following(step3)
    assert following.upload("delegates", delegates_file()).status_code == 200
    following.print_cards().convene().arrive()
    void(step3)

    assert refused(following, "/seal", {}) == "previous_void"


def test_whoever_was_withdrawn_meanwhile_is_on_no_next_list(plan: Plan) -> None:
    step3 = counted(plan, "An", "Bình")
    path = f"/api/entries/{plan.entry('An')['id']}/withdraw"
    plan.post(path, {"reason": "Có đơn xin rút"})

    assert names_on(plan.following(step3)) == [["Bình"]]


@pytest.mark.parametrize("members", [-3, 0, 100_001])
def test_a_prepared_conference_has_a_possible_number_of_members(
    plan: Plan, members: int
) -> None:
    step3 = counted(plan, "An", "Bình")
    following = plan.post(f"{step3.path}/prepare-next", {})

    assert refused(step3, "/next", {"members": members}) == "members_wrong"
    found = Meeting(plan.office, following["id"], following["uuid"])
    assert found.view()["counts"]["members"] is None
    assert refused(step3, "/next", {"place": "x" * 301}) == "text_too_long"


def test_a_ballot_joins_the_prepared_paper_of_its_sitting(plan: Plan) -> None:
    """A.2.9 B4 at the same time as A.2.7 B5, whose cards are printed already."""
    position = plan.position("Phó Cục trưởng", quota=1)
    other = plan.position("Cục trưởng", quota=1)
    following = plan.start(position, procedure=CUC_NEXT)
    external = plan.start(other, procedure=CUC_EXTERNAL)
    plan.enter(position, "An")
    plan.enter(other, "Bình", origin="external")
    plan.done(following, "B1", "B2")
    plan.done(external, "B1", "B2", "B3")
    b3 = publish(hold(plan.open(following, "B3", choices=SILENT), (7,)))
    b4 = plan.following(b3, choices={"1": SILENT})
    made = b4.post("/prepare-next", {"choices": {"1": SILENT}})
    b5 = Meeting(plan.office, made["id"], made["uuid"])
    join = f"/api/instances/{external}/steps/B4/join"
    plan.post(join, {"conference": b5.id, "quotas": {str(other): 1}})
    hold(b4, (7,))

    assert b4.post("/next", {})["id"] == b5.id
    assert names_on(b5) == [["An"], ["Bình"]]
    assert not b5.view()["prepared"]
