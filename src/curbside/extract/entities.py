"""Drugs and conditions that a document names, those that no vocabulary holds included.

A conditional random field (Lafferty et al. 2001; CRFsuite's form) reads words, shapes, the vocabulary's mentions and
the text's own abbreviations. What it has found is then carried on: a short form is what its long form is, and words
that were found once are found where they stand again. Its weights and what they were made from: `data/entities.md`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.resources import files
from typing import Any

from curbside.extract.entity_words import Told, features, first_token, lowered, stemmed, told
from curbside.language.vocabulary import Vocabulary
from curbside.language.words import listed
from curbside.records import ConceptKind, Document, Span

_WEIGHTS = "data/entities.crfsuite"
_LONGEST_RUN = 1_500
"""Tokens that are tagged together at the most."""
_ANY_CASE = 5
"""Letters from which on a name is the same name in any case."""
_STEM_PROBABILITY = 0.9
"""Share of such words in BC5CDR that are annotated as chemicals, rounded down."""
_DEGREES = listed(
    """
    acute chronic severe mild moderate advanced progressive persistent recurrent refractory symptomatic asymptomatic
    fatal transient early late new-onset onset
    """
)
KINDS = {"drug": ConceptKind.DRUG, "disease": ConceptKind.CONDITION}


@dataclass(frozen=True, slots=True)
class Entity:
    """A drug or condition where a text names it.

    Attributes:
        kind: `ConceptKind.DRUG` (chemicals and groups of drugs among them) or `ConceptKind.CONDITION`.
        span: where.
        words: as printed.
        concept: id of the vocabulary, "" where it knows none.
        probability: from 0 to 1, the least of the tagger's over the words; a name that was carried on has that of the
            mention it comes from.
    """

    kind: ConceptKind
    span: Span
    words: str
    concept: str
    probability: float


class Tagger:
    """A trained field: labels for the features of a run of tokens; one for each thread."""

    def __init__(self, weights: bytes) -> None:
        """Open weights in CRFsuite's form.

        Raises:
            ValueError: if they are none.
        """
        self._field: Any = import_module("pycrfsuite").Tagger()  # only where entities are asked for
        self._weights = weights  # the field reads them where they lie
        self._field.open_inmemory(weights)

    def spans(self, rows: list[list[str]]) -> list[tuple[str, int, int, float]]:
        """Return (type, first token, one past the last, probability) of what is found in a run of tokens."""
        self._field.set(rows)
        labels: list[str] = self._field.tag()
        return [
            (kind, first, past, min(float(self._field.marginal(labels[at], at)) for at in range(first, past)))
            for kind, first, past in runs(labels)
        ]


def runs(labels: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Yield (type, first, one past the last) of labels "B-drug", "I-drug", "O"; an I without its B begins one."""
    first, kind = 0, ""
    for at, label in enumerate([*labels, "O"]):
        if kind and label != f"I-{kind}":
            yield kind, first, at
            kind = ""
        if label != "O" and not kind:
            first, kind = at, label[2:]


_local = threading.local()


def _shipped() -> Tagger:
    tagger: Tagger | None = getattr(_local, "tagger", None)
    if tagger is None:
        tagger = _local.tagger = Tagger(files("curbside.extract").joinpath(_WEIGHTS).read_bytes())
    return tagger


def entities(document: Document, vocabulary: Vocabulary) -> list[Entity]:
    """Return the drugs and conditions that `document` names, in order, without overlap."""
    return entities_of(document.text, vocabulary)


def entities_of(text: str, vocabulary: Vocabulary, tagger: Tagger | None = None) -> list[Entity]:
    """Return the drugs and conditions that `text` names; by the shipped weights unless `tagger` brings others."""
    known = told(text, vocabulary)
    rows = features(known, vocabulary)
    tagger = tagger or _shipped()
    found: list[Entity] = []
    for first, past in sequences(known):
        for kind, start, end, probability in tagger.spans(rows[first:past]):
            whole = Span(known.tokens[first + start].start, known.tokens[first + end - 1].end)
            span = _without_odd_brackets(text, whole)
            found.append(Entity(KINDS[kind], span, span.of(text), "", probability))
    found += _stemmed(known, found, vocabulary)
    found = _repeated(known, _shortened(known, found))
    return list(_named(known, found, vocabulary))


def sequences(known: Told) -> Iterator[tuple[int, int]]:
    """Yield the runs of tokens that are tagged together: lines, long ones in parts."""
    first = 0
    for at in range(1, len(known.tokens) + 1):
        if (
            at == len(known.tokens)
            or at - first >= _LONGEST_RUN
            or "\n" in known.text[known.tokens[at - 1].end : known.tokens[at].start]
        ):
            yield first, at
            first = at


def _without_odd_brackets(text: str, span: Span) -> Span:
    """Return the span behind a bracket that closes and never opens, before one that opens and never closes."""
    start, end, opened = span.start, span.end, list[int]()
    for at in range(span.start, span.end):
        if text[at] in "([":
            opened.append(at)
        elif text[at] in ")]":
            if opened:
                opened.pop()
            elif at + 1 < span.end:
                start = at + 1
    if opened and opened[0] > start:
        end = opened[0]
    while start < end - 1 and text[start] in " -,":
        start += 1
    while end > start + 1 and text[end - 1] in " -,":
        end -= 1
    return Span(start, end)


