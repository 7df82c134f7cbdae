"""The structure of a planning list against its targets. Pure.

Shares are exact fractions; a percentage is only ever printed. A target warns and is
printed: it never takes anybody off a list. Every number is a setting: the office's
start is `structure.toml`, and each round keeps its own.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Annotated, Generic, Literal, TypeVar

import msgspec

from admin.names import fold

Level = Literal["central", "province", "district"]
Age = Annotated[int, msgspec.Meta(ge=18, le=100)]
Cap = Annotated[int, msgspec.Meta(ge=1, le=1000)]
T = TypeVar("T", bound=Hashable)
_SOURCE = Annotated[str, msgspec.Meta(max_length=300)]


class _Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whatever stands among the targets: read strictly, never changed."""


class Women(_Data, frozen=True):
    """The share of women; without one they are only counted."""

    source: _SOURCE
    share: str | None = None

    def __post_init__(self) -> None:
        fraction(self.share)


class Young(_Data, frozen=True):
    """The share of young people: those below an age that depends on the level."""

    source: _SOURCE
    level: Level
    below: dict[Level, Age]
    share: str | None = None

    def __post_init__(self) -> None:
        fraction(self.share)
        if self.level not in self.below:
            raise ValueError("young: the level has no age")


class Minorities(_Data, frozen=True):
    """The share of ethnic minorities: whoever is not of the majority."""

    source: _SOURCE
    majority: str
    share: str | None = None

    def __post_init__(self) -> None:
        fraction(self.share)


class Ages(_Data, frozen=True):
    """The age bands: `[40, 50]` means below 40, from 40 to 49, from 50."""

    source: _SOURCE
    bounds: Annotated[tuple[Age, ...], msgspec.Meta(min_length=1, max_length=5)]

    def __post_init__(self) -> None:
        if list(self.bounds) != sorted(set(self.bounds)):
            raise ValueError("ages: the bounds must rise")


class Caps(_Data, frozen=True):
    """The most people for a position, and positions of a level for a person."""

    source: _SOURCE
    per_position: Cap | None = None
    per_person: Cap | None = None


class Targets(_Data, frozen=True):
    """What a list is measured against."""

    women: Women
    young: Young
    minorities: Minorities
    ages: Ages
    caps: Caps


@dataclass(frozen=True)
class Figure:
    """What the structure knows of a person; unknown is never counted as met."""

    birth_date: date | None = None
    birth_year: int | None = None
    woman: bool | None = None
    ethnicity: str = ""

    def age(self, on: date) -> int | None:
        """Return the age in full years; from the year alone, the one reached in it."""
        if self.birth_date is None:
            return None if self.birth_year is None else on.year - self.birth_year
        born = self.birth_date
        birthday_to_come = (on.month, on.day) < (born.month, born.day)
        return on.year - born.year - birthday_to_come


@dataclass(frozen=True)
class Bar:
    """One line of the structure: so many of so many, and the target line if any.

    `unknown` are those of whom the register does not say it. `low` and `below` are
    the ages that the bar is about.
    """

    key: str
    count: int
    total: int
    unknown: int
    target: Fraction | None = None
    low: int | None = None
    below: int | None = None

    @property
    def share(self) -> Fraction:
        """The exact share; 0 of an empty list."""
        return Fraction(self.count, self.total) if self.total else Fraction(0)

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; `None` without a target or a list."""
        if self.target is None or not self.total:
            return None
        return self.share >= self.target

    @property
    def missing(self) -> int:
        """How many more of the same list it would take to reach the target."""
        if self.target is None:
            return 0
        return max(0, -(-self.target * self.total // 1) - self.count)


@dataclass(frozen=True)
class Over(Generic[T]):
    """Somebody or something that is above its cap."""

    of: T
    count: int
    cap: int


def fraction(share: str | None) -> Fraction | None:
    """Read a share: "25%", "12,5%" or "1/4".

    Raises:
        ValueError: it is no share above nobody and up to everybody.
    """
    if share is None:
        return None
    text = share.replace(" ", "").replace(",", ".")
    try:
        found = (
            Fraction(text.removesuffix("%")) / 100
            if text.endswith("%")
            else Fraction(text)
        )
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"{share!r} is not a share") from None
    if not 0 < found <= 1:
        raise ValueError(f"{share!r} is not a share above 0% and up to 100%")
    return found


@cache
def defaults() -> Targets:
    """Return the targets that an office starts with."""
    data = files("admin").joinpath("structure.toml").read_bytes()
    return msgspec.toml.decode(data, type=Targets)


def check(people: Iterable[Figure], targets: Targets, on: date) -> list[Bar]:
    """Measure a list on a day: women, young, minorities, then the age bands."""
    found = list(people)
    ages = [each.age(on) for each in found]
    majority = fold(targets.minorities.majority)
    below = targets.young.below[targets.young.level]
    return [
        _bar("women", [each.woman for each in found], targets.women.share),
        _bar("young", _between(ages, None, below), targets.young.share, below=below),
        _bar(
            "minorities",
            [fold(p.ethnicity) != majority if p.ethnicity else None for p in found],
            targets.minorities.share,
        ),
        *_bands(ages, targets.ages.bounds),
    ]


def over_cap(of: Iterable[T], cap: int | None) -> list[Over[T]]:
    """Return what comes more often than its cap allows, the most first."""
    if cap is None:
        return []
    counted = Counter(of).most_common()
    return [Over(each, count, cap) for each, count in counted if count > cap]


def _bands(ages: Sequence[int | None], bounds: tuple[int, ...]) -> list[Bar]:
    edges = (None, *bounds, None)
    return [
        _bar("ages", _between(ages, low, below), None, low=low, below=below)
        for low, below in pairwise(edges)
    ]


def _between(
    ages: Sequence[int | None], low: int | None, below: int | None
) -> list[bool | None]:
    return [
        None
        if age is None
        else (low is None or age >= low) and (below is None or age < below)
        for age in ages
    ]


def _bar(
    key: str,
    holds: Sequence[bool | None],
    share: str | None,
    *,
    low: int | None = None,
    below: int | None = None,
) -> Bar:
    return Bar(
        key=key,
        count=sum(each is True for each in holds),
        total=len(holds),
        unknown=sum(each is None for each in holds),
        target=fraction(share),
        low=low,
        below=below,
    )
