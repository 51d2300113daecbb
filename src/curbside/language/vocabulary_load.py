"""The user's own MeSH and RxNorm files, turned into one vocabulary file that widens the shipped vocabulary.

A term whose name or synonym the vocabulary knows adds its names to that concept; any other becomes a concept of its
own. The result is read by `Vocabulary.shipped(extra=[…])`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from curbside.language.vocabulary import Vocabulary
from curbside.language.vocabulary_mesh import mesh_ascii, mesh_table, mesh_xml
from curbside.language.vocabulary_rows import KINDS, coded
from curbside.language.vocabulary_rxnorm import rxnorm
from curbside.language.vocabulary_terms import Term, opened
from curbside.language.vocabulary_text import is_abbreviation, key
from curbside.records import Problem

_LETTERS = {kind: letter for letter, kind in KINDS.items()}
_SHORTEST = 3

Read = Callable[[Path, list[Problem]], Iterator[Term]]
FORMATS: dict[str, tuple[Callable[[Path, bytes], bool], Read]] = {
    "RxNorm": (lambda path, head: path.name.upper().startswith("RXNCONSO") or head.count(b"|") >= 17, rxnorm),
    "MeSH XML": (lambda path, head: b"<DescriptorRecord" in head, mesh_xml),
    "MeSH ASCII": (lambda path, head: head.startswith(b"*NEWRECORD"), mesh_ascii),
    "MeSH table": (lambda path, head: head.startswith(b"mesh_id\t"), mesh_table),
}
"""Formats by name: how a file of it is told by its name and first bytes, and what reads it. The first that fits."""


def terms_of(path: Path, problems: list[Problem]) -> Iterator[Term]:
    """Yield the terms of a file, whatever its format; what cannot be read becomes a problem."""
    try:
        with opened(path) as stream:
            head = stream.read(8192).removeprefix(b"\xef\xbb\xbf")
        for fits, read in FORMATS.values():
            if fits(path, head):
                yield from read(path, problems)
                return
    except (OSError, EOFError) as fault:
        problems.append(Problem(f"The file cannot be read ({fault}).", str(path), 0, "Check that it is whole."))
        return
    if path.name.upper().startswith("RXNREL"):
        return
    what = "The file is in none of the known forms: " + ", ".join(FORMATS) + "."
    problems.append(Problem(what, str(path), 1, "Give MeSH descriptors or RXNCONSO.RRF."))


def load_mesh(paths: Sequence[Path]) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    """Return the terms of MeSH files (XML, ASCII or table) and what could not be read."""
    return _loaded(paths)


def load_rxnorm(paths: Sequence[Path]) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    """Return the terms of RXNCONSO files, with the brands of an RXNREL beside each, and what could not be read."""
    return _loaded(paths)


def _loaded(paths: Sequence[Path]) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    problems: list[Problem] = []
    terms = [term for path in paths for term in terms_of(path, problems)]
    return tuple(terms), tuple(problems)


def convert(paths: Sequence[Path], out: Path) -> tuple[int, tuple[Problem, ...]]:
    """Write the terms of `paths` as one vocabulary file at `out` and return how many there were, with the problems.

    `out` is replaced in one step, and only where at least one term was read. Raises OSError where it cannot be
    written.
    """
    terms, problems = _loaded(paths)
    if terms:
        rows = merged(Vocabulary.shipped(), terms)
        text = "# made by `curbside vocabulary load`\n" + "".join("\t".join((*row, coded(row))) + "\n" for row in rows)
        partial = out.with_name(out.name + ".partial")
        partial.write_text(text, encoding="utf-8")
        partial.replace(out)
    return len(terms), problems


def merged(vocabulary: Vocabulary, terms: Sequence[Term]) -> list[list[str]]:
    """Return the rows that add `terms` to `vocabulary`, in the order of the terms."""
    identifiers: list[str] = []
    taken: dict[str, str] = {}
    by_tree: dict[str, str] = {}
    for term in terms:
        identifier = _known(vocabulary, term) or _new(vocabulary, term, taken)
        identifiers.append(identifier)
        by_tree.update((tree, identifier) for tree in term.trees)
    return [_row(vocabulary, term, identifier, by_tree) for term, identifier in zip(terms, identifiers)]


def _known(vocabulary: Vocabulary, term: Term) -> str | None:
    for name in (term.name, *term.synonyms):
        if is_abbreviation(name):
            continue
        concept = vocabulary.find(name)
        if concept is not None and concept.kind is term.kind:
            return concept.id
    return None


def _new(vocabulary: Vocabulary, term: Term, taken: dict[str, str]) -> str:
    plain = unicodedata.normalize("NFKD", term.name).encode("ascii", "ignore").decode().lower()
    base = f"{_LETTERS[term.kind]}:{re.sub(r'[^a-z0-9]+', '-', plain).strip('-') or term.source.lower()}"
    identifier, number = base, 1
    while vocabulary.get(identifier) is not None or taken.setdefault(identifier, term.source) != term.source:
        number += 1
        identifier = f"{base}-{number}"
    return identifier


def _row(vocabulary: Vocabulary, term: Term, identifier: str, by_tree: dict[str, str]) -> list[str]:
    own = {key(name) for name in vocabulary.names(identifier)}
    parents: tuple[str, ...] = ()
    if vocabulary.get(identifier) is None:
        parents = tuple(dict.fromkeys(_parent(tree, identifier, by_tree) for tree in term.trees))

    def fresh(names: Sequence[str]) -> str:
        kept = (each.strip().lstrip("~#") for each in names)
        return "|".join(_marked(each) for each in kept if len(each) >= _SHORTEST and key(each) not in own)

    columns = (identifier, term.name, fresh(term.synonyms), fresh(term.brands), "|".join(filter(None, parents)))
    return [re.sub(r"[\t\r\n]", " ", column) for column in (*columns, term.mesh)]


def _marked(name: str) -> str:
    """Mark an abbreviation from a public vocabulary as one that counts only beside its long form."""
    name = name.replace("|", "/")
    return f"~{name}" if is_abbreviation(name) and len(name) <= 4 else name


def _parent(tree: str, identifier: str, by_tree: dict[str, str]) -> str:
    while "." in tree:
        tree = tree.rpartition(".")[0]
        above = by_tree.get(tree)
        if above and above != identifier and above[0] == identifier[0]:
            return above
    return ""


__all__ = ["FORMATS", "convert", "load_mesh", "load_rxnorm", "merged", "terms_of"]
