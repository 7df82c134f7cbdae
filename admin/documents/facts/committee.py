"""The counting committee, its counts, and what its members want in the minutes."""

from admin.documents.facts import Facts, heads
from admin.documents.facts.rules import capital
from admin.documents.words import DOTS, Words
from admin.records.kept import Kept
from web.contracts import LEADER, CommitteeMember

_LEADERS = ("tổ trưởng", "trưởng ban", "leader", "head")
_OUTSIDE = "tally.outside.counted"


class Member(Facts, frozen=True):
    """A member of the counting committee with the task in words."""

    number: int
    name: str
    role: str


class Count(Facts, frozen=True):
    """One of the three counts: who counted, and what came of it."""

    who: str
    found: str


class RemarkLine(Facts, frozen=True):
    """A note or a complaint, and how it was handled."""

    number: int
    kind: str
    member: str
    text: str
    handling: str


def members(kept: Kept, words: Words) -> tuple[Member, ...]:
    """Return the committee; whose task is not named leads if nobody else does."""
    committee = kept.conference.committee
    lead = _leader(committee)
    return tuple(
        Member(number, each.name, _role(words, each, leads=each is lead))
        for number, each in enumerate(committee, 1)
    )


def count_words(kept: Kept) -> str:
    """Return how many they are, as minutes write it: no digit can be put before."""
    return f"{len(kept.conference.committee):02d}"


def leader_name(kept: Kept) -> str:
    """Return who leads the committee."""
    lead = _leader(kept.conference.committee)
    return lead.name if lead else DOTS


def keys_words(kept: Kept, words: Words) -> str:
    """Return how many members it takes to open the box."""
    conference = kept.conference
    return words.text(
        "doc.keys",
        threshold=f"{conference.threshold:02d}",
        members=f"{len(conference.committee):02d}",
    )


def counts(kept: Kept, words: Words) -> tuple[Count, ...]:
    """Return the three independent counts, side by side; nothing before them."""
    count, _ = heads.counted(kept)
    if count is None:
        return ()
    cast = words.number(count.cast)
    return (
        Count(words.text("doc.count.service"), words.text("doc.count.cast", cast=cast)),
        Count(words.text("doc.count.browsers"), _browsers(kept, words)),
        Count(words.text("doc.count.tool"), _tool(kept, words)),
    )


def remarks(kept: Kept, words: Words) -> tuple[RemarkLine, ...]:
    """Return notes and complaints in the order in which they were written."""
    count, _ = heads.counted(kept)
    if count is None:
        return ()
    return tuple(
        RemarkLine(
            number,
            words.text(f"doc.remark.{each.kind.value}"),
            words.text("doc.leader") if each.member == LEADER else each.member,
            each.text,
            each.handling or words.text("doc.remark.no_handling"),
        )
        for number, each in enumerate(count.remarks, 1)
    )


def _browsers(kept: Kept, words: Words) -> str:
    own = kept.count.own_counts if kept.count else ()
    total = len(kept.conference.committee)
    if not own:
        return words.text("doc.count.browsers_none")
    agreeing = sum(each.agrees for each in own)
    said = words.text("doc.count.browsers_agree", agree=agreeing, members=total)
    differing = ", ".join(each.member for each in own if not each.agrees)
    if not differing:
        return said
    return f"{said} {words.text('doc.count.browsers_differ', names=differing)}"


def _tool(kept: Kept, words: Words) -> str:
    tool = kept.count.tool if kept.count else None
    if tool is None:
        broken = "doc.count.tool_failed" if _broke_down(kept) else "doc.count.tool_none"
        return words.text(broken)
    key = "doc.count.tool_agrees" if tool.agrees else "doc.count.tool_differs"
    return words.text(key, version=tool.version)


def _broke_down(kept: Kept) -> bool:
    """Say whether the outside tool ran and came to no count: its log tells."""
    lines = kept.count.journal if kept.count else ()
    return any(line.name == _OUTSIDE for line in lines)


def _leader(committee: tuple[CommitteeMember, ...]) -> CommitteeMember | None:
    """Return who leads by the task's name, or else who is named first."""
    named = (m for m in committee if m.role.casefold().startswith(_LEADERS))
    return next(named, committee[0] if committee else None)


def _role(words: Words, member: CommitteeMember, *, leads: bool) -> str:
    if leads and not member.role.casefold().startswith(_LEADERS):
        return words.text("doc.leader")
    return capital(member.role) or words.text("doc.member")
