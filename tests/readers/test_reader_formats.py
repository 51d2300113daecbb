"""Which reader a file gets: by what it holds first, by its suffix only where that does not decide."""

from __future__ import annotations

import gzip
import importlib.util
import subprocess
import sys
import tracemalloc

import pytest
from bibliographic import CASES, problems, readings
from hypothesis import given, settings
from hypothesis import strategies as st

from curbside.readers import READERS, STREAMING, formats, read, reader
from curbside.records import Problem, Raw
from growth import assert_linear

PUBMED = '<?xml version="1.0"?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD" "x.dtd">\n<PubmedArticleSet></PubmedArticleSet>'
JATS = '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96)//EN" "j.dtd">\n<article article-type="x"><front/></article>'
WORK = '{"id": "https://openalex.org/W1", "title": "T", "publication_year": 2020, "authorships": []}'


@pytest.mark.parametrize(
    ("content", "origin", "expected"),
    [
        (PUBMED, "a", "pubmed"),
        ("<PubmedBookArticleSet>", "a.xml", "pubmed"),
        ("<!-- a note --><MedlineCitationSet>", "a.xml", "pubmed"),
        (JATS, "a.html", "jats"),
        ("<article><front><journal-meta/></front></article>", "-", "jats"),
        ('<article xmlns:xlink="x" article-type="research-article">', "-", "jats"),
        ("<article><h1>A page</h1></article>", "-", "html"),
        ("<!DOCTYPE html><html lang=en><body>", "a.txt", "html"),
        ("\n\n<HTML><HEAD>", "", "html"),
        ("<div class=x>", "page", "html"),
        ('<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x"><html xmlns="x">', "", "html"),
        (WORK, "works.json", "openalex"),
        (f"[{WORK}]", "-", "openalex"),
        ('{"id": "https://openalex.org/W1", "title": "T", "year": 2020, "abstract": "A"}', "-", "records"),
        ('{"title": "T"}', "a.txt", "records"),
        ('[\n {"title": "T"}\n]', "a", "records"),
        ("TY  - JOUR\nTI  - T\nER  - \n", "a.txt", "ris"),
        ("\ufeffTY  - JOUR\nER  -", "a", "ris"),
        ("1. Some Database\n<1>\nTY  - JOUR\n", "a", "ris"),
        ("\nPMID- 12345\nOWN - NLM\n", "a.txt", "nbib"),
        ("STAT- MEDLINE\nPMID- 1\n", "pubmed.txt", "nbib"),
        ("A page.\nPMID- 12345\nDOI - 10.1/x\n", "a.txt", "text"),
        ("A page.\nPMID - 12345\nTI  - x\n", "a.txt", "text"),
        ("TY  - so much\n", "a.txt", "text"),
        ("# Heading\n\nText.", "a.md", "markdown"),
        ("---\ntitle: T\n---\nText.", "-", "markdown"),
        ("# Heading\n\nText.", "-", "markdown"),
        ("# Heading\n\nText.", "a.txt", "text"),
        ("Plain words.", "a.md", "markdown"),
        ("Plain words: <b>not</b> markup.", "a.html", "html"),
        ("Plain words.", "a.txt", "text"),
        ("Plain words.", "https://example.org/page?x=1.html#a.b", "text"),
        ("Plain words.", "", "text"),
        ("[Skip to content] Plain words", "a.txt", "text"),
        ("P <0.001 in all", "a.txt", "text"),
    ],
)
def test_content_decides_and_then_the_suffix(content: str, origin: str, expected: str) -> None:
    """Each kind of file is known by its first bytes, under whatever name it comes."""
    assert formats.detect(Raw(origin, content.encode())) == expected


@pytest.mark.parametrize("case", ["efetch.xml", "records.nbib", "library.ris", "works.jsonl", "plain.jsonl"])
def test_packed_files_are_known_by_what_is_packed(case: str) -> None:
    """Gzip changes nothing about which reader a file gets."""
    data = (CASES / case).read_bytes()
    plain, packed = formats.detect(Raw("x", data)), formats.detect(Raw("x.gz", gzip.compress(data)))
    assert plain == packed
    assert isinstance(plain, str)


def test_utf_16_is_known_too() -> None:
    """A byte order mark is enough to look inside UTF-16."""
    assert formats.detect(Raw("x", "TY  - JOUR\nER  - ".encode("utf-16"))) == "ris"


