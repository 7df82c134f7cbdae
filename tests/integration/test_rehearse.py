"""`phieukin rehearse` as a person types it, and what anyone can check of its result."""

import hashlib
import json
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crypto.archive import (
    ArchiveRecord,
    data_record,
    event_record,
    read_archive,
    write_archive,
)
from crypto.audit import audit
from crypto.encoding import sha256_hex
from crypto.events import Event, EventType, read_event
from tests.admin.documents.reading import pdf_text
from tests.conformance.oracle import find_program
from tests.integration.meeting import Meeting
from web.launcher.cluster import Cluster
from web.rehearsal import report
from web.rehearsal.conference import Played, Size

PHIEUKIN = Path(sys.executable).with_name("phieukin")
STOCK_AUDIT = Path(__file__).parents[3] / "shared/tools/audit-with-belenios-tool"
SMALL = ("--delegates", "12", "--nominees", "4", "--committee", "3")
SMALL += ("--threshold", "2", "--tablets", "2")
DOCUMENTS = (
    "bien-ban-kiem-phieu",
    "bien-ban-hoi-nghi",
    "danh-sach",
    "bao-cao-mo-niem-phong",
    "nhat-ky",
    "phieu-mau",
    "danh-sach-diem-danh",
)
FORMS = ("pdf", "docx")
TIMINGS = {
    "close_to_result_s",
    "cast_p50_ms",
    "cast_p95_ms",
    "cast_p99_ms",
    "ballots_per_s",
}


def phieukin(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PHIEUKIN, *arguments], capture_output=True, text=True, check=False
    )


def bundled(rehearsed: dict[str, Any]) -> dict[str, bytes]:
    """Every file of the sealed bundle, as any program unpacks it."""
    with zipfile.ZipFile(rehearsed["bundle"]) as container:
        return {name: container.read(name) for name in container.namelist()}


