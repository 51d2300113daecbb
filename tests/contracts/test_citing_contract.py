"""What every store promises of who cites whom, of notices of the world and of flags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from curbside.errors import LibraryError, NotHeld
from curbside.records import (
    DocumentKind,
    Flag,
    Identifiers,
    Listed,
    Notice,
    NoticeKind,
    NoticeList,
    Problem,
    Reference,
    Span,
    Stance,
)
from curbside.store.base import PUT, Entry, Store, Withdrawal
from curbside.store.base_citing import CITATIONS, Derived, EntryKeys, Flags, Gate, Linkage, Links
from curbside.store.gate import GateReader
from curbside.store.links import LinksReader
from curbside.store.writing import SqliteStore
from library_makers import LASTING, STORES, place_of, store_of
from store_makers import document, entry, notice, packed, put

NOW = 1_700_000_000.0
TITLE = "Sirolimus in refractory immune thrombocytopenia of childhood"


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with store_of(request.param, tmp_path / "library", lambda: NOW) as made:
        yield made


def citing(text: str, *references: Reference, **ids: str) -> Entry:
    """A document with a reference list, as the store takes it."""
    return packed(replace(document(text, **ids), references=references))


def by(**ids: str) -> Reference:
    """An entry of a reference list with identifiers."""
    return Reference("r", ids=Identifiers(**ids))


def the(store: Store, name: str) -> str:
    """The work under a name."""
    return store.holdings(store.resolve(name))[0].work


def doc(store: Store, name: str) -> str:
    """The first document under a name."""
    return store.resolve(name)[0]


class TestLinks:
    """Who cites whom is there with the document, and goes with it."""

    def test_they_are_what_the_contract_says(self, store: Store) -> None:
        """Each fulfils its Protocol as far as a type checker and a caller can see."""
        links: Links = store.links
        gate: Gate = store.gate
        flags: Flags = store.flags
        assert (links.titled([]), gate.lists(), flags.all()) == ({}, [], [])

    @pytest.mark.parametrize("first", ["citing", "cited"])
    def test_whichever_comes_first(self, store: Store, first: str) -> None:
        """A work that is added later finds who cites it; both sides are asked."""
        review = citing("A review.", by(pmid="7"), by(doi="10.1000/a", pmid="1"), pmid="2")
        article = entry("An article.", doi="10.1000/a")
        for at, item in enumerate([review, article] if first == "citing" else [article, review]):
            put(store, item, origin=f"/in/{at}.xml")
        (found,) = store.links.citing(the(store, "10.1000/a"))
        assert (found.document, found.work, found.entry, found.by_title) == (doc(store, "2"), the(store, "2"), 1, False)
        assert store.links.cited(doc(store, "2")) == [
            EntryKeys(0, ("pmid:7",), ()),
            EntryKeys(1, ("doi:10.1000/a", "pmid:1"), (the(store, "10.1000/a"),)),
        ]
        assert [each.entry for each in store.links.citing_key("pmid:7")] == [0]
        assert store.links.counted([the(store, "10.1000/a"), the(store, "2")]) == {the(store, "10.1000/a"): 1}

    def test_by_title_where_there_is_no_identifier(self, store: Store) -> None:
        """Upper case and full stops make no other title; it is said that only the title says so."""
        put(store, citing("Review.", Reference("r", title=f"{TITLE.upper()}.", year="2019", authors=("Ek",)), pmid="2"))
        put(store, entry("An article.", title=TITLE, pmid="1"), origin="/in/b.xml")
        (found,) = store.links.citing(the(store, "1"))
        assert found.by_title
        (named,) = store.links.cited(doc(store, "2"))
        assert (named.by_title, named.works) == (True, (the(store, "1"),))
        assert store.links.titled(named.keys) == {named.keys[0]: (the(store, "1"),)}

    def test_pages_about_a_work_do_not_go_by_its_title(self, store: Store) -> None:
        """Whoever cites the paper does not cite the page that tells of it."""
        put(store, packed(document("A page.", DocumentKind.STUDY_PAGE, title=TITLE)))
        put(store, citing("Review.", Reference("r", title=TITLE), pmid="2"), origin="/in/b.xml")
        assert store.links.cited(doc(store, "2"))[0].works == ()

    def test_a_work_does_not_cite_itself(self, store: Store) -> None:
        """Two documents of one work, one with the list and one with the DOI, are no citation."""
        put(store, citing("Text.", by(doi="10.1000/a"), pmid="1"), entry("A.", pmid="1", doi="10.1000/a"))
        assert store.links.citing(the(store, "1")) == []

    def test_they_follow_a_merge(self, store: Store) -> None:
        """Two works that turn out to be one are cited by whoever cited either."""
        put(store, entry("A.", pmid="1"), entry("B.", doi="10.1000/b"))
        put(
            store, citing("C.", by(pmid="1"), pmid="3"), citing("D.", by(doi="10.1000/b"), pmid="4"), origin="/in/c.xml"
        )
        put(store, entry("AB.", pmid="1", doi="10.1000/b"), origin="/in/m.xml", form="jats")
        assert len(store.links.citing(the(store, "1"))) == 2

    @pytest.mark.parametrize("way", ["removed", "replaced", "withdrawn"])
    def test_what_is_not_shown_cites_nothing(self, store: Store, way: str) -> None:
        """Removing, replacing and withdrawing a document take its citations away; a place back brings them back."""
        put(store, entry("Cited.", pmid="1"), origin="/in/c.xml")
        before = citing("Old list.", by(pmid="1"), pmid="2")
        put(store, before, data=b"old")
        gone = doc(store, "2")
        if way == "removed":
            store.remove(["2"])
        elif way == "replaced":
            put(store, citing("New list.", by(pmid="9"), pmid="2"), data=b"new")
        else:
            put(store, Withdrawal("pmid:2"), origin="/in/gone.xml")
        assert store.links.citing(the(store, "1")) == []
        assert store.links.cited(gone) == []
        if way == "replaced":
            put(store, before, data=b"old")
            assert [each.document for each in store.links.citing(the(store, "1"))] == [gone]

    def test_nothing_lingers_after_removal(self, store: Store) -> None:
        """The rows themselves go, also those of titles."""
        put(store, citing("Review.", by(pmid="7"), title=TITLE, pmid="2"))
        store.remove(["2"])
        rows = store.gate._rows  # type: ignore[attr-defined]
        assert [rows(f"SELECT count(*) FROM {table}", ())[0][0] for table in ("cites", "titles", "derived")] == [0] * 3


class TestDerived:
    """What steps made of documents: kept, found stale, made again."""

    def made(self, text: str, made_by: str, pmid: str) -> Entry:
        """A document of which the step made something."""
        return replace(entry(text, pmid=pmid), derived=(Derived(CITATIONS, made_by, text.encode()),))

    def test_it_comes_back_with_its_maker(self, store: Store) -> None:
        """A document of which the step made nothing is left out."""
        put(store, self.made("A.", "1", "1"), entry("B.", pmid="2"))
        found = store.links.derived([doc(store, "1"), doc(store, "2"), "d" + "0" * 20], CITATIONS)
        assert found == {doc(store, "1"): Derived(CITATIONS, "1", b"A.")}

    def test_stale_ones_are_made_again(self, store: Store) -> None:
        """Keys and bytes are replaced together; where nothing is to be made the record goes."""
        put(store, self.made("A.", "1", "1"), self.made("B.", "1", "2"), entry("C.", pmid="3"))
        assert store.links.stale(CITATIONS, "1", 9) == []
        ids = store.links.stale(CITATIONS, "2", 9)
        assert ids == [doc(store, "1"), doc(store, "2")]
        assert store.links.stale(CITATIONS, "2", 1) == ids[:1]
        linkage = Linkage(("t:1",), ((0, "pmid:3"),))
        store.links.relink({ids[0]: (linkage, Derived(CITATIONS, "2", b"A2")), ids[1]: (Linkage(), None)}, CITATIONS)
        assert store.links.stale(CITATIONS, "2", 9) == []
        assert store.links.derived(ids, CITATIONS) == {ids[0]: Derived(CITATIONS, "2", b"A2")}
        assert [each.document for each in store.links.citing(the(store, "3"))] == [ids[0]]
        assert list(store.links.titled(["t:1"])) == ["t:1"]

    def test_profiles_are_not_touched(self, store: Store) -> None:
        """One step's record is not the other's."""
        put(store, self.made("A.", "1", "1"))
        store.links.relink({doc(store, "1"): (Linkage(), None)}, CITATIONS)
        assert store.holding(doc(store, "1")).made_by == "test"


def a_list(name: str = "The List", rows: int = 1) -> NoticeList:
    """What is told of a list when it is handed over."""
    return NoticeList(name, "/in/list.csv", "doi-nature", "", "", rows)


def word(kind: NoticeKind, key: str, date: str = "", notice: str = "", line: int = 2) -> Listed:
    """A word of the list."""
    return Listed(kind, key, date, "The List", notice, "Fraud", line)


R, E, C, B = NoticeKind.RETRACTION, NoticeKind.CONCERN, NoticeKind.CORRECTION, NoticeKind.REINSTATEMENT


class TestGate:
    """A work that a list names is marked at once, whenever it comes, for as long as the list is gone by."""

    def flags(self, store: Store, name: str) -> tuple[bool, bool]:
        """(retracted, noticed) of a work."""
        profile = store.holdings(store.resolve(name))[0].profile
        return profile.retracted, profile.noticed

    @pytest.mark.parametrize("first", ["work", "list"])
    def test_in_either_order(self, store: Store, first: str) -> None:
        """Works added later are held against the list too."""
        article = entry("A.", pmid="1", doi="10.1000/a")
        if first == "work":
            put(store, article)
        changed = store.gate.put(a_list(), b"csv", [word(R, "doi:10.1000/a"), word(R, "doi:10.1000/z")], [])
        assert changed == (1 if first == "work" else 0)
        if first == "list":
            put(store, article)
        assert self.flags(store, "1") == (True, True)
        assert store.counts().retracted == 1
        (told,) = store.holdings(store.resolve("1"))[0].elsewhere
        assert (told.kind, told.source, told.reason) == (R, "The List", "Fraud")

    def test_the_index_hears_of_it(self, store: Store) -> None:
        """Marking and unmarking are changes like others."""
        put(store, entry("A.", pmid="1"), entry("B.", pmid="2"))
        for change in (
            lambda: store.gate.put(a_list(), b"", [word(C, "pmid:1")], []),
            lambda: store.gate.drop("The List"),
        ):
            seq = store.seq
            change()
            assert [(each.document, each.op) for each in store.changes(seq, 9)] == [(doc(store, "1"), PUT)]

    def test_removing_the_list_undoes_it(self, store: Store) -> None:
        """Also its bytes and problems; what another list says stays."""
        put(store, entry("A.", pmid="1"), entry("B.", pmid="2"))
        problem = Problem("No DOI.", "/in/list.csv", 7)
        store.gate.put(a_list(), b"csv", [word(R, "pmid:1"), word(R, "pmid:2")], [problem])
        store.gate.put(a_list("Other"), b"other", [word(E, "pmid:2")], [])
        assert store.problems() == [problem]
        assert store.counts().originals == 3
        assert store.gate.drop("The List") == 2
        assert (self.flags(store, "1"), self.flags(store, "2")) == ((False, False), (False, True))
        assert (store.problems(), store.counts().originals) == ([], 2)
        with pytest.raises(NotHeld, match="The List"):
            store.gate.drop("The List")

    def test_a_later_list_of_the_name_takes_its_place(self, store: Store) -> None:
        """What it does not say any more is taken back; once more the same bytes changes nothing."""
        put(store, entry("A.", pmid="1"), entry("B.", pmid="2"))
        store.gate.put(a_list(), b"one", [word(R, "pmid:1")], [])
        assert store.gate.put(a_list(), b"two", [word(R, "pmid:2")], []) == 2
        assert store.gate.put(a_list(), b"two", [word(R, "pmid:2")], []) == 0
        assert (self.flags(store, "1"), self.flags(store, "2")) == ((False, False), (True, True))
        assert [each.name for each in store.gate.lists()] == ["The List"]

    @pytest.mark.parametrize(
        ("words", "flags"),
        [
            ([(R, "2019"), (B, "2021-01-02")], (False, True)),
            ([(B, "2019"), (R, "2021")], (True, True)),
            ([(R, ""), (B, "")], (False, True)),
            ([(B, ""), (R, "")], (False, True)),
            ([(R, ""), (B, "2018")], (False, True)),
            ([(E, "2019"), (C, "2020")], (False, True)),
            ([(NoticeKind.COMMENT, ""), (R, "2020"), (C, "2022")], (True, True)),
        ],
    )
    def test_the_latest_dated_word_holds(
        self, store: Store, words: list[tuple[NoticeKind, str]], flags: tuple[bool, bool]
    ) -> None:
        """A correction takes no retraction back; of two undated ones reinstatement is the later."""
        put(store, entry("A.", pmid="1"))
        given = [word(kind, "pmid:1", date, line=line) for line, (kind, date) in enumerate(words)]
        store.gate.put(a_list(), b"", given, [])
        assert self.flags(store, "1") == flags

    def test_lists_and_documents_weigh_together(self, store: Store) -> None:
        """A reinstatement that the library holds takes back what a list said before it."""
        put(store, entry("A.", pmid="1"))
        store.gate.put(a_list(), b"", [word(R, "pmid:1", "2019")], [])
        put(store, notice(B, "Reinstated.", date="2021", pmid="1"), origin="/n")
        assert self.flags(store, "1") == (False, True)
        assert [each.kind for each in store.gate.of_work(the(store, "1"))] == [R, B]

    def test_what_comes_back_is_weighed_anew(self, store: Store) -> None:
        """A list that came while a version was not shown marks it once it is shown again."""
        put(store, entry("A.", doi="10.1000/a"), data=b"old")
        put(store, entry("Another.", doi="10.1000/b"), data=b"new")
        store.gate.put(a_list(), b"", [word(R, "doi:10.1000/a")], [])
        put(store, entry("A.", doi="10.1000/a"), data=b"old")
        assert self.flags(store, "10.1000/a") == (True, True)

    def test_a_notice_is_told_apart_from_its_paper(self, store: Store) -> None:
        """The paper is marked, the notice is not; asked for, each says which it is."""
        put(store, entry("Paper.", doi="10.1000/a"), entry("Notice.", doi="10.1000/n"))
        store.gate.put(a_list(), b"", [word(R, "doi:10.1000/a", "2020", "doi:10.1000/n")], [])
        assert (self.flags(store, "10.1000/a"), self.flags(store, "10.1000/n")) == ((True, True), (False, False))
        paper, says = store.gate.look("doi:10.1000/a"), store.gate.look("doi:10.1000/n")
        assert ([each.kind for each in paper.said], paper.says) == ([R], ())
        assert (says.said, [each.key for each in says.says]) == ((), ["doi:10.1000/a"])

    def test_a_notice_under_the_papers_own_doi(self, store: Store) -> None:
        """Some journals put it there; the DOI then is that of the paper."""
        store.gate.put(a_list(), b"", [word(R, "doi:10.1000/a", "2020", "doi:10.1000/a")], [])
        looked = store.gate.look("doi:10.1000/a")
        assert (len(looked.said), looked.says) == (1, ())

    def test_one_row_under_two_keys_is_one_word(self, store: Store) -> None:
        """A list names a work by DOI and PMID."""
        put(store, entry("A.", pmid="1", doi="10.1000/a"))
        store.gate.put(a_list(), b"", [word(R, "pmid:1"), word(R, "doi:10.1000/a")], [])
        assert len(store.gate.of_work(the(store, "1"))) == 1
        assert [len(words) for _, words in store.gate.held()] == [1]

    def test_who_cites_retracted_works(self, store: Store) -> None:
        """Held or not; by a list, by a notice held, or by the record's own word."""
        review = citing(
            "R.", by(pmid="1"), by(doi="10.1000/gone"), by(pmid="666"), by(pmid="4"), by(pmid="8"), pmid="9"
        )
        put(store, entry("A.", pmid="1"), entry("Own.", pmid="666"), entry("Fine.", pmid="4"), review)
        put(store, notice(R, "Retraction.", pmid="1"), origin="/n")
        store.gate.put(a_list(), b"", [word(R, "doi:10.1000/gone")], [])
        found = store.gate.cited_by(doc(store, "9"))
        assert {at: [each.kind for each in words] for at, words in found.items()} == {0: [R], 1: [R], 2: [R]}
        assert [words[0].source for words in found.values()][1:] == ["The List", "its own record"]

    def test_many_at_once(self, store: Store) -> None:
        """Keys past any limit of one statement are no trouble."""
        keys = [f"doi:10.1000/{number}" for number in range(1_500)]
        store.gate.put(a_list(), b"", [word(R, key) for key in keys], [])
        assert sorted(store.gate.on([*keys, "pmid:5"])) == sorted(keys)

    def test_nothing_of_a_list_that_fails_half_way(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """All or nothing: the disk is full in the middle, and the list before still holds."""
        import curbside.store.gate_writing as gate_writing

        put(store, entry("A.", pmid="1"))
        store.gate.put(a_list(), b"one", [word(R, "pmid:1")], [])
        seq = store.seq

        def broken(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(gate_writing, "_complain", broken)
        with pytest.raises(LibraryError, match="no more"):
            store.gate.put(a_list(), b"two", [word(R, "pmid:2")], [])
        monkeypatch.undo()
        assert (store.seq, self.flags(store, "1"), len(store.gate.lists())) == (seq, (True, True), 1)
        assert store.gate.put(a_list(), b"two", [], []) == 1


class TestMarked:
    """What holds for a work reaches whoever is handed its documents."""

    def test_notices_stand_behind_those_of_the_source(self, store: Store) -> None:
        """The document itself stays as its source gave it, under its hash."""
        own = Notice(C, False, Identifiers(doi="10.1000/c"), "Erratum in: …")
        put(store, packed(document("A.", notices=[own], pmid="1")))
        put(store, entry("B.", pmid="2"), origin="/in/b.xml")
        words = [word(C, "pmid:1", "2018", "doi:10.1000/c"), word(R, "pmid:1", "2020", "doi:10.1000/n")]
        store.gate.put(a_list(), b"", words, [])
        (holding,) = store.holdings(store.resolve("1"))
        assert holding.document.notices == (own,)
        assert [(each.kind, each.ids.doi) for each in holding.marked.notices] == [(C, "10.1000/c"), (R, "10.1000/n")]
        assert holding.marked.notices[1].text == "retraction (The List, 2020): Fraud"
        assert holding.marked.retracted
        (other,) = store.holdings(store.resolve("2"))
        assert other.marked is other.document

    def test_a_notice_is_not_marked_with_itself(self, store: Store) -> None:
        """A retraction notice that names, by mistake, a key of its own work says nothing of itself."""
        put(store, notice(R, "Retraction.", pmid="1"))
        put(store, entry("Retraction note.", pmid="1"), form="jats")
        (own,) = [each for each in store.live_holdings() if each.document.text == "Retraction."]
        assert own.elsewhere == ()


def a_flag(store: Store, name: str, at: str = "3-6:0") -> Flag:
    """A flag on a citation of a document held."""
    citation = f"{doc(store, name)}:{at}"
    words, why = "In line with [1], it rose.", "It says the opposite."
    return Flag(
        0, citation, Stance.CONTRASTING, "Ann Lee", why, "", words, said=".71", marker=Span(13, 16), key="pmid:5"
    )


class TestFlags:
    """Flags are appended to and never changed; reviewers' words stand beside them."""

    def test_a_flag_comes_back_numbered(self, store: Store) -> None:
        """With its time, and as it was raised."""
        put(store, entry("A.", pmid="1"))
        given = a_flag(store, "1")
        kept = store.flags.put(given)
        assert (kept.number, kept.at) == (1, "2023-11-14T22:13:20Z")
        assert replace(kept, number=0, at="") == given
        assert store.flags.put(given).number == 2
        assert [each.number for each in store.flags.all()] == [1, 2]

    def test_verdicts_stand_beside_it(self, store: Store) -> None:
        """The latest word of a person counts, whatever the case of their name; all are logged."""
        put(store, entry("A.", pmid="1"))
        number = store.flags.put(a_flag(store, "1")).number
        store.flags.say(number, "Bo Ek", agrees=False, why="Not so.")
        store.flags.say(number, "Cy Fox", agrees=True)
        found = store.flags.say(number, "BO  EK", agrees=True)
        assert (found.agreed, found.refused, found.changed) == (("Cy Fox", "Bo Ek"), (), True)
        assert [(each.what, each.who, each.why) for each in store.flags.log(number)] == [
            ("flagged", "Ann Lee", "It says the opposite."),
            ("refused", "Bo Ek", "Not so."),
            ("agreed", "Cy Fox", ""),
            ("agreed", "BO  EK", ""),
        ]
        with pytest.raises(NotHeld, match="no flag 9"):
            store.flags.say(9, "Bo Ek", agrees=True)

    def test_they_stay_with_the_work(self, store: Store) -> None:
        """A later version of the text has another id and still has its flags; removal leaves the record of them."""
        put(store, entry("Old.", pmid="1"), data=b"old")
        store.flags.put(a_flag(store, "1"))
        put(store, entry("New.", pmid="1"), data=b"new")
        put(store, entry("Other.", pmid="2"), origin="/in/b.xml")
        found = store.flags.on([doc(store, "1"), doc(store, "2")])
        assert {name: [flag.number for flag in flags] for name, flags in found.items()} == {doc(store, "1"): [1]}
        store.remove(["1"])
        assert [flag.words for flag in store.flags.all()] == ["In line with [1], it rose."]

    def test_they_follow_a_merge(self, store: Store) -> None:
        """A work that another took in keeps its flags."""
        put(store, entry("A.", pmid="1"), entry("B.", doi="10.1000/b"))
        store.flags.put(a_flag(store, "10.1000/b"))
        put(store, entry("AB.", pmid="1", doi="10.1000/b"), form="jats")
        assert set(store.flags.on([doc(store, "1")])) == {doc(store, "1")}


def test_each_look_up_goes_by_an_index(tmp_path: Path) -> None:
    """No look-up walks a table, or all documents that are shown: a library may hold a million."""
    store = SqliteStore(tmp_path / "library")
    put(store, citing("R.", by(pmid="1"), Reference("r", title=TITLE), pmid="2"), entry("A.", pmid="1"))
    store.gate.put(a_list(), b"", [word(R, "pmid:1")], [])
    asked: list[tuple[str, tuple[object, ...]]] = []
    rows = store.gate._rows  # type: ignore[attr-defined]

    def noted(sql: str, values: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
        asked.append((sql, tuple(values)))
        return rows(sql, values)

    gate, links, work, review = GateReader(noted), LinksReader(noted), the(store, "1"), doc(store, "2")
    gate.look("pmid:1"), gate.on(["pmid:1"]), gate.of_work(work), gate.cited_by(review)
    links.citing(work), links.citing_key("pmid:1"), links.cited(review), links.titled(["t:1"]), links.counted([work])
    links.derived([review], CITATIONS)
    for sql, values in asked:
        plan = [str(step[3]) for step in rows(f"EXPLAIN QUERY PLAN {sql}", values)]
        walked = [
            step for step in plan if step.startswith("SCAN") and "SUBQUERY" not in step.upper() and "(sub" not in step
        ]
        assert not walked, (sql, plan)
        assert not [step for step in plan if "documents_state" in step], (sql, plan)
    store.close()


@pytest.mark.parametrize("kind", LASTING)
def test_a_reader_refuses_to_change(kind: str, tmp_path: Path) -> None:
    """Every changing call says how to come by it, and reading goes on beside a writer."""
    with place_of(kind, tmp_path / "library") as place:
        store = place.store()
        put(store, entry("A.", pmid="1"))
        reader = place.reader()
        for change in (
            lambda: reader.links.relink({}, CITATIONS),
            lambda: reader.gate.put(a_list(), b"", [], []),
            lambda: reader.gate.drop("x"),
            lambda: reader.flags.put(a_flag(store, "1")),
            lambda: reader.flags.say(1, "x", agrees=True),
        ):
            with pytest.raises(LibraryError, match="opened for reading"):
                change()
        store.gate.put(a_list(), b"", [word(R, "pmid:1")], [])
        assert reader.holdings(reader.resolve("1"))[0].profile.retracted
        reader.close()
        store.close()
