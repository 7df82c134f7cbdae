"""Nothing that is stored joins a delegate or a tablet to a ballot, tracker or card.

A small conference is played, with everything that happens in a room: a card used
twice, a ballot sent twice, nonsense, an address that does not exist. Then the test
takes all that the three services wrote to disk and tries to make the connection.
"""

import json
import socket
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from crypto import pedersen
from crypto.ballot import tracker
from crypto.credentials import public_credential, secret_exponent
from crypto.encoding import sha256_hex
from crypto.group import encode_point
from tests.integration import stores
from tests.integration.meeting import Meeting
from tests.integration.stores import Row, Table
from web.contracts import Service
from web.launcher.cluster import Cluster
from web.rehearsal.errors import Answered

_LARGEST_COUNT = 100_000  # a larger number beside a ballot could be a time


@dataclass(frozen=True)
class Seized:
    """A played conference, and what the services wrote of all of it."""

    meeting: Meeting
    names: list[str]
    tables: list[Table]
    files: dict[str, bytes]

    @property
    def cards(self) -> list[str]:
        return self.meeting.rehearsal.cards

    @property
    def trackers(self) -> frozenset[str]:
        return frozenset(tracker(vote.raw) for vote in self.meeting.votes)

    @property
    def hashes(self) -> frozenset[str]:
        return frozenset(sha256_hex(vote.raw) for vote in self.meeting.votes)

    @property
    def credentials(self) -> frozenset[str]:
        uuid = self.meeting.uuid
        return frozenset(encode_point(public_credential(uuid, c)) for c in self.cards)

    @property
    def ciphertexts(self) -> frozenset[str]:
        return frozenset(
            choice["alpha"]
            for vote in self.meeting.votes
            for answer in json.loads(vote.raw)["answers"]
            for choice in answer["choices"]
        )

    @property
    def ballot_marks(self) -> frozenset[str]:
        """Every text that names one ballot or one card."""
        return self.trackers | self.hashes | self.credentials | self.ciphertexts

    @property
    def tablet_rows(self) -> list[Row]:
        return self.table(Service.KIOSK, "tablet").rows

    @property
    def person_marks(self) -> frozenset[str]:
        """Every text that names one delegate or one tablet."""
        tablets = {str(cell) for row in self.tablet_rows for cell in row if cell}
        return frozenset(self.names) | tablets

    def table(self, service: Service, name: str) -> Table:
        (found,) = (t for t in self.tables if (t.service, t.name) == (service, name))
        return found

    def about_ballots(self) -> list[Table]:
        """The tables with a row for each ballot or card."""
        return [t for t in self.tables if len(t.with_any(self.ballot_marks)) > 1]


@pytest.fixture(scope="module")
def cluster(own_cluster: Cluster) -> Cluster:
    """Services that have seen no other conference: the same names occur in many."""
    return own_cluster


@pytest.fixture(scope="module")
def seized(cluster: Cluster) -> Seized:
    meeting = Meeting(cluster)
    meeting.open()
    _live(meeting)
    names = [
        one["name"]
        for one in meeting.rehearsal.secretary._client.get(
            f"/api/conferences/{meeting.conference}/delegates"
        )["delegates"]
    ]
    meeting.count()
    meeting.leave()
    data = cluster.data
    return Seized(meeting, names, stores.tables(data), stores.files(data))


def _live(meeting: Meeting) -> None:
    """Vote, with what goes wrong in every hall."""
    tablet = meeting.tablets[0]
    spare = meeting.left_over[0]
    meeting.rehearsal.secretary.void_cards([spare])
    tablet.check_card(meeting.uuid, meeting.cards[0])
    meeting.cast(meeting.votes)
    tablet.cast(meeting.uuid, meeting.votes[0].raw)
    refused = [vote.raw for vote in meeting.mark([meeting.cards[0], spare])]
    for raw in (*refused, b"{}", b"\xff\x00", meeting.votes[0].raw[:-9]):
        with pytest.raises(Answered):
            tablet.cast(meeting.uuid, raw)
    with pytest.raises(Answered):
        tablet._client.get("/api/elections/no-such-election/election.json")
    for url in meeting.cluster.urls.values():
        _shout(int(url.rsplit(":", 1)[1]))


