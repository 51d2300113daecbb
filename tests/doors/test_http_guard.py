"""Pages of other sites get nothing: not by a name that they point here, not by a form that they send here."""

from __future__ import annotations

import pytest
from asgi import counting, scope_of, sent

from curbside.doors.http.guard import HostGuard, OriginGuard, host_name
from curbside.doors.http.headers import CONTENT_SECURITY_POLICY, SecurityHeaders
from curbside.doors.http.log import RequestLog, masked

OURS = ["127.0.0.1:8000", "localhost", "LOCALHOST:1", "localhost.", "pages.localhost", "[::1]:8000", "192.168.1.5:8000",
        "evidence.example.org", "Evidence.Example.Org:443"]  # fmt: skip
THEIRS = ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "evidence.example.org.evil.example",
          "xlocalhost", "", "evil.example:8000", "127.0.0.1:8000@evil.example", "127.0.0.1:evil", "[::1", "127.1.example",
          "0x7f.1", "2130706433.", "[::1]evil", "evidence.example.org:80:80"]  # fmt: skip


class TestHost:
    """DNS rebinding: a name of theirs that leads to this machine."""

    @pytest.mark.parametrize("host", OURS)
    def test_our_names(self, host: str) -> None:
        """Loopback, addresses, and what whoever runs it has named."""
        app = HostGuard(counting, ["evidence.example.org"])
        assert sent(app, scope_of(headers=[("host", host)])).status == 200

    @pytest.mark.parametrize("host", THEIRS)
    def test_names_of_others(self, host: str) -> None:
        """421; nothing of the library is told."""
        app = HostGuard(counting, ["evidence.example.org"])
        answered = sent(app, scope_of(headers=[("host", host)]))
        assert answered.status == 421
        assert b"CURBSIDE_HOSTS" in answered.body

    def test_two_hosts_or_none(self) -> None:
        """Whoever sends two means to confuse somebody."""
        two = scope_of(headers=[("host", "127.0.0.1"), ("host", "evil.example")])
        assert sent(HostGuard(counting), two).status == 421
        none = scope_of()
        none["headers"] = []
        assert sent(HostGuard(counting), none).status == 421

    def test_a_page_and_the_api_are_guarded_alike(self) -> None:
        """Reading is as much a matter as changing."""
        answered = sent(HostGuard(counting), scope_of("GET", "/api/v1/status", [("host", "evil.example")]))
        assert answered.headers["content-type"] == "application/problem+json"

    @pytest.mark.parametrize(("host", "name"), [("a.b:80", "a.b"), ("A.b.", "a.b"), ("[::1]:80", "[::1]"), ("a:b", "")])
    def test_the_name_in_a_host(self, host: str, name: str) -> None:
        """Without port and final dot, lower case."""
        assert host_name(host) == name


BROWSERS: list[tuple[list[tuple[str, str]], int]] = [
    ([("sec-fetch-site", "same-origin"), ("origin", "http://127.0.0.1:8000")], 200),
    ([("sec-fetch-site", "same-origin"), ("origin", "null")], 200),
    ([("sec-fetch-site", "none")], 200),
    ([("origin", "http://127.0.0.1:8000")], 200),
    ([("origin", "https://127.0.0.1:8000")], 200),
    ([], 200),
    ([("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")], 403),
    ([("sec-fetch-site", "same-site"), ("origin", "http://127.0.0.1:3000")], 403),
    ([("sec-fetch-site", "cross-site")], 403),
    ([("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")], 403),
    ([("sec-fetch-site", "same-origin"), ("origin", "https://evil.example")], 403),
    ([("origin", "https://evil.example")], 403),
    ([("origin", "http://127.0.0.1:3000")], 403),
    ([("origin", "null")], 403),
    ([("origin", "http://127.0.0.1:8000"), ("origin", "https://evil.example")], 403),
    ([("origin", "http://127.0.0.1:8000.evil.example")], 403),
    ([("origin", "")], 403),
]
"""What a browser, or a program, says of where a request comes from, and whether it may change something."""


