"""PubMed XML: every field of a record, what the odd ones become, and what broken or hostile files cost."""

from __future__ import annotations

import gzip
import io
import re
import tracemalloc

import pytest
from bibliographic import CASES, blocks, case, deletions, documents, problems, readings, sections
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from curbside.readers import read
from curbside.records import (
    Author,
    BlockKind,
    Dated,
    Deletion,
    Document,
    DocumentKind,
    Heading,
    Identifiers,
    Journal,
    Notice,
    NoticeKind,
    PartRole,
    Raw,
)
from growth import assert_linear


def article(inside: str, after: str = "", pmid: str = '<PMID Version="1">1</PMID>') -> str:
    """A record in the shortest form that has what a test is about."""
    return (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation>"
        f"{pmid}<Article>{inside}</Article>{after}</MedlineCitation></PubmedArticle></PubmedArticleSet>"
    )


def only(xml: str) -> Document:
    """The one document of some XML."""
    [document] = documents(xml)
    return document


def abstract(inside: str) -> str:
    """The text of an abstract as it is read."""
    document = only(
        article(f"<ArticleTitle>T</ArticleTitle><Abstract><AbstractText>{inside}</AbstractText></Abstract>")
    )
    return document.text.removeprefix("T").lstrip("\n")


# The made-up efetch set, field by field


def test_a_set_gives_its_records_in_order() -> None:
    """Articles, book chapters and deletions come in the order of the file, each with line and version."""
    found = readings(case("efetch.xml"))
    assert [type(reading.record) for reading in found] == [Document, Document, Document, Deletion, Deletion]
    assert [reading.line for reading in found] == [4, 94, 112, 133, 133]
    assert [reading.version for reading in found] == [220231109, 10**8, 120240801, 10**8, 10**8]
    assert not any(reading.problems for reading in found)


def test_text_is_title_then_labelled_abstract_then_the_rest() -> None:
    """The title is the first block; labels are headings; other abstracts and the copyright line follow."""
    document = documents(case("efetch.xml"))[0]
    assert blocks(document) == [
        (BlockKind.TITLE, "Oral versus topical sirolimus in CD4+ T-cell rich lesions: IL-2 and TGF-β1."),
        (BlockKind.HEADING, "BACKGROUND AND AIMS"),
        (BlockKind.PARAGRAPH, "Counts above 10^9/L and 5 × 10^-3 were seen at 1.5 mg/m2; H2O was given."),
        (BlockKind.HEADING, "METHODS"),
        (BlockKind.PARAGRAPH, "Of 13\u00a0patients, 0.1%–1% gel was used in ten."),
        (BlockKind.HEADING, "RESULTS"),
        (BlockKind.PARAGRAPH, "Ten of 13 (76.9%) improved (P<0.001; κ=0.8)."),
        (BlockKind.HEADING, "FUNDING"),
        (BlockKind.PARAGRAPH, "None."),
        (BlockKind.HEADING, "OBJECTIF"),
        (BlockKind.PARAGRAPH, "Comparer le gel à 0,1 % au comprimé."),
        (BlockKind.PARAGRAPH, "A cream and a tablet were compared."),
        (BlockKind.OTHER, "© 2021 The Invented Press."),
    ]
    assert document.text == "\n\n".join(text for _, text in blocks(document))


def test_parts_say_who_speaks_and_in_which_language() -> None:
    """Title and abstract are one part, titled; each other abstract is its own; the copyright line is chrome."""
    document = documents(case("efetch.xml"))[0]
    assert [(part.role, part.language) for part in document.parts] == [
        (PartRole.ABSTRACT, ""),
        (PartRole.ABSTRACT, "fr"),
        (PartRole.SUMMARY, "en"),
        (PartRole.CHROME, ""),
    ]
    title = document.parts[0].title
    assert title is not None
    assert title.of(document.text) == document.title


def test_sections_keep_label_and_category() -> None:
    """NlmCategory decides; where it is missing or UNASSIGNED the label does."""
    document = documents(case("efetch.xml"))[0]
    assert [(heading, does) for heading, does, _ in sections(document)] == [
        ("BACKGROUND AND AIMS", "objective"),
        ("METHODS", "methods"),
        ("RESULTS", "results"),
        ("FUNDING", ""),
        ("OBJECTIF", ""),
    ]
    assert sections(document)[2][2] == "RESULTS\n\nTen of 13 (76.9%) improved (P<0.001; κ=0.8)."


