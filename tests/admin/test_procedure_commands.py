"""`phieukin procedures` and `phieukin needed`, as a shell calls them."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from admin.commands import needed, procedures
from admin.profiles import ORDER, builtin
from web.cli import main

SOURCE = builtin()["s002-pcvp-annual-2021"].text
PHIEUKIN = Path(sys.executable).parent / "phieukin"


def run(*words: str | Path, command: Any = main) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words])


def answer(*words: str | Path) -> Any:
    found = run(*words, "--json")
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "admin" / "procedures"
    found.mkdir(parents=True)
    text = SOURCE.replace('id = "s002-pcvp-annual-2021"', 'id = "don-vi-2026"')
    (found / "don-vi.toml").write_text(text, encoding="utf-8")
    (found / "loi.toml").write_text(text.replace('"1/2"', '"50%"'), encoding="utf-8")
    return found


def test_both_are_commands_of_phieukin() -> None:
    assert {"procedures", "needed"} <= set(main.list_commands(None))  # type: ignore[arg-type]
    assert main.get_command(None, "needed") is needed  # type: ignore[arg-type]
    assert main.get_command(None, "procedures") is procedures  # type: ignore[arg-type]


def test_the_list_names_the_twelve(tmp_path: Path) -> None:
    found = answer("procedures", "list", "--data", tmp_path)

    assert [each["id"] for each in found["procedures"]] == list(ORDER)
    words = run("procedures", "list", "--data", tmp_path).stdout
    assert "s000-next-term-onsite  (phiên bản 1, 5 bước, 3 lần bỏ phiếu)" in words


def test_the_list_has_the_offices_and_says_what_is_wrong(
    tmp_path: Path, folder: Path
) -> None:
    found = answer("procedures", "list", "--data", tmp_path)
    assert found["procedures"][-1]["id"] == "don-vi-2026"
    assert found["procedures"][-1]["file_origin"] == "office"
    (faulty,) = found["faulty"]
    assert faulty["file"] == "loi.toml"
    assert faulty["faults"][0]["key"] == "ballot.rule.share"

    said = run("procedures", "list", "--folder", folder)
    assert "của đơn vị" in said.stdout
    assert "loi.toml: bước 4: ballot.rule.share" in said.stderr


@pytest.mark.parametrize("procedure", ORDER)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_procedure_is_shown_in_words(procedure: str, lang: str) -> None:
    found = run("procedures", "show", procedure, "--lang", lang)

    assert found.exit_code == 0
    for step in builtin()[procedure].procedure.steps:
        start = "Bước" if lang == "vi" else "Step"
        assert f"{start} {step.id}. " in found.stdout
    assert "proc." not in found.stdout
    assert max(map(len, found.stdout.splitlines())) <= 88


def test_a_procedure_is_shown_as_json_with_what_is_open() -> None:
    found = answer("procedures", "show", "s003-annual-06hd2017")

    step = found["steps"][1]
    assert step["ballot"]["rule"] == "unstated"
    assert step["unstated"] == ["quorum", "held", "secret", "announced", "rule"]
    assert found["quorum"] == "unstated"


def test_a_file_can_be_copied_from_the_command_line() -> None:
    found = run("procedures", "show", "s003-annual-06hd2017", "--toml")

    assert found.stdout == builtin()["s003-annual-06hd2017"].text


def test_an_unknown_procedure_is_named_with_those_that_are() -> None:
    for words in (
        ("procedures", "show", "s999"),
        ("needed", "--procedure", "s999", "--step", "1", "--summoned", "9",
         "--present", "9"),
    ):  # fmt: skip
        found = run(*words)
        assert found.exit_code == 2
        assert "s999" in found.stderr
        assert "s004-phong-annual-external" in found.stderr


def test_a_good_file_is_checked(folder: Path, tmp_path: Path) -> None:
    found = run("procedures", "check", folder / "don-vi.toml", "--data", tmp_path)

    assert found.exit_code == 0
    assert found.stdout.startswith("don-vi.toml: đúng.")


def test_a_bad_file_fails_with_every_fault(folder: Path) -> None:
    bad = folder / "loi.toml"
    bad.write_text(bad.read_text(encoding="utf-8") + "\n[colour]\n", encoding="utf-8")
    found = run("procedures", "check", bad)
    assert found.exit_code == 1
    assert "loi.toml: bước 4: ballot.rule.share: “50%” không phải" in found.stderr
    assert "loi.toml: colour: không có mục này" in found.stderr

    listed = run("procedures", "check", bad, "--json", "--lang", "en")
    assert listed.exit_code == 1
    told = json.loads(listed.stdout)
    assert told["ok"] is False
    assert [(f["step"], f["key"], f["code"]) for f in told["faults"]] == [
        ("", "colour", "unknown_key"),
        ("4", "ballot.rule.share", "wrong_share"),
    ]


def test_a_changed_copy_needs_a_version_of_its_own(tmp_path: Path) -> None:
    copy = tmp_path / "copy.toml"
    copy.write_text(SOURCE + "# mine\n", encoding="utf-8")
    found = run("procedures", "check", copy, "--data", tmp_path)

    assert found.exit_code == 1
    assert "phiên bản “1” của quy trình này đã có" in found.stderr


def asked(*more: str, step: str = "3", procedure: str = ORDER[0]) -> tuple[str, ...]:
    return ("needed", "--procedure", procedure, "--step", step, *more)


PEOPLE = ("--summoned", "30", "--present", "20")


def test_needed_answers_in_numbers() -> None:
    """A.7 30/20."""
    found = answer(*asked(*PEOPLE, "--agree", "6"))

    assert found["quorum_needed"] == 20
    assert found["quorum_met"] is True
    assert (found["needed"], found["base"], found["out_of"]) == (6, "present", 20)
    assert (found["passes"], found["verdict"], found["margin"]) == (True, "passes", 0)
    assert answer(*asked(*PEOPLE))["passes"] is None


def test_a_quorum_of_nobody_is_still_a_quorum() -> None:
    """A.3 Quorum: stated in S000, also before anybody is summoned."""
    found = run(*asked("--summoned", "0", "--present", "0"))

    assert found.exit_code == 0
    assert "2/3 số được triệu tập" in found.stdout


def test_needed_answers_in_words() -> None:
    found = run(*asked("--summoned", "207", "--present", "207", "--agree", "62"))

    assert found.exit_code == 0
    assert "cần từ 138 (2/3 số được triệu tập)" in found.stdout
    assert "Cần ít nhất 63 phiếu đồng ý" in found.stdout
    assert "KHÔNG ĐẠT, còn thiếu 1 phiếu" in found.stdout


def test_without_a_quorum_there_is_no_verdict() -> None:
    """A.7 30/19."""
    found = run(*asked("--summoned", "30", "--present", "19", "--agree", "19"))

    assert found.exit_code == 0
    assert "Chưa đủ điều kiện tiến hành" in found.stdout
    assert "Chưa thể kết luận" in found.stdout


def test_a_removal_is_worded_as_a_removal() -> None:
    found = run(*asked(*PEOPLE, "--agree", "16", step="1", procedure=ORDER[1]))
    assert "ĐỀ XUẤT ĐƯA RA" in found.stdout
    found = run(*asked(*PEOPLE, "--agree", "15", step="1", procedure=ORDER[1]))
    assert "KHÔNG đề xuất đưa ra, còn thiếu 1 phiếu" in found.stdout


def test_a_last_step_reminds_of_its_quota() -> None:
    found = run(*asked(*PEOPLE, "--agree", "16", step="5"))

    assert "từ trên xuống cho đủ số lượng" in found.stdout


def test_what_is_unstated_must_be_chosen() -> None:
    silent = asked(*PEOPLE, step="2", procedure="s002-pcvp-annual-2021")
    found = run(*silent)
    assert found.exit_code == 2
    assert "--rule" in found.stderr

    told = run(*silent, "--quorum", "2/3", "--json")
    assert told.exit_code == 2
    assert json.loads(told.stdout)["code"] == "choice_missing"
    made = (*silent, "--quorum", "none", "--rule", "above:1/2:present")
    assert answer(*made, "--agree", "11")["passes"] is True
    assert answer(*silent, "--quorum", "2/3", "--rule", "none")["needed"] == 0


def test_a_quorum_that_is_unstated_stays_open_unless_it_is_given() -> None:
    """A.2.7 B3: S004 states no quorum; the fewest votes do not depend on one."""
    silent = asked(*PEOPLE, "--agree", "6", step="B3", procedure=ORDER[6])
    found = answer(*silent)

    assert (found["needed"], found["passes"]) == (6, True)
    assert (found["quorum_needed"], found["quorum_met"]) == (None, None)
    assert found["unstated"] == ["quorum"]
    assert "không quy định điều kiện về số người có mặt" in run(*silent).stdout
    given = answer(*silent, "--quorum", "3/4")
    assert (given["quorum_needed"], given["quorum_met"]) == (23, False)
    assert given["unstated"] == []


REFUSED = {
    "a quorum though stated": ((*PEOPLE, "--quorum", "1/2"), "3", "bỏ --quorum"),
    "a rule though stated": ((*PEOPLE, "--rule", "none"), "3", "bỏ --rule"),
    "a rule nobody reads": ((*PEOPLE, "--rule", "> 1/2"), "3", "above:1/2:present"),
    "a step without a ballot": (PEOPLE, "2", "3, 4, 5"),
    "a step that is none": (PEOPLE, "9", "1, 2, 3, 4, 5"),
    "more present than summoned": (("--summoned", "9", "--present", "10"), "3",
                                   "không thể nhiều hơn"),
    "more votes than people": ((*PEOPLE, "--agree", "21"), "3", "không thể nhiều hơn"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_question_that_cannot_be_answered(name: str) -> None:
    more, step, said = REFUSED[name]
    found = run(*asked(*more, step=step))

    assert found.exit_code == 2
    assert said in found.stderr
    assert "Traceback" not in found.output


def test_a_wrong_quorum_is_refused() -> None:
    silent = asked(*PEOPLE, step="B3", procedure="s004-cuc-next-onsite")
    found = run(*silent, "--quorum", "5/4")

    assert found.exit_code == 2
    assert "--quorum" in found.stderr


def test_members_are_asked_for_where_they_are_the_base() -> None:
    silent = asked(*PEOPLE, "--quorum", "none", step="4",
                   procedure="s002-pcvp-annual-2021")  # fmt: skip
    assert run(*silent).exit_code == 2
    assert answer(*silent, "--members", "9")["needed"] == 5


def test_the_offices_procedure_is_calculated_too(folder: Path) -> None:
    found = answer(*asked(*PEOPLE, "--quorum", "1/2", "--members", "7", step="4",
                          procedure="don-vi-2026"), "--folder", folder)  # fmt: skip

    assert (found["needed"], found["out_of"]) == (4, 7)


def test_the_real_command_in_a_real_process(folder: Path) -> None:
    """One run from the shell, with the office's folder and both exit codes."""
    words = asked(*PEOPLE, "--agree", "6")
    found = subprocess.run(
        [PHIEUKIN, *words, "--json"], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stderr
    assert json.loads(found.stdout)["passes"] is True
    bad = subprocess.run(
        [PHIEUKIN, "procedures", "check", folder / "loi.toml"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert bad.returncode == 1
    assert "ballot.rule.share" in bad.stderr
