"""RIS with the liberties that databases take: marks, line ends, junk, folded values, tags that mean two things."""

from __future__ import annotations

import gzip

import pytest
import rispy
from bibliographic import case, documents, problems, readings, sections, words
from hypothesis import given, settings
from hypothesis import strategies as st

from curbside.records import Author, Dated, Document, DocumentKind, Identifiers, Journal, NoticeKind, sealed
from growth import assert_linear


def record(*lines: str) -> Document:
    """The document of one journal article with these lines."""
    [document] = documents("\n".join(["TY  - JOUR", *lines, "ER  - ", ""]), "ris")
    return document


def test_records_between_junk_are_read_with_their_lines() -> None:
    """A byte order mark, CRLF, numbers between the records, a last line of chat: three records and what was wrong."""
    found = readings(case("library.ris"))
    assert [reading.line for reading in found] == [3, 31, 41, 47, 1]
    titles = [reading.record.title for reading in found if isinstance(reading.record, Document)]
    assert titles == ["A second look at gels for the skin", "RETRACTED: A chapter", "A page of advice"]
    assert [bool(reading.problems) for reading in found] == [False, False, True, True, True]


def test_what_is_wrong_is_named_with_its_line() -> None:
    """A record without ER, a record of nothing, and lines of no record."""
    unclosed, nothing, junk = problems(case("library.ris"))
    assert (unclosed.line, unclosed.lost) == (41, False)
    assert "ER" in unclosed.what
    assert (nothing.line, nothing.lost) == (47, True)
    assert (junk.line, junk.lost) == (1, False)
    assert junk.what.startswith("4 line(s)")


def test_an_article_field_by_field() -> None:
    """The first record of the case has everything that an Ovid export has."""
    document = documents(case("library.ris"))[0]
    assert document.kind is DocumentKind.ARTICLE
    assert document.authors == (
        Author("Example", "Ada B."),
        Author("Zed", "Zoe", "Jr"),
        Author(collective="The Gel Study Group"),
    )
    assert document.journal == Journal(
        "Journal of Invented Dermatology", "J Invent Derm", "0028-4793", "1533-4406", "42", "5", "494-501"
    )
    assert document.dates == (Dated("published", "2018-05-17", "2018/05/17"),)
    assert document.types == ("Randomized Controlled Trial",)
    assert document.keywords == ("Sirolimus/ad [Administration]", "Child")
    assert document.language == "en"
    assert document.ids == Identifiers(
        pmid="90000021", doi="10.1234/gel.2018", others=(("url", "https://example.org/gel"),)
    )


def test_the_abstract_is_unfolded_and_its_labels_are_sections() -> None:
    """N2 serves for AB; folded lines are joined; mixed-case labels count."""
    document = documents(case("library.ris"))[0]
    assert document.text.endswith(
        "Objective: To look again. Methods: Ten children. Results: 9 of 10 (P<0.001). Conclusions: It may help."
    )
    assert [(heading, does) for heading, does, _ in sections(document)] == [
        ("Objective", "objective"),
        ("Methods", "methods"),
        ("Results", "results"),
        ("Conclusions", "conclusions"),
    ]


def test_a_chapter_and_a_page() -> None:
    """TY says what it is; the book stands where the journal does; a web page is a page."""
    _, chapter, page = documents(case("library.ris"))
    assert (chapter.types, chapter.journal.title, chapter.journal.pages) == (
        ("Book Chapter",),
        "A Book of Skin",
        "S12-S15",
    )
    assert (page.kind, page.source, page.types) == (DocumentKind.PAGE, "Invented Society", ("Web Page",))
    assert page.dates == (Dated("published", "2017-11", "2017 Nov-Dec"),)


def test_a_retracted_title_is_a_notice() -> None:
    """Databases mark retracted works in the title."""
    chapter = documents(case("library.ris"))[1]
    assert chapter.retracted
    assert [(notice.kind, notice.issued) for notice in chapter.notices] == [(NoticeKind.RETRACTION, False)]


@pytest.mark.parametrize(
    ("lines", "pmid"),
    [
        (["AN  - 12345678", "DB  - Ovid MEDLINE(R)"], "12345678"),
        (["AN  - 12345678", "DP  - NLM"], "12345678"),
        (["ID  - 12345678", "DB  - PubMed"], "12345678"),
        (["AN  - 12345678"], None),
        (["AN  - 2018-12345", "DB  - PsycINFO"], None),
        (["ID  - 12345678", "DB  - Embase"], None),
        (["N1  - Accession Number: 5; PMID: 23456789; Language: English"], "23456789"),
        (["UR  - https://pubmed.ncbi.nlm.nih.gov/34567890/"], "34567890"),
        (["UR  - http://www.ncbi.nlm.nih.gov/pubmed/34567890"], "34567890"),
        (["UR  - https://example.org/34567890"], None),
    ],
)
def test_a_bare_number_is_a_pmid_only_where_the_record_says_whence(lines: list[str], pmid: str | None) -> None:
    """Every database numbers its records; a wrong PMID would join two works."""
    assert record("TI  - T", *lines).ids.pmid == pmid


