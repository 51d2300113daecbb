"""The client: one method for each operation of the API, and some that go on from page to page."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal
from urllib.parse import quote as escaped

from curbside.client.calls_articles import ArticleCalls
from curbside.client.events import Event, events
from curbside.client.sending import segment, set_of
from curbside.client.shapes import Answer, Filters, Kept, Problem
from curbside.client.shapes_checked import ChecksMade
from curbside.client.shapes_cited import CitationsShown
from curbside.client.shapes_library import (
    Batch,
    Document,
    Found,
    Hit,
    Listing,
    Place,
    Problems,
    Record,
    Status,
    Term,
    Work,
)
from curbside.client.shapes_likened import SimilarFound, WorkSummary
from curbside.client.shapes_said import FlagsShown, NoticesShown, Tallied
from curbside.client.shapes_stance import StancesMade, StatementAsked
from curbside.client.shapes_support import PairAsked, SupportsMade
from curbside.client.shapes_thread import ThreadKept
from curbside.client.shapes_weighed import AnswerWeighed, EvidenceProfile, LedgerShown, StudyHeld

Order = Literal["best", "newest", "oldest"]
Style = Literal["nlm", "ama", "plain", "bibtex", "ris", "nbib", "csl", "html"]
Form = Literal["jsonl", "ris", "nbib", "bibtex", "csl", "csv"]

OPERATIONS: Mapping[str, str] = MappingProxyType(
    {
        "ask": "ask",
        "ask_events": "events",
        "ask_evidence": "weigh",
        "keep_answer": "keep",
        "kept_answer": "kept",
        "forget_answer": "forget",
        "begin_thread": "begin",
        "follow_thread": "follow",
        "thread": "thread",
        "forget_thread": "forget_thread",
        "search": "search",
        "export": "export",
        "export_work": "export_work",
        "cite": "cite",
        "document": "document",
        "quote": "quote",
        "work": "work",
        "documents": "documents",
        "status": "status",
        "problems": "problems",
        "vocabulary": "vocabulary",
        "evidence": "evidence",
        "ledger": "ledger",
        "study": "study",
        "citations": "citations",
        "similar": "similar",
        "notices": "notices",
        "tally": "tally",
        "flags": "flags",
        "summary": "summary",
        "check": "check",
        "stance": "stance",
        "support": "support",
        "articles": "articles",
        "article": "article",
        "article_version": "article_version",
        "article_changes": "article_changes",
        "article_bundle": "article_bundle",
        "make_article": "make_article",
        "step_article": "step_article",
        "redraw_article": "redraw_article",
        "assign_reviewers": "assign_reviewers",
        "comment_article": "comment_article",
        "act_on_claim": "act_on_claim",
        "person": "person",
        "board": "board",
        "me": "me",
        "audit_head": "audit_head",
        "upload": "upload",
        "batch": "batch",
    }
)
"""Operation of the OpenAPI -> method of `Client`."""

_ALL = Filters()
Audience = Literal["clinician", "researcher", "patient"]
"""Whom an answer is told to."""


class Client(ArticleCalls):
    """Calls the API of a server; use it in a `with`, or close it.

    Every method raises `Unreachable` where there is no answer, `Unexpected` where the answer is not Curbside's, and
    otherwise what `curbside.client.errors` says of the server's problem. A server that is busy is asked again within
    `patience` seconds.
    """

    # Questions

    def ask(
        self, question: str, filters: Filters = _ALL, audience: Audience = "clinician", model: bool = True
    ) -> Answer:
        """Ask a question and return the answer, or a decline."""
        return self._taken(Answer, "POST", "ask", json=_asked(question, filters, audience, model))

    def ask_markdown(
        self, question: str, filters: Filters = _ALL, audience: Audience = "clinician", model: bool = True
    ) -> str:
        """Ask a question and return the answer as markdown."""
        headers = {"Accept": "text/markdown"}
        return self._sent("POST", "ask", json=_asked(question, filters, audience, model), headers=headers).text

    def weigh(
        self, question: str, filters: Filters = _ALL, audience: Audience = "clinician", model: bool = True
    ) -> AnswerWeighed:
        """Ask a question and have what its answer cites weighed."""
        return self._taken(AnswerWeighed, "POST", "ask/evidence", json=_asked(question, filters, audience, model))

    def events(
        self, question: str, filters: Filters = _ALL, audience: Audience = "clinician", model: bool = True
    ) -> Iterator[Event]:
        """Ask a question and yield how far the answer is; the last event is "done" and holds it."""
        headers = {"Accept": "text/event-stream"}
        with self._streamed(
            "POST", "ask/events", json=_asked(question, filters, audience, model), headers=headers
        ) as response:
            yield from events(response.iter_lines())

    def keep(
        self, question: str, filters: Filters = _ALL, audience: Audience = "clinician", model: bool = True
    ) -> Kept:
        """Ask a question and have it kept under an id."""
        return self._taken(Kept, "POST", "answers", json=_asked(question, filters, audience, model))

    def kept(self, id: str, audience: Audience = "clinician", model: bool = True) -> Kept:
        """Have a kept question answered anew."""
        params = {"audience": audience, "model": str(model).lower()}
        return self._taken(Kept, "GET", f"answers/{segment(id)}", params=params)

    def forget(self, id: str) -> None:
        """Have a kept question deleted."""
        self._sent("DELETE", f"answers/{segment(id)}")

    # Threads

    def begin(
        self, question: str, filters: Filters = _ALL, audience: Audience = "clinician", model: bool = True
    ) -> Answer:
        """Ask the first question of a thread; the answer's `thread` has its id."""
        return self._taken(Answer, "POST", "threads", json=_asked(question, filters, audience, model))

    def follow(
        self,
        id: str,
        question: str,
        filters: Filters = _ALL,
        audience: Audience = "clinician",
        *,
        model: bool = True,
        drop: Iterable[str] = (),
        after: int | None = None,
    ) -> Answer:
        """Ask a question that follows others.

        Args:
            id: of the thread.
            question: as one would go on: "and in children?".
            filters: conditions on the sources; each that is set takes the place of one carried over.
            audience: whom to tell it.
            model: whether the language model that the server has set, if any, may reword it.
            drop: ids of chips of the turn before that are not to be carried over.
            after: number of the turn that it follows, by default the last; later ones are forgotten.
        """
        body = _asked(question, filters, audience, model) | {"drop": list(drop), "after": after}
        return self._taken(Answer, "POST", f"threads/{segment(id)}", json=body)

    def thread(self, id: str) -> ThreadKept:
        """Return the questions of a thread and how each was read."""
        return self._taken(ThreadKept, "GET", f"threads/{segment(id)}")

    def forget_thread(self, id: str) -> None:
        """Have a thread deleted with all its questions."""
        self._sent("DELETE", f"threads/{segment(id)}")

    # Search and export

    def search(
        self,
        query: str = "",
        filters: Filters = _ALL,
        *,
        advanced: bool = False,
        widen: bool = False,
        order: Order = "best",
        facets: bool = False,
        limit: int = 10,
        offset: int = 0,
    ) -> Found:
        """Return a page of what a search finds; an empty query finds all that the filters let through."""
        body = _searched(query, filters, advanced, widen)
        body |= {"order": order, "facets": facets, "limit": limit, "offset": offset}
        return self._taken(Found, "POST", "search", json=body)

    def hits(
        self,
        query: str = "",
        filters: Filters = _ALL,
        *,
        advanced: bool = False,
        widen: bool = False,
        order: Order = "best",
        page: int = 50,
    ) -> Iterator[Hit]:
        """Yield what a search finds, page after page, as far as the server goes."""
        offset: int | None = 0
        while offset is not None:
            found = self.search(query, filters, advanced=advanced, widen=widen, order=order, limit=page, offset=offset)
            yield from found.hits
            offset = found.next

    def export(
        self,
        form: Form,
        query: str = "",
        filters: Filters = _ALL,
        *,
        advanced: bool = False,
        widen: bool = False,
    ) -> Iterator[bytes]:
        """Yield, in pieces, an export of what a search finds, or of all of the library."""
        body = _searched(query, filters, advanced, widen)
        with self._streamed("POST", f"export/{segment(form)}", json=body) as response:
            yield from response.iter_bytes()

    def export_work(self, form: Form, id: str) -> str:
        """Return the record of a work in a form of reference managers."""
        return self._sent("GET", f"export/{segment(form)}/{_name(id)}").text

    def cite(self, id: str, style: Style = "nlm") -> str:
        """Return the citation of a work in a style: a line of text, or a record for a reference manager."""
        return self._sent("GET", f"works/{_name(id)}/cite", params={"style": style}).text

    # Documents

    def document(self, id: str) -> Document:
        """Return a document with its text."""
        return self._taken(Document, "GET", f"documents/{segment(id)}")

    def quote(self, id: str, start: int, end: int) -> Place:
        """Return the words of a document between two offsets and the passage that they stand in."""
        return self._taken(Place, "GET", f"documents/{segment(id)}/quote", params={"start": start, "end": end})

    def work(self, id: str) -> Work:
        """Return the documents of the work that an id names: work, document, PMID, PMCID, DOI or NCT number."""
        return self._taken(Work, "GET", f"works/{_name(id)}")

    def citations(self, id: str, limit: int = 50, offset: int = 0, figures: bool = False) -> CitationsShown:
        """Return who cites a work or an author ("author:kim,j"), in which words and how, and what the work cites."""
        params = {"limit": limit, "offset": offset, "figures": figures}
        return self._taken(CitationsShown, "GET", f"works/{_name(id)}/citations", params=params)

    def similar(self, id: str, limit: int = 10, posts: int = 6) -> SimilarFound:
        """Return the works, and the posts and questions, that resemble the work that an id names, each with why."""
        return self._taken(SimilarFound, "GET", f"similar/{_name(id)}", params={"limit": limit, "posts": posts})

    def summary(self, id: str) -> WorkSummary:
        """Return the short of the work that an id names and a plain account of it."""
        return self._taken(WorkSummary, "GET", f"summaries/{_name(id)}")

    # The library

    def documents(self, limit: int = 50, cursor: str = "") -> Listing:
        """Return a page of the library's documents, oldest first."""
        return self._taken(Listing, "GET", "documents", params={"limit": limit, "cursor": cursor})

    def every_document(self, page: int = 100) -> Iterator[Record]:
        """Yield the records of all documents, oldest first, page after page."""
        cursor: str | None = ""
        while cursor is not None:
            listing = self.documents(page, cursor)
            yield from listing.documents
            cursor = listing.next

    def status(self) -> Status:
        """Return what the library holds and how it is."""
        return self._taken(Status, "GET", "status")

    def problems(self, limit: int = 50, offset: int = 0) -> Problems:
        """Return a page of the problems of past adds that still stand."""
        return self._taken(Problems, "GET", "problems", params={"limit": limit, "offset": offset})

    def every_problem(self, page: int = 100) -> Iterator[Problem]:
        """Yield all problems of past adds that still stand, page after page."""
        offset: int | None = 0
        while offset is not None:
            found = self.problems(page, offset)
            yield from found.problems
            offset = found.next

    def vocabulary(self, name: str) -> Term:
        """Return the concept that a name or an id stands for."""
        return self._taken(Term, "GET", "vocabulary", params={"name": name})

    # Evidence

    def evidence(self, drug: str, condition: str) -> EvidenceProfile:
        """Return what the library holds on a drug for a condition, weighed; both by name or id."""
        return self._taken(EvidenceProfile, "GET", "evidence", params={"drug": drug, "condition": condition})

    def evidence_table(self, drug: str, condition: str) -> str:
        """Return the same as a table (CSV), each value with its quote."""
        params, headers = {"drug": drug, "condition": condition}, {"Accept": "text/csv"}
        return self._sent("GET", "evidence", params=params, headers=headers).text

    def ledger(self, drug: str = "") -> LedgerShown:
        """Return the uses of a drug, or of all drugs of the table of licences."""
        return self._taken(LedgerShown, "GET", "ledger", params={"drug": drug})

    def study(self, id: str) -> StudyHeld:
        """Return what a document states of its study, and what it does not state."""
        return self._taken(StudyHeld, "GET", f"studies/{_name(id)}")

    def notices(self, *id: str) -> NoticesShown:
        """Return what is known against works, held or not; without ids, all works held that carry a notice."""
        return self._taken(NoticesShown, "GET", "notices", params={"id": list(id)})

    def tally(
        self, id: str = "", *, author: str = "", drug: str = "", condition: str = "", retracted: bool = False
    ) -> Tallied:
        """Return how a work, an author's works, or the works on a drug for a condition are cited."""
        given = {"id": id, "author": author, "drug": drug, "condition": condition}
        params = {name: value for name, value in given.items() if value} | {"retracted": retracted}
        return self._taken(Tallied, "GET", "tallies", params=params)

    def flags(self, state: Literal["open", "agreed", "refused"] | None = None) -> FlagsShown:
        """Return who says that a citation has another class, and which reviewers agree."""
        return self._taken(FlagsShown, "GET", "flags", params={"state": state} if state else {})

    def check(self, text: str) -> ChecksMade:
        """Return what became of holding the numbers of a text against each other; the server keeps nothing of it."""
        return self._taken(ChecksMade, "POST", "check", json={"text": text})

    def stance(self, statements: Iterable[str | StatementAsked], rules: bool = False) -> StancesMade:
        """Return how statements stand to the works they cite; the server keeps nothing of them."""
        asked = [StatementAsked(each) if isinstance(each, str) else each for each in statements]
        body = {"statements": [asdict(each) for each in asked], "rules": rules}
        return self._taken(StancesMade, "POST", "stance", json=body)

    def support(self, pairs: Iterable[tuple[str, str] | PairAsked], rules: bool = False) -> SupportsMade:
        """Return what evidence does for a claim, for each pair of claim and evidence; the server keeps nothing."""
        asked = [each if isinstance(each, PairAsked) else PairAsked(*each) for each in pairs]
        body = {"pairs": [asdict(each) for each in asked], "rules": rules}
        return self._taken(SupportsMade, "POST", "support", json=body)

    # Uploads

    def upload(self, files: Iterable[Path | tuple[str, bytes]]) -> Batch:
        """Send files, by path or as (name, bytes); they are safe when this returns, and wait to be added."""
        with ExitStack() as stack:
            parts = [("files", _part(each, stack)) for each in files]
            return self._taken(Batch, "POST", "documents", files=parts)

    def batch(self, id: str) -> Batch:
        """Return how far an upload is."""
        return self._taken(Batch, "GET", f"batches/{segment(id)}")

    def wait(self, batch: Batch | str, timeout: float = 600.0, every: float = 0.5) -> Batch:
        """Return an upload once nothing more will happen to it.

        Raises:
            TimeoutError: if that is not so after `timeout` seconds; the upload goes on.
        """
        id = batch if isinstance(batch, str) else batch.id
        end = time.monotonic() + timeout
        while not (found := self.batch(id)).over:
            if time.monotonic() + every > end:
                raise TimeoutError(f"The upload {id} is still {found.state} after {timeout:g} s.")
            time.sleep(every)
        return found

    def add(self, files: Iterable[Path | tuple[str, bytes]], timeout: float = 600.0) -> Batch:
        """Send files and wait until they are in the library."""
        return self.wait(self.upload(files), timeout)


def _asked(question: str, filters: Filters, audience: Audience = "clinician", model: bool = True) -> dict[str, Any]:
    plain: dict[str, Any] = {"question": question, "filters": set_of(filters)}
    plain |= {} if audience == "clinician" else {"audience": audience}
    return plain if model else plain | {"model": False}


def _searched(query: str, filters: Filters, advanced: bool, widen: bool) -> dict[str, Any]:
    return {"query": query, "advanced": advanced, "widen": widen, "filters": set_of(filters)}


def _name(text: str) -> str:
    """Return an id as the end of a path; the slash of a DOI stays."""
    return escaped(text, safe="/", errors="replace")


def _part(given: Path | tuple[str, bytes], stack: ExitStack) -> tuple[str, Any]:
    if isinstance(given, tuple):
        return given
    return given.name, stack.enter_context(given.open("rb"))
