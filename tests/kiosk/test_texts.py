"""What the tablet says: plain words, both languages, no word of the protocol."""

import re
from pathlib import Path

import pytest

from web.i18n import load_catalogue

KIOSK = Path(__file__).parents[2] / "kiosk"
FORBIDDEN = {
    "vi": r"mã hóa|mã hoá|khóa|khoá|giải mã|băm|mật mã|hash|key|encrypt",
    "en": r"encrypt|decrypt|hash|cipher|crypto|\bkeys?\b|signature|zero.knowledge",
}
# Keys that the pages put together from a code.
BUILT = {
    "booth.tool.": {"smaller", "larger", "contrast", "language"},
    "booth.motion.": {"for", "against", "no_opinion"},
    "booth.": {"agree", "disagree"},
    "board.state.": {"prepared", "open", "closed", "void"},
    "board.says.": {"prepared", "open", "closed", "finished", "void"},
    "board.means.": {"prepared", "open", "closed", "finished", "void"},
    "booth.fault.": {
        "not_a_card", "not_open", "other_election", "wrong_paper", "card_cast",
        "card_voided", "card_unknown", "card_used", "voided_card", "unknown_card",
        "unknown_paper", "no_card_issued", "replayed_ballot", "bad_ballot",
        "bad_pairing_code", "too_often", "unreachable", "login_needed", "fault",
    },
}  # fmt: skip


@pytest.mark.parametrize("locale", ["vi", "en"])
def test_no_word_of_the_protocol_is_on_the_tablet(locale: str) -> None:
    texts = load_catalogue("kiosk", locale)
    booth = {key: text for key, text in texts.items() if key.startswith("booth.")}

    assert len(booth) > 90
    for key, text in booth.items():
        assert not re.search(FORBIDDEN[locale], text.lower()), key


def test_both_languages_say_the_same_things_with_the_same_numbers() -> None:
    vi, en = load_catalogue("kiosk", "vi"), load_catalogue("kiosk", "en")

    assert vi.keys() == en.keys()
    for key, text in vi.items():
        assert text, key
        assert en[key], key
        assert placeholders(text) == placeholders(en[key]), key


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"%\((\w+)\)s", text))


def test_every_text_of_the_pages_exists_and_is_used() -> None:
    texts = load_catalogue("kiosk", "vi")
    sources = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("booth", "templates")
        for path in (KIOSK / folder).rglob("*")
        if path.suffix in {".ts", ".tsx", ".html"}
    )
    sources = re.sub(r"url_for\([^)]*\)", "", sources)
    used = set(re.findall(r"""['"`]((?:booth|board)\.[a-z_.]+[a-z_])['"`]""", sources))
    used |= {start + end for start, ends in BUILT.items() for end in ends}
    pages = {key for key in texts if key.startswith(("booth.", "board."))}

    assert used - pages == set()
    assert pages - used == set()


def test_every_refusal_has_its_sentence() -> None:
    texts = load_catalogue("kiosk", "vi") | load_catalogue("web", "vi")
    sources = "".join(path.read_text("utf-8") for path in KIOSK.rglob("*.py"))
    codes = set(re.findall(r'Refused\(\s*"([a-z_]+)"', sources))

    assert len(codes) > 15
    assert {f"error.{code}" for code in codes} - texts.keys() == set()
