"""An answer told to a patient: the same claims on the same quotes, in easier words, with figures that can be pictured.

A sentence is changed step by step, and each step must pass the guards against the same quotes; one that does not is
undone, so that at worst the source's own sentence stands, with its hard words explained. Nothing is left out: every
sentence, every quote and every number of the clinician's answer is there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from curbside.answer.guards import Sentence, failures
from curbside.answer.patient_cuts import shorter
from curbside.answer.patient_figures import ASK, chance, frequencies, intervals, names_dose, plain_ratios
from curbside.answer.patient_sources import NOTE, kind_in, out_of, source_words
from curbside.answer.patient_words import changes
from curbside.language.counts import counts
from curbside.language.glossary import explained
from curbside.language.linear import linear
from curbside.language.numbers import numbers
from curbside.language.readability import grade
from curbside.language.vocabulary import Vocabulary
from curbside.records import (
    Answer,
    AnswerFacet,
    AnswerSection,
    AnswerSentence,
    Derivation,
    Document,
    DocumentKind,
    EvidenceKind,
    Holding,
    ReferenceEntry,
)
from curbside.records.audience import Legibility, PatientView, Retold, Telling

GUARDS = ("quote", "number", "quantity", "negation", "hedge", "subject")
"""Guards of a retold sentence: its order and wording are its own, what it says is not."""

HEADINGS: Mapping[AnswerFacet, str] = {
    AnswerFacet.SHORT: "In short",
    AnswerFacet.HARMS: "Possible harms",
    AnswerFacet.UNSUITED: "Who it may not suit",
    AnswerFacet.GUIDELINES: "What guidelines say",
    AnswerFacet.RESEARCH: "What studies found",
    AnswerFacet.LINE: "When it is tried",
    AnswerFacet.SECONDARY: "What other pages report",
    AnswerFacet.REPLIES: "What clinicians replied",
    AnswerFacet.UNSIGNED: "From a text that nobody signed",
    AnswerFacet.PAGES: "From other pages",
    AnswerFacet.FORMS: "What forms there are",
    AnswerFacet.DOSES: "How much, and how often",
    AnswerFacet.MONITORING: "What is checked",
    AnswerFacet.INTERACTIONS: "Together with other drugs",
    AnswerFacet.STOPPING: "After it is stopped",
    AnswerFacet.UNKNOWN: "What nobody knows yet",
    AnswerFacet.NEAREST: "What comes closest",
}
"""What a section tells -> its heading here, in the order here: harms come before all but the short answer."""

MOST_TERMS = 40
"""Words explained under an answer at the most."""


@dataclass(frozen=True, slots=True)
class _Sources:
    """What the sentences stand on."""

    documents: Mapping[str, Document]
    holdings: Mapping[str, Holding]
    entries: Mapping[int, ReferenceEntry]
    counted: Mapping[int, int]
    vocabulary: Vocabulary


def patient_view(answer: Answer, holdings: Mapping[str, Holding], vocabulary: Vocabulary) -> PatientView:
    """Return an answer as a patient is told it.

    Args:
        answer: as a clinician is shown it, with its computed intervals.
        holdings: the documents that it quotes, by id.
        vocabulary: tells drugs and conditions apart.
    """
    documents = {name: holding.document for name, holding in holdings.items()}
    sources = _Sources(
        documents, holdings, {entry.number: entry for entry in answer.references}, _counted(answer), vocabulary
    )
    met: set[tuple[int, EvidenceKind | None]] = set()
    sections: list[AnswerSection] = []
    told: list[tuple[Retold, ...]] = []
    for section in _in_order(answer.sections):
        made = [_retold(sentence, section.facet, sources, met) for sentence in section.sentences]
        told.append(tuple(retold for retold, _ in made))
        sentences = tuple(
            replace(retold.said, text=retold.text, derived=(*retold.said.derived, *derived)) for retold, derived in made
        )
        sections.append(replace(section, heading=HEADINGS[section.facet], sentences=sentences))
    claims = [retold.text for each in told for retold in each]
    terms = tuple((term.term, term.means) for term in explained(claims, MOST_TERMS))
    notes = [*answer.notes, *sureness(answer)]
    if _has_notes(holdings.values(), answer.references):
        notes.append(NOTE)
    return PatientView(
        replace(answer, sections=tuple(sections), notes=tuple(notes)),
        tuple(told),
        terms,
        legibility(claims),
        legibility([sentence.text for section in answer.sections for sentence in section.sentences]),
    )


def _counted(answer: Answer) -> dict[int, int]:
    """Return for each source the most people that a sentence counts from it alone."""
    most: dict[int, int] = {}
    for sentence in answer.sentences:
        if len(sentence.references) == 1:
            sizes = [int(each.n) for each in counts(sentence.text) if each.n.isdigit()]
            number = sentence.references[0]
            most[number] = max([most.get(number, 0), *sizes])
    return most


def legibility(texts: Iterable[str]) -> Legibility | None:
    """Return how hard texts are to read, or None where there are no words."""
    found = grade(texts)
    return None if found is None else Legibility(found.flesch_kincaid, found.smog)


SURE: Mapping[str, str] = {
    "high": "we can be quite sure",
    "moderate": "it is likely right, and may still change",
    "low": "it may well change as more is learnt",
    "very low": "we are very unsure",
}
"""GRADE's words for certainty -> ours."""


