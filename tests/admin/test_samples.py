"""The plans of S001 and S002, row by row (DOMAIN.md A.5 and A.6)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from admin import samples
from admin.calendar import Status
from admin.models import Person, Round
from tests.admin.conftest import Ready, open_office
from tests.admin.neighbours import Office, code_of
from tests.admin.sample_rows import (
    CITY_BODIES,
    DEADLINES,
    DEPUTY,
    MANAGED_BY,
    MEETINGS,
    OFFICE,
    PARTY_UNITS,
    STANDING,
    TERMS,
    VERTICAL,
    Held,
    Row,
)
from web.db import current_sessions

DOCUMENT = Path(__file__).parents[2] / "docs" / "procedures.md"
ROOM = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class Loaded:
    """Both samples in one office, loaded as the button does."""

    office: Office
    s001: int
    s002: int

    def units(self, round_id: int) -> dict[str, Any]:
        """Return what stands in the database of a round's units."""
        with self.office.app.app_context(), current_sessions().reading() as session:
            return {
                unit.name: {
                    "note": unit.note,
                    "positions": [
                        (one.title, one.term, one.managed_by, one.cap)
                        for one in unit.positions
                    ],
                    "instances": {
                        one.id: (one.procedure, [p.title for p in one.positions])
                        for one in unit.instances
                    },
                }
                for unit in session.get_one(Round, round_id).units
            }

    def deadlines(self, on: str = "2022-03-18") -> list[dict[str, Any]]:
        path = f"/api/rounds/{self.s001}/deadlines?on={on}"
        found: list[dict[str, Any]] = self.get(path)["deadlines"]
        return found

    def get(self, path: str) -> Any:
        answer = self.office.auditor.get(path)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return answer.get_json()


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, ready: Ready) -> Iterator[Loaded]:
    with open_office(tmp_path_factory.mktemp("samples"), ready) as office:
        rounds = []
        for sample in ("s001", "s002"):
            answer = office.secretary.post(f"/api/samples/{sample}")
            assert answer.status_code == 201, answer.get_data(as_text=True)
            rounds.append(answer.get_json()["round"])
        yield Loaded(office, *rounds)


@pytest.mark.parametrize(("unit", "posts", "term"), TERMS.values(), ids=TERMS.keys())
def test_positions_and_terms_of_s001(
    loaded: Loaded, unit: str, posts: tuple[str, ...], term: str
) -> None:
    found = loaded.units(loaded.s001)[unit]["positions"]

    assert [title for title, one, _, _ in found if one == term] == list(posts)
    assert {managed for _, _, managed, _ in found} == {MANAGED_BY[unit]}


@pytest.mark.parametrize("row", ["A.5.1 I.5", "A.5.2 II.5"])
def test_vertical_offices_follow_their_own_guidance(loaded: Loaded, row: str) -> None:
    found = loaded.units(loaded.s001)[VERTICAL]

    assert found["positions"] == []
    assert "theo hướng dẫn của ngành dọc cấp trên" in found["note"]
    assert f"B.{row.split()[1]}" in found["note"]
    assert VERTICAL not in {one["unit_name"] for one in loaded.deadlines()}


def test_s001_holds_nothing_beyond_its_rows(loaded: Loaded) -> None:
    """A.5.1 and A.5.2: every position of the sample belongs to a row above."""
    found = {
        (unit, term, title)
        for unit, what in loaded.units(loaded.s001).items()
        for title, term, _, _ in what["positions"]
    }
    rows = {
        (unit, term, post) for unit, posts, term in TERMS.values() for post in posts
    }

    assert found == rows


def test_two_cadences_of_terms_run_side_by_side(loaded: Loaded) -> None:
    """A.5.3: one unit may plan for 2020–2025 and 2021–2026 at once."""
    found = loaded.units(loaded.s001)[STANDING]["positions"]

    assert {term for _, term, _, _ in found} == {
        "2020–2025",
        "2021–2026",
        "2025–2030",
        "2026–2031",
    }


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        (PARTY_UNITS, "sau khi đánh giá, xếp loại cán bộ"),
        (CITY_BODIES, "năm thứ hai nhiệm kỳ đại hội của tổ chức mình"),
        (STANDING, "theo Đề án của Ban Thường vụ Thành ủy"),
    ],
    ids=["A.5.1 I.1", "A.5.2 II.2", "A.5.2 II.4"],
)
def test_what_a_row_adds_stands_with_its_unit(
    loaded: Loaded, unit: str, words: str
) -> None:
    assert words in loaded.units(loaded.s001)[unit]["note"]


