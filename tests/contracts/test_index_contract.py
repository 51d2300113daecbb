"""What every index does: one suite for the index on disk and the one in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curbside.errors import QuerySyntaxError
from curbside.records import Expansion, Facets, Filters, Hits, Holding, Journal, Order, Query, Span
from curbside.search.base import Index
from curbside.search.index import TantivyIndex
from curbside.search.memory import MemoryIndex
from curbside.search.sample import sample
from search_holdings import FILLER, LIBRARY, FewConcepts, abstract, long_article

IMPLEMENTATIONS = ("tantivy", "memory")


@pytest.fixture(params=IMPLEMENTATIONS)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    """An index that never held anything."""
    made: Index = (
        TantivyIndex(tmp_path / "index", FewConcepts()) if request.param == "tantivy" else MemoryIndex(FewConcepts())
    )
    yield made
    made.close()


@pytest.fixture
def library(index: Index) -> Index:
    """An index of the five abstracts."""
    index.apply(LIBRARY)
    index.commit(5)
    return index


def titles(hits: Hits) -> list[str]:
    """Return the titles of the hits, in their order."""
    by_id = {holding.document.id: holding.document.title for holding in LIBRARY}
    return [by_id.get(hit.document, hit.document) for hit in hits.hits]


def expanded(text: str, words: str, *ids: str) -> Query:
    """Return a query in which `words` were recognised as concepts."""
    start = text.index(words)
    return Query(text, (Expansion(Span(start, start + len(words)), ids[0], words, ids),))


def test_both_keep_the_protocol(index: Index) -> None:
    """Either index can stand where an Index is asked for."""
    assert isinstance(index, Index)


def test_an_index_that_never_held_anything_finds_nothing(index: Index) -> None:
    """Nothing has to be made before the first question."""
    assert index.state() == "missing"
    assert (index.seq, index.count()) == (0, 0)
    assert index.search(Query("sirolimus")).hits == ()
    assert index.search(Query("title:sirolimus", advanced=True)).hits == ()


def test_nothing_shows_before_its_commit(index: Index) -> None:
    """Documents and the number of the change become visible together."""
    index.apply(LIBRARY)
    assert index.search(Query("sirolimus")).hits == ()
    assert index.seq == 0
    index.commit(5)
    assert index.seq == 5
    assert index.state() == "ready"
    assert index.count() == len(LIBRARY)
    assert titles(index.search(Query("sirolimus"))) == ["Sirolimus in immune thrombocytopenia"]


def test_a_closed_index_drops_what_was_not_committed(library: Index) -> None:
    """A process that dies between apply and commit leaves the last commit."""
    library.apply([abstract("Later", "Wombats were treated later.")])
    library.close()
    assert library.search(Query("wombats")).hits == ()
    library.commit(6)
    assert library.search(Query("wombats")).hits == ()


def test_a_document_given_again_is_there_once(library: Index) -> None:
    """Applying a change twice, as after a crash, changes nothing."""
    library.apply(LIBRARY)
    library.apply(LIBRARY[:2])
    library.commit(6)
    assert library.count() == len(LIBRARY)
    assert library.search(Query("sirolimus rapamycin everolimus tacrolimus")).total == 4


def test_a_removed_document_is_gone(library: Index) -> None:
    """A removal shows with its commit; one of an unknown id is no fault."""
    library.apply([], removed=[LIBRARY[0].document.id, "d00000000000000000000"])
    library.commit(6)
    assert library.search(Query("thrombocytopenia")).hits == ()
    assert library.count() == len(LIBRARY) - 1


def test_clear_begins_anew_with_the_next_commit(library: Index) -> None:
    """The old index answers until the new one is whole."""
    library.clear()
    assert (library.seq, library.count()) == (5, 5)
    library.apply(LIBRARY[:1])
    assert library.search(Query("splenectomy")).total == 1
    library.commit(9)
    assert (library.seq, library.count(), library.state()) == (9, 1, "ready")
    assert library.search(Query("splenectomy")).total == 0


def test_a_clear_that_is_not_committed_did_not_happen(library: Index) -> None:
    """A rebuild that is killed on the way leaves the index it was to replace."""
    library.clear()
    library.apply(LIBRARY[:1])
    library.close()
    assert (library.seq, library.count(), library.state()) == (5, 5, "ready")
    assert library.search(Query("splenectomy")).total == 1


def test_an_index_that_was_cleared_can_be_empty(library: Index) -> None:
    """A library from which everything was removed has an index that is ready."""
    library.clear()
    library.commit(7)
    assert (library.seq, library.count(), library.state()) == (7, 0, "ready")
    assert library.search(Query("sirolimus")).total == 0


def test_words_are_found_in_any_form(library: Index) -> None:
    """Case, plural and tense do not matter."""
    assert titles(library.search(Query("SIROLIMUS for a child")))[0] == "Sirolimus in immune thrombocytopenia"
    assert titles(library.search(Query("infection"))) == ["Rapamycin and splenectomy"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [("tumour", "Everolimus in tuberous sclerosis"), ("randomized trial", "Everolimus in tuberous sclerosis")],
)
def test_british_and_american_spelling_are_one(library: Index, asked: str, found: str) -> None:
    """A tumour is a tumor."""
    assert titles(library.search(Query(asked)))[0] == found


@pytest.mark.parametrize("text", ["", "   ", "the of and", "what is it?", "???", "\n\t", "どう"])
def test_a_question_without_a_known_word_finds_nothing(library: Index, text: str) -> None:
    """Stop words alone are no question."""
    assert library.search(Query(text)) == Hits(Query(text), (), 0)


def test_a_brand_finds_the_drug_under_all_its_names(library: Index) -> None:
    """Rapamune finds sirolimus and rapamycin, and not everolimus."""
    query = expanded("Rapamune", "Rapamune", "d:sirolimus")
    assert set(titles(library.search(query))) == {"Sirolimus in immune thrombocytopenia", "Rapamycin and splenectomy"}


def test_an_abbreviation_finds_the_condition_spelt_out_and_the_other_way_round(index: Index) -> None:
    """CLE and cutaneous lupus erythematosus are one."""
    spelt = abstract("Spelt out", "Plaques of cutaneous lupus erythematosus faded.")
    index.apply([spelt, *LIBRARY])
    index.commit(1)
    short = index.search(expanded("CLE", "CLE", "c:cle"))
    long = index.search(expanded("cutaneous lupus erythematosus", "cutaneous lupus erythematosus", "c:cle"))
    assert {hit.document for hit in short.hits} == {spelt.document.id, LIBRARY[3].document.id}
    assert {hit.document for hit in long.hits} == {spelt.document.id, LIBRARY[3].document.id}


def test_a_class_widens_only_where_its_members_are_asked_for(library: Index) -> None:
    """The ids of an expansion decide: the class alone, or its members too."""
    alone = library.search(expanded("mTOR inhibitors", "mTOR inhibitors", "k:mtor-inhibitors"))
    widened = library.search(
        expanded("mTOR inhibitors", "mTOR inhibitors", "k:mtor-inhibitors", "d:sirolimus", "d:everolimus")
    )
    assert titles(alone) == ["A class in review"]
    assert len(widened.hits) == 4


def test_concepts_do_not_drown_the_words(library: Index) -> None:
    """Of two documents on the drug the one that holds the other word comes first."""
    query = expanded("Rapamune before splenectomy", "Rapamune", "d:sirolimus")
    assert titles(library.search(query))[0] == "Rapamycin and splenectomy"


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(kinds=("article",)), 5),
        (Filters(kinds=("guideline",)), 0),
        (Filters(evidence=("randomised trial", "cohort")), 2),
        (Filters(since=2013), 3),
        (Filters(until=2010), 2),
        (Filters(since=2010, until=2013), 2),
        (Filters(since=2020, until=2010), 0),
        (Filters(drugs=("d:sirolimus",)), 2),
        (Filters(drugs=("k:mtor-inhibitors",)), 4),
        (Filters(conditions=("c:lupus",)), 1),
        (Filters(conditions=("c:nothing",)), 0),
        (Filters(ages=("child",)), 1),
        (Filters(ages=("child", "adult")), 2),
        (Filters(noticed=True), 1),
        (Filters(noticed=False), 4),
        (Filters(drugs=("d:sirolimus",), ages=("adult",), since=2000), 1),
    ],
)
def test_every_hit_meets_the_filters(library: Index, filters: Filters, expected: int) -> None:
    """Filters narrow, several values of one widen, narrower concepts count; they never change the order."""
    words = "sirolimus rapamycin everolimus tacrolimus mechanism"
    hits = library.search(Query(words, filters=filters))
    assert (len(hits.hits), hits.total) == (expected, expected)
    everything = [hit.document for hit in library.search(Query(words)).hits]
    assert [hit.document for hit in hits.hits] == [
        each for each in everything if each in {h.document for h in hits.hits}
    ]


def test_limit_and_offset_page_through_one_order(library: Index) -> None:
    """Pages joined are the whole list; the total is the same on each."""
    words = "sirolimus rapamycin everolimus tacrolimus mechanism"
    whole = library.search(Query(words))
    pages = [library.search(Query(words, limit=2, offset=start)) for start in (0, 2, 4, 6)]
    assert [hit for page in pages for hit in page.hits] == list(whole.hits)
    assert {page.total for page in pages} == {5}
    assert library.search(Query(words, limit=0)).hits == ()


def test_a_search_among_some_documents_scores_them_as_among_all(library: Index) -> None:
    """Naming the only documents wanted takes the others away and changes nothing else; unknown ids are no fault."""
    words = "sirolimus rapamycin everolimus tacrolimus mechanism"
    everything = library.search(Query(words))
    some = tuple(hit.document for hit in everything.hits[1:3])
    hits = library.search(Query(words, among=(*some, "d00000000000000000000")))
    assert (hits.hits, hits.total) == (everything.hits[1:3], 2)
    advanced = library.search(Query("kind:article", advanced=True, among=some))
    assert {hit.document for hit in advanced.hits} == set(some)


def test_among_some_documents_those_are_found_that_share_a_word(library: Index) -> None:
    """However long the question is; each counts once."""
    every = [hit.document for hit in library.search(Query("patients sirolimus treatment psoriasis", limit=50)).hits]
    long = "sirolimus " + " ".join(f"zyx{number}qu" for number in range(90))
    sharing = library.search(Query("sirolimus", limit=50))
    assert 0 < sharing.total < len(every)
    for text in ("sirolimus", long):
        hits = library.search(Query(text, among=tuple(every), limit=50))
        assert [(hit.document, hit.span, hit.score) for hit in hits.hits] == [
            (hit.document, hit.span, hit.score) for hit in sharing.hits
        ]
        assert hits.total == sharing.total
        assert library.search(Query(text, among=tuple(every), limit=1)).total == sharing.total
    words = " ".join(dict.fromkeys(" ".join(titles(library.search(Query("patients", limit=50)))).split()))
    plain, among = (library.search(Query(words, among=given, limit=50)) for given in ((), tuple(every)))
    assert {hit.document: hit.score for hit in among.hits} == {
        hit.document: hit.score for hit in plain.hits if hit.document in every
    }


def test_which_of_some_documents_meet_the_filters(library: Index) -> None:
    """Each comes with its work; what is not held, or meets them not, is left out, whatever words it has."""
    every = [holding.document.id for holding in LIBRARY]
    works = {holding.document.id: holding.work for holding in LIBRARY}
    assert library.among([*every, "d00000000000000000000"], Filters()) == works
    assert library.among(every[:2], Filters()) == {each: works[each] for each in every[:2]}
    assert library.among(every, Filters(drugs=("k:mtor-inhibitors",), since=2013)).keys() == {
        each.document.id for each in (LIBRARY[0], LIBRARY[2], LIBRARY[4])
    }
    assert library.among([], Filters()) == {}


@pytest.mark.parametrize("advanced", [False, True])
def test_an_absurd_page_costs_nothing(library: Index, advanced: bool) -> None:
    """A limit or an offset beyond everything is no fault and sets no memory aside."""
    assert len(library.search(Query("sirolimus", advanced=advanced, limit=10**12)).hits) == 1
    assert library.search(Query("sirolimus", advanced=advanced, offset=10**12)).hits == ()
    assert library.search(Query("sirolimus", filters=Filters(since=10**25, until=-(10**25)))).hits == ()


def test_ties_come_in_the_order_of_document_ids(index: Index) -> None:
    """Equal documents are told apart by nothing but their ids, also beyond the first page."""
    same = [abstract("Twin", "Quolls alike.", work=f"w{number:012}", licence=str(number)) for number in range(60)]
    for number, holding in enumerate(same):
        index.apply([holding])
        if number % 20 == 0:
            index.commit(number + 1)
    index.commit(99)
    ids = sorted(holding.document.id for holding in same)
    assert [hit.document for hit in index.search(Query("quolls", limit=5)).hits] == ids[:5]
    assert [hit.document for hit in index.search(Query("quolls", limit=7, offset=30)).hits] == ids[30:37]
    assert [hit.document for hit in index.search(Query("kind:article", advanced=True, limit=9)).hits] == ids[:9]
    assert index.search(Query("kind:article", advanced=True, limit=9)).total == 60


def test_a_long_document_is_found_by_its_best_passage_once(index: Index) -> None:
    """The hit's span is the passage that holds the words, and the document is listed once."""
    article = long_article(
        "Marsupial medicine",
        "An overview of care.",
        {"Methods": [FILLER, "Bandicoots were weighed daily."], "Results": [FILLER, "Numbats recovered in nine days."]},
    )
    index.apply([article, *LIBRARY])
    index.commit(1)
    assert index.count() > len(LIBRARY) + 2
    hits = index.search(Query("numbats recovered"))
    assert [hit.document for hit in hits.hits] == [article.document.id]
    assert "Numbats recovered" in hits.hits[0].span.of(article.document.text)
    assert "Bandicoots" not in hits.hits[0].span.of(article.document.text)
    assert index.search(Query("ward records marsupial")).total == 1


