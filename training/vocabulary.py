"""Makes the shipped vocabulary from the hand-written lists and from public MeSH and DrugCentral tables.

Usage: `python training/vocabulary.py [--shared DIR]`. The same input gives the same bytes. Without `--shared` only
the hand-written lists are compiled and `mesh.tsv` and `words.tsv` stay as they are.

Syntax of the hand-written lists, one concept a line:
    name = synonym; synonym | brand; brand < parent id; parent id
A line that starts with `@` opens a group: `@id name = synonyms < parents` is itself a concept, and the lines after it
are its children. `+` in place of `@` opens a group whose concept stands elsewhere. A synonym that starts with `~`
counts only beside its long form. Lines `! phrase; phrase` are phrases that name no concept.
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "vocabulary"
SHIPPED = HERE.parent / "src" / "curbside" / "language" / "data"
LISTS = (("drugs", "d"), ("conditions", "c"), ("procedures", "p"))


@dataclass
class Row:
    """One concept on its way into a vocabulary file."""

    identifier: str
    name: str
    synonyms: list[str] = field(default_factory=list)
    brands: list[str] = field(default_factory=list)
    parents: list[str] = field(default_factory=list)
    mesh: str = ""

    def line(self) -> str:
        """Return the row as the vocabulary's reader wants it."""
        synonyms = [each for each in dict.fromkeys(self.synonyms) if each != self.name]
        columns = (
            self.identifier,
            self.name,
            "|".join(synonyms),
            "|".join(dict.fromkeys(self.brands)),
            "|".join(dict.fromkeys(each for each in self.parents if each != self.identifier)),
            self.mesh,
        )
        return "\t".join(columns)


def slug(name: str) -> str:
    """Return a name as the tail of an id: ASCII, lower case, hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def compiled(text: str, letter: str) -> list[Row]:
    """Return the rows of a hand-written list; `letter` is the kind of the lines without an id of their own."""
    rows: dict[str, Row] = {}
    group = ""
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("!"):
            phrases = [each.strip() for each in line[1:].split(";")]
            rows.setdefault("x:" + letter, Row("x:" + letter, phrases[0])).synonyms += phrases
            continue
        if line.startswith("+"):
            group = line[1:].strip()
            continue
        opens = line.startswith("@")
        identifier = ""
        if opens:
            identifier, _, line = line[1:].partition(" ")
            group = identifier
        row = _row(line, letter, identifier)
        if not opens and group:
            row.parents.insert(0, group)
        if row.identifier in rows:
            known = rows[row.identifier]
            if known.name != row.name:
                sys.exit(f"line {number}: {row.identifier} is both {known.name!r} and {row.name!r}")
            known.synonyms += row.synonyms
            known.brands += row.brands
            known.parents += row.parents
        else:
            rows[row.identifier] = row
    return list(rows.values())


def _row(line: str, letter: str, identifier: str) -> Row:
    line, _, parents = line.partition(" < ")
    if " | " in parents:
        parents, _, brands = parents.partition(" | ")
    else:
        line, _, brands = line.partition(" | ")
    name, _, synonyms = line.partition(" = ")

    def items(column: str) -> list[str]:
        return [each.strip() for each in column.split(";") if each.strip()]

    name = name.strip()
    return Row(identifier or f"{letter}:{slug(name)}", name, items(synonyms), items(brands), items(parents))


def main() -> None:
    """Compile the lists and, with `--shared`, the generated files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=None)
    parser.parse_args()
    SHIPPED.mkdir(parents=True, exist_ok=True)
    for name, letter in LISTS:
        rows = compiled((SOURCES / f"{name}.txt").read_text(encoding="utf-8"), letter)
        lines = [f"# {name}: made by training/vocabulary.py from training/vocabulary/{name}.txt"]
        lines += [row.line() for row in rows]
        (SHIPPED / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for name in ("mesh.tsv", "words.tsv"):
        (SHIPPED / name).touch()


if __name__ == "__main__":
    main()
