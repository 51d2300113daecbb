"""Markdown: guidelines with reference lists, study notes, and any other page in that form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curbside.readers import markdown
from curbside.readers.markdown_front import front_matter
from curbside.readers.markdown_inline import reduced
from curbside.readers.markdown_references import expanded, marks_in, reference
from curbside.readers.markdown_tables import rows_of
from curbside.records import BlockKind, Category, Document, DocumentKind, PartRole, Problem, Raw, Span, misplaced
from growth import assert_linear
from nightly import often


def read(text: str) -> tuple[Document, tuple[Problem, ...]]:
    """Read a markdown text and expect a document."""
    (reading,) = markdown.read(Raw("page.md", text.encode()))
    assert isinstance(reading.record, Document)
    assert list(misplaced(reading.record)) == []
    return reading.record, reading.problems


GUIDELINE = """---
title: Care of vitiligo (INV) - Invented Board
url: https://example.org/vitiligo
language: en
lastReviewed: '2025-12-30'
license: public_domain
source: Invented Board
audienceLevel: patient
tags:
- vitiligo
- guideline
---

# Care of vitiligo (INV) - Invented Board

# Care of Vitiligo – For Health Professionals

## Topical treatment

[Go to the Patient Version](/patient/vitiligo)

Tacrolimus 0.1% is used on the face.[[1](#cit/s1.1),[3](#cit/s1.3)] It is *well* borne.[[1](#cit/s1.1)-[3](#cit/s1.3)][Level of evidence B4]

### Children

Once daily is enough.[[2](#cit/s1.2)]

###### References

1. Doe A, Roe BC, et al.: Tacrolimus on the face. Invented J Dermatol 12 (3): 45-9, 2011. [[PUBMED Abstract]](http://www.ncbi.nlm.nih.gov/entrez/query.fcgi?cmd=Retrieve&list_uids=90000101&dopt=Abstract "x")
2. Poe C: Children. Invented J 2: 1-2, 2012. doi: 10.5555/inv.2012.1
3. Board of Tests: A report. Town: Board, 2014.

## Light

Narrowband UVB helps widespread disease.[[1](#cit/s2.1)]

Table 1. Schedules

| Site | Sessions | Note |
| --- | --- | --- |
| Face | 2 a week | [[2](#cit/s2.2)] |
| 3 a week | none |

###### References

1. Zed D: Light. Invented J 4: 5-6, 2019.
2. Wye E: More light. Invented J 5: 7, 2020.

## About This Summary

### Disclaimer

Do not use this for insurance.
"""

NOTE = """---
kind: note
pmid: "90000201"
doi: 10.5555/NOTE.1
title: "Sirolimus for invented anomalies: a trial."
authors:
- Holm G
- Bello IN
journal: Invented Lancet
year: 2013
volume: 381
issue: 2
pages: 817-24
design: randomised trial
n: 118
note_by: the authors of the shelf
written: 2026-11-22
---

## Population

118 adults took part.

## Dose and schedule

Adults took 10 mg per day.

## Results

Response was seen in 33 of 79.

## Harms

Stomatitis occurred in 48%.

## Limits

It ended early.
"""


class TestGuideline:
    """A guideline with numbering that starts again in each section."""

    def test_it_is_a_guideline_by_its_own_signs(self) -> None:
        """What it calls itself and the grades in it decide; the wrong audience level does not."""
        document, problems = read(GUIDELINE)
        assert document.kind is DocumentKind.GUIDELINE
        assert problems == ()

    def test_one_that_denies_it_is_an_evidence_summary(self) -> None:
        """What a text says of itself goes before how it is built."""
        document, _ = read(GUIDELINE + "\nIt does not provide formal guidelines or recommendations.\n")
        assert document.kind is DocumentKind.SUMMARY

    def test_front_matter_describes_it(self) -> None:
        """Title without the site's name, address, dates, licence, source, language."""
        document, _ = read(GUIDELINE)
        assert document.title == "Care of vitiligo (INV)"
        assert document.date("reviewed") == "2025-12-30"
        assert (document.source, document.licence, document.language) == ("Invented Board", "public_domain", "en")
        assert document.ids.others == (("url", "https://example.org/vitiligo"),)

    def test_a_language_is_a_tag_or_nothing(self) -> None:
        """What is no tag of a language is not taken for one: pages pass it on to browsers."""
        document, _ = read(GUIDELINE.replace("language: en", "language: <script>"))
        assert document.language == ""

    def test_headings_nest_sections(self) -> None:
        """A third-level heading lies inside its second-level one."""
        document, _ = read(GUIDELINE)
        heads = [(s.level, s.heading.of(document.text)) for s in document.sections if s.heading]
        assert (2, "Topical treatment") in heads
        assert (3, "Children") in heads

    def test_marks_point_into_the_list_of_their_own_section(self) -> None:
        """`[1]` under Light is the fourth entry of the document; ranges are expanded."""
        document, _ = read(GUIDELINE)
        tied = [(m.span.of(document.text), m.references) for m in document.markers]
        assert tied == [("[1,3]", (0, 2)), ("[1-3]", (0, 1, 2)), ("[2]", (1,)), ("[1]", (3,)), ("[2]", (4,))]

    def test_entries_carry_ids_year_title_and_authors(self) -> None:
        """The PMID stands only in the link; the link's words are no part of the entry."""
        document, _ = read(GUIDELINE)
        first, second = document.references[:2]
        assert (first.ids.pmid, first.year, first.title) == ("90000101", "2011", "Tacrolimus on the face")
        assert first.authors == ("Doe", "Roe")
        assert first.source == "Invented J Dermatol"
        assert "PUBMED" not in first.text
        assert second.ids.doi == "10.5555/inv.2012.1"
        assert first.span is not None
        assert first.span.of(document.text) == first.text

    def test_references_navigation_and_imprint_are_no_body(self) -> None:
        """Lists are REFERENCES; links to other versions and the disclaimer are CHROME."""
        document, _ = read(GUIDELINE)
        roles = {
            role: "\n".join(p.span.of(document.text) for p in document.parts if p.role is role) for role in PartRole
        }
        assert "Go to the Patient Version" in roles[PartRole.CHROME]
        assert "insurance" in roles[PartRole.CHROME]
        assert "Doe A, Roe BC" in roles[PartRole.REFERENCES]
        assert "Tacrolimus 0.1% is used on the face.[1,3] It is well borne." in roles[PartRole.BODY]
        assert "insurance" not in roles[PartRole.BODY]

    def test_a_section_goes_on_after_an_interruption(self) -> None:
        """The paragraph after the navigation link still lies in its section."""
        document, _ = read(GUIDELINE)
        at = document.text.index("Tacrolimus 0.1%")
        (block,) = [block for block in document.blocks if block.span.start == at]
        heading = document.sections[block.section].heading
        assert heading is not None
        assert heading.of(document.text) == "Topical treatment"

    def test_tables_are_cells_with_header_paths(self) -> None:
        """A short row continues a spanning cell: it gets no path rather than a wrong one."""
        document, _ = read(GUIDELINE)
        (table,) = document.tables
        text = document.text
        assert table.label is not None
        assert table.label.of(text) == "Table 1"
        paths = {cell.span.of(text): [span.of(text) for span in cell.path] for cell in table.cells}
        assert paths["2 a week"] == ["Sessions"]
        assert paths["3 a week"] == []


class TestNote:
    """A note on one record."""

    def test_it_is_a_note_of_that_record(self) -> None:
        """Identifiers, journal and year are the record's; the design is its type."""
        document, _ = read(NOTE)
        assert document.kind is DocumentKind.NOTE
        assert (document.ids.pmid, document.ids.doi) == ("90000201", "10.5555/note.1")
        journal = document.journal
        assert (journal.title, journal.volume, journal.issue, journal.pages) == (
            "Invented Lancet",
            "381",
            "2",
            "817-24",
        )
        assert [(a.family, a.given) for a in document.authors] == [("Holm", "G"), ("Bello", "IN")]
        assert document.types == ("randomised trial",)
        assert document.year == 2013

    def test_its_sections_have_categories(self) -> None:
        """Population and dose are methods, harms are results, limits go with conclusions."""
        document, _ = read(NOTE)
        found = {s.heading.of(document.text): s.category for s in document.sections if s.heading}
        assert found == {
            "Population": Category.METHODS,
            "Dose and schedule": Category.METHODS,
            "Results": Category.RESULTS,
            "Harms": Category.RESULTS,
            "Limits": Category.CONCLUSIONS,
        }

    def test_n_and_design_can_be_quoted(self) -> None:
        """The front matter that matters stands in the text, as metadata."""
        document, _ = read(NOTE)
        details = {d.field: (d.value, d.span.of(document.text)) for d in document.details}
        assert details == {"n": ("118", "n: 118"), "design": ("randomised trial", "design: randomised trial")}

    def test_a_guideline_note_says_guideline(self) -> None:
        """It is a note all the same."""
        document, _ = read(NOTE.replace("kind: note", "kind: guideline note"))
        assert document.kind is DocumentKind.NOTE
        assert "Guideline" in document.types


class TestOther:
    """Any other markdown."""

    def test_a_plain_page_is_a_page(self) -> None:
        """Without signs of a guideline it is none."""
        document, _ = read("# Emollients\n\nUse them **daily**.\n\n- first\n- second\n")
        assert document.kind is DocumentKind.PAGE
        assert [(b.span.of(document.text), b.kind) for b in document.blocks] == [
            ("Emollients", BlockKind.TITLE),
            ("Use them daily.", BlockKind.PARAGRAPH),
            ("first", BlockKind.ITEM),
            ("second", BlockKind.ITEM),
        ]

    def test_an_empty_file_is_a_problem(self) -> None:
        """It says what to do."""
        (reading,) = markdown.read(Raw("x.md", b"\n"))
        assert reading.record is None
        assert reading.problems[0].remedy

    def test_front_matter_that_is_not_understood_is_passed_over_aloud(self) -> None:
        """The line is named."""
        _, problems = read("---\ntitle: T\nmap: {a: b}\n  nested: deep\n---\n\nText of it.\n")
        assert [problem.line for problem in problems] == [4]
        assert not problems[0].lost

    @settings(max_examples=60, deadline=None)
    @given(st.text(max_size=300))
    def test_any_text_is_read(self, text: str) -> None:
        """Whatever the file holds, the document is sound or there is a problem."""
        (reading,) = markdown.read(Raw("x.md", text.encode("utf-8", "ignore")))
        if isinstance(reading.record, Document):
            assert list(misplaced(reading.record)) == []
        else:
            assert reading.problems


@pytest.mark.parametrize(
    ("source", "key", "values"),
    [
        ("---\na: 'it''s'\n---\n", "a", ("it's",)),
        ('---\na: "x: y"\n---\n', "a", ("x: y",)),
        ("---\na: [b, 'c, d']\n---\n", "a", ("b", "c, d")),
        ("---\na:\n  - b\n  - c\n---\n", "a", ("b", "c")),
        ("---\na: >\n  b\n  c\n---\n", "a", ("b c",)),
        ("---\na: |\n  b\n  c\n---\n", "a", ("b\nc",)),
        ("---\na: b # note\n---\n", "a", ("b",)),
        ("---\nA:\n---\n", "a", ()),
        ("a: b\n", "a", ()),
    ],
)
def test_front_matter_forms(source: str, key: str, values: tuple[str, ...]) -> None:
    """Scalars, quotes, lists in both forms, blocks, comments."""
    assert front_matter(source).all(key) == values


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("a *b* **c** `d`", "a b c d"),
        ('[text](http://x "t") and [[1](#a),[2](#b)]', "text and [1,2]"),
        ("![picture](x.png)seen", "seen"),
        ("HLA-A\\*02:01, P&lt;0.001, 10<sup>9</sup>", "HLA-A*02:01, P<0.001, 109"),
        ("line\nbreak", "line break"),
        ("5 * 3 and snake_case_word", "5 * 3 and snake_case_word"),
    ],
)
def test_inline_markup_is_reduced_to_words(source: str, words: str) -> None:
    """Links to their text, emphasis away, entities resolved; what is no markup stays."""
    assert reduced(source).text == words


def test_marks_and_ranges() -> None:
    """Brackets with figures only; a range too wide to be one names nothing."""
    assert [labels for _, _, labels in marks_in("a [3–6, 9] b [see 2] c [12]")] == [("3", "4", "5", "6", "9"), ("12",)]
    assert expanded("1-900") == ()


def test_a_second_rule_inside_a_table_is_dropped() -> None:
    """Some converters repeat the line under the header."""
    table = rows_of("| a | b |\n| --- | --- |\n|  |  |\n| --- | --- |\n| c | d |")
    assert table.rows == (("a", "b"), ("c", "d"))
    assert table.header


def test_a_row_of_a_table_ends_at_a_line_feed_alone() -> None:
    """A cell may hold a sign that ends a line elsewhere."""
    assert rows_of("| a | b |\n| --- | --- |\n| c\u2028d | e |").rows == (("a", "b"), ("c d", "e"))


HOSTILE = {
    "brackets": lambda n: "[" * 10 * n,
    "stars": lambda n: "*a " * 10 * n,
    "ticks": lambda n: "`" * 10 * n,
    "links": lambda n: "[a](" * 5 * n,
    "quotes": lambda n: ">" * n,
    "rows": lambda n: "| a | b |\n| --- | --- |\n" + "| x | y |\n" * n,
    "entries": lambda n: "## References\n\n" + "".join(f"{i}. A B: T. J 1: 2, 2001.\n" for i in range(1, n // 2)),
    "headings": lambda n: "## H\n\ntext [1]\n\n" * (n // 2),
    "tags": lambda n: "<b>" * 5 * n,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_length_and_no_faster(name: str) -> None:
    """Four times the input takes at most about four times as long (with room for noise)."""

    def prepare(n: int) -> Callable[[], object]:
        data = HOSTILE[name](n).encode()
        return lambda: list(markdown.read(Raw("x.md", data)))

    assert_linear(prepare, 250)


def test_the_shared_guidelines_are_read(shared: Path) -> None:
    """A third of them, at night all: evidence summaries, as they say, with sound spans, nearly every mark tied, nearly every entry with a year and a PMID."""
    paths = sorted((shared / "data" / "guidelines").glob("*.md"))[:: often(3, 1)]
    assert paths
    entries = pmids = marks = tied = 0
    for path in paths:
        document, problems = read(path.read_text(encoding="utf-8"))
        assert document.kind is DocumentKind.SUMMARY, path.name
        assert not any(problem.lost for problem in problems)
        assert document.date("reviewed")
        entries += len(document.references)
        pmids += sum(entry.ids.pmid is not None for entry in document.references)
        marks += len(document.markers)
        tied += sum(bool(marker.references) for marker in document.markers)
        body = "\n".join(p.span.of(document.text) for p in document.parts if p.role is PartRole.BODY)
        assert "Patient Version" not in body
        assert "](" not in body
    assert pmids > 0.9 * entries
    assert tied > 0.99 * marks


@pytest.mark.parametrize(
    ("text", "authors", "title", "year"),
    [
        ("Adams DM, Trenor CC: Efficacy of sirolimus. Pediatrics 137 (2), 2016.", ("Adams", "Trenor"), "Efficacy of sirolimus", "2016"),
        ("Adams DM, Trenor CC. Efficacy of sirolimus. Pediatrics. 2016;137(2). doi:10.1542/peds.2015-3257", ("Adams", "Trenor"), "Efficacy of sirolimus", "2016"),
        ("Kim J, et al. More on it. J Invent. 2019;1:1-5. PMID: 12345678", ("Kim",), "More on it", "2019"),
        ("Guideline on it. In: Editor A, ed.: A manual. Springer; 2017.", (), "Guideline on it", "2017"),
        ("U.S. Food and Drug Administration: A notice on it. Silver Spring, 2010.", ("U.S. Food and Drug Administration",), "A notice on it", "2010"),
    ],
)  # fmt: skip
def test_an_entry_in_either_form(text: str, authors: tuple[str, ...], title: str, year: str) -> None:
    """A colon or a stop behind the names; the year of a DOI is none, and a label's colon parts nothing."""
    found = reference("1", Span(0, len(text)), text, ())
    assert (found.authors, found.title, found.year) == (authors, title, year)