def test_identifiers_are_canonical_and_those_of_references_are_not_taken() -> None:
    """DOI with odd characters in lower case, PMCID, pii; never the ids of a cited work or a DOI marked wrong."""
    assert documents(case("efetch.xml"))[0].ids == Identifiers(
        pmid="90000001",
        pmcid="PMC7000001",
        doi="10.1234/invent.2021.(05)<494:ots>2.0.co;2-x",
        others=(("pii", "S0190-0000(21)00042-1"),),
    )


def test_authors_have_affiliations_and_checked_orcids() -> None:
    """Shared affiliations are one string; a wrong check digit is no ORCID; ValidYN="N" is a mistake taken back."""
    document = documents(case("efetch.xml"))[0]
    assert document.authors == (
        Author("Example", "Ada B", "Jr", "", "0000-0002-1825-0097", (0, 1)),
        Author("Müller-Ångström", "Jo", "", "", "", (1,)),
        Author(collective="SIRO-SKIN Study Group"),
    )
    assert document.affiliations == ("Department of Skin & Hair, Sometown.", "Institute Two, Othertown.")


def test_journal_has_both_issns_and_full_pages() -> None:
    """The linking ISSN stands in for a print ISSN that the record does not give."""
    assert documents(case("efetch.xml"))[0].journal == Journal(
        "Journal of invented dermatology", "J Invent Dermatol", "0028-4793", "1533-4406", "42", "5", "494-501"
    )


def test_dates_say_what_happened_when() -> None:
    """Publication, online, received, accepted; when PubMed took it in is no date of the work."""
    assert documents(case("efetch.xml"))[0].dates == (
        Dated("published", "2021-03-04", "2021 Mar 4"),
        Dated("online", "2020-12-24", "2020 12 24"),
        Dated("received", "2020-06-01", "2020 6 1"),
        Dated("accepted", "2020-11-30", "2020 11 30"),
    )


def test_headings_keep_qualifiers_and_new_substances() -> None:
    """MeSH with major marks; a substance that no heading names is added."""
    document = documents(case("efetch.xml"))[0]
    assert document.headings == (
        Heading("Sirolimus", "D020123", True, (("administration & dosage", True), ("adverse effects", False))),
        Heading("Child", "D002648"),
        Heading("inventimus", "C000001"),
    )
    assert document.keywords == ("mTOR", "off-label")
    assert document.mentioned == ("NCT00000001",)


def test_a_retracted_paper_carries_the_notice() -> None:
    """RetractionIn is received, with ids of the notice from element and text; Cites is no notice."""
    document = documents(case("efetch.xml"))[0]
    assert document.retracted
    assert document.notices == (
        Notice(
            NoticeKind.RETRACTION,
            False,
            Identifiers(pmid="90000002", doi="10.1234/retr.1"),
            "J Invent Dermatol. 2023;44(1):9. doi: 10.1234/retr.1.",
        ),
        Notice(NoticeKind.COMMENT, False, Identifiers(), "Lancet Invent. 2021;1(1):1"),
    )


def test_a_retraction_notice_is_not_the_retracted_paper() -> None:
    """RetractionOf is issued; the notice itself stands."""
    document = documents(case("efetch.xml"))[1]
    assert not document.retracted
    assert document.types == ("Retraction of Publication",)
    [notice] = document.notices
    assert (notice.kind, notice.issued, notice.ids.pmid) == (NoticeKind.RETRACTION, True, "90000001")


def test_a_translated_title_keeps_the_original_beside_it() -> None:
    """The English title in brackets is the title; the vernacular one is kept with its language."""
    document = documents(case("efetch.xml"))[1]
    assert document.language == "de"
    assert document.other_titles == (("de", "Rücknahme einer Arbeit über Gele."),)
    assert document.dates == (Dated("published", "1998-12", "1998 Dec-1999 Jan"),)
    assert document.text == "[Retraction of a paper on gels]."