@pytest.mark.parametrize("row", DEADLINES.values(), ids=DEADLINES.keys())
def test_deadlines_of_s001(loaded: Loaded, row: Row) -> None:
    found = [one for one in loaded.deadlines() if row.words in one["title"]]

    assert sorted(one["unit_name"] for one in found) == sorted(row.units)
    for one in found:
        due = date.fromisoformat(one["due_on"])
        assert (due, WEEKDAYS[due.weekday()]) == (row.due, row.weekday)
        assert one["before"] is row.before
        assert one["last_day"] == row.last.isoformat()
        assert bool(one["weekend"]) is row.weekend
        assert one["source"] == row.source
        assert one["from_on"] == (row.begins.isoformat() if row.begins else None)
        assert one["yearly"] is (row.begins is not None)
        assert one["exceptional"] is ("lần thứ 02" in row.words)


def test_every_deadline_of_s001_belongs_to_a_row(loaded: Loaded) -> None:
    """A.5.3: nothing is invented, nothing is counted for two rows."""
    for one in loaded.deadlines():
        rows = [row for row in DEADLINES.values() if row.words in one["title"]]
        assert len(rows) == 1, one["title"]


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("2022-03-19", Status.DUE),
        ("2022-03-20", Status.LATE),
    ],
)
def test_before_20_march_ends_on_the_19th(
    loaded: Loaded, on: str, status: Status
) -> None:
    """A.5.3 III.1: "trước ngày 20/3/2022", which is a Sunday."""
    (found,) = [one for one in loaded.deadlines(on) if one["source"].endswith("III.1")]

    assert found["status"] == status
    assert found["last_working_day"] == "2022-03-18"


@pytest.mark.parametrize(
    ("year", "last_of_february", "before_31_january", "weekend"),
    [(2024, "2024-02-29", "2024-01-30", None), (2028, "2028-02-29", "2028-01-30", 1)],
)
def test_yearly_windows_in_a_chosen_year(
    loaded: Loaded,
    year: int,
    last_of_february: str,
    before_31_january: str,
    weekend: int | None,
) -> None:
    """A.5.3 III.4.1, III.4.2: computed for the year that is looked at."""
    found = {one["title"]: one for one in loaded.deadlines(f"{year}-01-15")}
    approval = next(one for title, one in found.items() if "phê duyệt kết quả" in title)
    files = next(one for title, one in found.items() if "Nộp hồ sơ" in title)

    assert approval["last_day"] == last_of_february
    assert approval["status"] == Status.WAITING
    assert files["last_day"] == before_31_january
    assert files["status"] == Status.DUE
    assert bool(files["weekend"]) is bool(weekend)


@pytest.mark.parametrize("row", MEETINGS.values(), ids=MEETINGS.keys())
def test_meetings_of_s002(loaded: Loaded, row: Held) -> None:
    found = loaded.get(f"/api/rounds/{loaded.s002}/meetings")["meetings"]
    (one,) = [one for one in found if one["title"].startswith(row.words)]
    procedures = loaded.units(loaded.s002)[OFFICE]["instances"]

    assert one["unit_name"] == OFFICE
    assert one["source"] == row.source
    assert one["step"] == row.step
    assert one["provisional"] is row.provisional
    assert procedures.get(one["instance"], ("", []))[0] == row.procedure
    assert one["after_title"].startswith(row.after) is True
    assert bool(one["after"]) is bool(row.after)
    if not row.starts:
        assert one["starts_at"] is None
        return
    at = datetime.fromisoformat(one["starts_at"]).astimezone(ROOM)
    assert at.strftime("%Y-%m-%dT%H:%M") == row.starts
    assert WEEKDAYS[at.weekday()] == row.weekday


def test_s002_has_six_meetings_and_says_which_clash(loaded: Loaded) -> None:
    """A.6: #1 and #2 are at the same slot; #3, #4 and #5, an hour apart, are not."""
    answer = loaded.get(f"/api/rounds/{loaded.s002}/meetings")

    assert len(answer["meetings"]) == len(MEETINGS)
    (clash,) = answer["warnings"]
    assert clash["first_title"].startswith(MEETINGS["A.6 #1"].words)
    assert clash["second_title"].startswith(MEETINGS["A.6 #2"].words)
    assert clash["kinds"] == ["people"]


