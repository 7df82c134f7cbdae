"""Elections and ballots to measure with; making them is not measured."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

from crypto.ballot import make_ballot, read_ballot
from crypto.election import agree_disagree
from crypto.events import EventType
from tests.simulator import Simulator
from web.rehearsal.delegates import Marks, Vote

_MARKS = ([1, 0], [0, 1], [0, 0])


def make_all(
    election: bytes, cards: Sequence[str], marks: Sequence[Marks]
) -> list[Vote]:
    """Seal a ballot for each card, on every core."""
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as workers:
        making = partial(make_ballot, election)
        made = list(workers.map(making, cards, marks, chunksize=4))
    return [Vote(raw, chosen) for raw, chosen in zip(made, marks, strict=True)]


def new_election(nominees: int, cards: int) -> Simulator:
    """Draw up a paper of yes-or-no nominees for a committee of 2 of 3."""
    questions = [agree_disagree(f"Nhân sự {n + 1}") for n in range(nominees)]
    return Simulator(cards=cards, questions=questions).start()


def any_marks(simulator: Simulator, ballot: int) -> Marks:
    """Marks of every kind, in turn."""
    size = len(simulator.questions)
    return [list(_MARKS[(ballot + question) % 3]) for question in range(size)]


def archives(
    nominees: int, ballots: int
) -> tuple[Simulator, bytes, bytes, list[bytes]]:
    """Return an election, its archive, its archive without ballots, the ballots."""
    simulator = new_election(nominees, ballots)
    started = list(simulator.records), simulator.head, simulator.height
    empty = simulator.finish().archive()
    simulator.records, simulator.head, simulator.height = started
    simulator.shares.clear()
    marks = [any_marks(simulator, number) for number in range(ballots)]
    votes = make_all(simulator.source.election, simulator.credentials, marks)
    for vote in votes:
        simulator.running.add(read_ballot(vote.raw, simulator.setup.election))
        simulator.add(EventType.BALLOT, vote.raw)
    raws = [vote.raw for vote in votes]
    return simulator, simulator.finish().archive(), empty, raws
