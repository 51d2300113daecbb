"""How many of how many a sentence counts: printed counts and shares, "all patients", "none", people with a verb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from curbside.extract.enrolled import within_reach
from curbside.extract.harm_words import EVENT
from curbside.extract.people import Size
from curbside.extract.shares import ALL_OF_A_PART, BASE, WHO, Counted, derived
from curbside.extract.stating import clause, figures, timed
from curbside.extract.subjects import Line, of_others
from curbside.language.counted import NUMBER, PEOPLE, plain, whole
from curbside.language.counts import counts
from curbside.language.linear import linear
from curbside.language.numbers import numbers
from curbside.language.quantities import Quantity
from curbside.records import Count, Span

_ALL = linear(
    rf"\ball(?: of)?(?: the| these| our| treated"
    rf"| evaluable)*(?: ({NUMBER}))?((?: [a-z][a-z-]*){{0,3}}?) ({WHO})\b(?: ?\(n ?= ?(\d+)\))?"
)
_NONE = linear(
    rf"\b(?:none of(?: the| these| our)*(?: ({NUMBER}))?((?: [a-z][a-z-]*){{0,3}}?) {WHO}|no (?:[a-z-]+ )?{PEOPLE})\b"
)
_SOME = linear(rf"\b{WHO}\b")
_BARE = linear(rf"\b({NUMBER}) ((?:[a-z][a-z0-9/-]* ){{0,3}}?)({WHO})\b")
_ONLY = linear(
    rf"\b(?:and|only|but|while|whereas|with|,) (?:only )?({NUMBER}) (?:also )?(?:had|have|has|responded"
    rf"|achieved|showed|developed|died|relapsed|required|experienced|discontinued|withdrew|improved"
    rf"|remained|did not|were|was)\b"
)
_WHO_ARE = linear(r"^,? (?:who|with|that|whose|in the|on|receiving|treated with|from|without) ")
_OF_A_TEST = linear(
    r"\b(?:sensitivity|specificity|predictive values?|accuracy|cronbach\w*|agreement|reliability)\b[^.;]{0,40}$"
)
"""What makes a percentage one of a test's, no share of people."""
_STRENGTH_AFTER = linear(
    r"^ ?%?[- ](?:group|arm|cohort|gel|cream|ointment|solution|lotion|foam|formulation|vehicle)s?\b"
)
"""What makes a percentage the name of an arm: "in the 1 % group"."""
_SPREAD_AFTER = linear(r"^ ?%? ?(?:±|\+/-)")
_GRADE = r"(?:complete|partial|major|minor|near-complete|very good partial|good|objective)"
_RESPONSES = linear(
    rf"\b({NUMBER}) {_GRADE}(?:,? (?:and|or) ({NUMBER}) {_GRADE})? (?:clinical |tumou?r |metabolic )?"
    r"(?:responses?|remissions?|responders)\b"
)
_DEATHS = linear(
    rf"\b(?:there (?:were|was)|with|and|had|observed|occurred|reported|,) ({NUMBER}) (?:[a-z-]+ ){{0,2}}?deaths?\b"
)
_BY_N = linear(rf" (?:in|by) ({NUMBER})(?:;|,|\.|\)| and |$)")
_IS_N = linear(r"^ ?[)\],;]")
_EACH = linear(
    r"\ball (?:had|achieved|showed|responded|experienced|developed|improved|demonstrated|recovered"
    r"|survived)\b"
)
_FRACTION = linear(
    rf"\b(half|one[- ]third|a third|two[- ]thirds|one[- ]quarter|a quarter"
    rf"|three[- ]quarters) of (?:the |all |these |our )?(?:[a-z-]+ ){{0,2}}?{WHO}\b"
)
_FRACTIONS = {"half": (1, 2), "third": (1, 3), "thirds": (2, 3), "quarter": (1, 4), "quarters": (3, 4)}
_VERB = linear(
    r"\b(?:had|has|have|were|was|are|is|did|did not|achiev\w+|show\w+|develop\w+|respon\w+"
    r"|experienc\w+|died|relaps\w+|requir\w+"
    r"|report\w+|discontinu\w+|withdr\w+|complet\w+|remain\w+|reach\w+|improv\w+|stopp\w+|restart\w+"
    r"|attain\w+|present\w+"
    r"|exhibit\w+|demonstrat\w+|with|without|recover\w+|recurr\w+|surviv\w+|need\w*|maintain\w*"
    r"|obtain\w*|suffer\w*|became"
    r"|in|of|among|for|from|due|because|continu\w+|tolerat\w+|switch\w*|progress\w+|lost|gain\w*|underwent|received)\b"
)
_ENROLLED = linear(
    r"\b(?:enrol+ed|included|randomi[sz]ed|randomly|recruited|identified|assigned"
    r"|screened|analy[sz]ed|evaluated"
    r"|studied|reviewed|treated|participated|received|registered|completed the study)\b"
)
_CHANGED = linear(
    r"\bby(?: up to| about| nearly| more than| at least| approximately| an? (?:mean|median|average) of)? $|"
    r"\b(?:reduction|decrease|increase|decline|improvement|change|rise|drop|fall|fell|rose|dropped"
    r"|shrank|shrinkage|reduced"
    r"|decreased|increased|declined|improved|volume)\b[^.;,(]{0,30}(?:of|by|was|to|from|:"
    r"|=)?(?: (?:about|approximately|nearly|up to"
    r"|more than|at least|a|an|mean|median|average|over))*[ (]*$"
)
_CHANGE_AFTER = linear(
    r"^ ?%?(?: to \d+(?:\.\d+)? ?%)? (?:mean |median |relative |absolute |average |greater |lower "
    r"|higher |or (?:more|greater) )*(?:reduction|decrease|increase|decline|improvement|change|rise"
    r"|drop|fall|shrinkage|lower|higher|greater|less|of (?:baseline|normal|predicted|the (?:initial"
    r"|original)))\b"
)
_OF_PEOPLE = linear(rf"^ ?%? of (?:all |the |these |those |our )*(?:[a-z-]+ ){{0,3}}?{WHO}\b")
_REACHED_BY = linear(
    r"\b(?:reached|achieved|obtained|attained|shown|experienced|reported|met|maintained) by (?:[a-z]+ ){0,2}$"
)
_SUCH = linear(r"\b(?:increased|decreased|reduced|elevated|improved|declined) (?:[a-z-]+ ){0,3}\($")
_UNIT = linear(r"^[ -]?(?:years?|months?|weeks?|days?|hours?|mg|kg|ml|mm|cm|%)\b")
_LIMIT = linear(r"(?:≥|>|<|≤|at least(?: an?)?|more than(?: an?)?|greater than|less than|up to) ?$")
_OR_MORE = linear(r"^ ?%? (?:or|and) (?:more|greater|less|above|higher|better)\b")
_NOT_A_COUNT = linear(
    r"\b(?:grade|type|week|day|month|year|phase|stage|level|score|aged?|table|figure|version|top|every"
    r"|ci|power|accuracy|sensitivity|specificity|alpha|beta|weight|bsa|pasi|easi|acr|saline|chloride|p ?[<>≤≥]"
    r"|p) ?[=:]? ?$"
)
_NOT_PEOPLE = frozenset(
    ("year", "years", "month", "months", "week", "weeks", "day", "days", "hour", "hours", "mg", "of", "or", "and", "to",
     "in", "with", "from", "per", "centers", "centres", "studies", "trials", "reports", "or", "versus", "vs", "cycles",
     "more", "minutes", "times", "further", "types", "group", "groups", "articles", "control", "rcts")
)  # fmt: skip
_AT = linear(r"^[^.;,]{0,60}?\b(?:at|after|by|within|for|over|during)\b")
_COMMAS = (", ", "; ", " and ", " versus ", " vs ", " compared with ")


