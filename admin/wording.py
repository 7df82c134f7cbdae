"""Rules and shares in words: the base stands beside every percentage.

A percentage is only ever printed, never compared. It is printed with as many
decimals as it takes not to contradict the verdict: 50,04 % passes "over 50 %", so it
may not be printed as 50,0 %.
"""

from fractions import Fraction

from admin.procedure import UNSTATED, Ballot, Threshold
from web import i18n
from web.i18n import current_locale, text
from web.paper import Purpose
from web.rules import Base, Rule

_MOST_DECIMALS = 4
_SHARE_DECIMALS = 2  # a share such as 2/3 has no end: it is printed as it is


def rule_words(rule: Rule, purpose: Purpose = Purpose.INTRODUCE) -> str:
    """Return what a rule says, as it stands under a section of the paper."""
    said = text(_kind(rule, purpose), **words_of(rule), quota=rule.quota)
    if rule.tie is None:
        return said
    return f"{said} {text('rule.decided_by', decider=_decider(rule.decider))}"


def ballot_words(ballot: Ballot, locale: str) -> str:
    """Return what a procedure says of a ballot, and where it is silent."""
    if ballot.rule == UNSTATED:
        said = [text("rule.unstated")]
    else:
        rule = _rule_of(ballot.rule)
        said = [text(_kind(rule, ballot.purpose), **words_of(rule))]
    if ballot.quota:
        key = "rule.quota" if ballot.cap is None else "rule.quota_cap"
        said.append(text(key, cap=ballot.cap))
    if ballot.tie is not None and ballot.tie != UNSTATED:
        said.append(text("rule.decided_by", decider=ballot.tie.of(locale)))
    return " ".join(said)


def threshold_words(threshold: Threshold) -> str:
    """Return a threshold alone: "trên 50% số người được triệu tập"."""
    return text("rule.threshold", **words_of(_rule_of(threshold)))


def needed_words(rule: Rule, needed: int | None) -> str:
    """Return how many votes the step needs, once the base is counted."""
    if rule.open:
        return text("rule.needs_none")
    if needed is None:
        return ""
    return text("rule.needed", **words_of(rule), needed=needed)


def short_words(rule: Rule, needed: int, purpose: Purpose = Purpose.INTRODUCE) -> str:
    """Return a rule in one line, with the votes it asks for."""
    key = _kind(rule, purpose).replace("rule.", "rule.short_", 1)
    return text(key, **words_of(rule), needed=needed, quota=rule.quota)


def share(rule: Rule) -> str:
    """Return the share of a rule: "từ 30% trở lên", "trên 50%", "từ 2/3 trở lên"."""
    key = "rule.more_than" if rule.strict else "rule.at_least"
    part = rule.fraction
    ends = (part * 100 * 10**_SHARE_DECIMALS).denominator == 1
    return text(key, share=percent(part, part, decimals=0) if ends else str(part))


def base_words(base: Base) -> str:
    """Return whom a share is measured against."""
    return text(f"rule.of_{base.value}")


def percent(
    part: Fraction, threshold: Fraction, *, decimals: int = i18n.DECIMALS
) -> str:
    """Return `part` as a percentage that stays on its own side of `threshold`."""
    side, digits = _side(part, threshold), decimals
    while digits < _MOST_DECIMALS and _side(_round(part, digits), threshold) != side:
        digits += 1
    return i18n.percent(part, current_locale(), digits)


def misleads(part: Fraction, threshold: Fraction) -> bool:
    """Whether a share looks as if on the other side, rounded as people round."""
    side = _side(part, threshold)
    rounded = (_round(part, digits) for digits in range(1, i18n.DECIMALS + 1))
    return any(_side(each, threshold) != side for each in rounded)


def _kind(rule: Rule, purpose: Purpose) -> str:
    """Return the sentence that a rule is said in."""
    if rule.open:
        return "rule.open" if rule.quota is None else "rule.open_quota"
    if purpose is Purpose.REMOVE:
        return "rule.removes"
    return "rule.passes" if rule.quota is None else "rule.passes_quota"


def words_of(rule: Rule) -> dict[str, str]:
    """Return the words of a threshold, as every sentence of it is filled in."""
    return {"share": share(rule), "base": base_words(rule.of)}


def _decider(title: str) -> str:
    """Return who decides; the title that the source names, or the head."""
    return title or text("rule.head")


def _rule_of(threshold: Threshold) -> Rule:
    return Rule(share=threshold.share, strict=threshold.strict, of=threshold.of)


def _side(number: Fraction, border: Fraction) -> int:
    return (number > border) - (number < border)


def _round(part: Fraction, digits: int) -> Fraction:
    """Return a share as its percentage with so many decimals says it; half goes up."""
    scale = 100 * 10**digits
    return Fraction(int(part * scale + Fraction(1, 2)), scale)
