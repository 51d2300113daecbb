"""What kind of evidence a record is: publication types, then plain words, then what its words as a whole make likely.

Types and words (`design`) decide where they are plain. Animals are told apart (`species`). Where nothing plain is
said and nobody has indexed the record, the trained reading (`design_reading`) may still call it a randomised trial:
only that, only above `SURE`, and only where words of random assignment, blinding or placebo can be shown. A wrong
"randomised trial" is worse than "study", so `SURE` was chosen for precision (see the model card, `data/design.md`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from curbside.language.design import TYPES, Design, design_of
from curbside.language.design_reading import likely
from curbside.language.linear import linear
from curbside.language.scoring import Weights
from curbside.language.species import STUDIES, of_animals, sentence_about
from curbside.records import EvidenceKind, Span

SURE = 0.8
"""Least probability at which the reading is believed."""
_OPEN = frozenset({EvidenceKind.STUDY, EvidenceKind.TRIAL, EvidenceKind.COHORT, EvidenceKind.LABORATORY})
"""Kinds that words alone may give to a randomised trial that does not call itself one."""
_TALK = frozenset({"letter", "comment", "editorial", "news", "published erratum"})
"""Publication types of what is no report of a study."""
_SIGN = linear(
    r"(?i)\brandom(?:ly|i[sz]ed|i[sz]ation)?\b|\b(?:double|single|triple)[- ]?(?:blind|mask)(?:ed)?\b|\bplacebo\b"
    r"|\bcross-?over\b"
)
_DENIED = linear(
    r"(?i)\bobservational\b|\bnon-?randomi[sz]ed\b|\bretrospective(?:ly)?\b|\bsingle-arm\b|\bsurvey\w*|\bcommentary\b"
    r"|\bextension (?:study|phase|of)\b|\breal-(?:life|world)\b|\bsub-?group analys[ie]s\b|\bpost[- ]hoc\b"
    r"|\bthis (?:article|review|paper) (?:will )?(?:reviews?|discuss)"
)
"""What a text says that is not the report of a randomised trial, whatever else it speaks of."""

_ELSEWHERE = linear(
    r"(?i)\brandomi[sz]ed[\w\s,-]{0,40}\b(?:trials|studies|RCTs)\b|\b(?:needed|required|warranted|further|future)\b"
    r"|\b(?:previous|prior|recent|earlier) (?:\w+ )?(?:trial|study|work|research|report)\b"
)
"""What marks a sentence as one on other trials than the record's own."""
_ABOUT = 160  # code points about a sign in which such a mark counts


def study_kind(
    title: str,
    text: str,
    types: Iterable[str] = (),
    headings: Collection[str] = (),
    abstract: str | None = None,
    weights: Weights | None = None,
) -> Design:
    """Return the kind of evidence of a record and the words that decided it.

    Args:
        title: its title.
        text: what is read for words that name a design; the span returned refers to it.
        types: publication types.
        headings: names of MeSH headings; a record that has some has been indexed.
        abstract: the piece of `text` that the trained reading may be asked about, its abstract; None for none.
        weights: of the trained reading; those shipped where None.
    """
    types = tuple(types)
    found = design_of(title, text, types)
    if found.kind in STUDIES:
        animals = of_animals(title, text, headings, found.span)
        if animals is not None:
            return Design(*animals)
    if found.kind not in _OPEN or headings or abstract is None:
        return found
    if any(name.lower() in TYPES or name.lower() in _TALK for name in types):
        return found
    sign = _own_sign(text)
    if sign is None or _DENIED.search(title) or _DENIED.search(abstract):
        return found
    kind, share = likely(title, abstract, weights)
    if kind == EvidenceKind.RANDOMISED.value and share >= SURE:
        return Design(EvidenceKind.RANDOMISED, sign)
    return found


def _own_sign(text: str) -> Span | None:
    """Where a text speaks of random assignment, blinding or placebo, other trials than its own left out."""
    for match in _SIGN.finditer(text):
        span = Span(match.start(), match.end())
        if _ELSEWHERE.search(sentence_about(text, span, _ABOUT).of(text)) is None:
            return span
    return None


__all__ = ["SURE", "study_kind"]
