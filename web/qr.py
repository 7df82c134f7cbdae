"""QR codes as SVG: one path of horizontal bars, without styles or scripts."""

from itertools import groupby

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4  # modules of white around, as the standard asks


def matrix(text: str) -> list[list[bool]]:
    """Return the modules of a code row by row, without the quiet zone."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


def svg(text: str, *, quiet: int = QUIET) -> str:
    """Return a code as an SVG element that scales with its box.

    `quiet` is the white around it in modules; on white paper less will do.
    """
    rows = matrix(text)
    size = len(rows) + 2 * quiet
    return (
        f'<svg class="qr" viewBox="0 0 {size} {size}" role="img"'
        ' shape-rendering="crispEdges" xmlns="http://www.w3.org/2000/svg">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/>'
        f'<path fill="#000" d="{_bars(rows, quiet)}"/></svg>'
    )


def _bars(rows: list[list[bool]], quiet: int) -> str:
    bars = []
    for y, row in enumerate(rows, quiet):
        x = quiet
        for dark, run in groupby(row):
            width = len(list(run))
            if dark:
                bars.append(f"M{x} {y}h{width}v1h-{width}z")
            x += width
    return "".join(bars)
