"""What every desk promises of manuscripts, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from curbside.errors import NotHeld
from curbside.records import Blinding, Journal, ManuscriptVersion, Placement
from curbside.records import ManuscriptState as S
from curbside.store.base_desk import Desk
from desk_makers import KINDS, Clock, desk_of, person
from manuscript_makers import AT, content, manuscript, move, review


@pytest.fixture(params=KINDS)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """An empty desk."""
    with desk_of(request.param, tmp_path, Clock()) as made:
        yield made


def placed(volume: str = "1", issue: str = "2", date: str = "2027-02-01") -> Placement:
    """A place in an issue."""
    return Placement(Journal("J Small Works", volume=volume, issue=issue), "", "", "", date, "0" * 64)


def test_a_manuscript_is_kept_whole(desk: Desk) -> None:
    """Content, versions, reviews, moves, blinding, place: what comes back is what was put."""
    made = manuscript(S.UNDER_REVIEW, reviewers=(person(2).id,), blinding=Blinding(True, False))
    with desk.writing() as change:
        change.manuscripts.make(made, AT)
    second = ManuscriptVersion(2, AT, content(title="Another title", reply="Done."))
    after = replace(made, state=S.PUBLISHED, versions=(*made.versions, second), placed=placed())
    with desk.writing() as change:
        change.manuscripts.put(after, AT)
        change.manuscripts.say(made.id, (review(2),))
        change.manuscripts.say(made.id, (move(S.PUBLISHED, 2),))
    with desk.reading() as view:
        held = view.manuscripts.get(made.id)
        assert held == replace(after, reviews=(review(2),), moves=(*made.moves, move(S.PUBLISHED, 2)))
        with pytest.raises(NotHeld):
            view.manuscripts.get("m" + "z" * 16)


def test_lists_hold_what_is_asked_for_last_changed_first(desk: Desk) -> None:
    """With the title of the version submitted last beside that of the draft."""
    with desk.writing() as change:
        for number in range(4):
            state = S.SUBMITTED if number % 2 else S.DRAFT
            reviewers = (f"p{number:016d}",)
            made = manuscript(state, id=f"m{number:016d}", author=f"p{number % 2:016d}", reviewers=reviewers)
            change.manuscripts.make(
                replace(made, content=content(title="Working title")), f"2027-01-15T0{number}:00:00Z"
            )
    with desk.reading() as view:
        lines, total = view.manuscripts.lines(limit=2)
        assert [line.id[-1] for line in lines] == ["3", "2"] and total == 4
        assert [line.id[-1] for line in view.manuscripts.lines([S.DRAFT])[0]] == ["2", "0"]
        assert [line.id[-1] for line in view.manuscripts.lines(author="p" + "1".zfill(16))[0]] == ["3", "1"]
        assert [line.id[-1] for line in view.manuscripts.lines(reviewer="p" + "2".zfill(16))[0]] == ["2"]
        assert [(line.title, line.submitted) for line in lines] == [
            ("Working title", "A small work"),
            ("Working title", ""),
        ]


def test_issues_hold_what_has_appeared(desk: Desk) -> None:
    """Latest first; what has no place is in none."""
    places = (placed(), placed(date="2027-03-01"), placed("2", "", "2027-04-01"), None)
    with desk.writing() as change:
        for number, place in enumerate(places):
            made = manuscript(S.PUBLISHED if place else S.ACCEPTED, id=f"m{number:016d}", placed=place)
            change.manuscripts.make(made, AT)
    with desk.reading() as view:
        found = [(each.volume, each.issue, each.date, each.count) for each in view.manuscripts.issues()]
        assert found == [("2", "", "2027-04-01", 1), ("1", "2", "2027-03-01", 2)]
        assert view.manuscripts.in_issue("1", "2") == ["m" + "0" * 16, "m" + "1".zfill(16)]
        assert view.manuscripts.in_issue("9", "") == []


def test_files_are_kept_under_their_hash_until_they_are_dropped(desk: Desk) -> None:
    """Each manuscript has its own; the same bytes twice are one."""
    with desk.writing() as change:
        for id in ("m1", "m2"):
            change.manuscripts.keep_file(id, "a" * 64, b"one \x00 file")
        change.manuscripts.keep_file("m1", "a" * 64, b"one \x00 file")
        change.manuscripts.keep_file("m1", "b" * 64, b"other")
        change.manuscripts.drop_files("m1", ["b" * 64])
    with desk.reading() as view:
        assert view.manuscripts.file("m1", "b" * 64) == b"other"
        assert view.manuscripts.file("m2", "a" * 64) == b"one \x00 file"
        with pytest.raises(NotHeld):
            view.manuscripts.file("m1", "a" * 64)


def test_who_is_erased_leaves_no_draft_behind(desk: Desk) -> None:
    """What they submitted stays, as what they signed does."""
    with desk.writing() as change:
        change.put(person(1))
        change.manuscripts.make(manuscript(id="m" + "1" * 16), AT)
        change.manuscripts.keep_file("m" + "1" * 16, "a" * 64, b"draft")
        change.manuscripts.make(manuscript(S.SUBMITTED, id="m" + "2" * 16), AT)
        change.erase(person(1).id)
    with desk.reading() as view:
        assert [line.id for line in view.manuscripts.lines()[0]] == ["m" + "2" * 16]
        with pytest.raises(NotHeld):
            view.manuscripts.file("m" + "1" * 16, "a" * 64)
