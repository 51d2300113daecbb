"""What a library holds and how it is."""

from __future__ import annotations

from curbside.errors import IndexBroken
from curbside.language.vocabulary import Vocabulary
from curbside.records import LibraryStatus
from curbside.search.base import BEHIND, BROKEN, READY, Index
from curbside.store.base import Store


def status(store: Store, index: Index, vocabulary: Vocabulary, encoder: str = "", embedded: int = 0) -> LibraryStatus:
    """Count what the library holds; an index that lacks changes of the store is "behind".

    `encoder` is the name of the encoder installed, "" for none, `embedded` how many documents have vectors of it.
    """
    counts = store.counts()
    state, passages = _index(store, index)
    kinds = {kind.value: count for kind, count in vocabulary.counts() if count}
    return LibraryStatus(
        folder=str(store.folder),
        works=counts.works,
        documents=counts.documents,
        originals=counts.originals,
        kinds=counts.kinds,
        evidence=counts.evidence,
        updated=counts.updated,
        passages=passages,
        index=state,
        retracted=counts.retracted,
        tombstones=counts.tombstones,
        jobs=counts.jobs,
        problems=counts.problems,
        vocabulary=tuple(sorted(kinds.items(), key=lambda kind: (-kind[1], kind[0]))),
        legs=("words", "meaning") if encoder and embedded else ("words",),
        encoder=encoder,
        embedded=min(embedded, counts.documents),
    )


def _index(store: Store, index: Index) -> tuple[str, int]:
    try:
        state = index.state()
        behind = state == READY and index.seq != store.seq
        return (BEHIND if behind else state), index.count()
    except IndexBroken:
        return BROKEN, 0
