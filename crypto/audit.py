"""The complete audit of an archive (spec: Audit, After the tally).

Every check is made on its own as far as the others allow, so that a report names
what is wrong and not only that something is. A check that could not be made has
failed. belenios-tool's `election verify` leaves several of them out.
"""

from collections.abc import Callable

from crypto.archive import NotAnArchive
from crypto.audit_count import CountChecks
from crypto.ballot_checks import Progress
from crypto.encoding import fingerprint
from crypto.errors import ProtocolError
from crypto.events import EventType
from crypto.findings import Check, Failed, Outcome, Report
from crypto.tally import read_result

__all__ = ["Check", "NotAnArchive", "Progress", "Report", "audit"]


def audit(
    data: bytes,
    *,
    allow_revote: bool = False,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """Audit an archive.

    Args:
        data: the file.
        allow_revote: follow Belenios' rule that the last ballot of a card counts,
            instead of refusing a second one.
        workers: number of processes for the ballots; one per core by default.
        progress: told how many ballots of how many are checked.

    Raises:
        NotAnArchive: the file is damaged, cut off, or something else.
    """
    return _Audit(data, allow_revote, workers, progress).report()


class _Audit(CountChecks):
    def report(self) -> Report:
        """Make every check in order."""
        makers: dict[str, Callable[[], Outcome]] = {
            "archive.form": self.archive_form,
            "archive.records": self.archive_records,
            "board.chain": self.board_chain,
            "board.order": self.board_order,
            "setup.election": self.setup_election,
            "setup.questions": self.setup_questions,
            "setup.trustees": self.setup_trustees,
            "setup.key": self.setup_key,
            "setup.credentials": self.setup_credentials,
            "ballots.form": lambda: self.ballots("ballots.form"),
            "ballots.credential": lambda: self.ballots("ballots.credential"),
            "ballots.signature": lambda: self.ballots("ballots.signature"),
            "ballots.proofs": lambda: self.ballots("ballots.proofs"),
            "ballots.cards": self.ballots_cards,
            "ballots.replay": self.ballots_replay,
            "tally.ballots": self.tally_ballots,
            "tally.counts": self.tally_counts,
            "decryption.owners": self.decryption_owners,
            "decryption.proofs": self.decryption_proofs,
            "decryption.complete": self.decryption_complete,
            "result": self.result,
        }
        checks = [
            self._make(number, name, maker)
            for number, (name, maker) in enumerate(makers.items(), start=1)
        ]
        return self._report(checks)

    def _make(self, number: int, name: str, maker: Callable[[], Outcome]) -> Check:
        try:
            key, values = maker()
        except Failed as failure:
            self.failed.add(name)
            return Check(number, name, False, failure.key, failure.values)  # noqa: FBT003
        except ProtocolError as error:
            self.failed.add(name)
            return Check(number, name, False, "fault", {"detail": str(error)})  # noqa: FBT003
        return Check(number, name, True, key, values)  # noqa: FBT003

    def _report(self, checks: list[Check]) -> Report:
        steps = self.history.steps
        return Report(
            checks=checks,
            election=self._election,
            fingerprint=fingerprint(self._source.election) if self._source else "",
            head=steps[-1].event.hash if steps else "",
            ballots=len(self._ballots),
            result=None if self.failed else self._result(),
        )

    def _result(self) -> list[list[int]]:
        return read_result(self.history.of(EventType.RESULT)[0].data[-1])
