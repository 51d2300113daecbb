"""Texts that resemble a text, each with why; what does not share its subject is not among them.

Candidates are the documents that say most of its words and concepts (`search.sample`) and, where there are vectors,
those nearest in meaning. A candidate stays if it shares a drug or a condition that is central to both, or is very near
in its text; what stays is ordered by text, meaning and shared subjects together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curbside.records import EvidenceKind, Glance, Ground, Hit, Likeness, Similar
from curbside.search.subjects import Nearness, Shared, Subjects

DEPTH = 40
"""Documents that each leg puts forward."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each ground counts in the order of what stays.

    Chosen from a grid on 350 works with MeSH headings held back, another draw than that of `evals works_alike`.

    Attributes:
        words: of BM25 beside the candidate that has most.
        meaning: of the cosine, likewise; where there are no vectors the words speak for both.
        subject: of shared drugs and conditions.
        design: of the same kind of study.
    """

    words: float = 0.65
    meaning: float = 0.35
    subject: float = 0.3
    design: float = 0.03


@dataclass(frozen=True, slots=True)
class Gate:
    """What keeps to the subject.

    Attributes:
        subject: least weight of a shared drug or condition.
        kin: least weight of another drug of one class, which no more than half of its weight is left of.
        near: least sum of twice the share of the text's own BM25 score and the cosine that makes a text very near.
        words: least share of that score which does, where there are no vectors.
    """

    subject: float = 0.35
    kin: float = 0.25
    near: float = 0.8
    words: float = 0.2

    def passes(self, shared: Shared) -> bool:
        """Tell whether a shared subject is enough."""
        return shared.weight >= (self.kin if shared.ground is Ground.DRUG_CLASS else self.subject)

    def is_near(self, words: float, meaning: float | None) -> bool:
        """Tell whether a text is so near that it needs no named subject."""
        return words >= self.words if meaning is None else 2 * words + meaning >= self.near


WEIGHTS, GATE = Weights(), Gate()

DESIGNS = frozenset(
    {
        EvidenceKind.GUIDELINE,
        EvidenceKind.SUMMARY,
        EvidenceKind.META_ANALYSIS,
        EvidenceKind.SYSTEMATIC_REVIEW,
        EvidenceKind.RANDOMISED,
        EvidenceKind.TRIAL,
        EvidenceKind.COHORT,
        EvidenceKind.CASE_CONTROL,
        EvidenceKind.CROSS_SECTIONAL,
        EvidenceKind.CASE_SERIES,
        EvidenceKind.CASE_REPORT,
        EvidenceKind.REVIEW,
        EvidenceKind.LABORATORY,
        EvidenceKind.ANIMALS,
        EvidenceKind.PROTOCOL,
        EvidenceKind.REGISTRATION,
    }
)
"""Kinds that say how a study was done."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that may resemble a text.

    Attributes:
        glance: the document.
        hit: the passage that says most of the text, or that is nearest to it.
        subjects: what it is about.
        words: its BM25 score as a share of the text's own, 0 where it shares no word.
        meaning: its cosine with the text, or None where one of them has no vector.
    """

    glance: Glance
    hit: Hit
    subjects: Subjects
    words: float
    meaning: float | None = None


def alike(
    asked: Subjects,
    design: EvidenceKind,
    candidates: Sequence[Candidate],
    nearness: Nearness,
    names: Mapping[str, str],
    weights: Weights = WEIGHTS,
    gate: Gate = GATE,
) -> list[Similar]:
    """Return those candidates that keep to the subject, best first, ties by document id.

    Args:
        asked: what the text is about.
        design: kind of its study.
        candidates: what may resemble it; itself and its other reports are none of them.
        nearness: how near concepts are.
        names: concept id -> its name, for every concept that can be shared.
        weights: of the grounds.
        gate: what keeps to the subject.
    """
    most_words = max((each.words for each in candidates), default=0.0)
    known = [each.meaning for each in candidates if each.meaning is not None]
    least, most = min(known, default=0.0), max(known, default=0.0)
    found: list[Similar] = []
    for each in candidates:
        shared = nearness.between(asked, each.subjects)
        near = gate.is_near(each.words, each.meaning)
        telling = [one for one in shared if gate.passes(one)]
        if not telling and not near:
            continue
        words = each.words / most_words if most_words > 0 else 0.0
        meaning = words
        if each.meaning is not None:
            meaning = (each.meaning - least) / (most - least) if most > least else 1.0
        same = design in DESIGNS and each.glance.profile.evidence is design
        score = weights.words * words + weights.meaning * meaning
        score += weights.subject * together(shared) + weights.design * same
        total = weights.words + weights.meaning + weights.subject + weights.design
        why = _why(telling, same, near, design, names)
        found.append(_similar(each, round(score / total, 6), why))
    return sorted(found, key=lambda similar: (-similar.score, similar.document))


def together(shared: Sequence[Shared]) -> float:
    """Return how much two texts share of their subjects, from 0 to 1: the best drug and the best condition, each
    worth less beside the other (noisy or)."""
    drug = max((each.weight for each in shared if each.ground in (Ground.DRUG, Ground.DRUG_CLASS)), default=0.0)
    condition = max(
        (each.weight for each in shared if each.ground in (Ground.CONDITION, Ground.RELATED_CONDITION)), default=0.0
    )
    return 1 - (1 - drug) * (1 - condition)


def _similar(candidate: Candidate, score: float, why: Sequence[Likeness]) -> Similar:
    glance, profile = candidate.glance, candidate.glance.profile
    return Similar(
        glance.document,
        glance.work,
        glance.kind,
        profile.evidence,
        glance.title,
        glance.year,
        candidate.hit.span,
        score,
        tuple(why),
        profile.retracted,
        profile.noticed,
    )


_TOLD = 2
"""Drugs and conditions that are told of each."""


def _why(
    shared: Sequence[Shared], same: bool, near: bool, design: EvidenceKind, names: Mapping[str, str]
) -> list[Likeness]:
    """Return what two texts share, in words; a related subject is told where no same one is."""
    found: list[Likeness] = []
    for ground, related in ((Ground.DRUG, Ground.DRUG_CLASS), (Ground.CONDITION, Ground.RELATED_CONDITION)):
        equal = [each for each in shared if each.ground is ground][:_TOLD]
        if equal:
            concepts = tuple(each.concepts[0] for each in equal)
            said = " and ".join(names[each] for each in concepts)
            found.append(Likeness(ground, f"also on {said}" if ground is Ground.DRUG else said, concepts))
        else:
            found += [_related(each, names) for each in shared if each.ground is related][:1]
    if not found and near:
        found.append(Likeness(Ground.TEXT, "very near in what it says"))
    if same:
        found.append(Likeness(Ground.DESIGN, design.value))
    return found


def _related(shared: Shared, names: Mapping[str, str]) -> Likeness:
    mine, theirs, common = shared.concepts
    if shared.ground is Ground.DRUG_CLASS:
        words = f"on {names[theirs]}, of the same class ({names[common]})" if common != mine else f"on {names[theirs]}"
        return Likeness(shared.ground, words, shared.concepts)
    if common in (mine, theirs):
        words = f"{names[theirs]}, a {'narrower' if common == mine else 'broader'} condition than {names[mine]}"
    else:
        words = f"{names[theirs]}, like {names[mine]} a form of {names[common]}"
    return Likeness(shared.ground, words, shared.concepts)
