"""`ask --json`: its shape, its quotes word for word, and the same bytes for the same question."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from journey import MISUSED, NOT_DONE, PAPER, QUESTION, Person, pubmed_set, undated

LONG = (
    "Does sirolimus help children with refractory autoimmune cytopenias?",
    "What dose of oral sirolimus is used for kaposiform hemangioendothelioma?",
    "What are the harms of tacrolimus after liver transplantation?",
    "Does everolimus reduce seizures in tuberous sclerosis?",
    "Is there any randomised trial of voclosporin in vitiligo?",
    "What is the capital of France?",
)
"""Questions of several intents, one of which the shelf cannot answer and one that is none."""

SHAPES: dict[str, dict[str, type | tuple[type, ...]]] = {
    "answer": {
        "question": str,
        "declined": bool,
        "sections": list,
        "absences": list,
        "references": list,
        "problems": list,
    },
    "section": {"heading": str, "sentences": list},
    "sentence": {"text": str, "quotes": list, "references": list},
    "quote": {"document": str, "start": int, "end": int, "words": str},
    "absence": {"facet": str, "documents": list, "nearest": (dict, type(None))},
    "reference": {
        "number": int,
        "work": str,
        "document": str,
        "origin": str,
        "title": str,
        "year": (int, type(None)),
        "kind": str,
        "citation": str,
        "ids": dict,
    },
}
"""The shape that programs may rely on: field -> type; there may be more fields, never fewer."""


def _has_shape(value: Any, name: str) -> None:
    assert isinstance(value, dict), (name, value)
    for field, kind in SHAPES[name].items():
        assert field in value, f"{name} lacks {field}"
        assert isinstance(value[field], kind), f"{name}.{field} is {value[field]!r}"


def _quotes(answer: Any) -> list[Any]:
    sentences = [sentence for section in answer["sections"] for sentence in section["sentences"]]
    nearest = [absence["nearest"] for absence in answer["absences"] if absence["nearest"]]
    return [quote for sentence in sentences for quote in sentence["quotes"]] + nearest


@pytest.mark.parametrize("question", LONG)
def test_the_answer_has_its_shape_and_every_quote_holds(shelved: Person, question: str) -> None:
    """One object of the documented shape; each quote's words are exactly that slice of the document's text."""
    answer = shelved.asks(question)
    _has_shape(answer, "answer")
    assert answer["question"] == question
    assert answer["declined"] is (not answer["sections"])
    for section in answer["sections"]:
        _has_shape(section, "section")
        assert section["sentences"]
        for sentence in section["sentences"]:
            _has_shape(sentence, "sentence")
            assert sentence["quotes"], f"no quote under {sentence['text']!r}"
            assert sentence["references"] and all(isinstance(number, int) for number in sentence["references"])
    for absence in answer["absences"]:
        _has_shape(absence, "absence")
    documents = list(dict.fromkeys(quote["document"] for quote in _quotes(answer)))
    shown = shelved.types_each(*(("show", "--json", document) for document in documents))
    texts = {document: said.json["documents"][0]["text"] for document, said in zip(documents, shown)}
    for quote in _quotes(answer):
        _has_shape(quote, "quote")
        assert texts[quote["document"]][quote["start"] : quote["end"]] == quote["words"]
        assert quote["words"]


@pytest.mark.parametrize("question", LONG[:2])
def test_references_are_numbered_from_one_and_all_are_cited(shelved: Person, question: str) -> None:
    """No gap, no entry that nothing cites, no citation without an entry; each quote's document is in the list."""
    answer = shelved.asks(question)
    for entry in answer["references"]:
        _has_shape(entry, "reference")
    numbers = [entry["number"] for entry in answer["references"]]
    assert numbers == list(range(1, len(numbers) + 1))
    cited = {number for section in answer["sections"] for s in section["sentences"] for number in s["references"]}
    cited |= {number for absence in answer["absences"] for number in absence["references"]}
    assert cited == set(numbers)
    works = {entry["work"] for entry in answer["references"]}
    documents = sorted({quote["document"] for quote in _quotes(answer)})
    for said in shelved.types_each(*(("show", "--json", document) for document in documents)):
        assert said.json["documents"][0]["work"] in works


def test_the_same_question_gives_the_same_bytes(shelved: Person) -> None:
    """Twice from one library, once more after its index was made anew, and whatever the seed of hashes."""
    first = shelved.types("ask", "--json", LONG[0]).out
    assert shelved.types("ask", "--json", LONG[0]).out == first
    assert replace(shelved, settings={"PYTHONHASHSEED": "7"}).types("ask", "--json", LONG[0]).out == first
    shelved.types("rebuild")
    assert shelved.types("ask", "--json", LONG[0]).out == first


def test_a_library_built_in_the_same_way_gives_the_same_bytes(someone: Person) -> None:
    """Two libraries from the same files answer, search and export byte for byte alike."""
    someone.writes("papers/a.xml", pubmed_set(PAPER.pubmed()))
    someone.writes("papers/b.ris", replace(PAPER, pmid="99000002", doi="10.5555/curbside.2").ris())
    someone.writes("papers/c.nbib", PAPER.nbib())
    other = replace(someone, library=someone.folder / "other", settings={"PYTHONHASHSEED": "3"})
    for each in (someone, other):
        each.types("add", "papers")
    for words in (("ask", QUESTION), ("ask", "--json", QUESTION), ("search", "--json", "sirolimus"), ("export",)):
        assert undated(someone.types(*words).out) == undated(other.types(*words).out), words


def test_reading_in_other_processes_gives_the_same_library(someone: Person) -> None:
    """However many processes read, the export and the answer are the same."""
    papers = [replace(PAPER, pmid=str(99000100 + i), doi=f"10.5555/many.{i}") for i in range(30)]
    someone.writes("many.xml", pubmed_set(*(paper.pubmed() for paper in papers)))
    someone.writes("more.ris", "".join(paper.ris() for paper in papers))
    other = replace(someone, library=someone.folder / "other")
    someone.types("add", "many.xml", "more.ris", "--processes", "0")
    other.types("add", "many.xml", "more.ris", "--processes", "2")
    for words in (("ask", "--json", QUESTION), ("export",)):
        assert undated(someone.types(*words).out) == undated(other.types(*words).out), words


def test_errors_are_json_too(someone: Person) -> None:
    """With `--json` a failure is an object with the words and the exit code, and the same words on standard error."""
    said = someone.types("ask", "--json", QUESTION, code=NOT_DONE)
    assert said.json["exit"] == NOT_DONE and said.json["error"] in said.err
    said = someone.types("search", "--json", "--limit", "many", "x", code=MISUSED)
    assert said.json["exit"] == MISUSED


def test_every_command_speaks_json(shelved: Person) -> None:
    """Each command prints one JSON value and nothing else on standard output."""
    for words in (
        ("status",),
        ("search", "sirolimus"),
        ("show", "26504182"),
        ("show", "26504182", "--at", "0-20"),
        ("shelf",),
        ("export", "--format", "ris"),
        ("rebuild",),
        ("remove", "26504182"),
    ):
        assert isinstance(shelved.types(*words, "--json").json, dict), words