def counted(line: Line, size: Size, taken: Sequence[tuple[int, int]] = ()) -> list[Counted]:
    """Return the counts of a sentence in order, their clauses parted from one another.

    What stands within `taken` (the size of the study itself) is no count of its outcome.
    """
    found = sorted(_found(line, size), key=lambda each: (each.start, -each.end))
    kept: list[Counted] = []
    for each in found:
        if (not kept or each.start >= kept[-1].end) and not any(low <= each.start < high for low, high in taken):
            kept.append(each)
    kept = _joined(line.low, kept)
    times = [quantity for quantity in figures(line) if quantity.kind in {"time", "duration", "age"}]
    parted = [_parted(line, kept, place) for place in range(len(kept))]
    return [
        derived(line, replace(each, value=replace(each.value, time=_time(line, each, times))), size, parted)
        for each in parted
    ]


_IN_ITS_BRACKETS = linear(r"^[^.;()]{0,60}\((?:9\d ?% ?)?(?:ci|confidence interval)[^()]{0,30}[;,] ?$")


def _joined(low: str, kept: list[Counted]) -> list[Counted]:
    """Put a share and the count in its brackets together: "28 % (95 % CI …; 33 patients)"."""
    joined: list[Counted] = []
    for each in kept:
        last = joined[-1] if joined else None
        alone = last is not None and last.value.percent and not last.value.k and not last.change
        bare = each.value.k and not each.value.percent and not each.value.n
        if last is not None and alone and bare and _IN_ITS_BRACKETS.match(low[last.end : each.start]):
            value = replace(last.value, k=each.value.k)
            joined[-1] = replace(last, end=each.end, high=max(last.high, each.high), value=value)
            continue
        joined.append(each)
    return joined


