"""A manuscript's life: which step leads from where to where, who may take it, who sees what, and the words over it.

Draft → submitted → under review → accepted → published; or returned for another version, declined, withdrawn by its
author, and after publication retracted. One table holds all of it; pages, letters and the log ask here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from curbside.desk.rights import Act, may
from curbside.errors import NotAllowed, UsageError
from curbside.records import (
    STATEMENTS,
    Contributor,
    Manuscript,
    ManuscriptContent,
    ManuscriptReview,
    ManuscriptState,
    ManuscriptVersion,
    Person,
    Role,
    normal_orcid,
)


class Step(StrEnum):
    """What can be done to a manuscript as a whole."""

    SUBMIT = "submit"
    REVIEW = "send to review"
    RETURN = "return for revision"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    PUBLISH = "publish"
    RETRACT = "retract"


class Seat(StrEnum):
    """As what somebody sees a manuscript; nobody has two, so that no seat shows what another must not see."""

    AUTHOR = "author"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class _Row:
    """A step: from which states, to which, from which seat, and whether words must go with it."""

    start: frozenset[ManuscriptState]
    end: ManuscriptState
    seat: Seat
    words: bool = False


_S = ManuscriptState
STEPS: Mapping[Step, _Row] = MappingProxyType(
    {
        Step.SUBMIT: _Row(frozenset({_S.DRAFT, _S.RETURNED}), _S.SUBMITTED, Seat.AUTHOR),
        Step.REVIEW: _Row(frozenset({_S.SUBMITTED}), _S.UNDER_REVIEW, Seat.EDITOR),
        Step.RETURN: _Row(frozenset({_S.SUBMITTED, _S.UNDER_REVIEW}), _S.RETURNED, Seat.EDITOR, True),
        Step.ACCEPT: _Row(frozenset({_S.SUBMITTED, _S.UNDER_REVIEW}), _S.ACCEPTED, Seat.EDITOR, True),
        Step.DECLINE: _Row(frozenset({_S.SUBMITTED, _S.UNDER_REVIEW}), _S.DECLINED, Seat.EDITOR, True),
        Step.WITHDRAW: _Row(
            frozenset({_S.DRAFT, _S.SUBMITTED, _S.UNDER_REVIEW, _S.RETURNED, _S.ACCEPTED}),
            _S.WITHDRAWN,
            Seat.AUTHOR,
            True,
        ),
        Step.PUBLISH: _Row(frozenset({_S.ACCEPTED}), _S.PUBLISHED, Seat.EDITOR),
        Step.RETRACT: _Row(frozenset({_S.PUBLISHED}), _S.RETRACTED, Seat.EDITOR, True),
    }
)

WRITABLE = frozenset({_S.DRAFT, _S.RETURNED})
"""States in which the author writes; nobody else ever does."""

PUBLIC = frozenset({_S.PUBLISHED, _S.RETRACTED})
"""States in which everybody may read a manuscript, as the article that it became."""

DECIDED = frozenset({_S.RETURNED, _S.ACCEPTED, _S.DECLINED})
"""States that a decision leads to: the author is written to, and sees what reviewers said of the version."""

_REVIEWERS_READ = frozenset({_S.UNDER_REVIEW, _S.RETURNED, _S.ACCEPTED, _S.DECLINED}) | PUBLIC

_WORDS: Mapping[ManuscriptState, tuple[str, bool]] = MappingProxyType(
    {
        _S.DRAFT: ("Draft. Nobody but you can see it.", False),
        _S.SUBMITTED: ("Submitted. An editor will look at it.", False),
        _S.UNDER_REVIEW: ("Under review.", False),
        _S.RETURNED: ("Returned for another version. It is not accepted.", True),
        _S.ACCEPTED: ("Accepted. It waits for its issue.", False),
        _S.DECLINED: ("Declined. It will not appear in this journal.", True),
        _S.WITHDRAWN: ("Withdrawn by its author before it appeared.", True),
        _S.PUBLISHED: ("Published.", False),
        _S.RETRACTED: ("Retracted. Do not rely on it.", True),
    }
)


@dataclass(frozen=True, slots=True)
class Banner:
    """What stands over a manuscript: a sentence, and whether it warns."""

    words: str
    grave: bool


def banner(manuscript: Manuscript) -> Banner:
    """Return what stands over a manuscript; it follows from the state alone."""
    return Banner(*_WORDS[manuscript.state])


def seat_of(manuscript: Manuscript, person: Person | None) -> Seat | None:
    """Return as what a person sees a manuscript, None where they may not know of it.

    Its author is nothing else beside, whatever roles they have; nor is who was ever asked to review it, or did.
    """
    public = Seat.PUBLIC if manuscript.state in PUBLIC else None
    if person is None or not person.active:
        return public
    if person.id == manuscript.author:
        return Seat.AUTHOR
    if person.id in manuscript.reviewers or any(each.who == person.id for each in manuscript.reviews):
        asked = person.id in manuscript.reviewers and person.has(Role.REVIEWER)
        return Seat.REVIEWER if asked and manuscript.state in _REVIEWERS_READ else public
    if may(person, Act.EDIT) and manuscript.versions:
        return Seat.EDITOR
    return public


def hides_authors(manuscript: Manuscript, seat: Seat) -> bool:
    """Tell whether a seat must not learn the authors' names from us; once it is published, they are known."""
    return seat is Seat.REVIEWER and manuscript.blinding.authors and manuscript.state not in PUBLIC


