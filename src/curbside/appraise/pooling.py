"""Pooling across studies: proportions by a binomial-normal model, ratios by REML with a Hartung-Knapp interval.

Proportions: logit p_i normal with mean μ and variance τ², events binomial, by maximum likelihood with adaptive
Gauss-Hermite quadrature (Hamza, van Houwelingen and Stijnen 2008; Stijnen, Hamza and Özdemir 2010): no correction for
zero events and no transformation whose back-transform would depend on n. Ratios: log RR or log OR, τ² by restricted
maximum likelihood (Viechtbauer 2005), interval by Hartung and Knapp 2001. Prediction interval: Higgins, Thompson and
Spiegelhalter 2009. I² from τ² and the typical variance (Higgins and Thompson 2002).

Nothing is pooled that the caller did not say is alike: outcome and design must be the same. scipy and numpy are loaded
by `likelihood` when something is pooled, not before.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from curbside.appraise.distributions import normal_quantile
from curbside.appraise.intervals import LEVEL, odds_ratio, risk_ratio, wilson
from curbside.appraise.overlaps import overlaps
from curbside.records import Interval, LeftOut, Pooled, PooledStudy, Pooling, Refusal, Weighed

_PROPORTION = (
    "binomial-normal model, maximum likelihood by adaptive Gauss-Hermite quadrature (Stijnen, Hamza and Özdemir 2010)"
)
_RATIO = "restricted maximum likelihood (Viechtbauer 2005), interval by Hartung and Knapp 2001"
_PREDICTION = "Higgins, Thompson and Spiegelhalter 2009"

Fit = tuple[float, float, float]
"""Pooled estimate on the model's scale, its standard error, τ²."""


def pool_proportions(studies: Sequence[PooledStudy], level: float = LEVEL) -> Pooled | Refusal:
    """Pool the share of people with an event over single arms.

    Args:
        studies: at least two with the same outcome and design; control counts are not used.
        level: of the intervals.
    """
    refused = _refused(studies, False)
    if refused is not None:
        return refused
    from curbside.appraise.likelihood import fit_binomial

    def fit(some: Sequence[PooledStudy]) -> Fit:
        return fit_binomial([s.events for s in some], [s.total for s in some])

    effects = [_logit(study) for study in studies]
    mean, error, tau2 = fit(studies)
    z = normal_quantile(1 - (1 - level) / 2)
    return _pooled(
        studies=studies, level=level, pooling=Pooling.PROPORTION, measure="proportion", method=_PROPORTION,
        effects=effects, own=[(s.events / s.total, wilson(s.events, s.total, level)) for s in studies],
        result=(mean, error, tau2), quantile=z, fit=lambda some: (*fit(some), z), back=_expit, warnings=[],
    )  # fmt: skip


def pool_ratios(studies: Sequence[PooledStudy], measure: str = "RR", level: float = LEVEL) -> Pooled | Refusal:
    """Pool risk ratios or odds ratios of two arms, first against second.

    A study with an empty cell gets 0.5 in each; one that says nothing of the ratio (no event in either arm, or for an
    odds ratio only events) is left out and named.

    Args:
        studies: at least two with the same outcome and design.
        measure: "RR" or "OR".
        level: of the intervals.

    Raises:
        ValueError: if the measure is another.
    """
    if measure not in ("RR", "OR"):
        raise ValueError(f"Ratios are RR or OR, not {measure}.")
    refused = _refused(studies, True)
    if refused is not None:
        return refused
    silent = [study for study in studies if _is_silent(study, measure)]
    kept = [study for study in studies if study not in silent]
    if len(kept) < 2:
        names = tuple(study.label for study in silent)
        return Refusal(
            "Fewer than two studies say anything of the ratio: no events, or only events, in both arms.", names
        )
    from curbside.appraise.likelihood import fit_normal, t_quantile

    effects = [_log_ratio(study, measure) for study in kept]
    warnings = [f"{study.label} has no events in either arm and is left out." for study in silent]

    def fit(some: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
        mean, error, tau2 = fit_normal([y for y, _ in some], [v for _, v in some])
        return mean, error, tau2, t_quantile(1 - (1 - level) / 2, len(some) - 1)

    def refit(some: Sequence[PooledStudy]) -> tuple[float, float, float, float]:
        return fit([_log_ratio(study, measure) for study in some])

    mean, error, tau2, quantile = fit(effects)
    plain = normal_quantile(1 - (1 - level) / 2) / math.sqrt(sum(1 / (v + tau2) for _, v in effects))
    if quantile * error < plain:
        warnings.append(
            "The studies agree more than chance would have it; the interval is narrower than the usual one."
        )
    z = normal_quantile(1 - (1 - level) / 2)
    own = [
        (math.exp(y), Interval(math.exp(y - z * math.sqrt(v)), math.exp(y + z * math.sqrt(v)), level, _own(measure)))
        for y, v in effects
    ]
    return _pooled(
        studies=kept, level=level, pooling=Pooling.RATIO, measure=measure, method=_RATIO, effects=effects, own=own,
        result=(mean, error, tau2), quantile=quantile, fit=refit, back=math.exp, warnings=warnings,
    )  # fmt: skip


def _own(measure: str) -> str:
    return "Katz 1978" if measure == "RR" else "Woolf 1955"


def _refused(studies: Sequence[PooledStudy], two_arms: bool) -> Refusal | None:
    """Return why the studies are not to be pooled, or None."""
    names = tuple(study.label for study in studies)
    if len(studies) < 2:
        return Refusal("There are fewer than two studies.", names)
    wrong = [s.label for s in studies if s.total < 1 or not 0 <= s.events <= s.total]
    if two_arms:
        wrong += [s.label for s in studies if s.control_total < 1 or not 0 <= s.control_events <= s.control_total]
    if wrong:
        return Refusal("The counts are not those of events among people.", tuple(dict.fromkeys(wrong)))
    for what, values in (("outcome", {s.outcome for s in studies}), ("design", {s.design for s in studies})):
        if len(values) > 1:
            told = ", ".join(sorted(value or "not stated" for value in values))
            return Refusal(f"The studies differ in {what}: {told}.", names)
    if not two_arms:
        events, people = sum(s.events for s in studies), sum(s.total for s in studies)
        if events in (0, people):
            whom = "None" if events == 0 else "All"
            return Refusal(f"{whom} of {people} had the event: there is a bound, but no variation to pool.", names)
    return None


def _is_silent(study: PooledStudy, measure: str) -> bool:
    none = study.events == 0 and study.control_events == 0
    return none or (measure == "OR" and study.events == study.total and study.control_events == study.control_total)


def _logit(study: PooledStudy) -> tuple[float, float]:
    """Return logit and variance of a study's share, 0.5 added to both cells where one is empty."""
    k, rest = float(study.events), float(study.total - study.events)
    if k == 0 or rest == 0:
        k, rest = k + 0.5, rest + 0.5
    return math.log(k / rest), 1 / k + 1 / rest


def _log_ratio(study: PooledStudy, measure: str) -> tuple[float, float]:
    """Return log ratio and variance of a study, 0.5 added to each cell where one is empty."""
    a, b = float(study.events), float(study.total - study.events)
    c, d = float(study.control_events), float(study.control_total - study.control_events)
    exact = risk_ratio if measure == "RR" else odds_ratio
    empty = exact(study.events, study.total, study.control_events, study.control_total) is None
    if empty:
        a, b, c, d = a + 0.5, b + 0.5, c + 0.5, d + 0.5
    if measure == "RR":
        return math.log(a / (a + b)) - math.log(c / (c + d)), 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)
    return math.log(a * d / (b * c)), 1 / a + 1 / b + 1 / c + 1 / d


