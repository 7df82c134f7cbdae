"""Power cuts: a real process is killed at every write of one ballot.

Whatever the moment, afterwards the card is unused or exactly one ballot is recorded,
the chain is whole, and sending the same ballot again ends with one ballot.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from crypto import archive, ballot
from kiosk import board, checking
from kiosk.app import create_app
from kiosk.models import BallotRow, BoxRow, CardRow, CiphertextRow, EventRow
from tests.kiosk.hall import Hall, SealedPaper, Tablet, list_paper
from tests.kiosk.served import ServedKiosk
from tests.kiosk.test_secrecy import client

ROOT = Path(__file__).parents[2]

# One process imports the service once, and a fork of it dies in each cut.
FORKS = """
import json, os, sys
from tests.kiosk import test_crash

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        test_crash.cast_until(**json.loads(line))
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)
"""


def cast_until(folder: str, uuid: str, token: str, moment: str, count: int) -> None:
    """Cast with the real service, with a switch that cuts the power.

    It cuts before the n-th write of the ballot's transaction, before its commit, or
    between the commit and the answer.
    """
    app = create_app(folder)
    client = app.test_client()
    client.set_cookie("phieukin_tablet", token)
    tablet = Tablet(client)
    engine = app.extensions["phieukin.sessions"].engine
    if moment == "write":
        event.listen(engine, "before_cursor_execute", _CutBeforeWrite(count))
    elif moment == "commit":
        event.listen(engine, "commit", cut)
    else:
        event.listen(Session, "after_commit", cut)
    answer = tablet.cast(uuid, Path(folder, "ballot.json").read_bytes())
    app.extensions[checking.EXTENSION].close()
    os._exit(0 if answer.status_code == 200 else 1)


def cut(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class _CutBeforeWrite:
    """Counts what a transaction writes, and cuts before the n-th."""

    def __init__(self, number: int) -> None:
        self._left = number

    def __call__(self, _connection: Any, _cursor: Any, text: str, *_: object) -> None:
        self._left -= text.startswith(("INSERT", "UPDATE"))
        if self._left == 0:
            cut()


@dataclass
class Kiosks:
    """Kiosks that live for one ballot, or less."""

    parent: subprocess.Popen[str]

    def cast_and_die(
        self, hall: Hall, uuid: str, token: str, moment: str, count: int
    ) -> bool:
        """Cast in a process of its own; say whether it died before it answered."""
        order = {"uuid": uuid, "token": token, "moment": moment, "count": count}
        assert self.parent.stdin is not None
        assert self.parent.stdout is not None
        print(
            json.dumps({"folder": str(hall.folder), **order}),
            file=self.parent.stdin,
            flush=True,
        )
        ended = int(self.parent.stdout.readline())
        assert ended in {0, -signal.SIGKILL}
        return ended != 0


@pytest.fixture(scope="module")
def kiosks() -> Iterator[Kiosks]:
    with subprocess.Popen(
        [sys.executable, "-c", FORKS],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        yield Kiosks(parent)


def recorded(hall: Hall, sealed: SealedPaper) -> int:
    """How many ballots the box holds; everything in it must say the same."""
    with hall.session() as session:
        ballots = session.query(BallotRow).count()
        used = session.query(CardRow).filter_by(state="cast").count()
        events = session.query(EventRow).filter_by(type="Ballot").count()
        marks = session.query(CiphertextRow).count()
        box = session.get_one(BoxRow, sealed.uuid)
        chain = board.replay(session, sealed.uuid)
    assert used == events == box.cast == chain.ballots == ballots
    assert marks == ballots * 2 * len(sealed.questions)
    assert (chain.head, chain.height) == (box.head, box.height)
    return ballots


@pytest.fixture
def one_card(hall: Hall) -> SealedPaper:
    sealed = SealedPaper(list_paper(1), cards=1)
    hall.seal(sealed)
    hall.open(sealed)
    (hall.folder / "ballot.json").write_bytes(sealed.ballot(0))
    return sealed


def send_again(hall: Hall, sealed: SealedPaper, token: str) -> None:
    """After the cut: the same ballot is answered, and stands there once."""
    tablet = Tablet(hall.app.test_client())
    tablet.client.set_cookie("phieukin_tablet", token)
    raw = (hall.folder / "ballot.json").read_bytes()

    again = tablet.cast(sealed.uuid, raw)

    assert again.json == {"ok": True, "tracker": ballot.tracker(raw)}
    assert recorded(hall, sealed) == 1


def test_a_power_cut_at_any_write_leaves_an_unused_card(
    hall: Hall, one_card: SealedPaper, kiosks: Kiosks
) -> None:
    token = token_of(hall)
    cuts = 0
    while kiosks.cast_and_die(hall, one_card.uuid, token, "write", cuts + 1):
        cuts += 1
        assert recorded(hall, one_card) == 0

    # The card, the box, the event, the ballot and its marks.
    assert cuts == 5
    send_again(hall, one_card, token)


@pytest.mark.parametrize(("moment", "left"), [("commit", 0), ("answer", 1)])
def test_a_power_cut_around_the_commit_leaves_none_or_one(
    hall: Hall, one_card: SealedPaper, kiosks: Kiosks, moment: str, left: int
) -> None:
    token = token_of(hall)

    assert kiosks.cast_and_die(hall, one_card.uuid, token, moment, 1)

    assert recorded(hall, one_card) == left
    send_again(hall, one_card, token)


def token_of(hall: Hall) -> str:
    tablet = hall.tablet()
    cookie = tablet.client.get_cookie("phieukin_tablet")
    assert cookie is not None
    return cookie.value


def test_a_killed_kiosk_starts_again_and_has_lost_nothing(tmp_path: Path) -> None:
    """Every process of the served kiosk is killed while ballots pour in."""
    sealed = SealedPaper(list_paper(1), cards=12)
    ballots = [sealed.ballot(card) for card in range(12)]
    kiosk = ServedKiosk(tmp_path / "kiosk")
    path = f"/api/elections/{sealed.uuid}/ballots"
    with kiosk:
        kiosk.seal(sealed)
        kiosk.open(sealed)
        tablet = client(kiosk, "Bàn 1")
        answered = [tablet.post(path, content=raw).json() for raw in ballots[:5]]
        senders = [send_only(kiosk, tablet, path, raw) for raw in ballots[5:]]
        kiosk.kill()
        for sender in senders:
            sender.close()
        kiosk.start()
        again = [tablet.post(path, content=raw).json() for raw in ballots]

        assert again[:5] == answered
        assert [a["tracker"] for a in again] == [ballot.tracker(b) for b in ballots]
        exported = tablet.get(f"/board/{sealed.uuid}.bel").content
        tip = tablet.get(f"/api/board/{sealed.uuid}").json()
        tablet.close()
    records = archive.read_archive(exported).records
    kept = [r.content for r in records if r.content in set(ballots)]
    assert sorted(kept) == sorted(ballots)
    assert (tip["cast"], tip["height"]) == (12, 12)


def send_only(kiosk: ServedKiosk, tablet: object, path: str, raw: bytes) -> object:
    """Send a ballot and do not wait for its answer."""
    import socket  # noqa: PLC0415

    cookies = "; ".join(f"{k}={v}" for k, v in tablet.cookies.items())  # type: ignore[attr-defined]
    token = tablet.headers["X-CSRF-Token"]  # type: ignore[attr-defined]
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{kiosk.port}\r\nCookie: {cookies}\r\n"
        f"X-CSRF-Token: {token}\r\nContent-Length: {len(raw)}\r\n\r\n"
    )
    connection = socket.create_connection(("127.0.0.1", kiosk.port))
    connection.sendall(head.encode() + raw)
    return connection
