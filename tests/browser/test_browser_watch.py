"""The watch itself: what the journeys must never cause is seen when a page causes it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from browsing import Bridge

POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'"
BODIES = {
    "/sound": "",
    "/handler": "<img src=/x.png onerror='window.__pwned=1'>",
    "/inline": "<script>alert(1)</script>",
    "/style": "<p style='color:red'>red</p>",
    "/elsewhere": "<img src='http://evil.example/p.png' alt=''>",
    "/link": "<a href='javascript:alert(1)'>x</a>",
    "/slashes": "<a href='//evil.example'>x</a>",
    "/wide": "<pre>" + "x" * 4000 + "</pre>",
    "/turned": "<p>siro\u202esumil</p>",
    "/boxed": "<p>siro<bdi class='sign' title='right-to-left override'>\u202e</bdi>limus</p>",
    "/lines": "<h1>Another</h1>",
}
NOTICED = {
    "/handler": "policy",
    "/inline": "policy",
    "/style": "policy",
    "/elsewhere": "other host",
    "/link": "href=javascript:",
    "/slashes": "href=//evil",
    "/wide": "px too wide",
    "/turned": "U+202e",
    "/lines": "2 first headings",
}


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        page = self.path in BODIES
        self.send_response(200 if page else 204)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.send_header("content-security-policy", POLICY)
        self.end_headers()
        if page:
            body = f"<main><h1>A page</h1>{BODIES[self.path]}</main>"
            self.wfile.write(
                f"<!doctype html><html lang=en><link rel=icon href='/icon'><title>A page</title>{body}</html>".encode()
            )

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def pages() -> Iterator[str]:
    """The address of a few pages, each with one thing wrong, under a strict policy."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("path", BODIES)
def test_what_must_not_be_is_noticed(browser: Bridge, pages: str, path: str) -> None:
    """Each wrong is seen, by the faults of the journey or in what it says; a sound page has none."""
    try:
        said = str(browser.goes("pages.sound", pages, given={"paths": [path], "axe": False}))
    except AssertionError as error:
        said = str(error)
    if path in NOTICED:
        assert NOTICED[path] in said
    else:
        assert said == "{}"


@pytest.mark.parametrize("script", [True, False])
def test_a_browser_without_scripts_is_watched_too(browser: Bridge, pages: str, script: bool) -> None:
    """Reports come whether or not the page's scripts may run."""
    with pytest.raises(AssertionError, match="other host"):
        browser.goes("pages.sound", pages, given={"paths": ["/elsewhere"]}, script=script)


def test_a_journey_that_fails_says_where(browser: Bridge, pages: str) -> None:
    """The error names the address and what the page showed."""
    with pytest.raises(AssertionError, match="A page"):
        browser.goes("pages.missing", pages, given={"paths": ["/sound"], "find": "Nowhere"}, patience=200)
