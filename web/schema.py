"""The border of the API: a body is exactly a Struct, an answer is one JSON shape."""

from typing import TypeVar

import msgspec
from flask import Response, current_app, request

from web.errors import Malformed

_T = TypeVar("_T")


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a request body derives from: nothing missing, extra or coerced."""


def read(kind: type[_T]) -> _T:
    """Read the request's body.

    Raises:
        Malformed: it is not exactly a `kind`; the answer names the first fault.
        TypeError: `kind` would let unknown fields through.
    """
    return decode(request.get_data(cache=False), kind)


def decode(raw: bytes, kind: type[_T]) -> _T:
    """Read JSON bytes as strictly as `read` reads a request."""
    if not getattr(
        getattr(kind, "__struct_config__", None), "forbid_unknown_fields", 0
    ):
        raise TypeError(f"{kind.__name__} must forbid unknown fields")
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed(str(error)) from error


def answer(content: object = None, status: int = 200) -> Response:
    """Answer `{"ok": true, ...}` with the fields of a Struct, dataclass or dict.

    Raises:
        TypeError: the content has no named fields.
    """
    fields = {} if content is None else msgspec.to_builtins(content)
    if not isinstance(fields, dict):
        raise TypeError("an answer needs named fields")
    body = msgspec.json.encode({"ok": True, **fields})
    return current_app.response_class(body, status, mimetype="application/json")
