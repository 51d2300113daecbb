"""The JATS reader on an article written for it: front matter, body, citations, and the text as a whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from curbside.readers import jats
from curbside.records import (
    BlockKind,
    Category,
    Document,
    NoticeKind,
    PartRole,
    Raw,
    Reading,
    encoded,
    misplaced,
)

CASES = Path(__file__).resolve().parents[1] / "cases" / "readers" / "jats"


def readings(xml: str | bytes, origin: str = "made-up.nxml") -> list[Reading]:
    """Read XML written in a test."""
    return list(jats.read(Raw(origin, xml.encode() if isinstance(xml, str) else xml)))


def only(xml: str | bytes) -> Document:
    """Return the one document of XML that has no fault."""
    (reading,) = readings(xml)
    assert isinstance(reading.record, Document), reading.problems
    assert list(misplaced(reading.record)) == []
    return reading.record


def article(body: str = "", meta: str = "", back: str = "", attributes: str = "") -> Document:
    """Return the document of a small article."""
    space = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML"'
    front = (
        f"<front><article-meta><title-group><article-title>T</article-title></title-group>{meta}</article-meta></front>"
    )
    return only(f"<article {space} {attributes}>{front}<body>{body}</body><back>{back}</back></article>")


@pytest.fixture(scope="module")
def whole() -> Document:
    """The article that has something of everything."""
    return only((CASES / "whole.nxml").read_bytes())


def test_the_whole_text_is_as_accepted(whole: Document) -> None:
    """The golden holds every word and its order; CURBSIDE_ACCEPT=1 rewrites it."""
    golden = CASES / "whole.txt"
    if os.environ.get("CURBSIDE_ACCEPT"):
        golden.write_text(whole.text + "\n", encoding="utf-8")
    assert whole.text + "\n" == golden.read_text(encoding="utf-8")


def test_the_parts_come_in_order(whole: Document) -> None:
    """Title and abstract, other abstracts, body, references, metadata."""
    roles = [(part.role, part.language) for part in whole.parts]
    assert roles == [
        (PartRole.ABSTRACT, ""),
        (PartRole.SUMMARY, ""),
        (PartRole.ABSTRACT, "de"),
        (PartRole.BODY, ""),
        (PartRole.REFERENCES, ""),
        (PartRole.METADATA, ""),
    ]
    assert whole.blocks[0].kind is BlockKind.TITLE
    assert whole.parts[0].title == whole.blocks[0].span


def test_front_matter(whole: Document) -> None:
    """Titles, identifiers, journal, dates, types, keywords, licence."""
    assert whole.title == "Zedocream for red spots\u00a0in children: effect of 2H2O: a made-up trial"
    assert whole.other_titles == (("de", "Zedocreme gegen rote Flecken"),)
    assert (whole.ids.pmid, whole.ids.pmcid, whole.ids.doi) == ("99000001", "PMC9900001", "10.9999/madeup.2020(1)")
    assert whole.ids.others == (("publisher-id", "mum-1"),)
    assert (whole.journal.title, whole.journal.abbreviation) == ("Journal of Made-Up Medicine", "J Made Up Med")
    assert (whole.journal.issn, whole.journal.eissn) == ("2049-3630", "0317-8471")
    assert (whole.journal.volume, whole.journal.issue, whole.journal.pages) == ("7", "2", "101-109")
    assert whole.types == ("research-article", "Randomized Trial")
    assert [heading.name for heading in whole.headings] == ["Dermatology"]
    assert whole.keywords == ("red spots", "zedocream")
    assert whole.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert (whole.source, whole.language) == ("Invented Press", "en")
    assert whole.mentioned == ("NCT01234567",)


def test_dates(whole: Document) -> None:
    """The issue's date, the online date, received and accepted; an impossible day is left out, archives' dates too."""
    shown = {dated.event: (dated.iso, dated.printed) for dated in whole.dates}
    assert shown == {
        "published": ("2020", "2020 Spring"),
        "online": ("2020-02-03", "2020 2 3"),
        "received": ("2019-11", "2019 11 31"),
        "accepted": ("2020-01", "2020 Jan"),
    }
    assert whole.year == 2020


def test_contributors(whole: Document) -> None:
    """Superscripts tie authors to affiliations; ORCIDs are checked; groups are named; editors are no authors."""
    first, second, group = whole.authors
    assert (first.family, first.given, first.suffix) == ("Ärmel", "Anna B", "Jr")
    assert first.orcid == "0000-0002-1825-0097" and second.orcid == ""
    assert first.affiliations == (0, 1) and second.affiliations == (1,)
    assert (group.collective, group.family) == ("Red Spot Study Group", "")
    assert whole.affiliations == ("Clinic of Skin, Smalltown, Utopia", "Institute of Spots, Bigtown, Utopia.")


def test_a_wrong_issn_is_reported() -> None:
    """The check digit is wrong, so the number is left out, with a remark that nothing else is lost."""
    (reading,) = readings((CASES / "whole.nxml").read_bytes())
    assert [(problem.lost, "1234-5678" in problem.what) for problem in reading.problems] == [(False, True)]


def test_notices(whole: Document) -> None:
    """A correction received counts; a companion is none."""
    (notice,) = whole.notices
    assert (notice.kind, notice.issued, notice.ids.doi) == (NoticeKind.CORRECTION, False, "10.9999/madeup.fix")


@pytest.mark.parametrize(
    ("related", "kind", "issued"),
    [
        ("retracted-article", NoticeKind.RETRACTION, True),
        ("retraction-forward", NoticeKind.RETRACTION, False),
        ("corrected-article", NoticeKind.CORRECTION, True),
        ("object-of-concern", NoticeKind.CONCERN, True),
        ("expression-of-concern", NoticeKind.CONCERN, False),
        ("commentary-article", NoticeKind.COMMENT, True),
    ],
)
def test_each_relation_has_its_direction(related: str, kind: NoticeKind, issued: bool) -> None:
    """The article is the notice, or has received it."""
    link = f'<related-article related-article-type="{related}" ext-link-type="pubmed" xlink:href="123"/>'
    (notice,) = article(meta=link).notices
    assert (notice.kind, notice.issued, notice.ids.pmid) == (kind, issued, "123")


def test_a_retraction_notice_is_not_retracted() -> None:
    """The notice's own type makes it a notice; the work it is about is another."""
    notice = article(attributes='article-type="retraction"')
    assert [(n.kind, n.issued) for n in notice.notices] == [(NoticeKind.RETRACTION, True)]
    assert not notice.retracted


