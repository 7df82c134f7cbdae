"""Archives both ways: stock tools accept ours, our audit accepts the tool's."""

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from crypto import election, tally
from crypto.audit import audit
from crypto.ballot import make_ballot
from crypto.encoding import sha256_hex, to_bytes
from crypto.events import Owned
from tests.conformance.ceremony import Player, hold
from tests.conformance.oracle import BeleniosTool
from tests.conformance.tool_election import open_election
from tests.simulator import Simulator, finished

_SCRIPT = Path(__file__).parents[3] / "shared" / "tools" / "audit-with-belenios-tool"
YES_NO = {"answers": ["Đồng ý", "Không đồng ý"], "min": 0, "max": 1, "question": "A"}
WITH_BLANK = {
    "answers": ["X", "Y", "Z"],
    "blank": True,
    "min": 1,
    "max": 2,
    "question": "B",
}
QUESTIONS = [YES_NO, WITH_BLANK]
MARKS = [[[1, 0], [0, 1, 1, 0]], [[0, 0], [1, 0, 0, 0]], [[0, 1], [0, 0, 0, 1]]]
WRITE_IN = {
    "type": "NonHomomorphic",
    "value": {"answers": ["Số"], "question": "Giới thiệu"},
}


def plain() -> Simulator:
    return finished(members=0, threshold=0, singles=2)


def threshold() -> Simulator:
    return finished(members=5, threshold=3)


def mixed() -> Simulator:
    return finished(singles=2)


def no_ballots() -> Simulator:
    return Simulator(singles=1).start().finish()


def weights() -> Simulator:
    return finished(weights=[1, 20, 300])


def more_than_enough() -> Simulator:
    simulator = Simulator(members=4, threshold=2).start()
    simulator.vote(2)
    simulator.close()
    simulator.decrypt(4, 2, 3, 1)
    simulator.publish_result()
    return simulator


def all_styles() -> Simulator:
    questions = (
        election.agree_disagree("Nguyễn Văn Mẫu"),
        election.select("Chọn", ("A", "B", "C"), 2),
        election.select("Chọn", ("A", "B", "C"), 2, minimum=1, blank=True),
        election.motion("Thông qua danh sách"),
    )
    simulator = Simulator(questions=questions).start()
    simulator.vote(0, [[0, 0], [1, 1, 0], [1, 0, 0, 0], [0, 0, 1]])
    simulator.vote(1, [[0, 1], [0, 0, 0], [0, 0, 1, 1], [1, 0, 0]])
    return simulator.finish()


OURS = [plain, threshold, mixed, no_ballots, weights, more_than_enough, all_styles]


