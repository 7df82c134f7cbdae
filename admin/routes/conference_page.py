"""What every page of one conference knows."""

from admin import result_screens, screens, views
from admin.models import State
from admin.routes.frame import may
from web import i18n
from web.peers import current_peers

_UNSEALED = (State.DRAFT, State.CONVENED)
BEFORE = (*_UNSEALED, State.SEALED)


def context(view: views.ConferenceView) -> dict[str, object]:
    """Return the conference with its numbers, its paper and, if known, its result."""
    tally = current_peers().known["tally"].url
    return {
        "conference": view,
        "counts": view.counts,
        "quorum": view.quorum,
        "committee": view.committee,
        "record": view.result,
        "path": screens.steps(view),
        "sections": screens.sections(view),
        "nominee_count": screens.nominee_count(view.positions),
        "earlier": result_screens.earlier(view),
        "results": result_screens.results(view),
        "published": view.state == State.PUBLISHED,
        "tie_waits": result_screens.undecided(view),
        "editable": view.state in _UNSEALED and not view.paper_fixed,
        "started": view.state not in BEFORE,
        "alarm": screens.alarm_words(view),
        "broken": screens.broken(view.counts),
        "when": i18n.moment(view.starts_at),
        "may": may(),
        "tally_url": tally,
        "join_url": f"{tally}/join",
        "committee_url": f"{tally}/committee/{view.uuid}",
    }
