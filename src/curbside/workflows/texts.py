"""Texts of policies: read, and changed as further versions; each change is one transaction with its log entry."""

from __future__ import annotations

from dataclasses import replace

from curbside.desk.naming import line
from curbside.desk.rights import Act, may
from curbside.desk.texts import TITLES, shipped, title_of, written
from curbside.errors import NotAllowed, NotHeld, UsageError
from curbside.records import OPERATOR, Person
from curbside.records.policy import PolicyText
from curbside.store.base_desk import Desk, DeskView


def all_texts(desk: Desk) -> tuple[PolicyText, ...]:
    """Return every text as it stands now."""
    with desk.reading() as view:
        return tuple(_versions(view, name)[-1] for name in TITLES)


def text(desk: Desk, name: str, number: int = 0) -> PolicyText:
    """Return a version of a text; 0 for the one that stands now.

    Raises:
        NotHeld: if there is no such text, or no such version.
    """
    held = history(desk, name)
    found = held[-1] if not number else next((each for each in held if each.number == number), None)
    if found is None:
        raise NotHeld("There is no such version of this text.")
    return found


def history(desk: Desk, name: str) -> tuple[PolicyText, ...]:
    """Return the versions of a text, first to last.

    Raises:
        NotHeld: if there is no such text.
    """
    title_of(name)
    with desk.reading() as view:
        return _versions(view, name)


def change_text(desk: Desk, who: Person | None, name: str, body: str, why: str, after: int) -> PolicyText:
    """Make a further version of a text.

    Args:
        desk: where it is kept.
        who: who changes it; None for the operator of the command line.
        name: of the text.
        body: Markdown without HTML.
        why: what changed and why, in words.
        after: number of the version that was changed, so that nobody writes over what somebody else wrote meanwhile.

    Raises:
        NotAllowed: if the person may not.
        NotHeld: if there is no such text.
        UsageError: if nothing changed, no reason is given, or the text was changed meanwhile.
    """
    if who is not None and not may(who, Act.MANAGE_TEXTS):
        raise NotAllowed(f"Your account may not do that: {Act.MANAGE_TEXTS}.")
    title, kept, reason = title_of(name), written(body), line(why, "reason")
    if not reason:
        raise UsageError("Say what changed and why; readers see it.")
    with desk.writing() as change:
        last = _versions(change, name)[-1]
        if last.number != after:
            raise UsageError(f"The text was changed meanwhile: version {last.number} stands now. Read it first.")
        if kept.strip() == last.body.strip():
            raise UsageError("The text is the same as before.")
        id = who.id if who is not None else OPERATOR
        if last.number == 1:
            change.policies.add(last)  # a later Curbside may come with other words: what was read here stays
        made = PolicyText(name, title, last.number + 1, change.at, id, reason, kept)
        change.policies.add(made)
        change.log(id, "text.changed", name, f"version {made.number}")
    return made


def _versions(view: DeskView, name: str) -> tuple[PolicyText, ...]:
    kept = view.policies.versions(name)
    return tuple(replace(each, title=TITLES[name]) for each in kept) if kept else (shipped(name),)
