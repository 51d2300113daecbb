"""What the head of a work's page tells programs: Highwire tags, Open Graph, schema.org, COinS. Pure; nothing is escaped
twice: pairs come as they are, for a template that escapes; whole fragments come escaped."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, cast

from curbside.records import Author, Document
from curbside.writers.fields import (
    abstract_of,
    address_of,
    doi_address,
    inverted,
    is_journal_article,
    one_line,
    page_range,
    published,
    types_of,
)
from curbside.writers.links import context_object, holds_full_text, identifier_links, reuse
from curbside.writers.signs import spelled

_SHORT = 300
"""Most code points of a description."""


def highwire(document: Document, address: str = "") -> tuple[tuple[str, str], ...]:
    """Return the `citation_*` tags as (name, content) pairs, what belongs to an author after each author.

    Zotero's translator "Embedded Metadata" and Google Scholar read them.

    Args:
        document: the work.
        address: of its page, absolute, or "".
    """
    return tuple((name, one_line(words)) for name, words in _highwire(document, address) if one_line(words))


def _highwire(document: Document, address: str) -> Iterator[tuple[str, str]]:
    journal, ids = document.journal, document.ids
    year, month, day = published(document)
    first, last = page_range(document)
    yield "citation_title", marked_title(document)
    for author in document.authors:
        yield "citation_author", inverted(author)
        yield "citation_author_orcid", f"https://orcid.org/{author.orcid}" if author.orcid else ""
        for index in author.affiliations:
            yield "citation_author_institution", document.affiliations[index]
    yield "citation_publication_date", "/".join(filter(None, (year, month, day)))
    yield "citation_online_date", document.date("online").replace("-", "/")
    yield "citation_journal_title", journal.title or journal.abbreviation
    yield "citation_journal_abbrev", journal.abbreviation
    yield "citation_issn", journal.issn
    yield ("citation_eIssn" if journal.issn else "citation_issn"), journal.eissn
    yield "citation_volume", journal.volume
    yield "citation_issue", journal.issue
    yield "citation_firstpage", first
    yield "citation_lastpage", last
    yield "citation_doi", ids.doi or ""
    yield "citation_pmid", ids.pmid or ""
    yield "citation_language", document.language
    for word in document.keywords:
        yield "citation_keywords", word
    yield "citation_publisher", document.source
    yield "citation_abstract_html_url", address
    yield "citation_fulltext_html_url", address if reuse(document.licence).shown and holds_full_text(document) else ""


def marked_title(document: Document) -> str:
    """Return the title, with "RETRACTED: " before it where the work is and the title does not say so."""
    title = document.title.strip()
    if document.retracted and "retracted" not in title.lower()[:20]:
        return f"RETRACTED: {title}"
    return title


def description(document: Document) -> str:
    """Return the beginning of the abstract, cut between words, or the journal and the year where there is none."""
    words = one_line(abstract_of(document))
    if not words:
        return ", ".join(filter(None, (document.journal.title or document.source, published(document)[0])))
    return words if len(words) <= _SHORT else words[:_SHORT].rsplit(" ", 1)[0].rstrip(" ,;:(") + " …"


def open_graph(document: Document, address: str = "", site: str = "Curbside") -> tuple[tuple[str, str], ...]:
    """Return the Open Graph tags as (property, content) pairs (ogp.me; `article:*` of its type `article`)."""
    year, month, day = published(document)
    rows = [
        ("og:type", "article"),
        ("og:site_name", site),
        ("og:title", marked_title(document)),
        ("og:description", description(document)),
        ("og:url", address),
        ("og:locale", document.language.replace("-", "_")),
        ("article:published_time", "-".join(filter(None, (year, month, day)))),
        *(("article:tag", word) for word in document.keywords),
    ]
    return tuple((name, one_line(words)) for name, words in rows if one_line(words))


_ESCAPES = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})


def json_ld(document: Document, address: str = "") -> str:
    """Return the work as schema.org's `MedicalScholarlyArticle`, JSON for `<script type="application/ld+json">`.

    No `<`, `>` or `&` stands in it, so that no title can end the script (`</script>` comes as `\\u003c/script\\u003e`).
    """
    return as_data(_article(document, address))


def as_data(value: Mapping[str, Any]) -> str:
    """Return a value as JSON for a `<script>`, without what is empty, and with nothing that could end a script."""
    return json.dumps(_filled(dict(value)), ensure_ascii=False).translate(_ESCAPES)


def _filled(value: Any) -> Any:
    """Return a value without what is empty, at every depth; an object with a type and nothing more is empty too."""
    if isinstance(value, list):
        return [kept for each in cast(list[Any], value) if (kept := _filled(each))]
    if isinstance(value, dict):
        pairs = ((key, _filled(each)) for key, each in cast(dict[str, Any], value).items())
        kept = {key: each for key, each in pairs if each}
        return kept if set(kept) - {"@type"} else {}
    return one_line(spelled(str(value)))


def _article(document: Document, address: str) -> dict[str, Any]:
    journal, ids = document.journal, document.ids
    first, last = page_range(document)
    periodical = {
        "@type": "Periodical",
        "name": journal.title or journal.abbreviation,
        "alternateName": journal.abbreviation if journal.title else "",
        "issn": [journal.issn, journal.eissn],
    }
    volume = {"@type": "PublicationVolume", "volumeNumber": journal.volume, "isPartOf": periodical}
    issue = {"@type": "PublicationIssue", "issueNumber": journal.issue, "isPartOf": volume}
    part = issue if journal.issue else volume if journal.volume else periodical
    numbers = [("doi", ids.doi), ("pmid", ids.pmid), ("pmcid", ids.pmcid), ("nct", ids.nct)]
    return {
        "@context": "https://schema.org",
        "@type": "MedicalScholarlyArticle" if is_journal_article(document) else "MedicalWebPage",
        "@id": doi_address(ids.doi) if ids.doi else address,
        "url": address or address_of(document),
        "headline": marked_title(document),
        "alternativeHeadline": [title for _, title in document.other_titles],
        "author": [_person(author, document) for author in document.authors],
        "datePublished": "-".join(filter(None, published(document))),
        "inLanguage": document.language,
        "isPartOf": part,
        "pagination": journal.pages,
        "pageStart": first,
        "pageEnd": last,
        "identifier": [
            {"@type": "PropertyValue", "propertyID": name, "value": number} for name, number in numbers if number
        ],
        "sameAs": [href for _, href in identifier_links(document.ids)],
        "keywords": list(document.keywords),
        "publicationType": list(types_of(document)),
        "publisher": {"@type": "Organization", "name": document.source},
        "license": reuse(document.licence).address or document.licence,
        "creativeWorkStatus": "Retracted" if document.retracted else "",
        "abstract": abstract_of(document),
    }


def _person(author: Author, document: Document) -> dict[str, Any]:
    if author.collective:
        return {"@type": "Organization", "name": author.collective}
    return {
        "@type": "Person",
        "name": " ".join(filter(None, (author.given, author.family, author.suffix))),
        "familyName": author.family,
        "givenName": author.given,
        "honorificSuffix": author.suffix,
        "identifier": f"https://orcid.org/{author.orcid}" if author.orcid else "",
        "affiliation": [
            {"@type": "Organization", "name": document.affiliations[place]} for place in author.affiliations
        ],
    }


def coins(document: Document) -> str:
    """Return the COinS element of a work: an OpenURL context object in a span, as escaped HTML for a page."""
    return f'<span class="Z3988" title="{escape(context_object(document))}"></span>'


def head(document: Document, address: str = "", site: str = "Curbside") -> str:
    """Return everything that stands in the head of a work's page as HTML, escaped; unseen signs are spelled out.

    Args:
        document: the work.
        address: of its page, absolute; "" where none is known, then tags that need one are left out.
        site: name of the site.
    """
    pairs = highwire(document, address) if is_journal_article(document) else ()
    lines = [f'<meta name="{escape(name)}" content="{escape(spelled(words))}">' for name, words in pairs]
    lines += [
        f'<meta property="{escape(name)}" content="{escape(spelled(words))}">'
        for name, words in open_graph(document, address, site)
    ]
    lines += [f'<link rel="canonical" href="{escape(address)}">'] if address.startswith(("http://", "https://")) else []
    lines.append(f'<script type="application/ld+json">{json_ld(document, address)}</script>')
    return "\n".join(lines)