class _Taken:
    """Which code points are taken by entities."""

    def __init__(self, length: int, found: Sequence[Entity]) -> None:
        self._marks = bytearray(length)
        for each in found:
            self.take(each.span)

    def take(self, span: Span) -> None:
        """Mark a span."""
        self._marks[span.start : span.end] = b"\x01" * len(span)

    def is_free(self, span: Span) -> bool:
        """Tell whether nothing of a span is taken."""
        return not any(self._marks[span.start : span.end])


def _stemmed(known: Told, found: Sequence[Entity], vocabulary: Vocabulary) -> list[Entity]:
    """Return the words that are drugs by their endings and that neither the tagger nor the vocabulary takes."""
    taken = _Taken(len(known.text), found)
    for mention in known.mentions:
        taken.take(mention.span)
    return [
        Entity(ConceptKind.DRUG, span, span.of(known.text), "", _STEM_PROBABILITY)
        for span in stemmed(known.text, vocabulary)
        if taken.is_free(span)
    ]


def _shortened(known: Told, found: list[Entity]) -> list[Entity]:
    """Return the entities with short forms of long forms that were found, and long forms of such short forms."""
    if not known.shorts or not found:
        return found
    taken = _Taken(len(known.text), found)
    made = list(found)
    by_end = {each.span.end: each for each in found}
    by_span = {each.span: each for each in found}
    sources: dict[str, Entity] = {}
    for pair in known.shorts:
        source = by_end.get(pair.long.end) or by_span.get(pair.short)
        if source is None:
            continue
        if taken.is_free(pair.long):
            made.append(replace(source, span=pair.long, words=pair.long.of(known.text)))
            taken.take(pair.long)
        sources.setdefault(pair.short.of(known.text), source)
    for name, span in _places(known, frozenset(sources), frozenset(), taken):
        made.append(replace(sources[name], span=span, words=span.of(known.text)))
    return made


def _repeated(known: Told, found: list[Entity]) -> list[Entity]:
    """Return the entities with further places of their words, where no more such places were left out than found."""
    sources: dict[tuple[str, bool], list[Entity]] = {}
    for each in found:
        any_case = len(each.words) >= _ANY_CASE and not each.words.isupper()
        if len(each.words) > 1:
            sources.setdefault((each.words.lower() if any_case else each.words, any_case), []).append(each)
    exact, folded = (frozenset(name for name, any_case in sources if any_case is wanted) for wanted in (False, True))
    places: dict[tuple[str, bool], list[Span]] = {}
    for name, span in _places(known, exact, folded, _Taken(len(known.text), found)):
        key = (name, False) if (name, False) in sources and span.of(known.text) == name else (name, True)
        places.setdefault(key, []).append(span)
    made = list(found)
    for key, spans in places.items():
        if len(spans) <= len(sources[key]):
            made += [replace(sources[key][0], span=span, words=span.of(known.text)) for span in spans]
    return made


def _places(known: Told, exact: frozenset[str], folded: frozenset[str], taken: _Taken) -> Iterator[tuple[str, Span]]:
    """Yield where names stand as whole words where nothing is taken: as written; those that are `folded` in any case.

    The longest name that starts at a word counts; many names cost no more than few.
    """
    text, low = known.text, lowered(known.text)
    lengths: dict[str, set[int]] = {}
    for name in exact | folded:
        lengths.setdefault(first_token(name).lower(), set()).add(len(name))
    options = {first: sorted(each, reverse=True) for first, each in lengths.items()}
    past = 0
    for token in known.tokens:
        start = token.start
        if start < past or text[start - 1 : start].isalnum():
            continue
        for length in options.get(token.of(low), ()):
            span = Span(start, start + length)
            name = span.of(text) if span.of(text) in exact else span.of(low)
            if (name in folded or span.of(text) in exact) and not text[span.end : span.end + 1].isalnum():
                if taken.is_free(span):
                    past = span.end
                    yield name, span
                break


def _named(known: Told, found: list[Entity], vocabulary: Vocabulary) -> Iterator[Entity]:
    """Yield the entities in order with the vocabulary's ids."""
    places = {(mention.span, mention.kind): mention.concept for mention in known.mentions}
    ends = {(mention.span.end, mention.kind): mention for mention in known.mentions}
    longs = {pair.short.of(known.text): pair.long for pair in known.shorts}
    for each in sorted(found, key=lambda entity: entity.span):
        yield replace(each, concept=_concept(each, known.text, places, ends, longs, vocabulary))


def _concept(
    entity: Entity,
    text: str,
    places: dict[tuple[Span, ConceptKind], str],
    ends: dict[tuple[int, ConceptKind], Any],
    longs: dict[str, Span],
    vocabulary: Vocabulary,
) -> str:
    kinds = (entity.kind, ConceptKind.DRUG_CLASS) if entity.kind is ConceptKind.DRUG else (entity.kind,)
    long = longs.get(entity.words)
    for span in (entity.span,) if long is None else (long,):  # the text's own definition holds, not the dictionary
        for kind in kinds:
            if (span, kind) in places:
                return places[span, kind]
            head = ends.get((span.end, kind))
            if head is not None and span.start < head.span.start:
                before = text[span.start : head.span.start].lower().split()
                if all(word in _DEGREES for word in before):
                    return head.concept
        concept = vocabulary.find(span.of(text)) if long is None else None
        if concept is not None and concept.kind in kinds:
            return concept.id
    return ""
