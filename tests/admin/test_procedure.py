"""Every row of DOMAIN.md A.2.1–A.2.13 and A.3 stands in the procedure files."""

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest

from admin.choices import Choices, settle, unstated
from admin.needed import Verdict, answer, settled_for
from admin.procedure import (
    UNSTATED,
    Ballot,
    Caps,
    Composition,
    HeldWith,
    Procedure,
    Quorum,
    Step,
    StepKind,
    Text,
    Threshold,
)
from admin.profiles import ORDER, builtin
from web.paper import Purpose, Style
from web.rules import Base, Counts, Tie

NEXT, ANNUAL, EXTERNAL = (
    "s000-next-term-onsite",
    "s000-annual-onsite",
    "s000-annual-external",
)
PCVP, VP, S003 = (
    "s002-pcvp-annual-2021",
    "s002-vp-managed-annual-2021",
    "s003-annual-06hd2017",
)
CUC, CUC_ANNUAL, CUC_EXTERNAL = (
    "s004-cuc-next-onsite",
    "s004-cuc-annual-onsite",
    "s004-cuc-annual-external",
)
PHONG, PHONG_ANNUAL, PHONG_EXTERNAL = (
    "s004-phong-next-onsite",
    "s004-phong-annual-onsite",
    "s004-phong-annual-external",
)
S004 = (CUC, CUC_ANNUAL, CUC_EXTERNAL, PHONG, PHONG_ANNUAL, PHONG_EXTERNAL)
S000 = (NEXT, ANNUAL, EXTERNAL)

KEY = Threshold("3/10", strict=False, of=Base.PRESENT)
EXTENDED = Threshold("1/2", strict=True, of=Base.PRESENT)
FINAL = Threshold("1/2", strict=True, of=Base.SUMMONED)
MEMBERS = Threshold("1/2", strict=True, of=Base.MEMBERS)

# The fewest votes of 30 summoned, 20 present, 9 members.
PEOPLE = Counts(30, 20, 9)
FEWEST = {KEY: 6, EXTENDED: 11, FINAL: 16, MEMBERS: 5}


@dataclass(frozen=True)
class Vote:
    """What a row says of a ballot."""

    rule: Threshold | str
    announced: bool | str = UNSTATED
    purpose: Purpose = Purpose.INTRODUCE
    held: bool | str = True
    secret: bool | str = True
    tie: str | None = None
    cap: int | None = None


@dataclass(frozen=True)
class Row:
    """One row of a table: `who` are words of the composition, by level."""

    id: str
    procedure: str
    step: str
    kind: StepKind
    name: str
    who: dict[str | None, tuple[str, ...]] = field(default_factory=dict)
    vote: Vote | None = None
    outputs: tuple[str, ...] = ()
    next: str | None = None
    adoption: bool = False


def final(tie: str) -> Vote:
    return Vote(FINAL, tie=tie)


def removal(rule: Threshold = FINAL) -> Vote:
    return Vote(rule, purpose=Purpose.REMOVE, secret=UNSTATED)


HEAD, THU, TRUONG = "người đứng đầu", "Thủ trưởng đơn vị", "Trưởng phòng"
QUIET_KEY = Vote(KEY, announced=False)
QUIET_EXTENDED = Vote(EXTENDED, announced=False)
LOUD_FINAL = Vote(FINAL, announced=True, tie=HEAD)
BB = ("Biên bản hội nghị",)
LIST = ("Danh sách đề nghị phê duyệt quy hoạch",)

