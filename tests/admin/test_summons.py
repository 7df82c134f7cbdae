"""Compositions propose, the secretary confirms: lists chosen from the register.

Who is summoned to a step is the composition of DOMAIN.md A.2; each row that is played
here names its row there.
"""

import io
from collections.abc import Iterator
from typing import Any

import pytest

from admin.choices import unstated
from admin.profiles import ORDER, builtin
from tests.admin.conftest import Ready, open_office
from tests.admin.neighbours import Office, code_of
from tests.admin.plan_sample import Plan
from tests.admin.sample import NOMINEES, Meeting, nominees_file, sheet

HEADER = ("Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị", "Thành phần")
PEOPLE = (
    # name, birth, post, unit, roles as the office writes them
    ("Lê Giả An", 1970, "Giám đốc", "Sở Mẫu", "Tập thể lãnh đạo"),
    ("Vũ Giả Bình", 1975, "Trưởng phòng", "Phòng Một, Sở Mẫu", "TRƯỞNG PHÒNG"),
    ("Mai Giả Chi", 1980, "Phó phòng", "Phòng Một, Sở Mẫu", "phó trưởng phòng"),
    ("Hồ Giả Dung", 1981, "Chuyên viên", "Phòng Một, Sở Mẫu", "Công chức"),
    ("Tạ Giả Én", 1976, "Trưởng phòng", "Phòng Hai, Sở Khác", "Trưởng phòng"),
    ("Bí Giả Giang", 1966, "Bí thư", "Tỉnh uỷ Thử", "Ban Thường vụ Tỉnh uỷ; Khách"),
    ("Phó Giả Hà", 1968, "Ủy viên", "Sở Mẫu", "Ban Chấp hành Đảng bộ Tỉnh"),
)
AN, BINH, CHI, DUNG, EN, GIANG, HA = (person[0] for person in PEOPLE)


def enter(office: Office) -> dict[str, int]:
    """Import the register; returns people's numbers by name."""
    file = {"file": (io.BytesIO(sheet(HEADER, list(PEOPLE))), "can-bo.csv")}
    assert office.secretary.post("/api/people", data=file).status_code == 200
    found = office.secretary.get("/api/people").get_json()["people"]
    return {person["name"]: person["id"] for person in found}


def proposals(meeting: Meeting) -> list[dict[str, Any]]:
    answer = meeting.office.secretary.get(f"{meeting.path}/summons")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return list(answer.get_json()["items"])


def proposed(meeting: Meeting, level: str | None) -> list[str]:
    (found,) = (each for each in proposals(meeting) if each["level"] == level)
    return [person["name"] for person in found["proposed"]]


def refused(meeting: Meeting, path: str, body: object) -> str:
    return code_of(meeting.office.secretary.post(f"{meeting.path}{path}", body))


def summon(meeting: Meeting, *ids: int) -> Any:
    return meeting.post("/delegates/from-register", {"people": ids})


def nominate(meeting: Meeting, *ids: int, position: int = 1) -> Any:
    order = {"positions": [{"position": position, "people": ids}]}
    return meeting.post("/nominees/from-register", order)


COMPOSITIONS = {
    "A.2.1 step 3 (a)": ("s000-next-term-onsite", "3", "tinh-uy", [HA]),
    "A.2.1 step 3 (d)": ("s000-next-term-onsite", "3", "co-quan", [AN, BINH, CHI, EN]),
    "A.2.1 step 4 (d), heads only": (
        "s000-next-term-onsite",
        "4",
        "co-quan",
        [AN, BINH, EN],
    ),
    "A.2.1 step 5 (a), as step 2": (
        "s000-next-term-onsite",
        "5",
        "tinh-uy",
        [GIANG],
    ),
    "A.2.1 step 5 (d), as step 2": ("s000-next-term-onsite", "5", "co-quan", [AN]),
}


@pytest.mark.parametrize("case", COMPOSITIONS.values(), ids=COMPOSITIONS.keys())
def test_a_composition_proposes_whoever_has_its_roles(
    meeting: Meeting, case: tuple[str, str, str, list[str]]
) -> None:
    """DOMAIN.md A.2.1: compositions by level; roles match however they are typed."""
    procedure, step, level, names = case
    enter(meeting.office)
    meeting.create(step, procedure=procedure)

    assert proposed(meeting, level) == names


def rows() -> Iterator[tuple[str, str, str]]:
    """Yield every ballot of DOMAIN.md A.2: its row, procedure and step."""
    for number, name in enumerate(ORDER, 1):
        for step, _ in builtin()[name].procedure.ballot_steps():
            word = "" if step.id.startswith("B") else "step "
            yield f"A.2.{number} {word}{step.id}", name, step.id


