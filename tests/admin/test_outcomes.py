"""What published conferences do to the plan, through the real services."""

import pytest

from admin.models import Conference, Nominee, Person
from tests.admin.neighbours import Office, code_of
from tests.admin.plan_sample import (
    ANNUAL,
    CUC_ANNUAL,
    LEVEL,
    REMOVAL,
    SILENT,
    Plan,
    hold,
    names_on,
    publish,
)
from tests.admin.sample import Meeting, delegates_file
from web.db import Sessions

LEAVING = {
    "ground": "",
    "document_number": "12-QĐ/TU",
    "document_date": "2026-11-20",
}


@pytest.fixture
def plan(office: Office) -> Plan:
    return Plan(office).begin()


def leave(plan: Plan, name: str, **changes: object) -> dict[str, object]:
    entry = plan.entry(name)
    position = next(
        p["id"]
        for p in plan.view()["units"][0]["positions"]
        if entry["id"] in [e["id"] for e in p["entries"]]
    )
    found = plan.office.secretary.get(f"/api/positions/{position}/grounds").get_json()
    body = LEAVING | {"ground": found["exits"][0]["id"]} | changes
    return plan.post(f"/api/entries/{entry['id']}/exit", body)


def next_term(plan: Plan, *names: str) -> int:
    """Start the five steps with these people nominated, steps 1 and 2 done."""
    position = plan.position(quota=1)
    instance = plan.start(position, level=LEVEL)
    plan.enter(position, *names)
    plan.done(instance, "1", "2")
    return instance


def test_the_five_steps_lead_to_a_proposal_and_an_approval(plan: Plan) -> None:
    """A.2.1 steps 3-5: 30% of those present, over 50%, from the top; then approval."""
    instance = next_term(plan, "An", "Bình", "Chi", "Dung")
    third = publish(hold(plan.open(instance, "3"), (2, 3, 5, 7)))
    assert plan.standings()["An"] == "withdrawn"
    assert "bước 3" in plan.entry("An")["ground"]

    fourth = publish(hold(plan.following(third), (6, 5, 3)))
    assert names_on(fourth) == [["Dung", "Chi", "Bình"]]
    assert plan.standings()["Bình"] == "withdrawn"

    fifth = publish(hold(plan.following(fourth), (6, 5)))
    assert plan.standings() == {
        "An": "withdrawn",
        "Bình": "withdrawn",
        "Chi": "withdrawn",
        "Dung": "proposed",
    }
    assert "ngoài số lượng" in plan.entry("Chi")["ground"]
    assert "bước 5" in plan.entry("Chi")["ground"]
    assert fifth.view()["state"] == "published"

    number = {"document_number": "99-QĐ/TU", "document_date": "2026-11-20"}
    plan.done(instance, "approval", **number)
    dung = plan.entry("Dung")
    assert (dung["standing"], dung["document_number"]) == ("approved", "99-QĐ/TU")


def test_no_figure_of_a_step_that_is_not_announced_is_in_a_ground(plan: Plan) -> None:
    """A.3 publication: the votes of steps 3 and 4 are not announced."""
    instance = next_term(plan, "An", "Bình")
    publish(hold(plan.open(instance, "3"), (2, 7)))

    ground = plan.entry("An")["ground"]
    assert [c for c in ground if c.isdigit()] == ["3"]  # the step, no votes


def test_whoever_is_taken_off_a_list_keeps_the_reason(plan: Plan) -> None:
    instance = next_term(plan, "An", "Bình")
    third = publish(hold(plan.open(instance, "3"), (5, 7)))
    key = plan.entry("An")["key"]
    off = [{"position": 1, "key": key, "reason": "Xin rút, có đơn"}]
    fourth = plan.following(third, withdrawn=off)
    assert names_on(fourth) == [["Bình"]]
    publish(hold(fourth, (7,)))

    an = plan.entry("An")
    assert (an["standing"], an["ground"]) == ("withdrawn", "Xin rút, có đơn")


def removal(plan: Plan, agree: int) -> str:
    position = plan.position()
    instance = plan.start(position, procedure=ANNUAL, level=LEVEL)
    (an,) = plan.enter(position, "An", standing="planned")
    plan.post(f"/api/entries/{an}/propose-removal", {"ground": "Thôi việc"})
    held = hold(plan.open(instance, "1", choices=REMOVAL), (agree,))
    publish(held)
    return plan.standings()["An"]


def test_a_removal_that_passes_is_proposed(plan: Plan) -> None:
    """A.2.2 step 1: over 50% of the 9 summoned; then the authority decides."""
    assert removal(plan, 5) == "removal_proposed"
    assert plan.entry("An")["ground"] == "Thôi việc"


