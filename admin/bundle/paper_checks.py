"""Checks of the papers: made again from the records, they are the very same bytes."""

from collections.abc import Mapping

from admin.bundle.contents import (
    ARCHIVE,
    COVER,
    DOCUMENTS,
    GUIDE,
    sha256,
    sums_of,
)
from admin.bundle.count_checks import CountChecks
from admin.bundle.cover import cover
from admin.bundle.faults import BundleFault, plain
from admin.bundle.findings import Outcome
from admin.bundle.guide import guide
from admin.bundle.making import LOCALE
from admin.bundle.papers import papers_of
from admin.bundle.writers import differing
from admin.documents.words import Words

_SHOWN = 4  # documents that are named
_WORD = ".docx"  # the only form that a template of an office can have


class PaperChecks(CountChecks):
    """The fourth layer: do the papers say what the records say?

    Where another version of the program, of a library or of a font wrote them, their
    bytes may differ though nothing was changed; the signature covers them all the same.
    """

    def documents(self) -> Outcome:
        """Write every document again and compare."""
        self.held("documents")
        self.needs("documents", "signature")
        if self.kept is None or self.sealed is None:
            raise BundleFault("documents", "blocked", by="signature")
        made, own = papers_of(self.kept).files, set(self.sealed.own)
        _check_own(own, made)
        ours = {name: data for name, data in made.items() if name not in own}
        theirs = {
            name.removeprefix(DOCUMENTS): data
            for name, data in self.files.items()
            if name.startswith(DOCUMENTS) and name.removeprefix(DOCUMENTS) not in own
        }
        return self._compared("documents", ours, theirs, own)

    def cover(self) -> Outcome:
        """Make cover sheet and instructions again and compare."""
        self.held("cover")
        self.needs("cover", "signature")
        if self.kept is None or self.keys is None:
            raise BundleFault("cover", "blocked", by="signature")
        files = {name: data for name, data in self.files.items() if name != COVER}
        ours = {
            COVER: cover(self.kept, self.keys, sums_of(files), Words(LOCALE)),
            GUIDE: guide(self.kept, self.keys, sha256(self.files[ARCHIVE])),
        }
        theirs = {name: self.files[name] for name in (COVER, GUIDE)}
        return self._compared("cover", ours, theirs, set())

    def _compared(
        self,
        check: str,
        ours: dict[str, bytes],
        theirs: dict[str, bytes],
        own: set[str],
    ) -> Outcome:
        names = sorted(ours.keys() | theirs.keys())
        other = [name for name in names if ours.get(name) != theirs.get(name)]
        if not other:
            named = ", ".join(sorted(own))  # few: a document has one Word file
            values = {"count": len(ours), "own": len(own), "names": named}
            return Outcome(f"{check}_own" if own else check, values, noted=bool(own))
        shown = _shown(other)
        versions = differing(self.sealed.writers if self.sealed else {})
        if not versions:
            raise BundleFault(check, "rewritten", names=shown)
        said = {"names": shown, "versions": plain(", ".join(versions))}
        return Outcome("written_elsewhere", said, noted=True)


def _check_own(own: set[str], made: Mapping[str, bytes]) -> None:
    """Refuse templates of an office for anything but Word files of our documents.

    Raises:
        BundleFault: a file would escape the comparison.
    """
    strange = [n for n in sorted(own) if n not in made or not n.endswith(_WORD)]
    if strange:
        raise BundleFault("documents", "rewritten", names=plain(_shown(strange)))


def _shown(names: list[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
