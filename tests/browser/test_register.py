"""The register of people in a real browser: imported, mended, summoned, nominated."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from admin.people_sheet import BIRTH, GRADE, ROLES, SEX, write_people
from admin.sheets import NAME
from admin.spreadsheets import POST, UNIT
from tests.browser.people import PATIENCE, House, Secretary
from web.rehearsal.people import Invention, Person

ROLE_OF = {
    "Giám đốc": "Tập thể lãnh đạo; Ban Thường vụ đảng ủy cơ quan",
    "Phó Giám đốc": "Tập thể lãnh đạo",
    "Trưởng phòng": "Trưởng phòng",
    "Phó Trưởng phòng": "Phó Trưởng phòng",
    "Chuyên viên": "Công chức",
}
POSTS = ("Giám đốc", "Phó Giám đốc", "Phó Giám đốc", *["Trưởng phòng"] * 6)
POSTS = (*POSTS, *["Phó Trưởng phòng"] * 8, *["Chuyên viên"] * 90)
KEY_CADRES = 17  # all but the ninety others
# What a browser notes of an answer that is meant: the faulty file is refused.
EXPECTED = "/api/people"


def row(number: int, person: Person) -> dict[str, object]:
    post = POSTS[number]
    day = date(person.birth_year, 1 + number % 12, 1 + number % 28)
    return {
        NAME: person.name,
        BIRTH: day if number % 3 else person.birth_year,
        SEX: "Nữ" if " Thị " in person.name else "Nam",
        POST: post,
        UNIT: "Sở Xây dựng mẫu" if number < 3 else f"{person.unit}, Sở Xây dựng mẫu",
        f"{GRADE} 2023": "Hoàn thành tốt nhiệm vụ",
        f"{GRADE} 2024": "Hoàn thành tốt nhiệm vụ",
        f"{GRADE} 2025": "Hoàn thành xuất sắc nhiệm vụ",
        ROLES: ROLE_OF[post],
    }


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    people = Invention(11).people(len(POSTS))
    rows = [row(number, person) for number, person in enumerate(people)]
    faulty = [*rows, {NAME: "Lê Giả An", BIRTH: 28932}, {BIRTH: 1979}]
    found = {"good": tmp_path / "can-bo.xlsx", "faulty": tmp_path / "sai.xlsx"}
    years = ["2023", "2024", "2025"]
    found["good"].write_bytes(write_people(rows, years))
    found["faulty"].write_bytes(write_people(faulty, years))
    return found


def test_people_go_from_a_file_to_the_list_and_the_paper(
    house: House, files: dict[str, Path]
) -> None:
    secretary = Secretary.arrive(house)
    fill_register(secretary, files)
    look_for(secretary)
    mend(secretary)
    open_conference(secretary)
    summon(secretary)
    nominate(secretary)
    assert [one for one in house.complaints if not one.startswith(EXPECTED)] == []


def fill_register(secretary: Secretary, files: dict[str, Path]) -> None:
    secretary.page.goto(f"{secretary.house.cluster.urls['admin']}/people-register")
    secretary.sees("import-card")
    secretary.import_file("people", files["faulty"])
    faults = secretary.it("faults").locator("tbody tr")
    expect(faults).to_have_count(2, timeout=PATIENCE)
    expect(faults.first).to_contain_text("28932")
    secretary.both_pictures("register-faults")

    secretary.import_file("people", files["good"])
    expect(secretary.it("imported")).to_contain_text(str(len(POSTS)), timeout=PATIENCE)
    expect(secretary.it("total")).to_contain_text(str(len(POSTS)))
    secretary.click("open-import")
    secretary.both_pictures("register")


def look_for(secretary: Secretary) -> None:
    rows = secretary.it("people").locator("tbody tr")
    expect(rows).to_have_count(100)
    secretary.click("page-after")
    expect(rows).to_have_count(len(POSTS) - 100)
    secretary.it("filter-role").select_option("Trưởng phòng")
    expect(rows).to_have_count(6, timeout=PATIENCE)
    name = str(rows.nth(3).locator(".name").first.text_content())
    secretary.fill("search", name)
    expect(rows).to_have_count(1, timeout=PATIENCE)


def mend(secretary: Secretary) -> None:
    row = secretary.it("people").locator("tbody tr").first
    row.locator("button").click()
    expect(secretary.it("grade-2025")).to_have_value("Hoàn thành xuất sắc nhiệm vụ")
    secretary.fill("field-home", "Xã Mẫu, huyện Thử")
    secretary.page.locator('[data-chip="Trưởng đoàn thể"]').click()
    expect(secretary.it("field-roles")).to_have_value("Trưởng phòng; Trưởng đoàn thể")
    secretary.both_pictures("register-person")
    secretary.fill("field-birth", "1979/3")
    secretary.click("save-person")
    expect(secretary.it("person-dialog").locator("[data-error]")).to_be_visible()
    secretary.fill("field-birth", "18/03/1979")
    secretary.click("save-person")
    expect(row).to_contain_text("Trưởng đoàn thể", timeout=PATIENCE)
    expect(row).to_contain_text("18/03/1979")


def open_conference(secretary: Secretary) -> None:
    admin = secretary.house.cluster.urls["admin"]
    request = secretary.page.request
    token = request.get(f"{admin}/api/session").json()["csrf_token"]
    made = request.post(
        f"{admin}/api/conferences",
        headers={"X-CSRF-Token": token},
        data={
            "title": "Hội nghị cán bộ chủ chốt",
            "office": "Sở Xây dựng mẫu",
            "place": "Phòng họp số 2",
            "starts_at": "2026-11-21T14:00:00+07:00",
            "committee": [{"name": f"Tổ viên {n}"} for n in "ABC"],
            "items": [
                {
                    "procedure": "s000-next-term-onsite",
                    "step": "3",
                    "positions": [
                        {"title": "Giám đốc Sở", "term": "2025–2030"},
                        {"title": "Phó Giám đốc Sở", "term": "2025–2030"},
                    ],
                }
            ],
        },
    )
    assert made.status == 201, made.text()
    secretary.number = str(made.json()["id"])
    secretary.go("people")


def summon(secretary: Secretary) -> None:
    secretary.it("choose-delegates").locator("summary").click()
    secretary.it("level-3").select_option(label="Cơ quan, đơn vị cấp tỉnh")
    expect(secretary.it("summon")).to_contain_text(str(KEY_CADRES))
    secretary.page.keyboard.press("End")
    secretary.both_pictures("console-summons")
    boxes = secretary.it("step-3").locator('input[type="checkbox"]:visible')
    boxes.first.uncheck()
    expect(secretary.it("summon")).to_contain_text(str(KEY_CADRES - 1))
    secretary.fill("others-search", "so xay dung mau")
    found = secretary.it("others-found").locator("li")
    expect(found).to_have_count(8, timeout=PATIENCE)
    found.first.locator("button").click()
    expect(secretary.it("summon")).to_contain_text(str(KEY_CADRES))
    secretary.click("summon")
    expect(secretary.it("count-summoned")).to_have_text(
        str(KEY_CADRES), timeout=PATIENCE
    )


def nominate(secretary: Secretary) -> None:
    secretary.it("choose-nominees").locator("summary").click()
    for position, wanted in ((1, 1), (2, 3)):
        for _ in range(wanted):
            secretary.fill(f"position-{position}-search", "pho truong phong")
            secretary.it(f"position-{position}-found").locator(
                "button:enabled"
            ).first.click(timeout=PATIENCE)
        expect(secretary.it(f"position-{position}-chosen").locator("li")).to_have_count(
            wanted
        )
    secretary.both_pictures("console-nominees")
    secretary.click("nominate")
    expect(secretary.it("section-2").locator("tbody tr")).to_have_count(
        3, timeout=PATIENCE
    )
    secretary.both_pictures("console-people-chosen")