def hides_reviewers(manuscript: Manuscript, seat: Seat) -> bool:
    """Tell whether a seat must not learn the reviewers' names."""
    return seat is not Seat.EDITOR and (manuscript.blinding.reviewers or seat is not Seat.AUTHOR)


def may_write(manuscript: Manuscript, person: Person | None) -> bool:
    """Tell whether a person may change what a manuscript holds."""
    mine = seat_of(manuscript, person) is Seat.AUTHOR and may(person, Act.DRAFT)
    return mine and manuscript.state in WRITABLE


def may_review(manuscript: Manuscript, person: Person | None) -> bool:
    """Tell whether a person may say now what they think of a manuscript."""
    return manuscript.state is _S.UNDER_REVIEW and seat_of(manuscript, person) is Seat.REVIEWER


def may_assign(manuscript: Manuscript, person: Person | None) -> bool:
    """Tell whether a person may say who reviews a manuscript, and who learns whose names."""
    return manuscript.state in (_S.SUBMITTED, _S.UNDER_REVIEW) and seat_of(manuscript, person) is Seat.EDITOR


def steps_of(manuscript: Manuscript, person: Person | None) -> tuple[Step, ...]:
    """Return the steps that a person may take now, whether or not what they need is there."""
    return tuple(step for step in Step if _may_take(manuscript, person, step))


def _may_take(manuscript: Manuscript, person: Person | None, step: Step) -> bool:
    row = STEPS[step]
    if manuscript.state not in row.start or seat_of(manuscript, person) is not row.seat:
        return False
    return row.seat is not Seat.AUTHOR or may(person, Act.SUBMIT)


def taken(manuscript: Manuscript, person: Person | None, step: Step, words: str) -> ManuscriptState:
    """Return the state that a step leads to.

    Raises:
        NotAllowed: if the person may not take it, or it does not start from where the manuscript stands.
        UsageError: if something is missing for it, with what.
    """
    row = STEPS[step]
    if not _may_take(manuscript, person, step):
        raise NotAllowed(f"A manuscript that is {manuscript.state} cannot be changed so by you: {step}.")
    if row.words and not words:
        raise UsageError("Write a letter: it says why, and is kept with the manuscript.")
    if step is Step.SUBMIT and (missing := faults(manuscript.content, bool(manuscript.versions))):
        raise UsageError("It cannot be submitted yet: " + " ".join(dict.fromkeys(missing.values())))
    if step is Step.REVIEW and not manuscript.reviewers:
        raise UsageError("Name at least one reviewer first.")
    if step is Step.ACCEPT and not manuscript.reviews:
        raise UsageError("Nobody has reviewed it. Wait for a review, or decline it.")
    return row.end


