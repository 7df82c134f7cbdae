"""Invented people, the same for the same seed. None of them exists."""

import random  # noqa: TID251 - repeatable inventions, no secret is drawn here
import tomllib
from dataclasses import dataclass
from pathlib import Path

_PARTS = tomllib.loads(
    (Path(__file__).parent / "people.toml").read_text(encoding="utf-8")
)
_BORN = (1966, 1990)
_WOMEN = 0.4  # shares, about as in life
_FOUR_PARTS = 0.3


@dataclass(frozen=True)
class Person:
    """Someone of the sample conference."""

    name: str
    birth_year: int
    post: str
    unit: str


class Invention:
    """Draws people without repeating a name, and the marks that they make."""

    def __init__(self, seed: int) -> None:
        """Start from `seed`: the same seed invents the same conference."""
        # Repeatable on purpose, and nothing secret: S311 does not apply.
        self.random = random.Random(seed)  # noqa: S311
        self._taken: set[str] = set()

    def people(self, count: int) -> list[Person]:
        """Invent `count` people with names that nobody has had before."""
        return [self._person() for _ in range(count)]

    def _person(self) -> Person:
        return Person(
            name=self._name(),
            birth_year=self.random.randint(*_BORN),
            post=self.random.choice(_PARTS["posts"]),
            unit=self.random.choice(_PARTS["units"]),
        )

    def _name(self) -> str:
        while True:
            kind = "women" if self.random.random() < _WOMEN else "men"
            parts = [
                self.random.choice(_PARTS["surnames"]),
                self.random.choice(_PARTS[f"middle_{kind}"]),
            ]
            if self.random.random() < _FOUR_PARTS:
                parts.append(self.random.choice(_PARTS[kind]))
            parts.append(self.random.choice(_PARTS[kind]))
            name = " ".join(parts)
            if name not in self._taken and len({*parts}) == len(parts):
                self._taken.add(name)
                return name
