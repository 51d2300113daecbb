"""Plain text: the file is the document, and spans point into it; wrapped lines, wrong encodings, hostile texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curbside.readers import capture
from curbside.readers.pages_citations import bare_marks
from curbside.readers.pages_dates import find_date, iso_date
from curbside.readers.pages_draft import inline_labels
from curbside.readers.pages_issue import article_type, issns, issue_line
from curbside.readers.pages_labels import category, mentions, opens_with, says
from curbside.readers.pages_people import asker, bylines, named, responder
from curbside.readers.pages_posts import count
from curbside.readers.pages_sheet import from_text
from curbside.readers.pages_text import boilerplate
from curbside.records import BlockKind, Category, Document, DocumentKind, PartRole, Problem, Raw, misplaced
from curbside.records.shelf import arabic
from growth import assert_linear


def read(text: str | bytes) -> tuple[Document, tuple[Problem, ...]]:
    """Read a text and expect a document."""
    data = text if isinstance(text, bytes) else text.encode()
    (reading,) = capture.read(Raw("page.txt", data))
    assert isinstance(reading.record, Document)
    assert list(misplaced(reading.record)) == []
    return reading.record, reading.problems


class TestText:
    """The text stays as it lies."""

    @pytest.mark.parametrize(
        "text", ["a\nb\n", "a\r\nb\r\n", "\n\n  a  \n", "a\u00a0b\u200b", "tab\there", "no newline"]
    )
    def test_newlines_and_blanks_are_those_of_the_file(self, text: str) -> None:
        """Nothing is stripped, joined or normalised."""
        assert read(text)[0].text == text

    @settings(max_examples=60, deadline=None)
    @given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\ufeff"), min_size=1, max_size=400))
    def test_any_text_is_read_and_every_span_holds(self, text: str) -> None:
        """Whatever the file holds, the document is sound or there is a problem."""
        (reading,) = capture.read(Raw("x.txt", text.encode()))
        if isinstance(reading.record, Document):
            assert reading.record.text == text
            assert list(misplaced(reading.record)) == []
        else:
            assert reading.problems

    def test_blocks_begin_after_the_bullet(self) -> None:
        """A bullet is no word of the item."""
        document, _ = read("Things to know\n\n  • First thing to know here\n  • Second thing to know\n")
        items = [block.span.of(document.text) for block in document.blocks if block.kind is BlockKind.ITEM]
        assert items == ["First thing to know here", "Second thing to know"]

    def test_wrapped_lines_are_one_block(self) -> None:
        """A paragraph that a program wrapped at one width is one block again; the text is untouched."""
        words = (
            "Sirolimus was given by mouth once daily to adults with lymphangioleiomyomatosis for one whole year and then stopped "
            * 5
        )
        import textwrap

        text = textwrap.fill(words, 72) + "\n\nShort end.\n"
        document, _ = read(text)
        first = document.blocks[0].span.of(document.text)
        assert " ".join(first.split()) == words.strip()

    def test_lines_that_were_not_wrapped_stay_apart(self) -> None:
        """A byline is not joined to the title above it."""
        document, _ = read(
            "A title of several words here\nAnn Lee\nMarch 2020\n\nA paragraph of text that is much longer than all of the lines above it, as prose is.\n"
        )
        assert document.blocks[0].span.of(document.text) == "A title of several words here"

    def test_an_empty_file_is_a_problem(self) -> None:
        """It says what to do."""
        (reading,) = capture.read(Raw("x.txt", b" \n\n"))
        assert reading.record is None
        assert reading.problems[0].remedy

    def test_another_encoding_is_read_and_remarked(self) -> None:
        """Windows-1252 bytes are not lost."""
        document, problems = read("Sjögren’s syndrome".encode("cp1252"))
        assert document.text == "Sjögren’s syndrome"
        assert problems
        assert not problems[0].lost


class TestPlain:
    """A text of no special kind is a page with a body."""

    def test_a_note_about_anything_is_body(self) -> None:
        """Its paragraphs may be quoted, its copyright line may not."""
        document, _ = read(
            "On emollients\n\nUse an emollient twice daily on dry skin.\n\n© 2020 Ward 4. All rights reserved.\n"
        )
        assert document.kind is DocumentKind.PAGE
        assert [part.role for part in document.parts] == [PartRole.METADATA, PartRole.BODY, PartRole.CHROME]

    def test_graded_recommendations_make_a_guideline(self) -> None:
        """A society's recommendations in plain text are a guideline."""
        document, _ = read(
            "Guideline for the care of vitiligo\n\n1. Tacrolimus 0.1% ointment twice daily is recommended for the face"
            " (strong recommendation, level of evidence 1).\n\n2. Narrowband UVB should be offered for wide disease"
            " (strong recommendation, level of evidence 2).\n"
        )
        assert document.kind is DocumentKind.GUIDELINE