def audit_with_stock_tools(program: Path, file: Path) -> str:
    if not _SCRIPT.exists():
        pytest.fail("audit-with-belenios-tool is not beside this repository")
    done = subprocess.run(
        [_SCRIPT, file],
        env={**os.environ, "TOOL": str(program)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


@pytest.mark.parametrize("make", OURS, ids=lambda make: make.__name__)
def test_stock_tools_accept_our_archive(belenios_tool: BeleniosTool, make: Any) -> None:
    simulator: Simulator = make()
    belenios_tool.write("ours.bel", simulator.archive())

    belenios_tool.run("election", "verify")
    said = audit_with_stock_tools(
        belenios_tool.program, belenios_tool.folder / "ours.bel"
    )

    assert simulator.result().decode() in said
    assert audit(simulator.archive(), workers=1).valid


@pytest.mark.parametrize("make", OURS, ids=lambda make: make.__name__)
def test_it_sums_and_counts_as_we_do(belenios_tool: BeleniosTool, make: Any) -> None:
    simulator: Simulator = make()
    belenios_tool.write("ours.bel", simulator.archive())

    lines = belenios_tool.run("election", "compute-encrypted-tally").split("\n")
    result = belenios_tool.run("election", "compute-result")

    assert lines[0].encode() == simulator.running.encrypted_tally()
    assert lines[1].encode() == simulator.running.sized_encrypted_tally()
    assert result.strip().encode() == simulator.result()


def test_we_accept_its_plain_archive(belenios_tool: BeleniosTool) -> None:
    its, privates = open_election(belenios_tool, QUESTIONS, singles=2)
    for card, marks in enumerate(MARKS):
        its.vote(card, marks)
    its.close()
    for owner, private in enumerate(privates, start=1):
        its.decrypt(owner, private)
    its.publish_result()

    report = audit(its.archive(), workers=1)

    assert report.failed == []
    assert report.result == [[1, 1], [1, 1, 1, 1]]


CEREMONIES: dict[str, tuple[list[Player], Player]] = {
    "all its": (["its", "its", "its"], "its"),
    "all ours": (["ours", "ours", "ours"], "ours"),
    "mixed, our server": (["its", "ours", "its", "ours"], "ours"),
    "mixed, its server": (["ours", "its", "ours"], "its"),
}


@pytest.mark.parametrize("name", CEREMONIES)
@pytest.mark.parametrize("singles", [0, 1])
def test_we_accept_its_threshold_archive(
    belenios_tool: BeleniosTool, name: str, singles: int
) -> None:
    players, server = CEREMONIES[name]
    committee = hold(belenios_tool, players, 2, server)
    its, privates = open_election(
        belenios_tool, QUESTIONS, committee=committee, singles=singles
    )
    its.vote(0, MARKS[0])
    its.add(
        "Ballot",
        make_ballot(its.setup.source.election, its.cards[1], MARKS[1]).decode(),
    )
    its.close()
    encrypted = belenios_tool.run("election", "compute-encrypted-tally")
    encrypted_tally = encrypted.split("\n")[0].encode()
    for owner, private in enumerate(privates, start=1):
        its.decrypt(owner, private)
    its.decrypt_as_member(singles + 3, committee, 3)
    # The second member decrypts with our code.
    share = tally.make_partial_decryption(
        its.setup, encrypted_tally, committee.private_keys[1]
    )
    owned = to_bytes(Owned(singles + 2, sha256_hex(share)))
    its.add("PartialDecryption", f"{share.decode()}\n{owned.decode()}")
    its.publish_result()

    report = audit(its.archive(), workers=1)

    assert report.failed == []
    assert report.result == [[1, 0], [1, 1, 1, 0]]
    audit_with_stock_tools(
        belenios_tool.program, next(belenios_tool.folder.glob("*.bel"))
    )


def test_we_accept_its_archive_without_ballots(belenios_tool: BeleniosTool) -> None:
    its, privates = open_election(belenios_tool, QUESTIONS, singles=1)
    its.close()
    its.decrypt(1, privates[0])
    its.publish_result()

    report = audit(its.archive(), workers=1)

    assert report.failed == []
    assert report.result == [[0, 0], [0, 0, 0, 0]]


def test_we_accept_its_archive_with_weights(belenios_tool: BeleniosTool) -> None:
    its, privates = open_election(belenios_tool, QUESTIONS, singles=1, weights=True)
    its.vote(0, MARKS[0])
    its.vote(1, MARKS[0])
    its.vote(2, MARKS[0])
    its.close()
    its.decrypt(1, privates[0])
    its.publish_result()

    report = audit(its.archive(), workers=1)

    assert report.failed == []
    assert report.result == [[2 + 3 + 4, 0], [0, 9, 9, 0]]


def test_we_count_its_revotes_as_it_does(belenios_tool: BeleniosTool) -> None:
    its, privates = open_election(belenios_tool, QUESTIONS, singles=1)
    its.vote(0, MARKS[0])
    its.vote(1, MARKS[1])
    its.vote(0, MARKS[2])
    its.close()
    its.decrypt(1, privates[0])
    its.publish_result()

    refused = audit(its.archive(), workers=1)
    allowed = audit(its.archive(), workers=1, allow_revote=True)

    assert [check.name for check in refused.failed] == ["ballots.cards"]
    assert allowed.failed == []
    assert allowed.result == [[0, 1], [1, 0, 0, 1]]


def test_we_name_its_write_ins_as_not_supported(belenios_tool: BeleniosTool) -> None:
    its, privates = open_election(belenios_tool, [YES_NO, WRITE_IN], singles=1)
    its.vote(0, [[1, 0], [7]])
    its.close()
    its.add("Shuffle", belenios_tool.run("election", "shuffle", "--trustee-id", "1"))
    its.add("EndShuffles")
    its.decrypt(1, privates[0])
    its.publish_result()

    report = audit(its.archive(), workers=1)

    failed = [check for check in report.failed if check.key != "blocked"]
    assert [check.name for check in failed] == ["setup.questions"]
    assert "question 2" in failed[0].reason
