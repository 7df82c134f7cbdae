"""A conference from its creation to its result, over the API."""

import json

import pytest

from tests.admin.neighbours import Office, code_of
from tests.admin.sample import DELEGATES, MEMBERS, NOMINEES, Meeting, order

WRONG_ORDERS = {
    "items_wrong": {"items": []},
    "item_twice": {"items": order()["items"] * 2},
    "choice_stated": {"choices": {"announced": True}},
    "choice_missing": {"procedure": "s002-pcvp-annual-2021", "step": "2"},
    "procedure_unknown": {"procedure": "s999"},
    "step_unknown": {"step": "9"},
    "step_without_ballot": {"step": "2"},
    "position_missing": {"positions": []},
    "position_twice": {"positions": [{"title": "Phó"}, {"title": "phó "}]},
    "quota_missing": {"step": "5", "positions": [{"title": "Phó"}]},
    "quota_wrong": {"positions": [{"title": "Phó", "quota": 0}]},
    "text_missing": {"title": "  "},
    "text_too_long": {"place": "x" * 301},
    "members_wrong": {"members": 0},
    "committee_size": {"committee": [{"name": "Một"}, {"name": "Hai"}]},
    "committee_name_twice": {"committee": [{"name": n} for n in ("A", "a ", "B")]},
    "threshold_wrong": {"threshold": 1},
    "threshold_needs_all": {"threshold": 3},
}


@pytest.mark.parametrize("code", WRONG_ORDERS)
def test_creating_refuses(office: Office, code: str) -> None:
    answer = office.secretary.post("/api/conferences", order(**WRONG_ORDERS[code]))

    assert answer.status_code == 409
    assert code_of(answer) == code


def test_a_committee_of_sixteen_is_refused(office: Office) -> None:
    committee = [{"name": f"Tổ viên {n}"} for n in range(16)]
    answer = office.secretary.post("/api/conferences", order(committee=committee))

    assert code_of(answer) == "committee_size"


def test_the_threshold_is_more_than_half_and_all_only_by_override(
    office: Office,
) -> None:
    default = Meeting(office).create()
    assert default.view()["committee"]["threshold"] == 2
    forced = Meeting(office).create(threshold=3, override="Cả ba cùng giữ khóa")
    assert forced.view()["committee"]["threshold"] == 3


def test_a_body_with_an_unknown_field_is_malformed(office: Office) -> None:
    answer = office.secretary.post("/api/conferences", order(colour="red"))

    assert answer.status_code == 400
    assert code_of(answer) == "malformed"


def test_the_uuid_stays_from_creation_to_the_sealed_paper(meeting: Meeting) -> None:
    meeting.create()
    before = meeting.uuid
    meeting.fill().print_cards().convene().arrive().seal()
    election = json.loads(meeting.office.kiosk.last("paper.sealed").election)

    assert election["uuid"] == before == meeting.view()["uuid"]


def test_a_whole_conference(meeting: Meeting) -> None:
    office = meeting.office
    meeting.sealed()
    assert office.tally.kinds()[:2] == ["committee.convened", "paper.sealed"]
    assert office.kiosk.kinds() == ["paper.sealed"]

    meeting.post("/open", role="chair")
    opened = office.kiosk.last("box.open")
    assert (opened.issued, opened.voided) == (7, ())
    assert not office.wait_for(office.tally, "roll_call.recorded").final
    office.kiosk.cast = 6
    assert meeting.view()["counts"]["cast"] == 6

    meeting.post("/close", role="chair")
    final = office.wait_for(office.tally, "roll_call.recorded", 2)
    assert final.final
    assert (final.counts.summoned, final.counts.present) == (9, 7)
    assert (final.printed, final.issued, final.voided, final.cast) == (12, 7, 0, 6)

    office.hear("count.recorded", meeting.count((1, 3, 6)), meeting.uuid)
    view = meeting.view()
    assert view["state"] == "counted"
    verdicts = view["result"]["sections"][0]["verdicts"]
    assert [v["outcome"] for v in verdicts] == ["below", "passed", "passed"]


