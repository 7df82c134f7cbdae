"""What minutes say of ties, removals, questions, drafts and abandoned conferences."""

import dataclasses

import msgspec
import pytest

from admin.documents.catalogue import DOCUMENTS, document
from admin.documents.expand import Grid, Text, Title, expand
from admin.documents.facts import conference_minutes, counting_minutes
from admin.documents.words import FEW_DOTS, Words
from admin.models import Secrecy, State
from admin.records.kept import Kept
from tests.admin.documents import records_sample
from web.contracts import CommitteeMember, CountRecorded
from web.paper import Purpose

WORDS = Words("vi")
MINUTES = ("bien-ban-kiem-phieu", "bien-ban-hoi-nghi")


def said(name: str, kept: Kept, words: Words = WORDS) -> str:
    """Return everything that a document says, line by line."""
    lines: list[str] = []
    made = document(name)
    for piece in expand(made.outline(words), made.build(kept, words)):
        if isinstance(piece, Text | Title):
            lines.append(piece.text)
        if isinstance(piece, Grid):
            lines += [" | ".join((line.group, *line.cells)) for line in piece.lines]
    return "\n".join(lines)


def changed(kept: Kept, **changes: object) -> Kept:
    record = msgspec.structs.replace(kept.conference, **changes)
    return Kept(
        conference=record,
        ready=kept.ready,
        zero=kept.zero,
        zero_at=kept.zero_at,
        count=kept.count,
        counted_at=kept.counted_at,
    )


def test_who_gets_a_copy_is_listed_as_the_rules_ask() -> None:
    """However it was typed: a dash, a semicolon, and a full stop at the end."""
    kept = records_sample.ordinary()
    typed = ("Ban Tổ chức (để báo cáo)", "– Như trên;", "Lưu: VT, TCCB")
    details = msgspec.structs.replace(kept.conference.details, recipients=typed)
    made = conference_minutes.build(changed(kept, details=details), WORDS)

    assert made.head.recipients == (
        "- Ban Tổ chức (để báo cáo);",
        "- Như trên;",
        "- Lưu: VT, TCCB.",
    )


def test_a_count_that_nobody_made_is_not_claimed() -> None:
    absent = msgspec.structs.replace(counted(), journal=())
    told = said("bien-ban-kiem-phieu", recounted(absent))

    assert "Không cài đặt" in told
    assert "ba lần" not in told.casefold()


def test_a_tool_that_broke_down_was_not_absent() -> None:
    told = said("bien-ban-kiem-phieu", recounted(counted()))

    assert "không cho kết quả" in told
    assert "Không cài đặt" not in told


def counted() -> CountRecorded:
    """What a tally records whose tool noted in the log that it failed."""
    count = records_sample.ordinary().count
    assert count is not None
    return msgspec.structs.replace(count, tool=None)


def recounted(count: CountRecorded) -> Kept:
    return dataclasses.replace(records_sample.ordinary(), count=count)


@pytest.mark.parametrize(
    ("layout", "number", "line"),
    [
        ("party", "12", "Số 12-BB/ĐU"),
        ("party", "", f"Số {FEW_DOTS}-BB/ĐU"),
        ("state", "12", "Số: 12/BB-SM"),
        ("state", "", f"Số: {FEW_DOTS}/BB-SM"),
    ],
)
def test_the_number_is_written_as_its_layout_asks(
    layout: str, number: str, line: str
) -> None:
    kept = records_sample.ordinary(layout)
    details = msgspec.structs.replace(kept.conference.details, number=number)

    found = counting_minutes.build(changed(kept, details=details), WORDS)

    assert found.head.number == line
    assert found.head.place_and_date == "Hải Sơn, ngày 05 tháng 02 năm 2026"
    assert found.on_behalf == {"party": "T/M", "state": "TM."}[layout]
    assert found.box == {"party": "thùng phiếu", "state": "hòm phiếu"}[layout]


