"""Lists, log, sample ballot, attendance and the report before opening."""

from dataclasses import fields
from typing import Any

import msgspec
import pytest

import admin.actions
import admin.calendar_actions
import admin.round_actions
import tally.actions
from admin.documents.catalogue import document
from admin.documents.facts import (
    attendance_list,
    event_log,
    nominee_list,
    sample_ballot,
    zero_report,
)
from admin.documents.words import Words
from admin.list_columns import ListColumn
from admin.records.kept import Kept
from tests.admin.documents import records_sample
from tests.admin.documents.test_facts_minutes import changed
from web.i18n import LOCALES, load_catalogue
from web.record import Action

WORDS = Words("vi")


def actions() -> dict[str, set[str]]:
    """Return every action that is about one conference, with its fields."""
    modules = (admin.actions, admin.round_actions, admin.calendar_actions)
    found = {
        each.name: {field.name for field in fields(each)}
        for module in (*modules, tally.actions)
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Action) and "name" in vars(each)
    }
    return {name: named for name, named in found.items() if "uuid" in named}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_action_of_a_journal_has_words(locale: str) -> None:
    names, words = actions(), Words(locale)

    assert {"admin.box.opened", "admin.ballot.joined", "tally.count.closed"} <= set(
        names
    )
    assert [name for name in names if not words.has(f"doc.action.{name}")] == []
    named = set().union(*names.values())
    assert [each for each in named if not words.has(f"doc.field.{each}")] == []


def test_no_words_are_kept_for_actions_that_are_no_more() -> None:
    known = {f"doc.action.{name}" for name in actions()}
    kept = {
        key for key in load_catalogue("admin", "vi") if key.startswith("doc.action.")
    }

    assert kept == known


def test_both_books_are_merged_in_the_time_of_the_room() -> None:
    found = event_log.build(records_sample.ordinary(), WORDS)

    times = [
        (line.day[6:], line.day[3:5], line.day[:2], line.time) for line in found.lines
    ]
    assert times == sorted(times)
    assert [line.number for line in found.lines] == list(range(1, len(times) + 1))
    opened = next(line for line in found.lines if line.action == "Bắt đầu bỏ phiếu")
    assert (opened.time, opened.actor) == ("14:22:00", "Chủ trì, Thư ký")
    member = next(line for line in found.lines if "mở phiếu" in line.action)
    assert member.actor == "Thành viên 1 Tổ kiểm phiếu"
    assert found.tally == ""
    assert event_log.build(records_sample.draft(), WORDS).tally != ""


@pytest.mark.parametrize(
    ("name", "values", "words"),
    [
        ("admin.box.later", {"uuid": "x", "novel": 3}, "novel: 3"),
        ("admin.box.closed", {"uuid": "x", "cast": 7}, "phiếu đã bỏ: 7"),
        ("tally.totals.confirmed", {"accepted": True}, "đồng ý: có"),
        ("tally.join_codes.handed_out", {"members": [1, 2]}, "Thành viên số 1, 2"),
        ("admin.paper.sealed", {"override": ""}, ""),
    ],
)
def test_a_line_of_another_version_is_still_told(
    name: str, values: dict[str, Any], words: str
) -> None:
    assert event_log.details_words(WORDS, name, values) == words


def test_an_unknown_action_is_named_by_its_own_name() -> None:
    assert event_log.action_words(WORDS, "admin.box.later", "hòm phiếu") == (
        "admin.box.later"
    )
    assert event_log.actor_words(WORDS, "somebody") == "somebody"


def test_the_list_has_every_step_with_its_base() -> None:
    section = nominee_list.build(records_sample.ordinary(), WORDS).sections[1]

    assert section.steps == (
        "Bước 2 (so với tổng số người có mặt)",
        "Bước 3 (so với tổng số người có mặt)",
    )
    assert section.lines[0].steps == ("25/30 (83,33%)", "190/207 (91,79%)")
    assert section.lines[3].steps[0] == "–"


