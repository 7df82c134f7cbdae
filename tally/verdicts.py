"""Rules applied to a result: a verdict per nominee, the quota, and ties.

Pure and exact: votes are compared with whole numbers, a percentage is only ever
printed. 15 of 30 is not more than half; 6 of 20 is at least three tenths
(DOMAIN.md A.3 and A.7; the arithmetic of one threshold is `web/rules.py`).

Where a quota cuts the list, it is filled from the top. Nobody is chosen by their
place on the paper: if equal votes straddle the last place, all who have them are
marked TIED and the head decides. Equal votes elsewhere are no tie.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from web.contracts import Outcome, SectionResult, Verdict
from web.paper import Paper, Place, Section, Style, places
from web.rules import Counts, Rule, needed_votes

Result = Sequence[Sequence[int]]


class ImpossibleResultError(ValueError):
    """The decrypted numbers cannot come from this many ballots on this paper."""


@dataclass(frozen=True)
class _Line:
    """What the ballots say of one nominee, or of a motion."""

    nominee: str
    name: str
    agree: int
    disagree: int
    unmarked: int


def judge(
    paper: Paper, result: Result, counts: Counts, ballots: int
) -> tuple[SectionResult, ...]:
    """Apply every section's rule to the decrypted numbers.

    Args:
        paper: the sealed ballot paper.
        result: votes per question and answer, as decrypted.
        counts: the persons that shares are measured against.
        ballots: how many ballots were counted.

    Raises:
        ImpossibleResultError: the result does not fit the paper or the ballots.
        ValueError: a rule's base was not counted.
    """
    _check_shape(paper, result, ballots)
    by_section: dict[int, list[_Line]] = {}
    for place in places(paper):
        line = _line(paper, place, result[place.question], ballots)
        by_section.setdefault(place.section, []).append(line)
    return tuple(
        _judge_section(section, by_section.get(index, []), counts)
        for index, section in enumerate(paper.sections)
    )


def outcomes(rule: Rule, votes: Sequence[int], counts: Counts) -> tuple[Outcome, ...]:
    """Say what a rule makes of these votes, in the same order.

    Raises:
        ValueError: the rule's base was not counted.
    """
    needed = needed_votes(rule, counts)
    passing = sorted((each for each in votes if each >= needed), reverse=True)
    if rule.quota is None or len(passing) <= rule.quota:
        return tuple(
            Outcome.PASSED if each >= needed else Outcome.BELOW for each in votes
        )
    last_in, first_out = passing[rule.quota - 1], passing[rule.quota]
    return tuple(_cut(each, needed, last_in, first_out) for each in votes)


def _cut(votes: int, needed: int, last_in: int, first_out: int) -> Outcome:
    """Place votes around a quota's cut between the last one in and the next."""
    if votes < needed:
        return Outcome.BELOW
    if votes == last_in == first_out:
        return Outcome.TIED
    return Outcome.PASSED if votes >= last_in else Outcome.OVER_QUOTA


def _judge_section(
    section: Section, lines: Sequence[_Line], counts: Counts
) -> SectionResult:
    rule = section.rule
    decided = outcomes(rule, [line.agree for line in lines], counts)
    verdicts = tuple(
        Verdict(
            nominee=line.nominee,
            name=line.name,
            agree=line.agree,
            disagree=line.disagree,
            unmarked=line.unmarked,
            needed=needed_votes(rule, counts),
            base=rule.of,
            out_of=counts.of(rule.of),
            outcome=outcome,
        )
        for line, outcome in zip(lines, decided, strict=True)
    )
    return SectionResult(title=section.title, rule=rule, verdicts=verdicts)


def _line(paper: Paper, place: Place, answers: Sequence[int], ballots: int) -> _Line:
    section = paper.sections[place.section]
    if section.style is Style.MOTION:
        agree, disagree, unmarked = answers
        return _Line("", section.title, agree, disagree, unmarked)
    nominee = section.nominees[place.nominee]
    agree = answers[place.answer]
    disagree = answers[1] if section.style is Style.AGREE_DISAGREE else 0
    unmarked = ballots - agree - disagree
    return _Line(nominee.id, nominee.name, agree, disagree, unmarked)


def _check_shape(paper: Paper, result: Result, ballots: int) -> None:
    """Refuse numbers that so many ballots on this paper cannot add up to."""
    limits = [limit for section in paper.sections for limit in _limits(section)]
    if [len(answers) for answers in result] != [answers for answers, _, _ in limits]:
        raise ImpossibleResultError("the result does not have the paper's shape")
    for number, (answers, (_, low, high)) in enumerate(
        zip(result, limits, strict=True), start=1
    ):
        if min(answers) < 0 or max(answers) > ballots:
            raise ImpossibleResultError(
                f"question {number} has an answer outside 0..{ballots}"
            )
        if not low * ballots <= sum(answers) <= high * ballots:
            raise ImpossibleResultError(
                f"question {number} has {sum(answers)} marks on {ballots} ballots"
            )


def _limits(section: Section) -> list[tuple[int, int, int]]:
    """Give, per question, its answers and the fewest and most marks of a ballot."""
    if section.style is Style.AGREE_DISAGREE:
        return [(2, 0, 1)] * len(section.nominees)
    if section.style is Style.MOTION:
        return [(3, 1, 1)]
    return [(len(section.nominees), 0, section.maximum or len(section.nominees))]
