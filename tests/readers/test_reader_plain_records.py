"""JSON Lines of plain records: whatever people call their keys, nulls, broken lines, and nothing made up."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bibliographic import blocks, case, documents, problems, readings, sections, words
from hypothesis import given, settings
from hypothesis import strategies as st

from curbside.readers import json_values
from curbside.readers.plain_records import KEYS, PROVENANCE
from curbside.records import (
    Author,
    BlockKind,
    Dated,
    Document,
    DocumentKind,
    Heading,
    Identifiers,
    Journal,
    NoticeKind,
    PartRole,
)
from growth import assert_linear


def record(**fields: Any) -> Document:
    """The document of one record with these fields."""
    [document] = documents(json.dumps({"title": "T", **fields}), "records")
    return document


def test_records_come_with_their_lines_and_broken_lines_are_reported() -> None:
    """Eight lines: five documents, an entry that is none, a line that is no JSON, a record of nothing, unknown keys."""
    found = readings(case("plain.jsonl"))
    assert [reading.line for reading in found] == [1, 2, 3, 4, 4, 6, 7, 8, 1]
    assert [isinstance(reading.record, Document) for reading in found] == [
        True,
        True,
        False,
        False,
        True,
        True,
        True,
        False,
        False,
    ]
    assert [problem.line for problem in problems(case("plain.jsonl"))] == [3, 4, 8, 1]


def test_unknown_keys_are_named_once_for_a_file() -> None:
    """One remark lists them all, in order of the alphabet; keys of provenance are no news."""
    [remark] = [problem for problem in problems(case("plain.jsonl")) if not problem.lost]
    assert remark.what == "Keys without a meaning for Curbside were not read: colour, drug, n."
    assert remark.line == 1
    many = problems("\n".join(json.dumps({"title": "T", "x": n}) for n in range(50)), "records")
    assert len(many) == 1
    assert not problems(json.dumps({"title": "T", **dict.fromkeys(PROVENANCE, "x")}), "records")


def test_a_record_field_by_field() -> None:
    """What the first line of the case says."""
    document = documents(case("plain.jsonl"))[0]
    assert document.title == "Gel for red bumps"
    assert document.ids == Identifiers("90000041", None, "10.1234/plain.41")
    assert document.authors == (
        Author("Example", "Ada B"),
        Author("Zed", "Zoe", "", "", "0000-0002-1825-0097", (0,)),
        Author(collective="Gel Study Group"),
    )
    assert document.affiliations == ("Sometown",)
    assert document.journal == Journal("J Invent Derm")
    assert document.dates == (Dated("published", "2020", "2020"),)
    assert document.types == ("Case Reports", "case series")
    assert document.keywords == ("gel",)
    assert document.headings == (Heading("Sirolimus", "", True, (("therapeutic use", True),)),)
    assert document.mentioned == ("NCT00000003",)
    assert document.licence == "CC BY"
    assert "typed" not in document.text
    assert "hand" not in document.text


def test_labels_in_the_abstract_are_sections() -> None:
    """The same labels as in every bibliographic format, and the text unchanged."""
    document = documents(case("plain.jsonl"))[0]
    assert document.text.endswith("OBJECTIVE: To see. RESULTS: 3 of 4 (75%) improved.")
    assert [(heading, does) for heading, does, _ in sections(document)] == [
        ("OBJECTIVE", "objective"),
        ("RESULTS", "results"),
    ]


def test_a_row_of_figures_is_a_title_and_no_prose() -> None:
    """Figures are not put into sentences that nobody wrote."""
    document = documents(case("plain.jsonl"))[1]
    assert document.text == "A row of figures"
    assert document.authors == (Author("Koe", "K"),)
    assert document.ids == Identifiers()


def test_text_is_the_body_in_paragraphs() -> None:
    """A text without an abstract is a body; blank lines set paragraphs apart."""
    document = documents(case("plain.jsonl"))[2]
    assert [part.role for part in document.parts] == [PartRole.BODY]
    assert blocks(document) == [
        (BlockKind.TITLE, "Inside a list"),
        (BlockKind.PARAGRAPH, "First paragraph."),
        (BlockKind.PARAGRAPH, "Second paragraph."),
    ]


def test_labelled_abstracts_in_three_forms() -> None:
    """An object of labels, a list of labelled objects, a list of texts."""
    by_key = documents(case("plain.jsonl"))[3]
    assert [(heading, does) for heading, does, _ in sections(by_key)] == [
        ("Background", "background"),
        ("Results", "results"),
    ]
    by_list = record(
        abstract=[{"label": "AIM", "text": "To see."}, {"heading": "Methods", "content": ["One.", "Two."]}]
    )
    assert [(heading, does, text) for heading, does, text in sections(by_list)] == [
        ("AIM", "objective", "AIM\n\nTo see."),
        ("Methods", "methods", "Methods\n\nOne."),
        ("", "methods", "Two."),
    ]
    assert record(abstract=["One.", "Two."]).text == "T\n\nOne.\n\nTwo."


def test_a_retraction_said_in_words_keeps_its_ids() -> None:
    """True, or words that name the notice; "no" is no retraction."""
    document = documents(case("plain.jsonl"))[3]
    [notice] = document.notices
    assert document.retracted
    assert (notice.kind, notice.ids.pmid) == (NoticeKind.RETRACTION, "90000049")
    assert record(retracted=True).retracted
    for value in (False, None, "no", "False", "", 0, {}):
        assert not record(retracted=value).retracted


def test_abstract_body_and_journal_object() -> None:
    """Sections are a body with headings; a journal may be an object; pages are written out."""
    document = documents(case("plain.jsonl"))[4]
    assert document.kind is DocumentKind.GUIDELINE
    assert [part.role for part in document.parts] == [PartRole.ABSTRACT, PartRole.BODY]
    assert [heading for heading, _, _ in sections(document)] == ["AIM", "Dosing"]
    assert document.text.endswith("Dosing\n\n0.1% once a day.\n\n1% twice a day.")
    assert document.journal == Journal("J Invent Derm", "", "0028-4793", "", "3", "", "537-543")
    assert document.authors == (Author("Example", "AB"), Author("Zed", "Z"))
    assert document.dates == (Dated("published", "2020-05", "2020-05"),)
    assert document.ids.others == (("url", "https://example.org/a"),)


@pytest.mark.parametrize("key", ["pub-types", "Pub Types", "PUB_TYPES", "publication_types", "type", " types "])
def test_keys_in_any_spelling(key: str) -> None:
    """Case, hyphens and spaces do not matter."""
    assert record(**{key: ["Review"]}).types == ("Review",)


@pytest.mark.parametrize(
    ("fields", "ids"),
    [
        ({"pmid": "https://pubmed.ncbi.nlm.nih.gov/123"}, Identifiers(pmid="123")),
        ({"pmid": "PMID: 00123"}, Identifiers(pmid="123")),
        ({"pmid": 123.0}, Identifiers()),
        ({"pmcid": "PMC123"}, Identifiers(pmcid="PMC123")),
        ({"pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/PMC123/"}, Identifiers(pmcid="PMC123")),
        ({"doi": "https://doi.org/10.1234/X"}, Identifiers(doi="10.1234/x")),
        ({"nct": "nct00000001"}, Identifiers(nct="NCT00000001")),
        ({"_id": "7"}, Identifiers(others=(("id", "7"),))),
        ({"id": "https://openalex.org/W7"}, Identifiers(others=(("openalex", "W7"),))),
        ({"pmid": "none", "doi": "unknown", "url": "javascript:alert(1)"}, Identifiers()),
    ],
)
def test_identifiers_in_the_forms_people_write(fields: dict[str, Any], ids: Identifiers) -> None:
    """Addresses, labels, numbers; what is none is none."""
    assert record(**fields).ids == ids


@pytest.mark.parametrize(
    ("authors", "families"),
    [
        ("Example AB; Zed Z", ["Example", "Zed"]),
        ("Example AB, Zed Z", ["Example", "Zed"]),
        ("Ada Example and Zoe Zed", ["Example", "Zed"]),
        ("Example, Ada", ["Example"]),
        (["Example AB", None, "", 5, "Zed Z"], ["Example", "Zed"]),
        ([{"first_name": "Ada", "last_name": "Example"}, {"x": 1}], ["Example"]),
        ({"name": "Ada Example"}, ["Example"]),
        (None, []),
    ],
)
def test_authors_in_the_forms_people_write(authors: Any, families: list[str]) -> None:
    """Strings with semicolons or commas, lists, objects."""
    assert [author.family for author in record(authors=authors).authors] == families


def test_nulls_and_odd_values_raise_nothing() -> None:
    """Any key with any JSON value is read as far as it makes sense."""
    for keys in KEYS.values():
        for key in keys:
            for value in (None, 5, 1.5, True, "x", [], {}, [None], [[]], [{}], {"a": None}, {"a": {"b": []}}, [5, "x"]):
                data = json.dumps({"title": "T", key: value} if key != "title" else {"title": value, "abstract": "A"})
                documents(data, "records")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from([k for ks in KEYS.values() for k in ks]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON)
@settings(max_examples=300, deadline=None)
def test_any_json_is_read_or_reported(value: Any) -> None:
    """Whatever the file holds, readings are sound and storable, and a reading without a record says why."""
    data = json.dumps(value)
    documents(data, "records")
    for reading in readings(data, "records"):
        assert reading.record is not None or reading.problems


@given(st.text(max_size=60), st.text(max_size=120))
@settings(max_examples=200, deadline=None)
def test_every_word_survives(title: str, abstract: str) -> None:
    """Words of title and abstract stand in the document in their order."""
    found = documents(json.dumps({"title": "T " + title, "abstract": abstract}), "records")
    expected = words("T " + title) + words(abstract)
    assert [word for document in found for word in words(document.text)] == expected


def test_signs_survive() -> None:
    """Non-breaking spaces, Greek, comparison signs, dashes."""
    text = "P<0.001 at\u00a05 µg; 0.1%–1% IL-2 κ=0.8"
    assert record(abstract=text).text == f"T\n\n{text}"


# Wrappings and breaks


@pytest.mark.parametrize(
    "data",
    [
        '{"title": "A"}\n{"title": "B"}',
        '{"title": "A"}\r\n\r\n{"title": "B"}\r\n',
        '[{"title": "A"}, {"title": "B"}]',
        '[\n{"title": "A"},\n{"title": "B"}\n]\n',
        '{\n"results": [\n{"title": "A"},\n{"title": "B"}\n]}\n',
        '\ufeff{"title": "A"}\n{"title": "B"}',
    ],
)
def test_every_wrapping_gives_the_same_records(data: str) -> None:
    """JSON Lines, an array, a page."""
    assert [document.title for document in documents(data)] == ["A", "B"]
    assert not problems(data)


def test_one_pretty_printed_record_is_one_record() -> None:
    """A single object over several lines."""
    [reading] = readings(json.dumps({"title": "A", "year": 2020}, indent=2))
    assert isinstance(reading.record, Document)
    assert reading.line == 1


def test_a_broken_first_line_costs_only_itself() -> None:
    """The second line shows that it is JSON Lines."""
    found = readings('{"title": "A", \n{"title": "B"}\n{"title": "C"}\n', "records")
    assert [reading.record.title for reading in found if isinstance(reading.record, Document)] == ["B", "C"]
    assert found[0].problems[0].line == 1


def test_an_array_broken_in_the_middle_gives_what_comes_before() -> None:
    """The line of the break is said."""
    found = readings('[\n{"title": "A"},\n{"title": "B", oops},\n{"title": "C"}]', "records")
    assert [reading.record.title for reading in found if isinstance(reading.record, Document)] == ["A"]
    assert found[-1].problems[0].line == 3


def test_a_truncated_packed_file_gives_what_comes_before_the_break() -> None:
    """The half line at the break is reported, and the break."""
    lines = "\n".join(json.dumps({"title": f"Title {n * 7919 % 10007}"}) for n in range(20_000))
    data = gzip.compress(lines.encode())
    found = readings(data[: len(data) // 2])
    assert sum(isinstance(reading.record, Document) for reading in found) > 5000
    assert "cut short" in found[-1].problems[0].what or any(
        "cut short" in p.what for r in found[-3:] for p in r.problems
    )


def test_a_line_in_another_encoding_is_read_with_a_remark() -> None:
    """Windows-1252 in one line of a file that is UTF-8 elsewhere."""
    data = '{"title": "é"}\n'.encode() + '{"title": "Gävle"}\n'.encode("cp1252")
    assert [document.title for document in documents(data, "records")] == ["é", "Gävle"]
    [remark] = problems(data, "records")
    assert (remark.line, remark.lost) == (2, False)


def test_values_that_json_has_not_are_nothing() -> None:
    """NaN, as pandas writes it, says nothing; half a surrogate pair is a replacement sign."""
    [document] = documents(b'{"title": "a\\udc80", "year": NaN, "volume": Infinity}', "records")
    assert document.title == "a\ufffd"
    assert document.dates == ()
    assert document.journal.volume == ""


def test_nul_and_control_characters_become_spaces() -> None:
    """What databases and terminals choke on does not get in."""
    assert record(abstract="a\x00b\x1b[31mc").text == "T\n\na b [31mc"


@pytest.mark.parametrize(
    "data", ["5", '"text"', "null", "true", "[5]", "{}", "[]", "[[]]", "{", "[", '{"title"', "\x00"]
)
def test_json_that_is_no_record_is_reported(data: str) -> None:
    """One problem at least and no document."""
    assert not documents(data, "records")
    assert problems(data, "records")


def test_a_line_over_the_bound_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lines around it are read."""
    monkeypatch.setattr(json_values, "LONGEST", 1000)
    data = '{"title": "A"}\n' + json.dumps({"title": "B" * 2000}) + '\n{"title": "C"}\n'
    assert [document.title for document in documents(data, "records")] == ["A", "C"]
    assert problems(data, "records")[0].line == 2


