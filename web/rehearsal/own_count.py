"""A member's own count, from the archive alone: chain, sums, decryptions, result.

A real member's browser does the same. Ballots' proofs are not looked at once more: the
audit at the end does that.
"""

from dataclasses import dataclass
from functools import lru_cache

from crypto.archive import read_archive
from crypto.ballot import read_ballot
from crypto.errors import ProtocolError
from crypto.events import EventType
from crypto.history import History, read_history
from crypto.setup import Setup, SetupBytes
from crypto.tally import RunningTally, combine, read_result
from web.rehearsal.errors import RehearsalError


@dataclass(frozen=True)
class OwnCount:
    """What was counted: votes by question and answer, ballots, the archive's end."""

    result: list[list[int]]
    ballots: int
    head: str


@lru_cache(maxsize=1)  # every member of a committee fetches the same file
def counted(archive: bytes) -> OwnCount:
    """Count an archive.

    Raises:
        RehearsalError: it does not hold together.
    """
    try:
        history = read_history(read_archive(archive).records)
        setup = _setup(history)
        tally = RunningTally(setup)
        for step in history.of(EventType.BALLOT):
            tally.add(read_ballot(step.data[0], setup.election))
        sums = tally.encrypted_tally()
        _check(history, sums)
        result = combine(setup, sums, _shares(history), tally.total_weight)
    except ProtocolError as error:
        raise RehearsalError(f"the archive does not hold together: {error}") from error
    head = history.steps[-1].event.hash
    return OwnCount(read_result(result), tally.num_tallied, head)


def _setup(history: History) -> Setup:
    for faults in (history.record_faults, history.chain_faults):
        if faults:
            raise RehearsalError(faults[0])
    history.check_order(shuffles=False)
    election, trustees, credentials, _ = history.of(EventType.SETUP)[0].data
    return Setup.load(SetupBytes(election, trustees, credentials))


def _check(history: History, sums: bytes) -> None:
    opened = history.of(EventType.ENCRYPTED_TALLY)[0].data[0]
    if opened != sums:
        raise RehearsalError("other sums were opened than those of the ballots")


def _shares(history: History) -> dict[int, bytes]:
    shares = history.of(EventType.PARTIAL_DECRYPTION)
    return {step.owner: step.data[0] for step in shares if step.owner is not None}
