"""Headings, numbering, absences, silence: from ranked sentences to an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from curbside.answer.context import MULTI_TOPIC, Candidate, can_be_quoted, candidates, evidence_of
from curbside.answer.eligible import FIELD, Standing, fit, may_speak, may_treat, wanted
from curbside.answer.guards import Sentence, failures
from curbside.answer.intents import (
    AIM_CUE,
    DOSES,
    GAP_CUE,
    GIVEN,
    GUIDELINES,
    HARMS,
    HEADINGS,
    NEAREST,
    NOT_STATED_CUE,
    PAGES,
    REPLIES,
    REPORTED_HARM,
    RESEARCH,
    ROWS,
    SECONDARY,
    SHORT,
    UNKNOWN,
    UNSIGNED,
)
from curbside.answer.naming import finder
from curbside.answer.question import notes
from curbside.answer.ranking import MEASURED, Scored, about_words, rank, stated
from curbside.answer.references import entry
from curbside.answer.silence import SAID_ABSENT, absences_of, nothing_held
from curbside.answer.wording import AS_A_CLASS, joined, listed, shown
from curbside.language.vocabulary import Vocabulary
from curbside.records import (
    Absence,
    Answer,
    AnswerSection,
    AnswerSentence,
    DocumentKind,
    EvidenceKind,
    Holding,
    Intent,
    Question,
    Quote,
    Span,
)

BROAD = frozenset({Intent.USE, Intent.EFFICACY, Intent.GENERAL, Intent.COMPARISON})
"""Intents whose answer is a page with doses, harms and gaps; any other gets what it asks for."""

_HEADING_OF: dict[EvidenceKind, str] = {
    EvidenceKind.GUIDELINE: GUIDELINES,
    EvidenceKind.SECONDARY: SECONDARY,
    EvidenceKind.REPLY: REPLIES,
    EvidenceKind.GENERATED: UNSIGNED,
    EvidenceKind.OTHER: PAGES,
}
_MOST: dict[str, int] = {
    SHORT: 2,
    GUIDELINES: 4,
    RESEARCH: 6,
    SECONDARY: 4,
    REPLIES: 3,
    UNSIGNED: 4,
    PAGES: 3,
    DOSES: 4,
    HARMS: 4,
    UNKNOWN: 2,
    NEAREST: 2,
}
"""Sentences under each heading at the most."""
_BRIEF = 4
"""The same for a question after one fact."""
EXCLUSIVE = frozenset({Intent.PREGNANCY, Intent.INTERACTION, Intent.CONTRAINDICATION, Intent.EFFECT})
"""Intents whose answer is nothing but what serves them: what is safe in general is not what is safe in pregnancy."""
_LEAST_WORDS = 4
"""Content words that a sentence needs to say something by itself."""
_NEAR_BEST = 1.6
_WORTH = 3.2
"""How far below the best a sentence may score in the short answer, and behind it."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave to answer from.

    Attributes:
        holdings: documents, best first.
        spans: for each document id the passage that matched.
        relevance: for each document id its place, from 0 to 1.
        held: how many documents the library holds.
    """

    holdings: tuple[Holding, ...]
    spans: Mapping[str, Span]
    relevance: Mapping[str, float]
    held: int


@dataclass(slots=True)
class _Draft:
    """An answer in the making: sentences by heading, and what has been said already.

    `subjects` is what a passage must name, for sentences on the treatment itself and for those on its class; `classes`
    are the classes of what is asked about; `share` is how many sentences one document may have under a heading.
    """

    question: Question
    vocabulary: Vocabulary
    subjects: dict[Standing, tuple[frozenset[str], ...]]
    classes: frozenset[str]
    documents: dict[str, Holding]
    share: int
    sections: dict[str, list[AnswerSentence]] = field(default_factory=dict[str, list[AnswerSentence]])
    told: set[str] = field(default_factory=set[str])
    said: list[frozenset[str]] = field(default_factory=list[frozenset[str]])
    kinds: dict[str, set[EvidenceKind]] = field(default_factory=dict[str, set[EvidenceKind]])
    spans: set[tuple[str, Span]] = field(default_factory=set[tuple[str, Span]])


def compose(question: Question, found: Found, vocabulary: Vocabulary) -> Answer:
    """Return the answer that the found documents allow; one without sections declines.

    Pure: the same question, documents and vocabulary give the same answer. Reference entries come without their
    citation, which is the writers' work.
    """
    want = wanted(question, vocabulary)
    readable = _one_voice_a_work(found.holdings)
    named = finder({each for ids in want.treatments or want.conditions for each in ids}, vocabulary)

    def hit_of(holding: Holding) -> Span:
        return found.spans.get(holding.document.id, Span(0, 0))

    def read(holdings: Iterable[Holding]) -> list[Candidate]:
        return [one for holding in holdings for one in candidates(holding, named, hit_of(holding), vocabulary)]

    def decline() -> Answer:
        treated = read(holding for holding in readable if may_treat(holding, want, vocabulary))
        looked_in = [
            holding.document.id for holding in readable if can_be_quoted(holding, named, hit_of(holding), vocabulary)
        ]
        return nothing_held(question, want, treated, looked_in, found.held)

    everything = read(holding for holding in readable if may_speak(holding, want, vocabulary))
    fitting = [(one, held) for one in everything if (held := fit(one, want, question.intents)) is not None]
    fitting = about_words(fitting, want.words)
    ranked = rank(fitting, question, found.relevance)
    if not _speaks(question, ranked):
        return decline()
    others = (*want.conditions, *want.outcomes)
    subjects = {
        Standing.NAMED: (*want.treatments, *others),
        Standing.CLASS: (*(ids | want.classes for ids in want.treatments), *others),
    }
    draft = _Draft(question, vocabulary, subjects, want.classes, _by_id(readable), _share(ranked))
    _fill(draft, ranked)
    missing = absences_of(question, want, ranked, everything)
    _show_nearest(draft, missing)
    if not any(draft.sections.values()):
        return decline()
    return _numbered(draft, missing, (len(readable), found.held))


def _share(ranked: Sequence[Scored]) -> int:
    """Few documents may speak at length; of many, each speaks briefly."""
    near = [one for one in ranked if one.serves and _stands(one) and one.score >= ranked[0].score - _WORTH]
    speaking = len({one.candidate.document.id for one in near})
    return 6 if speaking <= 1 else 4 if speaking <= 2 else 3 if speaking <= 4 else 2


def _by_id(holdings: Sequence[Holding]) -> dict[str, Holding]:
    return {holding.document.id: holding for holding in holdings}


def _one_voice_a_work(holdings: Sequence[Holding]) -> list[Holding]:
    """Drop notes on works whose own text is at hand, and works that are retracted or are notices."""
    speaking = {h.work for h in holdings if h.document.kind is not DocumentKind.NOTE and len(h.document.text) > 400}
    return [
        holding
        for holding in holdings
        if not holding.profile.retracted
        and holding.profile.evidence is not EvidenceKind.NOTICE
        and (holding.document.kind is not DocumentKind.NOTE or holding.work not in speaking)
    ]


def _speaks(question: Question, ranked: Sequence[Scored]) -> bool:
    """Whether what fits is about the question at all."""
    if not ranked:
        return False
    return bool(question.drugs or question.classes or question.conditions or question.procedures or question.words)


def _fill(draft: _Draft, ranked: Sequence[Scored]) -> None:
    intents = draft.question.intents
    first = intents[0]
    if first in EXCLUSIVE:
        ranked = [one for one in ranked if first in one.serves]
        if not ranked:
            return
    best = ranked[0].score
    serving = [one for one in ranked if first in one.serves]
    if not serving and first not in SAID_ABSENT:
        serving = [one for one in ranked if one.serves]
    if not serving and first in BROAD:
        serving = [one for one in ranked if one.fit.treatment is one.fit.condition is Standing.NAMED]
    if first in MEASURED:
        # Without a value nothing is answered: the absence leads, and what touches on the facet stands behind it.
        serving = [one for one in serving if _gives(one, first)]
    for one in _signed_first(serving):
        if NOT_STATED_CUE.search(one.candidate.words):
            continue
        if len(draft.sections.get(SHORT, ())) >= _short_length(draft.question):
            break
        if one.score >= serving[0].score - _NEAR_BEST and _stands(one):
            _say(draft, SHORT, one, serving)
    for one in ranked:
        if not ((one.serves or one in serving) and one.score >= best - _WORTH and _stands(one)):
            continue
        if NOT_STATED_CUE.search(one.candidate.words):
            _say(draft, UNKNOWN, one, serving)
        elif first is not Intent.HARM or one.candidate.evidence not in MULTI_TOPIC or reports_harm(one):
            _say(draft, _heading(one, intents), one, serving)
    if first is not Intent.COUNT:
        _introduce(draft, ranked)
    if first in BROAD:
        _add_facets(draft, ranked)


def _short_length(question: Question) -> int:
    return 3 if question.intents[0] in (Intent.USE, Intent.GENERAL, Intent.HARM, Intent.LINE) else _MOST[SHORT]


def _signed_first(ranked: Sequence[Scored]) -> list[Scored]:
    """Unsigned text and pages of no known kind lead only where nothing else speaks."""
    behind = (EvidenceKind.GENERATED, EvidenceKind.OTHER)
    return [one for one in ranked if one.candidate.evidence not in behind] or list(ranked)


def _stands(one: Scored) -> bool:
    """In a text of many subjects a sentence that names neither drug nor condition says nothing of either."""
    if one.candidate.evidence not in MULTI_TOPIC:
        return True
    loose = (Standing.ELSEWHERE, Standing.OTHER)
    return one.fit.treatment not in loose and one.fit.condition not in loose


def _heading(one: Scored, intents: Sequence[Intent]) -> str:
    for intent in intents:
        row = ROWS.get(intent)
        fits = row is not None and row.heading and intent in one.serves and intents[0] not in BROAD
        if row is None or not fits or (intent in MEASURED and not _gives(one, intent)):
            continue
        if intent is not Intent.HARM or reports_harm(one):
            return row.heading
    return _HEADING_OF.get(one.candidate.evidence, RESEARCH)


def _introduce(draft: _Draft, ranked: Sequence[Scored]) -> None:
    """Say of each study that is cited who was studied: its sentence that counts the participants."""
    cited = {document for document, _ in draft.spans}
    counted = {
        one.candidate.document.id: one
        for one in reversed(ranked)
        if one.candidate.evidence not in MULTI_TOPIC
        and (span := one.candidate.holding.profile.n_span) is not None
        and one.candidate.span.covers(span)
        and Standing.NAMED in (one.fit.treatment, one.fit.condition)
    }
    for document in sorted(cited & counted.keys(), key=list(draft.documents).index):
        if len(draft.sections.get(RESEARCH, ())) < _MOST[RESEARCH] + 2:
            _say(draft, RESEARCH, counted[document], ranked, beyond=2)


def _add_facets(draft: _Draft, ranked: Sequence[Scored]) -> None:
    """Doses, harms and gaps, which nobody asked for and every reader needs."""
    standing = [one for one in ranked if _stands(one)]
    facets = ((DOSES, states_dose), (HARMS, reports_harm), (UNKNOWN, names_gap))
    for heading, belongs in facets:
        pool = [one for one in standing if belongs(one)]
        for one in pool:
            _say(draft, heading, one, pool)


def _gives(one: Scored, intent: Intent) -> bool:
    """Whether the sentence states the facet by value, of the treatment asked about and not of another in passing."""
    text = one.candidate.words
    return stated(intent, text) and one.fit.treatment is not Standing.ELSEWHERE and GIVEN.search(text) is not None


def states_dose(one: Scored) -> bool:
    """Whether the sentence states how much of the treatment is given: a value, and words of giving."""
    return (
        stated(Intent.DOSE, one.candidate.words)
        and one.fit.treatment in (Standing.NAMED, Standing.CLASS)
        and GIVEN.search(one.candidate.words) is not None
    )


def reports_harm(one: Scored) -> bool:
    """Whether the sentence reports harms of the treatment, and does not only say that they were to be looked at."""
    text = one.candidate.own
    if AIM_CUE.search(text) or NOT_STATED_CUE.search(text) or GAP_CUE.search(text):
        return False
    own = one.fit.treatment in (Standing.NAMED, Standing.CLASS) or one.candidate.evidence not in MULTI_TOPIC
    return own and REPORTED_HARM.search(text) is not None


def names_gap(one: Scored) -> bool:
    """Whether the sentence says what is not known; a note's word that its record is silent is no such gap."""
    return bool(GAP_CUE.search(one.candidate.words)) and not NOT_STATED_CUE.search(one.candidate.words)


