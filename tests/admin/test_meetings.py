"""Meetings of a round through the real admin: scheduled, moved, warned about."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.admin.neighbours import Office, code_of

ROOM = ZoneInfo("Asia/Ho_Chi_Minh")


class Plan:
    """A round with two units and one run of a procedure of five steps."""

    def __init__(self, office: Office, title: str = "Đợt thử") -> None:
        self.office = office
        body = {"title": title, "office": "Sở Mẫu tỉnh Thử"}
        self.id = self.made("/api/rounds", body)
        self.first = self.unit("Phòng Một")
        self.second = self.unit("Phòng Hai")

    def unit(self, name: str) -> int:
        body = {"name": name, "level": "Phòng"}
        return self.made(f"/api/rounds/{self.id}/units", body)

    def instance(self) -> int:
        """Let the first unit follow the five steps of S000."""
        position = self.made(
            f"/api/units/{self.first}/positions",
            {"title": "Phó Giám đốc", "term": "2025–2030", "quota": 2},
        )
        return self.made(
            f"/api/units/{self.first}/instances",
            {
                "procedure": "s000-next-term-onsite",
                "level": "co-quan",
                "positions": [position],
            },
        )

    def made(self, path: str, body: object) -> int:
        answer = self.office.secretary.post(path, body)
        assert answer.status_code == 201, answer.get_data(as_text=True)
        return int(answer.get_json()["id"])

    def meeting(self, clock: str | None, **more: object) -> int:
        return self.made(f"/api/rounds/{self.id}/meetings", self.body(clock, **more))

    def body(self, clock: str | None, **more: object) -> dict[str, object]:
        starts = None if clock is None else f"2026-12-03T{clock}:00+07:00"
        return {"title": f"Họp {clock}", "starts_at": starts, **more}

    def change(self, meeting: int, clock: str | None, **more: object) -> Any:
        answer = self.office.secretary.post(
            f"/api/meetings/{meeting}", self.body(clock, **more)
        )
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return answer.get_json()

    def refused(self, **more: object) -> str:
        path = f"/api/rounds/{self.id}/meetings"
        return code_of(self.office.secretary.post(path, self.body("14:00", **more)))

    def seen(self) -> Any:
        answer = self.office.chair.get(f"/api/rounds/{self.id}/meetings")
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return answer.get_json()

    def warned(self) -> list[tuple[int, int, list[str]]]:
        return [
            (one["first"], one["second"], one["kinds"])
            for one in self.seen()["warnings"]
        ]

    def page(self, path: str) -> str:
        answer = self.office.secretary.get(path)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return str(answer.get_data(as_text=True))


@pytest.fixture
def plan(office: Office) -> Plan:
    return Plan(office)


def test_meetings_an_hour_apart_are_no_clash(plan: Plan) -> None:
    """A.6 #3, #4, #5: 14:00, 15:00, 16:00 on one afternoon."""
    run = plan.instance()
    for clock, step in (("14:00", "3"), ("15:00", "4"), ("16:00", "5")):
        plan.meeting(clock, instance=run, step=step, place="Phòng họp A")

    assert plan.warned() == []
    found = plan.seen()["meetings"]
    assert [one["step"] for one in found] == ["3", "4", "5"]
    assert {one["unit_name"] for one in found} == {"Phòng Một"}
    assert all(one["step_name"] and one["procedure"] for one in found)


def test_a_clash_is_told_and_not_forbidden(plan: Plan) -> None:
    """A.6 #1 and #2: both stay, and the answer says what is wrong."""
    first = plan.meeting("14:00", unit=plan.first)
    answer = plan.office.secretary.post(
        f"/api/rounds/{plan.id}/meetings", plan.body("14:30", unit=plan.first)
    )

    assert answer.status_code == 201
    second = answer.get_json()["id"]
    (warning,) = answer.get_json()["warnings"]
    assert (warning["first"], warning["second"]) == (first, second)
    assert plan.warned() == [(first, second, ["people"])]
    assert plan.change(second, "15:00", unit=plan.first)["warnings"] == []
    assert plan.warned() == []


