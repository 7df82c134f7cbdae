"""Ballot cards: what is on the sheet, and what is kept of it."""

import io
import re

import pytest
from pypdf import PdfReader

from admin.card_sheet import Face, print_cards, qr_text
from crypto import credentials
from tests.admin.neighbours import code_of
from tests.admin.sample import DELEGATES, Meeting, codes_of

FACE = Face(
    heading="THẺ PHIẾU",
    title="Hội nghị Đảng uỷ mở rộng, bước ấy",
    office="Sở Mẫu tỉnh Thử",
    when="14:00, 21/11/2026",
    hint="Thẻ dùng một lần.",
    demo="",
)


def text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_every_code_is_text_that_can_be_copied() -> None:
    codes = [credentials.new_credential() for _ in range(23)]
    pdf = print_cards(FACE, "A" * 14, codes)

    assert sorted(codes_of(pdf)) == sorted(codes)
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert [len(codes_of_page(page)) for page in pages] == [10, 10, 3]
    assert "Hội nghị Đảng uỷ mở rộng, bước ấy" in " ".join(text_of(pdf).split())


def codes_of_page(page: object) -> list[str]:
    words = page.extract_text().split()  # type: ignore[attr-defined]
    return [word for word in words if word.count("-") == 3]


def test_every_card_has_marks_to_cut_along() -> None:
    codes = [credentials.new_credential() for _ in range(3)]
    (page,) = PdfReader(io.BytesIO(print_cards(FACE, "A" * 14, codes))).pages
    drawn = page.get_contents()

    assert drawn is not None
    strokes = re.findall(rb"\sl\s+S\s", drawn.get_data())
    assert len(strokes) == 4 * 2 * len(codes)  # two at each corner


def test_a_sheet_tells_neither_number_nor_time() -> None:
    pdf = print_cards(FACE, "A" * 14, [credentials.new_credential()] * 2)
    first, second = text_of(pdf).split(FACE.heading)[1:]

    assert first.split() == second.split()
    assert set(PdfReader(io.BytesIO(pdf)).metadata or {}) <= {"/Title", "/Creator"}


def test_the_longest_texts_stay_on_their_card() -> None:
    long = Face(
        heading="THẺ PHIẾU",
        title="Hội nghị " * 33,
        office="Sở Mẫu " * 42,
        when="14:00, 21/11/2026",
        hint="Thẻ dùng một lần.",
        demo="TRÌNH DIỄN",
    )
    pdf = print_cards(long, "A" * 14, [credentials.new_credential()] * 10)

    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    assert len(codes_of(pdf)) == 10


def test_text_of_the_office_is_not_read_as_markup() -> None:
    tricky = Face("*a* #b $c$", '"] #sys', "\\ @x <y>", "_", "//", "")
    pdf = print_cards(tricky, "A" * 14, [credentials.new_credential()])

    assert "*a* #b $c$" in text_of(pdf)
    assert '"] #sys' in text_of(pdf)


def test_the_qr_code_holds_the_whole_card() -> None:
    assert qr_text("uuid", "code") == "PK1:uuid:code"


def test_a_batch_has_a_card_for_everybody_and_spares(meeting: Meeting) -> None:
    meeting.create().fill().print_cards(spares=3)

    assert len(set(meeting.codes)) == 12
    assert meeting.view()["counts"]["printed"] == 12


def test_the_sheet_names_nobody_and_is_not_kept_by_the_browser(
    meeting: Meeting,
) -> None:
    meeting.create().fill()
    answer = meeting.office.secretary.post(f"{meeting.path}/cards", {"spares": 0})

    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "attachment" in answer.headers["Content-Disposition"]
    text = text_of(answer.get_data())
    assert not any(name in text for name in DELEGATES)
    assert "TRÌNH DIỄN" not in text


def test_a_new_batch_replaces_the_former(meeting: Meeting) -> None:
    former = meeting.create().fill().print_cards().codes
    meeting.print_cards(spares=5).convene()

    assert meeting.view()["counts"]["printed"] == 14
    old = meeting.office.desk.post(
        f"{meeting.path}/cards/void", {"credentials": [meeting.public(former[0])]}
    )
    assert code_of(old) == "card_unknown"


def test_no_new_batch_once_a_card_was_handed_out(meeting: Meeting) -> None:
    meeting.create().fill().print_cards().arrive(1)

    answer = meeting.office.secretary.post(f"{meeting.path}/cards", {"spares": 0})
    assert code_of(answer) == "cards_handed_out"


def test_no_new_batch_once_sealed(meeting: Meeting) -> None:
    meeting.sealed()

    answer = meeting.office.secretary.post(f"{meeting.path}/cards", {"spares": 0})
    assert code_of(answer) == "wrong_state"


def test_no_cards_before_there_are_delegates(meeting: Meeting) -> None:
    meeting.create()

    answer = meeting.office.secretary.post(f"{meeting.path}/cards", {"spares": 0})
    assert code_of(answer) == "no_delegates"


NOT_PUBLIC = {
    "a secret": "XXXXX-XXXXXX-XXXXX-XXXXXX",
    "a secret without dashes": "2" * 22,
    "upper case": "AB" * 32,
    "too short": "ab" * 31,
}


@pytest.mark.parametrize("text", NOT_PUBLIC.values(), ids=NOT_PUBLIC.keys())
def test_voiding_takes_public_halves_only(meeting: Meeting, text: str) -> None:
    meeting.create().fill().print_cards().convene()
    answer = meeting.office.desk.post(
        f"{meeting.path}/cards/void", {"credentials": [text]}
    )

    assert answer.status_code == 400
    assert text not in answer.get_data(as_text=True)
