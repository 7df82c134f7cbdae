"""The same facts give the same bytes, in another process and an hour later."""

import hashlib
import os
import subprocess
import sys
import time

import pytest

from admin.documents.catalogue import document
from admin.documents.making import forms, make
from admin.documents.words import Words
from tests.admin.documents.records_sample import ordinary


def _sums() -> list[str]:
    """One document will do: this one has every kind of block."""
    words, minutes = Words("vi"), document("bien-ban-kiem-phieu")
    made = (make(minutes, ordinary(), words, form) for form in forms(minutes, words))
    return [f"{one.file_name} {hashlib.sha256(one.data).hexdigest()}" for one in made]


def test_two_processes_make_the_same_files(monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = subprocess.run(
        [sys.executable, "-m", "tests.admin.documents.test_engine_repeatable"],
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "America/Lima"},
        capture_output=True,
        text=True,
        check=True,
    )
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3600)

    assert len(_sums()) == 3
    assert elsewhere.stdout.splitlines() == _sums()


if __name__ == "__main__":
    print("\n".join(_sums()))
