"""The off-label ledger and its table of licences: what is licensed, what is near it, and what is unknown."""

from __future__ import annotations

from pathlib import Path

import pytest
from hand_made import SIROLIMUS, WORDS, reported, stated

from curbside.appraise.ledger import ledger
from curbside.appraise.licences import licences, shipped
from curbside.errors import UsageError
from curbside.records import AgeGroup, EvidenceKind, Field, LedgerRow
from curbside.writers.weighed import NOT_IN_TABLE, licensed_words

FA = "c:facial-angiofibroma"


def rows(*given: object, extra: str = "") -> dict[tuple[str, str, str], LedgerRow]:
    """The ledger of sirolimus by condition, route and ages."""
    table = licences(WORDS, {Path("mine.tsv"): extra} if extra else {})
    found = ledger(SIROLIMUS, given, table, WORDS)  # type: ignore[arg-type]
    return {(row.condition, row.route, row.ages): row for row in found}


def test_the_table_names_concepts_and_sources() -> None:
    """Every row: a drug and a condition of the vocabulary, a place, a source; a date as far as known."""
    for row in shipped():
        assert WORDS.get(row.drug) and WORDS.get(row.condition), row
        assert row.place and row.source and row.indication and row.route, row
        assert row.date[:4].isdecimal() and 1980 < int(row.date[:4]) < 2027, row
        assert not row.within or WORDS.get(row.within), row


def test_a_use_is_licensed_where_drug_indication_route_and_age_agree() -> None:
    """Topical gel for adults' angiofibroma is; by mouth it is only near."""
    topical = reported(
        "1",
        stated(Field.ROUTE, "topical"),
        stated(Field.N, "62"),
        title="Topical sirolimus for facial angiofibroma",
        conditions=(FA,),
        ages=(AgeGroup.ADULT,),
        kind=EvidenceKind.RANDOMISED,
    )
    oral = reported(
        "2",
        stated(Field.ROUTE, "oral"),
        title="Oral sirolimus for facial angiofibroma",
        conditions=(FA,),
        ages=(AgeGroup.ADULT,),
    )
    found = rows(topical, oral)
    licensed = found[FA, "topical", "adults"]
    assert {row.source for row in licensed.licences} == {"FDA NDA 213478", "EMEA/H/C/005896"}
    assert (licensed.n, licensed.design, licensed.studies) == (62, EvidenceKind.RANDOMISED, ("w1",))
    assert "suggested" in licensed.level
    off = found[FA, "oral", "adults"]
    assert not off.licences and {row.route for row in off.near} == {"topical"}
    assert licensed_words(off) == NOT_IN_TABLE == "not in our table"


def test_a_licence_for_adults_does_not_cover_children() -> None:
    """It is near."""
    lam = "c:lymphangioleiomyomatosis"
    study = reported(
        "1",
        stated(Field.ROUTE, "oral"),
        title="Sirolimus for lymphangioleiomyomatosis",
        conditions=(lam,),
        ages=(AgeGroup.CHILD,),
    )
    row = rows(study)[lam, "oral", "children"]
    assert all(each.place == "JP" for each in row.licences)
    assert {each.place for each in row.near} >= {"US", "EU"}


def test_a_broader_licence_covers_what_is_under_it() -> None:
    """Intractable vascular tumours hold kaposiform haemangioendothelioma."""
    khe = "c:kaposiform-haemangioendothelioma"
    study = reported("1", stated(Field.ROUTE, "oral"), title="Sirolimus for KHE", conditions=(khe,))
    row = rows(study)[khe, "oral", ""]
    assert [each.condition for each in row.licences] == ["c:vascular-tumour"]


def test_what_is_licensed_and_not_held_is_there_too() -> None:
    """With no study; and studies of harm, retracted ones and bare titles are no use of the drug."""
    found = rows(
        reported("1", title="Sirolimus-induced immune thrombocytopenia"),
        reported("2", text=False),
        reported("3", kind=EvidenceKind.REVIEW),
    )
    assert all(not row.studies for row in found.values())
    assert found["c:perivascular-epithelioid-cell-tumour", "intravenous", "adults"].licences


def test_the_user_adds_labels() -> None:
    """By name or id, with remarks and a byte order mark; the row says where it comes from."""
    text = "\ufeff# mine\ndrug\tcondition\tplace\tsource\troute\nrapamycin\tITP\tXX\tXX-1\toral\n"
    row = rows(extra=text)["c:immune-thrombocytopenia", "oral", "as the label says"]
    assert [(each.place, each.file) for each in row.licences] == [("XX", "mine.tsv:3")]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("drug\tcondition\tplace\nx\ty\tz\n", "mine.tsv:1"),
        ("drug\tcondition\tplace\tsource\nnosuchdrug\tITP\tXX\t1\n", "does not know a drug"),
        ("drug\tcondition\tplace\tsource\nsirolimus\tITP\t\t1\n", "place is empty"),
        ("drug\tcondition\tplace\tsource\tyoungest\nsirolimus\tITP\tXX\t1\tsix\n", "whole years"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text: str, fault: str) -> None:
    """With its file and number."""
    with pytest.raises(UsageError, match=fault):
        rows(extra=text)
