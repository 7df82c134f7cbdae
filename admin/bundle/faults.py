"""What the check of a bundle may raise.

BundleFault       a check does not hold; it names the check
└── NotABundle    the file is damaged, cut off, or something else
"""

_LONGEST = 120  # signs of anything that a stranger's file may say of itself


class BundleFault(Exception):  # noqa: N818 - an outcome, not an error
    """A check does not hold.

    Attributes:
        check: the name of the check.
        key: why, the last part of a catalogue key `bundle.fault.<key>`.
        values: what is filled into that sentence.
    """

    def __init__(self, check: str, key: str, **values: object) -> None:
        super().__init__(f"{check}: {key}")
        self.check = check
        self.key = key
        self.values = values


class NotABundle(BundleFault):
    """The file is no bundle at all, or was damaged."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__("container", key, **values)


def plain(text: str) -> str:
    """Leave out what could move the cursor: a file must not write its own verdict."""
    seen = "".join(each if each.isprintable() else "\ufffd" for each in text)
    return seen if len(seen) <= _LONGEST else seen[:_LONGEST] + "…"
