"""Atom feeds: of approved articles for everybody, and under a secret address of what somebody follows."""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from uuid import NAMESPACE_URL, uuid5

from starlette.requests import Request
from starlette.responses import Response

from curbside.doors.http.tags import has_tag
from curbside.doors.web.who import accounts_of
from curbside.records.following import News
from curbside.workflows import telling
from curbside.writers.atom import MEDIA_TYPE, Entry, feed
from curbside.writers.news import Told, details, headline, href

SHOWN = 50
"""Entries of a feed."""

_BEGINNING = "2026-01-01T00:00:00Z"
"""What a feed without entries says of its last change."""

_NOBODY = Told({}, False)


def articles(request: Request) -> Response:
    """Send what happened to articles that were approved."""
    accounts = accounts_of(request)
    with accounts.desk().reading() as view:
        news = view.following.news_of_articles(SHOWN)
    here = f"{accounts.address}/articles.atom"
    entries = [_entry(each, _NOBODY, accounts.address) for each in news]
    updated = entries[0].updated if entries else _BEGINNING
    text = feed(_named(here), "Approved articles", here, f"{accounts.address}/articles", updated, entries)
    return _sent(request, text, updated, {"Cache-Control": "public, max-age=300"})


def private(request: Request) -> Response:
    """Send what is new in what somebody follows, to who knows the address."""
    accounts = accounts_of(request)
    found = telling.feed_at(accounts.desk(), request.path_params["secret"], SHOWN)
    entries = [_entry(each, found.told, accounts.address) for each in found.news]
    updated = entries[0].updated if entries else found.person.joined or _BEGINNING
    name = _named(f"{accounts.address}/following/{found.person.id}")
    text = feed(name, "What you follow", "", f"{accounts.address}/following", updated, entries)
    return _sent(request, text, updated, {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"})


def _entry(news: News, told: Told, address: str) -> Entry:
    title, summary = headline(news, told), details(news, told)
    return Entry(f"urn:uuid:{news.id}", title, news.at, f"{address}{href(news)}", summary)


def _named(address: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, address)}"


def _sent(request: Request, text: str, updated: str, headers: dict[str, str]) -> Response:
    """Send a feed, or say that it is as the reader has it (RFC 9110, 13.1)."""
    body = text.encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    changed = datetime.fromisoformat(updated)
    headers |= {"ETag": tag, "Last-Modified": format_datetime(changed, usegmt=True)}
    if _is_known(request, tag, changed):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=MEDIA_TYPE)


def _is_known(request: Request, tag: str, changed: datetime) -> bool:
    """Tell whether a reader has what would be sent; a tag that they name decides before any time."""
    if "if-none-match" in request.headers:
        return has_tag(request, tag)
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except (ValueError, TypeError):
        return False
    return since.tzinfo is not None and changed <= since