LEAD0 = {
    "tinh-uy": ("Ban Thường vụ Tỉnh ủy",),
    "huyen-uy": ("Ban Thường vụ cấp ủy cấp huyện và tương đương",),
    "dang-uy": ("Ban Thường vụ cấp ủy cấp huyện và tương đương",),
    "co-quan": (
        "Ban cán sự đảng, đảng đoàn",
        "nơi không thành lập thì tập thể lãnh đạo cơ quan, đơn vị",
        "Ban Thường vụ đảng ủy cơ quan (tập thể chi ủy)",
        "Ban Thường vụ Tỉnh Đoàn",
    ),
}
KEY0 = {
    "tinh-uy": (
        "Ban Chấp hành Đảng bộ Tỉnh",
        "trưởng các ban, ngành, tổ chức chính trị - xã hội cấp tỉnh và tương đương",
        "bí thư, phó bí thư các đảng bộ trực thuộc Tỉnh ủy",
        "Chủ tịch HĐND, UBND các huyện, thành phố",
    ),
    "huyen-uy": (
        "Ban Chấp hành đảng bộ cấp huyện",
        "trưởng các ban, ngành, tổ chức chính trị - xã hội cấp huyện",
        "bí thư, phó bí thư các đảng bộ trực thuộc",
        "Chủ tịch HĐND, UBND các xã, phường, thị trấn",
    ),
    "dang-uy": (
        "Ban Chấp hành đảng bộ",
        "trưởng, phó ban và tương đương",
        "trưởng các tổ chức chính trị - xã hội",
        "chi bộ cơ sở trực thuộc Đảng ủy",
    ),
    "co-quan": (
        "Ban cán sự đảng, đảng đoàn",
        "Ban Thường vụ Tỉnh Đoàn",
        "trưởng, phó trưởng phòng và tương đương",
        "trưởng, phó các đơn vị trực thuộc",
        "trưởng, phó các tổ chức chính trị - xã hội",
    ),
}
EXTENDED0 = {
    "tinh-uy": ("Ban Chấp hành Đảng bộ Tỉnh",),
    "huyen-uy": ("Ban Chấp hành đảng bộ cấp huyện và tương đương",),
    "dang-uy": ("Ban Chấp hành đảng bộ cấp huyện và tương đương",),
    "co-quan": (
        "trưởng phòng và tương đương, trưởng các đơn vị trực thuộc",
        "trưởng các tổ chức chính trị - xã hội (không có cấp phó)",
    ),
    "to-chuc-bau-cu": ("Ban chấp hành (trừ Ủy ban MTTQ Tỉnh",),
}
CONF, PREP = StepKind.CONFERENCE, StepKind.PREPARATION
TALK, APPROVAL = StepKind.CONSULTATION, StepKind.APPROVAL
KEY_NAME = "Hội nghị cán bộ chủ chốt"
EXT_NAME = "Hội nghị tập thể lãnh đạo mở rộng"
LAN1, LAN2 = "Hội nghị tập thể lãnh đạo (lần 1)", "Hội nghị tập thể lãnh đạo (lần 2)"
LD = {None: ("Lãnh đạo Văn phòng",)}
KEY_VP = {
    None: (
        "Ban Chấp hành đảng bộ",
        "Trưởng, Phó phòng, ban, đơn vị trực thuộc",
        "Công đoàn, Đoàn Thanh niên, Hội Cựu chiến binh",
    )
}
EXT_VP = {None: ("Ban Chấp hành đảng bộ", "Trưởng phòng, ban, đơn vị trực thuộc")}
TTLD = {None: ("Tập thể lãnh đạo",)}
LC = {None: ("Tập thể Lãnh đạo Cục",)}
KC = {
    None: (
        "các Phó Trưởng phòng và tương đương",
        "các Phó Chi cục trưởng",
        "Chi ủy (nếu không có Ban Thường vụ)",
        "Trưởng các đoàn thể của Cục",
    )
}
EC = {None: ("Ban Thường vụ Đảng ủy", "Chi cục trưởng Chi cục Thi hành án dân sự")}
LP = {None: ("Tập thể Lãnh đạo phòng",)}
KP = {None: ("Toàn thể công chức của phòng",)}
EP = {None: ("các Phó Trưởng phòng", "cấp ủy phòng", "đoàn thể", "sinh hoạt ghép")}
APPROVED = (
    "Hồ sơ báo cáo Tổng cục",
    "kết luận tiêu chuẩn chính trị, lấy ý kiến cấp ủy địa phương",
    "Phê duyệt quy hoạch hoặc văn bản trình",
)
TALK_OUT = ("Văn bản lấy ý kiến", "Nhận xét, đánh giá", "Hồ sơ nhân sự")


