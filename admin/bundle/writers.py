"""Which program wrote the documents of a bundle.

Two machines with the same writers write the same bytes; with others, a document may
look different and still say the same, which a check must be able to tell apart.
"""

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from admin.bundle.contents import sha256
from web import typeset

_LIBRARIES = ("phieukin", "typst", "python-docx", "docxtpl", "openpyxl", "qrcode")
_SOURCES = (
    ("admin", "documents"),
    ("admin", "bundle"),
    ("admin", "locales"),
    ("web", "locales"),
)
_ENDINGS = (".py", ".typ", ".po", ".toml")
_LETTERS = "Ăn quả nhớ kẻ trồng cây: 0123456789 ĐƯỚC"
_PROBE = b"""#let sheet = json(bytes(sys.inputs.sheet))
#for family in sheet.fonts [#text(font: family, sheet.letters) ]"""
_FAMILIES = ("Tinos", "Be Vietnam Pro", "Libertinus Serif")
_SHORT = 16


@cache
def writers() -> Mapping[str, str]:
    """Return the versions of everything that the bytes of a document depend on."""
    found = {name: version(name) for name in _LIBRARIES}
    # A page with every font says which fonts there are, and what Typst makes of them.
    page = typeset.pdf(_PROBE, {"letters": _LETTERS}, _FAMILIES)
    found["zlib"] = zlib.ZLIB_RUNTIME_VERSION
    return found | {"program": _program(), "fonts": sha256(page)[:_SHORT]}


def differing(theirs: Mapping[str, str]) -> list[str]:
    """Name what is not the same here as where a bundle was made."""
    ours = writers()
    names = sorted(ours.keys() | theirs.keys())
    return [name for name in names if ours.get(name) != theirs.get(name)]


def _program() -> str:
    """Return a digest of the sources and texts that documents are made with."""
    digest = hashlib.sha256()
    for package, folder in _SOURCES:
        for name, data in _below(files(package) / folder, f"{package}/{folder}"):
            digest.update(f"{name} {sha256(data)}\n".encode())
    return digest.hexdigest()[:_SHORT]


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        name = f"{path}/{entry.name}"
        if entry.is_dir():
            yield from _below(entry, name)
        elif entry.name.endswith(_ENDINGS):
            yield name, entry.read_bytes()
