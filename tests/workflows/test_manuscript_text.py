"""The text of a manuscript: which files are taken, whom they name, what changed, and how it is written out."""

from __future__ import annotations

from random import Random

import pytest

from curbside.desk.differing import Change
from curbside.errors import UsageError
from curbside.records import Contributor, Journal, Placement, misplaced
from curbside.workflows import manuscript_text
from curbside.workflows.manuscript_text import article_of, checks_of, differences, file_of, names_in, text_of, written
from curbside.writers.manuscript_jats import Printing
from docx_makers import docx, p
from growth import Work, assert_linear
from manuscript_makers import content

TEXT = b"# Introduction\n\nAs Lee showed [1].\n\n# Results\n\nIt helped 3 of 4 (80 %).\n\n# References\n\n1. Lee A. First. 2010.\n"
PLACED = Placement(
    Journal("Journal of Small Works", "J Small Works", "1234-5679", "", "4", "2", "11-19"),
    "The Desk", "https://creativecommons.org/licenses/by/4.0/", "10.5555/small.1", "2027-02-03", "",
)  # fmt: skip
DATES = {"received": "2027-01-01", "revised": "", "accepted": "2027-02-01"}


def test_what_is_published_reads_back_as_what_was_filled_in() -> None:
    """Names, places, dates, issue, statements: nothing is lost on the way to the library, and its own rules find it."""
    two = content(
        authors=(
            Contributor("Ada", "Quillfeather", "https://orcid.org/0000-0002-1825-0097", ("Nowhere", "Elsewhere")),
            Contributor("Bo", "Lee & Sons", "", ("Elsewhere",)),
        )
    )
    how = Printing("m1", placed=PLACED, dates=DATES, address="https://x.org/journal/articles/m1")
    found = article_of(written(two, TEXT, how))
    assert list(misplaced(found)) == []
    assert [(a.given, a.family, a.orcid, a.affiliations) for a in found.authors] == [
        ("Ada", "Quillfeather", "0000-0002-1825-0097", (0, 1)),
        ("Bo", "Lee & Sons", "", (1,)),
    ]
    assert found.affiliations == ("Nowhere", "Elsewhere")
    assert found.journal == PLACED.journal and found.source == "The Desk" and found.licence == PLACED.licence
    assert found.ids.doi == PLACED.doi and found.year == 2027 and not found.retracted
    assert [(d.event, d.iso) for d in found.dates] == [
        ("published", "2027-02-03"), ("received", "2027-01-01"), ("accepted", "2027-02-01"),
    ]  # fmt: skip
    assert found.types == ("case-report", "Case report") and found.keywords == ("sirolimus",)
    assert [entry.text for entry in found.references] == ["Lee A. First. 2010."] and len(found.markers) == 1
    assert all(words in found.text for words in ("Introduction", "Funding", "Data availability"))


def test_a_retraction_is_one_for_every_reader() -> None:
    """The document itself says so."""
    assert article_of(written(content(), TEXT, Printing("m1", placed=PLACED, retraction="Made up."))).retracted


def test_without_authors_nothing_tells_who_they_are() -> None:
    """Neither names nor places nor the statements that name them."""
    bare = written(content(funding="The Quillfeather Trust."), TEXT, Printing(authors=False))
    assert not any(each in bare for each in (b"Quillfeather", b"Nowhere", b"Funding", b"0000-0002"))


def test_numbers_are_checked_across_abstract_and_text() -> None:
    """As `curbside check` does of any file."""
    made = content(abstract=(("Results", "It helped 1 of 2 (50 %)."),))
    verdicts = [str(check.verdict) for check in checks_of(written(made, TEXT, Printing())).checks]
    assert verdicts == ["agrees", "disagrees"]


def test_signs_that_xml_refuses_are_left_out() -> None:
    """A control character in a file spoils nothing."""
    assert "It helped" in article_of(written(content(), b"It helped \x0c\x08 them.", Printing())).text


