"""A document cut into the subjects it speaks of, each with its sentences and what it is mainly about.

An abstract is one subject; an author's page has one for each abstract, a question page one for each question with its
replies. What one subject states is never carried into another.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from curbside.extract.places import sentences_of
from curbside.language.labels import embedded
from curbside.language.linear import linear
from curbside.language.sentences import sentences
from curbside.language.vocabulary import Vocabulary
from curbside.language.words import flat
from curbside.records import BlockKind, Category, ConceptKind, Document, Mention, PartRole, Quote, Span

_SPOKEN = frozenset(
    {
        PartRole.ABSTRACT,
        PartRole.BODY,
        PartRole.GUIDELINES,
        PartRole.RESEARCH,
        PartRole.SUMMARY,
        PartRole.QUESTION,
        PartRole.REPLY,
        PartRole.GENERATED,
    }
)
"""Who may state a fact; a community post tells of its writer, chrome and references of nothing."""
_OWN = frozenset({Category.METHODS, Category.RESULTS})
"""Sections of a full text in which a study tells of itself."""
_TEXT = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.OTHER, BlockKind.TITLE, BlockKind.HEADING})
_LONGEST = 2_000
"""Code points of a sentence that is still read as a statement; what runs on longer is a list without stops."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, or a title or heading.

    Attributes:
        span: where it stands in the document.
        words: the sentence.
        low: the same in lower case with plain hyphens and blanks (`words.flat`), offsets unchanged.
        role: who speaks.
        category: what its section does.
        heading: whether it is a title or heading.
        body: whether it stands in the body of an article that has an abstract.
        mentions: concepts named in it, spans into `words`.
        label: in lower case, the label that it stands right behind ("participants"), or "".
    """

    span: Span
    words: str
    low: str
    role: PartRole
    category: Category
    heading: bool
    body: bool
    mentions: tuple[Mention, ...]
    label: str = ""

    def of(self, *kinds: ConceptKind) -> tuple[Mention, ...]:
        """Return the mentions of `kinds`."""
        return tuple(mention for mention in self.mentions if mention.kind in kinds)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a document says of one subject.

    Attributes:
        document: its id.
        lines: sentences in the order of the text.
        drugs, conditions: ids of what it is about, most prominent first.
        vocabulary: what the ids stand for.
        reports: whether it tells of a study of its own or of another's, rather than asking or answering.
    """

    document: str
    lines: tuple[Line, ...]
    drugs: tuple[str, ...]
    conditions: tuple[str, ...]
    vocabulary: Vocabulary
    reports: bool
    _names: dict[str, str] = field(default_factory=dict[str, str])

    def quote(self, line: Line, start: int, end: int) -> Quote:
        """Return the words of `line` between two offsets, trimmed, as a quote of the document."""
        words = line.words[start:end]
        lead = len(words) - len(words.lstrip(" \n\t\u00a0,;:"))
        words = words.strip(" \n\t\u00a0,;:")
        at = line.span.start + start + lead
        return Quote(self.document, Span(at, at + len(words)), words)

    def name(self, concept: str) -> str:
        """Return the preferred name of a concept."""
        if concept not in self._names:
            found = self.vocabulary.get(concept)
            self._names[concept] = found.name if found is not None else concept
        return self._names[concept]


_OTHERS = linear(
    r"\b(?:recent|previous|prior|earlier|other|several|many|published|promising|few"
    r"|past) (?:[a-z]+,? ){0,3}?(?:study|studies"
    r"|reports?|results?|research(?:es)?|literature|trials?|data|authors|series|work)\b|\brecently,"
    r"|\bin the literature\b|\bet al\b"
    r"|\b(?:has|have|had) been (?:successfully |widely |increasingly |recently |previously )?(?:shown"
    r"|reported|used|proposed|suggested"
    r"|described|approved|demonstrated|associated|implicated)\b|\b(?:is|are) (?:known|used|associated"
    r"|characteri[sz]ed|considered)\b"
)


def of_others(line: Line) -> bool:
    """Tell whether a sentence tells of what others found or of what is generally known, not of the study at hand."""
    return line.category in (Category.NONE, Category.BACKGROUND) and _OTHERS.search(line.low) is not None


def subjects(document: Document, vocabulary: Vocabulary) -> tuple[Subject, ...]:
    """Return the subjects of `document` in order; a document in which nobody speaks has none."""
    keys: dict[tuple[int, int], list[int]] = {}
    apart = sum(part.role is PartRole.ABSTRACT and part.group != 0 for part in document.parts)
    for index, part in enumerate(document.parts):
        if part.role in _SPOKEN:
            keys.setdefault((part.group, 0), []).append(index)
    title = next((block.span for block in document.blocks if block.kind is BlockKind.TITLE), None)
    found: list[Subject] = []
    for (group, _), parts in keys.items():
        head = title if group == 0 and not apart else None
        found.append(_subject(document, vocabulary, parts, head))
    return tuple(subject for subject in found if subject.lines)


