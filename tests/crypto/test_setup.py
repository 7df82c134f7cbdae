import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest

import crypto.setup
from crypto.encoding import fingerprint
from crypto.errors import ProtocolError
from crypto.setup import Setup, SetupBytes
from tests.hostile.board import WRITE_IN
from tests.hostile.tools import compact
from tests.simulator import Simulator

SIMULATOR = Simulator(members=0, threshold=0, singles=1)
WEIGHTED = Simulator(members=0, threshold=0, singles=1, weights=[1, 2, 3])
WRITE_IN_TREE = {
    "type": WRITE_IN.type,
    "value": {"answers": ["Họ tên"], "question": "Giới thiệu"},
}


def changed(source: SetupBytes, part: str, edit: Callable[[Any], Any]) -> SetupBytes:
    files = {
        name: getattr(source, name) for name in ("election", "trustees", "credentials")
    }
    files[part] = compact(edit(json.loads(files[part])))
    return SetupBytes(**files)


def test_a_setup_travels_and_loads() -> None:
    source = pickle.loads(pickle.dumps(SIMULATOR.source))  # noqa: S301 (our own)
    loaded = Setup.load(source)

    assert source == SIMULATOR.source
    assert hash(source) == hash(SIMULATOR.source)
    assert loaded.fingerprint == fingerprint(source.election) == source.fingerprint
    assert loaded.verification_keys.keys() == {1}
    assert len(loaded.homomorphic_questions) == 3
    assert not loaded.has_shuffles
    assert set(WEIGHTED.setup.credentials.values()) == {1, 2, 3}


def test_setup_data_names_the_three_files() -> None:
    data = json.loads(SIMULATOR.source.setup_data)

    assert list(data) == ["election", "trustees", "credentials"]


def with_write_in(tree: Any) -> Any:
    return tree | {"questions": [*tree["questions"], WRITE_IN_TREE]}


def test_shuffled_questions_are_seen() -> None:
    source = changed(SIMULATOR.source, "election", with_write_in)

    assert Setup.load(source).has_shuffles


BAD: dict[str, tuple[str, Callable[[Any], Any], str]] = {
    "election": ("election", lambda _: {}, "setup.election"),
    "trustees": ("trustees", lambda _: {}, "setup.trustees"),
    "credentials": ("credentials", lambda _: {}, "setup.credentials"),
    "card twice": ("credentials", lambda c: [*c, c[0]], "setup.credentials"),
    "key": ("election", lambda e: e | {"public_key": "66" * 31 + "58"}, "setup.key"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_named(name: str) -> None:
    part, edit, check = BAD[name]
    with pytest.raises(ProtocolError) as caught:
        Setup.load(changed(SIMULATOR.source, part, edit))

    assert caught.value.check == check


def test_a_bad_proof_is_named() -> None:
    def edit(tree: Any) -> Any:
        tree[0][1]["pok"]["response"] = "5"
        return tree

    source = changed(SIMULATOR.source, "trustees", edit)

    with pytest.raises(ProtocolError) as caught:
        Setup.load(source)
    assert caught.value.check == "setup.trustees"
    assert Setup.parse(source).fingerprint == source.fingerprint


def test_weights_do_not_go_with_shuffles() -> None:
    with pytest.raises(ProtocolError, match="weights"):
        Setup.load(changed(WEIGHTED.source, "election", with_write_in))


def test_weights_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crypto.setup, "MAX_TOTAL_WEIGHT", 5)

    with pytest.raises(ProtocolError, match="too much"):
        Setup.load(WEIGHTED.source)
