"""The bench in its quick form, so that it does not rot. No time is asserted."""

import re
from concurrent.futures import ThreadPoolExecutor

from tests.benchmarks import encrypt, hall, verify
from tests.benchmarks.__main__ import machine
from tests.benchmarks.sizes import QUICK


def test_the_machine_is_named() -> None:
    assert re.match(r"\d+ cores \(.+\), load [\d.]+", next(machine()))


def test_verify_is_compared_with_the_stock_tool() -> None:
    lines = "\n".join(verify.report(QUICK))

    assert lines.count("ms cpu a ballot") == 4
    assert lines.count("(wall)") == 4


def test_two_halls_are_played_to_their_results() -> None:
    lines = "\n".join(hall.report(QUICK))

    assert lines.count("cast p50") == 4
    assert lines.count("close to result") == 2
    assert all(f"\n    {name}" in lines for name in ("admin", "kiosk", "tally"))


def test_a_browser_seals_ballots() -> None:
    # In a thread of its own: a browser of another test may hold this one's loop.
    with ThreadPoolExecutor(1) as room:
        lines = "\n".join(room.submit(lambda: list(encrypt.report(QUICK))).result())

    assert lines.count("a fixed loop takes") == 2
    assert lines.count("× slowdown: all at once") == 4
