"""Do the numbers of the room and of the box fit: cast ≤ issued ≤ present ≤ summoned.

Pure. A count that does not reconcile stops and says why (docs/architecture.md).
"""

from dataclasses import asdict, dataclass


class MismatchError(Exception):
    """Two numbers contradict each other.

    Attributes:
        code: which two, as the catalogue's key `mismatch.<code>` names them.
        smaller: the number that should not be above the other.
        larger: the number that should not be below the first.
    """

    def __init__(self, code: str, smaller: int, larger: int) -> None:
        super().__init__(f"{code}: {smaller} > {larger}")
        self.code = code
        self.smaller = smaller
        self.larger = larger


@dataclass(frozen=True)
class Line:
    """The reconciliation line, in the order in which it is always shown.

    `cast` is the box's own number at close; None while voting runs.
    """

    summoned: int
    present: int
    printed: int
    issued: int
    voided: int
    cast: int | None


def check(line: Line, on_board: int) -> None:
    """Return nothing if the numbers can all be true at once.

    Args:
        line: what the roll call and the box say.
        on_board: the ballots of the closed board, as the mirror counted them.

    Raises:
        MismatchError: they cannot; it names the first contradiction.
    """
    numbers = {name: each for name, each in asdict(line).items() if each is not None}
    if min(numbers.values()) < 0:
        raise MismatchError("negative", 0, min(numbers.values()))
    if line.cast is not None and line.cast != on_board:
        low, high = sorted((line.cast, on_board))
        raise MismatchError("board_differs", high, low)
    for code, smaller, larger in (
        ("cast_over_issued", on_board, line.issued),
        ("issued_over_present", line.issued, line.present),
        ("present_over_summoned", line.present, line.summoned),
        ("issued_over_printed", line.issued, line.printed),
        ("voided_over_printed", line.voided, line.printed),
    ):
        if smaller > larger:
            raise MismatchError(code, smaller, larger)
