"""A folder with everything that an add can meet, and what a library says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from curbside.records import Query
from curbside.wiring import Library
from file_makers import article, corpus, folder_of, nbib, pubmed, ris


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """New works, joined ones, merges, revisions, deletions and bad files."""
    top = corpus(tmp_path / "in", 6, 25)
    files = {
        "join.nbib": "".join(
            nbib(n, f"Record number {n} about sirolimus", f"Again {n}.") for n in range(1, 40)
        ).encode(),
        "loose.ris": "".join(ris(f"Loose {n}", f"Words {n}.", f"10.1000/{n}") for n in range(1, 30)).encode(),
        "merge.xml": pubmed(article(n, doi=f"10.1000/{n}", revised=2021) for n in range(10, 25)),
        "revise.xml": pubmed(
            (article(n, title=f"Revised {n}", revised=2022) for n in range(20, 60)), deleted=[3, 4, 150]
        ),
        "bad.xml": b"<PubmedArticleSet><PubmedArticle></Pub",
        "note.md": b"# A note on everolimus\n\nTwelve patients took it.\n",
    }
    return folder_of(top, files)


def _picture(library: Library) -> dict[str, object]:
    """All that a library shows, in a form that two libraries can be compared in."""
    held = list(library.store.live_holdings())
    status = library.status()
    search = {
        words: frozenset(hit.document for hit in library.index.search(Query(words, limit=900)).hits)
        for words in ("sirolimus", "everolimus patients", "revised record", "placebo serum level")
    }
    return {
        "documents": sorted((each.document.id, each.work, each.line) for each in held),
        "profiles": {each.document.id: each.profile for each in held},
        "counts": (
            status.works,
            status.documents,
            status.originals,
            status.tombstones,
            status.problems,
            status.passages,
        ),
        "index": status.index,
        "search": search,
        "originals": sorted(path.name for path in (library.folder / "originals").rglob("*") if path.is_file()),
    }


@pytest.fixture
def picture() -> object:
    """The function that pictures a library."""
    return _picture
