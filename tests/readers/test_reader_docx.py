"""Word documents: what shows in them is read, what does not is left out, and what is no document is refused in words."""

from __future__ import annotations

import io
import zipfile

import pytest

from curbside.readers import docx as reader
from curbside.readers import read
from curbside.records import Document, Raw, misplaced, sealed
from docx_makers import docx, p, table


def document_of(data: bytes) -> Document:
    """The one document of a file."""
    [reading] = read(Raw("paper.docx", data))
    assert isinstance(reading.record, Document), reading.problems
    assert list(misplaced(reading.record)) == []
    return sealed(reading.record)


def refusal(data: bytes) -> str:
    """Why a file is not read."""
    [reading] = read(Raw("paper.docx", data))
    assert reading.record is None
    return str(reading.problems[0])


def test_title_headings_lists_and_tables_are_found_by_words_own_names() -> None:
    """A style's id is translated, its name never is."""
    found = document_of(
        docx(
            p("Two children", "Titel"),
            p("Methods", "berschrift1"),
            p("We gave 2 mg."),
            p("Doses", "berschrift2"),
            table(("Arm", "n"), ("Sirolimus", "12/40")),
        )
    )
    assert found.title == "Two children"
    headings = [(s.heading.of(found.text), s.level) for s in found.sections if s.heading]
    assert headings == [("Methods", 1), ("Doses", 2)]
    assert [cell.span.of(found.text) for cell in found.tables[0].cells] == ["Arm", "n", "Sirolimus", "12/40"]


def test_references_are_a_list_and_marks_find_their_entries() -> None:
    """Numbers before entries are labels."""
    found = document_of(
        docx(p("It helps [1]."), p("References", "berschrift1"), p("1. Smith J. A paper. 2010."), p("[2] Lee A. 2012."))
    )
    assert [entry.text for entry in found.references] == ["Smith J. A paper. 2010.", "Lee A. 2012."]
    assert [mark.references for mark in found.markers] == [(0,)]


def test_what_does_not_show_is_not_read() -> None:
    """Struck out by a change, hidden, or the code of a field."""
    unseen = (
        "<w:del><w:r><w:delText>struck</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:instrText>PAGEREF x</w:instrText></w:r>"
    )
    found = document_of(docx(p("Seen", inside=unseen + "<w:r><w:tab/><w:t>too &lt;b&gt;</w:t></w:r>")))
    assert found.text == "Seen too <b>"


def test_entities_are_left_alone() -> None:
    """Neither a file of this machine nor a bomb comes in."""
    ns = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    evil = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document xmlns:w="{ns}"><w:body><w:p><w:r>' \
        "<w:t>a&e;b</w:t></w:r></w:p></w:body></w:document>"  # fmt: skip
    found = [reading.record for reading in read(Raw("x.docx", docx(body=evil)))]
    assert not any(isinstance(each, Document) and "root" in each.text for each in found)


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is unpacked beyond the bound, whatever the list at the end says."""
    monkeypatch.setattr(reader, "MOST_XML", 10_000)
    assert "unpacks to more" in refusal(docx(p("a" * 20_000)))
    monkeypatch.setattr(reader, "MOST_MEMBERS", 2)
    assert "too many parts" in refusal(docx(p("a")))


@pytest.mark.parametrize(
    "data",
    [
        docx(p("cut"))[:-30] + b"word/document.xml" + b"\0" * 20,
        docx(body="<w:document"),
        docx(body="<other/>"),
    ],
)
def test_what_cannot_be_opened_is_said(data: bytes) -> None:
    """Cut short, no XML, or XML of another kind."""
    assert "Word file" in refusal(data)


def test_another_archive_is_no_word_file() -> None:
    """It is told by the list at its end, not by its name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    assert "zip archive" in refusal(out.getvalue())