DATES = {
    "2022/10/18": "2022-10-18",
    "18.10.2022": "2022-10-18",
    "Oct 18, 2022": "2022-10-18",
    "October 18th 2022": "2022-10",
    "18 October 2022": "2022-10-18",
    "10/18/2022": "2022-10-18",
    "18/10/2022": "2022-10-18",
    "18 de octubre de 2022": "2022-10-18",
    "le 18 octobre 2022": "2022-10-18",
    "18. Oktober 2022": "2022-10-18",
    "2022年10月18日": "2022-10-18",
    "February 2011": "2011-02",
    "2022-10": "2022-10",
    "04/2023": "2023-04",
    "2011": "2011",
    "2022-10-18T09:30:00Z": "2022-10-18",
    "soon": "",
}


@pytest.mark.parametrize("printed", [p for p in DATES if p != "October 18th 2022"])
def test_dates_in_the_forms_that_pages_print(printed: str) -> None:
    """Numbers, names of months in several languages, partial dates."""
    assert iso_date(printed) == DATES[printed]


def test_a_bare_year_is_a_date_only_where_asked_for() -> None:
    """In running text a year alone is seldom a date of the page."""
    assert find_date("in 2011") is None


ISSUES = {
    "J Test Med 2025; XLII (5): 494–501": "J Test Med 2025;42(5):494-501",
    "J Test Med. 2021 Mar;12(3):45-9.": "J Test Med 2021;12(3):45-9",
    "Volume 12, Issue 3, March 2024, Pages 200-210": "2024;12(3):200-210",
    "Testblatt, 2023, Band 42, Heft 5, Seiten 494–501": "Testblatt 2023;42(5):494-501",
    "Journal of Tests, Vol. 42, No. 5 (2025), pp. 494–501": "Journal of Tests 2025;42(5):494-501",
    "J Test Sci 42(5), 494–501 (2025)": "J Test Sci 2025;42(5):494-501",
    "J Test 2020;15:e1234": "J Test 2020;15:e1234",
    "Journal of Tests 18 (2022) 33–41": "Journal of Tests 2022;18:33-41",
    "Open Tests volume 15, Article number: 112 (2022)": "Open Tests 2022;15:112",
    "第42巻 第5号 494–501 2025年": "2025;42(5):494-501",
}


@pytest.mark.parametrize("line", ISSUES)
def test_issue_lines_in_the_forms_that_journals_print(line: str) -> None:
    """Journal, year, volume, issue and pages, in NLM order."""
    found = issue_line(line)
    assert found is not None
    assert found.citation == ISSUES[line]


@pytest.mark.parametrize("line", ["In 2019, 12 (3) patients", "HR 0.43, 95% CI 0.24–0.78", "Update 2025", "5/2025"])
def test_other_figures_are_no_issue_line(line: str) -> None:
    """A year and figures beside it are not enough."""
    assert issue_line(line) is None


