"""An answer in the making: sentences under headings, each tried by the guards, each said once; and its numbering."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from curbside.answer.context import MULTI_TOPIC, Candidate, evidence_of
from curbside.answer.eligible import FIELD
from curbside.answer.facets import FACETS, is_headed, is_near, reports_harm, tells_use
from curbside.answer.guards import Sentence, failures
from curbside.answer.intents import (
    FACET_OF,
    GUIDELINES,
    HEADINGS,
    KINDS,
    NEAREST,
    PAGES,
    REPLIES,
    RESEARCH,
    ROWS,
    SECONDARY,
    SHORT,
    UNSIGNED,
)
from curbside.answer.question import notes
from curbside.answer.ranking import Scored
from curbside.answer.references import entry
from curbside.answer.same import further, near_words, turned
from curbside.answer.standing import Standing
from curbside.answer.wording import AS_A_CLASS, joined, listed, shown
from curbside.language.linear import linear
from curbside.language.vocabulary import Vocabulary
from curbside.language.words import content_words
from curbside.records import (
    Absence,
    Answer,
    AnswerSection,
    AnswerSentence,
    EvidenceKind,
    Holding,
    Intent,
    Problem,
    Question,
    Quote,
    Span,
)

BROAD = frozenset({Intent.USE, Intent.EFFICACY, Intent.GENERAL, Intent.COMPARISON})
"""Intents whose answer is a page with doses, harms and gaps; any other gets what it asks for."""

WHOLE = frozenset({Intent.USE, Intent.GENERAL})
"""Broad intents that ask for all that is known: their answer is the longest."""

MOST: dict[str, int] = {
    SHORT: 2,
    GUIDELINES: 5,
    RESEARCH: 6,
    SECONDARY: 4,
    REPLIES: 3,
    UNSIGNED: 4,
    PAGES: 3,
    NEAREST: 2,
    **{row.heading: row.most for row in FACETS},
}
"""Sentences under each heading at the most."""
_BRIEF = 4
"""The same for a question after one fact."""
_LINE = 2
"""The same for a question after one count."""
_WHOLE = 4
"""How many more stand under the kinds of sources where all that is known is asked for."""
_FURTHER = 3
"""Further sources that are cited beside a sentence at the most."""
_LONG = 8_000
"""Code points from which a study's text is no abstract: its sentences then need their drug near them."""
_LEAST_WORDS = 4
"""Content words that a sentence needs to say something by itself."""


_STANDS_ALONE = linear(r"(?i)^the (?:drug|medication|study|trial)\b")
"""How a sentence begins that goes on from the one before and can be understood without it."""


@dataclass(slots=True)
class Told:
    """A sentence that has been said: under which heading, as which, by which of the sentences found."""

    heading: str
    place: int
    one: Scored


@dataclass(slots=True)
class Draft:
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
    said: list[Told] = field(default_factory=list[Told])
    kinds: dict[str, set[EvidenceKind]] = field(default_factory=dict[str, set[EvidenceKind]])
    spans: set[tuple[str, Span]] = field(default_factory=set[tuple[str, Span]])
    stopped: dict[tuple[str, Span], str] = field(default_factory=dict[tuple[str, Span], str])

    def stop(self, document: str, span: Span, trial: Sentence) -> bool:
        """Try a sentence; where a guard stops it, keep which one did."""
        broken = failures(trial)
        if broken:
            self.stopped[document, span] = broken[0].guard
        return bool(broken)

    def problems(self) -> tuple[Problem, ...]:
        """Say how many sentences were found and not shown, and which guards stopped them."""
        counts = Counter(guard for place, guard in self.stopped.items() if place not in self.spans)
        total = sum(counts.values())
        if not total:
            return ()
        by = ", ".join(f"{guard} {count}" for guard, count in sorted(counts.items()))
        left = "1 sentence was" if total == 1 else f"{total} sentences were"
        return (Problem(f"{left} found and left out, stopped by guards ({by}).", lost=False),)


def short_length(question: Question) -> int:
    """Return how many sentences the short answer may have."""
    return 3 if question.intents[0] in (Intent.USE, Intent.GENERAL, Intent.HARM, Intent.LINE) else MOST[SHORT]


def stands(one: Scored) -> bool:
    """In a text of many subjects a sentence that names neither drug nor condition says nothing of either.

    Nor does one that only the title of such a text gives its drug, where that names several; nor, in a long text on
    anything, one that leans on no words near it.
    """
    treatment, condition = one.fit.treatment, one.fit.condition
    if one.candidate.evidence not in MULTI_TOPIC:
        long = len(one.candidate.document.text) > _LONG
        return (
            not long
            or treatment in (Standing.NAMED, Standing.CLASS)
            or (treatment is Standing.CARRIED and is_near(one))
        )
    loose = (Standing.ELSEWHERE, Standing.OTHER)
    if treatment in loose or condition in loose:
        return False
    if treatment is condition is Standing.CARRIED and _is_of_another(one):
        return False
    return treatment is not Standing.CARRIED or is_headed(one)


