"""A manuscript's life: each step, who may take it, who sees what, and what the words over it say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbside.desk.manuscripts import (
    PUBLIC,
    STEPS,
    Seat,
    Step,
    banner,
    date_of,
    faults,
    hides_authors,
    hides_reviewers,
    may_review,
    may_write,
    reviewer_numbers,
    reviews_for,
    seat_of,
    steps_of,
    taken,
)
from curbside.errors import NotAllowed, UsageError
from curbside.records import Blinding, Contributor, ManuscriptContent, Role
from curbside.records import ManuscriptState as S
from desk_makers import person
from manuscript_makers import content, manuscript, move, review

AUTHOR = person(1, Role.AUTHOR, Role.REVIEWER, Role.EDITOR)
REVIEWER = person(2, Role.REVIEWER, Role.EDITOR)
EDITOR = person(3, Role.EDITOR)
STRANGER = person(4, *(role for role in Role if role is not Role.EDITOR))
ALL = (AUTHOR, REVIEWER, EDITOR, STRANGER, None)


def reviewed(state: S = S.UNDER_REVIEW, **fields: object):
    """A manuscript that person 2 reviewed."""
    return manuscript(state, reviewers=(REVIEWER.id,), reviews=(review(2),), **fields)


class TestSteps:
    """From where to where, and from which seat."""

    def test_the_way_to_an_issue(self) -> None:
        """Submitted by its author, the rest by an editor."""
        assert taken(manuscript(), AUTHOR, Step.SUBMIT, "") is S.SUBMITTED
        assert taken(manuscript(S.SUBMITTED, reviewers=(REVIEWER.id,)), EDITOR, Step.REVIEW, "") is S.UNDER_REVIEW
        assert taken(reviewed(), EDITOR, Step.ACCEPT, "Thank you.") is S.ACCEPTED
        assert taken(manuscript(S.ACCEPTED), EDITOR, Step.PUBLISH, "") is S.PUBLISHED
        assert taken(manuscript(S.PUBLISHED), EDITOR, Step.RETRACT, "Made up.") is S.RETRACTED

    @given(st.sampled_from(list(S)), st.sampled_from(list(Step)), st.sampled_from(ALL))
    def test_no_step_but_those_of_the_table(self, state: S, step: Step, who: object) -> None:
        """Whoever it is; what is offered is what can be taken."""
        made = reviewed(state)
        offered = step in steps_of(made, who)  # type: ignore[arg-type]
        assert offered == (state in STEPS[step].start and seat_of(made, who) is STEPS[step].seat)  # type: ignore[arg-type]
        if not offered:
            with pytest.raises(NotAllowed):
                taken(made, who, step, "words")  # type: ignore[arg-type]

    @pytest.mark.parametrize("step", [step for step in Step if STEPS[step].words])
    def test_decisions_want_words(self, step: Step) -> None:
        """An author is told why."""
        state = next(iter(STEPS[step].start))
        who = AUTHOR if STEPS[step].seat is Seat.AUTHOR else EDITOR
        with pytest.raises(UsageError, match="letter"):
            taken(reviewed(state), who, step, "")

    def test_what_was_not_reviewed_is_not_accepted(self) -> None:
        """Nor sent to review without anybody to review it."""
        with pytest.raises(UsageError, match="reviewed"):
            taken(manuscript(S.UNDER_REVIEW), EDITOR, Step.ACCEPT, "Good.")
        with pytest.raises(UsageError, match="reviewer"):
            taken(manuscript(S.SUBMITTED), EDITOR, Step.REVIEW, "")

    def test_what_lacks_something_is_not_submitted(self) -> None:
        """And is told what."""
        with pytest.raises(UsageError, match=r"Give the title. Add the file"):
            taken(manuscript(content=content(title="", file=None)), AUTHOR, Step.SUBMIT, "")

    @pytest.mark.parametrize("state", list(S))
    def test_each_state_has_its_words(self, state: S) -> None:
        """They follow from it alone; only what was published says so."""
        words = banner(manuscript(state)).words
        assert words.endswith(".") and ("Published" in words) == (state is S.PUBLISHED)


class TestSeats:
    """As what somebody sees it."""

    def test_nobody_has_two(self) -> None:
        """An author who is an editor is an author, a reviewer who is an editor a reviewer."""
        made = reviewed()
        assert [seat_of(made, who) for who in ALL] == [Seat.AUTHOR, Seat.REVIEWER, Seat.EDITOR, None, None]

    def test_a_draft_is_its_authors_alone(self) -> None:
        """Also before an editor."""
        assert [seat_of(manuscript(), who) for who in ALL] == [Seat.AUTHOR, None, None, None, None]

    def test_a_reviewer_who_was_taken_off_is_no_editor_of_it(self) -> None:
        """They wrote without knowing the authors; they do not learn them afterwards."""
        assert seat_of(replace(reviewed(), reviewers=()), REVIEWER) is None

    def test_a_closed_account_sees_what_everybody_sees(self) -> None:
        """Author or not."""
        closed = replace(AUTHOR, active=False)
        assert seat_of(manuscript(S.SUBMITTED), closed) is None
        assert seat_of(manuscript(S.PUBLISHED), closed) is Seat.PUBLIC

    @given(st.sampled_from(list(S)), st.sampled_from(ALL))
    def test_everybody_sees_what_was_published_and_nothing_else(self, state: S, who: object) -> None:
        """Strangers, and whoever has not signed in."""
        assert (seat_of(manuscript(state), None) is Seat.PUBLIC) == (state in PUBLIC)
        assert (seat_of(manuscript(state), STRANGER) is Seat.PUBLIC) == (state in PUBLIC)

    def test_only_the_author_writes_and_only_while_nobody_reads(self) -> None:
        """What is under review does not change under the reviewers' eyes."""
        writable = [state for state in S if may_write(manuscript(state), AUTHOR)]
        assert writable == [S.DRAFT, S.RETURNED]
        assert not any(may_write(manuscript(state), who) for state in S for who in ALL[1:])
        assert [state for state in S if may_review(reviewed(state), REVIEWER)] == [S.UNDER_REVIEW]


