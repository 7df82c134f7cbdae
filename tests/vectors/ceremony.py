"""The shared vector of a whole election: key ceremony, ballots, archive.

    python -m tests.vectors.ceremony

writes ceremony.json anew. Every secret in it is drawn from a fixed sequence.
"""

import base64
import json

from crypto import archive, ballot, credentials, election, pedersen, tally, trustees
from crypto.archive import data_record, event_record
from crypto.board import Board
from crypto.encoding import BASE58, sha256_hex, to_bytes
from crypto.events import EventType, Owned
from crypto.setup import Setup, SetupBytes
from crypto.statement import make_statement_proofs
from tests.vectors.generate import FOLDER, UUID, Draws

FILE = FOLDER / "ceremony.json"
SIZE, THRESHOLD, SINGLE = 3, 2, 1
OWNERS = (1, 2, 4)  # the Single trustee, and members 1 and 3 of the group
TIMESTAMP = 1_795_253_421
QUESTIONS = (
    election.agree_disagree("Phạm Thị Thử"),
    election.select("Chọn", ("A", "B", "C"), 2, minimum=1, blank=True),
)
PAPERS = ([[1, 0], [0, 1, 1, 0]], [[0, 1], [1, 0, 0, 0]])


def _letters(label: str) -> str:
    number = int(Draws(label)())
    return "".join(BASE58[number // 58**at % 58] for at in range(22))


def _card(number: int) -> str:
    text = _letters(f"card {number}")
    return "-".join((text[:5], text[5:11], text[11:16], text[16:]))


class _Ceremony:
    def __init__(self, draw: Draws) -> None:
        self.seeds = [_letters(f"seed {at}") for at in range(SIZE)]
        places = list(enumerate(self.seeds, start=1))
        self.certificates = [
            pedersen.make_certificate(seed, SIZE, THRESHOLD, at, draw=draw)
            for at, seed in places
        ]
        self.polynomials = [
            pedersen.make_polynomial(seed, self.certificates, draw=draw)
            for seed in self.seeds
        ]
        self.vinputs = pedersen.make_vinputs(self.polynomials)
        self.voutputs = [
            pedersen.make_voutput(
                seed, self.certificates, self.vinputs[at - 1], at, draw=draw
            )
            for at, seed in places
        ]
        self.parameters = pedersen.make_threshold_parameters(
            self.certificates, self.polynomials, self.voutputs
        )
        self.private_keys = [
            pedersen.private_key(seed, pedersen.voutput_private_key(voutput))
            for seed, voutput in zip(self.seeds, self.voutputs, strict=True)
        ]

    def texts(self) -> dict[str, object]:
        return {
            "seeds": self.seeds,
            "certificates": [raw.decode() for raw in self.certificates],
            "polynomials": [raw.decode() for raw in self.polynomials],
            "vinputs": [raw.decode() for raw in self.vinputs],
            "voutputs": [raw.decode() for raw in self.voutputs],
            "parameters": self.parameters.decode(),
            "private_keys": [str(int(key)) for key in self.private_keys],
        }


def build() -> str:
    """Return the content of the vector file."""
    draw = Draws("ceremony")
    ceremony, single = _Ceremony(draw), draw()
    listed = trustees.write_trustees(
        [
            trustees.single(trustees.make_trustee_key(single, draw)),
            trustees.pedersen_group(ceremony.parameters),
        ]
    )
    setup = Setup.load(_source(listed))
    ballots = [
        ballot.make_ballot(setup.source.election, _card(number), marks, draw)
        for number, marks in enumerate(PAPERS)
    ]
    running = tally.RunningTally(setup)
    for raw in ballots:
        running.add(ballot.check_ballot(raw, setup))
    keys = dict(enumerate([single, *ceremony.private_keys], start=1))
    encrypted = running.encrypted_tally()
    shares = {
        owner: tally.make_partial_decryption(setup, encrypted, keys[owner], draw)
        for owner in OWNERS
    }
    proven = {
        owner: make_statement_proofs(setup, encrypted, keys[owner], Draws("statement"))
        for owner in OWNERS
    }
    result = tally.combine(setup, encrypted, shares, running.total_weight)
    vector = {
        "size": SIZE,
        "threshold": THRESHOLD,
        **ceremony.texts(),
        "trustees": listed.decode(),
        "election": setup.source.election.decode(),
        "fingerprint": setup.fingerprint,
        "ballots": [raw.decode() for raw in ballots],
        "encrypted_tally": encrypted.decode(),
        "sized_encrypted_tally": running.sized_encrypted_tally().decode(),
        "partial_decryptions": {
            str(owner): raw.decode() for owner, raw in shares.items()
        },
        "statement_proofs": {str(owner): raw.decode() for owner, raw in proven.items()},
        "result": result.decode(),
        "archive": base64.b64encode(
            _archive(setup, ballots, running, shares, result)
        ).decode(),
    }
    return json.dumps(vector, ensure_ascii=False, indent=1) + "\n"


def _source(listed: bytes) -> SetupBytes:
    points = [
        credentials.public_credential(UUID, _card(number))
        for number, _ in enumerate(PAPERS)
    ]
    return SetupBytes(
        election=election.write_election(
            uuid=UUID,
            name="Hội nghị mẫu",
            description="Véc-tơ dùng chung",
            public_key=trustees.joint_key(trustees.read_trustees(listed)),
            questions=QUESTIONS,
        ),
        trustees=listed,
        credentials=credentials.public_credentials_json(points),
    )


def _archive(
    setup: Setup,
    ballots: list[bytes],
    running: tally.RunningTally,
    shares: dict[int, bytes],
    result: bytes,
) -> bytes:
    source, board, records = setup.source, Board(), []
    steps: list[tuple[EventType, tuple[bytes, ...], int | None]] = [
        (
            EventType.SETUP,
            (source.election, source.trustees, source.credentials, source.setup_data),
            None,
        ),
        *((EventType.BALLOT, (raw,), None) for raw in ballots),
        (EventType.END_BALLOTS, (), None),
        (
            EventType.ENCRYPTED_TALLY,
            (running.encrypted_tally(), running.sized_encrypted_tally()),
            None,
        ),
        *(
            (
                EventType.PARTIAL_DECRYPTION,
                (raw, to_bytes(Owned(owner, sha256_hex(raw)))),
                owner,
            )
            for owner, raw in shares.items()
        ),
        (EventType.RESULT, (result,), None),
    ]
    for kind, data, owner in steps:
        event = board.next_event(kind, sha256_hex(data[-1]) if data else None)
        board.append(event, owner=owner)
        records += [*map(data_record, data), event_record(event.to_bytes())]
    return archive.write_archive(TIMESTAMP, records)


def main() -> None:
    FILE.write_text(build(), encoding="utf-8")


if __name__ == "__main__":
    main()
