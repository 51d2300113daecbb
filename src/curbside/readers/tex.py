"""LaTeX's ways of writing letters and signs, turned into Unicode: accents, symbols, dashes, quotes, simple formulas.

What is not known stays as it is printed. Commands are those of LaTeX2e (The LaTeX Companion, 2nd ed., chapter 7) that
bibliographies use.
"""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
    "t": "\u0361",
}
"""Accent command -> combining character."""

_LETTERS = {
    "ss": "ß",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "i": "ı",
    "j": "ȷ",
    "dh": "ð",
    "DH": "Ð",
    "th": "þ",
    "TH": "Þ",
    "dj": "đ",
    "DJ": "Đ",
    "ng": "ŋ",
    "S": "§",
    "P": "¶",
    "pounds": "£",
    "copyright": "©",
    "textregistered": "®",
    "texttrademark": "™",
    "textdegree": "°",
    "degree": "°",
    "circ": "°",
    "textmu": "µ",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textbackslash": "\\",
    "backslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textbraceleft": "{",
    "textbraceright": "}",
    "lbrace": "{",
    "rbrace": "}",
    "textunderscore": "_",
    "textendash": "–",
    "textemdash": "—",
    "textquoteleft": "‘",
    "textquoteright": "’",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "textquotesingle": "'",
    "ldots": "…",
    "dots": "…",
    "textellipsis": "…",
    "guillemotleft": "«",
    "guillemotright": "»",
    "textperiodcentered": "·",
    "textbullet": "•",
    "dag": "†",
    "times": "×",
    "pm": "±",
    "leq": "≤",
    "le": "≤",
    "geq": "≥",
    "ge": "≥",
    "neq": "≠",
    "ne": "≠",
    "approx": "≈",
    "cdot": "·",
    "infty": "∞",
    "to": "→",
    "rightarrow": "→",
    "leftarrow": "←",
    "sim": "~",
    "lt": "<",
    "gt": ">",
    "prime": "′",
    "div": "÷",
    "euro": "€",
    "texteuro": "€",
    "textonehalf": "½",
    "quad": " ",
    "space": " ",
}
_GREEK = (
    "alpha:α beta:β gamma:γ delta:δ epsilon:ε varepsilon:ε zeta:ζ eta:η theta:θ iota:ι kappa:κ lambda:λ mu:μ nu:ν xi:ξ "
    "pi:π rho:ρ sigma:σ tau:τ upsilon:υ phi:φ varphi:φ chi:χ psi:ψ omega:ω Gamma:Γ Delta:Δ Theta:Θ Lambda:Λ Xi:Ξ Pi:Π "
    "Sigma:Σ Phi:Φ Psi:Ψ Omega:Ω"
)
_SIGNS = {
    **_LETTERS,
    **{pair[:-2]: pair[-1] for pair in _GREEK.split()},
    **{f"text{pair[:-2]}": pair[-1] for pair in _GREEK.split()},
}
"""Command -> what it prints."""

_SILENT = frozenset(
    (
        *("emph", "textit", "textbf", "texttt", "textsc", "textrm", "textsf", "textup", "textnormal", "text", "mbox"),
        *("mathrm", "mathit", "mathbf", "mathsf", "mathcal", "ensuremath", "textsuperscript", "textsubscript", "url"),
        *("it", "em", "bf", "sc", "rm", "tt", "sl", "small", "protect", "relax", "bibinfo", "uppercase", "lowercase"),
        *("enquote", "underline", "noopsort", "left", "right", "displaystyle", "nolinkurl", "sb", "sp", "hbox"),
    )
)
"""Commands about how words look, which leave nothing but the words."""

_PIECE = re.compile(r"\\([A-Za-z]{1,40})[ \t\r\n]{0,99}|\\(.)|---|--|``|''|[{}~$^_]|[^\\{}~$^_\-`']{1,9999}|.", re.S)
_POWER = re.compile(r"\{?[+−-]?\d")
_DEEPEST = 12


def text_of(tex: str) -> str:
    """Return TeX as plain text with single blanks; in linear time, whatever it holds."""
    return re.sub(r"[ \t\r\n]{1,9999}", " ", _decoded(tex, 0)).strip(" ")


def verbatim(tex: str) -> str:
    """Return a DOI or an address: braces off, and no sign of it taken for a command but an escaped one."""
    bare = re.sub(r"\\textasciitilde(?:\{\})?|\\~\{\}|\\texttildelow(?:\{\})?", "~", tex)
    bare = bare.replace("\\textless", "<").replace("\\textgreater", ">").replace("\\textbackslash", "")
    bare = re.sub(r"\\url(?=\{)", "", bare)
    return re.sub(r"\\(?=[_%&#$~^])|[{}]", "", bare).strip()


def _decoded(tex: str, depth: int) -> str:
    if not any(sign in tex for sign in ("\\", "{", "}", "$", "--", "~", "''", "``")):
        return tex
    pieces: list[str] = []
    at, formula = 0, False
    while match := _PIECE.match(tex, at):
        piece, word, sign = match[0], match[1], match[2]
        at = match.end()
        if word is not None or sign is not None:
            name = word or sign or ""
            if name in _ACCENTS and not (formula and name in "=.") and depth < _DEEPEST:
                base, at = _argument(tex, at, depth)
                pieces.append(_accented(base, _ACCENTS[name]))
            else:
                pieces.append(_command(name, piece))
        elif piece == "$":
            formula = not formula
        elif piece in ("^", "_"):
            power = piece == "^" and "".join(pieces[-1:])[-1:].isdigit() and _POWER.match(tex, at)
            pieces.append(piece if not formula or power else "")
        else:
            pieces.append(_PLAIN.get(piece, piece))
    return "".join(pieces)


_PLAIN = {"{": "", "}": "", "~": " ", "---": "—", "--": "–", "``": "“", "''": "”"}


def _command(name: str, printed: str) -> str:
    if name in _SILENT:
        return ""
    if name in _SIGNS:
        return _SIGNS[name]
    if len(name) == 1 and not name.isalpha():
        return " " if name in " ,;:\\\n\t" else "" if name in "-/!" else name
    return printed


def _argument(tex: str, at: int, depth: int) -> tuple[str, int]:
    """Return what an accent stands on, decoded, and where it ends: a group, a command or one sign."""
    while tex[at : at + 1] in (" ", "\t"):
        at += 1
    if tex[at : at + 1] == "{":
        end = at + 1
        level = 1
        while end < len(tex) and level:
            level += {"{": 1, "}": -1}.get(tex[end], 0)
            end += 1
        return _decoded(tex[at + 1 : end - (not level)], depth + 1), end
    match = _PIECE.match(tex, at) if tex[at : at + 1] == "\\" else None
    if match:
        return _command(match[1] or match[2], match[0]), match.end()
    return tex[at : at + 1], at + 1


def _accented(base: str, mark: str) -> str:
    first = {"ı": "i", "ȷ": "j"}.get(base[:1], base[:1])
    return unicodedata.normalize("NFC", first + mark) + base[1:] if first.strip() else base
