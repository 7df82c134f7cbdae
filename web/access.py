"""Who may use what: every route and every Socket.IO handler says so.

A door without a declaration is a start-up error (`refuse_undeclared`). Roles come from
one function per service, handed to `web.app.create_service`: accounts, the cookie of a
paired tablet, the cookie of a committee member.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, current_app
from flask_socketio import SocketIO

from web.errors import Refused

RolesOf = Callable[[], frozenset[str]]
View = TypeVar("View", bound=Callable[..., Any])

EXTENSION = "phieukin.roles"
_PUBLIC = "public"
_PEERS = "peers"
_KNOWN = "known"


def public(view: View) -> View:
    """Open to everybody in the room."""
    return _declare(view, frozenset({_PUBLIC}), lambda: None)


def peers_only(view: View) -> View:
    """Open to the other services: the view itself verifies the signed message."""
    return _declare(view, frozenset({_PEERS}), lambda: None)


def requires(*roles: str) -> Callable[[View], View]:
    """Open to whoever holds one of these roles."""
    allowed = frozenset(roles)

    def check() -> None:
        held = current_roles()
        if not held & allowed:
            raise Refused("not_allowed" if held else "login_needed", status=403)

    return lambda view: _declare(view, allowed, check)


def known(view: View) -> View:
    """Open to whoever holds any role of this service."""

    def check() -> None:
        if not current_roles():
            raise Refused("login_needed", status=403)

    return _declare(view, frozenset({_KNOWN}), check)


def limited(view: View) -> View:
    """Slow down whoever tries and fails too often (a password, a code)."""
    cast("Any", view).limited = True
    return view


def own_path(path: str) -> str:
    """Return a path of this service, whatever a link asked for.

    Browsers drop tabs and line breaks and read a backslash as a slash: what only
    looks like a path could lead a login to another address.
    """
    plain = path.isprintable() and "\\" not in path
    return path if plain and path.startswith("/") and path[1:2] != "/" else "/"


def current_roles() -> frozenset[str]:
    """Return the roles of whoever is asking."""
    roles_of: RolesOf = current_app.extensions[EXTENSION]
    return roles_of()


def refuse_undeclared(app: Flask, socketio: SocketIO) -> None:
    """Refuse to start while a door is open.

    Raises:
        RuntimeError: a route or a Socket.IO handler declares no access.
    """
    for rule in app.url_map.iter_rules():
        if not hasattr(app.view_functions[rule.endpoint], "access"):
            raise RuntimeError(f"{rule.rule} declares no access")
    for namespace, handlers in socketio.server.handlers.items():
        for event, handler in handlers.items():
            if not hasattr(handler, "access"):
                raise RuntimeError(f"event {event} of {namespace} declares no access")


def _declare(view: View, access: frozenset[str], check: Callable[[], None]) -> View:
    if hasattr(view, "access"):
        raise RuntimeError(f"{view.__name__} declares its access twice")

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - any view
        check()
        return view(*args, **kwargs)

    cast("Any", checked).access = access
    return cast("View", checked)
