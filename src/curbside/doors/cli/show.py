"""`curbside show ID`: a document or a work; with `--at`, the place of a quote; with `--named`, what it names."""

from __future__ import annotations

import re
import textwrap
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from curbside.doors.cli.console import Console
from curbside.doors.cli.library import opened
from curbside.errors import UsageError
from curbside.records import Block, BlockKind, Document, Fact, Field, Holding, Span, Terms
from curbside.workflows.plain import place_json
from curbside.workflows.show import Place, place, show
from curbside.writers.facts import fact_json
from curbside.writers.fields import one_line
from curbside.writers.nlm import nlm
from curbside.writers.plain import holding_json, ids_json

if TYPE_CHECKING:
    from curbside.workflows.named import Named

_AT = re.compile(r"^(\d{1,12})-(\d{1,12})$")
_BOLD, _PLAIN = "\x1b[1;7m", "\x1b[0m"
_OPENS, _CLOSES = "»", "«"


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("id", help="document (d…), work (w…), PMID, PMCID, DOI or NCT number")
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--at", metavar="START-END", help="show the words between two offsets, marked in their passage")
    ways.add_argument("--named", action="store_true", help="list the drugs and conditions named, with their places")


def run(options: Namespace, console: Console) -> int:
    """Show what the id names."""
    with opened(options) as library:
        if options.at:
            return _tell_place(place(options.id, _span(options.at), library.store), options, console)
        if options.named:
            from curbside.workflows.named import named_in  # a document is shown without the tagger

            return _tell_named(named_in(options.id, library.store, library.vocabulary), options, console)
        holdings = show(options.id, library.store)
    if options.json:
        console.say_json({"documents": [holding_json(holding, text=True) for holding in holdings]})
        return 0
    for number, holding in enumerate(holdings):
        if number:
            console.say("\n" + "=" * console.width + "\n")
        _tell(holding, console)
    return 0


def _tell_named(found: tuple[Named, ...], options: Namespace, console: Console) -> int:
    if options.json:
        documents = [
            {
                "document": each.document.id,
                "title": each.document.title,
                "named": [fact_json(fact) for fact in each.facts],
            }
            for each in found
        ]
        console.say_json({"documents": documents})
        return 0
    for number, each in enumerate(found):
        console.say("\n" * bool(number) + one_line(each.document.title or "Untitled"))
        for field, heading in ((Field.DRUG, "Drugs"), (Field.CONDITION, "Conditions")):
            facts = [fact for fact in each.facts if fact.field is field]
            console.say(f"\n{heading}" + ("" if facts else ": none found"))
            for fact in facts:
                _say(_named_line(fact), console, "  ")
    return 0


def _named_line(fact: Fact) -> str:
    words = ", ".join(fact.value.terms) if isinstance(fact.value, Terms) else fact.quote.words
    known = ", ".join(fact.about) or "not in the vocabulary"
    return f"{words} · {known} · {fact.quote.span.start}-{fact.quote.span.end}"


def _span(given: str) -> Span:
    match = _AT.match(given.strip())
    if match is None:
        raise UsageError(f'--at: "{given}" is no place. Give two offsets, such as --at 120-180.')
    return Span(int(match.group(1)), int(match.group(2)))


def _tell_place(found: Place, options: Namespace, console: Console) -> int:
    document = found.holding.document
    if options.json:
        console.say_json(place_json(found))
        return 0
    _say(nlm(document) or document.title, console)
    where = [document.id, f"{found.span.start}-{found.span.end}", *found.headings]
    if found.role:
        where.append(f"({found.role.value})")
    _say(" · ".join(where), console)
    console.say("")
    before = _lines(Span(found.around.start, found.span.start).of(document.text))
    words = _lines(found.span.of(document.text))
    after = _lines(Span(found.span.end, found.around.end).of(document.text))
    opens, closes = (_BOLD, _PLAIN) if console.colour else (_OPENS, _CLOSES)
    console.say(f"{before}{opens}{words}{closes}{after}")
    return 0


def _lines(text: str) -> str:
    """Return text with its line breaks and without anything that could steer a terminal; blanks at its ends stay."""
    return "\n".join(_harmless(line) for line in text.split("\n"))


def _harmless(line: str) -> str:
    bare = one_line(line)
    lead = " " if line[:1].isspace() and bare else ""
    tail = " " if line[-1:].isspace() and bare else ""
    return f"{lead}{bare}{tail}" if bare else " " * bool(line)


def _say(text: str, console: Console, indent: str = "") -> None:
    console.say(textwrap.fill(one_line(text), console.width, initial_indent=indent, subsequent_indent=indent))


def _tell(holding: Holding, console: Console) -> None:
    document, profile, notices = holding.document, holding.profile, holding.marked.notices
    _say(document.title or "Untitled", console)
    _say(nlm(holding.marked), console)
    origin = f"{holding.origin}:{holding.line}" if holding.line else holding.origin
    rows: list[tuple[str, str]] = [
        ("document", document.id),
        ("work", holding.work),
        ("kind", f"{document.kind.value}; {profile.evidence.value}"),
        ("ids", ", ".join(f"{scheme} {value}" for scheme, value in ids_json(document.ids).items())),
        ("participants", str(profile.n) if profile.n is not None else ""),
        ("drugs", ", ".join(profile.drugs)),
        ("conditions", ", ".join(profile.conditions)),
        ("ages", ", ".join(age.value for age in profile.ages)),
        ("types", ", ".join(document.types)),
        ("notices", "; ".join(f"{each.kind.value}{' issued' if each.issued else ''}" for each in notices)),
        ("retracted", "yes" if profile.retracted or document.retracted else ""),
        ("licence", document.licence),
        ("origin", origin),
    ]
    console.say("")
    for label, value in rows:
        if value:
            _row(label, value, console)
    console.say("")
    _tell_text(document, console)


def _row(label: str, value: str, console: Console) -> None:
    lead = f"  {label:<14}"
    console.say(textwrap.fill(one_line(value), console.width, initial_indent=lead, subsequent_indent=" " * len(lead)))


def _tell_text(document: Document, console: Console) -> None:
    """Print the text block by block, each part under the name of who speaks in it."""
    part = -1
    for block in document.blocks:
        if block.part != part:
            part = block.part
            by = f" — {document.parts[part].by}" if document.parts[part].by else ""
            _say(f"[{document.parts[part].role.value}{by}]", console)
        _tell_block(document, block, console)
    if not document.blocks:
        console.say(_lines(document.text))


def _tell_block(document: Document, block: Block, console: Console) -> None:
    words = block.span.of(document.text)
    if block.kind is BlockKind.TABLE:
        console.say("\n".join(f"  {_harmless(line)}" for line in words.split("\n")))
    elif block.kind is BlockKind.HEADING:
        level = document.sections[block.section].level if block.section >= 0 else 1
        console.say(f"\n{'#' * min(level, 6)} {one_line(words)}")
    else:
        _say(words, console, "  - " if block.kind is BlockKind.ITEM else "  ")
