"""The form of a new conference, the chair's page and the next step's list."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest

from admin import offers, wording
from admin.procedure import Threshold
from admin.profiles import current_catalogue
from tests.admin.neighbours import Office
from tests.admin.plan_sample import CUC_ANNUAL, CUC_NEXT, LEVEL, Plan
from tests.admin.sample import NOMINEES, Meeting, sheet
from tests.admin.test_pages import Reader, look, stages
from tests.admin.test_sittings import HEAD, decide, hold, next_meeting, together
from web.paper import Purpose
from web.rules import Base, Rule, Tie

PROFILES = (
    "s000-next-term-onsite",
    "s000-annual-onsite",
    "s000-annual-external",
    "s002-pcvp-annual-2021",
    "s002-vp-managed-annual-2021",
    "s003-annual-06hd2017",
    "s004-cuc-next-onsite",
    "s004-cuc-annual-onsite",
    "s004-cuc-annual-external",
    "s004-phong-next-onsite",
    "s004-phong-annual-onsite",
    "s004-phong-annual-external",
)


def chair(meeting: Meeting, role: str = "chair") -> Reader:
    return look(getattr(meeting.office, role), f"/chair/{meeting.id}")


def result(meeting: Meeting, role: str = "secretary") -> Reader:
    return look(getattr(meeting.office, role), f"/conferences/{meeting.id}/result")


def squeezed(found: Reader) -> str:
    return re.sub(r"\s+", " ", found.words)


def joint(office: Office) -> Meeting:
    made = office.secretary.post("/api/conferences", together()).get_json()
    meeting = Meeting(office, made["id"], made["uuid"])
    people = [("Phó Cục trưởng", name) for name in NOMINEES[:2]]
    rows = sheet(("Chức danh quy hoạch", "Họ và tên"), people)
    meeting.upload("nominees", rows)
    return meeting


# --- the form of a new conference ----------------------------------------------


@pytest.mark.parametrize("procedure", PROFILES)
def test_every_procedure_can_be_chosen(office: Office, procedure: str) -> None:
    """A.2.1-A.2.12: each of the twelve is offered, with its ballot steps."""
    for locale in ("vi", "en"):
        office.secretary.get(f"/lang/{locale}")
        found = look(office.secretary, "/conferences/new")

        assert f"procedure-{procedure}" in found.ids
        assert not found.inline
        assert not re.search(r"\b(form|rule|new|nav)\.[a-z_]+", found.words)


def by_key(office: Office) -> dict[str, offers.BallotOffer]:
    with office.app.test_request_context():
        procedures = [each.procedure for each in current_catalogue().all()]
        found = offers.offers(procedures, "vi", {})
    return {ballot.key: ballot for each in found for ballot in each.ballots}


UNSTATED = {
    "s000-next-term-onsite/5": (),
    "s000-annual-onsite/1": ("secret", "announced"),
    "s002-pcvp-annual-2021/3": ("quorum", "announced", "rule"),
    "s002-pcvp-annual-2021/4": ("quorum", "announced", "tie"),
    "s004-cuc-next-onsite/B5": ("quorum", "announced"),
}


@pytest.mark.parametrize("key", UNSTATED)
def test_the_form_asks_for_what_the_document_leaves_open(
    office: Office, key: str
) -> None:
    """A.2.1 step 5, A.2.2 step 1, A.2.4 steps 3 and 4, A.2.7 B5: nothing else."""
    assert set(by_key(office)[key].unstated) == set(UNSTATED[key])


def test_a_ballot_of_the_same_sitting_is_proposed_on_both_sides(
    office: Office,
) -> None:
    """A.2.8 B2 and B4, A.2.9 B4: the same time as B3 and B5 of A.2.7."""
    found = by_key(office)
    lead = {each.key for each in found["s004-cuc-next-onsite/B5"].together}

    assert lead == {"s004-cuc-annual-onsite/B4", "s004-cuc-annual-external/B4"}
    (back,) = found["s004-cuc-annual-onsite/B2"].together
    assert back.key == "s004-cuc-next-onsite/B3"
    assert back.source


def test_the_form_begins_where_it_is_asked_to(office: Office) -> None:
    path = "/conferences/new?procedure=s003-annual-06hd2017&step=4"
    page = office.secretary.get(path).get_data(as_text=True)

    assert 'data-first="s003-annual-06hd2017/4"' in page


def test_a_committee_of_today_with_a_key_may_be_kept(office: Office) -> None:
    assert "key-of" not in look(office.secretary, "/conferences/new").ids
    Meeting(office).create(starts_at=_now()).fill().print_cards().convene()

    found = look(office.secretary, "/conferences/new")
    assert "key-of" in found.ids
    assert "2 trong 3 người mở" in found.words


def test_a_committee_of_another_day_is_not_offered(office: Office) -> None:
    meeting = Meeting(office).create(starts_at="2020-01-02T09:00:00+07:00")
    meeting.fill().print_cards().convene()

    assert "key-of" not in look(office.secretary, "/conferences/new").ids


def _now() -> str:
    return datetime.now(UTC).isoformat()


# --- wording --------------------------------------------------------------------

RULES = [
    (Rule("1/2", strict=True, of=Base.SUMMONED), "REMOVE", "đưa ra"),
    (Rule("0", strict=False, of=Base.PRESENT), "INTRODUCE", "Không đặt tỷ lệ"),
    (Rule("2/3", strict=False, of=Base.PRESENT), "INTRODUCE", "từ 2/3 trở lên"),
    (
        Rule("1/2", True, Base.SUMMONED, 2, Tie.HEAD, "Trưởng phòng"),  # noqa: FBT003
        "INTRODUCE",
        "người quyết định: Trưởng phòng",
    ),
]


@pytest.mark.parametrize(("rule", "purpose", "words"), RULES)
def test_a_rule_in_words(office: Office, rule: Rule, purpose: str, words: str) -> None:
    with office.app.test_request_context():
        assert words in wording.rule_words(rule, Purpose[purpose])


def test_a_threshold_alone_in_words(office: Office) -> None:
    with office.app.test_request_context():
        half = Threshold("1/2", strict=True, of=Base.MEMBERS)
        assert wording.threshold_words(half) == "trên 50% tổng số thành viên"


# --- the chair's page ------------------------------------------------------------


def test_the_chairs_page_shows_at_every_stage_in_both_languages(
    office: Office,
) -> None:
    phases = []
    for meeting in [*stages(office), joint(office)]:
        for locale in ("vi", "en"):
            office.chair.get(f"/lang/{locale}")
            found = chair(meeting)
            assert not found.inline
            assert not re.search(r"\b(chair|needed|tie|form)\.[a-z_]+", found.words)
        phases.append(found.ids["chair-page"]["data-phase"])
    office.chair.get("/lang/vi")

    assert phases == ["before"] * 5 + ["closed", "counted", "counted", "before"]


def test_the_chairs_page_has_one_next_action(meeting: Meeting) -> None:
    meeting.sealed()
    assert chair(meeting).enabled("open-voting")
    meeting.post("/open", role="chair")
    meeting.office.kiosk.cast = 7
    assert chair(meeting).enabled("close-voting")
    meeting.post("/close", role="chair")
    meeting.told((1, 5, 7))

    found = chair(meeting)
    assert found.enabled("complete")
    assert not {"open-voting", "close-voting", "announce"} & found.ids.keys()


def test_the_chair_comes_from_the_list_to_the_chairs_page(meeting: Meeting) -> None:
    meeting.create()
    name = f"conference-{meeting.id}"

    assert look(meeting.office.chair, "/").ids[name]["href"] == f"/chair/{meeting.id}"
    secretary = look(meeting.office.secretary, "/").ids[name]["href"]
    assert secretary == f"/conferences/{meeting.id}/people"


@pytest.mark.parametrize("role", ["desk", "auditor", "administrator"])
def test_the_chairs_page_is_for_secretary_and_chair(
    meeting: Meeting, role: str
) -> None:
    meeting.create()
    path = f"/chair/{meeting.id}"

    assert getattr(meeting.office, role).get(path).status_code == 403
    assert meeting.office.secretary.get(path).status_code == 200


def test_the_calculator_is_filled_with_this_conferences_numbers(
    meeting: Meeting,
) -> None:
    meeting.sealed()
    found = chair(meeting)

    assert found.ids["needed-summoned"]["value"] == "9"
    assert found.ids["needed-present"]["value"] == "7"
    assert found.ids["needed-1"]["data-procedure"] == "s000-next-term-onsite"


def test_the_calculator_has_a_line_for_every_ballot(office: Office) -> None:
    found = chair(joint(office))

    assert {"needed-1", "needed-2"} <= found.ids.keys()
    assert found.ids["needed-2"]["data-step"] == "B2"
    assert '"announced": false' in str(found.ids["needed-2"]["data-choices"])


def test_a_tie_comes_before_the_announcement(meeting: Meeting) -> None:
    """A.2.1 step 5: the head decides between equal votes, on the chair's page."""
    meeting.counted((6, 7, 6), step="5")
    found = chair(meeting)

    assert found.ids["chair-page"]["data-phase"] == "tie"
    assert "announce" not in found.ids
    assert {"decide-tie", "tie-1", "tie-choose-2", "tie-head-name"} <= found.ids.keys()
    assert found.ids["tie-head-title"]["value"] == "Người đứng đầu"
    assert "decide-tie" in result(meeting).ids


