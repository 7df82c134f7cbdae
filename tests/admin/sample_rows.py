"""What DOMAIN.md A.5 and A.6 say, row by row: S001's plan, S002's meetings."""

from dataclasses import dataclass
from datetime import date

PARTY_UNITS = "Chi bộ, đảng bộ cơ sở trực thuộc Thành ủy"
COMMUNES = "Hội đồng nhân dân, Ủy ban nhân dân phường, xã"
COMMUNE_BODIES = "Mặt trận Tổ quốc và các tổ chức chính trị - xã hội phường, xã"
CITY_BODIES = "Ủy ban MTTQ, các tổ chức chính trị - xã hội, Hội Chữ thập đỏ thành phố"
PARTY_OFFICES = "Ban, cơ quan thuộc Thành ủy; Ủy ban Kiểm tra Thành ủy"
CITY_OFFICES = "Phòng, ban, cơ quan, đơn vị thuộc HĐND, UBND thành phố"
STANDING = "Ban Thường vụ Thành ủy"
VERTICAL = "Cơ quan ngành dọc tỉnh quản lý"
OFFICE = "Văn phòng Ủy ban nhân dân tỉnh"

COMMUNE_POSTS = (
    "Ban chấp hành",
    "Ban thường trực (MTTQ)",
    "Ban thường vụ (tổ chức chính trị - xã hội)",
    "Cấp trưởng",
    "Cấp phó",
)
CITY_POSTS = (
    "Ban chấp hành",
    "Ban thường vụ (tổ chức chính trị - xã hội, Hội Chữ thập đỏ)",
    "Ban thường trực (MTTQ)",
    "Chức danh lãnh đạo, quản lý",
)
CITY_PARTY_POSTS = (
    "Ban Chấp hành Đảng bộ thành phố",
    "Ban Thường vụ Thành ủy",
    "Bí thư Thành ủy",
    "Phó Bí thư Thành ủy",
)
CITY_STATE_POSTS = (
    "Chủ tịch HĐND thành phố",
    "Phó Chủ tịch HĐND thành phố",
    "Chủ tịch UBND thành phố",
    "Phó Chủ tịch UBND thành phố",
)
MANAGED_BY = {
    PARTY_UNITS: "Ban Thường vụ Thành ủy",
    COMMUNES: "Ban Thường vụ Thành ủy",
    COMMUNE_BODIES: "Cấp ủy cơ sở",
    CITY_BODIES: "Ban Thường vụ Thành ủy",
    PARTY_OFFICES: "Ban Thường vụ Thành ủy",
    CITY_OFFICES: "Ban Thường vụ Thành ủy",
    STANDING: "Ban Thường vụ Tỉnh ủy",
}

# row of DOMAIN.md: unit, posts, term
TERMS = {
    "A.5.1 I.1 cấp ủy": (
        PARTY_UNITS,
        (
            "Ban chấp hành đảng bộ, chi bộ",
            "Ban thường vụ cấp ủy",
            "Bí thư cấp ủy",
            "Phó Bí thư cấp ủy",
        ),
        "2020–2025",
    ),
    "A.5.1 I.1 phường, xã": (
        COMMUNES,
        ("Chức danh lãnh đạo HĐND, UBND phường, xã",),
        "2021–2026",
    ),
    "A.5.1 I.1 MTTQ, CT-XH": (COMMUNE_BODIES, COMMUNE_POSTS, "nhiệm kỳ hiện tại"),
    "A.5.1 I.2": (CITY_BODIES, CITY_POSTS, "nhiệm kỳ hiện tại của tổ chức"),
    "A.5.1 I.3 Thành ủy": (
        PARTY_OFFICES,
        ("Chức danh lãnh đạo, quản lý",),
        "giai đoạn 2020–2025",
    ),
    "A.5.1 I.3 HĐND, UBND": (
        CITY_OFFICES,
        ("Chức danh lãnh đạo, quản lý",),
        "giai đoạn 2021–2026",
    ),
    "A.5.1 I.4 cấp ủy": (STANDING, CITY_PARTY_POSTS, "2020–2025"),
    "A.5.1 I.4 HĐND, UBND": (STANDING, CITY_STATE_POSTS, "2021–2026"),
    "A.5.2 II.1 cấp ủy": (
        PARTY_UNITS,
        (
            "Ban chấp hành đảng bộ, chi bộ",
            "Ban thường vụ đảng ủy",
            "Bí thư đảng ủy, chi bộ",
            "Phó Bí thư đảng ủy, chi bộ",
        ),
        "2025–2030",
    ),
    "A.5.2 II.1 phường, xã": (
        COMMUNES,
        (
            "Chủ tịch HĐND phường, xã",
            "Phó Chủ tịch HĐND phường, xã",
            "Chủ tịch UBND phường, xã",
            "Phó Chủ tịch UBND phường, xã",
        ),
        "2026–2031",
    ),
    "A.5.2 II.1 MTTQ, CT-XH": (COMMUNE_BODIES, COMMUNE_POSTS, "nhiệm kỳ kế tiếp"),
    "A.5.2 II.2": (CITY_BODIES, CITY_POSTS, "nhiệm kỳ kế tiếp"),
    "A.5.2 II.3 Thành ủy": (
        PARTY_OFFICES,
        ("Chức danh lãnh đạo, quản lý",),
        "giai đoạn 2025–2030",
    ),
    "A.5.2 II.3 HĐND, UBND": (
        CITY_OFFICES,
        ("Chức danh lãnh đạo, quản lý",),
        "giai đoạn 2026–2031",
    ),
    "A.5.2 II.4 cấp ủy": (STANDING, CITY_PARTY_POSTS, "2025–2030"),
    "A.5.2 II.4 HĐND, UBND": (STANDING, CITY_STATE_POSTS, "2026–2031"),
}
ALL_BUT_STANDING = (
    PARTY_UNITS,
    COMMUNES,
    COMMUNE_BODIES,
    CITY_BODIES,
    PARTY_OFFICES,
    CITY_OFFICES,
)