def test_weak_passages_do_not_pull_their_document_down(index: Index) -> None:
    """Of two documents the one with the better passage comes first, whatever its other passages are worth."""
    article = long_article(
        "Marsupial medicine",
        "An overview of care.",
        {"Methods": [FILLER, f"{FILLER} A numbat. {FILLER}"], "Results": [FILLER, "Numbats recovered on quinine."]},
    )
    middling = abstract("The ward", f"{FILLER} Numbats.", work="w000000000077")
    index.apply([article, middling, *LIBRARY])
    index.commit(1)
    hits = index.search(Query("numbats recovered quinine"))
    assert [hit.score for hit in hits.hits] == sorted((hit.score for hit in hits.hits), reverse=True)
    assert hits.hits[0].document == article.document.id


def test_what_may_not_be_quoted_is_not_found(index: Index) -> None:
    """A reference list gives no passage."""
    index.apply([long_article("Marsupial medicine", "", {"Care": [FILLER] * 6})])
    index.commit(1)
    assert index.search(Query("wallabies")).hits == ()
    assert index.search(Query("wallabies", advanced=True)).hits == ()


def _years(hits: Hits) -> list[int | None]:
    by_id = {holding.document.id: holding.document.year for holding in LIBRARY}
    return [by_id[hit.document] for hit in hits.hits]


