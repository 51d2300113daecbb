"""What every store promises; run on the one on disk, on the one in memory, and on PostgreSQL where a server is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from curbside.errors import NotHeld
from curbside.records import (
    DocumentKind,
    EvidenceKind,
    Identifiers,
    Notice,
    NoticeKind,
    Problem,
    Profile,
)
from curbside.store.base import DROP, PUT, Delivery, Store, Unread, Withdrawal
from curbside.store.writing import MemoryStore
from library_makers import STORES, store_of
from store_makers import document, entry, notice, original, packed, put, shown, texts

NOW = 1_700_000_000.0


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store that believes it is November 2023."""
    with store_of(request.param, tmp_path / "library", lambda: NOW) as made:
        yield made


def works(store: Store) -> set[str]:
    """The works of all live documents."""
    return {holding.work for holding in store.live_holdings()}


class TestEmpty:
    """A store that holds nothing."""

    def test_is_a_store(self, store: Store) -> None:
        """It fulfils the Protocol that the rest of the code sees."""
        assert isinstance(store, Store)

    def test_counts_nothing(self, store: Store) -> None:
        """All counts are nought and there never was a change."""
        counts = store.counts()
        assert (counts.works, counts.documents, counts.originals, counts.tombstones) == (0, 0, 0, 0)
        assert counts.updated == ""
        assert store.seq == 0
        assert store.changes(0, 10) == []
        assert list(store.live_holdings()) == []
        assert store.problems() == []

    @pytest.mark.parametrize(
        "text", ["", "   ", "12345", "pmid:1", "10.1000/x", "d" + "0" * 20, "w" + "0" * 12, "what?"]
    )
    def test_holds_nothing_under_any_name(self, store: Store, text: str) -> None:
        """Whatever is asked for, the answer is that it is not held."""
        with pytest.raises(NotHeld):
            store.resolve(text)
        with pytest.raises(NotHeld):
            store.holding(text)


class TestGlances:
    """Documents at a glance, for lists that show no text."""

    def test_says_what_the_holding_says(self, store: Store) -> None:
        """Title, year, kind and profile are those of the document; the order is that of the ids asked for."""
        put(store, packed(document("Sirolimus for two.", pmid="1")), packed(document("Retracted since.", pmid="666")))
        held = list(store.live_holdings())
        ids = [holding.document.id for holding in held][::-1]
        found = store.glances([*ids, "d" + "0" * 20])
        assert [glance.document for glance in found] == ids
        for glance, holding in zip(found, held[::-1]):
            assert (glance.work, glance.kind, glance.title) == (
                holding.work,
                holding.document.kind,
                holding.document.title,
            )
            assert (glance.year, glance.profile) == (holding.document.year, holding.profile)
        assert [glance.profile.retracted for glance in found] == [True, False]


class TestListed:
    """All live documents, page by page."""

    def test_pages_follow_each_other(self, store: Store) -> None:
        """Each page begins behind the place where the one before ended; the last is shorter, then there is none."""
        put(store, *(packed(document(f"Text {number}.", pmid=str(number))) for number in range(1, 6)))
        found: list[str] = []
        after, sizes = 0, list[int]()
        while page := store.listed(after, 2):
            after = page[-1][0]
            sizes.append(len(page))
            found += [holding.document.text for _, holding in page]
        assert found == texts(store)
        assert sizes == [2, 2, 1]

    def test_what_comes_and_goes_meanwhile_moves_no_page(self, store: Store) -> None:
        """A place stays a place when the document that had it is removed; what is added comes last."""
        put(store, *(packed(document(f"Text {number}.", pmid=str(number))) for number in range(1, 5)))
        first = store.listed(0, 2)
        store.remove(["pmid:2"])
        put(store, packed(document("Text 5.", pmid="5")), origin="/in/b.xml")
        assert [holding.document.text for _, holding in store.listed(first[-1][0], 9)] == [
            "Text 3.",
            "Text 4.",
            "Text 5.",
        ]


