"""TLDR: the one or two sentences of a text that say what came of it, word for word, or why there are none.

Only whole sentences are taken (citation marks and section labels left off), so that every hedge stays and no number,
drug or condition can come in; each passes the guards all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from curbside.answer.context import Candidate, candidates
from curbside.answer.guards import Sentence, failures
from curbside.answer.intents import AIM_CUE, GAP_CUE, NOT_STATED_CUE
from curbside.answer.wording import joined, shown
from curbside.language.counts import counts
from curbside.language.cues import directions, hedges
from curbside.language.effects import effects
from curbside.language.linear import linear
from curbside.language.vocabulary import Vocabulary
from curbside.language.words import content_words
from curbside.records import (
    AnswerSentence,
    Category,
    Document,
    DocumentKind,
    EvidenceKind,
    Holding,
    PartRole,
    Quote,
    Section,
    Span,
)

LONGEST = 420
"""Code points of a sentence that still reads as short; longer ones are taken only where there is nothing else."""

BOTH = 520
"""Code points of both sentences together."""

_LEAST_WORDS = 4
LEAST = 1.0
"""Score of a sentence that says what came of it."""

_OPENING = 0.3
"""Share of an unlabelled text that speaks of what was known before."""

_CONCLUDES = linear(
    r"(?i)^(?:in (?:conclusion|summary|short|sum)|to (?:conclude|summari[sz]e)|overall|taken together|collectively"
    r"|conclusions?|thus|therefore|hence|accordingly|altogether)\b"
    r"|\bwe conclude[ds]?\b|\bit (?:is|was|can be|may be) concluded\b|\bauthors? (?:conclude|suggest|recommend)"
    r"|\b(?:these|this|our|the present|present|the) (?:results?|findings?|data|observations?|stud(?:y|ies)"
    r"|trial|case|review|meta-analysis|analysis|series|report|evidence)\b[^.]{0,60}\b(?:suggest|show|demonstrat|indicat|confirm|support"
    r"|provid|highlight|reveal|illustrat|emphasi[sz]e)"
)
"""A sentence that draws the conclusion, in a text whose parts bear no labels."""

_ANNOUNCES = linear(
    r"(?i)\b(?:this|the present|our|the) (?:review|article|paper|report|chapter|commentary|overview)s? "
    r"(?:\w+ ){0,2}(?:summari[sz]e|describe|discuss|highlight|focus|outline|aim|present|review|examine|provide|explore"
    r"|address|cover)|\b(?:are|is|will be) (?:discussed|reviewed|described|presented|summari[sz]ed|outlined)\b"
    r"|^(?:further|additional|more|larger) (?:\w+ )?(?:study|studies|research|trials?|investigations?)\b"
    r"|\bwe speculate\b"
    r"|\bfuture (?:studies|research|trials|work) (?:should|must|are|is|need|will)\b"
)
"""A sentence that says what a text will say, or what others should do."""

_FINDS = linear(
    r"(?i)\bwe (?:found|observed|saw|noted|showed|demonstrated)\b|\b(?:was|were|is|are) (?:\w+ ){0,2}"
    r"(?:effective|efficacious|associated|superior|inferior|non-?inferior|similar|higher|lower|safe|well tolerated"
    r"|more|less|greater|better|worse|reduced|increased|improved|observed|found|seen|achieved)\b"
    r"|\b(?:improved|reduced|increased|decreased|achieved|responded|resolved|resulted in|led to|showed|died|survived"
    r"|experienced|developed|occurred|remained|failed|had"
    r"|recurred|relapsed)\b|\bno (?:significant |statistically )*(?:difference|effect|benefit|change|association)"
)
"""A sentence that says what was found."""

_ASIDE = linear(
    r"(?i)\b(?:funded by|funding|conflicts? of interest|trial registration|registered|clinicaltrials|isrctn|copyright"
    r"|©|all rights reserved|supported by|grant)\b|^(?:keywords?|key words|doi|level of evidence)\b|\?$"
)
"""What stands in abstracts and is no finding."""

_OF_ITSELF = linear(
    r"(?i)^(?:in )?(?:this|the present|the current) (?:study|trial|case|report|review|analysis|meta-analysis|series"
    r"|paper|article|work|cohort|experiment)\b"
)
"""A sentence that speaks of the work itself leans on none before it."""

_ENROLS = linear(
    r"(?i)\b(?:enrol\w*|recruited|randomi[sz]\w+|randomly|assigned|allocated|entered|screened)\b"
    r"|^(?:mean|median) (?:age|follow-?up)\b|\bbaseline (?:characteristics|data)\b"
    r"|\bwere (?:studied|included|treated)\b|\bdifferences? (?:regarding|in|with regard to) (?:patient )?(?:age|sex)\b"
)
"""Who took part, which a reader finds under the people of a study."""

_EVERYBODY = linear(
    r"(?i)^(?:all|none|every|both)\b[^.,;]{0,40}\b(?:patients?|children|infants|adults|participants|subjects|cases|women|men)\b"
)
"""A count of everybody, or of nobody."""

_FURTHER = linear(
    r"(?i)^(?:we|they|it|this|there) (?:\w+ )?(?:also|additionally|further)\b|^(?:also|additionally|moreover)\b"
)
"""A result beside another one, which was told before it."""

_LIMITS = linear(r"(?i)\blimit(?:s|ations?)\b")
_HARM_WORDS = linear(r"(?i)\b(?:toxicit\w+|adverse|side[- ]effects?|complications?|tolerat\w+)\b")
_OF_HARMS = linear(r"(?i)\b(?:harms?|safety|adverse|side effects?|tolerability)\b")

_NO_RESULT = {
    EvidenceKind.PROTOCOL: "It is a protocol: there are no results yet.",
    EvidenceKind.REGISTRATION: "It is the registration of a trial: it states what is planned, not what was found.",
    EvidenceKind.NOTICE: "It is an editorial notice, not a study.",
}
_CASES = frozenset({EvidenceKind.CASE_REPORT, EvidenceKind.CASE_SERIES})
_RESEARCH = frozenset(
    {DocumentKind.ARTICLE, DocumentKind.NOTE, DocumentKind.GUIDELINE, DocumentKind.SUMMARY, DocumentKind.TRIAL}
)


@dataclass(frozen=True, slots=True)
class Tldr:
    """The short of a text.

    Attributes:
        sentences: one or two, or none.
        reason: why there is none, or "".
    """

    sentences: tuple[AnswerSentence, ...] = ()
    reason: str = ""


def tldr(holding: Holding, vocabulary: Vocabulary) -> Tldr:
    """Return the short of a document: its conclusion, and the result with figures behind it where there is room."""
    document, evidence = holding.document, holding.profile.evidence
    if document.kind not in _RESEARCH:
        return Tldr(reason="It is a page, not a study: what it reports is shown under its own sources.")
    reports = any(section.category is Category.RESULTS for section in document.sections)
    if evidence in _NO_RESULT and not (evidence is EvidenceKind.PROTOCOL and reports):
        return Tldr(reason=_NO_RESULT[evidence])
    if document.language and not document.language.lower().startswith("en"):
        return Tldr(reason="Its text is not in English.")
    found = told(holding, vocabulary)
    if not found:
        return Tldr(reason="Only a title is held: there is no text to choose from.")
    ranked = sorted(found, key=lambda each: (-each.score, each.candidate.order))
    chosen: list[AnswerSentence] = []
    for each in ranked:
        if each.score < LEAST:
            break
        made = sentence_of(each.candidate, vocabulary)
        if made is None or (chosen and not _adds(each, made, chosen, ranked[0])):
            continue
        chosen.append(made)
        if len(chosen) == 2 or len(made.text) > LONGEST:
            break
    if not chosen:
        return Tldr(reason="It states no result in the words that are held.")
    chosen.sort(key=lambda each: each.quotes[-1].span)
    return Tldr(tuple(chosen))


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that may be the short of a text.

    Attributes:
        candidate: the sentence.
        concludes: whether it draws the conclusion.
        figures: whether it gives counts or effects.
        score: how well it serves.
    """

    candidate: Candidate
    concludes: bool
    figures: bool
    score: float