def test_a_title_that_says_retracted_is_believed() -> None:
    """Publishers put it before the title of the work itself."""
    document = only(
        "<article><front><article-meta><title-group><article-title>RETRACTED: Zedocream</article-title></title-group>"
        "</article-meta></front></article>"
    )
    assert document.retracted


def test_sections_nest_and_know_what_they_do(whole: Document) -> None:
    """Type and heading give the category; a subsection has its parent's; what stands beside the study has none."""
    shown = [
        (section.level, section.heading.of(whole.text) if section.heading else "", section.category)
        for section in whole.sections
        if whole.parts[section.part].role is PartRole.BODY
    ]
    assert shown == [
        (1, "Introduction", Category.BACKGROUND),
        (1, "2. Patients and methods [6]", Category.METHODS),
        (2, "Dose", Category.METHODS),
        (3, "Key point", Category.METHODS),
        (1, "Results", Category.RESULTS),
        (1, "Discussion", Category.CONCLUSIONS),
        (1, "Acknowledgements", Category.NONE),
        (1, "Competing interests", Category.NONE),
        (1, "Abbreviations", Category.NONE),
    ]


def test_the_abstract_is_sectioned(whole: Document) -> None:
    """A structured abstract keeps its labels as headings of the outermost level."""
    shown = [(s.heading.of(whole.text), s.category) for s in whole.sections if s.part == 0 and s.heading]
    assert shown == [
        ("Background", Category.BACKGROUND),
        ("Methods", Category.METHODS),
        ("Results", Category.RESULTS),
        ("Conclusions", Category.CONCLUSIONS),
        ("Trial registration", Category.NONE),
    ]


