"""Pages of the documentation, laid out from the Markdown files that come with Curbside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from posixpath import join, normpath

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from curbside.doors.web.pages import page
from curbside.errors import NotHeld

_HERE = Path(__file__).resolve()
FOLDERS = (_HERE.parents[2] / "docs", _HERE.parents[4] / "docs")
"""Where the files are: beside the modules in an installed package, at the root of a checkout."""

_NAME = re.compile(r"[a-z][a-z0-9-]{0,40}(?:/[A-Za-z][A-Za-z0-9-]{0,40})?", re.ASCII)

SHELF = (
    ("web", "These pages", "asking, reading an answer, searching, adding"),
    ("keys", "Keys", "what can be done without a mouse"),
    ("method", "How an answer is made", "for the clinician"),
    ("glossary", "Curbside's own words", "what they mean"),
    ("tutorial", "Tutorial", "from nothing to an answer, on the command line"),
    ("how-to", "How to", "recipes"),
    ("why", "Why", "what it is for and what it is not"),
    ("encoder", "Encoder", "searching by meaning as well as words"),
    ("reference/query-language", "Query language", "fields, phrases, AND, OR, NOT"),
    ("reference/formats", "Formats", "what can be added, what comes out"),
    ("reference/commands", "Commands", "the command line"),
    ("reference/settings", "Settings", "what the environment sets"),
    ("reference/api", "API", "for programs"),
)
"""What the help page leads to: file, title, what it is about; those that are not there are left out."""


@dataclass(frozen=True, slots=True)
class Leaflet:
    """A page of the documentation: its title, its HTML, and its headings as (anchor, words)."""

    title: str
    html: Markup
    headings: tuple[tuple[str, str], ...]


def help_page(request: Request) -> Response:
    """Show what the pages can do, and what else there is to read."""
    shelf = [(f"/help/{name}", title, about) for name, title, about in SHELF if _file(name) is not None]
    return page(request, "help.html", {"shelf": shelf, "leaflet": leaflet("web")}, headers=_CACHE)


def keys(request: Request) -> Response:
    """Show the keys, and the switch that turns single letters off."""
    return page(request, "keys.html", {}, headers=_CACHE)


def named(name: str) -> str:
    """Return the address at which a page of the documentation stands."""
    return f"/{name}" if name in ("method", "keys") else f"/help/{name}"


def method(request: Request) -> Response:
    """Show how an answer is made."""
    return _page(request, "method")


def further(request: Request) -> Response:
    """Show another page of the documentation."""
    name = request.path_params["name"]
    return keys(request) if name == "keys" else _page(request, name)


_CACHE = {"Cache-Control": "private, no-cache"}


def _page(request: Request, name: str) -> Response:
    return page(request, "leaflet.html", {"leaflet": leaflet(name)}, headers=_CACHE)


def _file(name: str) -> Path | None:
    if not _NAME.fullmatch(name):
        return None
    return next((path for folder in FOLDERS if (path := folder / f"{name}.md").is_file()), None)


@lru_cache(maxsize=64)
def leaflet(name: str) -> Leaflet:
    """Return a page of the documentation as HTML; what is HTML in its Markdown is shown as text.

    Raises:
        NotHeld: if there is none of that name.
    """
    path = _file(name)
    if path is None:
        raise NotHeld("There is no such page of the documentation.")
    return _laid_out(path.read_text(encoding="utf-8"), name)


def laid_out(text: str) -> Markup:
    """Return Markdown that somebody wrote here as HTML, to stand under a first heading.

    What is HTML in it is shown as text, pictures are left as their words and addresses of other kinds than links have
    are left out, so that it can do nothing on the page, and load nothing from elsewhere. Its headings begin with the
    second level and their anchors with "t-", so that no two things of a page have one name.
    """
    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    tokens = reader.parse(text)
    taken: dict[str, int] = {}
    for number, token in enumerate(tokens):
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{max(2, int(token.tag[1]))}"
        if token.type == "heading_open":
            token.attrSet("id", f"t-{_anchor(_words(tokens[number + 1]), taken)}")
        elif token.type == "inline":
            _mark_outward(token)
        elif token.type == "th_open":
            token.attrSet("scope", "col")
    return _rendered(reader, tokens)


def _laid_out(text: str, name: str) -> Leaflet:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = _without_pictures(reader.parse(text))
    title, headings = name, list[tuple[str, str]]()
    taken: dict[str, int] = {}
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            words = _words(tokens[number + 1])
            if token.tag == "h1":
                title = words
            anchor = _anchor(words, taken)
            token.attrSet("id", anchor)
            if token.tag == "h2":
                headings.append((anchor, words))
        elif token.type == "inline":
            _lead(token, name)
        elif token.type == "th_open":
            token.attrSet("scope", "col")
    return Leaflet(title, _rendered(reader, tokens), tuple(headings))


def _words(token: Token) -> str:
    return "".join(each.content for each in token.children or () if each.type != "softbreak")


def _rendered(reader: MarkdownIt, tokens: Sequence[Token]) -> Markup:
    html: str = reader.renderer.render(tokens, reader.options, {})
    html = html.replace("<table>", '<div class="scroller" role="group" tabindex="0" aria-label="Table"><table>')
    html = html.replace("</table>", "</table></div>").replace("<pre>", '<pre tabindex="0">')
    return Markup(html)  # the renderer escapes, and takes no HTML


def _without_pictures(tokens: Sequence[Token]) -> list[Token]:
    """Leave out paragraphs that are a picture of these very pages, which whoever reads them here has before them."""
    gone: set[int] = set()
    for number, token in enumerate(tokens):
        if token.type == "inline" and [each.type for each in token.children or ()] == ["image"]:
            gone |= {number - 1, number, number + 1}
    return [token for number, token in enumerate(tokens) if number not in gone]


def _anchor(words: str, taken: dict[str, int]) -> str:
    """Return the anchor that GitHub gives to a heading, so that links work there and here."""
    slug = re.sub(r"[^\w\- ]", "", words.lower()).strip().replace(" ", "-")
    taken[slug] = taken.get(slug, 0) + 1
    return slug if taken[slug] == 1 else f"{slug}-{taken[slug] - 1}"


def _lead(token: Token, name: str) -> None:
    """Let links to other files of the documentation lead to their pages here; what is not there becomes plain words."""
    for each in token.children or ():
        if each.type == "link_open":
            href = str(each.attrGet("href") or "")
            if "://" in href:
                each.attrSet("rel", "noreferrer noopener")
            elif not href.startswith("#"):
                each.attrSet("href", _here(href, name))


def _mark_outward(token: Token) -> None:
    """Let no other site learn where a reader comes from."""
    for each in token.children or ():
        href = str(each.attrGet("href") or "")
        if each.type == "link_open" and (href.startswith("//") or not href.startswith(("/", "#"))):
            each.attrSet("rel", "noreferrer noopener")


def _here(href: str, name: str) -> str:
    file, _, anchor = href.partition("#")
    target = normpath(join(name.rpartition("/")[0], file)).removesuffix(".md")
    if not file.endswith(".md") or _file(target) is None:
        return "/help"
    return named(target) + (f"#{anchor}" if anchor else "")
