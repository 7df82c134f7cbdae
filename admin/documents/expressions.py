"""The language of outlines and templates: Jinja in its sandbox, and little of it.

A name that the facts do not have is an error, never an empty place. There are no
globals, and only the filters of `FILTERS`; what a fact says is printed as it is.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from jinja2 import StrictUndefined
from jinja2.filters import do_first, do_join, do_last
from jinja2.sandbox import SandboxedEnvironment

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def fours(text: str) -> str:
    """Write a code in groups of four, as it is read aloud and compared."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def printable(value: object) -> str:
    """Write a fact: nothing for None, and no sign that a file could not hold."""
    return "" if value is None else _CONTROL.sub(" ", str(value))


FILTERS: Mapping[str, Callable[..., Any]] = {
    "upper": str.upper,
    "first": do_first,
    "last": do_last,
    "length": len,
    "join": do_join,
    "fours": fours,
}


def environment(finalize: Callable[[Any], str] = printable) -> SandboxedEnvironment:
    """Return the sandbox; `finalize` writes each value that is printed."""
    # Autoescape is for HTML; each renderer writes its own format from plain text.
    sandbox = SandboxedEnvironment(
        undefined=StrictUndefined, finalize=finalize, autoescape=False
    )
    sandbox.globals.clear()
    sandbox.filters = dict(FILTERS)
    return sandbox


def names(facts: msgspec.Struct) -> dict[str, Any]:
    """Return the facts by the names that expressions know them by."""
    return {name: getattr(facts, name) for name in facts.__struct_fields__}
