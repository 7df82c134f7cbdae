"""What a sitting ballots on, by which procedures, and what it is held by."""

from admin.documents.facts import Facts
from admin.documents.facts.attendance import source_words
from admin.documents.words import Words
from admin.records.shapes import ConferenceRecord, ItemRecord


class Ballot(Facts, frozen=True):
    """One ballot of the sitting; `chosen` is what its procedure leaves open."""

    number: int
    procedure: str
    step: str
    source: str
    chosen: str


def ballots(conference: ConferenceRecord, words: Words) -> tuple[Ballot, ...]:
    """Return the ballots of the sitting."""
    return tuple(_ballot(each, words) for each in conference.items)


def bases(conference: ConferenceRecord) -> tuple[str, ...]:
    """Return what the conference is held by, each line ending as offices end it."""
    lines = [each.strip().rstrip(";.,") for each in conference.details.bases]
    found = [each for each in lines if each]
    last = len(found) - 1
    return tuple(f"{each}{'.' if n == last else ';'}" for n, each in enumerate(found))


def _ballot(item: ItemRecord, words: Words) -> Ballot:
    chosen = "; ".join(words.text(f"choice.{key}") for key in item.chosen)
    return Ballot(
        number=item.number,
        procedure=item.procedure_name,
        step=words.text("doc.step", step=item.step, name=item.step_name),
        source=source_words(item),
        chosen=words.text("doc.chosen", chosen=chosen) if chosen else "",
    )
