"""The second proof of a decryption share (docs/adr/0008)."""

import json

import pytest

from crypto import group, tally
from crypto.errors import ProofError
from crypto.group import ORDER
from crypto.statement import check_statement_proofs, make_statement_proofs
from tests.hostile.tools import compact
from tests.simulator import Simulator


def counted() -> Simulator:
    simulator = Simulator(singles=1).start()
    simulator.vote(0)
    simulator.vote(1)
    simulator.close()
    return simulator


SIMULATOR = counted()
SUMS = SIMULATOR.encrypted_tally
SHARES = {owner: SIMULATOR.share(owner) for owner in range(1, 5)}
PROOFS = {
    owner: make_statement_proofs(SIMULATOR.setup, SUMS, key)
    for owner, key in SIMULATOR.private_keys.items()
}
TREE = json.loads(PROOFS[2])


def spoilt(name: str) -> bytes:
    tree = json.loads(PROOFS[2])
    tree[1][0][name] = str((int(tree[1][0][name]) + 1) % ORDER)
    return compact(tree)


@pytest.mark.parametrize("owner", SHARES)
def test_honest_shares(owner: int) -> None:
    tally.check_partial_decryption(SIMULATOR.setup, SUMS, owner, SHARES[owner])
    check_statement_proofs(SIMULATOR.setup, SUMS, owner, SHARES[owner], PROOFS[owner])


def test_an_empty_box() -> None:
    empty = Simulator().start()
    empty.close()
    sums, share = empty.encrypted_tally, empty.share(1)
    made = make_statement_proofs(empty.setup, sums, empty.private_keys[1])

    check_statement_proofs(empty.setup, sums, 1, share, made)


BAD = {
    "absent": b"",
    "not JSON": b"[[",
    "an object": b"{}",
    "no rows": b"[]",
    "empty rows": compact([[] for _ in TREE]),
    "a row missing": compact(TREE[1:]),
    "a proof missing": compact([TREE[0][:1], *TREE[1:]]),
    "a proof too many": compact([TREE[0] + TREE[0][:1], *TREE[1:]]),
    "rows swapped": compact(TREE[::-1]),
    "another challenge": spoilt("challenge"),
    "another response": spoilt("response"),
    "another trustee's": PROOFS[3],
    "the proofs of the archive": compact(json.loads(SHARES[2])["decryption_proofs"]),
}


@pytest.mark.parametrize("proofs", BAD.values(), ids=BAD.keys())
def test_bad_statements(proofs: bytes) -> None:
    with pytest.raises(ProofError) as caught:
        check_statement_proofs(SIMULATOR.setup, SUMS, 2, SHARES[2], proofs)

    assert caught.value.check == "decryption.statement"


@pytest.mark.parametrize("share", [b"", b"{}", SHARES[3]])
def test_bad_shares(share: bytes) -> None:
    with pytest.raises(ProofError) as caught:
        check_statement_proofs(SIMULATOR.setup, SUMS, 2, share, PROOFS[2])

    assert caught.value.check == "decryption.statement"


def test_other_sums_and_other_owners() -> None:
    others = tally.RunningTally(SIMULATOR.setup).encrypted_tally()
    for sums, owner in ((others, 2), (SUMS, 3), (SUMS, 9)):
        with pytest.raises(ProofError) as caught:
            check_statement_proofs(SIMULATOR.setup, sums, owner, SHARES[2], PROOFS[2])
        assert caught.value.check == "decryption.statement"


def test_a_strangers_key_proves_nothing() -> None:
    with pytest.raises(ProofError, match="not a trustee"):
        make_statement_proofs(SIMULATOR.setup, SUMS, group.random_scalar())