def test_a_tie_names_who_decided_whom_why_and_when() -> None:
    section = counting_minutes.build(records_sample.ordinary(), WORDS).sections[1]

    for part in (
        "Đỗ Mẫu An, Phan Giả Chi cùng được 120 phiếu, còn 01 vị trí",
        "Nguyễn Mẫu An, Bí thư Đảng ủy, xem xét, quyết định chọn Phan Giả Chi",
        "16 giờ 10 phút, ngày 05 tháng 02 năm 2026",
        "Lý do: Có thời gian công tác ở cơ sở dài hơn.",
    ):
        assert part in section.tie
    assert [line.verdict for line in section.lines] == [
        "Đạt",
        "Bằng phiếu, không được chọn",
        "Đạt (được chọn khi bằng phiếu)",
        "Không đạt",
    ]
    assert "Bùi Thử Khánh (190 phiếu); Phan Giả Chi (120 phiếu)" in section.passed


def test_an_undecided_tie_leaves_the_minutes_a_draft() -> None:
    kept = records_sample.ordinary()
    open_ties = tuple(
        msgspec.structs.replace(each, tie=None) for each in kept.conference.positions
    )
    found = counting_minutes.build(changed(kept, positions=open_ties), WORDS)

    assert found.head.mark == "DỰ THẢO"
    assert "Bí thư Đảng ủy chưa quyết định." in found.sections[1].tie
    assert "Phan Giả Chi" not in found.sections[1].passed
    assert counting_minutes.build(kept, WORDS).head.mark == ""


def test_a_removal_is_worded_as_one() -> None:
    section = counting_minutes.build(records_sample.ordinary(), WORDS).sections[2]

    assert section.part.startswith("Nội dung bỏ phiếu 2")
    assert section.heading.endswith("(đưa ra khỏi quy hoạch)")
    assert section.agree == "Đồng ý đưa ra"
    assert section.base == "Tỷ lệ so với tổng số người được triệu tập (210)"
    assert [line.verdict for line in section.lines] == [
        "Đề xuất đưa ra khỏi quy hoạch",
        "Không đủ tỷ lệ đưa ra",
    ]
    assert "trên 50%" in section.notes[0]


def test_a_choice_and_a_question_have_tables_of_their_own() -> None:
    kept = records_sample.other_styles()
    found = counting_minutes.build(kept, WORDS)

    assert [section.style for section in found.sections] == ["select", "motion"]
    assert found.sections[0].agree == "Số phiếu chọn"
    assert found.sections[1].lines[0].verdict == "Thông qua"
    assert found.sections[1].base.endswith("tổng số thành viên tập thể lãnh đạo (15)")
    text = said("bien-ban-kiem-phieu", kept)
    assert "Số phiếu trắng | 1" in text
    assert "Không cài đặt" in text
    assert "VII. Ý kiến, khiếu nại và cách giải quyết\nKhông có." in text
    assert "không công bố" not in text


def test_blank_ballots_are_told_only_where_the_paper_offers_them() -> None:
    assert "phiếu trắng" not in said("bien-ban-kiem-phieu", records_sample.ordinary())


@pytest.mark.parametrize("name", MINUTES)
def test_a_draft_invents_nothing(name: str) -> None:
    kept = records_sample.draft()
    text = said(name, kept)

    assert document(name).build(kept, WORDS).head.mark == "DỰ THẢO"  # type: ignore[attr-defined]
    for figure in ("Đạt", "%  |", " 207", " 206", "không có. Bỏ phiếu", "Không có."):
        assert figure not in text, figure
    assert "Số người có mặt | ……" in text or "có mặt: ……; vắng mặt: ……" in text


