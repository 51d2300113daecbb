"""What a document states of how its study was done: design, phase, blinding, setting, dates, registration, money.

Only what is stated comes back; what a card looked for and did not find is said where the card is put together.
"""

from __future__ import annotations

from collections.abc import Iterator

from curbside.extract.places import category_at, sentences_of
from curbside.extract.study_frame import dates, funds, registrations
from curbside.language import study_words as words
from curbside.language.linear import Match
from curbside.records import (
    BlockKind,
    Category,
    Document,
    Fact,
    Field,
    PartRole,
    Quote,
    Span,
    Terms,
)

_SPEAKING = frozenset(
    {PartRole.BODY, PartRole.ABSTRACT, PartRole.RESEARCH, PartRole.SUMMARY, PartRole.GUIDELINES, PartRole.METADATA}
)
_ABOUT = 4_000  # code points of an unstructured text in which it says what it is
_STRONG = frozenset({"randomised", "cluster-randomised", "case report", "case series", "prospective", "retrospective"})
"""Designs that a passive sentence names for its own study ("were retrospectively analysed")."""
_WEAKER = {"randomised": "cluster-randomised", "observational": "cohort", "case report": "case series"}
"""A design -> the narrower one that makes it needless."""
_AGAIN = 2  # further sentences that call a document a review
_COMPILED = frozenset({"narrative review", "case report", "case series", "in vitro", "animal", "observational"})
_REVIEWS = frozenset({"systematic review", "meta-analysis", "guideline", "narrative review"})


def designs(document: Document) -> list[Fact]:
    """Return what a document states of design, phase, blinding, setting, enrolment, registration, funding, conflicts.

    Each fact's quote is the words that state it. A document on several studies (an author's page) states the designs
    of each, in the order of the text.
    """
    found: list[Fact] = []
    for group in _groups(document):
        found.extend(_designs(document, group))
    found.extend(dates(document, _own(document)))
    found.extend(registrations(document))
    found.extend(funds(document))
    order = {field: place for place, field in enumerate(Field)}
    return sorted(found, key=lambda fact: (order[fact.field], fact.quote.span.start))


def _groups(document: Document) -> list[list[Span]]:
    """Return the sentences that may speak of the document's own study, a list for each study."""
    grouped: dict[int, list[Span]] = {}
    own = _own(document)
    for place, part in enumerate(document.parts):
        if part.role in _SPEAKING:
            key = part.group if part.group else 0
            key = -1 - place if part.role is PartRole.ABSTRACT and _abstracts(document) > 1 else key
            grouped.setdefault(key, []).extend(span for span in own if part.span.covers(span))
    return [spans for spans in grouped.values() if spans] or ([own] if own else [])


def _abstracts(document: Document) -> int:
    return sum(part.role is PartRole.ABSTRACT for part in document.parts)


def _own(document: Document) -> list[Span]:
    """Return the blocks that speak of the study itself: title, abstract, methods; elsewhere the beginning."""
    structured = any(section.category is Category.METHODS for section in document.sections)
    abstracts = [part for part in document.parts if part.role is PartRole.ABSTRACT]
    kept: list[Span] = []
    for block in document.blocks:
        part = document.parts[block.part]
        if part.role not in _SPEAKING or block.kind in (BlockKind.TABLE, BlockKind.FOOTNOTE):
            continue
        if block.kind is BlockKind.TITLE or part.role in (PartRole.ABSTRACT, PartRole.SUMMARY):
            kept.append(block.span)
        elif block.kind in (BlockKind.CAPTION, BlockKind.HEADING):
            continue
        elif structured:
            if category_at(document, block.span.start) is Category.METHODS:
                kept.append(block.span)
        elif not abstracts and block.span.start - part.span.start < _ABOUT:
            kept.append(block.span)
    if not document.blocks:
        kept.append(Span(0, min(len(document.text), _ABOUT)))
    return kept


