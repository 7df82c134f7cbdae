"""Marks on both sides of every threshold.

Twelve are summoned and ten are present of a leading body of fourteen: the fewest votes
that pass are then another number for every base and for "at least" and "more than":

    at least 3/10 of those present    3   (of the summoned 4, of the members 5)
    more than 1/2 of those present    6   (at least: 5)
    more than 1/2 of the summoned     7   (at least: 6)
    more than 1/2 of the members      8   (at least: 7)
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from web import paper
from web.paper import Section
from web.rehearsal.client import Json
from web.rehearsal.delegates import Marks
from web.rehearsal.direction import Direction, sheet_of
from web.rehearsal.people import Person
from web.rehearsal.plan import Post
from web.rehearsal.sitting import Size

SUMMONED, PRESENT, MEMBERS = 12, 10, 14
ROOM = Size(
    delegates=SUMMONED,
    away=SUMMONED - PRESENT,
    committee=3,
    threshold=2,
    tablets=2,
)
TIED, CLEAR = "Phó Giám đốc Sở", "Trưởng phòng"
SEATS = 2
LAST = {TIED: 4, CLEAR: 3}  # how many stand at a last step
TAKEN_OFF = "chưa đủ thời gian công tác"

Line = tuple[int, str]  # agreeing votes, and what comes of them


def script(section: Section, needed: int) -> list[Line]:
    """Say how many agree to each line of a section, and what must come of it.

    Before the last step somebody gets exactly the fewest votes that pass and somebody
    one fewer. At a last step two tie, with exactly the fewest, for the second seat of
    one position; of the other, one just passes and one just does not.
    """
    count = len(section.nominees)
    if section.rule.quota and section.title == TIED:
        return [
            (PRESENT, "passed"),
            (needed, "tied"),
            (needed, "tied"),
            (needed - 1, "below"),
        ]
    # The second has more votes than the first: lists go by votes, not by the paper.
    above = [(PRESENT - (i + 1) % 2, "passed") for i in range(count - 2)]
    if needed == 0:
        return [*above, (1, "passed"), (0, "passed")]
    return [*above, (needed, "passed"), (needed - 1, "below")]


@dataclass(frozen=True)
class BothSides(Direction):
    """Lets everybody vote so that each rule is seen from both sides.

    `needed` are the fewest votes that pass, by step (or by "procedure step", where
    one sitting holds several); `rules` are thresholds that the secretary chooses where
    the document has none, `later` is how many ballots follow the first introduction.
    """

    needed: Mapping[str, int] = field(default_factory=dict)
    rules: Mapping[str, Json] = field(default_factory=dict)
    later: int = 0

    def members_of(self, step: Json, choices: Json) -> int | None:
        return MEMBERS if super().members_of(step, choices) else None

    def choices(self, step: Json) -> Json:
        chosen = super().choices(step)
        if "rule" in chosen and step["id"] in self.rules:
            chosen["rule"] = self.rules[step["id"]]
        return chosen

    def posts(self, _procedure: Json) -> tuple[Post, ...]:
        return Post(TIED, "2025–2030", SEATS), Post(CLEAR, "2026–2031", SEATS)

    def nominees(self, step: Json, post: Post) -> list[Person]:
        if step["ballot"]["purpose"] == "remove":
            return self.invention.people(2)
        return self.invention.people(LAST[post.title] + self.later)

    def marks(self, election: bytes, console: Json, cards: int) -> list[Marks]:
        assert cards == PRESENT
        sheet = sheet_of(election)
        expected = self.expected(sheet, console)
        votes = [agree for section in expected for agree, _ in section]
        assert len(votes) == len(list(paper.places(sheet)))
        return [[_mark(voter, agree) for agree in votes] for voter in range(cards)]

    def expected(self, sheet: paper.Paper, console: Json) -> list[list[Line]]:
        """Return what must come out for every line of the paper."""
        return list(self._sections(sheet, console))

    def withdrawn(self, console: Json) -> list[Json]:
        """Take somebody off where the document has no threshold: the last in votes."""
        if self.needed.get(console["step"]) != 0:
            return []
        return [
            {
                "position": final["position"],
                "key": final["nominees"][-1]["key"],
                "reason": TAKEN_OFF,
            }
            for final in console["final"]
        ]

    def decide(self, tie: Json) -> list[str]:
        """Take those who stand last on the paper: it is the head who chooses."""
        return [line["key"] for line in tie["tied"]][-int(tie["seats"]) :]

    def _sections(self, sheet: paper.Paper, console: Json) -> Iterator[list[Line]]:
        for section, position in zip(sheet.sections, console["positions"], strict=True):
            item = console["items"][position["item"] - 1]
            needed = self.needed.get(f"{item['procedure']} {item['step']}")
            if needed is None:
                needed = self.needed[item["step"]]
            yield script(section, needed)


def _mark(voter: int, agree: int) -> list[int]:
    """Agree, disagree or leave open: the first `agree` voters agree."""
    if voter < agree:
        return [1, 0]
    return [0, voter % 2]
