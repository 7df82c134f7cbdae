"""Which shares open a result together.

A share's proof in the archive does not say all: by the specification's challenge a
member can make one that is accepted and senseless. The statement proofs that come with
every share refuse those (docs/threat-model.md). Should one be there all the same: a
result counts only if its numbers can be votes; else one share lies, and with one more
the liar is found.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Generic, TypeVar

from crypto.errors import ProtocolError
from crypto.setup import Setup
from crypto.tally import Factors, combine_factors, read_result
from tally.verdicts import ImpossibleResultError

_Judged = TypeVar("_Judged")
Judge = Callable[[list[list[int]]], _Judged]


@dataclass(frozen=True)
class Opened(Generic[_Judged]):
    """A result, what was made of it, and by whose shares.

    Attributes:
        used: the owners whose shares opened it.
        wrong: the owners whose shares do not fit to it.
    """

    result: bytes
    judged: _Judged
    used: tuple[int, ...]
    wrong: tuple[int, ...]


@dataclass(frozen=True)
class Opening:
    """Sums to be opened by `threshold` shares whose proofs were checked."""

    setup: Setup
    encrypted_tally: bytes
    ballots: int
    threshold: int

    def open(
        self, factors: Mapping[int, Factors], newest: int, judge: Judge[_Judged]
    ) -> Opened[_Judged] | None:
        """Open with the newest share and others, or return nothing if none fit.

        Args:
            factors: the shares so far, by owner.
            newest: the owner of the share that was not there at the last try.
            judge: reads the numbers; raises ImpossibleResultError if they cannot be
                votes.
        """
        others = sorted(factors.keys() - {newest})
        for chosen in combinations(others, self.threshold - 1):
            used = tuple(sorted((*chosen, newest)))
            result = self._combine(factors, used)
            try:
                judged = None if result is None else judge(read_result(result))
            except ImpossibleResultError:
                continue
            if result is not None and judged is not None:
                return Opened(result, judged, used, self._wrong(factors, used, result))
        return None

    def _wrong(
        self, factors: Mapping[int, Factors], used: tuple[int, ...], result: bytes
    ) -> tuple[int, ...]:
        rest = sorted(factors.keys() - set(used))
        fitting = used[1:]
        return tuple(
            owner
            for owner in rest
            if self._combine(factors, (*fitting, owner)) != result
        )

    def _combine(
        self, factors: Mapping[int, Factors], owners: tuple[int, ...]
    ) -> bytes | None:
        chosen = {owner: factors[owner] for owner in owners}
        try:
            return combine_factors(
                self.setup, self.encrypted_tally, chosen, self.ballots
            )
        except ProtocolError:
            return None
