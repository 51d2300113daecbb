"""`curbside search WORDS`: documents of the library, best first."""

from __future__ import annotations

import textwrap
from argparse import ArgumentParser, Namespace

from curbside.doors.cli.console import Console
from curbside.doors.cli.library import declare_filters, filters_of, held, log_question, opened, typed
from curbside.errors import UsageError
from curbside.records import Query
from curbside.workflows.find import Found, Result, find
from curbside.workflows.plain import found_json
from curbside.writers.fields import one_line
from curbside.writers.nlm import nlm


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("words", nargs="+", metavar="WORD", help="what to look for; never a query language unless:")
    parser.add_argument("--advanced", action="store_true", help="the words are a query: phrases, fields, AND OR NOT")
    parser.add_argument("--widen", action="store_true", help="let a class of drugs also stand for its members")
    parser.add_argument("--offset", type=int, default=0, metavar="N", help="hits to pass over")
    declare_filters(parser, limit=10)


def run(options: Namespace, console: Console) -> int:
    """Search and list the hits; finding nothing is done work."""
    found = searched(options)
    if options.json:
        console.say_json(found_json(found))
        return 0
    for note in found.notes:
        console.note(f"Note: {note}.")
    for rank, result in enumerate(found.results, found.query.offset + 1):
        _tell(rank, result, console)
    shown = len(found.results)
    console.say(f"{found.total:,} documents match" + (f"; {shown} shown." if shown < found.total else "."))
    return 0


def searched(options: Namespace) -> Found:
    """Carry out the search that the command line asks for."""
    text = typed(options.words)
    if options.limit < 0 or options.offset < 0:
        raise UsageError("--limit and --offset count hits; give 0 or more.")
    with opened(options) as library:
        filters = filters_of(options, held(library).vocabulary)
        query = Query(text, (), filters, options.advanced, options.limit, options.offset)
        found = find(query, library.store, library.index, library.vocabulary, options.widen)
    log_question(options, text)
    return found


def _tell(rank: int, result: Result, console: Console) -> None:
    holding, hit = result.holding, result.hit
    lead = f"{rank}. "
    indent = " " * len(lead)
    citation = nlm(holding.marked) or holding.document.title or "Untitled."
    about = [holding.profile.evidence.value, holding.document.id, f"at {hit.span.start}-{hit.span.end}"]
    if holding.secondary and "secondary source" not in about[0]:
        about[0] += ", a secondary source"
    if holding.profile.retracted:
        about.insert(0, "RETRACTED")
    snippet = result.snippet
    before = "… " if snippet.start > hit.span.start else ""
    after = " …" if snippet.end < hit.span.end else ""
    words = one_line(snippet.of(holding.document.text))
    console.say(textwrap.fill(lead + one_line(citation), console.width, subsequent_indent=indent))
    console.say(f"{indent}{' · '.join(about)}")
    if words:
        console.say(
            textwrap.fill(f"{before}{words}{after}", console.width, initial_indent=indent, subsequent_indent=indent)
        )
    console.say("")
