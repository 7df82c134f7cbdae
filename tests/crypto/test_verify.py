import json
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from crypto.election import select
from crypto.verify import verify
from tests.hostile import ballots, board
from tests.simulator import Simulator, finished

HONEST = finished().archive()


def run(tmp_path: Path, data: bytes, *options: str) -> Result:
    file = tmp_path / "archive.bel"
    file.write_bytes(data)
    return CliRunner().invoke(verify, [str(file), *options])


def test_an_honest_archive(tmp_path: Path) -> None:
    done = run(tmp_path, HONEST)

    assert done.exit_code == 0
    assert "21. ✓" in done.stdout
    assert "ĐẠT: mọi mục đều đúng" in done.stdout
    assert "Nguyễn Văn Mẫu: Đồng ý 1, Không đồng ý 1" in done.stdout


def test_in_english(tmp_path: Path) -> None:
    done = run(tmp_path, HONEST, "--lang", "en", "--workers", "1")

    assert done.exit_code == 0
    assert "VALID: every check passed" in done.stdout


def test_blank_votes_have_a_name(tmp_path: Path) -> None:
    paper = (select("Ai?", ("A", "B"), 1, blank=True),)
    simulator = Simulator(questions=paper).start()
    simulator.vote(0, [[1, 0, 0]])

    done = run(tmp_path, simulator.finish().archive())

    assert "Ai?: Phiếu trắng 1, A 0, B 0" in done.stdout


def test_a_forgery_is_named(tmp_path: Path) -> None:
    done = run(tmp_path, board.wrong_tally())

    assert done.exit_code == 1
    assert "16. ✗" in done.stdout
    assert "[tally.ballots]" in done.stdout
    assert "KHÔNG ĐẠT: 1 mục" in done.stdout
    assert "Kết quả:" not in done.stdout


def test_json(tmp_path: Path) -> None:
    done = run(tmp_path, HONEST, "--json")

    answer = json.loads(done.stdout)
    assert answer["valid"]
    assert answer["failed"] == []
    assert answer["result"] == [[1, 1]] * 3
    assert [check["number"] for check in answer["checks"]] == list(range(1, 22))
    assert all(check["passed"] and check["reason"] for check in answer["checks"])


def test_a_revote_needs_permission(tmp_path: Path) -> None:
    assert run(tmp_path, ballots.revote()).exit_code == 1
    assert run(tmp_path, ballots.revote(), "--allow-revote").exit_code == 0


def test_without_an_election_there_is_no_name(tmp_path: Path) -> None:
    simulator = Simulator()

    done = run(tmp_path, simulator.archive(), "--json")

    assert done.exit_code == 1
    assert json.loads(done.stdout)["uuid"] is None
    assert run(tmp_path, simulator.archive()).exit_code == 1


DAMAGED = {
    "truncated": HONEST[:-700],
    "bit flipped": HONEST.replace(b'"challenge":"1', b'"challenge":"2', 1),
    "not an archive": b"Phi\xe1\xba\xbfu k\xc3\xadn",
    "empty": b"",
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED.keys())
def test_damaged_files(tmp_path: Path, data: bytes) -> None:
    done = run(tmp_path, data)

    assert done.exit_code == 2
    assert "bị hỏng" in done.stderr
    assert done.stdout == ""


def test_damaged_in_json(tmp_path: Path) -> None:
    done = run(tmp_path, b"", "--json", "--lang", "en")

    assert done.exit_code == 2
    assert "damaged" in json.loads(done.stdout)["error"]
    assert "damaged" in done.stderr


def test_a_missing_file(tmp_path: Path) -> None:
    done = CliRunner().invoke(verify, [str(tmp_path / "none.bel")])

    assert done.exit_code == 2
    assert "Không đọc được" in done.stderr


def test_a_terminal_sees_a_progress_bar(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bars: list[str] = []
    whole = click.progressbar

    def bar(*arguments: object, **options: object) -> object:
        bars.append(str(options["label"]))
        return whole(*arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(click, "progressbar", bar)
    monkeypatch.setattr("crypto.verify._on_a_terminal", lambda: True)

    assert run(tmp_path, HONEST).exit_code == 0
    assert bars == ["Đang kiểm phiếu"]
    assert not sys.stderr.closed