def test_two_units_may_meet_at_once_in_two_rooms(plan: Plan) -> None:
    one = plan.meeting("14:00", unit=plan.first, place="Phòng họp A")
    two = plan.meeting("14:00", unit=plan.second, place="Phòng họp B")
    assert plan.warned() == []

    plan.change(two, "14:00", unit=plan.second, place="phòng  HỌP a")
    assert plan.warned() == [(one, two, ["place"])]


def test_a_longer_meeting_reaches_into_the_next(plan: Plan) -> None:
    long = plan.meeting("14:00", unit=plan.first, minutes=61)
    after = plan.meeting("15:00", unit=plan.first)

    assert plan.warned() == [(long, after, ["people"])]


def test_a_room_is_taken_by_another_round_too(plan: Plan) -> None:
    other = Plan(plan.office, "Đợt khác")
    theirs = other.meeting("14:00", unit=other.first, place="Phòng họp A")
    ours = plan.meeting("14:30", unit=plan.second, place="Phòng họp A")
    other.meeting("16:00", unit=other.first)  # nothing of ours
    other.meeting("16:00", unit=other.first)

    assert plan.warned() == [(theirs, ours, ["place"])]


def test_the_same_office_in_two_rounds_is_the_same_people(plan: Plan) -> None:
    other = Plan(plan.office, "Đợt khác")
    theirs = other.meeting("14:00", unit=other.first)
    ours = plan.meeting("14:30", unit=plan.first)

    assert plan.warned() == [(theirs, ours, ["people"])]


def test_steps_are_held_in_their_order(plan: Plan) -> None:
    run = plan.instance()
    four = plan.meeting("09:00", instance=run, step="4")
    three = plan.meeting("14:00", instance=run, step="3")
    assert plan.warned() == [(four, three, ["order"])]

    plan.change(four, "15:00", instance=run, step="4")
    assert plan.warned() == []


def test_a_meeting_that_must_follow_another(plan: Plan) -> None:
    """A.6 #6: undated first; "sau" the others once it is scheduled."""
    last = plan.meeting("16:00", unit=plan.first)
    waiting = plan.meeting(None, unit=plan.second, after=last)
    assert plan.warned() == []
    assert plan.seen()["meetings"][-1]["starts_at"] is None

    plan.change(waiting, "15:00", unit=plan.second, after=last)
    assert plan.warned() == [(waiting, last, ["after"])]
    plan.change(waiting, "17:00", unit=plan.second, after=last)
    assert plan.warned() == []


def test_what_followed_a_removed_meeting_stays(plan: Plan) -> None:
    last = plan.meeting("16:00", unit=plan.first)
    waiting = plan.meeting(None, unit=plan.second, after=last)
    answer = plan.office.secretary.post(f"/api/meetings/{last}/remove")
    assert answer.status_code == 200

    (found,) = plan.seen()["meetings"]
    assert (found["id"], found["after"]) == (waiting, None)
    again = plan.office.secretary.post(f"/api/meetings/{last}/remove")
    assert code_of(again) == "meeting_unknown"


BAD = {
    "no title": ({"title": ""}, "text_missing"),
    "a long place": ({"place": "a" * 301}, "text_too_long"),
    "no time at all": ({"starts_at": "chiều thứ Năm"}, "moment_wrong"),
    "no such day": ({"starts_at": "2026-02-30T14:00"}, "moment_wrong"),
    "a strange year": ({"starts_at": "0226-02-03T14:00"}, "year_wrong"),
    "the end of time": ({"starts_at": "9999-12-31T23:59-14:00"}, "moment_wrong"),
    "no length": ({"minutes": 0}, "minutes_wrong"),
    "a month long": ({"minutes": 10081}, "minutes_wrong"),
    "no such unit": ({"unit": 4711}, "unit_unknown"),
    "no such procedure": ({"instance": 4711}, "instance_unknown"),
    "after nothing": ({"after": 4711}, "meeting_unknown"),
    "a coerced field": ({"minutes": "60"}, "malformed"),
}


