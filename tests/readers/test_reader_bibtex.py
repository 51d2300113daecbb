"""BibTeX as people and programs write it: braces, macros, accents, groups, broken entries among whole ones."""

from __future__ import annotations

import gzip

import pytest
from bibliographic import documents, problems, readings
from hypothesis import given, settings
from hypothesis import strategies as st

from curbside.readers import formats, tex
from curbside.readers.bibtex_entries import entries
from curbside.records import Author, Dated, Document, DocumentKind, Journal, Raw
from growth import assert_linear

WHOLE = r"""
Exported on a Monday; what stands here is comment.
@string{jmm = "Journal of Made-Up"}
@preamble{"\newcommand{\noopsort}[1]{}"}
@comment{ignored, {braces} and all}
@Article{ ärmel:2020 ,
  title     = {{Sirolimus} in {\'E}cole: $\alpha$-blockers, 10$^{6}$ cells \& 5\% -- a ``trial''},
  author    = "M{\"u}ller, J{\'o}zef and van der Rot, Jr, Jean-Pierre and {Red Spot {S}tudy Group}",
  journal   = jmm # { Medicine}, shortjournal = {J Made-Up Med},
  year = 2020, month = mar # "~3",
  volume = {XLII}, number = "5", pages = {101--9},
  issn = {2049-3630}, eissn = {0317-8471},
  doi = {10.1002/(SICI)1097\_0258<1::AID>3.0.CO;2-\#}, pmid = 99000001, pmcid = {PMC9900001},
  keywords = {spots; creams, cold}, language = {english}, publisher = {Invented Press},
  abstract = {METHODS: Ten children. RESULTS: 9 of 10 (P{\textless}0.001).},
  pubtype = {Journal Article; Randomized Controlled Trial},
}
@book(second, title = "Paren {"quoted"} book", year = 1999)
"""


def entry(*fields: str, kind: str = "article") -> Document:
    """The document of one entry with these fields."""
    [document] = documents(f"@{kind}{{key,\n  title = {{T}},\n" + "".join(f"  {each},\n" for each in fields) + "}\n")
    return document


def test_an_entry_field_by_field() -> None:
    """Macros and pieces joined by #, accents, groups in braces, verbatim DOIs."""
    first, second = documents(WHOLE)
    assert first.title == "Sirolimus in École: α-blockers, 10^6 cells & 5% – a “trial”"
    assert first.authors == (
        Author("Müller", "Józef"),
        Author("van der Rot", "Jean-Pierre", "Jr"),
        Author(collective="Red Spot Study Group"),
    )
    assert first.journal == Journal(
        "Journal of Made-Up Medicine", "J Made-Up Med", "2049-3630", "0317-8471", "XLII", "5", "101-109"
    )
    assert first.dates == (Dated("published", "2020-03-03", "2020 mar 3"),)
    assert (first.ids.doi, first.ids.pmid) == ("10.1002/(sici)1097_0258<1::aid>3.0.co;2-#", "99000001")
    assert first.ids.pmcid == "PMC9900001"
    assert first.keywords == ("spots", "creams, cold")
    assert (first.language, first.source) == ("en", "Invented Press")
    assert first.types == ("Journal Article", "Randomized Controlled Trial")
    assert "9 of 10 (P<0.001)." in first.text and [section.category for section in first.sections] != []
    assert (second.title, second.types, second.year) == ('Paren "quoted" book', ("Book",), 1999)


def test_readings_have_their_lines_and_no_problem() -> None:
    """What is no entry is passed over."""
    found = readings(WHOLE)
    assert [reading.line for reading in found] == [6, 18]
    assert [str(problem) for reading in found for problem in reading.problems] == []


