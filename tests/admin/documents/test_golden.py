"""Every document in both layouts says what its golden file says, to the letter.

PHIEUKIN_GOLDEN=write writes them anew: read what changed before it is committed.
"""

import hashlib
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from admin.documents.catalogue import DOCUMENTS, document
from admin.documents.making import forms, make
from admin.documents.words import Words
from tests.admin.documents import records_sample
from tests.admin.documents.reading import read

GOLDEN = Path(__file__).parents[2] / "golden" / "documents"
WORDS = Words("vi")
LAYOUTS = ("party", "state")
NAMES = tuple(each.name for each in DOCUMENTS)
FRESH = """
import hashlib, sys
from admin.documents.catalogue import DOCUMENTS
from admin.documents.making import forms, make
from admin.documents.words import Words
from tests.admin.documents import records_sample
words, kept = Words("vi"), records_sample.ordinary("state")
for each in DOCUMENTS:
    for form in forms(each, words):
        made = make(each, kept, words, form)
        print(made.file_name, hashlib.sha256(made.data).hexdigest())
"""


@cache
def files(layout: str) -> dict[str, bytes]:
    """Make every document once."""
    kept = records_sample.ordinary(layout)
    found = (
        make(each, kept, WORDS, form)
        for each in DOCUMENTS
        for form in forms(each, WORDS)
    )
    return {made.file_name: made.data for made in found}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", NAMES)
def test_a_document_says_what_it_said(name: str, layout: str) -> None:
    for form in forms(document(name), WORDS):
        said = read(files(layout)[f"{name}.{form}"], form)
        path = GOLDEN / f"{name}-{layout}.{form}.txt"
        if os.environ.get("PHIEUKIN_GOLDEN") == "write":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(said, encoding="utf-8")
        assert said == path.read_text(encoding="utf-8"), path.name


def test_there_is_no_golden_file_of_nothing() -> None:
    expected = {
        f"{each.name}-{layout}.{form}.txt"
        for each in DOCUMENTS
        for layout in LAYOUTS
        for form in forms(each, WORDS)
    }

    assert {path.name for path in GOLDEN.iterdir()} == expected


def test_a_fresh_process_elsewhere_makes_the_same_bytes() -> None:
    """Neither the order of sets nor the hour or the zone of a machine is in them."""
    said = subprocess.run(
        [sys.executable, "-c", FRESH],
        env={**os.environ, "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    ours = {
        name: hashlib.sha256(data).hexdigest() for name, data in files("state").items()
    }

    assert dict(line.split() for line in said.splitlines()) == ours


@pytest.mark.parametrize("name", NAMES)
def test_the_longest_names_and_sixty_people_fit(name: str) -> None:
    """Layouts differ in the head alone, which the longest office fills in both."""
    for layout in LAYOUTS:
        kept = records_sample.longest(layout)
        said = read(make(document(name), kept, WORDS, "pdf").data, "pdf")
        flat = " ".join(said.split())
        assert "TRUNG TÂM NGHIÊN CỨU" in flat
        if name in {"bien-ban-kiem-phieu", "danh-sach", "phieu-mau"}:
            assert all(f"{n} " in flat or f" {n}" in flat for n in range(1, 61))