BALLOTS = {row: (procedure, step) for row, procedure, step in rows()}


@pytest.fixture(scope="module")
def everybody(
    tmp_path_factory: pytest.TempPathFactory, ready: Ready
) -> Iterator[Meeting]:
    """A register with one person for every role that some composition names."""
    with open_office(tmp_path_factory.mktemp("everybody"), ready) as office:
        roles = {
            role
            for loaded in builtin().values()
            for step in loaded.procedure.steps
            for composition in step.composition
            for role in composition.roles
        }
        people = [
            (f"Giả {role}", 1970, role, "Cục Mẫu", f"Khách; {role.upper()}")
            for role in sorted(roles)
        ]
        file = {"file": (io.BytesIO(sheet(HEADER, people)), "can-bo.csv")}
        assert office.secretary.post("/api/people", data=file).status_code == 200
        yield Meeting(office)


@pytest.mark.parametrize("ballot", BALLOTS.values(), ids=BALLOTS.keys())
def test_every_ballot_of_every_procedure_proposes_its_composition(
    everybody: Meeting, ballot: tuple[str, str]
) -> None:
    name, step_id = ballot
    step = builtin()[name].procedure.step(step_id)
    known = {"quorum": "2/3", "held": True, "secret": True, "announced": False}
    known |= {"rule": "none", "tie": "Người đứng đầu"}
    asked = unstated(builtin()[name].procedure, step)
    everybody.create(
        step_id,
        procedure=name,
        choices={key: known[key] for key in asked},
        members=9,
    )

    found = proposals(everybody)
    named = [{person["post"] for person in each["proposed"]} for each in found]
    assert named == [set(each.roles) for each in step.composition]
    assert not any(each["missing"] for each in found)


def test_without_a_round_every_level_is_proposed(meeting: Meeting) -> None:
    """DOMAIN.md A.2.1 step 4: five levels, (e) of which has this step alone."""
    enter(meeting.office)
    found = proposals(meeting.create("4"))

    assert [each["level"] for each in found] == [
        "tinh-uy",
        "huyen-uy",
        "dang-uy",
        "co-quan",
        "to-chuc-bau-cu",
    ]
    assert all(each["level_name"] and each["text"] for each in found)
    assert {each["unit"] for each in found} == {""}


def test_roles_that_nobody_has_are_told(meeting: Meeting) -> None:
    enter(meeting.office)
    found = {each["level"]: each for each in proposals(meeting.create("5"))}

    assert "Đảng đoàn" in found["co-quan"]["missing"]
    assert "Tập thể lãnh đạo" not in found["co-quan"]["missing"]


def test_a_round_knows_the_level_and_the_unit(office: Office) -> None:
    """DOMAIN.md A.2.1 step 3 (d), of a unit's round: only its level is proposed."""
    enter(office)
    plan = Plan(office).begin("Sở Mẫu")
    position = plan.position()
    instance = plan.start(position, level="co-quan")
    plan.enter(position, "Kim")
    plan.done(instance, "1", "2")
    meeting = plan.open(instance, "3")

    (found,) = proposals(meeting)
    assert (found["level"], found["unit"], found["limited"]) == (
        "co-quan",
        "Sở Mẫu",
        False,
    )
    own = {person["name"]: person["own"] for person in found["proposed"]}
    assert own == {AN: True, BINH: True, CHI: True, EN: False}


def test_a_composition_of_a_unit_names_only_its_people(office: Office) -> None:
    """DOMAIN.md A.2.10 B3: toàn thể công chức của phòng, and of no other."""
    enter(office)
    other = ("Ngô Giả Lan", 1983, "Chuyên viên", "Phòng Một trăm, Sở Mẫu", "Công chức")
    file = {"file": (io.BytesIO(sheet(HEADER, [other])), "can-bo.csv")}
    office.secretary.post("/api/people", data=file)
    plan = Plan(office).begin("Phòng Một, Sở Mẫu")
    position = plan.position("Phó Trưởng phòng")
    instance = plan.start(position, procedure="s004-phong-next-onsite")
    plan.enter(position, "Kim")
    plan.done(instance, "B1", "B2")
    choices = {"quorum": "2/3", "announced": False}
    meeting = plan.open(instance, "B3", choices=choices)

    (found,) = proposals(meeting)
    assert found["limited"]
    assert [person["name"] for person in found["proposed"]] == [DUNG]