def test_a_book_chapter_has_title_abstract_ids_and_authors() -> None:
    """The book stands where the journal does; its editors are no authors of the chapter."""
    document = documents(case("efetch.xml"))[2]
    assert document.kind is DocumentKind.ARTICLE
    assert document.title == "A chapter on a complex"
    assert document.authors == (Author("Writer", "Wil"),)
    assert document.journal.title == "InventedReviews"
    assert document.source == "Invented University"
    assert document.types == ("Review",)
    assert document.ids.pmid == "90000003"
    assert ("bookaccession", "NBK00001") in document.ids.others
    assert document.year == 2001
    assert [heading for heading, _, _ in sections(document)] == ["CLINICAL CHARACTERISTICS"]


def test_deletions_are_keys() -> None:
    """DeleteCitation gives one deletion for each PMID."""
    assert deletions(case("efetch.xml")) == ["pmid:90000098", "pmid:90000097"]


# Forms of the file


def test_the_older_set_form_is_read() -> None:
    """MedlineCitationSet holds citations without the article around them; the PMCID is among the other ids."""
    xml = (
        '<MedlineCitationSet>\n<MedlineCitation Owner="NLM" Status="MEDLINE">\n<PMID Version="1">5</PMID>'
        "<Article><ArticleTitle>Old form</ArticleTitle><AuthorList><Author><LastName>Koe</LastName>"
        "<Initials>K</Initials><Affiliation>Old place.</Affiliation></Author></AuthorList></Article>"
        '<OtherID Source="NLM">PMC0000012 [Available on 01/01/99]</OtherID><OtherID Source="NLM">NIHMS1</OtherID>'
        "</MedlineCitation>\n<DeleteCitation>\n<PMID Version='1'>6</PMID>\n</DeleteCitation>\n</MedlineCitationSet>"
    )
    [document] = documents(xml)
    assert document.ids == Identifiers(pmid="5", pmcid="PMC12", others=(("mid", "NIHMS1"),))
    assert document.authors == (Author("Koe", "K", affiliations=(0,)),)
    assert document.affiliations == ("Old place.",)
    assert deletions(xml) == ["pmid:6"]


@pytest.mark.parametrize("wrap", ["{0}", "{0}\n{0}"])
def test_packed_and_joined_files_are_read(wrap: str) -> None:
    """gzip, and several answers one after the other, each with its own XML declaration."""
    data = (CASES / "efetch.xml").read_text("utf-8")
    joined = wrap.format(data)
    count = wrap.count("{0}")
    assert len(documents(gzip.compress(joined.encode()))) == 3 * count
    assert not problems(joined)
    if count == 2:
        assert [reading.line for reading in readings(joined)][5] == 4 + data.count("\n") + 1


def test_a_lone_record_needs_no_set() -> None:
    """A PubmedArticle by itself, as programs cut them out, is read."""
    xml = "<PubmedArticle><MedlineCitation><PMID>7</PMID><Article><ArticleTitle>T</ArticleTitle></Article></MedlineCitation></PubmedArticle>"
    [reading] = readings(xml)
    assert isinstance(reading.record, Document)
    assert not reading.problems


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16", "windows-1252"])
def test_declared_encodings_are_obeyed(encoding: str) -> None:
    """The XML declaration, or the mark of UTF-16, says how to read the bytes."""
    xml = f'<?xml version="1.0" encoding="{encoding}"?>' + article("<ArticleTitle>Gävle: 5 µg</ArticleTitle>")
    [document] = documents(xml.encode(encoding))
    assert document.title == "Gävle: 5 µg"


def test_a_record_in_another_encoding_is_read_with_a_remark() -> None:
    """Bytes that are not the UTF-8 they are said to be are guessed, for that record alone."""
    good = article("<ArticleTitle>One é</ArticleTitle>").encode()
    bad = article("<ArticleTitle>Two é</ArticleTitle>").encode("cp1252")
    found = readings(good + b"\n" + bad)
    assert [r.record.title for r in found if isinstance(r.record, Document)] == ["One é", "Two é"]
    [remark] = found[1].problems
    assert (remark.line, remark.lost) == (2, False)


def test_later_versions_outrank_earlier_ones() -> None:
    """Version counts before the date of revision, and the date within a version."""

    def version(number: int, year: int) -> int:
        revised = f"<DateRevised><Year>{year}</Year><Month>1</Month><Day>2</Day></DateRevised>"
        pmid = f'<PMID Version="{number}">1</PMID>'
        return readings(article("<ArticleTitle>T</ArticleTitle>", revised, pmid))[0].version

    assert version(1, 2001) < version(1, 2020) < version(2, 2001) == 220010102
    assert readings(article("<ArticleTitle>T</ArticleTitle>"))[0].version == 10**8


