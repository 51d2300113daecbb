"""`curbside ask QUESTION`: an answer from the library, every sentence open to its source."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from curbside.doors.cli_console import Console
from curbside.doors.cli_library import declare_filters, filters_of, held, log_question, opened, typed
from curbside.errors import UsageError
from curbside.records import Answer, Quote
from curbside.writers import answer_json, answer_terminal
from curbside.writers.fields import one_line


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("question", nargs="+", help="the question, in plain words")
    parser.add_argument("--quotes", action="store_true", help="list under the answer how to open each quoted passage")
    parser.add_argument("--evidence", action="store_true", help="weigh under the answer the studies that it cites")
    declare_filters(parser)


def run(options: Namespace, console: Console) -> int:
    """Answer, or decline; both are done work. An empty library is told how to begin."""
    question = typed(options.question)
    if not question:
        raise UsageError('There is no question. Give it in quotation marks: curbside ask "…"')
    with opened(options, soon=True) as library:
        filters = filters_of(options, held(library).vocabulary)
        answer = library.ask(question, filters)
        cited = library.cited(answer) if options.evidence else None
    log_question(options, question)
    if options.json:
        plain = answer_json(answer)
        if cited is not None:
            from curbside.writers.weighed import cited_json

            plain["evidence"] = cited_json(cited)
        console.say_json(plain)
        return 0
    console.say(answer_terminal(answer, console.width).rstrip("\n"))
    if cited is not None and cited.studies:
        from curbside.writers.weighed_terminal import cited_terminal

        console.say(cited_terminal(cited, console.width).rstrip("\n"))
    quotes = _quotes(answer)
    if quotes and options.quotes:
        console.say("\nOPEN A QUOTE")
        for quote in quotes:
            console.say(f"  {_command(quote)}\n    {_clipped(quote.words, console.width - 4)}")
    elif quotes:
        console.say(f"Open a quote in its place: {_command(quotes[0])}   (all of them: ask --quotes)")
    return 0


def _quotes(answer: Answer) -> list[Quote]:
    sentences = (sentence for section in answer.sections for sentence in section.sentences)
    return list(dict.fromkeys(quote for sentence in sentences for quote in sentence.quotes))


def _command(quote: Quote) -> str:
    return f"curbside show {quote.document} --at {quote.span.start}-{quote.span.end}"


def _clipped(words: str, width: int) -> str:
    words = one_line(words)
    return words if len(words) <= width else f"{words[: width - 1]}…"
