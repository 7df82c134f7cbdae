"""Checks of the election: its paper, its trustees, its cards."""

from crypto.audit_file import FileChecks
from crypto.credentials import read_public_credentials
from crypto.election import NonHomomorphicQuestion
from crypto.findings import Failed, Outcome
from crypto.group import Point
from crypto.setup import Setup
from crypto.trustees import Trustees, joint_key, read_trustees, verification_keys


class SetupChecks(FileChecks):
    """The second layer of an audit: what was sealed."""

    def setup_election(self) -> Outcome:
        """Read the paper."""
        election = self._read_election()
        return "identified", {"uuid": election.uuid}

    def setup_questions(self) -> Outcome:
        """Check that all questions are of a kind that we can audit."""
        self._needs("setup.election")
        questions = self._read_election().questions
        for number, question in enumerate(questions, start=1):
            if isinstance(question, NonHomomorphicQuestion):
                raise Failed("shuffled", number=number)
        return "questions", {"count": len(questions)}

    def setup_trustees(self) -> Outcome:
        """Check every proof of every trustee."""
        self._trustees: Trustees = read_trustees(self._files().trustees)
        self._joint_key = joint_key(self._trustees)
        return "trustees", {"count": len(verification_keys(self._trustees))}

    def setup_key(self) -> Outcome:
        """Compare the election's key with the trustees'."""
        self._needs("setup.election", "setup.trustees")
        if self._read_election().public_key != self._joint_key:
            raise Failed("fault", detail="the election has another public key")
        return "holds", {}

    def setup_credentials(self) -> Outcome:
        """Read the cards, and put the setup together."""
        self._credentials: dict[Point, int] = read_public_credentials(
            self._files().credentials
        )
        if "setup.election" not in self.failed and "setup.trustees" not in self.failed:
            self._assemble()
        return "cards", {"count": len(self._credentials)}

    def _assemble(self) -> None:
        self._setup = Setup.assemble(
            self._files(), self._read_election(), self._trustees, self._credentials
        )

    def _needs_setup(self) -> None:
        self._needs(
            "setup.election", "setup.questions", "setup.trustees", "setup.credentials"
        )
