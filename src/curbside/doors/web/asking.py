"""Asking: the question box, the answer with its passages, its downloads, and forgetting it."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from curbside.doors.web.audience import Told, audience_of, context_of, remembered, told, wanted
from curbside.doors.web.cited import CitedTable
from curbside.doors.web.forms import Sent, choices, filters_of, sent, wish_of, words_of
from curbside.doors.web.fresh import mark_of
from curbside.doors.web.glance import Glance
from curbside.doors.web.pages import Web, page, web_of
from curbside.doors.web.rewording import OFF, is_off, rewording
from curbside.doors.web.threads import thread_view
from curbside.errors import NotHeld, UsageError
from curbside.records import Answer, Asked, CitedEvidence, digest_of
from curbside.records.audience import Audience
from curbside.wiring import Library
from curbside.workflows.article_sheets import conditions_told
from curbside.workflows.narrow import Wish
from curbside.writers import answer_json, answer_markdown
from curbside.writers.audience import patient_json, patient_markdown, researcher_json, researcher_markdown
from curbside.writers.html_answer import AnswerView, answer_view, documents_of

DOWNLOADS = {"md": "text/markdown; charset=utf-8", "json": "application/json"}
"""Ending of a download -> its media type."""


@dataclass(frozen=True, slots=True)
class _Given:
    """An answer with what its page needs beside it; `said` is the answer as a language model may have reworded it."""

    answer: Answer
    view: AnswerView
    glance: Glance
    names: dict[str, str]
    cited: CitedEvidence
    told: Told
    said: Answer


def home(request: Request) -> Response:
    """Show the question box and what the library holds."""
    web = web_of(request)
    with web.pool.reading() as library:
        glance = web.glances.of(library)
    return page(request, "home.html", {"glance": glance, **box(), "forgotten": "forgotten" in request.query_params})


def box(question: str = "", wish: Wish | None = None, fault: str = "") -> dict[str, object]:
    """Return what the question box shows: what was typed, the filters chosen, and what was wrong with them."""
    return {
        "question": question,
        "wish": wish or Wish(),
        "fault": fault,
        "kinds": choices("kinds"),
        "designs": choices("designs"),
        "ages": choices("ages"),
    }


async def ask(request: Request) -> Response:
    """Take a question; lead to its answer, or show it at once where questions are not kept."""
    form = await sent(request)
    return await run_in_threadpool(_ask, request, form)


def _ask(request: Request, form: Sent) -> Response:
    web = web_of(request)
    with web.pool.answering() as library:
        try:
            question = words_of(form, "question", "question")
            filters = filters_of(form, library.vocabulary)
            audience = wanted(form)
        except UsageError as error:
            return _again(request, form, str(error), web.glances.of(library))
        ending, off = form.one("form"), is_off(form)
        mark = mark_of(library)
        answer = library.ask(question, filters)
        if web.asked.keeps and ending not in DOWNLOADS:
            kept = web.asked.keep(question, filters, digest_of(answer))
            web.fresh.keep(kept, mark, answer)
            return remembered(RedirectResponse(f"/answers/{kept}{OFF if off else ''}", 303), audience, request)
    with web.pool.reading() as library:  # a language model may take its time, and nobody else waits for it
        given = _given(library, answer, web, audience or audience_of(request), off)
    if ending in DOWNLOADS:
        return _download(given.said, given.told, ending)
    return remembered(_answer_page(request, given, None), audience, request)


def _again(request: Request, form: Sent, fault: str, glance: Glance) -> Response:
    try:
        wish = wish_of(form)
    except UsageError:
        wish = Wish()
    context = {"glance": glance, **box(form.one("question"), wish, fault), "forgotten": False}
    return page(request, "home.html", context, 422)


_NOTHING = CitedEvidence(())


def _given(library: Library, answer: Answer, web: Web, audience: Audience, off: bool) -> _Given:
    filters = answer.question.filters
    holdings = {holding.document.id: holding for holding in library.store.holdings(documents_of(answer))}
    said = answer if off else library.reword(answer, audience.value)
    hearer = told(library, said, audience)
    cited = library.cited(answer) if audience is Audience.CLINICIAN else _NOTHING
    names = {name: _name(library, name) for name in (*filters.drugs, *filters.conditions)}
    view = answer_view(hearer.shown(said), holdings)
    return _Given(answer, view, web.glances.of(library), names, cited, hearer, said)


def _name(library: Library, identifier: str) -> str:
    concept = library.vocabulary.get(identifier)
    return concept.name if concept else identifier


def answer(request: Request) -> Response:
    """Answer a kept question anew, from the library as it is now."""
    web = web_of(request)
    asked, audience, off = web.asked.get(request.path_params["id"]), audience_of(request), is_off(request.query_params)
    with web.pool.reading() as library:
        found = web.fresh.take(asked.id, library)
    if found is None:
        with web.pool.answering() as library:
            found = library.anew(asked, web.asked.threads)
    with web.pool.reading() as library:
        given = _given(library, found, web, audience, off)
    return _answer_page(request, given, asked)


def download(request: Request) -> Response:
    """Send the answer to a kept question as a file."""
    web, ending = web_of(request), request.path_params["ending"]
    if ending not in DOWNLOADS:
        raise NotHeld(f"An answer leaves as one of: {', '.join(DOWNLOADS)}.")
    asked = web.asked.get(request.path_params["id"])
    with web.pool.answering() as library:
        found = library.anew(asked, web.asked.threads)
    with web.pool.reading() as library:
        said = found if is_off(request.query_params) else library.reword(found, audience_of(request).value)
        hearer = told(library, said, audience_of(request))
    return _download(said, hearer, ending)


def forget(request: Request) -> Response:
    """Delete a kept question, with the thread that it is a turn of, and lead back to the question box.

    One already gone is as good as deleted.
    """
    web, name = web_of(request), request.path_params["id"]
    with suppress(NotHeld):
        asked = web.asked.get(name)
        if asked.thread:
            web.asked.forget_thread(web.asked.threads.get(asked.thread))
    web.asked.forget(name)
    return RedirectResponse("/?forgotten=1", 303)


def _download(answer: Answer, hearer: Told, ending: str) -> Response:
    if ending == "md":
        text = _markdown(answer, hearer)
    else:
        text = json.dumps(_json(answer, hearer), ensure_ascii=False, indent=1) + "\n"
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="curbside-answer.{ending}"'}
    return Response(text.encode("utf-8", "replace"), media_type=DOWNLOADS[ending], headers=headers)


def _markdown(answer: Answer, hearer: Told) -> str:
    if hearer.patient is not None:
        return patient_markdown(hearer.patient)
    return researcher_markdown(hearer.researcher) if hearer.researcher is not None else answer_markdown(answer)


def _json(answer: Answer, hearer: Told) -> dict[str, Any]:
    if hearer.patient is not None:
        return patient_json(hearer.patient)
    return researcher_json(hearer.researcher) if hearer.researcher is not None else answer_json(answer)


def _answer_page(request: Request, given: _Given, asked: Asked | None) -> Response:
    filters = given.answer.question.filters
    wish = Wish(
        filters.kinds,
        filters.evidence,
        filters.ages,
        filters.drugs,
        filters.conditions,
        filters.since,
        filters.until,
        filters.noticed,
    )
    context = {
        "view": given.view,
        "asked": asked,
        "changed": asked is not None and asked.digest != digest_of(given.answer),
        "conditions": conditions_told(filters, given.names.__getitem__),
        "updated": given.glance.status.updated,
        "works": given.cited,
        "table": CitedTable(),
        "thread": thread_view(asked, web_of(request)),
        "suggested": given.answer.suggested,
        **context_of(given.told, given.view),
        "rewording": rewording(given.said, asked.id if asked is not None else ""),
        **box(given.view.question, wish),
    }
    return page(request, "answer.html", context)