class TestPut:
    """Documents go in and come out as they were."""

    def test_a_document_comes_back_whole(self, store: Store) -> None:
        """Text, structure, profile, origin and line are what was given."""
        made = document("Thirteen patients took sirolimus.", pmid="1", doi="10.1000/a")
        assert put(store, packed(made, line=7), origin="/in/x.xml").added == 1
        (holding,) = store.live_holdings()
        assert holding.document.text == made.text
        assert holding.document.blocks == made.blocks
        assert (holding.origin, holding.line) == ("/in/x.xml", 7)
        assert holding.profile == Profile(EvidenceKind.COHORT)
        assert store.holding(holding.document.id) == holding

    def test_adding_again_changes_nothing(self, store: Store) -> None:
        """The same record from the same or another file is present, and no change is noted."""
        put(store, entry("One.", pmid="1"), origin="/in/a.xml")
        seq = store.seq
        assert put(store, entry("One.", pmid="1"), origin="/in/a.xml").present == 1
        tally = put(store, entry("One.", pmid="1"), origin="/in/b.xml")
        assert (tally.present, tally.added, tally.joined) == (1, 0, 0)
        assert store.seq == seq
        assert texts(store) == ["One."]

    def test_the_same_record_twice_in_one_batch_is_one(self, store: Store) -> None:
        """Within a transaction the first is new and the second is present."""
        tally = put(store, entry("One.", pmid="1"), entry("One.", pmid="1"))
        assert (tally.added, tally.present) == (1, 1)

    def test_holdings_come_in_the_order_asked(self, store: Store) -> None:
        """Order and repeats are the caller's; what is not held is left out."""
        put(store, *(entry(f"Text {n}.", pmid=str(n)) for n in range(1, 6)))
        ids = [store.resolve(f"pmid:{n}")[0] for n in (4, 2, 5, 2)]
        found = store.holdings([ids[0], "d" + "f" * 20, *ids[1:]])
        assert [holding.document.text for holding in found] == ["Text 4.", "Text 2.", "Text 5.", "Text 2."]
        assert store.holdings([]) == []

    def test_more_than_a_thousand_at_once(self, store: Store) -> None:
        """Numbers past any limit on the parameters of one statement are no trouble."""
        put(store, *(entry(f"Text {n}.", pmid=str(n)) for n in range(1, 1_301)))
        ids = [holding.document.id for holding in store.live_holdings()]
        assert len(ids) == 1_300
        assert [holding.document.id for holding in store.holdings(ids[::-1])] == ids[::-1]

    def test_live_holdings_may_be_interleaved_with_changes(self, store: Store) -> None:
        """Streaming does not hold the database; what is put meanwhile may or may not be seen."""
        put(store, *(entry(f"Text {n}.", pmid=str(n)) for n in range(1, 5)))
        stream = store.live_holdings()
        next(stream)
        put(store, entry("Later.", pmid="99"), origin="/in/b.xml")
        assert len(list(stream)) >= 3

    def test_counts_say_what_is_held(self, store: Store) -> None:
        """Works, documents, kinds and kinds of evidence, most first."""
        put(store, entry("One.", pmid="1"), entry("Two.", pmid="2", evidence=EvidenceKind.RANDOMISED))
        put(store, packed(document("Page.", DocumentKind.PAGE, pmid="1"), evidence=EvidenceKind.COHORT), form="html")
        counts = store.counts()
        assert (counts.works, counts.documents, counts.originals) == (2, 3, 2)
        assert counts.kinds == (("article", 2), ("page", 1))
        assert counts.evidence == (("cohort", 2), ("randomised trial", 1))
        assert counts.updated == "2023-11-14T22:13:20Z"

    def test_odd_texts_survive(self, store: Store) -> None:
        """Nothing is lost of Greek, primes, non-breaking spaces, astral characters or SQL."""
        text = "TGF-β\u00a0<0·001; DROP TABLE documents; '\" \U0001f9ec % _ \\"
        put(store, entry(text, doi="10.1000/(sici)1097-0142<1::aid>3.0.co;2-%_'"))
        assert texts(store) == [text]
        assert shown(store, "https://doi.org/10.1000/(SICI)1097-0142<1::AID>3.0.CO;2-%_'") == [text]


