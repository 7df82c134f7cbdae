"""Where belenios-tool is, and an election to show it."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from crypto import trustees
from crypto.setup import SetupBytes
from tests.conformance.oracle import BeleniosTool
from tests.vectors.generate import FOLDER, KEY

_REPOSITORY = Path(__file__).parents[2]
_INSTALLER = _REPOSITORY.parent / "shared" / "tools" / "get-belenios-tool"
_CACHED = Path.home() / ".cache" / "belenios-tool-3.0" / "belenios-tool"


@pytest.fixture(scope="session")
def belenios_program() -> Path:
    if "BELENIOS_TOOL" in os.environ:
        return Path(os.environ["BELENIOS_TOOL"])
    if _INSTALLER.exists():
        found = subprocess.run([_INSTALLER], capture_output=True, check=True)
        return Path(found.stdout.decode().strip())
    if not _CACHED.exists():
        pytest.fail("belenios-tool 3.0 is not on this machine: set BELENIOS_TOOL")
    return _CACHED


@pytest.fixture
def belenios_tool(belenios_program: Path, tmp_path: Path) -> BeleniosTool:
    """belenios-tool in an empty folder."""
    return BeleniosTool(belenios_program, tmp_path)


@pytest.fixture(scope="session")
def vector_setup() -> SetupBytes:
    """The election of the shared vectors."""
    vectors = json.loads((FOLDER / "ballots.json").read_text("utf-8"))
    return SetupBytes(
        election=vectors["election"].encode(),
        trustees=b'[["Single",' + trustees.make_trustee_key(KEY) + b"]]",
        credentials=vectors["public_credentials"].encode(),
    )
