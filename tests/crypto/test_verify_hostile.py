"""Files made to break the auditor, not the audit: a verdict, never a traceback."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from crypto.events import EventType
from crypto.verify import verify
from tests.hostile.tools import started
from tests.simulator import Simulator

DEEP = b"[" * 100_000 + b"]" * 100_000
HALF = "\ud800"  # half of a pair: JSON can spell it, UTF-8 cannot
ERASING = "\x1b[2J\x1b[H21. \u2713 \u0110\u1ea0T\u202e"


def audited(tmp_path: Path, data: bytes, *options: str) -> Result:
    file = tmp_path / "archive.bel"
    file.write_bytes(data)
    done = CliRunner().invoke(verify, [str(file), "--workers", "1", *options])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done


def failed(tmp_path: Path, data: bytes) -> set[str]:
    assert audited(tmp_path, data).exit_code == 1
    return set(json.loads(audited(tmp_path, data, "--json").stdout)["failed"])


def with_ballot(raw: bytes) -> bytes:
    simulator = started()
    simulator.add(EventType.BALLOT, raw)
    return simulator.finish().archive()


def with_setup(part: str, change: Callable[[Any], Any]) -> bytes:
    """An archive whose setup is changed and spelled in ASCII, escapes and all."""
    simulator = Simulator()
    files = [simulator.source.election, simulator.source.trustees]
    files += [simulator.source.credentials, simulator.source.setup_data]
    at = ("election", "trustees", "credentials").index(part)
    files[at] = json.dumps(change(json.loads(files[at]))).encode()
    changed = type(simulator.source)(*files[:3])
    simulator.add(EventType.SETUP, *files[:3], changed.setup_data)
    return simulator.finish().archive()


def certificate(tree: Any) -> Any:
    tree[0][1]["certs"][0]["message"] = HALF
    return tree


@pytest.mark.parametrize(
    "raw", [DEEP, b'{"x":' + DEEP + b"}", b'{"credential":"\xff"}', b""]
)
def test_a_ballot_that_is_no_ballot(tmp_path: Path, raw: bytes) -> None:
    assert "ballots.form" in failed(tmp_path, with_ballot(raw))


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("election", lambda tree: tree | {"name": HALF}),
        ("election", lambda _tree: {HALF: 1}),
        ("trustees", certificate),
        ("trustees", lambda _tree: HALF),
        ("credentials", lambda _tree: [HALF]),
    ],
)
def test_text_that_is_not_unicode(
    tmp_path: Path, part: str, change: Callable[[Any], Any]
) -> None:
    assert f"setup.{part}" in failed(tmp_path, with_setup(part, change))


def test_a_name_cannot_write_over_the_verdict(tmp_path: Path) -> None:
    data = with_setup("election", lambda tree: tree | {"name": ERASING})

    done = audited(tmp_path, data)

    assert done.exit_code == 1
    printed = done.stdout.replace("\n", "").replace("\ufffd", "")
    assert printed.isprintable()


def test_a_pipe_and_a_device_are_not_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.bel"
    os.mkfifo(pipe)

    for file in (pipe, Path("/dev/zero"), tmp_path):
        assert CliRunner().invoke(verify, [str(file)]).exit_code == 2


def test_a_large_empty_file_is_refused_at_once(tmp_path: Path) -> None:
    file = tmp_path / "sparse.bel"
    with file.open("wb") as sparse:
        sparse.truncate(256 * 1024 * 1024)

    assert CliRunner().invoke(verify, [str(file)]).exit_code == 2
