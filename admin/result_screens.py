"""Results as the pages print them: ranked, in words, with the base of every share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from admin import wording
from admin.result_views import EarlierView, FinalView
from admin.views import ConferenceView, DisplayView, PartView
from web import i18n
from web.contracts import Outcome, SectionResult, Verdict
from web.paper import Purpose, Style


@dataclass(frozen=True)
class Row:
    """One line of a result, ready to print. `on`: passed, or chosen by the head.

    `close`: rounded, the percentage would stand on the other side of the threshold.

    `withdrawn` is the reason for which somebody was taken off the next list.
    """

    verdict: Verdict
    percent: str
    tag: str
    words: str
    on: bool
    withdrawn: str = ""
    close: bool = False


@dataclass(frozen=True)
class Result:
    """One section of a result; `ranked` has the most votes first.

    `part` is the heading of its ballot, on the first section of each only. `mark` is
    the fewest votes, where a threshold applies.
    """

    number: int
    part: str
    title: str
    term: str
    removal: bool
    rule: str
    needed_words: str
    short: str
    base: str
    agree: str
    mark: int | None
    rows: tuple[Row, ...]
    ranked: tuple[Row, ...]
    tied: int
    decided: bool
    style: Style

    @property
    def going_on(self) -> tuple[Row, ...]:
        """Who passed, the head's choice included, in order of votes."""
        return tuple(row for row in self.ranked if row.on)


@dataclass(frozen=True)
class _Standing:
    """What is known of a section's people beyond the record itself."""

    on: frozenset[str]
    decided: bool
    withdrawn: dict[str, str]


@dataclass(frozen=True)
class EarlierTable:
    """What the earlier steps counted for one position: a column a step."""

    title: str
    steps: tuple[EarlierView, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def results(view: ConferenceView) -> list[Result]:
    """Return the sections of a conference's result, if it has one."""
    if view.result is None:
        return []
    parts = _parts_of(view)
    decided = {tie.position for tie in view.ties if tie.decision}
    standings = [
        _Standing(
            on=_keys(view.final, position.number),
            decided=position.number in decided,
            withdrawn={
                each.key: each.reason
                for each in view.withdrawals
                if each.position == position.number
            },
        )
        for position in view.positions
    ]
    return _sections(view.result.sections, parts, standings)


def announced(view: DisplayView) -> list[Result]:
    """Return the sections that the room may see."""
    if view.result is None:
        return []
    standings = [
        _Standing(_keys(view.final, number), decided=True, withdrawn={})
        for number in range(1, len(view.result) + 1)
    ]
    return _sections(view.result, view.parts, standings)


def passed(view: ConferenceView) -> int:
    """Return how many go on to the next step."""
    items = {item.number for item in view.items if item.next_step}
    positions = {each.number for each in view.positions if each.item in items}
    return sum(len(each.nominees) for each in view.final if each.position in positions)


def earlier(view: ConferenceView) -> list[EarlierTable]:
    """Return the counts of earlier steps, a table a position of this paper."""
    tables = []
    for position in view.positions:
        steps = tuple(e for e in view.earlier if e.position == position.number)
        if steps:
            rows = tuple(
                (each.name, tuple(_cell(step, each.key) for step in steps))
                for each in position.nominees
            )
            tables.append(EarlierTable(position.title, steps, rows))
    return tables


def undecided(view: ConferenceView) -> bool:
    """Whether a tie waits for the head."""
    return any(tie.decision is None for tie in view.ties)


def _sections(
    sections: Sequence[SectionResult],
    parts: Sequence[PartView],
    standings: Sequence[_Standing],
) -> list[Result]:
    found, heading = [], ""
    lines = zip(sections, parts, standings, strict=True)
    for number, (section, part, standing) in enumerate(lines, 1):
        shown = part.part if part.part != heading else ""
        heading = part.part
        found.append(_section(number, shown, section, part, standing))
    return found


def _section(
    number: int, heading: str, found: SectionResult, part: PartView, known: _Standing
) -> Result:
    rows = tuple(_row(found, each, part, known) for each in found.verdicts)
    fewest = max((verdict.needed for verdict in found.verdicts), default=0)
    removal = part.purpose is Purpose.REMOVE
    return Result(
        number=number,
        part=heading,
        title=found.title,
        term=part.term,
        removal=removal,
        rule=wording.rule_words(found.rule, part.purpose),
        needed_words=_needed_of(found, fewest),
        short=wording.short_words(found.rule, fewest, part.purpose),
        base=i18n.text(f"rule.percent_of_{found.rule.of.value}"),
        agree=i18n.text("result.agree_removal" if removal else "result.agree"),
        mark=None if found.rule.open else fewest,
        rows=rows,
        ranked=tuple(sorted(rows, key=lambda row: -row.verdict.agree)),
        tied=sum(row.verdict.outcome is Outcome.TIED for row in rows),
        decided=known.decided,
        style=part.style,
    )


def _row(
    found: SectionResult, verdict: Verdict, asked: PartView, known: _Standing
) -> Row:
    part = Fraction(verdict.agree, max(verdict.out_of, 1))
    on = verdict.outcome is Outcome.PASSED or verdict.nominee in known.on
    waits = verdict.outcome is Outcome.TIED and not known.decided
    return Row(
        verdict=verdict,
        percent=wording.percent(part, found.rule.fraction),
        tag="good" if on else "wait" if waits else "",
        words=_verdict_words(found, verdict, asked, known),
        on=on,
        withdrawn=known.withdrawn.get(verdict.nominee, ""),
        close=wording.misleads(part, found.rule.fraction),
    )


def _verdict_words(
    found: SectionResult, verdict: Verdict, asked: PartView, known: _Standing
) -> str:
    if verdict.outcome is Outcome.TIED and known.decided:
        chosen = verdict.nominee in known.on
        return i18n.text("verdict.chosen" if chosen else "verdict.not_chosen")
    if verdict.outcome is Outcome.TIED:
        return i18n.text("verdict.short_tied")
    if asked.style is Style.MOTION and not found.rule.open:
        carried = verdict.outcome is Outcome.PASSED
        return i18n.text("room.motion_carried" if carried else "room.motion_lost")
    if asked.purpose is Purpose.REMOVE:
        return i18n.text(f"verdict.removal_{verdict.outcome}")
    if found.rule.open and verdict.outcome is Outcome.PASSED:
        return i18n.text("verdict.noted")
    return i18n.text(f"verdict.{verdict.outcome}")


def _needed_of(found: SectionResult, fewest: int) -> str:
    if found.rule.open:
        return ""  # the rule has said it
    out_of = max((verdict.out_of for verdict in found.verdicts), default=0)
    return i18n.text("rule.needed_final", needed=fewest, out_of=out_of)


def _parts_of(view: ConferenceView) -> list[PartView]:
    names = {item.number: item.procedure_name for item in view.items}
    several = len(view.items) > 1
    return [
        PartView(
            names[each.item] if several else "", each.term, each.purpose, each.style
        )
        for each in view.positions
    ]


def _keys(final: Iterable[FinalView], position: int) -> frozenset[str]:
    return frozenset(
        line.key
        for each in final
        if each.position == position
        for line in each.nominees
    )


def _cell(step: EarlierView, key: str) -> str:
    line = next((each for each in step.lines if each.key == key), None)
    if line is None:
        return "–"
    return f"{line.agree}/{step.out_of} ({i18n.share(line.agree, step.out_of)})"
