"""Documents of a conference: who may have which, what state each is in, details."""

import io
import re
import time
import zipfile
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from admin.documents.catalogue import DOCUMENTS
from tests.admin.neighbours import Browser, Office, code_of
from tests.admin.sample import NOMINEES, Meeting
from tests.admin.test_pages import Reader, look, stages

COUNTING, ATTENDANCE = "bien-ban-kiem-phieu", "danh-sach-diem-danh"
MAGIC = {"pdf": b"%PDF", "docx": b"PK", "xlsx": b"PK"}


def page(meeting: Meeting, role: str = "secretary") -> Reader:
    return look(getattr(meeting.office, role), f"/conferences/{meeting.id}/documents")


def fetch(meeting: Meeting, name: str, form: str, role: str = "secretary") -> Any:
    path = f"/conferences/{meeting.id}/documents/{name}.{form}"
    return getattr(meeting.office, role).get(path)


def states(meeting: Meeting) -> dict[str, str]:
    answer = meeting.office.secretary.get(f"/conferences/{meeting.id}/documents")
    found = re.findall(
        r'data-testid="paper-([\w-]+)" data-paper-state="(\w+)"', answer.text
    )
    return dict(found)


def finished(tab: Browser, job: str) -> Any:
    deadline = time.monotonic() + 60
    while True:
        told = tab.get(f"/api/jobs/{job}").get_json()
        if told["done"]:
            return told
        assert time.monotonic() < deadline, told
        time.sleep(0.05)


def test_the_page_shows_at_every_stage(office: Office) -> None:
    for meeting in stages(office):
        for locale in ("vi", "en"):
            office.secretary.get(f"/lang/{locale}")
            found = page(meeting)
            assert not found.inline
            assert not re.search(
                r"\b(papers|details|letterheads|doc)\.[a-z_]+", found.words
            )
        assert set(states(meeting)) == {each.name for each in DOCUMENTS}
    office.secretary.get("/lang/vi")


def test_the_address_of_the_minutes_leads_here(meeting: Meeting) -> None:
    meeting.create()
    answer = meeting.office.secretary.get(f"/conferences/{meeting.id}/minutes")

    assert answer.status_code == 302
    assert answer.location == f"/conferences/{meeting.id}/documents"


def test_a_document_is_a_draft_until_nothing_changes_any_more(
    counted: Meeting,
) -> None:
    """The count is recorded, so its minutes are final; nobody announced it yet."""
    found = states(counted)

    assert found[COUNTING] == "final"
    assert found[ATTENDANCE] == "final"
    assert "draft" in {found["bien-ban-hoi-nghi"], found["danh-sach"]}


def test_what_cannot_be_made_says_what_it_waits_for(meeting: Meeting) -> None:
    meeting.create()
    missing = {name for name, state in states(meeting).items() if state == "missing"}
    assert "bao-cao-mo-niem-phong" in missing

    answer = fetch(meeting, "bao-cao-mo-niem-phong", "pdf")
    assert answer.status_code == 409
    assert "Chưa lập được" in answer.text
    assert f"{COUNTING}-pdf" in page(meeting).ids


@pytest.fixture(scope="module")
def counted(closed: Meeting) -> Meeting:
    return closed.told((1, 5, 7))


@pytest.mark.parametrize("form", MAGIC)
def test_the_counting_minutes_have_the_figures(counted: Meeting, form: str) -> None:
    answer = fetch(counted, COUNTING, form)

    assert answer.status_code == 200
    assert f"{COUNTING}.{form}" in answer.headers["Content-Disposition"]
    data = answer.get_data()
    assert data.startswith(MAGIC[form])
    assert NOMINEES[2] in text_of(data, form)
    assert fetch(counted, COUNTING, form).get_data() == data


def text_of(data: bytes, form: str) -> str:
    if form == "pdf":
        pages = PdfReader(io.BytesIO(data)).pages
        return " ".join(" ".join(each.extract_text().split()) for each in pages)
    if form == "xlsx":
        sheets = load_workbook(io.BytesIO(data)).worksheets
        cells = (cell for sheet in sheets for row in sheet.values for cell in row)
        return " ".join(str(cell) for cell in cells)
    with zipfile.ZipFile(io.BytesIO(data)) as word:
        return re.sub(r"<[^>]+>", "", word.read("word/document.xml").decode())


FIGURES = [each.name for each in DOCUMENTS if each.name != ATTENDANCE]


@pytest.mark.parametrize("name", FIGURES)
def test_the_desk_has_the_attendance_list_and_nothing_else(
    counted: Meeting, name: str
) -> None:
    assert fetch(counted, name, "pdf", "desk").status_code == 403
    assert fetch(counted, name, "pdf", "administrator").status_code == 403
    assert fetch(counted, ATTENDANCE, "pdf", "administrator").status_code == 403
    assert Browser(counted.office.app).get(
        f"/conferences/{counted.id}/documents/{name}.pdf"
    ).status_code in {302, 403}


def test_the_desk_sees_the_attendance_list(counted: Meeting) -> None:
    found = page(counted, "desk")

    assert f"paper-{ATTENDANCE}" in found.ids
    assert not {f"paper-{name}" for name in FIGURES} & set(found.ids)
    assert not {"details", "letterhead", "all-documents", "bundle"} & set(found.ids)
    assert fetch(counted, ATTENDANCE, "docx", "desk").status_code == 200


