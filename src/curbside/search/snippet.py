"""The words of a passage that tell most about a question, for a list of hits."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable

from curbside.records import Mention, Query, Span
from curbside.search.analysis import stems, surface
from curbside.search.expand import planned

WIDTH = 240
"""Characters of a snippet."""


def telling(text: str, span: Span, query: Query, mentions: Iterable[Mention], width: int = WIDTH) -> Span:
    """Return the stretch of `span` that holds most different words and concepts of a question.

    At most about `width` characters, at borders of words; the first of equals; the start of the span where nothing of
    the question stands in it. `mentions` are those of the span's own text, offsets from its start. Linear.
    """
    passage = span.of(text)
    marks = sorted(_marks(passage, query, mentions))
    window: deque[tuple[int, int, str]] = deque()
    inside: Counter[str] = Counter()
    best, most = Span(0, 0), 0
    for mark in marks:
        window.append(mark)
        inside[mark[2]] += 1
        while window[-1][1] - window[0][0] > width and len(window) > 1:
            gone = window.popleft()[2]
            inside[gone] -= 1
            if not inside[gone]:
                del inside[gone]
        if len(inside) > most:
            best, most = Span(window[0][0], window[-1][1]), len(inside)
    return _widened(passage, best, width).moved(span.start)


def matched(text: str, span: Span, query: Query, mentions: Iterable[Mention]) -> tuple[Span, ...]:
    """Return where in `span` words or concepts of a question stand, in order and without overlap; to be lit.

    `mentions` are those of the span's own text, offsets from its start.
    """
    found: list[Span] = []
    for start, end, _ in sorted(_marks(span.of(text), query, mentions)):
        if found and start < found[-1].end:
            found[-1] = Span(found[-1].start, max(end, found[-1].end))
        else:
            found.append(Span(start, end))
    return tuple(each.moved(span.start) for each in found)


def _marks(passage: str, query: Query, mentions: Iterable[Mention]) -> Iterable[tuple[int, int, str]]:
    plan = planned(query)
    wanted, ids = set(plan.stems()), set(plan.ids())
    known: dict[str, str] = {}
    for start, word in surface(passage):
        if word not in known:
            known[word] = next((stem for stem in stems(word) if stem in wanted), "")
        if known[word]:
            yield start, start + len(word), known[word]
    for mention in mentions:
        if mention.concept in ids:
            yield mention.span.start, mention.span.end, mention.concept


def _widened(passage: str, best: Span, width: int) -> Span:
    """Return the stretch with as much around it as there is room for, from and to borders of words."""
    room = max(width - len(best), 0)
    start = max(0, min(best.start - room // 3, max(len(passage) - width, 0)))
    if start:
        border = passage.find(" ", start, best.start)
        start = border + 1 if border >= 0 else best.start
    end = min(len(passage), max(best.end, start + width))
    if end < len(passage):
        border = passage.rfind(" ", best.end, end)
        end = border if border > start else end
    return Span(start, max(end, start))
