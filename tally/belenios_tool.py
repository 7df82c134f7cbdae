"""Stock belenios-tool at work on a copy of a finished archive.

The tool counts what anybody could take home. It is started as a process of its own,
never through a shell, in a folder of its own and with next to no environment; it needs
no network.

Its `election verify` alone is not enough: it drops what it found about ballots, and
does not compare the sums with them. So, in this order:

1. the tool is of the version whose archives we write;
2. chain, proofs of trustees and decryptions, and result hold together;
3. the sums of the ballots are those that were opened;
4. the result follows from the decryptions, and is ours;
5. ballots are valid, each on its own, as many as the time allows.
"""

import os
import signal
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from crypto import SPECIFICATION
from crypto.setup import SetupBytes

_SECONDS = 600.0  # for one look at a whole archive; 60 ballots of 60 take one
_BALLOT_SECONDS = 120.0  # for looking at ballots one by one, all together
_LOOK_SECONDS = 0.5  # between two looks whether to go on waiting
_NO = 124  # how the tool leaves when it says no; any other way is a breakdown
_MAJOR = SPECIFICATION.split()[-1].split(".", maxsplit=1)[0] + "."


class Disagrees(Exception):  # noqa: N818 - a finding, not a fault
    """The tool says no, or counts otherwise; `step` says where."""

    def __init__(self, step: str) -> None:
        super().__init__(step)
        self.step = step


class ToolFailed(Exception):  # noqa: N818 - says who failed
    """The tool could not be used; `reason` says why. It says nothing of the count."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Stopped(Exception):  # noqa: N818 - nobody's fault
    """The service is going down; the tool was not waited for."""


@dataclass(frozen=True)
class Counted:
    """What the service counted, for the tool to count again.

    Attributes:
        source: the sealed paper.
        archive: the file, piece by piece.
        cast: how many ballots there are.
        ballots: every ballot, in any order; taken one at a time.
        sums: the encrypted tally, then its sized payload.
        result: the result.
    """

    source: SetupBytes
    archive: Iterable[bytes]
    cast: int
    ballots: Iterable[bytes]
    sums: tuple[bytes, bytes]
    result: bytes


@dataclass(frozen=True)
class BeleniosTool:
    """The tool in one empty folder."""

    program: Path
    folder: Path
    stopped: Event

    def version(self) -> str:
        """Return which version the tool is of.

        Raises:
            ToolFailed: it does not start, or does not know our archives.
        """
        said = self._run(self.folder, "--version", step="version")  # (1)
        words = said.decode(errors="replace").split()
        if not words or not words[0].startswith(_MAJOR):
            raise ToolFailed("version")
        return words[0]

    def count(self, counted: Counted) -> int:
        """Count an archive again and return how many ballots were looked at singly.

        Raises:
            Disagrees: the tool says no, or counts otherwise.
            ToolFailed: it broke down, or took too long.
        """
        whole = self._new_folder("whole")
        with (whole / "archive.bel").open("wb") as file:
            file.writelines(counted.archive)
        self._run(
            whole, "election", "verify", "--skip-ballot-check", step="archive"
        )  # (2)
        sums = b"\n".join((*counted.sums, b""))
        self._compare(whole, "encrypted_tally", "compute-encrypted-tally", sums)  # (3)
        self._compare(whole, "result", "compute-result", counted.result + b"\n")  # (4)
        return self._look_at(counted)

    def _look_at(self, counted: Counted) -> int:  # (5)
        """Look at ballots one by one, beside nothing but the sealed paper."""
        folder = self._open_paper(counted.source)
        until = time.monotonic() + _BALLOT_SECONDS
        looked = 0
        for ballot in counted.ballots:
            if time.monotonic() > until:
                break
            (folder / "ballot.json").write_bytes(ballot)
            order = ("election", "verify-ballot", "--ballot", "ballot.json")
            self._run(folder, *order, step="ballot")
            looked += 1
        return looked

    def _open_paper(self, source: SetupBytes) -> Path:
        folder = self._new_folder("paper")
        (folder / "election.json").write_bytes(source.election)
        (folder / "trustees.json").write_bytes(source.trustees)
        (folder / "public_creds.json").write_bytes(source.credentials)
        self._run(folder, "archive", "init", step="archive")
        return folder

    def _new_folder(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir()
        return folder

    def _compare(self, folder: Path, step: str, command: str, ours: bytes) -> None:
        if self._run(folder, "election", command, step=step) != ours:
            raise Disagrees(step)

    def _run(self, folder: Path, *arguments: str, step: str) -> bytes:
        """Run a command to its end and return what it printed."""
        try:
            process = subprocess.Popen(  # noqa: S603 - named by whoever installed us
                [self.program, *arguments],
                cwd=folder,
                env={"PATH": os.defpath, "HOME": str(folder), "LC_ALL": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # its messages repeat whole ballots
                start_new_session=True,
            )
        except OSError as error:
            raise ToolFailed("broken") from error
        with process:
            printed = self._await(process)
        if process.returncode == _NO:
            raise Disagrees(step)
        if process.returncode:
            raise ToolFailed("broken")
        return printed

    def _await(self, process: subprocess.Popen[bytes]) -> bytes:
        until = time.monotonic() + _SECONDS
        while True:
            try:
                return process.communicate(timeout=_LOOK_SECONDS)[0]
            except subprocess.TimeoutExpired:
                late = time.monotonic() > until
                if late or self.stopped.is_set():
                    os.killpg(process.pid, signal.SIGKILL)  # with its children
                    raise (ToolFailed("time") if late else Stopped) from None
