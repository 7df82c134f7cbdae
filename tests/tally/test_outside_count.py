"""The third count, by the real belenios-tool and by installations that are damaged."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tally import belenios_tool
from tally.models import Count
from tests.conformance.oracle import find_program
from tests.tally.room import Room
from web.contracts import ToolCount

SHELL = "#!/bin/sh\n"
# Damaged installations; "$REAL" is the program as it should be.
DAMAGED = {
    "another result": (
        'case "$*" in *compute-result*) echo "[]";; *) exec "$REAL" "$@";; esac',
        ("differs", "result"),
    ),
    "another number": (
        '"$REAL" "$@" | sed s/1,1/2,0/',
        ("differs", "result"),
    ),
    "other sums": (
        'case "$*" in *encrypted-tally*) echo "[]";; *) exec "$REAL" "$@";; esac',
        ("differs", "encrypted_tally"),
    ),
    "no to a ballot": (
        'case "$*" in *verify-ballot*) exit 124;; *) exec "$REAL" "$@";; esac',
        ("differs", "ballot"),
    ),
    "no to the archive": (
        'case "$*" in *--skip*) exit 124;; *) exec "$REAL" "$@";; esac',
        ("differs", "archive"),
    ),
    "another version": ('echo "2.5.1"', ("failed", "version")),
    "something else": ('echo "không phải"', ("failed", "version")),
    "no version": ("exit 124", ("failed", "version")),
    "a crash at the start": ("kill -SEGV $$", ("failed", "broken")),
    "a crash later": (
        'case "$*" in *compute-result*) exit 2;; *) exec "$REAL" "$@";; esac',
        ("failed", "broken"),
    ),
}


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A room whose result is open; each test has it counted by its own tool."""
    room = Room(tmp_path_factory.mktemp("room"))
    room.ready().seal().open()
    room.vote(0, [[1, 0]] * 3)
    room.vote(1, [[0, 1], [0, 0], [1, 0]])
    room.close(cast=2)
    room.unseal(0, 1)
    room.confirm(0, 1)
    yield room
    room.end()


def installed(room: Room, program: Path | str) -> None:
    """Install a tool and start again, as if none had counted before."""
    with room.sessions.begin() as session:
        session.get_one(Count, room.uuid).tool = None
    restarted(room, program)


def restarted(room: Room, program: Path | str) -> None:
    file = room.place / "settings.toml"
    kept = re.sub('belenios_tool = ".*"\n', "", file.read_text("utf-8"))
    file.write_text(f'belenios_tool = "{program}"\n{kept}', encoding="utf-8")
    room.restart()


def script(folder: Path, text: str) -> Path:
    file = folder / "belenios-tool"
    file.write_text(f'{SHELL}REAL="{find_program()}"\n{text}\n', encoding="utf-8")
    file.chmod(0o755)
    return file


def ended(room: Room) -> Any:
    deadline = time.monotonic() + 30
    while (tool := room.state()["tool"])["state"] == "running":
        assert time.monotonic() < deadline, "belenios-tool does not end"
        time.sleep(0.05)
    return tool


def refusal(room: Room) -> str:
    return room.leader().refused(room.members[0].path("close"))


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_installation_is_told_from_another_count(
    name: str, counted: Room, tmp_path: Path
) -> None:
    text, (state, detail) = DAMAGED[name]
    installed(counted, script(tmp_path, text))

    tool = ended(counted)

    assert (tool["state"], tool["detail"]) == (state, detail)
    # Who counts otherwise stops the closing; who does not work says nothing.
    assert (
        counted.state()["closing"] == {"differs": "counts_differ", "failed": ""}[state]
    )
    if state == "differs":
        assert refusal(counted) == "counts_differ"


def test_a_tool_that_takes_too_long_is_not_waited_for(
    counted: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(belenios_tool, "_SECONDS", 0.1)
    installed(counted, script(tmp_path, "sleep 60"))

    assert ended(counted) == {"state": "failed", "version": "", "detail": "time"}


def test_without_the_tool_there_are_two_counts(counted: Room, tmp_path: Path) -> None:
    installed(counted, tmp_path / "nowhere")

    assert counted.state()["tool"] is None
    assert counted.state()["closing"] == ""


def test_a_run_that_was_cut_short_begins_again_and_is_recorded(
    counted: Room, tmp_path: Path
) -> None:
    installed(counted, script(tmp_path, "sleep 60"))
    assert counted.state()["tool"]["state"] == "running"
    assert counted.state()["closing"] == refusal(counted) == "tool_running"

    begun = time.monotonic()
    restarted(counted, find_program())

    assert time.monotonic() - begun < 30  # nobody waited for the sleeper
    assert ended(counted) == {"state": "agrees", "version": "3.0", "detail": "2/2"}
    counted.leader().done(counted.members[0].path("close"))
    (recorded,) = counted.posted("count.recorded")
    assert recorded.tool == ToolCount("3.0", agrees=True)
    assert list(Path(counted.place).glob("**/phieukin-*")) == []
