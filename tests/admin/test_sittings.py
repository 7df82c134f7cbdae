"""Sittings: several ballots, a prepared next one, ties, earlier counts, withdrawals."""

from typing import Any

import pytest

from tests.admin.neighbours import Office, code_of
from tests.admin.sample import (
    DELEGATES,
    MEMBERS,
    NOMINEES,
    Meeting,
    delegates_file,
    order,
    sheet,
)
from web.paper import Purpose

HEAD = {"head_name": "Trần Mẫu An", "head_title": "Người đứng đầu", "reason": ""}
UNSTATED = {"quorum": "2/3", "announced": False}


def next_meeting(meeting: Meeting, body: dict[str, Any] | None = None) -> Meeting:
    """Carry those who passed into the next step's conference."""
    made = meeting.post("/next", body or {})
    return Meeting(meeting.office, made["id"], made["uuid"])


def hold(meeting: Meeting, *agree: tuple[int, ...]) -> Meeting:
    """Play a conference whose paper is filled up to its count."""
    assert meeting.upload("delegates", delegates_file()).status_code == 200
    meeting.print_cards().convene().arrive().seal()
    meeting.post("/open", role="chair")
    meeting.office.kiosk.cast = 7
    meeting.post("/close", role="chair")
    return meeting.told(*agree)


def nominees_of(meeting: Meeting) -> list[list[str]]:
    return [[n["name"] for n in p["nominees"]] for p in meeting.view()["positions"]]


def refused(meeting: Meeting, path: str, body: object, role: str = "secretary") -> str:
    answer = getattr(meeting.office, role).post(f"{meeting.path}{path}", body)
    assert answer.status_code == 409, answer.get_data(as_text=True)
    return code_of(answer)


# --- ties: A.2.1 step 5, the head decides --------------------------------------


@pytest.fixture
def tied(meeting: Meeting) -> Meeting:
    """Two places; one has most votes, two have equal votes for the second."""
    return meeting.counted((6, 7, 6), step="5")


def keys(meeting: Meeting) -> dict[str, str]:
    tie = meeting.view()["ties"][0]
    return {line["name"]: line["key"] for line in tie["tied"]}


def decide(*chosen: str, **changes: Any) -> dict[str, Any]:
    return {"position": 1, "chosen": list(chosen), **HEAD, **changes}


def test_a_tie_across_the_cut_off_waits_for_the_head(tied: Meeting) -> None:
    tie = tied.view()["ties"][0]

    assert (tie["seats"], tie["head_title"]) == (1, "người đứng đầu")
    assert sorted(keys(tied)) == sorted([NOMINEES[0], NOMINEES[2]])
    assert [n["name"] for n in tied.view()["final"][0]["nominees"]] == [NOMINEES[1]]
    assert refused(tied, "/announce", None, "chair") == "tie_undecided"
    assert tied.view()["state"] == "counted"


def test_the_head_decides_and_the_result_goes_out(tied: Meeting) -> None:
    known = keys(tied)
    tied.post("/ties", decide(known[NOMINEES[2]]), "chair")
    tied.post("/announce", role="chair")
    view = tied.view()

    decision = view["ties"][0]["decision"]
    assert decision["head_name"] == "Trần Mẫu An"
    assert decision["decided_at"].startswith("20")
    names = [n["name"] for n in view["final"][0]["nominees"]]
    assert names == [NOMINEES[1], NOMINEES[2]]
    assert refused(tied, "/ties", decide(known[NOMINEES[0]])) == "wrong_state"


WRONG_DECISIONS: dict[str, tuple[str, tuple[int, ...], dict[str, Any]]] = {
    "nobody": ("tie_seats", (), {}),
    "too many": ("tie_seats", (0, 2), {}),
    "not tied": ("tie_of_others", (1,), {}),
    "one twice": ("tie_of_others", (0, 0), {}),
    "no name": ("head_missing", (0,), {"head_name": " "}),
    "no title": ("head_missing", (0,), {"head_title": ""}),
    "another position": ("nothing_tied", (0,), {"position": 2}),
}


@pytest.mark.parametrize("name", WRONG_DECISIONS)
def test_a_decision_that_does_not_fit_is_refused(tied: Meeting, name: str) -> None:
    code, places, changes = WRONG_DECISIONS[name]
    people = [n["key"] for n in tied.view()["positions"][0]["nominees"]]
    body = decide(*(people[place] for place in places), **changes)

    assert refused(tied, "/ties", body, "chair") == code
    assert tied.view()["ties"][0]["decision"] is None