def test_a_decided_tie_says_who_decided(meeting: Meeting) -> None:
    key = _decided(meeting)
    found = chair(meeting)

    assert found.enabled("announce")
    assert f"{HEAD['head_name']}, {HEAD['head_title']}, quyết định lúc" in found.words
    shown = [tie for tie in meeting.view()["ties"] if key in tie["decision"]["chosen"]]
    assert len(shown) == 1
    assert "Được chọn khi bằng phiếu" in result(meeting).words


def _decided(meeting: Meeting) -> str:
    meeting.counted((6, 7, 6), step="5")
    lines = meeting.view()["ties"][0]["tied"]
    key = next(line["key"] for line in lines if line["name"] == NOMINEES[2])
    meeting.post("/ties", decide(key), "chair")
    return str(key)


def test_step_5_shows_the_counts_of_the_steps_before(meeting: Meeting) -> None:
    """A.2.1 step 5: the results of steps 3 and 4 are on the table."""
    final = _final(meeting)

    for found in (chair(final), look(final.office.secretary, _people(final))):
        assert "earlier" in found.ids
        assert "6/7 (85,71%)" in found.words  # step 3
        assert "4/7 (57,14%)" in found.words  # step 4
    assert "earlier" not in look(final.office.desk, _people(final)).ids
    assert "earlier" not in chair(meeting).ids


