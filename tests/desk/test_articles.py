"""An article's life: each step, who may take it, and what the words over it say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article_makers import article, claim, version, word
from curbside.desk.articles import (
    EDITABLE,
    STEPS,
    Step,
    banner,
    banner_over,
    checked_word,
    may_change,
    may_read,
    steps_of,
    taken,
    unsigned,
    word_on,
)
from curbside.desk.differing import Change, changes, runs_of
from curbside.errors import NotAllowed, UsageError
from curbside.records import ArticleState as S
from curbside.records import ReviewWord, Role
from desk_makers import person

AUTHOR = person(1, Role.AUTHOR, Role.REVIEWER, Role.EDITOR, conflicts="None.")
REVIEWER = person(2, Role.REVIEWER, conflicts="None.")
EDITOR = person(3, Role.EDITOR)
STRANGER = person(4, *Role)
READER = person(5, Role.READER)
BOTH = (claim(1), claim(2))


def under_review(*words: object):
    """An article that person 2 reviews."""
    return article(S.UNDER_REVIEW, *BOTH, reviewers=(REVIEWER.id,), signatures=tuple(words))


class TestSteps:
    """From where to where, and by whom."""

    def test_the_way_to_approval(self) -> None:
        """Submitted by the author, sent to review and approved by an editor."""
        assert taken(article(S.DRAFT), AUTHOR, Step.SUBMIT) is S.SUBMITTED
        assert taken(article(S.SUBMITTED, reviewers=(REVIEWER.id,)), EDITOR, Step.REVIEW) is S.UNDER_REVIEW
        signed = under_review(word(BOTH[0], 2), word(BOTH[1], 2))
        assert taken(signed, EDITOR, Step.APPROVE) is S.APPROVED
        assert taken(article(S.RETURNED), AUTHOR, Step.SUBMIT) is S.SUBMITTED

    @pytest.mark.parametrize("state", list(S))
    @pytest.mark.parametrize("step", list(Step))
    def test_nobody_decides_on_what_they_wrote(self, state: S, step: Step) -> None:
        """An author who is an editor too is an author here."""
        if step in (Step.SUBMIT, Step.WITHDRAW):
            return
        signed = replace(under_review(word(BOTH[0], 2), word(BOTH[1], 2)), state=state)
        with pytest.raises(NotAllowed):
            taken(signed, AUTHOR, step)

    @pytest.mark.parametrize("state", list(S))
    @pytest.mark.parametrize("step", list(Step))
    def test_a_step_starts_where_the_table_says(self, state: S, step: Step) -> None:
        """And is offered exactly where it may be taken."""
        held = replace(under_review(word(BOTH[0], 2), word(BOTH[1], 2)), state=state)
        for who in (None, AUTHOR, REVIEWER, EDITOR, READER):
            offered = step in steps_of(held, who)
            row = STEPS[step]
            right = (row.by_author and who is AUTHOR) or (row.by_editor and who is EDITOR)
            assert offered is (state in row.start and right), (state, step, who)

    def test_a_reviewer_of_an_article_does_not_approve_it(self) -> None:
        """Also where they are an editor: two pairs of eyes are two people."""
        held = replace(under_review(word(BOTH[0], 4), word(BOTH[1], 4)), reviewers=(STRANGER.id,))
        with pytest.raises(NotAllowed):
            taken(held, STRANGER, Step.APPROVE)

    def test_what_was_withdrawn_stays_so(self) -> None:
        """No step leads out."""
        assert all(S.WITHDRAWN not in row.start for row in STEPS.values())

    def test_review_wants_a_reviewer_and_an_article_a_claim(self) -> None:
        """Said in words."""
        with pytest.raises(UsageError, match="reviewer"):
            taken(article(S.SUBMITTED), EDITOR, Step.REVIEW)
        empty = article(S.DRAFT, claim(1, removed="Wrong."))
        with pytest.raises(UsageError, match="No claim"):
            taken(empty, AUTHOR, Step.SUBMIT)


class TestSigning:
    """Every claim is signed or removed before an editor may approve."""

    def test_approval_names_the_claims_that_wait(self) -> None:
        """One signed, one not."""
        with pytest.raises(UsageError, match=r"neither signed nor removed: 2\."):
            taken(under_review(word(BOTH[0], 2)), EDITOR, Step.APPROVE)

    def test_a_removed_claim_waits_for_nobody(self) -> None:
        """It is no part of what is approved."""
        claims = (BOTH[0], replace(BOTH[1], removed="Not about this."))
        held = replace(under_review(word(BOTH[0], 2)), version=version(1, *claims))
        assert taken(held, EDITOR, Step.APPROVE) is S.APPROVED

    def test_the_latest_word_of_each_reviewer_counts(self) -> None:
        """Returned and then signed is signed; one who returns outweighs one who signs."""
        back, yes = word(BOTH[0], 2, ReviewWord.RETURNED), word(BOTH[0], 2, number=2)
        other = word(BOTH[0], 6, ReviewWord.RETURNED, 3)
        assert unsigned(under_review(back, yes, word(BOTH[1], 2))) == ()
        assert unsigned(under_review(yes, back, word(BOTH[1], 2))) == (BOTH[0],)
        assert unsigned(under_review(yes, other, word(BOTH[1], 2))) == (BOTH[0],)
        assert [each.number for each in word_on(under_review(back, yes, other), BOTH[0])] == [2, 3]

    @pytest.mark.parametrize("change", [{"text": "Another sentence."}, {"heading": "Harms"}, {"quotes": ()}])
    def test_a_signature_does_not_pass_to_other_words(self, change: dict[str, object]) -> None:
        """Whoever signed read this claim, not that one."""
        held = under_review(word(BOTH[0], 2), word(BOTH[1], 2))
        edited = replace(BOTH[0], **change)  # type: ignore[arg-type]
        after = replace(held, version=version(2, edited, BOTH[1]))
        assert unsigned(after) == (edited,)

    def test_another_numbering_of_references_voids_nothing(self) -> None:
        """It says the same of the same words."""
        held = under_review(word(BOTH[0], 2), word(BOTH[1], 2))
        assert unsigned(replace(held, version=version(2, replace(BOTH[0], references=(7,)), BOTH[1]))) == ()

    def test_an_authors_word_on_their_own_never_counts(self) -> None:
        """Even if it should stand in the database."""
        assert unsigned(under_review(word(BOTH[0], 1), word(BOTH[1], 1))) == BOTH
        with pytest.raises(NotAllowed):
            checked_word(replace(under_review(), reviewers=(AUTHOR.id,)), AUTHOR, 1, ReviewWord.SIGNED, "")

    def test_who_signs_reviews_this_article_and_states_conflicts(self) -> None:
        """Not another one; and while it is under review."""
        assert checked_word(under_review(), REVIEWER, 1, ReviewWord.SIGNED, "") == BOTH[0]
        for held, who in (
            (under_review(), STRANGER),
            (under_review(), replace(REVIEWER, roles=(Role.READER,))),
            (under_review(), replace(REVIEWER, active=False)),
            (replace(under_review(), state=S.APPROVED), REVIEWER),
        ):
            with pytest.raises(NotAllowed):
                checked_word(held, who, 1, ReviewWord.SIGNED, "")
        with pytest.raises(UsageError, match="conflicts of interest"):
            checked_word(under_review(), replace(REVIEWER, conflicts=""), 1, ReviewWord.SIGNED, "")
        with pytest.raises(UsageError, match="why"):
            checked_word(under_review(), REVIEWER, 1, ReviewWord.RETURNED, "")
        with pytest.raises(UsageError, match="no claim 9"):
            checked_word(under_review(), REVIEWER, 9, ReviewWord.SIGNED, "")


class TestReading:
    """Who may know of an article, and change it."""

    @pytest.mark.parametrize("state", list(S))
    def test_what_is_not_public_is_for_those_who_work_on_it(self, state: S) -> None:
        """A reader, and nobody, see what is approved; of what was withdrawn only what was approved before."""
        held = article(state, reviewers=(REVIEWER.id,))
        assert all(may_read(held, who) for who in (AUTHOR, REVIEWER, EDITOR))
        assert may_read(held, None) is may_read(held, READER) is (state is S.APPROVED)

    @pytest.mark.parametrize("state", list(S))
    def test_one_at_a_time_changes_words(self, state: S) -> None:
        """The author before review, an editor during it, nobody afterwards."""
        held = article(state, reviewers=(REVIEWER.id,))
        who = EDITABLE.get(state)
        assert may_change(held, AUTHOR) is (who == "author")
        assert may_change(held, EDITOR) is (who == "editor")
        assert not any(may_change(held, each) for each in (None, READER, REVIEWER))


class TestBanner:
    """What stands over an article follows from its state."""

    @given(st.sampled_from(list(S)), st.booleans())
    def test_it_says_approved_where_it_is_and_nowhere_else(self, state: S, news: bool) -> None:
        """“All reviewed” never stands above “pending”."""
        over = banner(article(state, news="A study." if news else ""))
        says = over.words.removeprefix("New evidence since approval. ")
        assert says.startswith("Approved.") is (state is S.APPROVED)
        assert over.grave is (state is not S.APPROVED or news)
        assert over.words.startswith("New evidence since approval.") is news

    def test_each_state_has_its_own(self) -> None:
        """None is forgotten."""
        assert len({banner(article(state)).words for state in S}) == len(S)


WORDS = st.lists(
    st.sampled_from(["improved", "in", "11", "of", "13", "patients", "on", "sirolimus", "not"]), max_size=12
).map(" ".join)


class TestDifferences:
    """What changed, word by word."""

    @given(WORDS, WORDS)
    def test_the_runs_hold_both_texts_and_nothing_else(self, before: str, after: str) -> None:
        """Whatever the two are."""
        runs = runs_of(before, after)
        assert " ".join(r.words for r in runs if r.change is not Change.ADDED) == before
        assert " ".join(r.words for r in runs if r.change is not Change.REMOVED) == after

    def test_a_number_that_changed_is_one_word_that_changed(self) -> None:
        """So that a reader sees it."""
        runs = runs_of("Improved in 11 of 13 patients.", "Improved in 10 of 13 patients.")
        assert [(r.change, r.words) for r in runs] == [
            (Change.SAME, "Improved in"), (Change.REMOVED, "11"), (Change.ADDED, "10"), (Change.SAME, "of 13 patients."),
        ]  # fmt: skip

    def test_claims_are_told_as_changed_removed_added_or_the_same(self) -> None:
        """With the reasons that were given."""
        before = version(1, claim(1), claim(2), claim(3))
        after = version(
            2, claim(1), claim(2, "Something else.", edited="Clearer."), claim(3, removed="Wrong drug."), claim(4)
        )
        found = [(each.number, each.change, each.why) for each in changes(before, after)]
        assert found == [
            (1, Change.SAME, ""), (2, Change.CHANGED, "Clearer."), (4, Change.ADDED, ""), (3, Change.REMOVED, "Wrong drug."),
        ]  # fmt: skip


class TestBannerOverAVersion:
    """A version that does not stand never looks as if it did."""

    @pytest.mark.parametrize("state", list(S))
    def test_the_version_that_stands_has_the_articles(self, state: S) -> None:
        """So has the one that was approved last, which the public reads while a later one is reviewed."""
        held = article(state, version=version(3), versions=3, approved=2)
        assert banner_over(held, 3) == banner_over(held, 2) == banner(held)

    @pytest.mark.parametrize("state", list(S))
    def test_any_other_warns(self, state: S) -> None:
        """With how the article stands now, and with its news."""
        over = banner_over(article(state, version=version(3), versions=3, approved=2, news="A trial."), 1)
        assert over.grave and state.value in over.words
        assert not over.words.startswith(("Approved", "Draft"))
