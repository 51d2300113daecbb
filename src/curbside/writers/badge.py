"""A work's badge: how it was cited, as one line of SVG that another page can show."""

from __future__ import annotations

from html import escape

from curbside.records import StanceTally

_INK = "#1c2b2f"
_PAPER = "#ffffff"
_LINE = "#c9d3d6"
_SIGN = 6.3
"""Width of a sign at 11 px, generous: the widest of the fonts that a browser may take."""
_MARGIN = 8
_HEIGHT = 22


def badge_svg(tally: StanceTally, retracted: bool = False) -> str:
    """Return a badge with the counts in words, so that it says the same without colour and to readers of the screen.

    Retraction comes first, and the counts stay.
    """
    counts = (
        (tally.supporting, "supporting"),
        (tally.contrasting, "contrasting"),
        (tally.mentioning, "mentioning"),
    )
    told = " · ".join(f"{count:,} {words}" for count, words in counts) if tally.total else "not cited in this library"
    words = f"retracted · {told}" if retracted else told
    width = round(len(words) * _SIGN) + 2 * _MARGIN
    title = escape(f"Cited in this library: {words}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{_HEIGHT}" role="img" aria-label="{title}">'
        f"<title>{title}</title>"
        f'<rect x=".5" y=".5" width="{width - 1}" height="{_HEIGHT - 1}" rx="4" fill="{_PAPER}" stroke="{_LINE}"/>'
        f'<text x="{width / 2:g}" y="15" text-anchor="middle" font-family="Verdana, Noto Sans, sans-serif" '
        f'font-size="11" fill="{_INK}" textLength="{width - 2 * _MARGIN}">{escape(words)}</text></svg>\n'
    )
