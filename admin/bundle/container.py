"""The bundle as one file: a zip archive of one form, byte for byte.

Nothing is compressed, so a file is as large as it says, the same contents give the
same bytes on every machine, and whoever reads one can compare it with what we would
have written: no second list, no hidden bytes, no link, no comment passes.
"""

import io
import struct
from collections.abc import Mapping
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from admin.bundle.contents import (
    MAX_BUNDLE_BYTES,
    MAX_FILES,
    MAX_LIST_BYTES,
    is_known,
)
from admin.bundle.faults import BundleFault, NotABundle, plain

_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip archive can say
_UNIX = 3
_READABLE_FILE = 0o100644 << 16
_END = struct.Struct("<4s4H2LH")  # "end of central directory", without a comment
_END_MARK = b"PK\x05\x06"
_ZIP64_MARK = b"PK\x06\x07"
_ZIP64_BYTES = 20
_UNREADABLE = (
    BadZipFile,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    struct.error,
)


def pack(files: Mapping[str, bytes]) -> bytes:
    """Write files as a bundle's container."""
    whole = io.BytesIO()
    with ZipFile(whole, "w", ZIP_STORED) as container:
        for name in sorted(files):
            entry = ZipInfo(name, _DAY)
            entry.create_system = _UNIX
            entry.external_attr = _READABLE_FILE
            container.writestr(entry, files[name])
    return whole.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """Return the files of a container.

    Raises:
        NotABundle: damaged, cut off, too large, or no container at all.
        BundleFault: readable, but with something that we would never write.
    """
    _check_bounds(data)
    try:
        with ZipFile(io.BytesIO(data)) as container:
            entries = container.infolist()
            _check_entries(entries, len(data))
            return {entry.filename: container.read(entry) for entry in entries}
    except _UNREADABLE as error:
        raise NotABundle("damaged", detail=plain(str(error))) from error


def check_form(data: bytes, files: Mapping[str, bytes]) -> None:
    """Compare a container with what we would write of its files.

    Raises:
        BundleFault: they differ.
    """
    if pack(files) != data:
        raise BundleFault("container", "form")


def _check_bounds(data: bytes) -> None:
    """Look at the end of the file before anything is believed of it."""
    if len(data) > MAX_BUNDLE_BYTES:
        raise NotABundle("too_large", bytes=MAX_BUNDLE_BYTES)
    if len(data) < _END.size or not data.startswith(b"PK"):
        raise NotABundle("no_zip")
    mark, _, _, _, entries, size, at, comment = _END.unpack(data[-_END.size :])
    if mark != _END_MARK or comment:
        raise NotABundle("cut")
    before = data[-_END.size - _ZIP64_BYTES : -_END.size]
    if before.startswith(_ZIP64_MARK) or entries > MAX_FILES or size > MAX_LIST_BYTES:
        raise BundleFault("container", "too_many", most=MAX_FILES)
    if at + size + _END.size != len(data):
        raise BundleFault("container", "form")


def _check_entries(entries: list[ZipInfo], size: int) -> None:
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise BundleFault("container", "twice", name=plain(_doubled(names)))
    for entry in entries:
        if not is_known(entry.filename):
            raise BundleFault("names", "stranger", name=plain(entry.filename))
        if entry.compress_type != ZIP_STORED or entry.flag_bits:
            raise BundleFault("container", "compressed", name=entry.filename)
    if sum(entry.file_size for entry in entries) > size:
        raise BundleFault("container", "form")


def _doubled(names: list[str]) -> str:
    return next(name for name in names if names.count(name) > 1)
