import io
import zipfile
from collections.abc import Callable
from functools import cache

import msgspec
import pytest
from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree

from admin.documents import docx, template_language
from admin.documents.faults import TemplateFault
from admin.documents.head import Head
from admin.documents.word_styles import named
from admin.documents.words import Words
from tests.admin.documents.engine_sample import OUTLINE, PARTY, STATE, facts, votes
from tests.admin.documents.reading import docx_text

HEADS = {"party": PARTY, "state": STATE}
HOSTILE = "{{ 7*7 }} {% x %} <b> & \"c\" \\d 'e' {_{ %_} &amp; </w:t> ]]>"


@cache
def _template(head: Head = PARTY) -> bytes:
    return docx.template(OUTLINE, head.layout, head.margins)


def _open(data: bytes) -> Word:
    return Document(io.BytesIO(data))


def _changed(data: bytes, change: Callable[[Word], object]) -> bytes:
    """Return a template as an office might have changed it in Word."""
    word = _open(data)
    change(word)
    saved = io.BytesIO()
    word.save(saved)
    return saved.getvalue()


def _with(text: str) -> bytes:
    return _changed(_template(), lambda word: word.add_paragraph(text))


def _part(data: bytes, name: str, content: bytes) -> bytes:
    """Return a file with one more part, or another one of that name."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
def test_the_template_says_what_the_outline_says(head: Head) -> None:
    said = docx_text(docx.render(_template(head), facts(head)))

    lines = said.splitlines()
    assert lines[0] == f"[first page] {head.mark}".rstrip() or not head.mark
    assert lines[1].startswith("[other pages] ")
    assert lines[1].endswith("<PAGE>")
    assert "BIÊN BẢN" in lines
    assert "kiểm phiếu giới thiệu quy hoạch tại Hội trường tầng 2" in lines
    assert "TT | Họ và tên | Đồng ý | Bước 1 | Bước 2 | Tỷ lệ" in lines
    assert "I. Nguồn tại chỗ" in lines
    assert "3 | Nguyễn Thị Mẫu 3 | 62 | 62/207 | 31 | 29,95%" in lines
    assert "Trần Thị Kiểm | Trần Thị Kiểm | Lê Văn Mẫu" in lines
    assert lines[-2:] == list(head.recipients)
    assert "<picture> | Dấu vân tay của tệp kết quả (Hội trường tầng 2)" in said
    assert "{" not in said


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
def test_the_template_looks_as_its_rule_of_presentation_asks(head: Head) -> None:
    word = _open(_template(head))

    section, body = word.sections[0], word.styles[named("body")]
    assert section.page_width == pytest.approx(Mm(210), abs=Mm(0.1))
    assert section.page_height == pytest.approx(Mm(297), abs=Mm(0.1))
    assert section.left_margin == pytest.approx(Mm(head.margins[2]), abs=Mm(0.1))
    assert section.different_first_page_header_footer
    assert body.font.size == Pt(14)
    assert body.paragraph_format.first_line_indent == pytest.approx(
        Mm(12.7), abs=Mm(0.1)
    )
    assert body.paragraph_format.space_after >= Pt(6)
    faces = body.element.rPr.rFonts
    for face in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        assert faces.get(qn(face)) == "Times New Roman"
    titles = word.tables[0].rows[0].cells[1].paragraphs
    sizes = {"party": [15], "state": [12, 13.5]}[head.layout]
    assert [titles[n].runs[0].font.size.pt for n in range(len(sizes))] == sizes


@pytest.mark.parametrize("number", ["Số 12", ""], ids=["numbered", "not numbered"])
@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
def test_the_secrecy_mark_stands_boxed_under_the_number(
    head: Head, number: str
) -> None:
    marked = msgspec.structs.replace(head, number=number, secrecy="TUYỆT MẬT")

    word = _open(docx.render(_template(head), facts(marked)))
    *_, above, mark = (
        one for one in word.tables[0].rows[0].cells[0].paragraphs if one.text
    )
    assert (above.text, mark.text) == (number or head.issuer.upper(), "TUYỆT MẬT")
    assert mark.runs[0]._r.xpath("./w:rPr/w:bdr")
    assert mark.style is not None
    assert mark.style.font.bold


def test_headers_of_tables_repeat_and_rows_stay_whole() -> None:
    table = _open(docx.render(_template(), facts(lines=60))).tables[1]

    assert len(table.rows) == 62
    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)


@pytest.mark.parametrize("brought", [0, 1, 5])
def test_columns_that_facts_bring_share_the_width(brought: int) -> None:
    steps = tuple(f"Bước {number}" for number in range(brought))
    section = facts().sections[0]
    lines = tuple(msgspec.structs.replace(line, steps=steps) for line in votes(2))
    given = facts(sections=(type(section)("x", steps, lines),))

    table = _open(docx.render(_template(), given)).tables[1]

    widths = [column.width for column in table.columns]
    cells = [cell.width for cell in table.rows[-1].cells]
    assert len(widths) == 4 + brought
    assert abs(sum(widths) - Mm(165)) < Mm(1)
    assert abs(sum(cells) - Mm(165)) < Mm(1)


def test_what_a_fact_says_is_printed_literally() -> None:
    section = facts().sections[0]
    table = type(section)(HOSTILE, (HOSTILE, HOSTILE), votes(1, HOSTILE))
    head = msgspec.structs.replace(PARTY, number=HOSTILE, recipients=(HOSTILE,))

    said = docx_text(
        docx.render(
            _template(),
            facts(
                head, place=HOSTILE, remark=HOSTILE, leader=HOSTILE, sections=(table,)
            ),
        )
    )

    assert said.count(HOSTILE) == 12


def test_lines_of_a_fact_are_lines_and_other_signs_spaces() -> None:
    said = docx_text(docx.render(_template(), facts(remark="a\nb\tc\x00d\ae\ff")))

    assert "Ghi chú: a / b c d e f" in said


def test_nothing_and_the_longest_are_printed() -> None:
    empty = facts(sections=(), remark="", leader="")
    long = facts(leader="Nguyễn " * 17, lines=60)

    assert "Nguyễn Thị" not in docx_text(docx.render(_template(), empty))
    assert docx_text(docx.render(_template(), long)).count("Nguyễn " * 16) == 2


def test_an_office_may_write_its_own_words() -> None:
    own = _with("Tại {{ place }} có {% if present > 100 %}đông{% endif %} người.")

    said = docx_text(docx.render(own, facts()))

    assert "Tại Hội trường tầng 2 có đông người." in said


def test_what_stands_in_the_file_is_well_formed_and_in_order() -> None:
    with zipfile.ZipFile(io.BytesIO(docx.render(_template(), facts()))) as packed:
        for name in packed.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(packed.read(name))
        body = etree.fromstring(packed.read("word/document.xml"))
    for cell in body.iter(qn("w:tcPr")):
        order = [child.tag for child in cell]
        assert order == sorted(order, key=[qn("w:tcW"), qn("w:gridSpan")].index)


def test_codes_can_be_read_off_the_paper() -> None:
    with zipfile.ZipFile(io.BytesIO(docx.render(_template(), facts()))) as packed:
        picture = packed.read("word/media/image1.png")

    assert picture.startswith(b"\x89PNG")


FAULTS = {
    "unknown": ("Số {{ nothing }} người", "unknown", "nothing"),
    "unknown field": ("{{ head.nothing }}", "unknown", "nothing"),
    "unknown in a branch": ("{% if nothing %}x{% endif %}", "unknown", "nothing"),
    "open loop": ("{% for one in sections %}x", "open_end", "endfor"),
    "open condition": ("{% if place %}x", "open_end", "endif"),
    "stray end": ("x{% endfor %}", "open_end", "endfor"),
    "bad syntax": ("{{ place place }}", "syntax", ""),
    "unknown statement": ("{% frobnicate %}", "syntax", "frobnicate"),
    "unknown filter": ("{{ place | xmlattr }}", "syntax", "xmlattr"),
    "division": ("{{ 1 / 0 }}", "not_allowed", "div"),
    "call": ("{{ place.upper() }}", "not_allowed", "call"),
    "assignment": ("{% set x = 1 %}", "not_allowed", "assign"),
    "macro": ("{% macro x() %}{% endmacro %}", "not_allowed", "macro"),
    "inclusion": ("{% include 'x' %}", "not_allowed", "include"),
    "way out": ("{{ place.__class__ }}", "not_allowed", "__class__"),
}


@pytest.mark.parametrize(("text", "why", "detail"), FAULTS.values(), ids=FAULTS.keys())
def test_a_faulty_template_says_where_and_why(text: str, why: str, detail: str) -> None:
    with pytest.raises(TemplateFault) as caught:
        docx.render(_with(text), facts(), "bien-ban-mau")

    fault = caught.value
    assert (fault.document, fault.why) == ("bien-ban-mau", why)
    assert detail in fault.detail
    assert why == "open_end" or text[:20] in fault.where
    for locale in ("vi", "en"):
        assert detail in fault.said(Words(locale))


def test_a_loop_across_paragraphs_is_not_repaired_in_silence() -> None:
    def tear(word: Word) -> None:
        word.add_table(1, 1).rows[0].cells[0].paragraphs[0].add_run("{% if place %}")
        word.add_paragraph("x{% endif %}")

    given = facts(place="")
    with pytest.raises(TemplateFault) as caught:
        docx.render(_changed(_template(), tear), given)

    assert caught.value.why == "torn"
    assert "{%p" in caught.value.said(Words("vi"))


def test_a_template_cannot_loop_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template_language, "MOST_ROUNDS", 100)
    loops = "{% for a in head.recipients %}" * 7 + "x" + "{% endfor %}" * 7

    with pytest.raises(TemplateFault) as caught:
        docx.render(_with(loops), facts())

    assert caught.value.why == "too_long"


ENDLESS = {
    "over letters": ("{% for a in '" + "x" * 20 + "' %}", "{% endfor %}"),
    "over what a fact says": ("{% for a in head.issuer %}", "{% endfor %}"),
    "over lists put together": (
        "{% for a in head.recipients + head.recipients %}",
        "{% endfor %}",
    ),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_no_loop_goes_uncounted(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template_language, "MOST_ROUNDS", 100)
    begin, end = ENDLESS[name]

    with pytest.raises(TemplateFault) as caught:
        docx.render(_with(begin * 4 + end * 4), facts())

    assert caught.value.why in {"too_long", "not_allowed"}


def test_letters_joined_by_letters_do_not_fill_the_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(template_language, "MOST_TEXT", 1_000_000)
    several = "(head.recipients + head.recipients)"
    grown = f"{several}|join('{'x' * 1000}')"
    for _ in range(8):
        grown = f"{several}|join({grown})"

    with pytest.raises(TemplateFault) as caught:
        docx.render(_with("{% if (" + grown + ")|length == 0 %}{% endif %}"), facts())

    assert caught.value.why == "too_long"


FETCHING = ("INCLUDEPICTURE", "includetext", "DDEAUTO", "DDE", "LINK", "DATABASE")


WRITTEN: dict[str, tuple[str, ...]] = {
    "whole": ("{0} x",),
    "in pieces": ("{1}", "{2} x"),
    "behind another": ("PAGE", "", "{0} x"),
    "by a placeholder": ("{1}{{{{ '' }}}}{2} x",),
}


def _field(word: Word, pieces: tuple[str, ...]) -> None:
    """Write a field as Word does; an empty piece ends one and begins the next."""
    paragraph = word.add_paragraph()._p

    def mark() -> None:
        paragraph.append(
            paragraph.makeelement(qn("w:fldChar"), {qn("w:fldCharType"): "begin"})
        )

    mark()
    for piece in pieces:
        text = paragraph.makeelement(qn("w:instrText"), {})
        text.text = piece
        paragraph.append(text) if piece else mark()


@pytest.mark.parametrize("name", FETCHING)
@pytest.mark.parametrize("way", WRITTEN)
def test_a_field_that_fetches_something_is_refused(name: str, way: str) -> None:
    """Word would open it, or ask for it, in whoever reads the finished document."""
    pieces = tuple(each.format(name, name[:2], name[2:]) for each in WRITTEN[way])
    template = _changed(_template(), lambda word: _field(word, pieces))

    with pytest.raises(TemplateFault) as caught:
        docx.render(template, facts())

    assert caught.value.why == "active"


def test_a_simple_field_that_fetches_is_refused_and_a_link_is_none() -> None:
    def add(word: Word, said: str) -> None:
        paragraph = word.add_paragraph()._p
        asked = {qn("w:instr"): said}
        paragraph.append(paragraph.makeelement(qn("w:fldSimple"), asked))

    fetching = _changed(_template(), lambda word: add(word, ' INCLUDETEXT "x"'))
    link = _changed(_template(), lambda word: add(word, ' HYPERLINK "a/link"'))

    with pytest.raises(TemplateFault, match="INCLUDETEXT"):
        docx.render(fetching, facts())
    assert docx.render(link, facts())


@pytest.mark.parametrize("kind", ["aFChunk", "oleObject", "package", "control"])
def test_what_is_embedded_is_refused_by_any_name(kind: str) -> None:
    """A part of another program is known by its relation, not by its file's name."""
    rels = "word/_rels/document.xml.rels"
    with zipfile.ZipFile(io.BytesIO(_template())) as packed:
        known = packed.read(rels).decode()
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    more = f'<Relationship Id="rX" Type="{office}/{kind}" Target="seal.xml"/>'
    changed = known.replace("</Relationships>", more + "</Relationships>")
    data = _part(_part(_template(), rels, changed.encode()), "word/seal.xml", b"<x/>")

    with pytest.raises(TemplateFault) as caught:
        docx.render(data, facts())

    assert caught.value.why == "active"


