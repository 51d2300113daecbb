"""Negation, hedges, directions and certainty."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbside.language.cue_words import BACKWARD, DIRECTIONS, HEDGES, NEGATIONS, PSEUDO, TERMINATORS
from curbside.language.cues import certainty, directions, hedges, negated, negations
from curbside.language.words import flat
from curbside.records import Span


def kinds(cues: list) -> list[str]:
    """Return the kinds of cues in order."""
    return [cue.kind for cue in cues]


def place(text: str, words: str) -> Span:
    """Return where words stand in a text."""
    return Span(text.index(words), text.index(words) + len(words))


class TestTables:
    """The tables are as the finder needs them."""

    @pytest.mark.parametrize("phrase", [*NEGATIONS, *PSEUDO, *sorted(BACKWARD), *TERMINATORS, *HEDGES, *DIRECTIONS])
    def test_phrases_are_flat(self, phrase: str) -> None:
        """Lower case, single spaces, plain quotes and hyphens."""
        assert phrase
        assert phrase == flat(" ".join(phrase.split()))

    def test_backward_triggers_are_negations(self) -> None:
        """What reaches backward is in the table of negations."""
        assert set(NEGATIONS) >= BACKWARD


class TestNegations:
    """What negates, and what only looks so."""

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("They do not cause atrophy.", "not"),
            ("It cannot be given.", "not"),
            ("It doesn’t help.", "not"),
            ("It is no longer used.", "not"),
            ("No deaths occurred.", "no"),
            ("None relapsed.", "no"),
            ("It healed without scars.", "without"),
            ("It never recurred.", "never"),
            ("It failed to help.", "fail"),
            ("Evidence is lacking.", "lack"),
            ("Neither worked.", "neither"),
            ("Fever was absent.", "absent"),
            ("She was unable to swallow.", "unable"),
            ("It is contraindicated in pregnancy.", "contra"),
            ("The result was not statistically significant.", "not"),
        ],
    )
    def test_kind(self, text: str, kind: str) -> None:
        """Each way of negating has its kind."""
        assert kinds(negations(text)) == [kind]

    @pytest.mark.parametrize(
        "text",
        [
            "Not only children respond.",
            "No. 5 is fail-safe",
            "no fewer than 5 sites",
            "Noted notes",
            "no 5",
            "nothingness",
        ],
    )
    def test_pseudo(self, text: str) -> None:
        """Pseudo-negations and words that only begin alike are left out."""
        assert negations(text) == []

    def test_spans_are_the_words(self) -> None:
        """A cue's span covers the phrase in the text."""
        text = "It did NOT help."
        (cue,) = negations(text)
        assert (cue.span.of(text), cue.words) == ("NOT", "not")


class TestScope:
    """How far a negation reaches (NegEx)."""

    @pytest.mark.parametrize(
        ("text", "words", "expected"),
        [
            ("Patients had no fever or infection, but rash was seen.", "fever", True),
            ("Patients had no fever or infection, but rash was seen.", "infection", True),
            ("Patients had no fever or infection, but rash was seen.", "rash", False),
            ("Fever was absent in all.", "Fever", True),
            ("Malignancy was ruled out.", "Malignancy", True),
            ("Rash was seen; no fever occurred.", "Rash", False),
            ("No relapse. Fever was seen.", "Fever", False),
            ("It does not cause skin atrophy.", "atrophy", True),
            ("Not only rash but fever was seen.", "fever", False),
            ("No one of the nine tall young boys in the third school ward had fever.", "fever", False),
        ],
    )
    def test_reach(self, text: str, words: str, expected: bool) -> None:
        """Forward up to a terminator, a stop or eight words; backward for the few that do."""
        assert negated(text, place(text, words)) is expected


