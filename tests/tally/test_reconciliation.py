from dataclasses import replace

import pytest

from tally.reconciliation import Line, MismatchError, check

GOOD = Line(summoned=60, present=50, printed=70, issued=50, voided=20, cast=49)

BAD: dict[str, tuple[Line, int, str]] = {
    "the box and the board differ": (GOOD, 48, "board_differs"),
    "the board has more than the box said": (GOOD, 50, "board_differs"),
    "more ballots than cards": (replace(GOOD, issued=48), 49, "cast_over_issued"),
    "more cards than people": (replace(GOOD, present=49), 49, "issued_over_present"),
    "more people than summoned": (
        replace(GOOD, summoned=49),
        49,
        "present_over_summoned",
    ),
    "more cards than printed": (replace(GOOD, printed=49), 49, "issued_over_printed"),
    "more voided than printed": (replace(GOOD, voided=71), 49, "voided_over_printed"),
    "below nothing": (replace(GOOD, voided=-1), 49, "negative"),
}


def test_numbers_that_fit() -> None:
    check(GOOD, 49)
    check(Line(0, 0, 0, 0, 0, 0), 0)
    check(Line(60, 60, 60, 60, 0, 60), 60)
    check(replace(GOOD, cast=None), 50)


@pytest.mark.parametrize(("line", "on_board", "code"), BAD.values(), ids=BAD.keys())
def test_numbers_that_contradict(line: Line, on_board: int, code: str) -> None:
    with pytest.raises(MismatchError) as caught:
        check(line, on_board)

    assert caught.value.code == code
