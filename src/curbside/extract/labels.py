"""What a label of a table names: a statistic, a time, a comparison, all arms together, or something to read about."""

from __future__ import annotations

import re
from functools import lru_cache

from curbside.language.linear import linear
from curbside.language.summaries import levelled
from curbside.records import LabelRole, Measure

_SIZE = linear(r"(?i)[(\[]?\s*\bn\s?[a-z]?\s?=\s?[0-9][0-9,]*\s*[)\]]?")
_SIZE_ONLY = linear(r"(?i)^\W{0,3}n\s?[a-z]?\s?=\s?[0-9][0-9,]*\W{0,3}$")
SIZE_NUMBER = linear(r"(?i)\bn\s?[a-z]?\s?=\s?([0-9][0-9,]*)")
_COMPARES = linear(
    r"(?i)^\W{0,4}(?:adjusted |crude |unadjusted |stratified )*(?:p\W{0,2}$|p\W{0,3}(?:values?|for|trend|"
    r"interaction|between|within)?\b.{0,40}$|"
    r".{0,40}\bp[- ]?values?\b.{0,60}$|p\b.{0,25}$|χ2.{0,12}$|x2(?:/t)?$|chi.{0,12}$|[tfzu]$|[tf][- ]?(?:test|"
    r"value|statistic)\b.{0,20}$|df$|es$|effect sizes?.{0,40}$|"
    r"cohen.{0,12}$|(?:hr|or|rr|irr|rd|smd|md|ard|nnt)\b.{0,30}$|(?:adjusted |crude |relative |"
    r"absolute )?(?:odds|risk|hazard|rate|prevalence) (?:ratio|difference|reduction).{0,40}$|"
    r"(?:mean |median |group |between[- ]groups? |treatment |net |adjusted |itt |estimated |absolute |"
    r"risk )*differences?\b.{0,120}$|(?:un)?adjusted treatment effect.{0,80}$|treatment effect.{0,80}$|"
    r"(?:signif|sign\.|test\W{0,2}$|tests? (?:statistic|value|result|for|of)|mann|"
    r"spearman|95 ?% ci of (?:the )?diff|itt (?:un)?adjusted|references?$|"
    r"possible score|anova|power|eta|η).{0,60}$|.{0,30}\bvs\.? .{0,40}$)"
)
_CHANGE_FROM = linear(
    r"(?i)(?:difference|change)s?\b.{0,40}\b(?:from|to|since|between) (?:the )?(?:baseline|pre|admission|"
    r"start|entry)|\bchange"
)
_P_VALUE = linear(r"(?i)\bp[- ]?values?\b|^\W{0,3}p\b")
_SIZES = linear(
    r"(?i)^\W{0,3}(?:total )?(?:n|(?:(?:no\.?|number|num)s?\W{0,3}(?:of |randomi[sz]ed|"
    r"\(?n\)?\W{0,2}$)? ?)?(?:the )?(?:all )?"
    r"(?:patients|participants|subjects|women|men|children|infants|individuals|people|persons|adults|clusters|"
    r"households|students)?"
    r"(?: (?:recruited|randomi[sz]ed|included|enrol?led|analy[sz]ed|assigned|evaluated|studied|completed|"
    r"treated))?)\W{0,3}(?:\(?(?:n|%)\)?\W{0,3}){0,2}$"
)
_STAT_WORDS = (
    r"mean|means|sd|s\.d\.?|se|sem|s\.e\.m?\.?|std|dev|deviation|error|standard|median|medians|range|iqr|"
    r"interquartile|ci|95|"
    r"n|no\.?|number|numbers|num|percent|percentage|count|counts|frequency|min|max|minimum|maximum|m|x|χ|average|"
    r"patients|subjects|participants|value|values|or|and|of|with|ls|least|squares|adjusted|arithmetic|q1|q3|"
    r"25th|75th|percentiles?|cases|events|score|scores|proportion|responders|st|rate|rates"
)
_STATISTIC = linear(rf"(?i)^[\s\W]*(?:{_STAT_WORDS})(?:[\s\W]+(?:{_STAT_WORDS}))*[\s\W]*$|^[\s(%)/±,;]+$")
_TIME = linear(
    r"(?i)^\W{0,3}(?:(?:at |on |after |before |during |change (?:at|from|to) |mean |post |pre |the |end of |"
    r"through |by |from |to )*"
    r"(?:baseline|admission|entry|enrol?lment|pre[- ]?(?:test|treatment|intervention|op\w*|training|study)?|"
    r"post[- ]?(?:test|treatment|intervention|op\w*|training|study)?|"
    r"before|after|initial|final|end(?:point)?|start|follow[- ]?ups?|intake|t[0-9]|"
    r"(?:week|wk|month|mo|day|year|yr|visit|hour|hr|h|period|phase|session|cycle|time|min|"
    r"minute)s?\.? ?[0-9]+[a-z]?(?: ?(?:-|to|and) ?[0-9]+)?|"
    r"[0-9]+(?:\.[0-9]+)?(?: ?(?:-|to) ?[0-9]+)?[- ]?(?:st|nd|rd|th)? ?(?:weeks?|wks?|months?|mos?|days?|"
    r"years?|yrs?|hours?|hrs?|h|min|mins|minutes?|visits?)|change)"
    r"\b.{0,40}|\W{0,3}[Δδ]\W{0,3})$"
)
_NO_TIME = linear(r"(?i)\b(?:groups?|arms?|cohorts?)\b")
_TIME_HEAD = linear(
    r"(?i)^\W{0,3}(?:weeks?|days?|months?|years?|times?(?: ?points?)?|visits?|follow[- ]?up|period|phase|"
    r"hours?|minutes?|point in time|assessment|time of .{0,40})\b[^0-9]{0,20}$"
)
_TOTAL = linear(r"(?i)^\W{0,3}(?:total|all|overall|both|entire|whole|combined|pooled)\b.{0,40}$")
_ARM = linear(
    r"(?i)\b(?:groups?|arms?|placebo|controls?|intervention|treatment|treated|experimental|sham|usual care|"
    r"standard care|conventional|"
    r"active|cohort|exposed|non-exposed|training|waitlist|wait-list|[0-9] ?mg|study drug|comparator|unit [a-z])\b"
)
_MARKS = linear(r"[*†‡§¶#‖∗^]+")
_SPACE = linear(r"\s+")


