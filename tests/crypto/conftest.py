"""The election of the shared vectors, loaded."""

import json
from typing import Any

import hypothesis
import pytest

from crypto import trustees
from crypto.setup import Setup, SetupBytes
from tests.vectors.generate import FOLDER, KEY

# A loaded machine is slow, not wrong.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")


@pytest.fixture(scope="session")
def vectors() -> dict[str, Any]:
    """Every vector file by its name without the ending."""
    return {path.stem: json.loads(path.read_bytes()) for path in FOLDER.glob("*.json")}


@pytest.fixture(scope="session")
def source(vectors: dict[str, Any]) -> SetupBytes:
    return SetupBytes(
        election=vectors["ballots"]["election"].encode(),
        trustees=b'[["Single",' + trustees.make_trustee_key(KEY) + b"]]",
        credentials=vectors["ballots"]["public_credentials"].encode(),
    )


@pytest.fixture(scope="session")
def setup(source: SetupBytes) -> Setup:
    return Setup.load(source)
