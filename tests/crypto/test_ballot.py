import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from crypto import ballot, credentials, election, encoding, trustees
from crypto.errors import EncodingError, GroupError, ProofError, ProtocolError
from crypto.group import ORDER, encode_point, power_of_generator
from crypto.setup import Setup, SetupBytes
from tests.vectors import generate
from tests.vectors.generate import CARD, CARDS, KEY, PAPERS, PUBLIC, UUID

REFUSED = json.loads((generate.FOLDER / "ballots.json").read_bytes())["refused"]
Path = tuple[str | int, ...]


@pytest.fixture(scope="module")
def good(setup: Setup) -> bytes:
    return ballot.make_ballot(setup.source.election, CARD, PAPERS["marked"])


@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize("name", PAPERS)
def test_what_we_make_we_accept(setup: Setup, card: str, name: str) -> None:
    raw = ballot.make_ballot(setup.source.election, card, PAPERS[name])

    accepted = ballot.check_ballot(raw, setup)

    assert accepted == ballot.read_ballot(raw, setup.election)
    assert encoding.to_bytes(accepted) == raw
    assert accepted.credential == credentials.public_credential(UUID, card)
    assert len(ballot.tracker(raw)) == 43


def test_vectors_are_accepted(setup: Setup, vectors: dict[str, Any]) -> None:
    for made in vectors["ballots"]["ballots"]:
        raw = made["ballot"].encode()
        ballot.check_ballot(raw, setup)
        assert ballot.tracker(raw) == made["tracker"]


@pytest.mark.parametrize("entry", REFUSED, ids=lambda entry: entry["name"])
def test_refused_by_name(setup: Setup, entry: dict[str, str]) -> None:
    with pytest.raises(ProtocolError) as caught:
        ballot.check_ballot(entry["ballot"].encode(), setup)

    assert caught.value.check == entry["check"]


def test_bytes_that_are_no_text(setup: Setup, good: bytes) -> None:
    with pytest.raises(EncodingError) as caught:
        ballot.check_ballot(good.replace(b"election_uuid", b"election_uu\xff"), setup)

    assert caught.value.check == "ballot.encoding"


# ---- every mutation ----


def leaves(tree: Any, path: Path = ()) -> Iterator[Path]:
    if isinstance(tree, str):
        yield path
        return
    items = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, child in items:
        yield from leaves(child, (*path, key))


def nodes(tree: Any, path: Path = ()) -> Iterator[Path]:
    if path:
        yield path
    if not isinstance(tree, str):
        items = tree.items() if isinstance(tree, dict) else enumerate(tree)
        for key, child in items:
            yield from nodes(child, (*path, key))


def holder_of(tree: Any, path: Path) -> Any:
    for key in path[:-1]:
        tree = tree[key]
    return tree


def other(text: str) -> str:
    """Another valid value of the same kind."""
    if text.isdecimal() and len(text) != 64:
        return str((int(text) + 1) % ORDER)
    if len(text) == 64:
        return encode_point(power_of_generator(99))
    return text[:-1] + ("A" if text[-1] != "A" else "B")


def write(tree: Any) -> bytes:
    return json.dumps(tree, separators=(",", ":"), ensure_ascii=False).encode()


def test_every_leaf_counts(setup: Setup, good: bytes) -> None:
    tree = json.loads(good)
    for path in leaves(tree):
        changed = copy.deepcopy(tree)
        holder = holder_of(changed, path)
        holder[path[-1]] = other(holder[path[-1]])
        with pytest.raises(ProtocolError):
            ballot.check_ballot(write(changed), setup)


def test_every_leaf_counts_for_a_dishonest_card_too(setup: Setup, good: bytes) -> None:
    """Signed again after the change, the proofs alone have to find it."""
    tree = json.loads(good)
    secret = credentials.secret_exponent(UUID, CARD)
    changed_paths = [path for path in leaves(tree) if path[0] != "signature"]
    for path in changed_paths:
        changed = copy.deepcopy(tree)
        holder = holder_of(changed, path)
        holder[path[-1]] = other(holder[path[-1]])
        with pytest.raises(ProtocolError) as caught:
            ballot.check_ballot(generate.resign(secret, changed).encode(), setup)
        assert caught.value.check not in {"ballot.encoding", "ballot.signature"}