@lru_cache(maxsize=16_384)
def is_size(words: str) -> bool:
    """Tell whether a cell holds a group's size and nothing else: "n = 18"."""
    return _SIZE_ONLY.match(levelled(words)) is not None


@lru_cache(maxsize=16_384)
def is_statistic(words: str) -> bool:
    """Tell whether a label names statistics alone: "n (%)", "Mean ± SD", "95 % CI"."""
    flat = levelled(words).strip()
    return bool(flat) and len(flat) < 80 and _STATISTIC.match(flat) is not None


@lru_cache(maxsize=16_384)
def names_comparison(words: str) -> bool:
    """Tell whether the values under a label compare arms: a p value, a difference, a ratio."""
    flat = levelled(words).strip()
    return (
        0 < len(flat) < 300
        and _COMPARES.match(flat) is not None
        and (_P_VALUE.search(flat) is not None or _CHANGE_FROM.search(flat) is None)
    )


@lru_cache(maxsize=16_384)
def is_time(words: str) -> bool:
    """Tell whether a label names a time point: "Week 24", "12 months", "Baseline", "Post-test"."""
    flat = levelled(words).strip()
    return 0 < len(flat) < 90 and _TIME.match(flat) is not None and _NO_TIME.search(flat) is None


@lru_cache(maxsize=16_384)
def is_time_head(words: str) -> bool:
    """Tell whether a column's head says that times stand in it: "Week", "Time of grading"."""
    return _TIME_HEAD.match(levelled(words).strip()) is not None


