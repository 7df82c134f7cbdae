"""Checks of the count: the archive, its audit, and every verdict worked out anew.

Nothing of the tally is used: votes come from the decrypted result in the archive,
rules from the paper that was sealed into it, people from the records.
"""

from collections.abc import Sequence

import msgspec

from admin.bundle.contents import ARCHIVE, sha256
from admin.bundle.faults import BundleFault, plain
from admin.bundle.findings import Outcome
from admin.bundle.record_checks import RecordChecks
from admin.count_check import check_sections
from admin.records.shapes import PositionRecord
from crypto.archive import scan_archive
from crypto.audit import NotAnArchive, Report, audit
from crypto.election import Question
from crypto.encoding import fingerprint
from crypto.errors import ProtocolError
from crypto.events import EventType
from crypto.history import History, read_history
from web import paper
from web.contracts import Outcome as Verdicts
from web.contracts import SectionResult
from web.errors import Refused
from web.paper import Paper, Place, Section, Style

_SHOWN = 5  # failed checks of the archive that are named


class CountChecks(RecordChecks):
    """The third layer: what was counted, and what follows from it."""

    audited: Report | None = None
    history: History | None = None
    sheet: Paper | None = None

    def archive(self) -> Outcome:
        """Compare the archive with the sum that the tally signed."""
        _, count = self.held("archive")
        if ARCHIVE not in self.files:
            raise BundleFault("archive", "absent", name=ARCHIVE)
        if sha256(self.files[ARCHIVE]) != count.archive:
            raise BundleFault("archive", "other_archive")
        return Outcome("archive", {"sum": count.archive})

    def audit(self) -> Outcome:
        """Make every check of `phieukin verify`."""
        if ARCHIVE not in self.files:
            raise BundleFault("audit", "absent", name=ARCHIVE)
        try:
            data = self.files[ARCHIVE]
            self.audited = audit(data, workers=self.workers)
            self.history = read_history(scan_archive(data).records)
        except NotAnArchive as error:
            detail = plain(str(error))
            raise BundleFault("audit", "no_archive", detail=detail) from error
        if self.audited.failed:
            failed = [check.name for check in self.audited.failed][:_SHOWN]
            raise BundleFault("audit", "audit_failed", checks=", ".join(failed))
        checks = len(self.audited.checks)
        return Outcome("audit", {"count": checks, "ballots": self.audited.ballots})

    def election(self) -> Outcome:
        """See that archive and records are of the very same vote."""
        held, count = self.held("election")
        audited = self._audited("election")
        said = {
            "uuid": (held.uuid, audited.election and audited.election.uuid),
            "fingerprint": (count.fingerprint, audited.fingerprint),
            "paper": (held.fingerprint, audited.fingerprint),
            "head": (count.head, audited.head),
            "ballots": (count.cast, audited.ballots),
            "trustees": (self._trustees(), held.committee_fingerprint),
            "zero_head": (held.zero_head, self._event(EventType.SETUP)),
            "box_head": (held.head, self._event(EventType.END_BALLOTS)),
        }
        for what, (told, found) in said.items():
            if told != found:
                raise BundleFault("election", f"election_{what}")
        self._check_ready(held.committee_fingerprint, held.zero_head)
        return Outcome("election", {"fingerprint": audited.fingerprint})

    def _check_ready(self, key: str, zero_head: str) -> None:
        ready = self.kept.ready if self.kept else None
        zero = self.kept.zero if self.kept else None
        if ready is None or ready.fingerprint != key:
            raise BundleFault("election", "election_trustees")
        if zero is None or zero.ballots or zero.head != zero_head:
            raise BundleFault("election", "election_zero_head")

    def paper(self) -> Outcome:
        """Compare the paper that was sealed with what the console's record says."""
        held, _ = self.held("paper")
        self.sheet = self._sealed_paper()
        ours = [_line_up(section) for section in self.sheet.sections]
        told = [_recorded(position) for position in held.positions]
        if (self.sheet.title, self.sheet.demo) != (held.title, held.demo):
            raise BundleFault("paper", "paper_differs", what=plain(held.title))
        if len(ours) != len(told):
            raise BundleFault("paper", "paper_differs", what=str(len(told)))
        for position, mine, theirs in zip(held.positions, ours, told, strict=True):
            if mine != theirs:
                what = plain(position.title)
                raise BundleFault("paper", "paper_differs", what=what)
        return Outcome("paper", {"count": len(ours)})

    def _sealed_paper(self) -> Paper:
        election = self._audited("paper").election
        if election is None:
            raise BundleFault("paper", "blocked", by="audit")
        try:
            sheet = paper.from_description(election.description)
            asked = paper.questions(sheet)
        except (msgspec.MsgspecError, ValueError) as error:
            raise BundleFault("paper", "paper_unreadable") from error
        # What delegates saw are the questions; rules belong to the description.
        if list(election.questions) != asked:
            raise BundleFault("paper", "paper_differs", what=plain(sheet.title))
        return sheet

    def verdicts(self) -> Outcome:
        """Work out every verdict from the result, the rules and the people."""
        _, count = self.held("verdicts")
        self.needs("verdicts", "audit", "paper")
        audited, sheet = self._audited("verdicts"), self.sheet
        if sheet is None or audited.result is None:
            raise BundleFault("verdicts", "blocked", by="audit")
        try:
            check_sections(sheet.sections, count.counts, count)
        except (Refused, ValueError) as error:
            raise _of_rules(error) from error
        _check_votes(sheet, audited.result, count.sections, count.cast)
        if count.blank is not None and not _offers_blank(audited):
            raise BundleFault("verdicts", "blank")
        self._check_ties(count.sections)
        lines = sum(len(section.verdicts) for section in count.sections)
        return Outcome("verdicts", {"count": lines})

    def _check_ties(self, sections: Sequence[SectionResult]) -> None:
        """See that a head chose among those who were tied, and nobody else."""
        held, _ = self.held("verdicts")
        for position, section in zip(held.positions, sections, strict=True):
            tied = {v.nominee for v in section.verdicts if v.outcome is Verdicts.TIED}
            if position.tie is not None and not set(position.tie.chosen) <= tied:
                raise BundleFault("verdicts", "tie", what=plain(position.title))

    def _audited(self, check: str) -> Report:
        if self.audited is None:
            raise BundleFault(check, "blocked", by="audit")
        return self.audited

    def _event(self, kind: EventType) -> str:
        steps = self.history.of(kind) if self.history else []
        return steps[0].event.hash if steps else ""

    def _trustees(self) -> str:
        steps = self.history.of(EventType.SETUP) if self.history else []
        try:
            return fingerprint(steps[0].data[1]) if steps else ""
        except (ProtocolError, IndexError):
            return ""


