"""Small groups: when the sum of a secret ballot may give single votes away.

A sum keeps a vote secret only among others. Of three voters, two who compare notes
know the third's vote; and where all are of one mind, everybody's vote is known from
the result alone. No rule forbids such a ballot, so these are warnings, not bans
(docs/adr/0018-warnings-for-small-groups.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from web.contracts import SectionResult, Verdict

GROUP = "small_group"
UNANIMITY = "small_unanimity"


@dataclass(frozen=True)
class Limits:
    """Fewer voters than `group` are too few; up to `unanimity` may be of one mind."""

    group: int
    unanimity: int


@dataclass(frozen=True)
class Voters:
    """How many can vote: who was summoned, until it is known who came with a card."""

    summoned: int
    present: int
    issued: int
    locked: bool

    @property
    def number(self) -> int:
        """The number of people whose votes the sum will hide."""
        return self.issued or self.present if self.locked else self.summoned


class OneMind(StrEnum):
    """What everybody did on a line of the paper."""

    AGREE = "agree"
    DISAGREE = "disagree"
    UNMARKED = "unmarked"


@dataclass(frozen=True)
class Line:
    """A line of a result from which everybody's vote can be told."""

    position: str
    name: str
    mind: OneMind


def warning(voters: Voters, limits: Limits) -> str:
    """Return the code of what somebody should know before this ballot, if anything."""
    if not voters.number:
        return ""
    if voters.number < limits.group:
        return GROUP
    return UNANIMITY if voters.number <= limits.unanimity else ""


def of_one_mind(sections: Iterable[SectionResult], cast: int) -> list[Line]:
    """Return the lines on which every ballot says the same."""
    return [
        Line(section.title, verdict.name, mind)
        for section in sections
        for verdict in section.verdicts
        if (mind := _mind(verdict, cast)) is not None
    ]


def _mind(verdict: Verdict, cast: int) -> OneMind | None:
    if not cast:
        return None
    return next((each for each in OneMind if getattr(verdict, each) == cast), None)
