"""Whose rules of presentation hold for whom; templates of the office's own."""

import io
import re
import zipfile
from typing import Any

import pytest

from tests.admin.neighbours import Office, code_of
from tests.admin.plan_sample import LEVEL, Plan
from tests.admin.sample import Meeting
from tests.admin.test_documents import COUNTING, fetch, page, text_of
from tests.admin.test_pages import look


def letterhead(office: Office, unit: str, **more: Any) -> int:
    body = {"unit": unit, "layout": "state", **more}
    answer = office.secretary.post("/api/letterheads", body)
    assert answer.status_code == 201, answer.text
    return int(answer.get_json()["id"])


def in_force(meeting: Meeting) -> str:
    return re.sub(r"\s+", " ", page(meeting).words)


def test_a_letterhead_is_found_by_choice_office_unit_or_settings(
    office: Office,
) -> None:
    plan = Plan(office).begin("Phòng Mẫu")
    position = plan.position()
    instance = plan.start(position, level=LEVEL)
    plan.enter(position, "An")
    plan.done(instance, "1", "2")
    meeting = plan.open(instance, "3", office="Tỉnh Thử")
    assert "Chưa khai thể thức" in in_force(meeting)

    letterhead(office, "PHÒNG  mẫu", superior="SỞ CỦA PHÒNG")
    assert "SỞ CỦA PHÒNG" in in_force(meeting)
    letterhead(office, "tỉnh thử", superior="TRÊN TỈNH")
    assert "TRÊN TỈNH" in in_force(meeting)
    chosen = letterhead(office, "Khác", superior="TRÊN KHÁC", left=33)
    meeting.post("/details", {"letterhead": chosen})
    assert "TRÊN KHÁC" in in_force(meeting)
    assert "20 · 20 · 33 · 15" in in_force(meeting)
    answer = office.secretary.post(f"/api/letterheads/{chosen}/remove")
    assert code_of(answer) == "letterhead_used"


def test_a_letterhead_is_changed_and_removed(office: Office) -> None:
    made = letterhead(office, "Sở Mẫu")
    letterhead(office, "Sở Khác")
    path = f"/api/letterheads/{made}"
    body = {"unit": "Sở Khác", "layout": "party"}
    assert code_of(office.secretary.post(path, body)) == "letterhead_twice"
    assert office.secretary.post(path, {**body, "unit": "Sở Mới"}).status_code == 200
    found = look(office.secretary, "/letterheads")
    assert "Sở Mới" in found.words
    assert "Sở Mẫu" not in found.words
    office.secretary.post(f"{path}/remove")
    assert "Sở Mới" not in look(office.secretary, "/letterheads").words


WRONG_LETTERHEADS: dict[str, tuple[dict[str, object], str]] = {
    "no name": ({"unit": " "}, "unit_missing"),
    "no such layout": ({"layout": "church"}, "malformed"),
    "a margin off the page": ({"top": 300}, "margins_wrong"),
    "a long symbol": ({"symbol": "S" * 61}, "text_too_long"),
}


@pytest.mark.parametrize("case", WRONG_LETTERHEADS)
def test_a_letterhead_that_cannot_be(closed: Meeting, case: str) -> None:
    change, code = WRONG_LETTERHEADS[case]
    body = {"unit": "Sở", "layout": "party", **change}

    assert code_of(closed.office.secretary.post("/api/letterheads", body)) == code


# --- templates of the office -----------------------------------------------------


TEMPLATE = f"/api/templates/party/{COUNTING}"
FILE = f"/letterheads/templates/party/{COUNTING}"


def upload(office: Office, data: bytes) -> Any:
    file = {"file": (io.BytesIO(data), "mau.docx")}
    return office.secretary.post(TEMPLATE, data=file)


def changed(data: bytes, old: str, new: str) -> bytes:
    """Write what somebody saves after changing a word in the template."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            content = before.read(name)
            if name == "word/document.xml":
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            after.writestr(name, content)
    return out.getvalue()


def test_the_office_uses_a_template_of_its_own_and_goes_back(office: Office) -> None:
    default = office.secretary.get(f"{FILE}.docx").get_data()
    assert office.secretary.get(f"{FILE}/own.docx").status_code == 404
    own = changed(
        default, "<w:body>", "<w:body><w:p><w:r><w:t>MẪU RIÊNG</w:t></w:r></w:p>"
    )
    assert upload(office, own).status_code == 200
    meeting = Meeting(office).create()

    assert "MẪU RIÊNG" in text_of(fetch(meeting, COUNTING, "docx").get_data(), "docx")
    assert office.secretary.get(f"{FILE}/own.docx").get_data() == own
    assert f"own-{COUNTING}" in look(office.secretary, "/letterheads").ids
    office.secretary.post(f"{TEMPLATE}/remove")
    text = text_of(fetch(meeting, COUNTING, "docx").get_data(), "docx")
    assert "MẪU RIÊNG" not in text


def test_a_faulty_template_is_refused_in_words(office: Office) -> None:
    answer = upload(office, b"no word file")
    assert (answer.status_code, code_of(answer)) == (400, "template_faulty")
    default = office.secretary.get(f"{FILE}.docx").get_data()
    answer = upload(office, changed(default, "head.issuer", "head.isuer"))

    assert code_of(answer) == "template_faulty"
    assert "isuer" in answer.get_json()["message"]
    assert office.secretary.get(f"{FILE}/own.docx").status_code == 404


def test_a_template_broken_by_hand_stops_no_document(office: Office) -> None:
    folder = office.app.extensions["phieukin.settings"].data / "templates"
    folder.mkdir()
    (folder / f"{COUNTING}-party.docx").write_bytes(b"torn")
    meeting = Meeting(office).create()

    assert f"fault-{COUNTING}" in page(meeting).ids
    assert "Mẫu lỗi" in look(office.secretary, "/letterheads").words
    assert fetch(meeting, COUNTING, "docx").status_code == 200
    assert "Mẫu lỗi" not in look(office.secretary, "/letterheads?layout=state").words


def test_nobody_asks_for_a_template_that_cannot_be(closed: Meeting) -> None:
    tab = closed.office.secretary
    for path in ("church/bien-ban-hoi-nghi", "party/..%2F..%2Fsigning"):
        assert tab.get(f"/letterheads/templates/{path}.docx").status_code == 404
        assert tab.post(f"/api/templates/{path}/remove").status_code == 404
