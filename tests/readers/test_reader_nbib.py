"""MEDLINE tagged text: every tag that matters, folded lines, labels in the abstract, and files that are not quite right."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from bibliographic import blocks, case, documents, problems, readings, sections, words
from hypothesis import given, settings
from hypothesis import strategies as st

from curbside.records import (
    Author,
    BlockKind,
    Dated,
    Document,
    Heading,
    Identifiers,
    Journal,
    Notice,
    NoticeKind,
    PartRole,
    sealed,
)
from growth import assert_linear


def record(*lines: str) -> Document:
    """The document of one record with these lines after its PMID."""
    [document] = documents("\n".join(["PMID- 1", *lines]) + "\n", "nbib")
    return document


def test_records_come_with_line_and_version() -> None:
    """The line is that of the record's first tag; the version has the date of last revision."""
    found = readings(case("records.nbib"))
    assert [reading.line for reading in found] == [2, 62]
    assert [reading.version for reading in found] == [120220117, 10**8]
    assert not any(reading.problems for reading in found)


def test_folded_lines_are_joined_by_one_space() -> None:
    """The title runs over two lines, the first with the space that PubMed leaves at its end."""
    assert documents(case("records.nbib"))[0].title == (
        "A gel for red bumps of the face, and what ten children thought of it after a year."
    )


def test_the_abstract_keeps_its_words_and_its_labels_become_sections() -> None:
    """Labels are headings inside the running text; a sentence with a colon ("Note: …") is none."""
    document = documents(case("records.nbib"))[0]
    assert sections(document) == [
        ("BACKGROUND", "background", "BACKGROUND: Red bumps trouble children."),
        ("METHODS", "methods", "METHODS: We gave 0.1%-1% gel to 10 children."),
        ("MAIN OUTCOME MEASURES", "methods", "MAIN OUTCOME MEASURES: Size."),
        (
            "RESULTS",
            "results",
            "RESULTS: Nine of 10 (90%) improved; P<0.001. Note: IL-2 was not measured.",
        ),
        ("CONCLUSIONS", "conclusions", "CONCLUSIONS: The gel may help."),
    ]
    running = " ".join(text for _, _, text in sections(document))
    assert running in document.text


def test_labels_and_paragraphs_are_blocks_of_their_own() -> None:
    """A sentence cutter sees "Size.", not "MAIN OUTCOME MEASURES: Size."."""
    document = documents(case("records.nbib"))[0]
    assert blocks(document)[:5] == [
        (BlockKind.TITLE, document.title),
        (BlockKind.HEADING, "BACKGROUND"),
        (BlockKind.PARAGRAPH, "Red bumps trouble children."),
        (BlockKind.HEADING, "METHODS"),
        (BlockKind.PARAGRAPH, "We gave 0.1%-1% gel to 10 children."),
    ]


def test_other_abstract_and_copyright_are_parts_of_their_own() -> None:
    """OAB with its language after the abstract, CI as chrome at the end."""
    document = documents(case("records.nbib"))[0]
    assert [(part.role, part.language, part.span.of(document.text)[-8:]) for part in document.parts] == [
        (PartRole.ABSTRACT, "", "ay help."),
        (PartRole.ABSTRACT, "en", "er hand."),
        (PartRole.CHROME, "", "d Press."),
    ]


def test_people_keep_orcid_and_places() -> None:
    """AUID and AD belong to the name before them; investigators are no authors, nor their places authors' places."""
    document = documents(case("records.nbib"))[0]
    assert document.authors == (
        Author("Example", "Ada B", "", "", "0000-0002-1825-0097", (0, 1)),
        Author("de la Cruz", "Jo", affiliations=(1,)),
        Author(collective="Red Bumps Study Group"),
    )
    assert document.affiliations == ("Department of Skin, Sometown.", "Institute Two, Othertown.")


def test_short_names_serve_where_there_are_no_full_ones() -> None:
    """Older records have AU alone."""
    assert documents(case("records.nbib"))[1].authors == (Author("Example", "AB"), Author("Zed", "Z", "Jr"))


def test_an_affiliation_before_the_first_name_is_the_first_author_s() -> None:
    """Some exports put AD first."""
    document = record("AD  - Somewhere.", "FAU - Koe, K", "AU  - Koe K")
    assert document.authors == (Author("Koe", "K", affiliations=(0,)),)


def test_journal_and_pages() -> None:
    """ISSNs by kind, elided pages written out."""
    assert documents(case("records.nbib"))[0].journal == Journal(
        "Journal of invented dermatology : official organ",
        "J Invent Derm",
        "0028-4793",
        "1533-4406",
        "7",
        "2",
        "537-543, discussion 550-1",
    )


