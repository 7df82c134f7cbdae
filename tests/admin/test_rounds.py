"""A planning round through the API: order of steps, sittings, approval, caps, pages."""

import re
from typing import Any

import pytest

from tests.admin.neighbours import Browser, Office, code_of
from tests.admin.plan_sample import (
    ANNUAL,
    CUC_ANNUAL,
    CUC_EXTERNAL,
    CUC_NEXT,
    LEVEL,
    OPENING,
    REMOVAL,
    S000,
    SILENT,
    Plan,
    hold,
    names_on,
    publish,
)
from tests.admin.sample import Meeting
from tests.admin.test_pages import look

APPROVAL = {"document_number": "99-QĐ/TU", "document_date": "2026-11-20"}
WRITERS = (
    "/api/rounds",
    "/api/rounds/1/units",
    "/api/rounds/1/targets",
    "/api/units/1/positions",
    "/api/units/1/instances",
    "/api/positions/1",
    "/api/positions/1/entries",
    "/api/entries/1/exit",
    "/api/entries/1/keep",
    "/api/entries/1/propose-removal",
    "/api/entries/1/withdraw",
    "/api/instances/1/steps/1",
    "/api/instances/1/steps/1/conference",
    "/api/instances/1/steps/1/join",
)


@pytest.fixture
def plan(office: Office) -> Plan:
    return Plan(office).begin()


def begun(plan: Plan, *names: str, procedure: str = S000) -> int:
    position = plan.position()
    level = LEVEL if procedure.startswith("s000") else ""
    instance = plan.start(position, procedure=procedure, level=level)
    plan.enter(position, *names)
    return instance


def step(instance: int, name: str) -> str:
    return f"/api/instances/{instance}/steps/{name}"


def record(**changes: Any) -> dict[str, Any]:
    return {"done_on": "2026-11-20", "how": "Biểu quyết", **changes}


def test_a_round_holds_units_positions_and_procedures(plan: Plan) -> None:
    """A.5: positions carry their own term labels, several in one unit."""
    plan.position("Bí thư", term="2025–2030", quota=2, cap=3, managed_by="BTV Tỉnh ủy")
    chair = plan.position("Chủ tịch UBND", term="2026–2031")
    instance = plan.start(chair, level=LEVEL)

    unit = plan.view()["units"][0]
    assert [(p["title"], p["term"]) for p in unit["positions"]] == [
        ("Bí thư", "2025–2030"),
        ("Chủ tịch UBND", "2026–2031"),
    ]
    run = unit["instances"][0]
    assert (run["id"], run["procedure"], run["positions"]) == (instance, S000, [chair])
    lines = plan.office.secretary.get("/api/rounds").get_json()["rounds"]
    assert [(x["title"], x["units"], x["steps"], x["done"]) for x in lines] == [
        ("Đợt thử", 1, 6, 0)
    ]


def test_steps_come_in_their_order(plan: Plan) -> None:
    """A.2.1: a step waits for those before it, and the refusal says for which."""
    instance = begun(plan, "An")
    assert plan.states(instance) == {
        "1": "ready",
        "2": "todo",
        "3": "todo",
        "4": "todo",
        "5": "todo",
        "approval": "todo",
    }
    answer = plan.try_to(step(instance, "2"), record())
    assert code_of(answer) == "step_too_early"
    assert "bước 1" in answer.get_json()["message"]
    plan.done(instance, "1")
    answer = plan.try_to(step(instance, "3/conference"), OPENING)
    assert code_of(answer) == "step_too_early"
    assert "bước 2 (Hội nghị tập thể lãnh đạo" in answer.get_json()["message"]

    plan.done(instance, "2")
    third = plan.open(instance, "3")
    assert plan.states(instance)["3"] == "running"
    answer = plan.try_to(step(instance, "3/conference"), OPENING)
    assert code_of(answer) == "step_has_conference"
    publish(hold(third, (7,)))
    states = plan.states(instance)
    assert (states["3"], states["4"], states["5"]) == ("done", "ready", "todo")


