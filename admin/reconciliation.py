"""The reconciliation line (docs/architecture.md). Pure.

``cast <= issued <= present <= summoned``, and no card from nowhere:
``issued + voided <= printed``, where `issued` counts delegates who hold a card, so
that exchanging a damaged card voids one and leaves the others unchanged.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """The six numbers; `cast` is unknown until the box says it."""

    summoned: int
    present: int
    printed: int
    issued: int
    voided: int
    cast: int | None = None

    def broken(self) -> str | None:
        """Name the first inequality that does not hold, or nothing."""
        cast = self.cast or 0
        rules = {
            "cast_over_issued": cast > self.issued,
            "issued_over_present": self.issued > self.present,
            "present_over_summoned": self.present > self.summoned,
            "cards_over_printed": self.issued + self.voided > self.printed,
        }
        return next((name for name, wrong in rules.items() if wrong), None)