def test_nothing_can_be_left_out_or_doubled(setup: Setup, good: bytes) -> None:
    tree = json.loads(good)
    for path in nodes(tree):
        shorter, longer = copy.deepcopy(tree), copy.deepcopy(tree)
        del holder_of(shorter, path)[path[-1]]
        variants = [shorter]
        holder = holder_of(longer, path)
        if isinstance(holder, list):
            holder.append(holder[path[-1]])
            variants.append(longer)
        for changed in variants:
            with pytest.raises(ProtocolError):
                ballot.check_ballot(write(changed), setup)


def small_setup() -> tuple[Setup, bytes]:
    source = SetupBytes(
        election=election.write_election(
            uuid=UUID,
            name="",
            description="",
            public_key=PUBLIC,
            questions=[election.select("?", ("A",), 1)],
        ),
        trustees=b'[["Single",' + trustees.make_trustee_key(KEY) + b"]]",
        credentials=credentials.public_credentials_json(
            [credentials.public_credential(UUID, CARD)]
        ),
    )
    return Setup.load(source), ballot.make_ballot(source.election, CARD, [[1]])


@pytest.mark.parametrize("flip", [0x01, 0x20, 0x80])
def test_every_byte_counts(flip: int) -> None:
    setup, raw = small_setup()
    ballot.check_ballot(raw, setup)

    for position in range(len(raw)):
        changed = bytearray(raw)
        changed[position] ^= flip
        with pytest.raises(ProtocolError):
            ballot.check_ballot(bytes(changed), setup)


def test_every_beginning_is_refused() -> None:
    setup, raw = small_setup()

    for length in range(len(raw)):
        with pytest.raises(ProtocolError):
            ballot.check_ballot(raw[:length], setup)


# ---- reading alone ----


def test_reading_alone_decodes_every_point(setup: Setup) -> None:
    names = {"alpha outside the group", "beta not on the curve", "identity as alpha"}
    entries = [entry for entry in REFUSED if entry["name"] in names]
    assert len(entries) == 3

    for entry in entries:
        with pytest.raises(GroupError) as caught:
            ballot.read_ballot(entry["ballot"].encode(), setup.election)
        assert caught.value.check == "ballot.encoding"


def test_reading_alone_refuses_a_missing_blank_proof(setup: Setup) -> None:
    (entry,) = [e for e in REFUSED if e["name"] == "blank proof missing"]

    with pytest.raises(ProofError):
        ballot.read_ballot(entry["ballot"].encode(), setup.election)


# ---- making ----


def test_marks_for_every_question(setup: Setup) -> None:
    with pytest.raises(EncodingError) as caught:
        ballot.make_ballot(setup.source.election, CARD, PAPERS["marked"][:-1])

    assert caught.value.check == "marks.count"


def test_a_card_must_be_one(setup: Setup) -> None:
    with pytest.raises(EncodingError) as caught:
        ballot.make_ballot(setup.source.election, "no card", PAPERS["marked"])

    assert caught.value.check == "credential.format"


def test_write_ins_are_refused(good: bytes) -> None:
    paper = json.loads(generate.paper())
    paper["questions"] = [
        {"type": "NonHomomorphic", "value": {"answers": ["1"], "question": "?"}}
    ]
    raw = write(paper)

    with pytest.raises(EncodingError) as making:
        ballot.make_ballot(raw, CARD, [[1]])
    with pytest.raises(EncodingError) as reading:
        ballot.read_ballot(good, election.read_election(raw))

    assert making.value.check == reading.value.check == "ballot.question"


def test_two_ballots_of_a_card_have_nothing_in_common(setup: Setup) -> None:
    first, second = (
        ballot.make_ballot(setup.source.election, CARD, PAPERS["marked"])
        for _ in range(2)
    )

    assert ballot.tracker(first) != ballot.tracker(second)
    accepted = [ballot.check_ballot(raw, setup) for raw in (first, second)]
    points = [
        {
            point
            for answer in b.answers
            for c in answer.choices
            for point in (c.alpha, c.beta)
        }
        for b in accepted
    ]
    assert not points[0] & points[1]


def test_an_answer_cannot_be_copied_to_another_card(setup: Setup, good: bytes) -> None:
    """Ballot copying: the proofs are bound to the credential."""
    thief = credentials.secret_exponent(UUID, CARDS[1])
    copied = json.loads(good)
    copied["credential"] = encode_point(power_of_generator(thief))

    with pytest.raises(ProofError) as caught:
        ballot.check_ballot(generate.resign(thief, copied).encode(), setup)

    assert caught.value.check == "ballot.individual_proof"
