"""Raised, lowered and mathematical print in plain text: no number may come out as another."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from curbside.readers.inline import THIN, is_power, lowered, mathml, raised, squeezed, tex

etree: Any = import_module("lxml.etree")


@pytest.mark.parametrize(
    ("before", "text", "mark", "joint"),
    [
        ("10", "9", False, "^"),
        ("× 10", "−9", False, "^"),
        ("2", "−ΔΔCt", False, "^"),
        ("IL-2", "12", True, THIN),
        ("IL-2", "a", True, ""),
        ("IL-2", " 12 ", True, THIN),
        ("Ca", "2+", False, ""),
        ("kg/m", "2", False, ""),
        ("previously", "1,2", True, ""),
        ("5", "th", False, ""),
        ("", "18", False, ""),
        ("5", "", False, ""),
    ],
)
def test_what_joins_raised_print(before: str, text: str, mark: bool, joint: str) -> None:
    """A power gets a caret, a mark after a digit a thin space, everything else follows directly."""
    assert raised(before, text, mark) == joint


@pytest.mark.parametrize(
    ("before", "text", "power"),
    [
        ("10", "9", True),
        ("x 10", "−9", True),
        ("110", "9", False),
        ("1.10", "9", False),
        ("0:44", "1", False),
        ("s", "−1", True),
    ],
)
def test_what_can_only_be_a_power(before: str, text: str, power: bool) -> None:
    """Of ten, or with a sign; in a table any other raised digit is a mark."""
    assert is_power(before, text) is power


@pytest.mark.parametrize(
    ("before", "text", "joint"), [("CO", "2", ""), ("10", "2", "_"), ("5", "max", ""), ("5", "", "")]
)
def test_what_joins_lowered_print(before: str, text: str, joint: str) -> None:
    """Only between two digits is anything needed."""
    assert lowered(before, text) == joint


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        ("<mi>p</mi><mo>&lt;</mo><mn>0.001</mn>", "p<0.001"),
        ("<msup><mn>10</mn><mn>9</mn></msup>", "10^9"),
        ("<msup><mi>x</mi><mo>′</mo></msup>", "x′"),
        ("<msub><mi>H</mi><mn>2</mn></msub><mi>O</mi>", "H2O"),
        ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "xi^2"),
        ("<mfrac><mn>1</mn><mn>2</mn></mfrac>", "1/2"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>", "(a+b)/c"),
        ("<msqrt><mi>n</mi></msqrt>", "√(n)"),
        ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a, b)"),
        ("<mi>a</mi><mspace/><mi>b</mi>", "a b"),
        ("<semantics><mi>a</mi><annotation>\\alpha</annotation></semantics>", "a"),
        ("<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable>", "1 2; "),
    ],
)
def test_formulas_in_one_line(inner: str, shown: str) -> None:
    """MathML as the usual signs."""
    space = "http://www.w3.org/1998/Math/MathML"
    assert mathml(etree.fromstring(f'<math xmlns="{space}">{inner}</math>')) == shown


def test_a_deep_formula_is_flattened() -> None:
    """Its words stay; nothing recurses without end."""
    assert mathml(etree.fromstring("<math>" + "<mrow>" * 200 + "<mi>x</mi>" + "</mrow>" * 200 + "</math>")) == "x"


def test_tex_without_its_wrapping() -> None:
    """Typesetters put each formula into a document of its own."""
    assert tex("\\documentclass[12pt]{minimal}\n\\begin{document}$$ p < 0.05 $$\\end{document}") == "p < 0.05"
    assert tex("$x$") == "x"


def test_only_layout_is_squeezed() -> None:
    """No-break and thin spaces are the author's."""
    assert squeezed(" a\n\t b\u00a0 c\u2009d ") == "a b\u00a0 c\u2009d"
