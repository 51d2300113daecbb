"""A list of hits as a page shows it: citation, kind, and the telling stretch with its words lit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from curbside.records import Holding, Span
from curbside.writers.html_passages import path_of, standing
from curbside.writers.html_runs import Run, runs
from curbside.writers.links import identifier_links
from curbside.writers.nlm import nlm


@dataclass(frozen=True, slots=True)
class HitView:
    """A hit.

    Attributes:
        rank: from 1.
        title: of the document.
        href: the document, open at the snippet.
        citation: NLM style.
        kind, evidence: in words.
        secondary: whether it reports what others found.
        year: or None.
        standing: notices on the work, in words.
        path: who speaks in the snippet and the headings above.
        before, after: whether the passage goes on.
        snippet: runs, the words searched for lit.
        links: identifiers with addresses.
        language: BCP 47 tag of the snippet, or "".
    """

    rank: int
    title: str
    href: str
    citation: str
    kind: str
    evidence: str
    secondary: bool
    year: int | None
    standing: tuple[str, ...]
    path: tuple[str, ...]
    before: bool
    after: bool
    snippet: tuple[Run, ...]
    links: tuple[tuple[str, str], ...]
    language: str


def hit_view(
    rank: int, holding: Holding, passage: Span, snippet: Span, lit: Callable[[str, Span], Sequence[Span]]
) -> HitView:
    """Return a hit for a page; `lit` says which words of a span of a text were searched for."""
    document = holding.document
    place = f"?at={snippet.start}-{snippet.end}#quote" if len(snippet) else ""
    return HitView(
        rank=rank,
        title=document.title or "Untitled",
        href=f"/documents/{document.id}{place}",
        citation=nlm(holding.marked),
        kind=document.kind.value,
        evidence=holding.profile.evidence.value,
        secondary=holding.secondary,
        year=document.year,
        standing=standing(holding),
        path=path_of(document, snippet),
        before=snippet.start > passage.start,
        after=snippet.end < passage.end,
        snippet=tuple(runs(document.text, snippet, lit(document.text, snippet))) if len(snippet) else (),
        links=identifier_links(document.ids),
        language=document.language,
    )
