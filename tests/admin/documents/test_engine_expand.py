from dataclasses import replace

import pytest

from admin.documents.expand import Code, Grid, OutlineError, Text, Title, expand, fill
from admin.documents.outline import Column, Outline, Paragraph, Repeat, Style, Table
from tests.admin.documents.engine_sample import OUTLINE, facts, votes


def _outline(*blocks: object) -> Outline:
    return replace(OUTLINE, blocks=blocks)  # type: ignore[arg-type]


def test_every_block_is_filled_in() -> None:
    pieces = expand(OUTLINE, facts())

    assert pieces[0] == Title("1. Thời gian, địa điểm", 1)
    assert pieces[1] == Text(
        "Hội nghị họp tại Hội trường tầng 2; có mặt 207 đại biểu.", Style.BODY
    )
    assert pieces[4] == Title("Giám đốc Sở", 2)


def test_columns_that_facts_bring_stand_between_the_others() -> None:
    (grid,) = (piece for piece in expand(OUTLINE, facts()) if isinstance(piece, Grid))

    assert [column.title for column in grid.columns] == [
        "TT", "Họ và tên", "Đồng ý", "Bước 1", "Bước 2", "Tỷ lệ",
    ]  # fmt: skip
    assert grid.lines[0].group == "I. Nguồn tại chỗ"
    assert grid.lines[1].group == ""
    assert grid.lines[1].cells == (
        "2", "Nguyễn Thị Mẫu 2", "62", "62/207", "31", "29,95%",
    )  # fmt: skip


def test_nothing_stands_where_a_condition_fails() -> None:
    pieces = expand(OUTLINE, facts(remark="", sections=()))

    texts = [piece.text for piece in pieces if isinstance(piece, (Text, Title))]
    assert texts == [
        "1. Thời gian, địa điểm",
        "Hội nghị họp tại Hội trường tầng 2; có mặt 207 đại biểu.",
        "2. Kết quả",
        "Biên bản lập thành 03 bản.",
    ]


def test_a_fingerprint_is_read_in_groups_of_four() -> None:
    (code,) = (piece for piece in expand(OUTLINE, facts()) if isinstance(piece, Code))

    assert code.grouped.startswith("0123 4567 89ab cdef 0123")
    assert code.grouped.replace(" ", "") == code.text


BAD = {
    "unknown fact": Paragraph("{{ nothing }}"),
    "unknown field": Repeat("s in sections", (Paragraph("{{ s.nothing }}"),)),
    "unknown in a condition": Paragraph("x", when="nothing"),
    "unknown list": Repeat("s in nothing", ()),
    "open": Paragraph("{% if place %}x"),
    "no call": Paragraph("{{ range(3) }}"),
    "no escape from the sandbox": Paragraph("{{ place.__class__.__mro__ }}"),
    "no other filter": Paragraph("{{ place | xmlattr }}"),
    "column in a table": Table("x", (Column("A", "{{ nothing }}"),), "s in sections"),
}


@pytest.mark.parametrize("block", BAD.values(), ids=BAD.keys())
def test_an_outline_that_does_not_fit_names_the_block(block: object) -> None:
    with pytest.raises(OutlineError, match=r"bien-ban-mau > 2 "):
        expand(_outline(Paragraph("fine"), block), facts())


def test_cells_that_do_not_match_the_titles_are_refused() -> None:
    uneven = facts().sections[0]
    uneven = type(uneven)(uneven.title, ("Bước 1",), votes(1))

    with pytest.raises(OutlineError, match="table"):
        expand(OUTLINE, facts(sections=(uneven,)))


def test_a_fact_is_never_read_as_an_expression() -> None:
    tricky = "{{ 7 * 7 }} {% for %} {# no #}"

    assert fill("{{ place }}", facts(place=tricky)) == tricky


def test_signs_that_no_file_can_hold_become_spaces() -> None:
    assert fill("{{ place }}", facts(place="a\x00b\x0bc\ud800d\ne")) == "a b c d\ne"
