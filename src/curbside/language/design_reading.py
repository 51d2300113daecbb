"""The kind of a study from its title and abstract alone, by a linear model over words and cues.

Rules (`design`) say what a text states of itself; this says what an indexer would most likely call it, and how sure
that is. Trained by `training/design.py`; see the model card beside the weights.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from curbside.language.design import design_of
from curbside.language.linear import Patterns
from curbside.language.scoring import Features, Weights, loaded

KINDS = (
    "randomised trial",
    "non-randomised trial",
    "meta-analysis",
    "guideline",
    "review",
    "case report",
    "observational",
    "comment",
)
"""What a record is told to be; "observational" takes every other report of a study, "comment" letters and news too."""

_WORD = re.compile(r"[a-z][a-z-]{0,40}|[0-9]{1,12}")
_LENGTH = 2_500.0  # code points of a long abstract
_READ = 6_000
_CUE = 3.0  # a cue is worth more than a word: the penalty holds it back less

CUES = {
    "assigned at random": r"(?i)\b(?:randomly|at random|randomi[sz]ed to|were randomi[sz]ed|was randomi[sz]ed|been randomi[sz]ed|randomi[sz]ed (?:into|between|by)|random (?:assignment|allocation|order)|randomi[sz]ation|in (?:a )?random)",
    "randomised study": r"(?i)\brandomi[sz]ed\b[\w\s,-]{0,60}\b(?:trial|study|design|comparison|investigation|crossover|cross-over)\b",
    "some random": r"(?i)\brandom",
    "blind": r"(?i)\b(?:double|single|triple)[- ]?(?:blind|mask)",
    "any blind": r"(?i)\b(?:blind|mask)ed\b",
    "placebo": r"(?i)\bplacebo\b",
    "placebo controlled": r"(?i)\bplacebo[- ]?controlled\b|\bcontrolled (?:clinical )?(?:trial|study)\b",
    "placebo or": r"(?i)\b(?:or|and|versus|vs\.?|with|received|than|to) (?:a )?(?:matching |identical |oral )?placebo\b",
    "crossover": r"(?i)\bcross-?over\b|\bon (?:two|three|separate|different) (?:separate |different )?(?:occasions|days)\b",
    "arms": r"(?i)\b(?:treatment|study|intervention|control|placebo|experimental) (?:arms?|groups?)\b",
    "two groups": r"(?i)\b(?:two|three|four|both|2|3|4) (?:[\w-]+ )?(?:groups?|arms|treatments|regimens|schedules)\b",
    "assigned": r"(?i)\b(?:assigned|allocated|divided into|allocation)\b",
    "received or": r"(?i)\breceived? (?:either|[\w\s,/-]{3,50} or )\b",
    "intention": r"(?i)\bintent(?:ion)?[- ]to[- ]treat\b",
    "compared": r"(?i)\b(?:we|to|was|were) compared?\b|\bcompared with\b",
    "multicentre": r"(?i)\bmulti-?cent(?:er|re)\b",
    "open": r"(?i)\bopen[- ]label\b|\bopen (?:study|trial)\b|\buncontrolled\b",
    "phase": r"(?i)\bphase (?:[1-4]|I{1,3}V?)\b",
    "animals": r"(?i)\b(?:rats?|mice|mouse|murine|dogs?|rabbits?|pigs?|piglets?|sheep|lambs?|monkeys|guinea pigs|hamsters|cats|bovine|porcine|canine|zebrafish)\b",
    "cells": r"(?i)\bin vitro\b|\bcell lines?\b|\bcultured\b|\bmRNA\b|\bgene expression\b",
    "people": r"(?i)\b(?:patients|participants|volunteers|men|women|children|subjects|infants|adults|students)\b",
    "pooled": r"(?i)\bmeta-?analys|\bpooled (?:data|analysis)|\bsystematic(?:ally)? (?:review|search)|\bMEDLINE\b|\bsearch(?:ed|es)? (?:of|the|for)\b|\bcochrane\b|\bselection criteria\b|\bdata sources\b|\btrials were\b|\b(?:published|all) (?:randomi[sz]ed )?(?:controlled )?trials\b",
    "review": r"(?i)\b(?:review|reviewed|reviews|this article|this paper|overview|discusse[sd]|summari[sz]e[sd]?)\b",
    "guideline": r"(?i)\bguidelines?\b|\bconsensus\b|\brecommendations?\b|\bposition (?:statement|paper)\b",
    "case": r"(?i)\bcase reports?\b|\ba case of\b|\b(?:report|present|describe)s? (?:a|an|one|two|the|our|three) (?:[\w-]+ ){0,3}(?:cases?|patients?)\b|\bwe report\b",
    "years old": r"(?i)\b\d{1,3}[- ](?:year|month|week|day)s?[- ]old (?:[\w-]+ )?(?:man|woman|boy|girl|male|female|infant|patient|child|lady)\b",
    "retrospective": r"(?i)\bretrospective|\bmedical records\b|\bchart review\b|\bdatabase\b|\bregistry\b",
    "cohort": r"(?i)\bcohort\b|\bfollowed (?:up )?for\b|\bincidence\b|\bodds ratio|\brisk factors?\b|\bcase-control\b|\bcross-sectional\b|\bsurvey\b|\bprevalence\b|\bquestionnaires?\b",
    "secondary": r"(?i)\b(?:data from|participants in|patients (?:enrolled )?in|subset of|substudy|sub-study|post hoc|secondary analysis|subgroup analysis|follow-up of)\b",
    "trial": r"(?i)\btrials?\b",
    "needed": r"(?i)\brandomi[sz]ed[\w\s,-]{0,50}(?:needed|required|warranted|necessary)\b",
    "treated with": r"(?i)\btreated with\b|\breceived\b|\bmg/(?:kg|day|d)\b|\bmg\b|\bdose\b",
    "comment": r"(?i)^(?:re|comment|reply|response|editorial|letter|in reply)\b[:.]?|\?$",
}
"""Name -> how a title or an abstract may say something of its design."""
_NAMES = tuple(CUES)


@lru_cache(maxsize=1)
def _together() -> Patterns:
    """The cues in one pass; made when first asked for, since most commands never are."""
    return Patterns(list(CUES.values()))


def features(title: str, abstract: str) -> dict[str, float]:
    """Return the features of a record; nothing but its title and abstract is looked at."""
    abstract = abstract[:_READ]
    found: dict[str, float] = {}
    heading, body = _words(title), _words(abstract)
    for name, items, longest in (("t", heading, 2), ("x", body, 2)):
        for size in range(1, longest + 1):
            for at in range(len(items) - size + 1):
                found[f"{name}:{' '.join(items[at : at + size])}"] = 1.0
    if not body:
        found["no abstract"] = 1.0
        found.update((f"alone:{word}", 1.0) for word in heading)
        for name, mark in (("colon", ":"), ("question", "?")):
            if mark in title:
                found[f"alone {name}"] = 1.0
    found["length"] = min(len(abstract), _LENGTH) / _LENGTH
    found[f"rule {design_of(title, abstract).kind.value}"] = 1.0
    found.update((f"title {_NAMES[place]}", 1.0) for place in _together().found(title))
    said = [_NAMES[place] for place in _together().found(abstract)]
    found.update((f"text {name}", 1.0) for name in said)
    for one in ("assigned at random", "randomised study", "some random", "placebo or", "blind", "crossover"):
        for other in ("animals", "people", "pooled", "secondary", "cells", "retrospective"):
            if one in said and other in said:
                found[f"{one} and {other}"] = 1.0
    return {name: value if ":" in name else _CUE * value for name, value in found.items()}


def _words(text: str) -> list[str]:
    return ["#" if word[0].isdecimal() else word for word in _WORD.findall(text.lower())]


@lru_cache(maxsize=1)
def shipped() -> Weights:
    """Return the weights that are installed with the package."""
    folder = files("curbside.language") / "data"
    return loaded((folder / "design.json").read_text(encoding="utf-8"))


def likely(title: str, abstract: str, weights: Weights | None = None) -> tuple[str, float]:
    """Return the likeliest of `KINDS` with its probability, from 0 to 1."""
    weights = weights or shipped()
    shares = weights.shares(features(title, abstract))
    best = max(range(len(shares)), key=lambda place: shares[place])
    return weights.labels[best], shares[best]


__all__: list[str] = ["KINDS", "Features", "features", "likely", "shipped"]
