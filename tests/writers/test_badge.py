"""The badge of a work: counts in words, one well-formed picture."""

from __future__ import annotations

from lxml import etree

from curbside.records import StanceTally
from curbside.writers.badge import badge_svg


def said(svg: str) -> str:
    """The words of a picture that is well-formed XML."""
    return "".join(map(str, etree.fromstring(svg).itertext()))


def test_the_counts_stand_in_words() -> None:
    """In the order of the page, thousands set apart."""
    assert said(badge_svg(StanceTally(12, 1, 1_040))).endswith(
        "12 supporting · 1 contrasting · 1,040 mentioning\n".strip()
    )


def test_a_work_that_nobody_cites_says_so() -> None:
    """Of this library only."""
    assert "not cited in this library" in said(badge_svg(StanceTally()))


def test_a_retracted_work_says_so_first() -> None:
    """Whatever was said of it."""
    assert "retracted · 3 supporting" in said(badge_svg(StanceTally(3, 0, 1), retracted=True))


def test_the_picture_is_as_wide_as_its_words() -> None:
    """So that none is cut."""
    widths = [float(etree.fromstring(badge_svg(StanceTally(n, n, n))).attrib["width"]) for n in (1, 10_000)]
    assert widths[0] < widths[1]
