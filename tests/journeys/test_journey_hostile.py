"""Hostile names, questions and records: never a traceback, never a byte that steers the terminal, nothing carried out."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from journey import DONE, MISUSED, NOT_DONE, PAPER, QUESTION, Person, pubmed_set

QUESTIONS = {
    "control characters": "sirolimus\x07\x1b[2J\x1b]0;owned\x07 \x08 in cytopenia?\r\nsecond line",
    "ten thousand characters": "sirolimus " * 1_000,
    "one long word": "s" * 10_000,
    "emoji": "💊 sirolimus 👶🏽 for 🩸?",
    "SQL": "sirolimus'; DROP TABLE documents; --",
    "a pattern": "(a+)+$ sirolimus [[:alpha:]]{1,99999} .* \\",
    "query syntax": 'title:sirolimus AND (NOT "unclosed ^5~2 *',
    "only signs": "?!… — «»",
    "zero-width and right-to-left": "siro\u200blimus \u202egnihtemos\u202c",
    "combining marks": "sirolimus" + "\u0301" * 500,
    "a lone surrogate escaped": "sirolimus \udcff",
    "a path": "../../../../etc/passwd",
    "markup": "<script>alert(1)</script> sirolimus &lt;",
    "a format": "%s%n{0}{} sirolimus ${HOME} `id`",
    "full-width": "ｓｉｒｏｌｉｍｕｓ",
    "another script": "сиролимус у детей с тромбоцитопенией?",
}

NAMES = (
    "with space.xml",
    "--library.xml",
    "-.xml",
    "new\nline.xml",
    "esc\x1b[31mred.xml",
    "quote'\".xml",
    "semi;colon $(id) `id`.xml",
    "naïve-größe-薬.xml",
    "💊.xml",
    "%s%n.xml",
    "x" * 240 + ".xml",
    "..xml",
)


def _calm(text: str) -> bool:
    """Tell whether a text holds no character that could steer a terminal."""
    return not any((ord(sign) < 32 and sign not in "\n\t") or ord(sign) == 127 for sign in text)


def test_any_question_is_answered_or_declined(shelved: Person) -> None:
    """Ask and search take any text as words; what they print steers no terminal."""
    for name, question in QUESTIONS.items():
        asked, searched, as_json = shelved.types_each(
            ("ask", question), ("search", question), ("ask", "--json", question)
        )
        for said in (asked, searched, as_json):
            assert said.code == DONE, (name, said.err)
            assert _calm(said.out) and _calm(said.err), f"control characters for {name}"
        assert as_json.json["question"]


@pytest.mark.parametrize("name", ["control characters", "a lone surrogate escaped", "ten thousand characters", "SQL"])
def test_a_hostile_question_in_a_process_of_its_own(shelved: Person, name: str) -> None:
    """The same through the arguments and streams of a process, where encodings can go wrong."""
    assert _calm(shelved.types("ask", QUESTIONS[name]).out)
    assert shelved.asks(QUESTIONS[name])["question"]


@pytest.mark.parametrize("question", ["", "   ", "\n"])
def test_an_empty_question_is_refused(shelved: Person, question: str) -> None:
    """There is nothing to answer: exit 2 and a word how to ask."""
    said = shelved.types("ask", question, code=MISUSED)
    assert "question" in said.err.lower()


def test_two_dashes_end_the_options(shelved: Person) -> None:
    """Words that begin with dashes are words behind `--`."""
    said = shelved.types("ask", "--", "--json sirolimus for cytopenias?")
    assert not said.out.startswith("{")
    assert "\n" in shelved.types("search", "--", "--limit").out
    shelved.types("ask", "--drop-table", "x", code=MISUSED)


FAULTY = ("(", '"', "title:", "AND", "year:x", "NOT", "a" * 3000, "(" * 50, "foo:bar", "*")


def test_a_faulty_advanced_query_points_at_the_place(shelved: Person) -> None:
    """Exit 2 and a message; never a traceback."""
    for query, said in zip(FAULTY, shelved.types_each(*(("search", "--advanced", query) for query in FAULTY))):
        assert said.code == MISUSED, query
        assert said.err.startswith("curbside: "), query


def test_files_of_any_name_are_added_and_shown(someone: Person) -> None:
    """Names with spaces, dashes, line breaks, quotes and signs of other scripts are names like others."""
    for number, name in enumerate(NAMES):
        paper = replace(PAPER, pmid=str(99000200 + number), doi=f"10.5555/name.{number}")
        someone.writes(f"papers/{name}", pubmed_set(paper.pubmed()))
    told = someone.types("add", "papers", "--json").json
    hidden = [name for name in NAMES if name.startswith(".")]
    assert told["added"] == len(NAMES) - len(hidden) and told["problems"] == []
    for number, name in enumerate(NAMES):
        if name not in hidden:
            pmid = str(99000200 + number)
            said, as_json = someone.types_each(("show", pmid), ("show", pmid, "--json"))
            assert _calm(said.out)
            origin = as_json.json["documents"][0]["origin"]
            assert origin == str(someone.folder / "papers" / name)


def test_a_name_that_is_no_text_is_taken_too(someone: Person) -> None:
    """A file name of bytes that are no UTF-8 is added, shown and put out as JSON without a fault."""
    try:
        someone.writes(os.fsdecode(b"bad\xff\xfe.xml"), pubmed_set(PAPER.pubmed()))
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    someone.types("add", str(someone.folder), "--json")
    assert _calm(someone.types("ask", QUESTION).out)
    assert someone.asks(QUESTION)["references"]
    someone.types("export", "--format", "ris")


def test_a_record_full_of_escapes_steers_nothing(someone: Person) -> None:
    """Control characters in a title or an abstract are not printed as such."""
    record = (
        '{"title": "Sirolimus \\u001b[2J\\u0007for pyoderma gangrenosum in adults", "pmid": "99000300", '
        '"abstract": "Oral sirolimus \\u001b]0;x\\u0007 cleared pyoderma gangrenosum in 4 of 9 adults.\\u009b31m"}\n'
    )
    someone.writes("escapes.jsonl", record)
    someone.types("add", "escapes.jsonl", code=None)
    for words in (("ask", QUESTION), ("search", "sirolimus"), ("show", "99000300"), ("export", "--format", "ris")):
        said = someone.types(*words)
        assert _calm(said.out.replace("\r", "")), words
        assert "\x9b" not in said.out


def test_names_cannot_climb_out_of_the_library(someone: Person) -> None:
    """What a record calls itself is never a path: nothing is written outside the library."""
    record = '{"title": "Sirolimus", "id": "../../../escaped", "pmid": "../../x", "doi": "10.5555/../../../../tmp/x"}\n'
    someone.writes("climb.jsonl", record)
    before = set(someone.folder.iterdir()) | {someone.library}
    someone.types("add", "climb.jsonl", code=None)
    assert set(someone.folder.iterdir()) | {someone.library} == before
    someone.types("show", "../../../etc/passwd", code=NOT_DONE)
    someone.types("remove", "../../../etc/passwd", code=NOT_DONE)


def test_a_place_that_is_none_is_refused(reader: Person) -> None:
    """`show --at` tells what a place looks like."""
    places = ("5", "9-3", "0-99999999", "-1-5", "a-b", "0-0", "1-" + "9" * 40)
    for said in reader.types_each(*(("show", PAPER.pmid, f"--at={place}") for place in places)):
        assert said.code == MISUSED
        assert said.err.startswith("curbside: ")
