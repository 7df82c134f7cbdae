"""Checks of the ballots: each by itself, and all together."""

from functools import cached_property

from crypto.audit_setup import SetupChecks
from crypto.ballot import tracker
from crypto.ballot_checks import Cast, ChunkReport, check_all, mark_last
from crypto.events import EventType
from crypto.findings import Failed, Outcome

_BALLOT_CHECKS = {
    "ballot.encoding": "ballots.form",
    "ballot.election": "ballots.form",
    "ballot.credential": "ballots.credential",
    "ballot.signature": "ballots.signature",
}


class BallotChecks(SetupChecks):
    """The third layer of an audit: what was cast."""

    @cached_property
    def _ballots(self) -> list[bytes]:
        """All ballots, those before the tally first."""
        return [step.data[-1] for step in self.history.of(EventType.BALLOT)]

    @cached_property
    def _tallied(self) -> int:
        """How many of the ballots stand before the first encrypted tally."""
        count = 0
        for step in self.history.steps:
            if step.event.type is EventType.ENCRYPTED_TALLY:
                break
            count += step.event.type is EventType.BALLOT and bool(step.data)
        return count

    @cached_property
    def _casts(self) -> list[Cast]:
        return mark_last(self._ballots, tallied=self._tallied)[0]

    @cached_property
    def _checked(self) -> ChunkReport:
        return check_all(
            self._setup, self._casts, workers=self.workers, progress=self.progress
        )

    def ballots(self, name: str) -> Outcome:
        """Check one step of `check_ballot` for all ballots."""
        self._needs_setup()
        faults = [
            fault
            for fault in self._checked.faults
            if _BALLOT_CHECKS.get(fault.check, "ballots.proofs") == name
        ]
        if faults:
            raise Failed(
                "ballot" if len(faults) == 1 else "ballot_more",
                number=faults[0].number,
                tracker=tracker(self._ballots[faults[0].number - 1]),
                detail=faults[0].reason,
                more=len(faults) - 1,
            )
        return "ballots", {"count": len(self._ballots)}

    def ballots_cards(self) -> Outcome:
        """Check that no card voted twice, or count how many did."""
        _, repeated = mark_last(self._ballots)
        if repeated and self.allow_revote:
            return "revotes", {"count": len(repeated)}
        if repeated:
            raise Failed("twice", first=repeated[0][0], second=repeated[0][1])
        return "ballots", {"count": len(self._ballots)}

    def ballots_replay(self) -> Outcome:
        """Check that no ballot and no ciphertext occurs in two ballots."""
        self._needs_setup()
        seen: dict[bytes, int] = {}
        for number, raw in enumerate(self._ballots, start=1):
            self._first_time(seen, raw, number)
        for number, ciphertexts in self._checked.ciphertexts:
            for ciphertext in ciphertexts:
                self._first_time(seen, ciphertext, number)
        return "ballots", {"count": len(self._ballots)}

    def _first_time(self, seen: dict[bytes, int], content: bytes, number: int) -> None:
        first = seen.setdefault(content, number)
        if first != number:
            raise Failed("replayed", first=first, second=number)
