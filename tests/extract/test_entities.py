"""Drugs and conditions by the tagger: places, types, names that no list holds, the text's own abbreviations."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files
from itertools import pairwise

import pytest

from curbside.extract.entities import Entity, Tagger, entities, entities_of, runs
from curbside.extract.entity_words import features, first_token, lowered, shape, told
from curbside.language.vocabulary import Vocabulary
from curbside.records import ConceptKind, Document, DocumentKind, Span
from growth import assert_linear

VOCABULARY = Vocabulary.shipped()
DRUG, CONDITION = ConceptKind.DRUG, ConceptKind.CONDITION


def found(text: str) -> list[tuple[str, ConceptKind]]:
    """Return the words and types found in a text."""
    return [(each.words, each.kind) for each in entities_of(text, VOCABULARY)]


def test_drugs_and_conditions_are_found_with_their_places() -> None:
    """Each entity's words stand at its span; known ones carry their id."""
    text = "Sirolimus-induced proteinuria in a patient with lymphangioleiomyomatosis."
    every = entities_of(text, VOCABULARY)
    assert all(each.span.of(text) == each.words for each in every)
    assert [(each.words, each.kind, each.concept) for each in every] == [
        ("Sirolimus", DRUG, "d:sirolimus"),
        ("proteinuria", CONDITION, VOCABULARY.find("proteinuria").id),  # type: ignore[union-attr]
        ("lymphangioleiomyomatosis", CONDITION, "c:lymphangioleiomyomatosis"),
    ]
    assert all(0 < each.probability <= 1 for each in every)


@pytest.mark.parametrize(
    "name", ["zelvorafenib", "brixolimus", "N-methyl-4-phenylpyridinium", "tonadizole hydrochloride"]
)
def test_a_drug_that_no_list_holds_is_found_by_its_morphology(name: str) -> None:
    """Endings and context tell a drug; it bears no id."""
    text = (
        f"Patients were treated with {name} 20 mg daily for hypertension. Nausea was caused by {name} in two patients."
    )
    every = [each for each in entities_of(text, VOCABULARY) if each.kind is DRUG]
    assert {(each.words, each.concept) for each in every} == {(name, "")}
    assert len(every) == 2


def test_a_short_form_is_what_its_long_form_is() -> None:
    """The definition carries the type to every place of the short form, and no dictionary contradicts it."""
    text = "All-trans retinoic acid (RA) was given orally. Skin peeled under RA, and RA was stopped."
    shorts = [each for each in entities_of(text, VOCABULARY) if each.words == "RA"]
    assert [each.kind for each in shorts] == [DRUG] * 3
    assert all(each.concept != "c:rheumatoid-arthritis" for each in shorts)


def test_what_was_found_is_found_where_it_stands_again() -> None:
    """A name in any case; a short one as written."""
    text = "Amiodarone caused thyrotoxicosis. THYROTOXICOSIS after AMIODARONE is known. amiodarone"
    assert [words.lower() for words, _ in found(text)].count("amiodarone") == 3


def test_entities_do_not_meet_and_stand_in_order() -> None:
    """Spans are in order and without overlap."""
    text = "The [3H]-prazosin binding, L-DOPA/benserazide and poly(ADP-ribose) in Parkinson's disease (PD) and PD dementia."
    spans = [each.span for each in entities_of(text, VOCABULARY)]
    assert all(one.end <= two.start for one, two in pairwise(spans))


def test_a_text_without_names_has_none() -> None:
    """Nothing out of nothing."""
    assert found("") == []
    assert found("The committee met on Tuesday and chose a new chair.") == []


def test_a_document_is_read_whole() -> None:
    """The text of a document, lines apart."""
    document = Document(
        id="d0", kind=DocumentKind.ARTICLE, title="Warfarin", text="Warfarin\n\nBleeding under warfarin."
    )
    assert [(each.words, each.span.start) for each in entities(document, VOCABULARY)] == [
        ("Warfarin", 0),
        ("Bleeding", 10),
        ("warfarin", 25),
    ]


def test_labels_make_runs() -> None:
    """A type's I without its B begins a run; another type ends one."""
    labels = ["O", "B-drug", "I-drug", "B-drug", "I-disease", "O"]
    assert list(runs(labels)) == [("drug", 1, 3), ("drug", 3, 4), ("disease", 4, 5)]


def test_words_are_described() -> None:
    """Shapes, first tokens, small letters at their places."""
    assert [shape(word) for word in ("Sirolimus", "mTOR", "CT", "2024", "-")] == ["Aa4", "aA4", "A2", "04", "-"]
    assert (first_token("5-HT"), first_token(" ")) == ("5", "")
    assert lowered("İX") == "İX"
    known = told("Naproxen (NPX) helps.", VOCABULARY)
    rows = features(known, VOCABULARY)
    assert len(rows) == len(known.tokens)
    assert "k=Bd" in rows[0]
    assert any(each.startswith("sf=B") for each in rows[2])


def test_weights_that_are_none_are_refused() -> None:
    """A file of another form is told, not used."""
    with pytest.raises(ValueError, match=r".+"):
        Tagger(b"not a model")


def test_the_weights_are_small_and_have_a_card() -> None:
    """Under 1.5 MB, a card beside them."""
    data = files("curbside.extract").joinpath("data")
    assert len(data.joinpath("entities.crfsuite").read_bytes()) < 1_500_000
    assert "BC5CDR" in data.joinpath("entities.md").read_text(encoding="utf-8")


def test_an_import_does_not_open_the_field() -> None:
    """What asks for no entities pays nothing for them."""
    code = "import sys, curbside.extract.entities; sys.exit('pycrfsuite' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("piece", ["a", "aspirin ", "aspirin (ASA) ", "(", "A1 ", "X (Y) ", "aspirin a", "1-", "drug-"])
def test_reading_is_linear(piece: str) -> None:
    """Four times the text takes about four times as long."""

    assert_linear(lambda size: lambda: entities_of((piece * size)[:size], VOCABULARY), 1_500)


def test_an_entity_is_a_plain_record() -> None:
    """Frozen, comparable."""
    one = Entity(DRUG, Span(0, 1), "a", "", 0.5)
    assert one == Entity(DRUG, Span(0, 1), "a", "", 0.5)