def test_a_later_ballot_comes_from_the_one_before(plan: Plan) -> None:
    instance = begun(plan, "An")
    plan.done(instance, "1", "2")
    publish(hold(plan.open(instance, "3"), (7,)))

    answer = plan.try_to(step(instance, "4/conference"), OPENING)
    assert code_of(answer) == "comes_from_next"


def test_an_abandoned_conference_may_be_opened_again(plan: Plan) -> None:
    instance = begun(plan, "An")
    plan.done(instance, "1", "2")
    plan.open(instance, "3").post("/void", {"reason": "Hoãn họp"}, "chair")

    assert plan.states(instance)["3"] == "ready"
    assert names_on(plan.open(instance, "3")) == [["An"]]


def test_a_ballot_that_is_stated_cannot_be_recorded_away(plan: Plan) -> None:
    """A.2.1 step 3: phiếu kín; while people wait, it is held."""
    instance = begun(plan, "An")
    plan.done(instance, "1", "2")
    answer = plan.try_to(step(instance, "3"), record())

    assert code_of(answer) == "step_has_ballot"


def test_without_anybody_to_remove_no_ballot_is_needed(plan: Plan) -> None:
    """A.2.2 step 1, A.2.4 step 1: "không có trường hợp nào"."""
    instance = begun(plan, "An", procedure=ANNUAL)
    answer = plan.try_to(step(instance, "1/conference"), OPENING)
    assert code_of(answer) == "nobody_to_ballot"
    plan.done(instance, "1")

    assert plan.states(instance)["1"] == "done"


def test_steps_with_nobody_left_are_skipped(plan: Plan) -> None:
    instance = begun(plan, "An", procedure=ANNUAL)
    plan.done(instance, "1")
    publish(hold(plan.open(instance, "2"), (0,)))
    plan.done(instance, "3", "4")

    states = plan.states(instance)
    assert (states["3"], states["4"], states["approval"]) == (
        "skipped",
        "skipped",
        "ready",
    )


def test_how_a_silent_document_was_adopted_is_recorded(plan: Plan) -> None:
    """A.2.1 step 2: "thảo luận, phân tích và thông qua", no way of deciding stated."""
    instance = begun(plan, "An")
    plan.done(instance, "1")
    answer = plan.try_to(step(instance, "2"), record(how=" "))
    assert code_of(answer) == "how_missing"
    assert plan.try_to(step(instance, "2"), record()).status_code == 200


def test_a_step_is_not_recorded_before_it_was_done(plan: Plan) -> None:
    instance = begun(plan, "An")
    answer = plan.try_to(step(instance, "1"), record(done_on="2099-01-01"))

    assert code_of(answer) == "step_in_future"


APPROVALS: dict[str, dict[str, Any]] = {
    "no number": {"document_number": " ", "document_date": "2026-11-20"},
    "no date": {"document_number": "99-QĐ/TU", "document_date": None},
    "neither": {},
}


@pytest.mark.parametrize("name", APPROVALS)
def test_an_approval_needs_number_and_date(plan: Plan, name: str) -> None:
    """A.2.7 B6, A.2.8 B5: phê duyệt quy hoạch, recorded with its document."""
    instance = begun(plan, procedure=CUC_ANNUAL)
    plan.done(instance, "B1", "B2", "B3", "B4")
    answer = plan.try_to(step(instance, "B5"), record(**APPROVALS[name]))

    assert code_of(answer) == "approval_document_missing"
    assert plan.states(instance)["B5"] == "ready"


def test_a_corrected_approval_corrects_what_it_approved(plan: Plan) -> None:
    """A.2.7 B6."""
    position = plan.position(quota=1)
    instance = plan.start(position, procedure=CUC_NEXT)
    plan.enter(position, "An")
    plan.enter(position, "Bình", standing="kept")
    plan.done(instance, "B1", "B2")
    third = publish(hold(plan.open(instance, "B3", choices=SILENT), (7,)))
    silent = {"choices": {"1": {"announced": False}}}
    fourth = publish(hold(plan.following(third, **silent), (7,)))
    publish(hold(plan.following(fourth, **silent), (7,)))
    plan.done(instance, "B6", **APPROVAL)
    plan.done(instance, "B6", **APPROVAL | {"document_number": "100-QĐ/TU"})

    found = {e["name"].split()[-1]: e["document_number"] for e in plan.entries()}
    assert found == {"An": "100-QĐ/TU", "Bình": ""}
    assert plan.standings() == {"An": "approved", "Bình": "kept"}


