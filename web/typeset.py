"""PDFs by Typst, made in memory: what a page says goes in as data, never as source.

Nothing here writes a file, logs, or lets a Typst message out, for such a message
would quote the document, and a document may hold the secrets of cards.
"""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import typst

FAMILIES = ("Be Vietnam Pro", "Libertinus Serif")
_FOLDERS = ("be-vietnam-pro", "tinos")


class TypesetError(Exception):
    """The document could not be made; this says nothing of what is in it."""


def pdf(
    source: bytes, sheet: dict[str, Any], families: tuple[str, ...] = FAMILIES
) -> bytes:
    """Return the PDF of a Typst source, which reads `sys.inputs.sheet` as JSON.

    The font families to use are added to the sheet as `fonts`; those that this
    machine does not have are left out.

    Raises:
        TypesetError: Typst refused the document.
    """
    fonts = _fonts()
    known = set(fonts.families())
    sheet = {**sheet, "fonts": [name for name in families if name in known]}
    inputs = {"sheet": msgspec.json.encode(sheet).decode()}
    try:
        return typst.compile(source, format="pdf", font_paths=fonts, sys_inputs=inputs)
    except typst.TypstError:
        raise TypesetError("the document could not be typeset") from None


@cache
def _fonts() -> typst.Fonts:
    """Return our fonts, if the front end was set up, and what Typst brings.

    Typst's own fonts know Vietnamese too, so a missing folder changes the looks
    and not the text.
    """
    root = Path(__file__).parent.parent / "node_modules" / "@expo-google-fonts"
    paths: list[str] = [str(root / name) for name in _FOLDERS if (root / name).is_dir()]
    return typst.Fonts(include_system_fonts=False, font_paths=paths)
