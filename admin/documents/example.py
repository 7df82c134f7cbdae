"""Facts that nobody recorded: they only show whether a template can be filled in."""

from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from admin.documents.catalogue import Document
from admin.documents.head import Head
from admin.documents.letterhead import LAYOUTS

MARGINS = (20, 20, 30, 15)  # millimetres: Hướng dẫn 36-HD/VPTW
_SAMPLE = "…"


def facts_type(document: Document) -> type[msgspec.Struct]:
    """Return the structure of a document's facts."""
    found: type[msgspec.Struct] = get_type_hints(document.build)["return"]
    return found


def example(kind: type[msgspec.Struct], layout: str, *, full: bool) -> msgspec.Struct:
    """Return facts of a type: two of everything, or nothing of anything."""
    values = {
        name: _value(hint, layout, full=full)
        for name, hint in get_type_hints(kind).items()
    }
    if kind is Head:
        values |= {"layout": layout, "margins": MARGINS}
    return kind(**values)


def _value(hint: Any, layout: str, *, full: bool) -> Any:  # noqa: ANN401 - any field
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        some = next(one for one in inner if one is not NoneType)
        return _value(some, layout, full=full) if full else None
    if origin is tuple:
        if inner[-1] is not Ellipsis:
            return tuple(_value(one, layout, full=full) for one in inner)
        return (_value(inner[0], layout, full=full),) * (2 if full else 0)
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return example(hint, layout, full=full)
    plain = {str: _SAMPLE if full else "", int: int(full), bool: full}
    return plain[hint]


def examples(document: Document, layout: str) -> tuple[msgspec.Struct, ...]:
    """Return the facts that a template of a document must cope with.

    Raises:
        KeyError: there is no such layout, or a field of a type not meant for facts.
    """
    LAYOUTS[layout]
    kind = facts_type(document)
    return tuple(example(kind, layout, full=full) for full in (True, False))