def test_the_list_has_the_columns_that_the_procedure_names() -> None:
    kept = records_sample.ordinary()
    items = tuple(
        msgspec.structs.replace(each, columns=("birth", "post"))
        for each in kept.conference.items
    )
    found = nominee_list.build(changed(kept, items=items), WORDS).sections[0]

    assert (found.birth, found.work) == (
        ("Ngày sinh (nam, nữ)",),
        ("Chức vụ, đơn vị công tác",),
    )
    assert found.lines[0].birth == ("02/03/1981",)
    assert (found.party, found.study, found.merits) == ((), (), ())
    assert found.lines[0].note == ""


def test_no_column_of_the_register_is_forgotten() -> None:
    """A cell somewhere shows whatever the register knows."""
    person = {column.value: f"biết-{column.value}" for column in ListColumn}
    kept = records_sample.ordinary()
    named = records_sample.nominee(1, "Vũ Mẫu Giang", **person)
    first = msgspec.structs.replace(kept.conference.positions[0], nominees=(named,))
    items = tuple(
        msgspec.structs.replace(each, columns=tuple(person))
        for each in kept.conference.items
    )
    bare = Kept(conference=changed(kept, items=items, positions=(first,)).conference)

    line = nominee_list.build(bare, WORDS).sections[0].lines[0]

    text = msgspec.json.encode(line).decode()
    assert [value for value in person.values() if value not in text] == []


def test_before_the_roll_call_the_list_is_empty_to_be_signed() -> None:
    found = attendance_list.build(records_sample.draft(), WORDS)

    assert {line.presence for line in found.lines} == {""}
    assert found.head.mark == "DỰ THẢO"
    assert "có mặt: ……" in found.attended


def test_after_it_everybody_is_present_or_absent_with_the_reason() -> None:
    found = attendance_list.build(records_sample.ordinary(), WORDS)

    assert found.lines[0].presence == "Có mặt"
    assert [line.presence for line in found.lines[207:]] == [
        "Vắng mặt: Nghỉ ốm",
        "Vắng mặt",
        "Vắng mặt: Đi công tác",
    ]
    assert found.attended == ("Số người được triệu tập: 210; có mặt: 207; vắng mặt: 3.")


def test_the_sample_ballot_is_the_paper_without_any_figure() -> None:
    found = sample_ballot.build(records_sample.ordinary(), WORDS)

    assert found.head.mark == "PHIẾU MẪU"
    assert found.head.number == ""
    assert found.kind == "PHIẾU LẤY Ý KIẾN"
    assert found.sections[2].agree == "Đồng ý đưa ra"
    first = found.sections[0].lines[0]
    assert (first.name, first.about) == ("Vũ Mẫu Giang (1981)", "Trưởng phòng")
    styles = sample_ballot.build(records_sample.other_styles(), WORDS)
    assert [each.style for each in styles.sections] == ["select", "motion"]
    assert styles.sections[0].agree == "Chọn"
    assert "nhiều nhất 01 người" in styles.sections[0].hint
    assert sample_ballot.build(records_sample.longest(), WORDS).kind == (
        "PHIẾU GIỚI THIỆU NHÂN SỰ QUY HOẠCH"
    )


def test_the_report_before_opening_says_who_saw_what() -> None:
    kept = records_sample.ordinary("state")
    found = zero_report.build(kept, WORDS)

    assert found.empty == "Số phiếu trong hòm phiếu: 0."
    assert found.head_fingerprint == records_sample.sha("zero")
    assert found.seen.startswith("13 giờ 40 phút")
    assert found.tested.startswith("Tất cả 03 thành viên")
    assert found.witnesses[0].role == "Tổ trưởng"
    assert found.head.number == ""


def test_what_cannot_be_made_yet_says_why() -> None:
    draft = records_sample.draft()
    empty = changed(draft, positions=(), delegates=(), journal=())

    assert document("bao-cao-mo-niem-phong").missing(draft) == "doc.missing.zero"
    for name, key in {
        "danh-sach": "doc.missing.nominees",
        "phieu-mau": "doc.missing.nominees",
        "danh-sach-diem-danh": "doc.missing.delegates",
        "nhat-ky": "doc.missing.journal",
        "bien-ban-kiem-phieu": "",
        "bien-ban-hoi-nghi": "",
    }.items():
        assert document(name).missing(empty) == key
        assert document(name).missing(records_sample.ordinary()) == ""
