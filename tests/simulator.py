"""A whole election in memory: cards, trustees k of n, ballots, archive.

Not a mock: everything in it is made by the protocol code itself. What an attacker
does to an archive is one line of `Simulator.add`, which checks nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from crypto import archive, ballot, credentials, election, pedersen, tally, trustees
from crypto.archive import ArchiveRecord, data_record, event_record
from crypto.encoding import sha256_hex, to_bytes
from crypto.events import WITHOUT_PAYLOAD, Event, EventType, Owned
from crypto.group import Scalar
from crypto.setup import Setup, SetupBytes

TIMESTAMP = 1_795_253_421
NAMES = ("Nguyễn Văn Mẫu", "Trần Thị Thử", "Lê Giả Định")
QUESTIONS = tuple(election.agree_disagree(name) for name in NAMES)


@dataclass(frozen=True)
class Committee:
    """Members who made a threshold key together, with their secrets."""

    seeds: tuple[str, ...]
    parameters: bytes
    private_keys: tuple[Scalar, ...]
    locked_keys: tuple[str, ...]


def hold_ceremony(size: int, threshold: int) -> Committee:
    """Play all members and the server of a key ceremony."""
    seeds = tuple(pedersen.new_seed() for _ in range(size))
    places = list(enumerate(seeds, start=1))
    certs = [pedersen.make_certificate(s, size, threshold, at) for at, s in places]
    polynomials = [pedersen.make_polynomial(seed, certs) for seed in seeds]
    vinputs = pedersen.make_vinputs(polynomials)
    voutputs = [
        pedersen.make_voutput(seed, certs, vinputs[at - 1], at) for at, seed in places
    ]
    locked = tuple(map(pedersen.voutput_private_key, voutputs))
    return Committee(
        seeds=seeds,
        parameters=pedersen.make_threshold_parameters(certs, polynomials, voutputs),
        private_keys=tuple(map(pedersen.private_key, seeds, locked)),
        locked_keys=locked,
    )


@dataclass
class Simulator:
    """An election that the test plays by hand.

    Attributes:
        cards: number of credentials.
        questions: what is asked.
        members: size of the threshold group; 0 for none.
        threshold: how many of them the tally needs.
        singles: number of Single trustees, who come first in the list.
        weights: weight of each card, or none at all.
    """

    cards: int = 3
    questions: Sequence[election.AnyQuestion] = QUESTIONS
    members: int = 3
    threshold: int = 2
    singles: int = 0
    weights: Sequence[int] | None = None
    uuid: str = field(default_factory=election.new_uuid)
    records: list[ArchiveRecord] = field(default_factory=list)
    head: str | None = None
    height: int = -1

    def __post_init__(self) -> None:
        self.private_keys: dict[int, Scalar] = {}
        self.trustees = trustees.write_trustees(self._make_trustees())
        self.credentials = [credentials.new_credential() for _ in range(self.cards)]
        self.source = SetupBytes(
            election=self._write_election(),
            trustees=self.trustees,
            credentials=self._write_credentials(),
        )
        self.setup = Setup.load(self.source)
        self.running = tally.RunningTally(self.setup)
        self.encrypted_tally = self.running.encrypted_tally()
        self.shares: dict[int, bytes] = {}

    def start(self) -> "Simulator":
        """Put the Setup event on the board."""
        source = self.source
        files = (source.election, source.trustees, source.credentials)
        self.add(EventType.SETUP, *files, source.setup_data)
        return self

    def ballot(self, card: int, marks: Sequence[Sequence[int]] | None = None) -> bytes:
        """Fill in a ballot; without marks, everybody gets a yes."""
        chosen = marks if marks is not None else self.all_yes()
        return ballot.make_ballot(
            self.source.election, self.credentials[card], list(map(list, chosen))
        )

    def all_yes(self) -> list[list[int]]:
        """Mark the first answer of every question."""
        questions = [q for q in self.questions if isinstance(q, election.Question)]
        return [[0] * q.blank + [1] + [0] * (len(q.answers) - 1) for q in questions]

    def vote(self, card: int, marks: Sequence[Sequence[int]] | None = None) -> bytes:
        """Cast a ballot and return it."""
        raw = self.ballot(card, marks)
        self.cast(raw)
        return raw

    def cast(self, raw: bytes) -> None:
        """Put a ballot on the board and into the tally."""
        self.running.add(ballot.check_ballot(raw, self.setup))
        self.add(EventType.BALLOT, raw)

    def close(self) -> None:
        """End the voting and publish the encrypted tally."""
        self.add(EventType.END_BALLOTS)
        self.publish_tally()

    def publish_tally(self) -> None:
        """Put the encrypted tally of what was counted so far on the board."""
        self.encrypted_tally = self.running.encrypted_tally()
        sized = self.running.sized_encrypted_tally()
        self.add(EventType.ENCRYPTED_TALLY, self.encrypted_tally, sized)

    def share(self, owner: int) -> bytes:
        """Make the partial decryption of one trustee."""
        return tally.make_partial_decryption(
            self.setup, self.encrypted_tally, self.private_keys[owner]
        )

    def decrypt(self, *owners: int) -> None:
        """Put the partial decryptions of these trustees on the board."""
        for owner in owners:
            self.add_share(owner, self.share(owner))

    def add_share(self, owner: int, content: bytes) -> None:
        """Put a partial decryption under this owner's number on the board."""
        self.shares[owner] = content
        owned = to_bytes(Owned(owner, sha256_hex(content)))
        self.add(EventType.PARTIAL_DECRYPTION, content, owned)

    def result(self) -> bytes:
        """Compute the result."""
        return tally.combine(
            self.setup, self.encrypted_tally, self.shares, self.running.total_weight
        )

    def publish_result(self) -> None:
        """Put the result on the board."""
        self.add(EventType.RESULT, self.result())

    def enough_owners(self) -> list[int]:
        """Name the trustees of the smallest quorum."""
        return list(range(1, self.singles + self.threshold + 1))

    def finish(self) -> "Simulator":
        """Close, decrypt with as few as possible, and publish the result."""
        self.close()
        self.decrypt(*self.enough_owners())
        self.publish_result()
        return self

    def add(self, kind: EventType, *data: bytes) -> Event:
        """Append data and an event about the last of them, unchecked."""
        payload = sha256_hex(data[-1]) if data else None
        if kind in WITHOUT_PAYLOAD:
            payload = None
        event = Event(
            parent=self.head, height=self.height + 1, type=kind, payload=payload
        )
        self.records += [*map(data_record, data), event_record(event.to_bytes())]
        self.head, self.height = event.hash, event.height
        return event

    def archive(self) -> bytes:
        """Write the archive."""
        return archive.write_archive(TIMESTAMP, self.records)

    def _make_trustees(self) -> list[trustees.Trustee]:
        items: list[trustees.Trustee] = []
        for owner in range(1, self.singles + 1):
            private = trustees.new_private_key()
            items.append(trustees.single(trustees.make_trustee_key(private)))
            self.private_keys[owner] = private
        if self.members:
            committee = hold_ceremony(self.members, self.threshold)
            items.append(trustees.pedersen_group(committee.parameters))
            first = self.singles + 1
            self.private_keys |= dict(enumerate(committee.private_keys, start=first))
        return items

    def _write_election(self) -> bytes:
        return election.write_election(
            uuid=self.uuid,
            name="Hội nghị mẫu",
            description="Phiếu giới thiệu",
            public_key=trustees.joint_key(trustees.read_trustees(self.trustees)),
            questions=self.questions,
        )

    def _write_credentials(self) -> bytes:
        points = [
            credentials.public_credential(self.uuid, each) for each in self.credentials
        ]
        if self.weights is None:
            return credentials.public_credentials_json(points)
        weighted = sorted(zip(points, self.weights, strict=True))
        return to_bytes([f"{p[::-1].hex()},{weight}" for p, weight in weighted])


def finished(**options: object) -> Simulator:
    """Play a small election to its end: two of three cards vote."""
    simulator = Simulator(**options).start()  # type: ignore[arg-type]
    simulator.vote(0)
    simulator.vote(1, [[0, 1] for _ in simulator.questions])
    return simulator.finish()