def _shout(port: int) -> None:
    """Send what is not even HTTP."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(b"GET / NONSENSE\r\nHost: \xff\r\n\r\n")
        line.recv(1024)


def test_the_test_can_see(seized: Seized) -> None:
    """Names, trackers and cards are found where they belong."""
    delegates = seized.table(Service.ADMIN, "delegate")
    ballots = seized.table(Service.KIOSK, "ballot")

    assert len(delegates.with_any(frozenset(seized.names))) == len(seized.names)
    assert len(ballots.with_any(seized.trackers)) == len(seized.meeting.votes)
    assert len(seized.tablet_rows) >= len(seized.meeting.tablets)
    assert {str(table) for table in seized.about_ballots()} == {
        "admin.card",
        "kiosk.ballot",
        "kiosk.card",
        "kiosk.event",
        "tally.board_event",
        "tally.board_data",
    }


def test_no_secret_of_a_card_is_anywhere(seized: Seized) -> None:
    uuid = seized.meeting.uuid
    for card in seized.cards:
        exponent = secret_exponent(uuid, card)
        _expect_nowhere(seized, card, card.replace("-", ""), *_written(exponent))


def test_no_key_of_the_committee_is_anywhere(seized: Seized) -> None:
    tally = seized.table(Service.TALLY, "member")
    at = list(tally.types).index("voutput")
    locked = {row[at] for row in tally.rows if row[0] == seized.meeting.uuid}
    assert len(locked) == len(seized.meeting.rehearsal.members)
    for member in seized.meeting.rehearsal.members:
        _expect_nowhere(seized, member.seed)
        (private,) = _unlocked(member.seed, locked)
        _expect_nowhere(seized, *_written(private))


def test_no_row_holds_a_person_or_tablet_and_a_ballot(seized: Seized) -> None:
    both = [
        f"{table}: {row}"
        for table in seized.tables
        for row in table.with_any(seized.ballot_marks)
        if stores.mentions(row, seized.person_marks)
    ]

    assert both == []


def test_no_value_joins_a_person_or_tablet_to_a_ballot(seized: Seized) -> None:
    """No text is shared by the rows of people or tablets and those of ballots.

    Whole numbers are looked at below; the election's own name is shared by all.
    """
    people, ballots = (
        {
            cell
            for table in seized.tables
            for row in table.with_any(marks)
            for cell in row
            if isinstance(cell, str | bytes) and cell
        }
        for marks in (seized.person_marks, seized.ballot_marks)
    )

    assert people & ballots <= {seized.meeting.uuid}


def test_the_numbers_of_a_delegate_are_those_of_the_imported_list(
    seized: Seized,
) -> None:
    """The only numbers beside a name are older than any card or ballot."""
    delegates = seized.table(Service.ADMIN, "delegate")
    numbers = [name for name, kind in delegates.types.items() if kind == "INTEGER"]
    at = list(delegates.types).index
    mine = [row for row in delegates.rows if row[at("name")] in seized.names]

    assert numbers == ["id", "conference_id", "number", "person_id"]
    assert {row[at("person_id")] for row in mine} == {None}  # these came from a file
    assert [row[at("number")] for row in mine] == list(range(1, len(mine) + 1))
    assert [row[at("id")] for row in mine] == sorted(row[at("id")] for row in mine)
    assert [row[at("name")] for row in mine] == seized.names


def test_nothing_beside_a_ballot_or_card_says_when(seized: Seized) -> None:
    for table in seized.about_ballots():
        assert not any(
            "DATE" in kind or "TIME" in kind for kind in table.types.values()
        )
        for cell in (cell for row in table.rows for cell in row):
            assert not _could_be_time(cell), table


def test_nothing_beside_a_name_says_when(seized: Seized) -> None:
    delegates = seized.table(Service.ADMIN, "delegate")

    kinds = "".join(delegates.types.values())
    assert not {each for each in ("DATE", "TIME") if each in kinds}
    assert not any(_could_be_time(cell) for row in delegates.rows for cell in row)


def test_ballots_and_cards_have_no_hidden_number_of_arrival(seized: Seized) -> None:
    """The one order of ballots is the public chain's."""
    assert [str(t) for t in seized.about_ballots() if t.numbered] == []
    ordered = {
        str(table): name
        for table in seized.about_ballots()
        for name, kind in table.types.items()
        if kind == "INTEGER"
    }
    assert ordered == {
        "admin.card": "conference_id",
        "kiosk.event": "height",
        "tally.board_event": "height",
        "tally.board_data": "position",
    }


