"""An answer as a page shows it: sentences with citations, and for each citation the passage with its words lit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curbside.records import (
    Absence,
    Answer,
    Block,
    BlockKind,
    Derivation,
    Document,
    Expansion,
    Holding,
    Notice,
    NoticeKind,
    PartRole,
    Question,
    Quote,
    ReferenceEntry,
    Span,
)
from curbside.writers.basis import DECLINED, OPTIONS, absences_lead, basis, not_stated
from curbside.writers.html_runs import Run, runs
from curbside.writers.html_table import TableView, table_view

MARGIN = 420
"""Characters shown of a long passage before and after the quoted words, and of a neighbour."""

VOICES: Mapping[PartRole, str] = {
    PartRole.GUIDELINES: "Report of guidelines",
    PartRole.RESEARCH: "Report of research",
    PartRole.SUMMARY: "Summary of another work",
    PartRole.REPLY: "Reply",
    PartRole.GENERATED: "Unsigned text",
    PartRole.QUESTION: "Question asked",
    PartRole.POST: "Post",
    PartRole.ABSTRACT: "Abstract",
    PartRole.REFERENCES: "References",
    PartRole.METADATA: "About this page",
    PartRole.CHROME: "Around the text",
}
"""Who speaks, in the words of a page; the document's own text needs none."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of a passage, or a table in it.

    Attributes:
        runs: its words; empty for a table.
        near: whether it only stands beside the quoted paragraph.
        before, after: whether words were left out at its ends.
        table: the table, with the rows that hold the quoted words.
    """

    runs: tuple[Run, ...] = ()
    near: bool = False
    before: bool = False
    after: bool = False
    table: TableView | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """What one citation opens on.

    Attributes:
        anchor: its id on the page ("q3").
        back: id of the sentence that cites it first.
        number: number of the reference.
        reference: its entry.
        standing: notices on the work that a reader must know of ("retracted"), in words.
        path: who speaks and the headings above, outermost first.
        pieces: the words.
        quotes: the quoted words, for print and for readers of the screen.
        href: the document, open at the words.
        language: BCP 47 tag of the words, or "".
    """

    anchor: str
    back: str
    number: int
    reference: ReferenceEntry
    standing: tuple[str, ...]
    path: tuple[str, ...]
    pieces: tuple[Piece, ...]
    quotes: tuple[str, ...]
    href: str
    language: str


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence with the passages it opens.

    Attributes:
        anchor: its id on the page ("s1").
        text: as shown.
        citations: (number, anchor of the passage) pairs.
        derived: computed numbers with their arithmetic.
        language: BCP 47 tag of its words, or "".
    """

    anchor: str
    text: str
    citations: tuple[tuple[int, str], ...]
    derived: tuple[Derivation, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class SectionView:
    """A headed group of sentences."""

    anchor: str
    heading: str
    sentences: tuple[SentenceView, ...]


@dataclass(frozen=True, slots=True)
class AbsenceView:
    """What is not stated, and what comes nearest.

    Attributes:
        text: what was looked for and in how many documents.
        nearest: the nearest words with their citation, or None.
        documents: (title, address) of the documents looked at.
    """

    text: str
    nearest: SentenceView | None
    documents: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """An entry of the reference list.

    Attributes:
        entry: as the answer has it.
        standing: notices on the work, in words.
        links: (label, address) pairs of its identifiers.
        href: the document's own page.
    """

    entry: ReferenceEntry
    standing: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    href: str


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer, ready to be laid out.

    Attributes:
        question: as asked.
        understood: (what, words) rows of what was made of it.
        notes: what the reader should know of the answering.
        declined: whether it declines; `declining` then says so in words.
        absences_first: whether what is not stated stands before the sentences.
        sections, absences, references, passages: as named.
        basis: what it is based on, in one sentence.
        options: the words under every answer.
        problems: what could not be done.
    """

    question: str
    understood: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    declined: bool
    declining: str
    absences_first: bool
    sections: tuple[SectionView, ...]
    absences: tuple[AbsenceView, ...]
    references: tuple[ReferenceView, ...]
    passages: tuple[Passage, ...]
    basis: str
    options: str
    problems: tuple[str, ...]


class _Passages:
    """Collects the passages in the order in which sentences cite them; equal quotes share one."""

    def __init__(self, answer: Answer, holdings: Mapping[str, Holding]) -> None:
        self._holdings = holdings
        self._entries = {entry.document: entry for entry in answer.references}
        self._by_work = {entry.work: entry for entry in answer.references}
        self._found: dict[tuple[Quote, ...], Passage] = {}

    def citations(self, quotes: Sequence[Quote], sentence: str) -> tuple[tuple[int, str], ...]:
        grouped: dict[str, list[Quote]] = {}
        for quote in quotes:
            grouped.setdefault(quote.document, []).append(quote)
        return tuple((passage.number, passage.anchor) for passage in self._each(grouped, sentence))

    def _each(self, grouped: Mapping[str, list[Quote]], sentence: str) -> list[Passage]:
        found: list[Passage] = []
        for name, quotes in grouped.items():
            holding = self._holdings.get(name)
            if holding is None:
                continue
            entry = self._entries.get(name) or self._by_work.get(holding.work)
            if entry is None:
                continue
            key = tuple(quotes)
            if key not in self._found:
                anchor = f"q{len(self._found) + 1}"
                self._found[key] = _passage(holding, entry, quotes, anchor, sentence)
            found.append(self._found[key])
        return found

    def all(self) -> tuple[Passage, ...]:
        return tuple(self._found.values())


def answer_view(answer: Answer, holdings: Mapping[str, Holding]) -> AnswerView:
    """Return an answer for a page; `holdings` are the documents that it quotes and cites, by id."""
    passages = _Passages(answer, holdings)
    sections: list[SectionView] = []
    count = 0

    def sentence(text: str, quotes: Sequence[Quote], derived: tuple[Derivation, ...] = ()) -> SentenceView:
        nonlocal count
        count += 1
        anchor = f"s{count}"
        language = next((holdings[q.document].document.language for q in quotes if q.document in holdings), "")
        return SentenceView(anchor, text, passages.citations(quotes, anchor), derived, language)

    def absence(each: Absence) -> AbsenceView:
        nearest = sentence(each.nearest.words, [each.nearest]) if each.nearest else None
        looked = [holdings[name] for name in each.documents if name in holdings]
        return AbsenceView(
            not_stated(each),
            nearest,
            tuple((one.document.title or "Untitled", f"/documents/{one.document.id}") for one in looked),
        )

    first = absences_lead(answer)
    absences = [absence(each) for each in answer.absences] if first else []
    for number, section in enumerate(answer.sections, 1):
        views = tuple(sentence(each.text, each.quotes, each.derived) for each in section.sentences)
        sections.append(SectionView(f"section-{number}", section.heading, views))
    absences = absences or [absence(each) for each in answer.absences]
    return AnswerView(
        question=answer.question.text,
        understood=tuple(_understood(answer.question)),
        notes=answer.notes,
        declined=answer.declined or not answer.sections,
        declining=DECLINED,
        absences_first=first,
        sections=tuple(sections),
        absences=tuple(absences),
        references=tuple(_reference(entry, holdings.get(entry.document)) for entry in answer.references),
        passages=passages.all(),
        basis=basis(answer),
        options=OPTIONS,
        problems=tuple(str(problem) for problem in answer.problems),
    )


def documents_of(answer: Answer) -> tuple[str, ...]:
    """Return the ids of the documents that a page needs for an answer, each once."""
    quotes = [quote for section in answer.sections for each in section.sentences for quote in each.quotes]
    nearest = [absence.nearest for absence in answer.absences if absence.nearest is not None]
    looked = [name for absence in answer.absences for name in absence.documents]
    cited = [entry.document for entry in answer.references]
    return tuple(dict.fromkeys([*(quote.document for quote in (*quotes, *nearest)), *cited, *looked]))


def standing(holding: Holding) -> tuple[str, ...]:
    """Return what a reader must know of a work before using it, most serious first: "retracted", "corrected" …"""
    received = {notice.kind for notice in holding.document.notices if not notice.issued}
    words = ["retracted"] if holding.profile.retracted or holding.document.retracted else []
    words += ["expression of concern"] if NoticeKind.CONCERN in received else []
    words += ["corrected"] if NoticeKind.CORRECTION in received else []
    issued: list[Notice] = [notice for notice in holding.document.notices if notice.issued]
    words += [f"notice: {notice.kind.value}" for notice in issued if notice.kind is not NoticeKind.COMMENT]
    return tuple(dict.fromkeys(words))


def id_links(holding: Holding) -> tuple[tuple[str, str], ...]:
    """Return the identifiers of a work as (label, address) pairs; addresses are of the registries themselves."""
    return links_of_ids(holding.document)


def links_of_ids(document: Document) -> tuple[tuple[str, str], ...]:
    """Return a document's identifiers as (label, address) pairs."""
    ids = document.ids
    known = (
        (f"PMID {ids.pmid}", f"https://pubmed.ncbi.nlm.nih.gov/{ids.pmid}/", ids.pmid),
        (ids.pmcid or "", f"https://pmc.ncbi.nlm.nih.gov/articles/{ids.pmcid}/", ids.pmcid),
        (f"doi:{ids.doi}", f"https://doi.org/{ids.doi}", ids.doi),
        (ids.nct or "", f"https://clinicaltrials.gov/study/{ids.nct}", ids.nct),
    )
    return tuple((label, href) for label, href, value in known if value)


def _reference(entry: ReferenceEntry, holding: Holding | None) -> ReferenceView:
    return ReferenceView(
        entry,
        standing(holding) if holding else (),
        id_links(holding) if holding else (),
        f"/documents/{entry.document}",
    )


def _understood(question: Question) -> list[tuple[str, str]]:
    def named(expansions: Sequence[Expansion]) -> str:
        return ", ".join(dict.fromkeys(each.name for each in expansions))

    rows = [
        ("Asks for", ", ".join(intent.value for intent in question.intents)),
        ("Drug", named(question.drugs)),
        ("Class", named(question.classes)),
        ("Condition", named(question.conditions)),
        ("Procedure", named(question.procedures)),
        ("Outcome", named(question.outcomes)),
        ("Tried before", named(question.prior)),
        ("People", ", ".join(question.populations)),
        ("Route", ", ".join(question.routes)),
        ("Further words", ", ".join(question.words)),
    ]
    return [(what, words) for what, words in rows if words]


def _passage(holding: Holding, entry: ReferenceEntry, quotes: Sequence[Quote], anchor: str, sentence: str) -> Passage:
    document = holding.document
    spans = sorted(quote.span for quote in quotes)
    whole = Span(spans[0].start, max(span.end for span in spans))
    return Passage(
        anchor=anchor,
        back=sentence,
        number=entry.number,
        reference=entry,
        standing=standing(holding),
        path=path_of(document, spans[0]),
        pieces=tuple(_pieces(document, spans, anchor)),
        quotes=tuple(quote.words for quote in quotes),
        href=f"/documents/{document.id}?at={spans[0].start}-{spans[0].end if len(spans) > 1 else whole.end}#quote",
        language=_language(document, spans[0]),
    )


def _language(document: Document, span: Span) -> str:
    part = next((each for each in document.parts if each.span.covers(span)), None)
    return (part.language if part else "") or document.language


def path_of(document: Document, span: Span) -> tuple[str, ...]:
    """Return who speaks at a place and the headings above it, outermost first."""
    part = next((each for each in document.parts if each.span.covers(span)), None)
    voice = VOICES.get(part.role, "") if part else ""
    signed = f"{voice} — {part.by}" if part and part.by and voice else voice
    above = sorted((each for each in document.sections_over(span) if each.heading), key=lambda each: each.level)
    headings = [each.heading.of(document.text).strip(" :\n") for each in above if each.heading]
    return tuple(each for each in (signed, *headings) if each)


def _pieces(document: Document, spans: Sequence[Span], anchor: str) -> list[Piece]:
    pieces: list[Piece] = []
    shown: set[Span] = set()
    name = f"{anchor}-words"
    for span in spans:
        if span in shown or any(each.covers(span) for each in shown):
            continue
        table = next((each for each in document.tables if each.span.meets(span)), None)
        if table is not None and table.cells:
            lit = [each for each in spans if each.meets(table.span)]
            reach = Span(lit[0].start, max(each.end for each in lit))
            pieces.append(Piece(table=table_view(document, table, lit, anchor=name, only=reach)))
            shown.add(table.span)
        else:
            pieces += _paragraphs(document, span, spans, shown, name)
        name = ""
    return pieces


def _paragraphs(document: Document, span: Span, spans: Sequence[Span], shown: set[Span], anchor: str) -> list[Piece]:
    blocks = document.blocks
    held = [number for number, block in enumerate(blocks) if block.span.meets(span)]
    if not held:
        shown.add(span)
        reach = Span(max(0, span.start - MARGIN), min(len(document.text), span.end + MARGIN))
        return [_clipped(document, reach, spans, anchor)]
    pieces: list[Piece] = []
    before = _neighbour(document, held[0], -1)
    if before is not None and before.span not in shown:
        pieces.append(_beside(document, before, last=True))
    for number in held:
        block = blocks[number]
        if block.span in shown:
            continue
        shown.add(block.span)
        piece = _clipped(document, block.span, spans, anchor)
        anchor = "" if any(run.anchor for run in piece.runs) else anchor
        pieces.append(piece)
    after = _neighbour(document, held[-1], 1)
    if after is not None and after.span not in shown and not any(after.span.meets(each) for each in spans):
        pieces.append(_beside(document, after, last=False))
    return pieces


def _neighbour(document: Document, number: int, step: int) -> Block | None:
    """Return the paragraph before or after, where the same voice goes on in the same section."""
    here, other = document.blocks[number], number + step
    if not 0 <= other < len(document.blocks):
        return None
    block = document.blocks[other]
    same = (block.part, block.section) == (here.part, here.section)
    return block if same and block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) else None


