"""Labels of structured abstracts: what they mean, and where they stand in running text."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from curbside.language.labels import category, embedded
from curbside.readers.layout import Abstract, Passage, lay_out
from curbside.records import Block, BlockKind, Category, PartRole
from growth import assert_linear


@pytest.mark.parametrize(
    ("label", "does"),
    [
        ("BACKGROUND", "background"),
        ("Introduction:", "background"),
        ("Importance", "background"),
        ("SUMMARY OF BACKGROUND DATA", "background"),
        ("OBJECTIVE", "objective"),
        ("Aims of the study", "objective"),
        ("BACKGROUND AND AIMS", "objective"),
        ("METHODS", "methods"),
        ("PATIENTS AND METHODS", "methods"),
        ("MAIN OUTCOME MEASURES", "methods"),
        ("MAIN OUTCOME MEASURE(S)", "methods"),
        ("DESIGN, SETTING, AND PARTICIPANTS", "methods"),
        ("RESULTS", "results"),
        ("METHODS AND RESULTS", "results"),
        ("MEASUREMENTS AND MAIN RESULTS", "results"),
        ("FINDINGS", "results"),
        ("CASE REPORT", "results"),
        ("DATA SYNTHESIS", "results"),
        ("CONCLUSIONS AND RELEVANCE", "conclusions"),
        ("INTERPRETATION", "conclusions"),
        ("DISCUSSION", "conclusions"),
        ("FUNDING", ""),
        ("TRIAL REGISTRATION", ""),
        ("LEVEL OF EVIDENCE", ""),
        ("OBJECTIF", ""),
        ("", ""),
    ],
)
def test_what_a_label_does(label: str, does: str) -> None:
    """Categories follow NLM's, with case reports counted as results and funding as nothing."""
    assert category(label) == Category(does)


def labels(text: str) -> list[str]:
    """The labels found in a text, as they stand there."""
    return [text[label.start : label.end] for label in embedded(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("BACKGROUND: A. METHODS: B. RESULTS: C. CONCLUSIONS: D.", ["BACKGROUND", "METHODS", "RESULTS", "CONCLUSIONS"]),
        ("Background: A. Methods and results: B. Conclusion: C.", ["Background", "Methods and results", "Conclusion"]),
        ("PURPOSE. To see. METHODS. We saw. RESULTS. It was.", ["PURPOSE", "METHODS", "RESULTS"]),
        ("Objective—To see. Results—We saw.", ["Objective", "Results"]),
        ("AIM - To see. RESULTS - We saw.", ["AIM", "RESULTS"]),
        ("OBJECTIVE: A (n=5). STUDY DESIGN: B? RESULTS: C! ", ["OBJECTIVE", "STUDY DESIGN", "RESULTS"]),
        ("It was so. RESULTS: Ten of 13.", ["RESULTS"]),
        ("OBJECTIVE:To see.METHODS:We saw.", ["OBJECTIVE", "METHODS"]),
        ("Abstract Background: A. Results: B.", ["Background", "Results"]),
        ("PURPOSE: A. UNLABELLED: B. RESULTS: C.", ["PURPOSE", "UNLABELLED", "RESULTS"]),
        ("OBJECTIVE: A.\u00a0RESULTS: B.", ["OBJECTIVE", "RESULTS"]),
        (
            "Background Gels help. Methods We gave gels. Results Ten improved. Conclusions They help.",
            ["Background", "Methods", "Results", "Conclusions"],
        ),
        # No labels:
        ("We measured two things: results and methods.", []),
        ("The following: a, b. HIV: a virus. DNA: an acid.", []),
        ("Results were good. Methods were not.", []),
        ("Background noise was low. Results We do not trust.", []),
        ("Patients took part: all results: fine.", []),
        ("Ratio 3:4. Time 12:30.", []),
        ("A normal abstract without any label at all.", []),
        ("", []),
        (":", []),
    ],
)
def test_labels_in_running_text(text: str, found: list[str]) -> None:
    """A label stands where a sentence may begin and is in capitals or made of the field's words."""
    assert labels(text) == found


def test_spans_of_labels_and_bodies() -> None:
    """The body begins after colon and spaces; the text between labels belongs to the one before it."""
    text = "Lead. METHODS :  We saw. RESULTS: Ten."
    first, second = embedded(text)
    assert text[first.start : first.end] == "METHODS"
    assert text[first.body : second.start] == "We saw. "
    assert text[second.body :] == "Ten."


