"""Entity tags: whether a client has already what would be sent."""

from __future__ import annotations

from starlette.requests import Request


def has_tag(request: Request, tag: str) -> bool:
    """Tell whether `If-None-Match` has a tag, by the weak comparison (RFC 9110, 13.1.2); `tag` with its quotes."""
    given = ",".join(request.headers.getlist("if-none-match")).split(",")
    tags = [each.strip().removeprefix("W/") for each in given]
    return "*" in tags or tag.removeprefix("W/") in tags
