"""Takes away what a person names, from the store and from the index."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from curbside.records import Added
from curbside.search.base import Index
from curbside.store.base import Store
from curbside.store.naming import names_of
from curbside.workflows.finding import STREAM, spelled
from curbside.workflows.follow import Follower


def remove(texts: Sequence[str], store: Store, index: Index) -> Added:
    """Remove works, documents, joining keys, files or folders of files; all of them or none.

    What is removed leaves a tombstone: it does not come back with the next add of a folder, but does when its file
    is added by name.

    Raises:
        NotHeld: if one of `texts` names nothing that the library holds.
    """
    done = store.remove([_spelled(text) for text in texts])
    Follower(store, index).finish()
    return done


def _spelled(text: str) -> str:
    """Return a path as the store knows it, absolute; anything else as it is."""
    if names_of(text) or text == STREAM or "://" in text or (":" in text and not Path(text).exists()):
        return text
    return spelled(Path(os.path.abspath(text)))  # noqa: PTH100 - resolve() would follow links, which adding does not
