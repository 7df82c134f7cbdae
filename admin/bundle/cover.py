"""The cover sheet: what is in the envelope, its fingerprints, seal and signatures.

Made from records and sums alone, so that a check can make it again.
"""

import calendar
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from importlib import resources
from typing import Any

from admin.bundle.contents import (
    ARCHIVE,
    DOCUMENTS,
    GUIDE,
    KEYS,
    Keys,
    grouped,
    record_kind,
    sha256,
    sums_text,
)
from admin.documents.catalogue import document
from admin.documents.words import Words
from admin.records.kept import Kept
from admin.records.shapes import ConferenceRecord
from web import qr, typeset

CUSTODY_MONTHS = 6  # Quy định 190-QĐ/TW, Điều 35
_FAMILIES = ("Tinos", "Libertinus Serif")
_HEADS = ("tổ trưởng", "trưởng ban")


def cover(kept: Kept, keys: Keys, sums: Mapping[str, str], words: Words) -> bytes:
    """Return the cover sheet as a PDF; `sums` are of all files but itself.

    Raises:
        TypesetError: Typst refused it.
    """
    source = (resources.files("admin.bundle") / "cover.typ").read_bytes()
    return typeset.pdf(source, _sheet(kept, keys, sums, words), _FAMILIES)


def custody_ends(counted_at: str) -> date:
    """Return the day on which the custody of a count ends."""
    counted = datetime.fromisoformat(counted_at).date()
    years, month = divmod(counted.month - 1 + CUSTODY_MONTHS, 12)
    year = counted.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(counted.day, last))


def _sheet(
    kept: Kept, keys: Keys, sums: Mapping[str, str], words: Words
) -> dict[str, Any]:
    held = kept.conference
    return {
        "title": words.text("bundle.cover.heading"),
        "heading": words.text("bundle.cover.heading"),
        "subheading": words.text("bundle.cover.subheading"),
        "mark": words.text("bundle.cover.demo") if held.demo else "",
        "superior": held.letterhead.superior,
        "issuer": held.letterhead.issuer,
        "facts": list(_facts(kept, words)),
        "fingerprints": list(_fingerprints(kept, keys, sums, words)),
        "qr": qr.svg(sums[ARCHIVE], quiet=0),
        "qr_caption": words.text("bundle.cover.qr"),
        "custody": list(_custody(kept, words)),
        "signatures": list(_signatures(held, words)),
        "seal": words.text("bundle.cover.seal"),
        "list_heading": words.text("bundle.cover.list"),
        "list_note": words.text("bundle.cover.list_note"),
        "columns": [
            words.text(f"bundle.cover.column.{name}") for name in ("no", "file", "sum")
        ],
        "files": list(_files(sums, words)),
    }


def _facts(kept: Kept, words: Words) -> Iterator[dict[str, str]]:
    held = kept.conference
    counted = kept.count.cast if kept.count else 0
    facts = {
        "conference": held.title,
        "office": held.office,
        "place": held.place,
        "time": words.moment(held.starts_at),
        "steps": "; ".join(item.step_name for item in held.items),
        "counted": words.moment(kept.counted_at),
        "ballots": words.number(counted),
    }
    for name, value in facts.items():
        if value:
            yield {"label": words.text(f"bundle.cover.fact.{name}"), "value": value}


def _fingerprints(
    kept: Kept, keys: Keys, sums: Mapping[str, str], words: Words
) -> Iterator[dict[str, str]]:
    ids = keys.ids()
    values = {
        "archive": _halves(sums[ARCHIVE]),
        "sums": _halves(sha256(sums_text(sums))),
        "paper": kept.conference.fingerprint,
        "keys": f"{grouped(ids['admin'])}  ·  {grouped(ids['tally'])}",
    }
    for name, value in values.items():
        yield {"label": words.text(f"bundle.cover.print.{name}"), "value": value}


def _custody(kept: Kept, words: Words) -> Iterator[str]:
    ends = words.day(custody_ends(kept.counted_at).isoformat())
    yield words.text("bundle.cover.custody", months=CUSTODY_MONTHS, ends=ends)
    yield words.text("bundle.cover.unopened")
    yield words.text("bundle.cover.check")


def _signatures(held: ConferenceRecord, words: Words) -> Iterator[dict[str, str]]:
    names = {"leader": _leader(held), "chair": held.details.chair_name}
    for who, name in names.items():
        yield {
            "title": words.text(f"bundle.cover.sign.{who}"),
            "hint": words.text("bundle.cover.sign.hint"),
            "name": name,
        }


def _leader(held: ConferenceRecord) -> str:
    named = [m.name for m in held.committee if m.role.casefold() in _HEADS]
    return next(iter([*named, *(m.name for m in held.committee)]), "")


def _files(sums: Mapping[str, str], words: Words) -> Iterator[dict[str, str]]:
    for number, name in enumerate(sorted(sums), 1):
        yield {
            "number": str(number),
            "name": name,
            "what": _what(name, words),
            "sum": _halves(sums[name]),
        }


def _halves(digest: str) -> str:
    """Write a digest in two lines of groups of four."""
    half = len(digest) // 2
    return f"{grouped(digest[:half])}\n{grouped(digest[half:])}"


def _what(name: str, words: Words) -> str:
    """Say in words what a file of the bundle is."""
    fixed = {ARCHIVE: "archive", KEYS: "keys", GUIDE: "guide"}
    if name in fixed:
        return words.text(f"bundle.file.{fixed[name]}")
    if name.startswith(DOCUMENTS):
        stem, _, form = name.removeprefix(DOCUMENTS).partition(".")
        return f"{words.text(document(stem).title)} ({form.upper()})"
    return words.text(f"bundle.file.{record_kind(name)[1]}")