def _designs(document: Document, spans: list[Span]) -> Iterator[Fact]:
    title = document.title
    seen: dict[str, Fact] = {}
    told: dict[tuple[Field, str], Fact] = {}
    again: list[Fact] = []
    for span in spans:
        whole = span.of(document.text)
        headline = bool(title) and whole.strip().rstrip(".") == title.strip().rstrip(".")
        for cut in [span] if headline else sentences_of(document.text, span.start, span.end):
            text = cut.of(document.text)
            elsewhere = words.ELSEWHERE.search(text) is not None
            if elsewhere and not headline:
                continue
            for place in words.ALL_DESIGNS.found(text):
                name = words.NAMES[place]
                match = words.PATTERNS[name].search(text)
                if match is None or not (headline or _of_itself(name, text, match)):
                    continue
                if name in seen:
                    if name == "narrative review" and len(again) < _AGAIN:
                        again.append(_fact(document, Field.DESIGN, name, cut, match))
                    continue
                seen[name] = _fact(document, Field.DESIGN, name, cut, match)
            for field, name, match in _details(text):
                told.setdefault((field, name), _fact(document, field, name, cut, match))
    settled = list(_settled(seen))
    yield from settled
    yield from (fact for fact in again if any(kept.value == fact.value for kept in settled))
    yield from told.values()


def _of_itself(name: str, text: str, match: Match) -> bool:
    """Tell whether a sentence that names a design means its own study."""
    if name == "guideline":
        return words.GUIDED.search(text) is not None
    if name == "retrospective" and text[match.end() :].lstrip().startswith("register"):
        return False  # the trial's number was asked for late
    if name in _STRONG or words.OWN.search(text) is not None:
        return not (name in ("in vitro", "animal") and words.OF_PEOPLE.search(text) is not None)
    return match.start() < 60  # "Design: randomised trial."


def _details(text: str) -> Iterator[tuple[Field, str, Match]]:
    """Yield phase, blinding and setting with the words that state them."""
    phase = words.PHASE.search(text)
    if phase is not None:
        yield Field.PHASE, _phase(phase), phase
    for name, pattern in words.BLINDING:
        match = pattern.search(text)
        if match is not None:
            yield Field.BLINDING, name, match
    for match in words.SETTING.finditer(text):
        yield Field.SETTING, " ".join(match.group().split()), match


def _phase(match: Match) -> str:
    groups = words.PHASE.groupindex
    romans = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}

    def one(number: str, part: str) -> str:
        digits = (match.group(groups[number]) or "").lower()
        return romans.get(digits, digits) + (match.group(groups[part]) or "").lower()

    second = one("two", "other")
    return "phase " + one("one", "part") + (f"/{second}" if second else "")


def _settled(seen: dict[str, Fact]) -> Iterator[Fact]:
    """Yield the designs found, less what a narrower one makes needless or what only a review's subject is."""
    if "non-randomised" in seen and "randomised" in seen:
        inside = seen["non-randomised"].quote.span.covers(seen["randomised"].quote.span)
        if inside or seen["randomised"].quote.span.meets(seen["non-randomised"].quote.span):
            seen.pop("randomised")
    reviewed = next((name for name in ("meta-analysis", "systematic review") if name in seen), None)
    first = min((fact.quote.span.start for fact in seen.values()), default=0)
    reviewing = "narrative review" in seen and set(seen) <= _COMPILED
    for name, fact in seen.items():
        if _WEAKER.get(name) in seen:
            continue
        if reviewed is not None and name not in _REVIEWS:
            continue  # the studies that a review takes in are not its own design
        if name in ("in vitro", "animal") and any(
            other in seen for other in ("randomised", "case report", "case series", "cohort") if name == "in vitro"
        ):
            continue
        if name == "narrative review" and not reviewing:
            continue
        if name in ("case report", "case series") and reviewing and fact.quote.span.start > first:
            continue  # what a review compiles
        yield fact


def _fact(document: Document, field: Field, name: str, cut: Span, match: Match) -> Fact:
    span = Span(cut.start + match.start(), cut.start + match.end())
    quote = Quote(document.id, span, span.of(document.text))
    return Fact(field, Terms((name,)), quote)


__all__ = ["designs"]
