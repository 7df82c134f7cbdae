"""Procedures as data (DOMAIN.md A.2, A.3): steps, rules, quorum, who announces.

A procedure file says everything that decides; this module only reads it strictly.
It knows nothing of conferences, people or databases.
"""

from fractions import Fraction
from functools import cache
from importlib import resources

import msgspec

from web.paper import Style
from web.rules import Base, Rule, Tie, fewest_present

LANGUAGES = ("vi", "en")


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One wording in both languages."""

    vi: str
    en: str

    def of(self, locale: str) -> str:
        """Return the wording for a locale, Vietnamese where it is not English."""
        return self.en if locale == "en" else self.vi


class Quorum(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The share of the summoned without whom no conference is held."""

    share: str
    of: Base
    source: str

    def __post_init__(self) -> None:
        if self.of is not Base.SUMMONED or not 0 < Fraction(self.share) <= 1:
            raise ValueError("a quorum is a share of the summoned")

    def needed(self, summoned: int) -> int:
        """Return how many must be present."""
        return fewest_present(Fraction(self.share), summoned)


class CommitteeSize(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many members a counting committee may have."""

    fewest: int
    most: int
    source: str


class Threshold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The share of a base that a nominee must reach, or exceed if strict."""

    share: str
    strict: bool
    of: Base


class Ballot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The secret ballot of one step.

    `quota` says that each position names how many may pass, from the top.
    """

    style: Style
    announced: bool
    rule: Threshold
    source: str
    quota: bool = False
    tie: Tie | None = None

    def rule_for(self, quota: int | None) -> Rule:
        """Return the rule that is sealed for a position with this quota."""
        if not self.quota:
            quota = None
        return Rule(
            share=self.rule.share,
            strict=self.rule.strict,
            of=self.rule.of,
            quota=quota,
            tie=self.tie if quota else None,
        )


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step; without a ballot there is nothing to do for phieukin."""

    id: str
    name: Text
    source: str
    composition: tuple[str, ...]
    ballot: Ballot | None = None
    next: str | None = None


class Procedure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One procedure with its steps in order."""

    id: str
    version: str
    source: str
    name: Text
    quorum: Quorum
    committee: CommitteeSize
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        known = {step.id for step in self.steps if step.ballot}
        for step in self.steps:
            if step.next is not None and step.next not in known:
                raise ValueError(f"step {step.id} leads to {step.next}: no ballot")

    def step(self, step_id: str) -> Step:
        """Return a step.

        Raises:
            KeyError: the procedure has no such step.
        """
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)


def read_procedure(data: bytes) -> Procedure:
    """Read a procedure file.

    Raises:
        msgspec.ValidationError: a field is missing, unknown or cannot be right.
        msgspec.DecodeError: not TOML.
    """
    return msgspec.toml.decode(data, type=Procedure)


@cache
def procedures() -> dict[str, Procedure]:
    """Return every procedure that comes with phieukin, by its id."""
    folder = resources.files("admin") / "procedures"
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    found = (
        read_procedure(file.read_bytes())
        for file in files
        if file.name.endswith(".toml")
    )
    return {procedure.id: procedure for procedure in found}
