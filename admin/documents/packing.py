"""Office files, written so that the same content gives the same bytes."""

import io
import re
import zipfile
from datetime import UTC, datetime

FIXED = datetime(2020, 1, 1, tzinfo=UTC)
AUTHOR = "phieukin"
_MIDNIGHT = (FIXED.year, FIXED.month, FIXED.day, 0, 0, 0)
_CORE = "docProps/core.xml"
_WRITTEN = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def repacked(data: bytes) -> bytes:
    """Return the zip with one date on everything, its core properties included."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == _CORE:
                content = _WRITTEN.sub(rb"\g<1>2020-01-01T00:00:00Z", content)
            entry = zipfile.ZipInfo(name, _MIDNIGHT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            new.writestr(entry, content)
    return packed.getvalue()
