"""Ballot cards on paper: a PDF made in memory and kept nowhere.

The codes are the only place where card secrets exist besides paper, so nothing
here writes a file, logs, or lets a Typst message with the document's text out.
"""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import msgspec
import qrcode
import typst
from qrcode.constants import ERROR_CORRECT_M

_QUIET = 2  # modules of white around the code; the paper around it adds more
_FONTS = ("Be Vietnam Pro", "Libertinus Serif")


@dataclass(frozen=True)
class Face:
    """What every card of one conference says, in the language of the paper."""

    heading: str
    title: str
    office: str
    when: str
    hint: str
    demo: str


class CardPrintError(Exception):
    """The sheet could not be made; it says nothing of the cards' codes."""


def print_cards(face: Face, uuid: str, codes: list[str]) -> bytes:
    """Return the PDF of these cards, in this order.

    Raises:
        CardPrintError: Typst refused; its message would hold card codes.
    """
    sheet = {
        "heading": face.heading,
        "title": face.title,
        "office": face.office,
        "when": face.when,
        "hint": face.hint,
        "demo": face.demo,
        "fonts": _FONTS,
        "cards": [{"code": code, "qr": qr_svg(qr_text(uuid, code))} for code in codes],
    }
    source = (resources.files("admin") / "card_sheet.typ").read_bytes()
    try:
        return typst.compile(
            source,
            format="pdf",
            font_paths=fonts(),
            sys_inputs={"sheet": msgspec.json.encode(sheet).decode()},
        )
    except typst.TypstError:
        raise CardPrintError("the ballot cards could not be printed") from None


def qr_text(uuid: str, code: str) -> str:
    """Return what the code on a card says to a tablet."""
    return f"PK1:{uuid}:{code}"


def qr_svg(text: str) -> str:
    """Return a QR code as one SVG path."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make()
    modules = code.get_matrix()
    side = len(modules) + 2 * _QUIET
    path = "".join(
        f"M{x + _QUIET} {y + _QUIET}h1v1h-1z"
        for y, line in enumerate(modules)
        for x, dark in enumerate(line)
        if dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"'
        f' shape-rendering="crispEdges"><path d="{path}"/></svg>'
    )


@cache
def fonts() -> typst.Fonts:
    """Return Be Vietnam Pro, if the front end was set up, and what Typst brings.

    Typst's own fonts know Vietnamese too, so a missing folder changes the looks
    and not the text.
    """
    root = Path(__file__).parent.parent / "node_modules"
    folder = root / "@expo-google-fonts" / "be-vietnam-pro"
    paths: list[str] = [str(folder)] if folder.is_dir() else []
    return typst.Fonts(include_system_fonts=False, font_paths=paths)
