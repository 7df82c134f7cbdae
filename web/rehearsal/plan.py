"""What a virtual secretary is told to hold: one sitting with its ballots."""

from dataclasses import dataclass, field
from typing import Any

from web.rehearsal.people import Person


@dataclass(frozen=True)
class Post:
    """A position that people are planned for."""

    title: str
    term: str = ""
    quota: int | None = None


@dataclass(frozen=True)
class Item:
    """One ballot of the sitting: a procedure's step, its positions, what is chosen."""

    procedure: str
    step: str
    posts: tuple[Post, ...]
    choices: dict[str, Any] = field(default_factory=dict)
    instance: int | None = None

    def order(self) -> dict[str, Any]:
        """Return it as the console orders it."""
        return {
            "procedure": self.procedure,
            "step": self.step,
            "instance": self.instance,
            "choices": self.choices,
            "positions": [
                {"title": post.title, "term": post.term, "quota": post.quota}
                for post in self.posts
            ],
        }


@dataclass(frozen=True)
class Plan:
    """One conference. `members` is the size of the leading body, where it counts.

    `key_of` is the number of the day's conference whose committee keeps its key.
    """

    title: str
    office: str
    place: str
    starts_at: str
    items: tuple[Item, ...]
    members: int | None = None
    key_of: str | None = None

    def order(self, committee: list[Person], threshold: int) -> dict[str, Any]:
        """Return the conference as the console orders it."""
        return {
            "title": self.title,
            "office": self.office,
            "place": self.place,
            "starts_at": self.starts_at,
            "members": self.members,
            "committee": committee_order(committee),
            "threshold": threshold,
            "key_of": self.key_of and int(self.key_of),
            "items": [item.order() for item in self.items],
        }


def committee_order(committee: list[Person]) -> list[dict[str, str]]:
    """Return the counting committee as the console orders it."""
    return [
        {"name": member.name, "role": "Thành viên" if index else "Tổ trưởng"}
        for index, member in enumerate(committee)
    ]
