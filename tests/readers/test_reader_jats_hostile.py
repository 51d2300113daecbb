"""The JATS reader on files that mean harm or are broken: no exception, no expansion, a problem that says what and where."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from curbside.readers import jats
from curbside.records import Document, Raw, Reading, misplaced
from growth import assert_linear

TITLE = "<front><article-meta><title-group><article-title>{}</article-title></title-group></article-meta></front>"


def readings(data: bytes) -> list[Reading]:
    """Read bytes under the name that problems are to tell."""
    return list(jats.read(Raw("hostile.nxml", data)))


def refused(data: bytes) -> str:
    """Return why a file was refused."""
    (reading,) = readings(data)
    assert reading.record is None
    assert all(problem.where == "hostile.nxml" for problem in reading.problems)
    return reading.problems[-1].what


def accepted(data: bytes) -> tuple[Document, list[str]]:
    """Return the document and what its problems say."""
    (reading,) = readings(data)
    assert isinstance(reading.record, Document), reading.problems
    assert list(misplaced(reading.record)) == []
    return reading.record, [problem.what for problem in reading.problems]


def test_a_bomb_of_nested_entities_is_refused() -> None:
    """A billion laughs: refused before anything is expanded, with the line of the declaration."""
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">\n' for n in range(1, 12))
    data = f'<!DOCTYPE article [\n<!ENTITY a0 "ha">\n{levels}]><article>{TITLE.format("&a11;")}</article>'.encode()
    (reading,) = readings(data)
    assert reading.record is None
    assert "bomb" in reading.problems[0].what and reading.problems[0].line == 3


def test_a_bomb_of_one_long_entity_is_refused() -> None:
    """Quadratic blow-up needs no nesting."""
    body = "&a;" * 50_000
    data = f'<!DOCTYPE article [<!ENTITY a "{"x" * 50_000}">]><article>{TITLE.format(body)}</article>'.encode()
    assert "bomb" in refused(data)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://169.254.169.254/latest/meta-data", "/etc/hostname"])
def test_nothing_outside_is_fetched(address: str) -> None:
    """An external entity is left out, and the loss is said."""
    data = f'<!DOCTYPE article [<!ENTITY x SYSTEM "{address}">]><article>{TITLE.format("A &x; B")}</article>'.encode()
    document, problems = accepted(data)
    assert document.title == "A B"
    assert any("&x;" in problem for problem in problems)


def test_parameter_entities_and_outside_dtds_do_nothing() -> None:
    """The DTD that a file names is not looked at."""
    outside = '<!-- it\'s ]> --><!ENTITY % p SYSTEM "file:///etc/passwd"> %p;\n'
    for place in ("http://127.0.0.1:1/evil.dtd", "file:///etc/passwd", "/etc/hostname"):
        doctype = f'<!DOCTYPE article SYSTEM "{place}" [{outside}]>'
        document, problems = accepted(f"{doctype}<article>{TITLE.format('T')}</article>".encode())
        assert (document.text, problems) == ("T", [])


def test_lines_stay_right_below_a_document_type() -> None:
    """A fault is reported where the file has it."""
    data = b'<!DOCTYPE article [\n\n<!ENTITY a "b">\n]>\n<article>\n<oops>\n</article>'
    (reading,) = readings(data)
    assert reading.line == 7


def test_a_short_declaration_of_characters_is_honoured() -> None:
    """Some publishers declare their own names of characters."""
    data = f'<!DOCTYPE article [<!ENTITY zz "&#x3b1;">]><article>{TITLE.format("&zz;-blocker")}</article>'.encode()
    assert accepted(data)[0].title == "α-blocker"


def test_an_unknown_name_stands_as_it_is() -> None:
    """Nothing is lost: the name stays in the text, and a problem names it."""
    document, problems = accepted(f"<article>{TITLE.format('a &nosuchthing; b')}</article>".encode())
    assert document.title == "a &nosuchthing; b"
    assert any("&nosuchthing;" in problem for problem in problems)


@pytest.mark.parametrize("tag", ["sec", "p", "italic", "list", "sup", "b"])
def test_ten_thousand_levels_are_refused(tag: str) -> None:
    """The parser's own bound holds."""
    data = f"<article><body>{f'<{tag}>' * 10_000}x{f'</{tag}>' * 10_000}</body></article>".encode()
    assert "not well-formed" in refused(data)


