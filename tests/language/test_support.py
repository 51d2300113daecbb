"""Claim and evidence side by side: coverage, families of words, what they agree and differ in."""

from __future__ import annotations

import pytest

from curbside.language.support_features import features, of_figures
from curbside.language.support_reading import Pair, lean_of_outcome, leaning, paired
from curbside.language.support_rules import differs, reasons, ruled
from curbside.language.support_words import EFFECTS, FAMILIES, OPPOSITES, families
from curbside.records.span import Span
from curbside.records.support import SupportFactor, SupportLabel

RARE = {"patient": 1.0, "bleed": 4.0}
CLAIM = "Sirolimus reduces bleeding at 2 mg daily."


def pair(claim: str, evidence: str) -> Pair:
    """Return both side by side."""
    return paired(claim, evidence, RARE)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("increased", ("up",)),
        ("reduces", ("down",)),
        ("didn't", ("not",)),
        ("effective", ("good", "linked")),
        ("patients", ()),
        ("can", ("hedge",)),
    ],
)
def test_words_have_families(word: str, expected: tuple[str, ...]) -> None:
    """By their beginning or as a whole."""
    assert families(word) == expected


def test_the_tables_fit_each_other() -> None:
    """What points and what is opposed are families."""
    assert set(EFFECTS) <= set(FAMILIES)
    assert {name for both in OPPOSITES for name in both} <= set(EFFECTS)


def test_coverage_is_weighted_by_rarity() -> None:
    """A rare word in common counts for more than a common one."""
    rare, common = pair("bleeding patients", "bleeding stopped"), pair("bleeding patients", "patients came")
    assert (rare.coverage, common.coverage) == (0.8, 0.2)
    assert pair("", "").coverage == 0


def test_the_nearest_sentence_has_most_of_the_claim() -> None:
    """By its place among the sentences."""
    assert pair(CLAIM, "The weather was mild. Sirolimus reduced bleeding. We thank all.").nearest == 1


@pytest.mark.parametrize(
    ("text", "way", "lean"),
    [
        ("survival increased", 1, 0),
        ("survival was not increased", -1, 0),
        ("it reduces the risk of death", -1, 2),
        ("it increases the risk of death", 1, -2),
        ("it improved", 0, 1),
        ("it was harmful", 0, -1),
        ("it prevents infection", -1, 1),
    ],
)
def test_ways_and_leanings(text: str, way: int, lean: int) -> None:
    """Less of something unwelcome is welcome; a negation turns what follows it."""
    turned = pair(text, text).claim.turned
    assert leaning(turned)[0] == way
    assert lean_of_outcome(turned) == lean


@pytest.mark.parametrize(
    ("evidence", "factor", "differ", "words"),
    [
        ("Sirolimus did not reduce bleeding at 2 mg daily.", SupportFactor.NEGATION, True, "only the evidence denies"),
        ("Sirolimus increased bleeding at 2 mg daily.", SupportFactor.DIRECTION, True, "opposite directions"),
        ("Sirolimus reduced bleeding at 5 mg daily.", SupportFactor.NUMBERS, True, 'does not give "2"; it gives "5"'),
        ("Sirolimus reduced bleeding at 2 mg daily.", SupportFactor.NUMBERS, False, 'both give "2"'),
        ("Sirolimus may reduce bleeding.", SupportFactor.HEDGES, True, 'hedges ("may")'),
        ("Everolimus reduces bleeding.", SupportFactor.ENTITIES, True, 'does not name "Sirolimus"'),
    ],
)
def test_what_is_found(evidence: str, factor: SupportFactor, differ: bool, words: str) -> None:
    """Each with its words."""

    def named(text: str) -> dict[str, Span]:
        return {name: Span(at, at + len(name)) for name in ("Sirolimus", "Everolimus") if (at := text.find(name)) >= 0}

    found = [each for each in reasons(CLAIM, evidence, pair(CLAIM, evidence), named) if each.factor is factor]
    assert [differs(each) for each in found] == [differ]
    assert words in found[0].said


@pytest.mark.parametrize(
    ("evidence", "label", "rule"),
    [
        (CLAIM, SupportLabel.SUPPORTS, "agree"),
        ("Sirolimus did not reduce bleeding at 2 mg daily.", SupportLabel.REFUTES, "negation"),
        ("Sirolimus increased bleeding at 2 mg daily.", SupportLabel.REFUTES, "direction"),
        ("Sirolimus reduced bleeding at 5 mg daily.", SupportLabel.NOT_ENOUGH, "numbers"),
        ("Sirolimus is a macrolide.", SupportLabel.NOT_ENOUGH, "few"),
        ("The weather was mild.", SupportLabel.NOT_ENOUGH, "nothing"),
    ],
)
def test_rules(evidence: str, label: SupportLabel, rule: str) -> None:
    """What decides comes first."""
    found = ruled(CLAIM, evidence, pair(CLAIM, evidence))
    assert (found.label, found.rule) == (label, rule)


def test_features() -> None:
    """Figures of the pair and words in common; none without words."""
    seen = features(pair(CLAIM, "Bleeding was reduced."))
    assert {name for name in seen if not of_figures(name)} == {"o:bleed", "o:reduc"}
    assert 0 < seen["g:coverage"] < 1
    assert features(pair("", CLAIM)) == features(pair(CLAIM, "")) == {}
