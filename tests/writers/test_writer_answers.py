"""Answers as text, markdown and JSON."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

sys.path.insert(0, str(Path(__file__).parent))
from writer_samples import answer, declined, document, holding

from curbside.answer.references import entry
from curbside.records import Answer, AnswerSection, AnswerSentence, DocumentKind, EvidenceKind, LibraryStatus
from curbside.writers import ANSWERS, answer_json, answer_markdown, answer_terminal
from curbside.writers.basis import DECLINED, OPTIONS, basis
from curbside.writers.markdown import escaped
from curbside.writers.plain import hit_json, holding_json, status_json


def test_json_has_the_documented_shape() -> None:
    """Every key that the reference names, quotes with their words."""
    plain = answer_json(answer())
    assert list(plain) == [
        *("question", "understood", "declined", "sections", "absences", "references", "notes", "searched", "problems"),
        *("verdict", "opposed", "superseded", "level", "search", "suggested", "terms", "thread"),
    ]
    sentence = plain["sections"][0]["sentences"][0]
    assert list(sentence)[:5] == ["text", "quotes", "also", "references", "derived"]
    (quote,) = sentence["quotes"]
    assert document().text[quote["start"] : quote["end"]] == quote["words"] and quote["document"] == document().id
    assert list(plain["absences"][0]) == ["facet", "documents", "nearest", "references", "asked"]
    assert list(plain["references"][0]) == [
        *("number", "work", "document", "origin", "title", "year", "kind", "secondary", "citation", "ids"),
        *("level", "people"),
    ]
    assert plain["question"] == "Does zedocreme help [spots]?"
    assert plain["understood"]["drugs"][0]["corrected"] == "zedocreme"
    assert (
        plain["understood"]["filters"] == {"kinds": ["article"], "since": 2000}
        or plain["understood"]["filters"]["since"] == 2000
    )
    assert plain["searched"] == {"documents": 2, "of": 30}
    assert plain["problems"][0]["line"] == 3


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_every_form_is_the_same_twice(name: str) -> None:
    """Same answer, same bytes; and JSON is JSON."""
    assert ANSWERS[name](answer()) == ANSWERS[name](answer())
    assert json.loads(ANSWERS["json"](answer()))["declined"] is False


@pytest.mark.parametrize("show", [answer_terminal, answer_markdown])
def test_shown_forms_say_what_must_be_said(show: object) -> None:
    """Sentences with numbers, what is not stated, references with kind and year, basis, and that they are options."""
    text = show(answer())  # type: ignore[operator]
    flat = " ".join(text.replace("\\", "").split())
    for words in (
        "Spots faded in 12/20 against 5/20. [1]",
        "computed: 60 % (12 of 20 = 60 %)",
        "Dose of zedocream for spots: not stated in the 2 documents looked at.",
        "randomised trial, 2025",
        "secondary source*, year not known",
        "read 'zedocreme' as zedocream",
        "Based on 2 sources",
        "published 2025; 1 without a known year",
        "2 of 30 documents were read",
        "One file could not be read.",
        OPTIONS,
    ):
        assert words in flat, words


@pytest.mark.parametrize("show", [answer_terminal, answer_markdown])
def test_a_decline_says_that_it_declines(show: object) -> None:
    """And names no source."""
    text = show(declined())  # type: ignore[operator]
    assert DECLINED in " ".join(text.split()) and "REFERENCES" not in text.upper().replace("NO SOURCE", "")


def test_the_basis_of_a_single_source() -> None:
    """One year is no range, one source no plural."""
    one = replace(answer(), references=answer().references[:1])
    assert basis(one) == "Based on 1 source (randomised trial: 1), published 2025. 2 of 30 documents were read for it."
    assert basis(replace(declined(), searched=(0, 0))) == "Based on no source. The library is empty."


def attack(words: str) -> Answer:
    """An answer whose every text is an attack."""
    made = answer()
    sentence = AnswerSentence(words, made.sections[0].sentences[0].quotes, (1,))
    entry = replace(made.references[0], citation=words, origin=words, kind=words)
    return replace(
        made,
        question=replace(made.question, text=words),
        sections=(AnswerSection(words, (sentence,)),),
        references=(entry,),
        notes=(words,),
        absences=(replace(made.absences[0], facet=words),),
    )


@pytest.mark.parametrize("words", ["a\x1b[31mred\x1b[0m", "a\x07\x08b", "a\u202eb\u2066c", "a\x9b31mb"])
def test_no_source_steers_a_terminal(words: str) -> None:
    """Escape sequences, bells and directional overrides are left out."""
    shown = answer_terminal(attack(words))
    assert all(char.isprintable() or char == "\n" for char in shown)


@pytest.mark.parametrize("width", [1, 30, 80, 200])
def test_lines_keep_to_the_width(width: int) -> None:
    """Only a word that is longer than a line is longer than a line."""
    for line in answer_terminal(answer(), width).splitlines():
        assert len(line) <= max(width, 30) or " " not in line.strip()


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "![x](http://evil.example/y.png)",
        "[click](javascript:alert(1))",
        "# Heading",
        "- item",
        "1. item",
        "`code` *em* __strong__ ~~gone~~",
        "> quoted",
        "a | b",
        "&lt;b&gt; &#x3c;",
        "<https://evil.example>",
        "---",
        "===",
        "+ plus",
        "\\[x\\](y)",
    ],
)
def test_no_source_writes_markup(words: str) -> None:
    """In markdown every word stays a word: no tag, link, image, emphasis or further heading comes of it."""
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(escaped(words))
    for tag in (
        "<script",
        "<img",
        "<a ",
        "<h1",
        "<ul",
        "<ol",
        "<code",
        "<em",
        "<strong",
        "<blockquote",
        "<table",
        "<hr",
    ):
        assert tag not in html, html
    plain = (
        html.replace("<p>", "")
        .replace("</p>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", '"')
        .replace("&amp;", "&")
        .strip()
    )
    assert plain == words
    whole = MarkdownIt("commonmark", {"html": True}).render(answer_markdown(attack(words)))
    assert "<script" not in whole and "<img" not in whole and "<a " not in whole


def test_a_holding_is_plain() -> None:
    """Its record, and its text on demand."""
    plain = holding_json(holding(), text=True)
    assert plain["ids"] == {"pmid": "99000001", "pmcid": "PMC9900001", "doi": "10.9999/mum.1"}
    assert plain["text"] == document().text and plain["sections"][0]["heading"] == "Methods"
    assert "text" not in holding_json(holding())
    json.dumps(plain)


def test_a_hit_is_plain() -> None:
    """With its passage where the document is at hand."""
    from curbside.records import Hit, Span

    hit = Hit(document().id, "w0123456789ab", Span(0, 9), 2.0)
    assert hit_json(hit, holding())["passage"] == "Zedocream"
    assert list(hit_json(hit)) == ["document", "work", "score", "start", "end"]


@pytest.mark.parametrize(
    ("kind", "evidence", "secondary"),
    [
        (DocumentKind.ARTICLE, EvidenceKind.RANDOMISED, False),
        (DocumentKind.NOTE, EvidenceKind.RANDOMISED, True),
        (DocumentKind.ANSWER_PAGE, EvidenceKind.SECONDARY, True),
        (DocumentKind.QUESTION_PAGE, EvidenceKind.REPLY, True),
        (DocumentKind.ARTICLE, EvidenceKind.REVIEW, False),
    ],
)
def test_who_reports_what_others_found_is_a_secondary_source(
    kind: DocumentKind, evidence: EvidenceKind, secondary: bool
) -> None:
    """Wherever a record is shown, as in the answer that cites it."""
    held = holding()
    held = replace(held, document=replace(held.document, kind=kind), profile=replace(held.profile, evidence=evidence))
    assert holding_json(held)["secondary"] is held.secondary is entry(held, 1).secondary is secondary


def test_a_status_is_plain() -> None:
    """Counts by kind are objects."""
    status = LibraryStatus("f", 1, 2, 3, (("article", 2),), (), "", 4, "ready", 0, 0, 0, 0, (("drug", 9),))
    plain = status_json(status)
    assert plain["kinds"] == {"article": 2} and plain["vocabulary"] == {"drug": 9} and plain["evidence"] == {}