# Inline markup and formulas


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("a <i>b</i> <b>c</b> d", "a b c d"),
        ("<i>a</i> <b>b</b>", "a b"),
        ("10<sup>9</sup>/L", "10^9/L"),
        ("10<sup>-6</sup> M", "10^-6 M"),
        ("10<sup>−6</sup> M", "10^−6 M"),
        ("mg/m<sup>2</sup>", "mg/m2"),
        ("CD4<sup>+</sup>CD25<sup>high</sup>", "CD4+CD25high"),
        ("Ca<sup>2+</sup> and <sup>99m</sup>Tc", "Ca2+ and 99mTc"),
        ("H<sub>2</sub>O, CO<sub>2</sub>", "H2O, CO2"),
        ("x1<sub>2</sub>", "x1_2"),
        ("4<sup>th</sup> and 1<sup>st</sup>", "4th and 1st"),
        ("10<sup>3</sup>5", "10^3 5"),
        ("10<sup><i>9</i></sup>", "10^9"),
        ("β\n\t\t<sub>2</sub>-agonist\n\t\t", "β2-agonist"),
        ("one\n   two\tthree", "one two three"),
        ("5\u00a0mg \u2009 κ", "5\u00a0mg \u2009 κ"),
        ("P&lt;0.001 and IL-2 at 0.1%–1% &amp; more", "P<0.001 and IL-2 at 0.1%–1% & more"),
        ("<u>a</u><unknown>b<deep>c</deep></unknown>d", "abcd"),
        ("<![CDATA[1 < 2 <b>]]>", "1 < 2 <b>"),
        ("a<!-- not this -->b<?nor this?>c", "abc"),
        ("&alpha;-&beta; &nbsp;&plusmn;2", "α-β \u00a0±2"),
    ],
)
def test_inline_markup_becomes_plain_words(inside: str, text: str) -> None:
    """No word is lost at an inline tag, and no two numbers are glued into one."""
    assert abstract(inside) == text


MML = 'xmlns:mml="http://www.w3.org/1998/Math/MathML"'


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<mml:mfrac><mml:mi>a</mml:mi><mml:mi>b</mml:mi></mml:mfrac>", "a/b"),
        (
            "<mml:mfrac><mml:mrow><mml:mi>a</mml:mi><mml:mo>+</mml:mo><mml:mn>1</mml:mn></mml:mrow><mml:mn>2</mml:mn></mml:mfrac>",
            "(a+1)/2",
        ),
        ("<mml:msup><mml:mn>10</mml:mn><mml:mn>9</mml:mn></mml:msup>", "10^9"),
        ("<mml:msub><mml:mi>I</mml:mi><mml:mn>2</mml:mn></mml:msub>", "I2"),
        ("<mml:msubsup><mml:mi>x</mml:mi><mml:mi>i</mml:mi><mml:mn>2</mml:mn></mml:msubsup>", "xi^2"),
        ("<mml:msqrt><mml:mi>n</mml:mi></mml:msqrt>", "sqrt(n)"),
        ("<mml:mroot><mml:mi>n</mml:mi><mml:mn>3</mml:mn></mml:mroot>", "root(n, 3)"),
        ("<mml:semantics><mml:mi>y</mml:mi><mml:annotation>y_{tex}</mml:annotation></mml:semantics>", "y"),
    ],
)
def test_formulas_become_signs_in_a_line(inside: str, text: str) -> None:
    """MathML keeps its letters and numbers; fractions, powers and roots stay what they are."""
    assert abstract(f"so <mml:math {MML}>{inside}</mml:math> holds") == f"so {text} holds"


def test_markup_in_titles_is_kept_too() -> None:
    """Titles go through the same door as abstracts."""
    assert (
        only(article("<ArticleTitle>The 10<sup>9</sup> <i>in vitro</i> P&lt;0.05</ArticleTitle>")).title
        == "The 10^9 in vitro P<0.05"
    )


def test_deep_nesting_is_read_flat() -> None:
    """Markup nested beyond reason costs its form, not its words."""
    deep = "<i>" * 200 + "word" + "</i>" * 200
    assert abstract(deep) == "word"


