import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto import encoding
from crypto.encoding import Record
from crypto.errors import EncodingError, GroupError
from crypto.group import GENERATOR, IDENTITY, Point, Scalar, encode_point

G = encode_point(GENERATOR)
ONE = encode_point(IDENTITY)


class Sample(Record, frozen=True):
    point: Point
    scalar: Scalar
    rows: tuple[tuple[int, ...], ...]
    note: str | None = None


GOOD = f'{{"point":"{G}","scalar":"7","rows":[[1,2],[]]}}'
BAD_ANYWHERE = {
    "empty": "",
    "cut": GOOD[:-1],
    "two values": GOOD + GOOD,
    "a list": "[]",
    "null": "null",
    "a word": "true",
    "missing field": GOOD.replace(',"scalar":"7"', ""),
    "unknown field": GOOD.replace("rows", "lines"),
    "extra field": GOOD[:-1] + ',"more":1}',
    "field twice": GOOD[:-1] + ',"rows":[]}',
    "number for a scalar": GOOD.replace('"7"', "7"),
    "number for a point": GOOD.replace(f'"{G}"', "7"),
    "text for a number": GOOD.replace("1,2", '1,"2"'),
    "fraction": GOOD.replace("1,2", "1,2.5"),
    "whole fraction": GOOD.replace("1,2", "1,2.0"),
    "exponent": GOOD.replace("1,2", "1,2e0"),
    "true for a number": GOOD.replace("1,2", "1,true"),
    "not a number": GOOD.replace("1,2", "1,NaN"),
    "infinity": GOOD.replace("1,2", "1,Infinity"),
    "leading zero in a number": GOOD.replace("1,2", "1,02"),
    "upper-case point": GOOD.replace(G, "A" + G[1:]),
    "identity": GOOD.replace(G, ONE),
    "scalar with a zero": GOOD.replace('"7"', '"07"'),
    "single quotes": GOOD.replace('"', "'"),
    "deep": "[" * 100_000,
    "deep in a field": GOOD.replace("[1,2]", "[" * 100_000),
    "comment": GOOD + "//",
}
BAD_BYTES = {
    "blank before": " " + GOOD,
    "line feed after": GOOD + "\n",
    "blank after a comma": GOOD.replace(",", ", ", 1),
    "reordered": f'{{"scalar":"7","point":"{G}","rows":[[1,2],[]]}}',
    "escaped": GOOD.replace('"7"', '"\\u0037"'),
    "null": GOOD[:-1] + ',"note":null}',
    "escaped slash": GOOD[:-1] + ',"note":"\\/"}',
    "escaped letter": GOOD[:-1] + ',"note":"\\u1ea1"}',
}


@pytest.mark.parametrize("text", BAD_ANYWHERE.values(), ids=BAD_ANYWHERE.keys())
@pytest.mark.parametrize("read", [encoding.read, encoding.read_foreign])
def test_both_readers_refuse(read: Any, text: str) -> None:
    with pytest.raises((EncodingError, GroupError)):
        read(text, Sample)


@pytest.mark.parametrize("text", BAD_BYTES.values(), ids=BAD_BYTES.keys())
def test_protocol_data_is_canonical(text: str) -> None:
    with pytest.raises(EncodingError):
        encoding.read(text, Sample)
    encoding.read_foreign(text, Sample)


@pytest.mark.parametrize("read", [encoding.read, encoding.read_foreign])
@pytest.mark.parametrize("data", [b"\xff", b'"\xc3"', "\ufeff[]".encode("utf-16")])
def test_bytes_that_are_no_text(read: Any, data: bytes) -> None:
    with pytest.raises(EncodingError):
        read(data, str)


@pytest.mark.parametrize("read", [encoding.read, encoding.read_foreign])
def test_reading_gives_valid_values(read: Any) -> None:
    sample = read(GOOD, Sample)

    assert sample == Sample(GENERATOR, Scalar(7), ((1, 2), ()))
    assert isinstance(sample.point, Point)
    assert isinstance(sample.scalar, Scalar)
    assert read(GOOD.encode(), Sample) == sample


def test_identity_only_where_it_is_asked_for() -> None:
    text = GOOD.replace(G, ONE)

    assert encoding.read(text, Sample, identity=True).point == IDENTITY


def test_records_do_not_change() -> None:
    sample = encoding.read(GOOD, Sample)

    with pytest.raises(AttributeError):
        sample.note = "x"  # type: ignore[misc]


def test_absent_fields_are_left_out_and_text_is_raw() -> None:
    sample = Sample(GENERATOR, Scalar(7), (), 'Đại "hội" / 😀')

    assert encoding.to_json(sample).endswith('"note":"Đại \\"hội\\" / 😀"}')
    assert "note" not in encoding.to_json(Sample(GENERATOR, Scalar(7), ()))
    assert encoding.read(encoding.to_bytes(sample), Sample) == sample


def test_text_that_is_not_unicode_is_refused() -> None:
    with pytest.raises(EncodingError):
        encoding.to_bytes(Sample(GENERATOR, Scalar(7), (), "\ud800"))


def test_only_protocol_values_can_be_written() -> None:
    with pytest.raises(TypeError):
        encoding.to_bytes(object())


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_round_trips(text: str) -> None:
    sample = Sample(GENERATOR, Scalar(0), (), text)

    assert encoding.read(encoding.to_bytes(sample), Sample) == sample
    assert json.loads(encoding.to_bytes(sample))["note"] == text


@given(st.binary())
def test_no_bytes_make_a_reader_fail_otherwise(data: bytes) -> None:
    for read in (encoding.read, encoding.read_foreign):
        with pytest.raises((EncodingError, GroupError)):
            read(data, Sample)  # type: ignore[operator]


@given(st.binary())
def test_fingerprints(data: bytes) -> None:
    digest = hashlib.sha256(data)

    assert encoding.sha256_hex(data) == digest.hexdigest()
    assert len(encoding.fingerprint(data)) == 43
    assert not encoding.fingerprint(data).endswith("=")
