"""Documents of a labelled set through the real index: held as the store would hold them, searched as a user would."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from curbside.language.vocabulary import Vocabulary
from curbside.readers.builder import Builder
from curbside.records import (
    BlockKind,
    Document,
    DocumentKind,
    EvidenceKind,
    Holding,
    Identifiers,
    PartRole,
    Profile,
    Query,
    sealed,
)
from curbside.search.base import Index
from curbside.search.index import TantivyIndex


def holding(name: str, title: str, paragraphs: Iterable[str]) -> Holding:
    """Return an abstract as the library holds it; `name` becomes the work id, by which a run is read back."""
    builder = Builder()
    with builder.part(PartRole.METADATA):
        builder.block(title, BlockKind.TITLE)
    with builder.part(PartRole.ABSTRACT):
        for paragraph in paragraphs:
            builder.block(paragraph)
    text, parts, sections, blocks = builder.done()
    ids = Identifiers(others=(("row", name),))
    bare = Document("", text, DocumentKind.ARTICLE, title, "en", parts, sections, blocks, ids=ids)
    return Holding(sealed(bare), name, "", 0, Profile(EvidenceKind.STUDY))


@contextmanager
def indexed(holdings: Iterable[Holding], vocabulary: Vocabulary) -> Iterator[Index]:
    """Yield an index of the holdings in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        index = TantivyIndex(Path(folder) / "index", vocabulary)
        index.apply(holdings)
        index.commit(1)
        try:
            yield index
        finally:
            index.close()


def run(
    index: Index, vocabulary: Vocabulary, queries: Mapping[str, str], k: int = 100, concepts: bool = True
) -> dict[str, list[str]]:
    """Return for each query id the work ids found, best first, at most `k`; concepts are expanded as for a user."""
    found: dict[str, list[str]] = {}
    for name, text in queries.items():
        expansions = tuple(vocabulary.expansions(text)) if concepts else ()
        query = Query(text, expansions=expansions, limit=k)
        found[name] = [hit.work for hit in index.search(query).hits]
    return found