def test_a_template_cannot_write_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template_language, "MOST_TEXT", 10_000)

    with pytest.raises(TemplateFault) as caught:
        docx.render(_template(), facts())

    assert caught.value.why == "too_long"


_LINK = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    b'relationships"><Relationship Id="rId1" Type="http://x/image" Target='
    b'"http://example.org/spy.png" TargetMode="External"/></Relationships>'
)
_ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
FILES = {
    "no zip": (b"PK nothing", "not_docx"),
    "empty": (b"", "not_docx"),
    "broken body": (_part(_template(), "word/document.xml", b"<x>"), "not_docx"),
    "cut off": (_template()[:-200], "not_docx"),
    "macro": (_part(_template(), "word/vbaProject.bin", b"x"), "active"),
    "embedded object": (_part(_template(), "word/embeddings/a.bin", b"x"), "active"),
    "entities": (_part(_template(), "word/x.xml", _ENTITY), "active"),
    "hidden encoding": (
        _part(_template(), "word/x.xml", "<x/>".encode("utf-16")),
        "active",
    ),
    "outside picture": (_part(_template(), "word/_rels/x.rels", _LINK), "external"),
    "broken links": (_part(_template(), "word/_rels/x.rels", b"<x"), "not_docx"),
    "bomb": (_part(_template(), "word/x.bin", bytes(17 * 1024**2)), "too_large"),
    "long part": (_part(_template(), "word/x.xml", b" " * 5 * 1024**2), "too_large"),
    "large": (bytes(3 * 1024**2), "too_large"),
}


@pytest.mark.parametrize(("data", "why"), FILES.values(), ids=FILES.keys())
def test_a_file_that_is_no_template_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(TemplateFault) as caught:
        docx.render(data, facts(), "bien-ban-mau")

    assert caught.value.why == why
    assert caught.value.document == "bien-ban-mau"
    assert caught.value.said(Words("vi")) != caught.value.said(Words("en"))
