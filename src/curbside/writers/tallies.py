"""Tallies of stances: as plain JSON and as lines of a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from curbside.records import Listed, StanceTally, standing_words
from curbside.writers.cited import stance_tally_json
from curbside.writers.notices import word_json

Row = tuple[str, int, int, int]


def tallied_json(
    of: str,
    name: str,
    title: str,
    works: int,
    matched: int,
    tally: StanceTally,
    with_retracted: bool,
    said: Sequence[Listed],
) -> dict[str, Any]:
    """Return a tally with what it is of."""
    return {
        "of": of,
        "name": name,
        "title": title,
        "works": works,
        "matched": matched,
        "with_retracted": with_retracted,
        "standing": list(standing_words(said)),
        "said": [word_json(word) for word in said],
        "tally": stance_tally_json(tally),
    }


def tally_rows(tally: StanceTally) -> Iterator[Row]:
    """Yield (what, supporting, contrasting, mentioning): all of them, then by section, then by year, latest first."""
    yield "all", tally.supporting, tally.contrasting, tally.mentioning
    for section, counts in tally.by_section:
        yield section.value, *counts
    for year, counts in tally.by_year:
        yield str(year or "no year"), *counts


def tally_words(tally: StanceTally, with_retracted: bool) -> Iterator[str]:
    """Yield what a table of the counts does not show, one sentence a line."""
    works = "work" if tally.works == 1 else "works"
    yield f"Cited {tally.total:,} times in the text of {tally.works:,} {works}, {tally.own:,} times by its own authors."
    if tally.retracted:
        yield f"{tally.retracted:,} citations by retracted works are not counted."
    elif with_retracted:
        yield "Citations by retracted works are counted with the others."
