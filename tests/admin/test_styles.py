"""An office's own procedure may choose from a list, or put a question to the vote."""

import io
from pathlib import Path

import msgspec
import pytest

from tests.admin.neighbours import Office, code_of
from tests.admin.plan_sample import OPENING, Plan
from tests.admin.sample import Meeting
from web import paper

SAMPLE = Path(__file__).parents[1] / "integration" / "thirteenth.toml"
ID = "hoi-mau-2026"
QUOTA = '  quota = true\n  tie = { vi = "Chủ tịch hội", en = "the president" }\n'


@pytest.fixture
def text() -> str:
    return SAMPLE.read_text()


def bring(office: Office, text: str) -> None:
    file = {"file": (io.BytesIO(text.encode()), "hoi.toml")}
    answer = office.secretary.post("/api/procedures", data=file)
    assert answer.status_code == 201, answer.get_data(as_text=True)


def section_of(meeting: Meeting) -> paper.Section:
    sent = meeting.office.kiosk.last("paper.sealed")
    election = msgspec.json.decode(sent.election.encode())
    (section,) = paper.from_description(election["description"]).sections
    return section


@pytest.mark.parametrize(("step", "quota", "most"), [("G1", None, 3), ("G2", 9, 3)])
def test_nobody_may_choose_more_than_there_are(
    office: Office, text: str, step: str, quota: int | None, most: int
) -> None:
    bring(office, text.replace('"agree-disagree"', '"select"'))
    meeting = Meeting(office).sealed(
        step, procedure=ID, positions=[{"title": "Ủy viên", "quota": quota}]
    )

    assert section_of(meeting).maximum == most


def test_a_question_of_a_round_is_put_without_people(office: Office, text: str) -> None:
    g2 = text.index("# G2") if "# G2" in text else text.index('id = "G2"')
    asked = text[g2:].replace('"agree-disagree"', '"motion"').replace(QUOTA, "")
    bring(office, (text[:g2] + asked).replace('next = "G2"\n', ""))
    plan = Plan(office).begin()
    position = plan.position()
    instance = plan.start(position, procedure=ID, level="chi-hoi")
    plan.done(instance, "G0")
    plan.done(instance, "G1")
    plan.enter(position, "An")
    body = {
        **OPENING,
        "title": "Hội nghị",
        "office": "Hội Mẫu",
        "items": [
            {
                "procedure": ID,
                "step": "G2",
                "instance": instance,
                "positions": [
                    {"title": "Thông qua kế hoạch", "planned_position": position}
                ],
            }
        ],
    }
    made = plan.post("/api/conferences", body)
    meeting = Meeting(office, made["id"], made["uuid"])

    assert [p["nominees"] for p in meeting.view()["positions"]] == [[]]
    assert plan.states(instance)["G2"] == "running"
    again = plan.try_to(f"/api/instances/{instance}/steps/G2/conference", OPENING)
    assert code_of(again) == "step_has_conference"
