"""Reads MeSH descriptors: XML (`desc2025.xml`), ASCII (`d2025.bin`) and plain tables of id, name and tree number.

Layouts are the National Library of Medicine's: https://www.nlm.nih.gov/mesh/xmlmesh.html and
https://www.nlm.nih.gov/databases/download/mesh.html.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from curbside.language.vocabulary_terms import LONGEST_NAME, Term, lines_of, opened, spellings
from curbside.records import ConceptKind, Problem

_TREES = (
    ("C22", None),  # animal diseases
    ("C", ConceptKind.CONDITION),
    ("F03", ConceptKind.CONDITION),
    ("D27", ConceptKind.DRUG_CLASS),
    ("D08", None),  # enzymes
    ("D12", None),  # proteins
    ("D", ConceptKind.DRUG),
    ("E02", ConceptKind.PROCEDURE),
    ("E04", ConceptKind.PROCEDURE),
)
"""Which tree of MeSH holds what; the first that fits decides."""


def kind_of(trees: tuple[str, ...]) -> ConceptKind | None:
    """Return what a descriptor is by its tree numbers, or None where it is nothing that the vocabulary holds."""
    for tree in trees:
        for start, kind in _TREES:
            if tree.startswith(start):
                if kind is not None:
                    return kind
                break
    return None


def term_of(identifier: str, name: str, entries: list[str], trees: tuple[str, ...]) -> Term | None:
    """Return the term of a descriptor with headings turned to natural order, or None where it is out of scope."""
    kind = kind_of(trees)
    if kind is None or not name:
        return None
    names: dict[str, None] = {}
    for heading in (name, *entries):
        names.update(dict.fromkeys(each for each in spellings(heading) if len(each) <= LONGEST_NAME))
    preferred, *others = names or {name: None}
    return Term(identifier, kind, preferred, tuple(others), (), trees, identifier)


def mesh_xml(path: Path, problems: list[Problem]) -> Iterator[Term]:
    """Yield the terms of a descriptor XML file; what cannot be parsed ends it with a problem."""
    etree: Any = import_module("lxml.etree")
    with opened(path) as stream:
        records: Any = etree.iterparse(
            stream, events=("end",), tag="DescriptorRecord", load_dtd=False, resolve_entities=False
        )
        try:
            for _, record in records:
                identifier = str(record.findtext("DescriptorUI") or "")
                name = str(record.findtext("DescriptorName/String") or "")
                entries = [str(each.text or "") for each in record.iterfind("ConceptList/Concept/TermList/Term/String")]
                trees = tuple(str(each.text or "") for each in record.iterfind("TreeNumberList/TreeNumber"))
                if not identifier or not name:
                    problems.append(_incomplete(path, int(record.sourceline or 0)))
                elif term := term_of(identifier, name, entries, trees):
                    yield term
                record.clear()
                while record.getprevious() is not None:  # what is read is let go of, the file may be large
                    del record.getparent()[0]
        except etree.XMLSyntaxError as fault:
            what = f"The XML cannot be read on from here ({fault.msg})."
            problems.append(Problem(what, str(path), int(fault.lineno or 0), "Download the file again."))


def _incomplete(path: Path, line: int) -> Problem:
    return Problem("A record without id or name was left out.", str(path), line, "See the layout of the source.")


def mesh_ascii(path: Path, problems: list[Problem]) -> Iterator[Term]:
    """Yield the terms of an ASCII descriptor file, `*NEWRECORD` and lines of `KEY = value`."""
    fields: dict[str, list[str]] = {}
    begun = 0
    with opened(path) as stream:
        for number, line in lines_of(stream, str(path), problems):
            if line.startswith("*NEWRECORD"):
                yield from _ascii_term(fields, path, begun, problems)
                fields, begun = {}, number
            elif " = " in line:
                field, _, value = line.partition(" = ")
                fields.setdefault(field.strip(), []).append(value.strip())
            elif line.strip():
                problems.append(
                    Problem("The line is not `KEY = value`; left out.", str(path), number, "See NLM's ASCII layout.")
                )
        yield from _ascii_term(fields, path, begun, problems)


def _ascii_term(fields: dict[str, list[str]], path: Path, line: int, problems: list[Problem]) -> Iterator[Term]:
    if not fields:
        return
    identifier = "".join(fields.get("UI", [])[:1])
    name = "".join(fields.get("MH", [])[:1])
    if not identifier or not name:
        problems.append(_incomplete(path, line))
        return
    entries = [each.split("|")[0] for key in ("ENTRY", "PRINT ENTRY") for each in fields.get(key, ())]
    term = term_of(identifier, name, entries, tuple(fields.get("MN", ())))
    if term:
        yield term


def mesh_table(path: Path, problems: list[Problem]) -> Iterator[Term]:
    """Yield the terms of a tab-separated table headed `mesh_id`, `mesh_name`, `mesh_tree_number`.

    A table without tree numbers says nothing of what a heading is; it yields no terms and one problem.
    """
    found: dict[str, tuple[str, list[str]]] = {}
    with opened(path) as stream:
        rows = lines_of(stream, str(path), problems)
        _, heading = next(rows, (0, ""))
        columns = heading.split("\t")
        if "mesh_tree_number" not in columns:
            what = (
                "The table has no column `mesh_tree_number`, so what its headings are is not known; nothing was taken."
            )
            problems.append(Problem(what, str(path), 1, "Give the table of tree numbers instead."))
            return
        places = [columns.index(each) for each in ("mesh_id", "mesh_name", "mesh_tree_number")]
        for number, line in rows:
            cells = line.split("\t")
            if len(cells) != len(columns):
                what = f"The line has {len(cells)} cells where the heading has {len(columns)}; left out."
                problems.append(Problem(what, str(path), number, "Set cells apart by one tab."))
                continue
            identifier, name, tree = (cells[place] for place in places)
            found.setdefault(identifier, (name, []))[1].append(tree)
    for identifier, (name, trees) in found.items():
        term = term_of(identifier, name, [], tuple(trees))
        if term:
            yield term