def _is_of_another(one: Scored) -> bool:
    """Whether a sentence that names nothing that is asked about names another condition, and no harm or figure."""
    own = one.candidate.own
    counted = any(letter.isdigit() for letter in own)
    return bool(one.candidate.named.conditions) and not (counted or reports_harm(one))


def say(draft: Draft, heading: str, one: Scored, pool: Sequence[Scored], beyond: int = 0, group: str = "") -> None:
    """Add a sentence under a heading unless it is there already, the heading is full, or a guard stops it.

    What another work has said already is not said again: the work is cited beside it.
    """
    said = draft.sections.setdefault(heading, [])
    candidate = one.candidate
    document = candidate.document.id
    most = _room(draft.question, heading)
    if len(one.terms) < _LEAST_WORDS or len(said) >= most + beyond or (document, candidate.span) in draft.spans:
        return
    if _repeats(draft, one):
        return
    crowded = sum(any(q.document == document for q in s.quotes) for s in said)
    if crowded >= draft.share + beyond:
        return
    if _leans_on_said(draft, candidate) or (heading in (SHORT, *KINDS) and _tells_no_new_use(draft, one)):
        return
    group_of = _list_mates(draft, one, pool)
    sentence = _worded(draft, group_of)
    trial = Sentence(
        sentence.text,
        sentence.quotes,
        {document: candidate.document},
        draft.subjects[Standing.CLASS if one.fit.treatment is Standing.CLASS else Standing.NAMED],
        sentence.derived,
        draft.vocabulary,
        {document: candidate.holding.profile.named} if candidate.holding.profile.places else {},
    )
    if draft.stop(document, candidate.span, trial):
        return
    said.append(replace(sentence, group=group) if group else sentence)
    draft.kinds.setdefault(document, set()).add(candidate.evidence)
    for mate in group_of:
        draft.said.append(Told(heading, len(said) - 1, mate))
        draft.told |= mate.candidate.named.conditions
        draft.spans.update((document, piece) for piece in (mate.candidate.span, *mate.candidate.pieces[:-1]))


def cite_further(draft: Draft, pool: Sequence[Scored]) -> None:
    """Cite beside each sentence the other works that say the same, a few at the most; lists and classes stand alone."""
    lone = Counter((told.heading, told.place) for told in draft.said)
    for told in draft.said:
        sentence = draft.sections[told.heading][told.place]
        if (
            lone[told.heading, told.place] > 1
            or len(told.one.candidate.pieces) > 1
            or told.one.fit.treatment is Standing.CLASS
        ):
            continue
        others = further(told.one, pool, [told.one.candidate.holding.work], _FURTHER)
        quotes = [Quote(o.candidate.document.id, o.candidate.span, o.candidate.own) for o in others]
        if quotes:
            draft.sections[told.heading][told.place] = replace(sentence, also=tuple(quotes))
            for other in others:
                draft.kinds.setdefault(other.candidate.document.id, set()).add(other.candidate.evidence)


def asks_uses(question: Question) -> bool:
    """Tell whether uses are asked for at large: in no condition, or in a whole field of them."""
    broad = not question.conditions or any(len(each.ids) > FIELD for each in question.conditions)
    return question.intents[0] is Intent.USE and broad


def _tells_no_new_use(draft: Draft, one: Scored) -> bool:
    """Whether uses are asked for at large, and the sentence names none that has not been told."""
    if not asks_uses(draft.question):
        return False
    return not tells_use(one) or one.candidate.named.conditions <= draft.told


def _room(question: Question, heading: str) -> int:
    """How many sentences a heading takes: most under the one that is asked for, few beside a single fact."""
    first = question.intents[0]
    row = ROWS.get(first)
    if heading == SHORT:
        return short_length(question)
    if row is not None and heading == row.heading:
        return MOST[heading] + 2
    if first in WHOLE:
        return MOST[heading] + (_WHOLE if heading in (GUIDELINES, RESEARCH) else 0)
    if first in BROAD:
        return MOST[heading]
    return min(MOST[heading], _LINE if first is Intent.COUNT else _BRIEF)


def _leans_on_said(draft: Draft, candidate: Candidate) -> bool:
    """Whether the sentence only goes on from one that has been said already, which it would say again."""
    is_list = candidate.leans or candidate.pieces[0].of(candidate.document.text).rstrip().endswith(":")
    if is_list or _STANDS_ALONE.search(candidate.own):
        return False
    return any((candidate.document.id, piece) in draft.spans for piece in candidate.pieces[:-1])


def _repeats(draft: Draft, one: Scored) -> bool:
    """Whether nearly the same words have been said, by this work or with the same meaning.

    Words nearly the same from another work with other numbers, or turned round, contradict: they are said.
    """
    terms = _own_terms(one)
    return any(
        near_words(terms, _own_terms(told.one))
        and (told.one.candidate.holding.work == one.candidate.holding.work or not turned(told.one, one))
        for told in draft.said
    )


