"""A small planning round that a test drives through the API."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from werkzeug.test import TestResponse

from admin.models import Person
from admin.names import fold
from tests.admin.neighbours import Office
from tests.admin.sample import MEMBERS, Meeting, delegates_file
from web.db import Sessions

S000 = "s000-next-term-onsite"
ANNUAL = "s000-annual-onsite"
CUC_NEXT = "s004-cuc-next-onsite"
CUC_ANNUAL = "s004-cuc-annual-onsite"
CUC_EXTERNAL = "s004-cuc-annual-external"

OPENING = {
    "place": "Phòng họp A",
    "starts_at": "2026-11-21T14:00:00+07:00",
    "committee": [{"name": name, "role": "Tổ viên"} for name in MEMBERS],
}
LEVEL = "co-quan"
REMOVAL = {"secret": True, "announced": False}  # ... where people are removed
SILENT = {"quorum": "2/3", "announced": False}  # what S004 leaves unstated


@dataclass
class Plan:
    """One round with one unit; people are entered by the end of their names."""

    office: Office
    id: int = 0
    unit: int = 0
    people: dict[str, int] = field(default_factory=dict)

    def begin(self, unit: str = "Sở Mẫu") -> "Plan":
        body = {"title": "Đợt thử", "office": "Tỉnh Thử"}
        self.id = self.post("/api/rounds", body)["id"]
        units = f"/api/rounds/{self.id}/units"
        self.unit = self.post(units, {"name": unit, "level": "cơ quan"})["id"]
        return self

    def position(self, title: str = "Phó Giám đốc", **more: Any) -> int:
        body = {"title": title, "term": "2025-2030", **more}
        return int(self.post(f"/api/units/{self.unit}/positions", body)["id"])

    def start(self, *positions: int, procedure: str = S000, level: str = "") -> int:
        body = {"procedure": procedure, "positions": positions, "level": level}
        return int(self.post(f"/api/units/{self.unit}/instances", body)["id"])

    def person(self, name: str, **more: Any) -> int:
        if name not in self.people:
            sessions: Sessions = self.office.app.extensions["phieukin.sessions"]
            row = Person(
                key=secrets.token_urlsafe(12),
                name=f"Hoàng Giả {name}",
                folded=fold(f"Hoàng Giả {name}"),
                birth_year=1980,
                post="Trưởng phòng",
                **more,
            )
            with sessions.begin() as session:
                session.add(row)
                session.flush()
                self.people[name] = row.id
        return self.people[name]

    def enter(
        self, position: int, *names: str, standing: str = "nominated", **more: Any
    ) -> list[int]:
        path = f"/api/positions/{position}/entries"
        bodies = [
            {"person": self.person(name), "standing": standing, **more}
            for name in names
        ]
        return [int(self.post(path, body)["id"]) for body in bodies]

    def done(self, instance: int, *steps: str, **more: Any) -> None:
        for step in steps:
            body = {"done_on": "2026-11-20", "how": "Biểu quyết giơ tay", **more}
            self.post(f"/api/instances/{instance}/steps/{step}", body)

    def open(self, instance: int, step: str, **more: Any) -> Meeting:
        path = f"/api/instances/{instance}/steps/{step}/conference"
        made = self.post(path, {**OPENING, **more})
        return Meeting(self.office, made["id"], made["uuid"])

    def following(self, meeting: Meeting, **more: Any) -> Meeting:
        made = meeting.post("/next", more)
        return Meeting(self.office, made["id"], made["uuid"])

    def standings(self) -> dict[str, str]:
        return {each["name"].split()[-1]: each["standing"] for each in self.entries()}

    def entries(self) -> list[dict[str, Any]]:
        positions = self.view()["units"][0]["positions"]
        return [entry for position in positions for entry in position["entries"]]

    def entry(self, name: str) -> dict[str, Any]:
        return next(e for e in self.entries() if e["name"].split()[-1] == name)

    def states(self, instance: int) -> dict[str, str]:
        found = self.view()["units"][0]["instances"]
        steps = next(each["steps"] for each in found if each["id"] == instance)
        return {step["id"]: step["state"] for step in steps}

    def view(self) -> dict[str, Any]:
        answer = self.office.secretary.get(f"/api/rounds/{self.id}").get_json()
        assert answer["ok"], answer
        return dict(answer)

    def post(self, path: str, body: object = None) -> dict[str, Any]:
        answer = self.try_to(path, body)
        assert answer.status_code < 300, answer.get_data(as_text=True)
        return dict(answer.get_json())

    def try_to(self, path: str, body: object = None) -> TestResponse:
        return self.office.secretary.post(path, body)


def hold(meeting: Meeting, *agree: tuple[int, ...], present: int = 7) -> Meeting:
    """Hold a conference from the delegates' list to the count: 9 summoned."""
    assert meeting.upload("delegates", delegates_file()).status_code == 200
    meeting.print_cards().convene().arrive(present).seal()
    meeting.post("/open", role="chair")
    meeting.office.kiosk.cast = present
    meeting.post("/close", role="chair")
    return meeting.told(*agree)


def publish(meeting: Meeting) -> Meeting:
    announced = meeting.view()["announced"]
    meeting.post("/announce" if announced else "/complete", role="chair")
    return meeting


def names_on(meeting: Meeting) -> list[list[str]]:
    """Return the names on the paper, position by position."""
    positions = meeting.view()["positions"]
    return [[n["name"].split()[-1] for n in p["nominees"]] for p in positions]
