"""Checking: the numbers of a text that is pasted, held against each other. Nothing of it is kept."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from curbside.doors.web.forms import Sent, sent
from curbside.doors.web.pages import page, web_of
from curbside.records import Check, Document, Problem, Quote, Span, Verdict
from curbside.workflows.check import CheckedDocument, checks_of_text
from curbside.writers.checks import tally

LONGEST = 200_000
"""Characters of a text that is checked."""

_MOST = 100
"""Checks of one kind that a page shows; the command line shows all."""
_AROUND = 70
"""Characters of the text that stand on either side of a quote."""


@dataclass(frozen=True, slots=True)
class Side:
    """Words that were checked, with what stands around them."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Held:
    """A check as the page shows it."""

    kind: str
    words: str
    arithmetic: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the checks of one document.

    Attributes:
        title: its title, "" where the text is one without a form of its own.
        tally: how many checks came out how, in words.
        groups: heading, whether it stands open, the checks below it, how many more there are.
    """

    title: str
    tally: str
    groups: tuple[tuple[str, bool, tuple[Held, ...], int], ...]


def blank(request: Request) -> Response:
    """Show the box for a text."""
    return _page(request, "")


async def check(request: Request) -> Response:
    """Hold the numbers of the text that was sent against each other."""
    form = await sent(request)
    return await run_in_threadpool(_check, request, form)


def _check(request: Request, form: Sent) -> Response:
    text = form.one("text").replace("\r\n", "\n").replace("\x00", " ")
    if not text.strip():
        return _page(request, "", "There is no text. Paste it into the box, then try again.", status=422)
    if len(text) > LONGEST:
        fault = f"The text has {len(text):,} characters; at most {LONGEST:,} are checked at once. Check it in parts."
        return _page(request, "", fault, status=422)
    with web_of(request).pool.answering():  # in its turn, as an answer: a long text takes as long as one
        documents, unread = checks_of_text(text)
    outcomes = tuple(outcome_of(each, len(documents) > 1) for each in documents)
    return _page(request, text, outcomes=outcomes, unread=unread)


def _page(
    request: Request,
    text: str,
    fault: str = "",
    outcomes: tuple[Outcome, ...] = (),
    unread: tuple[Problem, ...] = (),
    status: int = 200,
) -> Response:
    context = {"text": text, "fault": fault, "outcomes": outcomes, "unread": unread, "longest": LONGEST}
    return page(request, "check.html", context, status)


def outcome_of(each: CheckedDocument, titled: bool = False) -> Outcome:
    """Return what became of the checks of a document, as a page shows it; `titled` puts its title over it."""
    groups: list[tuple[str, bool, tuple[Held, ...], int]] = []
    for verdict, heading in (
        (Verdict.DISAGREES, "Does not agree"),
        (Verdict.NOT_CHECKED, "Could not be checked"),
        (Verdict.AGREES, "Agrees"),
    ):
        found = each.checked.of(verdict)
        if found:
            shown = tuple(_held(check, each.document) for check in found[:_MOST])
            more = max(0, len(found) - _MOST)
            groups.append((f"{heading}: {len(found):,}", verdict is Verdict.DISAGREES, shown, more))
    return Outcome(each.document.title if titled else "", tally(each.checked), tuple(groups))


def _held(check: Check, document: Document) -> Held:
    words = check.why_not if check.verdict is Verdict.NOT_CHECKED else check.message
    sides = tuple(_side(quote, document) for quote in check.quotes)
    return Held(check.kind.value, words[:1].upper() + words[1:], check.arithmetic, sides)


def _side(quote: Quote, document: Document) -> Side:
    """Return a quote with the words around it, whole ones, on one line."""
    text, span = document.text, quote.span
    before = Span(max(0, span.start - _AROUND), span.start).of(text)
    after = Span(span.end, min(len(text), span.end + _AROUND)).of(text)
    if span.start > _AROUND:
        before = "… " + before.partition(" ")[2]
    if span.end + _AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return Side(before, quote.words, after)
