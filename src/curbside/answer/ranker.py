"""The learned ranker: small networks over the figures of `ranker_features`, trained by `training/ranker.py`.

One hidden layer beside a straight line (Cheng et al. 2016, "wide and deep"), trained listwise (Cao et al. 2007,
ListNet) and pointwise at once, so that a score orders sentences and its logistic is about a probability.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from curbside.answer.ranker_features import Figures, columns

Table = NDArray[np.float32]

BOTH, WORDS = "both.npz", "words.npz"
"""Files of shipped weights: with an encoder, and without one."""

_FAR = 6.0
"""Figures further from their mean than so many standard deviations count as so many."""
_ARRAYS = ("names", "middle", "scale", "hidden", "bias", "out", "straight", "level", "cut")


@dataclass(frozen=True, slots=True)
class Ranker:
    """Networks whose scores are averaged.

    Attributes:
        names: figures that they read, d of them.
        middle, scale: mean and standard deviation of each figure after `damped`, shape `(d,)`.
        hidden: weights into the hidden layer, shape `(networks, d, width)`.
        bias: of the hidden layer, shape `(networks, width)`.
        out: weights of the hidden layer, shape `(networks, width)`.
        straight: weights past the hidden layer, shape `(networks, d)`.
        level: added last, shape `(networks,)`.
        cut: least probability of a sentence that is taken, and least share of the best one's; chosen on training rows.
    """

    names: tuple[str, ...]
    middle: Table
    scale: Table
    hidden: Table
    bias: Table
    out: Table
    straight: Table
    level: Table
    cut: tuple[float, float]

    def scores(self, figures: Figures) -> NDArray[np.float64]:
        """Return a score for each sentence looked at, in their order; its logistic is about a probability.

        Raises:
            ValueError: if a figure is missing that the networks read.
        """
        return self.of_rows(figures.rows[:, columns(figures.names, self.names)])

    def of_rows(self, rows: Table) -> NDArray[np.float64]:
        """Return a score for each row of figures in the order of `names`."""
        seen = laid(rows, self.middle, self.scale)
        total = np.zeros(len(rows))
        for hidden, bias, out, straight, level in zip(self.hidden, self.bias, self.out, self.straight, self.level):
            total += np.maximum(seen @ hidden + bias, 0) @ out + seen @ straight + level
        return total / max(1, len(self.level))


def damped(rows: Table) -> Table:
    """Return figures with large ones drawn in: the sign times log(1 + |x|)."""
    return np.sign(rows) * np.log1p(np.abs(rows))


def laid(rows: Table, middle: Table, scale: Table) -> Table:
    """Return figures as the networks read them."""
    return np.clip((damped(rows) - middle) / scale, -_FAR, _FAR).astype(np.float32)


def likely(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return probabilities of scores."""
    return 1 / (1 + np.exp(-np.clip(scores, -60, 60)))


def taken(shares: NDArray[np.float64], cut: tuple[float, float]) -> NDArray[np.bool_]:
    """Tell which sentences are taken: all above both bounds, and the best one always."""
    best = float(shares.max()) if len(shares) else 0.0
    found = (shares >= cut[0]) & (shares >= cut[1] * best)
    if len(shares):
        found[int(shares.argmax())] = True
    return found


def packed(ranker: Ranker) -> bytes:
    """Return a ranker as a numpy archive, weights in half precision; the same ranker gives the same bytes."""
    out = io.BytesIO()
    halved = {name: getattr(ranker, name).astype(np.float16) for name in ("hidden", "bias", "out", "straight")}
    np.savez_compressed(
        out,
        names=np.array(ranker.names),
        middle=ranker.middle,
        scale=ranker.scale,
        level=ranker.level,
        cut=np.array(ranker.cut),
        **halved,
    )
    return out.getvalue()


def opened(archive: bytes) -> Ranker:
    """Return the ranker of a numpy archive; nothing pickled is read.

    Raises:
        ValueError: if the archive is none of `packed`, or holds pickled objects.
    """
    try:
        with np.load(io.BytesIO(archive), allow_pickle=False) as held:
            kept = {name: held[name] for name in _ARRAYS}
    except (KeyError, OSError, EOFError) as fault:
        raise ValueError("not an archive of a ranker") from fault
    names, cut = tuple(str(name) for name in kept.pop("names")), kept.pop("cut")
    weights = {name: each.astype(np.float32) for name, each in kept.items()}
    return Ranker(names=names, cut=(float(cut[0]), float(cut[1])), **weights)


@lru_cache(maxsize=2)
def shipped(name: str) -> Ranker:
    """Return shipped weights by the name of their file."""
    return opened(resources.files("curbside.answer").joinpath("data", "ranker", name).read_bytes())
