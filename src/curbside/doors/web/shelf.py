"""The shelf: a page for every work, and lists by author, journal, issue, year, keyword, drug and condition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from curbside.doors.web.pages import page, web_of
from curbside.errors import NotHeld
from curbside.records import Author, Concept, ConceptKind, Facets, Filters, Holding, Query, normal_orcid
from curbside.records.shelf import author_key, issue_key, journal_keys, normal_volume, plain, shelf_key
from curbside.wiring import Library
from curbside.workflows.find import EVERYTHING
from curbside.workflows.shelf import Listing, all_listed, listed
from curbside.writers.html_document import named
from curbside.writers.html_work import work_line

MOST = 400
"""Documents of an author or a journal that are read at once; a list beyond it says so."""

_LONGEST = 200
_CO_AUTHORS = 30


@dataclass(frozen=True, slots=True)
class Link:
    """A way on, with how many documents lie there (None: not counted)."""

    words: str
    href: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways on under a heading."""

    heading: str
    links: tuple[Link, ...]


def author(request: Request) -> Response:
    """List the works under a name, or under an ORCID iD, with the forms of the name and who wrote with them."""
    typed = _asked(request, "name")
    orcid = normal_orcid(typed)
    shelf = f"orcid:{orcid}" if orcid else shelf_key(f"author:{typed}")
    with web_of(request).pool.reading() as library:
        found = _all(library, shelf, f"Nothing in this library is by an author “{typed}”.")
        tallied = library.tally_of_author(shelf)
    holdings = [each for work in found.works for each in work]

    def is_meant(one: Author) -> bool:
        return one.orcid == orcid if orcid else f"author:{author_key(one)}" == shelf

    meant = [one for each in holdings for one in each.document.authors if is_meant(one)]
    forms = Counter(named(one) for one in meant)
    known = Counter(one.orcid for one in meant if one.orcid and one.orcid != orcid)
    others = Counter(
        key for each in holdings for one in each.document.authors if (key := author_key(one)) and not is_meant(one)
    )
    spelt = {author_key(one): named(one) for each in holdings for one in each.document.authors}
    notes = [] if orcid else ["Everybody with this family name and first initial; they may be several people."]
    ways = (
        Ways("As printed", tuple(Link(name, "", count) for name, count in forms.most_common())),
        Ways("By ORCID iD", tuple(Link(one, f"/authors/{one}", count) for one, count in known.most_common())),
        Ways(
            "Wrote with",
            tuple(
                Link(spelt[key], f"/authors/{quote(key, safe='')}", count)
                for key, count in others.most_common(_CO_AUTHORS)
            ),
        ),
    )
    title = forms.most_common(1)[0][0] if forms else typed
    return _page(request, "Author", title, found, ways, notes, orcid=orcid or "", tallied=tallied)


def journal(request: Request) -> Response:
    """List a journal's works by issue, or the contents of one issue."""
    typed = _asked(request, "name")
    key = shelf_key(f"journal:{typed}").removeprefix("journal:")
    volume, issue = (request.query_params.get(name, "")[:_LONGEST] for name in ("volume", "issue"))
    with web_of(request).pool.reading() as library:
        found = _all(library, f"journal:{key}", f"Nothing in this library appeared in a journal “{typed}”.")
        keys = {one for work in found.works for each in work for one in journal_keys(each.document.journal)}
        alike = {one for one in keys if one == key or _shared(one, key, found)}
        wanted = [issue_key(one, volume, issue) for one in alike] if volume else [f"journal:{one}" for one in alike]
        found = all_listed(Filters(shelves=tuple(sorted(wanted))), library.store, library.index, MOST)
    holdings = [each for work in found.works for each in work]
    if not holdings:
        raise NotHeld(f"Nothing of volume {volume}({issue}) of this journal is held.")
    title = _most([each.document.journal.title or each.document.journal.abbreviation for each in holdings]) or typed
    address = f"/journals/{quote(key, safe='')}"
    issns = Counter(
        one for each in holdings for one in (each.document.journal.issn, each.document.journal.eissn) if one
    )
    notes = [f"ISSN {', '.join(issns)}"] if issns else []
    if volume:
        found = Listing(_by_page(found.works), found.total, 1, 1)
        printed = volume + (f"({issue})" if issue else "")
        ways = (Ways("", (Link(f"All of {title}", address),)),)
        return _page(request, "Issue", f"{title} {printed}", found, ways, notes)
    return _page(request, "Journal", title, found, (_issues(holdings, address),), notes)


