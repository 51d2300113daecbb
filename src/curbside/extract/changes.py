"""Effects with their intervals, and which way things went."""

from __future__ import annotations

from collections.abc import Iterator

from curbside.extract.counted_names import stripped, without_articles
from curbside.extract.counting import Counted
from curbside.extract.stating import bracketed, clause, fact, phrase
from curbside.extract.subjects import Line, Subject
from curbside.language.counted import plain
from curbside.language.cues import negated
from curbside.language.effects import Effect as Printed
from curbside.language.linear import linear
from curbside.records import Change, Effect, Fact, Field, Span

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
_PARENTHESIS = linear(r"^[^()]{0,12}[)\]]")


def what_changed(line: Line, each: Counted) -> str:
    """Return what a share of change is a share of."""
    near = line.low[each.low : each.high]
    found = _OF.search(near)
    if found is not None:
        return phrase(found.group(4))
    found = _WAS.search(near)
    return phrase(found.group(1)) if found is not None else stripped(line.words[each.low : each.high])


def effect_of(subject: Subject, line: Line, printed: Printed) -> Fact:
    """Return a printed effect with the outcome it is an effect on."""
    start, end = printed.span.start, printed.span.end
    first, _ = clause(line.low, start, end)
    before = line.low[first:start].rstrip(" ([,:")
    lead = _OUTCOME_LEAD.search(before)
    named = _FOR_WHAT.match(line.low[start:end])
    if named is not None and not _NO_OUTCOME.search(named.group(1)):
        outcome = phrase(line.words[start + named.start(1) : start + named.end(1)])
    elif lead is not None:
        outcome, start = phrase(line.words[first + lead.start(1) : first + lead.end(1)]), first + lead.start()
    else:
        tail = _TAIL.search(before)
        words = line.words[first + tail.start(1) : first + tail.end(1)] if tail is not None else ""
        cut = _CUT.match(words.lower())
        outcome = phrase(words[cut.end() :] if cut is not None and len(words) - cut.end() > 3 else words)
        start = first + tail.start(1) if tail is not None else start
        was = _WAS_LESS.search(before)
        if was is not None:
            outcome = phrase(line.words[first + was.start(1) : first + was.end(1)])
            start = first + was.start(1)
        elif _ONLY_SIGNIFICANT.search(outcome.lower()):
            outcome = _said_before(line, first)
    closed = _PARENTHESIS.match(line.low[end:])
    end += closed.end() if closed is not None else 0
    measure = printed.measure
    if measure == "difference":
        share = line.low[start:end].find(f"{printed.estimate.lower()}%") >= 0 and _SHARES.search(line.low)
        measure = "RD" if share else "MD"
    value = Effect(
        measure,
        plain(printed.estimate),
        plain(printed.low),
        plain(printed.high),
        plain(printed.level),
        f"{printed.p_sign}{plain(printed.p)}" if printed.p else "",
        outcome,
    )
    return fact(subject, line, (start, end), Field.EFFECT, value, outcome=outcome)


_FOR_WHAT = linear(
    r"^(?:[a-z]+ ){0,2}(?:ratios?|risks?|reductions?|differences?) (?:\([a-z]+\) )?(?:for|of) (?:the |an? )?"
    r"([a-z][a-z0-9 /-]{2,60}?)(?: in \d{4}| in the [a-z ]{3,30})? ?(?:was|were|is|=|:|,|\()"
)
_WAS_LESS = linear(
    r"(?:^|[,;] |\b(?:and|but|that|while|whereas) )(?:the )?([a-z][a-z /-]{3,60}?) (?:was"
    r"|were) (?:significantly |markedly "
    r"|also |not )*(?:less|more|lower|higher|reduced|increased|decreased|better|worse|longer|shorter)"
    r"(?: (?:common|frequent|likely|often))?(?: (?:in|with|among|for|after|on) [^,;()]{2,60})?$"
)
"""An outcome that is told as the subject of a comparison: "progression was less frequent with A"."""
_ONLY_SIGNIFICANT = linear(
    r"^(?:not |statistically |no longer |highly )*(?:significant(?:ly)?|different|differences?)$"
)
_SHARES = linear(
    r"\d ?[(\[]\d+(?:\.\d+)? ?%|\bof \d+ [a-z]+ |%\)? of (?:the )?(?:patients|participants|women|children)"
)
"""What shows that a difference in percent is one of shares of people."""


def _said_before(line: Line, first: int) -> str:
    """Return what the clause before says, where a clause only calls it significant."""
    words = line.words[:first].rstrip(" ,;(")
    return phrase(words[max(0, len(words) - 100) :] if len(words) > 100 else words)


def changes_of(subject: Subject, line: Line) -> Iterator[Fact]:
    """Yield what a sentence says rose, fell or stayed, each once."""
    taken: list[Span] = []
    for match in _OF.finditer(line.low):
        outcome = without_articles(line.words[match.start(4) : match.end(4)])
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
        outcome = without_articles(line.words[match.start(1) : match.end(1)])
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


def _end(low: str, end: int) -> int:
    """Return where the clause behind `end` ends."""
    stops = [at for mark in (", ", "; ", ". ") if (at := low.find(mark, end)) >= 0]
    return min([*stops, len(low.rstrip(" ."))])
