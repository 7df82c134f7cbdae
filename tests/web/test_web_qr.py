import re

import pytest

from web import qr

TEXTS = ["PK1:bAa2X2vhiqxBWg:ayXH5-Y97uxS-9dY5X-3ZVg8F", "x", "đồng ý " * 20]
FINDER = [
    "1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111",
]  # fmt: skip
BAR = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


@pytest.mark.parametrize("text", TEXTS)
def test_the_bars_paint_exactly_the_dark_modules(text: str) -> None:
    rows = qr.matrix(text)
    painted = set()
    for x, y, right, left in BAR.findall(qr.svg(text).rpartition(' d="')[2]):
        assert right == left
        painted |= {(int(x) + step, int(y)) for step in range(int(right))}

    assert painted == {
        (x + qr.QUIET, y + qr.QUIET)
        for y, row in enumerate(rows)
        for x, dark in enumerate(row)
        if dark
    }


def test_a_code_has_its_three_corners() -> None:
    rows = ["".join("01"[dark] for dark in row) for row in qr.matrix(TEXTS[0])]

    assert [row[:7] for row in rows[:7]] == FINDER
    assert [row[-7:] for row in rows[:7]] == FINDER
    assert [row[:7] for row in rows[-7:]] == FINDER


def test_a_code_is_an_svg_without_style_or_script() -> None:
    text = qr.svg("PK1:x")

    assert text.startswith('<svg class="qr" viewBox="0 0 29 29"')
    assert "style" not in text
