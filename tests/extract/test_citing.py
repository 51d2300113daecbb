"""Citation statements: each in-text reference with its sentence, its neighbours, its section, the entries it names."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from curbside.extract.citing import may_cite, statements
from curbside.extract.citing_entries import entries, families
from curbside.extract.citing_own import own_names, self_citation, signed
from curbside.readers import jats
from curbside.records import (
    Author,
    Block,
    BlockKind,
    CitingSection,
    Document,
    DocumentKind,
    Identifiers,
    Marker,
    Part,
    PartRole,
    Raw,
    Reference,
    Section,
    Span,
)
from growth import assert_linear

NAMES = ("Blomberg", "Kim", "Lee", "de Boer", "Ørsted", "Kim", "World Health Organization", "Smith")
YEARS = ("2019", "2010", "2011", "2012a", "2012", "2010", "2015", "2010")
LIST = tuple(
    Reference(f"B{at + 1}", str(at + 1), None, Identifiers(), f"Title {at}", year, "", (name, *(("Cho",) if at else ())),
              f"{name} AB, Cho C. Title {at}. J Med {year}.")
    for at, (name, year) in enumerate(zip(NAMES, YEARS))
)  # fmt: skip


def plain(text: str, references: tuple[Reference, ...] = LIST, kind: DocumentKind = DocumentKind.PAGE) -> Document:
    """Return a document of one paragraph a line, without markup."""
    blocks: list[Block] = []
    start = 0
    for line in text.split("\n"):
        blocks += [Block(Span(start, start + len(line)), BlockKind.PARAGRAPH, 0)] if line else []
        start += len(line) + 1
    part = Part(Span(0, len(text)), PartRole.BODY)
    return Document("d1", text, kind, parts=(part,), blocks=tuple(blocks), references=references)


def cited(document: Document) -> list[tuple[str, tuple[int, ...]]]:
    """Return (marker, numbers of the entries) of each statement."""
    found = statements(document)
    return [(each.marker.of(document.text), tuple(at + 1 for at in each.references)) for each in found]


ARTICLE = """<article><front><article-meta><title-group><article-title>T</article-title></title-group>
<abstract><p>We agree with Kim <xref ref-type="bibr" rid="B2">[2]</xref>.</p></abstract></article-meta></front>
<body>
<p>Opening words <xref ref-type="bibr" rid="B1">[1]</xref>.</p>
<sec><title>Methods</title><p>As before.<sup><xref ref-type="bibr" rid="B1">1</xref>,<xref ref-type="bibr" rid="B2">2</xref></sup>
We did <sup><xref ref-type="bibr" rid="B3">3</xref>–<xref ref-type="bibr" rid="B6">6</xref></sup> more. Then none.</p>
<table-wrap><label>Table 1</label><caption><p>Others [<xref ref-type="bibr" rid="B4">4</xref>].</p></caption>
<table><tr><td>Lee [<xref ref-type="bibr" rid="B3">3</xref>]</td><td>12</td></tr><tr><td>ours</td><td>9</td></tr></table></table-wrap>
</sec>
<sec><title>Results and discussion</title><p>Seen by Blomberg et al. (<xref ref-type="bibr" rid="B1">2019</xref>). Blomberg and
colleagues also saw harm. Kim et al. did not.</p><list><list-item><p>An item (<xref ref-type="bibr" rid="B5">5</xref>).</p></list-item></list>
<sec><title>Conclusions</title><p>In line with others [<xref ref-type="bibr" rid="B1">1</xref>, <xref ref-type="bibr" rid="B7">7</xref>].</p></sec>
</sec></body>
<back><ref-list>""" + "".join(
    f'<ref id="{each.key}"><label>{each.label}</label><mixed-citation><string-name><surname>{each.authors[0]}</surname> '
    f"<given-names>AB</given-names></string-name> et al., <year>{each.year}</year></mixed-citation></ref>"
    for each in LIST
) + "</ref-list></back></article>"  # fmt: skip


@pytest.fixture(scope="module")
def article() -> Document:
    """Return an article with every form of in-text reference."""
    record = next(iter(jats.read(Raw("a.nxml", ARTICLE.encode())))).record
    assert isinstance(record, Document)
    return record


def test_every_form_of_a_marked_up_citation(article: Document) -> None:
    """Brackets, raised groups and ranges, captions, table rows, name and year, lists: in the order of the text."""
    assert cited(article) == [
        ("[2]", (2,)),
        ("[1]", (1,)),
        ("1,2", (1, 2)),
        ("3–6", (3, 4, 5, 6)),
        ("[4]", (4,)),
        ("[3]", (3,)),
        ("(2019)", (1,)),
        ("Blomberg and colleagues", (1,)),
        ("(5)", (5,)),
        ("[1, 7]", (1, 7)),
    ]


def test_the_sections_of_a_report(article: Document) -> None:
    """By headings, outermost first; before any heading it is the introduction; a whole heading inside overrides."""
    kinds = [each.section for each in statements(article)]
    assert kinds[:2] == [CitingSection.ABSTRACT, CitingSection.INTRODUCTION]
    assert kinds[2:6] == [CitingSection.METHODS] * 4
    assert kinds[6:] == [CitingSection.DISCUSSION] * 3 + [CitingSection.CONCLUSION]


def test_the_sentence_and_the_sentences_beside_it(article: Document) -> None:
    """A raised reference belongs to the sentence before it; neighbours are of the same paragraph."""
    raised, ranged = statements(article)[2:4]
    text = article.text
    assert raised.sentence.of(text) == "As before.1,2" and raised.before is None
    assert ranged.sentence.of(text) == "We did 3–6 more." and ranged.before == raised.sentence
    assert ranged.after is not None and ranged.after.of(text) == "Then none."


def test_a_table_gives_its_row(article: Document) -> None:
    """A row is no sentence among others: nothing stands beside it."""
    row = statements(article)[5]
    assert row.sentence.of(article.text) == "Lee [3]\t12" and row.before is row.after is None


def test_a_name_repeats_a_citation_where_one_entry_fits(article: Document) -> None:
    """Two entries are by Kim: "Kim et al." means neither of them."""
    repeats = [each.marker.of(article.text) for each in statements(article) if each.repeat]
    assert repeats == ["Blomberg and colleagues"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The trial by Lee and Cho found none.", [("Lee and Cho", (3,))]),
        ("In the study of de Boer it rose.", [("de Boer", (4,))]),
        ("Orsted et al. agree.", [("Orsted et al.", (5,))]),
        ("Lee et al. (unpublished data) agree.", []),
        ("The trial by Lees found none.", []),
        ("Lee was a physician.", []),
        ("Lee et al. agree [1].", [("[1]", (1,))]),
    ],
)
def test_names_in_sentences_without_markers(text: str, names: list[tuple[str, tuple[int, ...]]]) -> None:
    """A bare name counts behind a word for a study alone; a sentence with a marker of its own has said whom it means."""
    document = plain("As known [1].\n" + text)
    found = statements(replace(document, markers=(Marker(Span(9, 12), (0,)), *_brackets(document, 13))))[1:]
    assert [(each.marker.of(document.text), tuple(at + 1 for at in each.references)) for each in found] == names


def _brackets(document: Document, start: int) -> tuple[Marker, ...]:
    at = document.text.find("[1]", start)
    return (Marker(Span(at, at + 3), (0,)),) if at > 0 else ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Seen [3] and [1,2]. Others [4-6], [7]–[8].", [("[3]", (3,)), ("[1,2]", (1, 2)), ("[4-6], [7]–[8]", (4, 5, 6, 7, 8))]),
        ("Seen before.1,2 We agree with others.3–5 It rose6 twice.", [("1,2", (1, 2)), ("3–5", (3, 4, 5)), ("6", (6,))]),
        ("Seen before.¹ We agree.²,³ It rose twice.", [("¹", (1,)), ("²,³", (2, 3))]),
        ("(Blomberg et al., 2019; Lee & Cho 2011; WHO 2015)", [("Blomberg et al., 2019; Lee & Cho 2011", (1, 3))]),
        ("Blomberg (2019) and de Boer and Cho (2012a) agree.", [("Blomberg (2019", (1,)), ("de Boer and Cho (2012a", (4,))]),
        ("The World Health Organization (2015) says so.", [("World Health Organization (2015", (7,))]),
        ("Kim et al. (2010) say so.", []),  # two entries fit
        ("Kim et al. (1999) and Nobody (2019) say so.", []),
        ("It was F[1,2] = 4, χ2(1) = 3, seen [9].", []),  # statistics; and the list ends at 8
        ("", []),
    ],
)  # fmt: skip
def test_plain_text_against_its_own_list(text: str, found: list[tuple[str, tuple[int, ...]]]) -> None:
    """Numbers in the style that fits most of the list, names with years where exactly one entry fits."""
    assert cited(plain(text)) == found


def test_a_post_cites_by_identifier() -> None:
    """DOIs, PMIDs and addresses, without what running text puts behind them; each work is one entry."""
    document = plain(
        "See https://doi.org/10.1056/NEJMoa1. (Also 10.1016/S0140-6736(12)61767-X).\n"
        "PMID: 12345678 says no; https://www.bmj.org/doi/full/10.1056/NEJMoa1/pdf says so too, and PMC1234567.",
        (),
    )
    listed = [each.ids.keys() for each in entries(document)]
    assert listed == [
        ("doi:10.1056/nejmoa1",),
        ("doi:10.1016/s0140-6736(12)61767-x",),
        ("pmid:12345678",),
        ("pmcid:PMC1234567",),
    ]
    assert [each.references for each in statements(document)] == [(0,), (1,), (2,), (0,), (3,)]


def test_a_document_does_not_cite_itself() -> None:
    """Its own DOI in its own text is no citation."""
    document = replace(plain("doi:10.1/abc. As printed.", ()), ids=Identifiers(doi="10.1/abc"))
    assert entries(document) == () and statements(document) == ()


def test_what_cannot_cite_is_not_looked_at() -> None:
    """An abstract without references or identifiers costs one look."""
    assert not may_cite(plain("Sirolimus helped 10 of 13 (77 %).", ())) and statements(plain("It helped.", ())) == ()


def test_markers_that_point_nowhere_give_nothing() -> None:
    """Numbers of a page that has no list are kept as markers by its reader; they name no work."""
    document = plain("It helped [1].", ())
    for references in ((), (0,), (7, 9)):
        assert statements(replace(document, markers=(Marker(Span(10, 13), references),))) == ()


def test_other_voices_and_lists_are_not_read() -> None:
    """A reference list names works, and a referee's letter speaks of the article: neither cites for it."""
    document = plain("Seen [1] and [2].")
    for role in (PartRole.REFERENCES, PartRole.METADATA, PartRole.CHROME):
        assert statements(replace(document, parts=(Part(document.parts[0].span, role),))) == ()