def test_a_removal_that_fails_keeps_the_person(plan: Plan) -> None:
    """A.2.2 step 1: 4 of 9 summoned is not over 50%, though 4 of 7 present is."""
    assert removal(plan, 4) == "kept"
    assert plan.entry("An")["ground"] == ""


def test_the_approval_removes_whom_the_ballot_proposed(plan: Plan) -> None:
    """A.2.8 B1, B5: removal proposed by the ballot, decided by the authority."""
    position = plan.position()
    instance = plan.start(position, procedure=CUC_ANNUAL)
    first, second = plan.enter(position, "An", "Bình", standing="planned")
    for entry in (first, second):
        ground = {"ground": "Không đủ hồ sơ"}
        plan.post(f"/api/entries/{entry}/propose-removal", ground)
    publish(hold(plan.open(instance, "B1", choices=SILENT | REMOVAL), (7, 1)))
    plan.done(instance, "B2", "B3", "B4")
    number = {"document_number": "7-QĐ", "document_date": "2026-11-20"}
    plan.done(instance, "B5", **number)

    assert plan.standings() == {"An": "removed", "Bình": "kept"}
    an = plan.entry("An")
    assert (an["ground"], an["document_number"]) == ("Không đủ hồ sơ", "7-QĐ")
    assert an["may"] == []


def test_an_automatic_exit_never_reaches_a_paper(plan: Plan) -> None:
    """A.2.13: đương nhiên ra khỏi quy hoạch, không phải bỏ phiếu."""
    instance = next_term(plan, "An", "Bình")
    leave(plan, "An")

    assert names_on(plan.open(instance, "3")) == [["Bình"]]
    assert plan.standings()["An"] == "exited"


def test_an_exit_takes_the_name_off_a_paper_that_can_change(plan: Plan) -> None:
    """A.2.13, where the paper was made before."""
    instance = next_term(plan, "An", "Bình", "Chi")
    third = plan.open(instance, "3")
    left = leave(plan, "Bình")

    assert left["taken_off"] == [third.id]
    assert names_on(third) == [["An", "Chi"]]
    numbers = [n["number"] for n in third.view()["positions"][0]["nominees"]]
    assert numbers == [1, 2]


def test_votes_for_somebody_who_left_meanwhile_come_to_nothing(plan: Plan) -> None:
    """A.2.13, where the paper was sealed already."""
    instance = next_term(plan, "An", "Bình")
    third = hold(plan.open(instance, "3"), (7, 7))
    leave(plan, "An")
    publish(third)
    assert plan.standings()["An"] == "exited"

    assert names_on(plan.following(third)) == [["Bình"]]


def test_a_name_that_left_comes_back_by_no_list(plan: Plan) -> None:
    """A.2.13, where the name is chosen from the register again."""
    instance = next_term(plan, "An", "Bình")
    third = plan.open(instance, "3")
    leave(plan, "An")
    people = [plan.people["An"], plan.people["Bình"]]
    chosen = {"positions": [{"position": 1, "people": people}]}
    answer = plan.try_to(f"{third.path}/nominees/from-register", chosen)

    assert code_of(answer) == "person_left_plan"
    assert names_on(third) == [["Bình"]]


def test_a_paper_that_names_somebody_who_left_is_not_sealed(plan: Plan) -> None:
    """A.2.13, the second line: even a name that came back past every list."""
    instance = next_term(plan, "An", "Bình")
    third = plan.open(instance, "3")
    leave(plan, "An")
    put_back(plan, third, "An")
    assert third.upload("delegates", delegates_file()).status_code == 200
    third.print_cards().convene().arrive()

    answer = plan.try_to(f"{third.path}/seal")
    assert code_of(answer) == "exited_on_paper"
    assert "An" in answer.get_json()["message"]


def put_back(plan: Plan, meeting: Meeting, name: str) -> None:
    sessions: Sessions = plan.office.app.extensions["phieukin.sessions"]
    with sessions.begin() as session:
        person = session.get_one(Person, plan.people[name])
        position = session.get_one(Conference, meeting.id).positions[0]
        line = Nominee(number=9, key=person.key, name=person.name, folded="an")
        position.nominees.append(line)


def test_whoever_left_may_be_nominated_in_a_later_round(plan: Plan) -> None:
    """A.2.13 (4): may be reconsidered after the discipline has lapsed."""
    next_term(plan, "An")
    leave(plan, "An")
    later = Plan(plan.office, people=plan.people).begin()
    later.enter(later.position(), "An")

    assert later.standings() == {"An": "nominated"}
    assert plan.standings() == {"An": "exited"}