class TestJoining:
    """One article from several sources is one work."""

    def test_shared_identifiers_join(self, store: Store) -> None:
        """PubMed, JATS, RIS and a web page of one article are four documents of one work."""
        put(store, entry("PubMed.", pmid="1", doi="10.1000/a"), form="pubmed")
        put(store, entry("JATS.", pmcid="PMC5", doi="10.1000/a"), form="jats")
        put(store, entry("RIS.", doi="10.1000/a"), form="ris")
        tally = put(store, entry("Page.", pmcid="PMC5"), form="html")
        assert (tally.added, tally.joined) == (0, 1)
        assert len(works(store)) == 1
        for name in ("1", "pmid:1", "doi:10.1000/A", "10.1000/a", "PMC5", works(store).copy().pop()):
            assert shown(store, name) == ["PubMed.", "JATS.", "RIS.", "Page."]

    def test_titles_never_join(self, store: Store) -> None:
        """Equal titles without a shared identifier are two works."""
        put(store, entry("Same words here now. A.", pmid="1", title="Same"), form="pubmed")
        put(store, entry("Same words here now. B.", title="Same"), form="html", origin="/in/b.html")
        put(store, entry("Same words here now. C.", doi="10.1000/c", title="Same"), form="ris", origin="/in/c.ris")
        assert len(works(store)) == 3

    def test_a_document_that_knows_both_merges_two_works(self, store: Store) -> None:
        """The older work stays; the younger one's id still leads to it, and the index hears of every moved document."""
        put(store, entry("PubMed.", pmid="1"), form="pubmed")
        put(store, entry("RIS.", doi="10.1000/a"), form="ris")
        older, younger = (store.holding(store.resolve(name)[0]).work for name in ("1", "10.1000/a"))
        assert older != younger
        seq = store.seq
        tally = put(store, entry("JATS.", pmid="1", doi="10.1000/a"), form="jats")
        assert tally.joined == 1
        assert works(store) == {older}
        assert shown(store, younger) == shown(store, older) == ["PubMed.", "RIS.", "JATS."]
        moved = store.resolve("10.1000/a")[1]
        assert moved in {change.document for change in store.changes(seq, 10)}
        assert store.counts().works == 1

    def test_merging_again_keeps_all_old_ids(self, store: Store) -> None:
        """A chain of merges leads every old id to the one work that is left."""
        put(store, entry("A.", pmid="1"), form="pubmed")
        put(store, entry("B.", doi="10.1000/b"), form="ris")
        put(store, entry("C.", pmcid="PMC3"), form="jats")
        ids = [store.holding(store.resolve(name)[0]).work for name in ("1", "10.1000/b", "PMC3")]
        put(store, entry("BC.", doi="10.1000/b", pmcid="PMC3"), form="html")
        put(store, entry("AB.", pmid="1", doi="10.1000/b"), form="nbib")
        assert len(works(store)) == 1
        assert all(len(shown(store, each)) == 5 for each in ids)

    def test_merging_inside_one_batch(self, store: Store) -> None:
        """Works founded, joined and merged in one transaction come out as from three."""
        put(store, entry("A.", pmid="1"), entry("B.", doi="10.1000/b"), entry("AB.", pmid="1", doi="10.1000/b"))
        assert len(works(store)) == 1
        assert shown(store, "10.1000/b") == ["A.", "B.", "AB."]

    @pytest.mark.parametrize(
        ("held", "given"),
        [
            ({"pmid": "1", "doi": "10.1000/a"}, {"pmid": "2", "doi": "10.1000/a"}),
            ({"pmid": "1", "doi": "10.1000/a"}, {"pmid": "1", "doi": "10.1000/b"}),
            ({"pmcid": "PMC1", "doi": "10.1000/a"}, {"pmcid": "PMC2", "doi": "10.1000/a"}),
        ],
    )
    def test_identifiers_that_disagree_keep_works_apart(
        self, store: Store, held: dict[str, str], given: dict[str, str]
    ) -> None:
        """One identifier shared and another not the same: two works, and a remark that names both sides."""
        put(store, entry("A.", **held), form="jats")
        tally = put(store, entry("B.", line=9, **given), form="ris", origin="/in/b.ris")
        assert len(works(store)) == 2
        (problem,) = tally.problems
        assert not problem.lost
        assert (problem.where, problem.line) == ("/in/b.ris", 9)
        assert "kept apart" in problem.what
        assert store.problems() == [problem]

    def test_a_clash_stands_as_long_as_its_document_is_shown(self, store: Store) -> None:
        """A later version takes its place and clashes with nothing: nothing stands, also after reading it all again."""
        put(store, entry("A.", pmid="2", doi="10.1000/2", pmcid="PMC3"))
        early, late = entry("B.", pmid="3", pmcid="PMC3"), entry("B, later.", 2, pmid="3", pmcid="PMC1")
        assert len(put(store, early, origin="/in/b.xml").problems) == 1
        assert len(store.problems()) == store.counts().problems == 1
        put(store, late, origin="/in/c.xml")
        assert store.problems() == []
        for _ in range(2):
            put(store, early, origin="/in/b.xml")
            assert store.problems() == []
            assert store.counts().problems == 0

    def test_a_clash_is_told_alike_when_its_file_is_read_again(self, store: Store) -> None:
        """A record after it changed what its work is known by; what was said when it came still holds."""
        put(store, entry("A.", pmid="1", doi="10.1000/3"))
        both = (entry("B.", 1, pmid="3", doi="10.1000/3", pmcid="PMC2"), entry("C.", doi="10.1000/3", pmcid="PMC1"))
        put(store, *both, form="ris", origin="/in/b.ris")
        before, books = store.problems(), store.counts()
        assert len(before) == 1
        assert put(store, *both, form="ris", origin="/in/b.ris").present == 2
        assert (store.problems(), store.counts()) == (before, books)

    def test_a_clash_is_weighed_again_when_its_document_comes_back(self, store: Store) -> None:
        """Once, and as things are then."""
        put(store, entry("A.", pmid="2", pmcid="PMC3"))
        early, late = entry("B.", pmid="3", pmcid="PMC3"), entry("B, later.", pmid="3", pmcid="PMC1")
        put(store, early, origin="/in/b.xml")
        put(store, late, origin="/in/b.xml")
        assert store.problems() == []
        put(store, early, origin="/in/b.xml")
        assert shown(store, "3") == ["B."]
        assert len(store.problems()) == 1

    def test_a_clash_goes_with_its_document(self, store: Store) -> None:
        """Not with the file that it came in, while another still holds it; then it is told of that one."""
        put(store, entry("A.", pmid="2", pmcid="PMC3"))
        for origin in ("/in/b.xml", "/else/b.xml"):
            put(store, entry("B.", pmid="3", pmcid="PMC3"), origin=origin)
        store.remove(["/in/b.xml"])
        assert [problem.where for problem in store.problems()] == ["/else/b.xml"]
        store.remove(["pmid:3"])
        assert store.problems() == []

    def test_a_document_between_two_works_that_disagree_joins_one(self, store: Store) -> None:
        """The strongest identifier decides; the other work stays what it is."""
        put(store, entry("A.", pmid="1"), form="pubmed")
        put(store, entry("B.", pmid="2", doi="10.1000/b"), form="pubmed", origin="/in/b.xml")
        tally = put(store, entry("AB.", pmid="1", doi="10.1000/b"), form="jats")
        assert shown(store, "1") == ["A.", "AB."]
        assert shown(store, "10.1000/b") == ["B."]
        assert len(tally.problems) == 1

    def test_ids_do_not_depend_on_the_order_of_unrelated_records(self, store: Store, tmp_path: Path) -> None:
        """Works get the same ids in another library that met them in another order."""
        put(store, entry("A.", pmid="1"), entry("B.", pmid="2"), entry("C."))
        other = MemoryStore(tmp_path / "other")
        put(other, entry("C."), entry("B.", pmid="2"))
        put(other, entry("A.", pmid="1"), origin="/elsewhere.xml")
        assert works(store) == works(other)
        other.close()