def _subject(document: Document, vocabulary: Vocabulary, parts: list[int], title: Span | None) -> Subject:
    pieces = list(_pieces(document, parts, title))
    lines = tuple(_lines(document, vocabulary, pieces))
    counts: dict[ConceptKind, Counter[str]] = {ConceptKind.DRUG: Counter(), ConceptKind.CONDITION: Counter()}
    for line in lines:
        weight = 4 if line.heading else 0 if line.body else 1
        for mention in line.mentions:
            if mention.kind in counts:
                counts[mention.kind][mention.concept] += weight
    drugs, conditions = (
        tuple(name for name, count in counts[kind].most_common(12) if count)
        for kind in (ConceptKind.DRUG, ConceptKind.CONDITION)
    )
    reports = any(line.role in (PartRole.ABSTRACT, PartRole.BODY, PartRole.SUMMARY) for line in lines)
    return Subject(document.id, lines, drugs, conditions, vocabulary, reports)


@dataclass(frozen=True, slots=True)
class _Piece:
    span: Span
    role: PartRole
    category: Category
    heading: bool
    body: bool
    label: str = ""


def _pieces(document: Document, parts: list[int], title: Span | None) -> Iterator[_Piece]:
    """Yield the blocks in which the parts speak, the title first."""
    wanted = frozenset(parts)
    abstract = any(document.parts[index].role is PartRole.ABSTRACT for index in parts)
    tables = sorted((table.span for table in document.tables), key=lambda span: span.start)
    starts = [span.start for span in tables]
    if title is not None:
        yield _Piece(title, PartRole.METADATA, Category.NONE, True, False)
    for block in document.blocks:
        if block.part not in wanted or block.kind not in _TEXT or block.span == title:
            continue
        if _in_table(block.span, tables, starts):
            continue
        role = document.parts[block.part].role
        body = abstract and role is PartRole.BODY
        category = _category(document, block.section)
        if body and category not in _OWN:
            continue
        heading = block.kind in (BlockKind.TITLE, BlockKind.HEADING)
        if heading and category is not Category.NONE:
            continue  # "Results:" states nothing
        piece = _Piece(block.span, role, category, heading, body, _opened(document, block.section, block.span))
        running = category is Category.NONE and not heading and role in _LABELLED
        yield from _labelled(document, piece) if running else (piece,)


_LABELLED = frozenset({PartRole.ABSTRACT, PartRole.BODY, PartRole.SUMMARY, PartRole.RESEARCH})


def _labelled(document: Document, piece: _Piece) -> Iterator[_Piece]:
    """Yield a running text in the pieces that labels inside it make: "METHODS: … RESULTS: …"."""
    found = embedded(piece.span.of(document.text))
    if not found:
        yield piece
        return
    base = piece.span.start
    if found[0].start > 0:
        yield replace(piece, span=Span(base, base + found[0].start))
    for place, label in enumerate(found):
        end = base + found[place + 1].start if place + 1 < len(found) else piece.span.end
        words = document.text[base + label.start : base + label.end].lower()
        if base + label.body < end:
            yield replace(piece, span=Span(base + label.body, end), category=label.category, label=words)


def _opened(document: Document, section: int, span: Span) -> str:
    """Return the heading of the section that a block opens, in lower case, else ""."""
    if section < 0:
        return ""
    inner = document.sections[section]
    if inner.heading is None or document.text[inner.heading.end : span.start].strip(" \n\t:."):
        return ""
    return inner.heading.of(document.text).lower().strip(" :.")


def _in_table(span: Span, tables: list[Span], starts: list[int]) -> bool:
    place = bisect_right(starts, span.start) - 1
    return place >= 0 and span.start < tables[place].end


def _category(document: Document, section: int) -> Category:
    """Return what the innermost section that says so does."""
    if section < 0:
        return Category.NONE
    inner = document.sections[section]
    if inner.category is not Category.NONE:
        return inner.category
    over = [each for each in document.sections_over(inner.span) if each.category is not Category.NONE]
    return over[-1].category if over else Category.NONE


def _sentences(document: Document, piece: _Piece, glued: list[int]) -> Sequence[Span]:
    start, end = piece.span.start, piece.span.end
    return sentences(document.text, start, end, glued) if glued else sentences_of(document.text, start, end)


def _lines(document: Document, vocabulary: Vocabulary, pieces: list[_Piece]) -> Iterator[Line]:
    """Yield sentences with what they name; the pieces are read as one text, so that short forms are followed."""
    words = [piece.span.of(document.text) for piece in pieces]
    mentions = vocabulary.mentions("\n\n".join(words))
    starts = [mention.span.start for mention in mentions]
    base = 0  # where the piece begins in the joined text
    for piece, text in zip(pieces, words, strict=True):
        glued = [marker.span.end for marker in document.markers_in(piece.span) if marker.superscript]
        spans = [piece.span] if piece.heading else _sentences(document, piece, glued)
        for span in spans:
            if len(span) > _LONGEST:
                continue
            moved = base - piece.span.start
            low, high = span.start + moved, span.end + moved
            inside = mentions[bisect_left(starts, low) : bisect_left(starts, high)]
            named = tuple(Mention(each.span.moved(-low), each.concept, each.kind) for each in inside)
            said = span.of(document.text)
            label = piece.label if span.start == spans[0].start else ""
            yield Line(span, said, flat(said), piece.role, piece.category, piece.heading, piece.body, named, label)
        base += len(text) + 2
