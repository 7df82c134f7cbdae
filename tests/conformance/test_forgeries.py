"""What stock belenios-tool says of the archives that `phieukin verify` refuses.

`election verify` alone accepts many of them: it is no independent check by itself.
If one of these tests fails, another version of the tool knows better, and the
protocol's table of forgeries must be read again.
"""

import pytest

from tests.conformance.oracle import BeleniosTool, RefusedError
from tests.hostile.forgeries import FORGERIES, Forgery
from tests.simulator import finished


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES.keys())
def test_stock_verify_says_what_we_documented(
    belenios_tool: BeleniosTool, forgery: Forgery
) -> None:
    belenios_tool.write("election.bel", forgery.make())

    if forgery.stock_accepts:
        belenios_tool.run("election", "verify")
    else:
        with pytest.raises(RefusedError):
            belenios_tool.run("election", "verify")


def test_stock_verify_accepts_an_honest_archive(belenios_tool: BeleniosTool) -> None:
    belenios_tool.write("election.bel", finished().archive())

    belenios_tool.run("election", "verify")