class TestRevision:
    """A later version takes the place of an earlier one, and of nothing else."""

    def test_a_higher_version_replaces(self, store: Store) -> None:
        """The work stays, the earlier document is no longer shown, and the index hears of both."""
        put(store, entry("First.", version=1, pmid="1"))
        (work,) = works(store)
        first = store.resolve("1")[0]
        tally = put(store, entry("Second.", version=2, pmid="1"), origin="/in/update.xml")
        assert (tally.replaced, tally.added, tally.joined) == (1, 0, 0)
        assert shown(store, work) == ["Second."]
        assert {(change.document, change.op) for change in store.changes(0, 10)} >= {(first, DROP)}
        with pytest.raises(NotHeld):
            store.holding(first)

    def test_an_older_version_that_comes_late_does_not(self, store: Store) -> None:
        """It is kept and not shown; a later version of it is there."""
        put(store, entry("Second.", version=2, pmid="1"))
        tally = put(store, entry("First.", version=1, pmid="1"), origin="/in/baseline.xml")
        assert tally.present == 1
        assert texts(store) == ["Second."]
        assert tally.problems == ()
        again = put(store, entry("First.", version=1, pmid="1"), origin="/in/copy.xml")
        assert again.present == 1
        assert texts(store) == ["Second."]

    def test_versions_inside_one_batch(self, store: Store) -> None:
        """Two versions in one file come out as the later one, in whichever order."""
        put(store, entry("Late.", version=3, pmid="1"), entry("Early.", version=2, pmid="1"))
        put(store, entry("Early.", version=2, pmid="2"), entry("Late 2.", version=3, pmid="2"), origin="/in/b.xml")
        assert texts(store) == ["Late.", "Late 2."]

    def test_another_source_of_the_same_work_is_not_replaced(self, store: Store) -> None:
        """Versions are a matter between records of one format."""
        put(store, entry("NBIB.", pmid="1"), form="nbib")
        tally = put(store, entry("PubMed.", version=20_240_101, pmid="1"), form="pubmed")
        assert (tally.joined, tally.replaced) == (1, 0)
        assert len(texts(store)) == 2

    def test_a_changed_file_replaces_its_record(self, store: Store) -> None:
        """Other content at the same place takes the place of what it said before, also without a version."""
        put(store, entry("Note, first draft.", pmid="1"), form="markdown", origin="/notes/a.md")
        tally = put(store, entry("Note, corrected.", pmid="1"), form="markdown", origin="/notes/a.md")
        assert tally.replaced == 1
        assert texts(store) == ["Note, corrected."]

    def test_a_changed_page_without_identifiers_stays_one_work(self, store: Store) -> None:
        """A page is known by where it lies."""
        put(store, entry("Old words.", title="A page"), form="html", origin="/pages/a.html")
        (work,) = works(store)
        tally = put(store, entry("New words.", title="A page, renamed"), form="html", origin="/pages/a.html")
        assert tally.replaced == 1
        assert shown(store, work) == ["New words."]

    def test_the_same_record_elsewhere_is_a_second_document(self, store: Store) -> None:
        """Without a version nothing says which of two places is right, so both are shown."""
        put(store, entry("Export A.", pmid="1"), form="nbib", origin="/in/a.nbib")
        tally = put(store, entry("Export B.", pmid="1"), form="nbib", origin="/in/b.nbib")
        assert tally.joined == 1
        assert texts(store) == ["Export A.", "Export B."]

    def test_a_changed_file_leaves_its_other_records(self, store: Store) -> None:
        """What a list still says is present, what it no longer says stays: only a person removes."""
        put(store, entry("A.", pmid="1"), entry("B.", pmid="2"), form="nbib", origin="/in/list.nbib")
        put(store, entry("A.", pmid="1"), entry("C.", pmid="3"), form="nbib", origin="/in/list.nbib")
        assert sorted(texts(store)) == ["A.", "B.", "C."]

    def test_a_file_put_back_as_it_was_is_shown_again(self, store: Store) -> None:
        """First, second, first again: what the file says now is what is shown."""
        for text in ("First.", "Second.", "First."):
            put(store, entry(text, pmid="1"), form="markdown", origin="/notes/a.md")
            assert texts(store) == [text]

    def test_later_readers_replace_what_earlier_ones_found(self, store: Store) -> None:
        """The same bytes read by a raised version of the readers: new documents in, old ones out, works kept."""
        put(store, entry("Keyed, badly read.", pmid="1"), entry("Keyless, badly read."), data=b"bytes", reader=1)
        before = works(store)
        put(store, entry("Keyed.", pmid="1"), entry("Keyless."), data=b"bytes", reader=2)
        assert texts(store) == ["Keyed.", "Keyless."]
        assert store.holding(store.resolve("1")[0]).work in before

    def test_streams_are_no_place(self, store: Store) -> None:
        """Two texts from the standard input are two texts."""
        put(store, entry("First."), form="text", origin="-")
        put(store, entry("Second."), form="text", origin="-")
        assert texts(store) == ["First.", "Second."]


