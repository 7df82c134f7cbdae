"""The bars of a list's structure: exact, and settings all through."""

from datetime import date
from fractions import Fraction
from typing import Any

import msgspec
import pytest

from admin.structure import Bar, Figure, Over, Targets, check, defaults, over_cap
from admin.structure import fraction as share_of

ON = date(2026, 11, 21)


def targets(**changes: dict[str, Any]) -> Targets:
    raw = msgspec.to_builtins(defaults())
    merged = {key: value | changes.get(key, {}) for key, value in raw.items()}
    return msgspec.convert(merged, Targets)


def bar(people: list[Figure], key: str, wanted: Targets | None = None) -> Bar:
    return next(b for b in check(people, wanted or defaults(), ON) if b.key == key)


def women(count: int, total: int) -> list[Figure]:
    return [Figure(woman=number < count) for number in range(total)]


def aged(*ages: int) -> list[Figure]:
    return [Figure(birth_year=ON.year - age) for age in ages]


@pytest.mark.parametrize(
    ("count", "total", "met", "missing"),
    [
        (1, 4, True, 0),
        (0, 4, False, 1),
        (24, 97, False, 1),
        (25, 97, True, 0),
        (249, 1000, False, 1),
        (250, 1000, True, 0),
        (1, 3, True, 0),
        (0, 1, False, 1),
    ],
)
def test_women_from_25_percent_up(
    count: int,
    total: int,
    met: bool,  # noqa: FBT001 - a table
    missing: int,
) -> None:
    """B.1 structure targets: nữ từ 25% trở lên, inclusive and exact."""
    found = bar(women(count, total), "women")

    assert (found.count, found.total, found.met) == (count, total, met)
    assert (found.share, found.missing) == (Fraction(count, total), missing)


@pytest.mark.parametrize(
    ("level", "counted"), [("central", 3), ("province", 2), ("district", 2)]
)
def test_young_depends_on_the_level(level: str, counted: int) -> None:
    """B.1: trẻ dưới 45 tuổi ở Trung ương, dưới 40 tuổi ở cấp tỉnh, huyện."""
    wanted = targets(young={"level": level})
    found = bar(aged(30, 39, 40, 45, 50), "young", wanted)

    assert found.count == counted
    assert found.target == Fraction(15, 100)
    assert found.met


def test_young_is_counted_to_the_day() -> None:
    turns_forty_today = Figure(birth_date=date(1986, 11, 21))
    turns_forty_tomorrow = Figure(birth_date=date(1986, 11, 22))

    found = bar([turns_forty_today, turns_forty_tomorrow], "young")

    assert (found.count, found.below) == (1, 40)
    assert turns_forty_today.age(ON) == 40


def test_minorities_have_no_target_until_the_office_sets_one() -> None:
    """B.1: DTTS phù hợp từng địa bàn."""
    people = [Figure(ethnicity=each) for each in ("Kinh", "KINH", "Khmer", "")]

    assert bar(people, "minorities").target is None
    assert bar(people, "minorities").met is None
    wanted = targets(minorities={"share": "30%"})
    found = bar(people, "minorities", wanted)
    assert (found.count, found.total, found.unknown) == (1, 4, 1)
    assert found.met is False


def test_three_age_bands_hold_everybody_once() -> None:
    """B.2: cơ cấu ba độ tuổi; the bounds are the office's."""
    ages = (22, 39, 40, 49, 50, 60)
    bands = [b for b in check(aged(*ages), defaults(), ON) if b.key == "ages"]

    assert [(b.low, b.below, b.count) for b in bands] == [
        (None, 40, 2),
        (40, 50, 2),
        (50, None, 2),
    ]
    moved = check(aged(*ages), targets(ages={"bounds": [30, 45, 55]}), ON)
    assert [b.count for b in moved if b.key == "ages"] == [1, 2, 2, 1]


def test_what_the_register_does_not_say_is_not_counted_as_met() -> None:
    found = check([Figure(), Figure(woman=True, birth_year=2000)], defaults(), ON)

    assert [each.unknown for each in found] == [1, 1, 2, 1, 1, 1]
    assert [each.count for each in found] == [1, 1, 0, 1, 0, 0]


def test_an_empty_list_meets_and_misses_nothing() -> None:
    assert {each.met for each in check([], defaults(), ON)} == {None}


def test_caps() -> None:
    """B.1 quota: at most 3 a position; A.2.4 step 4: at most 4; both are settings."""
    posts = ["phó"] * 4 + ["trưởng"] * 3

    assert over_cap(posts, 3) == [Over("phó", 4, 3)]
    assert over_cap(posts, 4) == []
    assert over_cap(posts, None) == []


SHARES = {"25%": (1, 4), "12,5%": (1, 8), "1/4": (1, 4), "100 %": (1, 1)}


@pytest.mark.parametrize("text", SHARES)
def test_a_share_is_read_exactly(text: str) -> None:
    assert share_of(text) == Fraction(*SHARES[text])


@pytest.mark.parametrize("text", ["", "%", "0%", "101%", "một phần tư", "1/0", "-5%"])
def test_a_share_that_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="share"):
        share_of(text)


WRONG = {
    "bounds fall": {"ages": {"bounds": [50, 40]}},
    "no band": {"ages": {"bounds": []}},
    "a level without an age": {"young": {"level": "central", "below": {}}},
    "an unknown level": {"young": {"level": "galaxy"}},
    "a share of nothing": {"women": {"share": "0%"}},
    "a cap of nobody": {"caps": {"per_position": 0}},
}


@pytest.mark.parametrize("name", WRONG)
def test_targets_that_cannot_be(name: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        targets(**WRONG[name])


def test_every_default_names_its_source() -> None:
    wanted = msgspec.to_builtins(defaults())

    assert all(part["source"] for part in wanted.values())