# Abstracts and titles


def test_a_record_without_an_abstract_is_a_title() -> None:
    """Nothing is made up for what is not there."""
    document = only(article("<ArticleTitle>Only this</ArticleTitle>"))
    assert document.text == "Only this"
    assert [part.role for part in document.parts] == [PartRole.ABSTRACT]


def test_labels_inside_running_text_are_found() -> None:
    """Old records keep their labels in the text; the text stays as it is."""
    text = "OBJECTIVE: To see. METHODS: Ten took it. RESULTS: Nine improved. CONCLUSION: It may help."
    document = only(article(f"<ArticleTitle>T</ArticleTitle><Abstract><AbstractText>{text}</AbstractText></Abstract>"))
    assert document.text == "T\n\n" + text
    assert [does for _, does, _ in sections(document)] == ["objective", "methods", "results", "conclusions"]


def test_several_paragraphs_without_labels_stay_paragraphs() -> None:
    """Unlabelled AbstractText elements are blocks without a section; an empty one is nothing."""
    inside = "<AbstractText>One.</AbstractText><AbstractText/><AbstractText Label='UNLABELLED'>Two.</AbstractText>"
    document = only(article(f"<Abstract>{inside}</Abstract>"))
    assert blocks(document) == [(BlockKind.PARAGRAPH, "One."), (BlockKind.PARAGRAPH, "Two.")]
    assert not document.sections


def test_the_vernacular_title_is_the_title_where_there_is_no_other() -> None:
    """A record with only an original title is not left untitled."""
    document = only(article("<VernacularTitle>Ein Titel</VernacularTitle><Language>ger</Language>"))
    assert (document.title, document.other_titles) == ("Ein Titel", ())


# Notices


@pytest.mark.parametrize(
    ("reference", "kind", "issued"),
    [
        ("RetractionIn", NoticeKind.RETRACTION, False),
        ("RetractionOf", NoticeKind.RETRACTION, True),
        ("ExpressionOfConcernIn", NoticeKind.CONCERN, False),
        ("ExpressionOfConcernFor", NoticeKind.CONCERN, True),
        ("ErratumIn", NoticeKind.CORRECTION, False),
        ("ErratumFor", NoticeKind.CORRECTION, True),
        ("CorrectedandRepublishedIn", NoticeKind.CORRECTION, False),
        ("UpdateIn", NoticeKind.UPDATE, False),
        ("UpdateOf", NoticeKind.UPDATE, True),
        ("CommentIn", NoticeKind.COMMENT, False),
        ("CommentOn", NoticeKind.COMMENT, True),
        ("RepublishedFrom", NoticeKind.UPDATE, True),
    ],
)
def test_links_become_notices(reference: str, kind: NoticeKind, issued: bool) -> None:
    """Each link between records is a notice received or issued, with the id of the other side."""
    link = f'<CommentsCorrectionsList><CommentsCorrections RefType="{reference}"><RefSource>J. 2020</RefSource><PMID>9</PMID></CommentsCorrections></CommentsCorrectionsList>'
    document = only(article("<ArticleTitle>T</ArticleTitle>", link))
    assert document.notices == (Notice(kind, issued, Identifiers(pmid="9"), "J. 2020"),)
    assert document.retracted == (reference == "RetractionIn")


def test_a_partial_retraction_is_a_correction() -> None:
    """The rest of the paper stands, and the line says that it is partial."""
    link = '<CommentsCorrectionsList><CommentsCorrections RefType="PartialRetractionIn"><RefSource>J. 2020</RefSource></CommentsCorrections></CommentsCorrectionsList>'
    document = only(article("<ArticleTitle>T</ArticleTitle>", link))
    assert document.notices == (Notice(NoticeKind.CORRECTION, False, Identifiers(), "J. 2020 (partial retraction)"),)
    assert not document.retracted


@pytest.mark.parametrize(
    ("kind_name", "kind"),
    [
        ("Retraction of Publication", NoticeKind.RETRACTION),
        ("Published Erratum", NoticeKind.CORRECTION),
        ("Expression of Concern", NoticeKind.CONCERN),
    ],
)
def test_a_type_alone_says_that_a_record_is_a_notice(kind_name: str, kind: NoticeKind) -> None:
    """Without a link to say of what, the record is still known as the notice it is."""
    types = f"<PublicationTypeList><PublicationType>{kind_name}</PublicationType></PublicationTypeList>"
    [notice] = only(article(f"<ArticleTitle>A note</ArticleTitle>{types}")).notices
    assert (notice.kind, notice.issued) == (kind, True)


