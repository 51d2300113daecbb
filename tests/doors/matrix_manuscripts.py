"""Manuscripts of the world of `matrix_world.py`, one in each state, and their rows in the table of `matrix.py`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from curbside.records import (
    Blinding,
    Journal,
    JournalSettings,
    ManuscriptContent,
    ManuscriptMove,
    ManuscriptVersion,
    Placement,
    Role,
)
from curbside.records import ManuscriptState as S
from curbside.store.base_desk import DeskChange
from curbside.workflows.manuscript_text import file_of, written
from curbside.writers.manuscript_jats import Printing
from manuscript_makers import content, manuscript, review

TEXT = b"# Results\n\nRemission in 3 of 4 (75 %).\n"
FILE = file_of("paper.md", TEXT).file
PLACES = {S.PUBLISHED: ("1", "2"), S.RETRACTED: ("2", "")}
UNASSIGNED = frozenset({S.DRAFT, S.SUBMITTED})
REVIEWERS_READ = frozenset(S) - UNASSIGNED - {S.WITHDRAWN}
WRITABLE = (S.DRAFT, S.RETURNED)
WRITERS = ("author", "editor")
REVIEWERS = ("reviewer", "reviewing editor")
SOME = ("nobody", "erased", "reader", "author", "other author", "reviewer", "reviewing editor", "editor", "admin")
"""By whom each manuscript of the author's is tried: one of each kind of relation to it."""

IDLE = ("erased", "reader", "admin")
"""By whom nothing is done to them: strangers like the other author, who stands for all."""

FEW = ("author", "reviewing editor", "editor")
"""By whom the editor's are: for these it makes a difference who wrote it."""


@dataclass(frozen=True)
class Sent:
    """A manuscript of the world: who wrote it, how it stands."""

    writer: str
    state: S

    @property
    def id(self) -> str:
        """Of the manuscript."""
        return f"m{WRITERS.index(self.writer)}{list(S).index(self.state):015d}"

    def is_for(self, name: str, roles: tuple[Role, ...]) -> str:
        """What somebody who has signed in is to it: author, reviewer, editor or stranger."""
        if name == self.writer:
            return "author"
        if self.state not in UNASSIGNED and name in REVIEWERS:
            return "reviewer" if self.state in REVIEWERS_READ else "stranger"
        return "editor" if Role.EDITOR in roles and self.state is not S.DRAFT else "stranger"


SENT = tuple(Sent(writer, state) for writer in WRITERS for state in S)


def fill(change: DeskChange, ids: Mapping[str, str], needle: str) -> None:
    """Put the manuscripts into a desk; `ids` are those of people by name, `needle` what only some may read."""
    named = JournalSettings(Journal("J Small Works", eissn="1234-5679"), "The Desk", "", Blinding())
    change.set_value("journal", msgspec.json.encode(named).decode())
    for each in SENT:
        _put(change, each, ids, needle)


def content_of(each: Sent, needle: str) -> ManuscriptContent:
    """What a manuscript holds; what not everybody may read has the needle in it."""
    word = "" if each.state in PLACES else f" {needle}{each.id}"
    return content(title=f"A work{word}", file=FILE, reply="Done.")