@given(
    st.lists(
        st.sampled_from(
            ["METHODS", "Results", ":", ". ", " ", "-", "—", "(", ")", "a", "Background ", "AND", "\n", "é"]
        ),
        max_size=60,
    )
)
@settings(max_examples=400, deadline=None)
def test_labels_are_in_order_and_inside(pieces: list[str]) -> None:
    """Whatever the text, labels lie inside it, in order, without overlap."""
    text = "".join(pieces)
    end = 0
    for label in embedded(text):
        assert end <= label.start < label.end <= label.body <= len(text)
        end = label.end


@pytest.mark.parametrize(
    "unit",
    ["A", "A:", "A. ", "METHODS: ", "METHODS ", "—", " - ", ". ", "Results A. ", "(A) ", "' ", "A-", "Methods and "],
)
def test_the_search_is_linear(unit: str) -> None:
    """n against 4n for each repeated piece."""

    assert_linear(lambda size: lambda: (embedded(unit * size), embedded("METHODS. " + unit * size)), 2_500)


def test_categories_agree_with_those_that_indexers_gave(shared: Path) -> None:
    """Of the labels with an NlmCategory in the shared file, at least nine in ten get the same one."""
    data = gzip.decompress((shared / "data" / "formats" / "pubmed" / "medline16n0902.xml.gz").read_bytes())
    pairs = [
        (e.get("Label"), e.get("NlmCategory"))
        for e in etree.fromstring(data).iter("AbstractText")
        if e.get("NlmCategory")
    ]
    right = sum(str(category(label)) == ("" if nlm == "UNASSIGNED" else nlm.lower()) for label, nlm in pairs)
    assert len(pairs) > 1000
    assert right / len(pairs) >= 0.9


# The layout that all bibliographic readers share


def test_the_order_of_a_record() -> None:
    """Title, abstract, other abstracts, copyright line; blank lines between the blocks."""
    laid = lay_out(
        "Title",
        [
            Abstract([Passage("AIM", Category.OBJECTIVE, "To see."), Passage("", Category.NONE, "More.")]),
            Abstract([Passage("", Category.NONE, "Autre.")], language="fr"),
        ],
        "© X",
    )
    assert laid.text == "Title\n\nAIM\n\nTo see.\n\nMore.\n\nAutre.\n\n© X"
    assert [(part.role, part.language, part.span.of(laid.text)) for part in laid.parts] == [
        (PartRole.ABSTRACT, "", "Title\n\nAIM\n\nTo see.\n\nMore."),
        (PartRole.ABSTRACT, "fr", "Autre."),
        (PartRole.CHROME, "", "© X"),
    ]
    assert [(block.kind, block.part, block.section) for block in laid.blocks] == [
        (BlockKind.TITLE, 0, -1),
        (BlockKind.HEADING, 0, 0),
        (BlockKind.PARAGRAPH, 0, 0),
        (BlockKind.PARAGRAPH, 0, -1),
        (BlockKind.PARAGRAPH, 1, -1),
        (BlockKind.OTHER, 2, -1),
    ]


def test_embedded_labels_split_blocks_and_leave_the_text() -> None:
    """A heading block and a paragraph block for each label, over text that stays as it was."""
    text = "First this. METHODS: We saw.  RESULTS: Ten (P<0.001). "
    laid = lay_out("", [Abstract([Passage("", Category.NONE, text)])])
    assert laid.text == text
    assert [block.span.of(text) for block in laid.blocks] == [
        "First this.",
        "METHODS",
        "We saw.",
        "RESULTS",
        "Ten (P<0.001).",
    ]
    assert [section.span.of(text) for section in laid.sections] == ["METHODS: We saw.", "RESULTS: Ten (P<0.001)."]
    assert laid.blocks[0] == Block(laid.blocks[0].span, BlockKind.PARAGRAPH, 0, -1)


def test_a_record_of_nothing_is_empty() -> None:
    """No title and no abstract: no text, no parts."""
    assert lay_out("", []) == ("", (), (), ())


def test_an_abstract_in_another_language_does_not_share_the_title() -> None:
    """The title is a part of its own then."""
    laid = lay_out("Title", [Abstract([Passage("", Category.NONE, "Texte.")], language="fr")])
    assert [(part.language, part.span.of(laid.text)) for part in laid.parts] == [("", "Title"), ("fr", "Texte.")]
