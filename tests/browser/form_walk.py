"""Somebody who means harm and has an account: finds every form of every page they reach, and sends it full of traps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import httpx2

TRAPS = (
    '"><img src=x onerror="window.__pwned=1"></textarea></title><script>window.__pwned=1</script>{{7*7}}\u202e',
    '"><svg onload=window.__pwned=1>',
    "<b onclick=x>",
)
"""What goes into fields, the longest that a field takes."""

KEPT = frozenset({"csrf", "key", "password", "again", "old", "sure", "email", "next", "username", "asked", "thread"})
"""Fields that a form is refused without, or that it would be dull to change."""

NEVER = ("/account/sign-out", "/account/erase", "/account/password", "/forget", "/drop")
NEVER_DO = frozenset({"erase", "withdraw", "approve", "drop", "decline", "reject"})
"""Addresses and buttons that would end the walk: what is gone shows nothing."""

MOST_PAGES = 40
NOT_WALKED = ("/static", "/works", "/documents", "/authors", "/journals", "/keywords", "/archive", "/help", "/drugs")


@dataclass
class Form:
    """A form as a browser sees it.

    Attributes:
        action, method: where and how it is sent.
        fields: name -> (kind, value, greatest length).
        files: names of its fields for files.
        buttons: (name, value) of those that send it.
    """

    action: str
    method: str
    fields: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Reader(HTMLParser):
    """Reads the forms and the links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._form: Form | None = None
        self._choice = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form, a field, a button, a link."""
        named = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(named.get("href", ""))
        if tag == "form":
            self._form = Form(named.get("action", ""), named.get("method", "get").lower())
            self.forms.append(self._form)
        if self._form is None:
            return
        name, kind = named.get("name", ""), named.get("type", "text")
        if tag == "button" or (tag == "input" and kind == "submit"):
            self._form.buttons.append((name, named.get("value", "")))
        elif tag == "select":
            self._choice = name
        elif tag == "option" and self._choice and self._choice not in self._form.fields:
            self._form.fields[self._choice] = ("select", named.get("value", ""), 0)
        elif tag == "input" and kind == "file":
            self._form.files.append(name)
        elif tag in ("input", "textarea") and name:
            most = int(named.get("maxlength", "4000") or 4000)
            self._form.fields[name] = (kind if tag == "input" else "textarea", named.get("value", ""), most)

    def handle_endtag(self, tag: str) -> None:
        """Note where a form or a choice ends."""
        if tag == "form":
            self._form = None
        if tag == "select":
            self._choice = ""


@dataclass
class Walk:
    """A walk over a site by somebody who has signed in.

    Attributes:
        http: their browser.
        visited: pages that they saw.
        sent: (method, action, button) of forms that they sent.
        filled: (action, field) of fields that held a trap.
    """

    http: httpx2.Client
    visited: list[str] = field(default_factory=list)
    sent: set[tuple[str, str, str]] = field(default_factory=set)
    filled: set[tuple[str, str]] = field(default_factory=set)

    def from_(self, *starts: str) -> None:
        """Walk from some pages, sending each form once with each of its buttons."""
        waiting = list(starts)
        while waiting and len(self.visited) < MOST_PAGES:
            path = waiting.pop(0)
            if path in self.visited:
                continue
            answer = self.http.get(path)
            if "text/html" not in answer.headers.get("content-type", ""):
                continue
            self.visited.append(path)
            assert answer.status_code < 500, (path, answer.text[:2000])
            waiting += [each for each in self._read(answer, path) if each not in waiting]

    def _read(self, answer: httpx2.Response, path: str) -> Iterator[str]:
        page = Reader()
        page.feed(answer.text)
        for form in page.forms:
            action = form.action or path
            for button in form.buttons or [("", "")]:
                known = (form.method, re.sub(r"\d+", "1", action), button[1])
                if known in self.sent or action.endswith(NEVER) or button[1] in NEVER_DO:
                    continue
                self.sent.add(known)
                yield from self._send(form, action, button)
        for link in page.links:
            to = urlsplit(link)
            walked = not to.path.startswith(NOT_WALKED) and not to.path.endswith((".pdf", ".docx"))
            if not to.netloc and to.path.startswith("/") and walked:
                yield to.path + (f"?{to.query}" if to.query else "")

    def _send(self, form: Form, action: str, button: tuple[str, str]) -> Iterator[str]:
        data = {name: self._value(action, name, *what) for name, what in form.fields.items()}
        data |= {button[0]: button[1]} if button[0] else {}
        files = [(name, (f"{TRAPS[1]}.md", f"# {TRAPS[0]}\n\n{TRAPS[0]}\n".encode())) for name in form.files]
        if form.method == "post":
            # A form with files goes as one even where none is chosen.
            answer = self.http.post(action, data=data, files=files or None)
        else:
            answer = self.http.get(action, params=data)
        assert answer.status_code < 500, (action, button, answer.status_code, answer.text[:300])
        if answer.is_success:
            yield answer.url.path + (f"?{answer.url.query.decode()}" if answer.url.query else "")

    def _value(self, action: str, name: str, kind: str, value: str, most: int) -> str:
        if name in KEPT or kind in ("hidden", "checkbox", "radio", "select", "number", "date", "email", "password"):
            return value or ("1" if kind == "checkbox" else "")
        self.filled.add((re.sub(r"\d+", "1", action), name))
        return next((trap for trap in TRAPS if len(trap) <= most), TRAPS[-1][:most])


def signed_in(base: str, link: str, email: str) -> httpx2.Client:
    """A browser in which somebody has chosen a password by their link and signed in."""
    password = "violet tram ladder"
    http = httpx2.Client(base_url=base, follow_redirects=True, timeout=60)
    assert http.post(urlsplit(link).path, data={"password": password, "again": password}).is_success
    answer = http.post("/account/sign-in", data={"email": email, "password": password})
    assert answer.url.path == "/account" and not parse_qs(answer.url.query.decode())
    return http