def _s002(section: str, procedure: str, out4: str) -> list[Row]:
    """Return the rows of A.2.4; A.2.5 says "as above"."""
    taken = Vote(UNSTATED, secret=UNSTATED)
    last = Vote(MEMBERS, tie=UNSTATED, cap=4)
    return [
        Row(f"{section} step 1", procedure, "1", CONF, "Hội nghị lãnh đạo Văn phòng",
            LD, outputs=("Kế hoạch", "Danh sách nhân sự dự kiến bổ sung"),
            adoption=True),
        Row(f"{section} step 2", procedure, "2", CONF, KEY_NAME, KEY_VP, taken,
            ("Kết quả lấy ý kiến",), "3"),
        Row(f"{section} step 2 to 3", procedure, "2a", StepKind.AGREEMENT,
            "thống nhất danh sách đưa ra hội nghị tiếp theo",
            {None: ("Tập thể lãnh đạo Văn phòng",)}, None, ("Danh sách cho bước 3",)),
        Row(f"{section} step 3", procedure, "3", CONF, "Hội nghị lãnh đạo mở rộng",
            EXT_VP, Vote(UNSTATED), (), "4"),
        Row(f"{section} step 4", procedure, "4", CONF, "Hội nghị lãnh đạo Văn phòng",
            LD, last, (out4,)),
    ]  # fmt: skip


