"""Nominees: imported for the positions of a conference, or carried from a step."""

import secrets
from collections.abc import Sequence

from sqlalchemy.orm import Session

from admin import actions
from admin.actions import record
from admin.conferences import expect_unsealed
from admin.models import Conference, Nominee
from admin.names import fold, tidy
from admin.spreadsheets import NomineeEntry, read_nominees

_KEY_BYTES = 12  # 96 bits: never twice, and says nothing of the person


def import_list(session: Session, conference: Conference, data: bytes) -> int:
    """Replace the nominees by those of a file; returns how many.

    Raises:
        Refused: the paper is sealed or being sealed.
        TableError: the file cannot be read at all.
        FaultsError: some rows or columns are faulty; nothing was changed.
    """
    expect_unsealed(conference)
    titles = [position.title for position in conference.positions]
    entries = read_nominees(data, titles)
    _replace(session, conference, entries)
    record(
        session,
        actions.ListImported(uuid=conference.uuid, what="nominees", rows=len(entries)),
    )
    return len(entries)


def also_in_committee(conference: Conference) -> list[str]:
    """Return the names that are on the paper and in the counting committee.

    Compared by name, as nothing else is known of the two: it may be two people.
    """
    committee = {tidy(member.name).casefold() for member in conference.committee}
    return [
        nominee.name
        for position in conference.positions
        for nominee in position.nominees
        if nominee.name.casefold() in committee
    ]


def new_key() -> str:
    """Draw the name of a line of the paper that it keeps from step to step."""
    return secrets.token_urlsafe(_KEY_BYTES)


def _replace(
    session: Session, conference: Conference, entries: Sequence[NomineeEntry]
) -> None:
    for position in conference.positions:
        position.nominees.clear()
    session.flush()  # the old numbers must be free before they are taken again
    for entry in entries:
        nominees = conference.positions[entry.position].nominees
        nominees.append(
            Nominee(
                number=len(nominees) + 1,
                key=new_key(),
                name=entry.name,
                folded=fold(entry.name),
                birth_year=entry.birth_year,
                post=entry.post,
            )
        )