EVERYTHING = Query("year:0000- OR NOT year:0000-", advanced=True)


@pytest.mark.parametrize("query", [Query("adults children tumour trial sirolimus"), EVERYTHING])
def test_facets_count_what_a_search_finds(library: Index, query: Query) -> None:
    """Counts are of all documents that match, whatever the page; filtering by a value finds as many."""
    found, facets = library.search(query), library.facets(replace(query, limit=1, offset=3))
    assert facets.total == found.total > 1
    for field, values in (("kinds", facets.kinds), ("evidence", facets.evidence), ("ages", facets.ages)):
        for value, count in values:
            narrowed = replace(query, filters=replace(Filters(), **{field: (value,)}))
            assert library.search(narrowed).total == count > 0
        assert [count for _, count in values] == sorted((count for _, count in values), reverse=True)
    for year, count in facets.years:
        assert library.search(replace(query, filters=Filters(since=year, until=year))).total == count > 0
    assert sum(count for _, count in facets.kinds) == facets.total


def test_facets_of_nothing_are_none(index: Index, library: Index) -> None:
    """What finds nothing has nothing to count."""
    assert library.facets(Query("zzzzz")) == Facets()
    assert library.facets(Query("the of and")) == Facets()


def test_facets_of_a_faulty_query_are_refused(library: Index) -> None:
    """As the search is."""
    with pytest.raises(QuerySyntaxError):
        library.facets(Query("(", advanced=True))


