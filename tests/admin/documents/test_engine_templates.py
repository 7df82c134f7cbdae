from pathlib import Path

import pytest

from admin.documents import docx
from admin.documents.catalogue import DOCUMENTS, Document, document
from admin.documents.example import MARGINS, examples
from admin.documents.faults import TemplateFault
from admin.documents.letterhead import LAYOUTS
from admin.documents.making import MEDIA, forms, make
from admin.documents.pdf import pdf
from admin.documents.templates import Templates, check
from admin.documents.words import Words
from admin.documents.xlsx import workbook
from tests.admin.documents.reading import docx_text
from tests.admin.documents.records_sample import ordinary
from tests.admin.documents.test_engine_docx import _changed

NAME = "danh-sach-diem-danh"
WORDS = Words("vi")
EVERY = [(one, layout) for one in DOCUMENTS for layout in LAYOUTS]
IDS = [f"{one.name}-{layout}" for one, layout in EVERY]


def _default(name: str = NAME, layout: str = "party") -> bytes:
    return docx.template(document(name).outline(WORDS), layout, MARGINS)


def _with(text: str) -> bytes:
    return _changed(_default(), lambda word: word.add_paragraph(text))


@pytest.mark.parametrize(("one", "layout"), EVERY, ids=IDS)
def test_every_document_can_be_made_of_everything_and_of_nothing(
    one: Document, layout: str
) -> None:
    outline = one.outline(WORDS)

    check(one.name, layout, _default(one.name, layout))
    for facts in examples(one, layout):
        assert pdf(outline, facts).startswith(b"%PDF")
        assert workbook(outline, facts).startswith(b"PK")


def test_an_office_replaces_a_template_and_takes_it_back(tmp_path: Path) -> None:
    templates = Templates(tmp_path / "templates")
    templates.keep(NAME, "party", _with("Của cơ quan: {{ attended }}"))

    made = make(document(NAME), ordinary(), WORDS, "docx", templates)
    assert "Của cơ quan: " in docx_text(made.data)
    assert made.fault == ""

    state = make(document(NAME), ordinary("state"), WORDS, "docx", templates)
    assert "Của cơ quan: " not in docx_text(state.data)

    templates.remove(NAME, "party")
    templates.remove(NAME, "party")
    assert templates.find(NAME, "party") is None


def test_a_broken_template_is_refused_and_the_one_before_stays(tmp_path: Path) -> None:
    templates = Templates(tmp_path)
    good = _with("Tốt")
    templates.keep(NAME, "party", good)

    with pytest.raises(TemplateFault):
        templates.keep(NAME, "party", _with("{{ nothing }}"))

    assert templates.find(NAME, "party") == good
    assert [path.name for path in tmp_path.iterdir()] == [f"{NAME}-party.docx"]


def test_a_template_must_cope_with_empty_facts_too(tmp_path: Path) -> None:
    only_if_empty = _with("{% if not attended %}{{ nothing }}{% endif %}")

    with pytest.raises(TemplateFault):
        Templates(tmp_path).keep(NAME, "party", only_if_empty)


def test_a_broken_file_in_the_folder_stops_nothing_and_is_named(tmp_path: Path) -> None:
    (tmp_path / f"{NAME}-party.docx").write_bytes(_with("{{ nothing }}"))
    (tmp_path / "danh-sach-dang.docx").write_bytes(_default())
    (tmp_path / f"{NAME}-state.docx").write_bytes(_default(layout="state"))
    templates = Templates(tmp_path)

    made = make(document(NAME), ordinary(), WORDS, "docx", templates)
    default = make(document(NAME), ordinary(), WORDS, "docx")

    assert made.data == default.data
    assert made.fault == (
        "Gần chỗ “{{ nothing }}”: Chỗ điền “nothing” không có trong dữ liệu của văn"
        " bản này. Hãy xem danh sách các chỗ điền."
    )
    assert [(one.file, one.fault.why) for one in templates.problems()] == [
        ("danh-sach-dang.docx", "file_unknown"),
        (f"{NAME}-party.docx", "unknown"),
    ]


@pytest.mark.parametrize(
    ("name", "layout"), [("../x", "party"), (NAME, "../x"), ("", "party"), (NAME, "")]
)
def test_only_known_names_reach_the_folder(
    tmp_path: Path, name: str, layout: str
) -> None:
    with pytest.raises(KeyError):
        Templates(tmp_path).find(name, layout)
    with pytest.raises(KeyError):
        Templates(tmp_path).keep(name, layout, _default())
    with pytest.raises(KeyError):
        Templates(tmp_path).remove(name, layout)


def test_no_folder_means_no_templates(tmp_path: Path) -> None:
    templates = Templates(tmp_path / "missing")

    assert templates.find(NAME, "party") is None
    assert templates.problems() == ()


def test_a_document_is_made_in_its_forms() -> None:
    for form in forms(document(NAME), WORDS):
        made = make(document(NAME), ordinary(), WORDS, form)
        assert (made.file_name, made.media_type) == (f"{NAME}.{form}", MEDIA[form])
    with pytest.raises(KeyError):
        make(document(NAME), ordinary(), WORDS, "odt")
