"""An invented document with one of every block, for the tests of the renderers."""

import msgspec

from admin.documents.head import Head
from admin.documents.outline import (
    Column,
    Fingerprint,
    Heading,
    MoreColumns,
    Outline,
    Paragraph,
    Repeat,
    Signature,
    Signatures,
    Style,
    Table,
)

PARTY = Head(
    layout="party",
    superior="Tỉnh ủy Hải Sơn",
    issuer="Đảng ủy Sở Khoa học và Công nghệ",
    number="Số 12-BB/ĐU",
    secrecy="",
    place_and_date="Hải Sơn, ngày 21 tháng 11 năm 2026",
    margins=(20, 20, 30, 15),
    mark="",
    recipients=("- Ban Tổ chức Tỉnh ủy (để báo cáo),", "- Lưu Văn phòng Đảng ủy."),
)
STATE = Head(
    layout="state",
    superior="Ủy ban nhân dân tỉnh Hải Sơn",
    issuer="Sở Khoa học và Công nghệ",
    number="Số: 12/BB-SKHCN",
    secrecy="",
    place_and_date="Hải Sơn, ngày 21 tháng 11 năm 2026",
    margins=(20, 20, 30, 15),
    mark="DỰ THẢO",
    recipients=("- Như trên;", "- Lưu: VT, TCCB."),
)


class Vote(msgspec.Struct, frozen=True):
    """One line of the sample."""

    number: int
    name: str
    agree: int
    share: str
    steps: tuple[str, ...]
    group: str = ""


class Section(msgspec.Struct, frozen=True):
    """One table of the sample."""

    title: str
    steps: tuple[str, ...]
    lines: tuple[Vote, ...]


class Facts(msgspec.Struct, frozen=True):
    """What the sample says."""

    head: Head
    place: str
    present: int
    remark: str
    sections: tuple[Section, ...]
    fingerprint: str
    leader: str


OUTLINE = Outline(
    name="bien-ban-mau",
    kind="Biên bản",
    subject="kiểm phiếu giới thiệu quy hoạch tại {{ place }}",
    blocks=(
        Heading("1. Thời gian, địa điểm"),
        Paragraph("Hội nghị họp tại {{ place }}; có mặt {{ present }} đại biểu."),
        Paragraph("Ghi chú: {{ remark }}", style=Style.NOTE, when="remark"),
        Heading("2. Kết quả"),
        Repeat(
            "section in sections",
            (
                Heading("{{ section.title }}", level=2),
                Table(
                    name="{{ section.title }}",
                    each="line in section.lines",
                    group="{{ line.group }}",
                    columns=(
                        Column("TT", "{{ line.number }}", 0.4, "center"),
                        Column("Họ và tên", "{{ line.name }}", 2.6),
                        Column("Đồng ý", "{{ line.agree }}", 0.8, "right"),
                        MoreColumns("section.steps", "line.steps", 0.9, "center"),
                        Column("Tỷ lệ", "{{ line.share }}", 0.8, "right"),
                    ),
                ),
                Paragraph("Bảng trên có {{ section.lines | length }} người."),
            ),
        ),
        Fingerprint("{{ fingerprint }}", "Dấu vân tay của tệp kết quả ({{ place }})"),
        Paragraph("Biên bản lập thành 03 bản.", style=Style.ITALIC),
        Signatures(
            (
                Signature("THƯ KÝ", "(Ký, ghi rõ họ tên)", "{{ leader }}"),
                Signature("TỔ TRƯỞNG", "(Ký, ghi rõ họ tên)", "{{ leader }}"),
                Signature("T/M HỘI NGHỊ\nCHỦ TRÌ", "(Ký, ghi rõ họ tên)", "Lê Văn Mẫu"),
            )
        ),
    ),
)


def votes(count: int, name: str = "Nguyễn Thị Mẫu") -> tuple[Vote, ...]:
    return tuple(
        Vote(
            number=number,
            name=f"{name} {number}",
            agree=62,
            share="29,95%",
            steps=("62/207", "31"),
            group="I. Nguồn tại chỗ" if number == 1 else "",
        )
        for number in range(1, count + 1)
    )


def facts(head: Head = PARTY, lines: int = 3, **changes: object) -> Facts:
    made = Facts(
        head=head,
        place="Hội trường tầng 2",
        present=207,
        remark="số đã làm tròn",
        sections=(Section("Giám đốc Sở", ("Bước 1", "Bước 2"), votes(lines)),),
        fingerprint="0123456789abcdef" * 4,
        leader="Trần Thị Kiểm",
    )
    return msgspec.structs.replace(made, **changes)
