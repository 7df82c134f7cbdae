"""The columns that a printed list of nominees may have (DOMAIN.md C.5). Pure.

Number, name and the results of every step always stand there; a procedure file says
by `list_columns` which of these stand between them. Without it: all.
"""

from enum import StrEnum


class ListColumn(StrEnum):
    """One column; its value is the key of a nominee's `person` in a record."""

    BIRTH = "birth"
    SEX = "sex"
    ETHNICITY = "ethnicity"
    HOME = "home"
    POST = "post"
    UNIT = "unit"
    PARTY_JOINED = "party_joined"
    PARTY_OFFICIAL = "party_official"
    PROFESSION = "profession"
    THEORY = "theory"
    MANAGEMENT = "management"
    LANGUAGES = "languages"
    COMPUTING = "computing"
    EVALUATIONS = "evaluations"
    POSITION = "position"
    ORIGIN = "origin"
    NOTE = "note"
