"""The roll call and the numbers: search, presence, issuing, locking, opening."""

import pytest

from tests.admin.neighbours import code_of
from tests.admin.sample import Meeting, nominees_file

SEARCHES = {
    "nguyen van a": ["Nguyễn Văn Ái"],
    "do thi": ["Đỗ Thị Ái", "Đỗ Thị Bảo", "Đỗ Thị Cường", "Đỗ Thị Đức"],
    "dd": [],
    "ĐỨC": ["Nguyễn Văn Đức", "Đỗ Thị Đức"],
    "đ a": ["Đỗ Thị Ái", "Đặng Hữu Ái"],
    "100%": [],
    "_": None,
}


@pytest.mark.parametrize("text", SEARCHES)
def test_search_without_diacritics(meeting: Meeting, text: str) -> None:
    meeting.create().fill()
    found = [row["name"] for row in meeting.delegates(text)]

    expected = SEARCHES[text]
    assert len(found) == 9 if expected is None else found == expected


def present(meeting: Meeting, index: int, **changes: object) -> object:
    row = meeting.delegates()[index]
    body = {"presence": "present", **changes}
    return meeting.office.desk.post(
        f"{meeting.path}/delegates/{row['id']}/presence", body
    )


def numbers(meeting: Meeting) -> tuple[int, ...]:
    counts = meeting.view()["counts"]
    return counts["present"], counts["issued"], counts["voided"], counts["printed"]


@pytest.fixture
def hall(meeting: Meeting) -> Meeting:
    return meeting.create().fill().print_cards(spares=1)


def test_presence_and_a_card_in_one_go(hall: Meeting) -> None:
    assert present(hall, 0, issue=True).status_code == 200

    assert numbers(hall) == (1, 1, 0, 10)


def test_a_second_desk_does_not_hand_out_a_second_card(hall: Meeting) -> None:
    present(hall, 0, issue=True)

    assert code_of(present(hall, 0, issue=True)) == "already_present"
    assert numbers(hall) == (1, 1, 0, 10)


def test_issued_never_exceeds_present(hall: Meeting) -> None:
    hall.convene()
    present(hall, 0)
    answer = hall.office.desk.post(f"{hall.path}/cards/issue", {"count": 2})
    assert code_of(answer) == "issued_over_present"
    absent = present(hall, 1, presence="absent", reason="Ốm", issue=True)
    assert code_of(absent) == "card_without_presence"
    hall.post("/cards/issue", {"count": 1}, "desk")
    away = present(hall, 0, presence="absent", reason="Về sớm")
    assert code_of(away) == "issued_over_present"

    assert numbers(hall) == (1, 1, 0, 10)
    back = present(hall, 0, presence="expected", returned=True)
    assert back.status_code == 200
    assert numbers(hall) == (0, 0, 0, 10)


def test_a_card_cannot_be_returned_that_was_not_handed_out(hall: Meeting) -> None:
    answer = present(hall, 0, returned=True)

    assert code_of(answer) == "nothing_issued"
    assert numbers(hall) == (0, 0, 0, 10)


def test_absence_keeps_its_reason_and_presence_none(hall: Meeting) -> None:
    present(hall, 0, presence="absent", reason=" Đi  công tác ")
    assert hall.delegates()[0]["reason"] == "Đi công tác"
    present(hall, 0)
    assert hall.delegates()[0]["reason"] == ""


def test_a_damaged_card_is_exchanged_without_raising_issued(hall: Meeting) -> None:
    hall.convene()
    present(hall, 0, issue=True)
    voided = hall.post(
        "/cards/void", {"credentials": [hall.public(hall.codes[0])]}, "desk"
    )

    assert voided["voided"] == 1
    assert numbers(hall) == (1, 1, 1, 10)