class TestNames:
    """Whom the text names though it should not."""

    def test_whole_words_outside_the_references(self) -> None:
        """Where an author's own work may stand."""
        authors = tuple(Contributor("A", family, "", ("x",)) for family in ("Lee", "First", "Help", "Nobody"))
        assert names_in(content(authors=authors), text_of(TEXT, "markdown")) == ("Lee",)

    def test_accents_and_several_words(self) -> None:
        """All words of a name, whatever their case."""
        authors = (Contributor("A", "Díaz Núñez", "", ("x",)), Contributor("B", "van Gogh", "", ("x",)))
        made = content(authors=authors, title="DÍAZ and NÚÑEZ on Gogh")
        assert names_in(made, None) == ("Díaz Núñez",)


class TestDifferences:
    """What changed, place by place."""

    def test_words_of_fields_and_paragraphs(self) -> None:
        """Only what differs is shown."""
        before = (content(), text_of(TEXT, "markdown"))
        after = (content(title="A smaller work"), text_of(TEXT.replace(b"80 %", b"75 %"), "markdown"))
        found = differences(before, after, authors=True)
        assert [each.place for each in found] == ["Title", "Text"]
        assert [(run.change, run.words) for run in found[0].runs] == [
            (Change.SAME, "A"), (Change.REMOVED, "small"), (Change.ADDED, "smaller"), (Change.SAME, "work"),
        ]  # fmt: skip
        assert "(75" in " ".join(run.words for run in found[1].runs)

    def test_authors_are_no_difference_to_whom_they_are_hidden(self) -> None:
        """Nor are the statements that tell who they are."""
        other = content(authors=(Contributor("B", "Else", "", ("Y",)),), funding="Else.")
        assert differences((content(), None), (other, None), authors=False) == ()
        assert [each.place for each in differences((content(), None), (other, None), authors=True)] == [
            "Authors",
            "Funding",
        ]

    def test_texts_too_long_to_align_are_shown_whole(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The work stays bounded, and nothing is left out."""
        monkeypatch.setattr(manuscript_text, "_MOST_PARAGRAPHS", 1)
        monkeypatch.setattr(manuscript_text, "_MOST_PAIRS", 3)
        texts = [text_of(words, "markdown") for words in (b"one two three\n\nfour", b"one two three\n\nfive")]
        [found] = differences((content(), texts[0]), (content(), texts[1]), authors=True)
        assert [run.change for run in found.runs] == [Change.REMOVED, Change.ADDED]

    def test_work_is_bounded_whatever_the_words(self) -> None:
        """Two words in any order are the worst to align; beyond the bound they are not."""

        def prepare(size: int) -> Work:
            noise = Random(1)
            texts = [text_of(" ".join(noise.choices("ab", k=size)).encode(), "markdown") for _ in range(2)]
            return lambda: differences((content(), texts[0]), (content(), texts[1]), authors=True)

        assert_linear(prepare, 2_000)


class TestFiles:
    """Which are taken."""

    def test_bytes_decide_and_the_name_is_only_shown(self) -> None:
        """A path in it is none."""
        kept = file_of("C:\\evil\\..\\paper.txt", docx(p("It helped."))).file
        assert (kept.name, kept.format) == ("paper.txt", "docx")

    def test_bounds(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of bytes, of text, and of what it unpacks to."""
        monkeypatch.setattr(manuscript_text, "MOST_TEXT_BYTES", 10)
        with pytest.raises(UsageError, match="larger"):
            file_of("a.md", b"word " * 20)
        monkeypatch.setattr(manuscript_text, "MOST_CHARACTERS", 10)
        with pytest.raises(UsageError, match="characters"):
            file_of("a.docx", docx(p("word " * 20)))
        monkeypatch.setattr(manuscript_text, "MOST_BYTES", 10)
        with pytest.raises(UsageError, match="larger"):
            file_of("a.docx", docx(p("word")))