@dataclass(frozen=True)
class Row:
    """One deadline of A.5.3: who, a word of it, when, and when it is too late."""

    units: tuple[str, ...]
    words: str
    source: str
    due: date
    weekday: str
    before: bool
    last: date
    weekend: bool = False
    begins: date | None = None


DEADLINES = {
    "A.5.3 III.1": Row(
        (COMMUNE_BODIES,),
        "cấp ủy cơ sở phê duyệt",
        "S001, mục B.III.1",
        date(2022, 3, 20),
        "Sun",
        before=True,
        last=date(2022, 3, 19),
        weekend=True,
    ),
    "A.5.3 III.2 hồ sơ": Row(
        (PARTY_UNITS, COMMUNES, CITY_BODIES, PARTY_OFFICES, CITY_OFFICES),
        "Hoàn thiện hồ sơ (theo mẫu)",
        "S001, mục B.III.2",
        date(2022, 3, 20),
        "Sun",
        before=True,
        last=date(2022, 3, 19),
        weekend=True,
    ),
    "A.5.3 III.2 phê duyệt": Row(
        (STANDING,),
        "phê duyệt xong",
        "S001, mục B.III.2",
        date(2022, 3, 25),
        "Fri",
        before=True,
        last=date(2022, 3, 24),
    ),
    "A.5.3 III.3.1": Row(
        (STANDING,),
        "tham mưu xong rà soát, bổ sung",
        "S001, mục B.III.3.1",
        date(2022, 3, 30),
        "Wed",
        before=True,
        last=date(2022, 3, 29),
    ),
    "A.5.3 III.3.2": Row(
        (STANDING,),
        "Ban hành Đề án",
        "S001, mục B.III.3.2",
        date(2022, 3, 30),
        "Wed",
        before=True,
        last=date(2022, 3, 29),
    ),
    "A.5.3 III.4.1 tháng 01": Row(
        ALL_BUT_STANDING,
        "sau khi đánh giá, xếp loại",
        "S001, mục B.III.4.1",
        date(2023, 1, 31),
        "Tue",
        before=False,
        last=date(2023, 1, 31),
        begins=date(2023, 1, 1),
    ),
    "A.5.3 III.4.1 nộp hồ sơ": Row(
        ALL_BUT_STANDING,
        "Nộp hồ sơ",
        "S001, mục B.III.4.1",
        date(2023, 1, 31),
        "Tue",
        before=True,
        last=date(2023, 1, 30),
        begins=date(2023, 1, 1),
    ),
    "A.5.3 III.4.1 phê duyệt": Row(
        (STANDING,),
        "phê duyệt kết quả",
        "S001, mục B.III.4.1",
        date(2023, 2, 28),
        "Tue",
        before=False,
        last=date(2023, 2, 28),
        begins=date(2023, 2, 1),
    ),
    "A.5.3 III.4.1 lần thứ 02": Row(
        ("",),
        "lần thứ 02",
        "S001, mục B.III.4.1",
        date(2023, 12, 31),
        "Sun",
        before=False,
        last=date(2023, 12, 31),
        begins=date(2023, 3, 1),
    ),
    "A.5.3 III.4.2": Row(
        (STANDING,),
        "đề nghị Ban Thường vụ Tỉnh ủy phê duyệt",
        "S001, mục B.III.4.2",
        date(2023, 2, 28),
        "Tue",
        before=False,
        last=date(2023, 2, 28),
        begins=date(2023, 2, 1),
    ),
}


@dataclass(frozen=True)
class Held:
    """One meeting of A.6."""

    words: str
    source: str
    starts: str
    weekday: str
    step: str = ""
    procedure: str = ""
    provisional: bool = False
    after: str = ""


DEPUTY = "s002-pcvp-annual-2021"
MEETINGS = {
    "A.6 #1": Held(
        "Quy trình bước 1, chức danh Chánh Văn phòng (giữ quy hoạch 03 đồng chí",
        "S002, mục II.1.a",
        "2021-03-12T14:00",
        "Fri",
        "1",
    ),
    "A.6 #2": Held(
        "Bước 1: Hội nghị lãnh đạo Văn phòng UBND tỉnh",
        "S002, mục II.1.b",
        "2021-03-12T14:00",
        "Fri",
        "1",
        DEPUTY,
    ),
    "A.6 #3": Held(
        "Bước 2: Hội nghị cán bộ chủ chốt",
        "S002, mục II.1.b",
        "2021-03-18T14:00",
        "Thu",
        "2",
        DEPUTY,
    ),
    "A.6 #4": Held(
        "Bước 3: Hội nghị lãnh đạo mở rộng",
        "S002, mục II.1.b",
        "2021-03-18T15:00",
        "Thu",
        "3",
        DEPUTY,
        provisional=True,
    ),
    "A.6 #5": Held(
        "Bước 4: Hội nghị lãnh đạo Văn phòng",
        "S002, mục II.1.b",
        "2021-03-18T16:00",
        "Thu",
        "4",
        DEPUTY,
        provisional=True,
    ),
    "A.6 #6": Held(
        "Bước 1–4, chức danh lãnh đạo, quản lý thuộc Văn phòng quản lý",
        "S002, mục II.2",
        "",
        "",
        procedure="s002-vp-managed-annual-2021",
        after="Bước 4: Hội nghị lãnh đạo Văn phòng",
    ),
}
