"""Checks of the records: who signed them, of which vote, whether they fit together."""

from fractions import Fraction

from admin.bundle.contents import RECORDS, record_kind
from admin.bundle.faults import BundleFault, plain
from admin.bundle.file_checks import FileChecks
from admin.bundle.findings import Outcome
from admin.bundle.reading import SIGNERS, Signed, UnreadableError, kept_of
from admin.count_check import check_committee
from admin.models import Presence, State
from admin.reconciliation import Line
from admin.records.kept import Kept
from admin.records.shapes import VERSION, ConferenceRecord
from web.contracts import CountRecorded
from web.errors import Refused
from web.rules import fewest_present

_COUNT = "count.recorded"
_COUNTED = (State.COUNTED, State.PUBLISHED)


class RecordChecks(FileChecks):
    """The second layer: what console and tally signed."""

    records: tuple[Signed, ...] = ()
    kept: Kept | None = None

    def signatures(self) -> Outcome:
        """Verify every record with the key of the service that must have signed it."""
        self.needs("signatures", "keys")
        names = sorted(n for n in self.files if n.startswith(RECORDS))
        names.sort(key=lambda name: record_kind(name)[0])
        self.records = tuple(self._record(name) for name in names)
        return Outcome("signatures", {"count": len(names)})

    def _record(self, name: str) -> Signed:
        kind = record_kind(name)[1]
        if kind not in SIGNERS:
            raise BundleFault("signatures", "stranger", name=name)
        message = self.opened("signatures", name, SIGNERS[kind])
        if message.kind != kind:
            raise BundleFault("signatures", "other_kind", name=name)
        return Signed(name.removeprefix(RECORDS), self.files[name].decode(), message)

    def record_set(self) -> Outcome:
        """See that the records are all of one vote, none twice and none missing."""
        self.needs("records", "signatures")
        numbers = [record_kind(RECORDS + each.name)[0] for each in self.records]
        if numbers != list(range(1, len(numbers) + 1)):
            raise BundleFault("records", "gap")
        messages = [each.message for each in self.records]
        if len({each.message_id for each in messages}) != len(messages):
            raise BundleFault("records", "doubled")
        votes = {each.election for each in messages}
        if self.seal is not None:
            votes.add(self.seal.election)
        if len(votes) != 1 or [each.kind for each in messages].count(_COUNT) != 1:
            raise BundleFault("records", "mixed")
        self.kept = self._read()
        held = self.kept.conference
        if {held.uuid} != votes or held.version != VERSION:
            raise BundleFault("records", "mixed")
        if held.state not in _COUNTED:
            raise BundleFault("records", "not_counted")
        return Outcome("records", {"title": plain(held.title), "uuid": held.uuid})

    def _read(self) -> Kept:
        try:
            return kept_of(self.records)
        except UnreadableError as error:
            detail = plain(str(error))
            raise BundleFault("records", "incomplete", detail=detail) from error

    def held(self, check: str) -> tuple[ConferenceRecord, CountRecorded]:
        """Return the console's record and the tally's, if they can be believed."""
        self.needs(check, "records")
        if self.kept is None or self.kept.count is None:
            raise BundleFault(check, "blocked", by="records")
        return self.kept.conference, self.kept.count

    def numbers(self) -> Outcome:
        """Compare the numbers of people and cards, and redo quorum and sums."""
        held, count = self.held("numbers")
        ours = Line(
            summoned=held.numbers.summoned,
            present=held.numbers.present,
            printed=held.numbers.printed,
            issued=held.numbers.issued,
            voided=held.numbers.voided,
            cast=held.numbers.cast,
        )
        told = Line(
            summoned=count.counts.summoned,
            present=count.counts.present,
            printed=count.printed,
            issued=count.issued,
            voided=count.voided,
            cast=count.cast,
        )
        if told != ours or count.counts.members != held.numbers.members:
            raise BundleFault("numbers", "numbers_differ")
        if ours.broken():
            raise BundleFault("numbers", "numbers_broken")
        self._check_delegates(held)
        return Outcome("numbers", {"issued": count.issued, "cast": count.cast})

    def _check_delegates(self, held: ConferenceRecord) -> None:
        present = sum(each.presence is Presence.PRESENT for each in held.delegates)
        if (len(held.delegates), present) != (
            held.numbers.summoned,
            held.numbers.present,
        ):
            raise BundleFault("numbers", "delegates_differ")
        for item in held.items:
            quorum = Fraction(item.quorum or 0)
            if present < fewest_present(quorum, held.numbers.summoned):
                raise BundleFault("numbers", "no_quorum", quorum=plain(item.quorum))

    def committee(self) -> Outcome:
        """See that enough members opened and confirmed, and that no count differs."""
        held, count = self.held("committee")
        members = {each.name for each in held.committee}
        try:
            check_committee(members, held.threshold, count)
        except Refused as refusal:
            raise BundleFault("committee", refusal.code, **refusal.details) from refusal
        return Outcome(
            "committee_tool" if count.tool else "committee",
            {
                "confirmed": len(count.confirmed_by),
                "own": len(count.own_counts),
                "tool": plain(count.tool.version) if count.tool else "",
            },
        )