def test_only_secretary_and_chair_may_record_the_decision(tied: Meeting) -> None:
    body = decide(keys(tied)[NOMINEES[0]])

    for role in ("desk", "auditor", "administrator"):
        answer = getattr(tied.office, role).post(f"{tied.path}/ties", body)
        assert answer.status_code == 403


def test_equal_votes_away_from_the_cut_off_are_no_tie(meeting: Meeting) -> None:
    meeting.counted((6, 6, 4), step="5")

    assert meeting.view()["ties"] == []
    meeting.post("/announce", role="chair")


# --- the next conference -------------------------------------------------------


def test_the_next_conference_can_be_prepared_before_the_count(
    meeting: Meeting,
) -> None:
    """Its cards are printed while the step before still votes (A.6: one hour)."""
    meeting.sealed()
    made = meeting.post("/prepare-next", {"title": "Hội nghị mở rộng"})
    following = Meeting(meeting.office, made["id"], made["uuid"])
    assert following.view()["prepared"]
    assert meeting.view()["next_prepared"]
    assert nominees_of(following) == [[]]
    assert following.upload("delegates", delegates_file()).status_code == 200
    following.print_cards().convene()
    assert refused(following, "/seal", {}) == "no_nominees"

    meeting.post("/open", role="chair")
    meeting.office.kiosk.cast = 7
    meeting.post("/close", role="chair")
    meeting.told((1, 5, 7))
    again = meeting.post("/next", {})

    assert again["id"] == following.id
    assert nominees_of(following) == [[NOMINEES[2], NOMINEES[1]]]
    following.arrive().seal()
    assert refused(meeting, "/next", {}) == "next_exists"


def test_nobody_is_taken_off_a_list_that_is_not_counted(meeting: Meeting) -> None:
    meeting.sealed()
    body = {"withdrawn": [{"position": 1, "key": "k", "reason": "vì"}]}

    assert refused(meeting, "/prepare-next", body) == "nobody_passed_yet"
    meeting.post("/prepare-next", {})
    assert refused(meeting, "/prepare-next", {}) == "next_exists"


def test_somebody_is_taken_off_only_with_a_reason(meeting: Meeting) -> None:
    meeting.counted((4, 5, 7))
    line = meeting.view()["final"][0]["nominees"][1]
    off = {"position": 1, "key": line["key"], "reason": "Xin không tham gia"}
    for wrong, code in (
        ({**off, "reason": " "}, "withdrawal_reason_missing"),
        ({**off, "key": "nobody"}, "not_on_list"),
        ({**off, "position": 2}, "not_on_list"),
    ):
        assert refused(meeting, "/next", {"withdrawn": [wrong]}) == code
    assert refused(meeting, "/next", {"withdrawn": [off, off]}) == "withdrawn_twice"
    following = next_meeting(meeting, {"withdrawn": [off]})

    assert nominees_of(following) == [[NOMINEES[2], NOMINEES[0]]]
    assert meeting.view()["withdrawals"] == [{**off, "name": line["name"]}]


def test_a_position_for_which_nobody_passed_leaves_the_paper(meeting: Meeting) -> None:
    titles = ("Giám đốc", "Phó Giám đốc", "Trưởng phòng")
    positions = [{"title": title, "term": "", "quota": 1} for title in titles]
    meeting.create(positions=positions)
    rows = [(title, f"Người {title}") for title in titles]
    people = sheet(("Chức danh quy hoạch", "Họ và tên"), rows)
    assert meeting.upload("nominees", people).status_code == 200
    hold(meeting, (1,), (7,), (5,))
    following = next_meeting(meeting)

    view = following.view()["positions"]
    assert [(p["number"], p["title"]) for p in view] == [
        (1, "Phó Giám đốc"),
        (2, "Trưởng phòng"),
    ]


def test_step_5_has_the_counts_of_steps_3_and_4_on_the_table(meeting: Meeting) -> None:
    """A.2.1 step 5, inputs: kết quả giới thiệu ở bước 3 và bước 4."""
    meeting.counted((5, 6, 7))
    extended = hold(next_meeting(meeting), (7, 6, 3))
    final = next_meeting(extended, {"quotas": {"1": 1}})
    earlier = final.view()["earlier"]

    assert [each["step"] for each in earlier] == ["3", "4"]
    assert [(line["name"], line["agree"]) for line in earlier[0]["lines"]] == [
        (NOMINEES[1], 6),
        (NOMINEES[2], 7),
    ]
    assert [line["agree"] for line in earlier[1]["lines"]] == [7, 6]
    assert final.view("desk")["earlier"] == []
    assert extended.view()["earlier"] == []
    assert final.view()["positions"][0]["quota"] == 1


