"""A whole procedure: every ballot of it in order, each step's list from the last.

While one step votes, the next one's conference is opened, its cards are printed and
the committee keeps its key; after the count those who passed are put on its paper.
Ballots that no step leads to (a removal, the first introduction) are opened anew.
"""

from dataclasses import dataclass
from typing import Any

from web.rehearsal import delegates
from web.rehearsal.client import Json
from web.rehearsal.conference import Played, now
from web.rehearsal.direction import Direction, sheet_of, words
from web.rehearsal.plan import Item, Plan
from web.rehearsal.room import Room
from web.rehearsal.sitting import Progress, Sitting

OFFICE, PLACE = "Sở Quy hoạch mẫu", "Hội trường A"


@dataclass
class Held:
    """One sitting as it was played, and the console's last look at it.

    `turnaround` is seconds from the result of the step before to this open box, or
    nothing for the first of a chain; `withdrawn` is who was taken off the next list,
    `chosen` (by item number) what the virtual secretary chose for the document.
    """

    played: Played
    console: Json
    turnaround: float | None
    withdrawn: list[Json]
    chosen: dict[int, list[Json]]


class Chain:
    """Plays one procedure in a room, as a direction says."""

    def __init__(
        self,
        room: Room,
        procedure: str,
        direction: Direction,
        *,
        together: bool = False,
        papers: bool = False,
        progress: Progress = lambda _stage, _share: None,
    ) -> None:
        """Play `procedure`; `together` with the ballots of the same sitting.

        With `papers`, every ballot's documents and bundle are fetched at its end.
        """
        self.room = room
        self.direction = direction
        self._together = together
        self._papers = papers
        self._progress = progress
        self._known: dict[str, Json] = {}
        self.committee = direction.committee()
        self.key_of: Sitting | None = None
        self.procedure = self._look_up(procedure)

    def play(self) -> list[Held]:
        """Play every ballot, chain after chain."""
        return [
            held
            for step in entries(self.procedure)
            for held in self.run(self.begin(step))
        ]

    def begin(self, step: Json) -> Sitting:
        """Open the first conference of a chain, with its people, cards and key."""
        sitting = self.sitting_of(step)
        items = list(self._items(step))
        plan = Plan(
            title=str(step["name"]),
            office=OFFICE,
            place=PLACE,
            starts_at=now(),
            items=tuple(item for item, _ in items),
            members=self.members_of([known for _, known in items]),
            key_of=self.key_of.secretary.conference if self.key_of else None,
        )
        with sitting.stage("people"):
            sitting.secretary.create(plan, self.committee, sitting.size.threshold)
            lists = [
                self.direction.nominees(known, post)
                for item, known in items
                for post in item.posts
            ]
            # Two ballots of one sitting may plan for the same post: by its number.
            sitting.secretary.import_nominees(
                {str(number): people for number, people in enumerate(lists, 1)}
            )
        self.gather(sitting)
        return sitting

    def run(self, first: Sitting) -> list[Held]:
        """Hold a chain of sittings to its last step, or until nobody passes."""
        run: list[tuple[Sitting, Held]] = []
        sitting: Sitting | None = first
        while sitting is not None:
            since = run[-1][0].result_at if run else None
            held, following = self._hold(sitting, since)
            run.append((sitting, held))
            sitting = self.carry(sitting, held, following)
        for each, held in run:
            held.played.archive = each.members[0].archive()
            held.console = each.secretary.state()
            if self._papers:
                held.played.papers = each.papers(OFFICE)
        return [held for _, held in run]

    def _hold(
        self, sitting: Sitting, since: float | None
    ) -> tuple[Held, Sitting | None]:
        sitting.seal()
        cards = sitting.hand_out()
        tablets = sitting.pair()
        sitting.open()
        election, console = sitting.election(), sitting.secretary.state()
        with sitting.stage("mark"):
            marks = self.direction.marks(election, console, len(cards))
            votes = delegates.seal_all(election, cards, marks)
        following = self._prepare(sitting, console)
        uuid = sitting.secretary.uuid
        with sitting.stage("vote"):
            casting = delegates.cast_all(tablets, uuid, votes, pause=sitting.size.pause)
        close_to_result = sitting.count()
        played = Played(
            uuid=uuid,
            archive=b"",  # fetched when nobody waits for the next step
            console=sitting.confirm(self.direction.decide),
            votes=votes,
            casting=casting,
            sheet=sheet_of(election),
            close_to_result=close_to_result,
            stages=sitting.stages,
        )
        turnaround = None if since is None else sitting.opened_at - since
        chosen = {item["number"]: self._chosen(item) for item in console["items"]}
        return Held(played, {}, turnaround, [], chosen), following

    def _prepare(self, sitting: Sitting, console: Json) -> Sitting | None:
        """Open the next step's conference while this one votes, if one follows."""
        leading = [item for item in console["items"] if item["next_step"]]
        if not leading:
            return None
        steps = [self.step_of(item["procedure"], item["next_step"]) for item in leading]
        choices = [self.direction.choices(step) for step in steps]
        following = self.sitting_of(steps[0])
        order: dict[str, Any] = {
            "starts_at": now(),
            "members": self.members_of(steps),
            "choices": {
                str(item["number"]): chosen
                for item, chosen in zip(leading, choices, strict=True)
            },
            "key_kept": True,
        }
        following.secretary.adopt(sitting.secretary.prepare_next(order))
        self.gather(following)
        return following

    def carry(
        self, sitting: Sitting, held: Held, following: Sitting | None
    ) -> Sitting | None:
        """Put those who passed on the prepared paper; nothing goes on for nobody."""
        self.key_of = sitting
        console = sitting.secretary.state()
        if following is None or not any(each["nominees"] for each in console["final"]):
            return None
        held.withdrawn = self.direction.withdrawn(console)
        sitting.secretary.go_on({"withdrawn": held.withdrawn})
        return following

    def gather(self, sitting: Sitting) -> None:
        """Summon the delegates, print the cards; keep the day's key or make one."""
        people = self.direction.invention.people(sitting.size.delegates)
        sitting.secretary.import_delegates(people)
        sitting.print_cards()
        if self.key_of is None:
            sitting.make_key()
            self.key_of = sitting
        else:
            sitting.keep_key(self.key_of.members)

    def sitting_of(self, step: Json) -> Sitting:
        """Return an empty room for a step's conference."""
        size = self.direction.size_of(step)
        return Sitting(self.room, size, self._progress)

    def _items(self, step: Json) -> list[tuple[Item, Json]]:
        """Return the ballots of a sitting: those it is held with come first."""
        found = [(self.procedure, step)]
        if self._together:
            found[:0] = [
                (
                    self._look_up(each["procedure"]),
                    self.step_of(each["procedure"], each["step"]),
                )
                for each in step["held_with"]
            ]
        return [
            (
                Item(
                    procedure=str(procedure["id"]),
                    step=str(known["id"]),
                    posts=self.direction.posts(procedure),
                    choices=self.direction.choices(known),
                ),
                known,
            )
            for procedure, known in found
        ]

    def members_of(self, steps: list[Json]) -> int | None:
        """Return the size of the leading body, if one of these is measured by it."""
        found = [
            self.direction.members_of(step, self.direction.choices(step))
            for step in steps
        ]
        return next((each for each in found if each is not None), None)

    def _chosen(self, item: Json) -> list[Json]:
        choices = self.direction.choices(self.step_of(item["procedure"], item["step"]))
        return [
            {"key": key, "choice": choices[key], "words": words(key, choices[key])}
            for key in item["chosen"]
        ]

    def step_of(self, procedure: str, step: str) -> Json:
        """Return a step as its procedure's file says it."""
        steps = {each["id"]: each for each in self._look_up(procedure)["steps"]}
        return dict(steps[step])

    def _look_up(self, procedure: str) -> Json:
        if procedure not in self._known:
            path = f"/api/procedures/{procedure}"
            self._known[procedure] = self.room.console.get(path)
        return self._known[procedure]


def entries(procedure: Json) -> list[Json]:
    """Return the ballot steps that no other step leads to, in order."""
    led_to = {step["next"] for step in procedure["steps"]}
    return [
        step
        for step in procedure["steps"]
        if step["ballot"] and step["id"] not in led_to
    ]
