"""Every page: no violation of accessibility, light and dark, wide and narrow; focus, themes, faults, zoom."""

from __future__ import annotations

from typing import Any

import pytest
from browsing import DESK, PHONE, Bridge

from nightly import NIGHTLY

QUESTION = "Does sirolimus help children with refractory autoimmune cytopenias?"
QUESTIONS = [QUESTION, "What are the harms of topical tacrolimus?", "What is the capital of France?"]
SEARCHES = ["sirolimus", "", "zzqqxx"]
AUDIENCES = ["Researcher", "Patient or carer", "Clinician"]
TEXTS = ["Of 120 patients, 34 (82.3%) responded; 10 of 13 (77%) stayed well (HR 0.71, 95% CI 0.85-1.12)."]
STANDING = ["/", "/search", "/add", "/status", "/help", "/method", "/glossary", "/keys"]
DOCUMENTS = [
    "/documents/26504182",  # a study note
    "/documents/99000001",  # an article in full, with tables and references
]
WEIGHED = [
    "/evidence?drug=everolimus&condition=tuberous+sclerosis",
    "/ledger?drug=pimecrolimus",
    "/check",
    "/studies/26504182",
]
SHELVED = ["/works/26504182", "/works/99000001", "/archive", "/drugs/sirolimus", "/conditions/tuberous+sclerosis"]
REFERENCE = ["/help/reference/commands", "/help/reference/query-language", "/help/reference/json"]
FAULTS = {
    "/nowhere": 404,
    "/answers/AAAAAAAAAAAAAAAAAAAAAA": 404,
    "/documents/99999999": 404,
    "/documents/26504182?at=x": 422,
    "/add/none": 404,
    "/ask": 405,
}


SIGHTS = [pytest.param(DESK, "light", id="desk-light"), pytest.param(PHONE, "dark", id="phone-dark")]
"""Windows and schemes: at night each with each."""
if NIGHTLY:
    SIGHTS += [pytest.param(DESK, "dark", id="desk-dark"), pytest.param(PHONE, "light", id="phone-light")]


@pytest.mark.parametrize(("width", "scheme"), SIGHTS)
def test_no_violation_on_any_page(browser: Bridge, shelf: str, width: dict[str, int], scheme: str) -> None:
    """Pages that stand, documents, answers with a citation opened, searches: all sound."""
    paths = [*STANDING, *DOCUMENTS, *WEIGHED, *SHELVED, *REFERENCE]
    given = {"paths": paths, "questions": QUESTIONS, "audiences": AUDIENCES, "searches": SEARCHES, "texts": TEXTS}
    assert browser.goes("pages.sound", shelf, given=given, scheme=scheme, limit=240_000, **width) == {}


@pytest.mark.parametrize(
    "window",
    [
        {"width": 640, "height": 450, "scale": 2},
        {"width": 320, "height": 512},
        {"width": 320, "height": 256, "scale": 4},
    ],
    ids=["200 %", "320 px", "400 %"],
)
def test_nothing_is_scrolled_sideways(browser: Bridge, shelf: str, window: dict[str, int]) -> None:
    """At twice and four times the size, and on the narrowest phone, everything is read by scrolling down."""
    paths = [*STANDING, *DOCUMENTS, *WEIGHED, *SHELVED, *REFERENCE]
    given = {"paths": paths, "questions": QUESTIONS, "audiences": AUDIENCES, "searches": SEARCHES, "texts": TEXTS}
    given |= {"axe": False}
    assert browser.goes("pages.sound", shelf, given=given, limit=240_000, **window) == {}


WAYS = [pytest.param(DESK, True, id="desk-scripts"), pytest.param(PHONE, False, id="phone-no scripts")]
if NIGHTLY:
    WAYS += [pytest.param(DESK, False, id="desk-no scripts"), pytest.param(PHONE, True, id="phone-scripts")]


@pytest.mark.parametrize(("width", "script"), WAYS)
def test_each_stop_of_the_keyboard_is_seen(browser: Bridge, shelf: str, width: dict[str, int], script: bool) -> None:
    """Tab leads through each page, in sight, with a ring, to its end."""
    given = {"paths": [*STANDING, DOCUMENTS[1]], "questions": QUESTIONS[:1]}
    assert browser.goes("pages.focus", shelf, given=given, script=script, limit=240_000, **width) == {}


def test_everything_by_keyboard(browser: Bridge, shelf: str, how: dict[str, Any]) -> None:
    """Ask, cite, open, save, search, narrow, read the help: nothing needs a mouse."""
    given = {"question": QUESTION, "words": "sirolimus"}
    assert len(browser.goes("pages.keyboard", shelf, given=given, limit=240_000, **how)["way"]) >= 16


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_themes(browser: Bridge, shelf: str, how: dict[str, Any], scheme: str) -> None:
    """A page follows the system; the button overrules it, on every page, until it is set back."""
    said = browser.goes("pages.themes", shelf, scheme=scheme, **how)
    assert said["system"] == said.get(scheme, said["system"])
    if how["script"]:
        assert said["light"] != said["dark"]


def test_faults_say_what_and_what_to_do(browser: Bridge, shelf: str, how: dict[str, Any]) -> None:
    """Each with its status, sound as any page."""
    said = browser.goes("pages.wrongs", shelf, given={"paths": list(FAULTS)}, **how)
    assert {path: each["status"] for path, each in said.items()} == FAULTS
    assert {path: each["wrong"] for path, each in said.items() if each["wrong"]} == {}


@pytest.mark.parametrize("window", [DESK, PHONE], ids=["desk", "phone"])
def test_no_link_of_the_help_is_broken(browser: Bridge, shelf: str, window: dict[str, int]) -> None:
    """From the help through all pages of the documentation."""
    said = browser.goes("pages.leaflets", shelf, limit=240_000, **window)
    assert said["broken"] == []
    assert said["seen"] >= 10
