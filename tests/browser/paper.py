"""Pages as they are printed, and the spreadsheets that they offer."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page

from tests.browser.people import LANDSCAPE

# What only a screen can do; all of it must be gone on paper.
ACTING = "button, .btn, input, select, textarea, nav, dialog, .sheet-line"
VISIBLE = f"""[...document.querySelectorAll('{ACTING}')]
  .filter((one) => one.getClientRects().length > 0)
  .map((one) => one.outerHTML.slice(0, 120))"""
BEYOND = """[...document.querySelectorAll('main *')]
  .filter((one) => one.getClientRects().length > 0
    && one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((one) => one.outerHTML.slice(0, 120))"""
SHEET = {"width": 669, "height": 947}  # A4 without its margins, in CSS pixels


@contextmanager
def as_printed(page: Page) -> Iterator[None]:
    """Show a page as it would be printed."""
    page.set_viewport_size(SHEET)
    page.emulate_media(media="print")
    yield
    page.emulate_media(media="null")
    page.set_viewport_size(LANDSCAPE)


def out_of_place(page: Page) -> list[str]:
    """What a page should not show on paper, or shows beyond the sheet."""
    found: list[str] = [*page.evaluate(VISIBLE), *page.evaluate(BEYOND)]
    return found


def lines_of(file: Path) -> list[list[object]]:
    sheet = load_workbook(io.BytesIO(file.read_bytes())).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]
