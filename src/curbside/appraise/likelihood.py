"""The likelihoods that pooling maximises; the one module of the room that loads numpy and scipy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from scipy import optimize as _optimize  # pyright: ignore[reportMissingTypeStubs]
from scipy import special as _special  # pyright: ignore[reportMissingTypeStubs]

optimize: Any = _optimize
special: Any = _special
"""The package's own types are incomplete; what comes out is made a float at once."""

_Array = NDArray[np.float64]
_NODES = 40
_LARGEST = 25.0
"""Greatest τ² that is looked for, on the log or logit scale: odds that differ ten-thousandfold."""


def t_quantile(p: float, df: float) -> float:
    """Return a quantile of Student's t."""
    return float(special.stdtrit(df, p))


def chi2_tail(x: float, df: int) -> float:
    """Return the upper tail of the χ² distribution."""
    return float(special.chdtrc(df, x))


def fit_normal(effects: Sequence[float], variances: Sequence[float]) -> tuple[float, float, float]:
    """Return mean, Hartung-Knapp standard error and REML's τ² of normal effects with known variances.

    Args:
        effects: at least two, on a scale where they are about normal.
        variances: of the same, above 0.
    """
    y, v = np.asarray(effects, dtype=float), np.asarray(variances, dtype=float)

    def loss(tau2: float) -> float:
        w = 1 / (v + tau2)
        mean = (w * y).sum() / w.sum()
        return float(0.5 * (np.log(v + tau2).sum() + np.log(w.sum()) + (w * (y - mean) ** 2).sum()))

    tau2 = _least(loss, max(_LARGEST, 10 * float(np.var(y))))
    w = 1 / (v + tau2)
    mean = float((w * y).sum() / w.sum())
    error = float(np.sqrt((w * (y - mean) ** 2).sum() / ((len(y) - 1) * w.sum())))
    return mean, error, tau2


def _least(loss: Callable[[float], float], limit: float) -> float:
    """Return the τ² from 0 to `limit` with the least loss; the square root is searched, which is smoother near 0."""

    def squared(root: float) -> float:
        return loss(root * root)

    found = optimize.minimize_scalar(squared, bounds=(0.0, limit**0.5), method="bounded", options={"xatol": 1e-10})
    tau2 = float(found.x) ** 2
    return 0.0 if loss(0.0) <= float(found.fun) + 1e-12 else tau2


def fit_binomial(events: Sequence[int], totals: Sequence[int]) -> tuple[float, float, float]:
    """Return mean logit, its standard error (observed information) and τ² of a binomial-normal model.

    Args:
        events: of each study; not all 0 and not all equal to the totals.
        totals: people of each study, at least 1.
    """
    k, n = np.asarray(events, dtype=float), np.asarray(totals, dtype=float)
    alike = float(np.log(k.sum() / (n.sum() - k.sum())))

    def loss(at: _Array) -> float:
        return -log_likelihood(k, n, float(at[0]), min(float(at[1]) ** 2, _LARGEST))

    best, least = (alike, 0.0), -log_likelihood(k, n, alike, 0.0)
    for tau in (0.3, 1.5):
        found = optimize.minimize(
            loss, (alike, tau), method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-10, "maxiter": 600}
        )
        if float(found.fun) < least - 1e-8:
            best, least = (float(found.x[0]), abs(float(found.x[1]))), float(found.fun)
    mean, tau2 = best[0], min(best[1] ** 2, _LARGEST)
    return mean, _standard_error(k, n, mean, tau2), tau2


def _standard_error(k: _Array, n: _Array, mean: float, tau2: float) -> float:
    """Return the standard error of the mean from the observed information of mean and τ together."""
    tau = tau2**0.5
    if tau == 0.0:
        p = 1 / (1 + np.exp(-mean))
        return float(1 / np.sqrt(n.sum() * p * (1 - p)))
    h, g = 1e-3, min(1e-3, tau / 4)

    def at(dm: float, dt: float) -> float:
        return log_likelihood(k, n, mean + dm, (tau + dt) ** 2)

    middle = at(0, 0)
    mm = -(at(h, 0) - 2 * middle + at(-h, 0)) / h**2
    tt = -(at(0, g) - 2 * middle + at(0, -g)) / g**2
    mt = -(at(h, g) - at(h, -g) - at(-h, g) + at(-h, -g)) / (4 * h * g)
    information = mm - mt * mt / tt if tt > 0 else mm
    return float(1 / np.sqrt(information if information > 0 else mm))


@lru_cache(maxsize=1)
def _quadrature() -> tuple[_Array, _Array]:
    return cast(tuple[_Array, _Array], np.polynomial.hermite.hermgauss(_NODES))


def log_likelihood(k: _Array, n: _Array, mean: float, tau2: float) -> float:
    """Return the log likelihood of a binomial-normal model, binomial coefficients left out.

    Adaptive quadrature: the nodes of each study lie around the mode of what is integrated (Pinheiro and Bates 1995).
    """
    if tau2 <= 0:
        return float((k * mean - n * np.logaddexp(0, mean)).sum())
    tau = tau2**0.5
    u = np.zeros_like(k)
    for _ in range(60):
        p = 1 / (1 + np.exp(-(mean + tau * u)))
        step = (tau * (k - n * p) - u) / (tau2 * n * p * (1 - p) + 1)
        u = u + np.clip(step, -2.0, 2.0)
        if float(np.abs(step).max()) < 1e-12:
            break
    p = 1 / (1 + np.exp(-(mean + tau * u)))
    width = 1 / np.sqrt(tau2 * n * p * (1 - p) + 1)
    nodes, weights = _quadrature()
    z = u[:, None] + np.sqrt(2.0) * width[:, None] * nodes[None, :]
    x = mean + tau * z
    terms = k[:, None] * x - n[:, None] * np.logaddexp(0, x) - 0.5 * z * z + nodes[None, :] ** 2
    inner = special.logsumexp(terms + np.log(weights)[None, :], axis=1)
    return float((inner + np.log(width) - 0.5 * np.log(np.pi)).sum())