def test_only_the_box_and_the_board_know_a_ballot(seized: Seized) -> None:
    marks = seized.trackers | seized.hashes | seized.ciphertexts
    knowing = {str(table) for table in seized.tables if table.with_any(marks)}

    assert knowing == {
        "kiosk.ballot",
        "kiosk.event",
        "tally.board_event",
        "tally.board_data",
    }
    for table in seized.tables:
        if table.service is not Service.KIOSK:
            assert not table.with_any(seized.trackers), table


def test_the_box_and_the_tally_know_no_delegate(seized: Seized) -> None:
    names = frozenset(seized.names)
    knowing = {str(table) for table in seized.tables if table.with_any(names)}

    # The signed record says who was summoned and who came, as the minutes do.
    assert knowing == {"admin.delegate", "admin.signed_record"}
    assert not seized.table(Service.ADMIN, "signed_record").with_any(
        seized.ballot_marks
    )
    for name, content in seized.files.items():
        if not name.startswith("admin/service.sqlite"):
            assert not any(each.encode() in content for each in names), name


def test_the_record_books_tell_nothing_of_a_ballot_or_delegate(seized: Seized) -> None:
    marks = seized.ballot_marks | frozenset(seized.names)
    for service in Service:
        assert not seized.table(service, "record").with_any(marks)


def test_logs_hold_no_request_and_no_address(seized: Seized) -> None:
    logs = {name: text for name, text in seized.files.items() if "/log/" in name}
    telling = {"127.0.0.1", "GET ", "POST ", "/api/", "HTTP/", "NONSENSE"}
    telling |= {seized.meeting.uuid, *seized.ballot_marks, *seized.person_marks}

    assert len(logs) >= len(Service)
    for name, content in logs.items():
        found = {each for each in telling if each.encode() in content}
        assert found == set(), f"{name}: {content.decode()}"


def test_what_is_private_is_readable_by_its_owner_only(cluster: Cluster) -> None:
    for service in Service:
        folder = cluster.data / service
        assert folder.stat().st_mode & 0o077 == 0
        for name in ("signing.key", "session.key"):
            assert Path(folder / name).stat().st_mode & 0o077 == 0


def _expect_nowhere(seized: Seized, *forms: str | bytes) -> None:
    """Neither in a file's bytes nor in a cell, which a file may keep in pieces."""
    texts = frozenset(form for form in forms if isinstance(form, str))
    for table in seized.tables:
        assert not table.with_any(texts), table
    for name, content in seized.files.items():
        for form in forms:
            raw = form.encode() if isinstance(form, str) else form
            assert raw not in content, name


def _written(secret: int) -> tuple[str | bytes, ...]:
    """The ways in which a secret number could have been stored."""
    little = secret.to_bytes(32, "little")
    big = secret.to_bytes(32, "big")
    return str(secret), f"{secret:x}", little.hex(), little, big


def _unlocked(seed: str, locked: set[str]) -> list[int]:
    """Open with a member's seed the one key that is locked for this member."""
    found = []
    for voutput in locked:
        try:
            key = pedersen.voutput_private_key(voutput.encode())
            found.append(int(pedersen.private_key(seed, key)))
        except Exception:  # noqa: BLE001, S112 - another member's
            continue
    return found


def _could_be_time(cell: object) -> bool:
    if isinstance(cell, int | float):
        return abs(cell) > _LARGEST_COUNT
    try:
        datetime.fromisoformat(stores.text(cell))
    except ValueError:
        return False
    return True
