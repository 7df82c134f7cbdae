import json
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto import group, tally
from crypto.ballot import read_ballot
from crypto.election import select
from crypto.elgamal import multiply
from crypto.errors import EncodingError, GroupError, ProofError, ProtocolError
from crypto.group import IDENTITY, ORDER, power_of_generator
from crypto.logarithm import SmallLogarithm
from crypto.setup import Setup, SetupBytes
from crypto.tally import RunningTally, combine, read_result
from tests.hostile.board import write_in_paper
from tests.hostile.tools import compact
from tests.simulator import Simulator

BLANK = select("Ai?", ("A", "B"), 2, minimum=1, blank=True)


def counted(**options: object) -> Simulator:
    simulator = Simulator(**options).start()  # type: ignore[arg-type]
    simulator.vote(0)
    simulator.vote(1)
    simulator.close()
    return simulator


SIMULATOR = counted(members=4, threshold=2, singles=1)
SHARES = {owner: SIMULATOR.share(owner) for owner in range(1, 6)}


def result_of(owners: tuple[int, ...]) -> list[list[int]]:
    shares = {owner: SHARES[owner] for owner in owners}
    raw = combine(SIMULATOR.setup, SIMULATOR.encrypted_tally, shares, 2)
    return read_result(raw)


@pytest.mark.parametrize("chosen", list(combinations(range(2, 6), 2)))
def test_any_k_shares_of_a_group_and_every_single(chosen: tuple[int, ...]) -> None:
    assert result_of((1, *chosen)) == [[2, 0]] * 3


def test_more_shares_than_needed_do_not_matter() -> None:
    assert result_of((5, 4, 3, 2, 1)) == [[2, 0]] * 3


@pytest.mark.parametrize("owners", [(), (2, 3), (1,), (1, 2)])
def test_too_few_shares(owners: tuple[int, ...]) -> None:
    with pytest.raises(ProofError, match="missing") as caught:
        result_of(owners)

    assert caught.value.check == "decryption.missing"


def spoilt(owner: int) -> bytes:
    tree = json.loads(SHARES[owner])
    proof = tree["decryption_proofs"][1][0]
    proof["response"] = str((int(proof["response"]) + 1) % ORDER)
    return compact(tree)


def test_a_bad_share_is_named_and_set_aside() -> None:
    shares = SHARES | {3: spoilt(3)}
    good, bad = tally.check_partial_decryptions(
        SIMULATOR.setup, SIMULATOR.encrypted_tally, shares
    )

    assert good.keys() == {1, 2, 4, 5}
    assert bad.keys() == {3}
    raw = combine(SIMULATOR.setup, SIMULATOR.encrypted_tally, shares, 2)
    assert read_result(raw) == [[2, 0]] * 3


def test_a_bad_share_is_named_when_too_few_remain() -> None:
    shares = {1: SHARES[1], 2: SHARES[2], 3: spoilt(3)}

    with pytest.raises(ProofError, match="trustee 3"):
        combine(SIMULATOR.setup, SIMULATOR.encrypted_tally, shares, 2)


def edited(**changes: object) -> bytes:
    return compact(json.loads(SHARES[1]) | changes)


TREE = json.loads(SHARES[1])
FACTORS, PROOFS = TREE["decryption_factors"], TREE["decryption_proofs"]
IDENTITY_TEXT = group.encode_point(IDENTITY)
BAD_SHARES = {
    "not JSON": b"",
    "another trustee's": SHARES[2],
    "a factor missing": edited(decryption_factors=FACTORS[1:]),
    "a row too short": edited(decryption_factors=[FACTORS[0][:1], *FACTORS[1:]]),
    "a proof missing": edited(decryption_proofs=PROOFS[1:]),
    "factors swapped": edited(decryption_factors=FACTORS[::-1]),
    "identity": edited(
        decryption_factors=[[IDENTITY_TEXT, FACTORS[0][1]], *FACTORS[1:]]
    ),
    "low order": edited(decryption_factors=[["00" * 32, FACTORS[0][1]], *FACTORS[1:]]),
    "more": edited(more=1),
    "spoilt": spoilt(1),
}


@pytest.mark.parametrize("raw", BAD_SHARES.values(), ids=BAD_SHARES.keys())
def test_bad_shares(raw: bytes) -> None:
    with pytest.raises(ProtocolError) as caught:
        tally.check_partial_decryption(
            SIMULATOR.setup, SIMULATOR.encrypted_tally, 1, raw
        )

    assert caught.value.check == "decryption.proof"


def test_an_unknown_trustee() -> None:
    with pytest.raises(EncodingError, match="no trustee 6"):
        tally.check_partial_decryption(
            SIMULATOR.setup, SIMULATOR.encrypted_tally, 6, SHARES[1]
        )


def test_a_strangers_key_decrypts_nothing() -> None:
    with pytest.raises(ProofError, match="not a trustee"):
        tally.make_partial_decryption(
            SIMULATOR.setup, SIMULATOR.encrypted_tally, group.random_scalar()
        )


