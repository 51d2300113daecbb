"""What a count counts: the outcome or the harm named nearest to it, without the words that lead on to a number."""

from __future__ import annotations

from curbside.extract.counting import Counted
from curbside.extract.harm_words import EVENT
from curbside.extract.stating import figures, phrase
from curbside.extract.subjects import Line
from curbside.language.counted import NUMBER, PEOPLE
from curbside.language.linear import linear
from curbside.records import ConceptKind, Span

NAMED = linear(
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
_RATED = linear(
    r"(?:^|[,;] |\b(?:and|the|an?|with|while|whereas|in) )((?:[a-z0-9-]+ ){0,4}?(?:rates?|incidence"
    r"|proportion|percentage|frequency"
    r"|prevalence)(?: (?:of|in|for) (?:[a-z0-9-]+ ){0,4}?[a-z0-9-]+)?)[^a-z]+(?:(?:was|were|of|is"
    r"|reaching|reached|at|about|significantly"
    r"|lower|higher|only|in|the|group|[a-z-]+ (?:group|arm)|\(p [^)]*\))[^a-z]+)*$"
)
_LEADS_ON = linear(r"[(\[] ?(?:n ?= ?)?$|\b(?:in|by|among|for|of|was|were|at)(?: only| about| another| the other)? $")
"""What stands between an event and its number, where the event comes first: "diarrhoea was reported by 9"."""
_INTERVAL = linear(r"^[ %)\],;]*[\[(]?(?:9[0-9] ?% ?ci[ ,:]*)?[0-9.–-]+ ?%?[\])]+")


def outcome_name(line: Line, each: Counted) -> str:
    """Return what was counted: the outcome named nearest to the number, else the clause without its count."""
    rate = _RATED.search(line.low[each.low : each.start]) if each.value.percent else None
    if rate is not None:
        return shorn(without_articles(line.words[each.low + rate.start(1) : each.low + rate.end(1)]))
    after = stripped(line.words[each.end : each.high])
    named = NAMED.search(after.lower())
    if each.value.k and len(after) > 3 and not each.value.percent:
        return shorn(after[named.start() : named.end()] if named is not None and named.start() < 16 else _first(after))
    found = list(NAMED.finditer(line.low[each.low : each.start]))
    if found and (named is None or not each.value.k or named.start() > 15):
        return shorn(line.words[each.low + found[-1].start() : each.low + found[-1].end()])
    if named is not None:
        return shorn(after[named.start() : named.end()] if named.start() < 16 or not each.value.k else _first(after))
    return shorn(after if len(after) > 3 else stripped(line.words[each.low : each.start]))


_DENIES = linear(
    r"(?i)\b((?:did|does|do|had|has|have|was|were|could|are|is)(?: not|n't| no)|without(?: any| an?)?|no|not|never"
    r"|fail(?:ed|s|ing)? to|failure (?:to|of)|(?:lack|absence|loss) of(?: an?)?)(?: [a-z]+ly)? $"
)
_DENIED_AFTER = linear(r"^ (?:(?:did|do|does|was|were|has|have|had|could) not|never)\b")


def denied(line: Line, each: Counted, outcome: str) -> str:
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


def shorn(words: str) -> str:
    """Return words without the verb or preposition that led on to a number."""
    tail = _TRAILING.search(words)
    return phrase(words[: tail.start()] if tail is not None else words)[:100]


def _first(words: str) -> str:
    """Return the first thing that is said."""
    cut = _FIRST.search(words)
    return words[: cut.start()] if cut is not None and cut.start() > 3 else words


_LISTING = linear(r", and |, | and ")


def respective_name(line: Line, each: Counted) -> str:
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


def stripped(words: str) -> str:
    """Return words without the interval, the count and the verb that lead them."""
    interval = _INTERVAL.match(words)
    words = (words[interval.end() :] if interval is not None else words).lstrip(" %)],")
    lead = _LEAD.match(words.lower())
    bare = words[lead.end() :] if lead is not None else words
    return phrase(bare.lstrip(" %)],"))[:100]


def event_name(line: Line, each: Counted) -> str:
    """Return the harm that was counted: the event named nearest to the number; all of them where nobody had any."""
    if each.value.k == "0" and EVENT.search(line.low[each.end : each.high]):
        return stripped(line.words[each.end : each.high])
    mentioned = [
        mention.span
        for mention in line.of(ConceptKind.CONDITION)
        if each.low <= mention.span.start and mention.span.end <= each.high
    ]
    named = [Span(each.low + m.start(), each.low + m.end()) for m in EVENT.finditer(line.low[each.low : each.high])]
    spans = named or mentioned
    if not spans:
        return outcome_name(line, each)
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


_ARTICLES = linear(r"(?i)^(?:(?:and|but|the|that|while|whereas|also|both|mean|median|their|of) )+")


def without_articles(words: str) -> str:
    """Return words without the articles and conjunctions that lead them."""
    lead = _ARTICLES.match(words.lstrip())
    return phrase(words.lstrip()[lead.end() :] if lead is not None else words)