def _own_terms(one: Scored) -> frozenset[str]:
    """The content words of the sentence itself, without what is quoted before it."""
    return one.terms if len(one.candidate.pieces) == 1 else frozenset(content_words(one.candidate.own))


def _list_mates(draft: Draft, one: Scored, pool: Sequence[Scored]) -> list[Scored]:
    """The sentence, and with a list item the items of the same list that fit as well, in their order."""
    lead = one.candidate.pieces[0]
    is_list = one.candidate.leans or lead.of(one.candidate.document.text).rstrip().endswith(":")
    if len(one.candidate.pieces) < 2 or not is_list:
        return [one]
    mates = [
        other
        for other in pool
        if other.candidate.document.id == one.candidate.document.id
        and other.candidate.pieces[0] == lead
        and len(other.candidate.pieces) > 1
        and (other is one or (other.serves and stands(other)))
        and (other.candidate.document.id, other.candidate.span) not in draft.spans
    ]
    return sorted(mates, key=lambda other: other.candidate.order)[:12] if one in mates else [one]


def _worded(draft: Draft, group: Sequence[Scored]) -> AnswerSentence:
    candidate = group[0].candidate
    document = candidate.document
    lead = [piece for piece in candidate.pieces[:-1] if (document.id, piece) not in draft.spans]
    spans = [*lead, *(mate.candidate.span for mate in group)]
    quotes = tuple(Quote(document.id, span, span.of(document.text)) for span in spans)
    pieces = [shown(document, span) for span in spans]
    in_a_row = lead and len(group) > 1 and pieces[0].endswith(":")
    text = listed(pieces[0], pieces[1:]) if in_a_row else joined(pieces)
    if group[0].fit.treatment is Standing.CLASS:
        text = _class_prefix(draft, " ".join(pieces)) + text
    return AnswerSentence(text, quotes, ())


def _class_prefix(draft: Draft, words: str) -> str:
    """The fixed words before a sentence on a class: the class of what is asked about, as the sentence calls it."""
    for mention in draft.vocabulary.mentions(words):
        if mention.concept in draft.classes:
            return AS_A_CLASS.format(name=mention.span.of(words))
    return ""


def _kind_at(holding: Holding, span: Span) -> EvidenceKind:
    """The kind of evidence of the part that a span lies in."""
    part = next((part for part in holding.document.parts if part.span.meets(span)), None)
    return evidence_of(holding, part) if part is not None else holding.profile.evidence


def show_nearest(draft: Draft, missing: Sequence[Absence]) -> None:
    """What came nearest to a thing not stated is shown as a sentence too, so that its source can be opened.

    Words that another sentence has said are not said again.
    """
    for absence in missing:
        if absence.nearest is None:
            continue
        holding = draft.documents.get(absence.nearest.document)
        if holding is None or (absence.nearest.document, absence.nearest.span) in draft.spans:
            continue
        text = shown(holding.document, absence.nearest.span)
        if any(text in one.text for said in draft.sections.values() for one in said):
            continue
        sentence = AnswerSentence(text, (absence.nearest,), ())
        trial = Sentence(text, sentence.quotes, {holding.document.id: holding.document}, (), (), draft.vocabulary)
        if not draft.stop(holding.document.id, absence.nearest.span, trial):
            draft.sections.setdefault(NEAREST, []).append(sentence)
            draft.kinds.setdefault(holding.document.id, set()).add(_kind_at(holding, absence.nearest.span))
            draft.spans.add((absence.nearest.document, absence.nearest.span))


def _by_group(said: Sequence[AnswerSentence]) -> list[AnswerSentence]:
    """Sentences of one group together, groups in the order of their first; those of none first."""
    order = {name: place for place, name in enumerate(dict.fromkeys(["", *(sentence.group for sentence in said)]))}
    return sorted(said, key=lambda sentence: order[sentence.group])


def numbered(draft: Draft, missing: Sequence[Absence], searched: tuple[int, int]) -> Answer:
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
                tuple(dict.fromkeys(number(quote.document) for quote in sentence.cited)),
                sentence.derived,
                sentence.also,
                sentence.group,
            )
            for sentence in _by_group(draft.sections.get(heading, ()))
        ]
        if sentences:
            sections.append(AnswerSection(heading, tuple(sentences), FACET_OF[heading]))
    absences = tuple(
        replace(absence, references=(number(absence.nearest.document),)) if absence.nearest else absence
        for absence in missing
    )
    references = tuple(
        entry(draft.documents[document], place, draft.kinds.get(document, ())) for document, place in numbers.items()
    )
    return Answer(
        draft.question,
        False,
        tuple(sections),
        absences,
        references,
        notes(draft.question),
        searched,
        draft.problems(),
    )
