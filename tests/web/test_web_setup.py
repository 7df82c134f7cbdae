"""`make` on a machine whose Python is missing or too old says one clear sentence."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ("bash", "cat", "cut", "dirname", "mkdir", "rm", "sha256sum", "touch")
PYTHONS = {"missing": "", "too old": "#!/bin/bash\nexit 1\n"}


@pytest.mark.parametrize("python", PYTHONS.values(), ids=PYTHONS.keys())
@pytest.mark.parametrize("what", ["python", "dev"])
def test_python_is_asked_for_in_one_sentence(
    tmp_path: Path, python: str, what: str
) -> None:
    for name in ("tools", "requirements"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in TOOLS:
        (programs / name).symlink_to(shutil.which(name) or "")
    if python:
        (programs / "python3").write_text(python)
        (programs / "python3").chmod(0o755)

    done = subprocess.run(
        [programs / "bash", tmp_path / "tools" / "setup", what],
        env={"PATH": str(programs)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stdout == ""
    (sentence,) = done.stderr.splitlines()
    assert "Python 3.11 or newer is needed and was not found" in sentence
    assert not (tmp_path / ".venv").exists()
