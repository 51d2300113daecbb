"""What came of it: counts and shares with outcome, time and arm, effects with intervals, which way things went.

Counts of harms are told from counts of benefit here, since both are read from the same clauses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from curbside.extract.counting import Counted, counted
from curbside.extract.harm_words import BASELINE, EVENT, NAMED_HARM, SERIOUS, TREATED, is_harm, is_outcome
from curbside.extract.people import Size
from curbside.extract.stating import bracketed, clause, fact, figures, phrase, spanned
from curbside.extract.subjects import Line, Subject, of_others
from curbside.language.counted import NUMBER, PEOPLE, plain
from curbside.language.counts import counts
from curbside.language.cues import negated
from curbside.language.effects import Effect as Printed
from curbside.language.effects import effects
from curbside.language.linear import linear
from curbside.records import Category, Change, ConceptKind, Count, Effect, Fact, Field, PartRole, Quantity, Span

_WHO = frozenset({Field.N, Field.N_ANALYSED, Field.ARM, Field.SEX, Field.AGE})
_SILENT = frozenset({Category.BACKGROUND, Category.METHODS, Category.OBJECTIVE})
_NAMED = linear(
    r"\b(?:(?:complete|partial|overall|objective|positive|total|major|minor|good|excellent|poor"
    r"|durable|sustained|clinical"
    r"|initial|ha?ematologic(?:al)?|significant|near-complete|marked|moderate|radiologic(?:al)?|disease-free|event-free"
    r"|progression-free|relapse-free|graft|patient|treatment|primary|secondary|confirmed|early|late|acute|biopsy-proven"
    r"|effective|cumulative|angiomyolipoma|tumou?r|seizure|platelet|visual|renal) )*"
    r"(?:respon(?:se|d)(?:ed|er|ers|s)?|remissions?|resolution|resolved|improve(?:ment|ments|d)|recover(?:y|ed)"
    r"|disappear(?:ance|ed)|reductions?|regress(?:ion|ed)|relapse[sd]?|recurrences?|recurred|survival"
    r"|survived|clearance"
    r"|cleared|cured?|effective|success(?:ful)?|stable disease|progress(?:ion|ed)|discontinu(?:ed|ation)|died|deaths?"
    r"|withdr(?:ew|awn|awal)|rejection|loss|re-?start(?:ed)?|remained (?:on|in|off) [a-z]+|failure"
    r"|freedom|transfusion[a-z -]*"
    r"|control(?:led)?|shrinkage|healed|healing|stabili[sz](?:ation|ed)|benefit(?:ed)?|normali[sz](?:ation|ed))"
    r"(?: rates?)?(?: (?:of|in|on|to) (?:the )?(?:[a-z-]+ ?){1,4})?\b"
)
_LEAD = linear(
    rf"^(?:,? ?(?:and|with|but|while|whereas|of whom|only|however|in|at|after|overall|of|the|that|which"
    rf"|there (?:was|were))?,? ?)*"
    rf"(?:(?:{NUMBER}|all|none|no|both|most)\b[^a-z]*)?(?:(?:of )?(?:the |these |our )?(?:[a-z-]+ ){{0,3}}?{PEOPLE}\b)?"
    r"(?: ?\([^)]*\))?(?: (?:had|has|have|were|was|exhibited|showed|achieved|achieving|demonstrated"
    r"|developed?|experienced"
    r"|presented|with|who|reported|obtained|attained|reached|had had|also))*"
)
_OUTCOME_LEAD = linear(
    r"(?:^|[ (])(?:risks?|rates?|odds|incidence|hazards?|likelihood|probability|improvements?|reductions?|increases?"
    r"|differences?|effects?|prevalence|frequency|chance) (?:of|in|for|on) (?:the |a |an |developing )*([^,;()]{3,70}?)"
    r"(?: (?:was|were|is|are|than|compared|with|by|in the|after|at|among|for)\b.*)?$",
    "risk",
    "rate",
    "odds",
    "incidence",
    "hazard",
    "likelihood",
    "probability",
    "improvement",
    "reduction",
    "increase",
    "difference",
    "effect",
    "prevalence",
    "frequency",
    "chance",
)
_TAIL = linear(r"([a-z0-9][a-z0-9 /'-]{2,80})$")
_CUT = linear(
    r"^.*\b(?:was|were|had|with|that|and|showed|reduced|increased|improved|lower|higher|a|an|the|in|significantly) "
)
_WAY = {
    word: way
    for way, words in {
        "increase": "increase increased increases rise rose elevation elevated higher",
        "decrease": "decrease decreases decreased reduction reductions reduced decline declined fall fell drop dropped "
        "lower lowered shrinkage shrank",
        "no change": "unchanged change changes difference differences",
    }.items()
    for word in words.split()
}
_OF = linear(
    r"\b(no |not |without )?((?:statistically |clinically |significant(?:ly)? |marked(?:ly)? "
    r"|substantial |rapid |mild |slight"
    r" |gradual |further |dramatic |mean |median |sustained |an? )*)"
    r"(increases?|decreases?|reductions?|rise|elevation|decline|fall|drop|shrinkage|changes?|differences?)"
    r"(?: (?:was|were) (?:observed|noted|seen|found))? (?:in|of) (?:the |both |all |their )*([a-z][^,;.()]{2,70}?)"
    r"(?:[,;.(]| (?:after|compared|from|at|during|was|were|over|by|with|and|between|to|on|when|while"
    r"|as|following|than)\b|$)",
    "increase",
    "decrease",
    "reduction",
    "rise",
    "elevation",
    "decline",
    "fall",
    "drop",
    "shrinkage",
    "change",
    "difference",
)
_WAS = linear(
    r"(?:^|[,;] |\b(?:and|that|while|whereas|of) )(?:the |there was |mean |median )*([a-z][a-z0-9 /()+'-]{2,60}?)"
    r" (?:(?:(?:was|were|is|are|had been|has been|have been|had|has|have)(?: also| both| all"
    r"| significantly| markedly| not"
    r"| slightly)* ((?:not |no |statistically |significantly |markedly |slightly |rapidly |gradually |substantially )*)"
    r"(increased|decreased|reduced|declined|elevated|higher|lower|lowered|unchanged)(?: significantly"
    r"| markedly|,|;|\.| from| by"
    r"| to| after| over| during| within| at| in| and| compared| with| when| than| \(| for| on| among| following|$))"
    r"|((?:not |significantly |markedly |slightly |rapidly |gradually )*)(increased|decreased|declined"
    r"|rose|fell|dropped|shrank)"
    r"(?: significantly| markedly| rapidly)?(?: from| by| to| after| over| during| within| at| in the"
    r"| and| compared|,|;|\.|$))",
    "increased",
    "decreased",
    "reduced",
    "declined",
    "elevated",
    "higher",
    "lower",
    "unchanged",
    "rose",
    "fell",
    "dropped",
    "shrank",
)
_NO_OUTCOME = linear(
    r"^(?:this|these|our|study|those)\b|^(?:dos(?:e|es|age|ing)|which|this|it|they|patients?|there|we"
    r"|these|those|that|results?|a|an|and"
    r"|the|treatment|all|both"
    r"|n|p|of|or|to|effects?|groups?)?$"
    r"|\b(?:doses?|dosage|patients|studies|showed|shows|reflected|had|have|which|that|is|are|was|were"
    r"|demonstrated|as|trough"
    r"|we|not|led|resulted|results)\b|[0-9]|\b(?:a|an|the|of|in|by|with|and|or|to)$"
)
_NEXT_ARM = linear(
    r"^[^a-z0-9]*(?:(?:and|vs|versus|v|compared (?:with|to)|in|for|of|the|those|group|arm|patients"
    r"|respectively|placebo|than"
    r"|vehicle|controls?|treatment|treated|[a-z]+limus|with|by|(?:[a-z0-9-]+ ){1,3}(?:group"
    r"|arm))[^a-z0-9]+)*[^a-z0-9]*$"
)
"""What stands between the counts of two arms for one event."""
_RATED = linear(
    r"(?:^|[,;] |\b(?:and|the|an?|with|while|whereas|in) )((?:[a-z0-9-]+ ){0,4}?(?:rates?|incidence"
    r"|proportion|percentage|frequency"
    r"|prevalence)(?: (?:of|in|for) (?:[a-z0-9-]+ ){0,4}?[a-z0-9-]+)?)[^a-z]+(?:(?:was|were|of|is"
    r"|reaching|reached|at|about|significantly"
    r"|lower|higher|only|in|the|group|[a-z-]+ (?:group|arm)|\(p [^)]*\))[^a-z]+)*$"
)
_LEADS_ON = linear(r"[(\[] ?(?:n ?= ?)?$|\b(?:in|by|among|for|of|was|were|at)(?: only| about| another| the other)? $")
"""What stands between an event and its number, where the event comes first: "diarrhoea was reported by 9"."""
_NO_LABEL = linear(r"^(?:p ?[=<>≤]|n ?=|by \d|vs\b|than |[^a-z]*$)|\bci\b|\bp ?[=<>] ?0|^(?:low|high)-[a-z]+ [a-z]+$")
"""What is no name of an outcome: a p value, an interval, an arm."""
_BRACKETED = re.compile(r"[\[(][^\[\]()]{0,60}+[\])]")
_INTERVAL = linear(r"^[ %)\],;]*[\[(]?(?:9[0-9] ?% ?ci[ ,:]*)?[0-9.–-]+ ?%?[\])]+")
_PARENTHESIS = linear(r"^[^()]{0,12}[)\]]")


def outcomes(subject: Subject, size: Size, known: Sequence[Fact]) -> Iterator[Fact]:
    """Yield counts of benefit and of harm, effects and directions of a subject.

    `known` are the facts of who took part: names of arms, and numbers that count no outcome.
    """
    arms = {each.arm: each.value.n for each in known if each.field is Field.ARM and isinstance(each.value, Count)}
    taken = {
        line.span.start: [
            (each.quote.span.start - line.span.start, each.quote.span.end - line.span.start)
            for each in known
            if each.field in _WHO and line.span.covers(each.quote.span)
        ]
        for line in subject.lines
    }
    size = _common(subject, size)
    condition = subject.name(subject.conditions[0]).lower() if subject.conditions else ""
    for line in subject.lines:
        if line.heading or line.role is PartRole.QUESTION or line.category in _SILENT:
            continue
        if line.body and line.category is not Category.RESULTS:
            continue
        sizes = effects(line.words)
        before: tuple[Counted, Fact] | None = None
        for each in counted(line, size, [*taken.get(line.span.start, ()), *(spanned(effect.span) for effect in sizes)]):
            made = _again(subject, line, each, arms, before) or _count(subject, line, each, arms, condition)
            if made is not None and _NO_LABEL.search(made.outcome.lower()):
                made = replace(made, outcome=before[1].outcome) if before is not None else None
            if made is not None:
                before = (each, made)
                yield made
        for effect in sizes:
            yield _effect(subject, line, effect)
        if subject.reports:
            yield from _changes(subject, line)


def _common(subject: Subject, size: Size) -> Size:
    """Return the size without its claim on every count where the text counts out of several other numbers."""
    others = {
        each.n
        for line in subject.lines
        if size.shared and not line.body and not line.heading and line.category not in _SILENT
        for each in counts(line.words)
        if each.form != "n" and each.n and plain(each.n) != str(size.n)
    }
    return Size(size.n, False) if len(others) > 1 else size


def _count(subject: Subject, line: Line, each: Counted, arms: dict[str, str], condition: str) -> Fact | None:
    said = line.low[each.low : each.high]
    arm = _arm(line.low, each, arms)
    at = (each.low, each.high)
    if each.change:
        value = Quantity(each.value.percent, "%")
        return fact(subject, line, at, Field.OUTCOME, value, outcome=_changed(line, each), arm=arm)
    harm = is_harm(said, condition)
    if not harm and "adverse" in line.low[: each.start] and EVENT.search(said):
        harm = True
    plain_share = line.category is Category.RESULTS and each.value.k and each.value.n
    if (not harm and not plain_share and not is_outcome(line.low[slice(*each.whole)])) or BASELINE.search(
        line.low[: each.end]
    ):
        return None
    field = Field.ADVERSE_EVENT if harm else Field.OUTCOME
    outcome = _event(line, each) if harm else _denied(line, each, _respective(line, each) or _outcome(line, each))
    if not harm and _NOTHING.match(outcome.lower()):
        outcome = _shorn(_bare(line.words[each.low : each.start]))
    if not harm and _composes(subject, line, each):
        return None
    if not outcome or (harm and not _by_treatment(subject, line)):
        return None
    return fact(
        subject,
        line,
        at,
        field,
        each.value,
        outcome=outcome,
        arm=arm,
        serious=harm and SERIOUS.search(said) is not None,
        negated=each.value.k == "0",
        arithmetic=each.arithmetic,
    )


_NOTHING = linear(
    r"^(?:an? )?(?:greater|more|less|at least|in|with|by|up to)(?: than)?(?: (?:group|arm|patients))*$"
    r"|^groups?\b"
)
_HAVING = linear(
    r"^[)\] ]*(?:of (?:these|them|the) )?(?:patients? |children |cases? |of them |of whom )?(?:had|with|have|has|having"
    r"|suffered from"
    r"|were diagnosed with|diagnosed with|presented with)? ?(?:an? |the |[a-z-]+ ){0,2}$"
)


def _composes(subject: Subject, line: Line, each: Counted) -> bool:
    """Tell whether a count says which conditions the people had: "12 had ALPS, 12 multilineage cytopenias"."""
    if line.category is Category.RESULTS and each.value.n and not each.arithmetic:
        return False  # "four of 62 had coronary aneurysms"
    known = {*subject.conditions[:6]}
    mention = next((m for m in line.of(ConceptKind.CONDITION) if m.span.start >= each.end), None)
    if mention is None or mention.concept not in known or mention.span.start - each.end > 45:
        return False
    tail = line.low[mention.span.end : each.high]
    between = line.low[each.end : mention.span.start]
    return _HAVING.match(between) is not None and _NAMED.search(between + tail) is None and "develop" not in between


def _by_treatment(subject: Subject, line: Line) -> bool:
    """Tell whether a harm is one of a treatment: a text on the disease counts its own complications too."""
    if of_others(line) and not TREATED.search(line.low):
        return False
    if NAMED_HARM.search(line.low) or line.of(ConceptKind.DRUG, ConceptKind.DRUG_CLASS):
        return not _OF_DISEASE.search(line.low)
    return bool(subject.drugs) and not of_others(line) and not _OF_DISEASE.search(line.low)


_OF_DISEASE = linear(
    r"\b(?:prevalence|frequency|incidence|epidemiolog\w+|risk|rates?) (?:of [a-z -]{0,40})?(?:in|among) (?:patients"
    r"|people|children|adults|individuals) with\b"
    r"|\bcomplications? of (?:the |this )?(?:disease|disorder|syndrome|condition)\b"
)
"""Words of how often a disease does something, whoever treats it."""


def _again(
    subject: Subject, line: Line, each: Counted, arms: dict[str, str], before: tuple[Counted, Fact] | None
) -> Fact | None:
    """Return a count of the same event as the one right before it: "stomatitis (48 % [38 of 79], 8 % [3 of 39])"."""
    if before is None or each.change or before[0].change:
        return None
    gap = _BRACKETED.sub(" ", line.low[before[0].end : each.start]) if before[0].end < each.start else "?"
    if (len(gap) > 45 or _NEXT_ARM.match(gap) is None) and not _other_arm(line, each, gap):
        return None
    told = before[1]
    return fact(
        subject,
        line,
        (before[0].low, max(each.end, each.high)),
        told.field,
        each.value,
        outcome=told.outcome,
        arm=_arm(line.low, each, arms),
        serious=told.serious,
        negated=each.value.k == "0",
        arithmetic=each.arithmetic,
    )


_AND = linear(r"\b(?:and|versus|vs\.?|v|compared (?:with|to)|but|while|whereas)(?: only| in| by)? ?$")
_ARM_ALONE = linear(
    r"^ ?%?\)?(?: ?[(\[][^)\]]*[)\]])?(?:,? (?:with|in|for|of|on|among|receiving|treated with)"
    r"(?: (?:the|those|patients|group))*(?: [a-z0-9+/.-]+){1,4})? ?(?:[(\[][^)\]]*[)\]])?[.,; ]*(?:respectively)?[. ]*$"
)


def _other_arm(line: Line, each: Counted, gap: str) -> bool:
    """Tell whether a number is only the other arm's: "63 % with radiotherapy and 80 % with both"."""
    if len(gap) > 70 or _AND.search(gap) is None:
        return False
    told = line.low[each.end : each.high]
    return _ARM_ALONE.match(told) is not None and _NAMED.search(told) is None and EVENT.search(told) is None


