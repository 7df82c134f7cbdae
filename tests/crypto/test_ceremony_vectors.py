"""The vector of a whole election is what this code writes, byte for byte."""

import base64
import json
from pathlib import Path

import pytest

from crypto.audit import audit
from tests.vectors import ceremony


def test_the_vector_is_up_to_date() -> None:
    assert ceremony.build() == ceremony.FILE.read_text("utf-8")


def test_its_archive_passes_the_audit() -> None:
    vector = json.loads(ceremony.FILE.read_text("utf-8"))

    report = audit(base64.b64decode(vector["archive"]), workers=1)

    assert report.valid
    assert report.result == json.loads(vector["result"])["result"]


def test_main_writes_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ceremony, "FILE", tmp_path / "ceremony.json")

    ceremony.main()

    assert ceremony.FILE.exists()
