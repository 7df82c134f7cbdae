"""The sections of a paper with what was counted for them, and what follows."""

from collections.abc import Iterator

from admin.documents.facts import Facts
from admin.documents.facts.heads import is_void
from admin.documents.facts.rules import (
    base_title,
    capital,
    decider,
    needed_words,
    rule_words,
)
from admin.documents.facts.shares import share
from admin.documents.words import FEW_DOTS, Words
from admin.records.kept import Kept
from admin.records.shapes import ItemRecord, NomineeRecord, PositionRecord
from web.contracts import Outcome, Verdict
from web.paper import Purpose, Style


class ResultLine(Facts, frozen=True):
    """A nominee, or a motion, with the votes; dots while nobody counted."""

    number: int
    name: str
    birth: str
    post: str
    agree: str
    disagree: str
    unmarked: str
    share: str
    verdict: str


class Section(Facts, frozen=True):
    """A section of the paper.

    `part` heads the first section of each ballot of a sitting with several; `style`
    is "agree-disagree", "select" or "motion"; `base` is the title of the column of
    shares; `passed` says who passed, most votes first.
    """

    part: str
    heading: str
    style: str
    rule: str
    needed: str
    base: str
    agree: str
    disagree: str
    lines: tuple[ResultLine, ...]
    notes: tuple[str, ...]
    tie: str
    passed: str


def sections(kept: Kept, words: Words) -> tuple[Section, ...]:
    """Return the sections of the paper; dots before the count, none if abandoned."""
    if is_void(kept):
        return ()
    return tuple(_section(kept, words, each) for each in kept.conference.positions)


def verdicts_of(kept: Kept, position: PositionRecord) -> tuple[Verdict, ...]:
    """Return what was counted for a position; nothing of an abandoned conference."""
    if kept.count is None or is_void(kept):
        return ()
    return kept.count.sections[position.number - 1].verdicts


def verdict_words(words: Words, position: PositionRecord, verdict: Verdict) -> str:
    """Return what becomes of a line, the head's choice included."""
    return words.text(f"doc.verdict.{_verdict_key(position, verdict)}")


def passed(kept: Kept, position: PositionRecord) -> list[Verdict]:
    """Return who passed, most votes first; equal votes in the order of the paper."""
    chosen = position.tie.chosen if position.tie else ()
    found = [
        each
        for each in verdicts_of(kept, position)
        if each.outcome is Outcome.PASSED or each.nominee in chosen
    ]
    return sorted(found, key=lambda each: -each.agree)


def passed_words(kept: Kept, words: Words, position: PositionRecord) -> str:
    """Return who passed in a sentence, with votes; "" before the count."""
    if not verdicts_of(kept, position) or position.style is Style.MOTION:
        return ""
    names = [
        words.text("doc.passed_one", name=each.name, votes=words.number(each.agree))
        for each in passed(kept, position)
    ]
    key = _passed_key(position)
    if not names:
        return words.text(f"{key}_nobody")
    return words.text(key, count=f"{len(names):02d}", names="; ".join(names))


def tie_words(kept: Kept, words: Words, position: PositionRecord) -> str:
    """Return who was tied and how it was decided; "" where nobody was."""
    tied = [v for v in verdicts_of(kept, position) if v.outcome is Outcome.TIED]
    if not tied:
        return ""
    said = words.text(
        "doc.tie.tied",
        names=", ".join(each.name for each in tied),
        votes=words.number(tied[0].agree),
        seats=f"{_seats(kept, position):02d}",
    )
    return f"{said} {_decision(words, position, tied)}"


def is_undecided(kept: Kept) -> bool:
    """Say whether equal votes still wait for the head."""
    return any(
        verdict.outcome is Outcome.TIED
        for position in kept.conference.positions
        if position.tie is None
        for verdict in verdicts_of(kept, position)
    )


def heading_words(words: Words, position: PositionRecord) -> str:
    """Return a position as a heading: its title, term, and whether it removes."""
    said = f"{position.title}, {position.term}" if position.term else position.title
    if position.term and position.term[:1].isdigit():
        said = words.text("doc.position_term", title=position.title, term=position.term)
    if position.purpose is Purpose.REMOVE:
        return words.text("doc.position_remove", title=said)
    return said


def part_words(kept: Kept, words: Words, position: PositionRecord) -> str:
    """Return the heading of a ballot above its first position, of several ballots."""
    items = kept.conference.items
    first = next(p for p in kept.conference.positions if p.item == position.item)
    if len(items) == 1 or first is not position:
        return ""
    item = item_of(kept, position)
    return words.text("doc.part", number=item.number, name=item.step_name)


