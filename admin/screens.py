"""What the pages show beyond the numbers: sentences, the path, ranked results."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from admin import path, wording
from admin.procedure import Ballot, Step, procedures
from admin.reconciliation import Line
from admin.views import ConferenceView, CountsView, NomineeView, PositionView
from web import i18n, paper
from web.contracts import CountRecorded, Outcome, SectionResult, Verdict
from web.rules import Base

_SEALED = ("sealed", "open", "closed", "counted", "published")
_TAGS = {Outcome.PASSED: "good", Outcome.TIED: "wait"}
_SIZES = (44, 30, 20, 14, 10, 7)  # rows from which the display writes smaller
_SPARE_SHARE = 10  # one spare card for so many delegates
_FEWEST_SPARES = 5


@dataclass(frozen=True)
class StepChoice:
    """A step that a conference can be opened for."""

    id: str
    name: str
    rule: str
    announced: bool
    quota: bool
    members: bool


@dataclass(frozen=True)
class FollowingStep:
    """The step after this one; `quota`: it asks how many may be planned for."""

    id: str
    name: str
    starts_at: str
    quota: bool


@dataclass(frozen=True)
class Choice:
    """A procedure with the steps that have a ballot."""

    id: str
    name: str
    fewest: int
    most: int
    steps: tuple[StepChoice, ...]


@dataclass(frozen=True)
class Section:
    """One position of the paper with its rule in words."""

    title: str
    term: str
    rule: str
    needed_words: str
    nominees: tuple[NomineeView, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One line of a result, ready to print."""

    verdict: Verdict
    percent: str
    tag: str


@dataclass(frozen=True)
class Result:
    """One section of a result; `ranked` has the most votes first."""

    title: str
    rule: str
    needed_words: str
    short: str
    base: str
    rows: tuple[Row, ...]
    ranked: tuple[Row, ...]
    tied: int


def section(position: PositionView) -> Section:
    """Return a position with its rule in words and its lines as printed."""
    return Section(
        title=position.title,
        term=position.term,
        rule=wording.rule_words(position.rule),
        needed_words=wording.needed_words(position.rule, position.needed),
        nominees=position.nominees,
        lines=tuple(_line(nominee) for nominee in position.nominees),
    )


def result(found: SectionResult) -> Result:
    """Return one section of a result record with its percentages."""
    rows = tuple(_row(found, verdict) for verdict in found.verdicts)
    return Result(
        title=found.title,
        rule=wording.rule_words(found.rule),
        needed_words=_needed_of(found),
        short=wording.short_words(found.rule, _fewest(found)),
        base=i18n.text(f"rule.percent_of_{found.rule.of.value}"),
        rows=rows,
        ranked=tuple(sorted(rows, key=lambda row: -row.verdict.agree)),
        tied=sum(row.verdict.outcome is Outcome.TIED for row in rows),
    )


def passed(record: CountRecorded) -> int:
    """Return how many go on to the next step."""
    verdicts = (each for found in record.sections for each in found.verdicts)
    return sum(verdict.outcome is Outcome.PASSED for verdict in verdicts)


def size(results: Iterable[Result]) -> int:
    """Return the class of size for the display, from how many lines there are."""
    found = list(results)
    lines = sum(len(each.rows) for each in found) + (len(found) if found[1:] else 0)
    return next((each for each in _SIZES if lines >= each), 1)


def choices(locale: str) -> list[Choice]:
    """Return what a conference can be opened for: procedures and ballot steps."""
    return [
        Choice(
            id=procedure.id,
            name=procedure.name.of(locale),
            fewest=procedure.committee.fewest,
            most=procedure.committee.most,
            steps=tuple(
                _choice(step, step.ballot, locale)
                for step in procedure.steps
                if step.ballot is not None
            ),
        )
        for procedure in procedures().values()
    ]


def following(
    view: ConferenceView, locale: str, starts_at: str
) -> FollowingStep | None:
    """Return the step after this one, if there is one, and what it must be told."""
    if view.next_step is None:
        return None
    step = procedures()[view.procedure].step(view.next_step)
    quota = step.ballot is not None and step.ballot.quota
    return FollowingStep(step.id, step.name.of(locale), starts_at, quota)


