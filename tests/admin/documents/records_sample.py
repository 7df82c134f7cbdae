"""Records of invented conferences, from which the tests make every document."""

import hashlib
import json
from datetime import datetime, timedelta
from itertools import product

import msgspec

from admin.models import Presence, Secrecy, State
from admin.records.kept import Kept
from admin.records.shapes import (
    VERSION,
    BarRecord,
    ConferenceRecord,
    DelegateRecord,
    DetailsRecord,
    EarlierLine,
    EarlierStep,
    ExitRecord,
    ItemRecord,
    LetterheadRecord,
    NomineeRecord,
    NumbersRecord,
    PositionRecord,
    TieRecord,
    Withdrawn,
)
from tally.verdicts import outcomes
from web.contracts import (
    LEADER,
    CommitteeMember,
    CommitteeReady,
    CommitteeRemark,
    CountRecorded,
    JournalLine,
    Outcome,
    OwnCount,
    Remark,
    SectionResult,
    ToolCount,
    Verdict,
    ZeroReported,
)
from web.paper import Purpose, Style
from web.rules import Base, Counts, Rule, Tie, needed_votes

COUNTS = Counts(summoned=210, present=207, members=None)
CAST = 206
UUID = "mau00000000000000000A1"
STARTS = "2026-02-05T14:00:00+07:00"
FOUND = Rule(share="3/10", strict=False, of=Base.PRESENT)
FEW = Rule(
    share="3/10",
    strict=False,
    of=Base.PRESENT,
    quota=2,
    tie=Tie.HEAD,
    decider="Bí thư Đảng ủy",
)
REMOVED = Rule(share="1/2", strict=True, of=Base.SUMMONED)
FINAL = Rule(share="1/2", strict=True, of=Base.SUMMONED, quota=1, tie=Tie.HEAD)

PARTY = LetterheadRecord(
    layout="party",
    issuer="Đảng ủy Sở Mẫu",
    superior="Đảng bộ tỉnh Hải Sơn",
    symbol="ĐU",
    locality="Hải Sơn",
    margins=(20, 20, 30, 15),
)
STATE = LetterheadRecord(
    layout="state",
    issuer="Sở Mẫu",
    superior="Ủy ban nhân dân tỉnh Hải Sơn",
    symbol="SM",
    locality="Hải Sơn",
    margins=(20, 20, 30, 20),
)
LETTERHEADS = {"party": PARTY, "state": STATE}

_FAMILIES = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ"]
_MIDDLE = ("Mẫu", "Giả", "Thử")
_GIVEN = ["An", "Bình", "Chi", "Dung", "Giang", "Hà", "Khánh"]
NAMES = tuple(" ".join(parts) for parts in product(_FAMILIES, _MIDDLE, _GIVEN))
_REASONS = ("Đi công tác", "Nghỉ ốm", "")
COMMITTEE = (
    CommitteeMember("Trần Mẫu Bình", "Tổ trưởng"),
    CommitteeMember("Lê Mẫu Chi", ""),
    CommitteeMember("Phạm Mẫu Dung", "thư ký"),
)


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def later(minutes: float) -> str:
    at = datetime.fromisoformat(STARTS) + timedelta(minutes=minutes)
    return at.isoformat(timespec="seconds")


def nominee(number: int, name: str, **person: str) -> NomineeRecord:
    return NomineeRecord(
        key=f"key-{number}-{name}",
        number=number,
        name=name,
        birth_year=1980 + number % 12,
        post="Trưởng phòng",
        person={
            "birth": f"{number % 28 + 1:02d}/03/{1980 + number % 12}",
            "sex": "Nữ" if number % 3 == 0 else "Nam",
            "ethnicity": "Kinh",
            "home": "xã Thử, tỉnh Hải Sơn",
            "post": "Trưởng phòng",
            "unit": "Phòng Tổ chức - Hành chính",
            "party_joined": "19/05/2006",
            "party_official": "19/05/2007",
            "profession": "Thạc sĩ Quản lý công",
            "theory": "Cao cấp",
            "languages": "Tiếng Anh B1",
            "evaluations": "2023: HTTNV; 2024: HTXSNV; 2025: HTTNV",
            "origin": "Bổ sung",
            **person,
        },
    )