class TestDeletion:
    """A source withdraws a record."""

    def test_the_record_is_hidden_and_its_number_says_why(self, store: Store) -> None:
        """The document is not shown; asking for it says that its source deleted it, and when."""
        put(store, entry("A.", version=5, pmid="1"))
        assert put(store, Withdrawal("pmid:1"), origin="/in/update.xml").deleted == 1
        assert texts(store) == []
        with pytest.raises(NotHeld, match="deleted by its source on 2023-11-14"):
            store.resolve("pmid:1")
        assert store.counts().tombstones == 1
        assert store.changes(0, 10)[-1].op == DROP

    def test_the_record_in_an_older_file_stays_hidden(self, store: Store) -> None:
        """Neither the same nor an earlier version comes back; a higher one does."""
        put(store, entry("A.", version=5, pmid="1"))
        put(store, Withdrawal("pmid:1"), origin="/in/update.xml")
        put(store, entry("A.", version=5, pmid="1"), origin="/in/again.xml")
        put(store, entry("A, earlier.", version=4, pmid="1"), origin="/in/old.xml")
        assert texts(store) == []
        put(store, entry("A, back.", version=6, pmid="1"), origin="/in/new.xml")
        assert texts(store) == ["A, back."]

    def test_a_deletion_that_comes_first_keeps_the_record_out(self, store: Store) -> None:
        """Files may come in the wrong order."""
        put(store, Withdrawal("pmid:1"))
        tally = put(store, entry("A.", version=5, pmid="1"), origin="/in/old.xml")
        assert tally.deleted == 1
        assert texts(store) == []

    def test_only_that_source_is_concerned(self, store: Store) -> None:
        """The work's documents from elsewhere stay."""
        put(store, entry("PubMed.", pmid="1"), form="pubmed")
        put(store, entry("JATS.", pmid="1"), form="jats")
        put(store, Withdrawal("pmid:1"), form="pubmed", origin="/in/update.xml")
        assert shown(store, "1") == ["JATS."]

    def test_deleting_what_was_never_there_is_no_trouble(self, store: Store) -> None:
        """It is a tombstone and nothing else."""
        assert put(store, Withdrawal("pmid:404")).deleted == 0
        assert store.counts().documents == 0


