"""Counts beside a search: what each value of each filter would leave."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from curbside.records import Filters, Query
from curbside.wiring import Library
from curbside.workflows.browse import Choices, choices
from curbside.workflows.find import find

RECORDS = [
    ("Sirolimus for warts: a randomised controlled trial", 2021, ["Randomized Controlled Trial"]),
    ("Sirolimus for warts in a cohort", 2012, ["Journal Article"]),
    ("Everolimus for warts: a case report", 2015, ["Case Reports"]),
    ("Sirolimus for warts, once more", 1987, ["Retracted Publication"]),
    ("Sirolimus for warts at an unknown time", None, ["Journal Article"]),
]


@pytest.fixture
def stocked(library: Library, tmp_path: Path) -> Library:
    """Five records on warts."""
    lines = [
        json.dumps({"pmid": str(number), "title": title, "abstract": title + ".", "year": year, "types": types})
        for number, (title, year, types) in enumerate(RECORDS, 88000001)
    ]
    (tmp_path / "records.jsonl").write_text("\n".join(lines), encoding="utf-8")
    library.add([tmp_path / "records.jsonl"])
    return library


def counted(library: Library, **filters: object) -> Choices:
    """Return the counts beside a search for warts."""
    given = replace(Filters(), **filters)  # type: ignore[arg-type]
    found = find(Query("warts", filters=given), library.store, library.index, library.vocabulary)
    return choices(found.query, library.store, library.index, library.vocabulary)


def matching(library: Library, **filters: object) -> int:
    """Return how many documents a search for warts finds."""
    given = replace(Filters(), **filters)  # type: ignore[arg-type]
    return find(Query("warts", filters=given), library.store, library.index, library.vocabulary).total


def test_each_count_is_what_choosing_it_leaves(stocked: Library) -> None:
    """For every value of every filter."""
    found = counted(stocked)
    fields = (
        ("kinds", found.kinds),
        ("evidence", found.evidence),
        ("drugs", found.drugs),
        ("conditions", found.conditions),
    )
    for field, values in fields:
        assert values
        for choice in values:
            assert matching(stocked, **{field: (choice.value,)}) == choice.count, choice


def test_decades_are_counted_and_years_unknown_are_in_none(stocked: Library) -> None:
    """Latest first; a record without a year is in no span."""
    assert [(choice.value, choice.count) for choice in counted(stocked).years] == [
        ("2020-2029", 1),
        ("2010-2019", 2),
        ("1980-1989", 1),
    ]


def test_values_of_a_filter_that_is_set_are_counted_without_it(stocked: Library) -> None:
    """They are alternatives to each other; the one that is set is marked."""
    found = counted(stocked, drugs=("d:everolimus",), evidence=("case report",))
    assert {choice.value for choice in found.drugs if choice.chosen} == {"d:everolimus"}
    assert [(choice.value, choice.count) for choice in found.evidence] == [("case report", 1)]
    assert [choice.chosen for choice in found.evidence] == [True]
    both = counted(stocked, since=2010, until=2019)
    assert {choice.value for choice in both.years} == {"2020-2029", "2010-2019", "1980-1989"}
    assert [choice.value for choice in both.years if choice.chosen] == ["2010-2019"]


def test_notices_are_counted(stocked: Library) -> None:
    """With one, and without."""
    assert {choice.value: choice.count for choice in counted(stocked).notice} == {"yes": 1, "no": 4}


def test_a_chosen_value_that_leaves_nothing_stays_to_be_taken_off(stocked: Library) -> None:
    """It is shown with its nought."""
    found = counted(stocked, kinds=("guideline",))
    assert ("guideline", 0, True) in [(choice.value, choice.count, choice.chosen) for choice in found.kinds]