def _arm(low: str, each: Counted, arms: dict[str, str]) -> str:
    """Return the arm of a count: the one of its size, else the one named nearest behind it, else before it."""
    sized = [name for name, n in arms.items() if n and n == each.value.n]
    if len(sized) == 1:
        return sized[0]
    behind = [(at, name) for name in arms if 0 <= (at := low.find(name, each.end, each.high)) < each.end + 60]
    if behind:
        return min(behind)[1]
    before = [(at, name) for name in arms if (at := low.rfind(name, each.low, each.start)) >= 0]
    return max(before)[1] if before else ""


def _outcome(line: Line, each: Counted) -> str:
    """Return what was counted: the outcome named nearest to the number, else the clause without its count."""
    rate = _RATED.search(line.low[each.low : each.start]) if each.value.percent else None
    if rate is not None:
        return _shorn(_bare(line.words[each.low + rate.start(1) : each.low + rate.end(1)]))
    after = _stripped(line.words[each.end : each.high])
    named = _NAMED.search(after.lower())
    if each.value.k and len(after) > 3 and not each.value.percent:
        return _shorn(after[named.start() : named.end()] if named is not None and named.start() < 16 else _first(after))
    found = list(_NAMED.finditer(line.low[each.low : each.start]))
    if found and (named is None or not each.value.k or named.start() > 15):
        return _shorn(line.words[each.low + found[-1].start() : each.low + found[-1].end()])
    if named is not None:
        return _shorn(after[named.start() : named.end()] if named.start() < 16 or not each.value.k else _first(after))
    return _shorn(after if len(after) > 3 else _stripped(line.words[each.low : each.start]))


