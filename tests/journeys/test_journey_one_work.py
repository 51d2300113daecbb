"""The same article from several places is one work with several documents, joined by identifiers alone."""

from __future__ import annotations

import json
from dataclasses import replace

from journey import PAPER, QUESTION, Person, pubmed_set


def test_ris_nbib_and_pubmed_of_one_article_are_one_work(someone: Person) -> None:
    """Three files, one new work, two further documents; asking cites it under one number."""
    files = {"a.ris": PAPER.ris(), "a.nbib": PAPER.nbib(), "a.xml": pubmed_set(PAPER.pubmed())}
    for name, text in files.items():
        someone.writes(name, text)
    told = someone.types("add", *files, "--json").json
    assert (told["added"], told["joined"], told["problems"]) == (1, 2, [])
    documents = someone.types("show", PAPER.pmid, "--json").json["documents"]
    assert len(documents) == 3 and len({each["work"] for each in documents}) == 1
    answer = someone.asks(QUESTION)
    assert [entry["number"] for entry in answer["references"]] == [1]


def test_a_record_with_the_missing_identifier_joins_two_works(someone: Person) -> None:
    """One file knows the PMID, one the DOI, the third both: then all three are one work, whichever came first."""
    someone.writes("pmid.jsonl", json.dumps({"title": PAPER.title, "pmid": PAPER.pmid}))
    someone.writes("doi.jsonl", json.dumps({"title": PAPER.title, "doi": PAPER.doi}))
    assert someone.types("add", "pmid.jsonl", "doi.jsonl", "--json").json["added"] == 2
    someone.writes("both.xml", pubmed_set(PAPER.pubmed()))
    someone.types("add", "both.xml")
    assert someone.types("status", "--json").json["works"] == 1


def test_the_same_title_alone_never_joins(someone: Person) -> None:
    """Two records with one title and different identifiers stay two works."""
    someone.writes("a.ris", PAPER.ris())
    someone.writes("b.ris", replace(PAPER, pmid="99000002", doi="10.5555/curbside.2").ris())
    someone.types("add", "a.ris", "b.ris")
    assert someone.types("status", "--json").json["works"] == 2


def test_identifiers_find_the_work_in_each_spelling(reader: Person) -> None:
    """Prefix, address and bare number mean the same; a work id and a document id are names too."""
    document = reader.types("show", PAPER.pmid, "--json").json["documents"][0]
    names = (
        f"pmid:{PAPER.pmid}",
        f"PMID {PAPER.pmid}",
        PAPER.doi.upper(),
        f"https://doi.org/{PAPER.doi}",
        document["work"],
        document["document"],
    )
    for name in names:
        assert reader.types("show", name, "--json").json["documents"][0]["document"] == document["document"], name


def test_adding_twice_is_adding_once(reader: Person) -> None:
    """The same file again, and the same bytes under another name: nothing new, exit 0."""
    assert reader.types("add", "paper.xml", "--json").json["present"] == 1
    reader.writes("copy of it.xml", (reader.folder / "paper.xml").read_bytes())
    told = reader.types("add", "copy of it.xml", "--json").json
    assert (told["added"], told["joined"], told["present"]) == (0, 0, 1)
    assert reader.types("status", "--json").json["documents"] == 1