@pytest.mark.parametrize("name", MINUTES)
def test_an_abandoned_conference_says_why_and_has_no_result(name: str) -> None:
    kept = records_sample.abandoned()
    whole = Kept(
        conference=kept.conference,
        count=records_sample.ordinary().count,  # abandoned after its count
        counted_at=records_sample.later(124),
    )
    for one in (kept, whole):
        text = said(name, one)
        assert text.startswith("Hội nghị đã bị hủy, không có kết quả kiểm phiếu.")
        assert "Mất điện kéo dài" in text
        for part in ("Đạt", "Vũ Mẫu Giang", "SHA-256", "Không có.", "kiểm ba lần"):
            assert part not in text, part


def test_what_is_not_announced_is_marked_internal() -> None:
    for name in (*MINUTES, "danh-sach"):
        assert "không công bố tại hội nghị" in said(name, records_sample.ordinary())


def test_a_demonstration_says_so_on_every_document() -> None:
    kept = changed(records_sample.ordinary(), demo=True)

    marks = {each.name: each.build(kept, WORDS).head.mark for each in DOCUMENTS}  # type: ignore[attr-defined]
    assert marks.pop("phieu-mau") == "PHIẾU MẪU, TRÌNH DIỄN"
    assert set(marks.values()) == {"TRÌNH DIỄN"}


def test_who_leads_is_who_has_the_task_or_else_who_is_first() -> None:
    kept = records_sample.ordinary()
    named = (
        CommitteeMember("Lê Mẫu Chi", "Tổ viên"),
        CommitteeMember("Trần Mẫu Bình", "Tổ trưởng"),
    )
    plain = tuple(msgspec.structs.replace(each, role="") for each in named)

    assert (
        counting_minutes.build(changed(kept, committee=named), WORDS).leader
        == "Trần Mẫu Bình"
    )
    found = counting_minutes.build(changed(kept, committee=plain), WORDS)
    assert found.leader == "Lê Mẫu Chi"
    assert [each.role for each in found.members] == ["Tổ trưởng", "Thành viên"]


def test_counts_that_disagree_are_not_hidden() -> None:
    kept = records_sample.ordinary()
    if kept.count is None:
        raise AssertionError
    own = tuple(
        msgspec.structs.replace(each, agrees=each.member != "Lê Mẫu Chi")
        for each in kept.count.own_counts
    )
    tool = msgspec.structs.replace(kept.count.tool, agrees=False)
    count = msgspec.structs.replace(kept.count, own_counts=own, tool=tool)
    found = counting_minutes.build(
        Kept(conference=kept.conference, count=count, counted_at=kept.counted_at), WORDS
    )

    assert [each.found for each in found.counts[1:]] == [
        "2/3 thành viên, trùng khớp Không trùng khớp: Lê Mẫu Chi.",
        "Bản 3.0, không trùng khớp",
    ]


def test_the_minutes_of_the_conference_end_with_what_follows() -> None:
    found = conference_minutes.build(records_sample.ordinary(), WORDS)

    assert found.next.startswith("Danh sách 03 nhân sự đạt")
    assert [each.name for each in found.withdrawn] == ["Lê Thử Bình"]
    assert [each.name for each in found.exits] == ["Phan Thử An"]
    assert found.discussion[0].startswith("Phòng Tổ chức")
    assert conference_minutes.build(records_sample.draft(), WORDS).next == ""


NEXT = "bước tiếp theo của quy trình: Hội nghị tập thể lãnh đạo mở rộng."
LAST = "bước bỏ phiếu cuối cùng"


def follows(kept: Kept, *next_steps: str) -> str:
    items = tuple(
        msgspec.structs.replace(each, next_step=next_step)
        for each, next_step in zip(kept.conference.items, next_steps, strict=True)
    )
    return conference_minutes.build(changed(kept, items=items), WORDS).next


def nobody(kept: Kept) -> Kept:
    """Return the same conference with nobody agreed to."""
    if kept.count is None:
        raise AssertionError
    positions = tuple(
        msgspec.structs.replace(each, tie=None) for each in kept.conference.positions
    )
    sections = tuple(
        records_sample.result(each, (0,) * len(each.nominees)) for each in positions
    )
    count = msgspec.structs.replace(kept.count, sections=sections)
    return dataclasses.replace(changed(kept, positions=positions), count=count)


