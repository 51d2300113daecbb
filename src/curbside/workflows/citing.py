"""From a document to its citations: statements read, stance judged, self-citations marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from curbside.extract.citing import VERSION, may_cite, statements
from curbside.extract.citing_entries import entries
from curbside.extract.citing_own import own_names, self_citation
from curbside.inference.base import StanceJudge
from curbside.records import Citation, CitationStatement, Document, Judgement, Span, Stance
from curbside.records.citation import StatementText

NEAR = 700
"""Code points on either side of a marker that a judge is given of a longer sentence; so the time that it takes stays
in proportion to the text, whatever the text is."""

MOST_TOLD = 60
"""In-text citations from which on a sentence is not judged."""

MENTIONED = 0.75
"""Share of mentioning among labelled statements, for those that nobody judged."""

_OTHERS = 12
"""Other in-text citations of the sentence that a judge is told of on either side of the one that it judges."""


def citing_maker(judge: StanceJudge) -> str:
    """Return the version of what makes citations; another value means that they want making again."""
    return f"{VERSION}.{judge.name}"


def citations_of(document: Document, judge: StanceJudge) -> tuple[Citation, ...]:
    """Return the citations of a sealed document in the order of its text, one for each work that a marker names.

    A document that cites nothing in its text, as most abstracts do, costs next to nothing. `Citation.reference` is an
    index into `entries(document)`: the document's list and, after it, what a page or a post names by identifier.
    """
    if not may_cite(document):
        return ()
    listed = entries(document)
    stated = statements(document, listed)
    judged = _judged(document, stated, judge)
    own = own_names(document.authors)
    used = {at for statement in stated for at in statement.references}
    selfs = {at for at in used if self_citation(own, listed[at])} if own else set[int]()
    return tuple(
        Citation(statement, at, judgement, at in selfs)
        for statement, judgement in zip(stated, _placed(stated, judged))
        for at in statement.references
    )


def _judged(document: Document, stated: Sequence[CitationStatement], judge: StanceJudge) -> list[Judgement]:
    """Return a judgement for each statement; a sentence that cites half a library says nothing of each."""
    crowds = Counter(statement.sentence for statement in stated)
    judged = iter(judge.judge(_asked(document, [each for each in stated if crowds[each.sentence] <= MOST_TOLD])))
    return [
        next(judged) if crowds[each.sentence] <= MOST_TOLD else _abstained(crowds[each.sentence], judge.name)
        for each in stated
    ]


def _abstained(markers: int, maker: str) -> Judgement:
    why = f"abstains: {markers} in-text citations in one sentence"
    return Judgement(Stance.MENTIONING, MENTIONED, reason=why, maker=maker)


def _asked(document: Document, stated: Sequence[CitationStatement]) -> list[StatementText]:
    """Return what a judge is given of each statement."""
    made: list[StatementText] = []
    for _, group in groupby(stated, key=lambda statement: statement.sentence):
        together = list(group)
        markers = [statement.marker for statement in together]
        for at, statement in enumerate(together):
            window = _window(statement)
            beside = (*markers[max(0, at - _OTHERS) : at], *markers[at + 1 : at + 1 + _OTHERS])
            made.append(
                StatementText(
                    text=window.of(document.text),
                    marker=_within(statement.marker, window),
                    before=_words(document, statement.before),
                    after=_words(document, statement.after),
                    section=statement.section,
                    others=tuple(_within(each, window) for each in beside if window.meets(each)),
                )
            )
    return made


def _window(statement: CitationStatement) -> Span:
    """Return the sentence, or as much of a long one as stands near its marker."""
    sentence, marker = statement.sentence, statement.marker
    if len(sentence) <= 2 * NEAR:
        return sentence
    return Span(max(sentence.start, marker.start - NEAR), min(sentence.end, max(marker.start + NEAR, marker.end)))


def _within(span: Span, window: Span) -> Span:
    return Span(max(0, span.start - window.start), min(span.end, window.end) - window.start)


def _words(document: Document, span: Span | None) -> str:
    return Span(span.start, min(span.end, span.start + 2 * NEAR)).of(document.text) if span is not None else ""


def _placed(stated: Sequence[CitationStatement], judged: Sequence[Judgement]) -> list[Judgement]:
    """Return judgements whose deciding words are spans of the document."""
    return [
        replace(judgement, deciding=tuple(span.moved(_window(statement).start) for span in judgement.deciding))
        if judgement.deciding
        else judgement
        for statement, judgement in zip(stated, judged)
    ]
