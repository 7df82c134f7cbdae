"""The documents of a conference, as the console lists and makes them."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from admin.documents.catalogue import DOCUMENTS, Document, document
from admin.documents.head import Head
from admin.documents.making import forms, make
from admin.documents.words import Words
from admin.office_templates import LOCALE, current_templates, fault_of
from admin.progress import File, Report
from admin.records.kept import Kept
from web.errors import Refused

ATTENDANCE = "danh-sach-diem-danh"  # the one document without any figure of a vote
_FIXED = (2020, 1, 1, 0, 0, 0)  # the same documents give the same file
_ZIP = "application/zip"


@dataclass(frozen=True)
class Paper:
    """One line of the list of documents.

    `state` is "final", "draft", "sample", "demo" or "missing"; `why` then says what it
    waits for. `own`: the office's template is in force; `fault` is what is wrong with
    it, and then the default is used.
    """

    name: str
    title: str
    state: str
    why: str
    forms: tuple[str, ...]
    own: bool
    fault: str


def papers(kept: Kept, words: Words, *, figures: bool) -> list[Paper]:
    """Return the documents of a conference; without `figures`, attendance alone.

    `words` are those of whoever looks: what is printed stays Vietnamese.
    """
    return [_paper(each, kept, words) for each in _open_to(figures=figures)]


def found(name: str, form: str, *, figures: bool) -> Document:
    """Return a document that whoever asks may have.

    Raises:
        Refused: there is none of that name and form, or it is not for them.
    """
    if name not in {each.name for each in DOCUMENTS}:
        raise Refused("document_unknown", status=404)
    if not figures and name != ATTENDANCE:
        raise Refused("not_allowed", status=403)
    wanted = document(name)
    if form not in forms_of(wanted):
        raise Refused("document_unknown", status=404)
    return wanted


def made(wanted: Document, kept: Kept, form: str) -> File:
    """Return a document of a conference.

    Raises:
        Refused: what it must say is not known yet.
    """
    why = wanted.missing(kept)
    if why:
        raise Refused("document_missing", why=Words(LOCALE).text(why))
    result = make(wanted, kept, Words(LOCALE), form, current_templates())
    return File(result.data, result.media_type, result.file_name)


def everything(kept: Kept) -> Callable[[Report], File]:
    """Return the work that packs all documents that can be made in one file."""
    wanted = [each for each in DOCUMENTS if not each.missing(kept)]

    def work(report: Report) -> File:
        files: dict[str, bytes] = {}
        for number, each in enumerate(wanted):
            report(number / len(wanted), "job.document", title=_title(each))
            for form in forms_of(each):
                file = made(each, kept, form)
                files[file.name] = file.data
        return File(packed(files), _ZIP, "van-ban.zip")

    return work


def packed(files: dict[str, bytes]) -> bytes:
    """Return files as one zip archive: names in order, one date on everything."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _FIXED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return whole.getvalue()


def forms_of(wanted: Document) -> tuple[str, ...]:
    """Return the forms that a document has."""
    return forms(wanted, Words(LOCALE))


def _open_to(*, figures: bool) -> list[Document]:
    return [each for each in DOCUMENTS if figures or each.name == ATTENDANCE]


def _paper(wanted: Document, kept: Kept, words: Words) -> Paper:
    why = wanted.missing(kept)
    layout = kept.conference.letterhead.layout
    fault = fault_of(wanted, layout, words)
    own = current_templates().find(wanted.name, layout) is not None
    return Paper(
        name=wanted.name,
        title=words.text(wanted.title),
        state="missing" if why else _state(wanted, kept),
        why=words.text(why) if why else "",
        forms=forms_of(wanted),
        own=own and not fault,
        fault=fault,
    )


def _state(wanted: Document, kept: Kept) -> str:
    """Say whether a document is final: what it is marked with says so."""
    facts = wanted.build(kept, Words(LOCALE))
    head: Head = facts.head  # type: ignore[attr-defined]
    if kept.conference.demo:
        return "demo"
    if head.mark == Words(LOCALE).text("doc.mark_draft"):
        return "draft"
    return "sample" if head.mark else "final"


def _title(wanted: Document) -> str:
    return Words(LOCALE).text(wanted.title)
