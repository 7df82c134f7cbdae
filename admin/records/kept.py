"""All records that the documents of one conference are built from. Pure."""

from dataclasses import dataclass

from admin.records.shapes import ConferenceRecord
from web.contracts import CommitteeReady, CountRecorded, ZeroReported


@dataclass(frozen=True)
class Kept:
    """The latest signed record of each kind, checked and read.

    `zero_at` is when the tally signed its zero report, `counted_at` when it signed
    the count: ISO 8601 with the room's offset, empty before. `signed` are the records
    as they were signed, in order, by their file's name in a bundle.
    """

    conference: ConferenceRecord
    ready: CommitteeReady | None = None
    zero: ZeroReported | None = None
    zero_at: str = ""
    count: CountRecorded | None = None
    counted_at: str = ""
    signed: tuple[tuple[str, str], ...] = ()
