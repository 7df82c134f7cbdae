"""Small discrete logarithms (spec: Election result): how many votes a sum holds."""

from math import isqrt

from crypto.errors import EncodingError
from crypto.group import GENERATOR, IDENTITY, Point, multiply, power_of_generator


class SmallLogarithm:
    """Finds n from g to the n, for n up to a bound (baby steps, giant steps)."""

    def __init__(self, bound: int, uses: int = 1) -> None:
        # A table of this size makes building it and using it equally dear.
        self._bound = bound
        self._step = isqrt(max(bound, 0) * max(uses, 1)) + 1
        self._table: dict[Point, int] = {}
        point = IDENTITY
        for exponent in range(min(self._step, bound + 1)):
            self._table[point] = exponent
            point = multiply(point, GENERATOR)
        self._giant = power_of_generator(-self._step)

    def __call__(self, point: Point) -> int:
        """Find the exponent.

        Raises:
            EncodingError: it is larger than the bound.
        """
        for giant_steps in range(self._bound // self._step + 1):
            baby_steps = self._table.get(point)
            if baby_steps is not None:
                return self._bounded(giant_steps * self._step + baby_steps)
            point = multiply(point, self._giant)
        raise EncodingError("a sum is larger than the number of ballots")

    def _bounded(self, exponent: int) -> int:
        if exponent > self._bound:
            raise EncodingError("a sum is larger than the number of ballots")
        return exponent
