"""Articles taken along from the web: each form as what it is, nothing that the reader may not see, nothing made twice."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import unescape
from pathlib import Path
from types import MappingProxyType

import pytest
from matrix_world import HELD, NEEDLE, Held, World, world

from curbside.doors.web import article_files
from curbside.errors import FormMissing, LibraryBusy
from curbside.workflows.article_files import ARTICLE_FORMS, ArticleForm
from desk_makers import Clock, desk_of
from sheet_makers import needs_drawing

BY_NAME = {held.standing.name: held for held in HELD if held.writer == "author"}
PUBLIC = ("approved", "reopened", "withdrawn")


@pytest.fixture(scope="module")
def served(web_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A server with an article in each state."""
    with desk_of("sqlite", tmp_path_factory.mktemp("files"), Clock()) as desk, world(web_library, desk) as made:
        yield made


def address(held: Held, form: str, number: int = 0) -> str:
    """Of an article's file, or of a version's."""
    return f"/articles/{held.id}" + (f"/versions/{number}" if number else "") + f".{form}"


@pytest.mark.parametrize(
    ("form", "begins"), [("md", b"# "), ("html", b"<!DOCTYPE html>"), ("docx", b"PK"), ("pdf", b"%PDF")]
)
def test_each_form_comes_as_what_it_is(served: World, form: str, begins: bytes) -> None:
    """With its type and a name that tells article and version; browsers keep it instead of showing it."""
    if form == "pdf":
        needs_drawing()
    held = BY_NAME["approved"]
    got = served.send("nobody", "GET", address(held, form))
    assert got.status_code == 200 and got.content.startswith(begins)
    assert got.headers["content-type"] == ARTICLE_FORMS[form].media
    assert got.headers["content-disposition"] == f'attachment; filename="curbside-{held.id}-v2.{form}"'
    assert "x-robots-tag" not in got.headers


@pytest.mark.parametrize("name", PUBLIC)
@pytest.mark.parametrize("who", ["nobody", "reader", "other author"])
def test_nothing_of_what_is_not_approved_is_in_a_file(served: World, name: str, who: str) -> None:
    """Neither words nor reasons of other versions, nor that there are any."""
    held = BY_NAME[name]
    for path in (address(held, "html"), address(held, "md", 2)):
        text = served.send(who, "GET", path).text
        assert NEEDLE not in text and "/versions/2" in text and "/versions/3" not in text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("draft", "Draft. Nobody has reviewed it."),
        ("under review", "Under review. It is not approved."),
        ("returned", "Returned to its author. It is not approved."),
        ("withdrawn", "Withdrawn. Do not rely on it."),
    ],
)
def test_who_works_on_it_takes_it_along_as_it_stands(served: World, name: str, words: str) -> None:
    """And the file says so, its name too."""
    got = served.send("author", "GET", address(BY_NAME[name], "html"))
    assert words in got.text and got.headers["x-robots-tag"] == "noindex"
    assert f"-{name.replace(' ', '-')}.html" in got.headers["content-disposition"]


def test_another_version_says_that_it_is_not_the_one_that_stands(served: World) -> None:
    """On its page, in its file, and in the file's name; one of a withdrawn article warns of that."""
    one, gone = BY_NAME["approved"], BY_NAME["withdrawn"]
    page = served.send("author", "GET", f"/articles/{one.id}/versions/1").text
    assert "Not the version that stands. Now the article is approved." in page
    got = served.send("author", "GET", address(one, "md", 1))
    assert "Not the version that stands" in got.text and "not-the-latest" in got.headers["content-disposition"]
    for path in (f"/articles/{gone.id}/versions/1", address(gone, "md", 1)):
        assert "Another version of an article that is withdrawn" in served.send("author", "GET", path).text


def test_whoever_has_it_is_only_told_so(served: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its tag, without anything being written."""
    path = address(BY_NAME["approved"], "html")
    tag = served.send("nobody", "GET", path).headers["etag"]
    monkeypatch.setattr(article_files, "article_file", lambda *_: pytest.fail("it was written again"))
    assert served.http.get(path, headers={"if-none-match": f'"x", {tag.removeprefix("W/")}'}).status_code == 304
    again = served.http.get(path, headers={"if-none-match": tag})
    assert again.status_code == 304 and not again.content and again.headers["etag"] == tag
    assert served.http.get(path).status_code == 200


def test_what_is_no_form_is_not_there(served: World) -> None:
    """As an address that never was."""
    assert served.send("nobody", "GET", address(BY_NAME["approved"], "exe")).status_code == 404
    assert served.send("nobody", "GET", "/articles/azzzzzzzzzzzzzzzz.pdf").status_code == 404


def forms_with(monkeypatch: pytest.MonkeyPatch, form: str, **fields: object) -> None:
    """Let a form be another."""
    forms: Mapping[str, ArticleForm] = {**ARTICLE_FORMS, form: replace(ARTICLE_FORMS[form], **fields)}  # type: ignore[arg-type]
    for place in ("curbside.workflows.article_files", "curbside.doors.web.article_files"):
        monkeypatch.setattr(f"{place}.ARTICLE_FORMS", MappingProxyType(forms))


def test_what_is_not_installed_is_said(served: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the article's page without a link; at its address with what to install."""

    def refuse(_: object) -> bytes:
        raise FormMissing("PDF needs the package weasyprint: pip install 'curbside[documents]'")

    forms_with(monkeypatch, "pdf", write=refuse, package="no_such_package_at_all")
    page = served.send("nobody", "GET", f"/articles/{BY_NAME['approved'].id}").text
    assert "Not made on this server: PDF." in page and ".pdf" not in page and ".docx" in page
    got = served.send("editor", "GET", address(BY_NAME["reopened"], "pdf"))
    assert got.status_code == 501 and "pip install 'curbside[documents]'" in unescape(got.text)


def test_where_too_many_wait_one_comes_back_later(served: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """With when to."""

    def busy(_: object) -> bytes:
        raise LibraryBusy("Several files are being written at the moment. Try again in a few seconds.")

    forms_with(monkeypatch, "pdf", write=busy)
    got = served.send("author", "GET", address(BY_NAME["withdrawn"], "pdf"))
    assert got.status_code == 503 and int(got.headers["retry-after"]) > 0 and "few seconds" in got.text


def test_the_head_tells_programs_of_approved_articles_only(served: World) -> None:
    """Who reviewed and when; of a draft, of what is under review again or withdrawn, and of a version, nothing."""
    page = served.send("nobody", "GET", f"/articles/{BY_NAME['approved'].id}").text
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found is not None
    data = json.loads(found.group(1))
    assert data["@type"] == "MedicalWebPage" and data["lastReviewed"] == "2027-01-15" and data["reviewedBy"]
    others = [f"/articles/{held.id}" for name, held in BY_NAME.items() if name != "approved"]
    for path in (*others, f"/articles/{BY_NAME['approved'].id}/versions/2"):
        assert "ld+json" not in served.send("author", "GET", path).text
