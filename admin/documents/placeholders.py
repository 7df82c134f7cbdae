"""Every placeholder of a document: its path, its type, and where the outline uses it.

An office reads this list beside its template; a test reads it to find expressions of
an outline that the facts do not have.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
from jinja2 import nodes

from admin.documents.expand import split
from admin.documents.expressions import environment
from admin.documents.letterhead import RECIPIENTS
from admin.documents.outline import (
    Block,
    Column,
    Fingerprint,
    Heading,
    MoreColumns,
    Outline,
    PageBreak,
    Paragraph,
    Repeat,
    Signatures,
    Table,
)

ITEM = "[]"  # behind the path of a list: "sections[].lines[].name"
_SHOWN = 70  # characters of the text that uses it
_SANDBOX = environment()


class Kind(StrEnum):
    """What stands at a path."""

    TEXT = "text"
    NUMBER = "number"
    TRUTH = "truth"
    LIST = "list"
    GROUP = "group"


@dataclass(frozen=True)
class Placeholder:
    """One field of the facts; `used` is the first text that uses it, or empty."""

    path: str
    kind: Kind
    used: str


def placeholders(
    facts: type[msgspec.Struct], outline: Outline
) -> tuple[Placeholder, ...]:
    """Return all fields in the order of the facts, those of lists below them."""
    where: dict[str, str] = {}
    for path, text in used(outline):
        where.setdefault(path, text)
    return tuple(
        Placeholder(path, kind, where.get(path, "")) for path, kind in fields(facts)
    )


def fields(facts: type[msgspec.Struct], below: str = "") -> Iterator[tuple[str, Kind]]:
    """Yield the path and kind of every field, depth first."""
    for name, hint in get_type_hints(facts).items():
        yield from _field(f"{below}{name}", hint)


def used(outline: Outline) -> Iterator[tuple[str, str]]:
    """Yield each path that the outline uses, with the text that uses it."""
    head = ("superior", "issuer", "number", "place_and_date", "mark")
    yield from ((f"head.{name}", f"{{{{ head.{name} }}}}") for name in head)
    yield "head.recipients", RECIPIENTS
    yield f"head.recipients{ITEM}", RECIPIENTS
    for text in (outline.kind, outline.subject):
        yield from _in_text(text, {})
    yield from _in_blocks(outline.blocks, {})


def _field(path: str, hint: Any) -> Iterator[tuple[str, Kind]]:  # noqa: ANN401
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        yield from _field(path, next(one for one in inner if one is not NoneType))
    elif origin is tuple:
        yield path, Kind.LIST
        yield from _field(path + ITEM, inner[0])
    elif isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        yield path, Kind.GROUP
        yield from fields(hint, f"{path}.")
    else:
        kinds = {str: Kind.TEXT, int: Kind.NUMBER, bool: Kind.TRUTH}
        yield path, kinds[hint]


Scope = Mapping[str, str]


def _in_blocks(blocks: Sequence[Block], scope: Scope) -> Iterator[tuple[str, str]]:
    for block in blocks:
        yield from _in_block(block, scope)
        if not isinstance(block, PageBreak) and block.when:
            yield from _in_expression(block.when, scope)


def _in_block(block: Block, scope: Scope) -> Iterator[tuple[str, str]]:
    match block:
        case Repeat():
            yield from _in_loop(block.each, scope)
            yield from _in_blocks(block.blocks, _inner(block.each, scope))
        case Table():
            yield from _in_table(block, scope)
        case Heading() | Paragraph():
            yield from _in_text(block.text, scope)
        case Fingerprint():
            yield from _in_text(block.text, scope)
            yield from _in_text(block.caption, scope)
        case Signatures():
            for one in block.blocks:
                for text in (one.title, one.hint, one.name):
                    yield from _in_text(text, scope)
        case PageBreak():
            pass


def _in_table(table: Table, scope: Scope) -> Iterator[tuple[str, str]]:
    yield from _in_text(table.name, scope)
    yield from _in_loop(table.each, scope)
    inner = _inner(table.each, scope)
    yield from _in_text(table.group, inner)
    for column in table.columns:
        if isinstance(column, Column):
            yield from _in_text(column.title, scope)
            for path, text in _in_text(column.cell, inner):
                yield path, f"{column.title}: {text}"
        else:
            yield from _in_more(column, scope, inner)


def _in_more(
    column: MoreColumns, scope: Scope, inner: Scope
) -> Iterator[tuple[str, str]]:
    for source, names in ((column.titles, scope), (column.cells, inner)):
        for path, text in _in_expression(source, names):
            yield path, text
            yield path + ITEM, text


def _inner(each: str, scope: Scope) -> Scope:
    """Return the names inside a loop: its own one is an item of the list."""
    name, source = split(each)
    paths = [path for path, _ in _in_expression(source, scope)]
    return {**scope, name: paths[0] + ITEM} if paths else scope


def _in_loop(each: str, scope: Scope) -> Iterator[tuple[str, str]]:
    for path, _ in _in_expression(split(each)[1], scope):
        yield path, f"{{%p for {each} %}}"


def _in_expression(source: str, scope: Scope) -> Iterator[tuple[str, str]]:
    yield from _in_text(f"{{{{ {source} }}}}", scope)


def _in_text(text: str, scope: Scope) -> Iterator[tuple[str, str]]:
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    for path in _paths(_SANDBOX.parse(text), scope):
        yield path, shown


def _paths(node: nodes.Node, scope: Scope) -> Iterator[str]:
    found = _path(node, scope)
    if found:
        yield found
        return
    if isinstance(node, nodes.For) and isinstance(node.target, nodes.Name):
        yield from _paths(node.iter, scope)
        item = _path(node.iter, scope) + ITEM
        scope = {**scope, node.target.name: item}
        for child in node.body:
            yield from _paths(child, scope)
        return
    for child in node.iter_child_nodes():
        yield from _paths(child, scope)


def _path(node: nodes.Node, scope: Scope) -> str:
    """Return the path of a name or of a chain of names, else nothing."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name, node.name)
    if isinstance(node, nodes.Getattr):
        before = _path(node.node, scope)
        return f"{before}.{node.attr}" if before else ""
    return ""
