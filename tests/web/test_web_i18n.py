"""Both languages say everything, and nothing is said that no catalogue knows."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from web import i18n

ROOT = Path(__file__).parents[2]
PACKAGES = ("web", "admin", "kiosk", "tally")
PLACEHOLDER = re.compile(r"%(?:\((\w+)\)[a-z]|.)")
# Where a key stands: _("key"), text("key"), t('key'); with "~" or "+" behind it, it is
# the beginning of several.
KEY = re.compile(
    r"""(?<![\w.])(?:i18n\.text|_|text|t)\(\s*["']([a-z][a-z0-9_]*\.[a-z0-9_.-]*)["']"""
    r"""\s*([~+]?)"""
)
CODE = re.compile(r"""Refused\(\s*["']([a-z_]+)["']""")
SPOKEN = re.compile(
    "[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữự]", re.IGNORECASE
)
SOURCES = ("*.py", "*.html", "*.ts", "*.tsx")


def sources(package: str) -> Iterator[Path]:
    for pattern in SOURCES:
        for path in (ROOT / package).rglob(pattern):
            if not {"dist", "node_modules", "rehearsal"} & set(path.parts):
                yield path


def placeholders(sentence: str) -> list[str]:
    return sorted(name for name in PLACEHOLDER.findall(sentence) if name)


@pytest.mark.parametrize("package", PACKAGES)
def test_both_languages_have_the_same_keys(package: str) -> None:
    vi, en = (i18n.load_catalogue(package, locale) for locale in i18n.LOCALES)

    assert vi
    assert vi.keys() == en.keys()


@pytest.mark.parametrize("locale", i18n.LOCALES)
@pytest.mark.parametrize("package", PACKAGES)
def test_every_sentence_is_there(package: str, locale: str) -> None:
    catalogue = i18n.load_catalogue(package, locale)

    assert [key for key, sentence in catalogue.items() if not sentence.strip()] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_both_languages_fill_in_the_same(package: str) -> None:
    vi, en = (i18n.load_catalogue(package, locale) for locale in i18n.LOCALES)

    differing = {
        key: (vi[key], en[key])
        for key in vi
        if placeholders(vi[key]) != placeholders(en[key])
    }
    assert differing == {}


@pytest.mark.parametrize("locale", i18n.LOCALES)
@pytest.mark.parametrize("package", PACKAGES)
def test_a_sign_of_percent_is_doubled_where_something_is_filled_in(
    package: str, locale: str
) -> None:
    for key, sentence in i18n.load_catalogue(package, locale).items():
        if placeholders(sentence):
            values = dict.fromkeys(placeholders(sentence), "1")
            assert sentence % values, key


@pytest.mark.parametrize("package", PACKAGES)
def test_no_key_is_written_twice(package: str) -> None:
    for locale in i18n.LOCALES:
        path = ROOT / package / "locales" / locale / "LC_MESSAGES" / "messages.po"
        keys = re.findall(
            r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE
        )
        assert sorted({one for one in keys if keys.count(one) > 1}) == []


@pytest.mark.parametrize("package", PACKAGES)
def test_every_key_used_exists(package: str) -> None:
    catalogue = i18n.merged(("web", package), "vi")
    missing = {
        (str(path.relative_to(ROOT)), key)
        for path in sources(package)
        for key, more in KEY.findall(path.read_text(encoding="utf-8"))
        if not (
            any(one.startswith(key) for one in catalogue) if more else key in catalogue
        )
    }
    assert missing == set()


@pytest.mark.parametrize("package", PACKAGES)
def test_every_refusal_has_its_sentence(package: str) -> None:
    catalogue = i18n.merged(("web", package), "vi")
    missing = {
        (str(path.relative_to(ROOT)), code)
        for path in sources(package)
        for code in CODE.findall(path.read_text(encoding="utf-8"))
        if f"error.{code}" not in catalogue
    }
    assert missing == set()


@pytest.mark.parametrize("package", PACKAGES)
def test_no_page_says_anything_by_itself(package: str) -> None:
    """Vietnamese letters in a page would be a sentence outside the catalogues."""
    wrong = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sources(package)
        if path.suffix in {".html", ".tsx"}
        for line in path.read_text(encoding="utf-8").splitlines()
        if SPOKEN.search(re.sub(r"\{#.*?#\}|/\*.*?\*/|//.*", "", line))
        and "Tiếng Việt" not in line
    ]
    assert wrong == []


def test_a_service_lays_its_texts_over_the_shared_ones(tmp_path: Path) -> None:
    del tmp_path
    texts = i18n.merged(("web", "tests.web.sample_service"), "vi")

    assert texts["error.too_small"] == "Số %(given)s quá nhỏ, cần %(needed)s."
    assert texts["frame.logout"] == "Đăng xuất"


def test_numbers_and_times_are_written_as_people_do(room: Any) -> None:
    moment = datetime(2026, 3, 18, 7, 5, tzinfo=UTC)
    with room.admin.test_request_context(headers={"Cookie": "lang=vi"}):
        assert i18n.number(1234567) == "1.234.567"
        assert i18n.share(16, 30) == "53,33%"
        assert i18n.share(0, 0) == "–"
    with room.admin.test_request_context(headers={"Cookie": "lang=en"}):
        assert i18n.number(1234567) == "1,234,567"
        assert i18n.share(16, 30) == "53.33%"
        assert i18n.day(date(2026, 3, 8)) == "08/03/2026"
        assert i18n.moment(moment) == moment.astimezone().strftime("%H:%M, %d/%m/%Y")


def test_an_unknown_language_is_the_default(room: Any) -> None:
    with room.admin.test_request_context(headers={"Cookie": "lang=xx"}):
        assert i18n.current_locale() == "vi"


def test_a_key_without_sentence_is_shown_as_it_is(room: Any) -> None:
    with room.admin.test_request_context():
        assert i18n.text("no.such.key", name=1) == "no.such.key"