def test_kept_people_are_on_no_paper(plan: Plan) -> None:
    """A.2.4 scope notes: người đã quy hoạch được giữ nguyên, không lấy phiếu lại."""
    position = plan.position(quota=3)
    instance = plan.start(position, level=LEVEL)
    (kept,) = plan.enter(position, "An", standing="planned")
    plan.enter(position, "Bình")
    plan.post(f"/api/entries/{kept}/keep")
    plan.done(instance, "1", "2")
    third = plan.open(instance, "3")

    assert names_on(third) == [["Bình"]]
    assert third.view()["positions"][0]["quota"] == 2  # three places, one is taken
    assert plan.standings() == {"An": "kept", "Bình": "nominated"}
    again = plan.try_to(f"/api/entries/{kept}/keep")
    assert code_of(again) == "entry_stands"


def test_external_people_are_introduced_by_the_external_procedure(plan: Plan) -> None:
    """A.2.9 and A.2.8: one position, two sources, two ballots."""
    position = plan.position(quota=2)
    onsite = plan.start(position, procedure=CUC_ANNUAL)
    external = plan.start(position, procedure=CUC_EXTERNAL)
    plan.enter(position, "An")
    plan.enter(position, "Bình", origin="external")
    plan.done(onsite, "B1")
    plan.done(external, "B1", "B2", "B3")

    assert names_on(plan.open(onsite, "B2", choices=SILENT)) == [["An"]]
    assert names_on(plan.open(external, "B4", choices=SILENT)) == [["Bình"]]


def two_procedures(plan: Plan) -> tuple[int, int]:
    """Start next term and annual review of a Cục, both before their first ballot."""
    deputy = plan.position("Phó Cục trưởng", quota=1)
    head = plan.position("Cục trưởng", quota=1)
    following = plan.start(head, procedure=CUC_NEXT)
    annual = plan.start(deputy, procedure=CUC_ANNUAL)
    plan.enter(head, "An")
    plan.enter(deputy, "Bình")
    plan.done(following, "B1", "B2")
    plan.done(annual, "B1")
    return following, annual


def test_ballots_of_one_sitting_go_on_one_paper(plan: Plan) -> None:
    """A.2.8 B2, A.3 same sitting: held at the same time as B3 of A.2.7."""
    following, annual = two_procedures(plan)
    offered = offered_with(plan, following, "B3")
    assert [(each["instance"], each["step"]) for each in offered] == [(annual, "B2")]

    also = {"instance": annual, "step": "B2", "choices": SILENT}
    both = plan.open(following, "B3", choices=SILENT, **{"with": [also]})
    assert names_on(both) == [["An"], ["Bình"]]
    assert [(i["procedure"], i["step"]) for i in both.view()["items"]] == [
        (CUC_NEXT, "B3"),
        (CUC_ANNUAL, "B2"),
    ]
    assert plan.states(annual)["B2"] == plan.states(following)["B3"] == "running"
    publish(hold(both, (7,), (1,)))
    assert plan.standings() == {"An": "nominated", "Bình": "withdrawn"}


def offered_with(plan: Plan, instance: int, name: str) -> list[dict[str, Any]]:
    runs = plan.view()["units"][0]["instances"]
    steps = next(run["steps"] for run in runs if run["id"] == instance)
    found = next(each for each in steps if each["id"] == name)
    return list(found["held_with"])


def test_a_ballot_joins_the_paper_of_its_sitting(plan: Plan) -> None:
    """A.2.9 B4: held at the same time as B5 of A.2.7, which came from its B4."""
    head = plan.position("Phó Cục trưởng", quota=2)
    onsite = plan.start(head, procedure=CUC_NEXT)
    external = plan.start(head, procedure=CUC_EXTERNAL)
    plan.enter(head, "An")
    plan.enter(head, "Bình", origin="external")
    plan.done(onsite, "B1", "B2")
    plan.done(external, "B1", "B2", "B3")
    silent = {"choices": {"1": {"announced": False}}}
    third = publish(hold(plan.open(onsite, "B3", choices=SILENT), (7,)))
    fourth = publish(hold(plan.following(third, **silent), (7,)))
    fifth = plan.following(fourth, **silent)

    plan.post(step(external, "B4/join"), {"conference": fifth.id})
    assert names_on(fifth) == [["An"], ["Bình"]]
    publish(hold(fifth, (5,), (6,)))
    assert plan.standings() == {"An": "proposed", "Bình": "proposed"}


