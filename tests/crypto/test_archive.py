import io
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.archive import (
    Archive,
    ArchiveWriter,
    NotAnArchive,
    data_record,
    event_record,
    read_archive,
    scan_archive,
    write_archive,
)
from crypto.errors import EncodingError

TIME = 1_795_253_421
RECORDS = [data_record(b"{}"), data_record(b"[1]" * 300), event_record(b'{"a":1}')]
GOOD = write_archive(TIME, RECORDS)


def test_what_was_written_is_read() -> None:
    assert read_archive(GOOD) == Archive(TIME, tuple(RECORDS))


def test_an_archive_grows_record_by_record() -> None:
    writer = ArchiveWriter(TIME)

    grown = (
        writer.header()
        + writer.data(b"{}")
        + writer.data(b"[1]" * 300)
        + writer.event(b'{"a":1}')
    )

    assert grown == GOOD


@given(st.lists(st.binary(max_size=1100), max_size=5), st.integers(0, 8**11 - 1))
def test_any_content_and_time_comes_back(contents: list[bytes], time: int) -> None:
    records = tuple(map(data_record, contents))

    assert read_archive(write_archive(time, records)) == Archive(time, records)


def test_tar_can_list_it() -> None:
    with tarfile.open(fileobj=io.BytesIO(GOOD)) as tar:
        assert tar.getnames() == ["BELENIOS", *(record.name for record in RECORDS)]
        assert {member.mtime for member in tar.getmembers()} == {TIME}


def test_tarfile_writes_another_form() -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, content in [
            ("BELENIOS", b'{"version":1,"timestamp":"%d"}' % TIME),
            (RECORDS[0].name, RECORDS[0].content),
        ]:
            member = tarfile.TarInfo(name)
            member.size, member.mtime = len(content), TIME
            tar.addfile(member, io.BytesIO(content))

    with pytest.raises(EncodingError):
        read_archive(stream.getvalue())


@pytest.mark.parametrize("time", [-1, 8**11])
def test_impossible_times(time: int) -> None:
    with pytest.raises(EncodingError):
        ArchiveWriter(time)


def changed(at: int, new: bytes) -> bytes:
    return GOOD[:at] + new + GOOD[at + len(new) :]


def renamed(new: bytes) -> bytes:
    return GOOD.replace(RECORDS[0].name.encode(), new)


DAMAGED = {
    "empty": b"",
    "text": b"Cong hoa xa hoi chu nghia Viet Nam",
    "zeros": bytes(1024),
    "cut within a header": GOOD[:100],
    "cut after a header": GOOD[:512],
    "cut within a record": GOOD[:-1],
    "no size": changed(124, b"9"),
    "another first record": GOOD[1024:],
    "header not JSON": GOOD.replace(b'{"version":1', b'("version":1'),
    "header with zeros before": GOOD.replace(b'p":"17', b'p":"07'),
    "later version": GOOD.replace(b'{"version":1', b'{"version":2'),
    "changed content": GOOD.replace(b"[1][1]", b"[1][2]", 1),
    "another kind": renamed(RECORDS[0].digest.encode() + b".vote.json"),
    "something behind zeros": GOOD + bytes(512) + b"x",
    "time out of range": GOOD.replace(b'"1795253421"', b'"999999999999"').replace(
        b"00000000046\0", b"00000000050\0"
    ),
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED.keys())
def test_not_an_archive(data: bytes) -> None:
    assert data != GOOD
    with pytest.raises(NotAnArchive):
        scan_archive(data)


@pytest.mark.parametrize("length", range(0, len(GOOD), 97))
def test_cut_anywhere(length: int) -> None:
    boundaries = (1024, 2048, 3584)
    if length not in boundaries:
        with pytest.raises(NotAnArchive):
            scan_archive(GOOD[:length])


OTHER_FORM = {
    "zeros at the end": GOOD + bytes(512),
    "ustar": changed(257, b"ustar"),
    "other time in a record": changed(1024 + 136, b"15300262256"),
    "other mode": changed(100, b"0000600"),
    "other owner": changed(1024 + 108, b"0000001"),
    "padding": changed(1024 + 512 + 10, b"x"),
}


@pytest.mark.parametrize("data", OTHER_FORM.values(), ids=OTHER_FORM.keys())
def test_readable_but_not_canonical(data: bytes) -> None:
    scan_archive(data)
    with pytest.raises(EncodingError):
        read_archive(data)
