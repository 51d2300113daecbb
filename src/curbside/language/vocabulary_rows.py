"""Rows of vocabulary files and the tables that the matcher looks names up in.

A vocabulary file is tab-separated UTF-8: id, preferred name, synonyms, brands, parents, MeSH id; lists are set apart
by `|`; lines that start with `#` are comments. A synonym that starts with `~` is an abbreviation too short or too
ambiguous to count in a text that does not hold its long form. An id that starts with `x:` names phrases that are no
concept though they hold the name of one ("target of rapamycin"). A row whose id is known already adds to it. A
seventh column, made by `coded`, saves folding the names at every start.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from curbside.language.vocabulary_text import LONGEST_WORD, MEMO_LIMIT, compact, fold, is_abbreviation, key
from curbside.records import Concept, ConceptKind

_COLUMNS = 6

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


class Openings(dict[str, "set[str] | None"]):
    """What may follow a word as it is written in a text, by that word; looked up when it is first met."""

    def __init__(self, seconds: Mapping[str, set[str]]) -> None:
        self._seconds = seconds

    def __missing__(self, word: str) -> set[str] | None:
        found = self._seconds.get(fold(word))
        if len(word) <= LONGEST_WORD:  # a longer one is nobody's word; not worth remembering
            if len(self) >= MEMO_LIMIT:
                self.clear()
            self[word] = found
        return found


@dataclass(frozen=True, slots=True)
class Tables:
    """What names are looked up in; all keys are folded words with a blank between.

    Attributes:
        rows: id -> the raw rows that make up the concept, each six columns.
        words: key -> id, for names that match in any case.
        short: key -> abbreviations.
        starts: first word of a key -> numbers of words of the keys that start with it, most first.
        plurals: key -> class, where a drug has the same key ("insulin" and "insulins"): the plural means the class.
        seconds: first word of a key -> the words that follow it in keys, "" where it is a key by itself.
        openings: the same for a word as texts have it; None where it starts no key.
    """

    rows: dict[str, list[list[str]]] = field(default_factory=dict[str, list[list[str]]])
    words: dict[str, str] = field(default_factory=dict[str, str])
    short: dict[str, list[Abbreviation]] = field(default_factory=dict[str, list[Abbreviation]])
    starts: dict[str, tuple[int, ...]] = field(default_factory=dict[str, tuple[int, ...]])
    plurals: dict[str, str] = field(default_factory=dict[str, str])
    seconds: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    openings: Openings = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "openings", Openings(self.seconds))


def split_rows(text: str) -> Iterator[list[str]]:
    """Yield the rows of a vocabulary file, six or seven columns each; comments and blank lines are passed over."""
    for line in text.split("\n"):
        if not line or line[0] == "#":
            continue
        columns = line.rstrip("\r").split("\t")
        if len(columns) < _COLUMNS:
            columns += [""] * (_COLUMNS - len(columns))
        if columns[1] and columns[0][1:2] == ":":
            yield columns


def build(texts: Iterable[str]) -> Tables:
    """Return the tables of vocabulary files; where two concepts share a name the first file's keeps it."""
    tables = Tables()
    rows = tables.rows
    for text in texts:
        for columns in split_rows(text):
            known = rows.get(columns[0])
            if known is None:
                rows[columns[0]] = [columns]
            else:
                known.append(columns)
            _add_names(tables, columns)
    lengths: dict[str, set[int]] = {}
    for names in (tables.words, tables.short):
        for name in names:
            first, *further = name.split(" ", 2)
            tables.seconds.setdefault(first, set()).add(further[0] if further else "")
            lengths.setdefault(first, set()).add(name.count(" ") + 1)
    for first, counts in lengths.items():
        tables.starts[first] = tuple(sorted(counts, reverse=True)) if len(counts) > 1 else tuple(counts)
    return tables


def children_of(rows: Mapping[str, list[list[str]]]) -> dict[str, list[str]]:
    """Return, by id, the ids of the rows that name it as a parent, in the order of the files."""
    children: dict[str, list[str]] = {}
    for identifier, parts in rows.items():
        for columns in parts:
            if columns[4]:
                for parent in columns[4].split("|"):
                    children.setdefault(parent, []).append(identifier)
    return children


def names_of(columns: list[str]) -> list[str]:
    """Return the names of a row: preferred, synonyms, brands, with their `~`."""
    names = [columns[1]]
    if columns[2]:
        names += columns[2].split("|")
    if columns[3]:
        names += columns[3].split("|")
    return names


def coded(columns: list[str]) -> str:
    """Return the seventh column of a row, which saves the reader the folding: a code for each name, in their order.

    Empty where the folded name is the name itself; `!folded!written` for an abbreviation, with `~` in front for a
    weak one; `-` where the name holds no word; else the folded name.
    """
    codes: list[str] = []
    for name in names_of(columns):
        bare = name.removeprefix("~")
        folded = key(bare)
        if not folded:
            codes.append("-")
        elif name[:1] == "~" or is_abbreviation(bare):
            codes.append(f"{'~' if name[:1] == '~' else '!'}{folded}!{compact(bare)}")
        else:
            codes.append("" if folded == name else folded)
    return "|".join(codes)


def _add_names(tables: Tables, columns: list[str]) -> None:
    concept = columns[0]
    words = tables.words
    given = columns[6] if len(columns) > _COLUMNS else coded(columns)
    if not (given or columns[2] or columns[3]):
        words.setdefault(columns[1], concept)
        return
    names = names_of(columns)
    codes = given.split("|")
    if len(codes) != len(names):
        codes = coded(columns).split("|")
    for name, code in zip(names, codes):
        if not code:
            words.setdefault(name, concept)
        elif code[0] in "!~":
            folded, _, written = code[1:].partition("!")
            short = tables.short.setdefault(folded, [])
            if all(known.concept != concept or known.written != written for known in short):
                short.append(Abbreviation(written, concept, code[0] == "~"))
        elif code != "-" and words.setdefault(code, concept)[0] == "d" and concept[0] == "k":
            tables.plurals.setdefault(code, concept)


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
        if column == 2 and row[1].casefold() != rows[0][1].casefold():
            found[row[1]] = None
    return tuple(found)