COLUMNS = (
    *("birth", "sex", "ethnicity", "home", "post", "unit", "party_joined"),
    *("party_official", "profession", "theory", "management", "languages"),
    *("computing", "evaluations", "origin", "note"),
)


NEXT = "Hội nghị tập thể lãnh đạo mở rộng"


def item(number: int, purpose: Purpose, name: str) -> ItemRecord:
    return ItemRecord(
        number=number,
        procedure="s000-next-term-onsite",
        procedure_name="Xây dựng quy hoạch cán bộ nhiệm kỳ 2025–2030",
        version="1",
        digest=sha("procedure"),
        source="S000: Phụ lục 2 kèm theo Kế hoạch tháng 3/2022, mục I",
        step=str(number + 2),
        step_name=name,
        next_step=NEXT if purpose is Purpose.INTRODUCE else "",
        purpose=purpose,
        announced=False,
        quorum="2/3",
        chosen=("announced",) if purpose is Purpose.REMOVE else (),
        columns=COLUMNS,
    )


ITEMS = (
    item(1, Purpose.INTRODUCE, "Hội nghị cán bộ chủ chốt lấy ý kiến phát hiện"),
    item(2, Purpose.REMOVE, "Bỏ phiếu đưa ra khỏi quy hoạch"),
)


STRUCTURE = (
    BarRecord("women", None, None, 1, 4, 0, "15/100", met=True),
    BarRecord("young", None, 42, 0, 4, 1, "1/10", met=False),
    BarRecord("ages", None, 40, 1, 4, 0, "", met=None),
    BarRecord("ages", 40, 50, 2, 4, 0, "", met=None),
    BarRecord("ages", 50, None, 1, 4, 0, "", met=None),
)


def position(
    number: int,
    title: str,
    rule: Rule,
    nominees: tuple[NomineeRecord, ...],
    *,
    ballot: ItemRecord = ITEMS[0],
    style: Style = Style.AGREE_DISAGREE,
    counts: Counts = COUNTS,
) -> PositionRecord:
    return PositionRecord(
        number=number,
        item=ballot.number,
        title=title,
        term="2025–2030" if ballot.purpose is Purpose.INTRODUCE else "",
        quota=rule.quota,
        style=style,
        purpose=ballot.purpose,
        rule=rule,
        needed=needed_votes(rule, counts),
        nominees=nominees,
        earlier=(),
        withdrawn=(),
        tie=None,
        structure=STRUCTURE if ballot.purpose is Purpose.INTRODUCE else (),
    )