def _clipped(document: Document, span: Span, spans: Sequence[Span], anchor: str) -> Piece:
    """Return a paragraph, a long one only as far as `MARGIN` around what is quoted in it."""
    quoted = [each for each in spans if each.meets(span)]
    start, end = span.start, span.end
    if quoted:
        start = _border(document.text, max(start, min(each.start for each in quoted) - MARGIN), span.start)
        last = min(end, max(each.end for each in quoted) + MARGIN)
        end = last if last >= span.end else max(document.text.rfind(" ", start, last), quoted[-1].end)
        end = min(end, span.end)
    return Piece(
        tuple(runs(document.text, Span(start, end), quoted, anchor=anchor)),
        before=start > span.start,
        after=end < span.end,
    )


def _border(text: str, start: int, first: int) -> int:
    if start <= first:
        return first
    border = text.find(" ", start, start + 60)
    return border + 1 if border >= 0 else start


def _beside(document: Document, block: Block, last: bool) -> Piece:
    words = block.span
    if len(words) <= MARGIN:
        return Piece(tuple(runs(document.text, words)), near=True)
    if last:
        start = _border(document.text, words.end - MARGIN, words.start)
        return Piece(tuple(runs(document.text, Span(start, words.end))), near=True, before=True)
    end = document.text.rfind(" ", words.start, words.start + MARGIN)
    end = end if end > words.start else words.start + MARGIN
    return Piece(tuple(runs(document.text, Span(words.start, end))), near=True, after=True)
