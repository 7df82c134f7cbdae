"""What the tally may tell admin, and what admin does not believe."""

from collections.abc import Callable

import msgspec
import pytest

from crypto import encoding, trustees
from tests.admin.neighbours import code_of
from tests.admin.sample import MEMBERS, Meeting, trustees_text
from tests.simulator import hold_ceremony
from web.contracts import (
    LEADER,
    AlarmRaised,
    CommitteeReady,
    CommitteeRemark,
    CountRecorded,
    Outcome,
    OwnCount,
    Remark,
    ToolCount,
    ZeroReported,
)
from web.rules import Base, Counts

replace = msgspec.structs.replace


def ready(text: str, tested: tuple[str, ...] = MEMBERS) -> CommitteeReady:
    return CommitteeReady(text, encoding.fingerprint(text.encode()), tested)


def group_of(size: int, threshold: int) -> str:
    parameters = hold_ceremony(size, threshold).parameters
    return trustees.write_trustees([trustees.pedersen_group(parameters)]).decode()


NOT_READY: dict[str, tuple[Callable[[], CommitteeReady], str]] = {
    "one did not test": (
        lambda: ready(trustees_text(), MEMBERS[:2]),
        "not_all_tested",
    ),
    "not trustees": (lambda: ready("[]"), "trustees_wrong"),
    "another fingerprint": (
        lambda: CommitteeReady(trustees_text(), "f" * 43, MEMBERS),
        "trustees_wrong",
    ),
    "another threshold": (lambda: ready(group_of(3, 3)), "trustees_wrong"),
    "a key without its proof": (
        lambda: ready(trustees_text().replace('"response":"', '"response":"1', 1)),
        "trustees_wrong",
    ),
}


@pytest.mark.parametrize("case", NOT_READY.values(), ids=NOT_READY.keys())
def test_a_committee_that_is_not_ready(
    meeting: Meeting, case: tuple[Callable[[], CommitteeReady], str]
) -> None:
    make, code = case
    meeting.create().post("/convene")
    answer = meeting.office.hear("committee.ready", make(), meeting.uuid)

    assert code_of(answer) == code
    assert not meeting.view()["committee"]["ready"]


def test_the_key_does_not_change_once_the_paper_is_sealed(meeting: Meeting) -> None:
    meeting.sealed()

    answer = meeting.office.hear(
        "committee.ready", ready(trustees_text()), meeting.uuid
    )
    assert code_of(answer) == "wrong_state"


def test_a_box_that_is_not_empty_is_not_believed(meeting: Meeting) -> None:
    meeting.create().fill().print_cards().convene().arrive().post("/seal")
    report = ZeroReported(head="cd" * 32, ballots=1, witnesses=MEMBERS[:2])
    answer = meeting.office.hear("zero.reported", report, meeting.uuid)

    assert code_of(answer) == "box_not_empty"
    assert not meeting.view()["zero_reported"]


def test_a_second_witness_may_come_while_the_box_is_opened(meeting: Meeting) -> None:
    meeting.sealed().post("/open", role="chair")
    late = ZeroReported(head="cd" * 32, ballots=0, witnesses=MEMBERS)
    assert meeting.office.hear("zero.reported", late, meeting.uuid).status_code == 200

    other = ZeroReported(head="ef" * 32, ballots=0, witnesses=MEMBERS)
    answer = meeting.office.hear("zero.reported", other, meeting.uuid)
    assert code_of(answer) == "wrong_state"


def test_an_alarm_reaches_the_chair_and_bars_opening(meeting: Meeting) -> None:
    meeting.sealed()
    alarm = AlarmRaised(code="history_changed", detail="height 3")
    assert meeting.office.hear("alarm.raised", alarm, meeting.uuid).status_code == 200
    meeting.office.hear(
        "alarm.raised", AlarmRaised(code="later", detail=""), meeting.uuid
    )

    assert meeting.view()["alarm"] == {"code": "history_changed", "detail": "height 3"}
    assert code_of(meeting.office.chair.post(f"{meeting.path}/open")) == "alarm"


