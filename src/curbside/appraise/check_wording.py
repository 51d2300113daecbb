"""The word "significant" against the p value of its clause.

Checked only where one clause holds one such word and one p value after it; several of them, a limit that is set, a
correction for many tests or a test for heterogeneity leave it unchecked. A p value between 0.05 and 0.10 called
significant is left too: the paper may have set its limit there.
"""

from __future__ import annotations

from collections.abc import Iterator

from curbside.appraise.sides import Said, check, unchecked
from curbside.language.linear import linear
from curbside.records import Check, CheckKind, Quote

_P = linear(r"\b[Pp][- ]?(?:values?)? ?(?P<s><|=|>|≤|≥) ?(?P<p>[01]?\.[0-9]+)")
_WORD = linear(r"(?i)\b(?:(?:statistically[- ])?(?P<no>non-?|in)?significan(?:t|tly|ce))\b")
_DENIED = linear(
    r"(?i)\b(?:no|not|n't|without|never|neither|nor|failed to|fail to|lack of|absence of|did not|does not|were not|"
    r"was not|none|nothing|hardly|any)\b[^.;:]{0,60}$"
)
_NEAR_NOT = linear(
    r"(?i)\b(?:no|without(?: any| a)?|lack of|absence of)(?: (?:statistical(?:ly)?|other|further|clear|apparent|"
    r"obvious|overall|major|evidence|of|a|any|such|additional)){0,3} ?$|"
    r"(?:\bnot|n't|\bneither|\bnor|\bnon|\bfailed to)(?: (?:statistical(?:ly)?|a|any|reach|show|achieve|be|been|differ|"
    r"different|to|increase|decrease|change|vary|found|find|have|demonstrate|reveal|quite|of|improve|affect|reduce|"
    r"alter|influence|correlate|associated|attain)){0,4}[ -]?$"
)
_LEFT = linear(
    r"(?i)\b(?:consider|defin|set at|threshold|significance levels?|levels? of (?:statistical )?significan|alpha|"
    r"cut-?off|bonfer|α|correct(?:ed|ion) for|multiple (?:comparison|test)|trend|border|margin|nominal|"
    r"clinical(?:ly)? (?:in)?significan|one-?sided|one-?tailed|genome|chromosom|snps?\b|approach|almost|nearly|"
    r"close to|tend|stepwise|no longer|hosmer|shapiro|kolmogorov|goodness|denote|asterisk|when p|where p|if p|"
    r"non-?inferior|equivalen)"
)
_AT_LEVEL = linear(r"(?i)\bat(?: the| a)?[ (]*$")
_OF_WHAT = linear(
    r"(?i)^(?:ly)?(?: statistical(?:ly)?)?[ )]{0,2}(?:(?:between|inter|intra|within|main|overall|treatment|group|time|"
    r"positive|negative|inverse|linear|mean|further|such|sex|gender|age|adverse|also|more|less|much|statistical)"
    r"[- ]?[a-z-]{0,10} ){0,3}(?:differ|increas|decreas|reduc|improv|chang|associat|correlat|effect|higher|lower|"
    r"greater|smaller|fewer|more|less|longer|shorter|better|worse|relat|declin|benefit|elevat|affect|influenc|"
    r"advantage|gain|interact|faster|slower|older|younger|larger|[(,.;:]|$|in |for |at |when |after |with |by |over )"
)
_JOINT = linear(
    r"(?i);|\b(?:but|whereas|while|although|though|however|despite|except)\b|"
    r"\b(?:and|or|which|with)\b[^.]{0,80}\b(?:was|were|is|are|did|had|has|showed|increased|decreased|remained|improved)\b"
)


def wording(said: Said) -> Iterator[Check]:
    """Check a sentence's one p value against its one word of significance."""
    if "ignifican" not in said.words:
        return
    found, words = list(_P.finditer(said.flat)), list(_WORD.finditer(said.flat))
    if len(found) != 1 or len(words) != 1:
        return
    m, word = found[0], words[0]
    named = _P.groupindex
    quotes = (said.quote(m.start(), m.end()), said.quote(word.start(), word.end()))
    gap = said.flat[word.end() : m.start()]
    if not 0 <= m.start() - word.end() < 130 or _LEFT.search(said.flat) or _JOINT.search(gap):
        yield unclear(quotes)
        return
    if _AT_LEVEL.search(gap) or said.flat[m.end() :].lstrip(" )").startswith("level"):
        yield unclear(quotes)
        return
    if not _OF_WHAT.match(said.flat[word.end() : word.end() + 90].removeprefix("ly")):
        yield unclear(quotes)
        return
    sign, p = m.group(named["s"]), float(m.group(named["p"]))
    before = said.flat[: word.start()]
    near = max(0, len(before) - 60)
    deny = _NEAR_NOT.search(before[near:])
    denied = word.start(_WORD.groupindex["no"]) >= 0 or deny is not None
    if not denied and _DENIED.search(before):
        yield unclear(quotes)
        return
    quotes = (quotes[0], said.quote(near + deny.start() if deny is not None else word.start(), word.end()))
    small = p <= 0.05 if sign in "<≤" else p < 0.05 and sign == "="
    large = p > 0.1 if sign == "=" else p >= 0.05 and sign in ">≥"
    printed = f"p {sign} {said.words[m.start(named['p']) : m.end(named['p'])]}"
    if denied and small and p < 0.045 + 0.01 * (sign in "<≤"):
        message = f"The words deny significance, yet {printed}."
        yield check(CheckKind.WORDING, False, quotes, f"{printed}; limit 0.05", message)
    elif not denied and large:
        message = f"The words say significant, yet {printed}."
        yield check(CheckKind.WORDING, False, quotes, f"{printed}; limit 0.05", message)
    elif denied != small:
        yield check(CheckKind.WORDING, True, quotes, f"{printed}; limit 0.05", "Words and p value say the same.")
    else:
        yield unclear(quotes)


def unclear(quotes: tuple[Quote, ...]) -> Check:
    """Return that the word may not belong to the p value."""
    return unchecked(CheckKind.WORDING, quotes, "The word may not belong to this p value.")