def _found(line: Line, size: Size) -> Iterator[Counted]:
    low = line.low
    ranges = [quantity for quantity in figures(line) if quantity.unit == "%" and quantity.low != quantity.high]
    strengths = [quantity.span for quantity in figures(line) if quantity.kind == "concentration"]
    for count in counts(line.words):
        if (
            count.form == "n"
            and EVENT.search(low[max(0, count.span.start - 40) : count.span.start])
            and _IS_N.match(low[count.span.end :])
        ):
            yield _made(line, count.span.start, count.span.end, Count(plain(count.n)))
        if count.form == "n" or any(span.meets(count.span) for span in strengths):
            continue
        start, end = count.span.start, count.span.end
        if _NOT_A_COUNT.search(low[max(0, start - 14) : start]) or _of_interval(low, start):
            continue
        if count.form == "percent":
            if (
                count.percent[:1] in "-−"
                or _SPREAD_AFTER.match(low[end:])
                or low[:start].rstrip().endswith(("±", "+/-"))
            ):
                continue  # a mean change with its deviation
            if _STRENGTH_AFTER.match(low[end:]) or _OF_A_TEST.search(low[max(0, start - 60) : start]):
                continue
            wide = next((quantity for quantity in ranges if quantity.span.meets(count.span)), None)
            if wide is not None:
                if wide.span.start == start:
                    percent = f"{plain(wide.low)}-{plain(wide.high)}"
                    yield _made(
                        line, *_ends(wide.span), Count(percent=percent), change=_is_change(low, start, wide.span.end)
                    )
                continue
            changed = _is_change(low, start, end)
            if changed and (_LIMIT.search(low[max(0, start - 16) : start]) or _OR_MORE.match(low[end:])):
                continue  # "a reduction of 30 % or more" sets a threshold
            yield _made(line, start, end, Count(percent=plain(count.percent)), change=changed)
            continue
        value = Count(plain(count.k) if count.k else "", plain(count.n) if count.n else "", plain(count.percent))
        if count.form == "k percent" and _UNIT.match(low[start + len(count.k) :]):
            value = Count(percent=value.percent)  # "patients < 18 years (46%)"
        if count.form == "base":  # the base stands before the count, other counts perhaps between
            start = max(
                each.span.start for each in numbers(line.words) if each.printed == count.k and each.span.end <= end
            )
            yield _made(line, start, end, value, f"of the {value.n} named before it")
            continue
        yield _made(line, start, end, value)
    yield from _people(low, line, size)


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _made(line: Line, start: int, end: int, value: Count, arithmetic: str = "", change: bool = False) -> Counted:
    first, last = clause(line.low, start, end)
    return Counted(start, end, first, last, value, arithmetic, change, (first, last))