@pytest.mark.parametrize(
    ("printed", "full"),
    [
        ("537-43", "537-543"),
        ("1940-2", "1940-1942"),
        ("99-101", "99-101"),
        ("S12-5", "S12-S15"),
        ("e123-9", "e123-e129"),
        ("e12", "e12"),
        ("345-51; quiz 352", "345-351, quiz 352"),
        ("1, 3-5", "1, 3-5"),
        ("ii-iv", "ii-iv"),
        ("100-100", "100-100"),
        ("12A-13A", "12A-13A"),
        ("", ""),
    ],
)
def test_pages_are_full_ranges(printed: str, full: str) -> None:
    """`Journal.pages` is the full range, or whatever the source has for one."""
    assert record("TI  - T", f"PG  - {printed}").journal.pages == full


def test_dates() -> None:
    """DP, DEP and the stages of PHST; EDAT and [pubmed] are PubMed's own."""
    first, second = documents(case("records.nbib"))
    assert first.dates == (
        Dated("published", "2000", "2000 Spring"),
        Dated("online", "2000-02-29", "20000229"),
        Dated("received", "1999-11-02", "1999/11/02 00:00"),
        Dated("accepted", "1999-12-20", "1999/12/20 00:00"),
    )
    assert second.dates == (Dated("published", "2001-01-05", "2001 Jan 5"), Dated("online", "2000-12-30", "2000/12/30"))


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("2000 Jun", "2000-06"),
        ("2000 Jun 15", "2000-06-15"),
        ("1998 Dec-1999 Jan", "1998-12"),
        ("2000 Nov-Dec", "2000-11"),
        ("2000 Spring", "2000"),
        ("2000 Jan 15-31", "2000-01-15"),
        ("17 May 2018", "2018-05-17"),
        ("May 17, 2018", "2018-05-17"),
        ("May 2018", "2018-05"),
        ("2018/05/17", "2018-05-17"),
        ("2018/5", "2018-05"),
        ("2018///", "2018"),
        ("20180517", "2018-05-17"),
        ("2018-05-17T10:00:00Z", "2018-05-17"),
        ("Summer 2018", "2018"),
        ("c2018", "2018"),
        ("2018-02-31", "2018-02"),
    ],
)
def test_printed_dates(printed: str, iso: str) -> None:
    """The forms in which databases print a date."""
    [dated] = record("TI  - T", f"DP  - {printed}").dates
    assert (dated.iso, dated.printed) == (iso, printed)


def test_identifiers() -> None:
    """LID and AID by the kind in brackets, PMC, MID."""
    assert documents(case("records.nbib"))[0].ids == Identifiers(
        "90000011",
        "PMC7000002",
        "10.1234/gel.2000.7",
        None,
        (("pii", "S0000-0000(00)00007-7"), ("mid", "NIHMS00001")),
    )
    assert documents(case("records.nbib"))[1].ids.doi == "10.1234/err.12"


def test_headings_and_keywords() -> None:
    """Asterisks are major topics; substances that no heading names are added; OT are keywords."""
    document = documents(case("records.nbib"))[0]
    assert document.headings == (
        Heading("Child"),
        Heading("Sirolimus", "", True, (("administration & dosage", True), ("adverse effects", False))),
        Heading("Skin", "", True),
        Heading("inventimus"),
    )
    assert document.keywords == ("angiofibroma", "topical")
    assert document.mentioned == ("NCT00000002",)
    assert document.types == ("Clinical Trial", "Journal Article")


def test_languages_and_translated_title() -> None:
    """English is the language where it is one of two; TT is the title in the other."""
    document = documents(case("records.nbib"))[0]
    assert document.language == "en"
    assert document.other_titles == (("fr", "Un gel pour les rougeurs."),)


def test_notices() -> None:
    """EIN and CIN received, with the ids in the line; an erratum by type and title is issued once."""
    first, second = documents(case("records.nbib"))
    assert first.notices == (
        Notice(
            NoticeKind.CORRECTION,
            False,
            Identifiers(pmid="90000012"),
            "J Invent Derm. 2001;8(1):3. PMID: 90000012",
        ),
        Notice(
            NoticeKind.COMMENT,
            False,
            Identifiers(doi="10.1234/cin.9"),
            "J Invent Derm. 2000;7(3):9. doi: 10.1234/cin.9",
        ),
    )
    assert [(notice.kind, notice.issued) for notice in second.notices] == [(NoticeKind.CORRECTION, True)]