def test_a_title_marked_retracted_counts() -> None:
    """Publishers mark the title before anyone links the notice."""
    assert only(article("<ArticleTitle>RETRACTED: A trial of gels</ArticleTitle>")).retracted
    assert not only(article("<ArticleTitle>Retracted eyelids after surgery</ArticleTitle>")).retracted
    assert not only(article("<ArticleTitle>Retraction: a trial of gels</ArticleTitle>")).retracted


# Dates


@pytest.mark.parametrize(
    ("inside", "iso", "printed"),
    [
        ("<Year>2000</Year><Season>Spring</Season>", "2000", "2000 Spring"),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", "1998-12", "1998 Dec-1999 Jan"),
        ("<MedlineDate>2008 Jul-Aug</MedlineDate>", "2008-07", "2008 Jul-Aug"),
        ("<MedlineDate>1975-1976</MedlineDate>", "1975", "1975-1976"),
        ("<MedlineDate>2000 Jan 15-21</MedlineDate>", "2000-01-15", "2000 Jan 15-21"),
        ("<MedlineDate>Winter 1998-1999</MedlineDate>", "1998", "Winter 1998-1999"),
        ("<MedlineDate>2015 1st Quarter</MedlineDate>", "2015", "2015 1st Quarter"),
        ("<Year>2018</Year><Month>05</Month><Day>17</Day>", "2018-05-17", "2018 05 17"),
        ("<Year>2018</Year><Month>Feb</Month><Day>30</Day>", "2018-02", "2018 Feb 30"),
        ("<Year>2018</Year><Month>13</Month>", "2018", "2018 13"),
        ("<Year>2018</Year>", "2018", "2018"),
    ],
)
def test_odd_dates_say_as_much_as_is_known(inside: str, iso: str, printed: str) -> None:
    """Seasons, ranges, impossible days: the ISO date goes as far as the source does, and the print is kept."""
    journal = f"<Journal><JournalIssue><PubDate>{inside}</PubDate></JournalIssue></Journal>"
    assert only(article(f"{journal}<ArticleTitle>T</ArticleTitle>")).dates == (Dated("published", iso, printed),)


@pytest.mark.parametrize("inside", ["<MedlineDate>no date</MedlineDate>", "<Year>MMXX</Year>", ""])
def test_no_date_is_no_date(inside: str) -> None:
    """What names no year is no date."""
    journal = f"<Journal><JournalIssue><PubDate>{inside}</PubDate></JournalIssue></Journal>"
    assert only(article(f"{journal}<ArticleTitle>T</ArticleTitle>")).dates == ()


# What is broken


def test_a_broken_record_costs_only_itself() -> None:
    """The record between two sound ones is reported with its line; both of them are read."""
    good = "<PubmedArticle><MedlineCitation><PMID>{}</PMID></MedlineCitation></PubmedArticle>\n"
    bad = "<PubmedArticle><MedlineCitation>\n<PMID>2</PMID></Article></MedlineCitation></PubmedArticle>\n"
    found = readings("<PubmedArticleSet>\n" + good.format(1) + bad + good.format(3) + "</PubmedArticleSet>")
    assert [r.record.ids.pmid if isinstance(r.record, Document) else None for r in found] == ["1", None, "3"]
    [problem] = found[1].problems
    assert problem.line == 4
    assert problem.lost
    assert problem.remedy


