"""One whole conference, from the roll call to the announced or completed result."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from crypto.election import read_election
from web import paper
from web.launcher.cluster import Cluster
from web.rehearsal import committee, delegates
from web.rehearsal.client import Client, Json
from web.rehearsal.committee import Member
from web.rehearsal.delegates import Casting, Marks, Tablet, Vote
from web.rehearsal.people import Invention
from web.rehearsal.plan import Item, Plan, Post
from web.rehearsal.secretary import Secretary, read_cards

PROCEDURE = "s000-next-term-onsite"
FINAL_STEP = "5"
POST = "Phó Giám đốc Sở"
_ABSENT_SHARE = 12  # one of so many of the summoned is away
_SPARE_SHARE = 10  # one spare card to so many delegates, and never none


@dataclass(frozen=True)
class Size:
    """How large the rehearsed conference is.

    `pause` is seconds between two ballots of one tablet; 0 casts as fast as the box
    takes them.
    """

    delegates: int = 60
    nominees: int = 12
    committee: int = 5
    threshold: int = 3
    tablets: int = 6
    seed: int = 1
    pause: float = 0.0

    @property
    def present(self) -> int:
        """How many of the summoned come."""
        return self.delegates - self.delegates // _ABSENT_SHARE

    @property
    def spares(self) -> int:
        """How many cards are printed beyond one a delegate."""
        return max(1, self.delegates // _SPARE_SHARE)


@dataclass
class Played:
    """What came out of a rehearsal."""

    uuid: str
    archive: bytes
    console: Json
    votes: list[Vote]
    casting: Casting
    sheet: paper.Paper
    close_to_result: float
    stages: dict[str, float] = field(default_factory=dict)

    @property
    def expected(self) -> Marks:
        """The sums of what the delegates marked."""
        return delegates.expected_sums(self.votes)


Progress = Callable[[str, float], None]


class Rehearsal:
    """Plays one conference over the services of a running cluster."""

    def __init__(
        self,
        cluster: Cluster,
        size: Size,
        *,
        step: str = FINAL_STEP,
        progress: Progress = lambda _stage, _share: None,
    ) -> None:
        """Rehearse `step` of the procedure with a conference of this `size`."""
        self._cluster = cluster
        self._size = size
        self._step = step
        self._progress = progress
        self._invention = Invention(size.seed)
        self._stages: dict[str, float] = {}
        self.members: list[Member] = []
        self.cards: list[str] = []
        self.card_sheet = b""
        self.clients = ExitStack()
        self.secretary = Secretary(self._login("admin", "secretary"))
        self._leader = self._login("tally", "leader")

    def play(self) -> Played:
        """Play everything and return what came out."""
        self.until_sealed()
        election = self._election()
        handed_out = self._hand_out()
        with self._stage("mark"):
            votes = delegates.mark_all(election, handed_out, self._invention)
        tablets = self._pair()
        self.open()
        with self._stage("vote"):
            casting = delegates.cast_all(
                tablets, self.secretary.uuid, votes, pause=self._size.pause
            )
        close_to_result = self._count()
        console = self._confirm()
        return Played(
            uuid=self.secretary.uuid,
            archive=self.members[0].archive(),
            console=console,
            votes=votes,
            casting=casting,
            sheet=paper.from_description(read_election(election).description),
            close_to_result=close_to_result,
            stages=dict(self._stages),
        )

    def until_sealed(self) -> None:
        """Prepare everything: people, cards, key, roll call, sealed paper."""
        size = self._size
        plan = self._plan()
        with self._stage("people"):
            self.secretary.create(
                plan, self._invention.people(size.committee), size.threshold
            )
            self.secretary.import_delegates(self._invention.people(size.delegates))
            self.secretary.import_nominees(
                {POST: self._invention.people(size.nominees)}
            )
        with self._stage("cards"):
            self.card_sheet = self.secretary.print_cards(size.spares)
            self.cards = read_cards(self.card_sheet)
        with self._stage("key"):
            self.secretary.convene()
            self.members = committee.join_all(self._leader, self.secretary.uuid)
            committee.make_key(self.members, size.threshold)
            self.secretary.await_committee()
        with self._stage("roll_call"):
            self.secretary.take_roll_call(size.present)
        with self._stage("seal"):
            self.secretary.seal()

    def open(self) -> None:
        """See the empty box and open the vote."""
        with self._stage("open"):
            self.members[0].await_phase("sealed")
            self.members[0].report_zero()
            self.secretary.await_zero_report()
            self.secretary.open()

    def close(self) -> None:
        """Leave the services."""
        for member in self.members:
            member.client.close()
        self.clients.close()

    def _count(self) -> float:
        """Close the vote and open the sums; return the seconds that took."""
        opening = self.members[-self._size.threshold :]
        with self._stage("count"):
            started = time.perf_counter()
            self.secretary.close()
            opening[0].await_phase("unsealing")
            for member in opening:
                member.unseal()
            opening[0].await_phase("counted", "recorded")
            return time.perf_counter() - started

    def _confirm(self) -> Json:
        with self._stage("confirm"):
            for member in self.members:
                member.confirm()
            counted = self.secretary.await_result()
            self.secretary.publish()
        return counted

    def _hand_out(self) -> list[str]:
        """Draw a card for everyone present from the shuffled stack; void the rest."""
        stack = self.cards[:]
        self._invention.random.shuffle(stack)
        self.secretary.void_cards(stack[self._size.present :])
        return stack[: self._size.present]

    def _election(self) -> bytes:
        with Client(self._cluster.urls["kiosk"]) as kiosk:
            return kiosk.get_bytes(
                f"/api/elections/{self.secretary.uuid}/election.json"
            )

    def _pair(self) -> list[Tablet]:
        tablets = []
        with self._stage("tablets"):
            for number in range(1, self._size.tablets + 1):
                code = self.secretary.pair_tablet(f"Máy {number}")
                tablet = Tablet(self._cluster.urls["kiosk"], code)
                self.clients.callback(tablet.close)
                tablets.append(tablet)
        return tablets

    def _login(self, service: str, username: str) -> Client:
        client = self.clients.enter_context(Client(self._cluster.urls[service]))
        client.login(username, self._cluster.password(service, username))
        return client

    def _plan(self) -> Plan:
        post = Post(POST, "2025–2030", quota=max(1, self._size.nominees // 3))
        return Plan(
            title="Hội nghị tập thể lãnh đạo giới thiệu quy hoạch Phó Giám đốc Sở",
            office="Sở Quy hoạch mẫu",
            place="Hội trường A",
            starts_at=datetime.now(UTC).isoformat(timespec="seconds"),
            items=(Item(PROCEDURE, self._step, (post,)),),
        )

    @contextmanager
    def _stage(self, name: str) -> Iterator[None]:
        self._progress(name, 0.0)
        started = time.perf_counter()
        yield
        self._stages[name] = time.perf_counter() - started
        self._progress(name, 1.0)
