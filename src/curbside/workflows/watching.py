"""Watching: which articles a change of the library could touch, and whether it does."""

from __future__ import annotations

from collections.abc import Iterable

from curbside.answer.question import analyse
from curbside.language.vocabulary import Vocabulary
from curbside.records import ArticleVersion

WORK, PAIR, DRUG, CONDITION = "w:", "p:", "d:", "c:"
"""Kinds of keys: a work that is cited; a drug with a condition that are asked for together, and each where it is asked
for alone."""


def keys_of(version: ArticleVersion, vocabulary: Vocabulary) -> frozenset[str]:
    """Return what a change must touch to concern a version: works cited, and what its question asks for."""
    question = analyse(version.question, vocabulary, version.filters)
    drugs = {each.concept for each in (*question.drugs, *question.classes)}
    conditions = {each.concept for each in (*question.conditions, *question.outcomes)}
    works = {f"{WORK}{entry.work}" for entry in version.references}
    return frozenset(works | set(_asked(drugs, conditions)))


def _asked(drugs: Iterable[str], conditions: Iterable[str]) -> Iterable[str]:
    drugs, conditions = sorted(drugs), sorted(conditions)
    if drugs and conditions:
        return (f"{PAIR}{drug} {condition}" for drug in drugs for condition in conditions)
    return (*(f"{DRUG}{drug}" for drug in drugs), *(f"{CONDITION}{condition}" for condition in conditions))