class TestOrigin:
    """A form of another site, sent to the server on somebody's own machine."""

    @pytest.mark.parametrize(("headers", "status"), BROWSERS)
    @pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "BREW"])
    def test_what_changes_something(self, headers: list[tuple[str, str]], status: int, method: str) -> None:
        """Only from our own pages, or from what is no browser."""
        assert sent(OriginGuard(counting), scope_of(method, "/add", headers)).status == status

    @pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
    def test_links_from_elsewhere_work(self, method: str) -> None:
        """Reading changes nothing; what is read stays unreadable to the other page."""
        scope = scope_of(method, "/", [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")])
        assert sent(OriginGuard(counting), scope).status == 200


class TestHeaders:
    """What every response says, refusals included."""

    def test_every_response_says_how_it_may_be_used(self) -> None:
        """Policy, nosniff, no frames, no referrer elsewhere, no caches."""
        for app, status in ((counting, 200), (HostGuard(counting), 421)):
            host = "evil.example" if status == 421 else "localhost"
            answered = sent(SecurityHeaders(app), scope_of(headers=[("host", host)]))
            assert answered.status == status
            assert answered.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
            assert answered.headers["x-content-type-options"] == "nosniff"
            assert answered.headers["referrer-policy"] == "same-origin"
            assert answered.headers["cross-origin-opener-policy"] == "same-origin"
            assert answered.headers["cross-origin-resource-policy"] == "same-origin"
            assert "camera=()" in answered.headers["permissions-policy"]
            assert answered.headers["cache-control"] == "no-store"
            assert "server" not in answered.headers

    def test_the_policy_lets_nothing_in_from_elsewhere_and_nothing_inline(self) -> None:
        """Its parts, each of which a page relies on."""
        parts = dict(part.split(" ", 1) for part in CONTENT_SECURITY_POLICY.split("; "))
        assert parts["default-src"] == "'none'"
        assert parts["script-src"] == parts["style-src"] == parts["form-action"] == "'self'"
        assert parts["frame-ancestors"] == parts["base-uri"] == "'none'"
        assert "unsafe" not in CONTENT_SECURITY_POLICY

    def test_https_is_kept_to_only_where_it_is_spoken(self) -> None:
        """A browser must not be told so by a server on plain HTTP."""
        assert "strict-transport-security" not in sent(SecurityHeaders(counting), scope_of()).headers
        assert "strict-transport-security" in sent(SecurityHeaders(counting), scope_of(scheme="https")).headers

    def test_what_a_response_says_itself_stays(self) -> None:
        """Static files may be kept; what has a tag may be asked for again."""

        async def tagged(scope: object, receive: object, reply: object) -> None:
            head = [(b"etag", b'"1"'), (b"x-frame-options", b"SAMEORIGIN")]
            await reply({"type": "http.response.start", "status": 200, "headers": head})  # type: ignore[operator]
            await reply({"type": "http.response.body", "body": b""})  # type: ignore[operator]

        answered = sent(SecurityHeaders(tagged), scope_of())
        assert answered.headers["cache-control"] == "no-cache"
        assert answered.headers["x-frame-options"] == "SAMEORIGIN"


class TestLog:
    """A line for each request, from which nobody learns what was asked."""

    def test_a_line(self) -> None:
        """Time, method, path, status, milliseconds; what stands behind the question mark does not."""
        lines: list[str] = []
        scope = scope_of("GET", "/search")
        scope["query_string"] = b"q=secret"
        sent(RequestLog(counting, lines.append), scope)
        (line,) = lines
        assert " GET /search 200 " in line
        assert "secret" not in line

    def test_ids_are_no_business_of_a_log(self) -> None:
        """Who knows the id of an answer can read its question."""
        assert masked("/answers/AAAAAAAAAAAAAAAAAAAAAA/forget") == "/answers/…/forget"
        assert masked(f"/account/reset/{'A' * 43}") == "/account/reset/…"
        assert masked(f"/feeds/{'A' * 43}/news.atom") == "/feeds/…/news.atom"
        assert masked("/documents/d0123456789abcdef0123") == "/documents/d0123456789abcdef0123"

    def test_a_path_cannot_write_a_line_of_its_own(self) -> None:
        """Line breaks and colours of a terminal are spelled."""
        assert masked("/a\nGET /b\x1b[31m") == "/a\\nGET /b\\x1b[31m"
