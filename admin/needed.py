"""How many must be present, and how many must agree: the calculator. Pure.

It answers on integers and fractions alone; a percentage never decides. What a document
leaves unstated and the arithmetic depends on must be chosen (`chosen_for`): the quorum
and the threshold.
"""

from enum import StrEnum
from fractions import Fraction
from typing import Literal

import msgspec

from admin.choices import NO_THRESHOLD, ChoiceError, Choices, Settled, settle, unstated
from admin.procedure import Procedure, Step, Threshold
from web.rules import Base, Counts, needed_votes

DECISIVE = ("quorum", "rule")
NOBODY_YET = "–"


class CountsError(ValueError):
    """Numbers that no conference can have; `key` names the one at fault."""

    def __init__(self, key: str, code: str) -> None:
        super().__init__(f"{key}: {code}")
        self.key, self.code = key, code


class MissingError(ChoiceError):
    """Everything decisive that the document leaves open and nobody chose."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__(keys[0], "missing")
        self.keys = keys


class Verdict(StrEnum):
    """What a number of votes comes to."""

    PASSES = "passes"
    FAILS = "fails"
    NOTED = "noted"
    NO_QUORUM = "no_quorum"


class Needed(msgspec.Struct, frozen=True):
    """The answer, with the numbers that explain it.

    `quorum_needed` is 0 where no quorum is required, and open where the document
    states none and nobody chose one (`unstated`); `needed` is 0 where votes are only
    taken note of. `reachable`: those present are enough to reach it. `passes` is
    open while the quorum is missing or no number of votes was given; `margin` is how
    many votes are over what is needed, or lacking.
    """

    quorum: str
    quorum_needed: int | None
    quorum_met: bool | None
    share: str
    strict: bool
    base: Base
    out_of: int
    needed: int
    reachable: bool
    agree: int | None = None
    verdict: Verdict | None = None
    passes: bool | None = None
    margin: int | None = None
    unstated: tuple[str, ...] = ()


def answer(settled: Settled, counts: Counts, agree: int | None = None) -> Needed:
    """Return what a ballot needs from these people, and what `agree` votes come to.

    Raises:
        CountsError: the numbers cannot be those of a conference.
    """
    _check_counts(counts, agree)
    rule = settled.rule_for(None)
    if rule.of is Base.MEMBERS and counts.members is None:
        raise CountsError("members", "members_missing")
    needed = needed_votes(rule, counts)
    quorum_needed = settled.needed_present(counts.summoned)
    quorum_met = counts.present >= quorum_needed
    verdict = _verdict(agree, needed, quorum_met=quorum_met)
    return Needed(
        quorum=str(settled.quorum) if settled.quorum else "",
        quorum_needed=quorum_needed,
        quorum_met=quorum_met,
        share=rule.share,
        strict=rule.strict,
        base=rule.of,
        out_of=counts.of(rule.of),
        needed=needed,
        reachable=counts.present >= needed,
        agree=agree,
        verdict=verdict,
        passes=_PASSES.get(verdict) if verdict else None,
        margin=None if agree is None else agree - needed,
    )


def with_open_quorum(found: Needed) -> Needed:
    """Say that the quorum was left open: the votes needed do not depend on it."""
    return msgspec.structs.replace(
        found, quorum_needed=None, quorum_met=None, unstated=("quorum",)
    )


def settled_for(procedure: Procedure, step: Step, made: Choices) -> Settled:
    """Settle a ballot as far as the arithmetic goes: only the decisive is asked for.

    Raises:
        MissingError: decisive choices are missing.
        ChoiceError: one is made that the document has made, or cannot be.
        ValueError: the step has no ballot.
    """
    open_keys = set(unstated(procedure, step))
    asked = (key for key in DECISIVE if key in open_keys)
    missing = tuple(key for key in asked if getattr(made, key) is None)
    if missing:
        raise MissingError(missing)
    blank = {
        key: value
        for key, value in _INDIFFERENT.items()
        if key in open_keys and getattr(made, key) is None
    }
    return settle(procedure, step, msgspec.structs.replace(made, **blank))


def read_threshold(text: str) -> Threshold | Literal["none"]:
    """Read a threshold as it is typed: "above:1/2:present", "atleast:3/10:present".

    Raises:
        ValueError: it is neither that nor "none".
    """
    if text == NO_THRESHOLD:
        return "none"
    how, share, base = text.split(":")
    if how not in _HOW or Fraction(share) <= 0:
        raise ValueError(text)
    return Threshold(share=share, strict=_HOW[how], of=Base(base))


_HOW = {"above": True, "atleast": False}
_PASSES = {Verdict.PASSES: True, Verdict.NOTED: True, Verdict.FAILS: False}
_INDIFFERENT: dict[str, bool | str] = {
    "held": True,
    "secret": True,
    "announced": False,
    "tie": NOBODY_YET,
}


def _verdict(agree: int | None, needed: int, *, quorum_met: bool) -> Verdict | None:
    if agree is None:
        return None
    if not quorum_met:
        return Verdict.NO_QUORUM
    if needed == 0:
        return Verdict.NOTED
    return Verdict.PASSES if agree >= needed else Verdict.FAILS


def _check_counts(counts: Counts, agree: int | None) -> None:
    numbers = {
        "summoned": counts.summoned,
        "present": counts.present,
        "members": counts.members,
        "agree": agree,
    }
    for key, number in numbers.items():
        if number is not None and number < 0:
            raise CountsError(key, "negative")
    if counts.present > counts.summoned:
        raise CountsError("present", "present_over_summoned")
    if agree is not None and agree > counts.present:
        raise CountsError("agree", "agree_over_present")
