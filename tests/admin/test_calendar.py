"""Deadlines, yearly windows and clashes of meetings, by the day and the minute."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin import calendar, month, reviews
from admin.calendar import Clash, Kind, Slot, Status, Window, clashes

ROOM = ZoneInfo("Asia/Ho_Chi_Minh")
DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
MONDAY, FRIDAY, SATURDAY, SUNDAY = 0, 4, 5, 6


def slot(number: int, clock: str, **more: object) -> Slot:
    at = datetime.fromisoformat(f"2021-03-18T{clock}").replace(tzinfo=ROOM)
    fields = {"minutes": 60, "office": "van phong", "unit": "van phong"}
    return Slot(id=number, starts_at=at, **(fields | more))  # type: ignore[arg-type]


def test_before_a_day_ends_with_the_day_before() -> None:
    before = Window(due_on=date(2022, 3, 20), before=True)

    assert before.last_day == date(2022, 3, 19)
    assert before.status(date(2022, 3, 19), None) is Status.DUE
    assert before.status(date(2022, 3, 20), None) is Status.LATE
    assert before.days_left(date(2022, 3, 19)) == 0
    assert before.days_left(date(2022, 3, 22)) == -3


def test_until_a_day_includes_it() -> None:
    until = Window(due_on=date(2022, 3, 20))

    assert until.status(date(2022, 3, 20), None) is Status.DUE
    assert until.status(date(2022, 3, 21), None) is Status.LATE


def test_what_was_done_later_was_not_done_yet() -> None:
    window = Window(due_on=date(2022, 3, 20), before=True)
    done = date(2022, 3, 23)

    assert window.status(date(2022, 3, 18), done) is Status.DUE
    assert window.status(date(2022, 3, 22), done) is Status.LATE
    assert window.status(date(2022, 3, 23), done) is Status.DONE


def test_a_window_is_not_open_before_its_first_day() -> None:
    window = Window(from_on=date(2023, 1, 1), due_on=date(2023, 1, 31))

    assert window.status(date(2022, 12, 31), None) is Status.WAITING
    assert window.status(date(2023, 1, 1), None) is Status.DUE


@given(DAYS, DAYS, st.booleans())
def test_a_deadline_is_late_exactly_when_no_day_is_left(
    due: date,
    on: date,
    before: bool,  # noqa: FBT001 - both kinds
) -> None:
    window = Window(due_on=due, before=before)
    late = window.status(on, None) is Status.LATE

    assert late == (window.days_left(on) < 0)
    assert late == (on >= due if before else on > due)


@given(DAYS)
def test_the_working_day_before_a_weekend_is_its_friday(day: date) -> None:
    found = calendar.working_day(day)

    assert not calendar.is_weekend(found)
    assert (day - found).days in {0, 1, 2}
    assert found == day or (calendar.is_weekend(day) and found.weekday() == FRIDAY)


@pytest.mark.parametrize(
    ("due", "before", "weekend", "working"),
    [
        # Sunday named, Saturday the last in time
        (date(2022, 3, 20), True, date(2022, 3, 19), date(2022, 3, 18)),
        (date(2022, 3, 20), False, date(2022, 3, 20), date(2022, 3, 18)),
        # before a Monday: the last in time is Sunday
        (date(2022, 1, 31), True, date(2022, 1, 30), date(2022, 1, 28)),
        # before a Saturday: Friday is in time, yet the day named is none to work on
        (date(2022, 3, 19), True, date(2022, 3, 19), date(2022, 3, 18)),
        (date(2022, 3, 25), True, None, date(2022, 3, 24)),
        (date(2022, 3, 30), True, None, date(2022, 3, 29)),
    ],
)
def test_weekends_are_flagged_with_the_last_day_of_work(
    due: date,
    before: bool,  # noqa: FBT001 - both kinds
    weekend: date | None,
    working: date,
) -> None:
    window = Window(due_on=due, before=before)

    assert window.weekend == weekend
    assert window.last_working_day == working


def test_what_is_exceptional_is_never_late_and_flags_no_weekend() -> None:
    second = reviews.regimes()["s001"].find("second").in_year(2023)

    assert second.exceptional
    assert second.due_on.weekday() == SUNDAY
    assert second.weekend is None
    assert second.status(date(2023, 2, 28), None) is Status.WAITING
    assert second.status(date(2023, 6, 1), None) is Status.OPTIONAL
    assert second.status(date(2024, 1, 1), None) is Status.OPTIONAL
    assert second.status(date(2023, 8, 1), date(2023, 7, 30)) is Status.DONE


@pytest.mark.parametrize("year", [2023, 2024, 2026, 2028, 2100])
def test_the_windows_of_s001_come_back_every_year(year: int) -> None:
    """A.5.3 III.4.1 and III.4.2: January, before 31/01, in February, a second time."""
    found = {
        one.id: one.in_year(2023).in_year(year)
        for one in reviews.regimes()["s001"].window
    }
    february = date(year, 3, 1) - timedelta(days=1)

    assert (found["review"].from_on, found["review"].last_day) == (
        date(year, 1, 1),
        date(year, 1, 31),
    )
    assert found["files"].last_day == date(year, 1, 30)
    for name in ("approval", "own"):
        assert (found[name].from_on, found[name].last_day) == (
            date(year, 2, 1),
            february,
        )
    assert [name for name, one in found.items() if one.exceptional] == ["second"]


def test_s003_and_s001_disagree_on_how_often() -> None:
    """A.3 Frequency: once in the first quarter (S003); January and, if truly needed,
    a second time (S001). Which of them holds is data."""
    regimes = reviews.regimes()
    (quarter,) = regimes["s003"].window
    window = quarter.in_year(2026)

    assert (window.from_on, window.last_day) == (date(2026, 1, 1), date(2026, 3, 31))
    assert not any(one.exceptional for one in regimes["s003"].window)
    assert sum(one.exceptional for one in regimes["s001"].window) == 1


def test_a_window_is_not_there_before_its_first_year() -> None:
    first = Window(
        from_on=date(2023, 1, 1), due_on=date(2023, 1, 31), before=True, yearly=True
    )

    assert first.in_year(2021) == first
    assert first.in_year(2022).status(date(2022, 2, 1), None) is Status.WAITING


@given(DAYS, st.integers(0, 400), st.integers(1950, 2150), st.booleans())
def test_a_yearly_window_keeps_its_shape(
    due: date,
    length: int,
    year: int,
    before: bool,  # noqa: FBT001 - both kinds
) -> None:
    window = Window(
        from_on=due - timedelta(days=length), due_on=due, before=before, yearly=True
    )
    moved = window.in_year(year)

    assert moved.due_on.year == max(year, due.year)
    assert moved.from_on is not None
    assert moved.from_on <= moved.due_on
    assert moved.due_on.month == due.month
    assert abs((moved.due_on - moved.from_on).days - length) <= 2
    assert window.in_year(due.year) == window


def test_one_that_does_not_come_back_stays_where_it_is() -> None:
    once = Window(due_on=date(2022, 3, 30), before=True)

    assert once.in_year(2026) == once


def test_an_hour_apart_is_no_clash() -> None:
    """A.6: 14:00, 15:00 and 16:00 of one procedure follow each other."""
    row = [
        slot(number, clock, instance=1, order=number)
        for number, clock in enumerate(("14:00", "15:00", "16:00"))
    ]

    assert clashes(row) == []


def test_the_same_slot_of_the_same_people_clashes() -> None:
    assert clashes([slot(1, "14:00"), slot(2, "14:00")]) == [
        Clash(1, 2, (Kind.PEOPLE,))
    ]
    assert clashes([slot(1, "14:00"), slot(2, "14:59")]) != []
    assert clashes([slot(1, "14:00"), slot(2, "14:30", unit="so noi vu")]) == []


def test_a_meeting_of_the_whole_office_needs_every_unit() -> None:
    whole = slot(1, "14:00", unit="")

    assert clashes([whole, slot(2, "14:30", unit="phong")]) != []
    assert clashes([whole, slot(2, "14:30", unit="phong", office="so khac")]) == []


def test_the_same_room_is_taken_once() -> None:
    here = slot(1, "14:00", place="phong a", unit="x")
    there = slot(2, "14:30", place="phong a", unit="y")

    assert clashes([here, there]) == [Clash(1, 2, (Kind.PLACE,))]
    nowhere = [slot(1, "14:00", unit="x"), slot(2, "14:00", unit="y")]
    assert clashes(nowhere) == []


def test_a_later_step_is_not_held_before_or_during_an_earlier_one() -> None:
    second = slot(1, "14:00", instance=1, order=2)
    first = slot(2, "16:00", instance=1, order=1)
    during = slot(3, "16:30", instance=1, order=2)

    assert clashes([second, first]) == [Clash(1, 2, (Kind.ORDER,))]
    assert clashes([first, during]) == [Clash(2, 3, (Kind.ORDER, Kind.PEOPLE))]
    other = slot(3, "14:00", instance=2, order=1, unit="")
    assert Kind.ORDER not in clashes([second, other])[0].kinds


def test_what_must_follow_another_meeting_follows_it() -> None:
    """A.6 #6: the posts of the office are "sau" (after) those of the province."""
    last = slot(5, "16:00", unit="x")

    assert clashes([last, slot(6, "17:00", unit="y", after=5)]) == []
    assert clashes([last, slot(6, "16:59", unit="y", after=5)]) == [
        Clash(5, 6, (Kind.AFTER,))
    ]
    assert clashes([last, slot(6, "14:00", unit="y", after=5)]) == [
        Clash(6, 5, (Kind.AFTER,))
    ]
    same = slot(4, "16:00", unit="y", after=5)
    assert clashes([last, same]) == [Clash(4, 5, (Kind.AFTER,))]