def told(holding: Holding, vocabulary: Vocabulary) -> list[Told]:
    """Return the sentences of a document's abstract, or without one of its conclusions, each weighed."""
    document = holding.document
    spans = _read(document)
    found = [
        each
        for span in spans
        for each in candidates(holding, None, span, vocabulary)
        if span.covers(each.span) and each.part.group == 0
    ]
    labelled = any(each.category in (Category.RESULTS, Category.CONCLUSIONS) for each in found)
    about = frozenset((*holding.profile.drugs[:3], *holding.profile.conditions[:3]))
    return [_weighed(each, place / max(len(found) - 1, 1), labelled, about) for place, each in enumerate(found)]


def _read(document: Document) -> list[Span]:
    """Return where the short of a text may stand: its abstract in its own language, else its last conclusions."""
    abstract = [part.span for part in document.parts if part.role is PartRole.ABSTRACT and part.group == 0
                and part.language in ("", document.language)]  # fmt: skip
    if abstract:
        return abstract
    if document.kind is DocumentKind.NOTE:
        return [part.span for part in document.parts if part.role is PartRole.BODY and part.group == 0]
    closing: list[Section] = [each for each in document.sections if each.category is Category.CONCLUSIONS]
    if closing:
        return [closing[-1].span]
    return []


def _weighed(candidate: Candidate, place: float, labelled: bool, about: frozenset[str]) -> Told:
    words = candidate.own
    announcing = _ANNOUNCES.search(words) is not None
    concluding = _CONCLUDES.search(words) is not None and not announcing
    finding = _FINDS.search(words) is not None or bool(directions(words))
    figures = bool(counts(words)) or bool(effects(words)) or _EVERYBODY.search(words) is not None
    score = 0.0
    if labelled:
        of_conclusion = candidate.category is Category.CONCLUSIONS
        score += {Category.CONCLUSIONS: 2.2, Category.RESULTS: 1.0}.get(candidate.category, -2.0)
        score += 0.3 * concluding
        if _LIMITS.search(candidate.heading):
            of_conclusion, score = False, -1.0
        elif _OF_HARMS.search(candidate.heading):
            score -= 0.4
    else:
        of_conclusion = concluding
        # Behind the opening results come in the order of their weight; only a conclusion is sought at the end.
        score += 1.6 * concluding + (0.8 * place if concluding or place <= _OPENING else 0.5)
        score -= 0.3 if place > _OPENING else 1.0
    score += 0.7 * finding + (0.4 * figures if not of_conclusion else 0.1 * figures)
    named = candidate.named.drugs | candidate.named.conditions | candidate.named.classes | candidate.named.procedures
    score += 0.5 * bool(about & named) + 0.2 * bool(named)
    terms = len(content_words(words))
    score -= 2.0 if terms < _LEAST_WORDS else 0.0
    score -= 0.6 if len(words) > LONGEST else 0.0
    if AIM_CUE.search(words) and not concluding:
        # A case is told in the sentence that says what is reported.
        score -= 0.2 if candidate.evidence in _CASES and place > 0 else 2.0
    if _ASIDE.search(words) or NOT_STATED_CUE.search(words):
        score -= 3.0
    elif GAP_CUE.search(words):
        score -= 1.2  # what is still to be done is no finding; a hedge is none of this and costs nothing
    if len(candidate.pieces) > 1 and not _OF_ITSELF.search(words):
        score -= 0.3
    if announcing:
        score -= 2.5
    if _FURTHER.search(words):
        score -= 1.0
    if _HARM_WORDS.search(words) and not concluding:
        score -= 0.4
    if _ENROLS.search(words) and not concluding:
        score -= 0.8
    return Told(candidate, of_conclusion, figures, round(score, 6))