def _expit(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def _pooled(
    *,
    studies: Sequence[PooledStudy],
    level: float,
    pooling: Pooling,
    measure: str,
    method: str,
    effects: Sequence[tuple[float, float]],
    own: Sequence[tuple[float, Interval]],
    result: Fit,
    quantile: float,
    fit: Callable[[Sequence[PooledStudy]], tuple[float, float, float, float]],
    back: Callable[[float], float],
    warnings: list[str],
) -> Pooled:
    """Put a result together; `effects` are estimate and variance of each study on the model's scale."""
    from curbside.appraise.likelihood import chi2_tail, t_quantile

    mean, error, tau2 = result
    q, i2 = heterogeneity(effects, tau2)
    weights = [1 / (v + tau2) for _, v in effects]
    prediction = None
    if len(studies) > 2:
        reach = t_quantile(1 - (1 - level) / 2, len(studies) - 2) * math.sqrt(tau2 + error**2)
        prediction = Interval(back(mean - reach), back(mean + reach), level, _PREDICTION)
    # Of two studies one would be left, and nothing is pooled from one.
    places = range(len(studies)) if len(studies) > 2 else ()
    left_out = [_without(place, studies, fit, back, level, method) for place in places]
    return Pooled(
        pooling,
        measure,
        method,
        tuple(
            Weighed(study, estimate, interval, 100 * weight / sum(weights))
            for study, (estimate, interval), weight in zip(studies, own, weights)
        ),
        back(mean),
        Interval(back(mean - quantile * error), back(mean + quantile * error), level, method),
        prediction,
        tau2,
        q,
        len(studies) - 1,
        chi2_tail(q, len(studies) - 1),
        i2,
        tuple(each for each in left_out if each is not None),
        (*warnings, *overlaps(studies)),
    )


def heterogeneity(effects: Sequence[tuple[float, float]], tau2: float) -> tuple[float, float]:
    """Return Cochran's Q, and I² in percent from τ² and the typical variance of the studies.

    Args:
        effects: estimate and variance of each study, at least two.
        tau2: variance between studies.
    """
    weights = [1 / v for _, v in effects]
    total = sum(weights)
    fixed = sum(w * y for w, (y, _) in zip(weights, effects)) / total
    q = sum(w * (y - fixed) ** 2 for w, (y, _) in zip(weights, effects))
    typical = (len(effects) - 1) * total / (total**2 - sum(w * w for w in weights))
    return q, 100 * tau2 / (tau2 + typical)


def _without(
    place: int,
    studies: Sequence[PooledStudy],
    fit: Callable[[Sequence[PooledStudy]], tuple[float, float, float, float]],
    back: Callable[[float], float],
    level: float,
    method: str,
) -> LeftOut | None:
    """Return the result without one study, None where the rest has no variation to pool."""
    rest = [study for at, study in enumerate(studies) if at != place]
    single = all(study.control_total < 0 for study in rest)
    if single and sum(s.events for s in rest) in (0, sum(s.total for s in rest)):
        return None
    mean, error, _, quantile = fit(rest)
    interval = Interval(back(mean - quantile * error), back(mean + quantile * error), level, method)
    return LeftOut(studies[place].label, back(mean), interval)
