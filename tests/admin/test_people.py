"""The register of people: entered, found without diacritics, imported and exported."""

import io
import logging
import re
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.admin.neighbours import Office, code_of
from tests.admin.sample import Meeting, sheet
from tests.admin.test_pages import Reader

HEADER = ("STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị", "Thành phần")
LEADER, HEAD = "Lãnh đạo cơ quan", "Trưởng phòng"


def row(
    name: str, birth: object, roles: str = HEAD, post: str = HEAD
) -> tuple[Any, ...]:
    return (1, name, birth, post, "Phòng Một, Sở Mẫu", roles)


PEOPLE = (
    row("Nguyễn Giả Ái", "18/03/1979", f"{LEADER}; {HEAD}"),
    row("Đỗ Giả Đào", 1982),
    row("Trần Giả Hoà", "02/09/1985", LEADER),
)


def send(office: Office, *rows: tuple[Any, ...], header: Any = HEADER) -> Any:
    return upload(office, sheet(header, list(rows)))


def upload(office: Office, data: bytes) -> Any:
    file = {"file": (io.BytesIO(data), "can-bo.csv")}
    return office.secretary.post("/api/people", data=file)


def found(office: Office, **asked: Any) -> Any:
    answer = office.secretary.get("/api/people", query_string=asked)
    assert answer.status_code == 200
    return answer.get_json()


def names(office: Office, **asked: Any) -> list[str]:
    return [person["name"] for person in found(office, **asked)["people"]]


def faults(answer: Any) -> list[tuple[int, str, str]]:
    assert code_of(answer) == "import_faults"
    told = answer.get_json()["faults"]
    assert all(not each["message"].startswith("import.") for each in told)
    return [(each["row"], each["column"], each["code"]) for each in told]


@pytest.fixture
def register(office: Office) -> Office:
    answer = send(office, *PEOPLE).get_json()
    assert (answer["added"], answer["updated"], answer["unchanged"]) == (3, 0, 0)
    return office


def test_people_are_found_without_diacritics(register: Office) -> None:
    assert names(register, q="do gia dao") == ["Đỗ Giả Đào"]
    assert names(register, q="DAO DO") == ["Đỗ Giả Đào"]
    assert names(register, q="truong phong so mau") == [person[1] for person in PEOPLE]
    assert names(register, q="ao") == []


def test_people_are_found_by_role_and_unit(register: Office) -> None:
    assert names(register, role="lanh dao co quan") == ["Nguyễn Giả Ái", "Trần Giả Hoà"]
    assert names(register, role="Lãnh đạo") == []
    assert len(names(register, unit="phòng một, sở mẫu")) == 3
    assert names(register, unit="Sở Mẫu") == []


def test_an_import_updates_whom_the_register_knows(register: Office) -> None:
    keys = {each["name"]: each["key"] for each in found(register)["people"]}
    answer = send(
        register,
        row("Trần Giả Hòa", 1985, HEAD, "Chánh Văn phòng"),  # the tone elsewhere
        row("Vũ Giả Minh", 1990),
        PEOPLE[1],
    ).get_json()

    assert (answer["added"], answer["updated"], answer["unchanged"]) == (1, 1, 1)
    (person,) = found(register, q="hoa")["people"]
    assert person["key"] == keys["Trần Giả Hoà"]
    assert person["birth"] == "02/09/1985"  # a day is not lost to its year
    assert (person["post"], person["roles"]) == ("Chánh Văn phòng", [HEAD])


def test_a_day_makes_a_year_more_exact(register: Office) -> None:
    answer = send(register, row("Đỗ Giả Đào", "05/06/1982")).get_json()

    assert (answer["added"], answer["updated"]) == (0, 1)
    assert found(register, q="dao")["people"][0]["birth"] == "05/06/1982"


def test_what_a_file_does_not_name_stays(register: Office) -> None:
    graded = ("Họ và tên", "Năm sinh", "Xếp loại 2024", "Xếp loại 2025")
    grades = ("Đỗ Giả Đào", 1982, "Hoàn thành tốt nhiệm vụ", "")
    assert send(register, grades, header=graded).status_code == 200
    later = ("Đỗ Giả Đào", 1982, "Hoàn thành xuất sắc nhiệm vụ")
    send(register, later, header=(*graded[:2], "Xếp loại 2025"))

    (person,) = found(register, q="dao")["people"]
    assert person["roles"] == [HEAD]
    assert person["evaluations"] == {
        "2024": "Hoàn thành tốt nhiệm vụ",
        "2025": "Hoàn thành xuất sắc nhiệm vụ",
    }


