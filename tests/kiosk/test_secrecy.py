"""No store and no log can tell which tablet a ballot came from, or when.

A whole election is played with every clock different; then everything the service
kept is dumped and searched for a way from a tablet to a ballot.
"""

import json
import re
import sqlite3
import time
from pathlib import Path

import httpx
import pytest
from sqlalchemy import DateTime

from crypto import ballot, credentials
from kiosk.models import Base
from tests.kiosk.hall import Hall, SealedPaper, list_paper
from tests.kiosk.served import ServedKiosk
from web.contracts import BoxClose, TabletsAsked

BESIDE_BALLOTS = {"event", "datum", "ballot", "card", "ciphertext"}
BOARD_COLUMNS = {
    "event": {"election", "height", "type", "payload", "content"},
    "datum": {"election", "height", "position", "content"},
    "ballot": {"election", "hash", "tracker", "credential", "content"},
    "card": {"election", "credential", "state"},
    "ciphertext": {"election", "digest"},
}


def test_tables_beside_ballots_have_no_time_no_tablet_and_no_row_number(
    hall: Hall,
) -> None:
    database = sqlite3.connect(hall.folder / "service.sqlite")
    for name, columns in BOARD_COLUMNS.items():
        table = Base.metadata.tables[name]
        assert set(table.columns.keys()) == columns
        assert not any(isinstance(c.type, DateTime) for c in table.columns)
        assert not table.foreign_keys
        with pytest.raises(sqlite3.OperationalError, match="no such column"):
            database.execute(f"SELECT rowid FROM {name}")  # noqa: S608
    database.close()


def test_no_other_table_points_into_the_board() -> None:
    for name, table in Base.metadata.tables.items():
        if name in BESIDE_BALLOTS | {"box"}:
            continue
        named = {"tracker", "credential", "ballot", "height", "payload"}
        assert not named & set(table.columns.keys()), name
        assert not table.foreign_keys


def test_the_board_has_no_order_but_the_public_chain(hall: Hall) -> None:
    """Ballots are filed by their hash: whoever came first does not stand first."""
    sealed = SealedPaper(list_paper(1), cards=8)
    hall.seal(sealed)
    hall.open(sealed)
    tablet = hall.tablet()
    for card in range(8):
        assert tablet.cast(sealed.uuid, sealed.ballot(card)).status_code == 200

    database = sqlite3.connect(hall.folder / "service.sqlite")
    hashes = [row[0] for row in database.execute("SELECT hash FROM ballot")]
    database.close()
    assert hashes == sorted(hashes)
    assert len(hashes) == 8


# All that a log may tell: that the process began and ended.
LIFE_OF_A_PROCESS = (
    "Starting gunicorn",
    "Listening at",
    "Using worker",
    "Booting worker",
    "Control socket",
    "Handling signal",
    "Worker exiting",
    "Shutting down",
)


class Played:
    """An election played at two tablets of a real process, and all it left."""

    def __init__(self, folder: Path) -> None:
        self.sealed = SealedPaper(list_paper(2), cards=6)
        self.labels = ("Bàn 1", "Bàn 2")
        self.trackers: list[str] = []
        with ServedKiosk(folder) as kiosk:
            kiosk.seal(self.sealed)
            kiosk.open(self.sealed)
            self._vote(kiosk)
            self.ids = [
                t["id"] for t in kiosk.order("tablet.list", TabletsAsked())["tablets"]
            ]
            kiosk.order("box.close", BoxClose(), self.sealed.uuid)
        self.files = {
            path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()
        }
        self.rows = dump(folder / "service.sqlite")

    def _vote(self, kiosk: ServedKiosk) -> None:
        tablets = [client(kiosk, label) for label in self.labels]
        for card in range(6):
            raw = self.sealed.ballot(card)
            tablet = tablets[card % 2]
            tablet.post("/api/booth/state", json={"busy": True})
            path = f"/api/elections/{self.sealed.uuid}/ballots"
            answer = tablet.post(path, content=raw).json()
            assert answer["tracker"] == ballot.tracker(raw)
            self.trackers.append(answer["tracker"])
            time.sleep(0.15)
        for tablet in tablets:
            tablet.close()


