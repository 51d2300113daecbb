"""Community posts: each with title, category, votes, age and summary, whatever their order on the page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from curbside.readers.pages_draft import Draft
from curbside.readers.pages_features import AGO, VOTES
from curbside.readers.pages_sheet import Line
from curbside.records import BlockKind, PartRole, Span

_CATEGORY = re.compile(
    r"(?:^|[·|•,]\s?|\s)(?:(?:posted )?in|category:?|topic:?|kategorie:?|thema:?|categoría:?"
    r"|tema:?|catégorie:?|sujet:?|en|dans)\s{1,3}(?P<c>[A-Z#][^·|•,\n\u00a0\d+▲]{1,40}?)"
    r"(?=\s{0,4}(?:[·|•,\u00a0\d+▲]|$))"
    r"|(?P<r>\br/\w{2,30})|#(?P<h>\w{2,30})|\[(?P<b>[A-Za-z][\w &-]{1,30})\]|カテゴリー?[:：]\s?(?P<j>\S{1,20})"
)
_USER = re.compile(
    r"\b(?:by|posted by|von|por|par|author:?)\s{1,2}(?:u/|@)?[\w.-]{2,30}|\bu/[\w-]{2,30}"
    r"|@[\w.-]{2,30}|\b\d{1,5}\s(?:comments?|replies|kommentare|comentarios|commentaires"
    r"|antworten|respuestas)\b|💬\s?\d{1,5}",
    re.I,
)


def is_meta(line: Line) -> bool:
    """Tell whether a line says of a post only how it fared: votes, age, category, user."""
    words = line.words
    if len(words) > 140 or line.prose or not (VOTES.search(words) or AGO.search(words)):
        return False
    rest = AGO.sub(" ", VOTES.sub(" ", _USER.sub(" ", _CATEGORY.sub(" ", words))))
    return len(re.findall(r"\w+", rest)) <= 4


def _beside(line: Line) -> bool:
    """Tell whether a line beside a meta line belongs to it: a category or user alone."""
    words = line.words
    if len(words) > 60 or line.prose:
        return False
    rest = _USER.sub(" ", _CATEGORY.sub(" ", words))
    return not re.search(r"\w", rest)


def read(draft: Draft, indexes: Sequence[int], group: int) -> int:
    """Give lines to posts, each a group from `group` + 1 on; return the last group used."""
    lines = draft.sheet.lines
    clusters = _clusters(lines, indexes)
    if not clusters:
        for index in indexes:
            draft.give([index], PartRole.POST, group + 1)
        return group + 1 if indexes else group
    for number, held in enumerate(_posts(lines, indexes, clusters)):
        group += 1
        first, last = clusters[number]
        meta = list(indexes[first:last])
        draft.give(held, PartRole.POST, group)
        for index in meta:
            draft.voices[index].kind = BlockKind.OTHER
            _details(draft, lines[index])
        for index in held if not any(_CATEGORY.search(lines[index].words) for index in meta) else ():
            tag = re.match(r"\W{0,2}\[([A-Za-z][\w &-]{1,30})\]", lines[index].words)
            if tag and index < meta[-1]:
                draft.note("category", tag.group(1), lines[index].span)
        titles = [index for index in held if index not in meta and not (lines[index].prose and lines[index].ends)]
        title = next((index for index in titles if index < meta[0]), titles[0] if titles else None)
        draft.voices[held[0]].fresh = True
        if title is not None:
            draft.entitle(title)
    return group


def _clusters(lines: Sequence[Line], indexes: Sequence[int]) -> list[tuple[int, int]]:
    """Return (first, last + 1) positions in `indexes` of runs of meta lines."""
    flags = [is_meta(lines[index]) for index in indexes]
    beside = [_beside(lines[index]) for index in indexes]
    for at in range(1, len(flags)):
        flags[at] = flags[at] or (flags[at - 1] and beside[at])
    for at in range(len(flags) - 2, -1, -1):
        flags[at] = flags[at] or (flags[at + 1] and beside[at])
    clusters: list[tuple[int, int]] = []
    for at, flag in enumerate(flags):
        if flag and clusters and clusters[-1][1] == at:
            clusters[-1] = (clusters[-1][0], at + 1)
        elif flag:
            clusters.append((at, at + 1))
    return clusters


def _posts(lines: Sequence[Line], indexes: Sequence[int], clusters: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return the lines of each post: votes under the title, under the summary, or above both."""
    first = clusters[0][0]
    lead = [lines[index] for index in indexes[:first]]
    after = lines[indexes[clusters[0][1]]] if clusters[0][1] < len(indexes) else None
    if not lead:
        starts = [start for start, _ in clusters]
    elif lead[-1].prose and len(lead) > 1 and (after is None or not after.prose):
        starts = [0, *(end for _, end in clusters[:-1])]
        return [list(indexes[start:end]) for start, (_, end) in zip(starts, clusters)]
    else:
        starts = [_title_start(lines, indexes, clusters, number) for number in range(len(clusters))]
        starts[0] = 0
    ends = [*starts[1:], len(indexes)]
    return [list(indexes[start:end]) for start, end in zip(starts, ends)]


def _title_start(
    lines: Sequence[Line], indexes: Sequence[int], clusters: Sequence[tuple[int, int]], number: int
) -> int:
    """Return the position of the first title line over a cluster; titles may stand twice."""
    at = clusters[number][0]
    floor = clusters[number - 1][1] + 1 if number else 0
    start = max(at - 1, floor - 1 if number else 0)
    while start > floor and not lines[indexes[start - 1]].ends and not lines[indexes[start - 1]].prose:
        start -= 1
    return start


def _details(draft: Draft, line: Line) -> None:
    """Note votes, category and age of a post."""
    raw = line.span.of(draft.sheet.text)
    votes, age, category = VOTES.search(raw), AGO.search(raw), _CATEGORY.search(raw)
    if votes:
        printed = next(part for part in (votes["n"], votes["m"], votes["plus"]) if part)
        draft.note("votes", count(printed), Span(*votes.span()).moved(line.span.start))
    if age:
        draft.note("age", age.group(0), Span(*age.span()).moved(line.span.start))
    if not category:
        rest = " ".join(re.sub(r"[^\w&/' -]", " ", AGO.sub(" ", VOTES.sub(" ", _USER.sub(" ", raw)))).split())
        at = raw.find(rest)
        if rest and at >= 0 and len(rest.split()) <= 4 and not any(sign.isdigit() for sign in rest):
            draft.note("category", rest, Span(at, at + len(rest)).moved(line.span.start))
    else:
        name = next(key for key in ("c", "r", "h", "b", "j") if category[key])
        span = Span(*category.span(name)).moved(line.span.start)
        draft.note("category", category[name].removeprefix("r/").strip(), span)


def count(printed: str) -> str:
    """Return a printed count in plain figures: `1.2k` as `1200`, `+46` as `46`, `1,204` as `1204`."""
    bare = printed.lower().lstrip("+")
    if bare.endswith("k"):
        return str(round(float(bare[:-1].replace(",", ".") or 0) * 1000))
    return re.sub(r"[.,](?=\d{3}(?:\D|$))", "", bare).rstrip(".,")