_DENIES = linear(
    r"(?i)\b((?:did|does|do|had|has|have|was|were|could|are|is)(?: not|n't| no)|without(?: any| an?)?|no|not|never"
    r"|fail(?:ed|s|ing)? to|failure (?:to|of)|(?:lack|absence|loss) of(?: an?)?)(?: [a-z]+ly)? $"
)
_DENIED_AFTER = linear(r"^ (?:(?:did|do|does|was|were|has|have|had|could) not|never)\b")


def _denied(line: Line, each: Counted, outcome: str) -> str:
    """Return an outcome with the word that denies it: four who "did not respond" are no responders."""
    place = line.low.find(outcome.lower(), each.low, each.high) if outcome else -1
    match = _DENIES.search(line.low[max(0, place - 40) : place]) if place >= 0 else None
    if match is None and place >= 0 and _DENIED_AFTER.match(line.low[place + len(outcome) :]):
        return f"no {outcome}"
    return f"{match.group(1)} {outcome}" if match is not None else outcome


_TRAILING = linear(
    r"(?i)(?:[ ,]+(?:was|were|is|are|of|in|with|and|to|the|a|an|at|by|for|reaching|reached|being|from"
    r"|after|during|or|on|only"
    r"|respectively))+$"
)
_FIRST = linear(r", | and | \(|; | after | during | within | by the ")