class TestRemove:
    """A person takes something away."""

    @pytest.mark.parametrize("name", ["1", "pmid:1", "doi:10.1000/a", "work", "document", "/in/a.xml"])
    def test_by_any_name(self, store: Store, name: str) -> None:
        """Document, profile, keys and original go; other works stay."""
        put(store, entry("A.", pmid="1", doi="10.1000/a"), origin="/in/a.xml")
        put(store, entry("B.", pmid="2"), origin="/in/b.xml")
        first = store.holding(store.resolve("1")[0])
        named = {"work": first.work, "document": first.document.id}.get(name, name)
        assert store.remove([named]).deleted == 1
        assert texts(store) == ["B."]
        with pytest.raises(NotHeld, match="removed by a person"):
            store.resolve(first.document.id)
        assert store.counts().originals == 1
        originals = [path for path in (store.folder / "originals").rglob("*") if path.is_file()]
        assert len(originals) == 1
        assert store.changes(0, 10)[-1].op == DROP

    def test_a_work_goes_with_all_its_documents(self, store: Store) -> None:
        """By a joining key everything that the library has of the work goes, whatever its source."""
        put(store, entry("PubMed.", pmid="1"), form="pubmed")
        put(store, entry("JATS.", pmid="1"), form="jats")
        assert store.remove(["pmid:1"]).deleted == 2
        assert texts(store) == []

    def test_a_document_goes_alone_but_with_its_earlier_versions(self, store: Store) -> None:
        """Other documents of the work stay; what it had replaced does not come forward."""
        put(store, entry("Old.", version=1, pmid="1"), form="pubmed")
        put(store, entry("New.", version=2, pmid="1"), form="pubmed", origin="/in/b.xml")
        put(store, entry("JATS.", pmid="1"), form="jats")
        newest = next(each.document.id for each in store.live_holdings() if each.document.text == "New.")
        store.remove([newest])
        assert texts(store) == ["JATS."]
        assert store.counts().originals == 1

    def test_it_does_not_come_back_with_a_folder(self, store: Store) -> None:
        """What a person removed stays away, with a remark that says how to have it back."""
        put(store, entry("A.", pmid="1"))
        store.remove(["pmid:1"])
        tally = put(store, entry("A.", pmid="1"))
        assert texts(store) == []
        (remark,) = tally.problems
        assert not remark.lost
        assert "by name" in remark.remedy
        assert put(store, entry("Other words.", pmid="1"), form="jats").deleted == 1
        assert texts(store) == []

    def test_it_comes_back_when_its_file_is_named(self, store: Store) -> None:
        """Naming the file itself is a person's word against their earlier one."""
        put(store, entry("A.", pmid="1"))
        store.remove(["pmid:1"])
        assert put(store, entry("A.", pmid="1"), named=True).added == 1
        assert texts(store) == ["A."]
        assert store.counts().tombstones == 0

    def test_an_original_stays_while_something_of_it_is_held(self, store: Store) -> None:
        """Removing one record of a file keeps the file for the others."""
        put(store, entry("A.", pmid="1"), entry("B.", pmid="2"))
        store.remove(["1"])
        assert store.counts().originals == 1
        store.remove(["2"])
        assert store.counts().originals == 0

    def test_by_origin_what_another_file_also_holds_stays(self, store: Store) -> None:
        """The document then names the other file as its origin."""
        put(store, entry("A.", pmid="1"), entry("B.", pmid="2"), origin="/in/a.xml")
        put(store, entry("A.", pmid="1"), origin="/in/copy.xml")
        assert store.remove(["/in/a.xml"]).deleted == 1
        (holding,) = store.live_holdings()
        assert (holding.document.text, holding.origin) == ("A.", "/in/copy.xml")

    def test_a_folder_goes_with_all_its_files(self, store: Store) -> None:
        """The name of a folder stands for the files below it and for no neighbour that begins alike."""
        put(store, entry("A.", pmid="1"), origin="/in/a.xml")
        put(store, entry("B.", pmid="2"), origin="/in/deep/b.xml")
        put(store, entry("C.", pmid="3"), origin="/in_/c.xml")
        assert store.remove(["/in"]).deleted == 2
        assert texts(store) == ["C."]

    def test_all_or_nothing(self, store: Store) -> None:
        """One name that is not held, and nothing is removed."""
        put(store, entry("A.", pmid="1"))
        with pytest.raises(NotHeld, match="nothing was removed"):
            store.remove(["pmid:1", "pmid:2"])
        assert texts(store) == ["A."]
        assert len([path for path in (store.folder / "originals").rglob("*") if path.is_file()]) == 1

    def test_a_file_that_gave_nothing_can_be_removed(self, store: Store) -> None:
        """Its bytes and its problems go."""
        put(store, Unread((Problem("No.", "/in/bad.xml", 3),)), origin="/in/bad.xml")
        assert len(store.problems()) == 1
        store.remove(["/in/bad.xml"])
        assert store.problems() == []
        assert store.counts().originals == 0