ROWS = [
    Row("A.2.1 step 1", NEXT, "1", PREP, "Xây dựng kế hoạch triển khai",
        {None: ("chỉ đạo cơ quan tham mưu về tổ chức cán bộ",)}, None,
        ("Kế hoạch triển khai", "Dự kiến danh sách nguồn nhân sự")),
    Row("A.2.1 step 2", NEXT, "2", CONF, LAN1, LEAD0, None,
        ("Kế hoạch và danh sách nguồn nhân sự được thông qua",), adoption=True),
    Row("A.2.1 step 3", NEXT, "3", CONF, KEY_NAME, KEY0, QUIET_KEY, (), "4"),
    Row("A.2.1 step 4", NEXT, "4", CONF, EXT_NAME, EXTENDED0, QUIET_EXTENDED, (), "5"),
    Row("A.2.1 step 5", NEXT, "5", CONF, LAN2, LEAD0, LOUD_FINAL, LIST),
    Row("A.2.2 step 1", ANNUAL, "1", CONF, "bỏ phiếu đưa ra khỏi quy hoạch", LEAD0,
        removal(), ("Danh sách bổ sung quy hoạch", "Đề xuất đưa ra khỏi quy hoạch"),
        adoption=True),
    Row("A.2.2 step 2", ANNUAL, "2", CONF, KEY_NAME, KEY0, QUIET_KEY, (), "3"),
    Row("A.2.2 step 3", ANNUAL, "3", CONF, EXT_NAME, EXTENDED0, QUIET_EXTENDED, (),
        "4"),
    Row("A.2.2 step 4", ANNUAL, "4", CONF, LAN2, LEAD0, LOUD_FINAL, LIST),
    Row("A.2.3 step 1", EXTERNAL, "1", PREP, "Chuẩn bị và xác định nguồn quy hoạch",
        {None: ("cơ quan tham mưu",)}, None,
        ("Rà soát nguồn tại chỗ trong và ngoài quy hoạch", "Danh sách nguồn từ nơi")),
    Row("A.2.3 step 2", EXTERNAL, "2", CONF, LAN1, LEAD0, None,
        ("Cơ cấu, số lượng chức danh", "Danh sách nguồn từ nơi khác được thông qua"),
        adoption=True),
    Row("A.2.3 step 3", EXTERNAL, "3", TALK, "lấy ý kiến tập thể lãnh đạo nơi cán bộ",
        {None: ("Đại diện tập thể lãnh đạo gặp nhân sự",)}, None, TALK_OUT),
    Row("A.2.3 step 4", EXTERNAL, "4", CONF, LAN2, LEAD0, LOUD_FINAL, LIST),
    *_s002("A.2.4", PCVP, "Danh sách đề xuất Ban Thường vụ Tỉnh ủy"),
    *_s002("A.2.5", VP, "Danh sách đưa vào quy hoạch (chức danh diện Văn phòng"),
    Row("A.2.6 step 1", S003, "1", CONF, "bỏ phiếu đưa ra khỏi quy hoạch", TTLD,
        removal(MEMBERS), ("Đề xuất đưa ra khỏi quy hoạch", "Đưa ra khỏi quy hoạch")),
    Row("A.2.6 step 2", S003, "2", CONF, "hội nghị cán bộ chủ chốt; sau đó tập thể",
        {}, Vote(UNSTATED, held=UNSTATED, secret=UNSTATED),
        ("Danh sách trước hội nghị tiếp theo",), "3"),
    Row("A.2.6 step 3", S003, "3", CONF, "Lấy ý kiến tại hội nghị ban chấp hành",
        {"dang-bo": ("đảng ủy trực thuộc Trung ương",),
         "to-chuc-bau-cu": ("Ban Chấp hành tổ chức bầu cử",),
         "ban-bo-nganh": ("Tập thể lãnh đạo, đảng ủy, vụ trưởng",)},
        Vote(UNSTATED, held=UNSTATED, secret=UNSTATED), (), "4"),
    Row("A.2.6 step 4", S003, "4", CONF, "bỏ phiếu kín giới thiệu nhân sự", TTLD,
        Vote(MEMBERS, tie=UNSTATED),
        ("Danh sách đề nghị xác nhận bổ sung", "Danh sách bổ sung quy hoạch")),
    Row("A.2.7 B1", CUC, "B1", PREP, "Xây dựng kế hoạch và chuẩn bị nguồn cán bộ",
        {None: ("chỉ đạo Phòng Tổ chức cán bộ",)}, None,
        ("Kế hoạch", "Danh sách nguồn nhân sự dự kiến")),
    Row("A.2.7 B2", CUC, "B2", CONF, "Lãnh đạo Cục (lần 1)", LC, None,
        ("Kế hoạch", "Danh sách được thông qua"), adoption=True),
    Row("A.2.7 B3", CUC, "B3", CONF, KEY_NAME, KC, Vote(KEY), BB, "B4"),
    Row("A.2.7 B4", CUC, "B4", CONF, "Lãnh đạo Cục mở rộng", EC, Vote(EXTENDED), BB,
        "B5"),
    Row("A.2.7 B5", CUC, "B5", CONF, "Lãnh đạo Cục (lần 2)", LC, final(THU), BB),
    Row("A.2.7 B6", CUC, "B6", APPROVAL, "Phê duyệt quy hoạch",
        {None: ("Cục trưởng; Lãnh đạo Tổng cục",)}, None,
        APPROVED),
    Row("A.2.8 B1", CUC_ANNUAL, "B1", CONF, "bỏ phiếu đưa ra khỏi quy hoạch", LC,
        removal(), BB, adoption=True),
    Row("A.2.8 B2", CUC_ANNUAL, "B2", CONF, KEY_NAME, KC, Vote(KEY), BB, "B3"),
    Row("A.2.8 B3", CUC_ANNUAL, "B3", CONF, "Lãnh đạo Cục mở rộng", EC, Vote(EXTENDED),
        BB, "B4"),
    Row("A.2.8 B4", CUC_ANNUAL, "B4", CONF, "Lãnh đạo Cục (lần 2)", LC, final(THU), BB),
    Row("A.2.8 B5", CUC_ANNUAL, "B5", APPROVAL, "Phê duyệt quy hoạch",
        {None: ("Cục trưởng; Lãnh đạo Tổng cục",)}, None, APPROVED),
    Row("A.2.9 B1", CUC_EXTERNAL, "B1", PREP, "Chuẩn bị và xác định nguồn",
        {None: ("Tập thể Lãnh đạo Cục, Phòng Tổ chức cán bộ",)}, None,
        ("Đề xuất chủ trương rà soát, bổ sung quy hoạch",)),
    Row("A.2.9 B2", CUC_EXTERNAL, "B2", CONF, "Lãnh đạo Cục (lần 1)", LC, None, BB,
        adoption=True),
    Row("A.2.9 B3", CUC_EXTERNAL, "B3", TALK, "lấy ý kiến nơi công tác",
        {None: ("Đại diện Lãnh đạo Cục hoặc Trưởng phòng Tổ chức cán bộ",)}, None,
        TALK_OUT),
    Row("A.2.9 B4", CUC_EXTERNAL, "B4", CONF, "Lãnh đạo Cục (lần 2)", LC, final(THU),
        BB),
    Row("A.2.9 B5", CUC_EXTERNAL, "B5", APPROVAL, "Phê duyệt quy hoạch",
        {None: ("Cục trưởng; Lãnh đạo Tổng cục",)}, None, APPROVED),
    Row("A.2.10 B1", PHONG, "B1", PREP, "Xây dựng kế hoạch, chuẩn bị nguồn",
        {None: ("công chức tham mưu tổ chức cán bộ",)}, None,
        ("Kế hoạch", "Dự kiến danh sách nguồn")),
    Row("A.2.10 B2", PHONG, "B2", CONF, "Lãnh đạo phòng (lần 1)", LP, None,
        ("Kế hoạch", "Danh sách nguồn"), adoption=True),
    Row("A.2.10 B3", PHONG, "B3", CONF, "toàn thể công chức của phòng", KP, Vote(KEY),
        BB, "B4"),
    Row("A.2.10 B4", PHONG, "B4", CONF, "Lãnh đạo phòng mở rộng", EP, Vote(EXTENDED),
        BB, "B5"),
    Row("A.2.10 B5", PHONG, "B5", CONF, "Hội nghị tập thể Lãnh đạo phòng", LP,
        final(TRUONG), BB),
    Row("A.2.10 B6", PHONG, "B6", APPROVAL, "Phê duyệt quy hoạch",
        {None: ("Phòng Tổ chức cán bộ thẩm định", "Lãnh đạo Cục")}, None,
        ("Phê duyệt quy hoạch",)),
    Row("A.2.11 B1", PHONG_ANNUAL, "B1", CONF, "bỏ phiếu đưa ra khỏi quy hoạch", LP,
        removal(), BB, adoption=True),
    Row("A.2.11 B2", PHONG_ANNUAL, "B2", CONF, "toàn thể công chức", KP, Vote(KEY), BB,
        "B3"),
    Row("A.2.11 B3", PHONG_ANNUAL, "B3", CONF, "Lãnh đạo phòng mở rộng", EP,
        Vote(EXTENDED, secret=UNSTATED), BB, "B4"),
    Row("A.2.11 B4", PHONG_ANNUAL, "B4", CONF, "Lãnh đạo phòng (lần 2)", LP,
        final(TRUONG), BB),
    Row("A.2.11 B5", PHONG_ANNUAL, "B5", APPROVAL, "Phê duyệt quy hoạch",
        {None: ("Lãnh đạo Cục",)}, None, ("Phê duyệt quy hoạch",)),
    Row("A.2.12 B1", PHONG_EXTERNAL, "B1", PREP, "Chuẩn bị và xác định nguồn"),
    Row("A.2.12 B2", PHONG_EXTERNAL, "B2", CONF, "Lãnh đạo đơn vị (lần 1)", LP, None,
        BB, adoption=True),
    Row("A.2.12 B3", PHONG_EXTERNAL, "B3", TALK, "lấy ý kiến nơi công tác",
        {None: ("lãnh đạo Phòng Tổ chức cán bộ", "thừa lệnh Lãnh đạo Cục")}, None,
        ("Văn bản hành chính",)),
    Row("A.2.12 B4", PHONG_EXTERNAL, "B4", CONF, "Lãnh đạo phòng (lần 2)", LP,
        final(TRUONG), BB),
    Row("A.2.12 B5", PHONG_EXTERNAL, "B5", APPROVAL, "Phê duyệt quy hoạch",
        {None: ("Lãnh đạo Cục",)}, None, ("Phê duyệt quy hoạch",)),
]  # fmt: skip


