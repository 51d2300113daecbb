"""The text of a manuscript: which files are taken, what they say, whom they name, and what changed between versions."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from types import MappingProxyType

from curbside.appraise.checks import checked
from curbside.desk.differing import Change, Run, runs_of
from curbside.desk.naming import line
from curbside.errors import UsageError
from curbside.language.linear import linear
from curbside.readers import formats, read
from curbside.records import (
    HIDDEN_WITH_AUTHORS,
    STATEMENTS,
    Checked,
    Document,
    KeptFile,
    ManuscriptContent,
    PartRole,
    Problem,
    Raw,
    sealed,
)
from curbside.writers.manuscript_jats import Printing, jats

TAKEN: Mapping[str, str] = MappingProxyType(
    {
        "docx": "Word (.docx)",
        "markdown": "Markdown",
        "html": "HTML",
        "jats": "JATS XML",
        "text": "plain text",
    }
)
"""Format of a manuscript's file -> its name; each can be read here, or it could neither be checked nor compared."""

MOST_BYTES = 8 << 20
"""Bytes of a file; a Word file has its pictures in it."""

MOST_TEXT_BYTES = 2 << 20
"""Bytes of a file that is text all through."""

MOST_CHARACTERS = 400_000
"""Characters of its text; a long article has a tenth of that."""

_MOST_PARAGRAPHS = 800
_MOST_PAIRS = 3_000_000
"""Paragraphs of a text, and pairs of words all together, that are held against each other; what is beyond is shown as
taken out and put in. Comparing words takes a time that grows with their pairs."""


@lru_cache(maxsize=16)
def text_of(data: bytes, format: str) -> Document:
    """Return what a file says.

    Raises:
        UsageError: if nothing in it can be read, or its text is too long.
    """
    problems: list[Problem] = []
    for reading in read(Raw("manuscript", data, format)):
        problems += reading.problems
        if isinstance(reading.record, Document):
            if len(reading.record.text) > MOST_CHARACTERS:
                raise UsageError(f"The file's text has more than {MOST_CHARACTERS:,} characters.")
            return sealed(reading.record)
    what = next((f"{each.what} {each.remedy}".strip() for each in problems), "The file holds no text.")
    raise UsageError(what)


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that somebody sent and that is taken; `data` are its bytes."""

    file: KeptFile
    data: bytes


def file_of(name: str, data: bytes) -> SentFile:
    """Return a file that somebody sent as it is kept, if it is one that is taken; its bytes decide, not its name.

    Raises:
        UsageError: with what is wrong and what to do.
    """
    called = line(name.replace("\\", "/").rsplit("/", 1)[-1], "file's name") or "manuscript"
    taken = f"Send {', '.join(TAKEN.values())}."
    if len(data) > MOST_BYTES:
        raise UsageError(f"The file is larger than {MOST_BYTES >> 20} MB. Send it without pictures.")
    if data.startswith(b"\x1f\x8b"):
        raise UsageError(f"The file is packed. {taken}")
    found = formats.detect(Raw(called, data))
    if isinstance(found, Problem):
        raise UsageError(f"{found.what.replace(', which Curbside does not read', '')} {taken}")
    if found not in TAKEN:
        raise UsageError(f"The file holds records, not the text of a manuscript. {taken}")
    if found != "docx" and len(data) > MOST_TEXT_BYTES:
        raise UsageError(f"The file is larger than {MOST_TEXT_BYTES >> 20} MB of text.")
    text_of(data, found)
    return SentFile(KeptFile(hashlib.sha256(data).hexdigest(), called, found, len(data)), data)


@lru_cache(maxsize=64)
def article_of(written: bytes) -> Document:
    """Return the document that a manuscript written as JATS is."""
    return text_of(written, "jats")


def written(content: ManuscriptContent, data: bytes | None, how: Printing) -> bytes:
    """Return a manuscript as JATS; `data` are the bytes of its file."""
    body = text_of(data, content.file.format) if content.file is not None and data is not None else None
    return jats(content, body, how)


@lru_cache(maxsize=16)
def checks_of(written_out: bytes) -> Checked:
    """Return what became of the count check of a manuscript written as JATS."""
    return checked(article_of(written_out))


def names_in(content: ManuscriptContent, body: Document | None) -> tuple[str, ...]:
    """Return the family names of authors that what reviewers read names anyway, in the order of the authors.

    Looked for as whole words of three letters or more, in everything but the reference list, where they may stand.
    """
    shown = [content.title, *(words for _, words in content.abstract), content.reply, *content.keywords]
    shown += [getattr(content, field) for field in STATEMENTS if field not in HIDDEN_WITH_AUTHORS]
    if body is not None:
        away = [part.span for part in body.parts if part.role is PartRole.REFERENCES]
        start = 0
        for span in away:
            shown.append(body.text[start : span.start])
            start = span.end
        shown.append(body.text[start:])
    words = {word.casefold() for text in shown for word in _WORD.findall(text)}
    families = dict.fromkeys(author.family for author in content.authors)
    return tuple(
        family
        for family in families
        if (parts := [part.casefold() for part in _WORD.findall(family) if len(part) > 2])
        and all(part in words for part in parts)
    )


_WORD = linear(r"[\pL\pM]+")


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed in one place of a manuscript.

    Attributes:
        place: "Title", "Abstract: Methods", "Text" …
        runs: the words, those that went before those that came.
    """

    place: str
    runs: tuple[Run, ...]