def test_what_must_survive_survives(whole: Document) -> None:
    """Signs, ranges, Greek, no-break spaces, powers, ions."""
    for words in ("P<0.001", "0.1%–1%", "IL-2", "α-interferon", "spots\u00a0in", "10^9 cells", "Ca2+", "kg/m2"):
        assert words in whole.text


def test_markers_cover_what_is_printed(whole: Document) -> None:
    """Brackets belong to a marker, neighbours make one, ranges are whole, an entry of two works counts as two."""
    shown = [(m.span.of(whole.text), m.references, m.superscript) for m in whole.markers]
    assert shown == [
        ("1,2", (0, 1), True),
        ("[3–6]", (2, 3, 4, 5, 6), False),
        ("(Smith, 2010; Jones, 2012)", (1, 3), False),
        ("5", (4, 5), True),
        ("[1-3]", (0, 1, 2), False),
        ("[6]", (6,), False),
    ]


def test_a_raised_reference_never_makes_another_number(whole: Document) -> None:
    """A thin space stands between IL-2 and the raised 5; after words nothing is needed."""
    assert "IL-2\u20095 and" in whole.text
    assert "previously.1,2 They" in whole.text


def test_references_have_their_ids(whole: Document) -> None:
    """From pub-id, from a link, from the text; bare fields are put into the order of a citation."""
    one, two, three, four, five, six, seven = whole.references
    assert (one.key, one.label, one.ids.pmid) == ("B1", "1.", "99000011")
    assert (one.title, one.year, one.source, one.authors) == ("Spots I", "2001", "J Spot", ("Rot", "Blau"))
    assert one.text == "Rot R, Blau B. Spots I. J Spot. 2001;1(2):3-9."
    assert (two.ids.doi, three.ids.doi, four.ids.pmcid) == ("10.9999/spot.2", "10.9999/spot.3", "PMC9900004")
    assert (five.text, six.text, seven.text) == ("First part.", "Second part.", "Unpublished.")
    assert all(r.span is not None and r.span.of(whole.text) == r.text for r in whole.references)


def test_lists_interrupt_a_paragraph_and_floats_follow_it(whole: Document) -> None:
    """List items are blocks at their place; a figure is read after the sentence that it stood in."""
    shown = [(b.kind, b.span.of(whole.text)) for b in whole.blocks]
    at = shown.index((BlockKind.PARAGRAPH, "We used"))
    assert shown[at + 1 : at + 5] == [
        (BlockKind.ITEM, "(a) 0.1% twice daily;"),
        (BlockKind.ITEM, "1% once daily"),
        (BlockKind.ITEM, "in winter only;"),
        (BlockKind.PARAGRAPH, "for 12 weeks."),
    ]
    assert shown[at + 5 : at + 8] == [
        (BlockKind.PARAGRAPH, "The index was (a+b)/(c^2) where c is the area."),
        (BlockKind.CAPTION, "Figure 1 Flow of children."),
        (BlockKind.CAPTION, "Forty were enrolled."),
    ]


def test_reading_twice_gives_the_same_bytes() -> None:
    """Nothing depends on order of hashing, time or chance."""
    data = (CASES / "whole.nxml").read_bytes()
    assert encoded(only(data)) == encoded(only(data))


def test_citations_that_are_mere_print_are_tied_too() -> None:
    """Where no citation is marked up at all, numbers in brackets and raised numbers find their entries."""
    refs = "".join(f'<ref id="r{n}"><label>{n}</label><mixed-citation>W{n}</mixed-citation></ref>' for n in (1, 2, 3))
    document = article("<p>So it is [1-3] and so.<sup>2,3</sup> Not [7].</p>", back=f"<ref-list>{refs}</ref-list>")
    shown = [(m.span.of(document.text), m.references, m.superscript) for m in document.markers]
    assert shown == [("[1-3]", (0, 1, 2), False), ("2,3", (1, 2), True)]