@pytest.mark.parametrize(
    ("printed", "authors"),
    [
        ("Smith, John", [Author("Smith", "John")]),
        ("John Smith", [Author("Smith", "John")]),
        ("Ludwig van Beethoven", [Author("van Beethoven", "Ludwig")]),
        ("van Beethoven, Ludwig", [Author("van Beethoven", "Ludwig")]),
        ("King, Jr, Martin Luther", [Author("King", "Martin Luther", "Jr")]),
        ("{World Health Organization}", [Author(collective="World Health Organization")]),
        ("World Health Organization", [Author(collective="World Health Organization")]),
        ("{Barnes and Noble} and Lee, A", [Author(collective="Barnes and Noble"), Author("Lee", "A")]),
        ("{van der Rot}, Jan", [Author("van der Rot", "Jan")]),
        ("Smith, J and\n   Lee, A", [Author("Smith", "J"), Author("Lee", "A")]),
        (r"{\O}rsted, {\AA}se AND \v{C}ech, Ond\v rej", [Author("Ørsted", "Åse"), Author("Čech", "Ondřej")]),
        ("Anderson, Anna", [Author("Anderson", "Anna")]),
        ("Madonna", [Author("Madonna")]),
        ("", []),
    ],
)
def test_names(printed: str, authors: list[Author]) -> None:
    """First von Last; von Last, First; von Last, Jr, First; groups in braces; "and" only between blanks."""
    assert list(entry(f"author = {{{printed}}}").authors) == authors


def test_and_others_is_told() -> None:
    """Nobody is called Others; that names are missing is a remark, not a loss."""
    text = "@article{a, title={T}, author={Smith, J and others}}"
    assert documents(text)[0].authors == (Author("Smith", "J"),)
    (remark,) = problems(text)
    assert "and others" in remark.what and not remark.lost


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        (r"\'e \`{a} \^{\i} \~n \"{o} \c{c} \c c \r{a} \H{o} \k{a} \u{g} \.z", "é à î ñ ö ç ç å ő ą ğ ż"),
        (r"{\ss} {\o} {\L}odz \ae \OE \aa", "ß ø Łodz æŒå"),
        (r"a--b---c ~x", "a–b—c x"),
        (r"\emph{in vivo} and \textbf{bold} {\it old}", "in vivo and bold old"),
        (r"$\beta_{2}$-agonists, Ca$^{2+}$, 10$^{-3}$, $\leq$5 $\mu$g", "β2-agonists, Ca2+, 10^-3, ≤5 μg"),
        (r"\textalpha \textgreater{} \textbackslash{}x", "α> \\x"),
        (r"5\,mg \% \_ \$ \# \{x\}", "5 mg % _ $ # {x}"),
        (r"\unknown{thing} stays", r"\unknownthing stays"),
        (r"\href{https://x.org}{words}", r"\hrefhttps://x.orgwords"),
        ("H_2 stays, 5^th too", "H_2 stays, 5^th too"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_tex_becomes_text(printed: str, plain: str) -> None:
    """Accents, letters, dashes, quotes, simple formulas; what is not known stays."""
    assert tex.text_of(printed) == plain


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        (["year = 2018"], "2018"),
        (['year = "2018"', "month = may"], "2018-05"),
        (["year = {2018}", "month = {May}", "day = {7}"], "2018-05-07"),
        (["year = 2018", "month = 5"], "2018-05"),
        (["year = 2018", 'month = may # "~17"'], "2018-05-17"),
        (["date = {2018-05-17}"], "2018-05-17"),
        (["date = {2018-05/2018-06}"], "2018-05"),
        (["year = {in press}"], ""),
    ],
)
def test_dates(fields: list[str], date: str) -> None:
    """BibTeX's year and month, biblatex's date."""
    assert entry(*fields).date("published") == date


@pytest.mark.parametrize(
    ("kind", "fields", "shown"),
    [
        ("online", ["url = {https://example.org/a_b}"], (DocumentKind.PAGE, ("Web Page",), "")),
        ("misc", ["url = {https://example.org/x}"], (DocumentKind.PAGE, (), "")),
        ("incollection", ["booktitle = {A Book}"], (DocumentKind.ARTICLE, ("Book Chapter",), "A Book")),
        ("phdthesis", ["school = {U}"], (DocumentKind.ARTICLE, ("Thesis",), "")),
        ("article", ["journaltitle = {J}"], (DocumentKind.ARTICLE, (), "J")),
    ],
)
def test_kinds(kind: str, fields: list[str], shown: tuple[object, ...]) -> None:
    """What an entry is, by its type."""
    document = entry(*fields, kind=kind)
    assert (document.kind, document.types, document.journal.title) == shown


