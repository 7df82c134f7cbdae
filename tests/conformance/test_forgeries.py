"""What stock belenios-tool says of the archives that `phieukin verify` refuses.

`election verify` alone accepts many of them: it is no independent check by itself.
If one of these tests fails, another version of the tool knows better, and the
protocol's table of forgeries must be read again.

The tool checks ballots beside its other work and does not wait for the answer: on
the same file it exits with 0 most of the time, and now and then a bad ballot is
noticed before it ends. So what it accepts is tried several times.
"""

import pytest

from tests.conformance.oracle import BeleniosTool, RefusedError
from tests.hostile.forgeries import FORGERIES, Forgery
from tests.simulator import finished

TRIES = {True: 6, False: 2}  # by whether the tool is known to accept it


def said_yes(tool: BeleniosTool) -> bool:
    try:
        tool.run("election", "verify")
    except RefusedError:
        return False
    return True


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES.keys())
def test_stock_verify_says_what_we_documented(
    belenios_tool: BeleniosTool, forgery: Forgery
) -> None:
    belenios_tool.write("election.bel", forgery.make())

    answers = [said_yes(belenios_tool) for _ in range(TRIES[forgery.stock_accepts])]

    assert any(answers) == forgery.stock_accepts


def test_stock_verify_accepts_an_honest_archive(belenios_tool: BeleniosTool) -> None:
    belenios_tool.write("election.bel", finished().archive())

    belenios_tool.run("election", "verify")
