"""What can be set of admin; every key is in docs/settings.md."""

from dataclasses import dataclass

from web.settings import ServiceSettings


@dataclass(frozen=True, kw_only=True)
class AdminSettings(ServiceSettings):
    """What the console's documents and warnings follow.

    Margins are millimetres: top, bottom, left, right.
    """

    layout: str = "party"  # of units without a letterhead of their own
    party_margins: tuple[int, int, int, int] = (20, 20, 30, 15)
    state_margins: tuple[int, int, int, int] = (20, 20, 30, 15)
    copies: int = 3
    small_group: int = 5  # fewer voters than this: a count may show single votes
    small_unanimity: int = 15  # up to so many voters, being of one mind is likely
