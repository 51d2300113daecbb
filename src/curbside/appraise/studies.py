"""Studies from reports: which documents tell of one study, and which studies may share people.

Documents of one work are one report chain by their identifiers. A registration number joins works whose own study
carries it. Where n, drug, condition and people or dates agree, works are joined and flagged "probably the same". Never
by title alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from curbside.language.linear import linear
from curbside.records import (
    Bond,
    Document,
    DocumentKind,
    EvidenceKind,
    Fact,
    Field,
    Holding,
    Link,
    Number,
    Overlap,
    Range,
    Report,
    Study,
    StudyCard,
    Terms,
)

OWN = frozenset(
    {
        *(EvidenceKind.RANDOMISED, EvidenceKind.TRIAL, EvidenceKind.COHORT, EvidenceKind.CASE_CONTROL),
        *(EvidenceKind.CROSS_SECTIONAL, EvidenceKind.CASE_SERIES, EvidenceKind.CASE_REPORT, EvidenceKind.STUDY),
    }
)
"""Kinds of evidence that are studies of people; numbers of these alone are counted and pooled."""

SYNTHESES = frozenset(
    {EvidenceKind.META_ANALYSIS, EvidenceKind.SYSTEMATIC_REVIEW, EvidenceKind.SUMMARY, EvidenceKind.REVIEW}
)
PLANNED = frozenset({EvidenceKind.PROTOCOL, EvidenceKind.REGISTRATION})

_REGISTERED = linear(r"^(?:NCT\d{8}|ISRCTN\d{8}|ChiCTR[\w-]{4,24}|UMIN\d{9}|EudraCT [\d-]{14}|ACTRN\d{14})$")
_PLACE = linear(r"(?i)hospital|universit|institut|clinic|cent(?:er|re)|college|school|foundation|h[oô]pital|charit")
_SMALLEST_LIKE = 5
"""Studies of fewer people agree in n too easily to be joined by likeness."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A document with what it states.

    Attributes:
        holding: the document as held.
        card: what it states of its study.
        citation: in NLM style.
        standing: notices on the work in words, most serious first.
    """

    holding: Holding
    card: StudyCard
    citation: str = ""
    standing: tuple[str, ...] = ()

    @property
    def document(self) -> Document:
        """The document."""
        return self.holding.document


def joined(reported: Sequence[Reported]) -> tuple[Study, ...]:
    """Return the studies that documents tell of, each with its reports and what joins them, in the order given."""
    groups = _Groups(len(reported))
    links: list[tuple[int, Link]] = []

    def tie(first: int, second: int, bond: Bond, words: str) -> None:
        groups.join(first, second)
        pair = (reported[first].document.id, reported[second].document.id)
        links.append((first, Link(bond, pair, words)))

    _by_key(reported, lambda each: (each.holding.work,), tie, Bond.IDENTIFIER, _shared_id)
    _by_key(reported, _registrations, tie, Bond.REGISTRATION, lambda _a, _b, key: key)
    for first, second in combinations(range(len(reported)), 2):
        if groups.root(first) != groups.root(second):
            why = _alike(reported[first], reported[second])
            if why:
                tie(first, second, Bond.LIKENESS, why)
    studies: list[Study] = []
    for members in groups.members():
        here = {reported[place].document.id for place in members}
        mine = tuple(link for _, link in links if link.documents[0] in here)
        studies.append(_study([reported[place] for place in members], mine))
    return tuple(studies)


class _Groups:
    """Disjoint sets of places."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def root(self, place: int) -> int:
        while self._above[place] != place:
            self._above[place] = self._above[self._above[place]]
            place = self._above[place]
        return place

    def join(self, first: int, second: int) -> None:
        one, other = sorted((self.root(first), self.root(second)))
        self._above[other] = one

    def members(self) -> list[list[int]]:
        found: dict[int, list[int]] = {}
        for place in range(len(self._above)):
            found.setdefault(self.root(place), []).append(place)
        return list(found.values())