class TestNotices:
    """A retraction marks the work it names, in whichever order they come."""

    RETRACTION = "Retraction of an article."

    def retracted(self, store: Store, name: str) -> set[tuple[bool, bool]]:
        """(retracted, noticed) of all documents under a name."""
        found = store.holdings(store.resolve(name))
        return {(holding.profile.retracted, holding.profile.noticed) for holding in found}

    @pytest.mark.parametrize("first", ["work", "notice"])
    def test_in_either_order(self, store: Store, first: str) -> None:
        """All documents of the work are retracted; the notice itself is not."""
        article = entry("A.", pmid="1", doi="10.1000/a")
        says = notice(NoticeKind.RETRACTION, self.RETRACTION, doi="10.1000/a")
        for item, place in [(article, "/a"), (says, "/n")] if first == "work" else [(says, "/n"), (article, "/a")]:
            put(store, item, origin=place)
        put(store, entry("JATS.", pmid="1"), form="jats")
        assert self.retracted(store, "1") == {(True, True)}
        assert store.counts().retracted == 1
        own = next(each for each in store.live_holdings() if each.document.text == self.RETRACTION)
        assert not own.profile.retracted

    def test_the_index_hears_of_it(self, store: Store) -> None:
        """Documents that were there before are noted as changed."""
        put(store, entry("A.", pmid="1"))
        seq, marked = store.seq, store.resolve("1")[0]
        put(store, notice(NoticeKind.RETRACTION, self.RETRACTION, pmid="1"), origin="/n")
        assert (marked, PUT) in {(change.document, change.op) for change in store.changes(seq, 10)}

    def test_a_work_that_gains_the_key_later(self, store: Store) -> None:
        """A notice by DOI finds a work known by PMID once a document joins the two."""
        put(store, entry("A.", pmid="1"))
        put(store, notice(NoticeKind.RETRACTION, self.RETRACTION, doi="10.1000/a"), origin="/n")
        assert self.retracted(store, "1") == {(False, False)}
        put(store, entry("B.", pmid="1", doi="10.1000/a"), form="ris")
        assert self.retracted(store, "1") == {(True, True)}

    def test_merging_carries_it_over(self, store: Store) -> None:
        """If either of two works is retracted, what they become is."""
        put(store, entry("A.", pmid="1"), entry("B.", doi="10.1000/b"))
        put(store, notice(NoticeKind.RETRACTION, self.RETRACTION, doi="10.1000/b"), origin="/n")
        put(store, entry("AB.", pmid="1", doi="10.1000/b"), form="jats")
        assert self.retracted(store, "1") == {(True, True)}

    def test_what_one_document_says_of_itself_holds_for_the_work(self, store: Store) -> None:
        """PubMed marks the record; the copy from elsewhere is the same work."""
        put(store, entry("Copy.", pmid="666"), form="nbib")
        assert {flags[0] for flags in self.retracted(store, "666")} == {True}
        put(store, packed(document("Full text.", pmid="666")), form="jats")
        assert {flags[0] for flags in self.retracted(store, "666")} == {True}

    @pytest.mark.parametrize("order", [(0, 1), (1, 0)])
    def test_reinstatement_takes_it_back(self, store: Store, order: tuple[int, int]) -> None:
        """The latest word by its date holds, not the one that came last."""
        says = [
            notice(NoticeKind.RETRACTION, self.RETRACTION, date="2019-05", pmid="1"),
            notice(NoticeKind.REINSTATEMENT, "Reinstated.", date="2021-01", pmid="1"),
        ]
        put(store, entry("A.", pmid="1"))
        for place in order:
            put(store, says[place], origin=f"/n{place}")
        assert self.retracted(store, "1") == {(False, True)}

    @pytest.mark.parametrize(
        ("kind", "flags"),
        [
            (NoticeKind.CONCERN, (False, True)),
            (NoticeKind.CORRECTION, (False, True)),
            (NoticeKind.COMMENT, (False, False)),
            (NoticeKind.UPDATE, (False, False)),
        ],
    )
    def test_other_notices(self, store: Store, kind: NoticeKind, flags: tuple[bool, bool]) -> None:
        """Concerns and corrections show; a comment says nothing against a work."""
        put(store, entry("A.", pmid="1"))
        put(store, notice(kind, "Notice.", pmid="1"), origin="/n")
        assert self.retracted(store, "1") == {flags}

    def test_a_notice_that_is_removed_no_longer_counts(self, store: Store) -> None:
        """Without the notice nothing says that the work is retracted."""
        put(store, entry("A.", pmid="1"))
        put(store, notice(NoticeKind.RETRACTION, self.RETRACTION, pmid="1"), origin="/n")
        store.remove(["/n"])
        assert self.retracted(store, "1") == {(False, False)}
        assert store.counts().retracted == 0

    def test_received_notices_do_not_mark_others(self, store: Store) -> None:
        """A notice that a document received names the notice, not another work to be marked."""
        received = Notice(NoticeKind.RETRACTION, False, Identifiers(pmid="2"))
        put(store, entry("Notice.", pmid="2"), packed(document("A.", notices=[received], pmid="1")))
        assert self.retracted(store, "2") == {(False, False)}
        assert {flags[0] for flags in self.retracted(store, "1")} == {True}