def test_a_ballot_joins_no_other_paper(plan: Plan) -> None:
    """A.2.8 B3 has no same-time clause."""
    following, annual = two_procedures(plan)
    publish(hold(plan.open(annual, "B2", choices=SILENT), (7,)))
    other = Meeting(plan.office).create()
    answer = plan.try_to(step(following, "B3/join"), {"conference": other.id})

    assert code_of(answer) == "not_its_sitting"


def test_the_form_of_a_conference_puts_the_people_on_too(plan: Plan) -> None:
    instance = begun(plan, "An", "Bình")
    plan.done(instance, "1", "2")
    position = plan.view()["units"][0]["positions"][0]
    planned = {
        "title": position["title"],
        "term": position["term"],
        "planned_position": position["id"],
    }
    made = Meeting(plan.office).create("3", instance=instance, positions=[planned])

    assert names_on(made) == [["An", "Bình"]]
    assert plan.states(instance)["3"] == "running"


def test_a_position_with_nobody_leaves_the_paper(plan: Plan) -> None:
    first, second = plan.position("Trưởng phòng"), plan.position("Phó phòng")
    instance = plan.start(first, second, level=LEVEL)
    plan.enter(second, "An")
    plan.done(instance, "1", "2")
    third = plan.open(instance, "3").view()

    assert [p["title"] for p in third["positions"]] == ["Phó phòng"]


def test_the_instance_keeps_its_version(plan: Plan) -> None:
    instance = begun(plan, "An")
    sessions = plan.office.app.extensions["phieukin.sessions"]
    with sessions.reading() as session:
        from admin.models import Instance  # noqa: PLC0415

        digest = session.get_one(Instance, instance).profile_digest
    plan.done(instance, "1", "2")
    held = plan.open(instance, "3")
    with sessions.reading() as session:
        from admin.models import Conference  # noqa: PLC0415

        items = session.get_one(Conference, held.id).items
        assert [item.profile_digest for item in items] == [digest]


EXITS = {
    "exit_ground_unknown": {"ground": "không rõ"},
    "exit_document_missing": {"document_number": ""},
}


@pytest.mark.parametrize("code", EXITS)
def test_an_exit_that_cannot_be_recorded(plan: Plan, code: str) -> None:
    """A.2.13: ground and decision."""
    position = plan.position()
    plan.start(position, procedure=CUC_ANNUAL)
    (entry,) = plan.enter(position, "An")
    body = {
        "ground": "tu-tran",
        "document_number": "5-QĐ",
        "document_date": "2026-11-20",
    }
    path = f"/api/entries/{entry}/exit"

    assert code_of(plan.try_to(path, body | EXITS[code])) == code
    undated = plan.try_to(path, body | {"document_date": None})
    assert code_of(undated) == "exit_document_missing"
    assert plan.standings() == {"An": "nominated"}


@pytest.mark.parametrize("ground", ["qua-tuoi", "chinh-tri", "tu-tran", "ky-luat"])
def test_the_four_grounds_of_an_automatic_exit(plan: Plan, ground: str) -> None:
    """A.2.13 (1)-(4): quá tuổi; tiêu chuẩn chính trị; từ trần; kỷ luật."""
    position = plan.position()
    plan.start(position, procedure=CUC_ANNUAL)
    (entry,) = plan.enter(position, "An", standing="planned")
    body = {"ground": ground, "document_number": "5", "document_date": "2026-11-20"}
    plan.post(f"/api/entries/{entry}/exit", body)

    an = plan.entry("An")
    assert (an["standing"], an["document_number"]) == ("exited", "5")
    assert an["ground"]
    assert an["may"] == []


