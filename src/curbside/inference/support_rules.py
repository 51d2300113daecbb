"""A checker of support that goes by rules; needs no weights."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from curbside.records.support import Support, SupportLabel, SupportReason

NAME = "support rules 1"

SURE: Mapping[str, float] = {
    "nothing": 0.66, "few": 0.45, "entities": 0.51, "negation": 0.56, "direction": 0.38, "numbers": 0.5, "agree": 0.52,
}  # fmt: skip
"""Rule -> the share of its judgements that were right, rounded, on the pairs that the weights were trained on."""


class Ruled(Protocol):
    """What the rules say of one pair (`language.support_rules`)."""

    @property
    def label(self) -> SupportLabel:
        """What the evidence does for the claim."""
        ...

    @property
    def rule(self) -> str:
        """Name of the rule, a key of `SURE`."""
        ...

    @property
    def reasons(self) -> tuple[SupportReason, ...]:
        """What was found, what decided first."""
        ...


class RulesChecker:
    """A checker by rules."""

    def __init__(self, rules: Callable[[str, str], Ruled]) -> None:
        """Go by `rules`, which are asked with a claim and its evidence."""
        self._rules = rules

    @property
    def name(self) -> str:
        """Name and version; raised whenever the judgement of some pair would change."""
        return NAME

    def check(self, pairs: Sequence[tuple[str, str]]) -> list[Support]:
        """Return one judgement a pair of claim and evidence, in order."""
        made = [self._rules(*readable(pair)) for pair in pairs]
        return [Support(each.label, SURE[each.rule], each.reasons, NAME) for each in made]


def readable(pair: tuple[str, str]) -> tuple[str, str]:
    """Return both texts with lone surrogates as question marks; offsets stay."""
    claim, evidence = (text.encode("utf-8", "replace").decode("utf-8") for text in pair)
    return claim, evidence
