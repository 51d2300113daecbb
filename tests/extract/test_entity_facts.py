"""What a document names, each thing once with all its words, on the place of its first mention."""

from __future__ import annotations

from curbside.extract.entity_facts import named
from curbside.language.vocabulary import Vocabulary
from curbside.records import Document, DocumentKind, Fact, Field, Terms, sealed

VOCABULARY = Vocabulary.shipped()


def facts(text: str) -> list[tuple[Field, tuple[str, ...], tuple[str, ...], str]]:
    """Return field, words, ids and quoted words of what a text names."""
    document = sealed(Document(id="", kind=DocumentKind.ARTICLE, title="", text=text))
    made: list[tuple[Field, tuple[str, ...], tuple[str, ...], str]] = []
    for fact in named(document, VOCABULARY):
        assert isinstance(fact, Fact)
        assert fact.quote.holds_in(document)
        assert isinstance(fact.value, Terms)
        made.append((fact.field, fact.value.terms, fact.value.concepts, fact.quote.words))
    return made


def test_each_thing_is_there_once_with_all_its_words() -> None:
    """Short forms, brands and capitals are one thing; drugs stand first."""
    text = "Proteinuria after sirolimus (SRL). Sirolimus caused proteinuria; SRL was stopped."
    assert facts(text) == [
        (Field.DRUG, ("sirolimus", "SRL", "Sirolimus"), ("d:sirolimus",), "sirolimus"),
        (Field.CONDITION, ("Proteinuria", "proteinuria"), ("c:proteinuria",), "Proteinuria"),
    ]


def test_what_no_vocabulary_holds_is_there_without_an_id() -> None:
    """A drug by the ending that its name has."""
    assert (Field.DRUG, ("zelvorafenib",), (), "zelvorafenib") in facts("Nausea was caused by zelvorafenib in two men.")


def test_a_document_that_names_nothing_has_no_facts() -> None:
    """Absence is no fact of this list."""
    assert facts("The committee met on Tuesday.") == []