def rehearse(folder: Path, *options: str) -> dict[str, Any]:
    done = phieukin("rehearse", "--json", "--out", folder, *options)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The rehearsal with nothing but defaults."""
    return rehearse(tmp_path_factory.mktemp("defaults"))


@pytest.fixture(scope="module")
def rehearsed_step_3(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return rehearse(tmp_path_factory.mktemp("step-3"), "--step", "3", *SMALL)


def test_the_result_is_what_the_delegates_marked(rehearsed: dict[str, Any]) -> None:
    shown = [
        {name: line[name] for name in ("name", "agree", "disagree")}
        for line in rehearsed["result"]
    ]

    assert len(shown) == 12
    assert shown == rehearsed["expected"]
    assert all(line["agree"] + line["disagree"] > 0 for line in shown)
    verdicts = {line["verdict"] for line in rehearsed["result"]}
    assert verdicts <= report.OUTCOMES.keys()


def test_the_numbers_of_the_room_are_there(rehearsed: dict[str, Any]) -> None:
    assert rehearsed["summoned"] == 60
    assert rehearsed["present"] == rehearsed["issued"] == rehearsed["cast"] == 55
    assert len(rehearsed["uuid"]) >= 14
    assert rehearsed["timings"].keys() >= TIMINGS
    assert all(rehearsed["timings"][name] > 0 for name in TIMINGS)


def test_the_archive_passes_our_audit(rehearsed: dict[str, Any]) -> None:
    done = phieukin("verify", "--json", rehearsed["archive"])
    said = json.loads(done.stdout)

    assert done.returncode == 0
    assert said["ballots"] == rehearsed["cast"]
    assert said["result"] == [
        [line["agree"], line["disagree"]] for line in rehearsed["expected"]
    ]


@pytest.mark.parametrize("played", ["rehearsed", "rehearsed_step_3"])
def test_stock_tools_accept_the_archive_of_the_bundle(
    played: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    if not STOCK_AUDIT.exists():
        pytest.fail("audit-with-belenios-tool is not beside this repository")
    rehearsed = request.getfixturevalue(played)
    archive = tmp_path / "ket-qua.bel"
    archive.write_bytes(bundled(rehearsed)["ket-qua.bel"])

    done = subprocess.run(
        [STOCK_AUDIT, archive],
        env={**os.environ, "TOOL": str(find_program())},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert f"{rehearsed['cast']} ballots" in done.stdout


def test_every_document_is_written(rehearsed: dict[str, Any]) -> None:
    folder = Path(rehearsed["documents"])
    inside = {name: data for name, data in bundled(rehearsed).items() if "/" in name}
    papers = {name for name in inside if name.startswith("van-ban/")}
    written = {f"van-ban/{path.name}" for path in folder.iterdir()}

    assert folder.name == "documents"
    assert written == papers | {"van-ban/the-phieu.pdf"}
    assert {f"van-ban/{name}.{form}" for name in DOCUMENTS for form in FORMS} <= papers
    for name in papers:
        path = folder / Path(name).name
        assert path.read_bytes() == inside[name], name


def test_the_minutes_say_what_was_counted(rehearsed: dict[str, Any]) -> None:
    minutes = Path(rehearsed["documents"]) / "bien-ban-kiem-phieu.pdf"
    said = " ".join(pdf_text(minutes.read_bytes()).split())

    for line in rehearsed["result"]:
        figures = (line["agree"], line["disagree"], line["unmarked"])
        behind = "".join(rf".{{0,120}}?\b{figure}\b" for figure in figures)
        assert re.search(re.escape(line["name"]) + behind, said), line
    digest = hashlib.sha256(Path(rehearsed["archive"]).read_bytes()).hexdigest()
    assert digest in said.replace(" ", "")


def test_the_bundle_can_be_checked_by_anybody(
    rehearsed: dict[str, Any], tmp_path: Path
) -> None:
    assert phieukin("bundle", "verify", rehearsed["bundle"]).returncode == 0
    bundle = Path(rehearsed["bundle"])
    cut = tmp_path / "cut.zip"
    cut.write_bytes(bundle.read_bytes()[:-1])

    assert phieukin("bundle", "verify", cut).returncode == 2
    archive = Path(rehearsed["archive"]).read_bytes()
    assert bundled(rehearsed)["ket-qua.bel"] == archive


def test_a_forged_result_is_refused(
    rehearsed_step_3: dict[str, Any], tmp_path: Path
) -> None:
    forged = tmp_path / "forged.bel"
    forged.write_bytes(_add_a_vote(Path(rehearsed_step_3["archive"]).read_bytes()))

    done = phieukin("verify", "--json", forged)

    assert done.returncode == 1
    assert json.loads(done.stdout)["failed"] == ["result"]


def test_a_cut_file_is_told_apart_from_a_forged_one(
    rehearsed_step_3: dict[str, Any], tmp_path: Path
) -> None:
    cut = tmp_path / "cut.bel"
    cut.write_bytes(Path(rehearsed_step_3["archive"]).read_bytes()[:-700])

    assert phieukin("verify", cut).returncode == 2


def test_a_small_conference_can_be_rehearsed_at_step_3(
    rehearsed_step_3: dict[str, Any],
) -> None:
    assert rehearsed_step_3["cast"] == 11
    assert len(rehearsed_step_3["result"]) == 4


def test_a_result_that_is_not_what_was_marked_is_a_fault(cluster: Cluster) -> None:
    """Exit code 1 is decided by `report.faults`: it must see every difference."""
    size = Size(delegates=6, nominees=2, committee=3, threshold=2, tablets=1)
    meeting = Meeting(cluster, size)
    played = meeting.rehearsal.play()
    meeting.leave()
    checked = audit(played.archive, workers=1)

    assert list(report.faults(played, checked)) == []
    lost = replace(played, votes=played.votes[1:])
    faults = "\n".join(report.faults(lost, checked))
    assert "the decrypted sums differ" in faults
    assert "number of ballots differs" in faults
    assert "result" in "\n".join(_faults_of_forged(played))


def _faults_of_forged(played: Played) -> list[str]:
    return list(report.faults(played, audit(_add_a_vote(played.archive), workers=1)))


def _add_a_vote(archive: bytes) -> bytes:
    """Give the first nominee a vote more in the published result."""
    whole = read_archive(archive)
    result = json.loads(whole.records[-2].content)
    result["result"][0][0] += 1
    content = json.dumps(result, separators=(",", ":")).encode()
    records: list[ArchiveRecord] = list(whole.records[:-2])
    said = read_event(whole.records[-1].content)
    assert said.type is EventType.RESULT
    event = Event(
        parent=said.parent,
        height=said.height,
        type=said.type,
        payload=sha256_hex(content),
    )
    records += [data_record(content), event_record(event.to_bytes())]
    return write_archive(whole.timestamp, records)
