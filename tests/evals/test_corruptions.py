"""The generator of wrong sentences: every kind really changes a sentence that has what it needs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from evals.corruptions import KINDS, Corruption, corrupt, sample

# One made-up sentence a kind, and what must come of it; several results where chance decides.
MADE_UP: dict[str, tuple[str, set[str]]] = {
    "swapped drug": (
        "Propranolol helped.",
        {"Atenolol helped.", "Timolol helped.", "Nadolol helped.", "Metoprolol helped."},
    ),
    "dropped negation": ("The cream did not help.", {"The cream did help."}),
    "dropped hedge": ("Vitamin Z may reduce relapse.", {"Vitamin Z reduces relapse."}),
    "other confidence bound": (
        "It was 0.50 (95% CI 0.30–0.80).",
        {"It was 0.50 (95% CI 0.24–0.80).", "It was 0.50 (95% CI 0.30–0.96)."},
    ),
    "other arm": ("Relief came in 45% vs 23%.", {"Relief came in 23% vs 45%."}),
    "unit changed": ("They took 3 mg of it.", {"They took 3 g of it."}),
    "population changed": ("It was given to children.", {"It was given to adults."}),
    "decimal shifted": ("They took 2.5 mg.", {"They took 25 mg."}),
    "count for its complement": ("Relief came in 9 of 13.", {"Relief came in 4 of 13."}),
    "percent for count": ("Fever struck 12 patients.", {"Fever struck 12% of patients."}),
    "direction reversed": ("Pain was reduced.", {"Pain was increased."}),
    "route changed": ("An oral rinse was used.", {"A topical rinse was used."}),
    "time point changed": ("Seen at 12 weeks.", {"Seen at 24 weeks."}),
    "sides swapped": ("Warfarin was worse than apixaban.", {"Apixaban was worse than warfarin."}),
    "condition swapped": (
        "It is used for asthma.",
        {"It is used for pneumonia.", "It is used for chronic obstructive pulmonary disease."},
    ),
    "frequency changed": ("One tablet per day.", {"One tablet per week."}),
    "harm dropped": ("It caused fever, rash, nausea, and cramps.", {
        "It caused fever, rash, and cramps.", "It caused fever, nausea, and cramps.",
    }),
    "quantifier changed": ("Some patients got better.", {"All patients got better."}),
    "sign lost": ("The change was −4 points.", {"The change was 4 points."}),
    "bound reversed": ("It differed (P<0.001).", {"It differed (P>0.001)."}),
    "negation added": ("It was effective.", {"It was not effective."}),
    "association as cause": ("Smoking was associated with relapse.", {"Smoking caused relapse."}),
    "verdict reversed": ("It should be avoided.", {"It should be used."}),
    "design changed": ("This was a retrospective study.", {"This was a prospective study."}),
    "severity or line changed": ("Itch was mild.", {"Itch was severe."}),
    "restriction dropped": ("Use it only in hospital.", {"Use it in hospital."}),
    "combination changed": ("Use it in combination with zinc.", {"Use it without zinc."}),
    "effect measure changed": ("The hazard ratio was 2.", {"The odds ratio was 2."}),
}  # fmt: skip


def made(kind: str, text: str, seed: int = 3) -> list[str]:
    """The corruptions of one kind that a sentence gets."""
    return [c.after for c in corrupt(text, seed) if c.kind == kind]


@pytest.mark.parametrize("kind", sorted(MADE_UP))
def test_each_kind_makes_its_sentence_untrue(kind: str) -> None:
    """What comes out is one of the sentences that were meant."""
    text, expected = MADE_UP[kind]
    assert set(made(kind, text)) <= expected
    assert made(kind, text), f"{kind} did nothing to {text!r}"


def test_a_changed_number_is_another_number() -> None:
    """The number changes, the words around it stay."""
    (after,) = made("changed number", "In all, 17 patients took part.")
    assert after.startswith("In all, ") and after.endswith(" patients took part.") and "17" not in after


def test_every_kind_has_a_case_here() -> None:
    """No kind goes without a sentence of its own."""
    assert set(KINDS) == set(MADE_UP) | {"changed number"}


def test_names_with_digits_are_no_numbers() -> None:
    """Interleukin-2, mTORC1 and the level of an interval are left alone."""
    assert made("changed number", "IL-2 and mTORC1 were measured (95% CI not given).") == []


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_sentence_without_what_a_kind_needs_is_left_alone(kind: str) -> None:
    """Nothing is forced on a sentence that states nothing of the sort."""
    assert made(kind, "The committee met again in the afternoon and went home") == []


def test_no_symmetrical_statement_is_swapped() -> None:
    """Where no difference was found, swapping the sides changes nothing and is not done."""
    assert made("sides swapped", "No difference was seen between warfarin versus apixaban at 2 years.") == []


def test_an_article_agrees_with_the_word_put_in() -> None:
    """An oral becomes a topical."""
    assert made("route changed", "This is an oral drug.") == ["This is a topical drug."]


def test_sampling_is_balanced_and_without_repeats() -> None:
    """Every kind that applies has its share before any kind has two more than another."""
    sentences = [text.replace(".", f" in group {chr(65 + i)}.") for i in range(4) for text, _ in MADE_UP.values()]
    taken = sample(sentences, 2 * len(MADE_UP), seed=1)
    counts = {kind: sum(c.kind == kind for c in taken) for kind in KINDS}
    assert len(taken) == 2 * len(MADE_UP) == len({(c.before, c.after) for c in taken})
    assert max(counts.values()) - min(counts.values()) <= 2
    assert all(c.before in sentences and c.after != c.before for c in taken)


def test_the_seed_decides() -> None:
    """Same seed, same corruptions; another seed, others."""
    sentences = [text for text, _ in MADE_UP.values()]
    first = sample(sentences, 40, seed=5)
    assert first == sample(sentences, 40, seed=5)
    assert first != sample(sentences, 40, seed=6)
    assert all(isinstance(c, Corruption) for c in first)


def test_fewer_come_where_there_are_no_more() -> None:
    """Asked for more than can be made, the generator gives what there is."""
    assert sample(["The end"], 10, seed=0) == []