@pytest.mark.parametrize(
    ("data", "origin", "said"),
    [
        (b"", "a.txt", "empty"),
        (b"  \n\t ", "a.txt", "empty"),
        (b"%PDF-1.7\n...", "a.pdf", "PDF"),
        (b"PK\x03\x04rest", "a.docx", "zip"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "image"),
        (b"\xff\xd8\xff\xe0", "a.jpg", "image"),
        (b"\xd0\xcf\x11\xe0rest", "a.doc", "office"),
        (b"{\\rtf1 text}", "a.rtf", "rich text"),
        (b"\x00\x01\x02\x03" * 50, "a.bin", "binary"),
        (b"text with \x00\x00\x00\x00\x00\x00 in it", "a.txt", "binary"),
        (gzip.compress(gzip.compress(b"twice", mtime=0), mtime=0), "a.gz.gz", "twice"),
        (b"\x1f\x8b\x08 and no gzip", "a.gz", "gzip"),
        (b'<?xml version="1.0"?><svg/>', "a.svg", "<svg>"),
        (b'<?xml version="1.0"?><TEI xmlns="x"/>', "a.xml", "<TEI>"),
        (b"#!/bin/sh\necho", "run", "program"),
        (b"a,b\n1,2", "a.csv", ".csv"),
        (b"a\tb\n1\t2", "A.TSV", ".tsv"),
        (b"key: value", "a.yaml", ".yaml"),
    ],
)
def test_what_no_reader_takes_is_refused_with_a_remedy(data: bytes, origin: str, said: str) -> None:
    """The refusal names the file and what it is, and says what to do instead."""
    found = formats.detect(Raw(origin, data))
    assert isinstance(found, Problem)
    assert said in found.what
    assert found.where == origin
    assert found.remedy
    assert found.lost


def test_reading_such_a_file_gives_that_problem_and_raises_nothing() -> None:
    """`read` passes the refusal on as data."""
    [reading] = readings(b"%PDF-1.4", origin="paper.pdf")
    assert reading.record is None
    assert "PDF" in str(reading.problems[0])


def test_an_unknown_format_name_lists_the_known_ones() -> None:
    """A format given by name that no reader has is answered with those there are."""
    [problem] = problems(b"text", "wordstar")
    assert "'wordstar'" in problem.what
    assert all(name in problem.remedy for name in READERS)


def test_a_format_given_by_name_is_obeyed() -> None:
    """`Raw.format` outranks what the bytes look like."""
    [problem] = problems(b"Plain words.", "ris")
    assert "no RIS record" in problem.what


def test_every_format_of_the_table_has_a_module_with_a_reader() -> None:
    """The table names modules that exist and have `read`."""
    for name, module in READERS.items():
        assert importlib.util.find_spec(module), module
        assert callable(reader(name))
    assert set(READERS) == {
        *("pubmed", "jats", "nbib", "ris", "bibtex", "csl", "openalex", "records", "markdown", "html", "docx", "text"),
    }
    assert set(READERS) >= STREAMING


def test_no_parser_is_imported_before_it_is_needed() -> None:
    """Importing the room loads no XML or HTML library, so that the command line starts quickly."""
    code = "import sys, curbside.readers; print([m for m in ('lxml', 'trafilatura', 'rispy', 'markdown_it') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_detection_looks_at_a_bounded_head() -> None:
    """A large file costs no more than a small one."""
    raw = Raw("a.txt", b"Plain words. " * 4_000_000)
    tracemalloc.start()
    assert formats.detect(raw) == "text"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16 * formats.HEAD


@pytest.mark.parametrize("unit", ["<!--", "<?", "<!DOCTYPE a [", " ", "<", "[{", "{", '"', "@a{", "# ", "\n", "<a "])
def test_hostile_heads_take_linear_time(unit: str) -> None:
    """Four times the input takes about four times as long, for every pattern of the room."""
    assert_linear(lambda n: lambda: formats.detect(Raw("x", (unit * n).encode()[: formats.HEAD])), 1_000)


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_detected_or_refused(data: bytes) -> None:
    """No input raises; what comes out is a reader's name or a problem."""
    found = formats.detect(Raw("made-up", data))
    assert isinstance(found, Problem) or found in READERS


@pytest.mark.parametrize("name", ["pubmed", "nbib", "ris", "bibtex", "csl", "openalex", "records"])
@given(data=st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_bibliographic_readers_take_any_bytes(name: str, data: bytes) -> None:
    """Whatever the bytes are, a reader answers with readings, and each reading without a record has a problem."""
    for reading in read(Raw("made-up", data, name)):
        assert reading.record is not None or reading.problems
