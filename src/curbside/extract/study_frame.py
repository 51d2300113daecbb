"""What frames a study: the dates of its enrolment, its registration, who paid for it, what its authors declare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curbside.extract.places import category_at, sentences_of
from curbside.language import study_words as words
from curbside.language.linear import Match
from curbside.records import BlockKind, Category, Document, Fact, Field, PartRole, Quote, Range, Span, Terms

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST = 400  # code points of a statement that are kept as its value
_OTHERS = frozenset({PartRole.REFERENCES, PartRole.POST, PartRole.QUESTION, PartRole.CHROME})
_DISCUSSED = frozenset({Category.BACKGROUND, Category.CONCLUSIONS})
_END = 3  # sentences under a heading that a statement may take


def dates(document: Document, spans: Sequence[Span]) -> Iterator[Fact]:
    """Yield the dates between which people were enrolled, as ranges of ISO dates; `spans` speak of the study."""
    seen: set[tuple[str, str]] = set()
    for span in spans:
        if not words.YEAR.search(span.of(document.text)):
            continue
        for cut in sentences_of(document.text, span.start, span.end):
            text = cut.of(document.text)
            if words.ENROLLED.search(text) is None or words.SEARCHED.search(text) is not None:
                continue
            for match in words.ENROLMENT.finditer(text):
                low, high = _period(match)
                if low and low[:4] <= high[:4] and (low, high) not in seen:
                    seen.add((low, high))
                    place = Span(cut.start + match.start(), cut.start + match.end())
                    yield Fact(Field.ENROLMENT, Range(low=low, high=high, unit="date"), _quote(document, place))


def _period(match: Match) -> tuple[str, str]:
    first, second = match.group(words.ENROLMENT.groupindex["a"]), match.group(words.ENROLMENT.groupindex["b"])
    high = iso(second)
    low = iso(first, high[:4])
    return low, high


def iso(printed: str, year: str = "") -> str:
    """Return a printed date as ISO 8601 as far as it goes; `year` serves where none is printed."""
    found = words.YEAR.search(printed)
    year = found.group() if found else year
    month = words.MONTH.search(printed)
    if month is None:
        return year
    made = f"{year}-{_MONTHS.index(month.group()[:3].lower()) + 1:02d}"
    rest = printed.replace(month.group(), " ").replace(year, " ")
    day = words.DAY.search(rest)
    return f"{made}-{int(day.group(1)):02d}" if day and 1 <= int(day.group(1)) <= 31 else made


def registrations(document: Document) -> Iterator[Fact]:
    """Yield the registration numbers of the document's own study, each once, in canonical writing."""
    seen: set[str] = set()
    for match in words.REGISTERED.finditer(document.text):
        span = Span(match.start(), match.end())
        if not _speaks(document, span) or (
            category_at(document, span.start) in _DISCUSSED and not _abstract(document, span)
        ):
            continue
        name = registered(match.group())
        if name not in seen:
            seen.add(name)
            yield Fact(Field.REGISTRATION, Terms((name,)), _quote(document, span))


def registered(printed: str) -> str:
    """Return a registration number without spaces and without the words that lead to it."""
    bare = printed.strip()
    if bare[:6].lower() == "eudrac":
        place = next(place for place, letter in enumerate(bare) if letter.isdecimal())
        return "EudraCT " + bare[place:]
    if bare[:4].isdecimal():
        return "EudraCT " + bare[:14]
    return bare.replace(" ", "")


def _abstract(document: Document, span: Span) -> bool:
    return any(part.role is PartRole.ABSTRACT and part.span.covers(span) for part in document.parts)


def _speaks(document: Document, span: Span) -> bool:
    return not any(part.span.covers(span) for part in document.parts if part.role in _OTHERS)


def funds(document: Document) -> Iterator[Fact]:
    """Yield who paid for the study and what its authors declare, as stated."""
    funding: list[Fact] = []
    conflicts: list[Fact] = []
    headed = ""
    left = 0
    for block in document.blocks:
        part = document.parts[block.part]
        if part.role in _OTHERS or block.kind is BlockKind.TABLE:
            continue
        text = block.span.of(document.text)
        if block.kind in (BlockKind.HEADING, BlockKind.TITLE):
            headed = _headed(text)
            left = _END
            continue
        if category_at(document, block.span.start) is not Category.NONE and not headed and len(document.text) > 20_000:
            continue  # the study's own text; what is declared stands before or after it
        for cut in sentences_of(document.text, block.span.start, block.span.end):
            kind = headed if left > 0 else ""
            left -= 1
            fact = _declared(document, cut, kind)
            if fact is not None:
                (funding if fact.field is Field.FUNDING else conflicts).append(fact)
    yield from funding[:3]
    yield from conflicts[:3]


def _headed(text: str) -> str:
    if words.FUNDING_HEAD.search(text):
        return "funding"
    return "conflicts" if words.CONFLICT_HEAD.search(text) else ""


def _declared(document: Document, cut: Span, headed: str) -> Fact | None:
    """Return what a sentence declares of money or conflicts, None where it declares nothing."""
    text = cut.of(document.text)
    if words.BESIDE.search(text) is not None:
        return None
    opening = _headed(text)
    none = words.CONFLICTED.search(text)
    if none is not None:
        return Fact(Field.CONFLICTS, Terms(("none declared",)), _quote(document, cut), negated=True)
    if words.NO_FUNDING.search(text) is not None:
        return Fact(Field.FUNDING, Terms(("none",)), _quote(document, cut), negated=True)
    found = words.FUNDED.search(text)
    if found is not None and headed != "conflicts" and words.PERSONAL.search(text) is None:
        by = found.group(words.FUNDED.groupindex["by"]) or found.group(words.FUNDED.groupindex["of"])
        return Fact(Field.FUNDING, Terms((" ".join(by.split()).rstrip(". "),)), _quote(document, cut))
    if headed == "conflicts" or opening == "conflicts":
        bare = text.strip().lower().rstrip(".")
        if bare.endswith(("none", "none declared", "nil")):
            return Fact(Field.CONFLICTS, Terms(("none declared",)), _quote(document, cut), negated=True)
        return Fact(Field.CONFLICTS, Terms((" ".join(text.split())[:_LONGEST],)), _quote(document, cut))
    if headed == "funding":
        return Fact(Field.FUNDING, Terms((" ".join(text.split())[:_LONGEST],)), _quote(document, cut))
    return None


def _quote(document: Document, span: Span) -> Quote:
    return Quote(document.id, span, span.of(document.text))


__all__ = ["dates", "funds", "iso", "registered", "registrations"]