def test_a_hostile_sentence_takes_linear_time() -> None:
    """Ten thousand markers in a sentence, names that fit thousands of entries, sections without end."""
    marked, unmarked, without = _hostile(10_000)
    assert len(statements(marked)) == 10_000
    assert_linear(lambda many: partial(statements, _hostile(many)[0]), 100)
    assert_linear(lambda many: partial(statements, _hostile(many)[1]), 100)
    assert_linear(lambda many: partial(entries, _hostile(many)[2]), 100)
    statements(unmarked)
    entries(without)


def _hostile(many: int) -> tuple[Document, Document, Document]:
    """Return a sentence of so many citations: tied to its list by marks, by names alone, and without a list."""
    authors = tuple(Reference(f"B{at}", str(at), authors=("Kim", "Lee"), year="2010") for at in range(many))
    text = "Kim et al. 2010 [1] " * many
    document = plain(text, authors)
    markers = tuple(Marker(Span(20 * at + 16, 20 * at + 19), (at,)) for at in range(many))
    sections = tuple(Section(Span(0, len(text)), 0, level) for level in range(500))
    return replace(document, markers=markers, sections=sections), document, replace(document, references=())


@pytest.mark.parametrize(
    ("printed", "authors", "names"),
    [
        ("Blomberg AB, de Boer C. Title.", ("Blomberg", "de Boer"), {("blomberg", "a"), ("deboer", "c")}),
        ("A. B. Blomberg, C. de Boer, Title.", ("Blomberg", "de Boer"), {("blomberg", "a"), ("deboer", "c")}),
        ("12. Jane Blomberg and Chris de Boer", ("Blomberg", "de Boer"), {("blomberg", "j"), ("deboer", "c")}),
        ("Blomberg, Jane. Title", ("Blomberg",), {("blomberg", "j")}),
        ("Blomberg et al.", ("Blomberg",), set[tuple[str, str]]()),
    ],
)
def test_names_with_initials(printed: str, authors: tuple[str, ...], names: set[tuple[str, str]]) -> None:
    """Initials stand behind the names or before them; a name without one has no signature."""
    assert signed(Reference("B1", authors=authors, text=printed)) == names


def test_self_citation_needs_name_and_initial() -> None:
    """There are many Kims: the family name alone says nothing."""
    entry = Reference("B1", authors=("Kim", "Lee"), text="Kim J, Lee S. Title.")
    assert self_citation(own_names([Author("Kim", "Jane")]), entry)
    assert not self_citation(own_names([Author("Kim", "Peter")]), entry)
    assert not self_citation(own_names([Author("Kim"), Author(collective="The Kim Group")]), entry)


def test_the_first_name_of_an_entry_without_markup() -> None:
    """Read from its words; an entry that begins otherwise has none."""
    assert families(Reference("B1", text="12. Blomberg AB, Kim C. Title. 2010.")) == ("Blomberg",)
    assert families(Reference("B1", text="2010; 12.")) == ()
