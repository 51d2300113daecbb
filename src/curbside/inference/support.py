"""A checker of support with trained weights: a linear model over what claim and evidence share and how they are turned.

Where the encoder is installed that a second, linear head was trained on, that head answers: it also looks at the
vectors of both texts, their product and their difference. Without that encoder the words alone decide.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Protocol

from curbside.inference.stance import Decision
from curbside.inference.support_rules import readable
from curbside.records.support import Support, SupportFactor, SupportLabel, SupportReason

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from curbside.inference.base import Encoder

NAME, NAME_BOTH = "support model 2", "support model 2 with an encoder"
"""Raised with the weights."""

WEIGHTS, DECISION, RARITY = "weights.json", "decision.json", "rarity.json"
BOTH_WEIGHTS, BOTH_DECISION, VECTORS = "both_weights.json", "both_decision.json", "both_vectors.npz"

PLAIN = 0.55
"""Least probability of a label that is plain by rule: the share of such that was right on the pairs learnt from."""

Read = Callable[[str, str], tuple[Mapping[str, float], tuple[SupportReason, ...], SupportLabel | None]]
"""Features of a claim and its evidence, what was found in comparing them, and the label that is plain by rule."""


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
class Vectors:
    """What the second head does with the vectors of both texts.

    Attributes:
        version: of the encoder that it was trained with.
        centre: taken off each vector, shape `(d,)`.
        columns: weight of each column of `laid_out`, shape `(4 d + 1, 3)`.
    """

    version: str
    centre: NDArray[np.float32]
    columns: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Head:
    """The second head.

    Attributes:
        weights: of the features of words.
        vectors: of what the encoder says.
        decision: how scores become a label and a probability.
    """

    weights: Scorer
    vectors: Vectors
    decision: Decision


def laid_out(
    claims: NDArray[np.float32], evidence: NDArray[np.float32], centre: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return a row a pair: both vectors without the centre, product, difference, cosine; shape `(n, 4 d + 1)`."""
    import numpy as np

    one, two = (_unit(each - centre) for each in (claims, evidence))
    cosine = (one * two).sum(axis=1, keepdims=True)
    return np.hstack([one, two, one * two, np.abs(one - two), cosine]).astype(np.float32)


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


class TrainedChecker:
    """A checker by trained weights."""

    def __init__(
        self,
        read: Read,
        weights: Scorer,
        decision: Decision,
        head: Head | None = None,
        encoder: Encoder | None = None,
        plainly: Callable[[str], str] = str,
    ) -> None:
        """Check by `weights`; by `head` where `encoder` is the one that it was trained with.

        The encoder is given what `plainly` makes of each text.
        """
        self._plainly = plainly
        self._read, self._weights, self._decision = read, weights, decision
        self._head = head if encoder is not None and head is not None and fits(head, encoder) else None
        self._encoder = encoder

    @property
    def name(self) -> str:
        """Name and version, and whether an encoder has a say."""
        return NAME if self._head is None else NAME_BOTH

    def check(self, pairs: Sequence[tuple[str, str]]) -> list[Support]:
        """Return one judgement a pair of claim and evidence, in order."""
        pairs = [readable(pair) for pair in pairs]
        read = [self._read(*pair) for pair in pairs]
        if self._head is None:
            scores = [self._weights.scores(features) for features, _, _ in read]
            decision = self._decision
        else:
            decision = self._head.decision
            further = self._further(self._head, pairs)
            scores = [
                [one + two for one, two in zip(self._head.weights.scores(features), row)]
                for (features, _, _), row in zip(read, further)
            ]
        return [judged(row, decision, found, self.name, plain) for row, (_, found, plain) in zip(scores, read)]

    def _further(self, head: Head, pairs: Sequence[tuple[str, str]]) -> list[list[float]]:
        if not pairs or self._encoder is None:
            return []
        pairs = [(self._plainly(claim), self._plainly(evidence)) for claim, evidence in pairs]
        texts = sorted({text for pair in pairs for text in pair})
        place = {text: at for at, text in enumerate(texts)}
        rows = self._encoder.embed(texts)
        claims, evidence = (rows[[place[pair[side]] for pair in pairs]] for side in (0, 1))
        return (laid_out(claims, evidence, head.vectors.centre) @ head.vectors.columns).tolist()


