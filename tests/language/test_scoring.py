"""Linear models: written and read back, scored, turned into shares."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbside.language.scoring import Weights, loaded, softmax, written

MODEL = Weights(("up", "down"), (0.5, -0.5), {"rose": (2.0, -1.0), "fell": (-1.0, 2.0), "the": (0.0001, 0.0)})


def test_features_that_are_not_known_count_nothing() -> None:
    """Only what was learnt counts, each as much as there is of it."""
    assert MODEL.scores({}) == [0.5, -0.5]
    assert MODEL.scores({"rose": 2.0, "unheard of": 9.0}) == [4.5, -2.5]


def test_what_is_written_is_read_back_rounded() -> None:
    """Weights that round to nothing are left out, the rest keep their digits."""
    again = loaded(written(MODEL))
    assert again.labels == MODEL.labels and again.bias == MODEL.bias
    assert again.weights == {"rose": (2.0, -1.0), "fell": (-1.0, 2.0)}
    assert written(again) == written(MODEL)


def test_what_is_no_model_is_refused() -> None:
    """A file of another kind is an error, not an empty model."""
    for text in ("[]", "{}", '{"head": 1}'):
        with pytest.raises(ValueError, match="head"):
            loaded(text)


@given(st.lists(st.floats(-500, 500), min_size=1, max_size=6))
def test_shares_add_up_to_one(scores: list[float]) -> None:
    """Whatever the scores, shares are a distribution in their order."""
    shares = softmax(scores)
    assert abs(sum(shares) - 1) < 1e-9 and all(0 <= share <= 1 for share in shares)
    assert shares[scores.index(max(scores))] == max(shares)
