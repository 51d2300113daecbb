"""An article as a printed page: one order and one wording, from which Markdown, HTML, PDF and DOCX are made alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from curbside.records import Absence, ArticleClaim, ArticleState, ReferenceEntry, ReviewWord
from curbside.records.article_sheet import ArticleSheet, ClaimWord, SheetClaim, Signer
from curbside.writers.basis import OPTIONS, kind_and_year, marks, not_stated
from curbside.writers.blocks import (
    Block,
    Heading,
    Item,
    Items,
    Paragraph,
    PrintedPage,
    Run,
    Runs,
    Table,
    Tone,
)
from curbside.writers.fields import one_line
from curbside.writers.links import identifier_links
from curbside.writers.signs import spelled

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_NO_CHARACTER = re.compile("[\ufffe\uffff]")


def told(text: str) -> str:
    """Return words of people and documents as one line of plain text; signs that nobody sees are spelled out."""
    return _NO_CHARACTER.sub(lambda found: f"[U+{ord(found[0]):04X}]", one_line(spelled(text)))


def day(iso: str) -> str:
    """Return a moment's day as "15 January 2027", or "an unknown day"."""
    year, month, number = iso[:4], iso[5:7], iso[8:10]
    if not (year + month + number).isascii() or not (year + month + number).isdigit() or not 1 <= int(month) <= 12:
        return "an unknown day"
    return f"{int(number)} {_MONTHS[int(month) - 1]} {year}"


def article_page(sheet: ArticleSheet) -> PrintedPage:
    """Return an article as a page to be written out."""
    version = sheet.version
    moments = [version.at, *(move.at for _, move in sheet.steps), *(w.at for c in sheet.claims for w in c.said)]
    return PrintedPage(
        title=told(version.title) or "Untitled",
        over=tuple(_over(sheet)),
        blocks=tuple(_blocks(sheet)),
        running=_running(sheet),
        place=sheet.address,
        authors=(told(sheet.author.name),),
        about=f"{told(sheet.banner)} Version {version.number}, {day(version.at)}.",
        created=version.at,
        modified=max(moments),
        identity=sheet.identity,
        grave=sheet.grave,
    )


def _running(sheet: ArticleSheet) -> str:
    """Return how the article stands in a few words, for the top of each sheet of paper."""
    if sheet.state is ArticleState.WITHDRAWN:
        return "Withdrawn. Do not rely on it."
    if not sheet.latest:
        return told(sheet.banner)
    if sheet.news:
        return f"New evidence since approval. {sheet.state.capitalize()}."
    return f"{sheet.state.capitalize()}." if sheet.stands else f"{sheet.state.capitalize()}. Not approved."


def _over(sheet: ArticleSheet) -> Iterator[Paragraph]:
    version = sheet.version
    tone = Tone.WARNING if sheet.grave else Tone.NOTE
    yield Paragraph((Run(told(sheet.banner), strong=True),), tone)
    if sheet.news:
        yield Paragraph((Run(told(sheet.news)),), Tone.WARNING)
    for who, move in sheet.steps:
        if move.state is ArticleState.WITHDRAWN:
            why = f": {told(move.words)}" if move.words else "."
            yield Paragraph((Run(f"Withdrawn by {_named(who)}, {day(move.at)}{why}"),), Tone.WARNING)
    if not sheet.latest:
        here = f"{sheet.site}/articles/{sheet.article}"
        yield Paragraph((Run("The article as it stands now: "), Run(here, here)), Tone.WARNING)
    said = f". Version {version.number}, {day(version.at)}."
    was = "Approved" if sheet.stands else "Was approved"
    approved = [Run(f" {was} by {_named(who)}, {day(at)}.") for who, at in sheet.approvals]
    yield Paragraph((Run("By "), _signer(sheet.site, sheet.author), Run(said), *approved), Tone.SMALL)


def _blocks(sheet: ArticleSheet) -> Iterator[Block]:
    version = sheet.version
    numbers = {entry.document: entry.number for entry in version.references}
    for heading, claims in groupby(sheet.claims, key=lambda each: each.claim.heading):
        yield Heading(told(heading) or "Claims")
        yield Items(tuple(_claim(sheet.site, each, numbers) for each in claims))
    if version.absences:
        yield Heading("Not stated")
        yield Items(tuple(_absence(each, numbers) for each in version.absences))
    if version.references:
        yield Heading("References")
        yield Items(tuple(_reference(entry) for entry in version.references))
        if any(entry.secondary for entry in version.references):
            yield Paragraph((Run("* marks a source that reports what others found."),), Tone.SMALL)
    yield Heading("Who signed")
    yield from _signed(sheet)
    yield Heading("Versions")
    rows = [(str(each.number), _whole(day(each.at)), _named(each.who), told(each.why)) for each in sheet.versions]
    yield Table(("Version", "Made on", "By", "What changed, and why"), _rows(rows))
    yield Heading("How it was made")
    yield from _made(sheet)