def sureness(answer: Answer) -> list[str]:
    """Return how sure the studies cited are, taken together, as a machine suggests it; nothing where it does not."""
    words = SURE.get(answer.level.certainty, "") if answer.level is not None else ""
    return [f"How sure is it? As a machine reads the studies, taken together: {words}."] if words else []


def _in_order(sections: Sequence[AnswerSection]) -> list[AnswerSection]:
    order = list(HEADINGS)
    return sorted(sections, key=lambda each: order.index(each.facet))


def _has_notes(holdings: Iterable[Holding], entries: Sequence[ReferenceEntry]) -> bool:
    cited = {entry.document for entry in entries}
    return any(each.document.id in cited and each.document.kind is DocumentKind.NOTE for each in holdings)


def _retold(
    sentence: AnswerSentence, facet: AnswerFacet, sources: _Sources, met: set[tuple[int, EvidenceKind | None]]
) -> tuple[Retold, list[Derivation]]:
    claim = easier(sentence, sources.documents, sources.vocabulary)
    shares, of_shares = frequencies(sentence)
    wide, of_wide = intervals(sentence)
    beside = [*shares, *wide, *chance(sentence.text)]
    derived = [*of_shares, *of_wide]
    for number in sentence.references:
        entry = sources.entries.get(number)
        kind = kind_in(entry, facet) if entry is not None else None
        if entry is None or (number, kind) in met:
            continue
        met.add((number, kind))
        holding, several = sources.holdings.get(entry.document), len(sentence.references) > 1
        words, more = source_words(entry, kind, holding, several, claim, sources.counted.get(number, 0))
        beside += words
        derived += more
    if len(sentence.references) == 1 and not any(words.endswith("studied.") for words in beside):
        entry = sources.entries.get(sentence.references[0])
        holding = sources.holdings.get(entry.document) if entry is not None else None
        words, more = out_of(sentence, holding, sources.counted.get(sentence.references[0], 0))
        beside = [*words, *beside]
        derived += more
    if names_dose((sentence.text,)):
        beside.insert(0, ASK)
    same = claim == (sentence.extracted or sentence.text)
    telling = Telling.SOURCE if same else Telling.FIGURES if shares or wide else Telling.PLAINER
    return Retold(sentence, claim, tuple(dict.fromkeys(beside)), telling), derived


def easier(sentence: AnswerSentence, documents: Mapping[str, Document], vocabulary: Vocabulary) -> str:
    """Return a sentence in the easiest words that the guards let pass; at worst as it is."""
    text = sentence.text
    if not all(quote.document in documents for quote in sentence.quotes):
        return text

    quoted = " ".join(quote.words for quote in sentence.quotes)

    def passes(trial: str) -> bool:
        kept = _printed(text) - _printed(trial) - _LEVEL
        tried = Sentence(_as_counted(trial, quoted), sentence.quotes, documents, (), sentence.derived, vocabulary)
        return not kept and not failures(tried, GUARDS)

    if not passes(text):  # the guards read the plain sentence otherwise than its maker did: nothing is changed
        return text
    worded = _worded(text, passes)
    ratios = plain_ratios(worded)
    worded = ratios if ratios != worded and passes(ratios) else worded
    for _ in range(4):
        cut = next((made for made in shorter(worded) if passes(made)), None)
        if cut is None:
            break
        worded = cut
    return worded


_LEVEL = Counter({"95": 99})
"""The level of an interval, which words take the place of."""


def _worded(text: str, passes: Callable[[str], bool]) -> str:
    """Make all changes at once; where the guards stop that, one by one, leaving out those that they stop.

    Words that were not let go whole are not changed in part either: "organ people with a transplant".
    """
    steps = list(changes(text))
    at_once = text
    for step in steps:
        at_once = step.make(at_once)
    if at_once == text or passes(at_once):
        return at_once
    stand: list[str] = []
    for step in steps:
        if any(words in whole for words in step.takes for whole in stand):
            continue
        changed = step.make(text)
        if changed != text and passes(changed):
            text = changed
        else:
            stand += step.takes
    return text


_PEOPLE = linear(r"(?i)\bpeople\b")
_PERSON = linear(r"(?i)\bperson\b")


def _as_counted(text: str, quoted: str) -> str:
    """Return a text with people called patients where the quote calls them so: the guards count them by that name."""
    if "patient" not in quoted.lower() or _PEOPLE.search(quoted) is not None:
        return text
    for pattern, words in ((_PEOPLE, "patients"), (_PERSON, "patient")):
        for found in reversed(list(pattern.finditer(text))):
            text = f"{text[: found.start()]}{words}{text[found.end() :]}"
    return text


def _printed(text: str) -> Counter[str]:
    return Counter(number.printed for number in numbers(text) if number.form != "citation")
