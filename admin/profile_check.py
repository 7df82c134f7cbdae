"""Reads a procedure file strictly, and finds everything that is wrong with it at once.

Whoever writes such a file is no programmer: every fault names the file, the step and
the key, and reading goes on after it, as far as it can.
"""

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from msgspec import inspect

from admin.names import is_printable
from admin.procedure import (
    ID_PATTERN,
    SHARE_PATTERN,
    STEP_PATTERN,
    VERSION_PATTERN,
    WORDS_PATTERN,
    Procedure,
    ShapeError,
    Wrong,
)

_QUOTED = 60  # of a wrong value, in characters
MAX_BYTES = 256 * 1024  # the longest of our own has 30 kB
_PATTERNS = {
    ID_PATTERN: "wrong_id",
    STEP_PATTERN: "wrong_step_id",
    VERSION_PATTERN: "wrong_version",
    SHARE_PATTERN: "wrong_share",
    WORDS_PATTERN: "empty",
}
_WHERE = re.compile(r"^(?P<what>.*) \(at (?:line (?P<line>\d+), column \d+|.*)\)$")
_LINE = re.compile(r"(\r\n|\r|\n|\t)")
_KINDS: dict[object, type] = {
    inspect.StructType: dict,
    inspect.VarTupleType: list,
    inspect.StrType: str,
    inspect.BoolType: bool,
    inspect.IntType: int,
}
_SIGNS: dict[object, str] = {
    inspect.VarTupleType: "[ …, … ]",
    inspect.StrType: '"…"',
    inspect.BoolType: "true | false",
    inspect.IntType: "1, 2, 3…",
}
_BAD = object()
_Path = tuple[str | int, ...]
Say = Callable[..., str]


@dataclass(frozen=True)
class ProfileFault:
    """One thing that is wrong; `step` is empty where it is about the whole file."""

    file: str
    step: str
    key: str
    code: str
    detail: str = ""

    def __str__(self) -> str:
        step = f"step {self.step}" if self.step else ""
        said = f"{self.code} {self.detail}".strip()
        return ": ".join(part for part in (self.file, step, self.key, said) if part)


