"""A planning round led by a test: register, positions, steps, approval.

Every step of a procedure is gone through in order, at the round's own routes: those
without a ballot are recorded, the first conference of a chain takes its people from
the plan, later ones take those who passed.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from web.rehearsal.chain import PLACE, Chain, Held
from web.rehearsal.client import Client, Json
from web.rehearsal.conference import now
from web.rehearsal.people import Person
from web.rehearsal.plan import committee_order
from web.rehearsal.sitting import Sitting

TODAY = datetime.now(UTC).date().isoformat()
APPROVAL = {
    "document_number": "215-QĐ/TU",
    "document_date": TODAY,
    "authority": "Ban Thường vụ",
}


@dataclass
class Position:
    """A planned position as the round's routes made it: its number and its people."""

    number: int
    title: str
    nominated: list[Person] = field(default_factory=list)
    planned: list[Person] = field(default_factory=list)


class RoundOffice:
    """The secretary of one unit's round, for one procedure."""

    def __init__(self, console: Client, procedure: Json, unit: str) -> None:
        self._console = console
        self.procedure = procedure
        self.round = self._made(
            "/api/rounds", title=f"Đợt quy hoạch: {unit}", office="Cơ quan mẫu"
        )
        self._unit = self._made(f"/api/rounds/{self.round}/units", name=unit)
        self.positions: list[Position] = []
        self.recorded: list[str] = []
        self.instance = 0

    def add_position(
        self, title: str, term: str, nominated: list[Person], planned: list[Person]
    ) -> Position:
        """Plan for a post; those planned before are all proposed for removal."""
        number = self._made(
            f"/api/units/{self._unit}/positions", title=title, term=term, quota=2
        )
        position = Position(number, title, nominated, planned)
        self.positions.append(position)
        origin = self.procedure["origin"]
        for person in nominated:
            self._enter(number, person, standing="nominated", origin=origin)
        for person in planned:
            entry = self._enter(number, person, standing="planned", origin=origin)
            self._console.post(
                f"/api/entries/{entry}/propose-removal",
                {"ground": "không còn đáp ứng tiêu chuẩn"},
            )
        return position

    def start(self, level: str = "") -> None:
        """Run the procedure for the positions, at a level (or its first)."""
        levels = [each["id"] for each in self.procedure["levels"]]
        self.instance = self._made(
            f"/api/units/{self._unit}/instances",
            procedure=self.procedure["id"],
            level=level or "".join(levels[:1]),
            positions=[position.number for position in self.positions],
        )

    def open_conference(self, step: str, order: Json) -> Json:
        """Open the first conference of a chain out of the plan."""
        path = f"/api/instances/{self.instance}/steps/{step}/conference"
        return self._console.post(path, order)

    def record_until(self, step: str | None) -> None:
        """Record, in order, what is to be done before `step`, or to the end."""
        for each in self.path():
            if each["id"] == step:
                return
            if each["state"] != "done":
                self._record(each)
                self.recorded.append(str(each["id"]))

    def path(self) -> list[Json]:
        """Return the steps of the procedure with how far each is."""
        found = self.state()["instances"]
        steps: list[Json] = next(i for i in found if i["id"] == self.instance)["steps"]
        return steps

    def state(self) -> Json:
        """Return the unit as the round shows it."""
        units = self._console.get(f"/api/rounds/{self.round}")["units"]
        return dict(units[0])

    def standings(self) -> dict[str, dict[str, str]]:
        """Return, by position, how everybody stands."""
        return {
            position["title"]: {
                entry["name"]: entry["standing"] for entry in position["entries"]
            }
            for position in self.state()["positions"]
        }

    def _record(self, step: Json) -> None:
        order: Json = {"done_on": TODAY, "how": "biểu quyết giơ tay"}
        if step["kind"] == "approval":
            order |= APPROVAL
        path = f"/api/instances/{self.instance}/steps/{step['id']}"
        self._console.post(path, order)

    def _enter(self, position: int, person: Person, **entry: str) -> int:
        registered = self._made(
            "/api/people/one",
            name=person.name,
            birth=str(person.birth_year),
            post=person.post,
            unit=person.unit,
        )
        path = f"/api/positions/{position}/entries"
        return self._made(path, person=registered, **entry)

    def _made(self, path: str, **order: Any) -> int:
        return int(self._console.post(path, order)["id"])


class RoundChain(Chain):
    """A chain whose first conferences are opened from the plan."""

    office: RoundOffice

    def begin(self, step: Json) -> Sitting:
        sitting = self.sitting_of(step)
        choices = self.direction.choices(step)
        self.office.record_until(step["id"])
        order = {
            "place": PLACE,
            "starts_at": now(),
            "committee": committee_order(self.committee),
            "threshold": sitting.size.threshold,
            "members": self.direction.members_of(step, choices),
            "choices": choices,
            "quotas": {
                str(position.number): post.quota
                for position, post in zip(
                    self.office.positions,
                    self.direction.posts(self.procedure),
                    strict=True,
                )
            },
            "key_of": self.key_of and int(self.key_of.secretary.conference),
        }
        sitting.secretary.adopt(self.office.open_conference(str(step["id"]), order))
        self.gather(sitting)
        return sitting

    def carry(
        self, sitting: Sitting, held: Held, following: Sitting | None
    ) -> Sitting | None:
        """Do what stands between two ballots before the second list is made."""
        next_step = sitting.secretary.state()["items"][0]["next_step"]
        if next_step:
            self.office.record_until(next_step)
        return super().carry(sitting, held, following)
