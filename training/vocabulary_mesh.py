"""Rows made from public tables: MeSH names with tree numbers (NLM), and drug classes of DrugCentral (CC BY 4.0)."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

CONDITION_TREES = re.compile(r"^(?:C(?!22|23\.550\.(?:210|260|288|291|362|421|537|589|722|727|767|770))|F03)")
CHEMICAL_TREES = re.compile(r"^D0[234]\.")
CLASS_TREES = re.compile(r"^D27\.505\.(?:954|519|696)\.")
UNSPEAKABLE = re.compile(r"\b(?:and|or|by|of Environmental|as Topic|Other|Dissociative)\b|[\[\]()]")


@dataclass
class Descriptor:
    """A MeSH descriptor: its id, its name and its places in the tree."""

    identifier: str
    name: str
    trees: list[str]


def descriptors(table: Path) -> list[Descriptor]:
    """Return the descriptors of a table of id, name and tree number, in the order of their ids."""
    found: dict[str, Descriptor] = {}
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            known = found.setdefault(row["mesh_id"], Descriptor(row["mesh_id"], row["mesh_name"], []))
            known.trees.append(row["mesh_tree_number"])
    return [found[identifier] for identifier in sorted(found)]


def drug_classes(table: Path) -> dict[str, list[tuple[str, str]]]:
    """Return the MeSH classes (id, name) of each drug of a DrugCentral table, by the drug's name."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            classes = found[row["drugbank_name"]]
            if row["class_id"].startswith("D"):
                classes.append((row["class_id"], row["class_name"]))
    return found


def sites(name: str) -> list[str]:
    """Return what else people call a tumour that MeSH calls "Lung Neoplasms"."""
    if not name.endswith(" Neoplasms"):
        return []
    site = name.removesuffix(" Neoplasms")
    return [f"{site} {word}" for word in ("cancer", "tumour", "carcinoma")]


def by_places(all_descriptors: Iterable[Descriptor], wanted: re.Pattern[str]) -> dict[str, Descriptor]:
    """Return the descriptors by each of their tree numbers that lies in the wanted trees."""
    return {tree: each for each in all_descriptors for tree in each.trees if wanted.match(tree)}


def parents(each: Descriptor, by_tree: dict[str, Descriptor], known: Callable[[str], str | None]) -> list[str]:
    """Return the ids of the nearest broader descriptors that are concepts, in the order of the tree numbers."""
    found: dict[str, None] = {}
    for tree in each.trees:
        while "." in tree:
            tree = tree.rpartition(".")[0]
            above = by_tree.get(tree)
            identifier = known(above.identifier) if above else None
            if identifier:
                found[identifier] = None
                break
    return list(found)


def leaves(all_descriptors: list[Descriptor]) -> set[str]:
    """Return the ids of descriptors that have nothing below them anywhere."""
    above = Counter(tree.rpartition(".")[0] for each in all_descriptors for tree in each.trees)
    return {each.identifier for each in all_descriptors if not any(above[tree] for tree in each.trees)}
