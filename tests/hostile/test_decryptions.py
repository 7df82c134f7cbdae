"""What the specification's decryption proof does not say (docs/threat-model.md).

These tests hold down how far the weakness goes: they fail when it is gone, and then
the page that admits it has to change.
"""

from crypto import tally
from crypto.audit import audit
from crypto.group import ORDER
from crypto.tally import lagrange
from tests.hostile.decryptions import LastVoter, senseless_share
from tests.simulator import Simulator


def test_a_senseless_share_proves_itself_well() -> None:
    simulator = Simulator().start()
    simulator.vote(0)
    simulator.close()
    share = senseless_share(
        simulator.setup, simulator.encrypted_tally, simulator.private_keys[1]
    )

    tally.check_partial_decryption(simulator.setup, simulator.encrypted_tally, 1, share)


def test_the_last_voter_and_one_member_can_move_votes() -> None:
    simulator = Simulator(cards=4).start()
    simulator.vote(0)
    simulator.vote(1)
    moved = pow(lagrange([1, 2], 1), -1, ORDER)  # one vote less, after combining
    pair = LastVoter(simulator, 1, moved)
    simulator.cast(pair.ballot(2))
    simulator.close()
    simulator.add_share(1, pair.share())
    simulator.decrypt(2)
    simulator.publish_result()

    report = audit(simulator.archive(), workers=1)

    assert report.valid
    assert report.result == [[1, 0], [2, 0], [2, 0]]
