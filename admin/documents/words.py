"""The words of documents: catalogues, numbers, shares and days. No Flask.

Everything said here depends on what is given and the language alone: a time is said
in the offset that it was written with, never in that of this machine.
"""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from functools import cache
from typing import Any

import babel.numbers

from web import i18n

DOTS = "……………"  # to be written by hand
FEW_DOTS = "……"
_PACKAGES = ("web", "admin")
_PADDED_DAYS = 9  # "ngày 05"; Nghị định 30/2020/NĐ-CP asks for it, and for
_PADDED_MONTHS = 2  # "tháng 02", so that no digit can be put before


class Words:
    """Sentences of one language, and how it writes figures."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self._catalogue = _catalogue(locale)

    def text(self, key: str, /, **values: Any) -> str:  # noqa: ANN401 - printable
        """Return the sentence of a key, filled in.

        Raises:
            KeyError: no catalogue has it; a document never prints a key.
        """
        sentence = self._catalogue[key]
        return sentence % values if values else sentence.replace("%%", "%")

    def has(self, key: str) -> bool:
        """Say whether a catalogue has the key."""
        return key in self._catalogue

    def number(self, value: int) -> str:
        """Write a number: 1.234 in Vietnamese."""
        return str(babel.numbers.format_decimal(value, locale=self.locale))

    def percent(self, part: Fraction, decimals: int = i18n.DECIMALS) -> str:
        """Write a share: "29,95%", and "50%" only if it is exactly that."""
        return i18n.percent(part, self.locale, decimals)

    def day(self, iso: str) -> str:
        """Write a day: 18/03/2026."""
        return f"{_read(iso):%d/%m/%Y}"

    def moment(self, iso: str) -> str:
        """Write a time of day and a day: 14:00, 18/03/2026."""
        return f"{_read(iso):%H:%M, %d/%m/%Y}"

    def long_day(self, iso: str) -> str:
        """Write a day in words, with dots to fill in where there is none."""
        if not iso:
            return self.text("doc.day", day=FEW_DOTS, month=FEW_DOTS, year=FEW_DOTS)
        at = _read(iso)
        return self.text(
            "doc.day",
            day=_padded(at.day, _PADDED_DAYS),
            month=_padded(at.month, _PADDED_MONTHS),
            year=at.year,
        )

    def clock(self, iso: str) -> str:
        """Write a time of day in words: "14 giờ 30 phút"."""
        if not iso:
            return self.text("doc.clock", hour=FEW_DOTS, minute=FEW_DOTS)
        at = _read(iso)
        return self.text("doc.clock", hour=f"{at:%H}", minute=f"{at:%M}")

    def long_moment(self, iso: str) -> str:
        """Write a moment in words: "14 giờ 30 phút, ngày 18 tháng 3 năm 2026"."""
        return self.text("doc.moment", clock=self.clock(iso), day=self.long_day(iso))


@cache
def _catalogue(locale: str) -> Mapping[str, str]:
    return i18n.merged(_PACKAGES, locale)


def _padded(value: int, most: int) -> str:
    return f"{value:02d}" if value <= most else str(value)


def _read(iso: str) -> datetime:
    return datetime.fromisoformat(iso)
