"""The office's own templates: one file a document and layout, in a folder of admin."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from admin.documents import docx
from admin.documents.catalogue import DOCUMENTS, document
from admin.documents.example import examples
from admin.documents.faults import TemplateFault
from admin.documents.letterhead import LAYOUTS

SUFFIX = ".docx"


@dataclass(frozen=True)
class Problem:
    """A file in the folder that is not used, and why."""

    file: str
    fault: TemplateFault


class Templates:
    """The folder `<data>/templates/`; it need not exist.

    A file gets in through `keep`, which tries it out, or by hand: then it may be
    broken, is not used, and `problems` names it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, name: str, layout: str) -> bytes | None:
        """Return the office's template, if it has one.

        Raises:
            KeyError: there is no such document or layout.
        """
        try:
            return self._path(name, layout).read_bytes()
        except FileNotFoundError:
            return None

    def keep(self, name: str, layout: str, data: bytes) -> None:
        """Keep a template from now on, after filling it in with examples.

        Raises:
            KeyError: there is no such document or layout.
            TemplateFault: it cannot be filled in; the one before stays.
        """
        path = self._path(name, layout)
        check(name, layout, data)
        self._folder.mkdir(parents=True, exist_ok=True)
        new = self._folder / f".{secrets.token_hex(8)}"
        new.write_bytes(data)
        os.replace(new, path)  # noqa: PTH105 - whole or not at all

    def remove(self, name: str, layout: str) -> None:
        """Go back to the default; nothing happens if there is none of its own.

        Raises:
            KeyError: there is no such document or layout.
        """
        self._path(name, layout).unlink(missing_ok=True)

    def problems(self) -> tuple[Problem, ...]:
        """Return every file of the folder that cannot be used."""
        known = {
            _file(one.name, layout): (one.name, layout)
            for one in DOCUMENTS
            for layout in LAYOUTS
        }
        found = []
        for path in sorted(self._folder.glob(f"*{SUFFIX}")):
            try:
                self._check(path, known.get(path.name))
            except TemplateFault as fault:
                found.append(Problem(path.name, fault))
        return tuple(found)

    def _check(self, path: Path, meant: tuple[str, str] | None) -> None:
        if meant is None:
            raise TemplateFault("", "", "file_unknown", path.name)
        check(*meant, path.read_bytes())

    def _path(self, name: str, layout: str) -> Path:
        LAYOUTS[layout]
        return self._folder / _file(document(name).name, layout)


def check(name: str, layout: str, data: bytes) -> None:
    """Return nothing if the file can be filled in, whatever the facts are.

    Raises:
        TemplateFault: it cannot, and why.
    """
    for facts in examples(document(name), layout):
        docx.render(data, facts, name)


def _file(name: str, layout: str) -> str:
    return f"{name}-{layout}{SUFFIX}"
