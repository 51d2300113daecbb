"""What is asked: drugs, conditions, people, route, and what the asker wants to know of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from curbside.answer.intents import INTENTS, OUTCOME_BEFORE, PRIOR_AFTER, PRIOR_BEFORE
from curbside.answer.source_words import preferred, source_words
from curbside.language.groups import POPULATIONS, ROUTES, populations, routes
from curbside.language.linear import linear
from curbside.language.vocabulary import Vocabulary
from curbside.language.words import content_words, tokens
from curbside.records import ConceptKind, Expansion, Filters, Intent, Question, Span

_WIDEN = linear(
    r"(?i)\b(?:any|all|which|what|other|each|every|some|members? of)\b[\w\s-]{0,20}$|\bas a class\b|\bclass of\b"
)
_GENERIC = frozenset(
    content_words(
        """
        patient people person case cases treatment treat therapy therapies drug drugs medication medicine
        medications use used uses using evidence study studies trial research known data literature result
        results effect effects long short level levels type types kind kinds condition conditions disease
        diseases disorder role option options good bad best tell explain describe summarise summarize please
        want need know doctor recommend recommended suggest give given take taking taken start started typical
        typically usual usually common commonly number percent percentage rate work works effective efficacy
        safe safety risk side cause dose dosage strength schedule regimen line first second low high currently
        current new recent available really ever say says said state stated find found show shown shows make
        help helps mean means happen happens happened have has had get gets got does did many much often year
        years month months week weeks day days time times child children infant infants adult adults young old
        oral topical clinical management manage managed approach refractory complicated severe mild moderate
        chronic acute topically orally responding respond responds response responses improve improves improved
        improvement reduce reduces increase raise outcome outcomes benefit benefits benefited look like try
        trying tried stop stopped stopping restart restarted compare compared comparison better worse versus
        reported report reports author authors page paper article produce produces complete completely partial
        achieve achieved durable lasting share come comes came exist exists large big small main sort happening
        strong point points signs sign
        """
    )
)
"""Words of a question that a source need not repeat."""

_SLOT = linear(
    r"(?i)\b(?:for|in|with|of|against|treats?|treating|cures?|curing|prevents?|helps?(?: with)?|relieves?|having|has"
    r"|have)\s+"
    r"((?:[\w'’-]+\s+){0,4}[\w'’-]+)"
)


_OPEN = linear(
    r"(?i)\b(?:when|where|who|whose|at (?:what|which) age|how old|(?:what|which) (?:age|signs?|symptoms?|sex|gender))\b"
)
"""Questions after a plain fact, which no row of the table of intents covers."""


_BROAD = frozenset({Intent.USE, Intent.EFFICACY, Intent.GENERAL, Intent.COMPARISON})
_OVERVIEW = linear(
    r"(?i)^\s*(?:what (?:is|do (?:we|you|they)) know[ns]? (?:about|of)|tell me (?:all )?about"
    r"|(?:give|write)(?: me)? an overview|summari[sz]e|what does the (?:evidence|literature) say (?:about|of|on)"
    r"|how (?:is|are)\s{2,}(?:(?:treated|managed)\s*\?|used\b))"
)
"""Questions after all that is known; "How is ... treated?" with the condition blanked."""


_EITHER = linear(r"(?i)\b(?:or|versus|vs)\b")


def analyse(text: str, vocabulary: Vocabulary, filters: Filters | None = None, keep: Collection[str] = ()) -> Question:
    """Read a question as asked.

    Concepts come from the vocabulary, misspelt ones met with the nearest term (`Expansion.corrected`), but for words
    in `keep`; a class is widened to its members only where the words ask for any or all of them. Conditions on the
    sources that the words state ("only trials", "since 2020") hold where `filters` sets no others.
    """
    text = " ".join(text.split())
    found: dict[ConceptKind, list[Expansion]] = {kind: [] for kind in ConceptKind}
    for expansion in _recognised(text, vocabulary, keep):
        concept = vocabulary.get(expansion.concept)
        if concept is not None and concept.kind is not ConceptKind.DRUG and populations(expansion.span.of(text)):
            continue  # "breastfeeding" and "pregnancy" say who asks, not what is given or treated
        if concept is not None and all(expansion.concept != known.concept for known in found[concept.kind]):
            found[concept.kind].append(expansion)
    said = source_words(text)
    taken = [*(e.span for group in found.values() for e in group), *said.spans]
    rest = _without(text, taken)
    conditions = _narrowest(found[ConceptKind.CONDITION])
    prior = tuple(
        one
        for kind in (ConceptKind.DRUG, ConceptKind.DRUG_CLASS, ConceptKind.PROCEDURE)
        for one in found[kind]
        if PRIOR_BEFORE.search(text[: one.span.start]) or PRIOR_AFTER.search(text[one.span.end :])
    )
    asked = {kind: tuple(one for one in group if one not in prior) for kind, group in found.items()}
    treatments = sum(len(group) for kind, group in asked.items() if kind is not ConceptKind.CONDITION)
    outcomes = tuple(one for one in conditions if OUTCOME_BEFORE.search(text[: one.span.start]))
    return Question(
        text=text,
        intents=_intents(text, rest, bool(outcomes), treatments),
        drugs=asked[ConceptKind.DRUG],
        classes=_unmet_classes(asked[ConceptKind.DRUG_CLASS], asked[ConceptKind.DRUG], vocabulary),
        conditions=tuple(one for one in conditions if one not in outcomes),
        procedures=asked[ConceptKind.PROCEDURE],
        prior=prior,
        outcomes=outcomes,
        populations=populations(text),
        routes=routes(_without(text, [one.span for one in conditions])),  # "oral lichen planus" tells no route
        words=_subject_words(rest, vocabulary, bool(treatments)),
        filters=preferred(said.over(Filters()), filters),
    )


def _without(text: str, spans: Iterable[Span]) -> str:
    for span in spans:
        text = text[: span.start] + " " * len(span) + text[span.end :]
    return text


def asks_itself(question: Question) -> bool:
    """Tell whether a question's own words say what is wanted, or whether "and in children?" leaves that to others."""
    said = source_words(question.text).spans
    rest = _without(question.text, (*said, *(each.span for each in (*question.expansions, *question.prior))))
    return bool(question.outcomes) or any(row.asks.search(rest) for row in INTENTS)


