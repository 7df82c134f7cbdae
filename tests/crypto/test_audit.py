"""The audit of honest, open and damaged archives; lies are in tests/hostile."""

import string

import pytest

from crypto import ballot_checks
from crypto.archive import NotAnArchive, data_record, event_record, write_archive
from crypto.audit import audit
from crypto.ballot_checks import card_of, check_all, mark_last
from crypto.encoding import sha256_hex, to_bytes
from crypto.events import Event, EventType, Owned
from crypto.verify_texts import CONCLUSIONS, REASONS, TITLES
from tests.hostile import ballots, board
from tests.simulator import TIMESTAMP, Simulator, finished

HONEST = finished()
DATA = HONEST.archive()


def test_an_honest_archive_passes_every_check() -> None:
    report = audit(DATA, workers=1)

    assert report.valid
    assert [check.number for check in report.checks] == list(range(1, 22))
    assert [check.name for check in report.checks] == list(TITLES)
    assert report.result == [[1, 1]] * 3
    assert (report.ballots, report.head) == (2, HONEST.head)
    assert report.fingerprint == HONEST.source.fingerprint
    assert report.election == HONEST.setup.election
    for check in report.checks:
        assert check.title
        assert check.reason


def test_processes_find_the_same_as_one_alone() -> None:
    simulator = Simulator(cards=20).start()
    for card in range(20):
        simulator.vote(card)
    data = simulator.finish().archive()
    told: list[tuple[int, int]] = []

    many = audit(
        data, workers=2, progress=lambda done, total: told.append((done, total))
    )
    alone = audit(data, workers=1)

    assert many.valid
    assert many.checks == alone.checks
    assert told[-1] == (20, 20)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_processes_name_bad_ballots_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ballot_checks, "_ALONE", 0)
    monkeypatch.setattr(ballot_checks, "_CHUNK", 1)
    simulator = Simulator(cards=4).start()
    for card in range(4):
        raw = simulator.ballot(card)
        simulator.add(
            EventType.BALLOT, raw.replace(b'"challenge":"', b'"challenge":"0', 1)
        )
    simulator.finish()

    report = audit(simulator.archive(), workers=2)

    (form,) = [check for check in report.checks if check.name == "ballots.form"]
    assert not form.passed
    assert form.values["number"] == 1
    assert form.values["more"] == 3


def test_work_needs_an_election() -> None:
    with pytest.raises(ballot_checks.EncodingError):
        ballot_checks._work([])


def test_a_worker_knows_its_election(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ballot_checks, "_setup", None)
    ballot_checks._begin_work(HONEST.source)
    casts, _ = mark_last([HONEST.ballot(0)])

    report = ballot_checks._work(casts)

    assert report.faults == []
    assert report.ciphertexts[0][0] == 1
    assert report.sums == check_all(HONEST.setup, casts, workers=1).sums


def test_the_card_of_nonsense() -> None:
    assert card_of(b"{") is None
    assert card_of(b'{"credential":"xyz"}') is None
    assert card_of(b'{"credential":5}') is None


OPEN = {
    "nothing but the setup": (
        "",
        "EndBallots, EncryptedTally, PartialDecryption, Result",
    ),
    "while voting": ("V", "EndBallots, EncryptedTally, PartialDecryption, Result"),
    "closed": ("VC", "PartialDecryption, Result"),
    "decrypted": ("VCD", "Result"),
}


@pytest.mark.parametrize("name", OPEN)
def test_an_open_archive_says_what_is_missing(name: str) -> None:
    steps, missing = OPEN[name]
    simulator = Simulator().start()
    plays = {
        "V": lambda: simulator.vote(0),
        "C": simulator.close,
        "D": lambda: simulator.decrypt(1, 2),
    }
    for step in steps:
        plays[step]()

    report = audit(simulator.archive(), workers=1)

    (order,) = [check for check in report.checks if check.name == "board.order"]
    assert not order.passed
    assert missing in order.reason
    assert missing in order.reason_in("vi")
    assert report.result is None


def test_write_ins_must_be_shuffled() -> None:
    report = audit(board.write_in_paper().start().archive(), workers=1)

    (order,) = [check for check in report.checks if check.name == "board.order"]
    assert "EncryptedTally, Shuffle, EndShuffles, PartialDecryption" in order.reason


def test_an_archive_of_nothing() -> None:
    report = audit(write_archive(TIMESTAMP, []))

    assert not report.valid
    assert (report.election, report.fingerprint, report.head) == (None, "", "")
    assert "board.order" in {check.name for check in report.failed}


def test_shuffles_are_in_the_grammar() -> None:
    simulator = finished()
    share = b"{}"
    owned = to_bytes(Owned(1, sha256_hex(share)))
    simulator.add(EventType.SHUFFLE, share, owned)

    report = audit(simulator.archive(), workers=1)

    assert [check.name for check in report.failed] == ["board.order"]


def test_an_event_without_its_data() -> None:
    simulator = Simulator().start()
    event = Event(
        parent=simulator.head, height=1, type=EventType.BALLOT, payload="0" * 64
    )
    simulator.records.append(event_record(event.to_bytes()))

    report = audit(simulator.archive(), workers=1)

    (records,) = [check for check in report.checks if check.name == "archive.records"]
    assert not records.passed
    assert "height 1" in records.reason


def test_two_faults_of_one_kind_are_counted() -> None:
    simulator = finished()
    simulator.records.insert(5, data_record(b"{}"))
    simulator.records.append(data_record(b"[]"))

    report = audit(simulator.archive(), workers=1)

    assert [check.key for check in report.failed] == ["faults"]


def test_a_payload_where_none_belongs() -> None:
    simulator = Simulator().start()
    event = Event(
        parent=simulator.head,
        height=1,
        type=EventType.END_BALLOTS,
        payload=sha256_hex(b"{}"),
    )
    simulator.records += [data_record(b"{}"), event_record(event.to_bytes())]

    report = audit(simulator.archive(), workers=1)

    (order,) = [check for check in report.checks if check.name == "board.order"]
    assert "payload" in order.reason


def test_a_revote_says_how_many() -> None:
    report = audit(ballots.revote(), allow_revote=True, workers=1)

    (cards,) = [check for check in report.checks if check.name == "ballots.cards"]
    assert cards.key == "revotes"
    assert cards.values == {"count": 1}


@pytest.mark.parametrize("cut", [1, 600, 1023, len(DATA) // 2])
def test_a_cut_archive_is_not_audited(cut: int) -> None:
    with pytest.raises(NotAnArchive):
        audit(DATA[:-cut])


@pytest.mark.parametrize("table", [TITLES, REASONS, CONCLUSIONS])
def test_both_languages_say_everything_with_the_same_words(
    table: dict[str, dict[str, str]],
) -> None:
    def places(text: str) -> set[str | None]:
        return {part[1] for part in string.Formatter().parse(text) if part[1]}

    for texts in table.values():
        assert texts.keys() == {"vi", "en"}
        assert places(texts["vi"]) == places(texts["en"])
