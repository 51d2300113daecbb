"""Tables of JATS as cells with their headers, units and footnotes; their text stands row by row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from curbside.readers.jats_flow import flow_of, plain
from curbside.readers.jats_grid import Grid, Slot, grid_of, settle
from curbside.records import BlockKind, Cell, Span, Table

if TYPE_CHECKING:
    from curbside.readers.jats_pen import Pen

_SIGNS = "*†‡§¶‖#∗⁎△◊"
_LEAD = re.compile(rf"\(?([A-Za-z0-9]{{1,2}}|[{_SIGNS}]{{1,4}})\)?(?=[\s.:)=]|$)|([{_SIGNS}]{{1,4}})")
_NO_UNIT_END = "0123456789)]"
_AROUND = "().:\u00a0 "
_TRAIL = re.compile(rf"[{_SIGNS}]{{1,4}}$")
_STATISTIC = re.compile(
    r"\b(?:n|no\.?|number|mean|median|frequency|count|patients|events)s?,?\s?[(\[]"
    r"(?:%|percent|SD|SE|SEM|s\.?d\.?|IQR|range|Q1[^()]{0,8}Q3|min[^()]{0,8}max|95\s?%\s?CI)[^()\[\]]{0,12}[)\]]"
    r"|\b(?:mean|median)\s?±\s?(?:SD|SE|SEM|s\.?d\.?)\b",
    re.IGNORECASE,
)
_NAMES = (
    r"%|percent|years?|yrs?|months?|mo|weeks?|wks?|days?|hours?|hrs?|h|minutes?|min|seconds?|sec|s|ms|mm ?Hg|kPa"
    r"|°\s?C|IU|U|mEq|cells|copies|points?|score|beats|bpm|kcal|kJ|cm|mm|µm|μm|m|km|kg|mg|g|µg|μg|mcg|ng|pg|L|l|dL|dl|mL|ml"
    r"|mmol|µmol|μmol|nmol|pmol|mol|Hz|dB|N|W|ppm|Gy|mIU|kU|cc|times"
)
_POWER = r"(?:\^?[-−–]?\d|[²³])?"
_UNIT = (
    rf"(?:[×x]\s?10\^?\d{{1,2}}\s?/?\s?)?(?:{_NAMES}){_POWER}"
    rf"(?:\s?[/·.]\s?(?:\d{{1,4}}(?:\.\d{{1,2}})?\s?)?(?:{_NAMES}|day|d|week|wk|year){_POWER}){{0,3}}"
)
_BRACKETED = re.compile(rf"[(\[]\s?({_UNIT})\s?[)\]]")
_AFTER_COMMA = re.compile(rf",\s({_UNIT})$")
_CELL_UNIT = re.compile(rf"[<>≤≥~=]?\s?[-−–+]?\d[\d.,·]{{0,12}}\s?({_UNIT})$")


@dataclass(slots=True)
class _Notes:
    """Footnotes of a table and the marks by which cells point at them."""

    spans: list[Span] = field(default_factory=list[Span])
    ids: dict[str, int] = field(default_factory=dict[str, int])
    marks: dict[str, int] = field(default_factory=dict[str, int])


def read_table(wrap: Any, pen: Pen) -> None:
    """Write a `table-wrap` and note it as a table; one that is a picture leaves its caption and a problem."""
    start = pen.builder.position
    label, caption = pen.caption(wrap)
    grids = [grid_of(table, pen.listed.keys) for table in wrap.iter("table")]
    filled = [grid for grid in grids if any(slot.text for row in grid.rows for slot in row.slots)]
    notes = _footnotes_ahead(wrap)
    places: list[tuple[Grid, dict[int, Span], int]] = []
    rows = 0
    for grid in filled:
        settle(grid)
        places.append((grid, _written(grid, pen, notes), rows))
        rows += len(grid.rows)
        if grid.overspread:
            what = f"{pen.label_of(wrap, 'A table')} claims cells of impossible size; they were cut to the table."
            pen.problem(what, wrap, lost=False)
    _write_footnotes(wrap, pen, notes)
    if not filled:
        if wrap.find(".//graphic") is not None:
            what = f"{pen.label_of(wrap, 'A table')} is a picture; its figures are not in the text."
            pen.problem(what, wrap, lost=False)
        if pen.builder.position == start:
            return
    cells = [cell for grid, spans, shift in places for cell in _cells(grid, spans, shift, notes)]
    first = next((span.start for span in (label, caption) if span), None)
    if first is None:
        first = min((cell.span.start for cell in cells), default=start)
    pen.tables.append(Table(Span(first, pen.builder.position), label, caption, tuple(cells), tuple(notes.spans)))


def _written(grid: Grid, pen: Pen, notes: _Notes) -> dict[int, Span]:
    """Write the grid row by row, cells apart by tabs, and return the spans by the cells' identity."""
    builder, spans = pen.builder, dict[int, Span]()
    builder.gap()
    start = builder.position
    for at, row in enumerate(grid.rows):
        if at:
            builder.run("\n")
        for place, slot in enumerate(row.slots):
            if place:
                builder.run("\t")
            span = builder.run(slot.raw)
            if slot.flow is not None:
                pen.cite(slot.raw, slot.flow, span.start)
            spans[id(slot)] = _trimmed(slot, span, notes)
    builder.mark(Span(start, builder.position), BlockKind.TABLE)
    return spans


