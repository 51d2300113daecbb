"""What a text that somebody types may name: a work, a document, or an identifier in one of its spellings."""

from __future__ import annotations

import re
from collections.abc import Callable

from curbside.records import normal_doi, normal_nct, normal_pmcid, normal_pmid

_OWN = re.compile(r"(?:d[0-9a-f]{20}|w[0-9a-f]{12})")

_SCHEMES: tuple[tuple[str, Callable[[str], str | None]], ...] = (
    ("pmid", normal_pmid),
    ("doi", normal_doi),
    ("pmcid", normal_pmcid),
    ("nct", normal_nct),
)
"""Scheme -> what makes its canonical form, strongest first. A bare number is a PMID; only `PMC…` is a PMCID."""


def names_of(text: str) -> tuple[str, ...]:
    """Return what `text` may name, as ids and joining keys in the order in which they are tried.

    Work and document ids stay as they are; `pmid:1`, `PMID 1`, `10.1/X`, `https://doi.org/10.1/x`, `PMC1`, `NCT…` and
    the like become canonical joining keys.
    """
    bare = text.strip()
    if _OWN.fullmatch(bare):
        return (bare,)
    scheme, colon, rest = bare.partition(":")
    named = scheme.strip().lower() if colon else ""
    found: list[str] = []
    for name, normal in _SCHEMES:
        if name == "pmcid" and bare[:1].isdigit():
            continue
        value = normal(rest if named == name else bare)
        if value:
            found.append(f"{name}:{value}")
    return tuple(found)