def faults(content: ManuscriptContent, revised: bool = False) -> dict[str, str]:
    """Return what keeps a manuscript from being submitted: field of the form -> a sentence."""
    found: dict[str, str] = {}
    if not content.title:
        found["title"] = "Give the title."
    if not content.type:
        found["type"] = "Say what kind of article it is."
    if not any(words for _, words in content.abstract):
        found["abstract"] = "Write the abstract."
    if not content.keywords:
        found["keywords"] = "Give at least one keyword."
    if not content.authors:
        found["authors"] = "Name at least one author."
    for number, author in enumerate(content.authors, 1):
        found.update(_author_faults(number, author))
    if content.file is None:
        found["file"] = "Add the file with the text."
    for name, heading in STATEMENTS.items():
        if not getattr(content, name):
            found[name] = f"Make the statement on {heading.lower()}; “none” if there is nothing to state."
    if revised and not content.reply:
        found["reply"] = "Answer the editor and the reviewers in a letter."
    return found


def _author_faults(number: int, author: Contributor) -> Iterator[tuple[str, str]]:
    if not author.family:
        yield f"author-{number}-family", f"Author {number} needs a family name."
    if not author.affiliations:
        yield f"author-{number}-affiliations", f"Author {number} needs an affiliation."
    if author.orcid and normal_orcid(author.orcid) is None:
        yield f"author-{number}-orcid", f"The ORCID iD of author {number} has a wrong check digit, or is none."


def latest(manuscript: Manuscript) -> ManuscriptVersion:
    """Return the version that was submitted last.

    Raises:
        UsageError: if there is none yet.
    """
    if not manuscript.versions:
        raise UsageError("It was not submitted yet.")
    return manuscript.versions[-1]


def decided_versions(manuscript: Manuscript) -> frozenset[int]:
    """Return the numbers of the versions on which there is a decision."""
    return frozenset(move.version for move in manuscript.moves if move.state in DECIDED)


def standing_reviews(manuscript: Manuscript) -> tuple[ManuscriptReview, ...]:
    """Return the latest review of each reviewer on each version, in the order of saying."""
    latest_of: dict[tuple[int, str], ManuscriptReview] = {}
    for each in manuscript.reviews:
        latest_of.pop((each.version, each.who), None)
        latest_of[each.version, each.who] = each
    return tuple(latest_of.values())


def reviews_for(manuscript: Manuscript, person: Person | None) -> tuple[ManuscriptReview, ...]:
    """Return the reviews that a person may read.

    Editors read all; a reviewer their own; the author those of versions that were decided on, without what is meant
    for the editor alone, which is "" there.
    """
    seat, found = seat_of(manuscript, person), standing_reviews(manuscript)
    if seat is Seat.EDITOR:
        return found
    if seat is Seat.REVIEWER and person is not None:
        return tuple(each for each in found if each.who == person.id)
    if seat is Seat.AUTHOR:
        decided = decided_versions(manuscript)
        return tuple(replace(each, to_editor="") for each in found if each.version in decided)
    return ()


def reviewer_numbers(manuscript: Manuscript) -> dict[str, int]:
    """Return the number that stands for each reviewer where the name must not: in the order of their first words."""
    return {who: number for number, who in enumerate(dict.fromkeys(each.who for each in manuscript.reviews), 1)}


def date_of(manuscript: Manuscript, event: str) -> str:
    """Return the ISO day on which a manuscript was "received", "revised" or "accepted", "" where it was not."""
    days = [move.at[:10] for move in manuscript.moves if move.state is _S.SUBMITTED]
    match event:
        case "received":
            return days[0] if days else ""
        case "revised":
            return days[-1] if len(days) > 1 else ""
        case _:
            return next((move.at[:10] for move in manuscript.moves if move.state is _S.ACCEPTED), "")
