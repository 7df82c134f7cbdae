"""The Belenios 3.0 protocol, pure: no Flask, no SQLAlchemy, no network, no clock."""

SPECIFICATION = "Belenios 3.0"
ARCHIVE_VERSION = 1