def _say(draft: _Draft, heading: str, one: Scored, pool: Sequence[Scored], beyond: int = 0) -> None:
    """Add a sentence under a heading unless it is there already, the heading is full, or a guard stops it."""
    said = draft.sections.setdefault(heading, [])
    candidate = one.candidate
    document = candidate.document.id
    most = _room(draft.question, heading)
    if (
        len(one.terms) < _LEAST_WORDS
        or len(said) >= most + beyond
        or (document, candidate.span) in draft.spans
        or _repeats(draft, one)
    ):
        return
    crowded = sum(any(q.document == document for q in s.quotes) for s in said)
    if crowded >= draft.share + beyond:
        return
    if _leans_on_said(draft, candidate) or (heading not in (DOSES, HARMS, UNKNOWN) and _tells_no_new_use(draft, one)):
        return
    group = _list_mates(draft, one, pool)
    sentence = _worded(draft, group)
    trial = Sentence(
        sentence.text,
        sentence.quotes,
        {document: candidate.document},
        draft.subjects[Standing.CLASS if one.fit.treatment is Standing.CLASS else Standing.NAMED],
        sentence.derived,
        draft.vocabulary,
        {document: candidate.holding.profile.named} if candidate.holding.profile.places else {},
    )
    if failures(trial):
        return
    said.append(sentence)
    draft.kinds.setdefault(document, set()).add(candidate.evidence)
    for mate in group:
        draft.said.append(mate.terms)
        draft.told |= mate.candidate.named.conditions
        draft.spans.update((document, piece) for piece in (mate.candidate.span, *mate.candidate.pieces[:-1]))


