"""`curbside ask QUESTION`: an answer from the library, every sentence open to its source."""

from __future__ import annotations

import textwrap
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curbside.doors.cli.console import Console
from curbside.doors.cli.library import declare_filters, filters_of, held, log_question, opened, typed
from curbside.errors import UsageError
from curbside.records import Answer, Filters, Quote
from curbside.records.audience import Audience
from curbside.wiring import Library
from curbside.writers import answer_json, answer_terminal
from curbside.writers.fields import one_line

if TYPE_CHECKING:
    from curbside.doors.cli.thread import Followed


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("question", nargs="+", help="the question, in plain words")
    parser.add_argument("--quotes", action="store_true", help="list under the answer how to open each quoted passage")
    words = "write the answer's audit bundle to a file, in the sources' words; see: curbside verify"
    parser.add_argument("--bundle", type=Path, metavar="FILE", help=words)
    parser.add_argument("--evidence", action="store_true", help="weigh under the answer the studies that it cites")
    parser.add_argument(
        "--audience",
        choices=[each.value for each in Audience],
        default=Audience.CLINICIAN.value,
        help="whom to tell it: the same claims in other words and order (default: clinician)",
    )
    group = parser.add_argument_group("threads")
    words = 'thread that the question follows: the id printed under its last answer, or "new" to begin one'
    group.add_argument("--follow", metavar="THREAD", default="", help=words)
    words = "what is not to be carried over from the question before, in the words in which it is shown"
    group.add_argument("--drop", action="append", default=[], metavar="WORDS", help=words)
    group = parser.add_argument_group("language model")
    words = "whether the language model that is set (CURBSIDE_MODEL_URL) may reword the answer (default: on)"
    group.add_argument("--model", choices=["on", "off"], default="on", help=words)
    words = "list under the answer each sentence that was reworded, with the source's words"
    group.add_argument("--reworded", action="store_true", help=words)
    declare_filters(parser)


def run(options: Namespace, console: Console) -> int:
    """Answer, or decline; both are done work. An empty library is told how to begin."""
    question = typed(options.question)
    if not question:
        raise UsageError('There is no question. Give it in quotation marks: curbside ask "…"')
    with opened(options, soon=True) as library:
        filters = filters_of(options, held(library).vocabulary)
        thread = _followed(options, library, question, filters)
        answer = thread.told.answer if thread is not None else library.ask(question, filters)
        cited = library.cited(answer) if options.evidence else None
        bundled = _bundled(options, library, answer) if options.bundle is not None else None
        if options.model == "on":
            answer = library.reword(answer, options.audience)
        told = _told(library, answer, Audience(options.audience))
    log_question(options, question)
    if options.json:
        plain = told.plain
        if thread is not None:
            plain["thread"] = thread.plain
        if cited is not None:
            from curbside.writers.weighed import cited_json

            plain["evidence"] = cited_json(cited)
        if bundled is not None:
            plain["bundle"] = bundled
        console.say_json(plain)
        return 0
    if thread is not None and thread.lines:
        console.say("\n".join(textwrap.fill(one_line(each), console.width) for each in thread.lines) + "\n")
    console.say(told.text(console.width).rstrip("\n"))
    if cited is not None and cited.studies:
        from curbside.writers.weighed_terminal import cited_terminal

        console.say(cited_terminal(cited, console.width).rstrip("\n"))
    if options.reworded:
        _tell_reworded(answer, console)
    if answer.terms:
        console.say(textwrap.fill(f"To search for besides: {', '.join(answer.terms)}", console.width))
    if answer.suggested:
        how = "" if thread is not None else "   (in a thread: ask --follow new)"
        console.say(textwrap.fill(f"To ask next: {' · '.join(answer.suggested)}{how}", console.width))
    quotes = _quotes(answer)
    if quotes and options.quotes:
        console.say("\nOPEN A QUOTE")
        for quote in quotes:
            console.say(f"  {_command(quote)}\n    {_clipped(quote.words, console.width - 4)}")
    elif quotes:
        console.say(f"Open a quote in its place: {_command(quotes[0])}   (all of them: ask --quotes)")
    if bundled is not None:
        console.say(f"Wrote the audit bundle to {bundled['file']}. Check it: curbside verify {bundled['file']}")
    if thread is not None:
        console.say(thread.farewell)
    return 0


def _followed(options: Namespace, library: Library, question: str, filters: Filters) -> Followed | None:
    if not options.follow:
        if options.drop:
            raise UsageError("--drop leaves out what a question carries over: give the thread with --follow.")
        return None
    from curbside.doors.cli.thread import followed  # a question that follows none needs nothing of it

    return followed(options, library, question, filters)


def _bundled(options: Namespace, library: Library, answer: Answer) -> dict[str, object]:
    from curbside.doors.cli.bundle import write  # what few ask for is loaded where they do
    from curbside.workflows.bundle import bundle_of_answer

    return write(bundle_of_answer(answer, library.store, library.vocabulary), options.bundle)


@dataclass(frozen=True, slots=True)
class _Told:
    """An answer as its audience is told it: as plain values, and as text of a width."""

    plain: dict[str, Any]
    text: Callable[[int], str]


def _told(library: Library, answer: Answer, audience: Audience) -> _Told:
    if audience is Audience.CLINICIAN:
        return _Told(answer_json(answer), lambda width: answer_terminal(answer, width))
    from curbside.writers import audience as writers  # what few ask for is loaded where they do

    if audience is Audience.PATIENT:
        patient = library.for_patient(answer)
        return _Told(writers.patient_json(patient), lambda width: writers.patient_terminal(patient, width))
    researcher = library.for_researcher(answer)
    return _Told(writers.researcher_json(researcher), lambda width: writers.researcher_terminal(researcher, width))


def _tell_reworded(answer: Answer, console: Console) -> None:
    pairs = [(sentence.text, sentence.extracted) for sentence in answer.sentences if sentence.extracted]
    console.say("\nREWORDED, AND BEFORE" if pairs else "\nNothing was reworded.")
    for text, before in pairs:
        console.say(textwrap.fill(one_line(text), console.width, initial_indent="- ", subsequent_indent="  "))
        console.say(textwrap.fill(one_line(before), console.width, initial_indent="  < ", subsequent_indent="    "))


def _quotes(answer: Answer) -> list[Quote]:
    sentences = (sentence for section in answer.sections for sentence in section.sentences)
    return list(dict.fromkeys(quote for sentence in sentences for quote in sentence.quotes))


def _command(quote: Quote) -> str:
    return f"curbside show {quote.document} --at {quote.span.start}-{quote.span.end}"


def _clipped(words: str, width: int) -> str:
    words = one_line(words)
    return words if len(words) <= width else f"{words[: width - 1]}…"
