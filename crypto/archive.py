"""The archive file `.bel` (spec: Public data).

An old-style tar that only grows: a BELENIOS header, then data and event records
named by the SHA-256 of their content. Everything about its bytes is fixed: mode,
owner, time stamp, padding, no ustar magic, no end-of-archive blocks. `tarfile`
writes and accepts other forms, so the 512-byte headers are made here by hand.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import msgspec

from crypto import ARCHIVE_VERSION
from crypto.encoding import Record, read, sha256_hex, to_bytes
from crypto.errors import EncodingError

_BLOCK = 512
_ZERO_BLOCK = bytes(_BLOCK)
_HEADER_NAME = "BELENIOS"
_OCTAL_11 = re.compile(rb"[0-7]{11}\0")
_CHECKSUM_AT = 148
_SIZE_AT = 124
_MAX_TIMESTAMP = 8**11 - 1  # eleven octal digits


class RecordKind(StrEnum):
    """The two kinds of records, as their names end."""

    DATA = ".data.json"
    EVENT = ".event.json"


class NotAnArchive(EncodingError):  # noqa: N818 (says what the file is)
    """The file is damaged, cut off, or no Belenios archive at all."""


class ArchiveHeader(Record, frozen=True):
    """Content of the first record."""

    version: int
    timestamp: Annotated[str, msgspec.Meta(pattern="^(0|[1-9][0-9]{0,11})\\Z")]


@dataclass(frozen=True)
class ArchiveRecord:
    """One stored file: data or an event."""

    kind: RecordKind
    content: bytes
    digest: str

    @property
    def name(self) -> str:
        """Name the record by its content."""
        return f"{self.digest}{self.kind}"


@dataclass(frozen=True)
class Archive:
    """The readable content of an archive file.

    Attributes:
        timestamp: seconds since 1970, the same in every record.
        records: everything after the header, in order.
        tail: bytes after the last record; an archive in canonical form has none.
    """

    timestamp: int
    records: tuple[ArchiveRecord, ...]
    tail: bytes = b""


def data_record(content: bytes) -> ArchiveRecord:
    """Make a record of data."""
    return ArchiveRecord(RecordKind.DATA, content, sha256_hex(content))


def event_record(content: bytes) -> ArchiveRecord:
    """Make a record of a serialised event."""
    return ArchiveRecord(RecordKind.EVENT, content, sha256_hex(content))


class ArchiveWriter:
    """Turns records into the bytes to append to an archive, one by one.

    Nothing is kept, so an archive of any size can be streamed from stored rows.
    """

    def __init__(self, timestamp: int) -> None:
        if not 0 <= timestamp <= _MAX_TIMESTAMP:
            raise EncodingError("the time stamp of an archive has 11 octal digits")
        self._timestamp = timestamp

    def header(self) -> bytes:
        """Start an archive."""
        header = ArchiveHeader(ARCHIVE_VERSION, str(self._timestamp))
        return self._file(_HEADER_NAME, to_bytes(header))

    def data(self, content: bytes) -> bytes:
        """Append data; an event that refers to it must follow."""
        return self.record(data_record(content))

    def event(self, content: bytes) -> bytes:
        """Append an event, after the data it refers to."""
        return self.record(event_record(content))

    def record(self, record: ArchiveRecord) -> bytes:
        """Append a record."""
        return self._file(record.name, record.content)

    def _file(self, name: str, content: bytes) -> bytes:
        padding = bytes(-len(content) % _BLOCK)
        return _tar_header(name, len(content), self._timestamp) + content + padding


def write_archive(timestamp: int, records: Iterable[ArchiveRecord]) -> bytes:
    """Write a whole archive."""
    writer = ArchiveWriter(timestamp)
    return writer.header() + b"".join(map(writer.record, records))


def read_archive(data: bytes) -> Archive:
    """Read an archive that must be byte for byte what we would write.

    Raises:
        NotAnArchive: damaged, cut off, or something else.
        EncodingError: readable, but not in canonical form.
    """
    archive = scan_archive(data)
    check_form(data, archive)
    return archive


def scan_archive(data: bytes) -> Archive:
    """Read what an archive contains, without judging the form of its headers.

    Raises:
        NotAnArchive: damaged, cut off, or something else.
    """
    files = _files(data)
    first = next(files, None)
    if first is None or first[0] != _HEADER_NAME:
        raise NotAnArchive("the file does not begin as a Belenios archive")
    timestamp = _read_header(first[1])
    end = first[2]
    records = []
    for name, content, file_end in files:
        records.append(_read_record(name, content))
        end = file_end
    return Archive(timestamp, tuple(records), data[end:])


def check_form(data: bytes, archive: Archive) -> None:
    """Compare an archive with what we would write of its records.

    Raises:
        EncodingError: they differ; it says where first.
    """
    if archive.tail:
        raise EncodingError(f"{len(archive.tail)} bytes follow the last record")
    writer = ArchiveWriter(archive.timestamp)
    at = _compare(data, 0, writer.header(), _HEADER_NAME)
    for record in archive.records:
        at = _compare(data, at, writer.record(record), record.name)


def _compare(data: bytes, at: int, expected: bytes, name: str) -> int:
    end = at + len(expected)
    if data[at:end] != expected:
        raise EncodingError(f"record {name} is not in canonical form")
    return end


def _tar_header(name: str, size: int, timestamp: int) -> bytes:
    blank = (
        name.encode().ljust(100, b"\0")
        + b"0000644\0"  # mode
        + b"0000000\0" * 2  # owner and group
        + b"%011o\0%011o\0" % (size, timestamp)
        + b" " * 8  # the checksum counts itself as spaces
        + b"0"  # a regular file
    ).ljust(_BLOCK, b"\0")
    checksum = b"%06o\0 " % sum(blank)
    return blank[:_CHECKSUM_AT] + checksum + blank[_CHECKSUM_AT + len(checksum) :]


def _files(data: bytes) -> Iterator[tuple[str, bytes, int]]:
    """Give name, content and end of each file, up to zeros or the end."""
    at = 0
    while at < len(data) and any(data[at : at + _BLOCK]):
        name, size = _read_tar_header(data[at : at + _BLOCK])
        start = at + _BLOCK
        end = start + size + -size % _BLOCK
        if end > len(data):
            raise NotAnArchive(f"the file is cut off within {name}")
        yield name, data[start : start + size], end
        at = end
    if data.count(0, at) != len(data) - at:
        raise NotAnArchive("there is something behind the end of the archive")


def _read_tar_header(block: bytes) -> tuple[str, int]:
    if len(block) < _BLOCK:
        raise NotAnArchive("the file is cut off within a header")
    size = block[_SIZE_AT : _SIZE_AT + 12]
    if not _OCTAL_11.fullmatch(size):
        raise NotAnArchive("the file is not a Belenios archive, or is damaged")
    name = block[:100].rstrip(b"\0")
    return name.decode("ascii", "replace"), int(size[:-1], 8)


def _read_header(content: bytes) -> int:
    try:
        header = read(content, ArchiveHeader)
    except EncodingError as error:
        raise NotAnArchive(f"the archive's header is damaged: {error}") from error
    if header.version != ARCHIVE_VERSION:
        raise NotAnArchive(f"archive version {header.version} is not known")
    timestamp = int(header.timestamp)
    if timestamp > _MAX_TIMESTAMP:
        raise NotAnArchive("the archive's time stamp is out of range")
    return timestamp


def _read_record(name: str, content: bytes) -> ArchiveRecord:
    digest, dot, ending = name.partition(".")
    try:
        kind = RecordKind(dot + ending)
    except ValueError as error:
        raise NotAnArchive(f"record {name!r} is neither data nor event") from error
    if sha256_hex(content) != digest:
        raise NotAnArchive(f"record {name} is damaged: its hash differs")
    return ArchiveRecord(kind, content, digest)
