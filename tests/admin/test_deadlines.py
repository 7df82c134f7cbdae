"""Deadlines and the progress board, through the real admin."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from admin.models import DeadlineDone, Record
from tests.admin.neighbours import Browser, Office, code_of
from web.db import current_sessions

TODAY = datetime.now(UTC).astimezone().date()


@pytest.fixture
def plan(office: Office) -> "Plan":
    return Plan(office)


class Plan:
    """A round with two units, and what a test enters into its calendar."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.id = self.made("/api/rounds", {"title": "Đợt thử", "office": "Sở Mẫu"})
        self.first = self.unit("Phòng Một")
        self.second = self.unit("Phòng Hai")

    def unit(self, name: str) -> int:
        body = {"name": name, "level": "Phòng"}
        return self.made(f"/api/rounds/{self.id}/units", body)

    def made(self, path: str, body: object) -> int:
        answer = self.office.secretary.post(path, body)
        assert answer.status_code == 201, answer.get_data(as_text=True)
        return int(answer.get_json()["id"])

    def deadline(self, due: date | str = "2022-03-20", **more: object) -> int:
        body = {"title": "Nộp hồ sơ", "due_on": str(due), **more}
        return self.made(f"/api/rounds/{self.id}/deadlines", body)

    def post(self, path: str, body: object = None) -> Any:
        answer = self.office.secretary.post(path, body)
        assert answer.status_code < 300, answer.get_data(as_text=True)
        return answer.get_json()

    def refused(self, path: str, body: object = None) -> str:
        answer = self.office.secretary.post(path, body)
        assert 400 <= answer.status_code < 500, answer.get_data(as_text=True)
        return code_of(answer)

    def listed(self, on: str = "2022-03-18") -> list[dict[str, Any]]:
        path = f"/api/rounds/{self.id}/deadlines?on={on}"
        found: list[dict[str, Any]] = self.office.auditor.get(path).get_json()[
            "deadlines"
        ]
        return found

    def status(self, deadline: int, on: str) -> str:
        (found,) = [one for one in self.listed(on) if one["id"] == deadline]
        return str(found["status"])

    def board(self, on: str) -> dict[str, dict[str, list[int]]]:
        path = f"/api/rounds/{self.id}/progress?on={on}"
        units = self.office.auditor.get(path).get_json()["units"]
        kinds = ("due", "late", "done", "waiting", "optional")
        return {
            unit["name"]: {
                kind: [one["id"] for one in unit[kind]] for kind in kinds if unit[kind]
            }
            for unit in units
        }

    def page(self, path: str, role: str = "secretary") -> str:
        answer = getattr(self.office, role).get(path)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return str(answer.get_data(as_text=True))

    def book(self) -> list[tuple[str, dict[str, Any]]]:
        """Return what the record book says, oldest first."""
        with self.office.app.app_context(), current_sessions().reading() as session:
            rows = session.scalars(select(Record).order_by(Record.id))
            return [(row.name, json.loads(row.details)) for row in rows]


def test_the_board_shows_each_unit_on_each_day(plan: Plan) -> None:
    ours = plan.deadline(unit=plan.first, before=True)
    theirs = plan.deadline(unit=plan.second, before=True)
    everyones = plan.deadline("2022-04-01", from_on="2022-03-25")
    plan.post(f"/api/deadlines/{theirs}/done", {"done_on": "2022-03-19"})

    assert plan.board("2022-03-18") == {
        "": {"waiting": [everyones]},
        "Phòng Một": {"due": [ours]},
        "Phòng Hai": {"due": [theirs]},
    }
    assert plan.board("2022-03-20") == {
        "": {"waiting": [everyones]},
        "Phòng Một": {"late": [ours]},
        "Phòng Hai": {"done": [theirs]},
    }
    assert plan.board("2022-04-01")[""] == {"due": [everyones]}
    assert plan.board("2022-04-02")[""] == {"late": [everyones]}


def test_a_unit_without_deadlines_is_on_the_board_too(plan: Plan) -> None:
    plan.deadline(unit=plan.first)

    assert plan.board("2022-03-01")["Phòng Hai"] == {}
    assert "" not in plan.board("2022-03-01")


