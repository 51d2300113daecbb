"""Pages of articles kept for whoever has not signed in, for as long as nothing that they show has changed.

Whatever changes at the desk stands in its audit log, written in the same transaction; so the log's new entries say what
to forget, and a reader costs one look at its end instead of laying the page out again. Readers who come while somebody
looks share the next look: what it finds is no older than any of their requests.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response

from curbside.doors.web.pages import THEMES
from curbside.doors.web.who import current, desk_of
from curbside.records import AuditEntry
from curbside.store.base_desk import Desk

MOST_BYTES = 24 << 20
"""Bytes of pages that are kept in a process; those not looked at for longest go first."""

MOST_ENTRIES = 200
"""More new entries of the log than that are not read one by one: everything is forgotten."""

SILENT = frozenset(
    {
        "person.signed in",
        "person.signed out",
        "person.refused",
        "person.reset asked",
        "person.password",
        "program.acted",
    }
)
"""Actions after which every page of an article is as it was."""

WORK = frozenset(
    {
        "article.made",
        "article.claim changed",
        "article.claim removed",
        "article.claim signed",
        "article.claim returned",
        "article.comment",
        "article.reviewers",
        "article.submit",
        "article.send-to-review",
        "article.return",
    }
)
"""Actions on an article that is at work, or of which lists say nothing: a page that shows several stays as it was."""

Page = Callable[[Request], Response]


@dataclass(frozen=True, slots=True)
class _Kept:
    about: str
    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


class KeptPages:
    """Pages by their address, and the number of the log's entry up to which they are right."""

    def __init__(self) -> None:
        self._pages: OrderedDict[tuple[str, ...], _Kept] = OrderedDict()
        self._bytes = 0
        self._upto = -1
        self._guard = threading.Condition()
        self._begun = self._ended = 0  # looks at the log's end, by their numbers
        self._looking = False
        self._seen = 0  # by the last look that ended

    def settle(self, desk: Desk) -> int:
        """Forget what the log says has changed; return the number of its last entry, as it was after the call began.

        One look at a time serves everybody who waited for it: no look that began before somebody came serves them.
        """
        with self._guard:
            mine = self._begun + 1
            while self._looking and self._ended < mine:
                self._guard.wait()
            if self._ended >= mine:
                return self._seen
            self._looking, self._begun = True, mine
        try:
            found = self._look(desk)
        except BaseException:
            self._rest()
            raise
        self._rest((mine, found))
        return found

    def _rest(self, done: tuple[int, int] | None = None) -> None:
        """Let the next one look; `done` is the number of a look that found something, and what it found."""
        with self._guard:
            self._looking = False
            if done is not None:
                self._ended, self._seen = done
            self._guard.notify_all()

    def _look(self, desk: Desk) -> int:
        with desk.reading() as view:
            number = view.head_number()
            before = self._upto
            new = list(view.audit(before)) if before < number <= before + MOST_ENTRIES else []
        with self._guard:
            if number < before:  # another desk took the place of the one that was read
                self._forget([])
            elif number > before:
                self._forget(new)
            self._upto = number
        return number

    def get(self, key: tuple[str, ...]) -> _Kept | None:
        """Return a page, if it is kept."""
        with self._guard:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
            return found

    def put(self, key: tuple[str, ...], kept: _Kept, number: int) -> None:
        """Keep a page that was laid out after the log's entry `number` was seen, unless more has been seen since."""
        with self._guard:
            if number != self._upto or len(kept.body) > MOST_BYTES // 8:
                return
            old = self._pages.pop(key, None)
            self._pages[key] = kept
            self._bytes += len(kept.body) - (len(old.body) if old else 0)
            while self._bytes > MOST_BYTES:
                _, gone = self._pages.popitem(last=False)
                self._bytes -= len(gone.body)

    def _forget(self, entries: list[AuditEntry]) -> None:
        """Forget what entries concern: everything where there are too many to be read, or one is of no article."""
        loud = [each for each in entries if each.action not in SILENT]
        if not entries or any(not each.action.startswith("article.") for each in loud):
            self._pages.clear()
            self._bytes = 0
            return
        changed = {each.about for each in loud}
        if any(each.action not in WORK for each in loud):
            changed.add("")
        for key in [key for key, page in self._pages.items() if page.about in changed]:
            self._bytes -= len(self._pages.pop(key).body)


def kept(lay_out: Page) -> Page:
    """Return a page that is laid out once for everybody who has not signed in, until something in it changes.

    The page may depend on the desk, its own path, and the theme; a path parameter `id` names the article it shows, and
    a page without one shows several. With a query it is laid out each time.
    """

    @wraps(lay_out)
    def shown(request: Request) -> Response:
        if current(request) is not None or request.url.query:
            return lay_out(request)
        pages: KeptPages = request.app.state.kept_pages
        number = pages.settle(desk_of(request))
        theme = request.cookies.get("theme", "")
        key = (request.url.path, theme if theme in THEMES else "")
        found = pages.get(key)
        if found is None:
            made = lay_out(request)
            about = request.path_params.get("id", "")
            found = _Kept(about, made.status_code, tuple(made.raw_headers), bytes(made.body))
            if made.status_code == 200:
                pages.put(key, found, number)
        response = Response(found.body, found.status)
        response.raw_headers = list(found.headers)
        return response

    return shown
