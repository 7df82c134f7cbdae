"""Writes the papers of a rehearsal and checks its bundle, as a stranger would.

The check is `phieukin bundle verify` in a process of its own: this package knows
nothing of the console, and the bundle alone must do.
"""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from web.rehearsal.conference import Played
from web.rehearsal.papers import BUNDLE, DOCUMENTS

_ARCHIVE = "ket-qua.bel"  # its name in a bundle
_COMMAND = "from web.cli import main; main()"
_SHOWN = 500  # signs of what went wrong, if the check could not even say


def save(played: Played, folder: Path) -> None:
    """Write the papers below a folder, if there are any."""
    if played.papers is None:
        return
    documents = folder / DOCUMENTS
    documents.mkdir(parents=True, exist_ok=True)
    for name, data in played.papers.documents.items():
        (documents / name).write_bytes(data)
    (folder / BUNDLE).write_bytes(played.papers.bundle)
    played.folder = folder.resolve()


def faults(played: Played) -> Iterator[str]:
    """Yield what is wrong with a saved bundle; nothing if there is none."""
    if played.papers is None or played.folder is None:
        return
    bundle = played.folder / BUNDLE
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", _COMMAND, *_arguments(bundle, played.papers.keys)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        yield f"{bundle}: {_reason(done.stdout) or done.stderr[-_SHOWN:]}"
    with zipfile.ZipFile(io.BytesIO(played.papers.bundle)) as container:
        if container.read(_ARCHIVE) != played.archive:
            yield f"{bundle}: its archive is not the one that the committee has"


def _arguments(bundle: Path, keys: dict[str, str]) -> list[str]:
    pins = [part for owner, key in keys.items() for part in (f"--{owner}-key", key)]
    return ["bundle", "verify", str(bundle), "--json", *pins]


def _reason(printed: str) -> str:
    """Return what the check named, if it came to say anything."""
    try:
        said: dict[str, Any] = json.loads(printed)
    except ValueError:
        return ""
    named = [
        f"{each['name']} ({each['reason']})"
        for each in said.get("checks", [])
        if each["state"] == "failed"
    ]
    return "; ".join(named) or str(said.get("error", ""))
