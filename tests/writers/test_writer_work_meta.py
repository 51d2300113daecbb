"""What the head of a work's page says, read again as reference managers and indexers read it."""

from __future__ import annotations

import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from writer_samples import RETRACTION, document

from curbside.records import (
    Author,
    Block,
    BlockKind,
    Dated,
    Document,
    DocumentKind,
    Identifiers,
    Journal,
    Part,
    PartRole,
    Span,
)
from curbside.writers.links import context_object, full_text, holds_full_text, openurl, reuse
from curbside.writers.work_meta import coins, description, head, highwire, json_ld, open_graph

ADDRESS = "https://desk.example.org/works/w0c1f6a53f0e4"
ATTACK = '</script><script>alert(1)</script>"><img src=x onerror=alert(1)>\u2028\u202e&amp;'


class Head(HTMLParser):
    """What a browser makes of a head: meta tags in order, the text of scripts, every element."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[tuple[str, str]] = []
        self.elements: list[str] = []
        self.scripts: list[str] = []
        self.links: list[dict[str, str]] = []
        self._within = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        given = {name: value or "" for name, value in attrs}
        self.elements.append(tag)
        if tag == "meta":
            self.names.append((given.get("name", given.get("property", "")), given["content"]))
        if tag == "script":
            self._within = True
            self.scripts.append("")
        if tag in ("link", "span"):
            self.links.append(given)

    def handle_endtag(self, tag: str) -> None:
        """Leave a script."""
        self._within = self._within and tag != "script"

    def handle_data(self, data: str) -> None:
        """Take the words of a script."""
        if self._within:
            self.scripts[-1] += data


def zotero(text: str) -> dict[str, Any]:
    """The item that Zotero's translator "Embedded Metadata" makes of a head with Highwire tags.

    Its rules, as its public source has them: `citation_journal_title` makes a journal's article; an author with a
    comma is "family, given", one without is divided at the last blank; pages are first and last with a hyphen; dates
    have hyphens for slashes; ISSNs are `citation_issn` and else `citation_eIssn`; keywords are divided at commas and
    semicolons where there is one tag alone; the PMID goes to the extra field.
    """
    tags: dict[str, list[str]] = {}
    for name, content in Head(text).names:
        tags.setdefault(name.lower(), []).append(content.strip())

    def one(*names: str) -> str:
        return next((tags[name][0] for name in names if name in tags), "")

    creators = []
    for name in tags.get("citation_author", []):
        family, comma, given = name.partition(",")
        if not comma:
            given, _, family = name.rpartition(" ")
        creators.append((family.strip(), given.strip()))
    first, last = one("citation_firstpage"), one("citation_lastpage")
    words = tags.get("citation_keywords", [])
    return {
        "itemType": "journalArticle" if "citation_journal_title" in tags else "webpage",
        "title": one("citation_title"),
        "creators": creators,
        "date": one("citation_publication_date", "citation_date").replace("/", "-"),
        "publicationTitle": one("citation_journal_title"),
        "journalAbbreviation": one("citation_journal_abbrev"),
        "volume": one("citation_volume"),
        "issue": one("citation_issue"),
        "pages": "-".join(filter(None, (first, last))),
        "ISSN": one("citation_issn", "citation_eissn"),
        "DOI": one("citation_doi"),
        "extra": f"PMID: {one('citation_pmid')}" if "citation_pmid" in tags else "",
        "language": one("citation_language"),
        "tags": words if len(words) > 1 else re.split(r"\s*[,;]\s*", one("citation_keywords")),
    }


def test_zotero_gets_the_same_record() -> None:
    """Field by field, the group apart, which Zotero divides like a name without a comma."""
    made = document()
    item = zotero(head(made, ADDRESS))
    assert item == {
        "itemType": "journalArticle",
        "title": made.title,
        "creators": [("Ärmel", "Anna B, Jr"), ("van der Rot", "Jean-Pierre"), ("Group", "Red Spot Study")],
        "date": "2025-10-03",
        "publicationTitle": "Journal of Made-Up Medicine",
        "journalAbbreviation": "J Made Up Med",
        "volume": "42",
        "issue": "5",
        "pages": "494-501",
        "ISSN": "2049-3630",
        "DOI": "10.9999/mum.1",
        "extra": "PMID: 99000001",
        "language": "en",
        "tags": ["red spots", "zedocream"],
    }


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"journal": Journal("", "J Inv", "", "0317-8471", "XLII", "", "e12")}, "pages", "e12"),
        ({"journal": Journal("", "J Inv", "", "0317-8471", "XLII", "", "e12")}, "ISSN", "0317-8471"),
        ({"journal": Journal("", "J Inv")}, "publicationTitle", "J Inv"),
        ({"dates": (Dated("online", "2025-10"),)}, "date", "2025-10"),
        ({"notices": (RETRACTION,)}, "title", "RETRACTED: Zedocream for spots"),
        ({"ids": Identifiers(doi="10.1/(a)<b>;c#d")}, "DOI", "10.1/(a)<b>;c#d"),
        ({"kind": DocumentKind.PAGE, "journal": Journal()}, "itemType", "webpage"),
    ],
)
def test_zotero_gets_what_is_known(changes: dict[str, Any], field: str, value: str) -> None:
    """Online ISSN alone, article numbers, partial dates, retractions, odd DOIs."""
    assert zotero(head(document(**changes)))[field] == value


def test_affiliations_and_orcid_follow_their_author() -> None:
    """As indexers read them."""
    names = [name for name, _ in highwire(document())]
    place = names.index("citation_author")
    assert names[place : place + 4] == [
        "citation_author",
        "citation_author_orcid",
        "citation_author_institution",
        "citation_author",
    ]


def test_json_ld_has_the_work_and_nothing_empty() -> None:
    """A medical scholarly article in its issue, volume and journal."""
    made = json.loads(json_ld(document(), ADDRESS))
    assert (made["@type"], made["headline"], made["datePublished"]) == (
        "MedicalScholarlyArticle",
        "Zedocream for spots",
        "2025-10-03",
    )
    assert made["author"][0]["identifier"] == "https://orcid.org/0000-0002-1825-0097"
    assert made["author"][2] == {"@type": "Organization", "name": "Red Spot Study Group"}
    issue = made["isPartOf"]
    assert (issue["issueNumber"], issue["isPartOf"]["volumeNumber"]) == ("5", "42")
    assert issue["isPartOf"]["isPartOf"]["issn"] == ["2049-3630", "0317-8471"]
    assert {"@type": "PropertyValue", "propertyID": "doi", "value": "10.9999/mum.1"} in made["identifier"]
    assert "creativeWorkStatus" not in made
    assert json.loads(json_ld(document(notices=(RETRACTION,))))["creativeWorkStatus"] == "Retracted"

    def empty(value: Any) -> bool:
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return value in ("", None, [], {}) or any(empty(each) for each in inner)

    assert not empty(json.loads(json_ld(document(journal=Journal(), authors=(), ids=Identifiers()))))


def test_open_graph() -> None:
    """Title, beginning of the abstract, address, date."""
    tags = dict(open_graph(document(), ADDRESS))
    assert (tags["og:type"], tags["og:title"], tags["og:url"]) == ("article", "Zedocream for spots", ADDRESS)
    assert tags["og:description"] == "Methods: Forty children (P<0.001). Results: 12/20 against 5/20."
    assert tags["article:published_time"] == "2025-10-03"


def test_a_long_abstract_is_cut_between_words() -> None:
    """And one that is missing is replaced by journal and year."""
    text = "word " * 200
    made = document()
    long = Document(
        "", text, made.kind, "T", parts=(Part(Span(0, len(text)), PartRole.ABSTRACT),),
        blocks=(Block(Span(0, len(text)), BlockKind.PARAGRAPH, 0),)
    )  # fmt: skip
    assert len(description(long)) <= 302 and description(long).endswith("word …")
    bare = Document("", "", made.kind, "T", journal=Journal("J Inv"), dates=(Dated("published", "2001"),))
    assert description(bare) == "J Inv, 2001"


def hostile() -> Document:
    """A work whose every field is an attack."""
    return document(
        title=ATTACK,
        authors=(Author(ATTACK, ATTACK, ATTACK, "", "", (0,)), Author(collective=ATTACK)),
        affiliations=(ATTACK,),
        journal=Journal(ATTACK, ATTACK, "", "", ATTACK, ATTACK, ATTACK),
        ids=Identifiers(doi=f"10.1/{ATTACK}"),
        keywords=(ATTACK,),
        source=ATTACK,
        licence=ATTACK,
        language="en",
    )


def test_nothing_of_a_hostile_work_becomes_markup() -> None:
    """The head has our elements and no others; the script ends where ours ends; no sign turns words round."""
    parsed = Head(head(hostile(), ADDRESS) + coins(hostile()))
    assert set(parsed.elements) == {"meta", "link", "script", "span"}
    assert parsed.elements.count("script") == 1 and json.loads(parsed.scripts[0])["@type"] == "MedicalScholarlyArticle"
    assert "\u202e" not in head(hostile()) and "\u2028" not in head(hostile())
    assert "<" not in json_ld(hostile())


@pytest.mark.parametrize("address", ["javascript:alert(1)", "", '"><script>'])
def test_no_address_but_of_the_web_is_canonical(address: str) -> None:
    """Anything else is left out."""
    assert "link" not in Head(head(document(), address)).elements


# COinS and OpenURL


def pairs(query: str) -> list[tuple[str, str]]:
    """A query string, decoded by hand: names and values."""
    found = [each.partition("=") for each in query.split("&")]
    return [
        (name, bytes(re.sub(r"%([0-9A-F]{2})", lambda m: chr(int(m[1], 16)), value), "latin-1").decode())
        for name, _, value in found
    ]


def test_coins_is_a_context_object() -> None:
    """Z39.88-2004, in a span of the class that Zotero looks for."""
    (span,) = Head(coins(document())).links
    assert span["class"] == "Z3988" and span["title"] == context_object(document())
    said = pairs(span["title"])
    assert said[:3] == [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
        ("rft.genre", "article"),
    ]
    assert ("rft.aulast", "Ärmel") in said and ("rft.au", "Jean-Pierre van der Rot") in said
    assert ("rft.aucorp", "Red Spot Study Group") in said
    assert ("rft_id", "info:doi/10.9999/mum.1") in said and ("rft.spage", "494") in said
    page = pairs(context_object(document(kind=DocumentKind.PAGE, journal=Journal())))
    assert ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc") in page and ("rft.title", "Zedocream for spots") in page


@pytest.mark.parametrize(
    ("resolver", "begins"),
    [
        ("https://r.example.org/find", "https://r.example.org/find?ctx_ver="),
        ("https://r.example.org/find?sid=x", "https://r.example.org/find?sid=x&ctx_ver="),
        (
            "https://proxy.example.org/login?url=https://r/{openurl}",
            "https://proxy.example.org/login?url=https://r/ctx",
        ),
        ("javascript:alert(1)", ""),
        ("", ""),
        ('https://r.example.org/"><script>', ""),
    ],
)
def test_openurl(resolver: str, begins: str) -> None:
    """A base address, or a template; nothing but http(s)."""
    made = openurl(document(), resolver)
    assert made.startswith(begins) and bool(made) is bool(begins)


# Full text and licences


@pytest.mark.parametrize(
    ("licence", "name", "shown", "condition"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0", True, ""),
        ("http://creativecommons.org/licenses/by-nc-nd/3.0/igo", "CC BY-NC-ND 3.0", True, "not for commercial use, unchanged"),
        ("cc-by-sa", "CC BY-SA", True, "under the same licence"),
        ("CC BY-NC 4.0", "CC BY-NC 4.0", True, "not for commercial use"),
        ("cc0", "CC0", True, ""),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0", True, ""),
        ("public-domain", "public domain", True, ""),
        ("This is distributed under the Creative Commons Attribution License, which permits use", "CC BY", True, ""),
        ("the Creative Commons Attribution-NonCommercial-NoDerivs 2.0 licence", "CC BY-NC-ND 2.0", True, "not for commercial use, unchanged"),
        ("publisher-specific-oa", "", False, ""),
        ("This article is free to read.", "", False, ""),
        ("All rights reserved", "", False, ""),
        ("", "", False, ""),
    ],
)  # fmt: skip
def test_what_a_licence_allows(licence: str, name: str, shown: bool, condition: str) -> None:
    """Creative Commons and the public domain, by address, code or words; nothing else allows an own copy."""
    found = reuse(licence)
    assert (found.name, found.shown, found.condition) == (name, shown, condition)


def body(licence: str) -> Document:
    """A work with the text of its body."""
    return document(
        licence=licence, parts=(Part(Span(0, 19), PartRole.ABSTRACT), Part(Span(21, 28), PartRole.BODY)), sections=()
    )


def test_full_text_links() -> None:
    """Own copy first, where there is a body and the licence allows it; then free ones, then the publisher."""
    ways = full_text(body("CC BY-NC 4.0"), "/documents/d1", "https://r.example.org/find")
    assert [(way.name, way.note) for way in ways] == [
        ("own", "CC BY-NC 4.0, not for commercial use"),
        ("pmc", "free"),
        ("europepmc", "free"),
        ("doi", "may ask for a subscription"),
        ("openurl", "by its link resolver"),
    ]
    assert ways[0].href == "/documents/d1" and ways[3].href == "https://doi.org/10.9999/mum.1"
    assert holds_full_text(body(""))


@pytest.mark.parametrize("made", [body("All rights reserved"), body(""), document(licence="CC BY 4.0")])
def test_no_own_copy_without_leave_or_text(made: Document) -> None:
    """A record with an abstract is no copy; a copy without a licence is not shown as one."""
    assert [way.name for way in full_text(made, "/documents/d1")] == ["pmc", "europepmc", "doi"]


def test_links_of_little() -> None:
    """A PMID alone leads to Europe PMC; nothing leads nowhere."""
    (way,) = full_text(document(ids=Identifiers("99000001")))
    assert way.href == "https://europepmc.org/article/MED/99000001"
    assert full_text(document(ids=Identifiers())) == ()
