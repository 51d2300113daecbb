"""How large the two arms of a comparison are: heads of tables first, then sentences that say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from curbside.extract.evidence import Evidence
from curbside.extract.naming import OWN, THIRD, Marks, Mention, mentions
from curbside.extract.statements import statements
from curbside.extract.terms import terms
from curbside.language.design import participants
from curbside.language.linear import linear
from curbside.language.numbers import numbers
from curbside.language.summaries import levelled
from curbside.records import Comparison, Measure, Quote, Span, Value

_N = linear(r"(?i)\bn ?= ?([0-9][0-9,]*)")
_COUNTED = linear(
    r"(?i)\b([0-9][0-9,]*) (?:of them |[a-z-]{2,14} ){0,3}?(?:patients?|participants?|subjects?|women|men|"
    r"children|infants?|cases?|individuals?|people|persons?|adults?|students?|eyes?|teeth|volunteers|dogs|"
    r"rats|controls?)\b"
)
_ALLOCATED = linear(
    r"(?i)\b(?:randomi[sz]|assign|allocat|divided|enrol|receiv|includ|complet|analy[sz]|recruit|participat|"
    r"consist|compris|treated|group)"
)
_ANALYSED = linear(r"(?i)\b(?:assess|analy[sz]|evaluat|measur|available|complet|examin|underwent|includ)")
_TELLING = 0.3  # weight above which a word of the outcome says something
_ON_IT = 0.6
_NUMBER = linear(r"\b([0-9][0-9,]*)\b")
_NOT = linear(
    r"(?i)^(?:\.[0-9]| ?(?:%|mg|ml|kg|g\b|[μµu]g|mcg|iu\b|mm|cm|gy\b|°|×|"
    r"weeks?|months?|days?|years?|h\b|hours?|min|to [0-9]|-[0-9]|±))"
)


def table_sizes(names: Sequence[tuple[str, str]], evidence: Evidence) -> tuple[Value | None, Value | None]:
    """Return the sizes that tables give the arms under the names that they use, the commonest first."""
    found: list[tuple[Value | None, Value | None]] = []
    for one, two in names:
        found.append((_common(evidence, [one.lower()]), _common(evidence, [two.lower()])))
    # Further tables may be of part of the people; the whole of an arm is the largest.
    whole = [(one, two) for one, two in found if one is not None and two is not None]
    if whole:
        return max(whole, key=lambda pair: pair[0].number + pair[1].number)
    ones, twos = [one for one, _ in found if one], [two for _, two in found if two]
    return (ones[0] if ones else None), (twos[0] if twos else None)


def _common(evidence: Evidence, names: Sequence[str]) -> Value | None:
    for name in dict.fromkeys(names):
        found = [
            total
            for finding in evidence.findings
            if finding.reported and (total := finding.value(Measure.TOTAL)) is not None
            if any(label.text.lower() == name for label in finding.labels)
        ]
        if found:
            common = Counter(value.number for value in found).most_common(1)[0][0]
            return next(value for value in found if value.number == common)
    return None


def everyone(evidence: Evidence) -> Value | None:
    """Return how many people the abstract or the results say that the study had, for one arm before and after."""
    text = evidence.document.text
    found: list[Value] = []
    for sentence in evidence.sentences:
        if sentence.reported:
            words = sentence.span.of(text)
            counted = participants(words)
            if counted is not None:
                found.append(_value(words, counted[1].start, counted[1].end, evidence.document.id, sentence.span))
    return max(found, key=lambda value: value.number, default=None)


def told_sizes(known: Marks, evidence: Evidence, swapped: bool) -> tuple[Value | None, Value | None]:
    """Return the sizes of the arms as the abstract or the results state them in words."""
    text = evidence.document.text
    mine: list[Value] = []
    theirs: list[Value] = []
    for sentence in evidence.sentences:
        if not sentence.reported or len(sentence.span) > 1_200:
            continue
        words = sentence.span.of(text)
        told = mentions(words, known, swapped)
        if not told:
            continue
        for value, whose in _stated(words, told, evidence.document.id, sentence.span):
            if whose != THIRD:
                (mine if whose == OWN else theirs).append(value)
    if not mine or not theirs:
        both = _each(evidence) or (_denominators(known, evidence, swapped) if not mine and not theirs else None)
        if both is not None:
            return both
        return None, None
    return (mine[0] if mine else None), (theirs[0] if theirs else None)


def topic_sizes(asked: Comparison, known: Marks, evidence: Evidence, swapped: bool) -> tuple[Value, Value] | None:
    """Return the sizes that a sentence on the outcome gives both arms: "assessed for transit (placebo, n = 28; …)"."""
    lexicon = evidence.lexicon
    asked_terms = [term for term in terms(asked.outcome) if lexicon.weight(term) > _TELLING]
    for sentence in evidence.sentences:
        if not sentence.reported or len(sentence.span) > 1_200:
            continue
        words = sentence.span.of(evidence.document.text)
        if _N.search(levelled(words)) is None or not asked_terms or not _ANALYSED.search(words):
            continue
        if lexicon.covered(asked_terms, lexicon.widened(words)) < _ON_IT:
            continue
        told = list(_stated(words, mentions(words, known, swapped), evidence.document.id, sentence.span))
        mine = [value for value, whose in told if whose == OWN]
        theirs = [value for value, whose in told if whose not in (OWN, THIRD)]
        if mine and theirs:
            return mine[0], theirs[0]
    return None


_EACH = linear(
    r"(?i)\b(?:(?P<a>[0-9]{1,5}) (?:[a-z]{1,14} )?(?:patients|subjects|participants|women|men|children|"
    r"infants|individuals|people|students|eyes|teeth|samples|specimens|animals|dogs|rats|"
    r"mice) (?:were )?(?:[a-z]{1,12} )?(?:in|per|to|for) each(?: of the|"
    r" of these)?(?: [a-z]{1,12}){0,2} (?:groups?|arms?)"
    r"|(?:each|two|three|four|2|3|4) (?:[a-z]{1,12} )?(?:groups?|arms?) ?\(? ?(?:of )?n ?= ?(?P<b>[0-9]{1,5})\b)"
)


def _each(evidence: Evidence) -> tuple[Value, Value] | None:
    """Return the size that a sentence gives every arm: "10 dogs in each group"."""
    for sentence in evidence.sentences:
        words = sentence.span.of(evidence.document.text)
        match = _EACH.search(levelled(words)) if sentence.reported and len(words) < 1_200 else None
        if match is not None:
            group = 1 if match.start(1) >= 0 else 2
            value = _value(words, match.start(group), match.end(group), evidence.document.id, sentence.span)
            return value, value
    return None


def _denominators(known: Marks, evidence: Evidence, swapped: bool) -> tuple[Value, Value] | None:
    """Return what most results of both arms are counted out of: "13 of 69 … and 19 of 68 …"."""
    found: list[tuple[Value, Value]] = []
    text = evidence.document.text
    for sentence in evidence.sentences:
        if sentence.reported:
            for said in statements(evidence.document.id, text, sentence.span, known, True, swapped, True):
                one, two = said.first.value(Measure.TOTAL), said.second.value(Measure.TOTAL)
                if one is not None and two is not None:
                    found.append((one, two))
    if not found:
        return None
    common = Counter((one.number, two.number) for one, two in found).most_common(1)[0][0]
    return next(pair for pair in found if (pair[0].number, pair[1].number) == common)


def _stated(words: str, told: Sequence[Mention], document: str, span: Span) -> Iterator[tuple[Value, int]]:
    flat = levelled(words)
    places = [(m.start(), m.end(), m.start(1), m.end(1), True) for m in _N.finditer(flat)]
    marked = [(m.start, m.end, m.whose) for m in told]
    for start, end, low, high, _ in places:
        near = [m for m in marked if 0 <= start - m[1] <= 30] or [m for m in marked if 0 <= m[0] - end <= 12]
        if near:
            best = near[-1]
            yield _value(words, low, high, document, span), best[2]
    if places or not _ALLOCATED.search(words):
        return
    counts = [
        (m.start(1), m.end(1))
        for m in _NUMBER.finditer(flat)
        if not _NOT.match(flat[m.end(1) : m.end(1) + 12])
        and flat[max(0, m.start(1) - 1) : m.start(1)] not in (".", "-", "=", "<", ">", "±")
    ]
    if len(counts) not in (2, 3) or len({m[2] for m in marked}) < 2:
        return
    if len(counts) == 3:
        values = [float(flat[a:b].replace(",", "")) for a, b in counts]
        if values[0] != values[1] + values[2]:
            return
        counts = counts[1:]
    if any(float(flat[a:b].replace(",", "")) < 5 for a, b in counts):
        return
    for low, high in counts:
        after = [m for m in marked if 0 <= m[0] - high <= 70]
        before = [m for m in marked if 0 <= low - m[1] <= 25]
        if before and (not after or before[-1][1] > low - 8):
            yield _value(words, low, high, document, span), before[-1][2]
        elif after:
            yield _value(words, low, high, document, span), after[0][2]


def _value(words: str, low: int, high: int, document: str, span: Span) -> Value:
    printed = words[low:high].rstrip(",")
    worth = numbers(printed)
    quote = Quote(document, Span(span.start + low, span.start + low + len(printed)), printed)
    return Value(Measure.TOTAL, printed, worth[0].value if worth else 0.0, (quote,))