def test_the_confirmed_list_is_summoned_in_its_order(meeting: Meeting) -> None:
    ids = enter(meeting.office)
    meeting.create()
    assert summon(meeting, ids[CHI], ids[AN])["imported"] == 2
    assert [row["name"] for row in meeting.delegates()] == [CHI, AN]
    assert meeting.view()["counts"]["summoned"] == 2

    summon(meeting, ids[BINH])
    (row,) = meeting.delegates()
    assert (row["name"], row["unit"]) == (BINH, "Phòng Một, Sở Mẫu")
    asked = meeting.office.secretary.get(f"{meeting.path}/summons").get_json()
    assert [person["id"] for person in asked["summoned"]] == [ids[BINH]]
    assert len(meeting.delegates("vu gia binh")) == 1


def test_nobody_is_summoned_before_it_is_confirmed(meeting: Meeting) -> None:
    enter(meeting.office)
    proposals(meeting.create())

    assert meeting.delegates() == []


WRONG_LISTS = {
    "unknown": (lambda _ids: [999], "person_unknown"),
    "one known, one not": (lambda ids: [ids[AN], 999], "person_unknown"),
    "twice": (lambda ids: [ids[AN], ids[AN]], "person_listed_twice"),
    "nobody": (lambda _ids: [], "summons_wrong"),
}


@pytest.mark.parametrize("case", WRONG_LISTS.values(), ids=WRONG_LISTS.keys())
def test_a_wrong_list_changes_nothing(meeting: Meeting, case: Any) -> None:
    ids = enter(meeting.office)
    meeting.create().fill()
    before = meeting.delegates()
    choose, code = case

    body = {"people": choose(ids)}
    assert refused(meeting, "/delegates/from-register", body) == code
    assert meeting.delegates() == before


def test_the_paper_keeps_the_key_of_the_register(meeting: Meeting) -> None:
    ids = enter(meeting.office)
    meeting.create()
    assert nominate(meeting, ids[BINH], ids[CHI])["imported"] == 2
    lines = meeting.view()["positions"][0]["nominees"]
    person = meeting.office.secretary.get(f"/api/people/{ids[BINH]}").get_json()

    assert [line["name"] for line in lines] == [BINH, CHI]
    assert lines[0]["key"] == person["key"]
    assert lines[0]["birth_year"] == 1975
    assert lines[0]["post"] == "Trưởng phòng, Phòng Một, Sở Mẫu"


def test_one_position_is_filled_and_the_other_kept(meeting: Meeting) -> None:
    ids = enter(meeting.office)
    titles = ("Giám đốc", "Phó Giám đốc")
    meeting.create(positions=[{"title": title, "quota": 1} for title in titles])
    nominate(meeting, ids[BINH], position=1)
    nominate(meeting, ids[BINH], ids[CHI], position=2)

    found = [
        [line["name"] for line in position["nominees"]]
        for position in meeting.view()["positions"]
    ]
    assert found == [[BINH], [BINH, CHI]]


WRONG_NOMINEES = {
    "unknown": (lambda _ids: [(1, [999])], "person_unknown"),
    "twice for one position": (
        lambda ids: [(1, [ids[AN], ids[AN]])],
        "person_listed_twice",
    ),
    "a position that is not there": (
        lambda ids: [(2, [ids[AN]])],
        "position_number_wrong",
    ),
    "a position twice": (
        lambda ids: [(1, [ids[AN]]), (1, [ids[BINH]])],
        "position_number_wrong",
    ),
    "no position": (lambda _ids: [], "position_number_wrong"),
}


@pytest.mark.parametrize("case", WRONG_NOMINEES.values(), ids=WRONG_NOMINEES.keys())
def test_wrong_nominees_change_nothing(meeting: Meeting, case: Any) -> None:
    ids = enter(meeting.office)
    meeting.create().fill()
    choose, code = case
    lists = [{"position": n, "people": people} for n, people in choose(ids)]
    body = {"positions": lists}

    assert refused(meeting, "/nominees/from-register", body) == code
    lines = meeting.view()["positions"][0]["nominees"]
    assert [line["name"] for line in lines] == list(NOMINEES)


def test_lists_are_fixed_once_they_are_used(meeting: Meeting) -> None:
    ids = enter(meeting.office)
    meeting.create().fill().print_cards().convene().arrive()
    someone = {"people": [ids[AN]]}
    on_paper = {"positions": [{"position": 1, "people": [ids[AN]]}]}
    assert refused(meeting, "/delegates/from-register", someone) == "roll_call_begun"

    meeting.seal()
    assert refused(meeting, "/delegates/from-register", someone) == "wrong_state"
    assert refused(meeting, "/nominees/from-register", on_paper) == "wrong_state"


def test_the_step_before_decides_who_is_on_the_next_paper(meeting: Meeting) -> None:
    """Somebody is left out only with a recorded reason, never by another list."""
    ids = enter(meeting.office)
    meeting.counted((1, 5, 7)).post("/complete", role="chair")
    made = meeting.post("/next", {})
    following = Meeting(meeting.office, made["id"], made["uuid"])
    on_paper = {"positions": [{"position": 1, "people": [ids[AN]]}]}

    assert refused(following, "/nominees/from-register", on_paper) == "nominees_carried"
    assert code_of(following.upload("nominees", nominees_file())) == "nominees_carried"
    assert summon(following, ids[AN])["imported"] == 1