def _shorn(words: str) -> str:
    """Return words without the verb or preposition that led on to a number."""
    tail = _TRAILING.search(words)
    return phrase(words[: tail.start()] if tail is not None else words)[:100]


def _first(words: str) -> str:
    """Return the first thing that is said."""
    cut = _FIRST.search(words)
    return words[: cut.start()] if cut is not None and cut.start() > 3 else words


_LISTING = linear(r", and |, | and ")


def _respective(line: Line, each: Counted) -> str:
    """Return the outcome that a count has of a list: "A and B were seen in 83 % and 79 %, respectively"."""
    low, high = each.whole
    if "respectively" not in line.low[each.end : each.end + 90]:
        return ""
    shares = [quantity.span for quantity in figures(line) if quantity.unit == "%" and low <= quantity.span.start < high]
    place = next((at for at, span in enumerate(shares) if span.start <= each.start < span.end), -1)
    if place < 0 or len(shares) < 2:
        return ""
    listed = line.words[low : shares[0].start]
    verb = _SAID.search(listed.lower())
    listed = listed[: verb.start()] if verb is not None else listed
    cuts = list(_LISTING.finditer(listed))[-(len(shares) - 1) :]
    if len(cuts) != len(shares) - 1:
        return phrase(listed)
    edges = [0, *(edge for cut in cuts for edge in (cut.start(), cut.end())), len(listed)]
    return phrase(listed[edges[2 * place] : edges[2 * place + 1]])