def _check_votes(
    sheet: Paper,
    result: list[list[int]],
    sections: Sequence[SectionResult],
    ballots: int,
) -> None:
    """Compare the votes in the record with the decrypted numbers, line by line."""
    told = [verdict for section in sections for verdict in section.verdicts]
    for place, verdict in zip(paper.places(sheet), told, strict=True):
        votes = (verdict.agree, verdict.disagree, verdict.unmarked)
        if votes != _votes(sheet.sections[place.section], place, result, ballots):
            raise BundleFault("verdicts", "votes_differ", name=plain(verdict.name))


def _votes(
    section: Section, place: Place, result: list[list[int]], ballots: int
) -> tuple[int, int, int]:
    """Return agree, disagree, unmarked of a line, as the ballots add up to."""
    answers = result[place.question]
    agree = answers[place.answer]
    disagree = 0 if section.style is Style.SELECT else answers[1]
    return agree, disagree, ballots - agree - disagree


def _line_up(section: Section) -> tuple[object, ...]:
    people = tuple((n.id, n.name, n.birth_year, n.post) for n in section.nominees)
    return (
        section.title,
        section.term,
        section.style,
        section.purpose,
        section.rule,
        people,
    )


def _recorded(position: PositionRecord) -> tuple[object, ...]:
    people = tuple((n.key, n.name, n.birth_year, n.post) for n in position.nominees)
    return (
        position.title,
        position.term,
        position.style,
        position.purpose,
        position.rule,
        people,
    )


def _offers_blank(audited: Report) -> bool:
    questions = audited.election.questions if audited.election else ()
    return any(isinstance(each, Question) and each.blank for each in questions)


def _of_rules(error: Refused | ValueError) -> BundleFault:
    if isinstance(error, Refused):
        said = {name: plain(str(value)) for name, value in error.details.items()}
        return BundleFault("verdicts", error.code, **said)
    return BundleFault("verdicts", "senseless", detail=plain(str(error)))