def of(procedure: str) -> Procedure:
    return builtin()[procedure].procedure


def step_of(row: Row) -> Step:
    return of(row.procedure).step(row.step)


each_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
each_vote = pytest.mark.parametrize(
    "row", [row for row in ROWS if row.vote], ids=lambda row: row.id
)


def test_the_tables_have_all_steps_of_all_twelve() -> None:
    assert tuple(builtin()) == ORDER
    assert len(ORDER) == 12
    said = [(row.procedure, row.step) for row in ROWS]
    assert said == [(key, step.id) for key in ORDER for step in of(key).steps]


@each_row
def test_a_step_is_what_its_row_says(row: Row) -> None:
    step = step_of(row)

    assert step.kind is row.kind
    assert row.name in step.name.vi
    assert step.next == row.next
    assert (step.adoption == UNSTATED) == row.adoption
    assert len(step.outputs) == len(row.outputs)
    for said, output in zip(row.outputs, step.outputs, strict=True):
        assert said in output.vi


@each_row
def test_its_composition_is_the_rows(row: Row) -> None:
    found = {each.level: each for each in step_of(row).composition}

    assert found.keys() == row.who.keys()
    for level, words in row.who.items():
        for word in words:
            assert word in found[level].text.vi
    if step_of(row).ballot:
        assert all(each.roles for each in found.values())


@each_row
def test_its_ballot_is_the_rows(row: Row) -> None:
    ballot, vote = step_of(row).ballot, row.vote
    assert (ballot is None) == (vote is None)
    if ballot is None or vote is None:
        return

    assert ballot.style is Style.AGREE_DISAGREE
    assert ballot.purpose is vote.purpose
    assert ballot.rule == vote.rule
    assert (ballot.held, ballot.secret) == (vote.held, vote.secret)
    assert ballot.announced == vote.announced
    assert ballot.quota == (vote.tie is not None)
    assert ballot.cap == vote.cap
    assert (ballot.tie.vi if isinstance(ballot.tie, Text) else ballot.tie) == vote.tie