def test_identifiers_in_the_places_where_they_stand() -> None:
    """Own fields first, then eprint, address and note."""
    assert entry("eprint = {99000002}", "eprinttype = {pubmed}").ids.pmid == "99000002"
    assert entry("url = {https://doi.org/10.1234/a\\_b}").ids.doi == "10.1234/a_b"
    assert entry("note = {PMID: 99000003}").ids.pmid == "99000003"
    assert entry("eprint = {2101.00001}", "archiveprefix = {arXiv}").ids.others == (("arxiv", "2101.00001"),)
    assert entry("note = {Retracted publication}").retracted


# Files that are not quite right


def test_a_broken_entry_costs_itself() -> None:
    """A brace, a quote, a comma or an equals sign is missing: the problem has its line, the rest is whole."""
    text = """@article{a, title = {Before}, year = 2001}
@article{b, title = {Lost}, note = {Unclosed { brace},
  year = 2001

@article{c, title = "After", note = "no end
}
@article{d, title = {Comma} year = {1999}, author = {Smith, J}}
@article{e, title = {Odd}, what is this}
@article{f, title = {Nothing}, year = }
@article{g, title = {Unknown}, journal = nowhere}
@article{h, title = {Last}, year = 2005"""
    found = readings(text)
    titles = [reading.record.title for reading in found if isinstance(reading.record, Document)]
    assert titles == ["Before", "Lost", "After", "Comma", "Odd", "Nothing", "Unknown", "Last"]
    assert [[p.line for p in reading.problems] for reading in found] == [[], [2], [5], [], [8], [9], [10], [11]]
    assert [p.lost for reading in found for p in reading.problems] == [True, True, True, True, False, True]
    assert found[3].record.year == 1999 if isinstance(found[3].record, Document) else False


def test_an_entry_of_nothing_is_told() -> None:
    """Neither title nor abstract nor identifier."""
    (problem,) = problems("@article{a, year = 2001}")
    assert problem.lost and "left out" in problem.what
    (problem,) = problems("no entry at all", "bibtex")
    assert "@article" in problem.remedy


@pytest.mark.parametrize(
    ("text", "origin", "format"),
    [
        ("@article{key,\n title={T}}", "a.bib", "bibtex"),
        ("% saved\n@Article{key, title={T}}", "a.txt", "bibtex"),
        ("@string{j = {J}}\n", "a.txt", "bibtex"),
        ("nothing yet", "refs.bib", "bibtex"),
        ("Write to me@example.org (or not), please.", "a.txt", "text"),
    ],
)
def test_what_bibtex_is_told_by(text: str, origin: str, format: str) -> None:
    """Its entries, or its name."""
    assert formats.detect(Raw(origin, text.encode())) == format


def test_line_ends_and_packing_do_not_matter() -> None:
    """CRLF, old Macintosh, gzip: the same titles."""
    titles = [document.title for document in documents(WHOLE)]
    for data in (
        WHOLE.replace("\n", "\r\n").encode(),
        WHOLE.replace("\n", "\r").encode(),
        gzip.compress(WHOLE.encode()),
    ):
        assert [document.title for document in documents(data, "bibtex")] == titles


@pytest.mark.parametrize(
    "unit",
    ["@article{a, title={", "{", '"', "@article{a,\n", "a = {b},\n", "\\'{", " and ", "$^", "#", "@comment{", "{\\v "],
)
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    """n against 4n."""

    begun = "@article{k, title = {T}, author = {"
    assert_linear(lambda n: lambda: readings(begun + unit * n, "bibtex"), 300)
    assert_linear(lambda n: lambda: readings(begun + unit * n + "}}", "bibtex"), 300)


@given(st.text(st.sampled_from("@{}(),=\"#\\ \nabc$~-'é"), max_size=120))
@settings(max_examples=150, deadline=None)
def test_no_text_makes_the_reader_fail(text: str) -> None:
    """Whatever the signs: entries or problems, and an end."""
    assert all(entry.line >= 1 for entry in entries(text))
    readings(f"@article{{a,{text}", "bibtex")