def _by_key(
    reported: Sequence[Reported],
    keys: Callable[[Reported], Iterable[str]],
    tie: Callable[[int, int, Bond, str], None],
    bond: Bond,
    words: Callable[[Reported, Reported, str], str],
) -> None:
    seen: dict[str, int] = {}
    for place, each in enumerate(reported):
        for key in keys(each):
            first = seen.setdefault(key, place)
            if first != place and (bond is Bond.IDENTIFIER or each.holding.work != reported[first].holding.work):
                tie(first, place, bond, words(reported[first], each, key))


def _shared_id(one: Reported, other: Reported, work: str) -> str:
    theirs = frozenset(other.document.ids.keys())
    shared = [key for key in (*one.document.ids.keys(),) if key in theirs]
    return shared[0].replace(":", " ", 1) if shared else work


def _registrations(each: Reported) -> tuple[str, ...]:
    """Return the numbers under which the document's own study is registered; a review's are those of others."""
    if each.holding.profile.evidence not in OWN | PLANNED:
        return ()
    document = each.document
    stated = [
        term
        for fact in each.card.of(Field.REGISTRATION)
        if isinstance(fact.value, Terms)
        for term in fact.value.terms
        if _REGISTERED.search(term)
    ]
    named = [name for name in document.mentioned if _REGISTERED.search(name)]
    own = [document.ids.nct] if document.ids.nct else []
    # A text that names several registered trials speaks of others beside its own, and does not say which is which.
    several = dict.fromkeys((*stated, *named))
    return (*own, *(several if len(several) == 1 and not own else ()))


def _alike(one: Reported, other: Reported) -> str:
    """Return why two works are probably one study, or ""."""
    mine, yours = one.holding.profile, other.holding.profile
    if mine.evidence not in OWN or yours.evidence not in OWN or one.holding.work == other.holding.work:
        return ""
    n = _n(one)
    if n is None or n < _SMALLEST_LIKE or n != _n(other):
        return ""
    if not mine.drugs or not yours.drugs or mine.drugs[0] != yours.drugs[0]:
        return ""
    if not mine.conditions or not yours.conditions or mine.conditions[0] != yours.conditions[0]:
        return ""
    dates = enrolment(one.card.facts)
    if dates is not None and dates == enrolment(other.card.facts):
        return f"{n} people of the same dates of enrolment, same drug and condition"
    people = _people(one.document) & _people(other.document)
    if len(people) >= 2:
        return f"{n} people, same drug and condition, {len(people)} authors in common"
    return ""


def _n(each: Reported) -> int | None:
    for fact in each.card.of(Field.N, Field.N_ANALYSED):
        if isinstance(fact.value, Number) and fact.value.printed.isdecimal():
            return int(fact.value.printed)
    return each.holding.profile.n


def enrolment(facts: Iterable[Fact]) -> tuple[int, int] | None:
    """Return first and last year of enrolment, None where not stated."""
    for fact in facts:
        value = fact.value
        if fact.field is Field.ENROLMENT and isinstance(value, Range):
            low, high = value.low[:4], (value.high or value.low)[:4]
            if low.isdecimal() and high.isdecimal():
                return int(low), int(high)
    return None


def _people(document: Document) -> frozenset[str]:
    return frozenset(
        f"{author.family.lower()} {author.given[:1].lower()}" for author in document.authors if author.family
    )


def centres(document: Document) -> frozenset[str]:
    """Return the institutions of a document's authors, each by the words that name it, in lower case."""
    found: set[str] = set()
    for affiliation in document.affiliations:
        for piece in affiliation.replace(";", ",").split(","):
            name = " ".join(piece.lower().split()).strip(". ")
            if len(name) > 10 and _PLACE.search(name):
                found.add(name)
    return frozenset(found)