def _of_interval(low: str, start: int) -> bool:
    """Tell whether a share is a bound of an interval: "[95% CI 31-53%]"."""
    opened = max(low.rfind("(", 0, start), low.rfind("[", 0, start))
    if opened < 0 or max(low.rfind(")", opened, start), low.rfind("]", opened, start)) > 0:
        return False
    inside = low[opened:start]
    return "ci" in inside or "confidence" in inside or "interval" in inside or "iqr" in inside or "range" in inside


def _is_change(low: str, start: int, end: int) -> bool:
    """Tell whether a share is one by which something changed: "a reduction of 35 %"; never one of people."""
    if _OF_PEOPLE.match(low[end : end + 60]):
        return False
    before, after = low[max(0, start - 70) : start], low[end : end + 60]
    if _REACHED_BY.search(before) or before.endswith(" in "):
        return False  # "complete response was reached by 40 %"
    if before.endswith("(") and _SUCH.search(before):
        return False  # "increased cholesterol (41 %)": so many had it
    return _CHANGED.search(before) is not None or _CHANGE_AFTER.match(after) is not None


def _people(low: str, line: Line, size: Size) -> Iterator[Counted]:
    for match in _ALL.finditer(low) if "all " in low else ():
        part = _WHO_ARE.match(low[match.end() :]) is not None
        number = match.group(1) or match.group(4)
        own = size.shared and not of_others(line)
        n = whole(number) if number else (size.n if own and not part and not _narrowed(match.group(2)) else None)
        value = Count(str(n), str(n)) if n else Count(percent="100")
        yield _made(
            line, match.start(), match.end(), value, "" if n and number else f"all of {n}" if n else ALL_OF_A_PART
        )
    for match in _NONE.finditer(low) if "none of" in low or "no " in low else ():
        number = match.group(1)
        n = whole(number) if number else (size.n if size.shared and not of_others(line) else None)
        yield _made(
            line, match.start(), match.end(), Count("0", str(n) if n else ""), "" if number or not n else f"none of {n}"
        )
    for match in _FRACTION.finditer(low) if any(word in low for word in ("half", "third", "quarter")) else ():
        over, under = _FRACTIONS[match.group(1).replace("-", " ").split()[-1]]
        if match.group(1) == "half" and low[max(0, match.start() - 6) : match.start()].endswith(
            ("about ", "least ", "nearly ")
        ):
            pass
        percent = f"{100 * over / under:.1f}".removesuffix(".0")
        yield _made(line, match.start(), match.end(), Count(percent=percent), f"{match.group(1)} = {percent} %")
    total: int | None = None
    bases = list(BASE.finditer(low))
    for match in _BARE.finditer(low) if _SOME.search(low) else ():
        k = whole(match.group(1))
        if k is None or any(word in _NOT_PEOPLE for word in match.group(2).split()):
            continue
        if any(base.start(1) == match.start() for base in bases):
            continue
        before = " " + low[max(0, match.start() - 14) : match.start()]
        if before.endswith(
            (" of ", "of the ", "in the ", "=", "/", "-", "from ", "all ", "all the ", "these ", "those ", "the ")
        ) or _NOT_A_COUNT.search(before):
            continue
        _, last = clause(low, match.start(), match.end())
        after = low[match.end() : last + 60]
        if within_reach(_ENROLLED, after, 90) or (k == size.n and not _VERB.search(after[:40])):
            total = k if within_reach(_ENROLLED, after, 90) else total
            continue
        if after.startswith((" (n", " group", " arm")):
            continue
        led = low[max(0, match.start() - 40) : match.start()]
        if _VERB.search(after[:30]) or _VERB.search(led[-12:]):
            yield _made(line, match.start(), match.end(), Count(str(k)))
    for match in _RESPONSES.finditer(low) if "respon" in low or "remission" in low else ():
        for place in (1, 2):
            if match.group(place) and (k := whole(match.group(place))) is not None:
                yield _made(line, match.start(place), match.end(place), Count(str(k)))
    for match in _DEATHS.finditer(low) if "death" in low else ():
        k = whole(match.group(1))
        if k is not None:
            yield _made(line, match.start(1), match.end(1), Count(str(k)))
    for match in _BY_N.finditer(low):
        k = whole(match.group(1))
        if k is not None and EVENT.search(low[max(0, match.start() - 30) : match.start() + 1]):
            yield _made(line, match.start(1), match.end(1), Count(str(k)))
    for match in _EACH.finditer(low) if total else ():
        yield _made(
            line, match.start(), match.start() + 3, Count(str(total), str(total)), f"all of the {total} named before"
        )
    for match in _ONLY.finditer(low):
        k = whole(match.group(1))
        if k is not None and not _NOT_A_COUNT.search(low[max(0, match.start(1) - 14) : match.start(1)]):
            value = Count(str(k), str(total)) if total and k <= total else Count(str(k))
            yield _made(line, match.start(1), match.end(1), value)


