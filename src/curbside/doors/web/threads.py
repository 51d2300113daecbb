"""Threads on the pages: a question that follows another, what it carried over, and what is taken away again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from curbside.doors.web.forms import Sent, sent, words_of
from curbside.doors.web.fresh import mark_of
from curbside.doors.web.pages import Web, web_of
from curbside.errors import UsageError
from curbside.records import Asked, Filters
from curbside.records.thread import Thread, Turn
from curbside.store.threads import MOST_TURNS
from curbside.workflows.thread import Told, taken_away
from curbside.writers.thread import chip_words


@dataclass(frozen=True, slots=True)
class TurnView:
    """A turn of a thread as a page shows it.

    Attributes:
        number: from 1.
        text: as typed.
        read_as: in words that name all that it is about; "" where those are the words typed.
        carried: what came from earlier turns: id, words, number of the turn.
        left: what was left behind: words, why.
        notes: how it was read.
        href: its page.
    """

    number: int
    text: str
    read_as: str
    carried: tuple[tuple[str, str, int], ...]
    left: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    href: str


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A thread as the page of one of its turns shows it.

    Attributes:
        now: the turn that is answered on the page.
        earlier: those before it.
        later: whether there are further ones; a question asked here takes their place.
        full: whether it takes no more.
    """

    now: TurnView
    earlier: tuple[TurnView, ...]
    later: bool
    full: bool


def thread_view(asked: Asked | None, web: Web) -> ThreadView | None:
    """Return the thread that a kept question is a turn of, or None."""
    if asked is None or not asked.thread:
        return None
    turns = web.asked.threads.get(asked.thread).turns
    views = tuple(_view(turn, number) for number, turn in enumerate(turns[: asked.turn], 1))
    return ThreadView(views[-1], views[:-1], len(turns) > asked.turn, asked.turn >= MOST_TURNS)


def _view(turn: Turn, number: int) -> TurnView:
    read_as = turn.question.text
    return TurnView(
        number,
        turn.text,
        "" if read_as == " ".join(turn.text.split()) else read_as,
        tuple((chip.id, chip_words(chip), chip.turn) for chip in turn.carried(number)),
        tuple((chip_words(each.chip), each.why) for each in turn.dropped),
        turn.notes,
        f"/answers/{turn.asked}" if turn.asked else "",
    )


async def follow(request: Request) -> Response:
    """Take a question that follows a kept one, and lead to its answer."""
    form = await sent(request)
    return await run_in_threadpool(_follow, request, form)


def _follow(request: Request, form: Sent) -> Response:
    web = web_of(request)
    asked = web.asked.get(request.path_params["id"])
    words = form.one("next").strip() or words_of(form, "question", "question")
    with web.pool.answering() as library:
        thread = _thread(asked, web)
        before = thread.turns[: asked.turn] if thread.turns else library.turn(asked.question, (), asked.filters).turns
        if len(before) >= MOST_TURNS:
            raise UsageError(f"A thread holds {MOST_TURNS} questions. Ask this one anew, from the first page.")
        if not thread.turns:
            before = (replace(before[0], asked=asked.id, time=asked.time, digest=asked.digest),)
        mark = mark_of(library)
        told = library.turn(words, before)
    return _shown(told, thread, web, mark)


async def drop(request: Request) -> Response:
    """Ask a turn of a thread again without something that it carried over, and lead to its answer."""
    form = await sent(request)
    return await run_in_threadpool(_drop, request, form)


def _drop(request: Request, form: Sent) -> Response:
    web = web_of(request)
    asked = web.asked.get(request.path_params["id"])
    thread = _thread(asked, web)
    if asked.turn < 2 or asked.turn > len(thread.turns):
        raise UsageError("A first question carries nothing over, so nothing can be taken away.")
    turn, before = thread.turns[asked.turn - 1], thread.turns[: asked.turn - 1]
    wanted = form.one("chip")
    if wanted not in {chip.id for chip in turn.carried(asked.turn)}:
        raise UsageError("This question does not carry that over any more. Go back, and load the page again.")
    with web.pool.answering() as library:
        mark = mark_of(library)
        told = library.turn(turn.text, before, None, (*taken_away(turn), wanted))
    return _shown(told, thread, web, mark)


def _thread(asked: Asked, web: Web) -> Thread:
    return web.asked.threads.get(asked.thread) if asked.thread else Thread("")


def _shown(told: Told, thread: Thread, web: Web, mark: tuple[int, int]) -> Response:
    """Keep a turn in the place of those after the one that it follows, and lead to its page."""
    for turn in thread.turns[len(told.turns) - 1 :]:
        web.asked.forget(turn.asked)
    kept = web.asked.threads.keep(told.turns, thread.id)
    turn = kept.turns[-1]
    page = web.asked.keep("", Filters(), turn.digest, kept.id, told.number)
    web.asked.threads.keep((*kept.turns[:-1], replace(turn, asked=page)), kept.id)
    first = kept.turns[0]
    if not thread.id and first.asked:  # the first page now shows that others follow
        web.asked.join(first.asked, kept.id, 1)
    web.fresh.keep(page, mark, told.answer)
    return RedirectResponse(f"/answers/{page}", 303)