@pytest.mark.parametrize("tag", ["sec", "p", "italic", "list", "sup", "boxed-text", "disp-quote"])
def test_two_hundred_levels_are_read(tag: str) -> None:
    """As deep as the parser lets through: read, flattened, no word lost."""
    data = f"<article><body>{f'<{tag}>' * 240}deep words{f'</{tag}>' * 240}</body></article>".encode()
    assert "deep words" in accepted(data)[0].text


@pytest.mark.parametrize(
    "cell",
    [
        '<td rowspan="1000000">x</td>',
        '<td colspan="1000000">x</td>',
        '<td rowspan="1000000" colspan="1000000">x</td>',
        f'<td rowspan="{"9" * 400}">x</td>',
        '<td rowspan="-5" colspan="0">x</td>',
        '<td rowspan="0">x</td>',
    ],
)
def test_impossible_spans_are_cut_to_the_table(cell: str) -> None:
    """No cell is larger than its table; a problem says so where one claimed more."""
    rows = f"<tr>{cell}<td>1</td></tr><tr><td>y</td><td>2</td></tr>"
    data = f"<article><body><table-wrap><table>{rows}</table></table-wrap></body></article>".encode()
    document, problems = accepted(data)
    (table,) = document.tables
    assert all(1 <= c.rows <= 2 and 1 <= c.columns <= 1000 for c in table.cells)
    assert any("impossible size" in problem for problem in problems) == ("1000000" in cell)


def test_a_table_of_wide_cells_stays_small() -> None:
    """Many wide cells in one row do not multiply."""
    row = "<tr>" + '<td colspan="1000">x</td>' * 3000 + "</tr>"
    data = f"<article><body><table-wrap><table>{row}{row}</table></table-wrap></body></article>".encode()
    document, problems = accepted(data)
    assert len(document.tables[0].cells) == 6000 and any("impossible size" in p for p in problems)


def test_a_truncated_file_is_refused_with_its_line() -> None:
    """Half an article would pass for the whole."""
    data = f"<article>\n{TITLE.format('T')}\n<body><p>Half".encode()
    (reading,) = readings(data)
    assert reading.record is None and reading.line == 3


@pytest.mark.parametrize(
    "data", [b"", b"   ", b"\x00\x01\x02", b"<", b"<article", b"not xml", b"<article>\x00</article>", b"\xff\xfe<\x00"]
)
def test_rubbish_is_a_problem(data: bytes) -> None:
    """No bytes raise."""
    assert refused(data)


def test_xml_of_another_kind_says_what_it_is() -> None:
    """The first element is named."""
    assert "<html>" in refused(b"<html><body/></html>")


def test_a_wrong_encoding_is_read_with_a_remark() -> None:
    """Windows-1252 bytes in a file that says UTF-8."""
    data = (
        b'<?xml version="1.0" encoding="UTF-8"?><article>'
        + TITLE.format("caf\u00e9 5 \u2013 6").encode("cp1252")
        + b"</article>"
    )
    document, problems = accepted(data)
    assert document.title == "café 5 – 6"
    assert any("UTF-8" in problem for problem in problems)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings_that_a_file_declares_are_honoured(encoding: str) -> None:
    """Byte order marks and declarations both count."""
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    text = f'<?xml version="1.0" encoding="{declared}"?><article>{TITLE.format("café &alpha;")}</article>'
    assert accepted(text.encode(encoding))[0].title == "café α"


def test_an_article_without_anything_is_an_empty_document() -> None:
    """No title, no text: said, not raised."""
    document, problems = accepted(b"<article/>")
    assert document.text == "" and any("no title" in problem for problem in problems)


@pytest.mark.parametrize(
    "unit", ["[1]", "(Smith 2010; ", "10 mg/kg/", "a, ", "<italic>x</italic>", "P&lt;0.001 ", "&#8211;"]
)
def test_time_grows_with_length_only(unit: str) -> None:
    """Four times the text takes no more than about four times as long."""

    def prepare(n: int) -> Callable[[], object]:
        refs = '<back><ref-list><ref id="B1"><mixed-citation>W</mixed-citation></ref></ref-list></back>'
        cells = f"<table-wrap><table><tr><td>{unit * n}</td></tr></table></table-wrap>"
        data = f"<article><body><p>{unit * n}</p>{cells}</body>{refs}</article>".encode()
        return lambda: list(jats.read(Raw("x", data)))

    assert_linear(prepare, 500)
