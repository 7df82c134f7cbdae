"""The kiosk as its own process: gunicorn on a free port, orders over HTTP."""

import os
import secrets
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import httpx
import msgspec

from crypto import messages
from tests.kiosk.hall import SealedPaper, TestSigner, write_folder
from web.contracts import KINDS, Body, BoxOpen, PairingAsked

ROOT = Path(__file__).parents[2]
START_SECONDS = 30


@dataclass
class ServedKiosk:
    """A kiosk in a folder, served to browsers."""

    folder: Path
    demo: bool = False
    port: int = 0
    signers: dict[str, TestSigner] = field(
        default_factory=lambda: {"admin": TestSigner(), "tally": TestSigner()}
    )
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.port = self.port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        write_folder(self.folder, self.signers, demo=self.demo, port=self.port)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        with (self.folder / "kiosk.log").open("ab") as log:
            self.process = subprocess.Popen(
                self._command(),
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait()

    def _command(self) -> list[str]:
        options = "--worker-class gthread --workers 1 --threads 32 --bind 127.0.0.1:"
        return [
            *(sys.executable, "-m", "gunicorn", *(options + str(self.port)).split()),
            *("--graceful-timeout", "1", "--no-control-socket"),
            f'kiosk.app:create_app("{self.folder}")',
        ]

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=20)
            self.process = None

    def kill(self) -> None:
        """Cut the power: every process of the service at once."""
        if self.process is not None:
            os.killpg(self.process.pid, 9)
            self.process.wait(timeout=20)
            self.process = None

    def order(self, kind: str, body: Body, uuid: str = "") -> Any:
        name = str(KINDS[kind].sender)
        sealed = messages.seal(
            self.signers[name],
            kind=kind,
            sender=name,
            recipient="kiosk",
            election=uuid,
            body=msgspec.json.encode(body),
            message_id=secrets.token_hex(16),
            issued_at=datetime.now(UTC),
        )
        response = httpx.post(f"{self.url}/messages", content=sealed, trust_env=False)
        assert response.status_code == 200, response.text
        envelope = msgspec.json.decode(response.content)
        return msgspec.json.decode(envelope["payload"])["body"]

    def seal(self, paper: SealedPaper) -> None:
        self.order("paper.sealed", paper.sealed(), paper.uuid)
        paper.start()

    def open(self, paper: SealedPaper) -> None:
        self.order("box.open", BoxOpen(paper.cards, ()), paper.uuid)

    def pairing_code(self, label: str = "Bàn 1") -> str:
        return str(self.order("tablet.pairing", PairingAsked(label))["code"])

    def log(self) -> str:
        return (self.folder / "kiosk.log").read_text(encoding="utf-8")

    def _wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            try:
                httpx.get(f"{self.url}/api/session", trust_env=False)
            except httpx.HTTPError:
                time.sleep(0.1)
            else:
                return
        raise TimeoutError(self.log())


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
