"""What holds of a store whatever is put in: batches do not matter, nothing is counted twice, the index can follow."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from curbside.errors import NotHeld
from curbside.records import Document, NoticeKind
from curbside.store.base import PUT, Delivery, Entry, Original, Unread, Withdrawal
from curbside.store.writing import MemoryStore
from nightly import often
from store_makers import document, entry, notice, packed

FORMATS = ("pubmed", "ris")


@dataclass(frozen=True)
class File:
    """A file as a test thinks of it."""

    origin: str
    form: str
    items: tuple[Entry | Withdrawal | Unread, ...]


def _record(pmid: int, doi: int, pmcid: int, words: int, version: int) -> Entry:
    ids = {"pmid": str(pmid), "doi": f"10.1000/{doi}", "pmcid": f"PMC{pmcid}"}
    shown = {name: value for name, value in ids.items() if not value.endswith("0") or (name == "doi" and doi)}
    return packed(document(f"Words {words}.", **shown), version)


few = st.integers(0, 3)
records = st.builds(_record, few, few, few, st.integers(0, 4), st.integers(0, 2))
notices = st.builds(lambda n, w: notice(NoticeKind.RETRACTION, f"Notice {w}.", pmid=str(n)), st.integers(1, 3), few)
withdrawals = st.builds(lambda n: Withdrawal(f"pmid:{n}"), st.integers(1, 3))
items = st.one_of(records, records, records, notices, withdrawals, st.just(Unread()))
files = st.lists(
    st.builds(
        File,
        st.sampled_from(["/in/a", "/in/b", "/in/c"]),
        st.sampled_from(FORMATS),
        st.lists(items, max_size=5).map(tuple),
    ),
    max_size=5,
)


def deliveries(store: MemoryStore, file: File, cuts: list[int]) -> list[Delivery]:
    """A file as deliveries, cut at the positions given."""
    data = repr(file.items).encode()
    sha, _ = store.keep(data)
    original = Original(sha, len(data), file.origin, file.form, 1)
    # As `add` does: what is stored already is passed over, and a file that is complete is not read again.
    before = store.progress(original)
    if before is not None and before.complete:
        return []
    places = sorted({0, len(file.items), *(cut % (len(file.items) + 1) for cut in cuts)})
    made = [Delivery(original, low, file.items[low:high]) for low, high in pairwise(places)] or [
        Delivery(original, 0, ())
    ]
    return [*made[:-1], replace(made[-1], complete=True)]


def picture(store: MemoryStore) -> object:
    """Everything that is shown."""
    held = list(store.live_holdings())
    counts = store.counts()
    return (
        [(each.document.id, each.work, each.origin, each.profile) for each in held],
        (counts.works, counts.documents, counts.retracted, counts.tombstones, counts.problems),
    )


def keys_of(made: Document) -> tuple[str, ...]:
    """The joining keys of a document."""
    return made.ids.keys()


def fresh() -> MemoryStore:
    """An empty store in a folder of its own."""
    return MemoryStore(Path(tempfile.mkdtemp()) / "library", clock=lambda: 0.0)


many = settings(
    max_examples=often(40, 2_000),
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)


@many
@given(files, st.lists(st.integers(0, 5), max_size=4))
def test_how_records_are_batched_does_not_matter(given_files: list[File], cuts: list[int]) -> None:
    """One transaction for a file, or one for every few records: the same library."""
    whole, pieces = fresh(), fresh()
    for file in given_files:
        whole.put(deliveries(whole, file, []))
        for delivery in deliveries(pieces, file, cuts):
            pieces.put([delivery])
    assert picture(whole) == picture(pieces)
    whole.close()
    pieces.close()


@many
@given(files)
def test_adding_the_last_file_again_changes_nothing(given_files: list[File]) -> None:
    """Also where it has to be read again from its start, as after readers broke off."""
    store = fresh()
    for file in given_files:
        store.put(deliveries(store, file, []))
    if given_files:
        before, seq = picture(store), store.seq
        file = given_files[-1]
        data = repr(file.items).encode()
        sha, _ = store.keep(data)
        kept = tuple(item for item in file.items if not isinstance(item, Withdrawal))
        if len(kept) == len(file.items):
            tally = store.put([Delivery(Original(sha, len(data), file.origin, file.form, 1), 0, file.items, (), True)])
            assert (tally.added, tally.joined, tally.replaced) == (0, 0, 0)
            assert (picture(store), store.seq) == (before, seq)
    store.close()


@many
@given(files, st.sampled_from(["pmid:1", "pmid:2", "/in/a", "/in", "10.1000/1"]))
def test_whatever_happens_the_books_are_straight(given_files: list[File], removed: str) -> None:
    """Every live document has one work that answers to its keys; following the changes gives what is live."""
    store = fresh()
    for file in given_files:
        store.put(deliveries(store, file, []))
    with suppress(NotHeld):
        store.remove([removed])
    held = list(store.live_holdings())
    assert len({each.document.id for each in held}) == len(held) == store.counts().documents
    for each in held:
        assert each.document.id in store.documents_of(each.work)
        assert each.document.id in store.resolve(each.work)
    works = {each.document.id: each.work for each in held}
    for each in held:
        for key in keys_of(each.document):
            # A key that two works claim answers for one of them; once that is removed, for none.
            with suppress(NotHeld):
                assert len({works[name] for name in store.resolve(key)}) == 1
    following: set[str] = set()
    for change in store.changes(0, 10_000):
        (following.add if change.op == PUT else following.discard)(change.document)
    assert following == {each.document.id for each in held}
    kept = {path.name for path in (store.folder / "originals").rglob("*") if path.is_file()}
    assert len(kept) == store.counts().originals
    store.close()


@many
@given(st.permutations(range(4)))
def test_the_order_of_unrelated_records_does_not_matter(order: list[int]) -> None:
    """Ids come from what records say, not from when they came."""
    made = [entry(f"Text {n}.", pmid=str(n + 1), doi=f"10.1000/{n}") for n in range(4)]
    one, other = fresh(), fresh()
    sha, _ = one.keep(b"x")
    original = Original(sha, 1, "/x", "pubmed", 1)
    one.put([Delivery(original, 0, tuple(made), (), True)])
    other.put([Delivery(original, 0, tuple(made[n] for n in order), (), True)])
    ids = [{(each.document.id, each.work) for each in store.live_holdings()} for store in (one, other)]
    assert ids[0] == ids[1]
    one.close()
    other.close()