@each_vote
def test_its_threshold_is_met_by_the_fewest_votes_and_by_no_fewer(row: Row) -> None:
    made = Choices(
        quorum=None if row.procedure in S000 else "none",
        rule=KEY if row.vote and row.vote.rule == UNSTATED else None,
    )
    settled = settled_for(of(row.procedure), step_of(row), made)
    rule = settled.threshold
    assert rule is not None
    fewest = FEWEST[rule]

    assert answer(settled, PEOPLE, fewest).verdict is Verdict.PASSES
    assert answer(settled, PEOPLE, fewest - 1).verdict is Verdict.FAILS


@each_vote
def test_what_a_row_does_not_state_must_be_chosen(row: Row) -> None:
    procedure, step, vote = of(row.procedure), step_of(row), row.vote
    assert vote is not None
    said = {
        "quorum": procedure.quorum,
        "held": vote.held,
        "secret": vote.secret,
        "announced": vote.announced,
        "rule": vote.rule,
        "tie": vote.tie,
    }
    silent = [key for key, value in said.items() if value == UNSTATED]

    assert list(unstated(procedure, step)) == silent
    choices = {
        "quorum": "2/3",
        "held": True,
        "secret": True,
        "announced": True,
        "rule": "none",
        "tie": "Chánh Văn phòng",
    }
    made = Choices(**{key: choices[key] for key in silent})  # type: ignore[arg-type]
    assert settle(procedure, step, made).chosen == tuple(silent)


def test_only_a_final_step_takes_from_the_top() -> None:
    """A.2: quota and tie stand in the last ballot of every procedure alone."""
    for key in ORDER:
        ballots = [ballot for _, ballot in of(key).ballot_steps()]
        assert [each.quota for each in ballots] == [
            *[False] * (len(ballots) - 1),
            True,
        ]


def test_the_head_decides_where_the_document_names_one() -> None:
    """A.2.1 step 5: the title is sealed with the rule."""
    settled = settle(of(NEXT), of(NEXT).step("5"), Choices())
    rule = settled.rule_for(3)

    assert (rule.quota, rule.tie, rule.decider) == (3, Tie.HEAD, HEAD)


def test_the_last_conference_has_the_earlier_results_on_the_table() -> None:
    """A.2.1 step 5: inputs."""
    step = of(NEXT).step("5")

    assert step.shows_earlier
    assert [each.vi for each in step.inputs] == [
        "Cơ cấu, số lượng, tiêu chuẩn, điều kiện, đối tượng, độ tuổi",
        "Tỷ lệ cán bộ trẻ, cán bộ nữ, cán bộ người dân tộc thiểu số",
        "Tình hình đội ngũ cán bộ",
        "Kết quả giới thiệu ở bước 3 và bước 4",
    ]
    others = [step for key in ORDER[1:] for step in of(key).steps]
    assert not any(step.shows_earlier for step in others)


def test_the_extended_conference_of_a_cuc_has_no_heads_of_mass_organisations() -> None:
    """A.2.7 B4, unlike A.2.1 step 4 (d) and A.2.10 B4."""
    roles = of(CUC).step("B4").composition[0].roles
    assert "Trưởng đoàn thể" not in roles
    assert "Trưởng đoàn thể" in of(PHONG).step("B4").composition[0].roles
    agency = of(NEXT).step("4").summoned_at("co-quan")
    assert agency is not None
    assert "Trưởng tổ chức chính trị - xã hội" in agency.roles
    assert not any("Phó" in role for role in agency.roles)


def test_a_division_summons_its_own_people_only() -> None:
    """A.2.10 to A.2.12: "của phòng"."""
    for key in (PHONG, PHONG_ANNUAL, PHONG_EXTERNAL):
        for step in of(key).steps:
            assert all(each.of_unit for each in step.composition if each.roles)


def test_four_people_at_most_for_one_position_in_s002() -> None:
    """A.2.4 step 4; nobody else states a number, and K facts are no constants."""
    for key in ORDER:
        caps = of(key).caps
        if key in {PCVP, VP}:
            assert caps is not None
            assert (caps.per_position, caps.per_person) == (4, None)
        else:
            assert caps is None


