"""docs/protocol-map.md names only functions, tests and checks that exist."""

import importlib
import re
from pathlib import Path

import pytest

from crypto.verify_texts import TITLES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "protocol-map.md").read_text("utf-8")
TESTS = sorted(set(re.findall(r"`([\w/]+\.py)::(\w+)`", PAGE)))
NAMES = sorted(set(re.findall(r"`([a-z_]+)\.(\w+)`", PAGE)))
CHECKED = re.findall(
    r"^\| (`[a-z.` ]+`) \|", PAGE.partition("| check |")[2], re.MULTILINE
)


@pytest.mark.parametrize(("file", "name"), TESTS)
def test_tests_exist(file: str, name: str) -> None:
    text = (ROOT / "tests" / file).read_text("utf-8")

    assert re.search(rf"^def {name}\(", text, re.MULTILINE)


@pytest.mark.parametrize(("module", "name"), NAMES)
def test_functions_exist(module: str, name: str) -> None:
    if f"{module}.{name}" not in TITLES:
        assert hasattr(importlib.import_module(f"crypto.{module}"), name)


def test_every_check_is_listed() -> None:
    listed = [name for cell in CHECKED for name in re.findall(r"`([a-z.]+)`", cell)]

    assert listed == list(TITLES)
