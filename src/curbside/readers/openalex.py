"""Reads OpenAlex works: JSON Lines of works or of pages, or a page with its `results`.

Field names are those of the OpenAlex work object (2023 and later, `host_venue` of earlier ones too). Concepts and
topics are guesses of a model and are not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from curbside.readers import dates, fields
from curbside.readers.json_values import readings
from curbside.readers.layout import Abstract, Passage, lay_out
from curbside.readers.notices import complete
from curbside.records import (
    Author,
    Category,
    Dated,
    Document,
    DocumentKind,
    Heading,
    Identifiers,
    Journal,
    Notice,
    NoticeKind,
    Raw,
    Reading,
    normal_doi,
    normal_pmcid,
    normal_pmid,
)

Work = dict[str, Any]


def read(raw: Raw) -> Iterator[Reading]:
    """Yield each work with its line, and what could not be read."""
    yield from readings(raw, _document, "work", "The file holds no OpenAlex work.", _version)


def _version(work: Work) -> int:
    """Return the date that OpenAlex last updated the work, as yyyymmdd."""
    digits = dates.loose(_str(work, "updated_date")).replace("-", "")
    return int(digits) if len(digits) == 8 else 0


def _str(record: Work, *keys: str) -> str:
    """Return the first of the keys that holds words or a number, as text."""
    for key in keys:
        value = record.get(key)
        if isinstance(value, str) and value.strip():
            return fields.clean(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return ""


def _dict(record: Work, *keys: str) -> Work:
    """Return the first of the keys that holds an object with something in it."""
    for key in keys:
        value = record.get(key)
        if isinstance(value, dict) and value:
            return cast(Work, value)
    return {}


def _dicts(record: Work, key: str) -> list[Work]:
    value = record.get(key)
    return (
        [cast(Work, item) for item in cast(list[Any], value) if isinstance(item, dict)]
        if isinstance(value, list)
        else []
    )


def _strings(value: Any) -> list[str]:
    items = cast(list[Any], value) if isinstance(value, list) else [value]
    return [text for item in items if isinstance(item, str) and (text := fields.clean(item))]


def abstract_of(index: Any) -> str:
    """Return the text of an inverted index (word -> positions), words in order, one space between them."""
    if not isinstance(index, dict):
        return ""
    placed: list[tuple[int, str]] = []
    for word, positions in cast(dict[str, Any], index).items():
        if isinstance(positions, list):
            placed += [(at, word) for at in cast(list[Any], positions) if isinstance(at, int)]
    placed.sort()
    return fields.unmarked(fields.clean(" ".join(word for _, word in placed)))


def _document(work: Work) -> Document:
    title = fields.unmarked(_str(work, "title", "display_name"))
    abstract = abstract_of(work.get("abstract_inverted_index")) or _str(work, "abstract")
    abstracts = [Abstract([Passage("", Category.NONE, abstract)])] if abstract else []
    laid = lay_out(title, abstracts)
    people, places = _people(work)
    location = _dict(work, "primary_location", "best_oa_location")
    types = tuple(dict.fromkeys(kind for key in ("type", "type_crossref") if (kind := _str(work, key))))
    received = [Notice(NoticeKind.RETRACTION, False, Identifiers(), "is_retracted")] if work.get("is_retracted") else []
    return Document(
        "",
        laid.text,
        DocumentKind.ARTICLE,
        title,
        fields.language(_str(work, "language")),
        laid.parts,
        laid.sections,
        laid.blocks,
        ids=_ids(work, location),
        authors=people,
        affiliations=places,
        journal=_journal(work, location),
        dates=_dates(work),
        types=types,
        headings=_headings(work),
        keywords=tuple(dict.fromkeys(_keywords(work))),
        notices=complete(types, received, title),
        licence=_str(_dict(work, "best_oa_location"), "license") or _str(location, "license"),
    )


def _dates(work: Work) -> tuple[Dated, ...]:
    """Return the publication date; OpenAlex writes 1 January where it only knows the year, so that says the year."""
    printed = _str(work, "publication_date") or _str(work, "publication_year")
    if printed.endswith("-01-01"):
        return (Dated("published", printed[:4], printed),) if dates.loose(printed) else ()
    return dates.dated("published", printed)


def _keywords(work: Work) -> list[str]:
    named = [_str(item, "display_name", "keyword") for item in _dicts(work, "keywords")]
    return [word for word in (*named, *_strings(work.get("keywords"))) if word]


def _people(work: Work) -> tuple[tuple[Author, ...], tuple[str, ...]]:
    """Return the authors with ORCID and affiliations: as printed where OpenAlex has that, else the institutions."""
    people: list[Author] = []
    places: dict[str, int] = {}
    for authorship in _dicts(work, "authorships"):
        author = _dict(authorship, "author")
        printed = _str(author, "display_name") or _str(authorship, "raw_author_name")
        where = _strings(authorship.get("raw_affiliation_strings")) or _strings(
            authorship.get("raw_affiliation_string")
        )
        where = where or [name for item in _dicts(authorship, "institutions") if (name := _str(item, "display_name"))]
        indexes = tuple(dict.fromkeys(places.setdefault(place, len(places)) for place in where))
        if printed:
            people.append(fields.name(printed, _str(author, "orcid"), indexes))
    return tuple(people), tuple(places)


def _journal(work: Work, location: Work) -> Journal:
    """Return where the work appeared; of its ISSNs the linking one counts as the print one."""
    source = _dict(location, "source") or _dict(work, "host_venue")
    issn = fields.issn(_str(source, "issn_l"))
    rest = [
        checked for printed in _strings(source.get("issn")) if (checked := fields.issn(printed)) and checked != issn
    ]
    biblio = _dict(work, "biblio")
    first, last = _str(biblio, "first_page"), _str(biblio, "last_page")
    pages = fields.pages(f"{first}-{last}" if last and last != first else first)
    eissn = rest[0] if rest else ""
    return Journal(_str(source, "display_name"), "", issn, eissn, _str(biblio, "volume"), _str(biblio, "issue"), pages)


def _ids(work: Work, location: Work) -> Identifiers:
    ids = _dict(work, "ids")
    others = [("openalex", _str(work, "id").rsplit("/", 1)[-1])] if _str(work, "id") else []
    others += [("mag", _str(ids, "mag"))] if _str(ids, "mag") else []
    address = _str(location, "landing_page_url")
    others += [("url", address)] if address.startswith(("http://", "https://")) else []
    pmcid = normal_pmcid(_str(ids, "pmcid").rstrip("/").rsplit("/", 1)[-1])
    doi = normal_doi(_str(work, "doi")) or normal_doi(_str(ids, "doi"))
    return Identifiers(normal_pmid(_pmid(ids, work)), pmcid, doi, None, tuple(others))


def _pmid(ids: Work, work: Work) -> str:
    return (_str(ids, "pmid") or _str(work, "pmid")).rstrip("/").rsplit("/", 1)[-1]


def _headings(work: Work) -> tuple[Heading, ...]:
    """Return the MeSH headings; OpenAlex repeats the descriptor for each qualifier."""
    majors: dict[tuple[str, str], bool] = {}
    qualifiers: dict[tuple[str, str], list[tuple[str, bool]]] = {}
    for item in _dicts(work, "mesh"):
        name, qualifier = _str(item, "descriptor_name"), _str(item, "qualifier_name")
        key, major = (name, _str(item, "descriptor_ui")), bool(item.get("is_major_topic"))
        if not name:
            continue
        majors[key] = majors.get(key, False) or major
        qualifiers.setdefault(key, [])
        if qualifier:
            qualifiers[key].append((qualifier, major))
    return tuple(Heading(name, ui, majors[name, ui], tuple(qualifiers[name, ui])) for name, ui in majors)