def _study(members: Sequence[Reported], links: tuple[Link, ...]) -> Study:
    """Return the study of some reports: those that say most first; each field from the first that states it."""
    ordered = sorted(members, key=_worth, reverse=True)
    kinds = [each.holding.profile.evidence for each in ordered]
    design = next((kind for kind in kinds if kind is not EvidenceKind.STUDY), EvidenceKind.STUDY)
    return Study(
        id=ordered[0].holding.work,
        reports=tuple(_report(each) for each in ordered),
        links=links,
        design=design,
        facts=tuple(_facts(ordered)),
    )


def _worth(each: Reported) -> tuple[bool, bool, int, int]:
    """Return what puts a report before another: a text before a title, own words before a note's, most stated."""
    stated = sum(fact.value is not None for fact in each.card.facts)
    own = each.document.kind is not DocumentKind.NOTE
    text = has_text(each.document)
    return text, own, stated, len(each.document.text)


def has_text(document: Document) -> bool:
    """Tell whether a document has words beyond its title."""
    return len(document.text) > len(document.title) + 120


def _report(each: Reported) -> Report:
    document = each.document
    return Report(
        document=document.id,
        work=each.holding.work,
        title=document.title or document.kind.value.capitalize(),
        year=document.year,
        kind=document.kind,
        evidence=each.holding.profile.evidence,
        citation=each.citation,
        label=label_of(document),
        text=has_text(document),
        standing=each.standing,
    )


def label_of(document: Document) -> str:
    """Return how a document is called in tables: first author and year, else the first words of its title and year."""
    first = next((author.family or author.collective for author in document.authors), "")
    words = document.title.split()
    titled = " ".join(words[:5]) + ("…" if len(words) > 5 else "")
    name = (first if len(first.split()) <= 4 else "") or titled or document.kind.value.capitalize()
    return f"{name} {document.year}" if document.year is not None else name


def _facts(ordered: Sequence[Reported]) -> Iterator[Fact]:
    """Yield each field from the first report that states it, else one absence: where the first report was read for it.

    Counts of two reports of one study are never put side by side: they are mostly the same people counted twice.
    """
    for field in Field:
        absent: Fact | None = None
        for each in ordered:
            stated = each.card.of(field)
            if stated:
                yield from stated
                break
            absent = absent or next((fact for fact in each.card.facts if fact.field is field), None)
        else:
            if absent is not None:
                yield absent


def overlaps(studies: Sequence[Study], documents: Callable[[str], Document | None]) -> tuple[Overlap, ...]:
    """Return the pairs of studies that may share people: the same institution, or authors, in overlapping years.

    Args:
        studies: studies of people.
        documents: document id -> document, None where it is not at hand.
    """
    seen: list[tuple[Study, frozenset[str], frozenset[str], tuple[int, int] | None]] = []
    for study in studies:
        held = [found for report in study.reports if (found := documents(report.document)) is not None]
        people = frozenset[str]().union(*(_people(each) for each in held))
        places = frozenset[str]().union(*(centres(each) for each in held))
        seen.append((study, people, places, enrolment(study.facts)))
    return tuple(
        Overlap((one[0].id, other[0].id), words)
        for one, other in combinations(seen, 2)
        if (words := _shared(one[1:], other[1:]))
    )


def _shared(
    one: tuple[frozenset[str], frozenset[str], tuple[int, int] | None],
    other: tuple[frozenset[str], frozenset[str], tuple[int, int] | None],
) -> str:
    people, places = one[0] & other[0], one[1] & other[1]
    if not places and len(people) < 2:
        return ""
    where = f"{len(people)} authors in common" if len(people) >= 2 else ""
    where = "; ".join(filter(None, (f"same institution ({sorted(places)[0]})" if places else "", where)))
    if one[2] is None or other[2] is None:
        return f"{where}; dates of enrolment not stated in both"
    low, high = max(one[2][0], other[2][0]), min(one[2][1], other[2][1])
    if low > high:
        return ""
    return f"{where}; both enrolled in {low}" + (f" to {high}" if high > low else "")


def notice_words(each: Holding) -> tuple[str, ...]:
    """Return the notices on a work in words, most serious first: "retracted", "expression of concern", "corrected"."""
    return each.standing
