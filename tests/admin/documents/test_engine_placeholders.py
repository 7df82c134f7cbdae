import pytest

from admin.documents.catalogue import DOCUMENTS, Document
from admin.documents.example import facts_type
from admin.documents.placeholders import Kind, fields, placeholders, used
from admin.documents.words import Words
from tests.admin.documents import engine_docs
from tests.admin.documents.engine_sample import OUTLINE, Facts


def test_every_field_is_listed_with_where_it_is_used() -> None:
    found = {one.path: one for one in placeholders(Facts, OUTLINE)}

    assert found["place"].kind == Kind.TEXT
    assert found["place"].used.startswith("kiểm phiếu giới thiệu quy hoạch")
    assert found["sections"].used == "{%p for section in sections %}"
    assert found["sections[].lines[].name"].used == "Họ và tên: {{ line.name }}"
    assert found["sections[].lines[].steps"].kind == Kind.LIST
    assert found["head.recipients[]"].used == "Nơi nhận:"
    assert found["head.layout"].used == ""


@pytest.mark.parametrize("locale", ["vi", "en"])
@pytest.mark.parametrize("document", DOCUMENTS, ids=[one.name for one in DOCUMENTS])
def test_an_outline_names_only_facts_that_there_are(
    document: Document, locale: str
) -> None:
    known = {path for path, _ in fields(facts_type(document))}

    assert {path for path, _ in used(document.outline(Words(locale)))} <= known


def test_the_page_of_placeholders_is_right() -> None:
    """`python -m tests.admin.documents.engine_docs` writes it anew."""
    assert engine_docs.stated() == engine_docs.tables()
