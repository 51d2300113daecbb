"""What every desk promises of the keys of programs, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from curbside.errors import LibraryError
from curbside.records.program import KeyScope, ProgramKey
from curbside.store.base_desk import Desk
from desk_makers import KINDS, Clock, desk_of, person

KEY = ProgramKey("k" + "a" * 16, person(1).id, "sync", KeyScope.ACT, "2027-01-15T08:00:00Z", 1_800_086_400.0)


@pytest.fixture(params=KINDS)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A desk with two people."""
    with desk_of(request.param, tmp_path, Clock()) as made:
        with made.writing() as change:
            change.put(person(1))
            change.put(person(2))
        yield made


def test_a_key_is_found_by_the_hash_of_its_words(desk: Desk) -> None:
    """As it was put; its use is noted beside it, and it ends."""
    with desk.writing() as change:
        change.programs.put(KEY, "h" * 64)
    with desk.writing() as change:
        assert change.programs.at("h" * 64) == KEY and change.programs.at("i" * 64) is None
        change.programs.see(KEY.id)
        assert change.programs.at("h" * 64) == replace(KEY, used=change.now)
        change.programs.end(KEY.id)
        assert change.programs.at("h" * 64) is None


def test_keys_of_a_person_come_by_name_and_end_together(desk: Desk) -> None:
    """Those of others stay."""
    other = replace(KEY, id="k" + "c" * 16, person=person(2).id)
    with desk.writing() as change:
        change.programs.put(KEY, "h" * 64)
        change.programs.put(replace(KEY, id="k" + "b" * 16, name="export", scope=KeyScope.READ), "i" * 64)
        change.programs.put(other, "j" * 64)
        assert [each.name for each in change.programs.of(person(1).id)] == ["export", "sync"]
        change.erase(person(1).id)
    with desk.reading() as view:
        assert view.programs.of(person(1).id) == [] and view.programs.of(person(2).id) == [other]


def test_no_two_keys_of_a_person_have_one_name(desk: Desk) -> None:
    """The log tells them apart by it."""
    with pytest.raises(LibraryError), desk.writing() as change:
        change.programs.put(KEY, "h" * 64)
        change.programs.put(replace(KEY, id="k" + "b" * 16), "i" * 64)
