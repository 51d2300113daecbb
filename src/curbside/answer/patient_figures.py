"""Figures as a patient can picture them: so many in ten, how far that may be off, ratios and chance in words.

Sources: Gigerenzer et al., Psychol Sci Public Interest 2007;8:53-96 (natural frequencies); Trevena et al., BMC Med
Inform Decis Mak 2013;13(Suppl 2):S7 (one denominator, intervals in words).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curbside.language.counts import counts
from curbside.language.linear import Match, linear
from curbside.language.quantities import quantities
from curbside.records import AnswerSentence, Derivation

ASK = "Ask your clinician about any dose."
"""Stands beside every dose."""
BY_CHANCE = "The difference may be chance."
PARTLY_BY_CHANCE = "Some of these differences may be chance."
PAST_CHANCE = "Chance would not easily explain this."

_SMALL = 12
"""People up to which "9 of 11" is pictured as it stands."""
_MOST = 3
"""Shares that are put into tens for one sentence."""
_SHARE = linear(r"([0-9]+(?:\.[0-9]+)?) ?%")
_BEFORE_SHARE = linear(r"(?i)(?:(?:^|\b(?:in|of|reaching|reached|was|were|and|or|for|to)) |[(]|, )$")
_AMOUNT_BEFORE = linear(
    r"(?i)\b(?:by|sirolimus|tacrolimus|everolimus|rapamycin|pimecrolimus|cream|gel|ointment|at|to|from) $"
)
_OF_PEOPLE = linear(
    r"(?i)^ of (?:the |all |these |those )?(?:[\w-]+ ){0,3}?(?:patients|people|children|infants|adults|recipients|women"
    r"|men|participants|cases|them|subjects|individuals)\b"
)
_SAYS_SHARE = linear(
    r"(?i)\b(?:respon[ds]\w*|remi\w+|develop\w+|stopp\w+|discontinu\w+|had|found in|occurred in|seen in|died|surviv\w+"
    r"|reported in|sensitive|relaps\w+|recur\w+|rate (?:of|was|reaching)|rates? of|adverse|harms"
    r"|side effects?|improved in)\b"
)
_NOT_PEOPLE = linear(
    r"(?i)\b(?:fell|rose|dropp?ed|decreas\w+|increas\w+|reduc\w+|improv\w+|changed|lower\w*|higher|gain\w*)"
    r" (?:[\w-]+ ){0,4}?by\b"
    r"|\b(?:mean|average|median) [^.]{0,40}%|\bon average\b|\bpercentage of\b|\b(?:cells|-fold)\b"
)
_INTERVAL = linear(
    r"(?i)(?:95 ?% ?)(?:CI|confidence interval)[:,]? ?(?:of )?([-−]?[0-9]+(?:[.,·][0-9]+)?) ?(%?) ?(?:-|–|to|,)"
    r" ?([-−]?[0-9]+(?:[.,·][0-9]+)?)(%?)"
)
_RATIOS: tuple[tuple[str, str], ...] = (
    (r"(?-i:\ba?HR\b)|hazard ratio", "times the rate"),
    (r"(?-i:\ba?OR\b)|odds ratio", "times the odds"),
    (r"(?-i:\bRR\b)|relative risk|risk ratio", "times the risk"),
)
_RATIO = tuple(
    (linear(rf"(?i)(?:{name})(?: ?[=,:]| of| was)? ?([0-9]+(?:\.[0-9]+)?)\b"), words) for name, words in _RATIOS
)
_P = linear(r"(?i)\bp ?(<|=|>|≤|≥) ?(0?[.·][0-9]+)")
_COMPUTED = linear(
    r"^(?:([0-9]+) of ([0-9]+)), [0-9.]+ %, (?:95 % CI ([0-9.]+)–([0-9.]+)|(up to|at least) about ([0-9.]+) %)"
)
_DOSE = linear(r"(?i)\b(?:dos(?:e|es|ed|age|ages|ing)|trough|ng ?/ ?ml|mg)\b")


def in_tens(share: float, of: int = 10) -> tuple[str, bool]:
    """Return a share from 0 to 1 as "6 in 10", and whether that is exact; small ones, and with `of`, as "2 in 100"."""
    if share <= 0:
        return "none", True
    if share >= 1:
        return "all", True
    for each in (10, 100, 1000):
        count = int(share * each + 0.5)
        if each < of or (each == 10 and share < 0.095):
            continue
        if 0 < count < each:
            return f"{count} in {each}", abs(share * each - count) < 1e-9
        if count >= each:
            return f"more than {each - 1} in {each}", True
    return "fewer than 1 in 1000", True


def _denominator(shares: Sequence[float], people: int) -> int:
    """Ten where every share lies near a tenth, else a hundred: 9% and 13% are not the same, and 25% is no 3 in 10.

    Of few people a hundredth would say more than is known: there a share may lie further from its tenth,
    and "more than 9 in 10" says enough.
    """
    few = people < _LARGE
    near = (abs(share * 10 - round(share * 10)) <= (0.35 if few else 0.25) for share in shares)
    return 10 if all(each or (few and share > 0.95) for each, share in zip(near, shares)) else 100


_QUARTERS = {0.25: ("1 in 4", True), 0.75: ("3 in 4", True)}
"""Shares that everybody pictures by another number than ten."""


def frequencies(sentence: AnswerSentence) -> tuple[list[str], list[Derivation]]:
    """Return "12 of 20 is 6 in 10." for the shares of people in a sentence, with their arithmetic."""
    found = list(dict.fromkeys((*_counted(sentence.text), *_percents(sentence.text))))[:_MOST]
    people = min([_LARGE, *(int(q.low) for q in quantities(sentence.text) if q.kind == "count" and q.low.isdigit())])
    of = _denominator([share for _, share, _, _ in found], people)
    said: list[str] = []
    derived: list[Derivation] = []
    for what, share, arithmetic, _ in found:
        words, exact = _QUARTERS.get(round(share, 2), in_tens(share, of)) if len(found) == 1 else in_tens(share, of)
        if words not in ("none", "all"):
            said.append(f"{what} is {words}." if exact else f"{what} is about {words}.")
            derived.append(Derivation(words, f"{arithmetic} = {share:.3f}"))
    return said, derived


_Share = tuple[str, float, str, int]
"""What is put into tens, its share, how it is computed, and of how many people; a share alone counts as of many."""
_LARGE = 100


def _counted(text: str) -> Iterator[_Share]:
    for count in counts(text):
        if not (count.k.isdigit() and count.n.isdigit() and count.form in ("of", "slash", "base")):
            continue
        k, n = int(count.k), int(count.n)
        if 0 < k <= n and n > _SMALL and _is_people(text[count.span.start : count.span.end + 60]):
            yield f"{count.k} of {count.n}", k / n, f"{count.k} / {count.n}", n


_LEVEL_OF = linear(r"(?i)^ ?(?:CI\b|confidence|credible)")


def _percents(text: str) -> Iterator[_Share]:
    """Yield shares that stand in percent alone, where the words around them speak of people."""
    if _NOT_PEOPLE.search(text) is not None:
        return
    shares = [100 * int(c.k) / int(c.n) for c in counts(text) if c.k.isdigit() and c.n.isdigit() and int(c.n)]
    beside_counts = {count.percent for count in counts(text) if count.k and count.n}
    for found in _SHARE.finditer(text):
        percent = found.group(1)
        if _LEVEL_OF.match(text[found.end() :]) is not None or any(abs(float(percent) - each) < 1 for each in shares):
            continue
        told = _SAYS_SHARE.search(text) is not None and _BEFORE_SHARE.search(text[: found.start()]) is not None
        people = told or _OF_PEOPLE.search(text[found.end() :]) is not None
        if percent not in beside_counts and people and not _is_amount(text, found):
            yield f"{percent}%", float(percent) / 100, f"{percent} / 100", 100


_THINGS = linear(
    r"(?i)\b(?:trials?|studies|study|reports?|articles?|RCTs|lesions?|episodes?|cycles?|courses?|weeks?|months?|days?|years?"
    r"|samples?|criteria|stains?)\b"
)


def _is_people(words: str) -> bool:
    return _THINGS.search(words.partition("(")[0]) is None or "patients" in words or "children" in words


def _is_amount(text: str, found: Match) -> bool:
    """Whether a percentage is a strength, or by how much something changed."""
    before = text[: found.start(1)]
    if _AMOUNT_BEFORE.search(before.removesuffix("(")) is not None:
        return True
    at = found.start(1)
    return any(q.span.start <= at < q.span.end and q.kind not in ("percent", "") for q in quantities(text))


def intervals(sentence: AnswerSentence) -> tuple[list[str], list[Derivation]]:
    """Return in words how far counts may be off, from the intervals that stand computed beside the sentence."""
    found = [(each, match) for each in sentence.derived if (match := _COMPUTED.match(each.value)) is not None][:_MOST]
    said: list[str] = []
    derived: list[Derivation] = []
    for each, match in found:
        words = _interval_words(match)
        count = f"{match.group(1)} of {match.group(2)}"
        who = "In other people like these, it" if len(found) == 1 else f"In others like these, {count}"
        said.append(f"{who} {words}.")
        derived.append(Derivation(words, each.value))
    return said, derived


def _interval_words(match: Match) -> str:
    """Return "could be as few as 4 in 10 or as many as 8 in 10", both ends in tens, or both in hundreds."""
    if match.start(3) < 0:
        bound = in_tens(float(match.group(6)) / 100)[0]
        return f"could still be up to {bound}" if match.group(5) == "up to" else f"could also be as few as {bound}"
    ends = [float(match.group(part)) / 100 for part in (3, 4)]
    low, high = (in_tens(end)[0] for end in ends)
    if not (low.endswith(" in 10") and high.endswith(" in 10") and low != high and "more than" not in high):
        low, high = (in_tens(end, 100)[0] for end in ends)
    if low == high:
        return f"would be close to {low}"
    return f"could be as few as {low} or as many as {high}"


def plain_ratios(text: str) -> str:
    """Return a text with "HR 0.44, 95% CI 0.30-0.63" as "0.44 times the rate; it could be 0.30 to 0.63 times"."""
    for pattern, words in _RATIO:
        found = pattern.search(text)
        while found is not None:
            text = f"{text[: found.start()]}{found.group(1)} {words}{text[found.end() :]}"
            found = pattern.search(text)
    found = _INTERVAL.search(text)
    while found is not None:
        sign = "%" if found.group(2) or found.group(4) else ""
        before = text[: found.start()].rstrip()
        opened = before.endswith(("(", "["))
        bare = before if opened else before.rstrip(" ,;")
        is_ratio = before.rstrip(" ,;([").endswith(("times the rate", "times the odds", "times the risk"))
        joint = "" if opened else "; "
        words = f"it could be {found.group(1)} to {found.group(3)}{' times' if is_ratio else sign}"
        text = f"{bare}{joint}{words}{text[found.end() :]}"
        found = _INTERVAL.search(text)
    return text


def chance(text: str) -> list[str]:
    """Return what the p values of a text mean, if there are any."""
    values = [(found.group(1), float(found.group(2).replace("·", "."))) for found in _P.finditer(text)]
    if not values:
        return []
    maybe = [sign in (">", "≥") or (value >= 0.05 and sign == "=") for sign, value in values]
    if all(maybe):
        return [BY_CHANCE]
    return [PARTLY_BY_CHANCE] if any(maybe) else [PAST_CHANCE]


def names_dose(texts: Sequence[str]) -> bool:
    """Tell whether a text states a dose, a strength or a target level."""
    for text in texts:
        if _DOSE.search(text) is not None:
            return True
        if any(each.kind in ("dose", "concentration", "level") for each in quantities(text)):
            return True
    return False
