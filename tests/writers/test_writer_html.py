"""Views for pages: runs, tables, passages, documents; they lay nothing out and lose no word."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from writer_samples import document, holding

from curbside.records import (
    Answer,
    AnswerSection,
    AnswerSentence,
    Block,
    BlockKind,
    Cell,
    Document,
    DocumentKind,
    Holding,
    Intent,
    Notice,
    NoticeKind,
    Part,
    PartRole,
    Question,
    Quote,
    ReferenceEntry,
    Span,
    Table,
    sealed,
)
from curbside.writers.html_answer import answer_view, documents_of
from curbside.writers.html_document import MOST, document_view
from curbside.writers.html_passages import MARGIN
from curbside.writers.html_runs import Link, Run, runs
from curbside.writers.html_table import table_view
from curbside.writers.markdown_document import document_markdown

spans = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda ends: Span(min(ends), max(ends)))


def words(found: tuple[Run, ...] | list[Run]) -> str:
    """Return the words of runs as one."""
    return "".join(run.words for run in found)


class TestRuns:
    """A stretch as plain and lit words."""

    @given(text=st.text(min_size=30, max_size=30), span=spans, lit=st.lists(spans, max_size=4))
    def test_no_word_is_lost_and_exactly_the_lit_ones_are_lit(self, text: str, span: Span, lit: list[Span]) -> None:
        """Together the runs are the span; a character is lit where one of `lit` covers it."""
        found = runs(text, span, lit, anchor="quote")
        assert words(found) == span.of(text)
        bright = [run.lit for run in found for _ in run.words]
        wanted = [any(each.start <= place < each.end for each in lit) for place in range(span.start, span.end)]
        assert bright == wanted
        assert sum(bool(run.anchor) for run in found) == (1 if any(wanted) else 0)

    def test_a_link_may_stand_in_lit_words(self) -> None:
        """Citation marks lead on, lit or not."""
        found = runs("It helped [3] them.", Span(0, 19), [Span(3, 19)], [Link(Span(10, 13), "#ref-2")])
        assert [(run.words, run.lit, run.href) for run in found] == [
            ("It ", False, ""),
            ("helped ", True, ""),
            ("[3]", True, "#ref-2"),
            (" them.", True, ""),
        ]


def held(made: Document) -> Holding:
    """A document as a library holds it."""
    return replace(holding(), document=made)


def tabled() -> tuple[Document, Table]:
    """A document that is one table: a head, three rows."""
    rows = [["Arm", "Improved"], ["Drug", "31/40"], ["Vehicle", "5/40"], ["None", "1/40"]]
    text, cells = "", list[Cell]()
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            cells.append(Cell(Span(len(text), len(text) + len(cell)), number, column, header=not number))
            text += cell + "\t"
    table = Table(Span(0, len(text)), cells=tuple(cells))
    made = Document("", text, DocumentKind.ARTICLE, "Title", tables=(table,))
    return sealed(replace(made, parts=(Part(Span(0, len(text)), PartRole.BODY),))), table


class TestTables:
    """Cells in rows, with what heads them."""

    def test_head_and_body_are_told_apart(self) -> None:
        """Rows of headers stand in the head."""
        view = table_view(*tabled())
        assert [[words(cell.runs) for cell in row] for row in view.head] == [["Arm", "Improved"]]
        assert [cell.scope for cell in view.head[0]] == ["col", "col"]
        assert len(view.body) == 3 and not view.cut

    def test_a_passage_shows_only_the_rows_that_hold_the_words(self) -> None:
        """With the head above them, and a word that rows were left out."""
        made, table = tabled()
        place = Span(made.text.index("5/40"), made.text.index("5/40") + 4)
        view = table_view(made, table, [place], anchor="here", only=place)
        assert [[words(cell.runs) for cell in row] for row in view.body] == [["Vehicle", "5/40"]]
        assert view.cut and len(view.head) == 1
        assert [run.anchor for row in view.body for cell in row for run in cell.runs if run.lit] == ["here"]


def answered(made: Holding, *quoted: str) -> Answer:
    """An answer whose one sentence stands on words of a document."""
    text = made.document.text
    quotes = tuple(
        Quote(made.document.id, Span(text.index(each), text.index(each) + len(each)), each) for each in quoted
    )
    entry = ReferenceEntry(
        1, made.work, made.document.id, "a", made.document.title, 2020, "cohort", False, "", made.document.ids
    )
    section = AnswerSection("Short answer", (AnswerSentence(" ".join(quoted), quotes, (1,)),))
    return Answer(Question("Why?", (Intent.GENERAL,)), False, (section,), (), (entry,))


class TestPassages:
    """What a citation opens on."""

    def test_quotes_of_one_document_are_one_passage(self) -> None:
        """Both are lit in it, in the order of the text; the headings above are its path."""
        made = holding()
        view = answer_view(answered(made, "12/20 against", "Forty children"), {made.document.id: made})
        (passage,) = view.passages
        assert view.sections[0].sentences[0].citations == ((1, passage.anchor),)
        lit = [run.words for piece in passage.pieces for run in piece.runs if run.lit]
        assert lit == ["Forty children", "12/20 against"]
        assert passage.path == ("Abstract", "Methods")

    def test_a_long_paragraph_is_cut_around_the_words_and_says_so(self) -> None:
        """`MARGIN` on either side, at borders of words."""
        text = "before " * 400 + "the words " + "after " * 400
        made = held(
            sealed(
                Document(
                    "",
                    text,
                    DocumentKind.PAGE,
                    blocks=(Block(Span(0, len(text)), BlockKind.PARAGRAPH, 0),),
                    parts=(Part(Span(0, len(text)), PartRole.BODY),),
                )
            )
        )
        (passage,) = answer_view(answered(made, "the words"), {made.document.id: made}).passages
        (piece,) = passage.pieces
        assert piece.before and piece.after
        assert len(words(piece.runs)) <= 2 * MARGIN + len("the words")
        assert words(piece.runs).startswith("before ") and words(piece.runs).endswith("after")

    def test_a_document_that_is_gone_leaves_the_sentence(self) -> None:
        """Between answering and laying out somebody may remove it."""
        made = holding()
        answer = answered(made, "Forty children")
        assert documents_of(answer) == (made.document.id,)
        view = answer_view(answer, {})
        assert view.sections[0].sentences[0].citations == () and not view.passages


class TestDocuments:
    """A document in full."""

    def test_all_of_its_text_is_shown(self) -> None:
        """Headings and paragraphs, in order."""
        view = document_view(holding())
        shown = [words(item.runs) for stretch in view.stretches for item in stretch.items]
        assert shown == ["Methods", "Forty children (P<0.001).", "Results", "12/20 against 5/20."]
        assert [entry.words for entry in view.contents][:3] == ["Abstract", "Methods", "Results"]

    def test_a_long_text_goes_on_over_pages_without_loss(self) -> None:
        """Each line on one page; lit words choose theirs."""
        lines = [f"Line {number} " + "word " * 200 for number in range(200)]
        text = "\n".join(lines)
        made = held(sealed(Document("", text, DocumentKind.PAGE, "Long")))
        first = document_view(made)
        assert first.pages > 2
        pages = [document_view(made, page=number) for number in range(1, first.pages + 1)]
        shown = [words(item.runs) for page in pages for stretch in page.stretches for item in stretch.items]
        assert shown == lines
        for page in pages:
            assert sum(item.size for stretch in page.stretches for item in stretch.items) <= MOST
        place = text.index("Line 150 ")
        lit = document_view(made, Span(place, place + 8))
        assert lit.page > 1 and any(stretch.holds_quote for stretch in lit.stretches)

    def test_one_endless_line_is_shown_in_pieces(self) -> None:
        """A file without line breaks must not make a page without end."""
        text = "x" * 200_000
        made = held(sealed(Document("", text, DocumentKind.PAGE, "Endless")))
        view = document_view(made)
        assert view.pages > 1
        pages = [document_view(made, page=number) for number in range(1, view.pages + 1)]
        assert sum(item.size for page in pages for stretch in page.stretches for item in stretch.items) >= 200_000

    def test_lit_words_over_several_blocks_have_one_anchor(self) -> None:
        """The first lit run of the page carries it."""
        made = holding()
        text = made.document.text
        view = document_view(made, Span(text.index("Forty"), text.index("against")))
        lit = [run for stretch in view.stretches for item in stretch.items for run in item.runs if run.lit]
        assert "".join(run.words for run in lit) == "Forty children (P<0.001).Results12/20 "
        assert [bool(run.anchor) for run in lit] == [True, False, False]

    def test_notices_become_banners(self) -> None:
        """A retraction is grave, a correction is not, a comment is none."""
        notices = tuple(
            Notice(kind, False) for kind in (NoticeKind.RETRACTION, NoticeKind.CORRECTION, NoticeKind.COMMENT)
        )
        view = document_view(held(sealed(document(notices=notices))))
        assert [warning.grave for warning in view.warnings] == [True, False]
        assert view.standing[0] == "retracted"


def test_markdown_of_a_document_holds_no_live_markup() -> None:
    """What is markup in its words is shown as words."""
    text = "# Not a heading\n\n<script>alert(1)</script> [a](javascript:b)"
    made = held(sealed(Document("", text, DocumentKind.PAGE, "A *title*")))
    markdown = document_markdown(made)
    assert markdown.startswith("# A \\*title\\*")
    assert "\n\\# Not a heading" in markdown
    assert "\\<script\\>" in markdown and "\\[a\\]" in markdown
