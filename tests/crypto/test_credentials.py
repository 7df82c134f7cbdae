import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto import credentials
from crypto.encoding import BASE58
from crypto.errors import EncodingError, ProtocolError
from crypto.group import (
    ORDER,
    Point,
    decode_point,
    encode_point,
    power_of_generator,
)
from tests.vectors import hostile
from tests.vectors.generate import CARD, UUID

A, B = (encode_point(power_of_generator(exponent)) for exponent in (2, 3))
BAD_LISTS = {
    "empty": "",
    "not a list": "{}",
    "a number in it": "[1]",
    "a list in it": f'[["{A}"]]',
    "twice": f'["{A}","{A}"]',
    "twice with other weights": f'["{A},1","{A},2"]',
    "upper case": f'["{A.upper()}"]',
    "identity": f'["{hostile.POINTS["identity"]}"]',
    "weight missing": f'["{A},"]',
    "weight zero": f'["{A},0"]',
    "weight negative": f'["{A},-1"]',
    "weight with a zero": f'["{A},01"]',
    "weight with a sign": f'["{A},+1"]',
    "weight too large": f'["{A},{10**9}"]',
    "weight in other digits": f'["{A},١"]',
    "a third part": f'["{A},1,x"]',
    "blank before the weight": f'["{A}, 1"]',
    "blank after": f'["{A} "]',
}


@pytest.mark.parametrize("text", hostile.CARDS.values(), ids=hostile.CARDS.keys())
def test_what_is_no_card_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(EncodingError) as caught:
        credentials.secret_exponent(UUID, text)

    assert caught.value.check == "credential.format"
    assert not text or text not in str(caught.value)


def test_new_credentials_are_well_formed_and_distinct() -> None:
    drawn = {credentials.new_credential() for _ in range(1000)}

    assert len(drawn) == 1000
    for card in drawn:
        credentials.check_credential(card)
    assert set("".join(drawn)) == set(BASE58) | {"-"}


def test_derivation_is_the_specification_s() -> None:
    parts = [
        hashlib.sha256(f"derive_credential|{UUID}|{i}|{CARD}".encode()).hexdigest()
        for i in (0, 1)
    ]
    exponent = int(parts[0] + parts[1], 16) % ORDER

    assert credentials.secret_exponent(UUID, CARD) == exponent
    assert credentials.public_credential(UUID, CARD) == power_of_generator(exponent)


def test_a_card_is_another_one_in_another_election() -> None:
    here = credentials.public_credential(UUID, CARD)

    assert credentials.public_credential(UUID + "1", CARD) != here


def test_the_list_is_sorted_by_little_endian_bytes() -> None:
    points = [power_of_generator(exponent) for exponent in range(1, 50)]
    listed = json.loads(credentials.public_credentials_json(reversed(points)))

    assert [bytes.fromhex(text)[::-1] for text in listed] == sorted(points)
    assert credentials.public_credentials_json([]) == b"[]"


@given(st.sets(st.integers(1, ORDER - 1), max_size=5))
def test_the_list_round_trips(exponents: set[int]) -> None:
    points = {power_of_generator(exponent) for exponent in exponents}
    data = credentials.public_credentials_json(points)

    assert credentials.read_public_credentials(data) == dict.fromkeys(points, 1)


def test_weights_are_read() -> None:
    weights = credentials.read_public_credentials(f'["{A},3", "{B}"]'.encode())

    assert weights == {decode_point(A): 3, decode_point(B): 1}
    assert all(isinstance(point, Point) for point in weights)


@pytest.mark.parametrize("text", BAD_LISTS.values(), ids=BAD_LISTS.keys())
def test_what_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(ProtocolError) as caught:
        credentials.read_public_credentials(text.encode())

    assert caught.value.check == "setup.credentials"