def test_clashes_do_not_depend_on_the_zone_of_a_time() -> None:
    here = slot(1, "14:00")
    there = Slot(
        id=2,
        starts_at=datetime(2021, 3, 18, 7, 0, tzinfo=UTC),
        minutes=60,
        office=here.office,
        unit=here.unit,
    )

    assert clashes([here, there]) == [Clash(1, 2, (Kind.PEOPLE,))]


@given(
    st.lists(
        st.tuples(st.integers(0, 600), st.integers(1, 200), st.sampled_from("xy")),
        max_size=4,
    )
)
def test_clashes_are_the_same_in_whatever_order_they_are_looked_at(
    drawn: list[tuple[int, int, str]],
) -> None:
    start = datetime(2021, 3, 18, 8, 0, tzinfo=ROOM)
    slots = [
        Slot(
            id=number,
            starts_at=start + timedelta(minutes=minute),
            minutes=length,
            office="o",
            unit=unit,
            instance=1,
            order=number,
        )
        for number, (minute, length, unit) in enumerate(drawn)
    ]
    expected = clashes(slots)

    assert all(clashes(list(one)) == expected for one in permutations(slots))
    free = {frozenset((one.first, one.second)) for one in expected}
    for a in slots:
        for b in slots:
            if a.id < b.id and frozenset((a.id, b.id)) not in free:
                assert b.starts_at >= a.ends_at  # in order and not at once


def test_a_month_is_whole_weeks_from_monday() -> None:
    """A.5.3: 20/3/2022 stands under Sunday; A.6: 18/3/2021 under Thursday."""
    weeks = calendar.weeks(2022, 3)

    assert all(len(week) == 7 for week in weeks)
    assert {week[0].weekday() for week in weeks} == {MONDAY}
    assert date(2022, 3, 20) in {week[SUNDAY] for week in weeks}
    assert date(2021, 3, 18) in {week[3] for week in calendar.weeks(2021, 3)}


@given(DAYS, st.integers(-30, 30))
def test_months_on_and_back(day: date, months: int) -> None:
    there = calendar.month_after(day, months)

    assert calendar.month_after(there, -months) == day.replace(day=1)


def test_a_page_opens_at_the_next_thing_to_do() -> None:
    march, may = (
        month.Day(date(2022, 3, 19), (), ()),
        month.Day(date(2022, 5, 1), (), ()),
    )

    assert month.opened_at([march, may], date(2022, 3, 30)) == march.day
    assert month.opened_at([march, may], date(2022, 4, 2)) == may.day
    assert month.opened_at([march, may], date(2026, 1, 1)) == may.day
    assert month.opened_at([], date(2026, 1, 1)) == date(2026, 1, 1)