def test_a_record_without_its_end_does_not_swallow_the_next() -> None:
    """Where the next record opens before this one has closed, this one is lost and the next is read."""
    xml = "<PubmedArticleSet>\n<PubmedArticle><MedlineCitation><PMID>1</PMID>\n" + article(
        "<ArticleTitle>Next</ArticleTitle>"
    ).removeprefix("<PubmedArticleSet>")
    found = readings(xml)
    assert [r.record.title for r in found if isinstance(r.record, Document)] == ["Next"]
    assert found[0].problems[0].line == 2
    assert found[1].line == 3


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
@pytest.mark.parametrize("packed", [True, False])
def test_a_file_cut_short_gives_the_records_before_the_break(share: float, packed: bool) -> None:
    """All whole records are read; a problem says from which line on something is missing."""
    lines = "".join(
        f"<PubmedArticle><MedlineCitation><PMID>{n}</PMID></MedlineCitation></PubmedArticle>\n" for n in range(1, 5001)
    )
    whole = f"<PubmedArticleSet>\n{lines}</PubmedArticleSet>".encode()
    data = gzip.compress(whole) if packed else whole
    found = readings(data[: int(len(data) * share)])
    got = [r.record.ids.pmid for r in found if isinstance(r.record, Document)]
    assert got == [str(n) for n in range(1, len(got) + 1)]
    assert got
    last = found[-1].problems[0]
    assert last.lost
    assert abs(last.line - (len(got) + 2)) <= 1


def test_a_set_without_its_end_is_suspect_even_after_a_whole_record() -> None:
    """A break between two records would otherwise go unseen."""
    [problem] = problems(article("<ArticleTitle>T</ArticleTitle>").removesuffix("</PubmedArticleSet>"))
    assert "</PubmedArticleSet>" in problem.what


@pytest.mark.parametrize(
    "data", ["<PubmedArticleSet></PubmedArticleSet>", "<PubmedArticleSet/>", "<PubmedArticleSet>\n"]
)
def test_a_set_without_records_says_so(data: str) -> None:
    """An empty answer is a problem and not silence."""
    assert len(problems(data)) == 1


def test_a_record_of_nothing_is_reported() -> None:
    """Neither id nor words: there is nothing to keep."""
    [problem] = problems(article("", pmid=""))
    assert "left out" in problem.what


@pytest.mark.parametrize(
    "bad", ["<PMID>abc</PMID>", "<PMID></PMID>", "<PMID>0</PMID>", "<PMID>१२३</PMID>", "<PMID Version='x'>12</PMID>"]
)
def test_odd_pmids_raise_nothing(bad: str) -> None:
    """What is no PMID is none."""
    [document] = documents(article("<ArticleTitle>T</ArticleTitle>", pmid=bad))
    assert document.ids.pmid in (None, "12")


# What is hostile

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<?xml version="1.0"?><!DOCTYPE PubmedArticleSet [<!ENTITY l0 "ha">{LAUGHS}]>' + article(
    "<ArticleTitle>&l9;</ArticleTitle>"
)
OUTSIDE = '<!DOCTYPE PubmedArticleSet [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + article(
    "<ArticleTitle>A &x; B</ArticleTitle>"
)
PARAMETER = '<!DOCTYPE PubmedArticleSet [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]>' + article(
    "<ArticleTitle>&y;</ArticleTitle>"
)


@pytest.mark.parametrize("xml", [BOMB, OUTSIDE, PARAMETER])
def test_entities_of_a_file_are_never_expanded(xml: str) -> None:
    """Billion laughs and external entities are a problem of that record: small, and nothing is fetched."""
    tracemalloc.start()
    found = readings(xml)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [reading.record for reading in found] == [None]
    assert "entit" in str(found[0].problems[0]).lower()
    assert "root:" not in str(found)
    assert peak < 20 << 20


def test_entities_inside_a_record_are_not_expanded_either() -> None:
    """A document type cannot stand inside a record."""
    [reading] = readings(
        "<PubmedArticleSet><PubmedArticle><!DOCTYPE a [<!ENTITY e 'x'>]>&e;</PubmedArticle></PubmedArticleSet>"
    )
    assert reading.record is None


def test_control_characters_and_nul_cost_the_record() -> None:
    """XML has no NUL; the record that holds one is reported."""
    found = readings(b"<PubmedArticleSet>" + article("<ArticleTitle>a\0b</ArticleTitle>").encode()[18:], "pubmed")
    assert found[0].record is None
    assert found[0].problems


def test_one_line_of_ten_megabytes_takes_linear_time() -> None:
    """A file without line breaks is no harder; four times the records take about four times as long."""

    body = "<PubmedArticle><MedlineCitation><PMID>1</PMID></MedlineCitation></PubmedArticle>"
    assert len(readings(f"<PubmedArticleSet>{body * 12_000}</PubmedArticleSet>")) == 12_000
    assert_linear(lambda many: lambda: readings(f"<PubmedArticleSet>{body * many}</PubmedArticleSet>"), 300)


