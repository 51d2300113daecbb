"""A percentage against its count, in a sentence: 34 of 120 (28.3 %), "Of 120 patients, 34 (28.3 %) …"."""

from __future__ import annotations

from collections.abc import Iterator

from curbside.appraise.sides import EPSILON, Said, check, decimals, shown, unchecked, unit, worth
from curbside.language.counts import Count, counts
from curbside.language.linear import linear
from curbside.language.numbers import numbers
from curbside.records import Check, CheckKind

_LEVEL = linear(r"(?i)^ ?%? ?-?(?:ci\b|c\.i\.|confidence|cri\b|credib|two-sided|one-sided|power)")
_ACUITY = linear(r"(?i)\b(?:acuity|vision|snellen|logmar)\b")
_ABOUT = linear(
    r"(?i)(?:\bover|more than|about|approximately|approx\.|nearly|almost|less than|under|at least|up to|around|roughly|"
    r"[~≈<>≥≤]) ?$"
)
_ACTUARIAL = linear(r"(?i)\b(?:actuarial|kaplan|cumulative|life-?table|estimated)\b")
_BUT = linear(r"(?i)\b(?:all|any|none|everyone) (?:but|except)(?: for)? $|\b(?:except|excluding|other than)(?: for)? $")
_LISTED = linear(r"^ ?%? ?(?:,|;|/|vs\.?|versus|and|or|-|to)? ?(?:and |or |vs\.? )?[0-9.]{1,6} ?%")
_CLOSED = linear(
    r"^(?: (?:patients|subjects|participants|cases|children|women|men|people|eyes|samples|infants|students))? ?[)\],;]"
)
_RELATIVE = linear(
    r"(?i)^ ?%? ?(?:reduction|increase|decrease|improvement|more|less|higher|lower|greater|fewer|change|risk|decline|"
    r"drop|gain|response rate|sensitivity|specificity|positive predictive|negative predictive|of (?:the )?total|"
    r"of all|protein|identity|similarity|homology|agreement)"
)


def percents(said: Said) -> Iterator[Check]:
    """Check every count of a sentence that stands beside a percentage."""
    if "%" not in said.words and "per" not in said.words:
        return
    first: dict[str, bool] = {}
    told = counts(said.words)
    bases = [count.n for count in told if count.form == "base" and count.percent and not _agrees(count)]
    for count in told:
        if not count.k or not count.percent:
            continue
        if count.form == "k percent":
            yield unchecked(
                CheckKind.PERCENT,
                (said.quote(count.span.start, count.span.end),),
                "The sentence does not say of how many.",
            )
        elif count.n:
            alone = first.setdefault(count.n, True) and bases.count(count.n) < 2
            found = _compared(said, count, alone)
            first[count.n] = False
            if found is not None:
                yield found


def fits(k: float, n: float, percent: float, printed: str) -> bool:
    """Tell whether k/n may have been printed so: rounded to the nearest, up or down (cut off)."""
    step = unit(printed)
    if decimals(printed) and printed.endswith("0"):
        step *= 10  # 88.90 is often 88.9 with a zero for looks
    return n > 0 and abs(100 * k / n - percent) < step - EPSILON


def _agrees(count: Count) -> bool:
    k, n, percent = worth(count.k), worth(count.n), worth(count.percent)
    return k is None or n is None or percent is None or fits(k, n, percent, count.percent)


def _compared(said: Said, count: Count, first: bool) -> Check | None:
    k, n, percent = worth(count.k), worth(count.n), worth(count.percent)
    if k is None or n is None or percent is None or n < 1 or k > n or "," in count.percent:
        return None
    words = said.words
    at = words.rfind(count.percent, count.span.start, count.span.end)
    low = words.find(count.percent, count.span.start) if at < 0 else at
    after = said.flat[low + len(count.percent) : low + len(count.percent) + 40] if low >= 0 else ""
    if _LEVEL.match(after) or _RELATIVE.match(after) or _LISTED.match(after) or _is_fraction(said, count, k, n):
        return None
    if _ABOUT.search(said.flat[max(0, low - 16) : low]) or _BUT.search(
        said.flat[max(0, count.span.start - 24) : count.span.start]
    ):
        return None
    if said.flat[max(0, low - 1) : low] == "," or _ACTUARIAL.search(said.flat):
        return None  # "52,5 %" has a decimal comma; an actuarial rate is no share of those who began
    share, whole = _places(said, count)
    first_share = share[0] < whole[0]
    if first_share and (
        not _CLOSED.match(said.flat[whole[1] :]) or not any(mark in said.flat[share[1] : whole[0]] for mark in "([")
    ):
        return None  # "60 % correct answers, 54 out of 70", "82 % (26 of 29 in one arm; 25 of 33 in the other)"
    quotes = (said.quote(*share), said.quote(*whole))
    exact = 100 * k / n
    arithmetic = f"{shown(k)} / {shown(n)} = {shown(exact, 3)} %; printed {count.percent} %"
    if fits(k, n, percent, count.percent):
        rounded = abs(exact - percent) <= 0.5 * unit(count.percent) + EPSILON
        how = "" if rounded else ", cut off or rounded away"
        return check(CheckKind.PERCENT, True, quotes, arithmetic, f"The percentage is that of the count{how}.")
    other = _explained(said, count, k, percent)
    if count.form == "base" and (other is not None or not first):
        return unchecked(
            CheckKind.PERCENT, quotes, f"It may be of {other if other is not None else 'a part'}.", arithmetic
        )
    if count.form == "base" and exact < percent and not _near_base(said, count):
        return unchecked(CheckKind.PERCENT, quotes, "It may be of a part of them.", arithmetic)
    message = f"{count.k} of {count.n} is {shown(exact, 1)} %, not {count.percent} %."
    return check(CheckKind.PERCENT, False, quotes, arithmetic, message)


def _near_base(said: Said, count: Count) -> bool:
    """Tell whether no other number stands between the whole and the count."""
    between = [number for number in numbers(said.words) if count.span.start < number.span.start < count.span.end]
    return len(between) <= 2 and count.span.end - count.span.start < 120


def _is_fraction(said: Said, count: Count, k: float, n: float) -> bool:
    """Tell a fraction that is no count of people: visual acuity 20/40, one third."""
    if count.form != "slash":
        return False
    return (k == 1 and n < 10) or (k in (6, 20) and _ACUITY.search(said.words) is not None)


def _places(said: Said, count: Count) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return where the percentage and the count stand in the sentence."""
    span, words = count.span, said.words
    inside = [number for number in numbers(words) if span.start <= number.span.start < span.end]
    share = next((number.span for number in inside if number.form == "percent"), None)
    if share is None:
        return (span.start, span.end), (span.start, span.end)
    rest = [number.span for number in inside if number.span != share]
    end = share.end + (1 if words[share.end : share.end + 1] == "%" else 0)
    if not rest:
        return (share.start, end), (span.start, span.end)
    return (share.start, end), (min(r.start for r in rest), max(r.end for r in rest))


def _explained(said: Said, count: Count, k: float, percent: float) -> str | None:
    """Return another number of the sentence that the percentage may be of."""
    for number in numbers(said.words):
        other = number.value >= k and number.printed not in (count.n, count.k) and number.form in ("digits", "word")
        if other and fits(k, number.value, percent, count.percent):
            return number.printed
    return None
