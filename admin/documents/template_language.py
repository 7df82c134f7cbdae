"""What an office's template may say: placeholders, loops and conditions, no more.

A template comes from outside. It runs in Jinja's sandbox, has no globals, cannot
call, assign or import anything, and may neither loop nor write without end.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from admin.documents.expressions import environment, names, printable
from admin.documents.faults import TemplateFault

MOST_ROUNDS = 200_000  # of all loops together; 2000 delegates need some thousands
MOST_TEXT = 32 * 1024 * 1024  # characters of XML; 60 nominees are about 1 MB
_NEAR = 90
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const,
    nodes.For, nodes.If, nodes.CondExpr, nodes.Getattr, nodes.Getitem,
    nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Filter,
    nodes.Test, nodes.Add, nodes.Concat,
)  # fmt: skip
_XML = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", "{": "&#123;", "}": "&#125;"}
)
_COUNTING = "rounds"  # the filter that every loop goes through
_OPEN_END = ("endfor", "endif", "Unexpected end")


class Drawn(str):
    """XML that a filter made, printed as it is."""

    __slots__ = ()


class Missing(StrictUndefined):
    """A name that the facts do not have; the error says the name alone."""

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name)


class Counted(tuple[Any, ...]):  # noqa: SLOT001 - it has a counter
    """A list of facts whose rounds are counted."""

    rounds: list[int]

    def __iter__(self) -> Iterator[Any]:
        for item in super().__iter__():
            self.rounds[0] += 1
            if self.rounds[0] > MOST_ROUNDS:
                raise TemplateFault("", "", "too_long")
            yield item


class Language:
    """The sandbox of one template being filled in with one document's facts."""

    def __init__(self, facts: msgspec.Struct, drawing: Callable[[str], str]) -> None:
        self._rounds = [0]
        self._joined = 0
        self._sandbox = self._made()
        self._sandbox.filters["qr"] = lambda text: Drawn(drawing(str(text)))
        self._sandbox.filters["join"] = self._join
        self._sandbox.filters[_COUNTING] = self._looped
        self._facts = {name: self.counted(one) for name, one in names(facts).items()}

    def fill(self, source: str) -> str:
        """Return the XML of a part with its placeholders filled in.

        Raises:
            TemplateFault: it says something that it may not or cannot say.
        """
        try:
            self._check(source)
            return self._written(source)
        except TemplateSyntaxError as error:
            message = error.message or ""
            code = "open_end" if any(w in message for w in _OPEN_END) else "syntax"
            raise _fault(source, error.lineno, code, message) from None
        except SecurityError as error:
            line = _line(error)
            raise _fault(source, line, "not_allowed", error.message or "") from None
        except UndefinedError as error:
            line = _line(error)
            raise _fault(source, line, "unknown", error.message or "") from None
        except (TypeError, ValueError, ArithmeticError, RecursionError) as error:
            raise _fault(source, _line(error), "syntax", str(error)) from None

    def counted(self, value: object) -> object:
        """Return a list of facts so that its rounds are counted."""
        if not isinstance(value, tuple) or isinstance(value, Counted):
            return value
        made = Counted(value)
        made.rounds = self._rounds
        return made

    def _looped(self, value: Any) -> object:  # noqa: ANN401 - whatever a template says
        """Return what a loop goes over: a list, never the letters of a text."""
        if isinstance(value, str):
            raise SecurityError("for")
        return self.counted(value if isinstance(value, Counted) else tuple(value))

    def _join(self, parts: Any, by: str = "") -> str:  # noqa: ANN401 - likewise
        """Join the texts of a list; joined texts can be joined again, so they count."""
        if isinstance(parts, str):
            raise SecurityError("join")
        texts = [str(part) for part in parts]
        self._joined += sum(map(len, texts)) + len(by) * len(texts)
        if self._joined > MOST_TEXT:
            raise TemplateFault("", "", "too_long")
        return by.join(texts)

    def _made(self) -> SandboxedEnvironment:
        language = self

        class Sandbox(SandboxedEnvironment):
            def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401
                return language.counted(super().getattr(obj, attribute))

            def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401
                return language.counted(super().getitem(obj, argument))

            def _parse(self, source: str, *named: Any) -> nodes.Template:  # noqa: ANN401
                tree = super()._parse(source, *named)
                for loop in tree.find_all(nodes.For):
                    loop.iter = nodes.Filter(
                        loop.iter, _COUNTING, [], [], None, None, lineno=loop.lineno
                    )
                return tree

        plain = environment()
        made = Sandbox(undefined=Missing, finalize=xml_text, autoescape=False)
        made.globals.clear()
        made.filters = plain.filters
        return made

    def _check(self, source: str) -> None:
        for node in _nodes(self._sandbox.parse(source)):
            if not isinstance(node, _ALLOWED) or getattr(node, "recursive", False):
                kind = type(node).__name__.lower()
                raise _fault(source, node.lineno, "not_allowed", kind)

    def _written(self, source: str) -> str:
        size, parts = 0, []
        for part in self._sandbox.from_string(source).generate(self._facts):
            size += len(part)
            if size > MOST_TEXT:
                raise TemplateFault("", "", "too_long")
            parts.append(part)
        return "".join(parts)


def xml_text(value: object) -> str:
    """Write a fact into XML; braces too, so that nothing takes it for a placeholder."""
    if isinstance(value, Drawn):
        return value
    return printable(value).translate(_XML)


def _nodes(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _nodes(child)


def _fault(source: str, line: int, why: str, detail: str) -> TemplateFault:
    return TemplateFault("", _near(source, line), why, detail)


def _line(error: BaseException) -> int:
    """Return the line of the template in which an error was raised, 0 if unknown."""
    found, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            found = trace.tb_lineno
        trace = trace.tb_next
    return found


def _near(source: str, line: int) -> str:
    """Return the text of a line of XML, or of the nearest above that has any."""
    lines = source.splitlines()[: max(line, 0)]
    texts = (re.sub(r"<[^>]*>", "", one).strip() for one in reversed(lines))
    found = next((text for text in texts if text), "")
    return found if len(found) <= _NEAR else f"{found[:_NEAR]}…"