def _tells_no_new_use(draft: _Draft, one: Scored) -> bool:
    """Whether uses are asked for at large, and the sentence names none that has not been told."""
    question = draft.question
    broad = not question.conditions or any(len(each.ids) > FIELD for each in question.conditions)
    return question.intents[0] is Intent.USE and broad and one.candidate.named.conditions <= draft.told


def _room(question: Question, heading: str) -> int:
    """How many sentences a heading takes: most under the one that is asked for, few beside a single fact."""
    first = question.intents[0]
    row = ROWS.get(first)
    if heading == SHORT:
        return _short_length(question)
    if row is not None and heading == row.heading:
        return _MOST[heading] + 2
    return _MOST[heading] if first in BROAD else min(_MOST[heading], _BRIEF)


def _leans_on_said(draft: _Draft, candidate: Candidate) -> bool:
    """Whether the sentence only goes on from one that has been said already, which it would say again."""
    is_list = candidate.pieces[0].of(candidate.document.text).rstrip().endswith(":")
    return not is_list and any((candidate.document.id, piece) in draft.spans for piece in candidate.pieces[:-1])


def _repeats(draft: _Draft, one: Scored) -> bool:
    """Whether nearly the same words have been said: a Jaccard index of 0.7 or more on content words."""
    return any(len(one.terms & terms) >= 0.7 * len(one.terms | terms) for terms in draft.said)