def phase(state: str, *, announced: bool) -> str:
    """Return what the room's display is about."""
    if not announced and state in {"counted", "published"}:
        return "complete"
    phases = {
        "open": "open",
        "closed": "counting",
        "counted": "counted",
        "published": "announced",
        "void": "void",
    }
    return phases.get(state, "waiting")


def current_page(state: str) -> path.Page:
    """Return the page on which the work of a conference goes on."""
    pages = {
        "sealed": path.Page.VOTING,
        "open": path.Page.VOTING,
        "closed": path.Page.COUNT,
        "counted": path.Page.RESULT,
        "published": path.Page.RESULT,
        "convened": path.Page.COMMITTEE,
    }
    return pages.get(state, path.Page.PEOPLE)


def broken(counts: CountsView) -> str | None:
    """Name the first inequality of the reconciliation line that does not hold."""
    return Line(
        summoned=counts.summoned,
        present=counts.present,
        printed=counts.printed,
        issued=counts.issued,
        voided=counts.voided,
        cast=counts.cast,
    ).broken()


def steps(view: ConferenceView) -> list[path.Step]:
    """Return the numbered path of a conference."""
    return path.steps(standing(view))


def standing(view: ConferenceView) -> path.Standing:
    """Return what the path depends on."""
    return path.Standing(
        state=view.state,
        summoned=view.counts.summoned,
        empty_positions=sum(not each.nominees for each in view.positions),
        printed=view.counts.printed,
        present=view.counts.present,
        needed_present=view.quorum.needed,
        committee_ready=view.committee.ready,
        locked=view.roll_call_locked,
        zero_reported=view.zero_reported,
    )


def committee_stage(view: ConferenceView) -> int:
    """Return how far the committee is: 0 not convened ... 4 saw the box empty."""
    done = (
        view.state != "draft",
        view.committee.ready,
        view.state in _SEALED,
        view.zero_reported,
    )
    return next((n for n, step in enumerate(done) if not step), len(done))


def comparisons(counts: CountsView) -> list[tuple[str, str, bool]]:
    """Return the reconciliation line as pairs that must be in order."""
    pairs = (("cast", "issued"), ("issued", "present"), ("present", "summoned"))
    return [
        (low, high, (getattr(counts, low) or 0) <= getattr(counts, high))
        for low, high in pairs
    ]


def spares(summoned: int) -> int:
    """Return how many spare cards to propose."""
    return max(_FEWEST_SPARES, math.ceil(summoned / _SPARE_SHARE))


def nominee_count(positions: Sequence[PositionView]) -> int:
    """Return how many lines the paper has."""
    return sum(len(each.nominees) for each in positions)


def alarm_words(view: ConferenceView) -> str:
    """Return what the alarm says, in words if its code has some."""
    if view.alarm is None:
        return ""
    key = f"alarm.{view.alarm.code}"
    words = i18n.text(key)
    return f"{view.alarm.code} {view.alarm.detail}".strip() if words == key else words


def _choice(step: Step, ballot: Ballot, locale: str) -> StepChoice:
    return StepChoice(
        id=step.id,
        name=step.name.of(locale),
        rule=wording.rule_words(ballot.rule_for(None)),
        announced=ballot.announced,
        quota=ballot.quota,
        members=ballot.rule.of is Base.MEMBERS,
    )


def _fewest(found: SectionResult) -> int:
    return max((verdict.needed for verdict in found.verdicts), default=0)


def _needed_of(found: SectionResult) -> str:
    out_of = max((verdict.out_of for verdict in found.verdicts), default=0)
    return i18n.text("rule.needed_final", needed=_fewest(found), out_of=out_of)


def _row(found: SectionResult, verdict: Verdict) -> Row:
    part = Fraction(verdict.agree, max(verdict.out_of, 1))
    return Row(
        verdict=verdict,
        percent=wording.percent(part, found.rule.fraction),
        tag=_TAGS.get(verdict.outcome, ""),
    )


def _line(nominee: NomineeView) -> str:
    named = paper.Nominee("", nominee.name, nominee.birth_year, nominee.post)
    return paper.line(nominee.number, named)
