"""Báo cáo mở niêm phong: the box was empty before anybody voted (DOMAIN.md D)."""

from admin.documents.facts import Facts, committee, heads
from admin.documents.facts.ballots import Ballot, ballots
from admin.documents.head import Head
from admin.documents.words import DOTS, FEW_DOTS, Words
from admin.records.kept import Kept


class ZeroReport(Facts, frozen=True):
    """Everything that the report before opening says."""

    head: Head
    on_behalf: str
    box: str
    void: str
    title: str
    office: str
    place: str
    seen: str
    ballots: tuple[Ballot, ...]
    empty: str
    head_fingerprint: str
    election: str
    key: str
    keys: str
    tested: str
    printed: str
    sealed: str
    members: tuple[committee.Member, ...]
    witnesses: tuple[committee.Member, ...]
    leader: str
    chair_name: str


def build(kept: Kept, words: Words) -> ZeroReport:
    """Return the facts of the report."""
    conference, zero = kept.conference, kept.zero
    name = heads.box(conference, words)
    return ZeroReport(
        head=heads.head(kept, words, final=zero is not None, day=kept.zero_at),
        on_behalf=heads.on_behalf(conference),
        box=name,
        void=heads.void_line(kept, words),
        title=heads.named(conference, words),
        office=conference.office,
        place=conference.place,
        seen=words.long_moment(kept.zero_at),
        ballots=ballots(conference, words),
        empty=words.text(
            "doc.zero.empty",
            box=name,
            ballots=FEW_DOTS if zero is None else words.number(zero.ballots),
        ),
        head_fingerprint=zero.head if zero else "",
        election=conference.fingerprint,
        key=conference.committee_fingerprint,
        keys=committee.keys_words(kept, words),
        tested=_tested(kept, words),
        printed=words.text(
            "doc.zero.printed",
            printed=words.number(conference.numbers.printed),
            summoned=words.number(conference.numbers.summoned),
        ),
        sealed=words.long_moment(conference.sealed_at),
        members=committee.members(kept, words),
        witnesses=_witnesses(kept, words),
        leader=committee.leader_name(kept),
        chair_name=conference.details.chair_name or DOTS,
    )


def missing(kept: Kept) -> str:
    """Return why the report cannot be made yet."""
    return "" if kept.zero else "doc.missing.zero"


def _tested(kept: Kept, words: Words) -> str:
    """Return who opened a test with the real key card: everybody, as it should be."""
    tested = kept.ready.tested if kept.ready else ()
    members = kept.conference.committee
    key = "doc.zero.tested_all" if len(tested) == len(members) else "doc.zero.tested"
    return words.text(
        key,
        tested=f"{len(tested):02d}",
        members=f"{len(members):02d}",
        names=", ".join(tested) or DOTS,
    )


def _witnesses(kept: Kept, words: Words) -> tuple[committee.Member, ...]:
    """Return who saw it, with their tasks; somebody outside the committee has none."""
    roles = {each.name: each.role for each in committee.members(kept, words)}
    seen = kept.zero.witnesses if kept.zero else ()
    return tuple(
        committee.Member(number, name, roles.get(name, ""))
        for number, name in enumerate(seen, 1)
    )
