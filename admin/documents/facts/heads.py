"""What stands above and below every document, from the letterhead and the details."""

from admin.documents.head import Head
from admin.documents.words import DOTS, FEW_DOTS, Words
from admin.models import State
from admin.records.kept import Kept
from admin.records.shapes import ConferenceRecord
from web.contracts import CountRecorded

_PARTY = "party"
_MEETINGS = ("hội nghị", "đại hội", "phiên họp", "cuộc họp", "conference")
_MINUTES = "BB"  # both rules of presentation abbreviate "biên bản" so


def head(
    kept: Kept, words: Words, *, final: bool, day: str = "", minutes: bool = False
) -> Head:
    """Return the head of a document of the conference.

    Args:
        kept: the records.
        words: the language.
        final: whether nothing of it will change any more.
        day: the day of its date line; by default that of the conference.
        minutes: whether it has a number, and says who gets it: others are attached.
    """
    conference = kept.conference
    letterhead = conference.letterhead
    return Head(
        layout=letterhead.layout,
        superior=letterhead.superior,
        issuer=letterhead.issuer or conference.office,
        number=number_line(conference) if minutes else "",
        secrecy=_secrecy(conference, words),
        place_and_date=words.text(
            "doc.place_and_date",
            place=letterhead.locality or DOTS,
            day=words.long_day(day or conference.starts_at),
        ),
        margins=letterhead.margins,
        mark=_mark(conference, words, final=final),
        recipients=_listed(conference.details.recipients) if minutes else (),
    )


def number_line(conference: ConferenceRecord) -> str:
    """Return "Số 12-BB/ĐU" of a Party body, "Số: 12/BB-SKH" of a State one."""
    number = conference.details.number or FEW_DOTS
    party = conference.letterhead.layout == _PARTY
    sign = _symbol(conference.letterhead.symbol, party=party)
    return f"Số {number}-{sign}" if party else f"Số: {number}/{sign}"


def named(conference: ConferenceRecord, words: Words) -> str:
    """Return the conference as a sentence names it, whatever its title is."""
    title = conference.title
    if title.casefold().startswith(_MEETINGS):
        return title
    return words.text("doc.named", title=title)


def on_behalf(conference: ConferenceRecord) -> str:
    """Return how a body's signature begins: T/M of the Party, TM. of the State."""
    return "T/M" if conference.letterhead.layout == _PARTY else "TM."


def box(conference: ConferenceRecord, words: Words) -> str:
    """Return what the box is called: Party and State rules have a word each."""
    return words.text(f"doc.box_{conference.letterhead.layout}")


def void_line(kept: Kept, words: Words) -> str:
    """Return why the conference was abandoned, or nothing."""
    conference = kept.conference
    if conference.state != State.VOID:
        return ""
    return words.text("doc.void", reason=conference.void_reason.rstrip(".") or DOTS)


def confidential_line(kept: Kept, words: Words) -> str:
    """Return that the result is not announced, where it is not."""
    return "" if kept.conference.announced else words.text("doc.not_announced")


def counted(kept: Kept) -> tuple[CountRecorded | None, str]:
    """Return the count and when it was signed; neither of an abandoned conference."""
    if is_void(kept):
        return None, ""
    return kept.count, kept.counted_at


def is_void(kept: Kept) -> bool:
    """Say whether the conference was abandoned."""
    return kept.conference.state == State.VOID


def _listed(recipients: tuple[str, ...]) -> tuple[str, ...]:
    """Write who gets a copy as both rules ask, however it was typed."""
    plain = [line.strip(" -–•;.") for line in recipients]
    named = [line for line in plain if line]
    ends = [";"] * (len(named) - 1) + ["."]
    return tuple(f"- {line}{end}" for line, end in zip(named, ends, strict=False))


def _symbol(symbol: str, *, party: bool) -> str:
    if not symbol:
        return _MINUTES
    if symbol.startswith(_MINUTES):  # an office may write the whole of it
        return symbol
    return f"{_MINUTES}/{symbol}" if party else f"{_MINUTES}-{symbol}"


def _secrecy(conference: ConferenceRecord, words: Words) -> str:
    secrecy = conference.details.secrecy
    return words.text(f"doc.secrecy_{secrecy}") if secrecy else ""


def _mark(conference: ConferenceRecord, words: Words, *, final: bool) -> str:
    if conference.demo:
        return words.text("doc.mark_demo")
    return "" if final else words.text("doc.mark_draft")
