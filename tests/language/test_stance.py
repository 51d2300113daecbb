"""Where a marker stands, which cues are around it, what the rules make of them, what a model is given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbside.language.stance_cues import READ, cues, cues_of, marked, placed
from curbside.language.stance_features import features, of_cues
from curbside.language.stance_rules import ruled
from curbside.records.citation import Stance, StatementText
from curbside.records.span import Span


def said(words: str) -> StatementText:
    """Return a statement about the work of the first "[7]"."""
    at = words.find("[7]")
    return StatementText(words, Span(at, at + 3) if at >= 0 else None)


class TestPlaces:
    """Markers and clauses."""

    @pytest.mark.parametrize(
        "marker", ["[7]", "[ 12,16-21]", "[3–6]", "[1], [2]", "(14)", "(Lee et al, 2009; Guo, 2011)"]
    )
    def test_what_looks_like_a_marker(self, marker: str) -> None:
        """Numbers in brackets and names with years are found without being told."""
        found = placed(StatementText(f"It was shown before {marker}."))
        assert found.marker is not None
        assert found.marker.of(found.text) == marker

    @pytest.mark.parametrize("words", ["in 12 (30%) patients", "p < 0.05 [95% CI 1 to 2]", "(see below)"])
    def test_what_does_not(self, words: str) -> None:
        """Shares, intervals and asides are no markers."""
        assert placed(StatementText(words)).marker is None

    def test_others_are_told_apart(self) -> None:
        """The marker that is judged is none of the others; those that are told and those that are found count once."""
        words = "Some found so [3], others not [7], or neither²."
        found = placed(StatementText(words, Span(30, 33), others=(Span(14, 17), Span(45, 46))))
        assert [span.of(words) for span in found.others] == ["[3]", "²"]

    def test_the_clause_of_the_marker(self) -> None:
        """From the turn before it to the one behind."""
        words = "They found a benefit [7], but we did not."
        clause = placed(said(words)).clause
        assert "benefit" in clause.of(words)
        assert "we did not" not in clause.of(words)

    def test_a_long_text_is_read_near_its_marker(self) -> None:
        """Cues far away are not looked for, and spans are those of the whole text."""
        words = "contrary " * 2_000 + "similar to [7]"
        statement = said(words)
        assert len(placed(statement).text) <= 2 * READ + 3
        assert all(cue.span.of(words).lower() == cue.words for cue in cues_of(statement))

    def test_a_marker_is_taken_where_none_is_given(self) -> None:
        """The first; a statement without any stays as it is."""
        assert marked(StatementText("So [2], so [3].")).marker == Span(3, 6)
        assert marked(StatementText("So.")).marker is None
        assert marked(said("So [2], so [7].")) == said("So [2], so [7].")


@pytest.mark.parametrize(
    ("words", "stance"),
    [
        ("Our findings are consistent with previous reports [7].", Stance.SUPPORTING),
        ("This is in line with the trial of Lee et al. [7].", Stance.SUPPORTING),
        ("Similar results were obtained by others [7].", Stance.SUPPORTING),
        ("Similarly, Lee et al. [7] saw fewer relapses.", Stance.SUPPORTING),
        ("Our findings are not consistent with previous reports [7].", Stance.CONTRASTING),
        ("In contrast to our findings, Lee et al. [7] saw no benefit.", Stance.CONTRASTING),
        ("Relapse in our study was less frequent than in earlier trials [7].", Stance.CONTRASTING),
        ("This differs from the results of two other trials [7].", Stance.CONTRASTING),
        ("Sirolimus inhibits mTOR [7].", Stance.MENTIONING),
        ("Response was measured by the scale of Lee [7].", Stance.MENTIONING),
        ("", Stance.MENTIONING),
    ],
)
def test_rules(words: str, stance: Stance) -> None:
    """The first rule that holds decides, and stands on words of the text."""
    found = ruled(said(words))
    assert found.stance is stance
    assert bool(found.deciding) is (stance is not Stance.MENTIONING)
    assert found.reason.startswith("abstains") is (stance is Stance.MENTIONING)


class TestFeatures:
    """What a model is given."""

    def test_sides_and_order(self) -> None:
        """The same words on the other side of the marker are other features."""
        one, two = features(said("In contrast to our data, [7]")), features(said("[7] is in contrast to our data"))
        assert {"k:contrast<", "l3:data", "L1:,"} <= set(one)
        assert {"k:contrast>", "R1:is"} <= set(two)
        assert "k:contrast>" not in one

    def test_the_words_of_a_marker_are_none(self) -> None:
        """Markers are signs: numbers and names in them say nothing of the stance."""
        one, two = features(said("Lee found so [7].")), features(StatementText("Lee found so [9].", Span(13, 16)))
        assert one == two

    def test_counted_features_have_one_length(self) -> None:
        """A long sentence weighs no more than a short one."""
        for words in ("So [7].", "Our results are in agreement with those of an earlier trial [7]." * 3):
            counted = [value for name, value in features(said(words)).items() if not of_cues(name)]
            assert sum(value * value for value in counted) == pytest.approx(9)

    def test_nothing_has_none(self) -> None:
        """No words, no features."""
        assert features(StatementText(" ")) == {}

    @given(st.text(max_size=60), st.integers(-3, 60), st.integers(-3, 60))
    def test_any_text(self, words: str, start: int, end: int) -> None:
        """Whatever the words and the marker are."""
        statement = StatementText(words, Span(start, end))
        made = features(statement)
        assert all(value == value and abs(value) <= 4 for value in made.values())
        assert all(0 <= cue.span.start < cue.span.end <= len(words) for cue in cues(placed(statement)))
