"""Which judges of stance and which checkers of support there are, and what each is made of."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from curbside.inference.manifest import current_folder
from curbside.language.vocabulary import Vocabulary
from curbside.records import ConceptKind, Span
from curbside.settings import read_settings
from curbside.wiring.meaning import encoder_of, manifest_of

if TYPE_CHECKING:
    from curbside.inference.base import StanceJudge, SupportChecker
    from curbside.inference.stance import Decision
    from curbside.inference.support import Head
    from curbside.language.scoring import Weights
    from curbside.records.support import SupportLabel, SupportReason


def stance_judge(kind: str = "rules") -> StanceJudge:
    """Return a judge of stance: one of `STANCE_JUDGES`.

    Raises:
        KeyError: if there is none of that kind.
    """
    return STANCE_JUDGES[kind]()


def _rules_judge() -> StanceJudge:
    from curbside.inference.stance_rules import RulesJudge
    from curbside.language.stance_rules import ruled

    return RulesJudge(ruled)


def _trained_judge() -> StanceJudge:
    from curbside.workflows.cites import shipped_judge  # what reads files for an add has no wiring, and judges with it

    return shipped_judge()


STANCE_JUDGES: Mapping[str, Callable[[], StanceJudge]] = MappingProxyType(
    {"rules": _rules_judge, "trained": _trained_judge}
)
"""Kind of judge -> what makes it."""


def support_checker(kind: str = "rules", meaning: bool = True) -> SupportChecker:
    """Return a checker of support: one of `SUPPORT_CHECKERS`.

    Without `meaning` the trained one goes by words alone, whether or not an encoder is installed.

    Raises:
        KeyError: if there is none of that kind.
        EncoderError: if the encoder that is installed is damaged.
    """
    return SUPPORT_CHECKERS[kind](meaning)


@cache
def _rarity() -> Mapping[str, float]:
    from curbside.inference.support import rarity

    return rarity()


def named_in(text: str) -> dict[str, Span]:
    """Return the drugs and conditions that a text names: id -> where first."""
    mentions = Vocabulary.shipped().mentions(text)
    return {mention.concept: mention.span for mention in reversed(mentions) if mention.kind in _NAMED_KINDS}


def plainly_written(text: str) -> str:
    """Return a text with every drug and condition under the vocabulary's name for it."""
    from curbside.language.support_names import plainly

    return plainly(text, Vocabulary.shipped())


_NAMED_KINDS = frozenset({ConceptKind.DRUG, ConceptKind.CONDITION})


def _rules_checker(meaning: bool) -> SupportChecker:
    del meaning
    from curbside.inference.support_rules import RulesChecker
    from curbside.language.support_reading import paired
    from curbside.language.support_rules import Ruled, ruled

    def rules(claim: str, evidence: str) -> Ruled:
        return ruled(claim, evidence, paired(claim, evidence, _rarity()), named_in)

    return RulesChecker(rules)


def _trained_checker(meaning: bool) -> SupportChecker:
    from curbside.inference.support import TrainedChecker
    from curbside.language import support_rules

    def read(claim: str, evidence: str) -> tuple[dict[str, float], tuple[SupportReason, ...], SupportLabel | None]:
        return support_rules.read(claim, evidence, _rarity(), named_in, plainly_written)

    weights, decision = _support_weights()
    head = _support_head() if meaning else None
    home = read_settings(os.environ, Path.home()).encoder if head is not None else None
    place = current_folder(home) if home is not None else None
    if head is None or place is None or manifest_of(place).version != head.vectors.version:
        return TrainedChecker(read, weights, decision)
    return TrainedChecker(read, weights, decision, head, encoder_of(place), plainly_written)


@cache
def _support_weights() -> tuple[Weights, Decision]:
    from curbside.inference import support
    from curbside.inference.stance import decision
    from curbside.language.scoring import loaded

    return loaded(support.shipped(support.WEIGHTS)), decision(support.shipped(support.DECISION))


@cache
def _support_head() -> Head:
    from curbside.inference import support
    from curbside.inference.stance import decision
    from curbside.language.scoring import loaded

    return support.Head(
        loaded(support.shipped(support.BOTH_WEIGHTS)),
        support.shipped_vectors(),
        decision(support.shipped(support.BOTH_DECISION)),
    )


SUPPORT_CHECKERS: Mapping[str, Callable[[bool], SupportChecker]] = MappingProxyType(
    {"rules": _rules_checker, "trained": _trained_checker}
)
"""Kind of checker -> what makes it, told whether an encoder may have a say."""