class TestNames:
    """Who learns whose."""

    @pytest.mark.parametrize("authors", [True, False])
    @pytest.mark.parametrize("reviewers", [True, False])
    def test_each_way_by_itself(self, authors: bool, reviewers: bool) -> None:
        """Reviewers never learn who else reviews; editors learn all."""
        made = manuscript(S.UNDER_REVIEW, blinding=Blinding(authors, reviewers))
        assert hides_authors(made, Seat.REVIEWER) == authors
        assert hides_reviewers(made, Seat.AUTHOR) == reviewers
        assert hides_reviewers(made, Seat.REVIEWER)
        assert not hides_authors(made, Seat.EDITOR) and not hides_reviewers(made, Seat.EDITOR)

    def test_numbers_stand_for_names_and_stay(self) -> None:
        """In the order of first words."""
        made = reviewed(S.UNDER_REVIEW)
        made = replace(made, reviews=(review(5), review(2, 2), review(5, 3, 2)))
        assert reviewer_numbers(made) == {review(5).who: 1, REVIEWER.id: 2}


class TestReviews:
    """Who reads which."""

    def test_an_author_reads_them_after_the_decision_without_what_is_for_the_editor(self) -> None:
        """And only those of versions that were decided on."""
        made = reviewed(S.UNDER_REVIEW)
        assert reviews_for(made, AUTHOR) == ()
        decided = replace(made, state=S.RETURNED, moves=(*made.moves, move(S.RETURNED, 1)))
        assert reviews_for(decided, AUTHOR) == (replace(review(2), to_editor=""),)
        again = replace(decided, reviews=(review(2), review(2, 2, version=2)))
        assert [each.version for each in reviews_for(again, AUTHOR)] == [1]

    def test_a_reviewer_reads_their_own_and_an_editor_all(self) -> None:
        """The latest on each version."""
        made = replace(reviewed(), reviews=(review(2), review(5, 2), review(2, 3, to_authors="Better words.")))
        assert [each.number for each in reviews_for(made, REVIEWER)] == [3]
        assert [each.number for each in reviews_for(made, EDITOR)] == [2, 3]
        assert reviews_for(made, STRANGER) == ()


class TestFaults:
    """What keeps a manuscript from being submitted."""

    def test_nothing_where_everything_is_there(self) -> None:
        """A revised version needs a letter beside."""
        assert faults(content()) == {}
        assert list(faults(content(), revised=True)) == ["reply"]
        assert faults(content(reply="Done."), revised=True) == {}

    def test_everything_of_an_empty_one(self) -> None:
        """Each under the name of its field."""
        assert set(faults(ManuscriptContent())) == {
            *("title", "type", "abstract", "keywords", "authors", "file", "ethics", "funding", "conflicts", "data")
        }

    def test_authors_one_by_one(self) -> None:
        """Names, affiliations, and the check digit of an ORCID iD."""
        wrong = content(authors=(Contributor("Ada", "", "0000-0002-1825-0098"),))
        assert set(faults(wrong)) == {"author-1-family", "author-1-affiliations", "author-1-orcid"}


def test_dates_come_from_what_was_done() -> None:
    """Received first, revised last, accepted once; "" for what was not."""
    made = manuscript(S.SUBMITTED, moves=(move(S.DRAFT), move(S.SUBMITTED, 1, at="2027-02-01T00:00:00Z")))
    assert [date_of(made, each) for each in ("received", "revised", "accepted")] == ["2027-02-01", "", ""]
    further = (move(S.SUBMITTED, 2, at="2027-03-01T00:00:00Z"), move(S.ACCEPTED, 2, at="2027-04-01T00:00:00Z"))
    later = replace(made, moves=(*made.moves, *further))
    assert [date_of(later, each) for each in ("received", "revised", "accepted")] == [
        "2027-02-01", "2027-03-01", "2027-04-01",
    ]  # fmt: skip
