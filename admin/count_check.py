"""What a result record must agree with before it is believed.

The tally counted; admin does not count again (it holds no ballot). It compares the
record with its own roll call and with the sealed paper, line by line, and redoes
the threshold of every rule. `check_committee` and `check_sections` are pure: the
check of a sealed bundle makes them again, with no database.
"""

from collections.abc import Sequence

import msgspec

from admin import conferences
from admin.models import Conference
from admin.reconciliation import Line
from web import paper
from web.contracts import LEADER, CountRecorded, Outcome, SectionResult, Verdict
from web.errors import Refused
from web.rules import Counts, needed_votes


def check_count(conference: Conference, numbers: Line, count: CountRecorded) -> None:
    """Return nothing if the record fits what is known here.

    Raises:
        Refused: names what differs.
    """
    # To believe a result record:
    # 1. it is about the paper that was sealed, and the board that was closed;
    # 2. its numbers of people and cards are ours, and they hold;
    # 3. enough committee members opened and confirmed it, and no count contradicts;
    # 4. every line of the paper is there, in order, with the rule applied.
    _check_paper(conference, count)  # (1)
    _check_numbers(conference, numbers, count)  # (2)
    members = {member.name for member in conference.committee}
    check_committee(members, conference.threshold, count)  # (3)
    counts = conferences.counts(conference, numbers)
    check_sections(_sealed_sections(conference), counts, count)  # (4)


def check_committee(members: set[str], threshold: int, count: CountRecorded) -> None:
    """Return nothing if enough members opened and confirmed, each by an own count.

    Raises:
        Refused: they were too few, or others, or some count differs.
    """
    for names in (count.opened_by, count.confirmed_by):
        distinct = set(names)
        if len(distinct) != len(names) or not distinct <= members:
            raise Refused("count_by_strangers")
        if len(distinct) < threshold:
            raise Refused("count_by_too_few", needed=threshold)
    _check_other_counts(members, count)


def check_sections(
    sections: Sequence[paper.Section], counts: Counts, count: CountRecorded
) -> None:
    """Return nothing if every line of the paper is judged by its own rule.

    Raises:
        Refused: names the line that is not.
    """
    if len(sections) != len(count.sections):
        raise Refused("count_lines_differ")
    for section, result in zip(sections, count.sections, strict=True):
        _check_section(section, result, counts, count.cast)


def _check_other_counts(members: set[str], count: CountRecorded) -> None:
    """Refuse a record in which counts differ, or strangers count or remark."""
    counted = [own.member for own in count.own_counts]
    if len(set(counted)) != len(counted) or not members.issuperset(counted):
        raise Refused("count_by_strangers")
    if not {remark.member for remark in count.remarks} <= {*members, LEADER}:
        raise Refused("count_by_strangers")
    if not set(count.confirmed_by) <= set(counted):
        raise Refused("count_not_own")
    if not all(own.agrees for own in count.own_counts):
        raise Refused("count_contradicted")
    if count.tool is not None and not count.tool.agrees:
        raise Refused("count_contradicted")


def _check_paper(conference: Conference, count: CountRecorded) -> None:
    if conference.paper is None or conference.paper.fingerprint != count.fingerprint:
        raise Refused("count_of_another_paper")


def _check_numbers(conference: Conference, ours: Line, count: CountRecorded) -> None:
    told = Line(
        summoned=count.counts.summoned,
        present=count.counts.present,
        printed=count.printed,
        issued=count.issued,
        voided=count.voided,
        cast=count.cast,
    )
    if told != ours or count.counts.members != conference.members:
        raise Refused("count_numbers_differ")
    broken = ours.broken()
    if broken:
        raise Refused(broken, **msgspec.to_builtins(ours))


def _sealed_sections(conference: Conference) -> tuple[paper.Section, ...]:
    if conference.paper is None:
        raise Refused("count_of_another_paper")
    election = msgspec.json.decode(conference.paper.election)
    return paper.from_description(election["description"]).sections


def _check_section(
    section: paper.Section, result: SectionResult, counts: Counts, cast: int
) -> None:
    ours = [(nominee.id, nominee.name) for nominee in section.nominees]
    if section.style is paper.Style.MOTION:
        ours = [("", section.title)]
    told = [(verdict.nominee, verdict.name) for verdict in result.verdicts]
    if (section.title, section.rule, ours) != (result.title, result.rule, told):
        raise Refused("count_lines_differ")
    for verdict in result.verdicts:
        _check_verdict(section, verdict, counts, cast)
    _check_quota(section, result.verdicts)


def _check_verdict(
    section: paper.Section, verdict: Verdict, counts: Counts, cast: int
) -> None:
    needed = needed_votes(section.rule, counts)
    base = (section.rule.of, counts.of(section.rule.of))
    if (verdict.needed, verdict.base, verdict.out_of) != (needed, *base):
        raise Refused("count_rule_differs", name=verdict.name)
    parts = (verdict.agree, verdict.disagree, verdict.unmarked)
    if min(parts) < 0 or sum(parts) != cast:
        raise Refused("count_votes_wrong", name=verdict.name)
    if (verdict.agree >= needed) != (verdict.outcome is not Outcome.BELOW):
        raise Refused("count_rule_differs", name=verdict.name)


def _check_quota(section: paper.Section, verdicts: Sequence[Verdict]) -> None:
    votes = [v.agree for v in verdicts if v.outcome is not Outcome.BELOW]
    for verdict in verdicts:
        if verdict.outcome is Outcome.BELOW:
            continue
        if verdict.outcome is not _placed(verdict.agree, votes, section.rule.quota):
            raise Refused("count_rule_differs", name=verdict.name)


def _placed(agree: int, votes: Sequence[int], quota: int | None) -> Outcome:
    """Say what becomes of a line among those with enough votes."""
    above = sum(each > agree for each in votes)
    if quota is None or above + votes.count(agree) <= quota:
        return Outcome.PASSED
    return Outcome.OVER_QUOTA if above >= quota else Outcome.TIED
