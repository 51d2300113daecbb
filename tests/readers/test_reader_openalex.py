"""OpenAlex works: inverted abstracts in order, ids, people, places, and pages in every wrapping."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bibliographic import case, documents, problems, readings, sections, words
from hypothesis import given, settings
from hypothesis import strategies as st

from curbside.readers import read
from curbside.readers.openalex import abstract_of
from curbside.records import (
    Author,
    Dated,
    Document,
    DocumentKind,
    Heading,
    Identifiers,
    Journal,
    NoticeKind,
    Raw,
    misplaced,
)
from growth import assert_linear
from nightly import often


def work(**fields: Any) -> Document:
    """The document of one work with these fields."""
    [document] = documents(json.dumps({"id": "https://openalex.org/W1", "title": "T", **fields}), "openalex")
    return document


def inverted(text: str) -> dict[str, list[int]]:
    """A text as OpenAlex gives abstracts."""
    index: dict[str, list[int]] = {}
    for position, word in enumerate(text.split(" ")):
        index.setdefault(word, []).append(position)
    return index


def test_works_come_with_line_and_version() -> None:
    """One work to a line, several to a line, a broken line, a page: each with its line, the broken one as a problem."""
    found = readings(case("works.jsonl"))
    assert [reading.line for reading in found] == [1, 2, 2, 3, 4]
    assert [isinstance(reading.record, Document) for reading in found] == [True, True, False, False, True]
    assert [reading.version for reading in found] == [20230323, 0, 0, 0, 0]
    nothing, broken = problems(case("works.jsonl"))
    assert "neither" in nothing.what
    assert (broken.line, broken.lost) == (3, True)


def test_the_abstract_is_put_together_in_order() -> None:
    """Every word at every position it has; labels become sections."""
    document = documents(case("works.jsonl"))[0]
    assert document.text.split("\n\n")[1] == (
        "Background: Red bumps trouble the young, and the old. Methods: We gave the gel. "
        "Results: Nine of the 10 improved, P<0.001. Conclusions: The gel may help."
    )
    assert [does for _, does, _ in sections(document)] == ["background", "methods", "results", "conclusions"]


def test_a_work_field_by_field() -> None:
    """What the first work of the case says."""
    document = documents(case("works.jsonl"))[0]
    assert document.kind is DocumentKind.ARTICLE
    assert document.title == "Gels for red bumps & more, 10^9"
    assert document.ids == Identifiers(
        "90000031",
        "PMC7000031",
        "10.1234/oa.31",
        None,
        (("openalex", "W9000000031"), ("mag", "31"), ("url", "https://doi.org/10.1234/oa.31")),
    )
    assert document.authors == (
        Author("Example", "Ada B.", "", "", "0000-0002-1825-0097", (0,)),
        Author("van der Zed", "Jo", affiliations=(1,)),
    )
    assert document.affiliations == ("Dept of Skin, University of Sometown.", "University of Sometown")
    assert document.journal == Journal(
        "Journal of Invented Dermatology", "", "0028-4793", "1533-4406", "42", "5", "494-501"
    )
    assert document.dates == (Dated("published", "2019-06-07", "2019-06-07"),)
    assert document.types == ("article", "journal-article")
    assert document.headings == (
        Heading("Sirolimus", "D020123", True, (("therapeutic use", True), ("adverse effects", False))),
    )
    assert document.keywords == ("Topical gel",)
    assert (document.language, document.licence) == ("en", "cc-by")


def test_is_retracted_is_a_notice() -> None:
    """OpenAlex knows from Retraction Watch and says no more than that."""
    document = documents(case("works.jsonl"))[0]
    assert document.retracted
    assert [(notice.kind, notice.issued) for notice in document.notices] == [(NoticeKind.RETRACTION, False)]
    assert not work(is_retracted=False).retracted


def test_a_work_without_an_abstract_is_a_title() -> None:
    """Nulls everywhere raise nothing; the display name serves for the title; a wrong ISSN is none."""
    document = documents(case("works.jsonl"))[1]
    assert document.text == "A work without an abstract"
    assert document.journal == Journal("Old Venue")


def test_the_first_of_january_is_a_year() -> None:
    """OpenAlex writes 1 January where it knows only the year."""
    assert work(publication_date="2001-01-01").dates == (Dated("published", "2001", "2001-01-01"),)
    assert work(publication_year=1999).dates == (Dated("published", "1999", "1999"),)


@pytest.mark.parametrize(
    "wrap",
    [
        lambda works: "\n".join(json.dumps(w) for w in works),
        json.dumps,
        lambda works: json.dumps(works, indent=2),
        lambda works: json.dumps({"meta": {"count": 2}, "results": works}),
        lambda works: json.dumps({"meta": {"count": 2}, "results": works, "group_by": []}, indent=1),
        lambda works: "\ufeff" + json.dumps(works, indent=2),
        lambda works: "\n\n" + "\r\n".join(json.dumps(w) for w in works) + "\r\n",
    ],
)
@pytest.mark.parametrize("packed", [True, False])
def test_every_wrapping_gives_the_same_works(wrap: Any, packed: bool) -> None:
    """JSON Lines, an array, a page with results, in one line or many."""
    works = [
        {"id": f"https://openalex.org/W{n}", "title": f"T{n}", "publication_year": 2000, "authorships": []}
        for n in (1, 2)
    ]
    data = wrap(works).encode()
    assert [document.title for document in documents(gzip.compress(data) if packed else data)] == ["T1", "T2"]


def test_works_of_an_array_over_several_lines_have_their_lines() -> None:
    """The line is that on which the object opens."""
    text = '[\n {"id": "https://openalex.org/W1", "title": "A",\n  "publication_year": 1},\n {"id": "https://openalex.org/W2", "title": "B"}\n]'
    assert [reading.line for reading in readings(text)] == [2, 4]


def test_a_page_broken_in_the_middle_gives_the_works_before() -> None:
    """What comes after the break is lost, and the line is said."""
    text = '{"meta": {},\n"results": [\n{"id": "https://openalex.org/W1", "title": "A", "publication_year": 1},\n{"id": "x", "title": \n'
    found = readings(text, "openalex")
    assert [reading.record.title for reading in found if isinstance(reading.record, Document)] == ["A"]
    assert found[-1].problems[0].line >= 4
    assert found[-1].problems[0].lost


@given(st.lists(st.text("abcdéκ<>.,0129%\u00a0", min_size=1, max_size=6), min_size=1, max_size=60))
@settings(max_examples=200, deadline=None)
def test_inverting_and_reading_gives_the_words_back(tokens: list[str]) -> None:
    """The text is the words in order with one space between them; of spaces alone there is no text."""
    text = " ".join(tokens)
    expected = text.strip(" ") if text.strip() else ""
    assert abstract_of(inverted(text)).split(" ") == expected.split(" ") or "<" in text


@pytest.mark.parametrize(
    "index",
    [None, {}, [], "text", 5, {"a": None}, {"a": ["x", None]}, {"a": 3}, {"a": [True]}, {"": [0]}],
)
def test_odd_indexes_raise_nothing(index: Any) -> None:
    """Whatever stands where the index should is read as far as it is one."""
    assert work(abstract_inverted_index=index).title == "T"


def test_positions_of_any_size_take_no_memory() -> None:
    """A position of a billion is an order and no length."""
    assert abstract_of({"b": [10**12], "a": [-5], "c": [10**18]}) == "a b c"


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("A <i>b</i> c", "A b c"),
        ("P<0.001 and 5 > 3", "P<0.001 and 5 > 3"),
        ("CO<sub>2</sub> at 10<sup>9</sup>", "CO2 at 10^9"),
        ("Fish &amp; chips &lt;5", "Fish & chips <5"),
        ("<jats:p>Text</jats:p>", "Text"),
        ("a <script>b</script>", "a <script>b</script>"),
        ("n<i and m>b", "n<i and m>b"),
    ],
)
def test_left_over_markup_in_titles(title: str, plain: str) -> None:
    """Names of inline elements are markup; comparison signs are not; anything else stands as it is."""
    assert work(title=title).title == plain


@pytest.mark.parametrize(
    "key",
    [
        "authorships",
        "ids",
        "primary_location",
        "biblio",
        "mesh",
        "keywords",
        "doi",
        "type",
        "title",
        "language",
        "best_oa_location",
        "updated_date",
        "publication_date",
    ],
)
@pytest.mark.parametrize("value", [None, 5, "x", [], {}, [None], [5], {"a": None}, True, [[]], [{"author": None}]])
def test_odd_values_raise_nothing(key: str, value: Any) -> None:
    """Any JSON in any field is read as far as it makes sense."""
    readings(json.dumps({"id": "https://openalex.org/W1", "display_name": "T", key: value}), "openalex")


def test_deep_nesting_is_a_problem_and_no_crash() -> None:
    """A hundred thousand brackets are refused."""
    [problem] = problems("[" * 100_000, "openalex")
    assert problem.lost


def test_a_broken_half_of_a_surrogate_pair_can_be_stored() -> None:
    """JSON may hold half a sign; what is read can always be written as UTF-8."""
    [document] = documents(
        b'{"id": "https://openalex.org/W1", "title": "a\\ud83d b", "publication_year": NaN}', "openalex"
    )
    assert document.title == "a\ufffd b"


def test_a_long_abstract_takes_linear_time() -> None:
    """n against 4n words."""

    def prepare(count: int) -> Callable[[], object]:
        line = json.dumps(
            {
                "id": "https://openalex.org/W1",
                "title": "T",
                "abstract_inverted_index": inverted("word. Results " * count),
            }
        )
        return lambda: readings(line, "openalex")[0].record

    assert prepare(2_000)()
    assert_linear(prepare, 2_000)


def test_the_real_file_is_read_whole(shared: Path) -> None:
    """277 pages (every eighth but at night), every work of them, no problem, no word of an abstract missing."""
    data = (shared / "data" / "formats" / "openalex_works.jsonl.gz").read_bytes()
    pages = gzip.decompress(data).splitlines()[:: often(8, 1)]
    data = gzip.compress(b"\n".join(pages), 1)
    works = [work for line in pages for work in json.loads(line)]
    count = with_abstract = 0
    for reading, source in zip(read(Raw("x", data)), works, strict=True):
        assert isinstance(reading.record, Document)
        assert not reading.problems
        count += 1
        index = source.get("abstract_inverted_index") or {}
        with_abstract += bool(index)
        if count % 8 == 0:  # comparing words takes longer than reading them
            assert not list(misplaced(reading.record))
            have = set(words(reading.record.text))
            missing = [word for token in index for word in words(token) if word not in have]
            assert not missing or any("<" in token or "&" in token for token in index)
    assert count == len(works) >= often(800, 6834)
    assert with_abstract > 0.7 * count
