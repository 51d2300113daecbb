"""Findings out of tables: each value with its cell, its arm, its outcome and its time point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from curbside.extract.cells import measured
from curbside.extract.grids import Body, Head, bodies
from curbside.extract.labels import SIZE_NUMBER, bared, is_statistic, role_of, says
from curbside.extract.places import table_reported
from curbside.language.linear import linear
from curbside.language.summaries import Figure, Shape, Summary, levelled
from curbside.records import Axis, Document, Finding, Label, LabelRole, Measure, Quote, Span, Table, Value

_TELLS = linear(
    r"(?i)\b(?:means?|medians?|values?|data|results?|figures|numbers?|expressed|presented|given|SE|SD|SEM)\b"
)
_TWO = linear(r"^(?P<before>.*[;:,] *|)(?P<a>[^;:,()]{2,40}?) ?\((?P<b>[^()]{2,40})\)\W*$")
_RATIO = linear(
    r"(?i)\b(?:fe)?males? ?[/:] ?(?:fe)?males?|\bf ?[/:] ?m\b|\bm ?[/:] ?f\b|right ?/ ?left|left ?/ ?right|ratio"
)
_SIZES_EACH = linear(r"\([A-Za-z]{1,12} ?(?:n ?)?= ?[0-9]{1,6} ?[,;] ?[A-Za-z]{1,12} ?(?:n ?)?= ?[0-9]{1,6}\)")
_SIZE_EACH = linear(r"([A-Za-z]{1,12}) ?(?:n ?)?= ?([0-9]{1,6})")
_BARE_SIZE = linear(r"^[A-Za-z][^()\[\]]{1,60} ?[(\[] ?([0-9]{2,3}|[0-9]{1,3},[0-9]{3}) ?[)\]]$")
_YEAR = linear(r"^(?:19|20)[0-9]{2}$")
_LONE_SIZE = linear(r"([0-9][0-9,]*)")
_PRINTED_TIME = linear(r"^[0-9]+(?:\.[0-9]+)?$")


def table_findings(document: Document) -> list[Finding]:
    """Return the findings of every table of `document`, in order."""
    found: list[Finding] = []
    for index, table in enumerate(document.tables):
        found.extend(_Findings(document, table, index).read())
    return found


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one cell gives, before cells of one row and arm are put together."""

    values: tuple[Value, ...]
    labels: tuple[Label, ...]
    row: int
    column: int
    quote: Quote