def test_what_was_done_can_be_corrected_and_taken_back(plan: Plan) -> None:
    deadline = plan.deadline(before=True)
    plan.post(f"/api/deadlines/{deadline}/done", {"done_on": "2022-03-19"})
    done = {"done_on": "2022-03-25", "note": "  12-BC/BTC "}
    plan.post(f"/api/deadlines/{deadline}/done", done)

    (found,) = plan.listed("2022-03-26")
    assert (found["done_on"], found["done_note"]) == ("2022-03-25", "12-BC/BTC")
    assert plan.status(deadline, "2022-03-22") == "late"
    plan.post(f"/api/deadlines/{deadline}/reopen", {"year": 2022})
    assert plan.status(deadline, "2022-03-26") == "late"
    with plan.office.app.app_context(), current_sessions().reading() as session:
        assert list(session.scalars(select(DeadlineDone))) == []


def test_a_yearly_deadline_is_met_once_for_each_year(plan: Plan) -> None:
    """A.5.3 III.4.1: what was done in 2023 says nothing of 2024."""
    window = {"from_on": "2023-01-01", "before": True, "yearly": True}
    deadline = plan.deadline("2023-01-31", **window)
    plan.post(f"/api/deadlines/{deadline}/done", {"done_on": "2023-01-20"})

    assert plan.status(deadline, "2023-01-20") == "done"
    assert plan.status(deadline, "2023-12-31") == "done"
    assert plan.status(deadline, "2024-01-30") == "due"
    assert plan.status(deadline, "2024-01-31") == "late"
    late = {"done_on": "2025-02-03", "year": 2024}
    plan.post(f"/api/deadlines/{deadline}/done", late)
    assert plan.status(deadline, "2024-12-31") == "late"
    assert plan.status(deadline, "2025-02-10") == "late"
    plan.post(f"/api/deadlines/{deadline}/reopen", {"year": 2023})
    assert plan.status(deadline, "2023-12-31") == "late"
    page = plan.page(f"/deadlines/{deadline}?year=2024")
    assert 'data-testid="met-2024"' in page
    assert 'data-testid="met-2023"' not in page


def test_a_deadline_is_changed_and_removed(plan: Plan) -> None:
    deadline = plan.deadline(unit=plan.first)
    body = {"title": "Nộp danh sách", "due_on": "2022-03-30", "unit": plan.second}
    plan.post(f"/api/deadlines/{deadline}", body)

    (found,) = plan.listed()
    assert (found["title"], found["unit_name"]) == ("Nộp danh sách", "Phòng Hai")
    plan.post(f"/api/deadlines/{deadline}/done", {"done_on": "2022-03-19"})
    plan.post(f"/api/deadlines/{deadline}/remove")
    assert plan.listed() == []
    assert plan.refused(f"/api/deadlines/{deadline}/remove") == "deadline_unknown"


def test_every_change_is_in_the_record_book(plan: Plan) -> None:
    before = len(plan.book())
    deadline = plan.deadline()
    plan.post(f"/api/deadlines/{deadline}/done", {"done_on": "2022-03-19"})
    plan.post(f"/api/deadlines/{deadline}/reopen", {"year": 2022})
    plan.post(f"/api/deadlines/{deadline}/remove")

    assert plan.book()[before:] == [
        ("admin.deadline.set", {"round": plan.id, "deadline": deadline}),
        ("admin.deadline.met", {"deadline": deadline, "year": 2022, "note": ""}),
        ("admin.deadline.reopened", {"deadline": deadline, "year": 2022}),
        ("admin.deadline.removed", {"round": plan.id, "title": "Nộp hồ sơ"}),
    ]


BAD = {
    "no title": ({"title": " "}, "text_missing"),
    "a long title": ({"title": "a" * 301}, "text_too_long"),
    "a strange year": ({"due_on": "0022-03-20"}, "year_wrong"),
    "no such day": ({"due_on": "2022-02-30"}, "malformed"),
    "it begins too late": (
        {"from_on": "2022-03-20", "due_on": "2022-03-20", "before": True},
        "window_wrong",
    ),
    "no such unit": ({"unit": 4711}, "unit_unknown"),
    "an unknown field": ({"whatever": 1}, "malformed"),
}