def _subject_words(rest: str, vocabulary: Vocabulary, has_treatment: bool) -> tuple[str, ...]:
    """Words that stand where a condition would, less those that show an intent, a group of people or a route.

    Where no word stands in such a place, all of them count; beside a known treatment only those that are no everyday
    words, since "does it thin the skin" is about the treatment whatever else it says.
    """
    bare = rest
    for pattern in (*(row.asks for row in INTENTS), *POPULATIONS.values(), *ROUTES.values()):
        for match in pattern.finditer(rest):
            bare = bare[: match.start()] + " " * (match.end() - match.start()) + bare[match.end() :]
    slots = [match.group(1) for match in _SLOT.finditer(rest)]
    slotted = {word for slot in slots if not _INTERROGATIVE.search(slot) for word in content_words(slot)}
    kept: list[str] = []
    for span in tokens(bare):
        printed = span.of(bare)
        for word in content_words(printed):
            stands = word in slotted if slots else not has_treatment or not vocabulary.is_common(printed)
            if stands and word not in _GENERIC and word not in kept:
                kept.append(word)
    return tuple(kept)


_INTERROGATIVE = linear(r"(?i)\b(?:which|what|whose|how)\b")


def _recognised(text: str, vocabulary: Vocabulary, keep: Collection[str]) -> list[Expansion]:
    """The concepts of a question; a class takes in its members only where the words before it ask for any or all."""
    found = vocabulary.expansions(text, keep=keep)
    for expansion in found:
        concept = vocabulary.get(expansion.concept)
        of_class = concept is not None and concept.kind is ConceptKind.DRUG_CLASS
        if of_class and _WIDEN.search(text[: expansion.span.start]):
            return vocabulary.expansions(text, widen=True, keep=keep)
    return found


def _narrowest(conditions: list[Expansion]) -> list[Expansion]:
    """Drop a condition whose narrower one is asked for in overlapping words; both are asked for where apart."""
    return [
        one
        for one in conditions
        if not any(other is not one and other.span.meets(one.span) and other.concept in one.ids for other in conditions)
    ]


def _unmet_classes(
    classes: tuple[Expansion, ...], drugs: tuple[Expansion, ...], vocabulary: Vocabulary
) -> tuple[Expansion, ...]:
    """Classes that no drug asked about belongs to; "the mTOR inhibitor sirolimus" asks for sirolimus."""
    of_drugs = {each for drug in drugs for each in vocabulary.classes(drug.concept)}
    return tuple(one for one in classes if one.concept not in of_drugs)


def _intents(text: str, rest: str, has_outcome: bool, treatments: int) -> tuple[Intent, ...]:
    """Intents in the table's order, read with concepts blanked so that a drug's or disease's name asks nothing."""
    found = [row.intent for row in INTENTS if row.asks.search(rest)]
    if _OVERVIEW.search(rest) and set(found) <= _BROAD:  # "tell me about its side effects" asks for those
        return (Intent.GENERAL, Intent.EFFICACY)
    if treatments > 1 and Intent.COMPARISON not in found and _EITHER.search(text):
        found = [*found, Intent.COMPARISON]
    if has_outcome and not {Intent.COUNT, Intent.EFFECT} & set(found[:1]):
        found = [Intent.HARM, *(intent for intent in found if intent is not Intent.HARM)]
    if not found:
        # "Rapamune for port-wine stains" asks for what is known of that use.
        found = [Intent.EFFICACY, Intent.GENERAL] if _SLOT.search(text) and not _OPEN.search(text) else [Intent.GENERAL]
    return tuple(found)


def notes(question: Question) -> tuple[str, ...]:
    """Return what the reader should know of how the question was read."""
    return tuple(
        f"Read “{expansion.corrected}” as {expansion.name}." for expansion in question.expansions if expansion.corrected
    )


def subject_words(question: Question) -> tuple[str, ...]:
    """Return the question's own words, as printed, that no concept and no intent accounts for.

    Where the vocabulary knows no condition in a question, its passages must be about these words instead: a question on
    snoring is not answered by what is known of anything else.
    """
    kept: list[str] = []
    for span in tokens(question.text):
        printed = span.of(question.text)
        if any(stem in question.words for stem in content_words(printed)) and printed not in kept:
            kept.append(printed)
    return tuple(kept)
