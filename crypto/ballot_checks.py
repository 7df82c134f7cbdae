"""Checks of all ballots of an archive, on every core.

Each worker checks a chunk of ballots completely and adds up those that count, so
that a ballot is parsed once and only sums travel back.
"""

import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field

import msgspec

from crypto.ballot import Ballot, check_ballot, read_ballot
from crypto.elgamal import Ciphertext
from crypto.errors import EncodingError, ProtocolError
from crypto.group import Point, decode_candidate
from crypto.setup import Setup, SetupBytes
from crypto.tally import RunningTally

Progress = Callable[[int, int], None]

UNLISTED_WEIGHT = 1  # a card that is not listed fails its own check, not the sums
_CHUNK = 8  # ballots; small enough for an even end and a smooth progress bar
_ALONE = 300  # choices; fewer are checked before a worker process has started


@dataclass(frozen=True)
class Cast:
    """A ballot on the board.

    Attributes:
        number: its place among the ballots, from 1.
        raw: its bytes.
        card: the card it names, if that can be read.
        counts: it stands before the tally and is the last one of its card.
    """

    number: int
    raw: bytes
    card: Point | None
    counts: bool


@dataclass(frozen=True)
class Fault:
    """Why a ballot is not valid; `check` is the step of `check_ballot`."""

    number: int
    check: str
    reason: str


@dataclass
class ChunkReport:
    """What a worker found out about its chunk.

    Attributes:
        faults: the ballots that are not valid.
        ciphertexts: for each ballot, short names of its ciphertexts.
        sums: the encrypted sum of the ballots that count; None if a ballot that
            counts cannot even be read.
    """

    faults: list[Fault] = field(default_factory=list)
    ciphertexts: list[tuple[int, frozenset[bytes]]] = field(default_factory=list)
    sums: tuple[tuple[Ciphertext, ...], ...] | None = None


def card_of(raw: bytes) -> Point | None:
    """Say which card a ballot names, or None if that cannot be read."""
    try:
        text = msgspec.json.decode(raw, type=_Named).credential
        return Point(decode_candidate(text))
    except (msgspec.MsgspecError, ProtocolError, ValueError, RecursionError):
        return None


def mark_last(
    ballots: Sequence[bytes], *, tallied: int | None = None
) -> tuple[list[Cast], list[tuple[int, int]]]:
    """Mark the last ballot of each card (section Tallied ballots).

    Args:
        ballots: all ballots on the board.
        tallied: how many of them, from the first, stand before the tally.

    Returns:
        The ballots, and the pairs of numbers (earlier, later) of one card.
    """
    cards = [card_of(raw) for raw in ballots]
    in_time = range(1, (len(ballots) if tallied is None else tallied) + 1)
    last = {cards[number - 1]: number for number in in_time}
    repeated = [
        (number, last[card])
        for number, card in zip(in_time, cards, strict=False)
        if card is not None and last[card] != number
    ]
    superseded = {number for number, _ in repeated}
    return [
        Cast(number, raw, card, number in in_time and number not in superseded)
        for number, (raw, card) in enumerate(zip(ballots, cards, strict=True), start=1)
    ], repeated


def check_all(
    setup: Setup,
    ballots: Sequence[Cast],
    *,
    workers: int | None = None,
    progress: Progress | None = None,
) -> ChunkReport:
    """Check all ballots and add up those that count.

    Args:
        setup: the election.
        ballots: all ballots on the board.
        workers: number of processes; as many as there are cores by default.
        progress: told how many ballots of how many are done.
    """
    size = sum(question.choices for question in setup.homomorphic_questions)
    workers = workers or len(os.sched_getaffinity(0))
    chunks = [ballots[at : at + _CHUNK] for at in range(0, len(ballots), _CHUNK)]
    if workers == 1 or size * len(ballots) < _ALONE:
        reports: Iterable[ChunkReport] = (check_chunk(setup, chunk) for chunk in chunks)
    else:
        reports = _check_in_processes(setup.source, chunks, workers)
    tally, total = RunningTally(setup), ChunkReport()
    readable, done = True, 0
    for report in reports:
        total.faults += report.faults
        total.ciphertexts += report.ciphertexts
        if report.sums is None:
            readable = False
        else:
            tally.merge(report.sums)
        done += len(report.ciphertexts)
        if progress is not None:
            progress(done, len(ballots))
    total.faults.sort(key=lambda fault: fault.number)
    total.ciphertexts.sort(key=lambda each: each[0])
    total.sums = tally.sums if readable else None
    return total


def check_chunk(setup: Setup, chunk: Sequence[Cast]) -> ChunkReport:
    """Check some ballots, and add up those that count."""
    report, tally, readable = ChunkReport(), RunningTally(setup), True
    for cast in chunk:
        ballot = _check_one(setup, cast, report.faults)
        report.ciphertexts.append((cast.number, _ciphertexts(ballot)))
        if not cast.counts:
            continue
        if ballot is None:
            readable = False
        else:
            tally.add(ballot, setup.credentials.get(ballot.credential, UNLISTED_WEIGHT))
    report.sums = tally.sums if readable else None
    return report


class _Named(msgspec.Struct):
    credential: str


def _check_one(setup: Setup, cast: Cast, faults: list[Fault]) -> Ballot | None:
    """Check a ballot; a bad one is returned all the same if it can be read."""
    try:
        return check_ballot(cast.raw, setup)
    except ProtocolError as error:
        faults.append(Fault(cast.number, error.check, str(error)))
    try:
        return read_ballot(cast.raw, setup.election)
    except ProtocolError:
        return None


def _ciphertexts(ballot: Ballot | None) -> frozenset[bytes]:
    if ballot is None:
        return frozenset()
    return frozenset(
        hashlib.sha256(choice.alpha + choice.beta).digest()[:16]
        for answer in ballot.answers
        for choice in answer.choices
    )


_setup: Setup | None = None  # of a worker process, set once when it starts


def _begin_work(source: SetupBytes) -> None:
    global _setup  # noqa: PLW0603 (a worker process has no other place)
    _setup = Setup.parse(source)


def _work(chunk: Sequence[Cast]) -> ChunkReport:
    if _setup is None:
        raise EncodingError("worker was not started for an election")
    return check_chunk(_setup, chunk)


def _check_in_processes(
    source: SetupBytes, chunks: Sequence[Sequence[Cast]], workers: int
) -> Iterator[ChunkReport]:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        min(workers, len(chunks)),
        mp_context=context,
        initializer=_begin_work,
        initargs=(source,),
    ) as executor:
        futures = [executor.submit(_work, chunk) for chunk in chunks]
        for future in as_completed(futures):
            yield future.result()
