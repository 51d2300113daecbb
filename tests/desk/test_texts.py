"""Texts of policies: what came with Curbside, versions, and what changed between two."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from curbside.desk.differing import Change
from curbside.desk.texts import TITLES, changes_of, shipped, written
from curbside.errors import NotAllowed, NotHeld, UsageError
from curbside.records import OPERATOR, Role
from curbside.store.desk import SqlDesk
from curbside.workflows import texts
from desk_makers import KINDS, Clock, desk_of, person


@pytest.fixture(params=KINDS)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlDesk]:
    """An empty desk."""
    with desk_of(request.param, tmp_path, Clock()) as made:
        yield made


@pytest.mark.parametrize("name", TITLES)
def test_each_text_comes_with_curbside(name: str) -> None:
    """In words that may be kept as they are."""
    text = shipped(name)
    assert (text.name, text.title, text.number, text.who) == (name, TITLES[name], 1, "")
    assert written(text.body).strip() == text.body.strip()


def test_the_first_version_is_what_was_read_when_it_was_changed(desk: SqlDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later Curbside may come with other words; those of the past stay."""
    first = texts.text(desk, "privacy")
    texts.change_text(desk, None, "privacy", "Other words.", "Because.", 1)
    monkeypatch.setattr("curbside.workflows.texts.shipped", lambda name: None)
    assert texts.text(desk, "privacy", 1) == first
    last = texts.text(desk, "privacy")
    assert (last.number, last.who, last.body, last.title) == (2, OPERATOR, "Other words.", "Privacy")
    assert [each.number for each in texts.history(desk, "privacy")] == [1, 2]


def test_all_texts_are_listed_as_they_stand(desk: SqlDesk) -> None:
    """In the order of their table."""
    texts.change_text(desk, None, "disclaimer", "Other words.", "Because.", 1)
    assert [(each.name, each.number) for each in texts.all_texts(desk)] == [
        ("editorial-policy", 1), ("reviewing", 1), ("disclaimer", 2), ("privacy", 1),
    ]  # fmt: skip


def test_who_may_change_texts(desk: SqlDesk) -> None:
    """Editors and admins; of a name that is none there is nothing to change."""
    for role in Role:
        if role in (Role.EDITOR, Role.ADMIN):
            after = texts.text(desk, "privacy").number
            texts.change_text(desk, person(1, role), "privacy", f"Words of {role}.", "Because.", after)
        else:
            with pytest.raises(NotAllowed):
                texts.change_text(desk, person(1, role), "privacy", "Words.", "Because.", 1)
    with pytest.raises(NotHeld, match="Texts are editorial-policy"):
        texts.change_text(desk, None, "../privacy", "Words.", "Because.", 1)
    with pytest.raises(NotHeld, match="no such version"):
        texts.text(desk, "privacy", 9)


def test_nothing_is_written_over(desk: SqlDesk) -> None:
    """Who began with an earlier version is told so; the same words are no version."""
    texts.change_text(desk, None, "privacy", "Other words.", "Because.", 1)
    with pytest.raises(UsageError, match="changed meanwhile: version 2"):
        texts.change_text(desk, None, "privacy", "Further words.", "Because.", 1)
    with pytest.raises(UsageError, match="same as before"):
        texts.change_text(desk, None, "privacy", "Other words.\n", "Because.", 2)


def test_blanks_at_the_beginning_of_a_line_are_kept() -> None:
    """In Markdown they mean something; signs that nobody sees do not."""
    assert written("- a\n    - b\u202e\n\n\n") == "- a\n    - b"


def test_what_changed_is_told_by_paragraph_and_word() -> None:
    """What is the same stays whole; all but the added makes the earlier text."""
    before = "One two three.\n\n- item a\n- item b\n\nGone."
    after = "One too three.\n\n- item a\n- item c\n\nNew here.\n\nAnd more."
    found = changes_of(before, after)
    kinds = [[run.change for run in runs] for runs in found]
    assert kinds[0] == [Change.SAME, Change.REMOVED, Change.ADDED, Change.SAME] and kinds[1] == [Change.SAME]
    said = [" ".join(run.words for run in runs if run.change is not Change.ADDED) for runs in found]
    assert " ".join(each for each in said if each) == "One two three. - item a - item b Gone."


def test_a_long_text_is_compared_in_bounded_work() -> None:
    """Beyond that, what went stands before what came."""
    found = changes_of("- x\n" * 2_000, "- y\n" * 2_000)
    assert len(found) == 4_000 and {len(runs) for runs in found} == {1}
    long = changes_of("a " * 5_000, "b " * 5_000)
    assert [run.change for run in long[0]] == [Change.REMOVED, Change.ADDED]
