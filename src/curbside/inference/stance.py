"""A judge of stance with trained weights: a linear model over cues, words near the marker and their order.

The stance is the class with the highest score after an allowance for the rare classes (chosen on held-out articles,
because the mean of F1 over classes is what counts); the probability is that of the class before the allowance,
calibrated by one temperature (Guo et al. 2017). The words that decided are found by taking cues away and looking how
far the probability falls.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from typing import Protocol

from curbside.records.citation import Judgement, Stance, StanceCue, StatementText
from curbside.records.span import Span

NAME = "stance model 2"
"""Raised with the weights: what was judged under another name wants judging again."""

WEIGHTS, DECISION = "weights.json", "decision.json"

_MOST_CUES, _MOST_WORDS = 12, 3  # cues taken away in turn, nearest the marker first; cues named as deciding
_FELL = 0.02  # by how much the probability must fall for a cue to have decided
_DENIED = 0.6  # share of statements that deny an agreement which the training rows call contrasting
_NOTABLE = 0.15  # probability of another class from which an abstention names it


class Scorer(Protocol):
    """A linear model (`language.scoring.Weights`)."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of the classes."""
        ...

    def scores(self, features: Mapping[str, float], /) -> list[float]:
        """Return a score for each class."""
        ...


@dataclass(frozen=True, slots=True)
class Decision:
    """How scores become a stance and a probability.

    Attributes:
        sharpness: what scores are multiplied by before they are turned into probabilities.
        allowance: class -> what its score is raised by before the highest wins.
    """

    sharpness: float
    allowance: Mapping[str, float]


class TrainedJudge:
    """A judge by trained weights."""

    def __init__(
        self,
        features: Callable[[StatementText], Mapping[str, float]],
        cues: Callable[[StatementText], Sequence[StanceCue]],
        weights: Scorer,
        decision: Decision,
        denied: Callable[[StatementText], tuple[Span, ...]],
    ) -> None:
        """Judge by `weights` over `features` (`language.stance_features`); `cues` are what may have decided.

        A statement in which agreement is `denied` is never called supporting, whatever the weights say: words near a
        "not" look like agreement to them, and the reader would be told the reverse.
        """
        self._features = features
        self._cues = cues
        self._weights = weights
        self._decision = decision
        self._denied = denied

    @property
    def name(self) -> str:
        """Name and version."""
        return NAME

    def judge(self, statements: Sequence[StatementText]) -> list[Judgement]:
        """Return one judgement a statement, in order."""
        return [self._one(statement) for statement in statements]

    def shares(self, statement: StatementText) -> dict[str, float]:
        """Return the calibrated probability of each class; they add up to 1."""
        scores = self._weights.scores(self._features(statement))
        return dict(zip(self._weights.labels, _softmax([self._decision.sharpness * score for score in scores])))

    def _one(self, statement: StatementText) -> Judgement:
        if not statement.text.strip():
            sure = self.shares(statement)[Stance.MENTIONING]
            return Judgement(Stance.MENTIONING, sure, (), "abstains: there are no words to judge", NAME)
        shares = self.shares(statement)
        stance = Stance(max(shares, key=lambda label: math.log(shares[label]) + self._allowed(label)))
        if stance is Stance.SUPPORTING and (denied := self._denied(statement)):
            words = "; ".join(f'"{" ".join(span.of(statement.text).split())}"' for span in denied)
            sure = max(shares[Stance.CONTRASTING], _DENIED)
            return Judgement(Stance.CONTRASTING, sure, denied, f"agreement is denied: {words}", NAME)
        if stance is Stance.MENTIONING:
            return Judgement(stance, shares[stance], (), _abstained(shares), NAME)
        deciding = self._deciding(statement, stance, shares[stance])
        words = "; ".join(f'"{" ".join(span.of(statement.text).split())}"' for span in deciding)
        why = f"{_WHY[stance]}: {words}" if words else f"{_WHY[stance]}, by the words as a whole"
        return Judgement(stance, shares[stance], deciding, why, NAME)

    def _allowed(self, label: str) -> float:
        return self._decision.sharpness * self._decision.allowance.get(label, 0.0)

    def _deciding(self, statement: StatementText, stance: Stance, share: float) -> tuple[Span, ...]:
        """Return the cues without which the stance would be least likely, in the order of the text."""
        at = statement.marker.start if statement.marker is not None else 0
        nearest = sorted({cue.span for cue in self._cues(statement)}, key=lambda span: (abs(span.start - at), span))
        falls: list[tuple[float, Span]] = []
        for span in nearest[:_MOST_CUES]:
            blank = statement.text[: span.start] + " " * len(span) + statement.text[span.end :]
            fall = share - self.shares(replace(statement, text=blank))[stance]
            if fall >= _FELL:
                falls.append((fall, span))
        chosen: list[Span] = []
        for _, span in sorted(falls, key=lambda each: (-each[0], each[1])):
            if len(chosen) < _MOST_WORDS and not any(span.meets(other) for other in chosen):
                chosen.append(span)
        return tuple(sorted(chosen))


_WHY = {
    Stance.SUPPORTING: "goes together with the cited finding",
    Stance.CONTRASTING: "stands against the cited finding",
}


def _abstained(shares: Mapping[str, float]) -> str:
    other = max((label for label in shares if label != Stance.MENTIONING), key=lambda label: shares[label])
    if shares[other] < _NOTABLE:
        return "abstains: nothing that agrees with the cited finding or is held against it"
    return f"abstains: {other} is possible ({100 * shares[other]:.0f} %), but not likely enough"


def _softmax(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [max(power / total, 1e-9) for power in powers]


def shipped(name: str) -> str:
    """Return a file of the shipped weights: `WEIGHTS` or `DECISION`."""
    return resources.files("curbside.inference").joinpath("data", "stance", name).read_text(encoding="utf-8")


def decision(text: str) -> Decision:
    """Return the decision that `written_decision` wrote."""
    record = json.loads(text)
    return Decision(float(record["sharpness"]), {str(name): float(by) for name, by in record["allowance"].items()})


def written_decision(made: Decision) -> str:
    """Return a decision as JSON."""
    return json.dumps({"sharpness": made.sharpness, "allowance": dict(made.allowance)}, indent=1) + "\n"
