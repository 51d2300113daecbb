"""Files that are cut off, hostile, empty or in the wrong encoding: named with what to do, and the others come in."""

from __future__ import annotations

import gzip
import resource
from pathlib import Path

import pytest

from curbside.records import Problem, Query
from curbside.wiring import Library, open_library
from file_makers import article, articles, folder_of, pubmed
from nightly import often

BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a0 "lol">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, (b"&a%d;" % (n - 1)) * 10) for n in range(1, 12))
    + b"]><PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>&a11;</ArticleTitle>"
    b"</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
)


def _external(secret: Path) -> bytes:
    return (
        f'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY x SYSTEM "{secret.as_uri()}">]><PubmedArticleSet><PubmedArticle>'
        "<MedlineCitation><PMID>1</PMID><Article><ArticleTitle>Title &x; end</ArticleTitle></Article>"
        "</MedlineCitation></PubmedArticle></PubmedArticleSet>"
    ).encode()


@pytest.fixture
def library(tmp_path: Path) -> object:
    """An empty library, open for writing."""
    with open_library(tmp_path / "library", write=True) as made:
        yield made


def added_beside(library: Library, tmp_path: Path, name: str, data: bytes) -> tuple[Problem, ...]:
    """Add a bad file between two good ones; return the problems, after checking that the good ones came in."""
    folder = folder_of(tmp_path / "in", {"a.xml": articles(101, 2), name: data, "z.xml": articles(201, 2)})
    added = library.add([folder])
    assert {"101", "102", "201", "202"} <= {each.document.ids.pmid for each in library.store.live_holdings()}
    for problem in added.problems:
        assert problem.where == str(folder / name)
        assert problem.what.endswith((".", "!", "?", ")")) or problem.remedy
    kept = [path.read_bytes() for path in (library.folder / "originals").rglob("*") if path.is_file()]
    assert data in kept, "the bytes of a bad file are kept as given"
    return added.problems


def test_a_truncated_gzip(library: Library, tmp_path: Path) -> None:
    """What is whole before the cut comes in; the cut is a problem."""
    packed = gzip.compress(articles(1, 400), mtime=0)
    problems = added_beside(library, tmp_path, "m.xml.gz", packed[: len(packed) // 2])
    assert any(problem.lost for problem in problems)
    assert 0 < library.status().documents - 4 < 400


def test_an_empty_file(library: Library, tmp_path: Path) -> None:
    """It is said to be empty."""
    (problem,) = added_beside(library, tmp_path, "m.xml", b"")
    assert "empty" in problem.what.lower()


@pytest.mark.parametrize(
    ("data", "name"),
    [(BOMB, "m.xml"), (gzip.compress(BOMB, mtime=0), "m.xml.gz"), (gzip.compress(b" " * 300_000_000, mtime=0), "m.gz")],
    ids=["entities", "packed entities", "gzip"],
)
def test_a_bomb(library: Library, tmp_path: Path, data: bytes, name: str) -> None:
    """It goes off nowhere: little memory, and a problem."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    problems = added_beside(library, tmp_path, name, data)
    assert any(problem.lost for problem in problems)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000
    assert not any("lollol" in each.document.text for each in library.store.live_holdings())


def test_an_external_entity(library: Library, tmp_path: Path) -> None:
    """Nothing of another file ever gets into a document."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the crown jewels")
    added_beside(library, tmp_path, "m.xml", _external(secret))
    assert not any("jewels" in each.document.text for each in library.store.live_holdings())


@pytest.mark.parametrize(
    "data",
    [
        articles(1, 3).replace(b"Abstract", b"Abstr\xe4ct"),
        pubmed([article(1)]).replace(b'?xml version="1.0"?', b'?xml version="1.0" encoding="utf-16"?'),
        b"\xff\xfe\x00\x00" + bytes(range(256)) * 4,
    ],
    ids=["latin-1 called utf-8", "utf-8 called utf-16", "noise"],
)
def test_a_wrong_encoding(library: Library, tmp_path: Path, data: bytes) -> None:
    """Either it is read all the same or it is a problem; nothing is lost in silence."""
    problems = added_beside(library, tmp_path, "m.xml", data)
    assert problems or library.status().documents > 4


@pytest.mark.slow
def test_many_files_with_some_bad_ones(tmp_path: Path) -> None:
    """Each bad one is named with its place, each good one comes in, and adding again says the same at once.

    At night ten thousand with fifty bad ones."""
    count = often(1_500, 10_000)
    bad = {f"{number:05d}.xml" for number in range(77, count, 199)}
    assert len(bad) == often(8, 50)
    top = tmp_path / "in"
    for number in range(count):
        name = f"{number:05d}.xml"
        data = pubmed([article(number + 1)])
        folder_of(top / f"{number // 1_000}", {name: data[:-60] if name in bad else data})
    with open_library(tmp_path / "library", write=True) as library:
        added = library.add([top])
        assert added.files == count
        lost = [problem for problem in added.problems if problem.lost]
        assert {Path(problem.where).name for problem in lost} == bad
        assert all(problem.line > 0 for problem in lost)
        held = {each.document.ids.pmid for each in library.store.live_holdings()}
        good = {str(number + 1) for number in range(count) if f"{number:05d}.xml" not in bad}
        assert good <= held
        assert library.status().problems == len(added.problems)
        assert library.index.search(Query("sirolimus", limit=1)).total == len(held)
        again = library.add([top])
        assert (again.added, again.present) == (0, added.added)
        assert set(again.problems) == set(added.problems)