def fits(head: Head, encoder: Encoder) -> bool:
    """Tell whether a head was trained with this encoder."""
    return head.vectors.version == encoder.version


def judged(
    scores: Sequence[float],
    decision: Decision,
    found: tuple[SupportReason, ...],
    maker: str,
    plain: SupportLabel | None = None,
) -> Support:
    """Return the judgement that scores make, in the order of `SupportLabel`; `plain` is what overrules them."""
    shares = softmax([decision.sharpness * score for score in scores])
    raised = [score + decision.allowance.get(label, 0.0) for label, score in zip(SupportLabel, scores)]
    at = max(range(len(raised)), key=lambda each: raised[each])
    label = tuple(SupportLabel)[at]
    said = ", ".join(f"{each} {100 * part:.0f} %" for each, part in zip(SupportLabel, shares))
    over = ""
    if plain is not None and plain is not label:
        label, at, over = plain, tuple(SupportLabel).index(plain), "; overruled by what the texts say plainly"
    sure = max(shares[at], PLAIN) if plain is label else shares[at]
    order = _PLAIN if over and label is SupportLabel.NOT_ENOUGH else _FIRST[label]
    ordered = sorted(found, key=lambda reason: order.index(reason.factor))
    return Support(label, sure, (*ordered, SupportReason(SupportFactor.SCORE, said + over)), maker)


_F = SupportFactor
_TURNING = (_F.NEGATION, _F.DIRECTION, _F.NUMBERS, _F.ENTITIES, _F.HEDGES, _F.WORDS, _F.SCORE)
_PLAIN = (_F.ENTITIES, _F.NUMBERS, _F.NEGATION, _F.DIRECTION, _F.HEDGES, _F.WORDS, _F.SCORE)
_FIRST = {
    SupportLabel.SUPPORTS: (_F.WORDS, _F.ENTITIES, _F.NUMBERS, _F.DIRECTION, _F.NEGATION, _F.HEDGES, _F.SCORE),
    SupportLabel.REFUTES: _TURNING,
    SupportLabel.NOT_ENOUGH: (_F.WORDS, _F.ENTITIES, _F.NUMBERS, _F.HEDGES, _F.DIRECTION, _F.NEGATION, _F.SCORE),
}
"""Label -> what is told first of what was found."""


def softmax(scores: Sequence[float]) -> list[float]:
    """Return shares that add up to 1."""
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    return [power / sum(powers) for power in powers]


def shipped(name: str) -> str:
    """Return a file of the shipped weights as text."""
    return resources.files("curbside.inference").joinpath("data", "support", name).read_text(encoding="utf-8")


def rarity() -> dict[str, float]:
    """Return stem -> how rare it is in abstracts at large: the logarithm of how many of them one is in."""
    return {str(stem): float(rare) for stem, rare in json.loads(shipped(RARITY)).items()}


def shipped_vectors() -> Vectors:
    """Return the shipped second head's part of vectors."""
    return vectors(resources.files("curbside.inference").joinpath("data", "support", VECTORS).read_bytes())


def vectors(content: bytes) -> Vectors:
    """Return what `written_vectors` wrote."""
    import numpy as np

    with np.load(io.BytesIO(content), allow_pickle=False) as held:
        centre, columns = held["centre"].astype(np.float32), held["columns"].astype(np.float32)
        return Vectors(str(held["version"]), centre, columns)


def written_vectors(made: Vectors) -> bytes:
    """Return the part of vectors as an npz archive, weights in half precision."""
    import numpy as np

    out = io.BytesIO()
    np.savez(
        out,
        version=np.array(made.version),
        centre=made.centre.astype(np.float16),
        columns=made.columns.astype(np.float16),
    )
    return out.getvalue()
