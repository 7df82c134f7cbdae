"""What the specification's decryption proof does not say (docs/threat-model.md).

These tests hold down how far the weakness goes in an archive: they fail when it is
gone, and then the page that admits it has to change. The statement proofs that come
with a share end it for whoever collects the shares.
"""

import json

import pytest

from crypto import group, tally, transcript
from crypto.audit import audit
from crypto.errors import ProofError
from crypto.group import ORDER, Point, Scalar
from crypto.proofs import check_statement
from crypto.statement import check_statement_proofs, make_statement_proofs
from crypto.tally import lagrange
from tests.hostile.decryptions import LastVoter, fitting, senseless_share
from tests.hostile.tools import compact
from tests.simulator import Simulator


def test_a_senseless_share_proves_itself_well() -> None:
    simulator = Simulator().start()
    simulator.vote(0)
    simulator.close()
    share = senseless_share(
        simulator.setup, simulator.encrypted_tally, simulator.private_keys[1]
    )

    tally.check_partial_decryption(simulator.setup, simulator.encrypted_tally, 1, share)


def moving() -> tuple[Simulator, bytes]:
    """Play until the pair's share is there."""
    simulator = Simulator(cards=4).start()
    simulator.vote(0)
    simulator.vote(1)
    moved = pow(lagrange([1, 2], 1), -1, ORDER)  # one vote less, after combining
    pair = LastVoter(simulator, 1, moved)
    simulator.cast(pair.ballot(2))
    simulator.close()
    return simulator, pair.share()


def test_the_last_voter_and_one_member_can_move_votes_in_an_archive() -> None:
    simulator, share = moving()
    simulator.add_share(1, share)
    simulator.decrypt(2)
    simulator.publish_result()

    report = audit(simulator.archive(), workers=1)

    assert report.valid
    assert report.result == [[1, 0], [2, 0], [2, 0]]


def test_no_statement_proves_the_moved_share() -> None:
    simulator, share = moving()
    setup, sums = simulator.setup, simulator.encrypted_tally
    tally.check_partial_decryption(setup, sums, 1, share)
    honest = make_statement_proofs(setup, sums, simulator.private_keys[1])
    check_statement_proofs(setup, sums, 1, simulator.share(1), honest)

    for proofs in (honest, compact(json.loads(share)["decryption_proofs"])):
        with pytest.raises(ProofError) as caught:
            check_statement_proofs(setup, sums, 1, share, proofs)
        assert caught.value.check == "decryption.statement"


def test_a_factor_solved_from_the_challenge_changes_the_challenge() -> None:
    """The trick that works on the specification's proof, tried on the statement's."""
    simulator, _ = moving()
    setup, key = simulator.setup, simulator.private_keys[1]
    alpha = simulator.running.sums[0][0].alpha
    public, honest = group.power_of_generator(key), group.power(alpha, key)

    def challenge_of(both: tuple[Point, Point]) -> Scalar:
        said = (alpha, honest)  # the wrong factor is not known yet
        return transcript.decryption_statement(setup.fingerprint, public, said, both)

    factor, proof = fitting(challenge_of, key, alpha)

    assert factor != honest
    with pytest.raises(ProofError):
        check_statement(setup.fingerprint, public, alpha, factor, proof)
