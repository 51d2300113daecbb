"""Makes the shipped vocabulary from the hand-written lists and from public MeSH and DrugCentral tables.

Usage: `python training/vocabulary.py --shared DIR`, where DIR holds `data/vocabulary`. The same input gives the same
bytes.

Syntax of the hand-written lists, one concept a line:
    name = synonym; synonym | brand; brand < parent id; parent id
A line that starts with `@` opens a group: `@id name = synonyms < parents` is itself a concept, and the lines after it
are its children; `+id` opens a group whose concept stands elsewhere, a lone `+` none. A line that starts with `*` holds
several concepts, `name=synonym|brand; name=synonym`. A synonym that starts with `~` counts only beside its long form.
Lines `! phrase; phrase` are phrases that name no concept.
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from vocabulary_mesh import (
    CHEMICAL_TREES,
    CLASS_TREES,
    CONDITION_TREES,
    UNSPEAKABLE,
    Descriptor,
    by_places,
    descriptors,
    drug_classes,
    leaves,
    parents,
    sites,
)
from vocabulary_words import common_words

from curbside.language.vocabulary_rows import coded
from curbside.language.vocabulary_terms import spellings
from curbside.language.vocabulary_text import is_abbreviation, key

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "vocabulary"
SHIPPED = HERE.parent / "src" / "curbside" / "language" / "data"
STRONG = frozenset(
    word
    for line in (SOURCES / "strong.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)
TRIVIAL = frozenset(
    ("disease", "syndrome", "disorder", "active", "symptomatic", "primary", "idiopathic", "human", "the", "of",
     "infection", "erythematosus", "mellitus", "vulgaris", "lesion", "virus", "therapy", "treatment", "surgery")
)  # fmt: skip
ROUTES = frozenset(("topical", "oral", "intravenous", "intralesional", "intravitreal", "transdermal", "low-dose"))
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
    lumped: bool = False

    def names(self) -> list[str]:
        """Return all names without their marks."""
        return [each.lstrip("~") for each in (self.name, *self.synonyms, *self.brands)]

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
        return "\t".join((*columns, coded(list(columns))))


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
        many = [_short_row(each, letter) for each in line[2:].split(";") if each.strip()] if line[0] == "*" else []
        for row in many or [_row(line, letter, identifier)]:
            if not opens and group:
                row.parents.insert(0, group)
            _take(rows, row, number)
    for row in rows.values():
        plain = {key(each) for each in row.names()}
        row.synonyms = [_marked(each, row.identifier) for each in row.synonyms if not _is_route(each, plain)]
    return list(rows.values())


def _take(rows: dict[str, Row], row: Row, number: int) -> None:
    known = rows.setdefault(row.identifier, row)
    if known is row:
        return
    if known.name != row.name:
        sys.exit(f"line {number}: {row.identifier} is both {known.name!r} and {row.name!r}")
    known.synonyms += row.synonyms
    known.brands += row.brands
    known.parents += row.parents


def _is_route(synonym: str, plain: set[str]) -> bool:
    """Tell whether a synonym is another name with its route before it ("topical sirolimus"): the name will do."""
    first, _, rest = synonym.partition(" ")
    return first in ROUTES and key(rest) in plain


def _marked(synonym: str, identifier: str) -> str:
    """Mark an abbreviation of up to three letters as weak unless it is listed as strong."""
    if identifier[0] == "x" or synonym[0] == "~" or not is_abbreviation(synonym):
        return synonym
    return f"~{synonym}" if sum(c.isalnum() for c in synonym) <= 3 and synonym not in STRONG else synonym


def _short_row(item: str, letter: str) -> Row:
    """Return the row of `name=synonym=synonym|brand|brand`, an item of a line that starts with `*`."""
    names, *brands = item.strip().split("|")
    name, *synonyms = (each.strip() for each in names.split("="))
    return Row(f"{letter}:{slug(name)}", name, synonyms, [each.strip() for each in brands], lumped=letter in "cp")


def _row(line: str, letter: str, identifier: str) -> Row:
    line, _, parents = line.partition(" < ")
    if " | " in parents:
        parents, _, brands = parents.partition(" | ")
    else:
        line, _, brands = line.partition(" | ")
    name, _, synonyms = f"{line} ".partition(" = ")

    def items(column: str) -> list[str]:
        return [each.strip() for each in column.split(";") if each.strip()]

    name = name.strip()
    return Row(identifier or f"{letter}:{slug(name)}", name, items(synonyms), items(brands), items(parents))


def unlumped(rows: list[Row], headings: dict[str, str]) -> list[Row]:
    """Return the rows with the names that are narrower concepts made children of their own.

    The short lists (`*` lines) name conditions together with their forms ("depression=postpartum depression"). A name
    is a form where it is the concept's own name with a qualifier before or after it, or where MeSH has another heading
    for it (`headings`: folded heading -> its MeSH id); a wider name than the concept's own stays a synonym.
    """
    taken = {key(row.name): row for row in rows}
    result: list[Row] = []
    for row in rows:
        result.append(row)
        if not row.lumped:
            continue
        own = set(key(row.name).split())
        heading = next((headings[key(name)] for name in row.names() if key(name) in headings), "")
        kept: list[str] = []
        for synonym in row.synonyms:
            folded = key(synonym)
            words = set(folded.split())
            holder = taken.get(folded)
            if holder is not None and holder is not row:
                if row.identifier in holder.parents:  # another spelling of a form just split off
                    holder.synonyms.append(synonym)
                continue
            qualified = own < words and not words - own <= TRIVIAL
            other = headings.get(folded, heading) != heading and not words < own
            if is_abbreviation(synonym.lstrip("~")) or not (qualified or other):
                kept.append(synonym)
                continue
            taken[folded] = Row(f"{row.identifier[0]}:{slug(synonym)}", synonym, parents=[row.identifier])
            result.append(taken[folded])
        row.synonyms = kept
    return result


class Known:
    """The names taken so far, so that a made row joins the concept that has its name."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = {row.identifier: row for row in rows}
        self.by_key: dict[str, str] = {}
        for row in rows:
            for name in (row.name, *row.synonyms, *row.brands):
                self.by_key.setdefault(key(name.lstrip("~")), row.identifier)

    def find(self, names: tuple[str, ...], letter: str) -> str | None:
        """Return the id of the concept of a kind that has one of the names, or None."""
        found = (self.by_key.get(key(name)) for name in names)
        return next((each for each in found if each and each[0] == letter), None)

    def add(self, row: Row) -> None:
        """Take in a made row."""
        self.rows[row.identifier] = row
        for name in (row.name, *row.synonyms):
            self.by_key.setdefault(key(name), row.identifier)


