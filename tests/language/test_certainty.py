"""How sure a sentence is, what decides it, and when one is surer than another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbside.language.certainty import Sureness, doubts, lost, read


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Sirolimus reduced pain.", Sureness.ASSERTED, []),
        ("Sirolimus may reduce pain.", Sureness.HEDGED, ["may"]),
        ("Sirolimus did not reduce pain.", Sureness.NEGATED, ["not"]),
        ("The evidence was mixed.", Sureness.MIXED, ["was mixed"]),
        ("A case report tells of pain that may have gone.", Sureness.CASE, ["case report"]),
        ("Level 4 evidence suggests benefit.", Sureness.LEVEL, ["Level 4 evidence"]),
        ("By expert opinion, 2 mg is enough.", Sureness.OPINION, ["expert opinion"]),
        ("Sirolimus is generally given for a year.", Sureness.OPINION, ["generally"]),
        ("Up to 20 % had pain.", Sureness.ASSERTED, []),
    ],
)
def test_a_sentence_is_called_by_what_weighs_most(text: str, kind: Sureness, words: list[str]) -> None:
    """With the words that decided it."""
    made = read(text)
    assert made.kind is kind
    assert [span.of(text) for span in made.cues] == words


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("Sirolimus reduces pain.", "Sirolimus may reduce pain."),
        ("Sirolimus may reduce pain.", "The evidence for sirolimus in pain is mixed and it may reduce pain."),
        ("It may help.", "A case report says that it may help."),
        ("High-quality evidence shows benefit.", "Low-quality evidence shows benefit."),
        ("It is likely to help.", "It is unlikely to help."),
        ("It helps and may harm.", "It may help and may harm."),
    ],
)
def test_a_doubt_that_is_gone_is_found(said: str, held: str) -> None:
    """Of each kind, and as often as it was there."""
    assert lost(said, held)


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("Sirolimus might reduce pain.", "Sirolimus may reduce pain."),
        ("Sirolimus could reduce pain.", "Sirolimus may possibly reduce pain."),
        ("There is conflicting evidence.", "The evidence was mixed."),
        ("It may help.", "It helps."),
        ("Evidence of low quality suggests benefit.", "Evidence suggests benefit."),
    ],
)
def test_a_doubt_may_be_told_in_other_words(said: str, held: str) -> None:
    """And a sentence may doubt more than its quote."""
    assert lost(said, held) == ()


@given(st.text(max_size=200))
def test_no_text_is_surer_than_itself(text: str) -> None:
    """For any text: its spans lie in it, in order."""
    assert lost(text, text) == ()
    made = read(text)
    assert all(0 <= span.start < span.end <= len(text) for span in made.cues)
    assert list(made.cues) == sorted(made.cues)
    assert all(count > 0 for count in (+doubts(text)).values())


@given(st.text(alphabet="abc .,", max_size=60), st.text(alphabet="abc .,", max_size=60))
def test_a_doubt_cannot_be_lost_between_other_words(one: str, two: str) -> None:
    """Whatever stands around it."""
    assert lost(f"{one} {two}", f"{one} may {two}")
