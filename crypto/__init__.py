"""The Belenios voting protocol, pure: no web, no database, no network, no clock."""

SPECIFICATION = "Belenios 3.0"
ARCHIVE_VERSION = 1
