"""What one document is about: kind of evidence, size, drugs, conditions, ages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from curbside.language.design import Design, denies_guideline, participants
from curbside.language.linear import Patterns
from curbside.language.study_kind import study_kind
from curbside.language.vocabulary import Vocabulary
from curbside.records import (
    AgeGroup,
    Document,
    DocumentKind,
    EvidenceKind,
    Maker,
    Mention,
    NoticeKind,
    PartRole,
    Profile,
)

MAKER = Maker("profile", 7)
_READ = 12_000
"""Code points read for the profile: title, abstract and the first pages hold what a document is about."""

_BY_KIND: dict[DocumentKind, EvidenceKind] = {
    DocumentKind.GUIDELINE: EvidenceKind.GUIDELINE,
    DocumentKind.SUMMARY: EvidenceKind.SUMMARY,
    DocumentKind.TRIAL: EvidenceKind.REGISTRATION,
    DocumentKind.ANSWER_PAGE: EvidenceKind.SECONDARY,
    DocumentKind.STUDY_PAGE: EvidenceKind.SECONDARY,
    DocumentKind.QUESTION_PAGE: EvidenceKind.REPLY,
}
_ISSUED = (DocumentKind.GUIDELINE, DocumentKind.SUMMARY)
_NO_NOTICE = frozenset({NoticeKind.COMMENT, NoticeKind.UPDATE})
"""What says nothing against a work, and makes no notice of the document: a review that updates an earlier one."""
_SILENT = frozenset({PartRole.QUESTION, PartRole.POST, PartRole.CHROME})
"""Parts that are not the document's own evidence."""
_DRUG, _CONDITION = "dc"
"""First letters of their ids."""
_MOST = 40
"""Drugs, and conditions, that a profile names at the most."""
_AGES = (
    (AgeGroup.INFANT, r"(?i)\b(?:infants?|neonat\w+|newborns?|infancy|babies|toddlers?)\b"),
    (AgeGroup.CHILD, r"(?i)\b(?:child(?:ren|hood)?|p(?:a)?ediatrics?|preschool\w*)\b"),
    (AgeGroup.ADOLESCENT, r"(?i)\b(?:adolescen\w+|teenage\w*|young adults?)\b"),
    (AgeGroup.ADULT, r"(?i)\b(?:adults?|middle[- ]aged|postmenopausal|wom[ae]n|men)\b"),
    (AgeGroup.AGED, r"(?i)\b(?:elderly|older (?:adults?|people|patients)|aged, 80|geriatric)\b"),
)
_AGE_PATTERNS = Patterns([pattern for _, pattern in _AGES])
_MESH_AGES = {
    "Infant": AgeGroup.INFANT,
    "Infant, Newborn": AgeGroup.INFANT,
    "Child": AgeGroup.CHILD,
    "Child, Preschool": AgeGroup.CHILD,
    "Adolescent": AgeGroup.ADOLESCENT,
    "Young Adult": AgeGroup.ADULT,
    "Adult": AgeGroup.ADULT,
    "Middle Aged": AgeGroup.ADULT,
    "Aged": AgeGroup.AGED,
    "Aged, 80 and over": AgeGroup.AGED,
}


def profile(document: Document, vocabulary: Vocabulary) -> Profile:
    """Return what `document` is about.

    Spans refer to the document's text. Concepts are counted over title, headings and the first pages, a mention in
    the title counting four times more and a heading or keyword five times; ties keep the order of first mention.
    """
    text = document.text[:_READ]
    design = _design(document, text)
    counted = participants(_evidence_text(document, text))
    drugs, conditions, within = _about(document, text, vocabulary)
    whole = len(document.text) <= _READ
    noticed = any(not notice.issued and notice.kind not in _NO_NOTICE for notice in document.notices)
    return Profile(
        evidence=design.kind,
        evidence_span=design.span,
        n=counted[0] if counted else None,
        n_span=counted[1] if counted else None,
        drugs=drugs,
        conditions=conditions,
        ages=_ages(document, text),
        named=tuple([mention.concept for mention in within]) if whole else (),
        places=_places(within) if whole and not _is_silent(document) else (),
        noticed=noticed or document.retracted,
        retracted=document.retracted,
    )


