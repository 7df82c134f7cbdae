import json

import pytest

from crypto import trustees
from crypto.errors import EncodingError, GroupError, ProofError, ProtocolError
from crypto.group import ORDER, Scalar, multiply, power_of_generator
from tests.hostile.tools import compact
from tests.simulator import hold_ceremony

PRIVATE = trustees.new_private_key()
KEY = trustees.make_trustee_key(PRIVATE)
GROUP = trustees.pedersen_group(hold_ceremony(3, 2).parameters)
MIXED = (trustees.single(KEY), GROUP)


def test_the_joint_key_is_the_product() -> None:
    single, group = MIXED
    group_key = trustees.joint_key((group,))

    assert trustees.joint_key((single,)) == power_of_generator(PRIVATE)
    assert trustees.joint_key(MIXED) == multiply(power_of_generator(PRIVATE), group_key)


def test_what_was_written_is_read() -> None:
    assert trustees.read_trustees(trustees.write_trustees(MIXED)) == MIXED


def test_owners_count_over_the_whole_list() -> None:
    assert list(trustees.owners(MIXED)) == [(1, 0, 1), (2, 1, 1), (3, 1, 2), (4, 1, 3)]
    keys = trustees.verification_keys(MIXED)
    assert keys[1] == power_of_generator(PRIVATE)
    assert trustees.verification_key(MIXED, 4) == GROUP.keys[2].public_key
    with pytest.raises(EncodingError):
        trustees.verification_key(MIXED, 5)


def test_thresholds() -> None:
    assert [item.threshold for item in MIXED] == [1, 2]
    assert [len(item.keys) for item in MIXED] == [1, 3]


def test_a_key_is_read_with_free_spacing() -> None:
    spaced = json.dumps(json.loads(KEY)).encode()

    assert trustees.single(spaced) == MIXED[0]


def test_keys_that_cancel_out() -> None:
    opposite = trustees.make_trustee_key(Scalar(ORDER - PRIVATE))

    with pytest.raises(ProofError):
        trustees.joint_key((trustees.single(KEY), trustees.single(opposite)))


TREE = json.loads(KEY)
BAD_KEYS: dict[str, object] = {
    "proof of another": {
        **TREE,
        "public_key": power_of_generator(5)[::-1].hex(),
    },
    "low order": {**TREE, "public_key": "00" * 32},
    "no proof": {"public_key": TREE["public_key"]},
    "more": {**TREE, "name": "Nguyễn Văn Mẫu"},
}


@pytest.mark.parametrize("tree", BAD_KEYS.values(), ids=BAD_KEYS.keys())
def test_bad_keys(tree: object) -> None:
    with pytest.raises(ProtocolError):
        trustees.check_trustee_key(compact(tree))


BAD_LISTS: dict[str, object] = {
    "empty": [],
    "an object": {},
    "another kind": [["Shamir", TREE]],
    "too long": [["Single", TREE, 1]],
    "too short": [["Single"]],
    "low order": [["Single", {**TREE, "public_key": "00" * 32}]],
}


@pytest.mark.parametrize("tree", BAD_LISTS.values(), ids=BAD_LISTS.keys())
def test_bad_lists(tree: object) -> None:
    with pytest.raises((EncodingError, GroupError)):
        trustees.read_trustees(compact(tree))