class TestHedges:
    """What hedges, by kind."""

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("It may help.", "modal"),
            ("It could be of use.", "modal"),
            ("It is possibly safe.", "probability"),
            ("The findings suggest benefit.", "evidence"),
            ("It appears safe.", "evidence"),
            ("The evidence was mixed.", "mixed"),
            ("Reports are conflicting.", "mixed"),
            ("Only limited evidence exists.", "mixed"),
            ("Level 4 supports it.", "level"),
            ("level 1 evidence", "level"),
            ("a grade B recommendation", "level"),
            ("low-quality evidence", "level"),
            ("The dose remains to be determined.", "need"),
            ("Its use is under investigation.", "need"),
            ("Safety is not established.", "need"),
            ("approximately 13 patients", "approximator"),
            ("about 60%", "approximator"),
            ("up to 1%", "approximator"),
            ("It took < 5 days.", "approximator"),
            ("several lesions", "quantifier"),
            ("the majority of infants", "quantifier"),
            ("It is generally safe.", "opinion"),
            ("It is usually oral.", "opinion"),
            ("In our experience it works.", "opinion"),
            ("Case reports describe benefit.", "case"),
            ("It rests on a few case studies.", "case"),
        ],
    )
    def test_kind(self, text: str, kind: str) -> None:
        """Each hedge has its kind."""
        assert kind in kinds(hedges(text))

    @pytest.mark.parametrize(
        "text",
        [
            "It began in May 2012.", "Enrolment ended on 5 May.", "mixed connective tissue disease",
            "common variable immunodeficiency", "(P<0.001)", "Mayo clinic", "They talked about it.",
            "limited cutaneous scleroderma",
        ],
    )  # fmt: skip
    def test_no_hedge(self, text: str) -> None:
        """Months, diseases, p values and plain prepositions are no hedges."""
        assert hedges(text) == []

    def test_no_two_overlap(self) -> None:
        """A level outranks the words inside it; cues come in order."""
        cues = hedges("Level 4 evidence from a few case studies may suggest up to 60%.")
        assert kinds(cues) == ["level", "case", "modal", "evidence", "approximator"]


class TestDirections:
    """Which way results point."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Platelets increased.", ["increased"]),
            ("Risk was lower.", ["decreased"]),
            ("There was no significant difference.", ["no difference"]),
            ("Itch improved.", ["improved"]),
            ("The rash worsened.", ["worsened"]),
            ("Volume did not really decrease.", ["no difference"]),
            ("It failed to improve platelets.", ["no difference"]),
            ("Survival did not differ but infections increased.", ["no difference", "increased"]),
        ],
    )
    def test_direction(self, text: str, expected: list[str]) -> None:
        """Cues by direction; a negated one points nowhere."""
        assert kinds(directions(text)) == expected


class TestCertainty:
    """How sure a sentence is in all."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Eight of 13 patients responded.", "asserted"),
            ("About 60% of patients responded.", "asserted"),
            ("It may help.", "hedged"),
            ("Further research is needed.", "hedged"),
            ("The evidence was mixed and may not apply.", "mixed"),
            ("Nobody relapsed.", "negated"),
            ("It does not cause atrophy.", "negated"),
            ("It does not seem to cause atrophy.", "hedged"),
            ("Level 4 evidence supports it.", "level"),
            ("Case reports suggest benefit.", "case"),
            ("It is generally considered safe.", "opinion"),
        ],
    )
    def test_certainty(self, text: str, expected: str) -> None:
        """The weightiest cue names the sentence; quantities alone leave it asserted."""
        assert certainty(text) == expected


PIECES = st.lists(
    st.sampled_from(
        ["no ", "not ", "may ", "only ", "but ", "level 4 ", "İ", "fever ", "without", ". ", "<", "is mixed", "é"]
    ),
    max_size=25,
).map("".join)


@given(st.one_of(PIECES, st.text(max_size=80)))
def test_any_text_is_read_without_harm(text: str) -> None:
    """For any text: spans inside it, in order, none overlapping; certainty is one of its words."""
    for cues in (negations(text), hedges(text), directions(text)):
        ends = [0, *(cue.span.end for cue in cues)]
        assert all(end <= cue.span.start < cue.span.end <= len(text) for end, cue in zip(ends, cues, strict=False))
    assert certainty(text) in {"asserted", "hedged", "mixed", "negated", "case", "opinion", "level"}
    assert negated(text, Span(0, min(3, len(text)))) in {True, False}