@pytest.mark.parametrize("order", [Order.NEWEST, Order.OLDEST])
@pytest.mark.parametrize("query", [Query("adults children tumour trial sirolimus"), EVERYTHING])
def test_results_may_come_by_year(library: Index, query: Query, order: Order) -> None:
    """The same documents as otherwise, those without a year last, one page after the other."""
    whole = library.search(replace(query, order=order))
    assert {hit.document for hit in whole.hits} == {hit.document for hit in library.search(query).hits}
    dated = [year for year in _years(whole) if year is not None]
    assert dated == sorted(dated, reverse=order is Order.NEWEST)
    assert _years(whole)[: len(dated)] == dated
    pages = [library.search(replace(query, order=order, limit=2, offset=offset)) for offset in (0, 2, 4)]
    assert tuple(hit for page in pages for hit in page.hits) == whole.hits
    assert {page.total for page in pages} == {whole.total}


def test_filling_again_gives_the_same_hits(library: Index) -> None:
    """A rebuilt index answers as the one before."""
    questions = [Query(text) for text in ("sirolimus child", "tumour trial", "lesions of adults", "mechanism")]
    before = [library.search(query) for query in questions]
    library.clear()
    library.apply(LIBRARY[::-1])
    library.commit(5)
    assert [library.search(query) for query in questions] == before


