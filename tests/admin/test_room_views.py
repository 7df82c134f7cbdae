"""What the chair may let the room see, and what no pick makes the room see."""

import re
from collections.abc import Callable

import pytest

from admin.models import Conference
from admin.room_views import PICKED, Stage, View, choices, refusal, shown
from tests.admin.neighbours import Office, code_of
from tests.admin.sample import NOMINEES, Meeting
from tests.admin.test_room import HEAD, look
from web.db import current_sessions

STATES = ("draft", "convened", "sealed", "open", "closed", "counted", "published")
# What follows the conference, at a step that is announced.
FOLLOWS = ("waiting", "waiting", "how_to_vote", "turnout", "counting", "counting")
FROM = {"draft": 0, "sealed": 2, "open": 3, "closed": 4, "counted": 5, "published": 6}
ALLOWED = {
    View.FOLLOW: STATES,
    View.WAITING: STATES,
    View.QUORUM: STATES,
    View.HOW_TO_VOTE: STATES[: FROM["closed"]],
    View.TURNOUT: STATES[FROM["open"] : FROM["counted"]],
    View.COUNTING: STATES[FROM["closed"] : FROM["published"]],
    View.RESULT: ("published",),
    View.ANNOUNCEMENT: ("published",),
}


def stage(state: str, *, announced: bool = True, summoned: int = 9) -> Stage:
    ready = state not in {"draft", "convened"}
    return Stage(
        state=state,
        announced=announced,
        summoned=summoned,
        locked=ready,
        zero_reported=ready,
    )


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("view", PICKED)
def test_what_fits_a_state_can_be_picked(view: View, state: str) -> None:
    assert (refusal(view, stage(state)) == "") == (state in ALLOWED[view])
    assert ALLOWED.keys() == set(PICKED)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("view", [View.RESULT, View.ANNOUNCEMENT])
def test_a_step_that_is_not_announced_has_no_view_of_its_result(
    view: View, state: str
) -> None:
    quiet = stage(state, announced=False)

    assert refusal(view, quiet) == "room.not_announced"
    assert shown(view, quiet) not in {View.RESULT, View.ANNOUNCEMENT}


def test_the_display_follows_the_conference() -> None:
    assert tuple(shown("", stage(state)) for state in STATES[:-1]) == FOLLOWS
    assert shown("", stage("published")) is View.RESULT
    for state in ("counted", "published"):
        assert shown("", stage(state, announced=False)) is View.COMPLETE
    assert shown("", stage("void")) is View.VOID
    locked = Stage(
        state="convened", announced=True, summoned=9, locked=True, zero_reported=False
    )
    assert shown("", locked) is View.QUORUM


@pytest.mark.parametrize("picked", ["complete", "void", "figures"])
def test_a_word_that_cannot_be_picked_shows_nothing_of_its_own(picked: str) -> None:
    assert shown(picked, stage("open")) is View.TURNOUT


def test_nothing_is_picked_for_an_abandoned_vote_or_without_delegates() -> None:
    void = {choice.view: choice.refused for choice in choices(stage("void"))}
    assert void.pop(View.FOLLOW) == ""
    assert set(void.values()) == {"room.not_void"}
    assert refusal(View.QUORUM, stage("draft", summoned=0)) == "room.not_summoned"


# --- over the API, and on the display ----------------------------------------------


def test_the_chair_picks_and_the_room_sees(meeting: Meeting) -> None:
    meeting.sealed("5")
    assert 'data-view="how_to_vote"' in look(meeting)
    meeting.post("/room", {"shows": "quorum"}, role="chair")
    assert 'data-testid="display-quorum"' in look(meeting)
    assert meeting.view()["shows"] == "quorum"
    meeting.post("/open", role="chair")

    assert meeting.view()["shows"] == ""
    assert 'data-view="turnout"' in look(meeting)


