import io
import re

import msgspec
import pytest
import typst
from PIL import Image
from pypdf import PdfReader

from admin.documents import pdf as pdf_module
from admin.documents.head import Head
from admin.documents.pdf import pdf
from tests.admin.documents.engine_sample import OUTLINE, PARTY, STATE, facts, votes
from tests.admin.documents.reading import pdf_text
from web import typeset

HEADS = {"party": PARTY, "state": STATE}
HOSTILE = "{{ 7*7 }} {% x %} #let $a$ <b> & \"c\" \\d 'e' {_{ *f* _g_ =1 @h `i` -- //"
LONG = "Nguyễn Phúc Trường Thịnh " * 5 + "X" * 60  # 120 signs and a word too long
DOTS = 60  # an inch
WHITE = 255


def _pages(head: Head, **changes: object) -> list[Image.Image]:
    """Draw the pages as the PDF has them, small and grey."""
    sheet = pdf_module._sheet(OUTLINE, facts(head, **changes))
    fonts = typeset._fonts()
    sheet["fonts"] = ["Tinos"]
    drawn = typst.compile(
        pdf_module._source(),
        format="png",
        ppi=DOTS,
        font_paths=fonts,
        sys_inputs={"sheet": msgspec.json.encode(sheet).decode()},
    )
    images = drawn if isinstance(drawn, list) else [drawn]
    return [Image.open(io.BytesIO(image)).convert("L") for image in images]


def _white(
    page: Image.Image, left: float, top: float, right: float, low: float
) -> bool:
    """Say whether nothing is drawn in a box given in millimetres."""
    box = [round(side / 25.4 * DOTS) for side in (left, top, right, low)]
    return page.crop((box[0], box[1], box[2], box[3])).getextrema()[0] == WHITE


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
def test_the_head_follows_its_rule_of_presentation(head: Head) -> None:
    said = pdf_text(pdf(OUTLINE, facts(head)))

    top = {
        "party": ("TỈNH ỦY HẢI SƠN", "ĐẢNG CỘNG SẢN VIỆT NAM", "*", "Số 12-BB/ĐU"),
        "state": (
            "ỦY BAN NHÂN DÂN TỈNH HẢI SƠN",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Số: 12/BB-SKHCN",
            "DỰ THẢO",
        ),
    }[head.layout]
    assert set(top) <= set(said.splitlines())
    assert "BIÊN BẢN\nkiểm phiếu giới thiệu quy hoạch" in said
    assert f"Nơi nhận:\n{head.recipients[0]}" in said


@pytest.mark.parametrize("number", ["Số 12", ""], ids=["numbered", "not numbered"])
@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
def test_the_secrecy_mark_stands_boxed_under_the_number(
    head: Head, number: str
) -> None:
    plain = msgspec.structs.replace(head, number=number)
    marked = msgspec.structs.replace(plain, secrecy="TUYỆT MẬT")

    lines = pdf_text(pdf(OUTLINE, facts(marked))).splitlines()
    above = number or marked.issuer.upper()
    place = lines.index("TUYỆT MẬT")
    assert "".join(lines[:place]).endswith(above.split()[-1])
    without, drawn = (_pages(one)[0] for one in (plain, marked))
    assert _rules(drawn) >= _rules(without) + 2  # its upper and its lower side


def _rules(page: Image.Image) -> int:
    """Return how many rows of the upper left have a line of 15 mm or more."""
    corner = page.crop((0, 0, *(round(side / 25.4 * DOTS) for side in (95, 58))))
    wide, high = corner.size
    rows = (corner.crop((0, row, wide, row + 1)).tobytes() for row in range(high))
    return sum(
        max(map(len, row.split(bytes([WHITE])))) >= 15 / 25.4 * DOTS for row in rows
    )


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
def test_what_a_fact_says_is_printed_literally(head: Head) -> None:
    hostile = msgspec.structs.replace(
        head, superior="", issuer=HOSTILE, number=HOSTILE, recipients=(HOSTILE,)
    )
    section = facts().sections[0]
    table = type(section)(HOSTILE, (HOSTILE, HOSTILE), votes(1, HOSTILE))
    said = pdf_text(
        pdf(
            OUTLINE,
            facts(
                hostile,
                place=HOSTILE,
                remark=HOSTILE,
                leader=HOSTILE,
                sections=(table,),
            ),
        )
    )

    bare = re.sub(r"\s", "", said)
    wanted = re.sub(r"\s", "", HOSTILE)
    assert bare.count(wanted) == 12  # wherever it was put, the head in capitals aside
    assert bare.count(wanted.upper()) == 1


