"""Every vector of DOMAIN.md A.7, the traps, and properties of quota and ties."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tally.verdicts import ImpossibleResultError, judge, outcomes
from web.contracts import Outcome
from web.paper import Nominee, Paper, Purpose, Section, Style
from web.rules import Base, Counts, Rule, Tie, fewest_present, needed_votes

KEY_CADRE = Rule(share="3/10", strict=False, of=Base.PRESENT)
EXTENDED = Rule(share="1/2", strict=True, of=Base.PRESENT)
FINAL = Rule(share="1/2", strict=True, of=Base.SUMMONED)
P, B, X, T = Outcome.PASSED, Outcome.BELOW, Outcome.OVER_QUOTA, Outcome.TIED

# summoned, present, fewest votes at key-cadre, extended and final conferences
VECTORS = [
    (30, 20, 6, 11, 16),
    (30, 30, 9, 16, 16),
    (21, 14, 5, 8, 11),
    (10, 7, 3, 4, 6),
    (9, 6, 2, 4, 5),
    (15, 15, 5, 8, 8),
    (51, 34, 11, 18, 26),
    (100, 67, 21, 34, 51),
]
NO_QUORUM = [(30, 19), (10, 6), (100, 66)]


def _final(quota: int | None) -> Rule:
    return Rule(share="1/2", strict=True, of=Base.SUMMONED, quota=quota, tie=Tie.HEAD)


def _paper(*sections: Section) -> Paper:
    return Paper(
        version=1,
        title="Hội nghị mẫu",
        office="Cơ quan mẫu",
        procedure="s000-next-term-onsite",
        procedure_version="1",
        step="5",
        step_name="Hội nghị tập thể lãnh đạo (lần 2)",
        announced=True,
        sections=sections,
    )


def _section(
    style: Style, names: int, rule: Rule, maximum: int | None = None
) -> Section:
    nominees = tuple(Nominee(id=f"n{n}", name=f"Người {n}") for n in range(names))
    return Section("Giám đốc", style, rule, nominees=nominees, maximum=maximum)


@pytest.mark.parametrize(("summoned", "present", "key", "extended", "final"), VECTORS)
def test_fewest_votes_of_the_domain(
    summoned: int, present: int, key: int, extended: int, final: int
) -> None:
    counts = Counts(summoned=summoned, present=present)

    for rule, fewest in ((KEY_CADRE, key), (EXTENDED, extended), (FINAL, final)):
        assert needed_votes(rule, counts) == fewest
        assert outcomes(rule, [fewest - 1, fewest], counts) == (B, P)
    assert present >= fewest_present(Fraction(2, 3), summoned)


@pytest.mark.parametrize(("summoned", "present"), NO_QUORUM)
def test_no_quorum_of_the_domain(summoned: int, present: int) -> None:
    assert present < fewest_present(Fraction(2, 3), summoned)


def test_exactly_half_is_not_more_than_half() -> None:
    assert outcomes(FINAL, [15, 16], Counts(summoned=30, present=30)) == (B, P)


def test_exactly_three_tenths_is_at_least_three_tenths() -> None:
    assert outcomes(KEY_CADRE, [5, 6], Counts(summoned=30, present=20)) == (B, P)


@pytest.mark.parametrize(("votes", "present"), [(62, 207), (65, 217), (68, 227)])
def test_a_share_printed_as_thirty_percent_may_still_fail(
    votes: int, present: int
) -> None:
    """ "30,0%" on paper, but below 3/10: rounded shares never decide."""
    assert f"{100 * votes / present:.1f}" == "30.0"

    assert outcomes(KEY_CADRE, [votes], Counts(present, present)) == (B,)


def test_of_the_summoned_not_of_the_present() -> None:
    """With the smallest quorum, more than half of the summoned is 80 % of the room."""
    counts = Counts(summoned=30, present=20)

    assert outcomes(FINAL, [15], counts) == (B,)
    assert outcomes(EXTENDED, [15], counts) == (P,)


def test_a_rule_of_the_members_needs_their_number() -> None:
    rule = Rule(share="1/2", strict=True, of=Base.MEMBERS)

    assert outcomes(rule, [8, 7], Counts(40, 40, members=15)) == (P, B)
    with pytest.raises(ValueError, match="members"):
        outcomes(rule, [8], Counts(40, 40))


def test_nobody_passes_without_a_vote() -> None:
    assert outcomes(KEY_CADRE, [0], Counts(summoned=0, present=0)) == (B,)


NO_THRESHOLD: dict[str, tuple[int | None, list[int], tuple[Outcome, ...]]] = {
    "all go on": (None, [20, 1, 0], (P, P, P)),
    "a quota still cuts": (2, [20, 1, 7], (P, X, P)),
    "a tie at the cut still waits": (1, [7, 7, 0], (T, T, X)),
    "a tie without any vote": (1, [0, 0], (T, T)),
}


@pytest.mark.parametrize(
    ("quota", "votes", "expected"), NO_THRESHOLD.values(), ids=NO_THRESHOLD.keys()
)
def test_without_a_threshold_the_votes_are_noted(
    quota: int | None, votes: list[int], expected: tuple[Outcome, ...]
) -> None:
    """S002 and S003 lay down no threshold for their steps 2 and 3: nobody is out."""
    rule = Rule("0", strict=False, of=Base.PRESENT, quota=quota, tie=Tie.HEAD)

    for present in (0, 20):
        counts = Counts(summoned=30, present=present)
        assert needed_votes(rule, counts) == 0
        assert outcomes(rule, votes, counts) == expected


def test_several_ballots_on_one_paper_are_judged_each_by_its_rule() -> None:
    remove = replace(
        _section(Style.AGREE_DISAGREE, 1, FINAL), purpose=Purpose.REMOVE, part="B"
    )
    noted = Rule("0", strict=False, of=Base.PRESENT)
    paper = _paper(
        replace(_section(Style.AGREE_DISAGREE, 2, KEY_CADRE), part="A"),
        remove,
        replace(_section(Style.AGREE_DISAGREE, 1, noted), part="C"),
    )

    judged = judge(paper, [[6, 1], [5, 0], [15, 0], [0, 9]], Counts(30, 20), 20)

    found = [[verdict.outcome for verdict in one.verdicts] for one in judged]
    assert found == [[P, B], [B], [P]]
    assert [one.verdicts[0].needed for one in judged] == [6, 16, 0]


QUOTAS: dict[str, tuple[int | None, list[int], tuple[Outcome, ...]]] = {
    "no quota": (None, [16, 30, 16], (P, P, P)),
    "fewer than the quota": (3, [16, 15, 20], (P, B, P)),
    "exactly the quota": (2, [16, 15, 20], (P, B, P)),
    "from the top, not in paper order": (2, [17, 20, 18], (X, P, P)),
    "tie at the cut-off": (2, [18, 20, 18], (T, P, T)),
    "tie of all": (2, [18, 18, 18], (T, T, T)),
    "tie above the cut-off is none": (2, [20, 20, 18], (P, P, X)),
    "tie below the cut-off is none": (1, [18, 20, 18], (X, P, X)),
    "tie that the quota just holds": (3, [18, 20, 18, 17], (P, P, P, X)),
    "tie of three for two places": (3, [18, 20, 18, 18, 16], (T, P, T, T, X)),
    "tie below the threshold is none": (1, [15, 15, 16], (B, B, P)),
    "quota of one, tied": (1, [16, 16, 15], (T, T, B)),
}


@pytest.mark.parametrize(
    ("quota", "votes", "expected"), QUOTAS.values(), ids=QUOTAS.keys()
)
def test_quota_and_ties(
    quota: int | None, votes: list[int], expected: tuple[Outcome, ...]
) -> None:
    assert outcomes(_final(quota), votes, Counts(30, 30)) == expected


VOTES = st.lists(st.integers(0, 60), max_size=25)


@given(VOTES, st.integers(1, 10), st.integers(1, 60))
def test_a_quota_never_lets_too_many_pass(
    votes: list[int], quota: int, summoned: int
) -> None:
    found = outcomes(_final(quota), votes, Counts(summoned, summoned))
    passed = [v for v, out in zip(votes, found, strict=True) if out is P]
    tied = [v for v, out in zip(votes, found, strict=True) if out is T]
    over = [v for v, out in zip(votes, found, strict=True) if out is X]

    assert len(passed) <= quota
    assert len(set(tied)) <= 1
    if tied:  # they are too many for the places that are left, and one at least is
        assert len(passed) < quota < len(passed) + len(tied)
    if over:
        assert len(passed) == quota or tied
        assert max(over) < min(passed + tied)


@given(
    VOTES.flatmap(lambda votes: st.tuples(st.just(votes), st.permutations(votes))),
    st.integers(1, 10),
    st.integers(1, 60),
)
def test_the_order_on_the_paper_decides_nothing(
    orders: tuple[list[int], list[int]], quota: int, summoned: int
) -> None:
    first, second = (
        dict(zip(votes, outcomes(_final(quota), votes, counts), strict=True))
        for votes in orders
        for counts in [Counts(summoned, summoned)]
    )

    assert first == second


@given(VOTES, st.integers(1, 60), st.sampled_from([KEY_CADRE, EXTENDED, FINAL]))
def test_thresholds_agree_with_fractions(
    votes: list[int], people: int, rule: Rule
) -> None:
    for each, outcome in zip(
        votes, outcomes(rule, votes, Counts(people, people)), strict=True
    ):
        share = Fraction(each, people)
        passes = share > rule.fraction if rule.strict else share >= rule.fraction
        assert (outcome is P) == passes


@given(st.lists(st.integers(0, 60), min_size=1, max_size=25), st.integers(1, 10))
def test_a_place_is_never_left_to_someone_with_fewer_votes(
    votes: list[int], quota: int
) -> None:
    found = outcomes(_final(quota), votes, Counts(40, 40))
    rank = {P: 3, T: 2, X: 1, B: 0}

    for (a, first), (b, second) in itertools.combinations(
        zip(votes, found, strict=True), 2
    ):
        if a > b:
            assert rank[first] >= rank[second]
        if a == b:
            assert first is second


def test_judge_names_the_numbers_behind_each_verdict() -> None:
    paper = _paper(
        _section(Style.AGREE_DISAGREE, 2, EXTENDED),
        _section(Style.SELECT, 3, _final(1), maximum=2),
        _section(Style.MOTION, 0, FINAL),
    )
    result = [[11, 8], [10, 10], [18, 17, 2], [16, 3, 1]]

    first, second, third = judge(paper, result, Counts(30, 20), 20)

    top = first.verdicts[0]
    assert (top.nominee, top.name) == ("n0", "Người 0")
    assert (top.agree, top.disagree, top.unmarked) == (11, 8, 1)
    assert (top.needed, top.base, top.out_of) == (11, Base.PRESENT, 20)
    assert [verdict.outcome for verdict in first.verdicts] == [P, B]
    assert [verdict.outcome for verdict in second.verdicts] == [P, X, B]
    assert [verdict.unmarked for verdict in second.verdicts] == [2, 3, 18]
    assert third.verdicts[0].name == third.title
    assert (third.verdicts[0].unmarked, third.verdicts[0].outcome) == (1, P)


def test_an_empty_box_passes_nobody() -> None:
    paper = _paper(_section(Style.AGREE_DISAGREE, 2, KEY_CADRE))

    (section,) = judge(paper, [[0, 0], [0, 0]], Counts(30, 20), 0)

    assert {verdict.outcome for verdict in section.verdicts} == {B}


IMPOSSIBLE: dict[str, tuple[list[list[int]], str]] = {
    "a question too few": ([[1, 1]], "shape"),
    "a question too many": ([[1, 1], [1, 1], [1, 1]], "shape"),
    "an answer too many": ([[1, 1, 1], [1, 1]], "shape"),
    "more votes than ballots": ([[21, 0], [1, 1]], "question 1"),
    "both marks on a line": ([[1, 1], [15, 6]], "question 2"),
    "a negative count": ([[-1, 1], [1, 1]], "question 1"),
}


@pytest.mark.parametrize(
    ("result", "reason"), IMPOSSIBLE.values(), ids=IMPOSSIBLE.keys()
)
def test_impossible_results_are_refused(result: list[list[int]], reason: str) -> None:
    paper = _paper(_section(Style.AGREE_DISAGREE, 2, EXTENDED))

    with pytest.raises(ImpossibleResultError, match=reason):
        judge(paper, result, Counts(30, 20), 20)


def test_a_motion_has_one_mark_on_every_ballot() -> None:
    paper = _paper(_section(Style.MOTION, 0, EXTENDED))

    with pytest.raises(ImpossibleResultError, match="19 marks on 20"):
        judge(paper, [[10, 8, 1]], Counts(30, 20), 20)


def test_a_select_section_has_at_most_its_maximum() -> None:
    paper = _paper(_section(Style.SELECT, 3, EXTENDED, maximum=2))

    with pytest.raises(ImpossibleResultError, match="41 marks on 20"):
        judge(paper, [[20, 20, 1]], Counts(30, 20), 20)