def test_the_page_of_s002_shows_all_six_and_the_clash(loaded: Loaded) -> None:
    """A.6: the undated one under a heading of its own, the provisional ones marked."""
    page = loaded.office.chair.get(f"/rounds/{loaded.s002}/calendar")
    text = page.get_data(as_text=True)

    assert page.status_code == 200
    assert all(row.words in text for row in MEETINGS.values())
    assert text.count('data-testid="provisional"') == 2
    assert text.count('data-testid="clash-') == 1
    undated = text[text.index('data-testid="undated"') :]
    assert MEETINGS["A.6 #6"].words in undated
    assert MEETINGS["A.6 #3"].words not in undated


def test_positions_of_s002(loaded: Loaded) -> None:
    """A.6 with A.2.4 and A.2.5: at most 4 people for one post."""
    what = loaded.units(loaded.s002)[OFFICE]
    province, own = "Ban Thường vụ Tỉnh ủy", "Văn phòng UBND tỉnh"
    deputies = ["Phó Chánh Văn phòng UBND tỉnh"]
    heads = ["Trưởng", "Phó Trưởng"]
    divisions = [f"{one} phòng, ban, đơn vị trực thuộc" for one in heads]

    assert what["positions"] == [
        ("Chánh Văn phòng UBND tỉnh", "2021–2026", province, 4),
        (deputies[0], "2021–2026", province, 4),
        (divisions[0], "2021–2026", own, 4),
        (divisions[1], "2021–2026", own, 4),
    ]
    assert list(what["instances"].values()) == [
        (DEPUTY, deputies),
        ("s002-vp-managed-annual-2021", divisions),
    ]
    assert "giữ quy hoạch 03 đồng chí" in what["note"]


def test_the_typing_error_of_s002_is_kept_as_it_stands(loaded: Loaded) -> None:
    """A.6: KH 167-KH/TU is cited with a date of the year before."""
    with loaded.office.app.app_context(), current_sessions().reading() as session:
        document = session.get_one(Round, loaded.s002).document

    assert "167-KH/TU, văn bản ghi ngày 24/02/2020" in document


def test_no_person_comes_with_a_sample(loaded: Loaded) -> None:
    with loaded.office.app.app_context(), current_sessions().reading() as session:
        assert list(session.scalars(select(Person))) == []


def test_a_sample_is_loaded_once(loaded: Loaded) -> None:
    again = loaded.office.secretary.post("/api/samples/s002")

    assert code_of(again) == "sample_loaded"
    assert code_of(loaded.office.secretary.post("/api/samples/s003")) == (
        "sample_unknown"
    )


@pytest.mark.parametrize("role", ["desk", "chair", "auditor", "administrator"])
def test_only_the_secretary_loads_a_sample(loaded: Loaded, role: str) -> None:
    assert getattr(loaded.office, role).post("/api/samples/s001").status_code == 403


@pytest.mark.parametrize("sample", samples.SAMPLES)
def test_a_sample_is_there_to_be_loaded(loaded: Loaded, sample: str) -> None:
    page = loaded.office.secretary.get("/rounds").get_data(as_text=True)

    assert f"/api/samples/{sample}" in page


def test_every_row_is_listed_with_its_test() -> None:
    """docs/procedures.md names every row of A.5 and A.6, and tests that exist."""
    text = DOCUMENT.read_text(encoding="utf-8")
    ours = re.split(r"\n##+ ", text[text.index("### A.5 and A.6") + 3 :])[0]
    here = Path(__file__).parent
    rows = (*TERMS, *DEADLINES, *MEETINGS, "A.5.1 I.5", "A.5.2 II.5")

    assert [row for row in rows if f"`[{row}]`" not in ours] == []
    assert re.findall(r"`(test_\w+)`", ours)
    for name in re.findall(r"`(test_\w+)`", ours):
        assert f"def {name}(" in Path(__file__).read_text(encoding="utf-8")
    for file, name in re.findall(r"`(test_\w+\.py)::(test_\w+)`", ours):
        assert f"def {name}(" in (here / file).read_text(encoding="utf-8")
