"""The documents of a bundle: all that can be made, in every form that they have."""

from collections.abc import Callable

from admin.bundle.making import LOCALE, Papers
from admin.documents.catalogue import DOCUMENTS, Document
from admin.documents.making import forms, make
from admin.documents.templates import Templates
from admin.documents.words import Words
from admin.records.kept import Kept


def papers_of(
    kept: Kept,
    templates: Templates | None = None,
    report: Callable[[float, str], None] = lambda _share, _title: None,
) -> Papers:
    """Return the documents of these records.

    Args:
        kept: the records.
        templates: the office's own templates, if it may have some.
        report: told the share that is done, and the title of the next document.
    """
    words = Words(LOCALE)
    known = [each for each in DOCUMENTS if not each.missing(kept)]
    files: dict[str, bytes] = {}
    own: list[str] = []
    for place, each in enumerate(known):
        report(place / len(known), words.text(each.title))
        for form in forms(each, words):
            made = make(each, kept, words, form, templates)
            files[made.file_name] = made.data
            if form == "docx" and not made.fault and _is_own(each, kept, templates):
                own.append(made.file_name)
    return Papers(files, tuple(own))


def _is_own(document: Document, kept: Kept, templates: Templates | None) -> bool:
    layout = kept.conference.letterhead.layout
    return templates is not None and templates.find(document.name, layout) is not None
