"""No public module, class or function without a docstring, in the package, the evals, the benches and the tests."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from docs_tree import ROOT

FOLDERS = ("src/curbside", "evals", "bench", "training", "tests")
_Defined = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _bare(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if not ast.get_docstring(tree):
        yield f"{path.relative_to(ROOT)}:1 module"
    yield from _bare_in(tree, path)


def _bare_in(node: ast.Module | ast.ClassDef, path: Path) -> Iterator[str]:
    for each in node.body:
        if not isinstance(each, _Defined) or each.name.startswith("_"):
            continue
        if not ast.get_docstring(each) and not _overloaded(each):
            yield f"{path.relative_to(ROOT)}:{each.lineno} {each.name}"
        if isinstance(each, ast.ClassDef):
            yield from _bare_in(each, path)


def _overloaded(node: _Defined) -> bool:
    return any(isinstance(each, ast.Name) and each.id == "overload" for each in node.decorator_list)


@pytest.mark.parametrize("folder", FOLDERS)
def test_everything_public_says_what_it_is(folder: str) -> None:
    """A name that others may use has a sentence that says what for."""
    bare = [each for path in sorted((ROOT / folder).rglob("*.py")) for each in _bare(path)]
    assert not bare, "without a docstring:\n" + "\n".join(bare)


def test_each_room_has_a_door_plate() -> None:
    """The `__init__` of each room says what lives there."""
    rooms = [path for path in sorted((ROOT / "src" / "curbside").iterdir()) if (path / "__init__.py").exists()]
    for room in rooms:
        plate = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8"))) or ""
        assert len(plate.split()) >= 8, f"{room.name}: {plate!r}"