def _final(meeting: Meeting) -> Meeting:
    extended = next_meeting(meeting.counted((1, 6, 7)))
    return next_meeting(hold(extended, (7, 4)), {"quotas": {"1": 1}})


def _people(meeting: Meeting) -> str:
    return f"/conferences/{meeting.id}/people"


# --- the result page -------------------------------------------------------------


def test_somebody_taken_off_the_next_list_is_marked_with_the_reason(
    meeting: Meeting,
) -> None:
    meeting.counted((5, 6, 7)).post("/complete", role="chair")
    line = meeting.view()["final"][0]["nominees"][0]
    assert "goes-1-1" in result(meeting).ids
    off = {"position": 1, "key": line["key"], "reason": "xin rút"}
    meeting.post("/next", {"withdrawn": [off]})

    assert "Không đưa vào danh sách bước sau: xin rút" in squeezed(result(meeting))


def test_the_next_conference_is_prepared_and_then_filled(meeting: Meeting) -> None:
    meeting.sealed()
    assert result(meeting).enabled("prepare-next")
    made = meeting.post("/prepare-next", {})
    prepared = Meeting(meeting.office, made["id"], made["uuid"])
    assert "prepare-next" not in result(meeting).ids
    assert "prepared" in look(prepared.office.secretary, _people(prepared)).ids

    meeting.post("/open", role="chair")
    meeting.office.kiosk.cast = 7
    meeting.post("/close", role="chair")
    meeting.told((1, 5, 7)).post("/complete", role="chair")
    found = result(meeting)
    assert found.enabled("next-step")
    assert "next-step-title" not in found.ids  # only its people are new
    meeting.post("/next", {})
    assert "next-conference" in result(meeting).ids