def client(kiosk: ServedKiosk, label: str) -> httpx.Client:
    tablet = httpx.Client(base_url=kiosk.url, trust_env=False)
    token = tablet.get("/api/session").json()["csrf_token"]
    tablet.headers["X-CSRF-Token"] = token
    code = kiosk.pairing_code(label)
    assert tablet.post("/api/booth/pair", json={"code": code}).status_code == 200
    return tablet


def dump(path: Path) -> dict[str, list[dict[str, object]]]:
    database = sqlite3.connect(path)
    database.row_factory = sqlite3.Row
    names = [
        row[0]
        for row in database.execute("SELECT name FROM sqlite_master WHERE type='table'")
    ]
    rows = {
        name: [dict(row) for row in database.execute(f"SELECT * FROM {name}")]  # noqa: S608
        for name in names
    }
    database.close()
    return rows


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return Played(tmp_path_factory.mktemp("hall") / "kiosk")


def values(rows: list[dict[str, object]]) -> set[str]:
    return {text(value) for row in rows for value in row.values()}


def text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def test_no_row_about_tablets_shares_a_value_with_a_row_about_ballots(
    played: Played,
) -> None:
    """Nothing to join on: not an id, not a hash, not a number."""
    board = set().union(*(values(played.rows[name]) for name in BESIDE_BALLOTS))
    tablets = set().union(
        *(values(played.rows[name]) for name in ("tablet", "pairing", "received"))
    )
    trivial = {"None", "0", "1", "{}", ""}

    assert len(played.rows["ballot"]) == 6
    assert len(played.rows["tablet"]) == 2
    assert not (board & tablets) - trivial


def test_no_tablet_stands_anywhere_in_what_is_kept_of_the_board(played: Played) -> None:
    kept = " ".join(
        text(value)
        for name in BESIDE_BALLOTS
        for row in played.rows[name]
        for value in row.values()
    )

    for mark in (*played.ids, *played.labels, "127.0.0.1"):
        assert mark not in kept


def test_no_ballot_card_or_tracker_stands_outside_of_the_board(played: Played) -> None:
    marks = [*played.trackers, *(row["hash"] for row in played.rows["ballot"])]
    marks += [played.sealed.public(card) for card in range(6)]
    others = {
        name: json.dumps(rows, default=text)
        for name, rows in played.rows.items()
        if name not in BESIDE_BALLOTS
    }
    # The box's head is public and belongs to the closed board, not to a ballot.
    for name, content in others.items():
        for mark in marks:
            assert str(mark) not in content, name


def test_no_clock_ran_while_ballots_came_in(played: Played) -> None:
    """Every time that is kept is of a box or a tablet, before the first ballot or after
    the last; six ballots leave no time at all."""
    assert "record" in played.rows
    names = [row["name"] for row in played.rows["record"]]
    assert names == [
        "kiosk.paper.prepared",
        "kiosk.box.opened",
        *["kiosk.pairing.offered", "kiosk.tablet.paired"] * 2,
        "kiosk.box.closed",
    ]
    stamp = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d")
    for name in BESIDE_BALLOTS:
        for row in played.rows[name]:
            assert not any(stamp.search(text(value)) for value in row.values()), name


def test_the_log_knows_neither_tablets_nor_ballots_nor_when_they_met(
    played: Played,
) -> None:
    log = played.files["kiosk.log"].decode()
    marks = [
        *played.trackers,
        *played.ids,
        *played.labels,
        "/ballots",
        "/booth",
        "POST",
    ]

    for mark in marks:
        assert mark not in log
    for line in log.splitlines():
        assert any(word in line for word in LIFE_OF_A_PROCESS), line


def test_no_secret_of_a_card_reaches_the_kiosk(played: Played) -> None:
    for secret in played.sealed.credentials:
        exponent = str(credentials.secret_exponent(played.sealed.uuid, secret))
        for name, content in played.files.items():
            assert secret.encode() not in content, name
            assert exponent.encode() not in content, name
