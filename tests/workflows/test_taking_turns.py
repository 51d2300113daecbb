"""Threads over a library: answered turn by turn, and an earlier turn answered anew."""

from __future__ import annotations

import pytest

from curbside.errors import UsageError
from curbside.records import Filters, Raw
from curbside.wiring import Library

ABSTRACT = """{{"title": "{drug} for facial angiofibroma in {people}: {kind}", "pmid": "{pmid}", "year": {year},
"abstract": "{drug} improved facial angiofibroma in {k} of {n} {people}. {drug} {dose} was given daily to {people}."}}"""


def record(drug: str, people: str, kind: str, pmid: int, year: int, k: int, n: int, dose: str) -> str:
    """One record on facial angiofibroma."""
    line = ABSTRACT.format(drug=drug, people=people, kind=kind, pmid=pmid, year=year, k=k, n=n, dose=dose)
    return line.replace("\n", " ")


@pytest.fixture
def held(library: Library) -> Library:
    """A library of four made-up studies."""
    rows = [
        record("Sirolimus", "children", "a randomised trial", 61000001, 2012, 9, 12, "1 mg"),
        record("Sirolimus", "adults", "a cohort study", 61000002, 2020, 20, 43, "2 mg"),
        record("Everolimus", "adults", "a randomised trial", 61000003, 2021, 5, 30, "10 mg"),
        record("Sirolimus", "adults", "a case report", 61000004, 2005, 1, 1, "3 mg"),
    ]
    library.add([Raw("studies.jsonl", "\n".join(rows).encode())])
    return library


FIRST = "Does sirolimus improve facial angiofibroma?"


def test_each_turn_is_answered_in_the_light_of_those_before(held: Library) -> None:
    """With what it carried over, citing anew from 1."""
    first = held.turn(FIRST)
    second = held.turn("which dose in adults?", first.turns)
    assert second.number == 2
    assert {chip.words for chip in second.turn.carried(2)} == {"sirolimus", "facial angiofibroma"}
    said = " ".join(each.text for each in second.answer.sentences)
    assert "2 mg" in said and "10 mg" not in said and "1 mg" not in said.replace("1 mg was", "")
    assert [entry.number for entry in second.answer.references] == list(range(1, len(second.answer.references) + 1))


def test_sources_are_limited_as_the_words_say(held: Library) -> None:
    """Over several turns, until it is taken back."""
    turns = held.turn(FIRST).turns
    turns = held.turn("only trials", turns).turns
    assert held.retold(turns).question.filters.evidence == ("randomised trial", "non-randomised trial")
    since = held.turn("since 2015", turns)
    assert since.answer.question.filters == Filters(evidence=("randomised trial", "non-randomised trial"), since=2015)
    assert held.turn("no limits please", since.turns).answer.question.filters == Filters()


def test_an_earlier_turn_is_answered_anew(held: Library) -> None:
    """From the library as it is, the same as before."""
    told = held.turn("and everolimus?", held.turn(FIRST).turns)
    assert held.retold(told.turns) == told.answer
    assert held.retold(told.turns[:1]) == held.turn(FIRST).answer


def test_why_a_reference_disagrees(held: Library) -> None:
    """From the references of the answer before, with their numbers; and the thread goes on from there."""
    first = held.turn(FIRST)
    why = held.turn("why does [2] disagree?", first.turns)
    assert why.turn.about == (2,)
    assert why.answer.sections[0].heading == "What [2] says"
    before = {entry.number: entry.document for entry in first.answer.references}
    assert all(before[entry.number] == entry.document for entry in why.answer.references)
    for each in why.answer.sentences:
        assert all(quote.holds_in(held.store.holdings([quote.document])[0].document) for quote in each.quotes)
    further = held.turn("and what does [1] say?", why.turns)
    assert further.answer.sections[0].heading == "What [1] says"


def test_a_reference_is_the_one_that_was_seen_though_the_library_changed(held: Library) -> None:
    """A number that moved is said; one that went is not answered by another work."""
    first = held.turn(FIRST)
    seen = {entry.number: entry for entry in first.answer.references}
    held.remove([seen[1].document])
    moved = held.turn("why does [2] disagree?", first.turns).answer
    assert any("what was [2] is [1] now" in note for note in moved.notes)
    assert {quote.document for quote in moved.sections[0].sentences[0].quotes} == {seen[2].document}
    gone = held.turn("why does [1] disagree?", first.turns).answer
    assert gone.declined and any("no longer cited" in note for note in gone.notes)


def test_a_chip_that_is_not_there_cannot_be_dropped(held: Library) -> None:
    """And it is said which there are."""
    turns = held.turn(FIRST).turns
    assert held.turn("which dose?", turns, drop=["facial angiofibroma (condition)"]).turn.question.conditions == ()
    with pytest.raises(UsageError, match="facial angiofibroma"):
        held.turn("which dose?", turns, drop=["topical"])


def test_a_misspelling_that_the_library_holds_is_left_as_it_is(held: Library) -> None:
    """As in a question that follows none."""
    held.add([Raw("tea.md", b"# A note\n\nSirolimsu is a brand of tea.\n")])
    assert held.turn("what about sirolimsu?", held.turn(FIRST).turns).turn.question.drugs != ()
