"""Percentages that may be printed beside a verdict, and the notes that they need.

Votes decide, never a percentage. A figure is printed with as many decimals as it
takes to stand on its own side of the threshold, and a note says so wherever a reader
who rounds would conclude otherwise (DOMAIN.md A.7: 62/207, 15/30).
"""

from dataclasses import dataclass
from fractions import Fraction

from admin.documents.words import Words
from web.contracts import Verdict
from web.rules import Rule

_NOBODY = "–"
_DECIMALS = 2
_USUAL = (1, _DECIMALS)  # how many decimals people round to


@dataclass(frozen=True)
class Share:
    """A percentage as it is printed; `note` is empty where it misleads nobody."""

    text: str
    note: str


def share(words: Words, line: Verdict, rule: Rule) -> Share:
    """Return the share of a line, with a note where rounding hides the verdict."""
    if not line.out_of:
        return Share(_NOBODY, "")
    part = Fraction(line.agree, line.out_of)
    if rule.open:
        return Share(words.percent(part), "")
    printed = words.percent(part, _decimals(part, rule.fraction))
    key = _key(part, rule)
    if not key:
        return Share(printed, "")
    note = words.text(
        key,
        name=line.name,
        agree=words.number(line.agree),
        out_of=words.number(line.out_of),
        share=printed,
        rounded=words.percent(
            rounded(part, _misleading(part, rule.fraction) or _DECIMALS)
        ),
        border=border(words, rule),
        needed=words.number(line.needed),
    )
    return Share(printed, note)


def border(words: Words, rule: Rule) -> str:
    """Return a threshold as it is written: "30%", or "2/3" that has no end."""
    part = rule.fraction
    ends = (part * 100 * 10**_DECIMALS).denominator == 1
    return words.percent(part) if ends else str(part)


def rounded(part: Fraction, decimals: int) -> Fraction:
    """Return a share rounded to so many decimals of its percentage, half up."""
    unit = 100 * 10**decimals
    return Fraction(int(part * unit + Fraction(1, 2)), unit)


def _key(part: Fraction, rule: Rule) -> str:
    """Return which note a share needs, or none."""
    if part == rule.fraction:
        if rule.strict:
            return "doc.note.border_strict"
        return "" if rounded(part, _DECIMALS) == part else "doc.note.border_met"
    if not _misleading(part, rule.fraction):
        return ""
    return "doc.note.below" if part < rule.fraction else "doc.note.above"


def _misleading(part: Fraction, threshold: Fraction) -> int:
    """Return the fewest of the usual decimals that would mislead, or 0."""
    side = _side(part, threshold)
    wrong = (d for d in _USUAL if _side(rounded(part, d), threshold) != side)
    return next(wrong, 0)


def _decimals(part: Fraction, threshold: Fraction) -> int:
    """Return how many decimals keep a share on its own side."""
    decimals, side = _DECIMALS, _side(part, threshold)
    while side and _side(rounded(part, decimals), threshold) != side:
        decimals += 1
    return decimals


def _side(number: Fraction, border_of: Fraction) -> int:
    return (number > border_of) - (number < border_of)