def _claim(site: str, each: SheetClaim, numbers: dict[str, int]) -> Item:
    claim = each.claim
    parts = [Paragraph((Run(told(claim.text)), *_marks(claim.references)))]
    parts += [Paragraph(runs, Tone.NOTE) for runs in _edited(claim)]
    for number in claim.derived:
        parts.append(Paragraph((Run(f"Computed: {told(number.value)} ({told(number.arithmetic)})."),), Tone.SMALL))
    for quote in claim.quotes:
        place = f"{site}/documents/{quote.document}?at={quote.span.start}-{quote.span.end}#quote"
        mark = _marks((numbers[quote.document],)) if quote.document in numbers else ()
        runs = (Run(f"“{told(quote.words)}”"), *mark, Run(" "), Run("in its place", place))
        parts.append(Paragraph(runs, Tone.QUOTE))
    parts.append(Paragraph((Run(_word_line(each.said)),), Tone.SMALL))
    return Item(tuple(parts), claim.number, f"c{claim.number}")


def _edited(claim: ArticleClaim) -> Iterator[Runs]:
    reason = told(claim.edited).rstrip(".")
    if claim.own_words:
        goes = f" {reason}. They go beyond the quote: {told(claim.own_words).rstrip('.')}."
        yield (Run("Editor's words.", strong=True), Run(goes))
    elif claim.edited:
        yield (Run(f"Reworded: {reason}."),)


def _word_line(said: Iterable[ClaimWord]) -> str:
    lines = [
        f"{each.word.capitalize()} by {told(each.who.name)}, {day(each.at)}"
        + (f": “{told(each.words)}”" if each.words else ".")
        for each in said
    ]
    return " ".join(lines) or "Nobody has signed this claim."


def _absence(absence: Absence, numbers: dict[str, int]) -> Item:
    parts = [Paragraph((Run(told(not_stated(absence))), *_marks(absence.references)))]
    if absence.nearest is not None:
        nearest = absence.nearest
        mark = _marks((numbers[nearest.document],)) if nearest.document in numbers else ()
        parts.append(Paragraph((Run(f"Came nearest: “{told(nearest.words)}”"), *mark), Tone.QUOTE))
    return Item(tuple(parts))


def _reference(entry: ReferenceEntry) -> Item:
    beside: list[Run] = [Run(told(kind_and_year(entry)))]
    for label, href in identifier_links(entry.ids):
        beside += [Run(" · "), Run(told(label), href)]
    words = told(entry.citation) or told(entry.title) or "Untitled."
    parts = (Paragraph((Run(words),)), Paragraph(tuple(beside), Tone.SMALL))
    return Item(parts, entry.number, f"r{entry.number}")


def _signed(sheet: ArticleSheet) -> Iterator[Block]:
    """Yield who signed which claims, when, and with which conflicts of interest, as they stated them then."""
    found: dict[tuple[str, str, ReviewWord], list[tuple[int, ClaimWord]]] = {}
    for each in sheet.claims:
        for said in each.said:
            found.setdefault((said.who.id, said.conflicts, said.word), []).append((each.claim.number, said))
    if not found:
        yield Paragraph((Run("Nobody has signed a claim of this version."),))
        return
    rows: list[tuple[str, str, str, str]] = []
    for (_, conflicts, word), words in found.items():
        claims = ", ".join(str(number) for number, _ in words)
        moments = sorted(said.at for _, said in words)
        first, last = _whole(day(moments[0])), _whole(day(moments[-1]))
        on = first if first == last else f"{first} to {last}"
        rows.append((_named(words[0][1].who), f"{word.capitalize()}: {claims}", on, told(conflicts) or "Not stated."))
    yield Table(("Reviewer", "Claims", "When", "Conflicts of interest, as stated"), _rows(rows))


def _made(sheet: ArticleSheet) -> Iterator[Block]:
    version = sheet.version
    yield Paragraph((Run(f"Question asked: “{told(version.question)}”"),))
    read, held = version.searched
    noun = "document" if held == 1 else "documents"
    searched = f"{read:,} of {held:,} {noun} of the library were read for it. The library last changed on "
    yield Paragraph((Run(f"{searched}{day(version.library)}."),))
    if sheet.conditions:
        said = "; ".join(f"{told(what).lower()}: {told(words)}" for what, words in sheet.conditions)
        yield Paragraph((Run(f"Conditions on the sources: {said}."),))
    yield Paragraph((Run(OPTIONS, strong=True),), Tone.NOTE)
    method, place = f"{sheet.site}/method", sheet.address
    yield Paragraph((Run("How an answer is made: "), Run(method, method)), Tone.SMALL)
    yield Paragraph((Run("This version: "), Run(place, place)), Tone.SMALL)


def _marks(numbers: Iterable[int]) -> Runs:
    """Return reference marks behind words, each leading to its reference."""
    each = tuple(Run(marks((number,)), f"#r{number}", said=f"Reference {number}") for number in numbers)
    return (Run(" "), *each) if each else ()


def _signer(site: str, who: Signer) -> Run:
    return Run(_named(who), f"{site}/people/{who.id}" if who.page else "")


def _named(who: Signer) -> str:
    return ", ".join(filter(None, (told(who.name), told(who.department))))


def _whole(words: str) -> str:
    """Return words that a narrow column does not break."""
    return words.replace(" ", "\u00a0")


def _rows(rows: Iterable[tuple[str, ...]]) -> tuple[tuple[Runs, ...], ...]:
    return tuple(tuple((Run(cell),) for cell in row) for row in rows)
