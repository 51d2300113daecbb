"""How the vocabulary cuts and folds words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbside.language.vocabulary_text import compact, fold, is_abbreviation, key, light, pieces


@given(st.text())
def test_the_pieces_of_a_text_are_the_text(text: str) -> None:
    """Nothing is lost in cutting, so that offsets are sums of lengths."""
    assert "".join(pieces(text)) == text
    assert len(pieces(text)) % 2 == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("FK506", ["FK", "506"]),
        ("FK-506", ["FK", "506"]),
        ("Sjögren's syndrome", ["Sjögren's", "syndrome"]),
        ("Sjögren’s syndrome", ["Sjögren’s", "syndrome"]),
        ("5-FU cream", ["5", "FU", "cream"]),
        ("IL-2 (TNF-α)", ["IL", "2", "TNF", "α"]),
        ("per m² daily", ["per", "m", "daily"]),
        ("tacrolimus¹²", ["tacrolimus"]),
        ("", []),
    ],
)
def test_words_are_runs_of_letters_or_of_digits(text: str, words: list[str]) -> None:
    """Digits stand apart from letters, superscript figures are no part of a word, a possessive ending is."""
    assert pieces(text)[1::2] == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("haemangioma", "hemangioma"),
        ("Haemangiomas", "hemangioma"),
        ("oedema", "edema"),
        ("anaemia", "Anemia"),
        ("diarrhoea", "diarrhea"),
        ("oesophageal", "esophageal"),
        ("tumour", "tumor"),
        ("tumours", "tumor"),
        ("leucocytosis", "leukocytosis"),
        ("sulphasalazine", "sulfasalazine"),
        ("generalised", "generalized"),
        ("embolisation", "embolization"),
        ("fibre", "fiber"),
        ("centre", "center"),
        ("Sjögren's", "sjogren"),
        ("Behçet’s", "behcet"),
        ("Crohn's", "Crohn"),
        ("metastases", "metastasis"),
        ("fibroses", "fibrosis"),
        ("angiomyolipomata", "angiomyolipoma"),
        ("verrucae", "verruca"),
        ("allergies", "allergy"),
        ("rashes", "rash"),
        ("abscesses", "abscess"),
        ("naevi", "nevus"),
        ("diseases", "disease"),
        ("β", "beta"),
        ("TCIs", "TCI"),
        ("PSORIASIS", "psoriasis"),
    ],
)
def test_spellings_of_a_word_fold_to_one(one: str, other: str) -> None:
    """Case, accents, plurals, possessives and British or American spelling make no difference."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lupus", "lup"),
        ("psoriasis", "psoriasi"),
        ("sirolimus", "sirolimu"),
        ("everolimus", "sirolimus"),
        ("pneumoniae", "pneumonia"),
        ("influenzae", "influenza"),
        ("acne", "acnes"),
        ("AIDS", "AID"),
        ("mass", "mas"),
    ],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    """Latin endings and genitives of bacteria are no English plurals."""
    assert fold(one) != fold(other)


@given(st.text(min_size=1, max_size=30))
def test_folding_is_repeatable(word: str) -> None:
    """The memo never changes the answer."""
    assert fold(word) == fold(word)


def test_a_key_is_the_folded_words_of_a_name() -> None:
    """Punctuation between words is gone from it."""
    assert key("Sjögren's syndrome") == key("sjogren syndrome") == "sjogren syndrome"
    assert key("IL-4/IL-13 inhibitors") == key("il 4 il 13 inhibitor")
    assert key("—") == ""


@pytest.mark.parametrize(
    "name", ["ITP", "CLE", "FK506", "5-FU", "cSCC", "TPO-RA", "mTORi", "B12", "SSc", "PsA", "6-MP", "NB-UVB"]
)
def test_abbreviations_match_as_written(name: str) -> None:
    """Capitals, or capitals with digits, without blanks."""
    assert is_abbreviation(name)


@pytest.mark.parametrize("name", ["CellCept", "Rapamune", "sirolimus", "Evans syndrome", "NuvaRing", "17β-estradiol"])
def test_names_match_in_any_case(name: str) -> None:
    """A brand with a capital inside is still a name."""
    assert not is_abbreviation(name)


def test_abbreviations_are_compared_without_gaps_and_plural() -> None:
    """Hyphens in abbreviations come and go."""
    assert compact("5-FU") == compact("5FU") == "5FU"
    assert compact("TCIs") == "TCI"
    assert compact("ITP's") == "ITP"
    assert compact("FK-506") == "FK506"
    assert compact("As") == "As"


@pytest.mark.parametrize("gap", ["", " ", "-", "–", "\u00a0", "'", "\n", " - ", "/", ","])
def test_gaps_that_may_stand_inside_a_name(gap: str) -> None:
    """Blanks, hyphens of all kinds, a line break."""
    assert light(gap)


@pytest.mark.parametrize("gap", ["\n\n", ", ", ". ", "; ", " (", ") ", ": ", "     "])
def test_gaps_that_end_a_name(gap: str) -> None:
    """Sentence ends, lists, brackets and paragraph breaks."""
    assert not light(gap)


def test_folding_is_linear_in_length() -> None:
    """A hostile word costs no more than its length, however long."""
    assert fold("a" * 100_000 + "is" * 100_000)
    assert len(pieces("’s" * 50_000)) > 1