def test_the_next_step_is_asked_what_its_document_leaves_open(office: Office) -> None:
    """A.2.4 step 4 after step 3: no tie decider, no publication rule stated."""
    choices = {"quorum": "none", "announced": False, "rule": "none"}
    meeting = Meeting(office).create(
        "3", procedure="s002-pcvp-annual-2021", choices=choices
    )
    meeting.upload("nominees", sheet(("Họ và tên",), [(n,) for n in NOMINEES]))
    hold(meeting, (0, 7, 3)).post("/complete", role="chair")
    found = result(meeting)

    asked = {"choose-announced", "choose-tie", "next-step-members", "next-quota"}
    assert asked <= found.ids.keys()
    assert "choose-quorum" not in found.ids  # chosen once, for the steps after too
    assert found.ids["next-quota"]["max"] == "4"
    assert "Ghi nhận" in found.words


def test_a_removal_is_worded_as_one(office: Office) -> None:
    """A.2.2 step 1: agreement means to remove."""
    meeting = Meeting(office).create(
        "1",
        procedure="s000-annual-onsite",
        choices={"secret": True, "announced": False},
    )
    meeting.upload("nominees", sheet(("Họ và tên",), [(n,) for n in NOMINEES]))
    seal = look(office.secretary, f"/conferences/{meeting.id}/seal").words
    assert "Đồng ý đưa ra" in seal
    hold(meeting, (5, 4, 0))
    found = result(meeting)

    assert "Đề xuất đưa ra" in found.words
    assert "Không đủ tỷ lệ đưa ra" in found.words
    assert "Không đạt" not in found.words


def test_the_parts_of_one_paper_are_headed(office: Office) -> None:
    """A.2.8 B2 with A.2.7 B3: one paper, clear parts."""
    meeting = joint(office)
    words = look(office.secretary, f"/conferences/{meeting.id}/seal").words

    names = [item["procedure_name"] for item in meeting.view()["items"]]
    assert len(set(names)) == 2
    assert words.index(names[0]) < words.index(names[1])


# --- a conference of a planning round ---------------------------------------------


def planned(plan: Plan, instance: int, step: str) -> Any:
    path = f"/conferences/new?instance={instance}&step={step}"
    page = look(plan.office.secretary, path)
    return json.loads(str(page.forms[0]["data-planned"]))


def test_the_form_takes_over_what_a_round_has_planned(office: Office) -> None:
    """A.2.1 step 3: positions with their terms, and who waits, come from the round."""
    plan = Plan(office).begin()
    position = plan.position(term="2026–2031")
    instance = plan.start(position, level=LEVEL)
    plan.enter(position, "An", "Bình")
    plan.done(instance, "1", "2")
    (found,) = planned(plan, instance, "3")

    assert (found["key"], found["instance"]) == ("s000-next-term-onsite/3", instance)
    (place,) = found["positions"]
    assert (place["id"], place["term"], place["people"]) == (position, "2026–2031", 2)


def test_the_ballots_of_a_rounds_sitting_are_planned_too(office: Office) -> None:
    """A.2.8 B2 with A.2.7 B3: the other instance of the unit is offered."""
    plan = Plan(office).begin()
    head = plan.position("Cục trưởng", quota=1)
    deputy = plan.position("Phó Cục trưởng", quota=1)
    lead = plan.start(head, procedure=CUC_NEXT)
    annual = plan.start(deputy, procedure=CUC_ANNUAL)
    plan.enter(head, "An")
    plan.enter(deputy, "Bình")
    plan.done(lead, "B1", "B2")
    plan.done(annual, "B1")

    keys = [(each["key"], each["instance"]) for each in planned(plan, lead, "B3")]
    assert keys == [
        ("s004-cuc-next-onsite/B3", lead),
        ("s004-cuc-annual-onsite/B2", annual),
    ]


def test_a_round_that_is_not_there_opens_no_form(office: Office) -> None:
    answer = office.secretary.get("/conferences/new?instance=77&step=3")

    assert answer.status_code == 404


# --- navigation ---------------------------------------------------------------------


def test_the_parts_of_the_console_are_linked(office: Office) -> None:
    words = squeezed(look(office.secretary, "/"))

    assert "Hội nghị Đợt quy hoạch Cán bộ Quy trình" in words