_SAID = linear(r" (?:were|was|occurred|had been|are|is|reached|improved|increased|decreased|developed|at \d|in \d)\b")


def _stripped(words: str) -> str:
    interval = _INTERVAL.match(words)
    words = (words[interval.end() :] if interval is not None else words).lstrip(" %)],")
    lead = _LEAD.match(words.lower())
    bare = words[lead.end() :] if lead is not None else words
    return phrase(bare.lstrip(" %)],"))[:100]


def _event(line: Line, each: Counted) -> str:
    """Return the harm that was counted: the event named nearest to the number; all of them where nobody had any."""
    if each.value.k == "0" and EVENT.search(line.low[each.end : each.high]):
        return _stripped(line.words[each.end : each.high])
    mentioned = [
        mention.span
        for mention in line.of(ConceptKind.CONDITION)
        if each.low <= mention.span.start and mention.span.end <= each.high
    ]
    named = [Span(each.low + m.start(), each.low + m.end()) for m in EVENT.finditer(line.low[each.low : each.high])]
    spans = named or mentioned
    if not spans:
        return _outcome(line, each)
    before = [span for span in spans if span.end <= each.start]
    behind = [span for span in spans if span.start >= each.end]
    paren = _LEADS_ON.search(line.low[max(0, each.start - 24) : each.start]) is not None
    span = (before[-1] if before and (paren or not behind) else behind[0]) if behind or before else spans[0]
    wide = next((mention for mention in mentioned if mention.meets(span)), span)
    low = min(wide.start, span.start)
    for word in ("severe ", "serious ", "grade 3 ", "grade 4 ", "mild ", "moderate ", "fatal "):
        if line.low.endswith(word, 0, low):
            low -= len(word)
    return phrase(line.words[low : max(wide.end, span.end)])


