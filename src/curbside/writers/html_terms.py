"""Words of the glossary in running text: the first time a word comes it leads to what it means, on the same page."""

from __future__ import annotations

import re
from collections.abc import Iterable

from curbside.language.glossary import terms_in
from curbside.writers.signs import marked

_NOT_IN_ANCHORS = re.compile(r"[^a-z0-9]+")


def anchor_of(term: str) -> str:
    """Return the anchor of a word's explanation ("term-adverse-event")."""
    return "term-" + (_NOT_IN_ANCHORS.sub("-", term.lower()).strip("-") or "word")


class Glossing:
    """Shows texts of one page as HTML, each explained word linked to its explanation where it comes first."""

    def __init__(self, terms: Iterable[str]) -> None:
        """Link `terms`, those that the page explains."""
        self._left = set(terms)

    def __call__(self, text: str) -> str:
        """Return a text as HTML: escaped, its words linked."""
        kept: list[str] = []
        at = 0
        for span, term in terms_in(text):
            if term.term in self._left:
                self._left.discard(term.term)
                anchor = anchor_of(term.term)
                words = marked(span.of(text))
                kept += (
                    marked(text[at : span.start]),
                    f'<a class="term" id="in-{anchor}" href="#{anchor}">{words}</a>',
                )
                at = span.end
        return "".join((*kept, marked(text[at:])))