@lru_cache(maxsize=16_384)
def names_sizes(words: str) -> bool:
    """Tell whether a row gives the sizes of the arms: "n", "No. of patients", "Participants"."""
    flat = levelled(words).strip()
    return 0 < len(flat) < 60 and _SIZES.match(flat) is not None and any(letter.isalpha() for letter in flat)


def has_size(words: str) -> bool:
    """Tell whether a label brings a group's size: "Placebo (n = 49)"."""
    return _SIZE.search(levelled(words)) is not None


def role_of(words: str) -> LabelRole:
    """Return what a label names; an arm only where its own words say so."""
    if names_comparison(words):
        return LabelRole.COMPARISON
    bare = bared(words)
    if _TOTAL.match(bare) is not None:
        return LabelRole.TOTAL
    if is_statistic(words) or not bare:
        return LabelRole.STATISTIC
    if is_time(words):
        return LabelRole.TIME
    if has_size(words) or _ARM.search(bare) is not None:
        return LabelRole.ARM
    return LabelRole.TOPIC


@lru_cache(maxsize=16_384)
def bared(words: str) -> str:
    """Return a label without sizes, footnote marks and the space around them."""
    flat = levelled(words)
    for match in reversed(list(_SIZE.finditer(flat))):
        words = words[: match.start()] + " " + words[match.end() :]
    return " ".join(words.translate(_DROP).split()).strip(" ,;:")


_DROP = {ord(mark): " " for mark in "*†‡§¶#‖∗^"}

_SAYS: tuple[tuple[frozenset[Measure], str], ...] = (
    (frozenset({Measure.SE}), r"\bs\.?e\.?m?\b|standard errors?|±\s?s\.?e\b"),
    (frozenset({Measure.SD}), r"\bs\.?d\.?\b|\bstd|standard deviations?|±|\+/-"),
    (frozenset({Measure.CI}), r"\bc\.?i\.?s?\b|confidence|credib"),
    (frozenset({Measure.QUARTILE}), r"\biqr\b|quartile|q1|25th|percentile"),
    (frozenset({Measure.RANGE}), r"\brange\b|\bmin\b|minimum|max"),
    (frozenset({Measure.MEDIAN}), r"\bmedians?\b"),
    (frozenset({Measure.MEAN}), r"\bmeans?\b|\baverage\b|χ|x̄|\bm \(sd|\bls\b"),
    (frozenset({Measure.RATE}), r"per 100 (?:patient|person)|patient[- ]years|person[- ]years|per 1,?000"),
    (frozenset({Measure.PERCENT}), r"%|percent|per cent|proportion"),
    (frozenset({Measure.COUNT}), r"\bn\b|\bno\b\.?|\bnumbers?\b|\bnum\b|frequenc|\bcounts?\b"),
)
_SHARE = re.compile(r"[0-9][0-9.]{0,6} ?%")
_SAYING = tuple((kinds, linear(rf"(?i){pattern}")) for kinds, pattern in _SAYS)


@lru_cache(maxsize=16_384)
def says(words: str) -> frozenset[Measure]:
    """Return the measures that a label's words name: "n (%)" says count and percent."""
    flat = _SHARE.sub(" ", levelled(words.replace("95% CI", " CI").replace("95 % CI", " CI")))
    without = "".join(flat[a:b] for a, b in _gaps(flat))
    return frozenset(measure for kinds, pattern in _SAYING if pattern.search(without) for measure in kinds)


def _gaps(flat: str) -> list[tuple[int, int]]:
    """Return what is left of a label when sizes ("n = 30") are taken out."""
    at = 0
    left: list[tuple[int, int]] = []
    for match in _SIZE.finditer(flat):
        left.append((at, match.start()))
        at = match.end()
    left.append((at, len(flat)))
    return left