# --- several ballots of one sitting: A.2.8 B2 with A.2.7 B3 --------------------


def together() -> dict[str, Any]:
    positions = [{"title": "Phó Cục trưởng", "term": "2025-2030", "quota": 1}]
    held = {"positions": positions, "choices": UNSTATED}
    return order(
        items=[
            {"procedure": "s004-cuc-next-onsite", "step": "B3", **held},
            {"procedure": "s004-cuc-annual-onsite", "step": "B2", **held},
        ]
    )


@pytest.fixture
def joint(office: Office) -> Meeting:
    answer = office.secretary.post("/api/conferences", together())
    assert answer.status_code == 201, answer.get_data(as_text=True)
    made = answer.get_json()
    return Meeting(office, made["id"], made["uuid"])


def test_two_ballots_share_one_paper_in_clear_parts(joint: Meeting) -> None:
    """A.2.8 B2 is held at the same time as A.2.7 B3: one paper, one card."""
    view = joint.view()
    assert [(i["procedure"], i["step"]) for i in view["items"]] == [
        ("s004-cuc-next-onsite", "B3"),
        ("s004-cuc-annual-onsite", "B2"),
    ]
    assert [p["number"] for p in view["positions"]] == [1, 2]
    assert view["items"][1]["chosen"] == ["quorum", "announced"]


def counted_jointly(joint: Meeting) -> Meeting:
    people = sheet(
        ("Chức danh quy hoạch", "Họ và tên"),
        [(number, name) for number in (1, 2) for name in NOMINEES],
    )
    assert joint.upload("nominees", people).status_code == 200
    return hold(joint, (7, 3, 1), (2, 3, 7))


def test_ballots_of_a_sitting_may_go_on_apart(joint: Meeting) -> None:
    """A.2.8 B3 has no same-time clause: B4 of the next term may be held without it."""
    counted_jointly(joint)
    choices = {"quorum": "2/3", "announced": False}
    apart = {"items": [1], "choices": {"1": choices}}
    assert joint.view()["next_left"] == 2
    joint.post("/complete", role="chair")
    page = joint.office.secretary.get(f"/conferences/{joint.id}/result").get_data()
    assert b'data-testid="next-step-take-2"' in page
    extended = next_meeting(joint, apart)
    assert [i["step"] for i in extended.view()["items"]] == ["B4"]
    assert nominees_of(extended) == [[NOMINEES[0], NOMINEES[1]]]
    assert joint.view()["next_left"] == 1
    assert refused(joint, "/next", apart) == "next_exists"
    other = next_meeting(joint, {"choices": {"2": choices}})

    assert [i["procedure"] for i in other.view()["items"]] == ["s004-cuc-annual-onsite"]
    assert nominees_of(other) == [[NOMINEES[2], NOMINEES[1]]]
    assert refused(joint, "/next", {}) == "next_exists"
    assert refused(joint, "/next", {"items": [3]}) == "no_next_step"


def test_ballots_of_a_sitting_are_prepared_apart_or_together(joint: Meeting) -> None:
    choices = {"quorum": "2/3", "announced": False}
    first = joint.post("/prepare-next", {"items": [2], "choices": {"2": choices}})
    assert joint.view()["next_conference"] == first["id"]
    counted_jointly(joint)
    filled = joint.post("/next", {"items": [2]})
    assert filled["id"] == first["id"]
    assert nominees_of(Meeting(joint.office, first["id"], "")) == [
        [NOMINEES[2], NOMINEES[1]]
    ]
    rest = next_meeting(joint, {"choices": {"1": choices}})

    assert nominees_of(rest) == [[NOMINEES[0], NOMINEES[1]]]


def test_a_sitting_is_announced_whole_or_not_at_all(office: Office) -> None:
    body = together()
    body["items"][1]["choices"] = {"quorum": "2/3", "announced": True}
    answer = office.secretary.post("/api/conferences", body)

    assert code_of(answer) == "items_differ"


def test_the_strictest_quorum_of_a_sitting_decides(office: Office) -> None:
    body = together()
    body["items"][0]["choices"] = {"quorum": "none", "announced": False}
    made = office.secretary.post("/api/conferences", body).get_json()
    meeting = Meeting(office, made["id"], made["uuid"])
    assert meeting.upload("delegates", delegates_file()).status_code == 200

    assert len(DELEGATES) == 9
    assert meeting.view()["quorum"]["needed"] == 6


# --- what is chosen and what is not --------------------------------------------


