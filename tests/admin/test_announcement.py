"""The sentences that the chair reads aloud."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from admin import announcement
from admin.announcement import Kind, Paragraph
from admin.result_screens import announced
from admin.result_views import FinalView, LineView
from admin.room import text_pages
from admin.room_views import View
from admin.views import CountsView, DisplayView, PartView, QuorumView
from tests.admin.neighbours import Office
from tests.admin.sample import Meeting
from tests.admin.test_room import HEAD, closed, joint
from web.contracts import Outcome, SectionResult, Verdict
from web.paper import Purpose, Style
from web.rules import Base, Rule

AMONG_PRESENT = Rule(share="3/10", strict=False, of=Base.PRESENT)
HALF = Rule(share="1/2", strict=True, of=Base.SUMMONED)


@pytest.fixture
def speaking(office: Office) -> Iterator[None]:
    with office.app.test_request_context():
        yield


def section(rule: Rule, out_of: int, needed: int, **agree: int) -> SectionResult:
    verdicts = tuple(
        Verdict(
            nominee=name,
            name=f"Lê Mẫu {name}",
            agree=votes,
            disagree=out_of - votes,
            unmarked=0,
            needed=needed,
            base=rule.of,
            out_of=out_of,
            outcome=Outcome.PASSED if votes >= needed else Outcome.BELOW,
        )
        for name, votes in agree.items()
    )
    return SectionResult("Phó Giám đốc", rule, verdicts)


def shown(
    result: SectionResult,
    style: Style = Style.AGREE_DISAGREE,
    purpose: Purpose = Purpose.INTRODUCE,
) -> DisplayView:
    voters = result.verdicts[0].out_of
    passed = tuple(
        LineView(each.nominee, each.name, each.agree)
        for each in result.verdicts
        if each.outcome is Outcome.PASSED
    )
    return DisplayView(
        id=1,
        uuid="u",
        state="published",
        title="Hội nghị cán bộ",
        office="Sở Mẫu",
        place="Phòng A",
        starts_at=datetime(2026, 11, 21, 7, tzinfo=UTC),
        step="5",
        step_name="Bước 5",
        announced=True,
        counts=CountsView(voters, voters, None, voters, voters, 0, voters - 1),
        quorum=QuorumView("2/3", 1, met=True),
        alarm=False,
        shown=View.RESULT,
        parts=(PartView("", "2025-2030", purpose, style),),
        tie_waits="",
        ties=(),
        result=(result,),
        final=(FinalView(1, result.title, "2025-2030", passed),),
    )


def said(view: DisplayView) -> list[str]:
    at = announcement.occasion(view)
    return [each.text for each in announcement.announced(at, announced(view), ())]


@pytest.mark.usefixtures("speaking")
def test_a_share_whose_rounding_hides_the_decision_is_explained() -> None:
    """DOMAIN.md A.7: 62 of 207 is 29,95 %, which is not 30 %."""
    text = said(shown(section(AMONG_PRESENT, 207, 63, An=62, Ba=63, Ca=207)))

    [first, second, third] = [line for line in text if line[:2] in {"1.", "2.", "3."}]
    assert first.startswith("1. Đồng chí Lê Mẫu Ca: 207 phiếu đồng ý, bằng 100%")
    assert "so với số người có mặt (63/207); đạt." in second
    assert second.endswith("đạt.")
    assert "bằng 29,95% so với số người có mặt (62/207); không đạt." in third
    assert third.endswith("được 62 phiếu, cần từ 63 phiếu.)")
    assert "có 2 đồng chí đạt" in text[-2]
    assert text[-2].endswith("Lê Mẫu Ca và Lê Mẫu Ba.")
    assert "có 1 thẻ không bỏ phiếu" in text[2]


@pytest.mark.usefixtures("speaking")
def test_nobody_passed_and_nobody_is_removed() -> None:
    result = section(HALF, 20, 11, An=10)

    assert "không có đồng chí nào đạt" in said(shown(result))[-2]
    removal = said(shown(result, purpose=Purpose.REMOVE))
    assert "10 phiếu đồng ý đưa ra" in removal[-3]
    assert "không có đồng chí nào bị đề xuất đưa ra" in removal[-2]


@pytest.mark.usefixtures("speaking")
def test_votes_that_are_only_noted_pass_nobody() -> None:
    noted = section(Rule(share="0", strict=False, of=Base.PRESENT), 20, 0, An=3)

    assert said(shown(noted))[-2].startswith("Số phiếu được ghi nhận")


@pytest.mark.usefixtures("speaking")
@pytest.mark.parametrize(("votes", "words"), [(11, "đã thông qua"), (10, "không được")])
def test_a_motion_is_carried_or_not(votes: int, words: str) -> None:
    text = said(shown(section(HALF, 20, 11, An=votes), Style.MOTION))

    assert f"Tán thành: {votes} phiếu" in text[-3]
    assert "không có ý kiến: 0 phiếu" in text[-3]
    assert words in text[-2]


def page(meeting: Meeting) -> str:
    answer = meeting.office.chair.get(f"/chair/{meeting.id}/announcement")
    return str(answer.get_data(as_text=True))


def test_a_tie_a_removal_and_several_ballots_are_read_in_order(office: Office) -> None:
    meeting = closed(joint(office))
    meeting.told((5, 5), (6, 5, 4), (6, 2))
    assert "announcement-text" not in page(meeting)  # it waits for the head
    [tie] = meeting.view()["ties"]
    chosen = tie["tied"][1]
    order = {"position": 1, "chosen": [chosen["key"]], **HEAD, "reason": "cơ cấu"}
    meeting.post("/ties", order, "chair")
    text = page(meeting)

    assert f"đã xem xét, quyết định chọn: {chosen['name']}; lý do: cơ cấu." in text
    assert "Đồng chí Trần Mẫu An, Bí thư" in text
    assert "được chọn khi bằng phiếu" in text
    names = [item["procedure_name"] for item in meeting.view()["items"]]
    places = [text.index(f'<p class="is-part">{name}<') for name in names]
    assert places == sorted(places)
    assert "đưa ra khỏi quy hoạch chức danh Phó Giám đốc, nhiệm kỳ " in text
    assert '<span class="unbroken">2021-2026</span>' in text  # never torn
    assert "được đề xuất đưa ra khỏi quy hoạch" in text
    assert "announcement." not in text


def test_a_step_that_is_not_announced_has_words_without_votes(office: Office) -> None:
    meeting = Meeting(office).counted((1, 5, 6), "4")
    text = page(meeting)

    assert "kết quả bước này không công bố tại hội nghị" in text
    assert "Hoàng Giả Long" not in text
    assert "phiếu đồng ý" not in text


def test_only_chair_and_secretary_read_it_beforehand(office: Office) -> None:
    meeting = Meeting(office).counted((1, 5, 6), "5")
    for role in ("desk", "auditor", "administrator"):
        answer = getattr(office, role).get(f"/chair/{meeting.id}/announcement")
        assert answer.status_code == 403
    chair = office.chair.get(f"/chair/{meeting.id}").get_data(as_text=True)
    assert "Hội trường chưa thấy nội dung này" in chair


def test_it_is_said_in_english_too(office: Office) -> None:
    meeting = Meeting(office).counted((1, 5, 7), "5")
    office.chair.get("/lang/en")
    text = page(meeting)
    office.chair.get("/lang/vi")

    assert "7 votes in favour, 77.78% of" in text
    assert "announcement." not in text


def test_no_page_of_the_display_ends_with_a_heading() -> None:
    line, heading = Paragraph(Kind.SAID, "a" * 300), Paragraph(Kind.HEADING, "b" * 60)
    part = Paragraph(Kind.PART, "c")
    text = [line, part, heading, line, heading, line, line]
    pages = text_pages(text)

    assert [each for page in pages for each in page] == text
    assert pages == [[line], [part, heading, line], [heading, line], [line]]