def test_people_can_be_kept_in_s002_only() -> None:
    """A.2.4 and A.2.5: "giữ nguyên"."""
    keeping = [(key, step.id) for key in ORDER for step in of(key).steps if step.keeps]

    assert keeping == [(PCVP, "1"), (VP, "1")]


def test_the_chief_of_the_office_is_kept_without_a_ballot() -> None:
    """A.2.5 (partial): s002-cvp-keep-2021 is a remark, not a procedure of ballots."""
    notes = " ".join(note.vi for note in of(PCVP).notes)

    assert "Chánh Văn phòng (S002, mục II.1.a): chỉ thực hiện bước 1" in notes
    assert "giữ quy hoạch 03 người tại chỗ" in notes


@pytest.mark.parametrize("key", S004)
def test_nobody_votes_on_automatic_exits(key: str) -> None:
    """A.2.13: four grounds of exit without ballot, four to remove or not propose."""
    exits, removals = of(key).exits, of(key).removals

    assert [each.name.vi for each in exits] == [
        "Quá tuổi quy hoạch",
        "Có kết luận không bảo đảm tiêu chuẩn chính trị",
        "Từ trần",
        "Bị kỷ luật từ khiển trách trở lên",
    ]
    assert all("không phải thực hiện quy trình bỏ phiếu" in e.source for e in exits)
    assert [each.name.vi for each in removals] == [
        "Đã được bổ nhiệm vào chức vụ tương đương",
        "Không đáp ứng Điều 10 Quy định 89-QĐ/BCSĐ",
        "Thôi việc, không có nguyện vọng",
        "Không đủ hồ sơ hoặc không làm hồ sơ",
    ]


@pytest.mark.parametrize("key", S004)
def test_faults_of_the_source_are_noted(key: str) -> None:
    """A.2.13: forms, times and what is missing from the document."""
    notes = " ".join(note.vi for note in of(key).notes)

    for said in ("thiếu trang 2", "23/15/2024", "mục 7", "Biểu mẫu: “Theo quy định”"):
        assert said in notes


def test_a_broken_sentence_says_that_it_was_mended() -> None:
    """A.2.11 B1."""
    step = of(PHONG_ANNUAL).step("B1")
    assert step.ballot is not None
    assert "bổ khuyết theo B1 của Lãnh đạo Cục" in step.ballot.source
    assert "đứt giữa hai trang" in step.notes[0].vi


@pytest.mark.parametrize("key", ORDER)
def test_the_quorum_is_stated_in_s000_alone(key: str) -> None:
    """A.3 Quorum: at least 2/3 of the summoned."""
    quorum = of(key).quorum
    if key not in S000:
        assert quorum == UNSTATED
        return
    assert quorum != UNSTATED
    assert (quorum.share, quorum.of) == ("2/3", Base.SUMMONED)
    assert [quorum.needed(n) for n in (30, 9, 10, 100)] == [20, 6, 7, 67]


@pytest.mark.parametrize("key", ORDER)
def test_publication_is_stated_in_s000_alone(key: str) -> None:
    """A.3 Publication: the last step yes, other introductions no, removal unstated."""
    for step, ballot in of(key).ballot_steps():
        last = step is of(key).steps[-1]
        if key not in S000 or ballot.purpose is Purpose.REMOVE:
            assert ballot.announced == UNSTATED
        else:
            assert ballot.announced is last


INHERITED = [
    (ANNUAL, "1", NEXT, "2"),
    (ANNUAL, "2", NEXT, "3"),
    (ANNUAL, "3", NEXT, "4"),
    (ANNUAL, "4", NEXT, "5"),
    (EXTERNAL, "2", NEXT, "2"),
    (EXTERNAL, "4", NEXT, "5"),
    (CUC_ANNUAL, "B2", CUC, "B3"),
    (CUC_ANNUAL, "B3", CUC, "B4"),
    (CUC_ANNUAL, "B4", CUC, "B5"),
    (CUC_EXTERNAL, "B4", CUC, "B5"),
    (PHONG_ANNUAL, "B2", PHONG, "B3"),
    (PHONG_ANNUAL, "B3", PHONG, "B4"),
    (PHONG_ANNUAL, "B4", PHONG, "B5"),
    (PHONG_EXTERNAL, "B4", PHONG, "B5"),
]


