"""The learned ranker: what it reads, how it orders, and that its weights are plain numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from curbside.answer.ranker import BOTH, WORDS, likely, opened, packed, shipped, taken
from curbside.answer.ranker_features import figures
from curbside.answer.ranker_letters import Letters
from curbside.answer.ranker_near import NAMES, NearAsked, near_figures, near_read, shipped_near
from curbside.answer.ranker_pool import Pool, pool_of
from curbside.answer.ranker_reading import asked_read, named_by, sentence_read
from curbside.language.vocabulary import Vocabulary

TEXTS = (
    "Ubrogepant (MK-1602) relieved migraine within two hours in 19 % of adults.",
    "Sirolimus raised platelet counts in children with immune thrombocytopenia (ITP).",
    "Of 12 children with ITP, 9 responded to sirolimus.",
    "The weather in spring was mild.",
    "Sleep was disturbed in people with epilepsy.",
)
SOURCES = ("a", "b", "b", "c", "d")


def pool(vectors: np.ndarray | None = None) -> Pool:
    """Build a pool of five sentences of four articles."""
    named = [frozenset[str]()] * len(TEXTS)
    return pool_of([sentence_read(each) for each in TEXTS], SOURCES, [False] * 5, named, vectors, letters=True)


def asked(text: str, names: dict[str, frozenset[str]] | None = None):
    """Read a question without concepts."""
    return asked_read(text, (), Vocabulary.shipped(), names or {})


def test_what_answers_comes_first() -> None:
    """Shipped weights of words put the sentences on the question before those on other things."""
    found = figures(asked("Does sirolimus help children with ITP?"), pool())
    scores = shipped(WORDS).scores(found)
    order = [int(found.chosen[at]) for at in np.argsort(-scores)]
    assert set(order[:2]) == {1, 2}


def test_a_short_form_of_the_texts_is_another_name() -> None:
    """What a text puts in brackets beside a name is looked for as well."""
    names = named_by(pair for each in TEXTS for pair in sentence_read(each).defined)
    assert "itp" in asked("Is immune thrombocytopenia treated?", names).further


def test_figures_of_meaning_need_vectors() -> None:
    """Without an encoder those columns are missing, and the weights that read them say so."""
    question = asked("Does sirolimus help?")
    rows = np.eye(5, 8, dtype=np.float32)
    with_meaning = figures(question, pool(rows), rows[1])
    assert "meaning" in with_meaning.names
    assert with_meaning.chosen[0] == 1
    without = figures(question, pool(rows))
    assert "meaning" not in without.names
    with pytest.raises(ValueError, match="meaning"):
        shipped(BOTH).scores(without)


def test_a_question_without_a_word_has_figures_too() -> None:
    """Nothing to go by is no fault."""
    found = figures(asked("?"), pool())
    assert np.isfinite(shipped(WORDS).scores(found)).all()


def test_spellings_that_are_alike_meet() -> None:
    """A compound shares its runs of letters with what it is made of."""
    one, source = Letters(TEXTS, np.array([0, 1, 1, 2, 3])).likeness("thrombocytopaenia of childhood")
    assert int(one.argmax()) == 1
    assert source[1] == source[2] > source[0]


def test_weights_survive_packing() -> None:
    """An archive gives the ranker that it was made of; anything else is refused."""
    ranker = shipped(WORDS)
    again = opened(packed(ranker))
    rows = np.random.default_rng(0).random((3, len(ranker.names)), dtype=np.float32)
    assert np.allclose(ranker.of_rows(rows), again.of_rows(rows), atol=1e-3)
    assert packed(again) == packed(replace(again))
    with pytest.raises(ValueError, match="archive"):
        opened(b"PK\x05\x06" + b"\0" * 18)


def test_the_best_is_always_taken() -> None:
    """A cut above everything leaves the best one."""
    assert taken(np.array([0.1, 0.3]), (0.9, 0.0)).tolist() == [False, True]
    assert taken(likely(np.array([3.0, 2.9, -3.0])), (0.3, 0.5)).tolist() == [True, True, False]


def test_near_figures_favour_what_covers_the_question() -> None:
    """Among an answer's sentences, words that tell them apart count most; each has all figures."""
    read = [near_read(each) for each in TEXTS]
    question = NearAsked(("sirolimu", "children"), (), ())
    question = replace(question, stems=tuple(near_read("sirolimus children").stems))
    rows = near_figures(question, read, SOURCES, [frozenset[str]()] * 5)
    assert {len(row) for row in rows} == {len(NAMES)}
    scores = [sum(w * v for w, v in zip(shipped_near(), row)) for row in rows]
    assert set(sorted(range(5), key=lambda at: -scores[at])[:2]) == {1, 2}
