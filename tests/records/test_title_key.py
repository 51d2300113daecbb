"""The key of a title: printings of one title meet in it, different works do not."""

from __future__ import annotations

import pytest

from curbside.records import title_key

TITLE = "Sirolimus in β-thalassaemia: a randomised trial of Müller's regimen"


@pytest.mark.parametrize(
    "printed",
    [
        "Sirolimus in beta-thalassaemia: a randomised trial of Muller's regimen.",
        "SIROLIMUS IN β-THALASSAEMIA – A RANDOMISED TRIAL OF MÜLLER’S REGIMEN",
        "[Sirolimus in \u03b2-thalassaemia: a randomised trial of Mu\u0308ller's regimen].",
        "  Sirolimus in β‐thalassaemia :\u00a0a randomised\ntrial of Müller's regimen",
    ],
)
def test_printings_of_one_title_have_one_key(printed: str) -> None:
    """Case, accents, dashes, quotes, brackets, spaces and spelled-out Greek make no difference."""
    assert title_key(printed) == title_key(TITLE)


def test_a_long_title_needs_no_year() -> None:
    """Lists and records often differ by a year (online, print); the score looks at it, the key does not."""
    assert title_key(TITLE, "2010", "Müller") == title_key(TITLE, "2011a", "Muller") == title_key(TITLE)


def test_different_titles_have_different_keys() -> None:
    """A part number or a last word parts two titles."""
    assert title_key(TITLE + ", part I") != title_key(TITLE + ", part II")


def test_a_short_title_needs_year_and_first_author() -> None:
    """There are a thousand works called "Authors' reply"."""
    assert (
        title_key("Authors' reply")
        == title_key("Authors' reply", "2010")
        == title_key("Authors' reply", "", "Kim")
        == ""
    )
    assert title_key("Authors’ Reply", "2010b", "Kim") == title_key("Authors' reply.", "2010", "KIM") != ""
    assert title_key("Authors' reply", "2010", "Kim") != title_key("Authors' reply", "2011", "Kim")
    assert title_key("Authors' reply", "2010", "Kim") != title_key("Authors' reply", "2010", "Lee")


@pytest.mark.parametrize("nothing", ["", " ", "…", "—", "\u0308"])
def test_no_title_has_no_key(nothing: str) -> None:
    """What has no letter has no key, whatever else is known."""
    assert title_key(nothing, "2010", "Kim") == ""


def test_the_form_of_the_key() -> None:
    """It fits a column of fixed width and cannot be taken for an identifier."""
    key = title_key(TITLE * 500)
    assert key.startswith("t:") and len(key) == 18