class _Findings:
    """Reads one table."""

    def __init__(self, document: Document, table: Table, index: int) -> None:
        self.document = document
        self.table = table
        self.index = index
        self.reported = table_reported(document, table)
        notes = [note.of(document.text) for note in table.footnotes]
        told = [note for note in notes if _TELLS.search(note)]
        caption = table.caption.of(document.text) if table.caption else ""
        self.far = [*told[:6], caption]
        self.notes = {cell.span: cell.notes for cell in table.cells if cell.notes and len(cell.span)}
        self.footnotes = notes

    def read(self) -> Iterator[Finding]:
        pieces: list[_Piece] = []
        for body in bodies(self.document, self.table):
            pieces.extend(self._pieces(body))
        for piece in _joined(self._parented(pieces)):
            labels = piece.labels
            if piece.values and labels:
                yield Finding(piece.values, labels, self.index, self.reported, piece.quote)

    def _quote(self, span: Span) -> Quote:
        return Quote(self.document.id, span, span.of(self.document.text))

    def _label(self, head: Head) -> Label:
        words = head.span.of(self.document.text)
        role = role_of(words)
        if head.axis in (Axis.GROUP, Axis.ROW) and role in (LabelRole.COMPARISON, LabelRole.TOTAL):
            role = LabelRole.TOPIC
        return Label(bared(words), self._quote(head.span), head.axis, head.level, role)

    def _pieces(self, body: Body) -> Iterator[_Piece]:
        labels = [self._label(head) for head in body.heads]
        if any(label.role is LabelRole.COMPARISON and label.axis is Axis.COLUMN for label in labels):
            return
        labels = _timed(labels)
        size = self._own_size(body, labels) or self._size(body)
        near = [label.quote.words for label in reversed(labels) if label.axis is Axis.COLUMN]
        rows = [label.quote.words for label in reversed(labels) if label.axis in (Axis.ROW, Axis.GROUP)]
        stubs = [label.quote.words for label in labels if label.axis is Axis.STUB]
        if rows and _RATIO.search(rows[0]) and body.summary.shape is Shape.FRACTION:
            return
        hints = [*self._noted(body), *_ranked(near, rows), *stubs, *self.far]
        if body.summary.shape is Shape.TWIN:
            yield from self._twins(body, labels, hints)
            return
        values = self._values(body, body.summary, hints, size)
        if values:
            if size is not None and not any(value.measure is Measure.TOTAL for value in values):
                values = (*values, size)
            yield _Piece(values, tuple(labels), body.row, body.column, self._quote(body.cell))

    def _noted(self, body: Body) -> list[str]:
        """Return the footnotes that marks on the cell or the label of its row point at, where they name a statistic."""
        rows = [head.span for head in body.heads if head.axis is Axis.ROW]
        marked = [index for span in (body.cell, *rows) for index in self.notes.get(span, ())]
        found = [self.footnotes[index] for index in marked if index < len(self.footnotes)]
        return [note for note in found if len(note) < 160 and says(note) & _SPECIFIC]

    def _values(self, body: Body, summary: Summary, hints: Sequence[str], size: Value | None) -> tuple[Value, ...]:
        read = measured(summary, hints, size.number if size else None)
        return tuple(
            Value(measure, figure.printed, figure.value, (self._quote(figure.span.moved(body.cell.start)),))
            for measure, figure in read
        )

    def _size(self, body: Body) -> Value | None:
        """Return the size of the arm from the nearest "n = 30" over or beside the cell."""
        spans = [head.span for head in body.heads if head.axis in (Axis.COLUMN, Axis.ROW, Axis.GROUP)]
        for span in ([body.size] if body.size else []) + [body.cell] + spans[::-1]:
            words = levelled(span.of(self.document.text))
            found = list((_LONE_SIZE if span == body.size else SIZE_NUMBER).finditer(words))
            if len(found) == 1:
                printed = found[0].group(1)
                place = Span(span.start + found[0].start(1), span.start + found[0].end(1))
                return Value(Measure.TOTAL, printed, float(printed.replace(",", "")), (self._quote(place),))
        for head in body.heads:
            words = levelled(head.span.of(self.document.text))
            bare = _BARE_SIZE.match(words) if head.axis is Axis.COLUMN else None
            if bare is not None and not is_statistic(words) and not _YEAR.match(bare.group(1)):
                place = Span(head.span.start + bare.start(1), head.span.start + bare.end(1))
                return Value(Measure.TOTAL, bare.group(1), float(bare.group(1).replace(",", "")), (self._quote(place),))
        return None

    def _own_size(self, body: Body, labels: list[Label]) -> Value | None:
        """Return the arm's size where the label of the row gives every arm its own: "All subjects (I = 21, C = 9)"."""
        arms = [label.text for label in labels if label.axis is Axis.COLUMN]
        for head in reversed(body.heads):
            words = levelled(head.span.of(self.document.text)) if head.axis is Axis.ROW else ""
            for inner in _SIZES_EACH.finditer(words):
                for match in _SIZE_EACH.finditer(inner.group()):
                    if any(arm.lower().startswith(match.group(1).lower()) for arm in arms):
                        start = head.span.start + inner.start() + match.start(2)
                        quote = self._quote(Span(start, start + len(match.group(2))))
                        return Value(Measure.TOTAL, match.group(2), float(match.group(2)), (quote,))
        return None

    def _twins(self, body: Body, labels: list[Label], hints: Sequence[str]) -> Iterator[_Piece]:
        """Take apart "10.8 ± 2.0 (4.9 ± 1.9)" under a head that names two arms so: "Intervention (control)"."""
        for label in reversed(labels):
            words = label.quote.words
            two = _TWO.match(words)
            if label.axis is Axis.COLUMN and two is not None:
                break
        else:
            return
        named = _TWO.groupindex
        figures: tuple[Figure, ...] = body.summary.figures
        rest = [other for other in labels if other is not label]
        before = words[: two.end(named["before"])].strip(" ;:,") if two.end(named["before"]) > 0 else ""
        if before:
            span = Span(label.quote.span.start, label.quote.span.start + two.end(named["before"]))
            said = before.split(" of ")[-1]
            rest.append(Label(said, self._quote(span), Axis.COLUMN, label.level + 100, _soft_time(said)))
        for place, part in ((0, "a"), (2, "b")):
            span = Span(label.quote.span.start + two.start(named[part]), label.quote.span.start + two.end(named[part]))
            arm = Label(span.of(self.document.text).strip(), self._quote(span), Axis.COLUMN, label.level, LabelRole.ARM)
            summary = Summary(body.summary.span, Shape.SPREAD, figures[place : place + 2])
            values = self._values(body, summary, hints, None)
            yield _Piece(values, (*rest, arm), body.row, body.column + place * 1000, self._quote(body.cell))

    def _parented(self, pieces: list[_Piece]) -> Iterator[_Piece]:
        """Give rows that name a statistic alone ("Median") the row or group that they speak of."""
        parent: tuple[Label, ...] = ()
        totals: dict[int, Value] = {}
        grouped: tuple[str, ...] = ()
        for piece in pieces:
            rows = [label for label in piece.labels if label.axis is Axis.ROW]
            groups = tuple(label.text for label in piece.labels if label.axis is Axis.GROUP)
            if groups != grouped:
                parent, totals, grouped = (), {}, groups
            if rows and rows[-1].role is not LabelRole.STATISTIC:
                if tuple(rows) != parent:
                    parent, totals = tuple(rows), {}
                if rows[-1].quote.words.rstrip().endswith((" n", ",n", "(n)", " N", "(N)")):
                    lone = [v for v in piece.values if v.measure in (Measure.COUNT, Measure.NUMBER)]
                    if lone:
                        totals[piece.column] = replace(lone[0], measure=Measure.TOTAL)
                yield piece
            elif rows and parent:
                kept = tuple(
                    label
                    for label in piece.labels
                    if label.axis is not Axis.ROW or label.role is not LabelRole.STATISTIC
                )
                values = piece.values
                if piece.column in totals:
                    values = (*(v for v in values if v.measure is not Measure.TOTAL), totals[piece.column])
                named = tuple(replace(label, level=label.level) for label in parent)
                yield replace(piece, labels=(*named, *kept), values=values)
            else:
                yield piece