@pytest.mark.parametrize("link", INHERITED, ids=lambda link: f"{link[0]} {link[1]}")
def test_the_review_has_the_compositions_of_the_next_term(
    link: tuple[str, str, str, str],
) -> None:
    """A.3 Composition inheritance; with it, the rule of an introduction."""
    annual, own, following, theirs = link
    mine, other = of(annual).step(own), of(following).step(theirs)

    assert mine.composition == other.composition
    if mine.ballot and other.ballot and mine.ballot.purpose is Purpose.INTRODUCE:
        assert mine.ballot.rule == other.ballot.rule
        assert mine.ballot.tie == other.ballot.tie


TOGETHER = {
    (CUC_ANNUAL, "B2"): (CUC, "B3"),
    (CUC_ANNUAL, "B4"): (CUC, "B5"),
    (CUC_EXTERNAL, "B4"): (CUC, "B5"),
    (PHONG_ANNUAL, "B2"): (PHONG, "B3"),
    (PHONG_ANNUAL, "B3"): (PHONG, "B4"),
    (PHONG_ANNUAL, "B4"): (PHONG, "B5"),
    (PHONG_EXTERNAL, "B4"): (PHONG, "B5"),
}


def test_one_sitting_with_two_purposes_in_s004_alone() -> None:
    """A.3 Same sitting; A.2.8 B3 has no such clause."""
    found = {
        (key, step.id): (link.procedure, link.step)
        for key in ORDER
        for step in of(key).steps
        for link in step.held_with
    }

    assert found == TOGETHER
    for key, step in found.values():
        assert of(key).step(step).ballot is not None


def test_exits_without_a_ballot_in_s004_alone() -> None:
    """A.3 No-ballot removals."""
    assert [key for key in ORDER if of(key).exits] == list(S004)


def test_once_a_year_in_the_first_quarter() -> None:
    """A.3 Frequency: S003 says so; January is S001's and stands in the calendar."""
    assert "01 lần/năm, trong quý I" in of(S003).notes[0].vi


def test_each_says_which_rules_it_belongs_to_and_what_replaced_them() -> None:
    for key in ORDER:
        regime = of(key).regime
        assert regime is not None
        assert "377-QĐ/TW" in regime.vi
        assert "08/10/2025" in regime.vi
        assert "50-QĐ/TW" in regime.vi
        assert ("16-HD" in regime.vi) == (key in S000 + S004)


def _texts(data: object) -> list[Text]:
    if isinstance(data, Text):
        return [data]
    if isinstance(data, tuple):
        return [text for each in data for text in _texts(each)]
    fields = getattr(data, "__struct_fields__", ())
    return [text for name in fields for text in _texts(getattr(data, name))]


@pytest.mark.parametrize("key", ORDER)
def test_every_wording_is_in_both_languages_and_one_spelling(key: str) -> None:
    texts = _texts(of(key))
    assert len(texts) > 20
    for text in texts:
        assert text.en
        assert text.en != text.vi
    file = builtin()[key].text
    assert unicodedata.is_normalized("NFC", file)
    assert "uỷ" not in file.lower()  # the console writes "ủy"


@pytest.mark.parametrize("key", ORDER)
def test_a_file_says_what_it_is_before_anything_else(key: str) -> None:
    head = builtin()[key].text.split("\n\nid = ")[0]

    assert head.startswith("# ")
    assert "# Nguồn: S00" in head
    assert "phieukin procedures check" in head
    assert all(line.startswith("#") for line in head.splitlines())


DOCUMENT = Path(__file__).parents[2] / "docs" / "procedures.md"


def _keys(kind: type[msgspec.Struct]) -> set[str]:
    return {field.name for field in msgspec.structs.fields(kind)}


def test_every_key_is_described() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    shapes = (Procedure, Step, Ballot, Threshold, Composition, HeldWith, Caps, Quorum)

    for shape in shapes:
        assert {key for key in _keys(shape) if f"`{key}" not in text} == set()


@each_row
def test_every_row_is_listed_with_its_test(row: Row) -> None:
    assert f"`[{row.id}]`" in DOCUMENT.read_text(encoding="utf-8")


def test_every_listed_test_exists() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    files = Path(__file__).parents[1].rglob("test_*.py")
    written = "".join(file.read_text(encoding="utf-8") for file in files)

    names = set(re.findall(r"\b(test_\w+)(?!\w|\.py)", text))
    assert len(names) > 20
    assert {name for name in names if f"def {name}(" not in written} == set()