ADVANCED = {
    "sirolimus": {11},
    '"immune thrombocytopenia"': {11},
    '"thrombocytopenia immune"': set(),
    "rapamyc*": {12},
    '"fewer infect*"': {12},
    "sirolimus OR rapamycin": {11, 12},
    "adults splenectomy": {12},
    "adults AND NOT splenectomy": {14},
    "(sirolimus OR rapamycin) AND splenectomy": {12},
    "title:tacrolimus": {14},
    "abstract:tacrolimus": {14},
    "title:ointment": set(),
    "title:(everolimus OR tacrolimus)": {13, 14},
    "author:okafor": {11},
    'author:"Lindqvist P"': {11},
    'journal:"small platelets"': {11},
    "mesh:purpura": {11},
    "year:2013": {13},
    "year:2010-2015": {11, 13, 14},
    "year:2013-": {11, 13, 15},
    "year:-2008": {12},
    "kind:article": {11, 12, 13, 14, 15},
    "kind:guideline": set(),
    "design:rct": {13},
    'design:"randomised trial" OR design:review': {13, 15},
    "drug:rapamune": {11, 12},
    'drug:"mTOR inhibitors"': {11, 12, 13, 15},
    'condition:"lupus erythematosus"': {14},
    "age:child": {11},
    "notice:yes": {13},
    "pmid:11": {11},
    "doi:10.1000/ITP.11": {11},
    "NOT kind:note NOT drug:sirolimus": {13, 14, 15},
}


@pytest.mark.parametrize(("text", "expected"), ADVANCED.items())
def test_the_advanced_language_finds(library: Index, text: str, expected: set[int]) -> None:
    """Each form of the language finds its documents and no other (11 to 15 are the five in their order)."""
    number = {holding.document.id: 11 + place for place, holding in enumerate(LIBRARY)}
    hits = library.search(Query(text, advanced=True))
    assert {number[hit.document] for hit in hits.hits} == expected
    assert hits.total == len(expected)


def test_a_faulty_advanced_query_points_at_its_fault(library: Index) -> None:
    """The error carries the place."""
    with pytest.raises(QuerySyntaxError) as fault:
        library.search(Query("sirolimus AND (child", advanced=True))
    assert fault.value.position == 14


SYNTAX = st.text(st.sampled_from(list('"()[]{}:*?~^+-&|\\/ANDORT title\x00\ud800é漢\n')), max_size=40)


@pytest.fixture(scope="module", params=IMPLEMENTATIONS)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """One filled index for many strings."""
    folder = tmp_path_factory.mktemp("hostile") / "index"
    made: Index = TantivyIndex(folder, FewConcepts()) if request.param == "tantivy" else MemoryIndex(FewConcepts())
    made.apply(LIBRARY)
    made.commit(1)
    yield made
    made.close()


