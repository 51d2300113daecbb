"""Which way an outcome went: sentences found, read for both arms, and quoted."""

from __future__ import annotations

import pytest
from trial_articles import evidence

from curbside.extract.direction import Reports, direction, ranked, read_reports, shipped
from curbside.extract.direction_reading import asked_of
from curbside.extract.direction_tokens import told
from curbside.records import Comparison
from curbside.records.direction import Way

RESULTS = (
    "<p>Sixty children took part. The bleeding score was significantly lower in the sirolimus group than in the placebo "
    "group (1.2 ± 0.4 versus 2.9 ± 0.5, p &lt; 0.001). Platelet counts were significantly higher in the sirolimus group "
    "than in the placebo group (p = 0.01). There was no significant difference in quality of life between the sirolimus "
    "and placebo groups (p = 0.62). The placebo group had significantly more hospital days than the sirolimus group "
    "(p = 0.03).</p>"
)


def asked(outcome: str, one: str = "sirolimus", two: str = "placebo") -> Comparison:
    """Return a comparison of sirolimus with placebo."""
    return Comparison(outcome, one, two, False)


@pytest.fixture(scope="module")
def reports() -> Reports:
    """Return a small trial read for comparisons."""
    return read_reports(evidence(RESULTS))


@pytest.mark.parametrize(
    ("outcome", "way", "words"),
    [
        ("bleeding score", Way.DECREASED, "The bleeding score was significantly lower"),
        ("platelet counts", Way.INCREASED, "Platelet counts were significantly higher"),
        ("quality of life", Way.NO_DIFFERENCE, "no significant difference in quality of life"),
    ],
)
def test_each_outcome_is_answered_from_its_own_sentence(reports: Reports, outcome: str, way: Way, words: str) -> None:
    """The label and the sentence that says so best."""
    found = direction(asked(outcome), reports)
    assert found.label is way
    assert found.quote is not None and words in found.quote.words
    assert found.quote.holds_in(reports.evidence.document)


def test_the_arms_change_places(reports: Reports) -> None:
    """What is higher with one arm is lower with the other."""
    assert direction(asked("platelet counts", "placebo", "sirolimus"), reports).label is Way.DECREASED


def test_shares_add_up_and_name_the_label(reports: Reports) -> None:
    """Probabilities of the three ways, in the order of `Way`."""
    found = direction(asked("bleeding score"), reports)
    assert sum(found.shares) == pytest.approx(1)
    assert max(found.shares) == pytest.approx(found.probability) == found.shares[list(Way).index(found.label)]


def test_an_article_without_sentences_gives_no_quote() -> None:
    """Then the most frequent way is named, with nothing to stand on."""
    found = direction(asked("pain"), read_reports(evidence("")))
    assert found.quote is None and found.others == ()


def test_the_right_sentence_ranks_first(reports: Reports) -> None:
    """It names the outcome, both arms and a p value."""
    known = asked_of(asked("quality of life"), reports)
    best = ranked(known, reports, shipped().ranking)[0][0]
    assert "quality of life" in reports.text(best)


def test_a_sentence_is_masked(reports: Reports) -> None:
    """Arms, outcome and p values by what they are; thin spaces are spaces."""
    known = asked_of(asked("bleeding score"), reports)
    read = told(known, "The bleeding score was lower in the sirolimus group than in the placebo group (p < 0.001)")
    kinds = [token.kind for token in read.tokens if token.kind]
    assert kinds == ["OUT", "DOWN", "INT", "THAN", "CMP", "P+"]
    thin = read_reports(evidence("<p>Pain was lower with sirolimus (p\u2009=\u20090.01).</p>"))
    assert any("p = 0.01" in thin.text(place) for place in range(len(thin.sets)))
