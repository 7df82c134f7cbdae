"""The arithmetic of one threshold: exact, pure, used by two services.

A rule is data: `{share: 3/10, strict: false, of: present}`. Whether a vote count
passes is decided on integers and fractions; a percentage is only ever printed.
Applying rules to a whole result is the tally's (`tally/verdicts.py`).
Source: DOMAIN.md A.2, A.3 and A.7.
"""

import math
from enum import StrEnum
from fractions import Fraction

import msgspec


class Base(StrEnum):
    """Whom a share is measured against; never the valid or returned ballots."""

    PRESENT = "present"
    SUMMONED = "summoned"
    MEMBERS = "members"


class Tie(StrEnum):
    """Who decides between equal votes at the cut-off of a quota."""

    HEAD = "head"


class Counts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """People of one conference, each a count of persons.

    `members` is the size of the leading body where a rule is measured against it;
    absent when no rule of the paper is.
    """

    summoned: int
    present: int
    members: int | None = None

    def of(self, base: Base) -> int:
        """Return the number that `base` names.

        Raises:
            ValueError: the base is `members` and their number was not recorded.
        """
        number = getattr(self, base.value)
        if number is None:
            raise ValueError(f"the number of {base.value} was not recorded")
        return int(number)


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """When a nominee passes: at least (or, if strict, more than) a share of a base.

    `share` is a fraction written "3/10"; "0" says that no threshold applies and the
    votes are only taken note of. `quota` is the most that may pass, taken from the
    top; `tie` says that somebody decides if equal votes straddle that cut-off, and
    `decider` is that somebody's title.
    """

    share: str
    strict: bool
    of: Base
    quota: int | None = None
    tie: Tie | None = None
    decider: str = ""

    def __post_init__(self) -> None:
        """Refuse a rule that could never or always pass.

        Raises:
            ValueError: the share is not a fraction that someone can reach, or the
                quota is not positive.
        """
        if not 0 <= self.fraction <= 1 or (self.strict and self.fraction in {0, 1}):
            raise ValueError("share must be a fraction that someone can reach")
        if self.quota is not None and self.quota < 1:
            raise ValueError("quota must be at least 1")

    @property
    def fraction(self) -> Fraction:
        """The share as an exact fraction."""
        return Fraction(self.share)

    @property
    def open(self) -> bool:
        """Whether no threshold applies: whoever is on the paper goes on."""
        return self.fraction == 0


def fewest_votes(rule: Rule, counts: Counts) -> int:
    """Return the fewest votes that pass: 6 for >= 3/10 of 20, 16 for > 1/2 of 30.

    Raises:
        ValueError: the rule's base was not counted.
    """
    exact = rule.fraction * counts.of(rule.of)
    return math.floor(exact) + 1 if rule.strict else math.ceil(exact)


def fewest_present(quorum: Fraction, summoned: int) -> int:
    """Return how many of the summoned must be present: 20 for 2/3 of 30."""
    return math.ceil(quorum * summoned)


def needed_votes(rule: Rule, counts: Counts) -> int:
    """Return the fewest votes that pass; without a threshold, none are needed.

    A threshold of a share is never met by nobody's vote, even if nobody is present.

    Raises:
        ValueError: the rule's base was not counted.
    """
    return 0 if rule.open else max(1, fewest_votes(rule, counts))