def test_who_left_the_planning_is_not_put_on_its_paper(office: Office) -> None:
    plan = Plan(office).begin("Sở Mẫu")
    position = plan.position()
    instance = plan.start(position, level="co-quan")
    plan.enter(position, "Kim", "Lan")
    plan.done(instance, "1", "2")
    meeting = plan.open(instance, "3")
    grounds = office.secretary.get(f"/api/positions/{position}/grounds").get_json()
    leaving = {
        "ground": grounds["exits"][0]["id"],
        "document_number": "1-QĐ",
        "document_date": "2026-11-20",
    }
    plan.post(f"/api/entries/{plan.entry('Lan')['id']}/exit", leaving)

    body = {"positions": [{"position": 1, "people": [plan.people["Lan"]]}]}
    assert refused(meeting, "/nominees/from-register", body) == "person_left_plan"


def test_a_nominee_out_of_a_file_is_known_by_name_and_year(meeting: Meeting) -> None:
    ids = enter(meeting.office)
    meeting.create()
    rows = [
        (1, "Vũ Giả Bình", 1975, "Trưởng phòng"),
        (2, "Mai Giả Chi", 1999, "Phó phòng"),  # another year: somebody else
        (3, "Hồ Giả Dũng", 1981, "Chuyên viên"),  # another tone: somebody else
        (4, "Lê Giả An", "", "Giám đốc"),  # without a year nobody can be sure
    ]
    header = ("STT", "Họ và tên", "Năm sinh", "Chức vụ")
    assert meeting.upload("nominees", sheet(header, rows)).status_code == 200
    known = {
        meeting.office.secretary.get(f"/api/people/{number}").get_json()["key"]
        for number in ids.values()
    }

    keys = [line["key"] for line in meeting.view()["positions"][0]["nominees"]]
    assert [key in known for key in keys] == [True, False, False, False]
    assert len(set(keys)) == 4


def test_namesakes_of_one_year_are_not_guessed(meeting: Meeting) -> None:
    twins = [
        ("Lê Giả Minh", "01/01/1970", "Trưởng phòng", "", ""),
        ("Lê Giả Minh", "02/01/1970", "Trưởng ban", "", ""),
    ]
    file = {"file": (io.BytesIO(sheet(HEADER, twins)), "can-bo.csv")}
    assert meeting.office.secretary.post("/api/people", data=file).status_code == 200
    header = ("Họ và tên", "Năm sinh")
    meeting.create().upload("nominees", sheet(header, [("Lê Giả Minh", 1970)]))
    people = meeting.office.secretary.get("/api/people").get_json()["people"]

    (line,) = meeting.view()["positions"][0]["nominees"]
    assert line["key"] not in {person["key"] for person in people}


def test_somebody_twice_for_one_position_is_a_fault(meeting: Meeting) -> None:
    enter(meeting.office)
    rows = [("Vũ Giả Bình", 1975, "Trưởng phòng"), ("Vũ Giả Bình", 1975, "Khác")]
    header = ("Họ và tên", "Năm sinh", "Chức vụ")
    answer = meeting.create().upload("nominees", sheet(header, rows))

    assert code_of(answer) == "import_faults"
    (fault,) = answer.get_json()["faults"]
    assert (fault["row"], fault["code"]) == (3, "nominee_twice")
    assert meeting.view()["positions"][0]["nominees"] == []


@pytest.mark.parametrize("role", ["desk", "chair", "auditor", "administrator"])
def test_only_the_secretary_confirms(meeting: Meeting, role: str) -> None:
    ids = enter(meeting.office)
    meeting.create()
    tab = getattr(meeting.office, role)
    body = {"people": [ids[AN]]}
    answer = tab.post(f"{meeting.path}/delegates/from-register", body)

    assert answer.status_code == 403
    assert meeting.delegates() == []


def test_the_people_page_offers_the_register_until_it_is_sealed(
    meeting: Meeting,
) -> None:
    meeting.create().fill()
    path = f"/conferences/{meeting.id}/people"
    page = meeting.office.secretary.get(path).get_data(as_text=True)
    assert 'data-testid="choose-delegates"' in page
    assert 'data-testid="choose-nominees"' in page

    meeting.print_cards().convene().arrive().seal()
    assert "choose-" not in meeting.office.secretary.get(path).get_data(as_text=True)
    assert "choose-" not in meeting.office.desk.get(path).get_data(as_text=True)
