"""What raised, lowered and mathematical print becomes in plain text, so that no number is falsified."""

from __future__ import annotations

import re
from typing import Any

THIN = "\u2009"
"""A thin space: set between two digits that only their height kept apart ("IL-2" and a raised "12")."""

_TEN = re.compile(r"(?:^|[^\d.,])10$")
_POWER = re.compile(r"[-+−–]?\d|[-−–]\s?[\w(]")
_SIGNED = re.compile(r"[-−–]\s?[\w(]")
_BLANKS = re.compile(r"[ \t\r\n]+")
_PREAMBLE = re.compile(r"\\begin\{document\}(.{0,20000}?)\\end\{document\}", re.DOTALL)


def squeezed(text: str) -> str:
    """Return text with runs of ASCII white space as one space and none around; other spaces stay as printed."""
    if "\n" in text or "  " in text or "\t" in text or "\r" in text:
        text = _BLANKS.sub(" ", text)
    return text.strip(" ")


def raised(before: str, text: str, mark: bool = False) -> str:
    """Return what joins raised `text` to the `before` that it follows: "^", a thin space or "".

    A power keeps its meaning ("10^9", "2^−ΔΔCt"); a raised reference or footnote mark after a digit is kept apart
    ("IL-2" and 12 never become 212). After letters nothing is needed: "Ca2+", "m2", "previously1,2".

    Args:
        before: the end of the text so far.
        text: the raised text.
        mark: whether it is a reference or a footnote mark rather than a power.
    """
    text = text.strip()
    if not text or not before[-1:].isdigit():
        return ""
    if mark:
        return THIN if text[0].isdigit() else ""
    return "^" if _POWER.match(text) else ""


def is_power(before: str, text: str) -> bool:
    """Tell whether raised `text` can only be a power: of ten, or with a sign ("10" and "9", "s" and "−1")."""
    text = text.strip()
    return bool((_TEN.search(before) and _POWER.match(text)) or _SIGNED.match(text))


def lowered(before: str, text: str) -> str:
    """Return what joins lowered `text` to `before`: "_" between two digits ("10_2"), else nothing ("CO2")."""
    return "_" if before[-1:].isdigit() and text.strip()[:1].isdigit() else ""


def tex(source: str) -> str:
    """Return a TeX formula without the document that typesetters wrap it in."""
    match = _PREAMBLE.search(source)
    return squeezed((match.group(1) if match else source).replace("$$", " ").replace("$", ""))


_FENCES = {"mfenced": ("(", ")"), "msqrt": ("√(", ")")}
_SKIPPED = frozenset({"annotation", "annotation-xml", "maligngroup", "malignmark", "none", "mprescripts"})
_JOINTS = {"msup": ("^",), "msub": ("",), "msubsup": ("", "^"), "mfrac": ("/",), "mroot": (" root ",)}
_DEEPEST = 60


def mathml(element: Any, depth: int = 0) -> str:
    """Return a MathML formula in one line: powers after "^", fractions with "/", everything else as it stands.

    `element` is an lxml element, with or without namespace. Raised text that is no number or name (primes, ±) follows
    directly.
    """
    if not isinstance(element.tag, str):
        return ""
    name = element.tag.rpartition("}")[2]
    if name in _SKIPPED:
        return ""
    if depth > _DEEPEST:
        return squeezed("".join(element.itertext()))
    inner = [mathml(child, depth + 1) for child in element]
    if name == "mspace":
        return " "
    if name in _JOINTS and len(inner) > 1:
        return _jointed(name, inner)
    if name in _FENCES:
        left, right = element.get("open", _FENCES[name][0]), element.get("close", _FENCES[name][1])
        return left + (", " if name == "mfenced" else "").join(inner) + right
    if name == "mtr":
        return " ".join(inner) + "; "
    own = squeezed(element.text or "")
    return own + "".join(inner) if inner else (f" {own} " if name == "mtext" and len(own) > 1 else own)


def _jointed(name: str, inner: list[str]) -> str:
    out = inner[0]
    for joint, piece in zip(_JOINTS[name], inner[1:]):
        plain = piece[:1].isalnum() or piece[:1] in "-−–("
        if name == "mfrac":
            out, piece = _grouped(out), _grouped(piece)
        out += (joint if plain else "") + piece
    return out


def _grouped(piece: str) -> str:
    piece = piece.strip()
    return piece if re.fullmatch(r"[\w.,%]{0,60}|\([^()]{0,60}\)", piece) else f"({piece})"
