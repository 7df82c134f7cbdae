"""The shared vectors are what this code writes, byte for byte."""

from pathlib import Path

import pytest

from tests.vectors import generate


@pytest.mark.parametrize("name", generate.FILES)
def test_vectors_are_up_to_date(name: str) -> None:
    written = (generate.FOLDER / name).read_text("utf-8")

    assert generate.build()[name] == written


def test_main_writes_every_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generate, "FOLDER", tmp_path)

    generate.main()

    assert {path.name for path in generate.FOLDER.iterdir()} == set(generate.FILES)