@pytest.mark.parametrize(
    ("printed", "value"), [("XLII", "42"), ("IV", "4"), ("MCMXCIX", "1999"), ("42", "42"), ("A3", "A3")]
)
def test_roman_volumes_are_given_in_arabic_figures(printed: str, value: str) -> None:
    """Anything else stays as it is."""
    assert arabic(printed) == value


def test_issns_say_which_is_electronic_and_must_check_out() -> None:
    """The kind may stand before or after the number."""
    (first, second) = issns("ISSN 1642-395X (Print) 2299-0046 (Online)")
    assert (first.issn, first.electronic, second.issn, second.electronic) == ("1642-395X", False, "2299-0046", True)
    assert issns("ISSN 1234-5678")[0].issn == ""


RESPONDERS = {
    "Dr. Ann Lee reply Pediatrics": "Dr. Ann Lee (Pediatrics)",
    "Dr. med. Anna Weber, Dermatology": "Dr. med. Anna Weber (Dermatology)",
    "Answered by Dr. Lee (Cardiology) on 18.10.2022": "Dr. Lee (Cardiology)",
    "Réponse du Dr Paul Martin, Hématologie": "Dr Paul Martin (Hématologie)",
    "Respuesta de la Dra. Ana Ruiz · Dermatología": "Dra. Ana Ruiz (Dermatología)",
    "山田太郎 医師 皮膚科": "山田太郎 医師 (皮膚科)",
    "Jane Roe, MD — Dermatology": "Jane Roe (Dermatology)",
}


@pytest.mark.parametrize("line", RESPONDERS)
def test_doctors_who_sign(line: str) -> None:
    """Name with titles and department, wherever they stand."""
    found = responder(line)
    assert found is not None
    assert found.printed == RESPONDERS[line]


@pytest.mark.parametrize(
    "line", ["Dr. Lee told me that I should stop the tablets", "Doctor's answer", "Is Dr. Lee right?", "Sirolimus 1 mg"]
)
def test_sentences_about_doctors_are_no_signature(line: str) -> None:
    """A verb in lower case makes it a sentence."""
    assert responder(line) is None


ASKERS = {
    "Elsa, 0~9 year old female": "0-9 years, female",
    "Asked by Mark, 34 years, male": "30-39 years, male",
    "Frage von Petra, 52 Jahre, weiblich": "50-59 years, female",
    "40代女性": "40-49 years, female",
    "F, 34": "30-39 years, female",
    "Rolf, 93 years": "90+ years",
}


@pytest.mark.parametrize("line", ASKERS)
def test_askers_are_an_age_band_and_a_sex(line: str) -> None:
    """No name and no exact age."""
    found = asker(line)
    assert found is not None
    assert found.value == ASKERS[line]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ann Lee1,2, Bo Ek2 and Cy Roe*", ["Lee", "Ek", "Roe"]),
        ("Doe J, Roe K, van Dyk L", ["Doe", "Roe", "van Dyk"]),
        ("Jane A. Doe, MD, PhD; John Roe, MD", ["Doe", "Roe"]),
        ("By Jane Doe and John Roe", ["Doe", "Roe"]),
        ("Paula de Souza³", ["de Souza"]),
        ("Department of Rheumatology", []),
        ("Current Issue Archive", []),
    ],
)
def test_bylines(line: str, names: list[str]) -> None:
    """Names with affiliation figures, degrees, initials and particles; menus are no names."""
    assert [byline.author.family for byline in bylines(line)] == names


def test_a_sentence_is_no_name() -> None:
    """Names are two to six capitalised words."""
    assert named("Use an emollient") is None


def test_labels_in_several_languages() -> None:
    """A whole line, an opening, a mention with few other words."""
    assert says("ZULETZT AKTUALISIERT:", "updated")
    assert opens_with("Stand: 04/2023", "updated")
    assert opens_with("Actualizado el 3 de mayo de 2021", "updated")
    assert mentions("Lo que dicen las guías", ("guidelines",)) == "guidelines"
    assert not mentions("Efficacy and safety of sirolimus in clinical studies of adults", ("research",))
    assert category("Material and methods:") is Category.METHODS
    assert category("Schlussfolgerung") is Category.CONCLUSIONS