def test_cards_run_out(hall: Meeting) -> None:
    hall.convene()
    public = [hall.public(code) for code in hall.codes]
    hall.post("/cards/void", {"credentials": public[:9]}, "desk")
    present(hall, 0, issue=True)

    assert code_of(present(hall, 1, issue=True)) == "cards_over_printed"
    last = hall.office.desk.post(f"{hall.path}/cards/void", {"credentials": public[9:]})
    assert code_of(last) == "cards_over_printed"
    assert numbers(hall) == (1, 1, 9, 10)


def test_a_locked_roll_call_stays_until_unlocked(hall: Meeting) -> None:
    hall.arrive(7)
    assert code_of(present(hall, 8)) == "roll_call_locked"
    assert code_of(hall.office.secretary.post(f"{hall.path}/roll-call/lock")) == (
        "roll_call_locked"
    )
    hall.post("/roll-call/unlock")
    assert present(hall, 8, issue=True).status_code == 200
    assert numbers(hall)[:2] == (8, 8)


def test_opening_needs_each_condition(meeting: Meeting) -> None:
    office = meeting.office
    meeting.create().fill().print_cards().convene()
    path = f"{meeting.path}/open"
    assert code_of(office.chair.post(path)) == "wrong_state"
    meeting.post("/seal")
    assert code_of(office.chair.post(path)) == "roll_call_open"
    meeting.arrive(5)
    refused = office.chair.post(path)
    assert code_of(refused) == "no_quorum"
    assert refused.get_json()["details"] == {
        "present": 5,
        "needed": 6,
        "summoned": 9,
    }
    meeting.post("/roll-call/unlock")
    present(meeting, 5)
    meeting.post("/roll-call/lock")
    assert code_of(office.chair.post(path)) == "no_zero_report"
    assert "box.open" not in office.kiosk.kinds()


def test_nobody_can_come_or_go_while_the_box_is_open(meeting: Meeting) -> None:
    meeting.sealed().post("/open", role="chair")

    assert code_of(present(meeting, 8)) == "wrong_state"
    unlock = meeting.office.secretary.post(f"{meeting.path}/roll-call/unlock")
    assert code_of(unlock) == "wrong_state"


def test_cards_issued_while_open_are_told_to_the_kiosk(meeting: Meeting) -> None:
    meeting.create().fill().print_cards().convene()
    present(meeting, 8)
    meeting.arrive(6).seal().post("/open", role="chair")
    meeting.post("/cards/issue", {"count": 1}, "desk")

    told = meeting.office.wait_for(meeting.office.kiosk, "cards.issued")
    assert told.issued == 7


def test_a_card_that_voted_is_not_voided(meeting: Meeting) -> None:
    meeting.sealed().post("/open", role="chair")
    cast, spare = (meeting.public(code) for code in meeting.codes[:2])
    meeting.office.kiosk.already_cast = (cast,)
    answer = meeting.post("/cards/void", {"credentials": [cast, spare]}, "desk")

    assert (answer["voided"], answer["already_cast"]) == (1, [cast])
    assert numbers(meeting)[2] == 1
    assert set(meeting.office.kiosk.last("cards.voided").credentials) == {cast, spare}


def test_cards_voided_before_opening_are_told_at_opening(meeting: Meeting) -> None:
    meeting.sealed()
    spare = meeting.public(meeting.codes[0])
    meeting.post("/cards/void", {"credentials": [spare]}, "desk")
    assert "cards.voided" not in meeting.office.kiosk.kinds()
    meeting.post("/open", role="chair")

    assert meeting.office.kiosk.last("box.open").voided == (spare,)


def test_more_ballots_than_cards_raise_an_alarm_at_close(meeting: Meeting) -> None:
    meeting.closed(cast=8)
    view = meeting.view()

    assert view["state"] == "closed"
    assert view["alarm"]["code"] == "cast_over_issued"
    told = meeting.office.wait_for(meeting.office.tally, "roll_call.recorded", 2)
    assert (told.final, told.cast) == (True, 8)


def test_nominees_are_not_changed_once_the_paper_is_fixed(meeting: Meeting) -> None:
    meeting.sealed()

    answer = meeting.upload("nominees", nominees_file())
    assert code_of(answer) == "wrong_state"