def spoken(name: str, common: frozenset[str]) -> str:
    """Return a heading in lower case except for words that running text does not write so (eponyms)."""
    words = name.split(" ")
    lowered = (w.lower() if w.lower() in common or not w.istitle() or w.endswith("ed") else w for w in words)
    return " ".join(lowered)


def made(shared: Path, known: Known, common: frozenset[str]) -> list[Row]:
    """Return the rows made from MeSH and DrugCentral, conditions first, then classes, then drugs."""
    tables = shared / "data" / "vocabulary"
    everything = descriptors(tables / "mesh_tree-numbers.tsv")
    text = (SOURCES / "excluded.txt").read_text(encoding="utf-8")
    excluded = {each.strip() for each in re.sub(r"(?m)^#.*$", "", text).replace("\n", " ").split(";")}
    usable = [each for each in everything if each.name not in excluded and not UNSPEAKABLE.search(each.name)]
    classes = drug_classes(tables / "drugcentral_drug-to-class.tsv")
    drug_keys = {key(name) for name in classes}
    tips = leaves(everything)
    by_mesh: dict[str, str] = {}
    rows: list[Row] = []
    wanted = (
        ("c", CONDITION_TREES, lambda each: True),
        ("k", CLASS_TREES, lambda each: True),
        ("d", CHEMICAL_TREES, lambda each: each.identifier in tips and each.name.lower() not in common),
        ("d", re.compile("^D"), lambda each: key(each.name) in drug_keys),
    )
    for letter, trees, fits in wanted:
        by_tree = by_places(everything, trees)
        for each in usable:
            if each.identifier in by_mesh or not any(trees.match(tree) for tree in each.trees) or not fits(each):
                continue
            row = _made_row(each, letter, known, common)
            by_mesh[each.identifier] = row.identifier
            rows.append(row)
        for row, each in (
            (r, e) for r in rows for e in (by_descriptor(everything, r.mesh),) if r.identifier[0] == letter
        ):
            if letter != "d" and not (known.rows[row.identifier].parents and known.rows[row.identifier] is not row):
                row.parents += [p for p in parents(each, by_tree, by_mesh.get) if p != row.identifier]
    rows += _drugs(classes, known, by_mesh, common)
    return [row for row in rows if row.parents or row.synonyms or row.mesh]


_DESCRIPTORS: dict[str, Descriptor] = {}


