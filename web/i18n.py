"""Every sentence comes from a catalogue, in Vietnamese or English.

Catalogues are `<package>/locales/<locale>/LC_MESSAGES/*.po`, one file a subject; their
message ids are symbolic ("roll_call.present") and placeholders are written %(name)s.
They are read as they are, without a compile step; the service's own are laid over the
shared ones.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import babel.dates
import babel.numbers
from babel.messages.pofile import read_po
from flask import Flask, current_app, request

LOCALES = ("vi", "en")
COOKIE = "lang"
DECIMALS = 2  # of a percentage, on pages and in documents alike
_EXTENSION = "phieukin.catalogues"


def load_catalogue(package: str, locale: str) -> dict[str, str]:
    """Read one package's catalogue, all its files; a package may have none.

    Raises:
        ValueError: two files have the same message.
    """
    return dict(_load_once(package, locale))


@cache
def _load_once(package: str, locale: str) -> Mapping[str, str]:
    """Read the files; they do not change while a process runs."""
    folder = files(package) / "locales" / locale / "LC_MESSAGES"
    if not folder.is_dir():
        return {}
    texts: dict[str, str] = {}
    for path in sorted(folder.iterdir(), key=lambda file: file.name):
        if path.name.endswith(".po"):
            _add(texts, _read(path, locale), path.name)
    return texts


def merged(packages: Iterable[str], locale: str) -> dict[str, str]:
    """Lay the catalogues of several packages over each other, the last on top."""
    texts: dict[str, str] = {}
    for package in packages:
        texts |= load_catalogue(package, locale)
    return texts


def current_locale() -> str:
    """Return the language of whoever is asking; the service's default if unknown."""
    default = str(current_app.config["LOCALE"])
    chosen = request.cookies.get(COOKIE) if request else None
    return chosen if chosen in LOCALES else default


def current_catalogue(locale: str | None = None) -> Mapping[str, str]:
    """Return all texts of one language (by default, of whoever is asking)."""
    catalogues: Mapping[str, Mapping[str, str]] = current_app.extensions[_EXTENSION]
    return catalogues[locale or current_locale()]


def text(key: str, /, **values: Any) -> str:  # noqa: ANN401 - anything printable
    """Return the sentence of a key, filled in; the key itself if there is none."""
    sentence = current_catalogue().get(key) or key
    return sentence % values if values else sentence.replace("%%", "%")


def number(value: float) -> str:
    """Write a number: 1.234,5 in Vietnamese, 1,234.5 in English."""
    return babel.numbers.format_decimal(value, locale=current_locale())


def day(value: date) -> str:
    """Write a day: 18/03/2026."""
    return value.strftime("%d/%m/%Y")


def moment(value: datetime) -> str:
    """Write a time of day and a day in the room's own time: 14:00, 18/03/2026."""
    return value.astimezone().strftime("%H:%M, %d/%m/%Y")


def share(numerator: int, denominator: int) -> str:
    """Write a share in percent; only ever printed, never compared."""
    if denominator == 0:
        return "–"
    return percent(Fraction(numerator, denominator), current_locale())


def percent(part: Fraction, locale: str, decimals: int = DECIMALS) -> str:
    """Write a share, which is not negative: "29,95%", and "50%" only if it is that."""
    scaled = part * 100 * 10**decimals
    nearest = int(scaled + Fraction(1, 2))  # half goes up
    whole, rest = divmod(nearest, 10**decimals)
    digits = f"{rest:0{decimals}d}" if decimals else ""
    if scaled == nearest:  # exact: no digit is needed to say that it is rounded
        digits = digits.rstrip("0")
    mark = "." if locale == "en" else ","
    shown = babel.numbers.format_decimal(whole, locale=locale)
    return f"{shown}{mark + digits if digits else ''}%"


def install(app: Flask, packages: Iterable[str], default: str) -> None:
    """Load the catalogues and give the templates their words."""
    names = tuple(packages)
    app.config["LOCALE"] = default
    app.extensions[_EXTENSION] = {one: merged(names, one) for one in LOCALES}
    app.jinja_env.globals.update(
        _=text,
        current_locale=current_locale,
        number=number,
        day=day,
        moment=moment,
        share=share,
    )


def _read(path: Traversable, locale: str) -> dict[str, str]:
    with path.open("rb") as file:
        catalogue = read_po(file, locale=locale)
    return {str(entry.id): str(entry.string) for entry in catalogue if entry.id}


def _add(texts: dict[str, str], more: Mapping[str, str], name: str) -> None:
    twice = texts.keys() & more.keys()
    if twice:
        raise ValueError(f"{name}: {min(twice)} is in another file too")
    texts.update(more)