@pytest.mark.parametrize(("change", "code"), BAD.values(), ids=BAD.keys())
def test_what_cannot_be_right_is_refused(
    plan: Plan, change: dict[str, object], code: str
) -> None:
    body = {"title": "Nộp hồ sơ", "due_on": "2022-03-20"} | change

    assert plan.refused(f"/api/rounds/{plan.id}/deadlines", body) == code
    deadline = plan.deadline()
    assert plan.refused(f"/api/deadlines/{deadline}", body) == code
    (found,) = plan.listed()
    assert (found["title"], found["due_on"]) == ("Nộp hồ sơ", "2022-03-20")


def test_a_unit_of_another_round_is_refused(plan: Plan) -> None:
    other = plan.made("/api/rounds", {"title": "Đợt khác", "office": "Sở Mẫu"})
    body = {"title": "Nộp", "due_on": "2022-03-20", "unit": plan.first}

    assert plan.refused(f"/api/rounds/{other}/deadlines", body) == "unit_unknown"


def test_nothing_is_done_in_the_future(plan: Plan) -> None:
    deadline = plan.deadline()
    path = f"/api/deadlines/{deadline}/done"

    tomorrow = TODAY + timedelta(days=1)
    assert plan.refused(path, {"done_on": str(tomorrow)}) == "done_in_future"
    plan.post(path, {"done_on": str(TODAY)})


def test_a_round_that_is_not_there(plan: Plan) -> None:
    for path in ("deadlines", "meetings", "progress"):
        answer = plan.office.secretary.get(f"/api/rounds/4711/{path}")
        assert answer.status_code == 404
        assert code_of(answer) == "round_unknown"
    assert plan.office.secretary.get("/rounds/4711/calendar").status_code == 404


@pytest.mark.parametrize("on", ["yesterday", "2022-02-30", "2022", "9999-01-01"])
def test_a_day_that_is_none_is_refused(plan: Plan, on: str) -> None:
    answer = plan.office.secretary.get(f"/api/rounds/{plan.id}/progress?on={on}")

    assert answer.status_code in {400, 409}
    page = plan.office.secretary.get(f"/rounds/{plan.id}/calendar?month={on}")
    assert page.status_code in {400, 409}


def test_the_windows_of_a_document_are_entered_at_once(plan: Plan) -> None:
    """A.3 Frequency: the office chooses whose windows it goes by."""
    path = f"/api/rounds/{plan.id}/windows"
    made = plan.post(path, {"regime": "s003", "year": 2024, "unit": plan.first})
    assert len(made["deadlines"]) == 1
    plan.post(path, {"regime": "s001", "year": 2024, "unit": None})

    found = plan.listed("2025-02-10")
    assert len(found) == 6
    (quarter,) = [one for one in found if one["unit"] == plan.first]
    assert (quarter["from_on"], quarter["last_day"]) == ("2025-01-01", "2025-03-31")
    assert [one["status"] for one in found if one["exceptional"]] == ["waiting"]
    assert plan.refused(path, {"regime": "s009", "year": 2024}) == "regime_unknown"
    assert plan.refused(path, {"regime": "s001", "year": 20245}) == "year_wrong"


def test_a_second_review_is_only_where_it_is_needed(plan: Plan) -> None:
    """A.5.3 III.4.1: "thực sự cần thiết: lần thứ 02 trong năm"."""
    path = f"/api/rounds/{plan.id}/windows"
    plan.post(path, {"regime": "s001", "year": 2023})

    for on in ("2023-06-01", "2023-12-31"):
        (second,) = [one for one in plan.listed(on) if one["exceptional"]]
        assert second["status"] == "optional"
        assert second["id"] not in plan.board(on)[""]["late"]
    plan.post(f"/api/deadlines/{second['id']}/done", {"done_on": "2023-08-15"})
    assert plan.status(second["id"], "2023-09-01") == "done"
    assert plan.status(second["id"], "2024-09-01") == "optional"


def test_only_the_secretary_changes_the_calendar(plan: Plan) -> None:
    deadline = plan.deadline()
    paths = (
        f"/api/rounds/{plan.id}/deadlines",
        f"/api/rounds/{plan.id}/windows",
        f"/api/rounds/{plan.id}/meetings",
        f"/api/deadlines/{deadline}",
        f"/api/deadlines/{deadline}/done",
        f"/api/deadlines/{deadline}/reopen",
        f"/api/deadlines/{deadline}/remove",
    )
    for role in ("desk", "chair", "auditor", "administrator"):
        tab: Browser = getattr(plan.office, role)
        assert [tab.post(path).status_code for path in paths] == [403] * len(paths)
        page = plan.page(f"/rounds/{plan.id}/calendar", role)
        assert "data-post" not in page
        assert 'data-testid="add-deadline"' not in page
        assert 'data-testid="mark-done"' not in plan.page(
            f"/deadlines/{deadline}", role
        )


