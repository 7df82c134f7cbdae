"""Voiding cards while the box is open: both services agree, whatever is refused."""

from tests.admin.neighbours import code_of
from tests.admin.sample import Meeting


def test_what_the_numbers_forbid_never_reaches_the_kiosk(meeting: Meeting) -> None:
    meeting.sealed().post("/open", role="chair")  # 7 of 12 cards are handed out
    cards = [meeting.public(code) for code in meeting.codes]

    answer = meeting.office.desk.post(
        f"{meeting.path}/cards/void", {"credentials": cards[:6]}
    )

    assert code_of(answer) == "cards_over_printed"
    assert "cards.voided" not in meeting.office.kiosk.kinds()
    assert meeting.view()["counts"]["voided"] == 0


def test_a_card_that_voted_is_not_counted_as_voided(meeting: Meeting) -> None:
    meeting.sealed().post("/open", role="chair")
    cards = [meeting.public(code) for code in meeting.codes]
    meeting.office.kiosk.already_cast = (cards[0],)

    answer = meeting.office.desk.post(
        f"{meeting.path}/cards/void", {"credentials": cards[:3]}
    )

    assert answer.get_json()["voided"] == 2
    assert meeting.view()["counts"]["voided"] == 2