def _changed(line: Line, each: Counted) -> str:
    near = line.low[each.low : each.high]
    found = _OF.search(near)
    if found is not None:
        return phrase(found.group(4))
    found = _WAS.search(near)
    return phrase(found.group(1)) if found is not None else _stripped(line.words[each.low : each.high])


def _effect(subject: Subject, line: Line, printed: Printed) -> Fact:
    start, end = printed.span.start, printed.span.end
    first, _ = clause(line.low, start, end)
    before = line.low[first:start].rstrip(" ([,:")
    lead = _OUTCOME_LEAD.search(before)
    if lead is not None:
        outcome, start = phrase(line.words[first + lead.start(1) : first + lead.end(1)]), first + lead.start()
    else:
        tail = _TAIL.search(before)
        words = line.words[first + tail.start(1) : first + tail.end(1)] if tail is not None else ""
        cut = _CUT.match(words.lower())
        outcome = phrase(words[cut.end() :] if cut is not None and len(words) - cut.end() > 3 else words)
        start = first + tail.start(1) if tail is not None else start
    closed = _PARENTHESIS.match(line.low[end:])
    end += closed.end() if closed is not None else 0
    value = Effect(
        "MD" if printed.measure == "difference" else printed.measure,
        plain(printed.estimate),
        plain(printed.low),
        plain(printed.high),
        plain(printed.level),
        f"{printed.p_sign}{plain(printed.p)}" if printed.p else "",
        outcome,
    )
    return fact(subject, line, (start, end), Field.EFFECT, value, outcome=outcome)