def test_the_calendar_is_not_for_strangers(plan: Plan) -> None:
    stranger = Browser(plan.office.app)
    for page in ("calendar", "progress", "deadlines/new", "meetings/new"):
        answer = stranger.get(f"/rounds/{plan.id}/{page}")
        assert (answer.status_code, "/login" in answer.headers["Location"]) == (
            302,
            True,
        )


def test_the_page_flags_a_weekend_and_says_what_to_do(plan: Plan) -> None:
    plan.deadline(unit=plan.first, before=True)
    plan.deadline(unit=plan.second, before=True)
    text = plan.page(f"/rounds/{plan.id}/calendar?month=2022-03")

    assert text.count("19/03/2022 là thứ Bảy") == 1  # both units are one line
    assert "Nên xong trong thứ Sáu, 18/03/2022" in text
    assert "Trước ngày 20/03/2022 (Chủ nhật)" in text
    cell = text[text.index('data-testid="day-2022-03-19"') :]
    assert "Nộp hồ sơ" in cell[: cell.index("</td>")]
    assert "0 trong 2 đơn vị đã xong" in text


def test_the_flag_goes_once_it_is_done(plan: Plan) -> None:
    deadline = plan.deadline(before=True)
    path = f"/rounds/{plan.id}/calendar?month=2022-03"
    assert 'data-testid="weekends"' in plan.page(path)
    plan.post(f"/api/deadlines/{deadline}/done", {"done_on": "2022-03-21"})

    text = plan.page(path)
    assert 'data-testid="weekends"' not in text
    assert "xong muộn 21/03/2022" in text


def test_the_progress_page_counts_and_prints(plan: Plan) -> None:
    late = plan.deadline(unit=plan.first)
    due = plan.deadline("2022-03-25", unit=plan.second)
    done = plan.deadline(unit=plan.second, title="Ban hành kế hoạch")
    later = plan.deadline("2022-05-01", from_on="2022-04-01")
    plan.post(f"/api/deadlines/{done}/done", {"done_on": "2022-03-10"})
    text = plan.page(f"/rounds/{plan.id}/progress?on=2022-03-22")

    totals = re.findall(r'data-testid="total-(\w+)">(\d+)<', text)
    assert totals == [("late", "1"), ("due", "1"), ("done", "1")]
    for kind, number in (
        ("late", late),
        ("due", due),
        ("done", done),
        ("waiting", later),
    ):
        assert f'data-testid="{kind}-{number}"' in text
    assert "quá 2 ngày" in text
    assert "còn 3 ngày" in text
    assert "thứ Ba, 22/03/2022" in text
    assert "data-print" in text


def test_pages_speak_both_languages_and_stay_free_of_inline_code(plan: Plan) -> None:
    deadline = plan.deadline(before=True, yearly=True)
    paths = (
        f"/rounds/{plan.id}/calendar",
        f"/rounds/{plan.id}/progress",
        f"/rounds/{plan.id}/deadlines/new",
        f"/rounds/{plan.id}/meetings/new",
        f"/deadlines/{deadline}",
    )
    for locale, word in (("en", "Sunday"), ("vi", "Chủ nhật")):
        plan.office.secretary.get(f"/lang/{locale}")
        texts = [plan.page(path) for path in paths]
        assert word in texts[0]
        for text in texts:
            assert not re.search(r"\son\w+=|<style|\sstyle=|<script(?! type)", text)
            words = re.sub(r"<[^>]*>|\S*\.(?:css|js|svg)\S*", " ", text)
            assert not re.search(r"\b(calendar|error)\.[a-z_]+", words)


def test_a_title_is_text_and_not_markup(plan: Plan) -> None:
    plan.deadline(title='"><script>alert(1)</script>', before=True)
    for page in ("calendar?month=2022-03", "progress?on=2022-03-18"):
        assert "<script>alert" not in plan.page(f"/rounds/{plan.id}/{page}")
