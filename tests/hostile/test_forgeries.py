"""`phieukin verify` refuses every forgery, by the name of the failing check."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from crypto.audit import audit
from crypto.verify import verify
from tests.hostile import ballots
from tests.hostile.forgeries import FORGERIES, Forgery
from tests.simulator import finished


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES.keys())
def test_the_audit_names_the_forgery(forgery: Forgery) -> None:
    report = audit(forgery.make(), workers=1)

    named = {check.name for check in report.failed if check.key != "blocked"}
    assert named == forgery.failing
    assert report.result is None


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES.keys())
def test_the_command_refuses_the_forgery(forgery: Forgery, tmp_path: Path) -> None:
    file = tmp_path / "forged.bel"
    file.write_bytes(forgery.make())

    done = CliRunner().invoke(verify, [str(file), "--json"])

    assert done.exit_code == 1
    answer = json.loads(done.stdout)
    assert not answer["valid"]
    assert forgery.failing <= set(answer["failed"])


def test_the_same_election_without_a_forgery_passes() -> None:
    report = audit(finished().archive(), workers=1)

    assert report.valid
    assert report.result == [[1, 1]] * 3


def test_a_revote_passes_only_when_allowed() -> None:
    report = audit(ballots.revote(), allow_revote=True, workers=1)

    assert report.valid
    assert report.result == [[1, 1]] * 3


def test_an_allowed_revote_must_count_the_last_ballot() -> None:
    report = audit(ballots.revote_first_counts(), allow_revote=True, workers=1)

    assert [check.name for check in report.failed] == ["tally.ballots"]
