"""What each document says: a frozen structure of facts, built from signed records."""

import msgspec


class Facts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Facts, or a part of them: words and figures ready to be laid out."""