def test_the_auditor_reads_everything_and_changes_nothing(counted: Meeting) -> None:
    found = page(counted, "auditor")

    assert {f"paper-{name}" for name in FIGURES} <= set(found.ids)
    assert "save-details" not in found.ids
    assert fetch(counted, COUNTING, "pdf", "auditor").status_code == 200


def test_an_unknown_document_or_form_is_not_there(counted: Meeting) -> None:
    for name, form in (("bien-ban", "pdf"), (COUNTING, "odt"), ("phieu-mau", "exe")):
        assert fetch(counted, name, form).status_code == 404


def test_all_documents_come_in_one_file_once(counted: Meeting) -> None:
    tab = counted.office.secretary
    job = counted.post("/documents")["job"]
    told = finished(tab, job)
    assert (told["share"], told["error"]) == (1.0, "")
    assert code_of(counted.office.chair.get(f"/api/jobs/{job}")) == "job_unknown"
    assert code_of(counted.office.chair.get(f"/api/jobs/{job}/file")) == "job_unknown"

    answer = tab.get(f"/api/jobs/{job}/file")
    with zipfile.ZipFile(io.BytesIO(answer.get_data())) as archive:
        names = archive.namelist()
        assert archive.read(f"{COUNTING}.pdf").startswith(b"%PDF")
    assert names == sorted(names)
    assert {name.partition(".")[0] for name in names} == {*FIGURES, ATTENDANCE}
    assert code_of(tab.get(f"/api/jobs/{job}/file")) == "job_unknown"


DETAILS = {
    "number": "12",
    "secrecy": "toi_mat",
    "chair_name": "Trần Mẫu An",
    "chair_title": "Giám đốc",
    "secretary_name": "Lê Mẫu Chi",
    "secretary_title": "Chuyên viên",
    "reporter": "Phạm Mẫu Dung",
    "bases": "Kế hoạch số 1\nCông văn số 2",
    "discussion": "Ý kiến thứ nhất",
    "recipients": "Như trên\nLưu",
    "copies": 5,
    "letterhead": None,
}


def test_the_next_conference_begins_with_the_details_of_the_one_before(
    meeting: Meeting,
) -> None:
    meeting.create().post("/details", DETAILS)
    made = meeting.post("/prepare-next", {})
    following = Meeting(meeting.office, made["id"], made["uuid"])

    assert {"Trần Mẫu An", "12", "5"} <= values(meeting)
    assert "Trần Mẫu An" in values(following)
    assert "12" not in values(following)
    assert [secrecy(meeting), secrecy(following)] == ["toi_mat", "toi_mat"]
    following.post("/details", {**DETAILS, "chair_name": "Đỗ Mẫu Em"})
    assert "Đỗ Mẫu Em" in values(following)
    assert "Trần Mẫu An" in values(meeting)


def values(meeting: Meeting) -> set[str]:
    path = f"/conferences/{meeting.id}/documents"
    return set(re.findall(r'value="([^"]*)"', meeting.office.secretary.get(path).text))


def secrecy(meeting: Meeting) -> str:
    path = f"/conferences/{meeting.id}/documents"
    said = meeting.office.secretary.get(path).text
    form = said.partition('name="secrecy"')[2].partition("</select>")[0]
    (chosen,) = re.findall(r'value="(\w*)" selected', form)
    return str(chosen)


def journal(meeting: Meeting) -> str:
    return text_of(fetch(meeting, "nhat-ky", "xlsx").get_data(), "xlsx")


def test_the_log_says_that_details_were_changed(counted: Meeting) -> None:
    """Documents that are signed must not become others without a trace."""
    said = "Sửa thông tin ghi trên văn bản"
    assert said not in journal(counted)
    counted.post("/details", {"chair_name": "Trần Mẫu An"})
    counted.post("/details", {"chair_name": "Trần Mẫu An"})  # says nothing new

    assert journal(counted).count(said) == 1
    assert "họ tên người chủ trì" in journal(counted)
    assert "Trần Mẫu An" not in journal(counted)


def test_a_secrecy_mark_is_on_every_document(counted: Meeting) -> None:
    assert secrecy(counted) == ""
    counted.post("/details", {"secrecy": "tuyet_mat"})

    for name in (COUNTING, ATTENDANCE):
        for form in MAGIC:
            assert "TUYỆT MẬT" in text_of(fetch(counted, name, form).get_data(), form)
    assert "độ mật" in journal(counted)
    counted.post("/details", {})
    assert "TUYỆT MẬT" not in journal(counted)


WRONG_DETAILS: dict[str, tuple[dict[str, object], str]] = {
    "no copy": ({"copies": 0}, "copies_wrong"),
    "a long number": ({"number": "1" * 21}, "text_too_long"),
    "a bell": ({"reporter": "a\x07b"}, "text_unprintable"),
    "no such letterhead": ({"letterhead": 99}, "letterhead_unknown"),
    "a secrecy of its own": ({"secrecy": "mat_lam"}, "malformed"),
    "an extra field": ({"votes": "7"}, "malformed"),
}


@pytest.mark.parametrize("case", WRONG_DETAILS)
def test_details_that_cannot_be(closed: Meeting, case: str) -> None:
    change, code = WRONG_DETAILS[case]
    path = f"{closed.path}/details"

    assert code_of(closed.office.secretary.post(path, change)) == code