class ProfileError(ValueError):
    """A procedure file cannot be used, for these reasons."""

    def __init__(self, faults: tuple[ProfileFault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def check_profile(data: bytes, file: str) -> Procedure:
    """Return what a procedure file says.

    Raises:
        ProfileError: with all that is wrong with it.
    """
    table = _parse(data, file)
    reader = _Reader(file, table)
    found = reader.read()
    if reader.faults or not isinstance(found, Procedure):
        raise ProfileError(tuple(reader.faults))
    return found


def text_of(data: bytes) -> str:
    """Return the text of a file, without the mark that some editors put first.

    Raises:
        UnicodeDecodeError: it is not UTF-8.
    """
    return data.decode("utf-8-sig")


def fault_words(say: Say, fault: ProfileFault) -> str:
    """Return a fault as a sentence: "file: bước 4: ballot.rule.share: …"."""
    step = say("profile.step", step=fault.step) if fault.step else ""
    said = say(f"profile.{fault.code}", detail=fault.detail)
    return ": ".join(part for part in (fault.file, step, fault.key, said) if part)


def _parse(data: bytes, file: str) -> dict[str, Any]:
    if len(data) > MAX_BYTES:
        raise _fault(file, "", "too_large", f"{MAX_BYTES // 1024} kB")
    try:
        return tomllib.loads(text_of(data))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _fault(file, "", "not_utf8", str(line)) from None
    except tomllib.TOMLDecodeError as error:
        raise _syntax(file, data, str(error)) from None
    except RecursionError:
        raise _fault(file, "", "too_deep") from None
    except ValueError:  # a whole number of more digits than Python reads
        raise _fault(file, "", "long_number") from None


def _syntax(file: str, data: bytes, said: str) -> ProfileError:
    found = _WHERE.match(said)
    what = found["what"] if found else said
    last = data.count(b"\n") + 1
    line = (found["line"] if found else None) or last
    return _fault(file, "", "syntax", f"{line}: {what}")


def _fault(file: str, key: str, code: str, detail: str = "") -> ProfileError:
    return ProfileError((ProfileFault(file, "", key, code, detail),))


class _Reader:
    """Goes through a parsed file and notes every fault on its way."""

    def __init__(self, file: str, table: dict[str, Any]) -> None:
        self._file = file
        self._table = table
        self.faults: list[ProfileFault] = []

    def read(self) -> object:
        """Return the procedure; of use only if there is no fault."""
        found = self._struct(inspect.type_info(Procedure), self._table, ())
        self.faults.sort(key=lambda fault: self._order().index(fault.step))
        return found

    def _order(self) -> list[str]:
        """Return the steps as the file has them; first what belongs to none."""
        steps = self._table.get("steps")
        count = len(steps) if isinstance(steps, list) else 0
        return ["", *map(self._label, range(1, count + 1))]

    def _struct(self, kind: Any, table: dict[str, Any], at: _Path) -> object:  # noqa: ANN401 - the shape of a type
        known = {field.name: field for field in kind.fields}
        for key in (each for each in table if each not in known):
            self._note((*at, key), "unknown_key", ", ".join(known))
        said = {
            name: self._field(field, table, (*at, name))
            for name, field in known.items()
        }
        try:
            return kind.cls(**said)
        except ShapeError as error:
            self._note_shape(error.wrong, at)
            return error.built

    def _field(self, field: inspect.Field, table: dict[str, Any], at: _Path) -> object:
        if field.name in table:
            found = self._value(field.type, table[field.name], at)
            if found is not _BAD:
                return found
        elif field.required:
            self._note(at, "missing_key", expected(field.type))
        return placeholder(field.type) if field.required else field.default

    def _value(self, kind: Any, value: Any, at: _Path) -> object:  # noqa: ANN401 - whatever a file says
        if isinstance(kind, inspect.UnionType):
            fitting = [each for each in kind.types if fits(each, value)]
            if fitting:
                return self._value(fitting[0], value, at)
        elif fits(kind, value):
            return self._fitting(kind, value, at)
        self._note(at, "wrong_kind", expected(kind))
        return _BAD

    def _fitting(self, kind: Any, value: Any, at: _Path) -> object:  # noqa: ANN401 - as above
        match kind:
            case inspect.StructType():
                return self._struct(kind, value, at)
            case inspect.VarTupleType():
                return self._list(kind, value, at)
            case inspect.StrType():
                return self._text(kind, value, at)
            case inspect.EnumType():
                return kind.cls(value)
            case inspect.IntType() if kind.ge is not None and value < kind.ge:
                self._note(at, "wrong_number", str(kind.ge))
                return _BAD
        return value

    def _list(
        self, kind: inspect.VarTupleType, values: list[Any], at: _Path
    ) -> tuple[object, ...]:
        if len(values) < (kind.min_length or 0):
            self._note(at, "empty_list")
        found = [
            self._value(kind.item_type, value, (*at, number))
            for number, value in enumerate(values, 1)
        ]
        return tuple(
            placeholder(kind.item_type) if each is _BAD else each for each in found
        )

    def _text(self, kind: inspect.StrType, value: str, at: _Path) -> object:
        if not is_printable(_LINE.sub(" ", value)):
            self._note(at, "unprintable")
            return _BAD
        if kind.pattern and not _fits_pattern(kind.pattern, value):
            self._note(at, _PATTERNS[kind.pattern], value[:_QUOTED])
            return _BAD
        return value

    def _note_shape(self, wrong: Iterable[Wrong], at: _Path) -> None:
        """Note what makes no sense, unless it is only because a key has a fault."""
        known = {(fault.step, fault.key) for fault in self.faults}
        for each in wrong:
            step: _Path = ("steps", each.place) if each.place else ()
            path = (*at, *step, each.key)
            if self._split(path) not in known:
                self._note(path, each.code, each.detail)

    def _note(self, path: _Path, code: str, detail: str = "") -> None:
        step, key = self._split(path)
        self.faults.append(ProfileFault(self._file, step, key, code, detail))

    def _split(self, path: _Path) -> tuple[str, str]:
        """Return the step that a path leads into, if any, and the key within it."""
        if path[0] != "steps" or len(path) == 1:
            return "", _dotted(path)
        return self._label(int(path[1])), _dotted(path[2:])

    def _label(self, number: int) -> str:
        step = self._table["steps"][number - 1]
        said = step.get("id") if isinstance(step, dict) else None
        return said if isinstance(said, str) and said.strip() else f"#{number}"


def _fits_pattern(pattern: str, value: str) -> bool:
    """Say whether a text is of the pattern; "$" alone lets a line end pass."""
    ids = pattern != WORDS_PATTERN
    return bool(re.search(pattern, value)) and not (ids and _LINE.search(value))


def fits(kind: Any, value: object) -> bool:  # noqa: ANN401 - the shape of a type
    """Say whether a value is of the kind, however wrong it may be inside."""
    if isinstance(kind, inspect.EnumType):
        return value in [each.value for each in kind.cls]
    if isinstance(kind, inspect.LiteralType):
        same = (type(value) is type(each) and value == each for each in kind.values)
        return any(same)
    return type(value) is _KINDS.get(type(kind))  # an exact type: true is no integer


def expected(kind: Any) -> str:  # noqa: ANN401 - the shape of a type
    """Return what may stand there, in TOML's own signs."""
    match kind:
        case inspect.UnionType():
            found = (expected(each) for each in kind.types)
            return " | ".join(each for each in found if each)
        case inspect.EnumType():
            return " | ".join(f'"{each.value}"' for each in kind.cls)
        case inspect.LiteralType():
            return " | ".join(
                "true" if each is True else f'"{each}"' for each in kind.values
            )
        case inspect.StructType():
            return _table(kind)
    return _SIGNS.get(type(kind), "")


def _table(kind: inspect.StructType) -> str:
    """Name the keys that a table cannot do without."""
    needed = ", ".join(
        f"{each.encode_name} = …" for each in kind.fields if each.required
    )
    return f"{{ {needed} }}" if needed else "{ … }"


def placeholder(kind: Any) -> object:  # noqa: ANN401 - the shape of a type
    """Return something to go on with, where what must be there is not."""
    match kind:
        case inspect.StructType():
            needed = (each for each in kind.fields if each.required)
            said = {each.name: placeholder(each.type) for each in needed}
            try:
                return kind.cls(**said)
            except ShapeError as error:
                return error.built
        case inspect.UnionType():
            return placeholder(kind.types[0])
        case inspect.EnumType():
            return next(iter(kind.cls))
        case inspect.VarTupleType():
            return ()
    return _KINDS[type(kind)]()


def _dotted(path: _Path) -> str:
    parts = (f"[{each}]" if isinstance(each, int) else f".{each}" for each in path)
    return "".join(parts).lstrip(".")