def differences(
    before: tuple[ManuscriptContent, Document | None],
    after: tuple[ManuscriptContent, Document | None],
    *,
    authors: bool,
) -> tuple[Difference, ...]:
    """Return what changed from one version to another, place by place; `authors` tells whether they may be named."""
    old, new = dict(_places(before[0], authors)), dict(_places(after[0], authors))
    found: list[Difference] = []
    room = _Room(_MOST_PAIRS)
    for place in dict.fromkeys((*old, *new)):
        one, other = old.get(place, ""), new.get(place, "")
        if one != other:
            found.append(Difference(place, room.compared(one, other)))
    texts = _aligned(_paragraphs(before[1]), _paragraphs(after[1]), room)
    found += [Difference("Text", runs) for runs in texts]
    return tuple(found)


def _places(content: ManuscriptContent, authors: bool) -> list[tuple[str, str]]:
    places = [("Title", content.title), ("Kind of article", content.type)]
    places += [(f"Abstract: {label}" if label else "Abstract", words) for label, words in content.abstract]
    places.append(("Keywords", ", ".join(content.keywords)))
    if authors:
        names = [f"{each.given} {each.family} ({'; '.join(each.affiliations)})".strip() for each in content.authors]
        places.append(("Authors", ", ".join(names)))
    shown = (field for field in STATEMENTS if authors or field not in HIDDEN_WITH_AUTHORS)
    places += [(STATEMENTS[field], getattr(content, field)) for field in shown]
    return places


def _paragraphs(document: Document | None) -> list[str]:
    if document is None:
        return []
    return [" ".join(block.span.of(document.text).split()) for block in document.blocks]


@dataclass(slots=True)
class _Room:
    """How many pairs of words may still be held against each other."""

    pairs: int

    def compared(self, before: str, after: str) -> tuple[Run, ...]:
        """Return two texts word by word, or whole where there is no room."""
        wanted = len(before.split()) * len(after.split())
        if wanted > self.pairs:
            whole = ((Change.REMOVED, before), (Change.ADDED, after))
            return tuple(Run(change, words) for change, words in whole if words)
        self.pairs -= wanted
        return runs_of(before, after)


def _aligned(before: Sequence[str], after: Sequence[str], room: _Room) -> list[tuple[Run, ...]]:
    """Return the paragraphs that differ, each set against the one in its place."""
    if max(len(before), len(after)) > _MOST_PARAGRAPHS:
        return [room.compared("\n".join(before), "\n".join(after))] if before != after else []
    found: list[tuple[Run, ...]] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        old, new = before[i:j], after[k:m]
        paired = min(len(old), len(new))
        found += [room.compared(one, other) for one, other in zip(old[:paired], new[:paired])]
        found += [(Run(Change.REMOVED, words),) for words in old[paired:]]
        found += [(Run(Change.ADDED, words),) for words in new[paired:]]
    return found