def test_the_grounds_of_a_removal_come_from_the_procedure(plan: Plan) -> None:
    """A.2.13: đưa ra khỏi quy hoạch, four grounds."""
    position = plan.position()
    plan.start(position, procedure=CUC_ANNUAL)
    path = f"/api/positions/{position}/grounds"
    found = plan.office.secretary.get(path).get_json()

    assert len(found["exits"]) == len(found["removals"]) == 4
    (entry,) = plan.enter(position, "An", standing="planned")
    plan.post(f"/api/entries/{entry}/propose-removal", {"ground": "thoi-viec"})
    assert plan.entry("An")["ground"] == found["removals"][2]["name"]


def test_a_removal_needs_a_procedure_that_holds_its_ballot(plan: Plan) -> None:
    """A.2.1 has no removal ballot; A.2.2 step 1 has one."""
    position = plan.position()
    plan.start(position, level=LEVEL)
    (entry,) = plan.enter(position, "An", standing="planned")
    path, ground = f"/api/entries/{entry}/propose-removal", {"ground": "Thôi việc"}
    assert code_of(plan.try_to(path, ground)) == "no_removal_ballot"

    plan.start(position, procedure=ANNUAL, level=LEVEL)
    plan.post(path, ground)

    assert plan.standings() == {"An": "removal_asked"}


def test_how_the_list_was_adopted_is_recorded_beside_the_ballot(plan: Plan) -> None:
    """A.2.2 step 1: one conference adopts the list and holds the removal ballot."""
    position = plan.position()
    instance = plan.start(position, procedure=ANNUAL, level=LEVEL)
    (entry,) = plan.enter(position, "An", standing="planned")
    plan.post(f"/api/entries/{entry}/propose-removal", {"ground": "Thôi việc"})
    held = plan.open(instance, "1", choices=REMOVAL)
    answer = plan.try_to(step(instance, "1"), record())
    assert code_of(answer) == "step_has_ballot"
    publish(hold(held, (9,), present=9))
    plan.done(instance, "1", how="Giơ tay, 9/9")

    runs = plan.view()["units"][0]["instances"]
    first = runs[0]["steps"][0]
    assert (first["state"], first["record"]["how"]) == ("done", "Giơ tay, 9/9")
    assert first["conference"]["id"] == held.id


def test_where_a_document_names_no_exit_all_known_ones_are_offered(plan: Plan) -> None:
    """A.3: no-ballot removals stand in S004 only; its source is shown."""
    position = plan.position()
    plan.start(position, level=LEVEL)
    path = f"/api/positions/{position}/grounds"
    exits = plan.office.secretary.get(path).get_json()["exits"]

    assert {"qua-tuoi", "tu-tran"} <= {each["id"] for each in exits}
    assert all("S004" in each["source"] for each in exits)


def test_nobody_is_taken_off_without_a_reason(plan: Plan) -> None:
    position = plan.position()
    (entry,) = plan.enter(position, "An")
    path = f"/api/entries/{entry}/withdraw"

    assert code_of(plan.try_to(path, {"reason": " "})) == "withdrawal_reason_missing"
    plan.post(path, {"reason": "Chuyển công tác"})
    assert plan.standings() == {"An": "withdrawn"}


def test_caps_warn_and_take_nobody_off(plan: Plan) -> None:
    """B.1: at most 3 a position and 3 positions a person; they only warn."""
    positions = [plan.position(f"Chức danh {n}") for n in range(4)]
    plan.enter(positions[0], "An", "Bình", "Chi", "Dung", standing="kept")
    for position in positions[1:]:
        plan.enter(position, "An", standing="kept")

    caps = plan.view()["caps"]
    assert [(c["kind"], c["count"], c["cap"]) for c in caps] == [
        ("position", 4, 3),
        ("person", 4, 3),
    ]
    assert len(plan.entries()) == 7
    targets = plan.office.secretary.get(f"/api/rounds/{plan.id}/structure").get_json()
    changed = targets["targets"] | {
        "caps": {"source": "đơn vị", "per_position": 4, "per_person": 4}
    }
    plan.post(f"/api/rounds/{plan.id}/targets", changed)
    assert plan.view()["caps"] == []