def _design(document: Document, text: str) -> Design:
    if any(notice.issued and notice.kind not in _NO_NOTICE for notice in document.notices):
        return Design(EvidenceKind.NOTICE)
    if document.kind in _ISSUED and (denied := denies_guideline(document.text)) is not None:
        return Design(EvidenceKind.SUMMARY, denied)
    if document.kind in _BY_KIND:
        return Design(_BY_KIND[document.kind])
    title = document.title or text[:200]
    headings = [heading.name for heading in document.headings]
    found = study_kind(title, text, document.types, headings, _abstract(document))
    if found.kind is EvidenceKind.STUDY and document.kind is DocumentKind.PAGE:
        return Design(EvidenceKind.OTHER)
    return found


def _abstract(document: Document) -> str | None:
    """The abstract of an article, which its kind may be told from; None where there is none."""
    if document.kind is not DocumentKind.ARTICLE:
        return None
    spans = [part.span for part in document.parts if part.role is PartRole.ABSTRACT]
    words = "\n".join(span.of(document.text) for span in spans)
    return words.removeprefix(document.title).strip() or None


def _is_silent(document: Document) -> bool:
    """Tell whether a part of the text was not read."""
    return any(part.role in _SILENT for part in document.parts)


def _evidence_text(document: Document, text: str) -> str:
    """The text with everything that is not the document's own evidence blanked, so that offsets stay."""
    for span in [part.span for part in document.parts if part.role in _SILENT]:
        if span.start < len(text):
            end = min(span.end, len(text))
            text = text[: span.start] + " " * (end - span.start) + text[end:]
    return text


def _about(
    document: Document, text: str, vocabulary: Vocabulary
) -> tuple[tuple[str, ...], tuple[str, ...], list[Mention]]:
    """Drugs, conditions, and every mention in what was read."""
    within = vocabulary.mentions(_evidence_text(document, text))
    # A title that opens the text has been read with it.
    title = [m for m in within if m.span.end <= len(document.title)] if text.startswith(document.title) else None
    if title is None:
        title = vocabulary.mentions(document.title)
    headed = vocabulary.listed([*(heading.name for heading in document.headings), *document.keywords])
    drugs, conditions = Counter[str](), Counter[str]()
    for weight, concepts in (
        (4, [mention.concept for mention in title]),
        (5, headed),
        (1, [mention.concept for mention in within]),
    ):
        for concept in concepts:
            if concept[0] == _DRUG:
                drugs[concept] += weight
            elif concept[0] == _CONDITION:
                conditions[concept] += weight
    return _leading(drugs), _leading(conditions), within


def _leading(counts: Counter[str]) -> tuple[str, ...]:
    """The most prominent, ties in the order of first mention."""
    return tuple(sorted(counts, key=counts.__getitem__, reverse=True)[:_MOST])


def _places(mentions: Sequence[Mention]) -> tuple[int, ...]:
    """Where mentions stand, as `Profile.places` has it."""
    places: list[int] = []
    last = 0
    for mention in mentions:
        span = mention.span
        places += (span.start - last, span.end - span.start)
        last = span.end
    return tuple(places)


def _ages(document: Document, text: str) -> tuple[AgeGroup, ...]:
    indexed = {_MESH_AGES[heading.name] for heading in document.headings if heading.name in _MESH_AGES}
    if not indexed:
        words = document.title + " " + _evidence_text(document, text)[:4_000]
        indexed = {_AGES[place][0] for place in _AGE_PATTERNS.found(words)}
    return tuple(group for group in AgeGroup if group in indexed)


__all__ = ["MAKER", "profile"]