class TestFiles:
    """How far a file got, and what stands against it."""

    def test_a_file_never_seen(self, store: Store) -> None:
        """There is no progress."""
        assert store.progress(original(store, "/in/a.xml", b"a")) is None

    def test_half_a_file(self, store: Store) -> None:
        """What is stored is counted; the rest follows and completes it."""
        given = original(store, "/in/a.xml", b"a")
        store.put([Delivery(given, 0, (entry("A.", pmid="1"), entry("B.", pmid="2")))])
        half = store.progress(given)
        assert half is not None
        assert (half.done, half.complete, half.present) == (2, False, 2)
        store.put([Delivery(given, 2, (entry("C.", pmid="3"),), (), True)])
        whole = store.progress(given)
        assert whole is not None
        assert (whole.done, whole.complete, whole.present) == (3, True, 3)

    def test_other_readers_begin_again(self, store: Store) -> None:
        """What earlier readers did says nothing about later ones."""
        given = original(store, "/in/a.xml", b"a")
        store.put([Delivery(given, 0, (), (), True)])
        later = original(store, "/in/a.xml", b"a", reader=2)
        assert store.progress(given) is not None
        assert store.progress(later) is None

    def test_problems_stand_until_the_file_is_read_without_them(self, store: Store) -> None:
        """Read again they are replaced; a corrected file clears those of what it held before."""
        bad = Problem("Broken.", "/in/a.xml", 3, "Mend it.")
        given = original(store, "/in/a.xml", b"bad")
        tally = store.put([Delivery(given, 0, (Unread((bad,)),), (Problem("Cut off.", "/in/a.xml"),), True)])
        assert tally.problems == (bad, Problem("Cut off.", "/in/a.xml"))
        assert store.problems() == [Problem("Cut off.", "/in/a.xml"), bad]
        held = store.progress(given)
        assert held is not None
        assert held.problems == tally.problems
        put(store, entry("Whole.", pmid="1"), origin="/in/a.xml", data=b"good")
        assert store.problems() == []

    def test_a_file_that_broke_off_is_read_again_from_its_start(self, store: Store) -> None:
        """Its problem goes with that; a twin of the same bytes is read on its own account."""
        given = original(store, "/in/a.xml", b"a")
        gone = Problem("The process ended.", "/in/a.xml")
        store.put([Delivery(given, 0, (entry("A.", pmid="1"),), (gone,), complete=False, broken=True)])
        assert store.progress(given) is None
        twin = original(store, "/in/b.xml", b"a")
        records = (entry("A.", pmid="1"), entry("B.", pmid="2"))
        store.put([Delivery(twin, 0, records, (), True)])
        assert store.progress(twin) is not None
        assert store.progress(given) is None
        assert store.problems() == [gone]
        tally = store.put([Delivery(given, 0, records, (), True)])
        assert (tally.present, tally.problems) == (2, ())
        assert store.problems() == []
        assert store.progress(given) is not None

    def test_twins_have_problems_of_their_own(self, store: Store) -> None:
        """Each is told with the name that the user knows."""
        for origin in ("/in/a.xml", "/in/b.xml"):
            given = original(store, origin, b"bad")
            store.put([Delivery(given, 0, (Unread((Problem("No.", origin, 1),)),), (), True)])
        for origin in ("/in/a.xml", "/in/b.xml"):
            held = store.progress(original(store, origin, b"bad"))
            assert held is not None
            assert [problem.where for problem in held.problems] == [origin]
        assert len(store.problems()) == 2

    def test_a_record_may_have_remarks_and_be_stored(self, store: Store) -> None:
        """A problem of a record does not keep it out."""
        remark = Problem("A date is odd.", "/in/a.xml", 4, lost=False)
        item = replace(entry("A.", pmid="1"), problems=(remark,))
        assert put(store, item).problems == (remark,)
        assert texts(store) == ["A."]

    def test_originals_are_kept_as_given(self, store: Store) -> None:
        """The bytes lie under their hash, once, however often they came."""
        data = b"\x00\xff bytes \r\n"
        for origin in ("/in/a.xml", "/in/b.xml"):
            put(store, entry("A.", pmid="1"), origin=origin, data=data)
        sha, path = store.keep(data)
        assert path.read_bytes() == data
        assert path.name == sha
        assert store.counts().originals == 1


class TestProfiles:
    """Profiles can be made again."""

    def test_stale_ones_are_found_and_replaced(self, store: Store) -> None:
        """Those of another maker are stale; new ones are shown and counted, and the index hears of it."""
        put(store, entry("A.", pmid="1"), entry("B.", pmid="2"))
        assert store.stale("test", 10) == []
        ids = store.stale("later", 10)
        assert ids == [holding.document.id for holding in store.live_holdings()]
        seq = store.seq
        store.reprofile({ids[0]: Profile(EvidenceKind.REVIEW, n=4)}, "later")
        assert store.stale("later", 10) == ids[1:]
        assert store.holding(ids[0]).profile == Profile(EvidenceKind.REVIEW, n=4)
        assert store.counts().evidence == (("cohort", 1), ("review", 1))
        assert [change.document for change in store.changes(seq, 10)] == [ids[0]]

    def test_at_most_as_many_as_asked(self, store: Store) -> None:
        """So that a large library is made again piece by piece."""
        put(store, *(entry(f"T{n}.", pmid=str(n)) for n in range(1, 6)))
        assert len(store.stale("later", 2)) == 2


class TestChanges:
    """What an index follows."""

    def test_numbers_rise_and_are_never_used_again(self, store: Store) -> None:
        """Also after everything was removed."""
        put(store, entry("A.", pmid="1"), entry("B.", pmid="2"))
        store.remove(["1", "2"])
        before = store.seq
        put(store, entry("C.", pmid="3"), origin="/in/c.xml")
        assert store.seq == before + 1
        numbers = [change.seq for change in store.changes(0, 100)]
        assert numbers == sorted(set(numbers))

    def test_following_them_gives_what_is_live(self, store: Store) -> None:
        """Whoever plays the changes one after the other holds exactly the live documents."""
        put(store, entry("A.", version=1, pmid="1"), entry("B.", pmid="2"), entry("C.", doi="10.1000/c"))
        put(store, entry("A2.", version=2, pmid="1"), Withdrawal("pmid:2"), origin="/in/u.xml")
        put(store, entry("AC.", pmid="1", doi="10.1000/c"), form="jats")
        store.remove(["10.1000/c"])
        put(store, entry("D.", pmid="4"), origin="/in/d.xml")
        held: set[str] = set()
        after = 0
        while changes := store.changes(after, 2):
            for change in changes:
                (held.add if change.op == PUT else held.discard)(change.document)
            after = changes[-1].seq
        assert held == {holding.document.id for holding in store.live_holdings()}
        assert texts(store) == ["D."]
