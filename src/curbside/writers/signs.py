"""Signs that nobody sees, made visible: directional controls, zero-width characters, floods of combining marks.

A source can turn words round, or hide some, with characters that have no shape. A page shows each as a small labelled
box in its place; the character itself stays inside the box, without effect on what is around it, so that what is copied
is what the source says. Which characters are meant: Unicode Standard Annex 9 (directional formatting) and Unicode
Technical Report 36, "Bidirectional Text Spoofing" and "Default Ignorable Code Points".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

FLOOD = 3
"""How many combining marks may stand on one letter; no script needs as many."""

_CONTROLS = r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_DIRECTIONS = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u206a-\u206f"
_HIDDEN = r"\u200b\u2060-\u2064\ufeff\u180e\u115f\u1160\u3164\uffa0\ufff9-\ufffb\U000e0000-\U000e007f"
_SURROGATES = r"\ud800-\udfff"
_JOINERS = r"\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef"
_COMBINING = r"\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_UNSEEN = re.compile(
    f"[{_CONTROLS}{_DIRECTIONS}{_HIDDEN}{_SURROGATES}{_JOINERS}]|(?<=[{_COMBINING}]{{{FLOOD}}})[{_COMBINING}]++"
)
_ALWAYS = re.compile(f"[{_CONTROLS}{_DIRECTIONS}{_HIDDEN}{_SURROGATES}]")
_UNWRITTEN = re.compile(f"[{_CONTROLS}{_SURROGATES}]")
"""What a page cannot hold: controls are errors in HTML, and half a surrogate pair is no character."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A stretch of a text that has no shape of its own, or too much of one.

    Attributes:
        start, end: where it stands, half-open, in code points.
        label: what is shown in its place ("U+202E", "+492 marks").
        name: what it is, in words ("right-to-left override").
    """

    start: int
    end: int
    label: str
    name: str


def signs(text: str) -> Iterator[Sign]:
    """Yield the unseen signs of a text, in order; joiners where a script or an emoji needs them are none."""
    for found in _UNSEEN.finditer(text):
        start, end = found.span()
        sign = found[0]
        if _ALWAYS.match(sign):
            yield Sign(start, end, f"U+{ord(sign):04X}", _name(sign))
        elif unicodedata.combining(sign[0]) or end - start > 1:
            yield Sign(start, end, f"+{end - start} marks", "combining marks piled on one letter")
        elif _stray(text, start):
            yield Sign(start, end, f"U+{ord(sign):04X}", _name(sign))


def marked(text: str) -> str:
    """Return text as HTML (escaped), with each unseen sign in a labelled box: `<bdi class="sign" data-sign="U+202E">`.

    The label is drawn by the style sheet (`content: attr(data-sign)`), so selecting and copying gives the source's own
    characters; only control characters and halves of surrogate pairs, which HTML cannot hold, are left out.
    """
    pieces: list[str] = []
    done = 0
    for sign in signs(text):
        held = text[sign.start : sign.end]
        pieces.append(escape(text[done : sign.start]))
        pieces.append(
            f'<bdi class="sign" data-sign="{sign.label}" title="{escape(sign.name)}">'
            f"{'' if _UNWRITTEN.match(held) else escape(held)}</bdi>"
        )
        done = sign.end
    pieces.append(escape(text[done:]))
    return "".join(pieces)


def spelled(text: str) -> str:
    """Return text with each unseen sign spelled out, `[U+202E]`, for places that hold no markup (a window's title)."""
    pieces: list[str] = []
    done = 0
    for sign in signs(text):
        pieces += [text[done : sign.start], f"[{sign.label}]"]
        done = sign.end
    return "".join([*pieces, text[done:]])


def _name(sign: str) -> str:
    if "\ud800" <= sign <= "\udfff":
        return "part of a name that is no text"
    return unicodedata.name(sign, "control character").lower()


def _stray(text: str, place: int) -> bool:
    """Tell whether a joiner or variation selector stands where no script needs one: at an edge, or by Latin letters."""
    before = text[place - 1] if place else ""
    if not before or before.isspace():
        return True
    if text[place] in "\ufe0e\ufe0f":
        return before.isalpha() and before.isascii()
    return unicodedata.category(before)[0] not in "LMS" or before.isascii() or "LATIN" in unicodedata.name(before, "")
