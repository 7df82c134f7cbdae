"""Turnout while voting: how many ballots the public board says are in the box."""

import time
from typing import Final

import httpx
import msgspec
from flask import current_app

from web.peers import Peers

EXTENSION = "phieukin.turnout"
_BOARD_SECONDS: Final = 2.0  # a page must not wait longer for a turnout
_FRESH_SECONDS: Final = 1.0  # many pages ask, the box is asked once a second


class _Board(msgspec.Struct, frozen=True):
    """What of the public board a turnout needs."""

    uuid: str
    cast: int


class Turnout:
    """The number of ballots in open boxes, kept in memory for a second."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, int]] = {}

    def of(self, peers: Peers, uuid: str) -> int | None:
        """Return the number, or nothing while the box cannot be asked."""
        known = self._known.get(uuid)
        if known is not None and time.monotonic() - known[0] < _FRESH_SECONDS:
            return known[1]
        found = _ask(peers, uuid)
        if found is not None:
            self._known[uuid] = (time.monotonic(), found)
        return found


def current_turnout() -> Turnout:
    """Return the turnout of the running service."""
    turnout: Turnout = current_app.extensions[EXTENSION]
    return turnout


def _ask(peers: Peers, uuid: str) -> int | None:
    url = f"{peers.known['kiosk'].url}/api/board/{uuid}"
    try:
        response = peers.client.get(url, timeout=_BOARD_SECONDS)
        response.raise_for_status()
        board = msgspec.json.decode(response.content, type=_Board)
    except (httpx.HTTPError, msgspec.MsgspecError):
        return None
    return board.cast if board.uuid == uuid else None