@pytest.mark.parametrize(
    ("tag", "kind", "issued"),
    [
        ("RIN", NoticeKind.RETRACTION, False),
        ("ROF", NoticeKind.RETRACTION, True),
        ("EIN", NoticeKind.CORRECTION, False),
        ("EFR", NoticeKind.CORRECTION, True),
        ("ECI", NoticeKind.CONCERN, False),
        ("ECF", NoticeKind.CONCERN, True),
        ("UIN", NoticeKind.UPDATE, False),
        ("UOF", NoticeKind.UPDATE, True),
        ("CIN", NoticeKind.COMMENT, False),
        ("CON", NoticeKind.COMMENT, True),
        ("CRI", NoticeKind.CORRECTION, False),
        ("RRI", NoticeKind.RETRACTION, False),
    ],
)
def test_each_link_tag_is_a_notice(tag: str, kind: NoticeKind, issued: bool) -> None:
    """The tags of PubMed's tagged text mean what its RefTypes mean."""
    document = record("TI  - T", f"{tag:4}- J. 2020;1:2. PMID: 22")
    assert document.notices == (Notice(kind, issued, Identifiers(pmid="22"), "J. 2020;1:2. PMID: 22"),)
    assert document.retracted == (tag in ("RIN", "RRI"))


@pytest.mark.parametrize(
    ("types", "issued"),
    [
        (("Randomized Controlled Trial",), False),
        (("Editorial",), True),
        (("Expression of Concern", "Case Reports"), True),
    ],
)
def test_a_study_with_the_tag_of_a_concern_has_received_it(types: tuple[str, ...], issued: bool) -> None:
    """PubMed's tagged text prints ECF on papers, too; a notice has a type of its own, or none that a study has."""
    document = record("TI  - T", *(f"PT  - {each}" for each in types), "ECF - J. 2020;1:2. PMID: 22")
    assert [(notice.kind, notice.issued) for notice in document.notices] == [(NoticeKind.CONCERN, issued)]


def test_what_is_corrected_and_published_again_is_no_notice() -> None:
    """It is the paper that stands now."""
    document = record("TI  - T", "CRF - J. 2020;1:2. PMID: 22")
    assert [(notice.kind, notice.issued) for notice in document.notices] == [(NoticeKind.UPDATE, True)]


# Files that are not quite right


def test_records_without_a_blank_line_between_them_are_two() -> None:
    """A second PMID begins a second record."""
    assert [document.ids.pmid for document in documents("PMID- 1\nTI  - A\nPMID- 2\nTI  - B\n", "nbib")] == ["1", "2"]


def test_a_blank_line_inside_a_record_does_not_split_it() -> None:
    """Mail programs and editors add blank lines; a record that has not ended goes on."""
    [document] = documents("PMID- 1\nTI  - A\n\n      goes on\n\nDP  - 2000\n", "nbib")
    assert document.title == "A goes on"
    assert document.year == 2000


def test_a_record_whose_pmid_is_not_first_is_one_record() -> None:
    """Some tools sort the tags."""
    [document] = documents("OWN - NLM\nTI  - A\nPMID- 1\nSO  - J. 2000\n", "nbib")
    assert (document.ids.pmid, document.title) == ("1", "A")


def test_carriage_returns_marks_and_packing_do_not_matter() -> None:
    """CRLF, a byte order mark, old Mac line ends, gzip: the same documents, byte for byte."""
    data = case("records.nbib").data
    plain = [sealed(document).id for document in documents(data, "nbib")]
    for form in (
        data.replace(b"\n", b"\r\n"),
        data.replace(b"\n", b"\r"),
        b"\xef\xbb\xbf" + data,
        data.decode().encode("utf-16"),
        gzip.compress(data),
    ):
        assert [sealed(document).id for document in documents(form, "nbib")] == plain


def test_a_line_without_a_tag_is_kept_with_a_remark() -> None:
    """A line that lost its indent belongs to the value before it, and the file is said to be odd there."""
    [reading] = readings("PMID- 1\nTI  - A title\nthat lost its indent\n", "nbib")
    assert isinstance(reading.record, Document)
    assert reading.record.title == "A title that lost its indent"
    [problem] = reading.problems
    assert (problem.line, problem.lost) == (3, False)


def test_junk_before_the_first_record_is_named() -> None:
    """Lines of no record are left out, and the first of them is named."""
    [reading] = readings("Search results\n\nPMID- 1\nTI  - A\n", "nbib")
    assert isinstance(reading.record, Document)
    assert reading.problems[0].line == 1


def test_a_record_of_nothing_is_reported_with_its_line() -> None:
    """Neither PMID nor title: nothing to keep, and the next record is read."""
    found = readings("OWN - NLM\nSO  - x\n\nPMID- 2\nTI  - B\n", "nbib")
    assert [reading.line for reading in found] == [1, 4]
    assert found[0].record is None
    assert found[0].problems[0].lost
    assert isinstance(found[1].record, Document)