def result(
    of: PositionRecord,
    votes: tuple[int, ...],
    counts: Counts = COUNTS,
    cast: int = CAST,
) -> SectionResult:
    """Return what the tally makes of these votes in favour: its own arithmetic."""
    lines = [(each.key, each.name) for each in of.nominees] or [("", of.title)]
    decided = outcomes(of.rule, votes, counts)
    spare = [0 if of.style is Style.SELECT else (cast - agree) // 2 for agree in votes]
    return SectionResult(
        title=of.title,
        rule=of.rule,
        verdicts=tuple(
            Verdict(
                nominee=key,
                name=name,
                agree=agree,
                disagree=against,
                unmarked=cast - agree - against,
                needed=needed_votes(of.rule, counts),
                base=of.rule.of,
                out_of=counts.of(of.rule.of),
                outcome=outcome,
            )
            for (key, name), agree, against, outcome in zip(
                lines, votes, spare, decided, strict=True
            )
        ),
    )


def _positions() -> tuple[PositionRecord, ...]:
    director = position(
        1,
        "Giám đốc Sở",
        FOUND,
        (nominee(1, "Vũ Mẫu Giang"), nominee(2, "Đặng Giả Hà")),
    )
    deputies = tuple(
        nominee(number, name)
        for number, name in enumerate(
            ("Bùi Thử Khánh", "Đỗ Mẫu An", "Phan Giả Chi", "Hoàng Thử Dung"), 1
        )
    )
    deputy = position(2, "Phó Giám đốc Sở", FEW, deputies)
    tie = TieRecord(
        chosen=(deputies[2].key,),
        head_name="Nguyễn Mẫu An",
        head_title="Bí thư Đảng ủy",
        reason="Có thời gian công tác ở cơ sở dài hơn",
        decided_at=later(130),
    )
    earlier = EarlierStep(
        step="2",
        step_name="Hội nghị tập thể lãnh đạo (lần 1)",
        base=Base.PRESENT,
        out_of=30,
        needed=16,
        lines=tuple(
            EarlierLine(each.key, 25 - n, 5 + n, 0, Outcome.PASSED)
            for n, each in enumerate(deputies[:3])
        ),
    )
    gone = Withdrawn("Lê Thử Bình", "Xin rút khỏi danh sách vì lý do sức khỏe")
    removal = position(
        3,
        "Trưởng phòng Tổ chức - Hành chính",
        REMOVED,
        (nominee(1, "Trần Thử Giang"), nominee(2, "Phạm Giả Khánh")),
        ballot=ITEMS[1],
    )
    return (
        director,
        msgspec.structs.replace(deputy, tie=tie, earlier=(earlier,), withdrawn=(gone,)),
        removal,
    )


def delegates(summoned: int, present: int) -> tuple[DelegateRecord, ...]:
    return tuple(
        DelegateRecord(
            number=number,
            name=NAMES[(number - 1) % len(NAMES)],
            post="Trưởng phòng" if number % 4 else "Phó Trưởng phòng",
            unit=f"Phòng Mẫu số {number % 12 + 1}",
            presence=Presence.PRESENT if number <= present else Presence.ABSENT,
            reason="" if number <= present else _REASONS[number % len(_REASONS)],
        )
        for number in range(1, summoned + 1)
    )


def line(minutes: float, actor: str, name: str, **details: object) -> JournalLine:
    at = datetime.fromisoformat(later(minutes))
    body = json.dumps({"uuid": UUID, **details}, ensure_ascii=False)
    return JournalLine(at=at, actor=actor, name=name, details=body)


def _journal() -> tuple[JournalLine, ...]:
    return (
        line(
            -600,
            "secretary",
            "admin.conference.created",
            step="3",
            members=3,
            threshold=2,
            override="",
        ),
        line(-580, "secretary", "admin.list.imported", what="delegates", rows=210),
        line(-500, "secretary", "admin.committee.convened"),
        line(-400, "secretary", "admin.cards.printed", cards=220, replaced=0),
        line(
            -60,
            "chair",
            "admin.paper.sealed",
            fingerprint="fingerprint0fTheSealedPaper0123456789abcdefg",
            override="",
        ),
        line(-20, "tally", "admin.zero.reported", head=sha("zero")),
        line(
            20,
            "secretary",
            "admin.roll_call.locked",
            summoned=210,
            present=207,
            issued=207,
        ),
        line(
            22,
            "chair+secretary",
            "admin.box.opened",
            summoned=210,
            present=207,
            issued=207,
            voided=2,
            small_group=False,
        ),
        line(70, "chair", "admin.box.closed", cast=CAST, issued=207, head=sha("head")),
        line(125, "tally", "admin.count.received", cast=CAST, archive=sha("archive")),
        line(
            130,
            "chair",
            "admin.tie.decided",
            position=2,
            tied=2,
            seats=1,
            head_name="Nguyễn Mẫu An",
            head_title="Bí thư Đảng ủy",
        ),
        line(140, "chair", "admin.result.published", announced=False),
    )


def _tally_journal() -> tuple[JournalLine, ...]:
    return (
        line(-499, "admin", "tally.committee.convened", members=3, threshold=2),
        line(-480, "leader", "tally.join_codes.handed_out", members=[1, 2, 3]),
        line(-450, "member 2", "tally.ceremony.step", member=2, step="certificates"),
        line(-20, "member 1", "tally.box.seen_empty", head=sha("zero")),
        line(75, "leader", "tally.numbers.told", issued=207, cast=CAST),
        line(80, "member 1", "tally.share.given", member=1),
        line(81, "member 3", "tally.share.given", member=3),
        line(90, "member 3", "tally.own_count.given", member=3, agrees=True),
        line(
            92,
            "tally",
            "tally.outside.counted",
            version="3.0",
            state="agrees",
            detail="60/206",
        ),
        line(
            100,
            "member 2",
            "tally.remark.written",
            number=1,
            member=2,
            kind="complaint",
        ),
        line(120, "leader", "tally.count.closed"),
    )


def conference(layout: str = "party") -> ConferenceRecord:
    return ConferenceRecord(
        version=VERSION,
        uuid=UUID,
        state=State.PUBLISHED,
        demo=False,
        title="Hội nghị cán bộ chủ chốt lấy ý kiến phát hiện, giới thiệu quy hoạch",
        office="Sở Mẫu tỉnh Hải Sơn",
        place="Hội trường A, trụ sở Sở Mẫu",
        starts_at=STARTS,
        sealed_at=later(-60),
        opened_at=later(22),
        closed_at=later(70),
        published_at=later(140),
        announced=False,
        void_reason="",
        letterhead=LETTERHEADS[layout],
        details=DetailsRecord(
            number="12",
            secrecy=Secrecy.MAT,
            chair_name="Nguyễn Mẫu An",
            chair_title="Bí thư Đảng ủy, Giám đốc Sở",
            secretary_name="Hoàng Mẫu Hà",
            secretary_title="Chánh Văn phòng",
            reporter="Phòng Tổ chức - Hành chính",
            bases=(
                "Căn cứ Kế hoạch số 49-KH/TU của Ban Thường vụ Tỉnh ủy",
                "Căn cứ Quy chế làm việc của Đảng ủy;",
            ),
            discussion=(
                "Phòng Tổ chức - Hành chính trình bày tiêu chuẩn, cơ cấu, số lượng.",
                "Hội nghị thảo luận; 04 ý kiến nhất trí với danh sách dự kiến.",
            ),
            recipients=("- Ban Tổ chức Tỉnh ủy;", "- Lưu Văn phòng Đảng ủy (02 bản)."),
            copies=3,
        ),
        numbers=NumbersRecord(
            summoned=210,
            present=207,
            printed=220,
            issued=207,
            voided=2,
            cast=CAST,
            members=None,
            needed_present=140,
        ),
        items=ITEMS,
        positions=_positions(),
        delegates=delegates(210, 207),
        committee=COMMITTEE,
        threshold=2,
        committee_fingerprint="committeeKeyFingerprint0123456789abcdefghij",
        fingerprint="fingerprint0fTheSealedPaper0123456789abcdefg",
        zero_head=sha("zero"),
        head=sha("head"),
        exits=(
            ExitRecord(
                "Phan Thử An", "Phó Giám đốc Sở", "Nghỉ hưu", "45-QĐ/TU, 12/01/2026"
            ),
        ),
        journal=_journal(),
    )


def count(positions: tuple[PositionRecord, ...]) -> CountRecorded:
    votes = ((150, 62), (190, 120, 120, 61), (106, 105))
    return CountRecorded(
        fingerprint="fingerprint0fTheSealedPaper0123456789abcdefg",
        head=sha("last"),
        archive=sha("archive"),
        counts=COUNTS,
        printed=220,
        issued=207,
        voided=2,
        cast=CAST,
        sections=tuple(
            result(each, agreed) for each, agreed in zip(positions, votes, strict=True)
        ),
        opened_by=("Trần Mẫu Bình", "Phạm Mẫu Dung"),
        confirmed_by=tuple(member.name for member in COMMITTEE),
        remarks=(
            CommitteeRemark(
                member="Lê Mẫu Chi",
                kind=Remark.COMPLAINT,
                text="Một đại biểu cho rằng thẻ của mình không được nhận ở máy số 3.",
                handling="Đã đổi thẻ; đại biểu bỏ phiếu tại máy số 4 và đồng ý.",
            ),
            CommitteeRemark(
                member=LEADER,
                kind=Remark.NOTE,
                text="01 đại biểu nhận thẻ nhưng không bỏ phiếu.",
                handling="",
            ),
        ),
        own_counts=tuple(OwnCount(member.name, agrees=True) for member in COMMITTEE),
        tool=ToolCount("3.0", agrees=True),
        journal=_tally_journal(),
    )


def ordinary(layout: str = "party") -> Kept:
    """Return a counted conference: a tie, 62/207, absentees, a complaint."""
    record = conference(layout)
    return Kept(
        conference=record,
        ready=CommitteeReady(
            "", record.committee_fingerprint, tuple(m.name for m in COMMITTEE)
        ),
        zero=ZeroReported(sha("zero"), 0, tuple(m.name for m in COMMITTEE)),
        zero_at=later(-20),
        count=count(record.positions),
        counted_at=later(124),
    )


def draft(layout: str = "party") -> Kept:
    """Return the same conference before its roll call."""
    record = msgspec.structs.replace(
        conference(layout),
        state=State.SEALED,
        opened_at="",
        closed_at="",
        published_at="",
        head="",
        positions=tuple(
            msgspec.structs.replace(
                each, tie=None, needed=each.needed if each.number > 2 else None
            )
            for each in _positions()
        ),
        delegates=tuple(
            msgspec.structs.replace(each, presence=Presence.EXPECTED, reason="")
            for each in delegates(210, 207)
        ),
        numbers=NumbersRecord(210, 0, 220, 0, 0, None, None, 140),
        journal=_journal()[:5],
    )
    return Kept(conference=record)


def abandoned(layout: str = "party") -> Kept:
    """Return the same conference, abandoned while people voted."""
    kept = ordinary(layout)
    record = msgspec.structs.replace(
        kept.conference,
        state=State.VOID,
        closed_at="",
        published_at="",
        void_reason="Mất điện kéo dài trong khi bỏ phiếu",
        numbers=msgspec.structs.replace(kept.conference.numbers, cast=None),
    )
    return Kept(conference=record, ready=kept.ready, zero=kept.zero, zero_at=later(-20))


def other_styles(layout: str = "party") -> Kept:
    """Return a conference that chooses one of three and answers a question."""
    counts = Counts(summoned=12, present=10, members=15)
    named = tuple(nominee(n, name) for n, name in enumerate(NAMES[30:33], 1))
    positions = (
        position(1, "Đại biểu", FINAL, named, style=Style.SELECT, counts=counts),
        msgspec.structs.replace(
            position(
                2,
                "Thông qua danh sách nguồn nhân sự từ nơi khác",
                msgspec.structs.replace(REMOVED, of=Base.MEMBERS),
                (),
                style=Style.MOTION,
                counts=counts,
            ),
            term="",
        ),
    )
    items = (msgspec.structs.replace(ITEMS[0], announced=True),)
    kept = ordinary(layout)
    record = msgspec.structs.replace(
        kept.conference,
        announced=True,
        items=items,
        positions=positions,
        delegates=delegates(12, 10),
        numbers=NumbersRecord(12, 10, 15, 10, 0, 10, 15, 8),
    )
    counted = msgspec.structs.replace(
        count(kept.conference.positions),
        counts=counts,
        cast=10,
        issued=10,
        blank=1,
        sections=(
            result(positions[0], (5, 7, 6), counts, 10),
            result(positions[1], (8,), counts, 10),
        ),
        remarks=(),
        own_counts=(),
        tool=None,
        journal=_tally_journal()[:-3],  # no tool, no remark
    )
    return Kept(
        conference=record,
        ready=kept.ready,
        zero=kept.zero,
        zero_at=kept.zero_at,
        count=counted,
        counted_at=kept.counted_at,
    )


def longest(layout: str = "party") -> Kept:
    """Return the longest: 60 nominees, names of 120 letters, titles of 300."""
    name = ("Công Tằng Tôn Nữ Mẫu Thử " * 5).strip()
    text = ("Trung tâm Nghiên cứu, Ứng dụng và Chuyển giao công nghệ Mẫu " * 5).strip()
    named = tuple(
        nominee(n, f"{name[: 117 - len(str(n))].strip()} {n}", note="Đang đi học")
        for n in range(1, 61)
    )
    place = position(1, text[:200].strip(), FINAL, named)
    kept = ordinary(layout)
    record = msgspec.structs.replace(
        kept.conference,
        title=text[:300].strip(),
        office=text[:300].strip(),
        place=text[:200].strip(),
        letterhead=msgspec.structs.replace(
            LETTERHEADS[layout], issuer=text[:300].strip(), superior=text[:300].strip()
        ),
        items=ITEMS[:1],
        positions=(place,),
    )
    votes = tuple(200 - n for n in range(60))
    counted = msgspec.structs.replace(
        count(kept.conference.positions), sections=(result(place, votes),)
    )
    return Kept(
        conference=record,
        ready=kept.ready,
        zero=kept.zero,
        zero_at=kept.zero_at,
        count=counted,
        counted_at=kept.counted_at,
    )
