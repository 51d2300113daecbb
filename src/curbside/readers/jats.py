"""Reads journal articles in JATS and its NLM forerunners (`.nxml`, PubMed Central): one document an article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from curbside.readers import jats_xml
from curbside.readers.builder import Builder
from curbside.readers.fields import language
from curbside.readers.jats_body import write_body, write_children, write_rest, write_section
from curbside.readers.jats_flow import plain
from curbside.readers.jats_front import LANG, Front, front, trials
from curbside.readers.jats_pen import Pen
from curbside.readers.jats_people import people
from curbside.readers.jats_references import Cited, cited, unmarked
from curbside.records import (
    BlockKind,
    Category,
    Document,
    DocumentKind,
    PartRole,
    Problem,
    Raw,
    Reading,
    Span,
)

_SUMMARIES = frozenset(
    {
        *("summary", "short", "toc", "editor", "editors-summary", "teaser", "precis", "key-points", "highlights"),
        *("author-highlights", "plain-language-summary", "lay-summary", "executive-summary", "web-summary"),
        *("longsummary", "graphical", "video", "synopsis", "significance", "author-summary", "tldr"),
    }
)
"""`abstract-type`s of what retells the article in brief or for others."""

_NOT_MAIN = _SUMMARIES - {"summary", "short", "executive-summary", "longsummary"}
_REPORTS = frozenset(
    {
        *("decision-letter", "author-comment", "reviewer-report", "referee-report", "editor-report", "reply"),
        *("aggregated-review-documents", "community-comment", "peer-review", "review-report", "response"),
    }
)
"""`article-type`s of sub-articles in which others speak of the article; kept, and never quoted as it."""

_PLAIN_TITLES = frozenset({"abstract", "summary", "abstract:"})


def read(raw: Raw) -> Iterator[Reading]:
    """Yield a reading for each article of a file; a file that is no sound XML gives one that says why."""
    parsed = jats_xml.parse(raw)
    root = parsed.root
    if root is None:
        yield Reading(None, parsed.problems[-1].line, problems=parsed.problems)
        return
    _unqualify(root)
    articles = [root] if root.tag in ("article", "book-part") else _articles(root)
    problems = parsed.problems
    for article in articles:
        document, own = _document(article, raw.origin)
        yield Reading(document, article.sourceline or 0, problems=(*problems, *own))
        problems = ()
    if not articles:
        what = f"The file holds no journal article; its first element is <{root.tag}>."
        remedy = "Add article XML in JATS form."
        yield Reading(None, 1, problems=(*problems, Problem(what, raw.origin, 1, remedy)))


def _articles(root: Any) -> list[Any]:
    found = list(root.iter("article"))
    return found or [part for part in root.iter("book-part") if part.find("book-part-meta") is not None]


def _unqualify(root: Any) -> None:
    """Take JATS's own name space off, which some repositories put on every element."""
    probe = root if not isinstance(root.tag, str) or root.tag.startswith("{") else next(iter(root), None)
    if probe is None or not isinstance(probe.tag, str) or not probe.tag.startswith("{"):
        return
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.startswith("{"):
            space, _, name = element.tag[1:].partition("}")
            if "MathML" not in space and "niso.org/schemas/ali" not in space:
                element.tag = name


def _document(article: Any, origin: str) -> tuple[Document, tuple[Problem, ...]]:
    line = article.sourceline or 0
    meta = next(
        (m for path in ("front/article-meta", "front-stub", "book-part-meta") if (m := article.find(path)) is not None),
        None,
    )
    meta = meta if meta is not None else article
    head = front(article, meta, origin, line)
    listed = cited(article)
    pen = Pen(Builder(), listed, origin, write_rest)
    _abstract_part(meta, head, pen)
    _summaries(meta, pen)
    if article.find("body") is not None or article.find("back") is not None or article.find("floats-group") is not None:
        with pen.builder.part(PartRole.BODY):
            write_body(article, pen)
    _sub_articles(article, pen)
    spoken = pen.builder.position
    references = _reference_part(listed, pen)
    _author_notes(article, meta, pen)
    return _assembled(article, meta, head, replace(listed, references=references), pen, spoken)


