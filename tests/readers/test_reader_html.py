"""HTML: what a reader of the page sees becomes text, what is hidden does not; broken and hostile pages are read too."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from curbside.readers import html
from curbside.readers.pages_html import laid_out
from curbside.records import BlockKind, Document, DocumentKind, PartRole, Problem, Raw, misplaced
from growth import assert_linear
from nightly import often


def read(source: str | bytes) -> tuple[Document, tuple[Problem, ...]]:
    """Read a page and expect a document."""
    data = source if isinstance(source, bytes) else source.encode()
    (reading,) = html.read(Raw("page.html", data))
    assert isinstance(reading.record, Document)
    assert list(misplaced(reading.record)) == []
    return reading.record, reading.problems


LONG = "This sentence is hidden from everybody who reads the page in a browser. " * 4


class TestText:
    """What becomes text."""

    def test_blocks_stand_apart_and_inline_elements_run_on(self) -> None:
        """Paragraphs are set apart by a blank line; bold and links are only words."""
        document, _ = read("<p>One <b>two</b> <a href='/x'>three</a>.</p><p>Four</p>")
        assert document.text == "One two three.\n\nFour"

    def test_list_items_are_items(self) -> None:
        """A list item is a block of its own kind."""
        document, _ = read("<h1>T</h1><ul><li>First thing to know about it</li><li>Second thing</li></ul>")
        items = [block.span.of(document.text) for block in document.blocks if block.kind is BlockKind.ITEM]
        assert items == ["First thing to know about it", "Second thing"]

    def test_signs_and_spaces_survive(self) -> None:
        """`P<0.001`, Greek letters, ranges and non-breaking spaces stay as they were."""
        document, _ = read("<p>TGF-&beta;, P&lt;0.001, 0.1%&ndash;1%, 5&nbsp;mg, IL-2, 10<sup>9</sup>/L</p>")
        assert document.text == "TGF-β, P<0.001, 0.1%–1%, 5\u00a0mg, IL-2, 109/L"

    def test_neighbouring_chips_do_not_run_together(self) -> None:
        """Two spans without white space between them are two words on the page."""
        document, _ = read("<p><span>830 upvotes</span><span>1 year ago</span></p>")
        assert document.text == "830 upvotes 1 year ago"

    @pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "iso-8859-1"])
    def test_the_declared_charset_is_used(self, charset: str) -> None:
        """A page says in its head how it is encoded."""
        page = f'<html><head><meta charset="{charset}"></head><body><p>Sjögren’s café</p></body></html>'
        coded = "cp1252" if charset != "utf-8" else charset
        document, _ = read(page.encode(coded))
        assert document.text == "Sjögren’s café"

    def test_raised_numbers_are_citation_marks(self) -> None:
        """`<sup>1,2</sup>` after a full stop is a mark that a sentence cutter must know of."""
        document, _ = read("<h1>Title of it</h1><p>All healed after treatment.<sup>1,2</sup> None relapsed.</p>")
        (marker,) = document.markers
        assert marker.span.of(document.text) == "1,2"
        assert marker.superscript


class TestHidden:
    """What nobody sees never becomes text."""

    @pytest.mark.parametrize(
        "hidden",
        [
            f"<script>{LONG}</script>",
            f"<style>{LONG}</style>",
            f"<template>{LONG}</template>",
            f"<noscript>{LONG}</noscript>",
            f'<p style="display:none">{LONG}</p>',
            f'<p style="visibility: hidden">{LONG}</p>',
            f'<p style="font-size:0">{LONG}</p>',
            f'<p style="position:absolute;left:-9999px">{LONG}</p>',
            f'<p style="color:#fff;background:#ffffff">{LONG}</p>',
            f'<p style="color: white">{LONG}</p>',
            f"<p hidden>{LONG}</p>",
            f'<div aria-hidden="true"><p>{LONG}</p></div>',
            f'<p class="visually-hidden">{LONG}</p>',
            f"<style>.ghost{{display:none}}</style><p class='ghost'>{LONG}</p>",
        ],
    )
    def test_it_stays_out(self, hidden: str) -> None:
        """Neither element, attribute, style nor rule lets hidden words in."""
        document, _ = read(f"<p>Seen before.</p>{hidden}<p>Seen after.</p>")
        assert document.text == "Seen before.\n\nSeen after."

    def test_long_hidden_text_is_remarked(self) -> None:
        """Somebody may have meant it for a machine; the remark says how much there was."""
        _, problems = read(f'<p>Seen.</p><p style="display:none">{LONG}</p>')
        (problem,) = problems
        assert not problem.lost
        assert "hides" in problem.what

    def test_what_is_hidden_only_in_print_is_seen(self) -> None:
        """A rule inside `@media` says nothing of the screen."""
        document, _ = read("<style>@media print{.noprint{display:none}}</style><p class='noprint'>Seen.</p>")
        assert document.text == "Seen."

    def test_white_on_dark_is_seen(self) -> None:
        """White words on a coloured ground are there to be read."""
        document, _ = read('<div style="background:#123"><p style="color:#fff">Seen.</p></div>')
        assert document.text == "Seen."


class TestTables:
    """Tables are cells with the headers over and beside them."""

    def test_cells_know_their_headers_across_spans(self) -> None:
        """A spanning header counts for each column under it, a row header for its row."""
        document, _ = read(
            "<h1>Doses of it</h1><table><caption>Table 2. Doses</caption><thead>"
            "<tr><th rowspan=2>Drug</th><th colspan=2>Dose</th></tr><tr><th>Start</th><th>Top</th></tr></thead>"
            "<tr><th>Sirolimus</th><td>1 mg</td><td>4 mg</td></tr></table>"
        )
        (table,) = document.tables
        text = document.text
        paths = {cell.span.of(text): [span.of(text) for span in cell.path] for cell in table.cells if not cell.header}
        assert paths == {"1 mg": ["Dose", "Start", "Sirolimus"], "4 mg": ["Dose", "Top", "Sirolimus"]}
        assert table.label is not None
        assert table.label.of(text) == "Table 2"

    def test_a_table_that_lays_a_page_out_is_no_table(self) -> None:
        """Blocks inside cells are read as blocks."""
        document, _ = read(
            "<table><tr><td><h1>Title here</h1><p>Text of the page.</p></td><td><p>More.</p></td></tr></table>"
        )
        assert document.tables == ()
        assert "Text of the page.\n\nMore." in document.text


class TestPages:
    """Pages of no special kind."""

    def test_boilerplate_is_chrome_and_the_rest_is_body(self) -> None:
        """Navigation, cookie notices and footers are in no quotable part."""
        document, _ = read(
            "<header><a>Home</a></header><nav><a>About</a></nav><div class='cookie-consent'><p>We use cookies.</p></div>"
            "<main><h1>Sirolimus levels</h1><h2>When to measure</h2><p>Levels are measured before a dose.</p></main>"
            "<aside class='newsletter'><p>Subscribe now</p></aside><footer><p>© 2024 Somebody</p></footer>"
        )
        assert document.kind is DocumentKind.PAGE
        body = [part.span.of(document.text) for part in document.parts if part.role is PartRole.BODY]
        assert body == ["When to measure\n\nLevels are measured before a dose."]

    def test_metadata_of_the_head_describes_the_document(self) -> None:
        """Site, language, canonical address and dates come from the head."""
        document, _ = read(
            '<html lang="en"><head><meta property="og:site_name" content="Site"><link rel="canonical" href="https://e.org/a">'
            '<script type="application/ld+json">{"@type":"MedicalWebPage","lastReviewed":"2024-05-01"}</script></head>'
            "<body><h1>Title of page</h1><p>Some words.</p></body></html>"
        )
        assert (document.source, document.language, document.ids.others) == (
            "Site",
            "en",
            (("url", "https://e.org/a"),),
        )
        assert document.date("reviewed") == "2024-05-01"

    @pytest.mark.parametrize(
        ("declared", "tag"), [("en_US", "en-us"), ("DE", "de"), ('x" onload=1', ""), ("klingon", ""), ("", "")]
    )
    def test_a_language_is_a_tag_or_nothing(self, declared: str, tag: str) -> None:
        """What is no tag of a language is not taken for one: pages pass it on to browsers."""
        document, _ = read(f"<html lang='{declared}'><body><h1>Title of page</h1><p>Some words.</p></body></html>")
        assert document.language == tag

    def test_an_article_in_a_navigation_is_rescued(self) -> None:
        """Where markup calls everything navigation, the main text is found all the same."""
        words = "Sirolimus lowered the platelet threshold in most of the adults who took it for a year. " * 8
        document, _ = read(f"<html><body><div class='menu'><h2>Text</h2><div>{words}</div></div></body></html>")
        assert "Sirolimus lowered" in "".join(
            p.span.of(document.text) for p in document.parts if p.role is PartRole.BODY
        )

    def test_a_page_without_text_says_so(self) -> None:
        """A page that builds itself by a script is a problem with a remedy, no document."""
        (reading,) = html.read(Raw("app.html", b"<html><body><div id=root></div><script>go()</script></body></html>"))
        assert reading.record is None
        assert reading.problems[0].remedy


def test_zero_width_and_direction_marks_are_kept_and_noted() -> None:
    """They may hide words from a search; the text stays as it was."""
    document, problems = read("<p>siro\u200blimus \u202eabc\u202c</p>")
    assert "siro\u200blimus \u202eabc\u202c" in document.text
    assert len(problems) == 2
    assert not any(problem.lost for problem in problems)


def test_text_under_very_deep_nesting_is_read() -> None:
    """The parser stops at 256 levels; nothing of the text is lost by it."""
    document, _ = read("<div>" * 5000 + "deep words" + "</div>" * 5000 + "<p>after</p>")
    assert "deep words" in document.text
    assert "after" in document.text


def test_megabytes_are_read() -> None:
    """A very large page, at night of five megabytes, comes in whole."""
    times = often(170_000, 850_000)
    document, _ = read("<p>" + "word. " * times + "</p>")
    assert len(document.text) >= 6 * times - 1


HOSTILE = {
    "unclosed paragraphs": lambda n: "<p>hello <b>world " * n,
    "only brackets": lambda n: "<" * n * 20,
    "nested tables": lambda n: "<table><tr><td>" * n + "x",
    "superscripts": lambda n: "<p>" + "word<sup>1</sup> " * n,
    "links to notes": lambda n: "<p>" + '<a href="#r1">[1]</a> ' * n,
    "rules": lambda n: "<style>" + ".a{display:none}" * n + "</style><p>x</p>",
    "comments": lambda n: "<p>x</p>" + "<!--" * n,
    "attributes": lambda n: "<p " + 'a="b" ' * n + ">text</p>",
    "spanning cells": lambda n: "<table>" + "<tr><th rowspan=99 colspan=99>x</th></tr>" * n + "</table>",
    "nested data": lambda n: '<script type="application/ld+json">' + "[" * n + "</script><p>x</p>",
    "one long paragraph": lambda n: "<p>" + "word. " * 8 * n + "</p>",
    "one long line": lambda n: "<p>" + "P = 0.1, 12 (3) in 2019; " * n,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_length_and_no_faster(name: str) -> None:
    """Four times the input takes at most about four times as long (with room for noise)."""

    def prepare(n: int) -> Callable[[], object]:
        data = HOSTILE[name](n).encode()
        return lambda: list(html.read(Raw("x.html", data)))

    assert_linear(prepare, 300)


def test_the_layout_alone_gives_lines_with_what_markup_told() -> None:
    """Level, kind, chrome and share of links of each line."""
    sheet, _ = laid_out("<nav><a>Home</a></nav><h2>Head</h2><ul><li>item</li></ul>", "x")
    told = [(line.words, line.level, line.kind, line.chrome, line.linked) for line in sheet.lines]
    assert told == [
        ("Home", 0, None, True, 1.0),
        ("Head", 2, None, False, 0.0),
        ("item", 0, BlockKind.ITEM, False, 0.0),
    ]