def _trimmed(slot: Slot, span: Span, notes: _Notes) -> Span:
    """Return the span of a cell's words without indent and without the footnote marks at its end."""
    text, end = slot.raw, len(slot.raw)
    if slot.flow is None and text[-1:] not in _SIGNS and not slot.indented:
        return span
    if slot.flow is not None:
        marks = [(a, b) for a, b, rid in slot.flow.notes if rid in notes.ids]
        marks += [(a, b) for a, b in slot.flow.lifted if _named(text[a:b], notes)]
        for low, high in sorted(marks, reverse=True):
            if high >= end and low > 0:
                end = len(text[:low].rstrip())
    if (match := _TRAIL.search(text, 0, end)) and match.group(0) in notes.marks and match.start():
        end = len(text[: match.start()].rstrip())
    lead = min(len(text) - len(text.lstrip()), end)
    return Span(span.start + lead, span.start + end)


def _named(printed: str, notes: _Notes) -> list[int]:
    """Return the footnotes that a raised piece of text names: "a", "*†", "1,2"."""
    pieces = [piece for piece in re.split(r"[\s,;]{1,9}", printed.strip()) if piece]
    found = [notes.marks[piece] for piece in pieces if piece in notes.marks]
    return found if len(found) == len(pieces) else []


def _footnotes_ahead(wrap: Any) -> _Notes:
    """Return ids and marks of the footnotes before they are written, so that cells can be tied to them."""
    notes = _Notes()
    for index, note in enumerate(_notes_of(wrap)):
        if key := note.get("id"):
            notes.ids[key] = index
        for inner in note.iterdescendants("p"):
            if key := inner.get("id"):
                notes.ids.setdefault(key, index)
        mark, text = _own_mark(note), plain(note)
        if not mark or not text.startswith(mark):
            mark = ""
            if match := _LEAD.match(text):
                mark = (match.group(1) or match.group(2)) if _is_mark(match, text) else ""
        if mark := mark.strip(_AROUND):
            notes.marks.setdefault(mark, index)
    return notes


def _is_mark(match: re.Match[str], text: str) -> bool:
    """Tell a lone letter that is a mark ("a Adjusted for age") from an article ("A total of")."""
    mark = match.group(1) or match.group(2)
    return not mark.isalpha() or (
        mark.islower() and len(mark) == 1 and text[match.end() : match.end() + 2].strip()[:1].isupper()
    )


def _notes_of(wrap: Any) -> list[Any]:
    found: list[Any] = []
    for foot in wrap.iterchildren("table-wrap-foot"):
        for child in foot:
            if not isinstance(child.tag, str):
                continue
            found += list(child.iterchildren("fn")) if child.tag == "fn-group" else [child]
    return found


def _write_footnotes(wrap: Any, pen: Pen, notes: _Notes) -> None:
    for note in _notes_of(wrap):
        flow = flow_of(note, pen.listed.keys, cell=True)
        text, mark = flow.text(), _own_mark(note)
        if mark and text.startswith(mark) and text[len(mark) : len(mark) + 1].strip():
            # Only layout or height kept the mark and the words apart; without a space they would read as one.
            flow = flow_of(note, pen.listed.keys, cell=True, lead=len(mark))
        notes.spans.append(pen.write(flow, BlockKind.FOOTNOTE))


def _own_mark(note: Any) -> str:
    """Return the mark that a footnote's label or raised first letter prints."""
    label = note.find("label")
    if label is not None and (mark := plain(label)):
        return mark
    raised = note.find(".//sup")
    return plain(raised) if raised is not None else ""


def _cells(grid: Grid, spans: dict[int, Span], shift: int, notes: _Notes) -> list[Cell]:
    return [
        Cell(
            span=spans[id(slot)],
            row=slot.row + shift,
            column=slot.column,
            rows=slot.rows,
            columns=slot.columns,
            header=slot.heads,
            path=tuple([spans[id(head)] for head in (*slot.above, *slot.beside)]),
            unit="" if slot.heads or not slot.text else _unit(slot),
            notes=_noted(slot, notes) if notes.spans else (),
        )
        for row in grid.rows
        for slot in row.slots
    ]


def _noted(slot: Slot, notes: _Notes) -> tuple[int, ...]:
    found: list[int] = []
    if slot.flow is not None:
        found += [notes.ids[rid] for _, _, rid in slot.flow.notes if rid in notes.ids]
        for low, high in slot.flow.lifted:
            found += _named(slot.raw[low:high], notes)
    if slot.text[-1:] in _SIGNS and (match := _TRAIL.search(slot.text)):
        found += [notes.marks[match.group(0)]] if match.group(0) in notes.marks else []
    return tuple(dict.fromkeys(found))


def _unit(slot: Slot) -> str:
    """Return the unit of a data cell: from its own words, else from its headers, the nearest first.

    What a header says of the statistic ("mean (SD)", "n (%)") stands for a unit where it names none.
    """
    if slot.text[-1] not in _NO_UNIT_END and (match := _CELL_UNIT.match(slot.text)):
        return match.group(1)
    for heads in (slot.beside, slot.above):
        for head in reversed(heads):
            if head.unit is None:
                head.unit = unit_in(head.text)
            if head.unit:
                return head.unit
    return ""


def unit_in(header: str) -> str:
    """Return the unit that a header names ("mg/dL" in "Creatinine (mg/dL)"), else its statistic, else ""."""
    if match := _BRACKETED.search(header) or _AFTER_COMMA.search(header):
        statistic = _STATISTIC.search(header)
        if not statistic or not statistic.start() <= match.start() < statistic.end():
            return match.group(1)
    if match := _STATISTIC.search(header):
        return match.group(0)
    return "%" if header.rstrip().endswith("%") else ""
