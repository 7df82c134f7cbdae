"""Names of people: how they are kept, searched and compared. Pure.

A search without diacritics must find every name: "nguyen van a" finds
"Nguyễn Văn A", "do" finds "Đỗ". SQLite cannot fold Vietnamese, so the folded text
is computed here and stored beside the name.
"""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook, dot below
_STROKE = str.maketrans({"đ": "d", "ð": "d"})


def tidy(text: str) -> str:
    """Return text in one Unicode form, without line breaks and doubled spaces."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def fold(text: str) -> str:
    """Return what a search compares: lower case, without diacritics or signs."""
    letters = unicodedata.normalize("NFD", tidy(text).casefold())
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " for c in plain.translate(_STROKE))
    return _SPACES.sub(" ", words).strip()


def spoken(text: str) -> str:
    """Return a name as it sounds: the same for "Hoà" and "Hòa", not for "Hoa".

    Where in a word its tone mark stands is a habit of the keyboard.
    """
    return " ".join(_spoken(word) for word in tidy(text).casefold().split())


def _spoken(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    plain = "".join(c for c in letters if c not in _TONES)
    tones = "".join(c for c in letters if c in _TONES)
    return unicodedata.normalize("NFC", plain) + tones


def is_printable(text: str) -> bool:
    """Say whether text has no control, private or unassigned characters."""
    return all(unicodedata.category(character)[0] != "C" for character in text)
