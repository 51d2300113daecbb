"""The same files in a library of its own folder and in one on PostgreSQL: whatever is asked, the same bytes come back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from journey import PAPER, QUESTION, Paper, Person, Said, person, pubmed_set

from library_makers import server_for

OTHER = Paper(
    pmid="99000002",
    doi="10.5555/Curbside.Ärzte%_2",
    title="Éverolimus and “sirolimus” in pyoderma gangrenosum: 50% better?",
    abstract=(
        ("RESULTS", "Pyoderma gangrenosum cleared in 3 of 9 adults (33.3%) who took sirolimus 1 mg once daily."),
    ),
    year=2023,
)
NOTICE = (
    "<CommentsCorrectionsList><CommentsCorrections RefType="
    '"ExpressionOfConcernFor"><RefSource>J Inv Derm</RefSource><PMID Version="1">99000001</PMID>'
    "</CommentsCorrections></CommentsCorrectionsList>"
)


def lived(someone: Person) -> Person:
    """Somebody who has added, revised, been warned of and removed papers."""
    someone.writes(
        "papers/one.xml", pubmed_set(PAPER.pubmed(), OTHER.pubmed(), Paper("99000003", "10.5555/3").pubmed())
    )
    someone.writes("papers/two.ris", PAPER.ris() + OTHER.ris())
    someone.writes("papers/three.xml", pubmed_set(Paper("99000004", "10.5555/4", "A concern.").pubmed(extra=NOTICE)))
    someone.writes("papers/four.xml", pubmed_set(OTHER.pubmed(version=2)))
    someone.writes("papers/broken.xml", "<PubmedArticleSet><PubmedArticle>")
    someone.types_in_one(("add", "papers"), ("remove", "PMID 99000003"))
    return someone


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[Person, Person]]:
    """Two such people, whose folders have the same name for what they add."""
    here, there = tmp_path / "a", tmp_path / "b"
    with server_for(there / "library") as url:
        yield lived(person(here)), lived(person(there, CURBSIDE_DATABASE=url))


ASKED = (
    ("ask", "--json", QUESTION),
    ("ask", "What are the harms of sirolimus?"),
    ("ask", "--json", "Is anything known of aspirin for hiccups in llamas?"),
    ("search", "--json", "sirolimus"),
    ("search", "--json", "--advanced", "sirolimus AND year:2010-2024"),
    ("show", "PMID 99000001"),
    ("show", "99000003"),
    ("citations", "--json", "PMID 99000001"),
    ("export", "--format", "ris"),
    ("export", "sirolimus"),
    ("notices", "--json"),
    ("notices", "PMID 99000001"),
    ("evidence", "--json", "sirolimus", "pyoderma gangrenosum"),
    ("status", "--json"),
    ("status", "--problems"),
)


def bare(said: Said, someone: Person) -> str:
    """What a command wrote, without the folder it ran in, on however many lines, and the seconds of the day."""
    folder = r"\s*".join(map(re.escape, str(someone.folder)))
    return re.sub(r"(\d{4}-\d\d-\d\d)T[\d:]+Z", r"\1", re.sub(folder, "", said.out + said.err))


def test_both_databases_give_the_same_bytes(both: tuple[Person, Person]) -> None:
    """Answers, lists, exports, problems and counts differ in nothing but where the library lies and when it changed."""
    said = [each.types_in_one(*ASKED) for each in both]
    for words, here, there in zip(ASKED, *said):
        ours, theirs = bare(here, both[0]), bare(there, both[1])
        assert ours and ours == theirs, words
    assert not (both[1].library / "library.sqlite").exists()
