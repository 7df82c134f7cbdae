"""Rules and shares in words: the base stands beside every percentage.

A percentage is only ever printed, never compared. It is printed with as many
decimals as it takes not to contradict the verdict: 50,04 % passes "over 50 %", so it
may not be printed as 50,0 %.
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from web.i18n import current_locale, text
from web.rules import Base, Rule, Tie

_MOST_DECIMALS = 4


def rule_words(rule: Rule) -> str:
    """Return what a rule says, as it stands under a section of the paper."""
    passes = "rule.passes" if rule.quota is None else "rule.passes_quota"
    said = text(passes, share=share(rule), base=base_words(rule.of), quota=rule.quota)
    return f"{said} {text('rule.tie_head')}" if rule.tie is Tie.HEAD else said


def needed_words(rule: Rule, needed: int | None) -> str:
    """Return how many votes the step needs, once the base is counted."""
    if needed is None:
        return ""
    base = base_words(rule.of)
    return text("rule.needed", share=share(rule), base=base, needed=needed)


def short_words(rule: Rule, needed: int) -> str:
    """Return a rule in one line, with the votes it asks for."""
    key = "rule.short" if rule.quota is None else "rule.short_quota"
    base = base_words(rule.of)
    return text(key, share=share(rule), base=base, needed=needed, quota=rule.quota)


def share(rule: Rule) -> str:
    """Return the share of a rule: "từ 30% trở lên", "trên 50%"."""
    key = "rule.more_than" if rule.strict else "rule.at_least"
    return text(key, share=percent(rule.fraction, rule.fraction, decimals=0))


def base_words(base: Base) -> str:
    """Return whom a share is measured against."""
    return text(f"rule.of_{base.value}")


def percent(part: Fraction, threshold: Fraction, *, decimals: int = 1) -> str:
    """Return `part` as a percentage that stays on its own side of `threshold`."""
    side = _side(part, threshold)
    rounded = Decimal(0)
    for digits in range(decimals, _MOST_DECIMALS + 1):
        rounded = _round(part * 100, digits)
        if _side(Fraction(rounded), 100 * threshold) == side:
            break
    mark = "." if current_locale() == "en" else ","
    return f"{rounded}%".replace(".", mark)


def _side(number: Fraction, border: Fraction) -> int:
    return (number > border) - (number < border)


def _round(number: Fraction, digits: int) -> Decimal:
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
