"""The long work that makes a bundle: documents, the archive, the container."""

from dataclasses import dataclass

from admin.bundle.contents import FILE_NAME, Keys
from admin.bundle.fetching import fetch
from admin.bundle.making import make_bundle
from admin.bundle.papers import papers_of
from admin.documents.templates import Templates
from admin.progress import File, Report
from admin.records.kept import Kept
from web.errors import Refused
from web.peers import Peers

_DOCUMENTS = 0.5  # of the whole, about as long as the rest
_FETCHED = 0.6
_MEGABYTE = 1_000_000
_ZIP = "application/zip"


@dataclass(frozen=True)
class BundleOrder:
    """Everything that a bundle is made of, but the archive that is still to come."""

    kept: Kept
    keys: Keys
    peers: Peers
    templates: Templates

    def __call__(self, report: Report) -> File:
        """Make the bundle.

        Raises:
            Refused: there is no count yet, or the tally did not give its archive.
        """
        count = self.kept.count
        if count is None:
            raise Refused("bundle_too_early")

        def written(share: float, title: str) -> None:
            report(share * _DOCUMENTS, "bundle.job.documents", name=title)

        def fetched(size: int) -> None:
            megabytes = f"{size / _MEGABYTE:.0f}"
            report(_DOCUMENTS, "bundle.job.archive", megabytes=megabytes)

        papers = papers_of(self.kept, self.templates, written)
        uuid = self.kept.conference.uuid
        archive = fetch(self.peers, uuid, count.archive, progress=fetched)
        report(_FETCHED, "bundle.job.packing")
        whole = make_bundle(self.kept, archive, self.keys, papers, self.peers.signer)
        return File(whole, _ZIP, FILE_NAME)
