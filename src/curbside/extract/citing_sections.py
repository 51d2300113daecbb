"""Where in a report its sections stand: introduction, methods, results, discussion, conclusion."""

from __future__ import annotations

from curbside.language.linear import Pattern, linear
from curbside.records import Category, CitingSection, Document, PartRole

_LEADING: tuple[tuple[CitingSection, Pattern], ...] = (
    (
        CitingSection.CONCLUSION,
        linear(r"(?i)^\W*(?:[\dIVX]+[. ]+)*(?:overall |general )?conclusions?\b|^\W*concluding|^summary\b"),
    ),
    (
        CitingSection.DISCUSSION,
        linear(r"(?i)\bdiscussions?\b|\blimitations?\b|\bcomments?\b|\binterpretation\b|\bimplications\b"),
    ),
    (CitingSection.RESULTS, linear(r"(?i)\b(?:results?|findings|case (?:reports?|presentations?|descriptions?))\b")),
    (
        CitingSection.METHODS,
        linear(
            r"(?i)\b(?:methods?|methodology|materials?|procedures?|experimental section|study design|protocol"
            r"|patients and|subjects and|participants and|statistical analys[ie]s|search strategy|data collection)\b"
        ),
    ),
    (CitingSection.INTRODUCTION, linear(r"(?i)\b(?:introduction|background|rationale|objectives?|aims?|overview)\b")),
)
"""Words of an outermost heading, the first that fit; "Results and discussion" is a discussion, for there others are
cited to be compared with."""

_WHOLE = linear(
    r"(?i)^\W*(?:[\dIVX]+[. ]+)*(?:the |our |main |general |overall )?"
    r"(introduction|background|methods?|results?|discussion|conclusions?|limitations?)\W*$"
)
"""A heading below another that says by itself where it stands ("Conclusions" at the end of a discussion)."""

_BY_WORD = {
    "introduction": CitingSection.INTRODUCTION,
    "background": CitingSection.INTRODUCTION,
    "method": CitingSection.METHODS,
    "result": CitingSection.RESULTS,
    "discussion": CitingSection.DISCUSSION,
    "limitation": CitingSection.DISCUSSION,
    "conclusion": CitingSection.CONCLUSION,
}

_BY_CATEGORY = {
    Category.BACKGROUND: CitingSection.INTRODUCTION,
    Category.OBJECTIVE: CitingSection.INTRODUCTION,
    Category.METHODS: CitingSection.METHODS,
    Category.RESULTS: CitingSection.RESULTS,
    Category.CONCLUSIONS: CitingSection.DISCUSSION,
    Category.NONE: CitingSection.OTHER,
}


class Sections:
    """The sections of a document, each with where in a report it stands."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._kinds = _kinds(document)
        self._told = {kind for kind in self._kinds if kind is not CitingSection.OTHER}

    def of(self, part: int, section: int) -> CitingSection:
        """Return where a block of `part` and `section` (-1: none) stands.

        What stands in the body before any heading is the introduction, if the headings that follow are a report's.
        """
        role = self._document.parts[part].role if 0 <= part < len(self._document.parts) else PartRole.BODY
        if role is PartRole.ABSTRACT or role is PartRole.SUMMARY:
            return CitingSection.ABSTRACT
        if 0 <= section < len(self._kinds):
            return self._kinds[section]
        reported = {CitingSection.METHODS, CitingSection.RESULTS, CitingSection.DISCUSSION} & self._told
        return CitingSection.INTRODUCTION if section < 0 and reported else CitingSection.OTHER


def _kinds(document: Document) -> list[CitingSection]:
    """Return where each section stands: by its own heading or category, else as the section around it."""
    kinds = [CitingSection.OTHER] * len(document.sections)
    order = sorted(
        range(len(kinds)), key=lambda at: (document.sections[at].span.start, -document.sections[at].span.end)
    )
    around: list[int] = []
    for at in order:
        section = document.sections[at]
        while around and document.sections[around[-1]].span.end <= section.span.start:
            around.pop()
        heading = section.heading.of(document.text)[:200] if section.heading is not None else ""
        outer = kinds[around[-1]] if around else CitingSection.OTHER
        kinds[at] = (
            _inner(heading, outer) if outer is not CitingSection.OTHER else _outermost(heading, section.category)
        )
        around.append(at)
    return kinds


def _inner(heading: str, outer: CitingSection) -> CitingSection:
    match = _WHOLE.match(heading)
    return _BY_WORD[match.group(1).lower().removesuffix("s")] if match is not None else outer


def _outermost(heading: str, category: Category) -> CitingSection:
    for kind, pattern in _LEADING:
        if pattern.search(heading) is not None:
            return kind
    return _BY_CATEGORY[category]
