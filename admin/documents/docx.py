"""Documents as DOCX: a template made from the outline, filled in with facts.

The template's placeholders are the outline's own expressions; an office may change
the file in Word and keep it (`admin/documents/templates.py`).
"""

import io
import re
from typing import Any

import msgspec
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from lxml import etree

from admin.documents import png, word_check
from admin.documents.faults import TemplateFault
from admin.documents.letterhead import LAYOUTS
from admin.documents.outline import Outline
from admin.documents.packing import AUTHOR, FIXED, repacked
from admin.documents.template_language import Language
from admin.documents.word_blocks import Blocks, capitals
from admin.documents.word_grid import fit
from admin.documents.word_head import head, marks, subject
from admin.documents.word_styles import page

_QR = Mm(28)


def template(
    outline: Outline, layout: str, margins: tuple[int, int, int, int]
) -> bytes:
    """Return the default template of a document.

    Raises:
        OutlineError: the outline has a group or a fingerprint that is no expression.
    """
    look = LAYOUTS[layout]
    word = page(look, margins, wide=outline.landscape)
    marks(word.sections[0], numbered=outline.numbered)
    head(word, look)
    subject(word, look, capitals(outline.kind), outline.subject)
    Blocks(word, look, outline).write()
    word.core_properties.title = outline.name
    return _saved(word)


def render(template: bytes, facts: msgspec.Struct, document: str = "") -> bytes:
    """Return a template filled in; `document` is named in faults.

    Raises:
        TemplateFault: the template is not usable, and why.
    """
    try:
        word_check.check(template)
        return _filled(template, facts)
    except TemplateFault as fault:
        raise TemplateFault(document, fault.where, fault.why, fault.detail) from None


class _Filling(DocxTemplate):  # type: ignore[misc]
    """A template that is filled in by our own language and checked afterwards."""

    def __init__(self, data: bytes, facts: msgspec.Struct) -> None:
        super().__init__(io.BytesIO(data))
        self._language = Language(facts, self._drawing)

    def render_xml_part(self, src_xml: str, part: object, *_: object) -> str:
        """Fill in one part; a line for each paragraph, so that faults find theirs."""
        self.current_rendering_part = part
        source = re.sub(r"<w:p([ >])", r"\n<w:p\1", src_xml)
        filled = self._language.fill(source)
        filled = self.resolve_listing(re.sub(r"\n<w:p([ >])", r"<w:p\1", filled))
        _check_filled(filled)
        return str(filled)

    def render_properties(self, *_: object) -> None:
        """Leave the title and the author alone: they are no part of the text."""

    def _drawing(self, text: str) -> str:
        picture = io.BytesIO(png.code(text))
        return str(InlineImage(self, picture, width=_QR))


def _filled(data: bytes, facts: msgspec.Struct) -> bytes:
    try:
        filling = _Filling(data, facts)
        filling.render({})
        word = filling.docx  # get_docx() would read the template again
        fit(word)
    except TemplateFault:
        raise
    except Exception as error:
        # Word files can be broken in more ways than python-docx has errors for; the
        # template came from outside, so whatever it raises is the template's fault.
        raise TemplateFault("", "", "not_docx", type(error).__name__) from error
    return _saved(word)


def _saved(word: Any) -> bytes:  # noqa: ANN401 - python-docx's document
    properties = word.core_properties
    properties.created = properties.modified = FIXED.replace(tzinfo=None)
    properties.author = properties.last_modified_by = AUTHOR
    properties.comments, properties.revision = "", 1
    saved = io.BytesIO()
    word.save(saved)
    return repacked(saved.getvalue())


def _check_filled(xml: str) -> None:
    """Refuse what a misplaced loop or condition tore apart.

    docxtpl itself would repair it in silence, and lose text by that. Placeholders may
    also have put a field together that the template alone did not show.
    """
    try:
        tree = etree.fromstring(xml.encode())
    except etree.XMLSyntaxError as error:
        raise TemplateFault("", "", "torn", str(error.msg or "")) from None
    word_check.check_fields(tree)