def test_no_ballots_at_all() -> None:
    simulator = Simulator().start()
    simulator.close()
    simulator.decrypt(1, 3)

    assert read_result(simulator.result()) == [[0, 0]] * 3
    assert json.loads(simulator.running.sized_encrypted_tally())["num_tallied"] == 0


def test_weights_and_blank_votes() -> None:
    simulator = Simulator(questions=(BLANK,), weights=[5, 70, 900]).start()
    simulator.vote(0, [[1, 0, 0]])
    simulator.vote(1, [[0, 1, 1]])
    simulator.vote(2, [[0, 0, 1]])
    simulator.close()
    simulator.decrypt(2, 3)

    assert read_result(simulator.result()) == [[5, 70, 970]]
    assert (simulator.running.num_tallied, simulator.running.total_weight) == (3, 975)


def test_a_result_above_the_weight_is_refused() -> None:
    with pytest.raises(EncodingError, match="larger"):
        combine(SIMULATOR.setup, SIMULATOR.encrypted_tally, SHARES, 1)


def test_only_listed_cards_of_this_paper_are_counted() -> None:
    other = Simulator(cards=1)
    ballot = read_ballot(other.ballot(0), other.setup.election)
    running = RunningTally(SIMULATOR.setup)

    with pytest.raises(ProofError, match="not listed"):
        running.add(ballot)
    with pytest.raises(EncodingError, match="questions"):
        running.add_choices([], 1)
    assert running.num_tallied == 0


def test_a_weight_given_by_the_caller() -> None:
    running = RunningTally(SIMULATOR.setup)
    running.add(read_ballot(SIMULATOR.ballot(0), SIMULATOR.setup.election), 3)

    assert running.total_weight == 3


def test_sums_can_be_merged() -> None:
    parts = [RunningTally(SIMULATOR.setup) for _ in range(3)]
    for card, part in enumerate(parts[:2]):
        raw = SIMULATOR.ballot(card)
        part.add(read_ballot(raw, SIMULATOR.setup.election))
        parts[2].merge(part.sums)

    sums = [
        multiply(*pair) for pair in zip(*(p.sums[0] for p in parts[:2]), strict=True)
    ]
    assert list(parts[2].sums[0]) == sums


BAD_TALLIES = {
    "not JSON": (b"", EncodingError),
    "a question missing": (
        compact(json.loads(SIMULATOR.encrypted_tally)[1:]),
        EncodingError,
    ),
    "low order": (
        SIMULATOR.encrypted_tally.replace(
            json.loads(SIMULATOR.encrypted_tally)[0][0]["alpha"].encode(), b"0" * 64
        ),
        GroupError,
    ),
}


@pytest.mark.parametrize("name", BAD_TALLIES)
def test_bad_encrypted_tallies(name: str) -> None:
    raw, error = BAD_TALLIES[name]
    with pytest.raises(error):
        tally.read_encrypted_tally(raw, SIMULATOR.setup)


def test_write_ins_are_refused_by_name() -> None:
    paper = write_in_paper()
    source = SetupBytes(
        paper.source.election, paper.source.trustees, paper.source.credentials
    )

    with pytest.raises(EncodingError) as caught:
        RunningTally(Setup.load(source))
    assert caught.value.check == "setup.questions"


@pytest.mark.parametrize("raw", [b"", b"{}", b'{"result":[["1"]]}', b'{"result":1}'])
def test_bad_results(raw: bytes) -> None:
    with pytest.raises(EncodingError):
        read_result(raw)


@settings(max_examples=200)
@given(st.data())
def test_small_logarithms(data: st.DataObject) -> None:
    bound = data.draw(st.integers(0, 3000))
    exponent = data.draw(st.integers(0, bound))
    uses = data.draw(st.integers(1, 80))

    assert SmallLogarithm(bound, uses)(power_of_generator(exponent)) == exponent


@given(st.integers(0, 500), st.integers(1, 80), st.integers(1, 10_000))
def test_logarithms_above_the_bound(bound: int, uses: int, above: int) -> None:
    with pytest.raises(EncodingError):
        SmallLogarithm(bound, uses)(power_of_generator(bound + above))


@pytest.mark.parametrize("exponent", [123_456, 10**9])
def test_large_sums_are_found_too(exponent: int) -> None:
    assert SmallLogarithm(10**9)(power_of_generator(exponent)) == exponent


@given(st.sets(st.integers(1, 1000), min_size=1, max_size=8), st.data())
def test_lagrange_finds_the_constant(places: set[int], data: st.DataObject) -> None:
    chosen = sorted(places)
    scalars = st.integers(0, ORDER - 1)
    polynomial = [data.draw(scalars) for _ in chosen]
    values = {
        at: sum(a * at**k for k, a in enumerate(polynomial)) % ORDER for at in chosen
    }

    constant = sum(tally.lagrange(chosen, at) * values[at] for at in chosen) % ORDER

    assert constant == polynomial[0]
