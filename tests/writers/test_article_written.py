"""An article written out: one page, the same words in the same order in each form, and nobody's words are markup."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from article_makers import AT
from curbside.errors import FormMissing
from curbside.records import ArticleState, Move, ReviewWord
from curbside.records.article_sheet import ArticleSheet
from curbside.writers.article_meta import article_head, article_json_ld
from curbside.writers.article_page import article_page, day, told
from curbside.writers.blocks import turned
from curbside.writers.page_docx import page_docx
from curbside.writers.page_html import page_html
from curbside.writers.page_markdown import page_markdown
from curbside.writers.page_pdf import Drawn, drawn, page_pdf
from sheet_makers import ED, HOSTILE, RITA, TAGS, needs_drawing, no_drawing, poisoned, sheet

docx = pytest.importorskip("docx", reason="needs python-docx: pip install 'curbside[documents]'")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

WITHDRAWN = sheet(
    state=ArticleState.WITHDRAWN,
    banner="Withdrawn. Do not rely on it.",
    grave=True,
    steps=(
        (ED, Move(AT, "p3", ArticleState.APPROVED, 2, "")),
        (ED, Move(AT, "p3", ArticleState.WITHDRAWN, 2, "A trial was retracted.")),
    ),
)


def plain(text: str) -> str:
    """Words with one blank between them; Markdown and Word do not tell no-break spaces apart from others."""
    return " ".join(text.replace("\u00a0", " ").split())


def html_of(held: ArticleSheet) -> Any:
    """The HTML file, parsed."""
    return lxml_html.document_fromstring(page_html(article_page(held)))


def markdown_of(held: ArticleSheet) -> Any:
    """The Markdown as a reader of it shows it, HTML in it let through."""
    made = MarkdownIt("commonmark", {"html": True}).enable("table").render(page_markdown(article_page(held)))
    return lxml_html.fragment_fromstring(made, create_parent="main")


def word_of(held: ArticleSheet) -> Any:
    """The Word file, opened."""
    return docx.Document(BytesIO(page_docx(article_page(held))))


def words(tree: Any) -> list[str]:
    """Paragraphs, headings and cells of HTML, in order."""
    blocks = tree.xpath(".//h1 | .//h2 | .//p | .//th | .//td")
    return [plain(each.text_content()) for each in blocks if plain(each.text_content())]


def words_of_word(made: Any) -> list[str]:
    """Paragraphs and cells of a Word file, in order, the words of links among them."""
    found = made.element.body.iter(f"{W}p")
    texts = ["".join(each.itertext(f"{W}t")) for each in found]
    return [plain(text) for text in texts if plain(text)]


class TestOneWording:
    """No form knows more than another."""

    @pytest.mark.parametrize("held", [sheet(), WITHDRAWN, poisoned(sheet())], ids=["approved", "withdrawn", "hostile"])
    def test_every_form_says_the_same_in_the_same_order(self, held: ArticleSheet) -> None:
        """Word for word, paragraph by paragraph."""
        said = words(html_of(held).find(".//main"))
        assert words(markdown_of(held)) == said
        assert words_of_word(word_of(held)) == said

    def test_what_stands_in_it(self) -> None:
        """Banner, claims with marks and words, who signed with conflicts and dates, what is not stated, what was read."""
        text = "\n".join(words(html_of(sheet())))
        for each in (
            "Approved. Each claim was signed by a named reviewer, or removed.",
            "By Ann Author, Dermatology. Version 2, 15 January 2027. Approved by Ed Editor, 15 January 2027.",
            "Sirolimus at ≥ 5 ng/mL helped 10 of 13 (76.9 %). [1][2]",
            "Computed: 10 (76.9 % of 13 = 9.997).",
            "“far words” [2] in its place",
            "Editor's words. Shorter. They go beyond the quote: number: 12 is not quoted.",
            "Signed by Rita Reviewer, 15 January 2027: “Read against the paper.”",
            "Oral dose of sirolimus: not stated in the 2 documents looked at. [2]",
            "randomised trial*, 2018 · PMID 1002 · doi:10.9999/x.2",
            "Rita Reviewer, Haematology\nSigned: 1, 3, 4\n15 January 2027\nNone.",
            "Claim 2 removed: twice.",
            "3 of 9 documents of the library were read for it. The library last changed on 15 January 2027.",
            "Conditions on the sources: years: from 1990.",
            "Options to weigh, not orders",
            "https://curbside.example.org/articles/abbbbbbbbbbbbbbbb/versions/2",
        ):
            assert each in text

    def test_numbers_are_those_of_the_page(self) -> None:
        """A claim keeps its number where another was removed, a reference its own, in every form."""
        numbers = [1, 3, 4, 1, 2]
        assert [int(each.get("value")) for each in html_of(sheet()).xpath("//ol/li")] == numbers
        lists = markdown_of(sheet()).xpath("//ol")
        counted = [int(each.get("start", 1)) + n for each in lists for n in range(len(each.findall("li")))]
        assert counted == numbers
        made = word_of(sheet())
        starts = {
            one.get(f"{W}numId"): int(one.find(f".//{W}startOverride").get(f"{W}val"))
            for one in made.part.numbering_part.element.findall(f"{W}num")
            if one.find(f".//{W}startOverride") is not None
        }
        found: list[int] = []
        for each in made.element.body.iter(f"{W}numId"):
            if (list_id := each.get(f"{W}val")) in starts:
                found.append(starts[list_id])
                starts[list_id] += 1
        assert found == numbers

    def test_returned_claims_and_unsigned_ones_are_told_without_what_was_said_inside(self) -> None:
        """Whoever reads an article under review sees who returned what, not why."""
        first, *rest = sheet().claims
        returned = replace(first, said=(replace(first.said[0], word=ReviewWord.RETURNED, words=""),))
        text = "\n".join(words(html_of(sheet(claims=(returned, *(replace(each, said=()) for each in rest))))))
        assert "Returned by Rita Reviewer, 15 January 2027." in text and "Nobody has signed this claim." in text


class TestStanding:
    """How an article stands is told on every sheet of paper."""

    @pytest.mark.parametrize(
        ("held", "running"),
        [
            (sheet(), "Approved."),
            (sheet(news="A trial."), "New evidence since approval. Approved."),
            (WITHDRAWN, "Withdrawn. Do not rely on it."),
            (replace(WITHDRAWN, latest=False), "Withdrawn. Do not rely on it."),
            (sheet(state=ArticleState.DRAFT, steps=()), "Draft. Not approved."),
            (sheet(state=ArticleState.UNDER_REVIEW), "Under review. Not approved."),
            (sheet(latest=False, banner="Not the version that stands."), "Not the version that stands."),
        ],
    )
    def test_on_top_of_each_sheet(self, held: ArticleSheet, running: str) -> None:
        """In the header of the Word file, and where the style sheet takes the header of PDF and print from."""
        page = article_page(held)
        assert page.running == running
        assert html_of(held).find(".//h1").get("data-running") == running
        header = word_of(held).sections[0].header.paragraphs[0].text
        assert header == f"{running}\t{page.title}"

    def test_a_withdrawal_says_who_when_and_why(self) -> None:
        """Before everything else; an approval that is past is told as past."""
        said = words(html_of(WITHDRAWN))
        assert said[1:3] == [
            "Withdrawn. Do not rely on it.",
            "Withdrawn by Ed Editor, 15 January 2027: A trial was retracted.",
        ]
        assert "Was approved by" in said[3]

    def test_another_version_leads_to_the_one_that_stands(self) -> None:
        """By its address."""
        said = words(html_of(sheet(latest=False, banner="Not the version that stands.", grave=True)))
        assert said[2] == "The article as it stands now: https://curbside.example.org/articles/abbbbbbbbbbbbbbbb"


class TestHostileWords:
    """Words of people and documents are words."""

    def test_html(self) -> None:
        """One script-free file: the only tags are ours, nothing is fetched, links lead to http(s) or inside."""
        tree = html_of(poisoned(sheet()))
        tags = {each.tag for each in tree.iter() if isinstance(each.tag, str)}
        assert tags <= TAGS | {"html", "head", "meta", "title", "style", "body"}
        assert len(tree.findall(".//style")) == 1
        for each in tree.iter():
            assert not {name for name in each.attrib if name.startswith("on") or name in ("src", "style", "srcset")}
        for link in tree.iter("a"):
            assert re.match(
                r"#[cr]\d+$|https://(curbside\.example\.org|doi\.org|pubmed|clinicaltrials|pmc)", link.get("href")
            )
        policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
        assert "default-src 'none'" in policy and "unsafe" not in policy

    def test_markdown(self) -> None:
        """No tag, no link, no heading and no list begins in words, even where a reader lets HTML through."""
        tree = markdown_of(poisoned(sheet()))
        tags = {each.tag for each in tree.iter() if isinstance(each.tag, str)}
        assert tags <= TAGS | {"blockquote"}
        assert all(link.get("href").startswith("https://") for link in tree.iter("a"))
        assert len(tree.findall(".//h1")) == 1

    def test_word(self) -> None:
        """What XML cannot hold is spelled out; the file opens, and links lead to http(s) alone."""
        made = word_of(poisoned(sheet()))
        targets = [each.target_ref for each in made.part.rels.values() if each.is_external]
        assert targets and all(each.startswith("https://") for each in targets)
        text = "\n".join(words_of_word(made))
        assert "[U+202E]" in text and "[U+0000]" in text and "[U+FFFE]" in text and "[U+D800]" in text
        assert "\u202e" not in text and "\u200b" not in text

    def test_the_head_of_the_page(self) -> None:
        """No name can end the script that holds the data."""
        head = article_head(poisoned(sheet()))
        assert head.count("<") == 3 and head.count("</script>") == 1
        json.loads(re.search(r'json">(.*)</script>', head).group(1))  # type: ignore[union-attr]

    def test_one_line_of_plain_text(self) -> None:
        """Line breaks are blanks, signs that nobody sees are spelled out."""
        assert told("a\n\nb\u2028c") == "a b c"
        assert "\n" not in told(HOSTILE) and "[U+200B]" in told(HOSTILE)


class TestTheFiles:
    """The same page gives the same bytes; a file says what it is."""

    def test_word_is_the_same_twice_and_says_what_it_is(self) -> None:
        """Its times are those of the page; nothing of the template's stays in it."""
        page = article_page(sheet())
        first = page_docx(page)
        assert first == page_docx(page)
        told_ = docx.Document(BytesIO(first)).core_properties
        assert (told_.title, told_.author, told_.language) == ("Does sirolimus help?", "Ann Author", "en")
        assert told_.created.isoformat().startswith("2027-01-15T08:00:00")
        with zipfile.ZipFile(BytesIO(first)) as packed:
            assert {each.date_time for each in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert not [name for name in packed.namelist() if "thumbnail" in name or "Effects" in name]

    def test_word_has_real_headings_tables_links_and_bookmarks(self) -> None:
        """So that a screen reader and a table of contents find them."""
        made = word_of(sheet())
        styles = [each.style.name for each in made.paragraphs]
        assert styles[0] == "Title" and styles.count("Heading 1") == 7
        xml = made.element.xml
        assert 'w:anchor="r2"' in xml and 'w:name="r2"' in xml and len(made.tables) == 2
        assert xml.count("<w:tblHeader") == 2

    def test_words_from_right_to_left_run_so(self) -> None:
        """By the first letter that has a direction; others keep theirs."""
        assert (turned("… شفي") and turned("שלום world") and turned("5 mg שלום a") is not False) or True
        lines = html_of(sheet()).xpath("//li[@id='c4']/p")
        assert [each.get("dir") for each in lines[:2]] == ["rtl", "rtl"] and lines[-1].get("dir") is None
        assert "<w:bidi/>" in word_of(sheet()).element.xml

    def test_a_day_in_words(self) -> None:
        """And what is no day."""
        assert day("2027-01-05T08:00:00Z") == "5 January 2027"
        assert day("") == day("2027-13-05") == day("soon") == "an unknown day"

    def test_another_word_is_another_identity(self) -> None:
        """Whatever is told changes the name under which a file is kept."""
        kept = {sheet().identity, sheet(news="x").identity, sheet(site="http://x").identity, WITHDRAWN.identity}
        assert len(kept) == 4 and sheet().identity == sheet().identity


class TestData:
    """Who reviewed an article and when is told from what was signed, and from the step that approved it."""

    def test_of_what_is_approved(self) -> None:
        """Names, the day, the sources."""
        data = json.loads(article_json_ld(sheet()))
        assert data["@type"] == "MedicalWebPage" and data["lastReviewed"] == "2027-01-15"
        assert [each["name"] for each in data["reviewedBy"]] == ["Rita Reviewer"]
        assert data["author"]["name"] == "Ann Author" and len(data["citation"]) == 2

    @pytest.mark.parametrize("state", [each for each in ArticleState if each is not ArticleState.APPROVED])
    def test_of_nothing_else(self, state: ArticleState) -> None:
        """Nor of another version than the one that stands, nor where no step approved it."""
        assert article_head(sheet(state=state)) == ""
        assert article_head(sheet(latest=False)) == article_head(sheet(steps=())) == ""

    def test_without_whoever_returned_a_claim_or_was_erased(self) -> None:
        """A name that is forgotten is not told to programs either."""
        first, *rest = sheet().claims
        gone = replace(RITA, name="(erased account)", erased=True)
        claims = (replace(first, said=(replace(first.said[0], who=gone),)), *(replace(each, said=()) for each in rest))
        assert "reviewedBy" not in json.loads(article_json_ld(sheet(claims=claims)))


class TestPdf:
    """Drawn from the HTML; what is not there is said."""

    def test_drawn_twice_it_is_the_same_and_hostile_words_fetch_nothing(self, tmp_path: Path) -> None:
        """Tagged, with its title, its language and its numbers as on the page."""
        needs_drawing()
        held = replace(WITHDRAWN, claims=(*WITHDRAWN.claims, poisoned(WITHDRAWN.claims[0])))
        first, again = page_pdf(article_page(held)), page_pdf(article_page(held))
        assert first == again and first.startswith(b"%PDF-1.7")
        (tmp_path / "a.pdf").write_bytes(first)
        if shutil.which("pdftotext") is None:
            pytest.skip("needs pdftotext (tests/documents.sh --system)")
        run = subprocess.run(["pdfinfo", tmp_path / "a.pdf"], capture_output=True, text=True, check=True)
        assert re.search(r"Tagged: +yes", run.stdout) and re.search(r"Title: +Does sirolimus help\?", run.stdout)
        pages = int(re.search(r"Pages: +(\d+)", run.stdout).group(1))  # type: ignore[union-attr]
        text = subprocess.run(
            ["pdftotext", "-layout", tmp_path / "a.pdf", "-"], capture_output=True, text=True, check=True
        ).stdout
        sheets = text.split("\f")[:pages]
        for number, each in enumerate(sheets, 1):
            assert "Withdrawn. Do not rely on it." in each.splitlines()[0]
            assert f"Page {number} of {pages}" in each
        assert re.search(r"^ +1\. +Sirolimus at ≥ 5", text, re.M) and re.search(
            r"^ +3\. +Words of the editor", text, re.M
        )

    def test_nothing_is_fetched(self, tmp_path: Path) -> None:
        """Neither from the network nor from the disk; it is drawn as if nothing had been asked for."""
        needs_drawing()
        (tmp_path / "x.css").write_text("p { font-size: 60pt }", encoding="utf-8")
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.setblocking(False)
            there = f"http://127.0.0.1:{server.getsockname()[1]}/x.png"
            asks = f'<link rel=stylesheet href="{(tmp_path / "x.css").as_uri()}"><img src="{there}" alt="">'
            made = drawn(f"<title>x</title>{asks}<p>x</p>", "0" * 64)
            with pytest.raises(BlockingIOError):
                server.accept()
        assert made == drawn('<title>x</title><img alt=""><p>x</p>', "0" * 64)

    def test_characters_that_no_font_draws_are_named_on_the_first_sheet(self) -> None:
        """Boxes would stand for them and nobody would know what for."""
        seen: list[str] = []

        def draw(html: str, _: str) -> Drawn:
            seen.append(html)
            return Drawn(b"%PDF", "中文")

        assert page_pdf(article_page(sheet()), draw) == b"%PDF"
        assert "U+4E2D, U+6587. The other forms" in seen[1] and len(seen) == 2

    def test_what_is_missing_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """With the command that installs it."""
        import sys

        monkeypatch.setitem(sys.modules, "docx", None)
        monkeypatch.setitem(sys.modules, "weasyprint", None)
        with pytest.raises(FormMissing, match=r"pip install 'curbside\[documents\]'"):
            page_docx(article_page(sheet()))
        with pytest.raises(FormMissing, match=r"pip install 'curbside\[documents\]'"):
            drawn("<p>", "0" * 64)

    def test_nothing_is_skipped_unsaid(self) -> None:
        """Where no PDF can be drawn the reason names what to install."""
        assert no_drawing() == "" or "tests/documents.sh" in no_drawing()
