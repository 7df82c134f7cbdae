"""Who was summoned, who came, who did not and why."""

from fractions import Fraction

from admin.documents.facts import Facts
from admin.documents.facts.rules import figure
from admin.documents.words import Words
from admin.models import Presence
from admin.records.kept import Kept
from admin.records.shapes import DelegateRecord, ItemRecord
from web.rules import fewest_present


class Absent(Facts, frozen=True):
    """Somebody who did not come, and why."""

    number: int
    name: str
    post: str
    reason: str


class NumberLine(Facts, frozen=True):
    """A line of the table of numbers; `value` is dots while unknown."""

    number: int
    label: str
    value: str


def absentees(kept: Kept, words: Words) -> tuple[Absent, ...]:
    """Return who is absent; before the vote opens, only who is known to be."""
    found = [each for each in kept.conference.delegates if _is_absent(kept, each)]
    return tuple(
        Absent(
            number,
            each.name,
            post_and_unit(each.post, each.unit),
            each.reason or words.text("doc.no_reason"),
        )
        for number, each in enumerate(found, 1)
    )


def number_lines(kept: Kept, words: Words) -> tuple[NumberLine, ...]:
    """Return people and cards, in the order in which they are always shown."""
    values = _people(kept) | _cards(kept)
    return tuple(
        NumberLine(number, words.text(f"doc.number.{key}"), figure(words, value))
        for number, (key, value) in enumerate(values.items(), 1)
    )


def quorum_lines(kept: Kept, words: Words) -> tuple[str, ...]:
    """Return what the procedures ask of attendance, and whether it is met."""
    shares = dict.fromkeys(item.quorum for item in kept.conference.items)
    return tuple(_quorum(kept, words, share) for share in shares)


def attended_words(kept: Kept, words: Words) -> str:
    """Return summoned, present and absent in a sentence."""
    summoned, present = kept.conference.numbers.summoned, _present(kept)
    return words.text(
        "doc.attended",
        summoned=words.number(summoned),
        present=figure(words, present),
        absent=figure(words, None if present is None else summoned - present),
    )


def post_and_unit(post: str, unit: str) -> str:
    """Return somebody's post and unit, the unit only where the post omits it."""
    if not unit or unit.casefold() in post.casefold():
        return post
    return f"{post}, {unit}" if post else unit


def source_words(item: ItemRecord) -> str:
    """Return where a procedure comes from, without a number that only we use."""
    head, mark, rest = item.source.partition(": ")
    internal = mark and head.startswith("S") and head[1:].isdigit()
    return rest if internal else item.source


def _people(kept: Kept) -> dict[str, int | None]:
    numbers, present = kept.conference.numbers, _present(kept)
    absent = None if present is None else numbers.summoned - present
    found: dict[str, int | None] = {"summoned": numbers.summoned}
    if numbers.members is not None:
        found["members"] = numbers.members
    return found | {"present": present, "absent": absent}


def _cards(kept: Kept) -> dict[str, int | None]:
    numbers = kept.conference.numbers
    opened = bool(kept.conference.opened_at)
    issued = numbers.issued if opened else None
    cast = kept.count.cast if kept.count else numbers.cast
    unused = None if issued is None or cast is None else issued - cast
    found: dict[str, int | None] = {
        "printed": numbers.printed or None,
        "issued": issued,
        "voided": numbers.voided if opened else None,
        "cast": cast,
        "unused": unused,
    }
    if kept.count is not None and kept.count.blank is not None:
        found["blank"] = kept.count.blank
    return found


def _present(kept: Kept) -> int | None:
    """Return who came, once the vote has begun: until then more may come."""
    conference = kept.conference
    return conference.numbers.present if conference.opened_at else None


def _quorum(kept: Kept, words: Words, share: str) -> str:
    if not share:
        return words.text("doc.quorum_none")
    numbers, present = kept.conference.numbers, _present(kept)
    needed = fewest_present(Fraction(share), numbers.summoned)
    key = "doc.quorum"
    if present is not None:
        key = "doc.quorum_met" if present >= needed else "doc.quorum_missing"
    values = {"share": share, "needed": words.number(needed)}
    if present is not None:
        values["present"] = words.number(present)
    return words.text(key, **values)


def _is_absent(kept: Kept, delegate: DelegateRecord) -> bool:
    if kept.conference.opened_at:
        return delegate.presence is not Presence.PRESENT
    return delegate.presence is Presence.ABSENT
