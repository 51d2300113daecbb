"""A judge of stance that goes by rules; needs no weights, and says which words it went by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from curbside.records.citation import Judgement, Stance, StatementText
from curbside.records.span import Span

NAME = "stance rules 1"

SURE: Mapping[str, float] = {
    "agree": 0.82,
    "alike": 0.82,
    "also": 0.58,
    "contrast": 0.38,
    "denied": 0.6,
    "differ": 0.6,
    "turn": 0.38,
    "none": 0.85,
    "empty": 0.85,
}
"""Rule -> the share of its judgements that were right on the 3,304 statements that the weights were trained on."""


class Ruled(Protocol):
    """What the rules say of one statement (`language.stance_rules`)."""

    @property
    def stance(self) -> Stance:
        """The class."""
        ...

    @property
    def deciding(self) -> tuple[Span, ...]:
        """The words it stands on."""
        ...

    @property
    def reason(self) -> str:
        """Why, in a line."""
        ...

    @property
    def rule(self) -> str:
        """Name of the rule, a key of `SURE`."""
        ...


class RulesJudge:
    """A judge by rules."""

    def __init__(self, rules: Callable[[StatementText], Ruled]) -> None:
        """Go by `rules`, what `language.stance_rules.ruled` is."""
        self._rules = rules

    @property
    def name(self) -> str:
        """Name and version; raised whenever the judgement of some statement would change."""
        return NAME

    def judge(self, statements: Sequence[StatementText]) -> list[Judgement]:
        """Return one judgement a statement, in order."""
        return [self._one(statement) for statement in statements]

    def _one(self, statement: StatementText) -> Judgement:
        said = self._rules(statement)
        return Judgement(said.stance, SURE[said.rule], said.deciding, said.reason, NAME)
