"""Few voters: warned of before, confirmed on opening, told before announcing."""

import msgspec
import pytest
from sqlalchemy import select

from admin.models import Record
from admin.small_groups import Limits, OneMind, Voters, of_one_mind, warning
from tests.admin.neighbours import Office, code_of
from tests.admin.sample import DELEGATES, Meeting
from web.contracts import Outcome, SectionResult, Verdict
from web.db import current_sessions
from web.rules import Base, Rule

LIMITS = Limits(group=5, unanimity=15)
NUMBERS = {0: "", 1: "small_group", 4: "small_group", 5: "small_unanimity"} | {
    15: "small_unanimity",
    16: "",
}


@pytest.mark.parametrize("number", NUMBERS)
def test_the_limits(number: int) -> None:
    summoned = Voters(summoned=number, present=0, issued=0, locked=False)
    locked = Voters(summoned=99, present=50, issued=number, locked=True)

    assert warning(summoned, LIMITS) == NUMBERS[number]
    assert not number or warning(locked, LIMITS) == NUMBERS[number]


def test_who_came_without_a_card_yet_counts_until_cards_are_handed_out() -> None:
    assert Voters(summoned=9, present=4, issued=0, locked=True).number == 4


def verdict(name: str, *votes: int) -> Verdict:
    agree, disagree, unmarked = votes
    return Verdict(
        nominee=name,
        name=name,
        agree=agree,
        disagree=disagree,
        unmarked=unmarked,
        needed=3,
        base=Base.PRESENT,
        out_of=6,
        outcome=Outcome.BELOW,
    )


def test_lines_on_which_all_are_of_one_mind() -> None:
    lines = (
        verdict("An", 6, 0, 0),
        verdict("Ba", 0, 6, 0),
        verdict("Ca", 5, 1, 0),
        verdict("Du", 0, 0, 6),
    )
    rule = Rule(share="1/2", strict=True, of=Base.PRESENT)
    found = of_one_mind([SectionResult("Phó", rule, lines)], 6)

    assert [(line.name, line.mind) for line in found] == [
        ("An", OneMind.AGREE),
        ("Ba", OneMind.DISAGREE),
        ("Du", OneMind.UNMARKED),
    ]
    assert of_one_mind([SectionResult("Phó", rule, (verdict("E", 0, 0, 0),))], 0) == []


# --- on the pages, and on opening ---------------------------------------------------


def few(office: Office, people: int = 4) -> Meeting:
    meeting = Meeting(office).create().fill(DELEGATES[:people]).print_cards()
    return meeting.convene().arrive(people).seal()


def page(meeting: Meeting, path: str) -> str:
    return str(meeting.office.chair.get(path).get_data(as_text=True))


def opened(meeting: Meeting) -> bool:
    """Return what the record book says of the opening."""
    with meeting.office.app.app_context(), current_sessions().reading() as session:
        query = select(Record.details).where(Record.name == "admin.box.opened")
        [details] = session.scalars(query)
    return bool(msgspec.json.decode(details)["small_group"])


def test_a_small_group_is_opened_only_by_a_chair_who_knows(office: Office) -> None:
    meeting = few(office)
    [told] = meeting.view()["warnings"]
    small = {"code": "small_group", "names": [], "voters": 4, "limit": 5}
    assert told == small
    for path in ("/conferences/{}/seal", "/conferences/{}/voting", "/chair/{}"):
        text = page(meeting, path.format(meeting.id))
        assert 'data-testid="small-group"' in text
        assert "Chỉ có 4 người bỏ phiếu (dưới 5)" in text
    assert 'name="acknowledged"' in page(meeting, f"/chair/{meeting.id}")

    answer = office.chair.post(f"{meeting.path}/open")
    assert code_of(answer) == "small_group_unacknowledged"
    assert "4 người" in answer.get_json()["message"]
    assert meeting.view()["state"] == "sealed"
    assert "box.open" not in office.kiosk.kinds()
    meeting.post("/open", {"acknowledged": True}, role="chair")
    assert meeting.view()["state"] == "open"
    assert meeting.view()["warnings"] == []
    assert opened(meeting)


def test_a_group_that_may_be_of_one_mind_is_only_warned(office: Office) -> None:
    meeting = few(office, 5)
    text = page(meeting, f"/chair/{meeting.id}")
    assert 'data-testid="small-unanimity"' in text
    assert 'name="acknowledged"' not in text
    meeting.post("/open", role="chair")

    assert meeting.view()["state"] == "open"
    assert not opened(meeting)


def test_a_small_group_asks_for_no_typed_reason_on_sealing(office: Office) -> None:
    meeting = Meeting(office).create().fill(DELEGATES[:4]).print_cards().convene()
    found = office.secretary.get(f"/conferences/{meeting.id}/seal")
    text = found.get_data(as_text=True)

    assert 'data-testid="small-group"' in text
    assert "seal-override" not in text


def test_before_announcing_the_chair_learns_what_the_result_gives_away(
    office: Office,
) -> None:
    meeting = Meeting(office).counted((7, 5, 0), "5")
    text = page(meeting, f"/chair/{meeting.id}")
    assert "Mọi phiếu giống nhau ở 2 dòng" in text
    assert "Hoàng Giả Long (Phó Giám đốc): mọi phiếu đồng ý" in text
    assert "Bùi Giả Nga (Phó Giám đốc): mọi phiếu không đồng ý" in text
    meeting.post("/announce", role="chair")
    assert 'data-testid="one-mind"' not in page(meeting, f"/chair/{meeting.id}")

    mixed = Meeting(office).counted((6, 5, 1), "5")
    assert 'data-testid="one-mind"' not in page(mixed, f"/chair/{mixed.id}")