@pytest.mark.parametrize("unit", ["<PubmedArticle ", "<PubmedArticle>", "</PubmedArticle>", "<!--", "&amp;", "x"])
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    """Openings without ends, ends without openings and the like: n against 4n."""

    assert_linear(lambda many: lambda: readings(b"<PubmedArticleSet>" + unit.encode() * many, "pubmed"), 5_000)


def test_an_endless_record_is_given_up() -> None:
    """A record that never closes is left out at a bound, and memory stays near it."""
    [first, *_] = problems(b"<PubmedArticleSet><PubmedArticle>" + b"x" * (40 << 20), "pubmed")
    assert "16 MB" in first.what


def test_a_text_of_more_than_the_parser_takes_is_a_problem() -> None:
    """libxml2's own bounds stay on (`huge_tree` is never set)."""
    [problem] = problems(article(f"<ArticleTitle>{'x' * (11 << 20)}</ArticleTitle>"))
    assert problem.lost


# Any title and abstract

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=80
)


@given(WORDS, st.lists(st.tuples(st.sampled_from(["", "RESULTS", "Aims"]), WORDS), max_size=4))
@settings(max_examples=150, deadline=None)
def test_every_word_survives(title: str, stretches: list[tuple[str, str]]) -> None:
    """Whatever words title and abstract are made of, they stand in the document, and every span holds."""
    root = etree.fromstring(article("<ArticleTitle/><Abstract/>"))
    root.find(".//ArticleTitle").text = title
    for label, text in stretches:
        element = etree.SubElement(root.find(".//Abstract"), "AbstractText")
        element.text = text
        if label:
            element.set("Label", label)
    [document] = documents(etree.tostring(root, encoding="utf-8"), "pubmed")
    have = solid(document.text)
    assert all(solid(text) in have for text in (title, *(text for _, text in stretches)))


# The real files, where they are there


def independent(data: bytes) -> dict[str, list[str]]:
    """Title and paragraphs by PMID without white space, by another way through the XML than the reader's."""
    found: dict[str, list[str]] = {}
    for citation in etree.parse(io.BytesIO(data)).iter("MedlineCitation"):
        texts = ["".join(element.itertext()) for element in citation.iter("ArticleTitle", "AbstractText")]
        found[citation.findtext("PMID")] = [solid(text) for text in texts]
    return found


def solid(text: str) -> str:
    """A text without white space and without the carets that raised digits get."""
    return re.sub(r"[\s^]", "", text)


@pytest.mark.parametrize(
    ("name", "count", "deleted"),
    [("medline16n0902.xml.gz", 604, 1), ("test_current_medline.xml.gz", 4, 0), ("pubmed-29768149.xml", 1, 0)],
)
def test_real_files_are_read_whole(shared, name: str, count: int, deleted: int) -> None:
    """Every record of the shared files is read without a problem, and no sign of title or abstract is missing."""
    data = (shared / "data" / "formats" / "pubmed" / name).read_bytes()
    found = documents(data)
    assert len(found) == count
    assert len(readings(data)) == count + deleted
    assert not problems(data)
    expected = independent(gzip.decompress(data) if name.endswith(".gz") else data)
    for document in found:
        have = solid(document.text)
        assert document.ids.pmid in expected
        assert [text for text in expected[document.ids.pmid] if text not in have] == []


def test_lines_of_real_records_are_those_of_the_file(shared) -> None:
    """`Reading.line` is the line on which the record's element opens."""
    data = (shared / "data" / "formats" / "pubmed" / "medline16n0902.xml.gz").read_bytes()
    lines = gzip.decompress(data).split(b"\n")
    for reading in readings(data):
        assert lines[reading.line - 1].startswith((b"<MedlineCitation", b"<DeleteCitation"))


def test_memory_does_not_grow_with_the_file(shared) -> None:
    """Ten times the file takes no more memory than the file, since each record is let go."""
    one = gzip.decompress((shared / "data" / "formats" / "pubmed" / "medline16n0902.xml.gz").read_bytes())

    def peak(times: int) -> int:
        raw = Raw("x", gzip.compress(one * times, 1))
        tracemalloc.start()
        assert sum(1 for _ in read(raw)) == 605 * times
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    assert peak(4) < peak(1) * 1.5 + (4 << 20)
