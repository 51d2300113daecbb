"""What is licensed where: our own small table, and labels that the user adds as files of the same form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from curbside.errors import UsageError
from curbside.language.vocabulary import Vocabulary
from curbside.records import Licence

COLUMNS = (
    "drug",
    "condition",
    "within",
    "indication",
    "route",
    "ages",
    "youngest",
    "place",
    "date",
    "source",
    "product",
)
"""Columns of a table of licences; the first line that is no comment names them."""

NEEDED = ("drug", "condition", "place", "source")


@lru_cache(maxsize=1)
def shipped() -> tuple[Licence, ...]:
    """Return our own table."""
    text = (files("curbside.appraise") / "data" / "licences.tsv").read_text(encoding="utf-8")
    return tuple(_rows(text, "", None))


def licences(vocabulary: Vocabulary, extra: Mapping[Path, str] | None = None) -> tuple[Licence, ...]:
    """Return our table and the user's.

    Args:
        vocabulary: finds drugs and conditions that the user gives by name.
        extra: text of each of the user's files, by path.

    Raises:
        UsageError: for a line that cannot be read, with file and line.
    """
    own = [row for path, text in (extra or {}).items() for row in _rows(text, path.name, vocabulary)]
    return (*own, *shipped())


def _rows(text: str, name: str, vocabulary: Vocabulary | None) -> Iterable[Licence]:
    columns: list[str] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if not columns:
            columns = cells
            missing = [each for each in NEEDED if each not in columns]
            if missing:
                raise UsageError(f"{name}:{number}: the first line names the columns; {', '.join(missing)} is missing.")
            continue
        row = dict(zip(columns, cells))
        where = f"{name}:{number}" if name else ""
        lacking = [each for each in NEEDED if not row.get(each)]
        if lacking:
            raise UsageError(f"{where}: {', '.join(lacking)} is empty.")
        youngest = row.get("youngest", "")
        if youngest and not youngest.isdecimal():
            raise UsageError(f"{where}: youngest is an age in whole years, not “{youngest[:20]}”.")
        yield Licence(
            drug=_concept(row["drug"], "d", vocabulary, where),
            condition=_concept(row["condition"], "c", vocabulary, where),
            indication=row.get("indication", "") or row["condition"],
            route=row.get("route", "").lower(),
            ages=row.get("ages", ""),
            youngest=int(youngest) if youngest else None,
            place=row["place"],
            date=row.get("date", ""),
            source=row["source"],
            product=row.get("product", ""),
            within=_concept(row["within"], "c", vocabulary, where) if row.get("within") else "",
            file=where,
        )


def _concept(name: str, kind: str, vocabulary: Vocabulary | None, where: str) -> str:
    if vocabulary is None:
        return name
    concept = vocabulary.get(name) or vocabulary.find(name)
    if concept is None or concept.id[0] != kind:
        what = "drug" if kind == "d" else "condition"
        raise UsageError(f"{where}: the vocabulary does not know a {what} “{name[:60]}”.")
    return concept.id
