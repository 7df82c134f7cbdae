"""Sealing the paper: what it needs, what is in it, and what an interruption leaves."""

import msgspec

from crypto import credentials, election, encoding
from crypto.setup import Setup, SetupBytes
from tests.admin.neighbours import code_of
from tests.admin.sample import MEMBERS, NOMINEES, Meeting, nominees_file
from web import paper
from web.rules import Base


def refused(meeting: Meeting, body: object = None) -> str:
    return code_of(meeting.office.secretary.post(f"{meeting.path}/seal", body))


def test_each_condition_of_sealing(meeting: Meeting) -> None:
    meeting.create()
    assert refused(meeting) == "wrong_state"
    meeting.post("/convene")
    assert refused(meeting) == "committee_not_ready"


def test_an_empty_list_of_nominees_cannot_be_sealed(meeting: Meeting) -> None:
    meeting.create(positions=[{"title": "A"}, {"title": "B"}]).convene()

    assert refused(meeting) == "no_nominees"
    assert "paper.sealed" not in meeting.office.tally.kinds()


def test_everybody_summoned_needs_a_card(meeting: Meeting) -> None:
    meeting.create().fill(("Lê Mẫu An",)).print_cards(spares=0)
    meeting.fill().convene()

    assert refused(meeting) == "too_few_cards"


def test_a_committee_member_on_the_paper_needs_a_typed_override(
    meeting: Meeting,
) -> None:
    meeting.create().fill().print_cards()
    answer = meeting.upload("nominees", nominees_file((MEMBERS[0].upper(), "Lê Mẫu")))
    warning = {"code": "committee_on_paper", "names": [MEMBERS[0].upper()]}
    assert answer.get_json()["warnings"] == [warning]
    meeting.convene()

    assert refused(meeting) == "committee_on_paper"
    meeting.post("/seal", {"override": "Chỉ trùng tên"})
    assert meeting.view()["state"] == "sealed"


def test_a_base_of_fewer_members_than_are_summoned_needs_a_typed_override(
    meeting: Meeting,
) -> None:
    """A.2.6 step 4: all members vote, so they cannot be fewer than the voters."""
    choices = {"quorum": "2/3", "announced": True, "tie": "Người đứng đầu"}
    s003 = {"procedure": "s003-annual-06hd2017", "choices": choices}
    meeting.create("4", members=8, **s003).fill().print_cards().convene()
    page = f"/conferences/{meeting.id}/seal"

    assert refused(meeting) == "members_too_few"
    assert b"members-too-few" in meeting.office.secretary.get(page).data
    meeting.post("/seal", {"override": "Có đại biểu mời"})
    enough = Meeting(meeting.office).create("4", members=9, **s003)
    enough.fill().print_cards().convene()
    codes = [warning["code"] for warning in enough.view()["warnings"]]
    assert "members_too_few" not in codes
    enough.post("/seal")


def test_the_sealed_texts_are_a_belenios_setup(meeting: Meeting) -> None:
    meeting.sealed(step="5")
    sent = meeting.office.kiosk.last("paper.sealed")
    assert sent == meeting.office.tally.last("paper.sealed")
    setup = Setup.load(
        SetupBytes(
            sent.election.encode(), sent.trustees.encode(), sent.credentials.encode()
        )
    )

    assert setup.fingerprint == meeting.view()["fingerprint"]
    assert set(setup.credentials) == {
        credentials.public_credential(meeting.uuid, code) for code in meeting.codes
    }
    content = paper.from_description(setup.election.description)
    (section,) = content.sections
    assert [nominee.name for nominee in section.nominees] == list(NOMINEES)
    assert (section.rule.share, section.rule.strict) == ("1/2", True)
    assert (section.rule.of, section.rule.quota) == (Base.SUMMONED, 2)
    assert (content.step, content.announced) == ("5", True)
    assert list(setup.election.questions) == paper.questions(content)


def test_sealing_is_taken_up_where_it_was_interrupted(meeting: Meeting) -> None:
    office = meeting.office
    meeting.create().fill().print_cards().convene()
    office.kiosk.unplugged = True
    answer = office.secretary.post(f"{meeting.path}/seal")
    assert (answer.status_code, code_of(answer)) == (503, "peer_unreachable")
    view = meeting.view()
    assert (view["state"], view["paper_fixed"]) == ("convened", True)
    assert code_of(meeting.upload("nominees", nominees_file())) == "paper_fixed"

    office.kiosk.unplugged = False
    meeting.post("/seal")
    first, second = (
        body for message, body in office.tally.heard if message.kind == "paper.sealed"
    )
    assert first == second == office.kiosk.last("paper.sealed")
    ids = {
        message.message_id
        for message, _ in office.tally.heard
        if message.kind == "paper.sealed"
    }
    assert len(ids) == 1


def test_a_paper_the_tally_refuses_can_be_changed(meeting: Meeting) -> None:
    meeting.create().fill().print_cards().convene()
    meeting.office.tally.refuses = "another_paper"
    assert code_of(meeting.office.secretary.post(f"{meeting.path}/seal")) == (
        "another_paper"
    )

    assert not meeting.view()["paper_fixed"]
    assert meeting.upload("nominees", nominees_file()).status_code == 200
    meeting.office.tally.refuses = ""
    meeting.post("/seal")
    assert meeting.view()["state"] == "sealed"


def test_the_paper_marks_a_demonstration(meeting: Meeting) -> None:
    meeting.sealed()
    text = meeting.office.kiosk.last("paper.sealed").election
    description = msgspec.json.decode(text)["description"]

    assert not paper.from_description(description).demo
    assert election.read_election(text.encode()).uuid == meeting.uuid
    assert encoding.fingerprint(text.encode()) == meeting.view()["fingerprint"]
