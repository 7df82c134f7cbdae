"""The check of a sealed bundle, with nothing but the file. Pure.

Every check is made on its own as far as the others allow, so that a report names
what is wrong and not only that something is. A check that could not be made has
failed. Nothing here trusts the console or the tally: keys may be pinned, and what
the paper cover says is compared by people.
"""

from collections.abc import Callable, Mapping

from admin.bundle.container import unpack
from admin.bundle.contents import ARCHIVE, COVER, sha256, sums_of, sums_text
from admin.bundle.faults import BundleFault, NotABundle, plain
from admin.bundle.file_checks import check_is_bundle
from admin.bundle.findings import Checked, Outcome, Report, State
from admin.bundle.paper_checks import PaperChecks
from admin.documents.expand import OutlineError
from admin.documents.faults import TemplateFault
from web.typeset import TypesetError

# What a record that is signed and yet makes no sense can run into.
_SENSELESS = (
    ValueError,
    LookupError,
    ArithmeticError,
    TypeError,
    AttributeError,
    RecursionError,
    OutlineError,
    TemplateFault,
    TypesetError,
)


def check(
    data: bytes, pins: Mapping[str, str] | None = None, workers: int | None = None
) -> Report:
    """Check a bundle.

    Args:
        data: the file.
        pins: public signing keys in hex that are known from elsewhere, by owner.
        workers: processes for the ballots; one per core by default.

    Raises:
        NotABundle: the file is damaged, cut off, or something else.
    """
    try:
        files = unpack(data)
    except NotABundle:
        raise
    except BundleFault as fault:
        return Report([_failed(1, fault)], "", "", None, None)
    check_is_bundle(files)
    return _report(PaperChecks(data, files, pins or {}, workers))


def makers(checks: PaperChecks) -> dict[str, Callable[[], Outcome]]:
    """Return every check by its name, in the order in which they build on another."""
    return {
        "container": checks.container,
        "names": checks.names,
        "sums": checks.sums,
        "keys": checks.keys_inside,
        "signature": checks.signature,
        "signatures": checks.signatures,
        "records": checks.record_set,
        "archive": checks.archive,
        "audit": checks.audit,
        "election": checks.election,
        "paper": checks.paper,
        "numbers": checks.numbers,
        "committee": checks.committee,
        "verdicts": checks.verdicts,
        "documents": checks.documents,
        "cover": checks.cover,
    }


def _report(checks: PaperChecks) -> Report:
    made = [
        make(checks, number, name, maker)
        for number, (name, maker) in enumerate(makers(checks).items(), start=1)
    ]
    files = {name: each for name, each in checks.files.items() if name != COVER}
    return Report(
        checks=made,
        archive=sha256(files[ARCHIVE]) if ARCHIVE in files else "",
        sums=sha256(sums_text(sums_of(files))),
        keys=checks.keys,
        kept=checks.kept,
    )


def make(
    checks: PaperChecks, number: int, name: str, maker: Callable[[], Outcome]
) -> Checked:
    """Make one check."""
    try:
        found = maker()
    except BundleFault as fault:
        checks.failed.add(name)
        return _failed(number, fault)
    except _SENSELESS as error:
        checks.failed.add(name)
        detail = plain(f"{type(error).__name__}: {error}")
        return _failed(number, BundleFault(name, "senseless", detail=detail))
    state = State.NOTED if found.noted else State.PASSED
    return Checked(number, name, state, found.key, found.values)


def _failed(number: int, fault: BundleFault) -> Checked:
    return Checked(number, fault.check, State.FAILED, fault.key, fault.values)
