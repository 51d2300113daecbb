"""What one article says, read once for many questions: its findings, its short forms, the weights of its words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from curbside.extract.arms import Sides
from curbside.extract.pairs import Pair, pairs
from curbside.extract.places import spoken
from curbside.extract.short_forms import short_forms
from curbside.extract.tables import table_findings
from curbside.extract.terms import Lexicon, has, terms
from curbside.language.sentences import sentences
from curbside.records import Axis, Document, Finding, Label, LabelRole, Quote, Span

_AHEAD, _BEHIND, _FAR_BEHIND = 110, 40, 200
"""Code points after and before a group's name within which the text may say what the group got."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of running text.

    Attributes:
        span: where.
        reported: whether it stands in the abstract or the results.
        abstract: whether it stands in the abstract.
    """

    span: Span
    reported: bool
    abstract: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """An article read for its numbers.

    Attributes:
        document: the article.
        findings: what its tables give.
        sentences: its running text.
        lexicon: what its words weigh and its short forms mean.
        pairs: findings among the results that differ in one label alone.
    """

    document: Document
    findings: tuple[Finding, ...]
    sentences: tuple[Sentence, ...]
    lexicon: Lexicon
    pairs: tuple[Pair, ...] = ()
    _captions: dict[int, Label | None] = field(default_factory=dict[int, Label | None])
    _told: dict[str, dict[str, int]] = field(default_factory=dict[str, dict[str, int]])

    def caption(self, place: int) -> Label | None:
        """Return the caption of a table as a label, None for a sentence or a table without one."""
        if place not in self._captions:
            table = self.document.tables[place] if 0 <= place < len(self.document.tables) else None
            span = table.caption if table is not None else None
            if span is None:
                self._captions[place] = None
            else:
                words = span.of(self.document.text)
                quote = Quote(self.document.id, span, words)
                self._captions[place] = Label(words, quote, Axis.CAPTION, 0, LabelRole.TOPIC)
        return self._captions[place]

    def told(self, first: str, second: str, sides: Sides) -> float:
        """Return how far the running text says that `first` got the intervention and `second` the comparator.

        It counts, near each mention of a group's name ("Group I received lidocaine"), the words that only one of
        the arms is named by; from -1 to 1.
        """
        one, two = self._near(first), self._near(second)

        def share(near: dict[str, int], words: tuple[str, ...]) -> float:
            return sum(self.lexicon.weight(word) * min(near.get(word, 0), 4) for word in words)

        direct = share(one, sides.own) + share(two, sides.other)
        crossed = share(one, sides.other) + share(two, sides.own)
        if direct == crossed:
            return 0.0
        return 0.8 * (direct - crossed) / (direct + crossed)

    def _near(self, name: str) -> dict[str, int]:
        if name in self._told:
            return self._told[name]
        text = self.document.text
        counts: dict[str, int] = defaultdict(int)
        bare = name.strip()
        places: list[int] = []
        low, wanted = text.lower(), bare.lower()
        at = low.find(wanted) if len(wanted) > 1 and len(low) == len(text) else -1
        while at >= 0 and len(places) < 60:
            end = at + len(wanted)
            if not low[max(0, at - 1) : at].isalnum() and not low[end : end + 1].isalnum():
                places.append(at)
            at = low.find(wanted, end)
        tables = [table.span for table in self.document.tables]
        for at in places:
            if any(span.start <= at < span.end for span in tables):
                continue
            after = _cut(text[at + len(bare) : at + len(bare) + _AHEAD])
            opened = text[max(0, at - 2) : at].rstrip().endswith(("(", "["))
            before = _from(text[max(0, at - (_FAR_BEHIND if opened else _BEHIND)) : at])
            for term in set(terms(before if opened else after)):
                counts[term] += 2 if opened else 1
        self._told[name] = dict(counts)
        return self._told[name]


def _from(before: str) -> str:
    """Return what stands before a bracketed name, from the beginning of its clause."""
    low = before.lower()
    starts = [at for mark in (". ", ";", "\n", ") or ", ") and ", ") versus ", ") vs") if (at := low.rfind(mark)) >= 0]
    return before[max(starts) :] if starts else before


def _cut(after: str) -> str:
    """Return what is said of a name, up to the end of the clause or the next group."""
    low = after.lower()
    stops = [
        at
        for mark in (". ", ";", "\n", " group ", " and group", " whereas", " while ", " arm ")
        if (at := low.find(mark, 4)) > 0
    ]
    return after[: min(stops)] if stops else after


def read_evidence(document: Document) -> Evidence:
    """Read an article for its numbers; what cannot be read as a finding is left out."""
    found: list[Sentence] = []
    for span, reported, abstract in spoken(document):
        found.extend(
            Sentence(sentence, reported, abstract) for sentence in sentences(document.text, span.start, span.end)
        )
    lexicon = Lexicon.of(document.text, short_forms(document))
    findings = tuple(table_findings(document))
    beside = tuple(pairs([finding for finding in findings if finding.reported]))
    return Evidence(document, findings, tuple(found), lexicon, beside)


__all__ = ["Evidence", "Sentence", "has", "read_evidence"]
