"""Times in records: texts with the offset of the room's own clock."""

from datetime import datetime


def moment(at: datetime | None) -> str:
    """Return a time as ISO 8601 to the second, "" if there is none yet."""
    return at.astimezone().isoformat(timespec="seconds") if at else ""
