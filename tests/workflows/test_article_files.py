"""Files of articles: what they are called, and what becomes of a drawing that goes wrong in its own process."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from typing import Any

import pytest

from curbside.errors import FormMissing, LibraryBusy
from curbside.records import ArticleState
from curbside.records.article_sheet import ArticleSheet
from curbside.workflows import article_files
from curbside.workflows.article_files import ARTICLE_FORMS, article_file, drawn_apart, file_key, file_name
from curbside.writers.page_pdf import MISSING
from sheet_makers import sheet


@pytest.mark.parametrize(
    ("held", "ending"),
    [
        (sheet(), "v2.pdf"),
        (sheet(state=ArticleState.UNDER_REVIEW), "v2-under-review.pdf"),
        (sheet(state=ArticleState.DRAFT, steps=()), "v2-draft.pdf"),
        (sheet(latest=False), "v2-not-the-latest.pdf"),
        (sheet(latest=False, state=ArticleState.WITHDRAWN), "v2-withdrawn.pdf"),
    ],
)
def test_the_name_of_a_file_tells_what_may_not_be_relied_on(held: ArticleSheet, ending: str) -> None:
    """Also where the file lies among others, unopened."""
    assert file_name(held, "pdf") == f"curbside-{held.article}-{ending}"


def test_another_state_or_form_is_another_file() -> None:
    """So that nothing kept is handed out for it."""
    keys = {file_key(held, form) for held in (sheet(), sheet(news="x"), sheet(grave=True)) for form in ARTICLE_FORMS}
    assert len(keys) == 3 * len(ARTICLE_FORMS)


def test_forms_without_a_package_are_always_there() -> None:
    """Markdown and HTML need nothing."""
    for form in ("md", "html"):
        assert ARTICLE_FORMS[form].there and ARTICLE_FORMS[form].text
        assert "Does sirolimus help?" in article_file(sheet(), form).decode()
    assert not ARTICLE_FORMS["pdf"].text and not ARTICLE_FORMS["docx"].text


def ends(monkeypatch: pytest.MonkeyPatch, code: int, out: bytes = b"", err: bytes = b"") -> None:
    """Let the process that draws end so."""
    done = subprocess.CompletedProcess([], code, out, err)
    run: Callable[..., Any] = lambda *_, **__: done  # noqa: E731
    monkeypatch.setattr(article_files.subprocess, "run", run)


class TestDrawingApart:
    """Whatever happens to the process that draws, the one that asked goes on and says what is the matter."""

    def test_what_it_draws_comes_back_with_what_it_could_not_draw(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The file whole, line breaks in it too."""
        ends(monkeypatch, 0, b"20013 25991\n%PDF\nx\n")
        made = drawn_apart("<p>", "0" * 64)
        assert (made.pdf, made.unseen) == (b"%PDF\nx\n", "中文")

    def test_what_is_not_installed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """In its own words."""
        ends(monkeypatch, MISSING, err=b"PDF needs the library Pango.")
        with pytest.raises(FormMissing, match=r"^PDF needs the library Pango\.$"):
            drawn_apart("<p>", "0" * 64)

    @pytest.mark.parametrize("code", [1, -11])
    def test_an_end_in_the_middle(self, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
        """As it comes where a machine has no font at all."""
        ends(monkeypatch, code, b"half", b"Traceback")
        with pytest.raises(FormMissing, match="apt-get install fonts-dejavu-core"):
            drawn_apart("<p>", "0" * 64)

    def test_a_drawing_without_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Is ended, and whoever asked may come back."""

        def late(*_: Any, **__: Any) -> Any:
            raise subprocess.TimeoutExpired("draw", 1)

        monkeypatch.setattr(article_files.subprocess, "run", late)
        with pytest.raises(LibraryBusy, match="not finished in time"):
            drawn_apart("<p>", "0" * 64)
