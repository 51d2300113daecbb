"""Laying out: templates, what they may call, and how a page is sent."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from curbside.doors.http.accounts import Accounts
from curbside.doors.http.pool import LibraryPool
from curbside.doors.http.press import Press
from curbside.doors.web.fresh import FreshAnswers
from curbside.doors.web.glance import Glances
from curbside.language.fact_words import fact_words, label
from curbside.store.asked import AskedStore
from curbside.wiring.model import model_name
from curbside.workflows.signing import Current
from curbside.writers.signs import marked, spelled
from curbside.writers.weighed import licence_words

STATIC = Path(__file__).resolve().parent / "static"

THEMES = ("light", "dark")
"""What the cookie `theme` may say; anything else follows the system."""


@dataclass(frozen=True, slots=True)
class Web:
    """What the pages work with, kept as `request.app.state.web`.

    Attributes:
        pool: opened libraries.
        asked: kept questions.
        glances: what the library holds, remembered for a while.
        extra: whether pages beyond this door's own (adding) are there.
        fresh: answers that were just made and are about to be shown.
        resolver: address of an OpenURL resolver, or "".
        accounts: people who may sign in, or None for a server without.
        press: writes files that take long.
    """

    pool: LibraryPool
    asked: AskedStore
    glances: Glances
    extra: bool = False
    fresh: FreshAnswers = field(default_factory=FreshAnswers)
    resolver: str = ""
    accounts: Accounts | None = None
    press: Press = field(default_factory=Press)


def web_of(request: Request) -> Web:
    """Return what the pages of this application work with."""
    web: Web = request.app.state.web
    return web


@lru_cache(maxsize=64)
def static_href(name: str) -> str:
    """Return the address of a static file; it changes with the file, so that it may be kept for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


def shown(text: str) -> Markup:
    """Return words of a source as HTML: escaped, with signs that nobody sees in labelled boxes."""
    return Markup(marked(text))


def is_telling(hedge: str) -> bool:
    """Tell whether a word of doubt is worth showing beside a value whose bounds are shown anyway."""
    return any(letter.isalpha() for letter in hedge) and hedge not in ("over", "under", "at least", "up to")


def thousands(number: int) -> str:
    """Return a number with its thousands set apart."""
    return f"{number:,}"


@lru_cache(maxsize=1)
def templates() -> Environment:
    """Return the templates, every value in them escaped."""
    environment = Environment(
        loader=PackageLoader("curbside.doors.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    found = cast("dict[str, Any]", environment.filters)  # pyright: ignore[reportUnknownMemberType]
    found.update(shown=shown, spelled=spelled, thousands=thousands)
    found.update(told=fact_words, named=label, licensed=licence_words)
    tests = cast("dict[str, Any]", environment.tests)  # pyright: ignore[reportUnknownMemberType]
    tests["telling"] = is_telling
    names = cast("dict[str, Any]", environment.globals)  # pyright: ignore[reportUnknownMemberType]
    names.update(static=static_href, language_model=model_name)
    return environment


def page(
    request: Request,
    name: str,
    context: Mapping[str, Any],
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """Return a page laid out by the template `name`.

    Nothing of a page is kept by caches unless `headers` say otherwise: it may hold a question, and the library changes.
    """
    theme = request.cookies.get("theme", "")
    found: Current | None = getattr(request.state, "current", None)  # kept by `curbside.doors.web.who`
    values = {
        "theme": theme if theme in THEMES else "",
        "path": request.url.path,
        "adds": web_of(request).extra,
        "signs": web_of(request).accounts is not None,
        "me": found.person if found is not None else None,
        "csrf": found.csrf if found is not None else "",
        **context,
    }
    html = templates().get_template(name).render(values)
    return HTMLResponse(html, status, {"Cache-Control": "no-store", **(headers or {})})
