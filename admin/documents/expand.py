"""An outline filled in with facts: what PDF and XLSX are drawn from. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec
from jinja2 import Template, TemplateError
from jinja2.environment import TemplateExpression

from admin.documents.expressions import environment, fours, names
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
    Style,
    Table,
)

Scope = dict[str, Any]
_SANDBOX = environment()


class OutlineError(Exception):
    """An outline and its facts do not fit; the message names the block."""


@dataclass(frozen=True)
class Title:
    """A heading."""

    text: str
    level: int


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str
    style: Style


@dataclass(frozen=True)
class GridColumn:
    """A column as it is printed."""

    title: str
    width: float
    align: str


@dataclass(frozen=True)
class Line:
    """A row: what heads it across all columns, if anything, and its cells."""

    group: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A table."""

    name: str
    columns: tuple[GridColumn, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Code:
    """A fingerprint: as it is, in groups of four, and what it is of."""

    text: str
    grouped: str
    caption: str


@dataclass(frozen=True)
class Sign:
    """Where one person signs."""

    title: str
    hint: str
    name: str


@dataclass(frozen=True)
class Signing:
    """Who signs, side by side."""

    signs: tuple[Sign, ...]


@dataclass(frozen=True)
class NewPage:
    """What follows begins on a new page."""


Piece = Title | Text | Grid | Code | Signing | NewPage


def expand(outline: Outline, facts: msgspec.Struct) -> tuple[Piece, ...]:
    """Return what the document says, block by block.

    Raises:
        OutlineError: an expression is wrong, or the facts lack what it names.
    """
    return tuple(_pieces(outline.blocks, names(facts), outline.name))


def fill(text: str, facts: msgspec.Struct) -> str:
    """Return one text of an outline, its subject for one, filled in.

    Raises:
        OutlineError: an expression is wrong, or the facts lack what it names.
    """
    try:
        return _text(text, names(facts))
    except TemplateError as error:
        raise OutlineError(f"{text!r}: {error}") from error


def split(each: str) -> tuple[str, str]:
    """Return the name and the expression of "line in section.lines"."""
    name, _, source = each.partition(" in ")
    return name.strip(), source.strip()


def _pieces(blocks: Sequence[Block], scope: Scope, where: str) -> Iterator[Piece]:
    for number, block in enumerate(blocks, 1):
        place = f"{where} > {number} {type(block).__name__}"
        try:
            if isinstance(block, PageBreak) or _holds(block.when, scope):
                yield from _piece(block, scope, place)
        except TemplateError as error:
            raise OutlineError(f"{place}: {error}") from error


def _piece(block: Block, scope: Scope, place: str) -> Iterator[Piece]:
    match block:
        case Heading():
            yield Title(_text(block.text, scope), block.level)
        case Paragraph():
            yield Text(_text(block.text, scope), block.style)
        case Table():
            yield _grid(block, scope)
        case Repeat():
            for inner in _each(block.each, scope):
                yield from _pieces(block.blocks, inner, place)
        case Fingerprint():
            code = _text(block.text, scope)
            yield Code(code, fours(code), _text(block.caption, scope))
        case Signatures():
            yield Signing(tuple(_signs(block, scope)))
        case PageBreak():
            yield NewPage()


def _grid(table: Table, scope: Scope) -> Grid:
    columns = tuple(
        made for column in table.columns for made in _columns(column, scope)
    )
    lines = tuple(_line(table, inner) for inner in _each(table.each, scope))
    for line in lines:
        if len(line.cells) != len(columns):
            raise OutlineError(f"table {table.name!r}: {line.cells} in {columns}")
    return Grid(_text(table.name, scope), columns, lines)


def _line(table: Table, scope: Scope) -> Line:
    cells = (cell for column in table.columns for cell in _cells(column, scope))
    return Line(_text(table.group, scope), tuple(cells))


def _columns(column: Column | MoreColumns, scope: Scope) -> Iterator[GridColumn]:
    if isinstance(column, Column):
        yield GridColumn(_text(column.title, scope), column.width, column.align)
        return
    for title in _value(column.titles, scope):
        yield GridColumn(title, column.width, column.align)


def _cells(column: Column | MoreColumns, scope: Scope) -> Iterator[str]:
    if isinstance(column, Column):
        yield _text(column.cell, scope)
        return
    yield from (_text("{{ more }}", {"more": cell}) for cell in _more(column, scope))


def _more(column: MoreColumns, scope: Scope) -> Sequence[str]:
    found: Sequence[str] = _value(column.cells, scope)
    return found


def _signs(block: Signatures, scope: Scope) -> Iterator[Sign]:
    for one in block.blocks:
        yield Sign(
            _text(one.title, scope), _text(one.hint, scope), _text(one.name, scope)
        )


def _each(each: str, scope: Scope) -> Iterator[Scope]:
    name, source = split(each)
    for item in _value(source, scope):
        yield {**scope, name: item}


def _holds(when: str, scope: Scope) -> bool:
    return not when or bool(_value(when, scope))


def _value(source: str, scope: Scope) -> Any:  # noqa: ANN401 - a fact
    return _expression(source)(**scope)


def _text(source: str, scope: Scope) -> str:
    return _template(source).render(scope)


@cache
def _expression(source: str) -> TemplateExpression:
    return _SANDBOX.compile_expression(source, undefined_to_none=False)


@cache
def _template(source: str) -> Template:
    return _SANDBOX.from_string(source)
