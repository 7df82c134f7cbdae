"""The tables of placeholders in docs/documents.md.

`python -m tests.admin.documents.engine_docs` writes them anew.
"""

from collections.abc import Sequence
from pathlib import Path

from admin.documents.catalogue import DOCUMENTS, Document
from admin.documents.example import facts_type
from admin.documents.placeholders import Kind, Placeholder, placeholders
from admin.documents.words import Words

PAGE = Path(__file__).parents[3] / "docs" / "documents.md"
BEGIN = "<!-- placeholders: written by tests/admin/documents/engine_docs.py -->\n"
_WORDS = Words("vi")
_HEAD = "head"
_KINDS = {
    Kind.TEXT: "chữ",
    Kind.NUMBER: "số",
    Kind.TRUTH: "đúng/sai",
    Kind.LIST: "danh sách",
    Kind.GROUP: "nhóm",
}


def tables() -> str:
    """Return the tables of every document."""
    head = [one for one in _found(DOCUMENTS[0]) if one.path.startswith(_HEAD)]
    return "\n".join(
        (
            _table("Phần đầu của mọi văn bản", head),
            *(_of(document) for document in DOCUMENTS),
        )
    )


def stated() -> str:
    """Return the tables as the page has them."""
    return PAGE.read_text("utf-8").partition(BEGIN)[2]


def _of(document: Document) -> str:
    own = [one for one in _found(document) if not one.path.startswith(_HEAD)]
    return _table(f"{_WORDS.text(document.title)} (`{document.name}`)", own)


def _found(document: Document) -> tuple[Placeholder, ...]:
    return placeholders(facts_type(document), document.outline(_WORDS))


def _table(title: str, found: Sequence[Placeholder]) -> str:
    rows = [_row(one) for one in found if one.kind != Kind.GROUP]
    lines = ["| Chỗ điền | Loại | Mẫu mặc định dùng ở |", "|---|---|---|", *rows]
    return "\n".join((f"### {title}\n", *lines, ""))


def _row(one: Placeholder) -> str:
    used = one.used.replace("|", "\\|").replace("\n", " / ")
    return f"| `{one.path}` | {_KINDS[one.kind]} | {f'`{used}`' if used else ''} |"


if __name__ == "__main__":
    before = PAGE.read_text("utf-8").partition(BEGIN)[0]
    PAGE.write_text(before + BEGIN + tables(), "utf-8")
