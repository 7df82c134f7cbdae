"""Archives with a wrong count or a wrong order of events, otherwise consistent."""

import json
from typing import Any

from crypto import group
from crypto.elgamal import Ciphertext
from crypto.encoding import sha256_hex, to_bytes
from crypto.events import EventType, SizedEncryptedTally
from crypto.group import GENERATOR
from crypto.setup import SetupBytes
from tests.hostile.tools import WRITE_IN, compact, started
from tests.simulator import Simulator, finished


def wrong_tally() -> bytes:
    simulator = started()
    simulator.add(EventType.END_BALLOTS)
    less = Ciphertext(group.IDENTITY, group.power_of_generator(-1))
    nothing = Ciphertext(group.IDENTITY, group.IDENTITY)
    simulator.running.merge([[less, nothing]] * 3)
    simulator.publish_tally()
    simulator.decrypt(1, 2)
    simulator.publish_result()
    return simulator.archive()


def ballot_left_out() -> bytes:
    simulator = started()
    simulator.add(EventType.BALLOT, simulator.ballot(2))
    return simulator.finish().archive()


def wrong_counts() -> bytes:
    simulator = started()
    simulator.add(EventType.END_BALLOTS)
    simulator.encrypted_tally = simulator.running.encrypted_tally()
    sized = SizedEncryptedTally(3, 3, sha256_hex(simulator.encrypted_tally))
    simulator.add(EventType.ENCRYPTED_TALLY, simulator.encrypted_tally, to_bytes(sized))
    simulator.decrypt(1, 2)
    simulator.publish_result()
    return simulator.archive()


def two_tallies() -> bytes:
    simulator = started()
    simulator.close()
    simulator.publish_tally()
    simulator.decrypt(1, 2)
    simulator.publish_result()
    return simulator.archive()


def two_end_ballots() -> bytes:
    simulator = started()
    simulator.add(EventType.END_BALLOTS)
    return simulator.finish().archive()


def second_setup() -> bytes:
    simulator = started()
    return simulator.start().finish().archive()


def no_end_ballots() -> bytes:
    simulator = started()
    simulator.publish_tally()
    simulator.decrypt(1, 2)
    simulator.publish_result()
    return simulator.archive()


def ballot_after_result() -> bytes:
    simulator = finished()
    simulator.add(EventType.BALLOT, simulator.ballot(2))
    return simulator.archive()


def two_results() -> bytes:
    simulator = finished()
    simulator.publish_result()
    return simulator.archive()


def write_in_paper() -> Simulator:
    """An election with one question whose answers must be shuffled."""
    paper = Simulator()
    tree = json.loads(paper.source.election)
    tree["questions"] = [json.loads(to_bytes(WRITE_IN))]
    paper.source = SetupBytes(
        compact(tree), paper.source.trustees, paper.source.credentials
    )
    return paper


def write_in_election() -> bytes:
    """Write-ins decrypted in the order of the ballots; here there are none."""
    paper = write_in_paper()
    paper.start()
    paper.add(EventType.END_BALLOTS)
    sums = b"[[]]"
    sized = to_bytes(SizedEncryptedTally(0, 0, sha256_hex(sums)))
    paper.add(EventType.ENCRYPTED_TALLY, sums, sized)
    for owner in (1, 2):
        nothing = b'{"decryption_factors":[[]],"decryption_proofs":[[]]}'
        paper.add_share(owner, nothing)
    paper.add(EventType.RESULT, b'{"result":[[]]}')
    return paper.archive()


def closed(**options: Any) -> Simulator:
    simulator = started(**options)
    simulator.close()
    return simulator


def two_decryptions() -> bytes:
    simulator = closed()
    simulator.decrypt(1, 2, 1)
    simulator.publish_result()
    return simulator.archive()


def missing_decryption() -> bytes:
    simulator = closed()
    simulator.decrypt(1)
    simulator.add(EventType.RESULT, compact({"result": [[2, 0]] * 3}))
    return simulator.archive()


def swapped_decryptions() -> bytes:
    simulator = closed()
    simulator.add_share(1, simulator.share(2))
    simulator.add_share(2, simulator.share(1))
    simulator.add(EventType.RESULT, compact({"result": [[2, 0]] * 3}))
    return simulator.archive()


def wrong_decryption() -> bytes:
    simulator = closed()
    simulator.decrypt(1)
    tree = json.loads(simulator.share(2))
    tree["decryption_factors"][0][0] = group.encode_point(GENERATOR)
    simulator.add_share(2, compact(tree))
    simulator.add(EventType.RESULT, compact({"result": [[2, 0]] * 3}))
    return simulator.archive()


def unknown_owner() -> bytes:
    simulator = closed()
    simulator.decrypt(1, 2)
    simulator.add_share(9, simulator.share(3))
    del simulator.shares[9]
    simulator.publish_result()
    return simulator.archive()


def wrong_result() -> bytes:
    simulator = closed()
    simulator.decrypt(1, 2)
    simulator.add(EventType.RESULT, compact({"result": [[1, 1]] * 3}))
    return simulator.archive()