def _list_mates(draft: _Draft, one: Scored, pool: Sequence[Scored]) -> list[Scored]:
    """The sentence, and with a list item the items of the same list that fit as well, in their order."""
    lead = one.candidate.pieces[0]
    if len(one.candidate.pieces) < 2 or not lead.of(one.candidate.document.text).rstrip().endswith(":"):
        return [one]
    mates = [
        other
        for other in pool
        if other.candidate.document.id == one.candidate.document.id
        and other.candidate.pieces[0] == lead
        and len(other.candidate.pieces) > 1
        and (other is one or (other.serves and _stands(other)))
        and (other.candidate.document.id, other.candidate.span) not in draft.spans
    ]
    return sorted(mates, key=lambda other: other.candidate.order)[:12] if one in mates else [one]


def _worded(draft: _Draft, group: Sequence[Scored]) -> AnswerSentence:
    candidate = group[0].candidate
    document = candidate.document
    lead = [piece for piece in candidate.pieces[:-1] if (document.id, piece) not in draft.spans]
    spans = [*lead, *(mate.candidate.span for mate in group)]
    quotes = tuple(Quote(document.id, span, span.of(document.text)) for span in spans)
    pieces = [shown(document, span) for span in spans]
    text = listed(pieces[0], pieces[1:]) if lead and len(group) > 1 else joined(pieces)
    if group[0].fit.treatment is Standing.CLASS:
        text = _class_prefix(draft, " ".join(pieces)) + text
    return AnswerSentence(text, quotes, ())


