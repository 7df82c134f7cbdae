"""`phieukin rehearse --procedure` as a person types it: every ballot of a procedure."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from crypto.audit import audit
from tests.integration.test_rehearse import TIMINGS, phieukin

SMALL = ("--delegates", "12", "--nominees", "5", "--committee", "3")
SMALL += ("--threshold", "2", "--tablets", "2")
HERE = Path(__file__).parent
KEYS = {
    "step",
    "step_name",
    "purpose",
    "archive",
    "uuid",
    "summoned",
    "present",
    "issued",
    "cast",
    "result",
    "expected",
    "timings",
    "chosen",
}


def rehearse(*options: str | Path) -> dict[str, Any]:
    done = phieukin("rehearse", "--json", *SMALL, *options)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.fixture(scope="module")
def annual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A.2.2: a removal ballot, then three that lead to one another."""
    folder = tmp_path_factory.mktemp("annual")
    return rehearse("--procedure", "s000-annual-onsite", "--out", folder)


def test_every_ballot_is_held_and_described(annual: dict[str, Any]) -> None:
    ballots = annual["ballots"]

    assert annual["procedure"] == "s000-annual-onsite"
    assert [each["step"] for each in ballots] == ["1", "2", "3", "4"]
    assert [each["purpose"] for each in ballots] == ["remove"] + 3 * ["introduce"]
    assert all(each.keys() >= KEYS for each in ballots)
    assert all(each["timings"].keys() >= TIMINGS for each in ballots)
    assert len({each["uuid"] for each in ballots}) == 4


def test_every_result_is_what_was_marked(annual: dict[str, Any]) -> None:
    for each in annual["ballots"]:
        shown = [
            {name: line[name] for name in ("name", "agree", "disagree")}
            for line in each["result"]
        ]
        assert shown == each["expected"]
        assert each["cast"] == each["issued"] == each["present"] == 11


def test_every_archive_can_be_checked(annual: dict[str, Any]) -> None:
    archives = [Path(each["archive"]) for each in annual["ballots"]]

    assert len(set(archives)) == 4
    for archive, each in zip(archives, annual["ballots"], strict=True):
        checked = audit(archive.read_bytes(), workers=1)
        assert checked.valid, checked.failed
        assert checked.ballots == each["cast"]


def test_every_ballot_has_its_papers(annual: dict[str, Any]) -> None:
    """The bundles passed their checks, else the rehearsal had failed."""
    for number, each in enumerate(annual["ballots"], 1):
        documents, bundle = Path(each["documents"]), Path(each["bundle"])
        assert documents.parent == bundle.parent
        assert documents.parent.name == f"phieu-{number}"
        assert (documents / "bien-ban-kiem-phieu.docx").stat().st_size
        with zipfile.ZipFile(bundle) as container:
            archive = container.read("ket-qua.bel")
        assert archive == Path(each["archive"]).read_bytes()


def test_what_was_chosen_for_the_document_is_shown(annual: dict[str, Any]) -> None:
    """S000 does not say of the removal that it is secret or announced."""
    removal, *introductions = annual["ballots"]

    assert {each["key"] for each in removal["chosen"]} == {"secret", "announced"}
    assert all(each["words"] for each in removal["chosen"])
    assert all(each["chosen"] == [] for each in introductions)


def test_the_turnaround_is_measured(annual: dict[str, Any]) -> None:
    """From a step's result to the next open box, for each step that follows one."""
    assert len(annual["turnaround_s"]) == 2
    assert all(0 < seconds < 60 for seconds in annual["turnaround_s"])


def test_an_office_rehearses_its_own_procedure(tmp_path: Path) -> None:
    profiles = tmp_path / "quy-trinh"
    profiles.mkdir()
    profile = (HERE / "thirteenth.toml").read_text(encoding="utf-8")
    profile = profile.replace('next = "G2"\n', "")  # B4 and G2 do not fit together
    (profiles / "hoi-mau.toml").write_text(profile, encoding="utf-8")

    played = rehearse(
        "--procedure", "hoi-mau-2026", "--profiles", profiles, "--together"
    )

    first, *_, last = played["ballots"]
    assert [each["step"] for each in played["ballots"]] == ["G1", "B4", "B5", "G2"]
    assert last["together"] == []
    assert (first["step"], first["present"]) == ("G1", 11)
    (other,) = first["together"]
    assert (other["procedure"], other["step"]) == ("s004-cuc-next-onsite", "B3")
    needed = [line["needed"] for line in first["result"]]
    assert needed == 5 * [4] + 5 * [7]  # 3/10 and 3/5 of 11, each its own


def test_options_that_do_not_fit_are_refused() -> None:
    unknown = phieukin("rehearse", "--procedure", "s999", *SMALL)
    assert unknown.returncode == 1
    assert "procedure_unknown" in unknown.stderr
    assert phieukin("rehearse", "--together").returncode == 2
    both = phieukin("rehearse", "--procedure", "s000-annual-onsite", "--step", "3")
    assert both.returncode == 2


def test_a_faulty_file_of_the_office_is_named(tmp_path: Path) -> None:
    profile = (HERE / "thirteenth.toml").read_text(encoding="utf-8")
    faulty = profile.replace('share = "3/5"', 'share = "6/5"')
    (tmp_path / "sai.toml").write_text(faulty, encoding="utf-8")

    done = phieukin(
        "rehearse", "--procedure", "hoi-mau-2026", "--profiles", tmp_path, *SMALL
    )

    assert done.returncode == 1
    assert "sai.toml" in done.stderr
    assert "G1" in done.stderr
