"""Adding: files or a pasted text into the inbox, how far they are, and what became of them."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from curbside.doors.http.upload import Sent, taken
from curbside.doors.web.asking import box
from curbside.doors.web.pages import page, web_of
from curbside.errors import CurbsideError, UsageError
from curbside.records import Upload, UploadState
from curbside.store.inbox import Inbox
from curbside.store.receiving import Receiving

ADD = "/add"

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "": "Let Curbside see for itself",
        "pubmed": "PubMed XML",
        "jats": "JATS XML (full text)",
        "nbib": "MEDLINE or NBIB",
        "ris": "RIS",
        "bibtex": "BibTeX",
        "csl": "CSL-JSON",
        "openalex": "OpenAlex works (JSON)",
        "records": "Plain records (JSON Lines)",
        "markdown": "Markdown",
        "html": "HTML page",
        "docx": "Word document (.docx)",
        "text": "Text copied from a web page",
    }
)
"""Name of a reader -> what people call its files."""

REFRESH_S = 2
"""How often a page without a script asks again while an upload is worked on."""

_DRAIN_S = 5.0
_SHOWN_FILES = 100
_SHOWN_PROBLEMS = 500


@dataclass(frozen=True, slots=True)
class Adding:
    """The pages that add, with the inbox that they fill."""

    inbox: Inbox

    def form(self, request: Request) -> Response:
        """Show the form."""
        return self._form(request)

    async def take(self, request: Request) -> Response:
        """Take an upload in, and lead to the page that says how far it is."""
        try:
            id = await self._received(request)
        except CurbsideError as error:
            # A browser that still sends would not see the answer; what it sends is let run out for a moment.
            with suppress(TimeoutError, ClientDisconnect, RuntimeError):
                async with asyncio.timeout(_DRAIN_S):
                    async for _ in request.stream():
                        pass
            if isinstance(error, UsageError) and type(error) is UsageError:
                return await run_in_threadpool(self._form, request, str(error), 422)
            raise
        return RedirectResponse(f"{ADD}/{id}", 303)

    async def _received(self, request: Request) -> str:
        receiving = await run_in_threadpool(self.inbox.receive)
        try:
            sent = await taken(request.stream(), request.headers.get("content-type", ""), receiving)
            _pasted(sent, receiving)
            return await run_in_threadpool(receiving.seal)
        finally:
            await run_in_threadpool(receiving.close)

    def upload(self, request: Request) -> Response:
        """Show how far an upload is, or what became of it."""
        upload = self.inbox.get(request.path_params["id"])
        context: dict[str, Any] = {"upload": upload, **_seen(upload)}
        if upload.state is UploadState.DONE:
            web = web_of(request)
            with web.pool.reading() as library:
                context["examples"] = web.glances.of(library).examples
        return page(request, "added.html", context)

    def again(self, request: Request) -> Response:
        """Have an upload that failed tried once more."""
        self.inbox.again(request.path_params["id"])
        return RedirectResponse(f"{ADD}/{request.path_params['id']}", 303)

    def _form(self, request: Request, fault: str = "", status: int = 200) -> Response:
        bounds = self.inbox.bounds
        sizes = {"bounds": bounds, "each": _size(bounds.file), "together": _size(bounds.whole)}
        return page(request, "add.html", {"formats": FORMATS, **sizes, "fault": fault}, status)


def adding(inbox: Inbox) -> list[BaseRoute]:
    """Return the routes of the pages that add to a library."""
    pages = Adding(inbox)
    return [
        Route(ADD, pages.form, methods=["GET"]),
        Route(ADD, pages.take, methods=["POST"]),
        Route(f"{ADD}/{{id}}", pages.upload),
        Route(f"{ADD}/{{id}}/again", pages.again, methods=["POST"]),
    ]


def _pasted(sent: Sent, receiving: Receiving) -> None:
    """Take a pasted text as a file; the same text has the same name, so that pasting it twice adds it once."""
    text = sent.fields.get("text", "").replace("\r\n", "\n")
    format = sent.fields.get("format", "")
    if format not in FORMATS:
        raise UsageError(f'There is no kind of file called "{format[:40]}".')
    if text.strip():
        data = text.encode("utf-8", "replace")
        receiving.file(f"pasted-{hashlib.sha256(data).hexdigest()[:8]}", format)
        receiving.write(data)


ROWS = (
    ("added", "new works"),
    ("joined", "further documents of works already there"),
    ("replaced", "later versions that took the place of earlier ones"),
    ("present", "already there, word for word"),
    ("deleted", "withdrawn by their source, or held back because they were removed"),
)
"""Count of an add -> what it means, in the order of the table."""


def _seen(upload: Upload) -> dict[str, Any]:
    """Return what the page of an upload shows beside the upload itself."""
    names = {file.origin: file.name for file in upload.files}
    problems: list[dict[str, Any]] = list(upload.result.get("problems", ()))
    total = sum(file.size for file in upload.files)
    done = int(upload.progress.get("size", 0))
    return {
        "busy": upload.state in (UploadState.RECEIVING, UploadState.WAITING, UploadState.WORKING),
        "refresh": REFRESH_S,
        "size": _size(total),
        "share": min(100, done * 100 // total) if total else 0,
        "left": _lasting(upload.progress.get("left")),
        "rows": [(upload.result.get(key, 0), words) for key, words in ROWS],
        "problems": [
            {**each, "name": names.get(each["where"], each["where"])}
            for each in sorted(problems, key=lambda problem: not problem["lost"])[:_SHOWN_PROBLEMS]
        ],
        "lost": sum(bool(each["lost"]) for each in problems),
        "more_problems": max(0, len(problems) - _SHOWN_PROBLEMS),
        "documents": upload.result.get("documents", ()),
        "files": upload.files[:_SHOWN_FILES],
        "more_files": max(0, len(upload.files) - _SHOWN_FILES),
        "sizes": [_size(file.size) for file in upload.files[:_SHOWN_FILES]],
        **({**box(), "examples": ()} if upload.state is UploadState.DONE else {}),
    }


def _size(size: int) -> str:
    for unit, many in (("GB", 1 << 30), ("MB", 1 << 20), ("kB", 1 << 10)):
        if size >= many:
            return f"{size / many:.1f} {unit}".replace(".0 ", " ")
    return f"{size} bytes"


def _lasting(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return f"{max(1, round(seconds))} s" if seconds < 90 else f"{round(seconds / 60)} min"
