"""From quoted words to shown words: what may be trimmed, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from curbside.records import Document, Quote, Span

_LABEL = re.compile(
    r"^(?:background|introduction|objectives?|aims?|purpose|methods?|materials? and methods?|design|setting|patients|"
    r"participants|interventions?|measurements?|main outcome measures?|results?|findings|conclusions?|discussion|"
    r"interpretation|significance|implications|limitations)(?: and [a-z]{3,20})?\s?[:.]\s+(?=\S)"
    r"|^(?:TL;?DR|en bref|en resumen|in kürze|kurz gesagt|in breve)\s?:?\s+(?=\S)",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^(?:[•◦▪‣●○–—*·-]|\(?\d{1,2}[.)])\s+")
_SPACE_BEFORE_STOP = re.compile(r"\s+([.,;:])(?=\s|$)")
_TRAILING = re.compile(r"\s+[,;]+(?=[.]?$)")

AS_A_CLASS = "As a class ({name}): "
"""Fixed words before a sentence that speaks of a class; the class's name must stand in the quote."""
_CLASS_PREFIX = re.compile(r"^As a class \(([^()]{1,80})\): ")


def shown(document: Document, span: Span) -> str:
    """Return what a reader is shown of `document.text[span]`.

    Only what cannot change the meaning goes: citation markers, the bullet or number of a list item, the label of an
    abstract's section, line breaks and repeated blanks. Everything else stays word for word.
    """
    words = without(document.text, span, [marker.span for marker in document.markers_in(span)])
    words = " ".join(words.split())
    words = _BULLET.sub("", words)
    words = _LABEL.sub("", words)
    words = _SPACE_BEFORE_STOP.sub(r"\1", words)
    return _TRAILING.sub("", words).strip()


def without(text: str, span: Span, cuts: Sequence[Span]) -> str:
    """Return `text[span]` less the `cuts`, which may reach beyond it."""
    kept: list[str] = []
    at = span.start
    for cut in sorted(cuts):
        if cut.end <= at or cut.start >= span.end:
            continue
        kept.append(text[at : max(at, cut.start)])
        at = max(at, min(cut.end, span.end))
    kept.append(text[at : span.end])
    return "".join(kept)


def joined(pieces: Sequence[str]) -> str:
    """Return pieces shown one after the other, as a lead-in and its item or a sentence and the one before it."""
    return " ".join(piece for piece in pieces if piece)


def listed(lead: str, items: Sequence[str]) -> str:
    """Return a lead-in and several items of its list as one sentence: "Uses include: this; that"."""
    return f"{lead} " + "; ".join(item.rstrip(".;,") for item in items)


def matches(text: str, quotes: Sequence[Quote], documents: Mapping[str, Document]) -> bool:
    """Tell whether `text` is what `quotes` may be shown as: joined, as a list, or either behind a class prefix."""
    pieces = [shown(documents[quote.document], quote.span) for quote in quotes]
    forms = {joined(pieces)}
    if len(pieces) > 1 and pieces[0].endswith(":"):
        forms.add(listed(pieces[0], pieces[1:]))
    return bare(text, " ".join(pieces)) in forms


def bare(text: str, quoted: str) -> str:
    """Return `text` without the fixed words before a class's sentence, where `quoted` names that class."""
    prefix = _CLASS_PREFIX.match(text)
    return text[prefix.end() :] if prefix and prefix.group(1) in quoted else text
