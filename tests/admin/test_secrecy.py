"""admin holds no card secret, no link from a card to a person, no ballot.

The whole data folder is dumped after a whole conference and searched; the schema is
compared with the columns that were judged, so a new one has to be judged first.
"""

import logging
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy import table as table_named

from tests.admin.judged import JUDGED
from tests.admin.sample import Meeting


@pytest.fixture
def over(meeting: Meeting, caplog: pytest.LogCaptureFixture) -> Meeting:
    caplog.set_level(logging.DEBUG)
    meeting.sealed()
    scanned = meeting.public(meeting.codes[3])
    meeting.post("/cards/void", {"credentials": [scanned]}, "desk")
    meeting.post("/open", role="chair")
    meeting.office.kiosk.cast = 7
    meeting.post("/close", role="chair")
    record = meeting.count((1, 5, 7))
    assert (
        meeting.office.hear("count.recorded", record, meeting.uuid).status_code == 200
    )
    return meeting


def engine_of(meeting: Meeting) -> Any:
    return meeting.office.app.extensions["phieukin.sessions"].engine


def dump(meeting: Meeting) -> dict[str, list[tuple[object, ...]]]:
    with engine_of(meeting).connect() as connection:
        return {
            table: [
                tuple(row)
                for row in connection.execute(
                    select(text("*")).select_from(table_named(table))
                )
            ]
            for table in JUDGED
        }


def test_every_column_was_judged(over: Meeting) -> None:
    inspector = inspect(engine_of(over))
    found = {
        table: {column["name"] for column in inspector.get_columns(table)}
        for table in inspector.get_table_names()
    }

    assert found == JUDGED


def test_no_secret_of_a_card_is_kept_anywhere(
    over: Meeting, caplog: pytest.LogCaptureFixture
) -> None:
    folder = Path(over.office.app.config["DATA"])
    stored = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert over.uuid.encode() in stored  # the right folder, with the data in it
    for code in over.codes:
        for form in (code, code.replace("-", "")):
            assert form.encode() not in stored
            assert form not in caplog.text


def test_cards_stand_only_where_no_person_is(over: Meeting) -> None:
    public = {over.public(code) for code in over.codes}
    rows = dump(over)
    holding = {
        table
        for table, lines in rows.items()
        if any(credential in str(line) for line in lines for credential in public)
    }

    assert len(rows["card"]) == len(public) == 12
    assert holding == {"card", "sealed_paper"}
    names = [line[3] for line in rows["delegate"]]
    assert "Đỗ Thị Ái" in names
    beside = str(rows["card"]) + str(rows["sealed_paper"]) + str(rows["record"])
    assert not any(str(name) in beside for name in names)


def test_the_order_of_the_cards_says_nothing(over: Meeting) -> None:
    cards = [line[1] for line in dump(over)["card"]]

    assert cards == sorted(str(card) for card in cards)
    with engine_of(over).connect() as connection:
        schema = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE name = 'card'"
        ).scalar_one()
    assert "WITHOUT ROWID" in schema


def test_handing_out_a_card_changes_one_number(meeting: Meeting) -> None:
    meeting.create().fill().print_cards().convene()
    row = meeting.delegates()[0]
    path = f"/delegates/{row['id']}/presence"
    meeting.post(path, {"presence": "present"}, "desk")
    before = dump(meeting)
    meeting.post("/cards/issue", {"count": 1}, "desk")
    after = dump(meeting)

    changed = {table for table in JUDGED if before[table] != after[table]}
    assert changed == {"conference"}
    (old,), (new,) = before["conference"], after["conference"]
    assert Counter(map(str, new)) - Counter(map(str, old)) == Counter({"1": 1})


def test_marking_presence_leaves_no_time(meeting: Meeting) -> None:
    meeting.create().fill().print_cards()
    before = dump(meeting)
    row = meeting.delegates()[0]
    path = f"/delegates/{row['id']}/presence"
    meeting.post(path, {"presence": "present", "issue": True}, "desk")
    after = dump(meeting)

    changed = {table for table in JUDGED if before[table] != after[table]}
    assert changed == {"conference", "delegate"}
