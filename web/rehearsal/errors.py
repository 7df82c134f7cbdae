"""What may go wrong in a rehearsal.

RehearsalError
└── Answered   a service refused a request, with its code and message
"""


class RehearsalError(Exception):
    """The rehearsal cannot go on; the message says where and why."""


class Answered(RehearsalError):  # noqa: N818 - what happened, not a fault of ours
    """A service answered a request with a refusal."""

    def __init__(self, where: str, status: int, code: str, message: str) -> None:
        """Keep what the service said, for the one who reads the terminal."""
        super().__init__(f"{where}: {status} {code}: {message}")
        self.status = status
        self.code = code
