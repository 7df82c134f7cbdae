"""The documents of a bundle: all that can be made, in every form that they have."""

from collections.abc import Callable, Iterator
from pathlib import Path

from admin.bundle.contents import FORMS
from admin.bundle.making import LOCALE, Papers
from admin.documents.catalogue import DOCUMENTS, Document
from admin.documents.making import make
from admin.documents.outline import Block, Repeat, Table
from admin.documents.templates import Templates
from admin.documents.words import Words
from admin.records.kept import Kept

_NOWHERE = Templates(Path("/nonexistent"))  # no office's own: the defaults


def papers_of(
    kept: Kept,
    templates: Templates = _NOWHERE,
    report: Callable[[float, str], None] = lambda _share, _title: None,
) -> Papers:
    """Return the documents of these records.

    Args:
        kept: the records.
        templates: the office's own templates; by default there are none.
        report: told the share that is done, and the title of the next document.
    """
    words = Words(LOCALE)
    known = [each for each in DOCUMENTS if not each.missing(kept)]
    files: dict[str, bytes] = {}
    own: list[str] = []
    for place, each in enumerate(known):
        report(place / len(known), words.text(each.title))
        for form in forms_of(each, words):
            made = make(each, kept, words, form, templates)
            files[f"{each.name}.{form}"] = made.data
    return Papers(files, tuple(own))


def forms_of(document: Document, words: Words) -> list[str]:
    """Return the forms that a document has: a spreadsheet only of tables."""
    tables = any(_tables(document.outline(words).blocks))
    return [form for form in FORMS if form != "xlsx" or tables]


def _tables(blocks: tuple[Block, ...]) -> Iterator[bool]:
    for block in blocks:
        if isinstance(block, Repeat):
            yield from _tables(block.blocks)
        else:
            yield isinstance(block, Table)