def test_the_cap_of_s002_is_four(plan: Plan) -> None:
    """A.2.4 step 4: 01 chức danh không quy hoạch quá 4 người."""
    position = plan.position("Phó Chánh Văn phòng")
    plan.start(position, procedure="s002-pcvp-annual-2021")
    plan.enter(position, "An", "Bình", "Chi", "Dung", standing="kept")
    assert plan.view()["caps"] == []
    plan.enter(position, "Em", standing="kept")

    assert [(c["count"], c["cap"]) for c in plan.view()["caps"]] == [(5, 4)]


def test_the_structure_of_a_round_and_of_a_paper(plan: Plan) -> None:
    """B.1 structure targets: shown with the target, never a filter."""
    position = plan.position()
    instance = plan.start(position, level=LEVEL)
    plan.person("An", sex="female", ethnicity="Kinh")
    plan.person("Bình", sex="male", ethnicity="Khmer")
    plan.person("Chi", sex="male", ethnicity="Kinh")
    plan.enter(position, "An", "Bình", "Chi")
    answer = plan.office.chair.get(f"/api/rounds/{plan.id}/structure").get_json()
    women, young, minorities, *ages = answer["considered"]["bars"]

    assert (women["count"], women["total"], women["share"]) == (1, 3, "1/3")
    assert (women["target"], women["met"]) == ("1/4", True)
    assert (young["count"], young["met"]) == (0, False)
    assert (minorities["count"], minorities["target"]) == (1, None)
    assert [each["count"] for each in ages] == [0, 3, 0]
    assert answer["listed"]["total"] == 0

    plan.done(instance, "1", "2")
    third = hold(plan.open(instance, "3"), (7, 1, 1))
    path = f"{third.path}/structure"
    paper = third.office.chair.get(path).get_json()
    assert [each["total"] for each in paper["paper"]] == [3]
    assert [each["total"] for each in paper["final"]] == [1]
    assert third.office.desk.get(path).status_code == 403


def test_targets_are_checked(plan: Plan) -> None:
    path = f"/api/rounds/{plan.id}/structure"
    targets = plan.office.secretary.get(path).get_json()["targets"]
    targets["women"]["share"] = "một phần tư"
    answer = plan.try_to(f"/api/rounds/{plan.id}/targets", targets)

    assert (answer.status_code, code_of(answer)) == (400, "malformed")


WRONG: dict[str, tuple[str, dict[str, Any]]] = {
    "round_dates": (
        "/api/rounds",
        {
            "title": "Đợt",
            "office": "Tỉnh",
            "starts_on": "2026-02-01",
            "ends_on": "2026-01-01",
        },
    ),
    "text_missing": ("/api/rounds", {"title": " ", "office": "Tỉnh"}),
    "unit_twice": ("/api/rounds/1/units", {"name": "Sở  mẫu"}),
    "quota_over_cap": ("/api/units/1/positions", {"title": "X", "quota": 4, "cap": 3}),
    "quota_wrong": ("/api/units/1/positions", {"title": "X", "quota": 0}),
    "round_unknown": ("/api/rounds/9/units", {"name": "Sở"}),
    "unit_unknown": ("/api/units/9/positions", {"title": "X"}),
    "position_unknown": ("/api/positions/9/entries", {"person": 1}),
    "entry_unknown": ("/api/entries/9/keep", {}),
    "instance_unknown": ("/api/instances/9/steps/1", {"done_on": "2026-01-01"}),
    "procedure_unknown": (
        "/api/units/1/instances",
        {"procedure": "khong-co", "positions": [1]},
    ),
    "instance_positions": (
        "/api/units/1/instances",
        {"procedure": CUC_NEXT, "positions": []},
    ),
    "level_unknown": ("/api/units/1/instances", {"procedure": S000, "positions": [1]}),
}


@pytest.mark.parametrize("code", WRONG)
def test_what_cannot_be_in_a_round(plan: Plan, code: str) -> None:
    path, body = WRONG[code]

    assert code_of(plan.try_to(path, body)) == code