@pytest.mark.parametrize(
    ("line", "doi"),
    [
        ("DO  - 10.1234/ABC", "10.1234/abc"),
        ("DO  - https://doi.org/10.1234/abc", "10.1234/abc"),
        ("DO  - doi:10.1234/(sici)1<2::aid-x>3.0.co;2-#", "10.1234/(sici)1<2::aid-x>3.0.co;2-#"),
        ("M3  - 10.1234/abc", "10.1234/abc"),
        ("UR  - http://dx.doi.org/10.1234/abc", "10.1234/abc"),
        ("DO  - none", None),
    ],
)
def test_dois_in_the_places_where_they_stand(line: str, doi: str | None) -> None:
    """DO first; M3 and UR where programs put it there."""
    assert record("TI  - T", line).ids.doi == doi


def test_other_identifiers() -> None:
    """PMCID from EndNote's C2 or an address; an accession number of another database is kept as such."""
    assert record("TI  - T", "C2  - PMC123456").ids.pmcid == "PMC123456"
    assert documents(case("library.ris"))[1].ids.pmcid == "PMC7000003"
    assert documents(case("library.ris"))[1].ids.pmid == "90000023"
    assert record("TI  - T", "AN  - 2018-12345").ids.others == (("accession", "2018-12345"),)


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (["PY  - 2018"], Dated("published", "2018", "2018")),
        (["PY  - 2018///"], Dated("published", "2018", "2018")),
        (["PY  - 2018/05/17/epub"], Dated("published", "2018-05-17", "2018/05/17/epub")),
        (["Y1  - 2018/05//"], Dated("published", "2018-05", "2018/05")),
        (["PY  - 2018", "DA  - 2018 May 17"], Dated("published", "2018-05-17", "2018 May 17")),
        (["PY  - 2018", "DA  - 2020/01/01"], Dated("published", "2018", "2018")),
        (["DA  - 2018/05/17"], Dated("published", "2018-05-17", "2018/05/17")),
    ],
)
def test_the_fullest_date_of_the_year_counts(lines: list[str], date: Dated) -> None:
    """DA may be the day of publication, or the day on which somebody saved the record."""
    assert record("TI  - T", *lines).dates == (date,)


@pytest.mark.parametrize(
    ("lines", "pages"),
    [
        (["SP  - 494", "EP  - 501"], "494-501"),
        (["SP  - 494-501"], "494-501"),
        (["SP  - 1865", "EP  - 76"], "1865-1876"),
        (["SP  - e12"], "e12"),
        (["C7  - 104512"], "104512"),
        (["SP  - 5", "EP  - 5"], "5"),
        ([], ""),
    ],
)
def test_pages(lines: list[str], pages: str) -> None:
    """A range from SP and EP, or what stands for one."""
    assert record("TI  - T", *lines).journal.pages == pages


@pytest.mark.parametrize(
    ("printed", "author"),
    [
        ("Example, Ada B.", Author("Example", "Ada B.")),
        ("van der Berg, P., 3rd", Author("van der Berg", "P.", "3rd")),
        ("Zed, Jr", Author("Zed", "", "Jr")),
        ("Smith JA", Author("Smith", "JA")),
        ("Ada B. Example", Author("Example", "Ada B.")),
        ("Jan van der Berg", Author("van der Berg", "Jan")),
        ("World Health Organization", Author(collective="World Health Organization")),
        ("EXAMPLE-2 Investigators,", Author(collective="EXAMPLE-2 Investigators")),
        ("Madonna", Author("Madonna")),
        ("Müller-Ångström, Åsa", Author("Müller-Ångström", "Åsa")),
    ],
)
def test_names(printed: str, author: Author) -> None:
    """Family and given names however the export orders them; groups are groups."""
    assert record("TI  - T", f"AU  - {printed}").authors == (author,)


# Files that are not quite right


@pytest.mark.parametrize("tag", ["TY  - JOUR", "TY - JOUR", "TY   - JOUR", "  TY  - JOUR", "TY  -  JOUR"])
def test_loose_spaces_around_tags(tag: str) -> None:
    """One to three spaces before the dash, some before the tag."""
    [document] = documents(f"{tag}\nTI  - T\nER  -\n", "ris")
    assert document.title == "T"