@settings(max_examples=5_000, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(text=st.one_of(SYNTAX, st.text(max_size=60)))
def test_any_string_is_a_question(filled: Index, text: str) -> None:
    """No plain text is ever refused: 10,000 strings over both indexes, many of them made of query syntax."""
    hits = filled.search(Query(text))
    assert len(hits.hits) <= hits.total


@settings(max_examples=2_000, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(text=st.one_of(SYNTAX, st.text(max_size=60)))
def test_any_advanced_string_is_answered_or_refused_with_a_place(filled: Index, text: str) -> None:
    """An advanced query ends in hits or in an error that points into it; nothing else."""
    try:
        filled.search(Query(text, advanced=True))
    except QuerySyntaxError as fault:
        assert 0 <= fault.position <= len(text)


@pytest.mark.parametrize("text", ["a" * 1_000_000, "sirolimus " * 100_000, '"' * 50_000, "(" * 50_000, "х" * 100_000])
def test_long_strings_are_questions_too(filled: Index, text: str) -> None:
    """Length alone breaks nothing."""
    filled.search(Query(text))


def test_one_index_finds_what_the_other_finds(tmp_path: Path) -> None:
    """The index on disk and the one in memory are one meaning, written twice; only near ties may differ."""
    both: list[Index] = [TantivyIndex(tmp_path / "index", FewConcepts()), MemoryIndex(FewConcepts())]
    for each in both:
        each.apply(
            [
                *LIBRARY,
                long_article(
                    "Marsupial medicine", "Care of adults.", {"Results": [FILLER, FILLER, "Tumours of adults."]}
                ),
            ]
        )
        each.commit(1)
    for text in (
        "sirolimus children",
        "adults tumour",
        "trial of mTOR inhibitors in adults",
        "fewer infections responded",
    ):
        disk, memory = (each.search(Query(text)) for each in both)
        assert {hit.document for hit in disk.hits} == {hit.document for hit in memory.hits}
        assert disk.hits[0].document == memory.hits[0].document
        assert disk.total == memory.total
        for order in (Order.NEWEST, Order.OLDEST):
            by_year = [each.search(Query(text, order=order)) for each in both]
            assert by_year[0].hits == by_year[1].hits
        assert both[0].facets(Query(text)) == both[1].facets(Query(text))
    both[0].close()


def _shelved(number: int, journal: str, *keywords: str) -> Holding:
    holding = LIBRARY[number]
    return replace(holding, document=replace(holding.document, journal=Journal(title=journal), keywords=keywords))


def test_documents_are_listed_by_the_keys_of_the_shelf(index: Index) -> None:
    """A journal lists all of its documents and a keyword those that print it, whatever the words of the search."""
    index.apply([_shelved(0, "Blood", "Sirolimus"), _shelved(1, "Blood"), _shelved(2, "Gut", "SIROLIMUS")])
    index.commit(1)

    def listed(*keys: str) -> set[str]:
        return {
            hit.document
            for hit in index.search(Query("year:0000- OR NOT year:0000-", (), Filters(shelves=keys), True)).hits
        }

    ids = [LIBRARY[number].document.id for number in range(3)]
    assert listed("journal:blood") == {ids[0], ids[1]}
    assert listed("keyword:sirolimus") == {ids[0], ids[2]}
    assert listed("journal:blood", "journal:gut") == set(ids)
    assert listed("journal:nature") == set()


def test_journals_are_listed_with_their_documents(index: Index) -> None:
    """By name as printed; what has no journal is not listed."""
    assert index.venues() == ()
    index.apply([_shelved(0, "Gut"), _shelved(1, "Blood"), _shelved(2, "Gut"), LIBRARY[3]])
    index.commit(1)
    assert index.venues() == (("Blood", 1), ("Gut", 2))


def test_the_like_of_a_text_is_found_by_its_words_and_concepts(library: Index) -> None:
    """A text finds itself first, with the most that any can have; what shares nothing with it is not found."""
    own = LIBRARY[0].document
    hits = library.like(sample(own.title, own.text, ["d:sirolimus"], ["d:sirolimus", "c:itp"]), 9)
    assert hits[0].document == own.id
    assert all(hit.score < hits[0].score for hit in hits[1:])
    assert library.like(sample("", "wombats quokkas", [], []), 9) == []
    assert library.like(sample(own.title, own.text, [], []), 0) == []


def test_the_like_of_a_text_is_found_among_the_kinds_wanted(library: Index) -> None:
    """Where no document of a kind says the same there is none."""
    own = LIBRARY[0].document
    kind = own.kind.value
    wanted = library.like(sample(own.title, own.text, [], [], [kind]), 9)
    assert [hit.document for hit in wanted][:1] == [own.id]
    assert library.like(sample(own.title, own.text, [], [], ["author page"]), 9) == []