def _shared(one: str, key: str, found: Listing) -> bool:
    """Tell whether a record names the journal by both keys."""
    return any({one, key} <= set(journal_keys(each.document.journal)) for work in found.works for each in work)


def _most(values: Sequence[str]) -> str:
    counted = Counter(value for value in values if value).most_common(1)
    return counted[0][0] if counted else ""


def _by_page(works: Sequence[tuple[Holding, ...]]) -> tuple[tuple[Holding, ...], ...]:
    """Return works in the order of their first pages, as an issue's table of contents has them."""

    def first(work: tuple[Holding, ...]) -> tuple[int, str, str]:
        start = next((each.document.journal.pages for each in work if each.document.journal.pages), "").split("-")[0]
        digits = "".join(filter(str.isdecimal, start))
        return (int(digits) if digits else 10**9, start, work[0].work)

    return tuple(sorted(works, key=first))


def _issues(holdings: Sequence[Holding], address: str) -> Ways:
    """Return the issues of a journal that something is held of, latest first."""
    counts: Counter[tuple[str, str]] = Counter()
    told: dict[tuple[str, str], tuple[str, str, int]] = {}
    for each in holdings:
        held = each.document.journal
        if held.volume:
            key = (normal_volume(held.volume), normal_volume(held.issue))
            counts[key] += 1
            told.setdefault(key, (held.volume, held.issue, each.document.year or 0))
    order = sorted(counts, key=lambda key: (-told[key][2], [_number(part) for part in key], key), reverse=False)
    links = [
        Link(
            told[key][0]
            + (f"({told[key][1]})" if told[key][1] else "")
            + (f", {told[key][2]}" if told[key][2] else ""),
            f"{address}?volume={quote(told[key][0], safe='')}&issue={quote(told[key][1], safe='')}",
            counts[key],
        )
        for key in order
    ]
    return Ways("Issues", tuple(links))


def _number(text: str) -> int:
    digits = "".join(filter(str.isdecimal, text.split(" ", maxsplit=1)[0]))
    return -int(digits) if digits else 0


def keyword(request: Request) -> Response:
    """List the works under a keyword or subject heading."""
    typed = _asked(request, "name")
    with web_of(request).pool.reading() as library:
        found = listed(Filters(shelves=(f"keyword:{plain(typed)}",)), library.store, library.index, _number_of(request))
    if not found.total:
        raise NotHeld(f"Nothing in this library has the keyword “{typed}”. Search for the word instead.")
    return _page(request, "Keyword", _as_printed(typed, found), found)


def _as_printed(typed: str, found: Listing) -> str:
    for work in found.works:
        for each in work:
            for word in (*each.document.keywords, *(heading.name for heading in each.document.headings)):
                if plain(word) == plain(typed):
                    return word
    return typed


def drug(request: Request) -> Response:
    """List the works about a drug or a class of drugs."""
    return _concept(request, "drugs", (ConceptKind.DRUG, ConceptKind.DRUG_CLASS))


def condition(request: Request) -> Response:
    """List the works about a condition."""
    return _concept(request, "conditions", (ConceptKind.CONDITION,))