def test_nobody_is_entered_twice(plan: Plan) -> None:
    position = plan.position()
    plan.enter(position, "An")
    path = f"/api/positions/{position}/entries"

    again = plan.try_to(path, {"person": plan.people["An"]})
    assert code_of(again) == "entry_twice"
    unknown = plan.try_to(path, {"person": 999})
    assert code_of(unknown) == "entry_person_unknown"


def test_a_position_is_changed(plan: Plan) -> None:
    position = plan.position(quota=1)
    plan.position("Trưởng phòng")
    body = {"title": "Trưởng phòng", "term": "2025-2030"}
    path = f"/api/positions/{position}"
    assert code_of(plan.try_to(path, body)) == "position_twice"
    plan.post(path, {"title": "Phó Giám đốc", "term": "2026-2031", "quota": 2})

    changed = plan.view()["units"][0]["positions"][0]
    assert (changed["term"], changed["quota"]) == ("2026-2031", 2)


@pytest.mark.parametrize("role", ["desk", "chair", "auditor", "administrator"])
def test_only_the_secretary_changes_a_round(plan: Plan, role: str) -> None:
    tab: Browser = getattr(plan.office, role)
    codes = {code_of(tab.post(path)) for path in WRITERS}

    assert codes == {"not_allowed"}


def test_every_change_of_a_round_is_in_the_list_above(office: Office) -> None:
    of_rounds = re.compile(
        r"/api/(rounds(/<int:\w+>/(units|targets))?|units/.*"
        r"|positions/.*|entries/.*|instances/.*)"
    )
    changing = {
        re.sub(r"<(int:)?\w+>", "1", rule.rule)
        for rule in office.app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and of_rounds.fullmatch(rule.rule)
    }

    assert changing == set(WRITERS)


def test_the_pages_show_at_every_stage_in_both_languages(plan: Plan) -> None:
    """Rounds, a unit's page, a step's page, the structure: no text is missing."""
    empty = plan.office.secretary.post(
        "/api/rounds", {"title": "Trống", "office": "Tỉnh"}
    ).get_json()["id"]
    following, annual = two_procedures(plan)
    deputy = plan.view()["units"][0]["positions"][0]["id"]
    (kept,) = plan.enter(deputy, "Chi", standing="planned")
    held = plan.open(annual, "B2", choices=SILENT)
    plan.post(f"/api/entries/{kept}/propose-removal", {"ground": "Thôi việc"})
    pages = [
        "/rounds",
        f"/rounds/{empty}",
        f"/rounds/{empty}/structure",
        f"/rounds/{plan.id}",
        f"/rounds/{plan.id}/structure",
        *(
            f"/rounds/{plan.id}/instances/{instance}/steps/{name}"
            for instance in (following, annual)
            for name in plan.states(instance)
        ),
    ]
    for locale in ("vi", "en"):
        plan.office.secretary.get(f"/lang/{locale}")
        for path in pages:
            for role in ("secretary", "auditor"):
                page = look(getattr(plan.office, role), path)
                assert not page.inline, path
                missing = re.findall(r"\b(?:round|structure|standing)\.\w+", page.words)
                assert not missing, path
    assert held.id


def test_the_page_leads_to_the_next_step(plan: Plan) -> None:
    instance = begun(plan, "An")
    path = f"/rounds/{plan.id}"
    assert f"do-{instance}-1" in look(plan.office.secretary, path).ids
    plan.done(instance, "1", "2")
    page = look(plan.office.secretary, f"{path}/instances/{instance}/steps/3")
    href = page.ids["open-conference"]["href"]
    assert href is not None
    assert f"instance={instance}" in href
    assert "step=3" in href
    assert look(plan.office.secretary, href).ids
    third = publish(hold(plan.open(instance, "3"), (7,)))
    ids = look(plan.office.secretary, path).ids
    assert f"next-{instance}-4" in ids
    assert ids[f"next-{instance}-4"]["href"] == f"/conferences/{third.id}/result"


def test_the_pages_are_not_for_the_desk(plan: Plan) -> None:
    for path in ("/rounds", f"/rounds/{plan.id}", f"/rounds/{plan.id}/structure"):
        assert plan.office.desk.get(path).status_code == 403
