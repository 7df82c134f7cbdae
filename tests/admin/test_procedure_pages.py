"""Procedures in the console: read, downloaded, added; the calculator of the chair."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from admin.profiles import FOLDER, ORDER, builtin
from tests.admin.conftest import Ready, open_office
from tests.admin.neighbours import Browser, Office
from tests.admin.test_pages import look
from web.db import Sessions

SOURCE = builtin()["s002-pcvp-annual-2021"].text
NEXT = "s000-next-term-onsite"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, ready: Ready) -> Iterator[Office]:
    """One service for all that only read."""
    with open_office(tmp_path_factory.mktemp("procedures"), ready) as built:
        yield built


def office_file(name: str = "don-vi-2026", version: str = "1") -> str:
    text = SOURCE.replace('id = "s002-pcvp-annual-2021"', f'id = "{name}"')
    return text.replace('version = "1"', f'version = "{version}"')


def upload(tab: Browser, text: str, name: str = "quy-trinh.toml") -> Any:
    data = {"file": (io.BytesIO(text.encode()), name)}
    token = tab.get("/api/session").get_json()["csrf_token"]
    return tab.client.post(
        "/api/procedures",
        data=data,
        content_type="multipart/form-data",
        headers={"X-CSRF-Token": token},
    )


def folder_of(office: Office) -> Path:
    found: Path = Path(office.app.config["DATA"]) / FOLDER
    return found


def ask(office: Office, **question: object) -> Any:
    body = {"procedure": NEXT, "step": "3", "summoned": 30, "present": 20} | question
    return office.chair.post("/api/needed", body)


def test_the_list_shows_the_twelve_in_their_order(shared: Office) -> None:
    found = look(shared.auditor, "/procedures")

    cards = [each for each in found.ids if each.startswith("procedure-s0")]
    assert cards == [f"procedure-{key}" for key in ORDER]
    assert not found.inline
    assert "add-procedure" not in found.ids
    assert "add-procedure" in look(shared.secretary, "/procedures").ids
    assert "add-procedure" in look(shared.administrator, "/procedures").ids


@pytest.mark.parametrize("key", ORDER)
@pytest.mark.parametrize("locale", ["vi", "en"])
def test_every_procedure_can_be_read(shared: Office, key: str, locale: str) -> None:
    shared.secretary.get(f"/lang/{locale}")
    found = look(shared.secretary, f"/procedures/{key}")
    shared.secretary.get("/lang/vi")

    procedure = builtin()[key].procedure
    words = re.sub(r"\s+", " ", found.words)
    for step in procedure.steps:
        assert f"step-{step.id}" in found.ids
        assert step.name.of(locale) in words
        assert (f"rule-{step.id}" in found.ids) == (step.ballot is not None)
    assert not found.inline
    assert not re.search(r"\b(proc|choice|rule)\.[a-z_]+", words)


def test_what_the_document_leaves_open_is_marked(shared: Office) -> None:
    """A.2.6 step 2: ballot, secrecy, announcement, share; and the quorum."""
    page = shared.secretary.get("/procedures/s003-annual-06hd2017").text
    step = page[page.index('id="step-2"') : page.index('id="step-3"')]

    assert step.count("data-unstated") == 4
    stated = shared.secretary.get(f"/procedures/{NEXT}").text
    assert "data-unstated" not in stated


def test_steps_held_together_lead_to_each_other(shared: Office) -> None:
    page = shared.secretary.get("/procedures/s004-cuc-next-onsite").text

    assert "/procedures/s004-cuc-annual-onsite#step-B2" in page
    assert "/procedures/s004-cuc-annual-external#step-B4" in page


def test_an_unknown_procedure_is_not_found(shared: Office) -> None:
    assert shared.secretary.get("/procedures/s999").status_code == 409
    answer = shared.secretary.get("/api/procedures/s999")
    assert answer.get_json()["code"] == "procedure_unknown"


def test_the_file_is_downloaded_as_it_is(shared: Office) -> None:
    answer = shared.auditor.get(f"/api/procedures/{NEXT}.toml")

    assert answer.text == builtin()[NEXT].text
    assert answer.headers["Content-Disposition"] == (
        f"attachment; filename={NEXT}.toml"
    )


def test_the_api_says_all_of_a_procedure(shared: Office) -> None:
    found = shared.desk.get("/api/procedures").get_json()
    assert [each["id"] for each in found["procedures"]] == list(ORDER)
    assert found["procedures"][0]["quorum"] == "2/3"
    one = shared.desk.get("/api/procedures/s002-pcvp-annual-2021").get_json()
    step = next(each for each in one["steps"] if each["id"] == "4")

    assert step["ballot"]["rule"] == {"share": "1/2", "strict": True, "of": "members"}
    assert step["ballot"]["cap"] == 4
    assert step["unstated"] == ["quorum", "announced", "tie"]
    assert step["composition"][0]["roles"] == ["Lãnh đạo Văn phòng"]
    assert one["steps"][0]["keeps"] is True
    assert one["caps"]["per_position"] == 4


def test_the_office_adds_its_own_and_a_conference_can_follow_it(
    office: Office,
) -> None:
    answer = upload(office.secretary, office_file())
    assert answer.status_code == 201, answer.text
    assert answer.get_json()["id"] == "don-vi-2026"

    assert "procedure-don-vi-2026" in look(office.chair, "/procedures").ids
    assert "don-vi-2026.toml" in look(office.chair, "/procedures/don-vi-2026").words
    assert (folder_of(office) / "don-vi-2026.toml").read_text("utf-8") == office_file()
    assert "don-vi-2026" in office.secretary.get("/conferences/new").text


def test_adding_stands_in_the_record_book(office: Office) -> None:
    upload(office.administrator, office_file())
    sessions: Sessions = office.app.extensions["phieukin.sessions"]
    with sessions.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM record").fetchall()

    assert any("admin.procedure.added" in str(row) for row in rows)


def test_a_faulty_file_is_refused_with_all_its_faults(office: Office) -> None:
    bad = office_file().replace('"1/2"', '"50%"').replace('next = "4"', 'next = "1"')
    answer = upload(office.secretary, bad, "don-vi.toml")

    assert answer.status_code == 400
    told = answer.get_json()
    assert (told["code"], told["details"]["count"]) == ("profile_faults", 2)
    assert [(f["file"], f["step"], f["key"]) for f in told["faults"]] == [
        ("don-vi.toml", "3", "next"),
        ("don-vi.toml", "4", "ballot.rule.share"),
    ]
    assert "phân số" in told["faults"][1]["message"]
    assert not list(folder_of(office).iterdir())


def test_an_upload_without_a_file_is_malformed(office: Office) -> None:
    token = office.secretary.get("/api/session").get_json()["csrf_token"]
    answer = office.secretary.client.post(
        "/api/procedures", headers={"X-CSRF-Token": token}
    )
    assert answer.status_code == 400
    assert answer.get_json()["code"] == "malformed"


def test_a_faulty_file_in_the_folder_is_shown_with_its_faults(office: Office) -> None:
    bad = office_file().replace('"1/2"', '"50%"')
    (folder_of(office) / "loi<b>.toml").write_text(bad, encoding="utf-8")
    found = look(office.secretary, "/procedures")

    assert "faults-of-loi<b>.toml" in found.ids
    assert "ballot.rule.share" in found.words
    assert "procedure-don-vi-2026" not in found.ids


def test_the_calculator_of_the_chair(shared: Office) -> None:
    """A.7 30/20 and 4/6."""
    found = ask(shared, agree=5).get_json()
    assert (found["needed"], found["quorum_needed"]) == (6, 20)
    assert (found["passes"], found["margin"]) == (False, -1)
    assert ask(shared, agree=6).get_json()["passes"] is True
    assert ask(shared, summoned=6, present=4).get_json()["quorum_met"] is True


def test_the_calculator_asks_for_what_the_document_leaves_open(shared: Office) -> None:
    question = {"procedure": "s002-pcvp-annual-2021", "step": "2"}
    answer = ask(shared, **question)
    assert answer.status_code == 409
    assert answer.get_json()["code"] == "choice_missing"
    assert answer.get_json()["details"]["key"] == "quorum"

    rule = {"share": "1/2", "strict": True, "of": "present"}
    made = {"quorum": "none", "rule": rule, "announced": True, "secret": True}
    found = ask(shared, **question, choices=made, agree=11).get_json()
    assert (found["needed"], found["passes"]) == (11, True)


WRONG = {
    "no such step": ({"step": "9"}, "step_unknown"),
    "no ballot": ({"step": "2"}, "step_without_ballot"),
    "no such procedure": ({"procedure": "s999"}, "procedure_unknown"),
    "too many present": ({"present": 31}, "count_present_over_summoned"),
    "too many votes": ({"agree": 21}, "count_agree_over_present"),
    "a choice too many": ({"choices": {"quorum": "1/2"}}, "choice_stated"),
    "a share of nothing": (
        {"choices": {"rule": {"share": "1/0", "strict": True, "of": "present"}}},
        "malformed",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_question_that_cannot_be_answered(shared: Office, name: str) -> None:
    question, code = WRONG[name]
    answer = ask(shared, **question)

    assert answer.status_code in {400, 409}
    told = answer.get_json()
    assert told["code"] == code
    assert "%(" not in told["message"]
    assert not told["message"].startswith("error.")


def test_the_calculator_follows_the_version_of_the_conference(office: Office) -> None:
    """Whatever the office changes later, a conference has the rule it was made with."""
    upload(office.secretary, office_file())
    sessions: Sessions = office.app.extensions["phieukin.sessions"]
    from admin.profiles import current_catalogue, keep  # noqa: PLC0415 - in its app

    with office.app.app_context(), sessions.begin() as session:
        keep(session, current_catalogue().get("don-vi-2026"))
    changed = office_file(version="2").replace('"1/2"', '"2/3"')
    assert upload(office.secretary, changed).status_code == 201
    question = {
        "procedure": "don-vi-2026",
        "step": "4",
        "members": 9,
        "choices": {"quorum": "none"},
    }

    assert ask(office, **question).get_json()["needed"] == 7
    assert ask(office, **question, version="1").get_json()["needed"] == 5