def _concept(request: Request, field: str, kinds: Sequence[ConceptKind]) -> Response:
    typed = _asked(request, "name")
    with web_of(request).pool.reading() as library:
        vocabulary = library.vocabulary
        concept = vocabulary.get(typed) or vocabulary.find(typed)
        if concept is None or concept.kind not in kinds:
            raise NotHeld(f"The vocabulary knows no {kinds[0].value} “{typed}”. Search for the word instead.")
        if typed != concept.id:
            return RedirectResponse(f"/{field}/{concept.id}", 303)
        filters = Filters(drugs=(concept.id,)) if field == "drugs" else Filters(conditions=(concept.id,))
        found = listed(filters, library.store, library.index, _number_of(request))
        facets = library.index.facets(Query(EVERYTHING, (), filters, True))
        pairs = _pairs(library, concept, found, field)
    kinds_held = Ways("What is held", tuple(Link(value, "", count) for value, count in facets.evidence))
    names = [name for name in vocabulary.names(concept.id) if name != concept.name]
    notes = [f"Also called {', '.join(names[:8])}."] if names else []
    if not found.total:
        notes.append("Nothing held is about it.")
    weighed = Ways("Weighed", pairs)
    return _page(request, concept.kind.value.capitalize(), concept.name, found, (kinds_held, weighed), notes)


def _pairs(library: Library, concept: Concept, found: Listing, field: str) -> tuple[Link, ...]:
    """Return the profiles of the pairs that works of this page are about, most works first."""
    other = "conditions" if field == "drugs" else "drugs"
    counts = Counter(one for work in found.works for one in dict.fromkeys(getattr(work[0].profile, other)[:2]))
    links: list[Link] = []
    for one, _ in counts.most_common(8):
        names = library.vocabulary.names(one)
        pair = (concept.id, one) if field == "drugs" else (one, concept.id)
        if names:
            words = f"{concept.name} for {names[0]}" if field == "drugs" else f"{names[0]} for {concept.name}"
            links.append(Link(words, f"/evidence?drug={pair[0]}&condition={pair[1]}"))
    return tuple(links)


def archive(request: Request) -> Response:
    """Show the years and journals that something is held of."""
    with web_of(request).pool.reading() as library:
        facets: Facets = library.index.facets(Query(EVERYTHING, (), Filters(), True))
        venues = library.index.venues()
    undated = facets.total - sum(count for _, count in facets.years)
    years = [Link(str(year), f"/archive/{year}", count) for year, count in facets.years]
    ways = (
        Ways("Years", tuple(years)),
        Ways(
            "Journals",
            tuple(
                Link(name, f"/journals/{quote(plain(name), safe='')}", count)
                for name, count in sorted(venues, key=lambda pair: plain(pair[0]))
                if plain(name)
            ),
        ),
    )
    notes = [f"{undated:,} documents have no year."] if undated else []
    return _page(request, "Archive", "What is held, by year and journal", None, ways, notes)


def year(request: Request) -> Response:
    """List the works of a year."""
    wanted: int = request.path_params["year"]
    with web_of(request).pool.reading() as library:
        found = listed(Filters(since=wanted, until=wanted), library.store, library.index, _number_of(request))
    if not found.total:
        raise NotHeld(f"Nothing of {wanted} is held.")
    return _page(request, "Archive", str(wanted), found, (Ways("", (Link("All years and journals", "/archive"),)),))


def _all(library: Library, shelf: str, missing: str) -> Listing:
    """Return everything under a key at once, up to `MOST` documents.

    Raises:
        NotHeld: with the words `missing`, if there is nothing.
    """
    found = all_listed(Filters(shelves=(shelf,)), library.store, library.index, MOST)
    if not found.total:
        raise NotHeld(missing)
    return found


def _asked(request: Request, name: str) -> str:
    return " ".join(str(request.path_params[name]).split())[:_LONGEST]


def _number_of(request: Request) -> int:
    typed = request.query_params.get("page", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 6 else 1


def _page(
    request: Request,
    kicker: str,
    title: str,
    found: Listing | None,
    ways: Sequence[Ways] = (),
    notes: Sequence[str] = (),
    **more: Any,
) -> Response:
    lines = [work_line(work) for work in found.works] if found else []
    context = {
        "kicker": kicker,
        "title": title,
        "lines": lines,
        "found": found,
        "ways": [each for each in ways if each.links],
        "notes": notes,
        "orcid": "",
        "tallied": None,
        "most": MOST,
        **more,
    }
    return page(request, "shelf.html", context, headers={"Cache-Control": "private, no-cache"})
