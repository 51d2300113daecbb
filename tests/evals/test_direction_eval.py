"""Evals of direction and design: folds, figures, what is right."""

from __future__ import annotations

import pytest
from evals.direction import FOLDS, figures, folds
from training.design import kind_of

from curbside.language.design_reading import KINDS
from curbside.records.direction import Direction, Way
from evals import design


def said(label: Way, probability: float = 1.0) -> Direction:
    """Return an answer without quotes."""
    return Direction(label, probability, None)


def test_rows_of_an_article_share_a_fold() -> None:
    """A model never sees an article that it is asked about."""
    rows = [{"pmcid": f"PMC{number % 7}"} for number in range(30)]
    found = folds(rows)
    assert set(found) <= set(range(FOLDS))
    assert len({(row["pmcid"], fold) for row, fold in zip(rows, found)}) == 7


def test_figures_of_direction() -> None:
    """Macro-F1 is the mean over the three labels, accuracy the share of right rows."""
    right = ["increased", "increased", "decreased", "no difference"]
    found = [said(Way.INCREASED), said(Way.DECREASED), said(Way.DECREASED), said(Way.NO_DIFFERENCE)]
    made = figures(right, found)
    assert made["accuracy"] == 0.75
    assert made["f1"] == {"increased": 0.6667, "decreased": 0.6667, "no difference": 1.0}
    assert made["macro_f1"] == pytest.approx(0.7778)
    assert made["ece"] == 0.25
    assert made["confusion"]["increased"] == {"increased": 1, "decreased": 1, "no difference": 0}


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        (["Clinical Trial", "Journal Article", "Randomized Controlled Trial"], "randomised trial"),
        (["Clinical Trial, Phase II", "Journal Article"], "non-randomised trial"),
        (["Case Reports", "Letter"], "case report"),
        (["Comment", "Letter"], "comment"),
        (["Practice Guideline", "Review"], "guideline"),
        (["Journal Article"], "observational"),
    ],
)
def test_publication_types_stand_for_kinds(types: list[str], kind: str) -> None:
    """Of several types one decides; a record with none that tells is any other report."""
    assert kind_of(types) == kind and kind in KINDS


def test_figures_of_design() -> None:
    """F1 of randomised trials and of each kind that occurs."""
    right = ["randomised trial", "randomised trial", "review", "comment"]
    told = ["randomised trial", "review", "review", "comment"]
    made = design.figures(right, told, ["randomised trial", "randomised trial", "study", "randomised trial"])
    assert made["shown"] == {"precision": 0.6667, "recall": 1.0, "f1": 0.8}
    assert made["rct"] == {"precision": 1.0, "recall": 0.5, "f1": 0.6667}
    assert made["accuracy"] == 0.75 and set(made["f1"]) == {"randomised trial", "review", "comment"}