def test_what_follows_depends_on_whether_a_step_follows() -> None:
    step = "Hội nghị tập thể lãnh đạo mở rộng"
    kept = records_sample.ordinary()
    last = follows(kept, "", "")

    assert follows(kept, step, "").endswith(NEXT)
    assert LAST not in follows(kept, step, "")
    assert "trình cấp có thẩm quyền" not in follows(kept, step, "")
    assert last.count("03 nhân sự đạt") == 1
    assert LAST in last
    assert "bước tiếp theo" not in last


def test_nobody_goes_on_or_up() -> None:
    kept = nobody(records_sample.ordinary())

    assert follows(kept, "Bước 3", "").startswith("Không có nhân sự đưa vào bước tiếp")
    assert LAST in follows(kept, "", "")
    assert "không có nhân sự đạt" in follows(kept, "", "")


def test_equal_votes_hold_up_what_follows() -> None:
    kept = records_sample.ordinary()
    open_ones = tuple(
        msgspec.structs.replace(each, tie=None) for each in kept.conference.positions
    )
    kept = changed(kept, positions=open_ones)

    assert follows(kept, "Bước 3", "").startswith("Danh sách đưa vào bước tiếp theo")
    assert "bước tiếp theo" not in follows(kept, "", "")
    assert "bằng phiếu" in follows(kept, "", "")


def test_two_procedures_of_one_sitting_go_their_own_ways() -> None:
    kept = records_sample.ordinary()
    both = tuple(
        msgspec.structs.replace(each, purpose=Purpose.INTRODUCE, item=number)
        for number, each in zip((1, 2, 2), kept.conference.positions, strict=True)
    )
    found = follows(changed(kept, positions=both), "Bước 3", "")

    assert "bước tiếp theo của quy trình: Bước 3." in found
    assert LAST in found


def test_the_committee_is_counted_alike_in_both_minutes() -> None:
    for name in MINUTES:
        assert "Tổ kiểm phiếu gồm 03 người" in said(name, records_sample.ordinary())


SECRECIES = {"": "", "mat": "MẬT", "toi_mat": "TỐI MẬT", "tuyet_mat": "TUYỆT MẬT"}


@pytest.mark.parametrize(("secrecy", "mark"), SECRECIES.items())
def test_the_secrecy_is_in_the_head_of_every_document(secrecy: str, mark: str) -> None:
    kept = records_sample.ordinary()
    details = msgspec.structs.replace(kept.conference.details, secrecy=Secrecy(secrecy))
    kept = changed(kept, details=details)

    assert {
        each.build(kept, WORDS).head.secrecy  # type: ignore[attr-defined]
        for each in DOCUMENTS
    } == {mark}


def test_a_conference_is_named_in_a_sentence_whatever_its_title() -> None:
    kept = changed(records_sample.ordinary(), title="Giới thiệu quy hoạch")

    assert counting_minutes.build(kept, WORDS).title == (
        "Hội nghị “Giới thiệu quy hoạch”"
    )


def test_published_alone_makes_the_conference_s_minutes_final() -> None:
    kept = changed(records_sample.ordinary(), state=State.COUNTED)

    assert conference_minutes.build(kept, WORDS).head.mark == "DỰ THẢO"


@pytest.mark.parametrize("name", [each.name for each in DOCUMENTS])
@pytest.mark.parametrize(
    "sample", ["ordinary", "draft", "abandoned", "other_styles", "longest"]
)
def test_every_document_can_be_said_in_both_languages(name: str, sample: str) -> None:
    kept: Kept = getattr(records_sample, sample)()
    if document(name).missing(kept):
        return
    for locale in ("vi", "en"):
        assert said(name, kept, Words(locale))