def test_the_record_book_tells_the_story_without_people(meeting: Meeting) -> None:
    meeting.counted()
    with meeting.office.app.extensions["phieukin.sessions"].reading() as session:
        rows = session.connection().exec_driver_sql("SELECT name, details FROM record")
        story = [(name, details) for name, details in rows]

    names = [name for name, _ in story]
    assert names == [
        "admin.conference.created",
        "admin.list.imported",
        "admin.list.imported",
        "admin.cards.printed",
        "admin.committee.convened",
        "admin.committee.ready",
        "admin.roll_call.locked",
        "admin.paper.sealed",
        "admin.zero.reported",
        "admin.box.opened",
        "admin.box.closed",
        "admin.count.received",
    ]
    text = "".join(details for _, details in story)
    assert not any(name in text for name in (*DELEGATES, *NOMINEES))


def test_a_step_that_is_not_announced_shows_no_figure(meeting: Meeting) -> None:
    meeting.counted()
    assert (
        code_of(meeting.office.chair.post(f"{meeting.path}/announce"))
        == "not_announced"
    )
    meeting.post("/complete", role="chair")
    shown = meeting.office.chair.get(f"{meeting.path}/display").get_json()

    assert (shown["state"], shown["result"]) == ("published", None)
    assert meeting.view("desk")["result"] is None
    assert meeting.view("auditor")["result"] is not None
    assert "result.announced" not in meeting.office.tally.kinds()


def test_the_final_step_is_shown_only_once_announced(meeting: Meeting) -> None:
    meeting.counted((1, 5, 7), step="5")
    path = f"{meeting.path}/display"
    assert meeting.office.chair.get(path).get_json()["result"] is None
    assert (
        code_of(meeting.office.chair.post(f"{meeting.path}/complete"))
        == "must_be_announced"
    )
    meeting.post("/announce", role="chair")
    shown = meeting.office.chair.get(path).get_json()

    assert [v["agree"] for v in shown["result"][0]["verdicts"]] == [1, 5, 7]
    meeting.office.wait_for(meeting.office.tally, "result.announced")


def test_those_who_passed_go_on_in_the_order_of_their_votes(meeting: Meeting) -> None:
    meeting.counted((1, 5, 7))
    following = meeting.post("/next", {"title": "Hội nghị mở rộng"})
    view = meeting.office.secretary.get(
        f"/api/conferences/{following['id']}"
    ).get_json()

    assert following["uuid"] != meeting.uuid
    assert (view["step"], view["state"]) == ("4", "draft")
    names = [nominee["name"] for nominee in view["positions"][0]["nominees"]]
    assert names == [NOMINEES[2], NOMINEES[1]]
    assert view["previous_conference"] == meeting.id
    assert meeting.view()["next_conference"] == following["id"]
    assert [m["name"] for m in view["committee"]["members"]] == list(MEMBERS)
    again = meeting.office.secretary.post(f"{meeting.path}/next", {})
    assert code_of(again) == "next_exists"


def test_a_nominee_keeps_the_key_of_the_paper_from_step_to_step(
    meeting: Meeting,
) -> None:
    meeting.counted((1, 5, 7))
    following = meeting.post("/next", {})
    with meeting.office.app.extensions["phieukin.sessions"].reading() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT nominee.key, nominee.name FROM nominee JOIN position"
            " ON position.id = position_id ORDER BY conference_id, nominee.number"
        )
        pairs = [tuple(row) for row in rows]

    assert pairs[3:] == [pairs[2], pairs[1]]
    assert following["id"] != meeting.id


def test_nobody_passed_means_no_next_conference(meeting: Meeting) -> None:
    meeting.counted((0, 1, 2))

    answer = meeting.office.secretary.post(f"{meeting.path}/next", {})
    assert code_of(answer) == "nobody_passed"


def test_the_last_step_has_no_next(meeting: Meeting) -> None:
    meeting.counted((1, 5, 7), step="5")

    answer = meeting.office.secretary.post(f"{meeting.path}/next", {})
    assert code_of(answer) == "no_next_step"


def test_a_void_ballot_keeps_everything_and_needs_a_reason(meeting: Meeting) -> None:
    meeting.sealed()
    empty = meeting.office.chair.post(f"{meeting.path}/void", {"reason": " "})
    assert code_of(empty) == "reason_missing"
    meeting.post("/void", {"reason": "Mất điện"}, "chair")

    view = meeting.view()
    assert (view["state"], view["void_reason"]) == ("void", "Mất điện")
    assert view["fingerprint"]
    assert (
        meeting.office.wait_for(meeting.office.kiosk, "box.void").reason == "Mất điện"
    )
    meeting.office.wait_for(meeting.office.tally, "box.void")
    assert code_of(meeting.office.chair.post(f"{meeting.path}/open")) == "wrong_state"
