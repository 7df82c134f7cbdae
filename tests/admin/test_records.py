"""Signed records: only added, verified whenever read, and silent on cards."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin import conferences, details
from admin.details import DetailsOrder
from admin.list_columns import ListColumn
from admin.models import Conference, Person, Record, SignedRecord
from admin.records import keeping
from admin.records.kept import Kept
from admin.records.shapes import KIND
from tests.admin.neighbours import Office
from tests.admin.plan_sample import CUC_NEXT, LEVEL, SILENT, Plan, hold, publish
from tests.admin.sample import MEMBERS, NOMINEES, Meeting
from tests.admin.test_sittings import HEAD, decide
from web.errors import Refused
from web.paper import Purpose, Style
from web.rules import Base

TALLY = ["committee.ready", "zero.reported", "count.recorded"]


@contextmanager
def opened(meeting: Meeting) -> Iterator[tuple[Session, Conference]]:
    app = meeting.office.app
    with app.test_request_context():
        sessions = app.extensions["phieukin.sessions"]
        with sessions.begin() as session:
            yield session, conferences.load(session, meeting.id)


def kept(meeting: Meeting) -> Kept:
    with opened(meeting) as (session, conference):
        return keeping.kept(session, conference)


def kinds(meeting: Meeting) -> list[str]:
    with opened(meeting) as (session, _):
        query = select(SignedRecord.kind).where(
            SignedRecord.conference_id == meeting.id
        )
        return list(session.scalars(query.order_by(SignedRecord.number)))


def test_the_records_of_a_counted_conference_say_everything(meeting: Meeting) -> None:
    found = kept(meeting.counted())
    record = found.conference

    assert [name for name, _ in found.signed] == [
        "01-committee.ready.json",
        "02-zero.reported.json",
        "03-count.recorded.json",
        "04-conference.recorded.json",
    ]
    assert record.office == "Sở Mẫu tỉnh Thử"
    assert record.starts_at.startswith("2026-11-21T")
    assert record.sealed_at <= record.opened_at <= record.closed_at <= found.counted_at
    numbers = record.numbers
    assert (numbers.summoned, numbers.present, numbers.issued) == (9, 7, 7)
    assert (numbers.printed, numbers.voided, numbers.cast) == (12, 0, 7)
    (position,) = record.positions
    assert (position.style, position.purpose) == (
        Style.AGREE_DISAGREE,
        Purpose.INTRODUCE,
    )
    assert (position.needed, position.rule.of) == (3, Base.PRESENT)
    assert [n.birth_year for n in position.nominees] == [1981, 1982, 1983]
    assert [m.name for m in record.committee] == list(MEMBERS)
    assert record.items[0].columns == tuple(column.value for column in ListColumn)
    assert record.letterhead.issuer == record.office
    assert found.count is not None
    assert found.count.sections[0].verdicts[2].agree == 7
    assert "admin.box.opened" in [line.name for line in record.journal]


def test_the_log_tells_what_came_first_within_a_second(meeting: Meeting) -> None:
    found = kept(meeting.create()).conference.journal
    with opened(meeting) as (session, _):
        booked = list(session.scalars(select(Record.at)))

    assert any(at.microsecond for at in booked)
    assert found
    assert {line.at for line in found} <= set(booked)


def test_unchanged_nothing_is_signed_again(meeting: Meeting) -> None:
    meeting.create()
    first, second = kept(meeting), kept(meeting)

    assert first == second
    assert kinds(meeting) == [KIND]
    meeting.fill()
    assert len(kept(meeting).conference.delegates) == 9
    assert kinds(meeting) == [KIND, KIND]


def test_no_row_tells_when_somebody_came(meeting: Meeting) -> None:
    meeting.create().fill().print_cards()
    row = meeting.delegates()[0]
    path = f"/delegates/{row['id']}/presence"
    meeting.post(path, {"presence": "present", "issue": True}, "desk")
    draft = kept(meeting)

    assert draft.conference.numbers.present == 1
    assert draft.signed[-1][0] == f"01-{KIND}.json"  # signed for this document alone
    assert kinds(meeting) == []
    meeting.post("/roll-call/lock")
    kept(meeting)
    assert kinds(meeting) == [KIND]


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_record_that_was_changed_is_refused_by_name(
    judged: Meeting, number: int
) -> None:
    kept(judged)
    with opened(judged) as (session, _):
        row = session.get_one(SignedRecord, (judged.id, number))
        name, honest = f"{number:02}-{row.kind}.json", row.sealed
        row.sealed = honest.replace(judged.uuid, "A" * 22, 1)
        assert row.sealed != honest
    with pytest.raises(Refused) as refused:
        kept(judged)
    with opened(judged) as (session, _):
        session.get_one(SignedRecord, (judged.id, number)).sealed = honest

    assert refused.value.code == "record_broken"
    assert refused.value.details == {"record": name}
    assert kept(judged).count is not None


def test_an_older_record_cannot_stand_for_the_last(judged: Meeting) -> None:
    """Both were signed by us: only their order was changed."""
    kept(judged)
    number = len(kinds(judged))
    with opened(judged) as (session, conference):
        details.save(session, conference, DetailsOrder(number="12"))
    assert kept(judged).conference.details.number == "12"
    with opened(judged) as (session, _):
        last = session.get_one(SignedRecord, (judged.id, number + 1))
        honest = last.sealed
        last.sealed = session.get_one(SignedRecord, (judged.id, number)).sealed
    with pytest.raises(Refused) as refused:
        kept(judged)
    with opened(judged) as (session, _):
        session.get_one(SignedRecord, (judged.id, number + 1)).sealed = honest

    assert refused.value.details == {"record": f"{number + 1:02}-{KIND}.json"}


def test_a_missing_record_is_missed(judged: Meeting) -> None:
    kept(judged)
    with opened(judged) as (session, _):
        row = session.get_one(SignedRecord, (judged.id, 2))
        gone = SignedRecord(
            conference_id=judged.id, number=2, kind=row.kind, sealed=row.sealed
        )
        session.delete(row)
    with pytest.raises(Refused) as refused:
        kept(judged)
    with opened(judged) as (session, _):
        session.add(gone)

    assert (refused.value.code, refused.value.details) == (
        "record_missing",
        {"number": 2},
    )


def test_no_card_and_no_ballot_is_in_any_record(judged: Meeting) -> None:
    signed = "".join(sealed for _, sealed in kept(judged).signed)

    for code in judged.codes:
        assert judged.public(code) not in signed
        assert code not in signed
        assert code.replace("-", "") not in signed
    for word in ("tracker", "credential", "ballot_hash", "signature_hash"):
        assert word not in signed.lower()


@pytest.fixture(scope="module")
def judged(closed: Meeting) -> Meeting:
    return closed.told((1, 5, 7))


def test_three_steps_give_the_counts_of_all_before(office: Office) -> None:
    plan = Plan(office).begin()
    position = plan.position(quota=1)
    instance = plan.start(position, level=LEVEL)
    plan.enter(position, "An", "Bình", "Chi", "Dung")
    plan.done(instance, "1", "2")
    third = publish(hold(plan.open(instance, "3"), (2, 3, 5, 7)))
    off = {"position": 1, "key": plan.entry("Bình")["key"], "reason": "Xin rút"}
    fourth = publish(hold(plan.following(third, withdrawn=[off]), (6, 5)))
    fifth = plan.following(fourth)

    assert [kept(each).conference.items[0].next_step for each in (third, fifth)] == [
        "Hội nghị tập thể lãnh đạo mở rộng thảo luận và giới thiệu quy hoạch",
        "",
    ]
    (paper,) = kept(fourth).conference.positions
    assert [(each.name, each.reason) for each in paper.withdrawn] == [
        ("Hoàng Giả Bình", "Xin rút")
    ]
    (paper,) = kept(fifth).conference.positions
    names = {nominee.key: nominee.name[-4:] for nominee in paper.nominees}
    assert [
        (each.step, each.out_of, each.needed, names[line.nominee], line.agree)
        for each in paper.earlier
        for line in each.lines
    ] == [
        ("3", 7, 3, " Chi", 5),
        ("3", 7, 3, "Dung", 7),
        ("4", 7, 4, "Dung", 6),
        ("4", 7, 4, " Chi", 5),
    ]
    assert paper.withdrawn == ()
    assert paper.nominees[0].person["origin"] == "Bổ sung"
    assert {bar.total for bar in paper.structure} == {len(paper.nominees)}


def test_the_register_is_printed_as_it_was_on_the_day(office: Office) -> None:
    plan = Plan(office).begin()
    position = plan.position(quota=1)
    instance = plan.start(position, level=LEVEL)
    plan.person(
        "An",
        birth_date=date(1980, 2, 3),
        sex="female",
        party_joined=date(2005, 9, 2),
        evaluations=json.dumps({"2023": "HTTNV", "2024": "HTXSNV"}),
    )
    plan.enter(position, "An")
    plan.done(instance, "1", "2")
    third = hold(plan.open(instance, "3"), (7,))

    def person() -> dict[str, str]:
        return kept(third).conference.positions[0].nominees[0].person

    def rename(sex: str) -> None:
        with opened(third) as (session, _):
            session.get_one(Person, plan.people["An"]).sex = sex

    def women() -> tuple[int, int]:
        bars = kept(third).conference.positions[0].structure
        [found] = [bar for bar in bars if bar.key == "women"]
        return found.count, found.total

    known = {
        "birth": "03/02/1980",
        "sex": "Nữ",
        "post": "Trưởng phòng",
        "party_joined": "02/09/2005",
        "evaluations": "2023: HTTNV; 2024: HTXSNV",
        "position": "Phó Giám đốc",
        "origin": "Bổ sung",
    }
    assert person() == known
    assert women() == (1, 1)  # of those who passed
    rename("male")
    assert women() == (0, 1)
    assert person()["sex"] == "Nam"
    publish(third)
    rename("female")
    assert person()["sex"] == "Nam"  # it is over: the register goes on without it


def test_a_count_of_before_is_taken_over(judged: Meeting) -> None:
    """Databases of the version before hold the count, and no record of it."""
    with opened(judged) as (session, conference):
        for row in session.scalars(select(SignedRecord)):
            session.delete(row)
        session.flush()
        found = keeping.kept(session, conference)

    assert found.ready is None
    assert found.count is not None
    assert [name[3:] for name, _ in found.signed] == [
        "count.recorded.json",
        f"{KIND}.json",
    ]


@pytest.mark.parametrize(
    ("choices", "quorum", "share"),
    [
        ({"quorum": "none", "announced": False, "rule": "none"}, "", "0"),
        (
            {
                "quorum": "1/2",
                "announced": True,
                "rule": {"share": "1/2", "strict": True, "of": "present"},
            },
            "1/2",
            "1/2",
        ),
    ],
)
def test_what_was_chosen_is_in_the_record(
    meeting: Meeting, choices: dict[str, object], quorum: str, share: str
) -> None:
    """A.2.4 step 3: what the document leaves unstated is recorded as chosen."""
    procedure = "s002-pcvp-annual-2021"
    record = kept(meeting.create("3", procedure=procedure, choices=choices)).conference

    (item,) = record.items
    assert set(choices) <= set(item.chosen)
    assert (item.quorum, item.announced) == (quorum, choices["announced"])
    assert record.positions[0].rule.share == share
    assert record.announced == choices["announced"]
    assert meeting.view()["items"][0]["source"] == item.source


def test_the_record_says_who_decided_a_tie_and_when(meeting: Meeting) -> None:
    meeting.counted((6, 7, 6), step="5")
    lines = meeting.view()["ties"][0]["tied"]
    key = next(line["key"] for line in lines if line["name"] == NOMINEES[2])
    meeting.post("/ties", decide(key), "chair")
    found = kept(meeting)

    tie = found.conference.positions[0].tie
    assert tie is not None
    assert tie.chosen == (key,)
    assert (tie.head_name, tie.head_title) == (HEAD["head_name"], HEAD["head_title"])
    assert tie.decided_at >= found.counted_at


def test_automatic_exits_are_in_the_record_of_their_unit(office: Office) -> None:
    """A.2.13: whoever left the planning without a ballot, with ground and document."""
    plan = Plan(office).begin()
    position = plan.position()
    instance = plan.start(position, procedure=CUC_NEXT)
    plan.enter(position, "An", "Bình")
    document = {"document_number": "12-QĐ/TU", "document_date": "2026-11-20"}
    exit_of = f"/api/entries/{plan.entry('Bình')['id']}/exit"
    plan.post(exit_of, {"ground": "qua-tuoi", **document})
    plan.done(instance, "B1", "B2")
    record = kept(plan.open(instance, "B3", choices=SILENT)).conference

    (left,) = record.exits
    assert (left.name, left.document) == ("Hoàng Giả Bình", "12-QĐ/TU, 20/11/2026")
    assert left.ground != ""
    assert kept(Meeting(office).create()).conference.exits == ()