def _class_prefix(draft: _Draft, words: str) -> str:
    """The fixed words before a sentence on a class: the class of what is asked about, as the sentence calls it."""
    for mention in draft.vocabulary.mentions(words):
        if mention.concept in draft.classes:
            return AS_A_CLASS.format(name=mention.span.of(words))
    return ""


def _kind_at(holding: Holding, span: Span) -> EvidenceKind:
    """The kind of evidence of the part that a span lies in."""
    part = next((part for part in holding.document.parts if part.span.meets(span)), None)
    return evidence_of(holding, part) if part is not None else holding.profile.evidence


def _show_nearest(draft: _Draft, missing: Sequence[Absence]) -> None:
    """What came nearest to a thing not stated is shown as a sentence too, so that its source can be opened."""
    for absence in missing:
        if absence.nearest is None:
            continue
        holding = draft.documents.get(absence.nearest.document)
        if holding is None or (absence.nearest.document, absence.nearest.span) in draft.spans:
            continue
        text = shown(holding.document, absence.nearest.span)
        sentence = AnswerSentence(text, (absence.nearest,), ())
        trial = Sentence(text, sentence.quotes, {holding.document.id: holding.document}, (), (), draft.vocabulary)
        if not failures(trial):
            draft.sections.setdefault(NEAREST, []).append(sentence)
            draft.kinds.setdefault(holding.document.id, set()).add(_kind_at(holding, absence.nearest.span))
            draft.spans.add((absence.nearest.document, absence.nearest.span))


def _numbered(draft: _Draft, missing: Sequence[Absence], searched: tuple[int, int]) -> Answer:
    """Number the references in the order of their first citation."""
    numbers: dict[str, int] = {}

    def number(document: str) -> int:
        return numbers.setdefault(document, len(numbers) + 1)

    sections: list[AnswerSection] = []
    for heading in HEADINGS:
        sentences = [
            AnswerSentence(
                sentence.text,
                sentence.quotes,
                tuple(dict.fromkeys(number(quote.document) for quote in sentence.quotes)),
                sentence.derived,
            )
            for sentence in draft.sections.get(heading, ())
        ]
        if sentences:
            sections.append(AnswerSection(heading, tuple(sentences)))
    absences = tuple(
        Absence(a.facet, a.documents, a.nearest, (number(a.nearest.document),) if a.nearest else ()) for a in missing
    )
    references = tuple(
        entry(draft.documents[document], place, draft.kinds.get(document, ())) for document, place in numbers.items()
    )
    return Answer(draft.question, False, tuple(sections), absences, references, notes(draft.question), searched)
