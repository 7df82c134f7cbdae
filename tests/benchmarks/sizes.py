"""How much is measured: the whole bench, or a quick form that only shows it works."""

from dataclasses import dataclass

from web.rehearsal.conference import Size


@dataclass(frozen=True)
class Sizes:
    """What is measured, and how often.

    Attributes:
        ballots: in the archive that is verified.
        singles: ballots that belenios-tool checks one by one, each round.
        rounds: repetitions of whatever takes seconds; medians are reported.
        nominees: on the large paper.
        hall: the conference whose count is timed.
        small_hall: the same room with a short paper.
        room_ballots: ballots of the load "30 tablets, each a ballot every 20 s".
        pace: seconds from one ballot of a tablet to its next in that load.
        browser_rounds: ballots that Chromium makes.
    """

    ballots: int
    singles: int
    rounds: int
    nominees: int
    hall: Size
    small_hall: Size
    room_ballots: int
    pace: float
    browser_rounds: int


WHOLE = Sizes(
    ballots=100,
    singles=10,
    rounds=3,
    nominees=40,
    hall=Size(delegates=545, nominees=40, committee=5, threshold=3, tablets=30),
    small_hall=Size(delegates=262, nominees=12, committee=5, threshold=3, tablets=30),
    room_ballots=120,
    pace=20.0,
    browser_rounds=5,
)
QUICK = Sizes(
    ballots=12,
    singles=2,
    rounds=1,
    nominees=4,
    hall=Size(delegates=20, nominees=4, committee=3, threshold=2, tablets=4),
    small_hall=Size(delegates=12, nominees=2, committee=3, threshold=2, tablets=4),
    room_ballots=8,
    pace=0.5,
    browser_rounds=1,
)