def _put(change: DeskChange, each: Sent, ids: Mapping[str, str], needle: str) -> None:
    held = content_of(each, needle)
    placed = None
    if each.state in PLACES:
        volume, issue = PLACES[each.state]
        journal = Journal("J Small Works", eissn="1234-5679", volume=volume, issue=issue, pages=f"e{each.id[-3:]}")
        placed = Placement(journal, "The Desk", "", "", "2027-01-15", "")
        jats = written(
            held, TEXT, Printing(each.id, placed=placed, retraction="Made up." * (each.state is S.RETRACTED))
        )
        placed = replace(placed, sha256=hashlib.sha256(jats).hexdigest())
        change.manuscripts.keep_file(each.id, placed.sha256, jats)
    change.manuscripts.keep_file(each.id, FILE.sha256, TEXT)
    reviewers = tuple(ids[name] for name in REVIEWERS) if each.state not in UNASSIGNED else ()
    made = manuscript(
        each.state,
        id=each.id,
        author=ids[each.writer],
        content=held,
        versions=() if each.state is S.DRAFT else (ManuscriptVersion(1, change.at, held),),
        reviewers=reviewers,
        moves=(ManuscriptMove(change.at, ids[each.writer], S.DRAFT, 0, ""),),
        placed=placed,
    )
    change.manuscripts.make(made, change.at)
    said = [replace(review(0), who=reviewers[0], to_authors=f"Mend it. {needle}{each.id}")] if reviewers else []
    moves = [ManuscriptMove(change.at, ids["editor"], state, 1, "Words.") for state in _way(each.state)]
    change.manuscripts.say(each.id, (*said, *moves))


def _way(state: S) -> tuple[S, ...]:
    return () if state is S.DRAFT else (S.SUBMITTED,) if state is S.SUBMITTED else (S.SUBMITTED, state)


Acts = Mapping[str, tuple[Mapping[str, Any], Mapping[S, str]]]

_WORDS = {"words": "Because."}
_OPEN = dict.fromkeys((S.SUBMITTED, S.UNDER_REVIEW), "editor")
_NOT_YET = frozenset(S) - frozenset(PLACES)
ACTS: Acts = {
    "submit": ({}, dict.fromkeys(WRITABLE, "author")),
    "send to review": ({}, {S.SUBMITTED: "(editor)"}),
    "return for revision": (_WORDS, _OPEN),
    "accept": (_WORDS, {S.SUBMITTED: "(editor)", S.UNDER_REVIEW: "editor"}),
    "decline": (_WORDS, _OPEN),
    "withdraw": (
        _WORDS,
        dict.fromkeys((S.DRAFT, S.SUBMITTED, S.UNDER_REVIEW, S.RETURNED, S.ACCEPTED), "author"),
    ),
    "publish": ({"volume": "9"}, {S.ACCEPTED: "editor"}),
    "retract": (_WORDS, {S.PUBLISHED: "editor"}),
    "assign": ({"reviewer": "{other reviewer}", "hides-authors": "1", "hides-reviewers": "1"}, _OPEN),
    "review": (
        {"version": "1", "advice": "accept", "to-authors": "Good.", "conflicts": "None."},
        {S.UNDER_REVIEW: "reviewer"},
    ),
    "hand over": ({}, dict.fromkeys(PLACES, "editor") | dict.fromkeys(_NOT_YET, "-editor")),
}
"""Act -> what is sent for it, and who may do it by state. "(editor)": has the right, and something is missing;
"-editor": has the right, and there is nothing to do it to."""


def status_of(each: Sent, allowed: str, relation: str) -> int:
    """The status that an act gets: 303 where it is done."""
    if relation == "stranger":
        return 404
    if f"({relation})" in allowed:
        return 422
    if f"-{relation}" in allowed:
        return 404
    return 303 if relation in allowed.split() else 403


def reads(each: Sent, relation: str, what: str) -> int:
    """The status that an address of a manuscript gets."""
    if relation == "stranger":
        return 404
    if what == "edit":
        return 200 if relation == "author" and each.state in WRITABLE else 404
    if each.state is S.DRAFT:
        return 303 if what == "page" else 404
    return 200


def acts() -> Iterator[tuple[str, Mapping[str, Any], Sent, str]]:
    """Yield (act, form, manuscript, who may)."""
    for act, (form, allowed) in ACTS.items():
        for each in SENT:
            yield act, {"do": act, **form}, each, allowed.get(each.state, "")


def saving(each: Sent, needle: str) -> Mapping[str, str]:
    """The form that keeps another title in a manuscript as it stands."""
    return {"do": "save", "id": each.id, "title": "Another title", "key": content_of(each, needle).key}
