"""A document as PDF: the expanded outline drawn by Typst, without a date in it.

The same facts give the same bytes on the same fonts.
"""

from dataclasses import asdict
from importlib import resources
from typing import Any

import msgspec

from admin.documents.expand import Code, Grid, Piece, expand, fill
from admin.documents.head import Head
from admin.documents.letterhead import (
    BETWEEN,
    HINT,
    INDENT,
    LAYOUTS,
    NOTE,
    RECIPIENTS,
    table_size,
)
from admin.documents.outline import Outline
from web import qr, typeset

FAMILIES = ("Tinos", "Libertinus Serif")
_QUIET = 2  # modules of white around a code; the paper around it adds more


def pdf(outline: Outline, facts: msgspec.Struct) -> bytes:
    """Return the document; `facts` has an attribute `head`.

    Raises:
        OutlineError: the outline and the facts do not fit.
        TypesetError: Typst refused the document.
    """
    return typeset.pdf(_source(), _sheet(outline, facts), FAMILIES)


def _source() -> bytes:
    return (resources.files("admin.documents") / "document.typ").read_bytes()


def _sheet(outline: Outline, facts: msgspec.Struct) -> dict[str, Any]:
    head: Head = facts.head  # type: ignore[attr-defined]
    return {
        "head": _head(head),
        "look": asdict(LAYOUTS[head.layout])
        | {"indent": INDENT, "between": BETWEEN, "hint": HINT, "note": NOTE},
        "kind": fill(outline.kind, facts).upper(),
        "subject": fill(outline.subject, facts),
        "blocks": [
            _block(piece, landscape=outline.landscape)
            for piece in expand(outline, facts)
        ],
        "landscape": outline.landscape,
        "numbered": outline.numbered,
    }


def _head(head: Head) -> dict[str, Any]:
    return msgspec.structs.asdict(head) | {
        "superior": head.superior.upper(),
        "issuer": head.issuer.upper(),
        "recipients_title": RECIPIENTS,
    }


def _block(piece: Piece, *, landscape: bool) -> dict[str, Any]:
    drawn = {"is": type(piece).__name__, **asdict(piece)}
    if isinstance(piece, Code):
        drawn["qr"] = qr.svg(piece.text, quiet=_QUIET)
    if isinstance(piece, Grid):
        drawn["size"] = table_size(len(piece.columns), landscape=landscape)
    return drawn
