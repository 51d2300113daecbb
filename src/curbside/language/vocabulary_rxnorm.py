"""Reads RxNorm's `RXNCONSO.RRF` and, where it lies beside it, `RXNREL.RRF` for the ingredients of brands.

Columns as in the RxNorm technical documentation, section 12 (https://www.nlm.nih.gov/research/umls/rxnorm/docs/).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from curbside.language.vocabulary_terms import LONGEST_NAME, Term, lines_of, opened
from curbside.records import ConceptKind, Problem

_CONCEPT, _LANGUAGE, _SOURCE, _TYPE, _NAME, _SUPPRESSED = 0, 1, 11, 12, 14, 16
_CONSO_COLUMNS = 18
_TYPES = frozenset(("IN", "PIN", "BN", "SY", "TMSY"))
_REL_COLUMNS = 16
_INGREDIENT_OF_BRAND = frozenset(("tradename_of", "has_tradename"))
_INGREDIENT_OF_SALT = frozenset(("form_of", "has_form"))


def rxnorm(path: Path, problems: list[Problem]) -> Iterator[Term]:
    """Yield a drug for each ingredient (type IN), with its synonyms, precise ingredients (PIN) and brands (BN)."""
    names: dict[str, dict[str, list[str]]] = {}
    with opened(path) as stream:
        for number, line in lines_of(stream, str(path), problems):
            cells = line.split("|")
            if len(cells) < _CONSO_COLUMNS:
                what = f"The line has {len(cells)} columns where RXNCONSO has {_CONSO_COLUMNS}; left out."
                problems.append(Problem(what, str(path), number, "Give the file as NLM ships it."))
                continue
            if _wanted(cells):
                names.setdefault(cells[_CONCEPT], {}).setdefault(cells[_TYPE], []).append(cells[_NAME])
    brands, salts = _relations(path.with_name("RXNREL.RRF"), names, problems)
    for concept, by_type in names.items():
        if "IN" not in by_type:
            continue
        preferred, *others = by_type["IN"]
        synonyms = [*others, *by_type.get("SY", ()), *by_type.get("TMSY", ()), *salts.get(concept, ())]
        yield Term(
            concept, ConceptKind.DRUG, preferred, tuple(dict.fromkeys(synonyms)),
            tuple(dict.fromkeys(brands.get(concept, ()))),
        )  # fmt: skip


def _wanted(cells: list[str]) -> bool:
    """Tell whether a line of RXNCONSO is a current English name of an ingredient, a salt or a brand."""
    own = cells[_SOURCE] == "RXNORM" and cells[_LANGUAGE] == "ENG" and cells[_SUPPRESSED] in ("N", "")
    return own and cells[_TYPE] in _TYPES and 0 < len(cells[_NAME]) <= LONGEST_NAME


def _relations(
    path: Path, names: dict[str, dict[str, list[str]]], problems: list[Problem]
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the brands and the salts of each ingredient; a brand of several ingredients is none of one's."""
    brands: dict[str, list[str]] = {}
    salts: dict[str, list[str]] = {}
    owners: dict[str, set[str]] = {}
    if not path.is_file():
        problems.append(
            Problem("RXNREL.RRF is not beside it, so brands are without ingredients.", str(path), 0,
                    "Put both files in one folder.", lost=False)
        )  # fmt: skip
        return brands, salts
    with opened(path) as stream:
        for number, line in lines_of(stream, str(path), problems):
            cells = line.split("|")
            if len(cells) < _REL_COLUMNS:
                what = f"The line has {len(cells)} columns where RXNREL has {_REL_COLUMNS}; left out."
                problems.append(Problem(what, str(path), number, "Give the file as NLM ships it."))
            elif cells[7] in _INGREDIENT_OF_BRAND or cells[7] in _INGREDIENT_OF_SALT:
                one, other = cells[0], cells[4]
                if "IN" in names.get(other, {}):
                    one, other = other, one
                if "IN" in names.get(one, {}) and "IN" not in names.get(other, {}):
                    owners.setdefault(other, set()).add(one)
    for other, ingredients in owners.items():
        by_type = names.get(other, {})
        if len(ingredients) == 1:
            (ingredient,) = ingredients
            brands.setdefault(ingredient, []).extend(by_type.get("BN", ()))
            salts.setdefault(ingredient, []).extend(by_type.get("PIN", ()))
    return brands, salts
