"""Whom the pages tell an answer to: chosen by a form, kept in a cookie, no script needed; and the words explained."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from curbside.doors.web.forms import Sent, sent
from curbside.doors.web.pages import page, web_of
from curbside.errors import UsageError
from curbside.language.glossary import glossary
from curbside.records import Answer
from curbside.records.audience import Audience, PatientView, ResearcherView, Retold
from curbside.wiring import Library
from curbside.writers.audience import COLUMNS, grade_words, studies_table
from curbside.writers.html_answer import AnswerView
from curbside.writers.html_terms import Glossing, anchor_of

COOKIE = "audience"
"""Cookie that remembers the choice, and nothing else."""

NAMES: Mapping[Audience, str] = {
    Audience.CLINICIAN: "Clinician",
    Audience.RESEARCHER: "Researcher",
    Audience.PATIENT: "Patient or carer",
}
"""Audience -> what its button says."""

_YEAR = 365 * 24 * 3600
_KEPT = re.compile(r"/answers/[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as its audience is told it.

    Attributes:
        audience: whom.
        patient, researcher: the view of it, or None.
    """

    audience: Audience
    patient: PatientView | None = None
    researcher: ResearcherView | None = None

    def shown(self, answer: Answer) -> Answer:
        """Return the answer whose sentences the page shows."""
        return self.patient.answer if self.patient is not None else answer

    @property
    def grade(self) -> str:
        """How hard the patient's sentences are to read, in words, or ""."""
        return grade_words(self.patient) if self.patient is not None else ""

    @property
    def terms(self) -> list[tuple[str, str, str]]:
        """Words that the page explains: anchor, word, meaning; in the order of the alphabet."""
        terms = self.patient.terms if self.patient is not None else ()
        return sorted(((anchor_of(term), term, means) for term, means in terms), key=lambda each: each[1].casefold())


@dataclass(slots=True)
class Telling:
    """What the template asks of the sentences of a patient's page, by the anchor of each."""

    retold: dict[str, Retold] = field(default_factory=dict[str, Retold])
    glossing: Glossing = field(default_factory=lambda: Glossing(()))

    def gloss(self, text: str) -> Markup:
        """Return a text as HTML with its hard words linked to what they mean."""
        return Markup(self.glossing(text))  # escaped there


def telling(told: Told, view: AnswerView) -> Telling:
    """Pair the sentences of a page with how they were retold."""
    if told.patient is None:
        return Telling()
    retold = iter([each for section in told.patient.retold for each in section])
    pairs: dict[str, Retold] = {}
    each = next(retold, None)
    for sentence in (sentence for section in view.sections for sentence in section.sentences):
        if each is not None and each.text == sentence.text:  # a sentence that is nobody's pair stands as it is
            pairs[sentence.anchor] = each
            each = next(retold, None)
    return Telling(pairs, Glossing(term for term, _ in told.patient.terms))


def audience_of(request: Request) -> Audience:
    """Return whom the cookie names; the clinician where it names nobody."""
    chosen = request.cookies.get(COOKIE, "")
    return Audience(chosen) if chosen in {each.value for each in Audience} else Audience.CLINICIAN


def wanted(form: Sent) -> Audience | None:
    """Return whom a form names, None where it names nobody.

    Raises:
        UsageError: for a name that is none of the three.
    """
    chosen = form.one("audience")
    if not chosen:
        return None
    if chosen not in {each.value for each in Audience}:
        raise UsageError("An answer is told to a clinician, a researcher, or a patient. Choose one of them.")
    return Audience(chosen)


def remembered(response: Response, audience: Audience | None, request: Request) -> Response:
    """Have the browser remember the choice for a year; no script reads it."""
    if audience is not None:
        secure = request.url.scheme == "https"
        response.set_cookie(COOKIE, audience.value, max_age=_YEAR, httponly=True, samesite="lax", secure=secure)
    return response


async def choose(request: Request) -> Response:
    """Remember whom answers are to be told to, and lead back to the answer."""
    form = await sent(request)
    at = form.one("at")
    there = at if _KEPT.fullmatch(at) else "/"
    return remembered(RedirectResponse(there, 303), wanted(form), request)


def told(library: Library, answer: Answer, audience: Audience) -> Told:
    """Return an answer as its audience is told it."""
    if audience is Audience.PATIENT:
        return Told(audience, patient=library.for_patient(answer))
    if audience is Audience.RESEARCHER:
        return Told(audience, researcher=library.for_researcher(answer))
    return Told(audience)


async def studies(request: Request) -> Response:
    """Send the table of studies behind a kept answer, for a spreadsheet."""
    return await run_in_threadpool(_studies, request)


def _studies(request: Request) -> Response:
    web = web_of(request)
    asked = web.asked.get(request.path_params["id"])
    with web.pool.answering() as library:
        view = library.for_researcher(library.anew(asked, web.asked.threads))
    headers = {"Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="curbside-studies.csv"'}
    text = "".join(studies_table(view)).encode("utf-8", "replace")
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


def words(request: Request) -> Response:
    """Show all words of medicine and research that are explained, in the order of the alphabet."""
    letters: dict[str, list[tuple[str, str, tuple[str, ...], str]]] = {}
    for term in glossary():
        row = (anchor_of(term.term), term.term, term.also, term.means)
        letters.setdefault(term.term[0].upper(), []).append(row)
    return page(request, "words.html", {"letters": letters}, headers={"Cache-Control": "private, no-cache"})


def context_of(told: Told, view: AnswerView) -> dict[str, object]:
    """Return what the template of an answer needs beside the answer."""
    rows = told.researcher.studies if told.researcher is not None else ()
    used = {name: words for name, words in COLUMNS.items() if any(getattr(row, name) for row in rows)}
    silent = [words for name, words in COLUMNS.items() if name not in used and name != "notices"]
    return {
        "told": told,
        "telling": telling(told, view),
        "audiences": NAMES,
        "columns": used,
        "silent": silent,
    }