UNCLEAR = {
    "two namesakes by their year": (
        [row("Lê Giả An", "01/01/1970"), row("Lê Giả An", "02/01/1970")],
        [row("Lê Giả An", 1970)],
        [(2, "Ngày sinh", "birth_date_needed_known")],
    ),
    "another spelling": (
        [row("Lê Giả Hà", 1970)],
        [row("Lê Giả Hạ", 1970)],
        [(2, "Họ và tên", "spelt_otherwise")],
    ),
    "no diacritics": (
        [row("Lê Giả Hà", "01/01/1970")],
        [row("Le Gia Ha", "01/01/1970")],
        [(2, "Họ và tên", "spelt_otherwise")],
    ),
    "two rows that mean one": (
        [row("Lê Giả An", 1970)],
        [row("Lê Giả An", "01/01/1970"), row("Lê Giả An", "02/01/1970")],
        [(3, "Ngày sinh", "claimed")],
    ),
}


@pytest.mark.parametrize("case", UNCLEAR.values(), ids=UNCLEAR.keys())
def test_nobodys_data_become_anothers(office: Office, case: Any) -> None:
    known, rows, expected = case
    assert send(office, *known).status_code == 200
    before = found(office)

    assert faults(send(office, *rows)) == expected
    assert found(office) == before


def test_namesakes_of_one_year_are_two_people_by_their_days(office: Office) -> None:
    rows = [row("Lê Giả An", "01/01/1970"), row("Lê Giả An", "02/01/1970")]
    assert faults(send(office, row("Lê Giả An", 1970), row("Lê Giả An", 1970))) == [
        (3, "Ngày sinh", "birth_date_needed")
    ]

    assert send(office, *rows).get_json()["added"] == 2
    assert send(office, *rows).get_json()["unchanged"] == 2


def test_nothing_is_imported_until_every_row_is_clean(register: Office) -> None:
    before = found(register)
    answer = send(register, row("Vũ Giả Minh", 1990), row("", "không rõ"))

    assert faults(answer) == [
        (3, "Họ và tên", "name_missing"),
        (3, "Ngày sinh", "birth_wrong"),
    ]
    assert found(register) == before


def test_a_register_that_is_exported_imports_to_itself(register: Office) -> None:
    whole = {
        "name": "=Lê Giả Bình",
        "birth": "1977",
        "sex": "female",
        "party_joined": "03/02/2000",
        "roles": [LEADER, HEAD],
        "evaluations": {"2025": "Hoàn thành tốt nhiệm vụ"},
        "note": "=1+1",
    }
    assert register.secretary.post("/api/people/one", whole).status_code == 201
    before = found(register)
    exported = register.secretary.get("/api/people.xlsx")
    answer = upload(register, exported.get_data()).get_json()

    assert (answer["added"], answer["updated"], answer["unchanged"]) == (0, 0, 4)
    assert found(register) == before
    book = load_workbook(io.BytesIO(exported.get_data()))
    assert not [c for c in next(book.worksheets[0].iter_rows(4)) if c.data_type == "f"]


def test_the_template_can_be_filled_in_and_imported(office: Office) -> None:
    template = office.secretary.get("/api/templates/people.xlsx").get_data()
    book = load_workbook(io.BytesIO(template))
    titles = [cell.value for cell in book.worksheets[0][1]]
    filled = {"Họ và tên": "Lê Giả An", "Ngày sinh": 1970, "Giới tính": "Nữ"}
    book.worksheets[0].append([filled.get(str(title)) for title in titles])
    packed = io.BytesIO()
    book.save(packed)

    assert upload(office, packed.getvalue()).get_json()["added"] == 1
    assert found(office)["people"][0]["sex"] == "female"


def test_titles_that_nobody_understood_are_told(office: Office) -> None:
    person = ("Lê Giả An", 1970, "x")
    answer = send(office, person, header=("Họ và tên", "Ngày sinh", "Thàng phần"))

    assert answer.get_json()["ignored"] == ["Thàng phần"]


WRONG = {
    "no name": ({"name": " "}, "field_wrong"),
    "no birth": ({"birth": ""}, "field_wrong"),
    "no day": ({"party_official": "2001"}, "field_wrong"),
    "days the wrong way round": (
        {"party_joined": "02/02/2002", "party_official": "01/02/2002"},
        "field_wrong",
    ),
    "no sex we know": ({"sex": "x"}, "field_wrong"),
    "a hidden sign": ({"post": "Trưởng\u202ephòng"}, "field_wrong"),
    "a year that is none": ({"evaluations": {"năm ngoái": "Tốt"}}, "field_wrong"),
    "a long post": ({"post": "x" * 150}, "field_long"),
    "a field nobody knows": ({"salary": "1"}, "malformed"),
}


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_field_is_refused(register: Office, case: Any) -> None:
    changes, code = case
    order = {"name": "Lê Giả An", "birth": "1970"} | changes
    answer = register.secretary.post("/api/people/one", order)

    assert (answer.status_code, code_of(answer)) == (400, code)
    assert found(register)["total"] == 3


