"""One outcome that several studies count in words of their own: people who got better, as each study defines it.

Small series of rare diseases rarely word their main outcome alike ("responded", "improved", "became smaller"). Each
such count is of the same question, how many got better; what better meant is the study's own. They may stand in one
table, and be pooled under a name that says so, with the wordings beside the figure. Counts of one symptom, complete
responses and survival are not among them.
"""

from __future__ import annotations

from collections.abc import Iterable

from curbside.appraise.outcome_names import key_of
from curbside.language.linear import linear
from curbside.records import CountLine, Tally

BETTER = "response or improvement, as each study defines it"

_BETTER = linear(
    r"(?i)^response$"
    r"|^(?:(?:overall|objective|clinical|good|some|any|marked|significant|at least|visible|disease"
    r"|clinically|markedly|significantly) )*(?:respond(?:ed|ers?)|response rate|improve(?:d|ment)|benefit(?:ed)?)$"
    r"|^[a-z -]{0,40}(?:malformations?|lesions?|tumou?rs?|h(?:a)?emangiomas?|anomal(?:y|ies)|disease) (?:had "
    r"|were |was )?(?:visibly |clearly |markedly )?(?:respond\w*|improve[ds]?|became smaller|shrank|shrunk|regress\w*"
    r"|changed visibly|reduced in (?:size|volume)|decreased in (?:size|volume))"
)
_SYMPTOM = linear(r"(?i)\b(?:pain|bleeding|seizures?|quality of life|symptoms? improved|itch\w*|cough|function)\b")


def is_better(name: str) -> bool:
    """Tell whether an outcome is that people got better in general, not one symptom of theirs."""
    return _BETTER.search(name) is not None and _SYMPTOM.search(name) is None


def together(tallies: Iterable[Tally]) -> Tally | None:
    """Return the counts of those who got better, each study once by its largest group, in one tally.

    Counts of one time point only, that of most studies: better at three months is not better at twelve. None where
    fewer than two studies count any, or where one tally holds all of them already.
    """
    best: dict[str, dict[str, tuple[CountLine, Tally]]] = {}
    for tally in tallies:
        found = best.setdefault(tally.time, {})
        for line in tally.counted if is_better(tally.outcome) else ():
            if line.study not in found or line.n > found[line.study][0].n:
                found[line.study] = (line, tally)
    if not best:
        return None
    time, most = max(best.items(), key=lambda each: len(each[1]))
    if len(most) < 2 or len({key_of(tally.outcome) for _, tally in most.values()}) < 2:
        return None
    lines = sorted((line for line, _ in most.values()), key=lambda line: (-line.n, line.label))
    return Tally(BETTER, time, tuple(lines))


def wordings(tally: Tally, tallies: Iterable[Tally]) -> str:
    """Return how the studies of such a tally word what they count, and when."""
    studies = {line.fact.quote.span.start: line for line in tally.lines}
    told = [
        f"{line.label}: “{each.outcome}”{f' at {each.time}' if each.time else ''}"
        for each in tallies
        for line in each.lines
        if studies.get(line.fact.quote.span.start) is line
    ]
    return "; ".join(dict.fromkeys(told))
