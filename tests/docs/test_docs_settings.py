"""Each variable that Curbside reads is in the reference, and no room reads one past the settings."""

from __future__ import annotations

import ast

from docs_tree import ROOT, agrees, named, table, text_of

from curbside.settings import NAMES

PAGE = "docs/reference/settings.md"
BESIDE = frozenset({"NO_COLOR", "TERM", "XDG_DATA_HOME", "LOCALAPPDATA", "OMP_NUM_THREADS"})
"""Variables that belong to others and are honoured; each is named on the page too."""


def test_each_setting_is_in_the_reference_in_its_own_words() -> None:
    """The table of settings is made from `curbside.settings.NAMES`."""
    agrees(PAGE, "settings", table(("variable", "meaning"), [(f"`{name}`", words) for name, words in NAMES.items()]))


def test_variables_of_others_that_are_honoured_are_named() -> None:
    """NO_COLOR and the like are no settings of ours, and still somebody looks for them here."""
    assert named(text_of(PAGE)) >= BESIDE


def test_no_code_reads_a_variable_that_is_not_documented() -> None:
    """Whatever looks like a name in the environment of a process is a setting or one of those honoured."""
    known = set(NAMES) | BESIDE
    for path in sorted((ROOT / "src" / "curbside").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            found = _variable(node)
            assert found is None or found in known, f"{path}: {found} is in no table of settings"


def _variable(node: ast.AST) -> str | None:
    """Return the name in `environ["X"]`, `environ.get("X")` and `getenv("X")`, else None."""
    if isinstance(node, ast.Subscript) and _is_environment(node.value) and isinstance(node.slice, ast.Constant):
        return str(node.slice.value)
    if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
        return None
    called = node.func
    if isinstance(called, ast.Attribute) and (called.attr == "getenv" or _is_environment(called.value)):
        return str(node.args[0].value)
    return None


def _is_environment(node: ast.AST) -> bool:
    return (isinstance(node, ast.Attribute) and node.attr == "environ") or (
        isinstance(node, ast.Name) and node.id in ("environ", "environment")
    )
