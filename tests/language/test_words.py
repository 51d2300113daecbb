"""Words, and the one form in which their spellings and endings meet."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbside.language.phrases import Phrases
from curbside.language.words import STOP_WORDS, content_words, flat, fold, listed, stem, tokens


def test_tokens_are_words_and_printed_numbers() -> None:
    """Hyphens and slashes part words; apostrophes and decimal points do not."""
    text = "Sirolimus' low-dose trial: 0.43, 1,234 and IL-2; doesn't 5mg"
    assert [span.of(text) for span in tokens(text)] == [
        "Sirolimus", "low", "dose", "trial", "0.43", "1,234", "and", "IL", "2", "doesn't", "5mg",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("tumour", "tumor"), ("tumours", "tumors"), ("haemangioma", "hemangioma"), ("oedema", "edema"),
        ("paediatric", "pediatric"), ("anaemia", "anemia"), ("leukaemia", "leukemia"), ("randomised", "randomized"),
        ("hospitalisation", "hospitalization"), ("analysed", "analyzed"), ("centre", "center"), ("fibre", "fiber"),
        ("sulphate", "sulfate"), ("behaviour", "behavior"), ("labelled", "labeled"), ("foetal", "fetal"),
        ("Ménière", "meniere"), ("oesophagus", "esophagus"), ("diarrhoea", "diarrhea"), ("ageing", "aging"),
    ],
)  # fmt: skip
def test_british_and_american_spellings_meet(british: str, american: str) -> None:
    """Both spellings fold to one."""
    assert fold(british) == fold(american)


@pytest.mark.parametrize(
    "word", ["does", "aerosol", "disease", "exercise", "four", "hour", "increase", "toes", "raised"]
)
def test_words_that_only_look_british_are_kept(word: str) -> None:
    """Folding leaves plain words alone."""
    assert fold(word) == word


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("patients", "patient"), ("therapies", "therapy"), ("responded", "responding"), ("stopped", "stopping"),
        ("doses", "dosing"), ("diagnoses", "diagnosis"), ("angiofibromas", "angiofibroma"), ("weekly", "week"),
        ("studies", "study"), ("treated", "treating"), ("increases", "increased"), ("boxes", "box"),
    ],
)  # fmt: skip
def test_forms_of_one_word_meet(one: str, other: str) -> None:
    """Plural, -ing, -ed and -ly are taken off."""
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"), [("rate", "rat"), ("care", "car"), ("lupus", "lup"), ("dose", "dog"), ("virus", "vir")]
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    """Stemming is light: it does not make different words one."""
    assert stem(one) != stem(other)


def test_content_words_carry_the_content() -> None:
    """Stop words go, repeats stay, everything is folded and stemmed."""
    assert content_words("The tumours of the patient were treated, and the tumor's size was measured.") == [
        "tumor", "patient", "treat", "tumor", "size"[:3], "measur",
    ]  # fmt: skip
    assert content_words("what is of the") == []


def test_two_wordings_of_one_thing_overlap() -> None:
    """A question and the sentence that answers it share words whatever their spelling."""
    asked = set(content_words("Does sirolimus treat paediatric haemangiomas?"))
    said = set(content_words("Pediatric hemangioma was treated with sirolimus."))
    assert asked == said


def test_flat_keeps_offsets() -> None:
    """Lower case with one kind of space, hyphen and quote; the length never changes."""
    assert flat("No\u00a0LONGER ‘mixed’ low‑dose") == "no longer 'mixed' low-dose"
    assert len(flat("İstanbul İ")) == len("İstanbul İ")


@given(st.text(max_size=100))
def test_any_text_keeps_its_length_and_its_words(text: str) -> None:
    """For any text: flat keeps the length; tokens are in order; folding and stemming never empty a word."""
    assert len(flat(text)) == len(text)
    spans = tokens(text)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert all(stem(fold(span.of(text))) or not fold(span.of(text)) for span in spans)


@given(st.text(alphabet="abcdeinsgly", min_size=1, max_size=14))
def test_stems_are_never_shorter_than_two_letters(word: str) -> None:
    """A stem keeps enough of its word."""
    assert len(stem(word)) >= min(2, len(word))


def test_listed_reads_a_table_of_words() -> None:
    """Words with white space between them become a set."""
    assert listed(" a b\n c ") == {"a", "b", "c"}
    assert "the" in STOP_WORDS


class TestPhrases:
    """Finding a table's phrases."""

    def test_whole_words_longest_first(self) -> None:
        """The longest phrase at a place wins; parts of words do not count."""
        table = Phrases(["no", "no evidence", "not"])
        text = "no evidence, not noted, no evidences"
        assert [(span.of(text), phrase) for span, phrase in table.find(text)] == [
            ("no evidence", "no evidence"),
            ("not", "not"),
            ("no", "no"),
        ]

    def test_none_overlap(self) -> None:
        """What the first phrase took is taken."""
        table = Phrases(["case reports", "reports of", "of"])
        assert [phrase for _, phrase in table.find("case reports of")] == ["case reports", "of"]