def test_inline_labels_part_an_abstract() -> None:
    """A colon marks a label; a word that happens to be one inside a sentence is none."""
    words = "Background: Few drugs help. Methods: We used results of others. Results: All healed."
    assert [words[a:b] for a, b, _, _ in inline_labels(words)] == ["Background:", "Methods:", "Results:"]
    assert inline_labels("The results were poor: conclusions cannot be drawn.") == []


@pytest.mark.parametrize(("printed", "value"), [("830", "830"), ("+46", "46"), ("1.2k", "1200"), ("1,204", "1204")])
def test_counts_of_votes(printed: str, value: str) -> None:
    """As plain figures."""
    assert count(printed) == value


def test_bare_numbers_are_citations_only_where_a_list_would_number_them() -> None:
    """`level 2.` and `week 12.` are none, nor is a number that no list would reach."""
    sheet = from_text(
        "Use is described 1, 2.\nEvidence was of level 2.\nSeen at week 12.\nDoses were halved 3.\nWeight was 54.\n"
    )
    assert [span.of(sheet.text) for span, _ in bare_marks(sheet)] == ["1, 2", "3"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("© 2024 Somebody. All rights reserved.", True),
        ("We use cookies to improve your experience.", True),
        ("This information is not a substitute for medical advice.", True),
        ("These data help us understand relapse after sirolimus in children.", False),
        ("The Nikolsky sign in pemphigus was positive in 12 of 20 adults.", False),
        ("An ointment made with petrolatum was used by 12 adults.", False),
        ("Lesions developed by week four in most of the children treated.", False),
    ],
)
def test_boilerplate_by_general_signs(words: str, said: bool) -> None:
    """Medical sentences that share a word with boilerplate are kept."""
    (line,) = from_text(words).lines
    assert boilerplate(line) is said


def test_an_article_type_is_a_line_of_its_own() -> None:
    """In capitals, in other languages, after a label."""
    assert article_type("ORIGINAL RESEARCH") == "ORIGINAL RESEARCH"
    assert article_type("Article type: Review") == "Review"
    assert article_type("A review of the literature") == ""


HOSTILE = {
    "short lines": lambda n: "a\n" * n,
    "words": lambda n: "word " * 20 * n,
    "dates": lambda n: "2022/10/18 " * n,
    "marks": lambda n: "[1] 2, 3. " * n,
    "labels": lambda n: "Methods: a. " * n,
    "doctors": lambda n: "Dr. A reply X\n" * n,
    "questions": lambda n: "Is it so?\n\n" * n,
    "posts": lambda n: "Title here\n12 upvotes\nA summary of a post that says a thing or two about it.\n" * n,
    "blanks": lambda n: " " * 50 * n + "x",
    "digits": lambda n: "1" * 50 * n,
    "names": lambda n: "Ann Lee, " * n,
    "capitals": lambda n: "BACKGROUND " * n,
    "headings": lambda n: (
        "Heading One\n\nThis is a paragraph of prose that has enough words to be read as one.\n\n" * n
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_length_and_no_faster(name: str) -> None:
    """Four times the input takes at most about four times as long (with room for noise)."""

    def prepare(n: int) -> Callable[[], object]:
        data = HOSTILE[name](n).encode()
        return lambda: list(capture.read(Raw("x.txt", data)))

    assert_linear(prepare, 250)


def test_seed_captures_are_their_files(shared: Path) -> None:
    """Offsets into the pages as they lie are offsets into the documents."""
    for path in sorted((shared / "seeds").glob("*_*.txt")):
        document, _ = read(path.read_bytes())
        assert document.text == path.read_text(encoding="utf-8")
