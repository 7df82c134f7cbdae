"""The documents name only files that are there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
# `tests/…`, `crypto/pool.py`: what stands in code marks and is a path of ours
PATH = re.compile(r"`((?:crypto|web|admin|kiosk|tally|tests|tools|docs)/[\w./-]*)`")


def named() -> Iterator[tuple[Path, Path]]:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for link in LINK.findall(text):
            yield page, page.parent / link
        for path in PATH.findall(text):
            yield page, ROOT / path


@pytest.mark.parametrize("document", PAGES, ids=lambda one: one.name)
def test_what_a_document_names_is_there(document: Path) -> None:
    missing = [
        str(path) for where, path in named() if where == document if not path.exists()
    ]

    assert missing == []


def test_the_test_can_see() -> None:
    found = {path.relative_to(ROOT) for _, path in named() if ROOT in path.parents}

    assert Path("docs/threat-model.md") in found
    assert Path("tests/integration/test_no_link.py") in found