def test_somebody_is_not_entered_twice(register: Office) -> None:
    for birth in ("1979", "18/03/1979"):
        order = {"name": "Nguyễn Giả Ái", "birth": birth}
        answer = register.secretary.post("/api/people/one", order)
        assert code_of(answer) == "person_known"

    other = {"name": "Nguyễn Giả Ái", "birth": "19/03/1979"}
    assert register.secretary.post("/api/people/one", other).status_code == 201


def test_an_edit_changes_everything_but_the_key(register: Office) -> None:
    before = found(register, q="ai")["people"][0]
    path = f"/api/people/{before['id']}"
    order = {"name": "Nguyễn Giả Ân", "birth": "1979", "roles": ["Bí thư"]}
    assert register.secretary.post(path, order).status_code == 200
    after = register.secretary.get(path).get_json()

    assert after["key"] == before["key"]
    assert (after["name"], after["birth"]) == ("Nguyễn Giả Ân", "1979")
    assert (after["roles"], after["post"]) == (["Bí thư"], "")
    assert names(register, q="nguyen gia an") == ["Nguyễn Giả Ân"]


def test_an_edit_does_not_make_two_people_one(register: Office) -> None:
    someone = found(register, q="dao")["people"][0]
    order = {"name": "Trần Giả Hoà", "birth": "1985"}
    answer = register.secretary.post(f"/api/people/{someone['id']}", order)

    assert code_of(answer) == "person_known"
    assert names(register, q="dao") == ["Đỗ Giả Đào"]


def test_thousands_of_people_come_a_page_at_a_time(office: Office) -> None:
    rows = [row(f"Lê Giả An{number}", 1960 + number % 40) for number in range(1205)]
    assert send(office, *rows).get_json()["added"] == 1205
    last = found(office, page=13)

    assert (last["total"], last["pages"], len(last["people"])) == (1205, 13, 5)
    assert found(office, page=99) == last
    assert found(office, q="an1204")["total"] == 1
    page = office.secretary.get("/people-register?page=13").get_data(as_text=True)
    assert page.count('data-testid="edit-') == 5


@pytest.mark.parametrize("locale", ["vi", "en"])
def test_the_page_speaks_both_languages(register: Office, locale: str) -> None:
    register.secretary.get(f"/lang/{locale}")
    for query in ("", "?q=ai&role=Trưởng phòng", "?q=nobody"):
        page = register.secretary.get(f"/people-register{query}")
        found = Reader(page.get_data(as_text=True))

        assert not found.inline
        assert not re.search(r"\b(register|people|console)\.[a-z_]+", found.words)
    register.secretary.get("/lang/vi")


@pytest.mark.parametrize("role", ["desk", "administrator"])
def test_desk_and_upkeep_do_not_see_the_register(office: Office, role: str) -> None:
    for path in ("/people-register", "/api/people", "/api/people.xlsx"):
        assert getattr(office, role).get(path).status_code == 403


@pytest.mark.parametrize("role", ["chair", "auditor"])
def test_those_who_look_change_nothing(register: Office, role: str) -> None:
    tab = getattr(register, role)
    order = {"name": "Lê Giả An", "birth": "1970"}

    assert tab.get("/people-register").status_code == 200
    assert tab.post("/api/people/one", order).status_code == 403
    assert tab.post("/api/people/1", order).status_code == 403
    assert "data-opens" not in tab.get("/people-register").get_data(as_text=True)


def test_the_log_and_the_record_book_name_nobody(
    register: Office, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        send(register, row("Lê Giả Bí Mật", 1970))
        order = {"name": "Lê Giả Bí Mật", "birth": "1970", "sex": "x"}
        register.secretary.post("/api/people/one", order)
        register.secretary.get("/api/people.xlsx")
    sessions = register.app.extensions["phieukin.sessions"]
    with sessions.engine.connect() as connection:
        book = connection.exec_driver_sql("SELECT name, details FROM record").all()

    assert "Bí Mật" not in caplog.text
    assert not [line for line in book if "Giả" in str(line) or "Mật" in str(line)]
    assert "admin.register.changed" in {line[0] for line in book}


def test_two_imports_of_one_file_are_one(meeting: Meeting) -> None:
    office = meeting.office
    assert send(office, *PEOPLE).get_json()["added"] == 3
    assert send(office, *PEOPLE).get_json()["unchanged"] == 3
