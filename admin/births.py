"""Days and years of birth as offices write them. Pure.

A day is written 18/03/1979 (or with "." or "-", or 1979-03-18); Excel's own dates
have become that before they come here. A number such as 28932 is a date whose cell
is not formatted as one: nobody can be sure of it, so it is asked for again.
"""

import re
from dataclasses import dataclass
from datetime import date

YEARS = range(1900, 2101)  # typing errors only; age is for people to judge
_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T]00:00:00)?")
_YEAR = re.compile(r"[0-9]{4}")
_SERIAL = re.compile(r"[0-9]{5}")


class DateError(Exception):
    """It is no day, or no year; `code` says what is wrong with it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Birth:
    """When somebody was born: the day, or only the year if no more is known."""

    year: int
    day: date | None = None

    def may_be(self, other: "Birth") -> bool:
        """Say whether both may mean one person: nothing that is known differs."""
        if self.day and other.day:
            return self.day == other.day
        return self.year == other.year

    def __str__(self) -> str:
        return str(self.year) if self.day is None else write_day(self.day)


def read_birth(text: str) -> Birth:
    """Return when somebody was born.

    Raises:
        DateError: it is neither a day nor a year.
    """
    if _YEAR.fullmatch(text):
        return Birth(_checked_year(int(text), "birth_wrong"))
    day = _read(text, "birth_wrong")
    return Birth(day.year, day)


def read_day(text: str) -> date:
    """Return a day.

    Raises:
        DateError: it is none.
    """
    return _read(text, "date_wrong")


def write_day(day: date) -> str:
    """Write a day as it is read: 18/03/1979."""
    return f"{day:%d/%m/%Y}"


def _read(text: str, wrong: str) -> date:
    if _SERIAL.fullmatch(text):
        raise DateError("date_serial")
    if match := _DAY.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    elif match := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    else:
        raise DateError(wrong)
    try:
        return date(_checked_year(year, wrong), month, day)
    except ValueError as error:
        raise DateError(wrong) from error


def _checked_year(year: int, wrong: str) -> int:
    if year not in YEARS:
        raise DateError(wrong)
    return year