def test_closing_and_announcing_lead_the_room_on(meeting: Meeting) -> None:
    meeting.sealed("5").post("/open", role="chair")
    meeting.post("/room", {"shows": "waiting"}, role="chair")
    meeting.office.kiosk.cast = 7
    meeting.post("/close", role="chair")
    assert 'data-view="counting"' in look(meeting)
    meeting.told((1, 5, 7)).post("/room", {"shows": "quorum"}, role="chair")
    meeting.post("/announce", role="chair")

    assert 'data-view="result"' in look(meeting)
    meeting.post("/room", {"shows": "announcement"}, role="chair")
    assert "7 phiếu đồng ý, bằng 77,78%" in look(meeting)


@pytest.mark.parametrize("shows", ["result", "announcement"])
@pytest.mark.parametrize("step", ["4", "5"])
def test_a_result_is_not_picked_before_it_is_announced(
    office: Office, step: str, shows: str
) -> None:
    meeting = Meeting(office).counted((1, 5, 7), step)
    answer = office.chair.post(f"{meeting.path}/room", {"shows": shows})

    assert code_of(answer) == "room_refused"
    assert meeting.view()["shows"] == ""


@pytest.mark.parametrize("shows", ["complete", "void"])
def test_what_only_follows_is_not_picked(meeting: Meeting, shows: str) -> None:
    answer = meeting.create().office.chair.post(
        f"{meeting.path}/room", {"shows": shows}
    )

    assert code_of(answer) == "room_refused"


def force(meeting: Meeting, shows: str) -> None:
    """Write the column past every check."""
    with meeting.office.app.app_context(), current_sessions().begin() as session:
        found = session.get(Conference, meeting.id)
        assert found is not None
        found.shows = shows


def steps_on(meeting: Meeting, step: str) -> list[Callable[[], object]]:
    """Lead one conference through every state in which nothing is announced."""

    def close() -> None:
        meeting.office.kiosk.cast = 7
        meeting.post("/close", role="chair")

    def tie() -> None:
        [found] = meeting.view()["ties"]
        chosen = [line["key"] for line in found["tied"]][: found["seats"]]
        decided = {"position": 1, "chosen": chosen, **HEAD}
        meeting.post("/ties", decided, "chair")

    last = [tie] if step == "5" else [lambda: meeting.post("/complete", role="chair")]
    return [
        lambda: meeting.create(step),
        lambda: meeting.fill().print_cards(),
        meeting.convene,
        meeting.arrive,
        meeting.seal,
        lambda: meeting.post("/open", role="chair"),
        close,
        lambda: meeting.told((6, 6, 6)),
        *last,
    ]


@pytest.mark.parametrize("step", ["4", "5"])
def test_no_pick_shows_a_name_or_a_share_before_the_announcement(
    meeting: Meeting, step: str
) -> None:
    """Every state of both kinds of step, every value that the column could have."""
    for lead_on in steps_on(meeting, step):
        lead_on()
        for shows in (*View, "figures"):
            force(meeting, shows)
            text = look(meeting)
            told = meeting.office.chair.get(f"{meeting.path}/display").get_json()
            where = f"{told['state']} {shows}"
            assert not any(name in text for name in NOMINEES), where
            assert "%" not in re.sub(r"<[^>]*>", "", text), where
            assert "data-room" not in text, where
            assert (told["result"], told["final"], told["ties"]) == (None, [], [])
            assert told["shown"] not in {"result", "announcement"}, where
    assert told["state"] == ("counted" if step == "5" else "published")


def test_the_numbers_are_announced_while_it_counts(meeting: Meeting) -> None:
    """QĐ 190: issued and cast are told before anything is opened, and nothing else."""
    meeting.closed(cast=6)
    text = look(meeting)

    assert "Thẻ phát ra</span>" in text
    assert 'data-testid="display-cast">6<' in text
    assert text.count('class="is-now"') == 1
    assert "không công bố" in text


@pytest.mark.parametrize("locale", ["vi", "en"])
def test_every_view_has_its_words(office: Office, locale: str) -> None:
    office.chair.get(f"/lang/{locale}")
    meeting = Meeting(office).sealed("5")
    for shows in ("waiting", "quorum", "how_to_vote"):
        meeting.post("/room", {"shows": shows}, role="chair")
        text = look(meeting)
        assert f'data-view="{shows}"' in text
        assert "room." not in text.replace("room.html", "")
