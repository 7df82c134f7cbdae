"""One document of one conference, in one form: what routes and the bundle ask for."""

from dataclasses import dataclass
from functools import lru_cache

import msgspec

from admin.documents import docx
from admin.documents.catalogue import Document
from admin.documents.faults import TemplateFault
from admin.documents.head import Head
from admin.documents.outline import Outline
from admin.documents.pdf import pdf
from admin.documents.templates import Templates
from admin.documents.words import Words
from admin.documents.xlsx import has_tables, workbook
from admin.records.kept import Kept

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA = {"pdf": "application/pdf", "docx": _WORD, "xlsx": _EXCEL}


@dataclass(frozen=True)
class Made:
    """A finished file; `fault` says why an office's template was not used, or ""."""

    data: bytes
    media_type: str
    file_name: str
    fault: str


def forms(document: Document, words: Words) -> tuple[str, ...]:
    """Return the forms that a document has: only tables make a spreadsheet."""
    tables = has_tables(document.outline(words))
    return ("pdf", "docx", "xlsx") if tables else ("pdf", "docx")


def make(
    document: Document,
    kept: Kept,
    words: Words,
    form: str,
    templates: Templates | None = None,
) -> Made:
    """Return a document; without `templates` only the defaults are used.

    Raises:
        KeyError: there is no such form.
        OutlineError: the outline and the facts do not fit.
        TypesetError: Typst refused the document.
    """
    media, fault = MEDIA[form], ""
    facts, outline = document.build(kept, words), document.outline(words)
    if form == "pdf":
        data = pdf(outline, facts)
    elif form == "xlsx":
        data = workbook(outline, facts)
    else:
        data, fault = _docx(outline, facts, words, templates)
    return Made(data, media, f"{document.name}.{form}", fault)


def _docx(
    outline: Outline, facts: msgspec.Struct, words: Words, templates: Templates | None
) -> tuple[bytes, str]:
    """Fill the office's template; if it is broken, ours, and say what is wrong."""
    head: Head = facts.head  # type: ignore[attr-defined]
    own = templates.find(outline.name, head.layout) if templates else None
    fault = ""
    if own is not None:
        try:
            return docx.render(own, facts, outline.name), ""
        except TemplateFault as found:
            fault = found.said(words)
    default = default_template(outline, head.layout, head.margins)
    return docx.render(default, facts, outline.name), fault


@lru_cache(maxsize=32)
def default_template(
    outline: Outline, layout: str, margins: tuple[int, int, int, int]
) -> bytes:
    """Return our own template, which an office may download and change."""
    return docx.template(outline, layout, margins)
