"""Nhật ký: both record books of a conference, merged by time.

Never a line about a ballot: neither book has one.
"""

from datetime import datetime, tzinfo
from typing import Any

import msgspec

from admin.documents.facts import Facts, committee, heads
from admin.documents.head import Head
from admin.documents.words import DOTS, Words
from admin.models import State
from admin.records.kept import Kept
from web.contracts import JournalLine

_TIME = "%H:%M:%S"
_DAY = "%d/%m/%Y"


class LogLine(Facts, frozen=True):
    """One event: when, by whom, what, and what is told of it besides."""

    number: int
    day: str
    time: str
    actor: str
    action: str
    details: str


class EventLog(Facts, frozen=True):
    """Everything that the log says."""

    head: Head
    void: str
    title: str
    office: str
    place: str
    started: str
    lines: tuple[LogLine, ...]
    total: str
    tally: str
    secretary_name: str
    leader: str


def build(kept: Kept, words: Words) -> EventLog:
    """Return the facts of the log, in the time of the room."""
    conference = kept.conference
    found, box = _merged(kept), heads.box(conference, words)
    zone = datetime.fromisoformat(conference.starts_at).tzinfo
    final = conference.state in {State.PUBLISHED, State.VOID}
    return EventLog(
        head=heads.head(kept, words, final=final),
        void=heads.void_line(kept, words),
        title=heads.named(conference, words),
        office=conference.office,
        place=conference.place,
        started=words.long_moment(conference.starts_at),
        lines=tuple(
            _line(words, number, each, zone, box)
            for number, each in enumerate(found, 1)
        ),
        total=words.text("doc.log.total", count=words.number(len(found))),
        tally="" if kept.count else words.text("doc.log.no_tally"),
        secretary_name=conference.details.secretary_name or DOTS,
        leader=committee.leader_name(kept),
    )


def missing(kept: Kept) -> str:
    """Return why there is no log yet."""
    return "" if _merged(kept) else "doc.missing.journal"


def _merged(kept: Kept) -> list[JournalLine]:
    """Return the lines of both books by time; at equal times the console's first."""
    tally = kept.count.journal if kept.count else ()
    return sorted((*kept.conference.journal, *tally), key=lambda line: line.at)


def _line(
    words: Words, number: int, line: JournalLine, zone: tzinfo | None, box: str
) -> LogLine:
    at = line.at.astimezone(zone)
    values = msgspec.json.decode(line.details, type=dict[str, Any])
    return LogLine(
        number=number,
        day=at.strftime(_DAY),
        time=at.strftime(_TIME),
        actor=actor_words(words, line.actor),
        action=action_words(words, line.name, box),
        details=details_words(words, line.name, values),
    )


def action_words(words: Words, name: str, box: str) -> str:
    """Return what was done; the action's own name if a newer version wrote it."""
    key = f"doc.action.{name}"
    return words.text(key, box=box) if words.has(key) else name


def details_words(words: Words, name: str, values: dict[str, Any]) -> str:
    """Return what else is told: the action's own sentence, or field by field."""
    key = f"doc.detail.{name}"
    shown = {field: _value(words, field, each) for field, each in values.items()}
    if words.has(key):
        try:
            return words.text(key, **shown)
        except KeyError:  # written by a version that told less
            pass
    return "; ".join(
        f"{words.text(f'doc.field.{field}')}: {shown[field]}"
        if words.has(f"doc.field.{field}")
        else f"{field}: {shown[field]}"
        for field in shown
        if field != "uuid" and shown[field]
    )


def actor_words(words: Words, actor: str) -> str:
    """Return who acted: roles in words, and members by their number."""
    if actor.startswith("member "):
        return words.text("doc.actor.member", number=actor.removeprefix("member "))
    keys = [f"doc.actor.{role}" for role in actor.split("+")]
    if all(words.has(key) for key in keys):
        return ", ".join(words.text(key) for key in keys)
    return actor


def _value(words: Words, field: str, value: object) -> str:
    if isinstance(value, bool):
        return words.text(f"doc.value.{str(value).lower()}")
    if isinstance(value, int):
        return words.number(value)
    if isinstance(value, list):
        return ", ".join(_value(words, field, each) for each in value)
    if value is None:
        return ""
    key = f"doc.value.{field}.{value}"
    return words.text(key) if words.has(key) else str(value)