def test_line_ends_marks_and_packing_do_not_matter() -> None:
    """LF or CRLF, with or without a mark, packed or not: the same documents."""
    data = case("library.ris").data
    plain = [sealed(document).id for document in documents(data)]
    bare = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    for form in (bare, bare.replace(b"\n", b"\r"), bare.decode().encode("utf-16"), gzip.compress(data)):
        assert [sealed(document).id for document in documents(form, "ris")] == plain


def test_a_blank_line_inside_a_value_goes_on() -> None:
    """Abstracts with paragraphs lose no paragraph."""
    document = record("TI  - T", "AB  - One.", "", "Two.", "KW  - a")
    assert document.text == "T\n\nOne. Two."
    assert document.keywords == ("a",)


def test_repeated_tags_lose_nothing() -> None:
    """A second AB is a second paragraph; a second title or journal stays beside the first."""
    document = record("TI  - T", "AB  - One.", "AB  - Two.", "JO  - J Inv", "JF  - Journal Invented")
    assert document.text == "T\n\nOne.\n\nTwo."
    assert (document.journal.title, document.journal.abbreviation) == ("Journal Invented", "J Inv")


def test_a_file_cut_short_gives_what_is_there() -> None:
    """The last record is read as far as it goes, with a remark."""
    found = readings(b"TY  - JOUR\nTI  - A\nER  - \nTY  - JOUR\nTI  - B\nAB  - Half a sen", "ris")
    assert [reading.record.title for reading in found if isinstance(reading.record, Document)] == ["A", "B"]
    assert found[1].problems[0].line == 4


def test_a_truncated_packed_file_says_so() -> None:
    """Records before the break, then the break."""
    text = "".join(f"TY  - JOUR\nTI  - Title {n * 7919 % 10007}\nER  - \n" for n in range(20_000))
    data = gzip.compress(text.encode())
    found = readings(data[: len(data) // 2], "ris")
    assert len(found) > 1000
    assert "cut short" in found[-1].problems[0].what


def test_a_file_without_a_record_says_what_one_looks_like() -> None:
    """The remedy shows the first line of a record."""
    [problem] = problems("Just words.", "ris")
    assert "TY  -" in problem.remedy


def test_signs_survive() -> None:
    """Non-breaking spaces, Greek, comparison signs."""
    text = "P<0.001 at\u00a05 µg; 0.1%–1% IL-2 κ=0.8"
    assert record(f"TI  - {text}", f"AB  - {text}").text == f"{text}\n\n{text}"


@pytest.mark.parametrize(
    "unit", ["TY  - JOUR\n", "ER  - \n", "AU  - x\n", "x\n", "N1  - PMID \n", "SN  - 1234\n", "UR  - http://\n"]
)
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    """n against 4n."""

    assert_linear(lambda n: lambda: readings("TY  - JOUR\nTI  - T\n" + unit * n, "ris"), 500)


# A well-kept library as oracle

VALUE = st.text("abc XYZ,.-0129éκ\u00a0", min_size=1, max_size=30).filter(lambda text: text.strip(" "))
LINES = st.lists(st.tuples(st.sampled_from(["TI", "AB", "JF", "VL", "IS", "PB", "KW", "AD"]), VALUE), max_size=8)


def test_a_value_of_a_no_break_space_is_none() -> None:
    """A blank title makes no document, as a missing one."""
    assert documents("TY  - JOUR\nTI  - \u00a0\nER  - \n", "ris") == []


@given(st.lists(LINES, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_words_are_those_that_rispy_reads(records: list[list[tuple[str, str]]]) -> None:
    """On files without liberties title, abstract, journal and keywords are what rispy makes of them."""
    unique = [list(dict(lines).items()) for lines in records]
    text = "".join(
        "TY  - JOUR\n" + "".join(f"{tag}  - {value}\n" for tag, value in lines) + "ER  - \n" for lines in unique
    )
    expected = [entry for entry in rispy.loads(text) if f"{entry.get('title', '')}{entry.get('abstract', '')}".strip()]
    found = documents(text, "ris")
    assert len(found) == len(expected)
    for document, entry in zip(found, expected):
        assert words(document.text) == words(f"{entry.get('title', '')} {entry.get('abstract', '')}")
        assert words(document.journal.title) == words(entry.get("journal_name", entry.get("alternate_title3", "")))
        assert words(document.journal.volume) == words(entry.get("volume", ""))
