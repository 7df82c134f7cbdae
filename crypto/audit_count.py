"""Checks of the count: encrypted tally, partial decryptions, result."""

from functools import cached_property

from crypto.audit_ballots import BallotChecks
from crypto.ballot_checks import UNLISTED_WEIGHT
from crypto.encoding import read, to_bytes
from crypto.errors import ProtocolError
from crypto.events import EventType, SizedEncryptedTally
from crypto.findings import Failed, Outcome
from crypto.history import Step
from crypto.tally import (
    Factors,
    check_partial_decryption,
    combine_factors,
    missing_owners,
)


class CountChecks(BallotChecks):
    """The fourth layer of an audit: what was counted."""

    @cached_property
    def good(self) -> dict[int, Factors]:
        """The decryption factors that were found good, by owner."""
        return {}

    def _tallies(self) -> list[Step]:
        steps = self.history.of(EventType.ENCRYPTED_TALLY)
        if not steps:
            raise Failed("absent", what="EncryptedTally")
        return steps

    def tally_ballots(self) -> Outcome:
        """Compare the encrypted tally with the sum of the ballots, byte for byte."""
        self._needs_setup()
        tallies = self._tallies()
        if self._checked.sums is None:
            raise Failed("unreadable")
        expected = to_bytes(self._checked.sums)
        if any(step.data[0] != expected for step in tallies):
            raise Failed("differs")
        return "holds", {}

    def tally_counts(self) -> Outcome:
        """Compare the numbers beside the encrypted tally with the ballots."""
        self._needs_setup()
        weights = [
            UNLISTED_WEIGHT
            if cast.card is None
            else self._setup.credentials.get(cast.card, UNLISTED_WEIGHT)
            for cast in self._casts
            if cast.counts
        ]
        count, weight = len(weights), sum(weights)
        for step in self._tallies():
            said = read(step.data[-1], SizedEncryptedTally)
            if (said.num_tallied, said.total_weight) != (count, weight):
                raise Failed(
                    "wrong_counts",
                    said=said.num_tallied,
                    said_weight=said.total_weight,
                    count=count,
                    weight=weight,
                )
        return "counts", {"count": count, "weight": weight}

    def decryption_owners(self) -> Outcome:
        """Check that no trustee decrypted twice; belenios-tool does not."""
        seen: set[int | None] = set()
        for step in self._shares():
            if step.owner in seen:
                raise Failed("owner_twice", owner=step.owner)
            seen.add(step.owner)
        return "trustees", {"count": len(seen)}

    def _shares(self) -> list[Step]:
        return self.history.of(EventType.PARTIAL_DECRYPTION)

    def decryption_proofs(self) -> Outcome:
        """Check every partial decryption, and keep the good ones."""
        self._needs_setup()
        encrypted_tally = self._tallies()[0].data[0]
        fault: Failed | None = None
        for step in self._shares():
            owner = step.owner or 0
            try:
                self.good[owner] = check_partial_decryption(
                    self._setup, encrypted_tally, owner, step.data[0]
                )
            except ProtocolError as error:
                fault = fault or Failed("share", owner=owner, detail=str(error))
        if fault is not None:
            raise fault
        return "trustees", {"count": len(self.good)}

    def decryption_complete(self) -> Outcome:
        """Check that the good ones suffice."""
        self._needs_setup()
        missing = missing_owners(self._setup, self.good)
        if missing:
            raise Failed("too_few", missing=", ".join(missing))
        return "trustees", {"count": len(self.good)}

    def result(self) -> Outcome:
        """Compare the result with what the good ones say, byte for byte."""
        self._needs_setup()
        self._needs("decryption.complete")
        results = self.history.of(EventType.RESULT)
        if not results:
            raise Failed("absent", what="Result")
        computed = self._compute_result()
        for step in results:
            if step.data[-1] != computed:
                raise Failed(
                    "wrong_result",
                    said=step.data[-1][:200].decode(errors="replace"),
                    computed=computed[:200].decode(),
                )
        return "holds", {}

    def _compute_result(self) -> bytes:
        return combine_factors(
            self._setup,
            self._tallies()[0].data[0],
            self.good,
            sum(self._setup.credentials.values()),
        )
