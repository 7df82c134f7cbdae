"""Stock belenios-tool 3.0 as the other side of every conformance test."""

import fcntl
import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

GROUP = ("--group", "Ed25519")
_SHOWN = 300  # its messages repeat whole ballots


_REPOSITORY = Path(__file__).parents[2]
_INSTALLER = _REPOSITORY.parent / "shared" / "tools" / "get-belenios-tool"
_LOCK = _REPOSITORY / "build" / "belenios-tool.lock"
_CACHED = Path.home() / ".cache" / "belenios-tool-3.0" / "belenios-tool"


@cache
def find_program() -> Path:
    """Return where the tool is on this machine; without it a test has failed.

    One process at a time: on a fresh machine the first to ask installs it.
    """
    if "BELENIOS_TOOL" in os.environ:
        return Path(os.environ["BELENIOS_TOOL"])
    if _INSTALLER.exists():
        _LOCK.parent.mkdir(exist_ok=True)
        with _LOCK.open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # released when the file is closed
            found = subprocess.run([_INSTALLER], capture_output=True, check=True)
        return Path(found.stdout.decode().strip())
    if not _CACHED.exists():
        pytest.fail("belenios-tool 3.0 is not on this machine: set BELENIOS_TOOL")
    return _CACHED


class RefusedError(Exception):
    """belenios-tool said no."""


@dataclass(frozen=True)
class BeleniosTool:
    """The tool at work in one folder."""

    program: Path
    folder: Path

    def run(self, *arguments: str, text: str = "") -> str:
        """Run a command, return what it printed, raise Refused if it failed."""
        done = subprocess.run(
            [self.program, *arguments],
            cwd=self.folder,
            input=text.encode(),
            capture_output=True,
            check=False,
        )
        if done.returncode:
            reason = done.stderr.decode(errors="replace")
            raise RefusedError(f"{arguments}: {reason[:_SHOWN]}")
        return done.stdout.decode()

    def version(self) -> str:
        return self.run("--version").strip()

    def write(self, name: str, data: bytes | str) -> str:
        raw = data.encode() if isinstance(data, str) else data
        (self.folder / name).write_bytes(raw)
        return name

    def read(self, pattern: str) -> bytes:
        """Return the one file that matches, without its final line feed."""
        (path,) = self.folder.glob(pattern)
        return path.read_bytes().rstrip(b"\n")

    def open_election(self, election: bytes, trustees: bytes, creds: bytes) -> None:
        """Put an election that we wrote before the tool."""
        self.write("election.json", election)
        self.write("trustees.json", trustees)
        self.write("public_creds.json", creds)
        self.run("archive", "init")

    def make_trustee(self) -> None:
        """Let the tool make one Single trustee."""
        self.run("setup", "generate-trustee-key", *GROUP)
        self.write("public_keys.jsons", self.read("*.pubkey") + b"\n")
        self.run("setup", "make-trustees")

    def make_election(self, uuid: str, questions: Sequence[Any]) -> None:
        """Let the tool make an election for the trustees in the folder."""
        template = {
            "description": "Bầu thử 😀",
            "name": 'Hội nghị "mẫu"',
            "questions": questions,
            "administrator": "Ban tổ chức",
            "credential_authority": "Thư ký",
        }
        self.write("template.json", json.dumps(template, ensure_ascii=False))
        options = ("--uuid", uuid, "--template", "template.json")
        self.run("setup", "make-election", *GROUP, *options)

    def make_credentials(self, uuid: str, count: int) -> list[str]:
        """Let the tool draw cards; returns the private credentials."""
        options = ("--uuid", uuid, "--count", str(count))
        self.run("setup", "generate-credentials", *GROUP, *options)
        listed = [entry.split(",")[0] for entry in json.loads(self.read("*.pubcreds"))]
        self.write("public_creds.json", json.dumps(listed, separators=(",", ":")))
        return list(json.loads(self.read("*.privcreds")).values())
