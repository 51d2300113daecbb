"""In-text citations that no markup ties: numbers, names and identifiers, resolved against the document's own list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from curbside.extract.citing_entries import SILENT_ROLES, Listing, identified, listing
from curbside.extract.citing_names import by_year
from curbside.language.linear import Pattern, linear
from curbside.records import BlockKind, Document, Marker, Reference, Span

_DASH = "–—−‐‑-"
_NUMBERS = rf"\d{{1,3}}[•*]{{0,3}}(?:\s?[,;{_DASH}]\s?\d{{1,3}}[•*]{{0,3}})*"
_SQUARE = linear(rf"\[\s?({_NUMBERS}\s?\](?:\s?[,;{_DASH}]?\s?\[\s?{_NUMBERS}\s?\])*)", "[")
_RAISED = linear(r"[A-Za-z).,;:%”\"’\]]([¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}(?:[,˒–⁻-][¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3})*)")
_GLUED = linear(
    rf"(?:[a-z]{{3}}[)\]”\"’]{{0,2}}|[A-Z]{{2}}s?\)|[a-z)%”\"’][.,;:]|[A-Z]{{2}}[.,])"
    rf"(\d{{1,3}}(?:\s?[,{_DASH}]\s?\d{{1,3}})*)(?:[\s.,;:)\]—]|$)"
)
"""Raised in print and glued to the word or the stop before it once it is plain: "previously1,2", "trial.3 We"."""

_APART = linear(rf"[a-z)] (\d{{1,3}}(?:\s?[,{_DASH}]\s?\d{{1,3}})*) [.,;]")
"""Raised in print and set off by blanks: "the highest point 7 . Most"."""

_ROUND = linear(rf"\(\s?({_NUMBERS})\s?\)", "(")

_STYLES: tuple[Pattern, ...] = (_SQUARE, _RAISED, _GLUED, _APART, _ROUND)
"""Ways of printing numbers, the clearest first."""

_BRACKETED = frozenset({_SQUARE, _ROUND})
_FURTHER = linear(r"^((?: \d{1,3})+)(?: [A-Z(]|\s*$)")
"""Numbers that go on with blanks between them up to a new sentence: "bias).4 5 8 One"."""

_LOWER = str.maketrans({**dict(zip("¹²³⁴⁵⁶⁷⁸⁹⁰˒⁻", "1234567890,-")), **dict.fromkeys("[]•*")})
_STEP = linear(rf"(\d{{1,3}})(?:\s?[{_DASH}]\s?(\d{{1,3}}))?")
_RANGE = linear(rf"[{_DASH}]")
_WIDEST_RANGE = 60
_TELLING = 0.3
"""Share of its list's entries that a document's numbers must cite to be citations and not counts."""

_PLAIN_ENOUGH = 0.6
"""Share from which on a clearer style is taken without asking whether another cites more: ranges of measurements
("(20–53)") cite many entries by accident."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """A printed citation: where, which entries, whether it stood glued or raised."""

    span: Span
    references: tuple[int, ...]
    superscript: bool


def plain_markers(document: Document, references: Sequence[Reference]) -> tuple[Marker, ...]:
    """Return the in-text citations of a document whose markup ties none, in order.

    Numbers are read in the one style (brackets, raised, round brackets) that fits most of the list; names with a year
    wherever exactly one entry fits, if names cite more of the list than numbers do; DOIs, PMIDs and PMCIDs everywhere.

    Args:
        document: any document.
        references: its entries, as `citing_entries.entries` gives them.
    """
    if not references:
        return ()
    prose, tables = _stretches(document)
    text, own = document.text, document.references
    spots = list(_by_identifier(text, (*prose, *tables), references))
    if own:
        listed = listing(own)
        named = [
            _Spot(meant.span, (meant.reference,), False)
            for span in (*prose, *tables)
            for meant in by_year(text, span, listed)
        ]
        counted = _by_number(text, prose, tables, listed, len(own))
        spots += counted if len(_cited(counted)) > len(_cited(named)) else named
    return _joined(text, spots)


def _stretches(document: Document) -> tuple[list[Span], list[Span]]:
    """Return the stretches in which a document may cite: prose, and tables."""
    parts = document.parts
    if not document.blocks:
        return [part.span for part in parts if part.role not in SILENT_ROLES] or [Span(0, len(document.text))], []
    prose: list[Span] = []
    tables: list[Span] = []
    for block in document.blocks:
        if parts[block.part].role not in SILENT_ROLES:
            (tables if block.kind is BlockKind.TABLE else prose).append(block.span)
    return prose, tables


def _cited(spots: Iterable[_Spot]) -> set[int]:
    return {at for spot in spots for at in spot.references}


def _by_identifier(text: str, spans: Iterable[Span], references: Sequence[Reference]) -> Iterator[_Spot]:
    places: dict[str, int] = {}
    for at, reference in enumerate(references):
        keys = reference.ids.keys()
        for key in keys:
            places.setdefault(key, at)
    for span in spans:
        for named in identified(text, span):
            keys = named.ids.keys()
            at = next((places[key] for key in keys if key in places), None)
            if at is not None:
                yield _Spot(named.span, (at,), False)


def _by_number(text: str, prose: Sequence[Span], tables: Sequence[Span], listed: Listing, size: int) -> list[_Spot]:
    """Return the citations of the style that fits; in tables only brackets are more than measurements."""
    best: list[_Spot] = []
    chosen: Pattern | None = None
    for pattern in _STYLES:
        found = [spot for span in prose for spot in _spots(text, span, pattern, listed)]
        share = len(_cited(found)) / size
        if share >= _TELLING and len(_cited(found)) > len(_cited(best)):
            best, chosen = found, pattern
        if share >= _PLAIN_ENOUGH:
            break
    if chosen is _SQUARE:
        best += [spot for span in tables for spot in _spots(text, span, _SQUARE, listed, among_figures=True)]
    return best


def _spots(text: str, span: Span, pattern: Pattern, listed: Listing, among_figures: bool = False) -> Iterator[_Spot]:
    piece = span.of(text)
    for match in pattern.finditer(piece):
        start, end, printed = match.start(1), match.end(1), match.group(1)
        if pattern in _BRACKETED:
            start, end = match.start(), match.end()
            behind = piece[max(0, start - 2) : start].rstrip()[-1:]
            figures = among_figures or pattern is _ROUND
            if behind.isdigit() and (piece[start - 1].isdigit() or (figures and _RANGE.search(printed) is not None)):
                continue  # "χ2(1)"; a range behind its median, "11 (6–17)"
            if start and piece[start - 1].isupper():
                continue  # "F[1,29]"
        elif pattern is _GLUED and (further := _FURTHER.match(piece[end : end + 32])) is not None:
            printed, end = f"{printed},{further.group(1).strip().replace(' ', ',')}", end + further.end(1)
        indexes = numbered(printed.translate(_LOWER), listed)
        if indexes:
            yield _Spot(Span(span.start + start, span.start + end), indexes, pattern not in _BRACKETED)


def numbered(printed: str, listed: Listing) -> tuple[int, ...]:
    """Return the entries that "3–6, 9" names, ranges expanded; () where one of them is not in the list."""
    indexes: list[int] = []
    for match in _STEP.finditer(printed):
        low = int(match.group(1))
        high = int(match.group(2) or low)
        if not low <= high <= low + _WIDEST_RANGE:
            return ()
        for number in range(low, high + 1):
            at = listed.numbers.get(str(number))
            if at is None:
                return ()
            indexes.append(at)
    return tuple(dict.fromkeys(indexes))


def _joined(text: str, spots: Iterable[_Spot]) -> tuple[Marker, ...]:
    """Return spots as markers in order; those that overlap or that only separators keep apart are one."""
    made: list[Marker] = []
    start = end = -1
    indexes: dict[int, None] = {}
    raised = False
    for spot in sorted(spots, key=lambda spot: (spot.span.start, -spot.span.end)):
        near = indexes and spot.span.start <= end + 2 and not text[end : spot.span.start].strip(" ;,&")
        if not near:
            if indexes:
                made.append(Marker(Span(start, end), tuple(indexes), raised))
            start, end, indexes, raised = spot.span.start, spot.span.end, {}, spot.superscript
        end = max(end, spot.span.end)
        indexes |= dict.fromkeys(spot.references)
    if indexes:
        made.append(Marker(Span(start, end), tuple(indexes), raised))
    return tuple(made)
