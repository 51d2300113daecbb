"""Writes a JATS article into a document: text, markers and tables, each placed as it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from curbside.readers.builder import Builder
from curbside.readers.jats_flow import Flow, flow_of
from curbside.readers.jats_references import Cited, markers
from curbside.records import BlockKind, Category, Marker, Problem, Span, Table

_EDGES = "\r\n\t "


@dataclass(slots=True)
class Pen:
    """What is being written.

    Attributes:
        builder: text and structure.
        listed: the reference list that citations point into.
        origin: where the file came from, for problems.
        markers, tables, problems: found so far.
        uncited: citations that name no entry of the list.
        lifted: superscript runs that are no marked-up citation, as spans of the document.
        depth: how deep the element being written lies in blocks.
        rest: writes what stands in a paragraph but is no running text (lists, figures, tables).
    """

    builder: Builder
    listed: Cited
    origin: str
    rest: Callable[[Any, Pen], None]
    markers: list[Marker] = field(default_factory=list[Marker])
    tables: list[Table] = field(default_factory=list[Table])
    problems: list[Problem] = field(default_factory=list[Problem])
    uncited: int = 0
    lifted: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    depth: int = 0

    def problem(self, what: str, element: Any, lost: bool = True) -> None:
        """Note what could not be done, at the element's line."""
        self.problems.append(Problem(what, self.origin, element.sourceline or 0, "", lost))

    def paragraph(self, element: Any, kind: BlockKind = BlockKind.PARAGRAPH, lead: str = "") -> Span:
        """Write a paragraph; lists and quotations in it follow at their place, figures and tables after it.

        `lead` is printed before it (the label of a list item). Returns the span of its own words.
        """
        flow = Flow(self.listed.keys)
        if lead:
            flow.add(lead + " ")
        flow.walk(element)
        return self.write(flow, kind)

    def write(self, flow: Flow, kind: BlockKind) -> Span:
        """Write running text as one block, or as several where something interrupts it."""
        text, begun = flow.text(), 0
        first = last = self.builder.position
        stops = [*flow.breaks, (len(text), None)]
        for at, (stop, element) in enumerate(stops):
            span = self._piece(text, begun, stop, flow, kind)
            first, last = (span.start if at == 0 else first), max(last, span.end)
            if element is not None:
                self.rest(element, self)
            begun = stop
        for element in flow.floats:
            self.rest(element, self)
        return Span(first, max(first, last))

    def _piece(self, text: str, start: int, stop: int, flow: Flow, kind: BlockKind) -> Span:
        piece = text[start:stop]
        lead = len(piece) - len(piece.lstrip(_EDGES))
        span = self.builder.block(piece, kind)
        if len(span) and (flow.cites or flow.lifted):
            self.cite(text, flow, span.start - start - lead, start, stop)
        return span

    def cite(self, text: str, flow: Flow, shift: int, start: int = 0, stop: int | None = None) -> None:
        """Note the citations of a flow that stand in `text[start:stop]`, once the text is written."""
        stop = len(text) if stop is None else stop
        inside = [cite for cite in flow.cites if start <= cite.start and cite.end <= stop]
        if inside:
            found, missing = markers(text, inside, shift, self.listed)
            self.markers += found
            self.uncited += missing
        self.lifted += [(low + shift, high + shift) for low, high in flow.lifted if start <= low and high <= stop]

    def section(self, title: Any, category: Category, label: str = "", numbered: bool = True) -> Any:
        """Open a section headed by a `title` element (or none) as a context; its citations are noted."""
        if title is None:
            return self.builder.section(label if numbered else "", category)
        flow = flow_of(title, self.listed.keys, cell=True)
        text = flow.text().strip(_EDGES)
        shown = f"{label} {text}" if label and text else text or label
        context = self.builder.section(shown, category)
        if flow.cites and text:
            return _Cited(context, self, flow, len(shown) - len(text))
        return context

    def caption(self, element: Any) -> tuple[Span | None, Span | None]:
        """Write label, title and paragraphs of a figure's or table's caption; return the spans of label and rest."""
        label = (
            flow_of(found, self.listed.keys, True).text().strip(_EDGES)
            if (found := element.find("label")) is not None
            else ""
        )
        caption = element.find("caption")
        title = caption.find("title") if caption is not None else None
        paragraphs = list(caption.iterchildren("p")) if caption is not None else []
        opening = title if title is not None else paragraphs.pop(0) if label and paragraphs else None
        spans: list[Span] = []
        if opening is not None:
            spans.append(self.paragraph(opening, BlockKind.CAPTION, label))
        elif label:
            spans.append(self.builder.block(label, BlockKind.CAPTION))
        spans += [self.paragraph(paragraph, BlockKind.CAPTION) for paragraph in paragraphs]
        spans = [span for span in spans if len(span)]
        if not spans:
            return None, None
        named = Span(spans[0].start, spans[0].start + len(label)) if label else None
        rest = Span(spans[0].start + (len(label) + 1 if label else 0), spans[-1].end)
        return named, rest if rest.end > rest.start else None

    def label_of(self, element: Any, default: str) -> str:
        """Return the printed label of an element, for messages."""
        label = element.find("label")
        return (flow_of(label, {}, True).text().strip(_EDGES) if label is not None else "") or default


class _Cited:
    """A section whose heading holds citations: they are noted as soon as the heading stands."""

    def __init__(self, context: Any, pen: Pen, flow: Flow, lead: int) -> None:
        self._context, self._pen, self._flow, self._lead = context, pen, flow, lead

    def __enter__(self) -> Any:
        entered = self._context.__enter__()
        text = self._flow.text().rstrip(_EDGES)
        self._pen.cite(text, self._flow, self._pen.builder.position - len(text))
        return entered

    def __exit__(self, *reason: object) -> Any:
        return self._context.__exit__(*reason)