def change_verdict(count: CountRecorded, index: int, **changes: object) -> object:
    (section,) = count.sections
    verdicts = list(section.verdicts)
    verdicts[index] = replace(verdicts[index], **changes)
    return replace(count, sections=(replace(section, verdicts=tuple(verdicts)),))


def change_section(count: CountRecorded, **changes: object) -> object:
    return replace(count, sections=(replace(count.sections[0], **changes),))


def _own(name: str, *, ok: bool = True) -> OwnCount:
    return OwnCount(name, agrees=ok)


def _remark(name: str) -> CommitteeRemark:
    return CommitteeRemark(name, Remark.COMPLAINT, "Đến muộn", "Đã giải thích")


LIES: dict[str, tuple[Callable[[CountRecorded], object], str]] = {
    "another paper": (
        lambda c: replace(c, fingerprint="x" * 43),
        "count_of_another_paper",
    ),
    "another box": (
        lambda c: replace(c, cast=c.cast - 1),
        "count_numbers_differ",
    ),
    "more summoned": (
        lambda c: replace(c, counts=Counts(10, 7)),
        "count_numbers_differ",
    ),
    "members from nowhere": (
        lambda c: replace(c, counts=Counts(9, 7, 5)),
        "count_numbers_differ",
    ),
    "fewer voided": (lambda c: replace(c, voided=1), "count_numbers_differ"),
    "a stranger opened": (
        lambda c: replace(c, opened_by=(MEMBERS[0], "Người Lạ")),
        "count_by_strangers",
    ),
    "one member twice": (
        lambda c: replace(c, opened_by=(MEMBERS[0], MEMBERS[0])),
        "count_by_strangers",
    ),
    "one alone confirmed": (
        lambda c: replace(c, confirmed_by=MEMBERS[:1]),
        "count_by_too_few",
    ),
    "a stranger counted": (
        lambda c: replace(c, own_counts=(*c.own_counts, _own("Người Lạ"))),
        "count_by_strangers",
    ),
    "one member counted twice": (
        lambda c: replace(c, own_counts=(*c.own_counts, c.own_counts[0])),
        "count_by_strangers",
    ),
    "a stranger remarked": (
        lambda c: replace(c, remarks=(_remark("Người Lạ"),)),
        "count_by_strangers",
    ),
    "confirmed without counting": (
        lambda c: replace(c, own_counts=c.own_counts[1:]),
        "count_not_own",
    ),
    "a member counted otherwise": (
        lambda c: replace(c, own_counts=(*c.own_counts, _own(MEMBERS[0], ok=False))),
        "count_contradicted",
    ),
    "belenios-tool counted otherwise": (
        lambda c: replace(c, tool=ToolCount("3.0", agrees=False)),
        "count_contradicted",
    ),
    "no section": (lambda c: replace(c, sections=()), "count_lines_differ"),
    "a line is missing": (
        lambda c: change_section(c, verdicts=c.sections[0].verdicts[:2]),
        "count_lines_differ",
    ),
    "lines in another order": (
        lambda c: change_section(c, verdicts=c.sections[0].verdicts[::-1]),
        "count_lines_differ",
    ),
    "another rule": (
        lambda c: change_section(c, rule=replace(c.sections[0].rule, share="1/10")),
        "count_lines_differ",
    ),
    "another name": (
        lambda c: change_verdict(c, 0, name="Người Khác"),
        "count_lines_differ",
    ),
    "a lower bar": (
        lambda c: change_verdict(c, 0, needed=1),
        "count_rule_differs",
    ),
    "another base": (
        lambda c: change_verdict(c, 0, base=Base.SUMMONED),
        "count_rule_differs",
    ),
    "votes from nowhere": (
        lambda c: change_verdict(c, 0, agree=2),
        "count_votes_wrong",
    ),
    "negative votes": (
        lambda c: change_verdict(c, 0, disagree=8, unmarked=-2),
        "count_votes_wrong",
    ),
    "passed below the bar": (
        lambda c: change_verdict(c, 0, outcome=Outcome.PASSED),
        "count_rule_differs",
    ),
    "held back above the bar": (
        lambda c: change_verdict(c, 2, outcome=Outcome.BELOW),
        "count_rule_differs",
    ),
    "a tie without a quota": (
        lambda c: change_verdict(c, 1, outcome=Outcome.TIED),
        "count_rule_differs",
    ),
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_a_result_that_contradicts_what_we_know(
    closed: Meeting, lie: tuple[Callable[[CountRecorded], CountRecorded], str]
) -> None:
    tell, code = lie
    told = tell(closed.count((1, 5, 7)))
    answer = closed.office.hear("count.recorded", told, closed.uuid)

    assert code_of(answer) == code
    view = closed.view()
    assert (view["state"], view["result"]) == ("closed", None)


def test_more_may_not_pass_than_the_quota(meeting: Meeting) -> None:
    meeting.closed(step="5")
    told = change_verdict(meeting.count((5, 6, 7)), 0, outcome=Outcome.PASSED)
    answer = meeting.office.hear("count.recorded", told, meeting.uuid)

    assert code_of(answer) == "count_rule_differs"


def test_a_quota_is_filled_from_the_top(meeting: Meeting) -> None:
    meeting.closed(step="5")
    honest = change_verdict(meeting.count((5, 6, 7)), 0, outcome=Outcome.OVER_QUOTA)
    wrong = change_verdict(meeting.count((5, 6, 7)), 2, outcome=Outcome.OVER_QUOTA)

    def hear(count: object) -> object:
        return meeting.office.hear("count.recorded", count, meeting.uuid)  # type: ignore[arg-type]

    assert code_of(hear(wrong)) == "count_rule_differs"  # type: ignore[arg-type]
    assert hear(honest).status_code == 200  # type: ignore[attr-defined]


def test_the_record_is_kept_exactly_as_it_was_signed(meeting: Meeting) -> None:
    meeting.closed()
    sealed = meeting.office.sealed(
        "count.recorded", meeting.count((1, 5, 7)), meeting.uuid
    )
    client = meeting.office.app.test_client()
    assert client.post("/messages", data=sealed).status_code == 200

    with meeting.office.app.extensions["phieukin.sessions"].reading() as session:
        kept = session.connection().exec_driver_sql("SELECT sealed FROM count_record")
        assert kept.scalar_one().encode() == sealed


def test_a_record_with_three_counts_and_remarks_is_believed(meeting: Meeting) -> None:
    meeting.closed()
    remarks = (_remark(LEADER), _remark(MEMBERS[0]))
    tool = ToolCount("3.0", agrees=True)
    count = replace(meeting.count((1, 5, 7)), remarks=remarks, tool=tool)

    heard = meeting.office.hear("count.recorded", count, meeting.uuid)
    assert heard.status_code == 200


def test_the_same_message_again_changes_nothing(meeting: Meeting) -> None:
    meeting.closed()
    count = meeting.count((1, 5, 7))
    sealed = meeting.office.sealed("count.recorded", count, meeting.uuid)
    client = meeting.office.app.test_client()
    first = client.post("/messages", data=sealed)
    second = client.post("/messages", data=sealed)

    assert (first.status_code, second.status_code) == (200, 200)
    another = meeting.office.hear("count.recorded", count, meeting.uuid)
    assert code_of(another) == "wrong_state"


def test_a_forged_record_is_refused(meeting: Meeting) -> None:
    meeting.closed()
    sealed = meeting.office.sealed(
        "count.recorded", meeting.count((1, 5, 7)), meeting.uuid
    )
    forged = sealed.replace(b'\\"agree\\":1', b'\\"agree\\":2')
    assert forged != sealed
    answer = meeting.office.app.test_client().post("/messages", data=forged)

    assert (answer.status_code, code_of(answer)) == (403, "bad_message")


def test_a_record_of_an_unknown_election(meeting: Meeting) -> None:
    meeting.closed()
    answer = meeting.office.hear("count.recorded", meeting.count((1, 5, 7)), "A" * 14)

    assert (answer.status_code, code_of(answer)) == (404, "conference_unknown")
