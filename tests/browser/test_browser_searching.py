"""Searching in a real browser: filters, orders, pages, exports."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
import rispy
from browsing import Bridge


@pytest.fixture
def searches(browser: Bridge, shelf: str, how: dict[str, Any]) -> Any:
    """Carry out a journey of searching."""

    def carried_out(journey: str, **given: Any) -> Any:
        return browser.goes(f"searching.{journey}", shelf, given={"words": "sirolimus", **given}, **how)

    return carried_out


def test_a_filter_holds_as_many_as_it_said(searches: Any) -> None:
    """Kind of evidence, then years; taken off, the list is what it was."""
    said = searches("filtered")
    assert said["all"] > said["narrowed"] >= said["span"] >= 1


def test_orders(searches: Any) -> None:
    """Newest and oldest first."""
    said = searches("sorted")
    assert said["newest"] != said["oldest"]


def test_pages_hold_each_document_once(searches: Any) -> None:
    """Numbered through; and back."""
    assert searches("paged")["all"] > 40


def test_the_list_is_exported(searches: Any) -> None:
    """CSV and RIS hold as many records as the list has hits."""
    said = searches("exported")
    rows = list(csv.DictReader(io.StringIO(said["CSV"]["text"], newline="")))
    records = rispy.loads(said["RIS"]["text"].lstrip("\ufeff"))
    assert len(rows) == len(records) == said["total"]
    assert {row["title"] for row in rows} == {record.get("title", "") for record in records}
    assert all(row["year"].isdigit() or not row["year"] for row in rows)
    assert (said["CSV"]["name"], said["RIS"]["name"]) == ("curbside-search.csv", "curbside-search.ris")


@pytest.mark.parametrize("keys", [False, True], ids=["mouse", "keys"])
def test_a_hit_opens_its_document(searches: Any, how: dict[str, Any], keys: bool) -> None:
    """And the way back leads to the list, as it was."""
    if keys and not how["script"]:
        pytest.skip("keys of one letter need the script")
    searches("opened", keys=keys)


def test_nothing_found_and_nothing_understood(searches: Any) -> None:
    """Each says what to do; the fault of a query is shown at its place."""
    said = searches("nothing")
    assert said["wrong"] == []
    assert "never closed" in said["fault"]
