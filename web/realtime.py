"""Hints over Socket.IO: "this topic changed", never what changed.

A page that hears a hint asks over HTTP, where access is checked. A page that hears
nothing asks now and then all the same, so a lost hint costs seconds, not truth.
"""

import re
from typing import Any

from flask import Flask, current_app
from flask_socketio import SocketIO, join_room

from web.access import public
from web.errors import Refused

_EXTENSION = "phieukin.realtime"
_TOPIC = re.compile(r"[a-z_]{1,32}(:[A-Za-z0-9._-]{1,64})?")


def install(app: Flask) -> SocketIO:
    """Open the hint channel of a service."""
    socketio = SocketIO(
        app,
        async_mode="threading",
        manage_session=False,
        logger=False,
        engineio_logger=False,
    )
    socketio.on_event("connect", _connect)
    socketio.on_event("watch", _watch)
    socketio.default_exception_handler = _answer_refusal
    app.extensions[_EXTENSION] = socketio
    return socketio


def hint(topic: str) -> None:
    """Tell every page that watches this topic to look again."""
    socketio: SocketIO = current_app.extensions[_EXTENSION]
    socketio.emit("changed", {"topic": topic}, to=topic)


@public
def _connect(_auth: object = None) -> None:
    """Let every page in: it hears nothing before it names a topic."""


@public
def _watch(order: object) -> dict[str, Any]:
    """Join a topic. Open to all because a hint carries no data."""
    topic = order.get("topic") if isinstance(order, dict) else None
    if not isinstance(topic, str) or not _TOPIC.fullmatch(topic):
        raise Refused("malformed", fault="topic")
    join_room(topic)
    return {"ok": True}


def _answer_refusal(error: Exception) -> dict[str, Any]:
    if isinstance(error, Refused):
        return {"ok": False, "code": error.code}
    raise error