def _changes(subject: Subject, line: Line) -> Iterator[Fact]:
    taken: list[Span] = []
    for match in _OF.finditer(line.low):
        outcome = _bare(line.words[match.start(4) : match.end(4)])
        way = _WAY.get(match.group(3), "")
        none = bool(match.group(1)) or negated(line.words, Span(match.start(3), match.end(3)))
        if (
            bracketed(line.low, match.start())
            or not way
            or _NO_OUTCOME.search(outcome.lower())
            or (way == "no change" and not none)
        ):
            continue
        taken.append(Span(match.start(), match.end()))
        value = Change(outcome, "no change" if none else way)
        start = line.low.rfind(" a ", max(0, match.start() - 3), match.start() + 3)
        at = (start if start >= 0 else match.start(), _end(line.low, match.end(4)))
        yield fact(subject, line, at, Field.OUTCOME, value, outcome=outcome, negated=none)
    for match in _WAS.finditer(line.low):
        span = Span(match.start(1), match.end())
        outcome = _bare(line.words[match.start(1) : match.end(1)])
        if any(span.meets(other) for other in taken) or _NO_OUTCOME.search(outcome.lower()):
            continue
        place = 3 if match.group(3) else 5
        doubt = match.group(place - 1)
        none = "not " in doubt or "no " in doubt or negated(line.words, Span(match.start(place), match.end(place)))
        way = _WAY[match.group(place)]
        yield fact(
            subject,
            line,
            (match.start(1), _end(line.low, match.end())),
            Field.OUTCOME,
            Change(outcome, "no change" if none else way),
            outcome=outcome,
            negated=none,
        )


_ARTICLES = linear(r"(?i)^(?:(?:and|but|the|that|while|whereas|also|both|mean|median|their|of) )+")


def _bare(words: str) -> str:
    lead = _ARTICLES.match(words.lstrip())
    return phrase(words.lstrip()[lead.end() :] if lead is not None else words)


def _end(low: str, end: int) -> int:
    """Return where the clause behind `end` ends."""
    stops = [at for mark in (", ", "; ", ". ") if (at := low.find(mark, end)) >= 0]
    return min([*stops, len(low.rstrip(" ."))])