@pytest.mark.parametrize(
    "make",
    [
        lambda n: '{"title": "T", "abstract": "' + "x" * 100 * n + '"}',
        lambda n: '{"title":"T"}\n' * n,
        lambda n: '{"title":"T"} ' * n,
        lambda n: "[" * n,
        lambda n: '{"a":' * n,
        lambda n: '"' * n,
        lambda n: '{"title": "T", "abstract": "' + "METHODS: " * n + '"}',
        lambda n: '{"title": "T", "abstract": "' + "A. Results " * n + '"}',
    ],
)
def test_hostile_files_take_linear_time(make: Any) -> None:
    """n against 4n."""

    def prepare(n: int) -> Callable[[], object]:
        data = make(n)
        return lambda: readings(data, "records")

    assert_linear(prepare, 500)


def test_a_journal_with_its_volume_and_pages_in_one_is_taken_apart() -> None:
    """Only where the record gives them nowhere else, and where an issue or pages show what the number is."""

    def journal(**row: str) -> Journal:
        (document,) = documents(json.dumps({"title": "T", **row}).encode())
        return document.journal

    whole = Journal("Dermatol Ther", volume="31", issue="5", pages="e12673")
    assert journal(journal="Dermatol Ther 31(5):e12673") == whole
    assert journal(journal="Dermatol Ther", volume="31", issue="5", pages="e12673") == whole
    assert journal(journal="280(8):3529-40") == Journal(volume="280", issue="8", pages="3529-3540")
    assert journal(journal="Blood 2") == Journal("Blood 2")
    assert journal(journal="Gut 2(3):4", volume="5") == Journal("Gut 2(3):4", volume="5")


# The real sets, where they are there


def test_the_real_abstracts_are_read_whole(shared: Path) -> None:
    """84 records with their nulls: no problem, every word of title and abstract."""
    path = shared / "data" / "sirolimus" / "abstracts.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    found = documents(path.read_bytes())
    assert not problems(path.read_bytes())
    assert len(found) == len(rows) == 84
    for document, row in zip(found, rows):
        assert words(document.text) == words(row["title"]) + words(row["abstract"])
        assert document.ids.pmid == row["pmid"]
        assert document.year == row["year"]
        assert row["study_kind"] in document.types
        assert document.journal.title in (row["journal"] or "")
        for key in ("source", "copy", "note"):
            assert not row[key] or row[key] not in document.text


def test_real_rows_of_figures_are_titles(shared: Path) -> None:
    """Each row with a title is a document of that title; the one without is reported with its line."""
    path = shared / "data" / "sirolimus" / "facts.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    titles = [row["title"] for row in rows if row.get("title")]
    assert [document.text for document in documents(path.read_bytes())] == titles
    lost = [problem for problem in problems(path.read_bytes()) if problem.lost]
    assert [problem.line for problem in lost] == [n for n, row in enumerate(rows, 1) if not row.get("title")]