_SPECIFIC = frozenset({Measure.MEAN, Measure.MEDIAN, Measure.SD, Measure.SE, Measure.COUNT})


def _ranked(near: list[str], rows: list[str]) -> list[str]:
    """Order the heads of a value by how much they may say of what it is.

    A column of one statistic comes first; then a row that names its own statistic ("Age, mean (SD)"), for a column
    speaks for every row; a percent sign in a row may be a unit and waits.
    """
    if near[:1] and is_statistic(near[0]):
        return [near[0], *rows[:1], *near[1:], *rows[1:]]
    if rows[:1] and says(rows[0]) & _SPECIFIC:
        return [rows[0], *near, *rows[1:]]
    return [*near[:1], *rows[:1], *near[1:], *rows[1:]]


def _soft_time(words: str) -> LabelRole:
    role = role_of(words)
    return LabelRole.TIME if role in (LabelRole.TIME, LabelRole.ARM, LabelRole.TOPIC) else role


def _timed(labels: list[Label]) -> list[Label]:
    """Make "24" under "Week" a time label."""
    heads = {label.level // 10: label for label in labels if label.axis is Axis.STUB}
    made: list[Label] = []
    for label in labels:
        head = heads.get(label.level) if label.axis is Axis.ROW else None
        if (
            head is not None
            and _PRINTED_TIME.match(label.text)
            and role_of(f"{head.text} {label.text}") is LabelRole.TIME
        ):
            label = replace(label, text=f"{head.text} {label.text}", role=LabelRole.TIME)
        elif (
            head is not None
            and label.role is LabelRole.TOPIC
            and role_of(f"{head.text} {label.text}") is LabelRole.TIME
            and label.text[:1].isdigit()
        ):
            label = replace(label, role=LabelRole.TIME)
        made.append(label)
    return made


def _joined(pieces: Iterator[_Piece]) -> Iterator[_Piece]:
    """Put the cells of one row together that differ in the statistic alone: n, mean and SD in columns of their own."""
    row: list[_Piece] = []
    for piece in pieces:
        if row and row[0].row != piece.row:
            yield from _of_row(row)
            row = []
        row.append(piece)
    yield from _of_row(row)


_BESIDE = frozenset({Measure.CI, Measure.QUARTILE, Measure.RANGE, Measure.SD, Measure.SE, Measure.TOTAL})


def _of_row(row: list[_Piece]) -> Iterator[_Piece]:
    kept: dict[tuple[object, ...], _Piece] = {}
    for piece in row:
        bare = tuple(
            label
            for label in piece.labels
            if label.role is not LabelRole.STATISTIC or label.axis not in (Axis.COLUMN, Axis.ROW)
        )
        told = len(bare) < len(piece.labels)
        if not bare:
            continue
        key = tuple((label.axis, label.level, label.text) for label in bare)
        before = kept.get(key)
        if before is None and kept and {value.measure for value in piece.values} <= _BESIDE:
            # "95 % CI" beside "Mean change": the head over the mean names more than the one over its interval.
            last, latest = next(reversed(kept.items()))
            if set(key) <= set(last) and piece.column == latest.column + 1:
                kept[last] = replace(latest, values=_merged(latest.values, piece.values), column=piece.column)
                continue
        if before is None:
            kept[key] = replace(piece, labels=bare if told else piece.labels)
        else:
            kept[key] = replace(before, values=_merged(before.values, piece.values))
    sizes = [piece for piece in row if _is_size_column(piece)]
    for piece in kept.values():
        values = _sized(piece.values)
        if Measure.MEAN in {value.measure for value in values}:
            values = _with_row_size(piece, values, sizes)
        yield replace(piece, values=values)


def _is_size_column(piece: _Piece) -> bool:
    """Tell whether a cell stands under a bare "n": how many the row is of."""
    columns = [label for label in piece.labels if label.axis is Axis.COLUMN]
    return bool(columns) and columns[-1].text.strip(" .").lower() in ("n", "no", "number") and len(piece.values) == 1


def _with_row_size(piece: _Piece, values: tuple[Value, ...], sizes: list[_Piece]) -> tuple[Value, ...]:
    arms = {label.text for label in piece.labels if label.axis is Axis.COLUMN and label.role is LabelRole.ARM}
    for size in reversed(sizes):
        theirs = {label.text for label in size.labels if label.axis is Axis.COLUMN and label.role is LabelRole.ARM}
        if size.column < piece.column and theirs <= arms:
            rest = tuple(value for value in values if value.measure is not Measure.TOTAL)
            if len(rest) == len(values) or theirs:
                return (*rest, replace(size.values[0], measure=Measure.TOTAL))
    return values


def _merged(first: tuple[Value, ...], second: tuple[Value, ...]) -> tuple[Value, ...]:
    """Add values of measures that are not there yet; a printed total beside the value beats one of the head."""
    had = {value.measure for value in first}
    return (*first, *(value for value in second if value.measure not in had))


def _sized(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """Read a lone "n" beside a mean or a median as the number analysed."""
    measures = {value.measure for value in values}
    middle = measures & {Measure.MEAN, Measure.MEDIAN}
    counts = [value for value in values if value.measure is Measure.COUNT]
    if counts and middle:
        rest = tuple(value for value in values if value.measure not in (Measure.TOTAL, Measure.COUNT))
        return (*rest, replace(counts[0], measure=Measure.TOTAL))
    return values
