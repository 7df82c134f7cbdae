"""Biên bản hội nghị: what the secretary and the chair sign (DOMAIN.md C.4)."""

from collections.abc import Iterator

from admin.documents.facts import Facts, attendance, committee, heads, sections
from admin.documents.facts.ballots import Ballot, ballots, bases
from admin.documents.facts.counting_minutes import copies_words
from admin.documents.head import Head
from admin.documents.words import DOTS, Words
from admin.models import State
from admin.records.kept import Kept
from web.paper import Purpose, Style


class Summary(Facts, frozen=True):
    """One line of the result: a nominee or a motion, under its position."""

    group: str
    number: int
    name: str
    agree: str
    share: str
    verdict: str


class ExitLine(Facts, frozen=True):
    """Somebody who left the planning without any ballot."""

    number: int
    name: str
    position: str
    ground: str
    document: str


class WithdrawnLine(Facts, frozen=True):
    """Somebody who passed the step before and is not on this paper, and why."""

    number: int
    name: str
    position: str
    reason: str


class ConferenceMinutes(Facts, frozen=True):
    """Everything that the minutes of the conference say."""

    head: Head
    void: str
    confidential: str
    bases: tuple[str, ...]
    title: str
    office: str
    place: str
    started: str
    ended: str
    chair: str
    chair_name: str
    chair_title: str
    secretary: str
    secretary_name: str
    reporter: str
    attended: str
    quorum: tuple[str, ...]
    absent: tuple[attendance.Absent, ...]
    ballots: tuple[Ballot, ...]
    discussion: tuple[str, ...]
    appointed: str
    voted: str
    rules: tuple[str, ...]
    summary: tuple[Summary, ...]
    notes: tuple[str, ...]
    ties: tuple[str, ...]
    passed: tuple[str, ...]
    withdrawn: tuple[WithdrawnLine, ...]
    exits: tuple[ExitLine, ...]
    next: str
    copies: str


def build(kept: Kept, words: Words) -> ConferenceMinutes:
    """Return the facts of the minutes; dots where nothing is known yet."""
    conference, details = kept.conference, kept.conference.details
    found = sections.sections(kept, words)
    final = conference.state in {State.PUBLISHED, State.VOID}
    return ConferenceMinutes(
        head=heads.head(kept, words, final=final, minutes=True),
        void=heads.void_line(kept, words),
        confidential=heads.confidential_line(kept, words),
        bases=bases(conference),
        title=heads.named(conference, words),
        office=conference.office,
        place=conference.place,
        started=words.long_moment(conference.starts_at),
        ended=words.long_moment(conference.published_at),
        chair=_person(details.chair_name, details.chair_title),
        chair_name=details.chair_name or DOTS,
        chair_title=details.chair_title,
        secretary=_person(details.secretary_name, details.secretary_title),
        secretary_name=details.secretary_name or DOTS,
        reporter=details.reporter or DOTS,
        attended=attendance.attended_words(kept, words),
        quorum=attendance.quorum_lines(kept, words),
        absent=attendance.absentees(kept, words),
        ballots=ballots(conference, words),
        discussion=tuple(line for line in details.discussion if line.strip()),
        appointed=_appointed(kept, words),
        voted=_voted(kept, words),
        rules=tuple(_rules(found, words)),
        summary=tuple(_summary(found)),
        notes=tuple(note for section in found for note in section.notes),
        ties=tuple(
            _with_heading(section, section.tie) for section in found if section.tie
        ),
        passed=tuple(
            _with_heading(section, section.passed)
            for section in found
            if section.passed
        ),
        withdrawn=tuple(_withdrawn(kept, words)),
        exits=_exits(kept),
        next=_next(kept, words),
        copies=copies_words(kept, words),
    )


def _person(name: str, title: str) -> str:
    return f"{name}, {title}" if name and title else name or title or DOTS


def _appointed(kept: Kept, words: Words) -> str:
    members = committee.members(kept, words)
    names = "; ".join(f"{each.name} ({each.role})" for each in members)
    count = committee.count_words(kept)
    return words.text("doc.meeting.committee", count=count, names=names)


def _voted(kept: Kept, words: Words) -> str:
    """Return how many ballots were handed out and cast, and when; "" before that."""
    conference = kept.conference
    cast = kept.count.cast if kept.count else conference.numbers.cast
    if cast is None:
        return ""
    return words.text(
        "doc.meeting.voted",
        opened=words.long_moment(conference.opened_at),
        closed=words.long_moment(conference.closed_at),
        issued=words.number(conference.numbers.issued),
        cast=words.number(cast),
    )


def _rules(found: tuple[sections.Section, ...], words: Words) -> Iterator[str]:
    """Yield the rule of every section; once where all have the same."""
    said = [f"{each.rule} {each.needed}".strip() for each in found]
    if len(set(said)) == 1:
        yield said[0]
        return
    for section, rule in zip(found, said, strict=True):
        yield words.text("doc.meeting.rule", heading=section.heading, rule=rule)


def _summary(found: tuple[sections.Section, ...]) -> Iterator[Summary]:
    """Yield every line under its section's heading and the base of its shares."""
    for section in found:
        part = f"{section.part}. " if section.part else ""
        for number, line in enumerate(section.lines):
            yield Summary(
                group="" if number else f"{part}{section.heading}\n{section.base}",
                number=line.number,
                name=line.name,
                agree=line.agree,
                share=line.share,
                verdict=line.verdict,
            )


def _with_heading(section: sections.Section, said: str) -> str:
    return f"{section.heading}: {said}"


def _withdrawn(kept: Kept, words: Words) -> Iterator[WithdrawnLine]:
    found = (
        (each, position)
        for position in kept.conference.positions
        for each in position.withdrawn
    )
    for number, (each, position) in enumerate(found, 1):
        title = sections.heading_words(words, position)
        yield WithdrawnLine(number, each.name, title, each.reason)


def _exits(kept: Kept) -> tuple[ExitLine, ...]:
    return tuple(
        ExitLine(number, each.name, each.position, each.ground, each.document)
        for number, each in enumerate(kept.conference.exits, 1)
    )


def _next(kept: Kept, words: Words) -> str:
    """Return what follows from the result; "" while there is none."""
    if kept.count is None or heads.is_void(kept):
        return ""
    waits = sections.is_undecided(kept)
    said = []
    for step, names in _going(kept).items():
        what = "waits" if waits else "going" if names else "none"
        key = f"doc.meeting.next_{what}" if step else f"doc.meeting.last_{what}"
        said.append(words.text(key, count=f"{len(names):02d}", step=step))
    return " ".join(said) or words.text("doc.meeting.next_none")


def _going(kept: Kept) -> dict[str, set[str]]:
    """Return who passed by the step they go on to, "" where none follows."""
    steps = {item.number: item.next_step for item in kept.conference.items}
    going: dict[str, set[str]] = {}
    for position in kept.conference.positions:
        introduces = position.purpose is Purpose.INTRODUCE
        if introduces and position.style is not Style.MOTION:
            names = going.setdefault(steps[position.item], set())
            names.update(each.name for each in sections.passed(kept, position))
    return going