def sentence_of(candidate: Candidate, vocabulary: Vocabulary) -> AnswerSentence | None:
    """Return a sentence word for word with the one it leans on, or None where a guard stops it."""
    document = candidate.document
    spans = (candidate.span,) if _OF_ITSELF.search(candidate.own) else candidate.pieces
    quotes = tuple(Quote(document.id, span, span.of(document.text)) for span in spans)
    text = joined([shown(document, span) for span in spans])
    trial = Sentence(text, quotes, {document.id: document}, (), (), vocabulary)
    return None if not text or failures(trial) else AnswerSentence(text, quotes, ())


def _adds(each: Told, made: AnswerSentence, chosen: Sequence[AnswerSentence], first: Told) -> bool:
    """Tell whether a second sentence says something more: a result behind a conclusion, in few enough words.

    A conclusion that hedges what another asserts is never left out for room: it is taken before any result.
    """
    before = chosen[0]
    if any(quote.span.meets(other.span) for quote in made.quotes for other in before.quotes):
        return False
    if len(made.text) + len(before.text) > BOTH:
        return False
    mine, theirs = set(content_words(made.text)), set(content_words(before.text))
    if len(mine & theirs) >= 0.6 * min(len(mine), len(theirs)):
        return False
    if each.concludes and hedges(made.text) and not hedges(before.text):
        return True
    return each.figures or (not first.concludes and each.concludes)
