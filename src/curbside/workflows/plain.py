"""Results of workflows as plain JSON-able values: the shapes that `--json` prints and the API sends."""

from __future__ import annotations

from typing import Any

from curbside.records import Added, Facets
from curbside.workflows.find import Found
from curbside.workflows.show import Place
from curbside.writers.nlm import nlm
from curbside.writers.plain import filters_json, hit_json, problem_json


def found_json(found: Found) -> dict[str, Any]:
    """Return a page of results; each hit with its record, its passage and where the telling words of it are."""
    query = found.query
    return {
        "query": query.text,
        "advanced": query.advanced,
        "filters": filters_json(query.filters),
        "concepts": [{"name": each.name, "concept": each.concept, "ids": list(each.ids)} for each in query.expansions],
        "notes": list(found.notes),
        "total": found.total,
        "offset": query.offset,
        "hits": [
            hit_json(each.hit, each.holding) | {"snippet": {"start": each.snippet.start, "end": each.snippet.end}}
            for each in found.results
        ],
    }


def facets_json(facets: Facets) -> dict[str, Any]:
    """Return counts as objects, in the order given: most first, years latest first."""
    return {
        "total": facets.total,
        "kinds": dict(facets.kinds),
        "evidence": dict(facets.evidence),
        "ages": dict(facets.ages),
        "years": {str(year): count for year, count in facets.years},
    }


def place_json(place: Place) -> dict[str, Any]:
    """Return a place of a document: its words, the passage around them, the headings above, who speaks."""
    document = place.holding.document
    return {
        "document": document.id,
        "work": place.holding.work,
        "title": document.title,
        "citation": nlm(place.holding.marked),
        "start": place.span.start,
        "end": place.span.end,
        "words": place.span.of(document.text),
        "passage": {
            "start": place.around.start,
            "end": place.around.end,
            "words": place.around.of(document.text),
        },
        "headings": list(place.headings),
        "role": place.role.value if place.role else "",
    }


def added_json(added: Added) -> dict[str, Any]:
    """Return what an add did."""
    return {
        "added": added.added,
        "joined": added.joined,
        "replaced": added.replaced,
        "deleted": added.deleted,
        "present": added.present,
        "files": added.files,
        "problems": [problem_json(each) for each in added.problems],
    }