def test_a_file_of_another_kind_says_so() -> None:
    """No tag in sight: one problem."""
    [problem] = problems("Just some words.\n", "nbib")
    assert "no MEDLINE record" in problem.what or "outside" in problem.what


def test_a_file_in_another_encoding_is_read_with_a_remark() -> None:
    """Windows-1252 in an export of old software."""
    found = readings("PMID- 1\nTI  - Gävle – 5 µg\n".encode("cp1252"), "nbib")
    assert found[0].record is None
    assert not found[0].problems[0].lost
    assert isinstance(found[1].record, Document)
    assert found[1].record.title == "Gävle – 5 µg"


def test_non_breaking_spaces_and_greek_survive() -> None:
    """Only line breaks and the blanks around them are folded away."""
    document = record("TI  - TNF-α\u00a0and IL-2 at\u20095 µg", "AB  - 0.1%–1% of\u00a0all; P<0.001")
    assert document.text == "TNF-α\u00a0and IL-2 at\u20095 µg\n\n0.1%–1% of\u00a0all; P<0.001"


@given(
    st.lists(
        st.sampled_from(
            ["PMID- 1", "TI  - a", "      b", "", "AB  - METHODS: c.", "AD  - d", "FAU - e, f", "x", "AUID- g"]
        )
    )
)
@settings(max_examples=200, deadline=None)
def test_any_order_of_lines_is_read_or_reported(lines: list[str]) -> None:
    """However the lines stand, readings are sound, and a reading without a record says why."""
    text = "\n".join(lines)
    documents(text, "nbib")
    for reading in readings(text, "nbib"):
        assert reading.record is not None or reading.problems


@pytest.mark.parametrize(
    "unit", ["AB  - x\n", "      x\n", "\n", "METHODS: ", "A. B: ", "AD  - ", "x" * 50, "LID - [doi]\n"]
)
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    """n against 4n, in one record."""

    assert_linear(lambda n: lambda: readings("PMID- 1\nAB  - " + unit * n, "nbib"), 1_000)


# The real file, where it is there


def raw_fields(path: Path) -> dict[str, dict[str, list[str]]]:
    """Title and abstract words by PMID, taken from the lines in the plainest way."""
    found: dict[str, dict[str, list[str]]] = {}
    for chunk in re.split(r"\n(?=PMID- )", path.read_text("utf-8")):
        fields: dict[str, list[str]] = {}
        tag = ""
        for line in chunk.split("\n"):
            tag = line[:4].strip() if line[4:5] == "-" else tag
            fields.setdefault(tag, []).extend(words(line[6:]))
        if "PMID" in fields:
            found[fields["PMID"][0]] = fields
    return found


def test_the_real_file_is_read_whole(shared: Path) -> None:
    """1,000 records, no problem, every word of title, abstract and other abstract in the document."""
    path = shared / "data" / "formats" / "medline_1000.nbib"
    found = documents(path.read_bytes())
    assert len(found) == 1000
    assert not problems(path.read_bytes())
    expected = raw_fields(path)
    assert {document.ids.pmid for document in found} == set(expected)
    for document in found:
        have = set(words(document.text))
        fields = expected[document.ids.pmid or ""]
        for tag in ("TI", "AB", "OAB", "CI"):
            assert [word for word in fields.get(tag, ()) if word not in have] == []
        assert len(document.types) > 0
        assert document.year is not None
        assert document.journal.title


def test_lines_of_real_records_are_those_of_the_file(shared: Path) -> None:
    """`Reading.line` is where the PMID stands."""
    path = shared / "data" / "formats" / "medline_1000.nbib"
    lines = path.read_text("utf-8").split("\n")
    for reading in readings(path.read_bytes()):
        assert isinstance(reading.record, Document)
        assert lines[reading.line - 1] == f"PMID- {reading.record.ids.pmid}"


def test_labels_of_real_abstracts_are_found(shared: Path) -> None:
    """Of the abstracts that open with a label in capitals, all have sections, and each has results or conclusions."""
    found = documents((shared / "data" / "formats" / "medline_1000.nbib").read_bytes())
    opened = [
        d
        for d in found
        if len(d.blocks) > 1
        and re.match(
            r"(?:BACKGROUND|OBJECTIVES?|PURPOSE|AIMS?):", d.text[d.parts[0].title.end + 2 :] if d.parts[0].title else ""
        )
    ]
    assert len(opened) > 400
    assert all(document.sections for document in opened)
    does = [{str(section.category) for section in document.sections} for document in opened]
    assert sum("results" in kinds or "conclusions" in kinds for kinds in does) > 0.98 * len(opened)
