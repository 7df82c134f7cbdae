"""One whole conference, from the roll call to the announced or completed result."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from crypto.election import read_election
from web import paper
from web.launcher.cluster import Cluster
from web.rehearsal import delegates
from web.rehearsal.client import Json
from web.rehearsal.delegates import Casting, Marks, Vote
from web.rehearsal.papers import Papers
from web.rehearsal.people import Invention
from web.rehearsal.plan import Item, Plan, Post
from web.rehearsal.room import Room
from web.rehearsal.sitting import Progress, Sitting, Size

__all__ = ["FINAL_STEP", "Played", "Rehearsal", "Size"]

PROCEDURE = "s000-next-term-onsite"
FINAL_STEP = "5"
POST = "Phó Giám đốc Sở"
OFFICE = "Sở Quy hoạch mẫu"


@dataclass
class Played:
    """What came out of a rehearsal.

    `papers` are there only if they were asked for, and then `folder` is where they
    were written.
    """

    uuid: str
    archive: bytes
    console: Json
    votes: list[Vote]
    casting: Casting
    sheet: paper.Paper
    close_to_result: float
    stages: dict[str, float] = field(default_factory=dict)
    papers: Papers | None = None
    folder: Path | None = None

    @property
    def expected(self) -> Marks:
        """The sums of what the delegates marked."""
        return delegates.expected_sums(self.votes)


class Rehearsal(Sitting):
    """Plays one conference over the services of a running cluster."""

    def __init__(
        self,
        cluster: Cluster,
        size: Size,
        *,
        step: str = FINAL_STEP,
        progress: Progress = lambda _stage, _share: None,
        papers: bool = False,
    ) -> None:
        """Rehearse `step` with a conference of this `size`, `papers` and all."""
        self._invention = Invention(size.seed)
        super().__init__(Room(cluster, self._invention), size, progress)
        self._step = step
        self._papers = papers

    def play(self) -> Played:
        """Play everything and return what came out."""
        self.until_sealed()
        election = self.election()
        handed_out = self.hand_out()
        with self.stage("mark"):
            votes = delegates.mark_all(election, handed_out, self._invention)
        tablets = self.pair()
        self.open()
        with self.stage("vote"):
            casting = delegates.cast_all(
                tablets, self.secretary.uuid, votes, pause=self.size.pause
            )
        close_to_result = self.count()
        console = self.confirm()
        return Played(
            uuid=self.secretary.uuid,
            archive=self.members[0].archive(),
            console=console,
            votes=votes,
            casting=casting,
            sheet=paper.from_description(read_election(election).description),
            close_to_result=close_to_result,
            stages=dict(self.stages),
            papers=self.papers(OFFICE) if self._papers else None,
        )

    def until_sealed(self) -> None:
        """Prepare everything: people, cards, key, roll call, sealed paper."""
        size, invention = self.size, self._invention
        with self.stage("people"):
            self.secretary.create(
                self._plan(), invention.people(size.committee), size.threshold
            )
            self.secretary.import_delegates(invention.people(size.delegates))
            self.secretary.import_nominees({POST: invention.people(size.nominees)})
        self.print_cards()
        self.make_key()
        self.seal()

    def close(self) -> None:
        """Leave the services."""
        self.room.close()

    def _plan(self) -> Plan:
        post = Post(POST, "2025–2030", quota=max(1, self.size.nominees // 3))
        return Plan(
            title="Hội nghị tập thể lãnh đạo giới thiệu quy hoạch Phó Giám đốc Sở",
            office=OFFICE,
            place="Hội trường A",
            starts_at=now(),
            items=(Item(PROCEDURE, self._step, (post,)),),
        )


def now() -> str:
    """Return the time at which virtual people hold their conferences: now."""
    return datetime.now(UTC).isoformat(timespec="seconds")