def by_descriptor(everything: list[Descriptor], identifier: str) -> Descriptor:
    """Return a descriptor by its id."""
    if not _DESCRIPTORS:
        _DESCRIPTORS.update((each.identifier, each) for each in everything)
    return _DESCRIPTORS[identifier]


def _made_row(each: Descriptor, letter: str, known: Known, common: frozenset[str]) -> Row:
    names = tuple(spoken(name, common) for name in spellings(each.name))
    extra = tuple(spoken(name, common) for name in sites(each.name)) if letter == "c" else ()
    identifier = known.find((*names, *extra), letter)
    if identifier is None and letter == "d":
        identifier = None if known.find(names, "k") is None else known.find(names, "k")
    fresh = [name for name in (*names, *extra) if key(name) not in known.by_key]
    if identifier is not None:
        return Row(identifier, known.rows[identifier].name, fresh, [], [], each.identifier)
    row = Row(
        f"{letter}:{slug(names[0])}", names[0], [name for name in fresh if name != names[0]], [], [], each.identifier
    )
    known.add(row)
    return row


def _drugs(
    classes: dict[str, list[tuple[str, str]]], known: Known, by_mesh: dict[str, str], common: frozenset[str]
) -> list[Row]:
    rows: list[Row] = []
    for name in sorted(classes):
        named = name.lower() if name.istitle() or name[:1].isupper() else name
        identifier = known.find((named,), "d")
        above = [by_mesh[mesh] for mesh, _ in classes[name] if by_mesh.get(mesh, "")[:1] == "k"]
        if identifier is None:
            if named in common and " " not in named and len(named) < 7:
                continue
            row = Row(f"d:{slug(named)}", named, [], [], above)
            known.add(row)
        else:
            row = Row(identifier, known.rows[identifier].name, [], [], above)
        rows.append(row)
    return rows


def main() -> None:
    """Compile the lists and make the generated files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    shared: Path = parser.parse_args().shared
    headings = {
        key(name): each.identifier
        for each in descriptors(shared / "data" / "vocabulary" / "mesh_tree-numbers.tsv")
        for name in spellings(each.name)
        if any(tree[0] in "CF" for tree in each.trees)
    }
    SHIPPED.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = []
    lists: dict[str, list[Row]] = {}
    for name, letter in LISTS:
        own = unlumped(compiled((SOURCES / f"{name}.txt").read_text(encoding="utf-8"), letter), headings)
        own.sort(key=lambda row: row.identifier[0] == "k")  # where a class is named as its drug is, the drug is meant
        lists[name] = own
        rows += own
    words = common_words(shared, SOURCES / "everyday.txt")
    lines = ["# words of everyday and medical English, folded; counted by training/vocabulary.py", *words]
    (SHIPPED / "words.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    origin = "made by training/vocabulary.py from MeSH 2015 names and trees (NLM) and DrugCentral classes (CC BY 4.0)"
    by_hand = {row.identifier: row for row in rows}
    others: list[Row] = []
    made_rows = made(shared, Known(rows), frozenset(words))
    everything = {row.identifier: row for row in merged(made_rows)} | by_hand
    for row in made_rows:
        known = by_hand.get(row.identifier)
        if known is None:
            others.append(row)
        else:
            known.synonyms += row.synonyms
            known.mesh = known.mesh or row.mesh
            if not known.parents:
                known.parents += [each for each in row.parents if not above(each, known.identifier, everything)]
    write(SHIPPED / "mesh.tsv", origin, merged(others))
    for name, own in lists.items():
        write(SHIPPED / f"{name}.tsv", f"{name}: written by hand, compiled by training/vocabulary.py", own)


def above(identifier: str, other: str, rows: dict[str, Row]) -> bool:
    """Tell whether a concept has another above it."""
    queue = [identifier]
    for each in queue:
        if each == other:
            return True
        queue += [parent for parent in (rows[each].parents if each in rows else ()) if parent not in queue]
    return False


def merged(rows: list[Row]) -> list[Row]:
    """Return the rows with those of one id made one."""
    found: dict[str, Row] = {}
    for row in rows:
        known = found.setdefault(row.identifier, row)
        if known is not row:
            known.synonyms += row.synonyms
            known.parents += row.parents
            known.mesh = known.mesh or row.mesh
    return list(found.values())


def write(path: Path, origin: str, rows: list[Row]) -> None:
    """Write rows as a vocabulary file with its origin at the head."""
    path.write_text("\n".join([f"# {origin}", *(row.line() for row in rows)]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