def test_an_arrow_after_name_and_year_cites_with_them() -> None:
    """Some publishers link a mere sign; the marker is what a reader takes for the citation."""
    document = article(
        '<p>It is so (Rot et al., 2002<xref ref-type="bibr" rid="B1"> ▶</xref>; Blau, 2003<xref ref-type="bibr" rid="B1"> ▶</xref>).</p>',
        back='<ref-list><ref id="B1"><mixed-citation>W</mixed-citation></ref></ref-list>',
    )
    assert [m.span.of(document.text) for m in document.markers] == ["Rot et al., 2002 ▶", "Blau, 2003 ▶"]


def test_a_citation_without_entry_is_a_remark() -> None:
    """The text keeps it; the problem counts it."""
    xml = '<article><body><p>Said [<xref ref-type="bibr" rid="gone">9</xref>].</p></body></article>'
    (reading,) = readings(xml)
    assert isinstance(reading.record, Document) and "Said [9]." in reading.record.text
    assert any("1 citation(s)" in problem.what and not problem.lost for problem in reading.problems)


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        ("2 × 10<sup>−9</sup> M", "2 × 10^−9 M"),
        ("CO<sub>2</sub> and log<sub>10</sub> 5", "CO2 and log10 5"),
        ("x1<sub>2</sub>", "x1_2"),
        ("the 5<sup>th</sup> day", "the 5th day"),
        ("<inline-formula><tex-math>\\documentclass{minimal}\\begin{document}$$p&lt;0.05$$\\end{document}</tex-math></inline-formula>", "p<0.05"),
        ("<inline-formula><alternatives><graphic/><mml:math><mml:msup><mml:mi>R</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math></alternatives></inline-formula>", "R^2"),
        ('see <ext-link xlink:href="https://example.org/x"/>', "see https://example.org/x"),
        ("one\n   line\tand  more", "one line and more"),
        ("thin\u2009space and\u00a0fixed", "thin\u2009space and\u00a0fixed"),
    ],
)  # fmt: skip
def test_inline_markup_becomes_plain_words(inner: str, shown: str) -> None:
    """What each piece of markup reads as."""
    assert article(f"<p>{inner}</p>").text.split("\n\n")[1] == shown


def test_named_characters_need_no_dtd() -> None:
    """HTML's and ISO's names of characters become the characters; CDATA is left as it is."""
    document = article("<p>&alpha;&bgr;&nbsp;&le;5 &amp; <![CDATA[&alpha;]]></p>")
    assert document.text.endswith("αβ\u00a0≤5 & &alpha;")


def test_sub_articles_speak_in_their_own_part() -> None:
    """A translation is the article in its language; a reviewer's letter is kept and is no evidence."""
    xml = (
        "<article><front><article-meta><title-group><article-title>T</article-title></title-group></article-meta></front>"
        '<sub-article article-type="translation" xml:lang="es"><front-stub><title-group><article-title>El T</article-title>'
        "</title-group></front-stub><body><p>Hola.</p></body></sub-article>"
        '<sub-article article-type="decision-letter"><body><p>Please revise.</p></body></sub-article></article>'
    )
    document = only(xml)
    shown = [(p.role, p.group, p.language, p.span.of(document.text)) for p in document.parts[1:]]
    assert shown == [
        (PartRole.BODY, 0, "es", "El T\n\nHola."),
        (PartRole.METADATA, 2, "", "Please revise."),
    ]


def test_every_article_of_a_set_is_read() -> None:
    """PubMed Central's sets hold many articles; each has its line."""
    one = "<article><front><article-meta><title-group><article-title>{}</article-title></title-group></article-meta></front></article>"
    found = readings(f"<pmc-articleset>\n{one.format('A')}\n{one.format('B')}\n</pmc-articleset>")
    assert [(r.record.title, r.line) for r in found if isinstance(r.record, Document)] == [("A", 2), ("B", 3)]


def test_jats_in_a_name_space_is_jats() -> None:
    """Some repositories qualify every element."""
    document = only(
        '<j:article xmlns:j="https://jats.nlm.nih.gov/ns/archiving/1.3/"><j:front><j:article-meta><j:title-group>'
        "<j:article-title>Q</j:article-title></j:title-group></j:article-meta></j:front><j:body><j:p>Text.</j:p></j:body></j:article>"
    )
    assert (document.title, document.text) == ("Q", "Q\n\nText.")
