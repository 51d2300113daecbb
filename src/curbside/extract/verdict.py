"""What one text suggests on a yes/no question: yes, no, maybe, or nothing, with the sentences that decided.

A linear model over readings of the sentences that report (`extract.verdict_features`). The answer is the one with the
highest score after an allowance for the rarer ones, chosen on held-out questions; the probability is that before the
allowance, calibrated by one temperature (Guo et al. 2017). A sentence decided as far as the probability falls when it
is taken away.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from curbside.extract.verdict_features import features, lead, reporting
from curbside.extract.verdict_reading import Said, read_for
from curbside.language.cues import hedges
from curbside.language.scoring import Weights, loaded, softmax
from curbside.language.verdict_words import OPEN
from curbside.language.vocabulary import Vocabulary
from curbside.records import ConceptKind, Document, Quote
from curbside.records.verdict import Deciding, YesNo, YesNoVerdict

NAME = "verdict model 1"
"""Raised with the weights."""
UNDECIDED = "no sentence that speaks of what is asked decides it"
WEIGHTS, DECISION = "weights.json", "decision.json"
_MOST, _FEWEST_FALL = 3, 0.01  # sentences shown; by how much the probability must fall without one
_TRIED = 12  # sentences that are taken away in turn, those that name most of the question
_NAMED = 0.12  # share of the question below which a text that names no more of it does not speak to it
_NEAR = 0.5  # share of what the best sentence names of the question, from which a sentence speaks of it
LIKELY = 0.5
"""Probability below which nothing is suggested."""


@dataclass(frozen=True, slots=True)
class Decision:
    """How scores become an answer and a probability.

    Attributes:
        sharpness: what scores are multiplied by before they are turned into probabilities.
        allowance: answer -> what its score is raised by before the highest wins.
    """

    sharpness: float
    allowance: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Model:
    """Trained weights with their decision."""

    weights: Weights
    decision: Decision

    def judged(self, seen: Mapping[str, float]) -> tuple[YesNo, tuple[float, ...]]:
        """Return the answer that wins and a probability for each, in the order of `YesNo`."""
        scores = dict(zip(self.weights.labels, self.weights.scores(seen)))
        shares = softmax([scores[answer.value] for answer in YesNo], self.decision.sharpness)
        best = max(YesNo, key=lambda answer: scores[answer.value] + self.decision.allowance.get(answer.value, 0.0))
        return best, tuple(shares)


@lru_cache(maxsize=1)
def shipped() -> Model:
    """Return the model that is installed with the package."""
    folder = files("curbside.extract") / "data" / "verdict"
    weights = loaded((folder / WEIGHTS).read_text(encoding="utf-8"))
    return Model(weights, decision((folder / DECISION).read_text(encoding="utf-8")))


def verdict(question: str, document: Document, vocabulary: Vocabulary, model: Model | None = None) -> YesNoVerdict:
    """Return what a document suggests as the answer to a yes/no question.

    Evidence about one drug is none about another: nothing is suggested where the text does not name each drug, class or
    procedure of the question, and one of its conditions or a narrower one. Nor where the question asks how, what or
    which, where no sentence reports, where none names what is asked about, where no answer is likely enough, or where
    what decides are sentences on something else.
    """
    model = model or shipped()
    said = read_for(question, document)
    best, shares = model.judged(features(question, said))
    share = shares[tuple(YesNo).index(best)]
    abstains = _abstains(question, said, share) or _unnamed(question, document, said, vocabulary)
    if abstains:
        return YesNoVerdict(question, None, best, share, shares, abstains=abstains, maker=NAME)
    falls = _falls(question, said, model, best, share)
    near = _NEAR * max(each.cover for each in reporting(said))
    chosen = [(each, fall) for fall, each in falls if fall >= _FEWEST_FALL and each.cover >= near][:_MOST]
    if not chosen:
        return YesNoVerdict(question, None, best, share, shares, abstains=UNDECIDED, maker=NAME)
    reasons = tuple(Deciding(_quote(each, document), why(each), round(fall, 4)) for each, fall in chosen)
    doubts = dict.fromkeys(cue.span.of(each.text) for each, _ in chosen for cue in hedges(each.text))
    return YesNoVerdict(question, best, best, share, shares, reasons, "", tuple(doubts), NAME)


def _abstains(question: str, said: Sequence[Said], share: float) -> str:
    if lead(question) in OPEN:
        return "the question is not one that yes or no answers"
    if not said:
        return "the text has no sentences that report anything"
    if max(each.cover for each in said) < _NAMED:
        return "no sentence names what is asked about"
    return "" if share >= LIKELY else "no answer is likely enough"


def _unnamed(question: str, document: Document, said: Sequence[Said], vocabulary: Vocabulary) -> str:
    """Return what the question names and the text does not, as a reason to abstain; "" where it names all of it."""
    named = {each.concept for each in vocabulary.mentions(f"{document.title}. {' '.join(each.text for each in said)}")}
    conditions: list[tuple[str, bool]] = []
    for each in vocabulary.mentions(question):
        there = not named.isdisjoint(vocabulary.narrower(each.concept))
        if each.kind is ConceptKind.CONDITION:
            conditions.append((each.span.of(question), there))
        elif not there:
            return f"the text does not name {each.span.of(question)}"
    if conditions and not any(there for _, there in conditions):
        return f"the text does not name {' or '.join(words for words, _ in conditions)}"
    return ""


def _falls(question: str, said: Sequence[Said], model: Model, best: YesNo, share: float) -> list[tuple[float, Said]]:
    """Return by how much the probability falls without each reporting sentence, largest first."""
    place = tuple(YesNo).index(best)
    tried = sorted(reporting(said), key=lambda each: -each.cover)[:_TRIED]
    if len(tried) < 2:
        return [(1.0 - share, each) for each in tried]
    found: list[tuple[float, Said]] = []
    for each in tried:
        _, shares = model.judged(features(question, [other for other in said if other is not each]))
        found.append((share - shares[place], each))
    return sorted(found, key=lambda pair: (-pair[0], pair[1].span.start))


def why(said: Said) -> str:
    """Return in words what is read in a sentence that bears on a yes/no question."""
    told = [words for name, words in _WHY.items() if said.whole[name] > 0]
    return "; ".join(told) if told else "names what is asked about"


_WHY = {
    "denied": "denies a difference, link or effect",
    "p-": "a p value that is not significant",
    "ratio0": "an interval that holds no effect",
    "notable": "calls a finding significant or strong",
    "p+": "a significant p value",
    "ratio+": "a ratio to one side of 1",
    "only": "holds for some only",
    "doubt": "is worded with doubt",
}


def _quote(said: Said, document: Document) -> Quote:
    return Quote(document.id, said.span, said.span.of(document.text))


def decision(text: str) -> Decision:
    """Return the decision that `written_decision` wrote."""
    record = json.loads(text)
    return Decision(float(record["sharpness"]), {str(name): float(by) for name, by in record["allowance"].items()})


def written_decision(made: Decision) -> str:
    """Return a decision as JSON."""
    return json.dumps({"sharpness": made.sharpness, "allowance": dict(made.allowance)}, indent=1) + "\n"
