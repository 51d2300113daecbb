"""Citations of documents with the class that holds: as they are stored or read now, and as reviewers left them."""

from __future__ import annotations

from collections.abc import Sequence

from curbside.appraise.flagged import Reviewed, reviewed
from curbside.extract.citing_entries import entries
from curbside.inference.base import StanceJudge
from curbside.records import Document
from curbside.store.base import Store
from curbside.store.base_citing import CITATIONS
from curbside.store.linkage import linkage_of
from curbside.store.packing import unpacked_citations
from curbside.workflows.citing import citations_of


def citations_in(documents: Sequence[str], store: Store, judge: StanceJudge) -> dict[str, list[Reviewed]]:
    """Return the citations of documents that are shown, by document id, each in the order of its text.

    Those of documents that were added before there were citations are read now, by `judge`.
    """
    stored = store.links.derived(documents, CITATIONS)
    made = {document: unpacked_citations(each.data) for document, each in stored.items()}
    for each in store.holdings([document for document in documents if document not in made]):
        made[each.document.id] = citations_of(each.document, judge)
    flags = store.flags.on(documents)
    texts = {each.document.id: each.document for each in store.holdings(list(flags))}
    found: dict[str, list[Reviewed]] = {}
    for document, citations in made.items():
        on = flags.get(document, [])
        # Only where somebody flagged something are the words needed: most documents are not even fetched.
        text, keys = (texts[document].text, keys_of_entries(texts[document])) if on else ("", {})
        found[document] = reviewed(citations, on, text, keys)
    return found


def keys_of_entries(document: Document) -> dict[int, list[str]]:
    """Return the joining keys, or the key of the title, of each entry that a document cites."""
    keys: dict[int, list[str]] = {}
    for entry, key in linkage_of(document, entries(document)).cites:
        keys.setdefault(entry, []).append(key)
    return keys