def _assembled(
    article: Any, meta: Any, head: Front, listed: Cited, pen: Pen, spoken: int
) -> tuple[Document, tuple[Problem, ...]]:
    text, parts, sections, blocks = pen.builder.done()
    who = people(meta)
    found = pen.markers
    if not found and not pen.uncited and listed.references:
        found = unmarked(text[:spoken], listed, pen.lifted)
    if pen.uncited:
        what = f"{pen.uncited} citation(s) name entries that the reference list does not hold."
        pen.problem(what, article, lost=False)
    if not head.title:
        pen.problem("The article has no title.", article, lost=False)
    document = Document(
        id="",
        text=text,
        kind=DocumentKind.ARTICLE,
        title=head.title,
        language=head.language,
        parts=parts,
        sections=sections,
        blocks=blocks,
        tables=tuple(pen.tables),
        references=listed.references,
        markers=tuple(sorted(found, key=lambda marker: marker.span)),
        ids=head.ids,
        authors=tuple(who.authors),
        affiliations=tuple(who.affiliations),
        journal=head.journal,
        dates=head.dates,
        types=head.types,
        headings=head.headings,
        keywords=head.keywords,
        notices=head.notices,
        mentioned=trials(text[:spoken]),
        licence=head.licence,
        source=head.publisher,
        other_titles=head.other_titles,
    )
    return document, (*head.problems, *pen.problems)


def _abstract_part(meta: Any, head: Front, pen: Pen) -> None:
    """Write part 0: the title and the main abstract."""
    with pen.builder.part(PartRole.ABSTRACT, language="") as part:
        if head.title:
            pen.builder.entitle(part, pen.builder.block(head.title, BlockKind.TITLE))
        main = _main_abstract(meta)
        if main is not None:
            _abstract(main, pen)


def _main_abstract(meta: Any) -> Any:
    abstracts = list(meta.iterchildren("abstract"))
    for refused in (_SUMMARIES, _NOT_MAIN):
        for abstract in abstracts:
            if (abstract.get("abstract-type") or "").lower() not in refused:
                return abstract
    return None


def _abstract(abstract: Any, pen: Pen) -> None:
    title = abstract.find("title")
    if title is None or plain(title).lower() in _PLAIN_TITLES:
        write_children(abstract, pen)
        return
    with pen.section(title, Category.NONE):
        write_children(abstract, pen)


def _summaries(meta: Any, pen: Pen) -> None:
    """Write the other abstracts, each a part: summaries, and abstracts in other languages."""
    main = _main_abstract(meta)
    for abstract in meta.iterchildren("abstract", "trans-abstract"):
        kind = (abstract.get("abstract-type") or "").lower()
        if abstract is main or not "".join(abstract.itertext()).strip():
            continue
        role = PartRole.SUMMARY if kind in _SUMMARIES else PartRole.ABSTRACT
        with pen.builder.part(role, language=language(abstract.get(LANG) or "")):
            _abstract(abstract, pen)


def _sub_articles(article: Any, pen: Pen) -> None:
    """Write translations and parts of the article in their language, letters about it under a group of their own."""
    for number, sub in enumerate(article.iterchildren("sub-article", "response"), start=1):
        kind = (sub.get("article-type") or sub.get("response-type") or "").lower()
        report = kind in _REPORTS or sub.tag == "response"
        role = PartRole.METADATA if report else PartRole.BODY
        group = 0 if kind == "translation" else number
        stub = sub.find("front-stub")
        stub = sub.find("front/article-meta") if stub is None else stub
        with pen.builder.part(role, group, language=language(sub.get(LANG) or "")) as part:
            title = plain(stub.find("title-group/article-title")) if stub is not None else ""
            if title:
                pen.builder.entitle(part, pen.builder.block(title, BlockKind.TITLE))
            for abstract in stub.iterchildren("abstract") if stub is not None else ():
                _abstract(abstract, pen)
            write_body(sub, pen)


def _reference_part(listed: Cited, pen: Pen) -> tuple[Any, ...]:
    if not listed.references:
        return ()
    placed: list[Any] = []
    with pen.builder.part(PartRole.REFERENCES):
        for reference in listed.references:
            shown = f"{reference.label} {reference.text}" if reference.label else reference.text
            span = pen.builder.block(shown, BlockKind.ITEM)
            lead = len(shown) - len(reference.text)
            placed.append(replace(reference, span=Span(min(span.start + lead, span.end), span.end)))
    return tuple(placed)


def _author_notes(article: Any, meta: Any, pen: Pen) -> None:
    """Write what the front says of authors and funding beside their names, as metadata."""
    notes = [*meta.iterchildren("author-notes"), *article.iterfind("front/notes")]
    if not any("".join(note.itertext()).strip() for note in notes):
        return
    with pen.builder.part(PartRole.METADATA):
        for note in notes:
            write_children(note, pen)
            for section in note.iterchildren("ref-list"):
                write_section(section, pen)
