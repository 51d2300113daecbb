"""Each seam, a table of names or a Protocol, is in the reference with every one of its rows."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import pytest
from docs_tree import ROOT, agrees, named, section, table, text_of

from curbside.answer.guards import GUARDS
from curbside.answer.guards_meaning import MEANING
from curbside.answer.intents import INTENTS
from curbside.language.vocabulary_load import FORMATS as VOCABULARIES
from curbside.readers import READERS
from curbside.records import DocumentKind, EvidenceKind, Intent, NoticeKind, PartRole
from curbside.workflows.export import FORMATS
from curbside.writers import ANSWERS, CITATIONS, WRITERS
from curbside.writers.holds import FIELDS as HELD
from curbside.writers.holds import HOLDS

EVALS: Mapping[str, str] = import_module("evals.__main__").TASKS
BENCHES: Mapping[str, str] = import_module("bench.__main__").TASKS

TABLES: Mapping[str, tuple[str, str, set[str]]] = {
    "readers": ("docs/reference/formats.md", "What can be added", set(READERS)),
    "exports": ("docs/reference/formats.md", "What can be exported", set(FORMATS)),
    "citations": ("docs/reference/formats.md", "Citations", set(CITATIONS)),
    "answers": ("docs/reference/formats.md", "Forms of an answer", set(ANSWERS)),
    "vocabularies": ("docs/reference/formats.md", "Vocabulary files", set(VOCABULARIES)),
    "document kinds": ("docs/reference/formats.md", "Kinds of document", {each.value for each in DocumentKind}),
    "evidence kinds": ("docs/reference/formats.md", "Kinds of evidence", {each.value for each in EvidenceKind}),
    "roles": ("docs/reference/formats.md", "Roles of a part", {each.value for each in PartRole}),
    "notices": ("docs/reference/formats.md", "Notices", {each.value for each in NoticeKind}),
    "seam: readers": ("docs/reference/seams.md", "Readers", set(READERS)),
    "seam: writers": ("docs/reference/seams.md", "Writers", set(WRITERS) | set(ANSWERS)),
    "seam: guards": ("docs/reference/seams.md", "Guards", set(GUARDS)),
    "seam: guards of meaning": ("docs/reference/seams.md", "Guards of meaning", set(MEANING)),
    "seam: intents": ("docs/reference/seams.md", "Intents", {row.intent.value for row in INTENTS}),
    "evals": ("docs/reference/evals-and-benches.md", "Evals", set(EVALS)),
    "benches": ("docs/reference/evals-and-benches.md", "Benches", set(BENCHES)),
}
"""Seam -> page, heading under which it stands, and the names that must be set in backticks there."""


@pytest.mark.parametrize("seam", TABLES)
def test_each_row_of_a_table_is_documented(seam: str) -> None:
    """A row that is not in the reference is a feature that nobody can find."""
    page, heading, names = TABLES[seam]
    told = section(text_of(page), heading)
    assert told, f"{page} has no section {heading!r}"
    missing = names - named(told)
    assert not missing, f"{page}, {heading}: not documented: {sorted(missing)}"


@pytest.mark.parametrize("seam", TABLES)
def test_no_row_is_documented_that_is_not_there(seam: str) -> None:
    """The first column of the section's table holds nothing but the names."""
    page, heading, names = TABLES[seam]
    listed = set(re.findall(r"^\| `([^`]+)` \|", section(text_of(page), heading), re.MULTILINE))
    assert listed <= names, f"{page}, {heading}: gone: {sorted(listed - names)}"


def test_what_each_form_holds_is_documented() -> None:
    """One table, made from the one that the round trips are held to."""
    rows = [(name, *("yes" if name in HOLDS[form] else "" for form in HOLDS)) for name in HELD]
    agrees("docs/reference/formats.md", "held by forms", table(("field", *(f"`{form}`" for form in HOLDS)), rows))


def _protocols() -> list[tuple[str, str, list[str]]]:
    """Return (room, name, public methods) of each Protocol in a `base.py`."""
    found: list[tuple[str, str, list[str]]] = []
    for path in sorted((ROOT / "src" / "curbside").glob("*/base.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") == "Protocol" for base in node.bases):
                members = (each for each in node.body if isinstance(each, ast.FunctionDef))
                methods = [each.name for each in members if not each.name.startswith("_")]
                found.append((path.parent.name, node.name, methods))
    return found


@pytest.mark.parametrize(
    ("room", "name", "methods"), _protocols(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_each_protocol_is_documented_method_by_method(room: str, name: str, methods: list[str]) -> None:
    """Whoever writes a second back end finds here what it must do."""
    told = section(text_of("docs/reference/seams.md"), f"{name} ({room})")
    assert told, f'docs/reference/seams.md has no section "{name} ({room})"'
    missing = set(methods) - named(told)
    assert not missing, f"{name}: {sorted(missing)}"


def test_each_intent_has_a_row_or_is_the_general_one() -> None:
    """What a question may want is one table."""
    assert {row.intent for row in INTENTS} | {Intent.GENERAL} == set(Intent)


@pytest.mark.parametrize(("task", "module"), [*EVALS.items(), *BENCHES.items()])
def test_each_option_of_an_eval_or_bench_is_documented(task: str, module: str) -> None:
    """The row of a task names every option that its module declares."""
    source = (ROOT / Path(*module.split("."))).with_suffix(".py").read_text(encoding="utf-8")
    options = set(re.findall(r'add_argument\("(--[\w-]+)"', source))
    heading = "Options of the evals" if module.startswith("evals") else "Options of the benches"
    told = section(text_of("docs/reference/evals-and-benches.md"), heading)
    row = next((line for line in told.splitlines() if line.startswith(f"| `{task}` |")), "")
    missing = options - set(re.findall(r"`(--[\w-]+)", row))
    assert not missing, f"{heading}, {task}: {sorted(missing)}"
