"""Articles as JSON: lists, an article with its claims and what was said of them, and what changed between versions."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from curbside.records import ArticleClaim, ArticleLine, ArticleState
from curbside.records.article_sheet import Signer
from curbside.records.article_view import ArticleView
from curbside.writers.beside import quote_json
from curbside.writers.plain import absence_json, filters_json, reference_json

_PUBLIC = (ArticleState.APPROVED, ArticleState.WITHDRAWN)


def line_json(line: ArticleLine, author: Signer) -> dict[str, Any]:
    """Return an article of a list."""
    return {
        "id": line.id,
        "title": line.title,
        "state": line.state.value,
        "author": signer_json(author),
        "versions": line.versions,
        "approved": line.approved,
        "news": line.news,
        "changed": line.changed,
    }


def signer_json(person: Signer) -> dict[str, Any]:
    """Return a person as they stand beside what they do; the id only of who has a page."""
    return {"id": person.id if person.page else "", "name": person.name, "department": person.department}


def article_json(view: ArticleView) -> dict[str, Any]:
    """Return an article as somebody sees it; who does not work on it gets no comments and no removed claims."""
    article, version, people = view.article, view.version, view.people
    claims = version.claims if view.inside else version.standing
    return {
        "id": article.id,
        "state": article.state.value,
        "banner": {"words": view.banner, "grave": view.grave},
        "news": article.news,
        "title": version.title,
        "question": version.question,
        "filters": filters_json(version.filters),
        "author": signer_json(people[article.author]),
        "version": version.number,
        "versions": list(view.versions),
        "approved": article.approved,
        "at": version.at,
        "who": signer_json(people[version.who]),
        "why": version.why,
        "sections": [
            {"heading": heading, "claims": [_claim(view, claim) for claim in group]}
            for heading, group in groupby(claims, key=lambda each: each.heading)
        ],
        "absences": [absence_json(each) for each in version.absences],
        "references": [reference_json(each) for each in version.references],
        "searched": {"documents": version.searched[0], "of": version.searched[1]},
        "library": version.library,
        "history": [
            {
                "at": move.at,
                "who": signer_json(people[move.who]),
                "state": move.state.value,
                "version": move.version,
                "words": move.words,
            }
            for move in article.moves
            if view.inside or move.state in _PUBLIC
        ],
        "inside": view.inside,
        "reviewers": [signer_json(people[each]) for each in article.reviewers] if view.inside else [],
        "comments": [
            {
                "claim": comment.claim,
                "version": comment.version,
                "who": signer_json(people[comment.who]),
                "words": comment.words,
                "at": comment.at,
            }
            for comment in (article.comments if view.inside else ())
        ],
        "steps": list(view.steps),
        "waiting": list(view.waiting),
        "seen": view.seen,
    }


def _claim(view: ArticleView, claim: ArticleClaim) -> dict[str, Any]:
    return {
        "number": claim.number,
        "key": claim.key,
        "text": claim.text,
        "quotes": [quote_json(quote) for quote in claim.quotes],
        "references": list(claim.references),
        "derived": [{"value": each.value, "arithmetic": each.arithmetic} for each in claim.derived],
        "edited": claim.edited,
        "own_words": claim.own_words,
        "removed": claim.removed,
        "said": [
            {
                "who": signer_json(view.people[each.who]),
                "word": each.word.value,
                "words": each.words if view.inside or each.word == "signed" else "",
                "conflicts": each.conflicts,
                "at": each.at,
            }
            for each in view.words[claim.number]
        ],
    }