def _narrowed(words: str) -> bool:
    """Tell whether the words between "all" and "patients" name a part: "all responding patients"."""
    return any(
        word not in {"the", "treated", "enrolled", "included", "study", "our", "these", "of", "pediatric", "paediatric"}
        for word in words.split()
    )


def _parted(line: Line, kept: list[Counted], place: int) -> Counted:
    """Cut a count's clause where its neighbours' begin."""
    each = kept[place]
    low, high = each.low, each.high
    if place + 1 < len(kept) and kept[place + 1].start < high:
        cut = max(line.low.rfind(mark, each.end, kept[place + 1].start + 1) for mark in _COMMAS)
        high = cut if cut > 0 else kept[place + 1].start
    if place and kept[place - 1].end > low:
        places = [at for mark in _COMMAS if (at := line.low.find(mark, kept[place - 1].end, each.start)) >= 0]
        low = min(places) if places else kept[place - 1].end
    return replace(each, low=low, high=max(high, each.end))


def _time(line: Line, each: Counted, times: list[Quantity]) -> str:
    """Return the time point of a count: one named right behind it, else the last before it, else any of its clause."""
    behind = [quantity for quantity in times if each.end <= quantity.span.start < each.high]
    if len(behind) > 1 and line.low[behind[0].span.end : behind[1].span.start].strip() in {"and", ",", "", "or"}:
        return ""  # "at 1 and 3 months": two times for one count
    for quantity in behind:
        if _AT.match(line.low[each.end : quantity.span.start + 1]) and _timely(line, quantity):
            return timed(quantity)
    before = [quantity for quantity in times if quantity.span.end <= each.start and _timely(line, quantity)]
    if before:
        return timed(before[-1])
    return timed(behind[0]) if behind and _timely(line, behind[0]) else ""


_TIMELY = linear(
    r"\b(?:at|after|by|within|over|during|for|in)(?: (?:the|a|first|least|about|median|mean|of|initial"
    r"|follow-up|next|following|end|day|week|month|year|only|up|to|treatment))* ?$"
)


def _timely(line: Line, quantity: Quantity) -> bool:
    after = line.low[quantity.span.end : quantity.span.end + 12]
    if after.startswith(("-old", " old", " of age")):
        return False
    if quantity.kind == "time":
        return True
    before = line.low[max(0, quantity.span.start - 40) : quantity.span.start]
    return _TIMELY.search(before) is not None
