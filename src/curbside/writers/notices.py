"""What is known against works: as JSON, and as lines of a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from curbside.records import Listed, NoticeList, standing_words


def word_json(word: Listed) -> dict[str, Any]:
    """Return one word on a work."""
    return {
        "kind": word.kind.value,
        "key": word.key,
        "date": word.date,
        "source": word.source,
        "notice": word.notice,
        "reason": word.reason,
        "line": word.line,
    }


def list_json(given: NoticeList) -> dict[str, Any]:
    """Return a list of notices."""
    return {
        "name": given.name,
        "format": given.format,
        "origin": given.origin,
        "added": given.added,
        "rows": given.rows,
        "problems": given.problems,
    }


def known_json(
    asked: str,
    work: str,
    title: str,
    retracted: bool,
    said: Sequence[Listed],
    says: Sequence[Listed],
) -> dict[str, Any]:
    """Return what is known of one work."""
    return {
        "asked": asked,
        "work": work,
        "title": title,
        "retracted": retracted,
        "standing": list(standing_words(said)),
        "said": [word_json(word) for word in said],
        "says": [word_json(word) for word in says],
    }


def known_lines(
    asked: str, work: str, title: str, retracted: bool, said: Sequence[Listed], says: Sequence[Listed]
) -> Iterator[str]:
    """Yield what is known of one work in lines: what it is, what is said of it, what it says of others."""
    words = ", ".join(standing_words(said)) or ("retracted, by its own record" if retracted else "no notice known")
    held = f"held as {work}: {title}" if work else "not held"
    yield f"{asked}: {words} ({held})"
    for word in said:
        behind = f"; notice {word.notice}" if word.notice else ""
        yield f"  {word}{': ' + word.reason if word.reason else ''}{behind}"
    for word in says:
        yield f"  is itself the notice: {word} on {word.key}"
