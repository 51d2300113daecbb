"""What it did to people: events that are listed, lived through or ruled out.

A zero-event statement is kept as 0 of n ("no severe toxicity was reported" among 13: 0/13) where the study has one
size, else as a denial. Counts of single events come from `outcomes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curbside.extract.cautions import STUDY, cautions_of
from curbside.extract.harm_words import BENEFIT, EVENT, SERIOUS, TREATED
from curbside.extract.people import Size
from curbside.extract.stating import clause, fact, phrase
from curbside.extract.subjects import Line, Subject, of_others
from curbside.language.cues import negated
from curbside.language.linear import Match, Patterns, linear
from curbside.records import Category, ConceptKind, Count, Fact, Field, PartRole, Span, Terms

_LISTED_WORDS = (
    r"\b(?:side[- ]effects?|adverse (?:events?|effects?|reactions?|experiences?)|toxicit(?:y|ies)|complications?|aes)\b"
    r"[^.;:]{0,70}?(?:\b(?:includ(?:e|es|ed|ing)|such as|consist(?:ed|s|ing) of|compris(?:ed|es|ing)"
    r"|like|namely|e\.g\.,?"
    r"|(?:were|was|are|is)(?: generally| mainly)? limited to"
    r"|(?:were|was|are|is)(?: the)?(?: mainly| mostly| predominantly| primarily)?)|:) "
)
_LISTED = linear(_LISTED_WORDS)
_STATED = linear(r"\b(?:were|was|are|is)(?: the| mainly| mostly| predominantly| primarily)* $")
_NO_LIST = linear(
    r"^(?:not|no|mild|moderate|minimal|rare|common|similar|well|tolera|manage|transient|revers"
    r"|reported|observed|noted|seen|few"
    r"|graded?|recorded|assessed|collected|monitored|evaluated|analy|also|less|more|generally|found"
    r"|the most|low|higher|lower"
    r"|limited|comparable|frequent|serious|severe|considered|associated|related|experienced|expected"
    r"|acceptable|classified"
    r"|in \d|\d|consistent|identified|documented|uncommon|infrequent|resolved|usually|typically|treated|all)\b"
)
_ZERO_WORDS = (
    r"\b(?:no|without(?: any)?|none|neither|absence of|never|nor)\b (?:patients? (?:had |developed? "
    r"|experienced |with )|other |"
    r"cases? of |evidence of |signs? of |episodes? of |occurrence of )?(?:[a-z0-9/-]+,? (?:or |and )?){0,5}?"
    r"(?:adverse (?:events?|effects?|reactions?)|side[- ]effects?|toxicit(?:y|ies)|complications?"
    r"|infections?|deaths?|mortality"
    r"|rejections?|malignanc(?:y|ies)|bleeding|thrombos[ei]s|withdrawals?|safety (?:concerns?|issues?|signals?))\b"
)
_ZERO = linear(_ZERO_WORDS)
_CAUSES_NOT_WORDS = (
    r"\b(?:do|does|did|has|have|was|were|is|are) not (?:been |be )?(?:cause[ds]?|lead to|led to"
    r"|induced?|associated with|increase[ds]?(?: the risk of)?|produced?|result(?:ed)? in)\b "
)
_CAUSES_NOT = linear(_CAUSES_NOT_WORDS)
_LIVED_WORDS = (
    r"\b(?:experienc(?:e|ed|ing)|developed|develop|complicated by|suffered(?: from)?|resulted in"
    r"|led to|caused by|associated with an? "
    r"(?:increased risk|high(?:er)? (?:incidence|rate|risk)) of|increased risk of|risk of|(?:be|is|are"
    r"|was|were) associated with|died (?:of"
    r"|from)|death from|induced)\b "
)
_LIVED = linear(_LIVED_WORDS)
_IN_BRACKETS = linear(
    r"\b(?:side[- ]effects?|adverse (?:events?|effects?|reactions?)|toxicit(?:y|ies)) [(\[]([a-z][a-z ,/-]{5,120})[)\]]"
)
_MORE_OFTEN = linear(
    r"(?:^|[,;] |\b(?:and|while|whereas|but|that) )([a-z][a-z ,/-]{3,60}?) (?:was|were) (?:significantly "
    r"|slightly |also )*"
    r"(?:more|less) (?:common|frequent|often (?:seen|observed|reported))\b",
    "more common",
    "more frequent",
    "more often",
    "less common",
    "less frequent",
    "less often",
)
_BY_DRUG = linear(r"\b([a-z]+)-(?:induced|related|associated) ")
_ROUTE_TAIL = linear(r"^,? ?(?:with|at|from|during|after|under|of|in) (?:the )?[a-z][a-z ,-]{2,50}")
_HINTED = linear(
    r"side|adverse|toxic|complic|\baes\b|experienc|develop|suffer|resulted in|led to|caused by|associated"
    r"|risk of|died|more |less |cause[sd]? |induce"
    r"|death|induced| not |\b(?:no|without|none|neither|absence|never|nor)\b"
)
"""What every one of `_HINTS` holds a part of; asked first, since they are asked of every sentence."""
_HINTS = Patterns(
    (
        r"side[- ]effects?|adverse|(?:more|less) (?:common|frequent|often)|induce|cause[sd]? ",
        _LISTED_WORDS,
        _ZERO_WORDS,
        _CAUSES_NOT_WORDS,
        _LIVED_WORDS,
    )
)


def harms(subject: Subject, size: Size, counted: Sequence[Fact]) -> Iterator[Fact]:
    """Yield the harms and cautions of a subject that are not among its `counted` harms."""
    told = [each.quote.span for each in counted if each.field is Field.ADVERSE_EVENT]
    for line in subject.lines:
        if line.heading or line.role is PartRole.QUESTION or len(line.words) < 20:
            continue
        if line.body and line.category is not Category.RESULTS:
            continue
        if line.category not in STUDY:
            yield from _events(subject, line, size, [span for span in told if line.span.covers(span)])
        yield from cautions_of(subject, line)


def _events(subject: Subject, line: Line, size: Size, told: list[Span]) -> Iterator[Fact]:
    taken = [span.moved(-line.span.start) for span in told]
    if line.category is not Category.BACKGROUND:
        yield from _appeared(subject, line, taken)
    if not _HINTED.search(line.low) or not _HINTS.found(line.low):
        return
    listed = _LISTED.search(line.low)
    counts = sum(listed is not None and span.end > listed.end() for span in taken)
    told_of = line.category is not Category.BACKGROUND or line.of(ConceptKind.DRUG, ConceptKind.DRUG_CLASS)
    if (
        listed is not None
        and told_of
        and counts < 2
        and (not _STATED.search(listed.group(0)) or not _NO_LIST.match(line.low[listed.end() :]))
    ):
        made = _list(subject, line, listed)
        if made is not None and isinstance(made.value, Terms) and (not counts or len(made.value.terms) > 2):
            taken.append(Span(listed.start(), len(line.low)))
            yield made
    for match in _LISTED_FIRST.finditer(line.low) if "side" in line.low or "adverse" in line.low else ():
        made = _list_first(subject, line, match)
        if made is not None and not any(span.meets(Span(match.start(), match.end())) for span in taken):
            taken.append(Span(match.start(), match.end()))
            yield made
    for pattern in (_IN_BRACKETS, _MORE_OFTEN):
        for match in pattern.finditer(line.low):
            span = Span(match.start(1), match.end(1))
            if told_of and EVENT.search(match.group(1)) and not any(span.meets(other) for other in taken):
                taken.append(span)
                yield _named(subject, line, match)
    for match in _ZERO.finditer(line.low):
        if _NO_MORE.search(match.group(0)) or _ENTRY.search(line.low[: match.start()]):
            continue  # that groups did not differ says nothing of nobody
        if not any(span.meets(Span(match.start(), match.end())) for span in taken):
            taken.append(Span(match.start(), match.end() + 40))
            yield _zero(subject, line, match, size)
    for match in _CAUSES_NOT.finditer(line.low):
        _, last = clause(line.low, match.start(), match.end())
        if EVENT.search(line.low[match.end() : last]):
            last = _stop(line.low, match.end(), last)
            taken.append(Span(match.start(), last))
            yield _none(subject, line, (match.start(), last), _event_words(line.words[match.end() : last]), size)
    if line.category is not Category.BACKGROUND:
        yield from _lived(subject, line, taken)
        yield from _induced(subject, line, taken)


_INDUCES = linear(
    r"^(?: therapy| treatment| use)? (?:can |may |might |could )?(?:induce[sd]?|cause[sd]?) (?:an? "
    r"|the )?(?:[a-z-]+ ){0,2}$"
    r"|^[- ](?:induced|associated|related) (?:[a-z-]+ ){0,2}$"
)
_INDUCED_BY = linear(r"^ (?:induced|caused|triggered) by (?:the )?(?:[a-z-]+ ){0,2}$")


def _induced(subject: Subject, line: Line, taken: list[Span]) -> Iterator[Fact]:
    """Yield a condition that a sentence says a drug brought about: "tacrolimus induces myocardial hypertrophy"."""
    drugs = line.of(ConceptKind.DRUG, ConceptKind.DRUG_CLASS)
    for mention in line.of(ConceptKind.CONDITION) if drugs else ():
        span = mention.span
        for drug in drugs:
            between = line.low[drug.span.end : span.start] if drug.span.end <= span.start else ""
            behind = line.low[span.end : drug.span.start] if span.end <= drug.span.start else ""
            if not (_INDUCES.match(between) if between else behind and _INDUCED_BY.match(behind)):
                continue
            whole = Span(min(span.start, drug.span.start), max(span.end, drug.span.end))
            if any(whole.meets(other) for other in taken) or negated(line.words, span):
                continue
            taken.append(whole)
            start = span.start
            said = phrase(line.words[start : span.end])
            yield fact(
                subject, line, (whole.start, whole.end), Field.ADVERSE_EVENT, Terms((said,), (mention.concept,)),
                outcome=said, serious=SERIOUS.search(line.low[whole.start : whole.end]) is not None,
            )  # fmt: skip
            break


def _named(subject: Subject, line: Line, match: Match) -> Fact:
    """Return events that are named in brackets behind "side-effects", or as seen more often."""
    words = line.words[match.start(1) : match.end(1)]
    items = tuple(dict.fromkeys(item for item in _items(words) if item))
    said = Terms(items or (phrase(words),), _concepts(line, match.start(1), match.end(1)))
    return fact(subject, line, (match.start(), match.end()), Field.ADVERSE_EVENT, said, outcome=phrase(words)[:120])


_ENTRY = linear(
    r"\b(?:criteri(?:a|on)|eligib\w+|enrol+ed|recruit\w+|inclu(?:ded|sion)|exclu\w+|newborns who|patients who met)\b"
)
_UPON = linear(r"\b(?:after|during|while|following|due to|upon|under|on|from|since|attributed to)\b")
_NO_MORE = linear(
    r"\b(?:differences?|change|increased?|more|difference|relation\w*|effect|association|correlation|reports?"
    r"|data|information|literature)\b"
)


def _list(subject: Subject, line: Line, match: Match) -> Fact | None:
    """Return the events of a list, with what is said of their route behind it."""
    _, last = clause(line.low, match.start(), match.end())
    for mark in ("; ", ", though", ", but", ", which", " though ", " while "):
        at = line.low.find(mark, match.end(), last)
        last = at if at >= 0 else last
    words = line.words[match.end() : last]
    if not EVENT.search(words.lower()) and not any(
        m.kind is ConceptKind.CONDITION and match.end() <= m.span.start < last for m in line.mentions
    ):
        return None
    items = [item for item in _items(words) if item]
    names = [subject.name(concept) for concept in _concepts(line, match.end(), last)]
    said = Terms(tuple(dict.fromkeys([*items, *names])), _concepts(line, match.end(), last))
    low = line.low[match.start() : last]
    gone = negated(line.words, Span(match.start(), match.start() + 5))
    return fact(
        subject, line, (match.start(), last), Field.ADVERSE_EVENT, said, outcome=phrase(words)[:120],
        serious=SERIOUS.search(low) is not None, negated=gone,
    )  # fmt: skip


_LISTED_FIRST = linear(
    r"(?:^|[,;] )([a-z][a-z0-9 ,()=-]{3,160}?) (?:was|were|are|is) (?:the "
    r"|among the )?(?:most )?(?:common|commonest|frequent|main"
    r"|only|usual)(?:ly)?(?: (?:reported|observed|occurring|treatment-related|drug-related))* (?:side[- ]effects?"
    r"|adverse (?:events?|effects?|reactions?)|toxicit(?:y|ies)|complications?)\b"
)


def _list_first(subject: Subject, line: Line, match: Match) -> Fact | None:
    """Return the events of a list that stands before what it is: "nausea and rash were the main side effects"."""
    words = line.words[match.start(1) : match.end(1)]
    if not EVENT.search(words.lower()):
        return None
    items = [item for item in _items(words) if item]
    said = Terms(tuple(dict.fromkeys(items)), _concepts(line, match.start(1), match.end(1)))
    return fact(subject, line, (match.start(1), match.end()), Field.ADVERSE_EVENT, said, outcome=phrase(words)[:120])


_SPLIT = linear(r",? and |,? or |[,/;] ?")
_ITEM_TAIL = linear(r" (?:with|at|in|during|after|from|due to|following|for|on) .*$| ?[(\[].*$")


def _items(words: str) -> Iterator[str]:
    at = 0
    for match in [*_SPLIT.finditer(words), None]:
        piece = words[at : match.start()] if match is not None else words[at:]
        at = match.end() if match is not None else at
        tail = _ITEM_TAIL.search(piece)
        yield phrase(piece[: tail.start()] if tail is not None else piece)[:60]


def _concepts(line: Line, start: int, end: int) -> tuple[str, ...]:
    inside = [m for m in line.of(ConceptKind.CONDITION) if start <= m.span.start and m.span.end <= end]
    return tuple(dict.fromkeys(m.concept for m in inside))


def _zero(subject: Subject, line: Line, match: Match, size: Size) -> Fact:
    start, end = match.start(), match.end()
    first, last = clause(line.low, start, end)
    start = (
        max(first, line.low.rfind("there ", first, start))
        if line.low[first:start].strip().startswith("there ")
        else start
    )
    last = _stop(line.low, end, last)
    return _none(subject, line, (start, last), _event_words(line.words[match.start() : end]), size)


def _none(subject: Subject, line: Line, at: tuple[int, int], event: str, size: Size) -> Fact:
    """Return that an event happened to nobody: 0 of n where the study has one size, else its denial."""
    n = size.n if subject.reports and size.shared and not of_others(line) else None
    value = Count("0", str(n)) if n else Terms((event,), _concepts(line, *at))
    serious = SERIOUS.search(line.low[at[0] : at[1]]) is not None
    note = f"none of {n}" if n else ""
    return fact(
        subject,
        line,
        at,
        Field.ADVERSE_EVENT,
        value,
        outcome=event,
        negated=True,
        serious=serious,
        arithmetic=note,
    )


_NO_LEAD = linear(
    r"(?i)^(?:any|no|without(?: any)?|none|neither|absence of|never|nor) (?:patients? (?:had|developed?"
    r"|experienced|with) |other |cases? of"
    r" |evidence of |signs? of |episodes? of |patients? |occurrence of )?"
)


def _event_words(words: str) -> str:
    lead = _NO_LEAD.match(words)
    return phrase(words[lead.end() :] if lead is not None else words)


def _stop(low: str, start: int, last: int) -> int:
    stops = [at for mark in (", ", "; ", " and ", ". ") if (at := low.find(mark, start, last)) >= 0]
    return min([*stops, last])


def _lived(subject: Subject, line: Line, taken: list[Span]) -> Iterator[Fact]:
    """Yield an event somebody had, or of which there is a risk: the words that say so and the condition behind them."""
    for match in _LIVED.finditer(line.low):
        mention = next(
            (
                m
                for m in line.of(ConceptKind.CONDITION)
                if 0 <= m.span.start - match.end() < 40 and m.concept not in subject.conditions[:2]
            ),
            None,
        )
        event = EVENT.search(line.low[match.end() : match.end() + 60])
        end = mention.span.end if mention is not None else match.end() + event.end() if event is not None else 0
        span = Span(match.start(), end)
        if not end or any(span.meets(other) for other in taken):
            continue
        if (
            event is None
            and mention is not None
            and not match.group(0).startswith(("experienc", "developed", "complicated", "suffered"))
        ):
            continue
        if match.group(0) == "induced " and line.low.endswith("therapy-", 0, match.start()):
            continue  # "chemotherapy-induced neutropenia" is what is treated
        if any(mark in line.low[match.end() : end] for mark in (", ", "; ")) or line.low.startswith(
            "into ", match.end()
        ):
            continue
        if BENEFIT.search(line.low[match.end() : end]) or "anti-" in line.low[match.end() : end]:
            continue
        drugs = line.of(ConceptKind.DRUG, ConceptKind.DRUG_CLASS)
        if "associated with" in match.group(0) and not any(m.span.end <= match.start() for m in drugs):
            continue
        if not drugs and (line.category is not Category.RESULTS or not TREATED.search(line.low)):
            continue  # what the disease does, not its treatment
        late = drugs and not any(m.span.start < end for m in drugs)
        if late and not TREATED.search(line.low[: match.end()]) and not _UPON.search(line.low[end:]):
            continue  # the drug is named for what comes after
        taken.append(span)
        said = phrase(line.words[match.end() : end])
        yield fact(
            subject, line, (span.start, end), Field.ADVERSE_EVENT, Terms((said,), _concepts(line, match.end(), end)),
            outcome=said, negated=negated(line.words, Span(match.start(), match.end())),
            serious=SERIOUS.search(line.low[span.start : end]) is not None,
        )  # fmt: skip


_APPEARED = linear(
    r"^(?: \([^)]*\))? (?:developed|occurred|appeared|(?:was|were) (?:observed|noted|seen|reported"
    r"|recorded))(?: |,|\.|;|$)"
)


def _appeared(subject: Subject, line: Line, taken: list[Span]) -> Iterator[Fact]:
    """Yield an event that came during treatment, told without a number: "mild conjunctivitis developed"."""
    if not subject.drugs or not subject.reports or of_others(line):
        return
    for mention in line.of(ConceptKind.CONDITION):
        start, end = mention.span.start, mention.span.end
        if mention.concept in subject.conditions[:1] or _APPEARED.match(line.low[end:]) is None:
            continue
        span = Span(start, end + 12)
        if EVENT.search(line.low[start:end]) is None or any(span.meets(other) for other in taken):
            continue
        for word in ("mild ", "severe ", "serious ", "moderate ", "transient "):
            start -= len(word) if line.low.endswith(word, 0, start) else 0
        if negated(line.words, mention.span):
            continue  # that nobody had it is told below
        serious = SERIOUS.search(line.low[start:end]) is not None
        taken.append(span)
        said = phrase(line.words[start : mention.span.end])
        value = Terms((said,), (mention.concept,))
        at = (start, min(len(line.words), end + 10))
        yield fact(subject, line, at, Field.ADVERSE_EVENT, value, outcome=said, serious=serious)
