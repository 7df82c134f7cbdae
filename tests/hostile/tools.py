"""What a forger needs."""

import copy
import json
from typing import Any

from crypto import credentials, election, group, signature
from crypto.ballot import read_ballot
from crypto.encoding import to_bytes
from crypto.events import EventType
from tests.simulator import Simulator

LOW_ORDER = bytes(32)  # a point of order 4
BLANK_PAPER = (election.select("Ai?", ("A", "B"), 1, blank=True),)
WRITE_IN = election.NonHomomorphicQuestion(
    type="NonHomomorphic",
    value=election.NonHomomorphicValue(answers=("Họ tên",), question="Giới thiệu"),
)


def compact(tree: object) -> bytes:
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode()


def started(**options: Any) -> Simulator:
    simulator = Simulator(**options).start()
    simulator.vote(0)
    simulator.vote(1)
    return simulator


def sign_again(simulator: Simulator, card: int, tree: dict[str, Any]) -> bytes:
    """Let the owner of a card sign a ballot that she has changed."""
    unsigned = {k: v for k, v in tree.items() if k != "signature"}
    secret = credentials.secret_exponent(simulator.uuid, simulator.credentials[card])
    signed = signature.make_signature(secret, compact(unsigned))
    return compact({**unsigned, "signature": json.loads(to_bytes(signed))})


def count_anyway(
    simulator: Simulator, raw: bytes, counted: bytes | None = None
) -> None:
    """Put a bad ballot on the board and into the tally."""
    ballot = read_ballot(counted or raw, simulator.setup.election)
    simulator.running.add_choices([each.choices for each in ballot.answers], 1)
    simulator.add(EventType.BALLOT, raw)


def change_proof(tree: dict[str, Any]) -> dict[str, Any]:
    changed = copy.deepcopy(tree)
    proof = changed["answers"][0]["overall_proof"][0]
    proof["response"] = str((int(proof["response"]) + 1) % group.ORDER)
    return changed
