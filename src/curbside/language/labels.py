"""Labels of structured abstracts: what a labelled section does, and where labels stand inside running text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from curbside.records import Category

_B, _O, _M, _R, _C, _N = (
    Category.BACKGROUND,
    Category.OBJECTIVE,
    Category.METHODS,
    Category.RESULTS,
    Category.CONCLUSIONS,
    Category.NONE,
)

_PHRASES: dict[str, Category] = {
    "methods and results": _R,
    "methods and findings": _R,
    "methodology and principal findings": _R,
    "methodology/principal findings": _R,
    "summary background data": _B,
    "patient summary": _C,
    "plain language summary": _C,
    "data synthesis": _R,
    "evidence synthesis": _R,
    "summary of background data": _B,
    "background data": _B,
    "study question": _O,
    "what is known": _B,
    "what is new": _C,
    "statement of problem": _B,
    "problem": _B,
    "the problem": _B,
    "results of data synthesis": _R,
    "recent findings": _R,
    "key results": _R,
    "key findings": _R,
    "main findings": _R,
    "expert opinion": _C,
    "level of evidence": _N,
    "levels of evidence": _N,
    "trial registration": _N,
    "trial registration number": _N,
    "registration": _N,
    "clinical trial registration": _N,
    "clinicaltrials.gov": _N,
    "funding": _N,
    "funding source": _N,
    "primary funding source": _N,
    "sponsors": _N,
    "keywords": _N,
    "key words": _N,
}
"""Labels whose words alone would mislead."""

_WORDS: dict[str, Category] = {
    **dict.fromkeys(["background", "introduction", "context", "rationale", "importance"], _B),
    **dict.fromkeys(["object", "objective", "objectives", "aim", "aims", "purpose", "purposes", "goal", "goals"], _O),
    **dict.fromkeys(["hypothesis", "hypotheses", "question", "questions", "scope"], _O),
    **dict.fromkeys(["method", "methods", "methodology", "methodologies", "design", "designs", "setting"], _M),
    **dict.fromkeys(["settings", "participants", "participant", "patients", "patient", "subjects", "animals"], _M),
    **dict.fromkeys(["intervention", "interventions", "measure", "measures", "measurement", "measurements"], _M),
    **dict.fromkeys(["material", "materials", "procedure", "procedures", "sample", "samples", "sources"], _M),
    **dict.fromkeys(["selection", "extraction", "collection", "eligibility", "analysis", "analyses"], _M),
    **dict.fromkeys(["exposure", "exposures", "population", "approach", "treatment", "treatments", "technique"], _M),
    **dict.fromkeys(["randomisation", "randomization", "blinding", "endpoints", "endpoint", "search"], _M),
    **dict.fromkeys(["result", "results", "finding", "findings", "outcome", "outcomes", "observation"], _R),
    **dict.fromkeys(["observations", "case", "cases", "diagnosis", "diagnoses"], _R),
    **dict.fromkeys(["conclusion", "conclusions", "interpretation", "interpretations", "implication"], _C),
    **dict.fromkeys(["implications", "discussion", "comment", "comments", "relevance", "recommendations"], _C),
    **dict.fromkeys(
        ["recommendation", "summary", "significance", "lessons", "limitations", "limitation", "message"], _C
    ),
}
"""Words that tell what a labelled section does; in a longer label the first of them decides."""

_LINKS = frozenset(
    (
        *("and", "of", "the", "a", "an", "in", "for", "or", "to", "with"),
        *("main", "primary", "secondary", "study", "trial", "data", "clinical", "key"),
    )
)
_WORD = re.compile(r"[A-Za-z]{1,30}")
_OVERRIDES = {(_M, _R): _R, (_B, _O): _O}
"""(first, last) of a double label -> what NLM files it under: "Methods and results", "Background and aims"."""


@lru_cache(maxsize=4096)
def category(label: str) -> Category:
    """Return what a section with this label does, `Category.NONE` where the label does not say."""
    bare = label.strip(" \t.:;-–—").lower()
    if bare in _PHRASES:
        return _PHRASES[bare]
    words = _WORD.findall(bare)
    if ("measures" in words or "measure" in words) and "results" not in words:
        return _M
    found = [_WORDS[word] for word in words if word in _WORDS]
    if not found:
        return _N
    return _OVERRIDES.get((found[0], found[-1]), found[0])


class Label(NamedTuple):
    """A label inside running text.

    Attributes:
        start, end: where the label stands, without its colon.
        body: where the text after it begins.
        category: what its section does.
    """

    start: int
    end: int
    body: int
    category: Category


_NAME = r"(?:Abstract[ .:]{1,2})?([A-Z][A-Za-z,&/()’' -]{2,70})\Z"
_FIRST = re.compile(r"(?:\A|[.!?)\]”’\"'%>])[ \t\n\u00a0]{0,3}" + _NAME)
_LATER = re.compile(r"[.!?)\]”’\"'%>][ \t\n\u00a0]{0,3}" + _NAME)
_STOPPED = re.compile(r"[A-Z][A-Z,&/ -]{3,60}\.[ ]")
_MARKS = (":", "—", "–", " - ")
_BARE = re.compile(
    r"(?:\A|(?<=[.!?)\]”’\"'%>])[ \t\n\u00a0]{1,3})(?:Abstract[ ]{1,2})?"
    r"(Background|Introduction|Objectives?|Aims?|Purpose|Importance|Context|Methods?|Materials and [Mm]ethods"
    r"|Patients and [Mm]ethods|Results|Findings|Conclusions?|Interpretation|Discussion)[ ](?=[A-Z0-9])"
)
_REACH = 90  # longer than a label with the sentence end and the spaces before it


def _marks(text: str) -> list[tuple[int, int]]:
    """Return where signs stand that may end a label, with where they end, in order."""
    found: list[tuple[int, int]] = []
    for mark in _MARKS if not _STOPPED.match(text) else (*_MARKS, ". "):
        at = text.find(mark)
        while at >= 0:
            found.append((at, at + len(mark)))
            at = text.find(mark, at + 1)
    return sorted(found)


def embedded(text: str) -> list[Label]:
    """Return the labels in a running abstract, in order; linear in the length of the text.

    A label stands where a sentence may begin and ends with a colon, a dash or (in capitals, where the text opens
    so) a full stop. It counts when it is in capitals or made of the field's label words, and when at least one label
    of the text is known. Labels without any mark ("Results A total of …", as OpenAlex prints them) count only where
    the text opens with one and methods and results are both labelled so.
    """
    marked: list[Label] = []
    known = 0
    past = 0
    for at, after in _marks(text):
        low = max(past, at - _REACH)
        match = (_LATER if low else _FIRST).search(text[low:at].rstrip(" "))
        if match is None:
            continue
        printed = match.group(1)
        does = category(printed)
        if not _is_label(printed, does, text[at] == "."):
            continue
        known += does is not _N
        start = low + match.start(1)
        body = after + len(text[after : after + 4]) - len(text[after : after + 4].lstrip())
        marked.append(Label(start, start + len(printed), body, does))
        past = at
    if known:
        return marked
    if not _BARE.match(text):
        return []
    bare = [Label(m.start(1), m.end(1), m.end(), category(m.group(1))) for m in _BARE.finditer(text)]
    does_all = {label.category for label in bare}
    return bare if _M in does_all and _R in does_all else []


def _is_label(printed: str, does: Category, stop: bool) -> bool:
    words = _WORD.findall(printed)
    if len(words) > 9:
        return False
    if printed.upper() == printed:
        if does is not _N:
            return True
        return not stop and len(printed) > 4
    if stop:
        return False
    if printed.lower() in _PHRASES:
        return True
    return does is not _N and all(word.lower() in _WORDS or word.lower() in _LINKS for word in words)
