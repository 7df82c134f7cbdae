import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from crypto import ballot, pool
from crypto.ballot import Ballot
from crypto.errors import ProofError
from crypto.pool import CheckingPool
from crypto.setup import Setup, SetupBytes
from tests.vectors.generate import CARD, PAPERS

PATIENCE = 60


@pytest.fixture(scope="module")
def raw(source: SetupBytes) -> bytes:
    return ballot.make_ballot(source.election, CARD, PAPERS["marked"])


@pytest.fixture
def checking() -> Iterator[CheckingPool]:
    with CheckingPool(2) as workers:
        yield workers


def processes(workers: CheckingPool) -> list[int]:
    return list(workers._executor._processes)


def kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)


def test_a_good_ballot_comes_back_whole(
    checking: CheckingPool, source: SetupBytes, setup: Setup, raw: bytes
) -> None:
    accepted = checking.check(source, raw).result(PATIENCE)

    assert accepted == ballot.check_ballot(raw, setup)
    assert pickle.loads(pickle.dumps(accepted)) == accepted  # noqa: S301


def test_a_refusal_keeps_its_name(
    checking: CheckingPool, source: SetupBytes, vectors: dict[str, Any]
) -> None:
    refused = {
        entry["check"]: checking.check(source, entry["ballot"].encode())
        for entry in vectors["ballots"]["refused"]
    }

    for check, future in refused.items():
        error = future.exception(PATIENCE)
        assert getattr(error, "check", None) == check


def test_a_promise_cannot_be_cancelled(
    checking: CheckingPool, source: SetupBytes, raw: bytes
) -> None:
    promise = checking.check(source, raw)

    assert not promise.cancel()
    assert promise.result(PATIENCE)


def test_it_uses_every_core_by_default() -> None:
    with CheckingPool() as workers:
        assert workers._workers == len(os.sched_getaffinity(0))


def test_a_worker_that_died_while_idle_is_replaced(
    checking: CheckingPool, source: SetupBytes, raw: bytes
) -> None:
    checking.check(source, raw).result(PATIENCE)
    for process in processes(checking):
        kill(process)

    assert checking.check(source, raw).result(PATIENCE)


def test_ballots_under_way_survive_a_worker(
    checking: CheckingPool, source: SetupBytes, raw: bytes
) -> None:
    checking.check(source, raw).result(PATIENCE)
    promises = [checking.check(source, raw) for _ in range(20)]
    kill(processes(checking)[0])

    assert all(promise.result(PATIENCE) for promise in promises)


def test_a_pool_known_to_be_broken_is_replaced(
    checking: CheckingPool, source: SetupBytes, raw: bytes
) -> None:
    broken = checking._executor
    checking.check(source, raw).result(PATIENCE)
    kill(processes(checking)[0])
    while not broken._broken:
        time.sleep(0.01)

    assert checking.check(source, raw).result(PATIENCE)
    assert checking._executor is not broken


class Doomed:
    """Stands for whatever makes a worker die: no ballot that we know does."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (1,)


def test_a_ballot_that_kills_workers_fails_alone(
    checking: CheckingPool, source: SetupBytes, raw: bytes
) -> None:
    with pytest.raises(BrokenProcessPool):
        checking.check(source, Doomed()).result(PATIENCE)  # type: ignore[arg-type]

    assert checking.check(source, raw).result(PATIENCE)


def test_a_closed_pool_takes_nothing(source: SetupBytes, raw: bytes) -> None:
    workers = CheckingPool(1)
    workers.close()

    with pytest.raises(RuntimeError):
        workers.check(source, raw)


def test_closing_gives_up_what_has_not_begun(source: SetupBytes, raw: bytes) -> None:
    workers = CheckingPool(1)
    workers.check(source, raw).result(PATIENCE)
    promises = [workers.check(source, raw) for _ in range(30)]
    workers.close()

    errors = [promise.exception(PATIENCE) for promise in promises]
    assert any(isinstance(error, CancelledError) for error in errors)
    assert all(error is None or isinstance(error, CancelledError) for error in errors)


def test_a_pool_that_breaks_while_closing_is_not_built_again(
    source: SetupBytes, raw: bytes
) -> None:
    workers = CheckingPool(1)
    broken = workers._executor
    workers.close()
    job = pool._Job(source, raw)
    failed: Future[Ballot] = Future()
    failed.set_exception(BrokenProcessPool())

    workers._settle(job, broken, failed)

    assert isinstance(job.promise.exception(PATIENCE), RuntimeError)
    assert workers._executor is broken


def test_the_worker_s_own_functions(source: SetupBytes, raw: bytes) -> None:
    """What runs in a worker, run here where it can be measured."""
    assert pool._check(source, raw) == pool._check(source, raw)
    assert pool._setup(source) is pool._setup(source)
    with pytest.raises(ProofError):
        pool._check(source, raw.replace(b'"hash":"', b'"hash":"A', 1))


def test_workers_follow_their_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same with real workers is below; this one can be measured."""
    left: list[int] = []
    monkeypatch.setattr(os, "_exit", left.append)
    parent = multiprocessing.get_context("spawn").Process(target=time.sleep, args=(0,))
    parent.start()

    pool._exit_after(parent)
    assert not parent.is_alive()
    assert left == [1]

    pool._exit_after(None)
    assert left == [1]


def test_workers_ignore_interrupts() -> None:
    before = signal.getsignal(signal.SIGINT)
    try:
        pool._begin_work()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


PARENT = """
import json, sys
from crypto.pool import CheckingPool
from crypto.setup import SetupBytes
from tests.vectors.generate import KEY, ballots
from crypto import trustees

if __name__ == "__main__":
    known = ballots()
    source = SetupBytes(
        known["election"].encode(),
        b'[["Single",' + trustees.make_trustee_key(KEY) + b"]]",
        known["public_credentials"].encode(),
    )
    workers = CheckingPool(2)
    raw = known["ballots"][0]["ballot"].encode()
    for promise in [workers.check(source, raw) for _ in range(8)]:
        promise.result()
    print(*workers._executor._processes, flush=True)
    sys.stdin.read()
"""


def alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_no_worker_outlives_a_killed_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    ) as parent:
        assert parent.stdout
        workers = [int(text) for text in parent.stdout.readline().split()]
        assert workers
        assert all(alive(process) for process in workers)
        parent.kill()
    deadline = time.monotonic() + 20
    while any(alive(process) for process in workers):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_it_works_in_a_process_full_of_threads(
    checking: CheckingPool, source: SetupBytes, raw: bytes
) -> None:
    assert checking._executor._mp_context.get_start_method() == "forkserver"
    found: list[Ballot] = []
    threads = [
        threading.Thread(
            target=lambda: found.append(checking.check(source, raw).result(PATIENCE))
        )
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 8
