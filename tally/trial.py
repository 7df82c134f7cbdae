"""The compulsory trial: a small invented vote that every member must open.

Two real elections were lost to one lost key. So before the paper can be sealed,
every member decrypts a trial tally with the real key card. The server knows the
trial's result beforehand and compares: every share alone by its proof, and
combinations of the threshold's size by the number that comes out.
"""

import json
import secrets
from dataclasses import dataclass

from sqlalchemy.orm import Session

from crypto import credentials, election
from crypto import tally as counting
from crypto.ballot import check_ballot, make_ballot
from crypto.errors import ProtocolError
from crypto.setup import Setup, SetupBytes
from crypto.statement import check_statement_proofs
from crypto.tally import Factors
from crypto.trustees import joint_key, read_trustees
from tally import actions
from tally.committee import announce, move, require
from tally.models import Committee, Member, Trial
from tally.phases import Phase
from web.errors import Refused
from web.record import record

_BALLOTS = 8  # enough that the known numbers differ from try to try
_QUESTIONS = 2


@dataclass(frozen=True)
class Trials:
    """One committee's trial, inside the caller's transaction."""

    session: Session
    committee: Committee

    def make(self) -> None:
        """Make the trial under the committee's key, with random marks."""
        trustees = self.committee.trustees
        if trustees is None:
            raise Refused("no_key_yet")
        source, cards = _invent(trustees)
        setup = Setup.load(source)
        tally, known = counting.RunningTally(setup), [[0, 0] for _ in range(_QUESTIONS)]
        for card in cards:
            marks = [_random_mark() for _ in range(_QUESTIONS)]
            raw = make_ballot(source.election, card, marks)
            tally.add(check_ballot(raw, setup))
            known = [
                [a + b for a, b in zip(row, mark, strict=True)]
                for row, mark in zip(known, marks, strict=True)
            ]
        self.session.add(
            Trial(
                uuid=self.committee.uuid,
                election=source.election,
                trustees=source.trustees,
                credentials=source.credentials,
                encrypted_tally=tally.encrypted_tally(),
                ballots=len(cards),
                known=json.dumps(known),
            )
        )

    def load(self) -> Trial:
        """Return the trial.

        Raises:
            Refused: the key is not complete yet.
        """
        trial = self.session.get(Trial, self.committee.uuid)
        if trial is None:
            raise Refused("no_key_yet")
        return trial

    def open(self, member: Member, share: str, statement: str) -> None:
        """Take a member's share; the last one makes the committee ready.

        Raises:
            Refused: the share does not open the trial.
        """
        require(self.committee, Phase.TESTING)
        if member.test_share is not None:
            raise Refused("already_done")
        self._check_share(member.index, share.encode(), statement.encode())
        member.test_share = share
        done = actions.CeremonyStep(member.uuid, member.index, "test")
        record(self.session, done, actor=f"member {member.index}")
        if all(each.test_share for each in self.committee.members):
            self._finish()

    def _check_share(self, index: int, share: bytes, statement: bytes) -> None:
        trial = self.load()
        setup, sums = _setup(trial), trial.encrypted_tally
        try:
            counting.check_partial_decryption(setup, sums, index, share)
            check_statement_proofs(setup, sums, index, share, statement)
        except ProtocolError as error:
            raise Refused(
                "bad_key_card", reason=str(error), check=error.check
            ) from error

    def _finish(self) -> None:
        self._check_combinations()
        move(self.session, self.committee, Phase.READY)
        announce(self.session, self.committee)

    def _check_combinations(self) -> None:
        """Open the trial with every run of neighbours of the threshold's size."""
        trial = self.load()
        setup, known = _setup(trial), json.loads(trial.known)
        factors = self._factors(setup, trial)
        size, needed = len(factors), self.committee.threshold
        for first in range(size):
            chosen = [1 + (first + step) % size for step in range(needed)]
            shares = {owner: factors[owner] for owner in chosen}
            try:
                result = counting.combine_factors(
                    setup, trial.encrypted_tally, shares, trial.ballots
                )
            except ProtocolError as error:
                raise Refused("trial_failed", members=chosen) from error
            if counting.read_result(result) != known:
                raise Refused("trial_failed", members=chosen)

    def _factors(self, setup: Setup, trial: Trial) -> dict[int, Factors]:
        return {
            member.index: counting.check_partial_decryption(
                setup,
                trial.encrypted_tally,
                member.index,
                (member.test_share or "").encode(),
            )
            for member in self.committee.members
        }


def _invent(trustees: bytes) -> tuple[SetupBytes, list[str]]:
    uuid = election.new_uuid()
    cards = [credentials.new_credential() for _ in range(_BALLOTS)]
    points = [credentials.public_credential(uuid, card) for card in cards]
    text = election.write_election(
        uuid=uuid,
        name="Mở thử",
        description="test",
        public_key=joint_key(read_trustees(trustees)),
        questions=[
            election.agree_disagree(f"Dòng thử {number}")
            for number in range(1, _QUESTIONS + 1)
        ],
    )
    listed = credentials.public_credentials_json(points)
    return SetupBytes(text, trustees, listed), cards


def _setup(trial: Trial) -> Setup:
    return Setup.parse(SetupBytes(trial.election, trial.trustees, trial.credentials))


def _random_mark() -> list[int]:
    return secrets.choice(([1, 0], [0, 1], [0, 0]))
