"""Atom feeds (RFC 4287). Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from curbside.writers.signs import spelled

_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that XML 1.0 does not take (production 2, Char)."""

MEDIA_TYPE = "application/atom+xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed.

    Attributes:
        id: an IRI that it keeps for good.
        title: one line of plain text.
        updated: ISO time, UTC.
        href: where it is read.
        summary: plain text, "" for none.
    """

    id: str
    title: str
    updated: str
    href: str
    summary: str


def feed(id: str, title: str, here: str, page: str, updated: str, entries: Sequence[Entry]) -> str:
    """Return a feed as XML.

    Args:
        id: an IRI that the feed keeps for good.
        title: plain text.
        here: the feed's own address; "" where it is secret and is not to be repeated.
        page: address of the page that shows the same.
        updated: ISO time, UTC, of the last entry; of when the feed began, where it has none.
        entries: last first.
    """
    own = [f'<link rel="self" type="application/atom+xml" href="{_told(here)}"/>'] if here else []
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
        f"<id>{_told(id)}</id>",
        f"<title>{_told(title)}</title>",
        f"<updated>{_told(updated)}</updated>",
        "<author><name>Curbside</name></author>",
        *own,
        f'<link rel="alternate" type="text/html" href="{_told(page)}"/>',
    ]
    for each in entries:
        lines += [
            "<entry>",
            f"<id>{_told(each.id)}</id>",
            f"<title>{_told(each.title)}</title>",
            f"<updated>{_told(each.updated)}</updated>",
            f'<link rel="alternate" type="text/html" href="{_told(each.href)}"/>',
            *([f"<summary>{_told(each.summary)}</summary>"] if each.summary else []),
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>"]) + "\n"


def _told(words: str) -> str:
    return escape(_UNFIT.sub("\ufffd", spelled(words)))
