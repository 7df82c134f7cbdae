"""What a dishonest service could do to its own database, written by hand."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from crypto.ballot import tracker
from crypto.encoding import sha256_hex
from crypto.events import Event, EventType
from tests.integration.stores import database
from web.contracts import Service
from web.launcher.cluster import Cluster


@contextmanager
def opened(cluster: Cluster, service: Service) -> Iterator[sqlite3.Connection]:
    """Open a service's database and keep what is changed."""
    path = database(cluster.data, service)
    with closing(sqlite3.connect(path, timeout=15)) as store, store:
        yield store


def take_out_last_ballot(cluster: Cluster, uuid: str) -> str:
    """Remove the last ballot as if it had never been cast; return its card."""
    with opened(cluster, Service.KIOSK) as store:
        height, ballot = store.execute(
            "SELECT height, payload FROM event WHERE election = ? AND type = 'Ballot'"
            " ORDER BY height DESC LIMIT 1",
            (uuid,),
        ).fetchone()
        (card,) = store.execute(
            "SELECT credential FROM ballot WHERE hash = ?", (ballot,)
        ).fetchone()
        where = (uuid, height)
        store.execute("DELETE FROM event WHERE election = ? AND height = ?", where)
        store.execute("DELETE FROM ballot WHERE hash = ?", (ballot,))
        _set_card(store, card, "unused")
        (before,) = store.execute(
            "SELECT content FROM event WHERE election = ? AND height = ?",
            (uuid, height - 1),
        ).fetchone()
        _set_tip(store, uuid, sha256_hex(before), height - 1, -1)
    return str(card)


def exchange_last_ballot(cluster: Cluster, uuid: str, raw: bytes) -> None:
    """Put another ballot of the same card in place of the last one."""
    card = take_out_last_ballot(cluster, uuid)
    with opened(cluster, Service.KIOSK) as store:
        head, height = store.execute(
            "SELECT head, height FROM box WHERE uuid = ?", (uuid,)
        ).fetchone()
        event = Event(
            parent=head,
            height=height + 1,
            type=EventType.BALLOT,
            payload=sha256_hex(raw),
        )
        store.execute(
            "INSERT INTO ballot (election, hash, tracker, credential, content)"
            " VALUES (?, ?, ?, ?, ?)",
            (uuid, event.payload, tracker(raw), card, raw),
        )
        store.execute(
            "INSERT INTO event (election, height, type, payload, content)"
            " VALUES (?, ?, ?, ?, ?)",
            (uuid, event.height, event.type, event.payload, event.to_bytes()),
        )
        _set_card(store, card, "cast")
        _set_tip(store, uuid, event.hash, event.height, 1)


def lower_issued(cluster: Cluster, uuid: str, issued: int) -> None:
    """Let the console claim that fewer cards were handed out."""
    with opened(cluster, Service.ADMIN) as store:
        store.execute("UPDATE conference SET issued = ? WHERE uuid = ?", (issued, uuid))


def lower_cast(cluster: Cluster, uuid: str) -> None:
    """Let the box claim that it holds one ballot fewer than its board."""
    with opened(cluster, Service.KIOSK) as store:
        store.execute('UPDATE box SET "cast" = "cast" - 1 WHERE uuid = ?', (uuid,))


def _set_card(store: sqlite3.Connection, card: str, state: str) -> None:
    store.execute("UPDATE card SET state = ? WHERE credential = ?", (state, card))


def _set_tip(
    store: sqlite3.Connection, uuid: str, head: str, height: int, cast: int
) -> None:
    store.execute(
        'UPDATE box SET head = ?, height = ?, "cast" = "cast" + ? WHERE uuid = ?',
        (head, height, cast, uuid),
    )