def item_of(kept: Kept, position: PositionRecord) -> ItemRecord:
    """Return the ballot that a position belongs to."""
    return next(i for i in kept.conference.items if i.number == position.item)


def _section(kept: Kept, words: Words, position: PositionRecord) -> Section:
    found = list(_lines(kept, words, position))
    removes = position.purpose is Purpose.REMOVE
    agree = "doc.column.agree_select" if position.style is Style.SELECT else None
    agree = agree or ("doc.column.agree_remove" if removes else "doc.column.agree")
    disagree = "doc.column.disagree_remove" if removes else "doc.column.disagree"
    return Section(
        part=part_words(kept, words, position),
        heading=f"{position.number}. {heading_words(words, position)}",
        style=position.style.value,
        rule=rule_words(words, position),
        needed=needed_words(kept, words, position),
        base=base_title(kept, words, position),
        agree=words.text(agree),
        disagree=words.text(disagree),
        lines=tuple(line for line, _ in found),
        notes=tuple(note for _, note in found if note),
        tie=tie_words(kept, words, position),
        passed=passed_words(kept, words, position),
    )


def _lines(
    kept: Kept, words: Words, position: PositionRecord
) -> Iterator[tuple[ResultLine, str]]:
    """Yield every line with the note that its percentage needs."""
    verdicts = verdicts_of(kept, position)
    if not verdicts:
        yield from ((_open_line(each), "") for each in _on_paper(position))
        return
    for nominee, verdict in zip(_on_paper(position), verdicts, strict=True):
        yield _counted_line(words, position, nominee, verdict)


def _counted_line(
    words: Words, position: PositionRecord, nominee: NomineeRecord, verdict: Verdict
) -> tuple[ResultLine, str]:
    found = share(words, verdict, position.rule)
    line = ResultLine(
        number=nominee.number,
        name=verdict.name,
        birth=_birth(nominee),
        post=nominee.post,
        agree=words.number(verdict.agree),
        disagree=words.number(verdict.disagree),
        unmarked=words.number(verdict.unmarked),
        share=found.text,
        verdict=verdict_words(words, position, verdict),
    )
    return line, found.note


def _open_line(nominee: NomineeRecord) -> ResultLine:
    return ResultLine(
        number=nominee.number,
        name=nominee.name,
        birth=_birth(nominee),
        post=nominee.post,
        agree=FEW_DOTS,
        disagree=FEW_DOTS,
        unmarked=FEW_DOTS,
        share=FEW_DOTS,
        verdict=FEW_DOTS,
    )


def _on_paper(position: PositionRecord) -> tuple[NomineeRecord, ...]:
    """Return the lines of a section; a motion is a line of its own."""
    if position.style is not Style.MOTION:
        return position.nominees
    return (NomineeRecord("", 1, position.title, None, "", {}),)


def _birth(nominee: NomineeRecord) -> str:
    return str(nominee.birth_year or "")


def _verdict_key(position: PositionRecord, verdict: Verdict) -> str:
    if verdict.outcome is Outcome.TIED:
        if position.tie is None:
            return "tied"
        return "chosen" if verdict.nominee in position.tie.chosen else "not_chosen"
    if position.rule.open and verdict.outcome is Outcome.PASSED:
        return "noted" if position.rule.quota is None else "passed"
    kind = ""
    if position.purpose is Purpose.REMOVE:
        kind = "_remove"
    elif position.style is Style.MOTION:
        kind = "_motion"
    if verdict.outcome is Outcome.OVER_QUOTA:
        kind = ""
    return f"{verdict.outcome.value}{kind}"


def _passed_key(position: PositionRecord) -> str:
    if position.purpose is Purpose.REMOVE:
        return "doc.passed_remove"
    open_list = position.rule.open and position.rule.quota is None
    return "doc.passed_open" if open_list else "doc.passed"


def _seats(kept: Kept, position: PositionRecord) -> int:
    over = [v for v in verdicts_of(kept, position) if v.outcome is Outcome.PASSED]
    return (position.rule.quota or 0) - len(over)


def _decision(words: Words, position: PositionRecord, tied: list[Verdict]) -> str:
    tie = position.tie
    if tie is None:
        who = capital(decider(words, position.rule))
        return words.text("doc.tie.waits", decider=who)
    chosen = [each.name for each in tied if each.nominee in tie.chosen]
    said = words.text(
        "doc.tie.decided",
        name=tie.head_name,
        title=tie.head_title,
        when=words.long_moment(tie.decided_at),
        chosen=", ".join(chosen),
    )
    if not tie.reason:
        return said
    return f"{said} {words.text('doc.tie.reason', reason=tie.reason.rstrip('.'))}"
