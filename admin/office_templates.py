"""The office's own templates, as the page of letterheads lists and replaces them."""

from dataclasses import dataclass

from admin.documents.catalogue import DOCUMENTS, Document, document
from admin.documents.faults import TemplateFault
from admin.documents.making import default_template
from admin.documents.templates import Templates, check
from admin.documents.words import Words
from admin.letterheads import LAYOUTS, default_margins
from admin.settings import AdminSettings
from web.errors import Refused
from web.settings import current_settings

LOCALE = "vi"  # of what is printed, whoever asks for it
_FOLDER = "templates"


@dataclass(frozen=True)
class TemplateLine:
    """A document's template of one layout: `fault` is what is wrong with the own."""

    name: str
    title: str
    own: bool
    fault: str


def current_templates() -> Templates:
    """Return the folder of the office's templates."""
    return Templates(current_settings(AdminSettings).data / _FOLDER)


def listing(layout: str, words: Words) -> list[TemplateLine]:
    """Return what holds for each document, in the words of whoever looks."""
    return [
        TemplateLine(
            name=each.name,
            title=words.text(each.title),
            own=current_templates().find(each.name, layout) is not None,
            fault=fault_of(each, layout, words),
        )
        for each in DOCUMENTS
    ]


def fault_of(wanted: Document, layout: str, words: Words) -> str:
    """Say what is wrong with the office's template; "" if nothing, or it has none."""
    data = current_templates().find(wanted.name, layout)
    if data is None:
        return ""
    try:
        check(wanted.name, layout, data)
    except TemplateFault as fault:
        return fault.said(words)
    return ""


def default(name: str, layout: str) -> bytes:
    """Return our own template of a document, to be changed in Word.

    Raises:
        Refused: there is no such document or layout.
    """
    outline = _known(name, layout).outline(Words(LOCALE))
    return default_template(outline, layout, default_margins(layout))


def own(name: str, layout: str) -> bytes:
    """Return the office's template of a document.

    Raises:
        Refused: there is no such document or layout, or it has none of its own.
    """
    data = current_templates().find(_known(name, layout).name, layout)
    if data is None:
        raise Refused("template_none", status=404)
    return data


def replace(name: str, layout: str, data: bytes, words: Words) -> None:
    """Use a template of the office from now on.

    Raises:
        Refused: there is no such document or layout, or the file cannot be filled in.
    """
    wanted = _known(name, layout)
    try:
        current_templates().keep(wanted.name, layout, data)
    except TemplateFault as fault:
        why = fault.said(words)
        raise Refused("template_faulty", status=400, why=why) from fault


def remove(name: str, layout: str) -> None:
    """Go back to our own template.

    Raises:
        Refused: there is no such document or layout.
    """
    current_templates().remove(_known(name, layout).name, layout)


def _known(name: str, layout: str) -> Document:
    if layout not in LAYOUTS or name not in {each.name for each in DOCUMENTS}:
        raise Refused("document_unknown", status=404)
    return document(name)
