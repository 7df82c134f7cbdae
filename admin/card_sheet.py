"""Ballot cards on paper: a PDF made in memory and kept nowhere.

The codes are the only place where card secrets exist besides paper, so nothing
here writes a file, logs, or lets a Typst message with the document's text out.
"""

from dataclasses import dataclass
from importlib import resources

from web import qr, typeset

_QUIET = 2  # modules of white around the code; the paper around it adds more


@dataclass(frozen=True)
class Face:
    """What every card of one conference says, in the language of the paper."""

    heading: str
    title: str
    office: str
    when: str
    hint: str
    demo: str


def print_cards(face: Face, uuid: str, codes: list[str]) -> bytes:
    """Return the PDF of these cards, in this order.

    Raises:
        TypesetError: Typst refused; its own message would hold card codes.
    """
    sheet = {
        "heading": face.heading,
        "title": face.title,
        "office": face.office,
        "when": face.when,
        "hint": face.hint,
        "demo": face.demo,
        "cards": [
            {"code": code, "qr": qr.svg(qr_text(uuid, code), quiet=_QUIET)}
            for code in codes
        ],
    }
    source = (resources.files("admin") / "card_sheet.typ").read_bytes()
    return typeset.pdf(source, sheet)


def qr_text(uuid: str, code: str) -> str:
    """Return what the code on a card says to a tablet."""
    return f"PK1:{uuid}:{code}"
