"""Rows of vocabulary files and the tables that the matcher looks names up in.

A vocabulary file is tab-separated UTF-8: id, preferred name, synonyms, brands, parents, MeSH id; lists are set apart
by `|`; lines that start with `#` are comments. A synonym that starts with `~` is an abbreviation too short or too
ambiguous to count in a text that does not hold its long form. An id that starts with `x:` names phrases that are no
concept though they hold the name of one ("target of rapamycin"). A row whose id is known already adds to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from curbside.language.vocabulary_text import compact, is_abbreviation, key
from curbside.records import Concept, ConceptKind

KINDS = {
    "d": ConceptKind.DRUG,
    "k": ConceptKind.DRUG_CLASS,
    "c": ConceptKind.CONDITION,
    "p": ConceptKind.PROCEDURE,
}


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An abbreviation of a concept.

    Attributes:
        written: its letters and digits as they must be written, without gaps.
        concept: id.
        weak: whether it counts only beside its long form.
    """

    written: str
    concept: str
    weak: bool


@dataclass(frozen=True, slots=True)
class Tables:
    """What names are looked up in; all keys are folded words with a blank between.

    Attributes:
        rows: id -> the raw rows that make up the concept, each six columns.
        words: key -> id, for names that match in any case.
        short: key -> abbreviations.
        starts: first word of a key -> numbers of words of the keys that start with it, most first.
        children: id -> ids of the rows that name it as a parent, in the order of the files.
    """

    rows: dict[str, list[list[str]]] = field(default_factory=dict[str, list[list[str]]])
    words: dict[str, str] = field(default_factory=dict[str, str])
    short: dict[str, list[Abbreviation]] = field(default_factory=dict[str, list[Abbreviation]])
    starts: dict[str, tuple[int, ...]] = field(default_factory=dict[str, tuple[int, ...]])
    children: dict[str, list[str]] = field(default_factory=dict[str, list[str]])


def split_rows(text: str) -> Iterator[list[str]]:
    """Yield the rows of a vocabulary file as six columns each; comments and blank lines are passed over."""
    for line in text.split("\n"):
        if not line or line[0] == "#":
            continue
        columns = line.rstrip("\r").split("\t")
        if len(columns) < 6:
            columns += [""] * (6 - len(columns))
        if columns[1]:
            yield columns


def build(texts: Iterable[str]) -> Tables:
    """Return the tables of vocabulary files; where two concepts share a name the first file's keeps it."""
    tables = Tables()
    lengths: dict[str, set[int]] = {}
    for text in texts:
        for columns in split_rows(text):
            _add_row(tables, lengths, columns)
    for first, counts in lengths.items():
        tables.starts[first] = tuple(sorted(counts, reverse=True))
    return tables


def _add_row(tables: Tables, lengths: dict[str, set[int]], columns: list[str]) -> None:
    concept, name, synonyms, brands, parents = columns[0], columns[1], columns[2], columns[3], columns[4]
    tables.rows.setdefault(concept, []).append(columns)
    names = [name]
    if synonyms:
        names += synonyms.split("|")
    if brands:
        names += brands.split("|")
    for each in names:
        _add_name(tables, lengths, concept, each)
    if parents:
        for parent in parents.split("|"):
            tables.children.setdefault(parent, []).append(concept)


def _add_name(tables: Tables, lengths: dict[str, set[int]], concept: str, name: str) -> None:
    weak = name[:1] == "~"
    if weak:
        name = name[1:]
    folded = key(name)
    if not folded:
        return
    if weak or is_abbreviation(name):
        short = tables.short.setdefault(folded, [])
        if all(known.concept != concept for known in short):
            short.append(Abbreviation(compact(name), concept, weak))
    elif folded not in tables.words:
        tables.words[folded] = concept
    first, _, _ = folded.partition(" ")
    lengths.setdefault(first, set()).add(folded.count(" ") + 1)


def concept_of(identifier: str, rows: list[list[str]], known: Mapping[str, object]) -> Concept:
    """Return the concept that rows of one id make up; parents that are not `known` are left out."""
    name = rows[0][1]
    brands = _merged(rows, 3)
    synonyms = tuple(each.removeprefix("~") for each in _merged(rows, 2) if each != name)
    return Concept(
        id=identifier,
        kind=KINDS[identifier[0]],
        name=name,
        synonyms=tuple(dict.fromkeys((*synonyms, *brands))),
        parents=tuple(parent for parent in _merged(rows, 4) if parent in known),
        brands=brands,
        mesh=next((row[5] for row in rows if row[5]), ""),
    )


def _merged(rows: list[list[str]], column: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in rows:
        if row[column]:
            found.update(dict.fromkeys(row[column].split("|")))
    for row in rows[1:]:
        if column == 2 and row[1] != rows[0][1]:
            found[row[1]] = None
    return tuple(found)