def test_what_a_document_leaves_open_is_chosen_and_kept(office: Office) -> None:
    """A.2.4 step 3: no threshold, no quorum and no publication rule are stated."""
    choices = {
        "quorum": "none",
        "announced": False,
        "rule": {"share": "1/2", "strict": True, "of": "present"},
    }
    meeting = Meeting(office).create(
        "3", procedure="s002-pcvp-annual-2021", choices=choices
    )
    view = meeting.view()

    assert view["items"][0]["chosen"] == ["quorum", "announced", "rule"]
    rule = view["positions"][0]["rule"]
    assert (rule["share"], rule["strict"], rule["of"]) == ("1/2", True, "present")
    assert view["quorum"]["needed"] == 0


def test_votes_may_only_be_taken_note_of(office: Office) -> None:
    """A.2.4 step 3 with no threshold chosen: everybody goes on in order of votes."""
    choices = {"quorum": "none", "announced": False, "rule": "none"}
    meeting = Meeting(office).create(
        "3", procedure="s002-pcvp-annual-2021", choices=choices
    )
    assert meeting.upload("nominees", nominees()).status_code == 200
    hold(meeting, (0, 7, 3))
    final = {"quorum": "none", "announced": False, "tie": "Chánh Văn phòng"}
    body = {"choices": {"1": final}, "quotas": {"1": 3}, "members": 9}
    following = next_meeting(meeting, body)

    assert nominees_of(following) == [[NOMINEES[1], NOMINEES[2], NOMINEES[0]]]
    rule = following.view()["positions"][0]["rule"]
    assert (rule["of"], rule["decider"]) == ("members", "Chánh Văn phòng")


def nominees() -> bytes:
    return sheet(("Họ và tên",), [(name,) for name in NOMINEES])


def test_a_quota_above_the_documents_cap_is_refused(office: Office) -> None:
    """A.2.4 step 4: 01 chức danh không quy hoạch quá 4 người."""
    body = order(
        "4",
        procedure="s002-pcvp-annual-2021",
        positions=[{"title": "Phó Chánh Văn phòng", "quota": 5}],
        choices={"quorum": "2/3", "announced": True, "tie": "Chánh Văn phòng"},
        members=7,
    )

    assert code_of(office.secretary.post("/api/conferences", body)) == "quota_over_cap"


def test_a_base_of_members_needs_their_number(office: Office) -> None:
    """A.2.6 step 4: trên 50% tổng số thành viên tập thể lãnh đạo."""
    body = order(
        "4",
        procedure="s003-annual-06hd2017",
        choices={"quorum": "2/3", "announced": True, "tie": "Người đứng đầu"},
    )
    answer = office.secretary.post("/api/conferences", body)

    assert code_of(answer) == "members_missing"


def test_a_removal_ballot_asks_whether_to_remove(office: Office) -> None:
    """A.2.2 step 1: over half of the summoned; secrecy and publication unstated."""
    choices = {"secret": True, "announced": False}
    meeting = Meeting(office).create(
        "1", procedure="s000-annual-onsite", choices=choices
    )
    assert meeting.upload("nominees", nominees()).status_code == 200
    hold(meeting, (5, 4, 0))
    verdicts = meeting.view()["result"]["sections"][0]["verdicts"]
    sent = meeting.office.kiosk.last("paper.sealed").election

    assert [v["outcome"] for v in verdicts] == ["passed", "below", "below"]
    assert "Đưa ra khỏi quy hoạch: 1. " in sent
    assert f'"purpose":"{Purpose.REMOVE}"' in sent.replace('\\"', '"')
    assert meeting.view()["next_step"] is None


def test_a_committee_that_keeps_its_key_is_the_very_same(meeting: Meeting) -> None:
    meeting.create()
    other = [{"name": f"Người khác {n}"} for n in range(3)]
    answer = meeting.office.secretary.post(
        "/api/conferences", order(committee=other, key_of=meeting.id)
    )
    assert code_of(answer) == "committee_differs"
    kept = Meeting(meeting.office).create(committee=[], key_of=meeting.id)
    kept.post("/convene")

    assert [m["name"] for m in kept.view()["committee"]["members"]] == list(MEMBERS)
    assert meeting.office.tally.last("committee.convened").key_of == meeting.uuid


def test_a_key_that_cannot_be_kept_is_made_anew(meeting: Meeting) -> None:
    meeting.create()
    kept = Meeting(meeting.office).create(committee=[], key_of=meeting.id)
    kept.post("/new-key")
    kept.post("/convene")

    assert meeting.office.tally.last("committee.convened").key_of == ""
    assert refused(meeting, "/new-key", None) == "key_is_new"
    assert refused(kept, "/new-key", None) == "wrong_state"