@pytest.mark.parametrize(("change", "code"), BAD.values(), ids=BAD.keys())
def test_what_cannot_be_right_is_refused(
    plan: Plan, change: dict[str, object], code: str
) -> None:
    assert plan.refused(**change) == code
    assert plan.seen()["meetings"] == []


def test_a_step_that_the_procedure_does_not_have(plan: Plan) -> None:
    assert plan.refused(instance=plan.instance(), step="9") == "step_unknown"


def test_what_belongs_to_another_round_is_refused(plan: Plan) -> None:
    other = Plan(plan.office, "Đợt khác")

    assert plan.refused(unit=other.first) == "unit_unknown"
    assert plan.refused(instance=other.instance()) == "unit_unknown"
    assert plan.refused(after=other.meeting("14:00")) == "meeting_after_wrong"
    own = plan.meeting("14:00")
    answer = plan.office.secretary.post(
        f"/api/meetings/{own}", plan.body("14:00", after=own)
    )
    assert code_of(answer) == "meeting_after_wrong"


def test_a_time_without_a_zone_is_the_rooms_own(plan: Plan) -> None:
    naive = datetime(2026, 12, 3, 14, 0)  # noqa: DTZ001 - as a browser's field has it
    plan.meeting("09:00", starts_at=naive.isoformat(timespec="minutes"))

    (found,) = plan.seen()["meetings"]
    assert datetime.fromisoformat(found["starts_at"]) == naive.astimezone()


def test_a_time_with_a_zone_is_that_moment(plan: Plan) -> None:
    plan.meeting("14:00")

    (found,) = plan.seen()["meetings"]
    at = datetime.fromisoformat(found["starts_at"]).astimezone(ROOM)
    assert at == datetime(2026, 12, 3, 14, 0, tzinfo=ROOM)


def test_a_meeting_on_a_weekend_is_marked(plan: Plan) -> None:
    plan.meeting("14:00", starts_at="2026-12-05T12:00:00")
    plan.meeting("14:00")

    assert [one["weekend"] for one in plan.seen()["meetings"]] == [False, True]
    page = plan.page(f"/rounds/{plan.id}/calendar?month=2026-12")
    assert page.count('data-testid="meeting-weekend"') == 1


def test_the_pages_show_the_clash_and_what_to_do(plan: Plan) -> None:
    first = plan.meeting("14:00", unit=plan.first, place="Phòng họp A")
    second = plan.meeting(
        "14:00", unit=plan.first, place="Phòng họp A", provisional=True
    )
    for path in (f"/rounds/{plan.id}/calendar", f"/meetings/{second}"):
        page = plan.page(path)
        assert f'data-testid="clash-{first}-{second}"' in page
        assert 'data-kind="people"' in page
        assert 'data-kind="place"' in page
        assert "Hãy dời một cuộc" in page
    form = plan.page(f"/meetings/{second}")
    assert 'name="provisional" data-testid="provisional" checked' in form


def test_the_form_offers_the_procedures_of_the_round(plan: Plan) -> None:
    run = plan.instance()
    page = plan.page(f"/rounds/{plan.id}/meetings/new")

    assert f'<option value="{run}"' in page
    assert "Bước 5: " in page


@pytest.mark.parametrize("role", ["desk", "chair", "auditor", "administrator"])
def test_only_the_secretary_schedules(plan: Plan, role: str) -> None:
    meeting = plan.meeting("14:00")
    tab = getattr(plan.office, role)

    assert tab.post(f"/api/meetings/{meeting}", plan.body("15:00")).status_code == 403
    assert tab.post(f"/api/meetings/{meeting}/remove").status_code == 403
    assert 'data-testid="save"' not in tab.get(f"/meetings/{meeting}").get_data(
        as_text=True
    )
