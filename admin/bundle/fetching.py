"""Fetches the archive of a recorded count from the tally, once, into memory.

The console keeps nothing of it: no file, no row, no line in a log (docs/adr/0017).
"""

import hashlib
from collections.abc import Callable, Iterator
from http import HTTPStatus

import httpx

from admin.bundle.contents import MAX_ARCHIVE_BYTES
from web.contracts import ArchiveAsked, ArchiveTicket, Service
from web.errors import Refused
from web.peers import Peers, PeerUnreachable

_TALLY = Service.TALLY
_PATH = "/api/elections/{uuid}/archive.bel"


def fetch(
    peers: Peers,
    uuid: str,
    expected: str,
    *,
    progress: Callable[[int], None] = lambda _bytes: None,
    most: int = MAX_ARCHIVE_BYTES,
) -> bytes:
    """Return the archive.

    Args:
        peers: the other services.
        uuid: the election.
        expected: the SHA-256 that the tally signed, in hex.
        progress: told how many bytes have come.
        most: bytes that are taken before it is given up.

    Raises:
        Refused: the tally did not give it, or gave something else.
    """
    ticket: ArchiveTicket = peers.send(_TALLY, "archive.asked", ArchiveAsked(), uuid)
    url = peers.known[_TALLY].url + _PATH.format(uuid=uuid)
    whole = bytearray()
    for piece in _pieces(peers.client, url, ticket.ticket):
        whole += piece
        if len(whole) > most:
            raise Refused("archive_too_large", bytes=most)
        progress(len(whole))
    if hashlib.sha256(whole).hexdigest() != expected:
        raise Refused("archive_differs")
    return bytes(whole)


def _pieces(client: httpx.Client, url: str, ticket: str) -> Iterator[bytes]:
    headers = {"Authorization": f"Ticket {ticket}", "Accept-Encoding": "identity"}
    try:
        with client.stream("GET", url, headers=headers) as response:
            if response.status_code != HTTPStatus.OK:
                raise Refused("archive_not_given")
            yield from response.iter_raw()
    except httpx.HTTPError as error:
        raise PeerUnreachable(_TALLY) from error
