import re
from pathlib import Path

import msgspec
import pytest

from web.contracts import KINDS, BoxOpen, Kind, RollCallRecorded, Service

PAGE = (Path(__file__).parents[2] / "docs" / "messages.md").read_text(encoding="utf-8")
ROWS = {
    cells[0].strip("`"): cells
    for line in PAGE.splitlines()
    if (cells := [cell.strip() for cell in line.split("|")[1:-1]])
    and cells[0].startswith("`")
}


def words(cell: str) -> list[str]:
    return re.findall(r"`(\w+)`", cell)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_every_kind_is_documented_as_it_is(kind: Kind) -> None:
    _name, sender, recipients, body, answer, meaning = ROWS[kind.name]

    assert sender == kind.sender
    assert recipients.split(", ") == list(kind.recipients)
    assert words(body) == [kind.body.__name__, *kind.body.__struct_fields__]
    assert words(answer) == [kind.answer.__name__, *kind.answer.__struct_fields__]
    assert meaning


def test_no_documented_kind_is_gone() -> None:
    assert ROWS.keys() == KINDS.keys()


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_every_body_is_strict_and_goes_to_another_service(kind: Kind) -> None:
    for body in (kind.body, kind.answer):
        assert body.__struct_config__.forbid_unknown_fields
        assert body.__struct_config__.frozen
    assert kind.sender not in kind.recipients
    assert set(kind.recipients) <= set(Service)


SECRETS = {"credential", "seed", "password", "secret", "private_key", "tracker"}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_no_message_has_room_for_a_secret(kind: Kind) -> None:
    fields = {*kind.body.__struct_fields__, *kind.answer.__struct_fields__}

    assert not fields & SECRETS


def test_a_body_is_read_back_as_it_was_written() -> None:
    body = BoxOpen(issued=50, voided=("ab" * 32,))
    raw = msgspec.json.encode(body)

    assert msgspec.json.decode(raw, type=BoxOpen) == body


def test_the_numbers_of_the_room_need_their_counts() -> None:
    with pytest.raises(msgspec.ValidationError, match="counts"):
        msgspec.json.decode(b'{"printed":1}', type=RollCallRecorded)
