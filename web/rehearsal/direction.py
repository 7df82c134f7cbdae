"""Who decides in a rehearsal what no document and no program decides.

The virtual secretary chooses where the document is silent, the virtual delegates
mark, the virtual head decides ties. A test directs differently.
"""

from dataclasses import dataclass
from typing import Any

from crypto.election import read_election
from web import paper
from web.rehearsal import delegates
from web.rehearsal.client import Json
from web.rehearsal.delegates import Marks
from web.rehearsal.people import Invention, Person
from web.rehearsal.plan import Post
from web.rehearsal.secretary import first_of
from web.rehearsal.sitting import Size

QUORUM = "2/3"
HEAD_TITLE = "Người đứng đầu"
NEXT_TERM, THIS_TERM = "2025–2030", "2020–2025"
_YES = {
    "held": "bỏ phiếu tại bước này",
    "secret": "bỏ phiếu kín",
    "announced": "công bố kết quả tại hội nghị",
}
_NO = {"announced": "không công bố kết quả tại hội nghị"}
_BASES = {
    "present": "số người có mặt",
    "summoned": "số người được triệu tập",
    "members": "số thành viên tập thể lãnh đạo",
}


@dataclass(frozen=True)
class Direction:
    """A rehearsal's own way: few people away, everybody marks as they please."""

    size: Size
    invention: Invention

    def size_of(self, _step: Json) -> Size:
        """Return how large the sitting of a step is."""
        return self.size

    def members_of(self, step: Json, choices: Json) -> int | None:
        """Return the size of the leading body, where votes are measured against it."""
        rule = choices.get("rule", step["ballot"]["rule"])
        measured = isinstance(rule, dict) and rule["of"] == "members"
        return self.size_of(step).delegates if measured else None

    def choices(self, step: Json) -> Json:
        """Choose what the document leaves unstated, and nothing else.

        Only a last introduction is announced; without a threshold in the document,
        votes are taken note of.
        """
        last = step["next"] is None and step["ballot"]["purpose"] == "introduce"
        usual = {
            "quorum": QUORUM,
            "held": True,
            "secret": True,
            "announced": last,
            "rule": "none",
            "tie": HEAD_TITLE,
        }
        return {key: usual[key] for key in step["unstated"]}

    def posts(self, procedure: Json) -> tuple[Post, ...]:
        """Name the positions that a procedure plans for."""
        annual = procedure["cycle"] == "annual"
        quota = max(1, self.size.nominees // 3)
        cap = max((_cap(step) or quota for step in procedure["steps"]), default=quota)
        term = THIS_TERM if annual else NEXT_TERM
        return (Post("Phó Giám đốc Sở", term, min(quota, cap)),)

    def committee(self) -> list[Person]:
        """Invent the counting committee; it stays for the day."""
        return self.invention.people(self.size.committee)

    def nominees(self, _step: Json, _post: Post) -> list[Person]:
        """Invent who stands on the first paper of a chain."""
        return self.invention.people(self.size.nominees)

    def marks(self, election: bytes, _console: Json, cards: int) -> list[Marks]:
        """Mark the paper, once for every card."""
        return [delegates.choose(election, self.invention) for _ in range(cards)]

    def withdrawn(self, _console: Json) -> list[Json]:
        """Name whom the leadership takes off the next list, and why."""
        return []

    def decide(self, tie: Json) -> list[str]:
        """Choose among the tied, as the head."""
        return first_of(tie)


def sheet_of(election: bytes) -> paper.Paper:
    """Read the ballot paper out of a sealed election."""
    return paper.from_description(read_election(election).description)


def words(key: str, choice: Any) -> str:  # noqa: ANN401 - what an API body may hold
    """Say in Vietnamese what was chosen for a key that the document leaves open."""
    if key == "quorum":
        return f"tiến hành khi có ít nhất {choice} số người được triệu tập có mặt"
    if key == "tie":
        return f"bằng phiếu thì do {choice} quyết định"
    if key == "rule" and choice == "none":
        return "không đặt ngưỡng, chỉ ghi nhận số phiếu"
    if key == "rule":
        over = "trên" if choice["strict"] else "từ"
        return f"{over} {choice['share']} so với tổng {_BASES[choice['of']]}"
    return (_YES if choice else _NO)[key]


def _cap(step: Json) -> int | None:
    cap = (step["ballot"] or {}).get("cap")
    return int(cap) if cap else None
