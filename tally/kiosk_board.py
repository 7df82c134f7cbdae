"""The kiosk's public board, read over HTTP like anybody reads it.

Nothing here is believed: the follower checks every event. What cannot be read at all
is a BoardUnreachable, and the mirror tries again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import httpx
import msgspec

from crypto.archive import ArchiveHeader
from crypto.encoding import read
from crypto.errors import ProtocolError
from tally.links import Link

_BLOCK = 512  # a tar header, and after it the archive's own header
_TIMEOUT_SECONDS = 10.0
_T = TypeVar("_T")


class BoardUnreachable(Exception):  # noqa: N818 (says what is the case)
    """The kiosk's board cannot be read now."""


class Tip(msgspec.Struct, frozen=True):
    """What the board says of itself."""

    uuid: str
    state: str
    cast: int
    head: str | None
    height: int
    finished: bool


class _Shown(msgspec.Struct, frozen=True):
    data: tuple[str, ...]
    event: str


class _Page(msgspec.Struct, frozen=True):
    events: tuple[_Shown, ...]


@dataclass(frozen=True)
class KioskBoard:
    """Reads the boards of one kiosk."""

    client: httpx.Client
    url: str

    @classmethod
    def at(cls, url: str) -> "KioskBoard":
        client = httpx.Client(timeout=_TIMEOUT_SECONDS, trust_env=False)
        return cls(client, url)

    def tip(self, uuid: str) -> Tip:
        """Return where the board ends now.

        Raises:
            BoardUnreachable: no answer that makes sense.
        """
        return self._get(f"/api/board/{uuid}", Tip)

    def links(self, uuid: str, start: int, limit: int) -> list[Link]:
        """Return events from a height on, each with its data.

        Raises:
            BoardUnreachable: no answer that makes sense.
        """
        params = {"from": start, "limit": limit}
        page = self._get(f"/api/board/{uuid}/events", _Page, params)
        return [
            Link(tuple(text.encode() for text in each.data), each.event.encode())
            for each in page.events
        ]

    def timestamp(self, uuid: str) -> int:
        """Return the archive's one time stamp, from the head of the `.bel` file.

        Raises:
            BoardUnreachable: no answer that makes sense.
        """
        try:
            with self.client.stream("GET", f"{self.url}/board/{uuid}.bel") as answer:
                answer.raise_for_status()
                start = b""
                for piece in answer.iter_bytes():
                    start += piece
                    if len(start) >= 2 * _BLOCK:
                        break
            header = read(start[_BLOCK : 2 * _BLOCK].rstrip(b"\0"), ArchiveHeader)
            return int(header.timestamp)
        except (httpx.HTTPError, ProtocolError) as error:
            raise BoardUnreachable(uuid) from error

    def _get(
        self, path: str, kind: type[_T], params: Mapping[str, int] | None = None
    ) -> _T:
        try:
            answer = self.client.get(self.url + path, params=params)
            answer.raise_for_status()
            return msgspec.json.decode(answer.content, type=kind)
        except (httpx.HTTPError, msgspec.MsgspecError) as error:
            raise BoardUnreachable(path) from error
