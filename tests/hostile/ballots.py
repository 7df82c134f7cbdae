"""Archives with a bad ballot, otherwise consistent."""

import json
from collections.abc import Callable
from typing import Any

from crypto import credentials, election, group
from crypto.ballot import make_ballot
from crypto.events import EventType
from crypto.group import Point
from tests.hostile.tools import (
    BLANK_PAPER,
    LOW_ORDER,
    change_proof,
    compact,
    count_anyway,
    sign_again,
    started,
)
from tests.simulator import Simulator


def with_bad_ballot(make: Callable[[Simulator, dict[str, Any]], bytes]) -> bytes:
    """Finish an election whose third ballot is bad."""
    simulator = started()
    genuine = simulator.ballot(2)
    bad = make(simulator, json.loads(genuine))
    count_anyway(simulator, bad, counted=genuine)
    return simulator.finish().archive()


def tampered_ballot() -> bytes:
    return with_bad_ballot(lambda _, tree: compact(change_proof(tree)))


def wrong_proof() -> bytes:
    return with_bad_ballot(
        lambda simulator, tree: sign_again(simulator, 2, change_proof(tree))
    )


def unknown_credential() -> bytes:
    simulator = started()
    card = credentials.new_credential()
    marks = simulator.all_yes()
    count_anyway(simulator, make_ballot(simulator.source.election, card, marks))
    return simulator.finish().archive()


def forged_signature() -> bytes:
    def forge(_: Simulator, tree: dict[str, Any]) -> bytes:
        proof = tree["signature"]["proof"]
        proof["response"] = str(group.random_scalar())
        return compact(tree)

    return with_bad_ballot(forge)


def other_election() -> bytes:
    def forge(simulator: Simulator, tree: dict[str, Any]) -> bytes:
        tree["election_uuid"] = election.new_uuid()
        return sign_again(simulator, 2, tree)

    return with_bad_ballot(forge)


def upper_case() -> bytes:
    def forge(simulator: Simulator, tree: dict[str, Any]) -> bytes:
        choice = tree["answers"][0]["choices"][0]
        choice["alpha"] = choice["alpha"].upper()
        return sign_again(simulator, 2, tree)

    return with_bad_ballot(forge)


def extra_field() -> bytes:
    def forge(simulator: Simulator, tree: dict[str, Any]) -> bytes:
        tree["answers"][0]["choices"][0]["note"] = "Đồng ý"
        return sign_again(simulator, 2, tree)

    return with_bad_ballot(forge)


def torsion_ciphertext() -> bytes:
    def forge(simulator: Simulator, tree: dict[str, Any]) -> bytes:
        choice = tree["answers"][0]["choices"][0]
        alpha = Point(bytes.fromhex(choice["alpha"])[::-1])
        shifted = group.multiply(alpha, Point(LOW_ORDER))
        choice["alpha"] = group.encode_point(shifted)
        return sign_again(simulator, 2, tree)

    return with_bad_ballot(forge)


def identity_ciphertext() -> bytes:
    def forge(simulator: Simulator, tree: dict[str, Any]) -> bytes:
        tree["answers"][0]["choices"][0]["alpha"] = group.encode_point(group.IDENTITY)
        return sign_again(simulator, 2, tree)

    return with_bad_ballot(forge)


def blank_jam() -> bytes:
    simulator = Simulator(questions=BLANK_PAPER).start()
    simulator.vote(0, [[1, 0, 0]])
    genuine = simulator.ballot(1)
    tree = json.loads(genuine)
    del tree["answers"][0]["blank_proof"]
    count_anyway(simulator, sign_again(simulator, 1, tree), counted=genuine)
    return simulator.finish().archive()


def replayed_ballot() -> bytes:
    simulator = started()
    raw = simulator.vote(2)
    simulator.add(EventType.BALLOT, raw)
    return simulator.finish().archive()


def copied_answer() -> bytes:
    """The card 0 signs a copy of what the card 2 encrypted."""
    simulator = Simulator().start()
    raw = simulator.vote(2)
    tree = json.loads(simulator.ballot(0))
    tree["answers"] = json.loads(raw)["answers"]
    count_anyway(simulator, sign_again(simulator, 0, tree))
    return simulator.finish().archive()


def revote() -> bytes:
    """The card 0 votes again; as Belenios does, its last ballot counts."""
    simulator = Simulator().start()
    early = simulator.ballot(0)
    simulator.add(EventType.BALLOT, early)
    simulator.vote(1)
    simulator.vote(0, [[0, 1] for _ in simulator.questions])
    return simulator.finish().archive()


def revote_first_counts() -> bytes:
    simulator = started()
    late = simulator.ballot(0, [[0, 1] for _ in simulator.questions])
    simulator.add(EventType.BALLOT, late)
    return simulator.finish().archive()
