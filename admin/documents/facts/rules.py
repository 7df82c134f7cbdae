"""Rules in the sentences of a document, the base of every share in words."""

from admin.documents.facts.shares import border
from admin.documents.words import FEW_DOTS, Words
from admin.records.kept import Kept
from admin.records.shapes import PositionRecord
from web.paper import Purpose, Style
from web.rules import Base, Rule


def rule_words(words: Words, position: PositionRecord) -> str:
    """Return what decides of a position, quota and tie included."""
    rule = position.rule
    said = [words.text(f"doc.rule.{_kind(position)}", threshold=threshold(words, rule))]
    if rule.quota is not None:
        said.append(words.text("doc.rule.quota", quota=_two_digits(rule.quota)))
    if rule.tie is not None:
        said.append(words.text("doc.rule.tie", decider=decider(words, rule)))
    return " ".join(said)


def threshold(words: Words, rule: Rule) -> str:
    """Return "trên 50% so với tổng số người được triệu tập"."""
    key = "doc.rule.more_than" if rule.strict else "doc.rule.at_least"
    return words.text(key, share=border(words, rule), base=base(words, rule.of))


def needed_words(kept: Kept, words: Words, position: PositionRecord) -> str:
    """Return the base with its number, and the fewest votes that pass."""
    if position.rule.open:
        return ""
    needed = needed_votes(kept, position)
    removes = position.purpose is Purpose.REMOVE
    return words.text(
        "doc.rule.needed_remove" if removes else "doc.rule.needed",
        base=capital(base(words, position.rule.of)),
        out_of=figure(words, out_of(kept, position)),
        needed=FEW_DOTS if needed is None else words.number(needed),
    )


def base(words: Words, of: Base) -> str:
    """Return whom a share is measured against: "tổng số người có mặt"."""
    return words.text(f"doc.base.{of.value}")


def base_title(kept: Kept, words: Words, position: PositionRecord) -> str:
    """Return the title of a column of shares, with its base and the base's number."""
    return words.text(
        "doc.column.share",
        base=base(words, position.rule.of),
        out_of=figure(words, out_of(kept, position)),
    )


def needed_votes(kept: Kept, position: PositionRecord) -> int | None:
    """Return the fewest votes that pass, as counted or as expected."""
    verdicts = kept.count.sections[position.number - 1].verdicts if kept.count else ()
    return verdicts[0].needed if verdicts else position.needed


def out_of(kept: Kept, position: PositionRecord) -> int | None:
    """Return how many people a share of the position is measured against."""
    if kept.count is not None:
        return kept.count.counts.of(position.rule.of)
    if position.needed is None and not position.rule.open:
        return None
    return _so_far(kept, position.rule.of)


def decider(words: Words, rule: Rule) -> str:
    """Return who decides between equal votes."""
    return rule.decider or words.text("doc.rule.head")


def figure(words: Words, value: int | None) -> str:
    """Return a number in a sentence, or dots to fill in."""
    return FEW_DOTS if value is None else words.number(value)


def capital(sentence: str) -> str:
    """Return a sentence that begins with a capital."""
    return sentence[:1].upper() + sentence[1:]


def _so_far(kept: Kept, of: Base) -> int | None:
    numbers = kept.conference.numbers
    if of is Base.PRESENT and not kept.conference.opened_at:
        return None  # people may still come
    return {
        Base.PRESENT: numbers.present,
        Base.SUMMONED: numbers.summoned,
        Base.MEMBERS: numbers.members,
    }[of]


def _kind(position: PositionRecord) -> str:
    if position.rule.open:
        return "open"
    if position.purpose is Purpose.REMOVE:
        return "removes"
    return "motion" if position.style is Style.MOTION else "passes"


def _two_digits(value: int) -> str:
    """Return a small number as offices write it: "03"."""
    return f"{value:02d}"
