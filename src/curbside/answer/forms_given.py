"""What was given, as a summary tells it: the drug studied, its doses, route, duration, and its comparator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curbside.answer.forms import Source, figures_of, filled, in_figures, value_words, whole_words
from curbside.answer.plain_words import KINDS
from curbside.language.linear import linear
from curbside.records import AnswerSentence, EvidenceKind, Fact, Field, Quantity, Terms

_SEVERAL = 4
_MADE_UP_OF = linear(r"(?i)\b(?:placebo|either|or|and|versus|vs)\b")
_DOSED_IN = frozenset(
    "mg g mcg µg μg ug kg ml mL L l IU U unit units tablet capsule drop puff MBq Gy mCi meq mEq %".split()  # noqa: SIM905
)
_GIVES = linear(
    r"(?i)\b(?:dos(?:e|es|ed|ing|age)|daily|once|twice|times|every|giv(?:e|en|ing)|gave|receiv\w+|treat(?:ed|ment|ing)|therapy"
    r"|administ\w+|took|taking|prescrib\w+|start\w*|initiat\w+|assigned|randomi[sz]ed|regimens?|per day|mg/\S+|infusion"
    r"|injections?|tablets?|ointment|cream|gel|orally|intravenous\w*|using|use of|converted to|conversion to|with)\b"
)
"""What is said around a drug, or a dose of it, that is given."""
_TREATED_WITH = linear(
    r"(?i)\b(?:treated with|receiv\w+|given|gave|administ\w+ of|took|prescrib\w+|therapy with|treatment with"
    r"|assigned to)\W+(?:[\w.,/%()-]+\s+){0,4}$"
)
_MEASURES = linear(
    r"(?i)\b(?:rose|fell|increas\w+|decreas\w+|reduc\w+|declin\w+|chang\w+|excretion|levels?|concentrations?|loss|proteinuria"
    r"|albumin\w*|creatinine|troughs?|serum|plasma|mean difference)\b"
)
"""What is said around an amount that was measured, not given."""
_OF_ANOTHER = linear(
    r"(?i)^[- ](?:lowering|induced|associated|related|resistan|refractory|deficien|treated|naive|intoleran|dependen"
    r"|sensitiv|free|levels?|concentrations?|receptor|metabolism|binding)"
)
"""What stands behind a drug's name where it is not the drug that is given: "homocysteine-lowering"."""
_COMPARATORS = linear(
    r"(?i)\b(?:placebo|vehicle|sham|standard|usual|conventional|routine|observation|no treatment|untreated|waiting"
    r"|surgery|care|therap\w+|treatment|exercise|diet|dose|saline|control)\b"
)
_AROUND = 50
_UNSAID = frozenset({"control", "controls", "baseline", "before", "control group"})
_TREATING = frozenset(KINDS) - {
    EvidenceKind.GUIDELINE,
    EvidenceKind.SUMMARY,
    EvidenceKind.REVIEW,
    EvidenceKind.SYSTEMATIC_REVIEW,
    EvidenceKind.META_ANALYSIS,
    EvidenceKind.LABORATORY,
    EvidenceKind.REGISTRATION,
} | {EvidenceKind.STUDY}
"""Kinds of studies in which something was given to somebody."""


_GIVEN = (
    (Field.DOSE, "Dose"),
    (Field.ROUTE, "Way it was given"),
    (Field.DURATION, "For how long"),
)


def given(source: Source) -> Iterator[AnswerSentence | None]:
    """Say which drug was studied, and its dose, route, duration and comparator where each is said of it."""
    if source.holding.profile.evidence not in _TREATING:
        return
    first, name, main = _drug_studied(source)
    if first is not None:
        yield filled(source, f"The drug studied: {name}.", [first.quote])
        for field, label in _GIVEN:
            own = [fact for fact in source.of(field) if _drugs(fact) == [main] and _is_given(source, fact)]
            yield _of_drug(source, f"{label} ({name})", first, own)
    beside = [fact for fact in source.of(Field.COMPARATOR) if _is_other(fact, main)]
    yield from (_own_comparator(source, fact) for fact in beside[:1])


def _drug_studied(source: Source) -> tuple[Fact | None, str, str]:
    """Return where the drug that the study is about is named, by what name, and its id: the first of the title."""
    vocabulary, profile = source.vocabulary, source.holding.profile
    title = source.document.title
    titled = [
        each.concept
        for each in vocabulary.mentions(title)
        if each.concept.startswith("d:") and _OF_ANOTHER.search(title[each.span.end :]) is None
    ]
    drugs = titled or [each for each in profile.drugs[:1] if _is_treated_with(source, each)]
    for main in drugs[:1]:
        for fact in sorted(source.of(Field.DRUG), key=lambda fact: (len(fact.quote.words), fact.quote.span)):
            for mention in vocabulary.mentions(fact.quote.words):
                if mention.concept == main:
                    return fact, mention.span.of(fact.quote.words), main
    return None, "", ""


def _is_treated_with(source: Source, drug: str) -> bool:
    """Tell whether people were given a drug that the title does not name, and it was not only measured in them."""
    text = source.document.text
    spans = [fact.quote.span for fact in source.of(Field.DRUG) if drug in fact.about]
    return any(_TREATED_WITH.search(text[max(span.start - _AROUND, 0) : span.start]) for span in spans)


def _is_given(source: Source, fact: Fact) -> bool:
    """Tell whether a value is given to people: in a unit of doses, among words of giving and none of measuring."""
    if fact.field is not Field.DOSE:
        return True
    value, span = fact.value, fact.quote.span
    if isinstance(value, Quantity) and (value.unit not in _DOSED_IN or value.amount.startswith(("-", "−"))):
        return False
    before = source.document.text[max(span.start - _AROUND, 0) : span.end]
    around = source.document.text[max(span.start - _AROUND, 0) : span.end + _AROUND]
    return _MEASURES.search(before) is None and _GIVES.search(around) is not None


def _of_drug(source: Source, label: str, named: Fact, facts: Sequence[Fact]) -> AnswerSentence | None:
    """Say every dose (route, duration) that is stated of a drug: a trial may compare several."""
    said = {words: fact for fact in reversed(facts) if (words := value_words(fact))}
    several = sorted(said.items(), key=lambda pair: pair[1].quote.span)[:_SEVERAL]
    if several:
        quotes = [named.quote, *(fact.quote for _, fact in several)]
        derived = [each for words, fact in several for each in in_figures(fact.quote, *figures_of(words))]
        words = "; ".join(words for words, _ in several)
        made = filled(source, f"{label}: {words}.", quotes, tuple(dict.fromkeys(derived)))
        if made is not None:
            return made
    for _, fact in several:
        words = whole_words(source, fact.quote)
        if fact.field is Field.DOSE and _MADE_UP_OF.search(words) is None and len(said) == 1:
            return filled(source, f"{label}: {words}.", [named.quote, fact.quote])
    return None


def _drugs(fact: Fact) -> list[str]:
    return [each for each in fact.about if each.startswith("d:")]


def _is_other(fact: Fact, main: str) -> bool:
    """Tell whether a comparator is a treatment or a way of doing without, and not the drug that is compared."""
    if not isinstance(fact.value, Terms) or main in fact.value.concepts:
        return False
    return bool(fact.value.concepts) or _COMPARATORS.search(fact.value.terms[0]) is not None


def _own_comparator(source: Source, fact: Fact) -> AnswerSentence | None:
    words = value_words(fact)
    return filled(source, f"Compared with: {words}.", [fact.quote]) if words and words not in _UNSAID else None