def test_numbers_of_pages_begin_on_the_second() -> None:
    pages = pdf_text(pdf(OUTLINE, facts(lines=60))).split("=== ")[1:]

    first = [page.splitlines()[1] for page in pages]
    assert first == ["TỈNH ỦY HẢI SƠN", "2", "3"]


def test_the_header_and_the_group_repeat_on_every_page_of_a_table() -> None:
    pages = pdf_text(pdf(OUTLINE, facts(lines=60))).split("=== ")[1:]

    assert "TT Họ và tên Đồng ý Bước 1 Bước 2 Tỷ lệ" in pages[1]
    assert "I. Nguồn tại chỗ" in pages[1]
    assert "60 Nguyễn Thị Mẫu 60 62 62/207 31 29,95%" in pages[1]


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
def test_the_longest_names_stay_between_the_margins(head: Head) -> None:
    longest = msgspec.structs.replace(head, superior=LONG, issuer=LONG, number=LONG)
    section = facts().sections[0]
    table = type(section)(LONG, (LONG, LONG), votes(4, LONG))
    pages = _pages(longest, sections=(table,), leader=LONG, place=LONG)

    for page in pages:
        assert _white(page, 0, 0, 29.4, 297)
        assert _white(page, 195.6, 0, 210, 297)
        assert _white(page, 30, 279, 195, 297)
    # Between the two columns of the head nothing is drawn either.
    gap = 30 + (165 - 4) * {"party": 0.48, "state": 0.42}[head.layout]
    assert _white(pages[0], gap + 0.6, 20, gap + 3.4, 50)


def test_empty_tables_and_no_recipients_are_printed() -> None:
    section = facts().sections[0]
    empty = type(section)("Trống", (), ())
    bare = msgspec.structs.replace(PARTY, superior="", recipients=())

    said = pdf_text(pdf(OUTLINE, facts(bare, sections=(empty,))))

    assert "TT Họ và tên Đồng ý Tỷ lệ" in said
    assert "Nơi nhận" not in said


def test_syllables_are_never_torn_and_codes_may_be() -> None:
    words = ("nghiêng " * 40).strip()
    said = pdf(OUTLINE, facts(remark=f"{words} {'ab' * 60}"))

    lines = pdf_text(said).splitlines()
    torn = [line for line in lines if "nghi" in line and "nghiêng" not in line]
    assert torn == []
    assert "ab" * 60 in "".join(lines)
    raw = "".join(page.extract_text() for page in PdfReader(io.BytesIO(said)).pages)
    assert "\u200b" not in raw  # a copied fingerprint is the fingerprint


def test_without_our_fonts_the_text_is_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given = facts(msgspec.structs.replace(PARTY, recipients=()))  # one page in both
    own = "".join(pdf_text(pdf(OUTLINE, given)).split())
    bare = typst.Fonts(include_system_fonts=False, font_paths=[])
    monkeypatch.setattr(typeset, "_fonts", lambda: bare)

    assert "".join(pdf_text(pdf(OUTLINE, given)).split()) == own


def test_there_is_no_date_in_the_file() -> None:
    data = pdf(OUTLINE, facts())

    assert b"CreationDate" not in data
    assert b"ModDate" not in data


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
def test_the_title_stays_on_its_line_at_the_widest_margins(head: Head) -> None:
    narrow = msgspec.structs.replace(head, margins=(25, 25, 35, 20))

    lines = pdf_text(pdf(OUTLINE, facts(narrow))).splitlines()

    assert {
        "party": "ĐẢNG CỘNG SẢN VIỆT NAM",
        "state": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    }[head.layout] in lines


def test_a_short_table_stays_on_one_page() -> None:
    section = facts().sections[0]
    tables = tuple(
        type(section)(f"Bảng {n}", section.steps, votes(8)) for n in range(5)
    )

    pages = pdf_text(pdf(OUTLINE, facts(sections=tables))).split("=== ")[1:]

    for number in range(5):
        (page,) = (page for page in pages if f"Bảng {number}\n" in page)
        rows = page.partition(f"Bảng {number}\n")[2].partition("Bảng trên")[0]
        assert rows.count("Nguyễn Thị Mẫu") == 8
