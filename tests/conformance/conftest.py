"""Where belenios-tool is, and an election to show it."""

import json
from pathlib import Path

import pytest

from crypto import trustees
from crypto.setup import SetupBytes
from tests.conformance.oracle import BeleniosTool, find_program
from tests.vectors.generate import FOLDER, KEY


@pytest.fixture(scope="session")
def belenios_program() -> Path:
    return find_program()


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
