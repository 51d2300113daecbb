"""Guards against wrong sentences: seeded corruptions of real answer sentences must be caught, untouched ones kept.

`python -m evals guards --pages DIR [--shared DIR] [--n 300] [--seed 7] [--json]`: asks the questions of
`evals/data/questions.jsonl` of a library with the pages, the starter shelf and (where given) the shared abstracts,
corrupts the sentences of the answers, and runs the guards. `caught` is with every guard; `caught_without_wording` is
what the guards on numbers, amounts, negation, hedges, subjects and order catch without the one that compares all words.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from curbside.answer.guards import GUARDS, Sentence, failures
from curbside.records import AnswerSentence, Document
from curbside.wiring import Library
from evals.corruptions import sample
from evals.questions import OWN, built, read_questions
from evals.report import fingerprint, report

WITHOUT_WORDING = tuple(name for name in GUARDS if name != "wording")


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence that an answer showed, with the documents it quotes."""

    sentence: AnswerSentence
    documents: dict[str, Document]


def main(arguments: Sequence[str]) -> int:
    """Run the eval; exit status 0."""
    parser = argparse.ArgumentParser(prog="python -m evals guards", description=__doc__)
    parser.add_argument("--pages", type=Path, required=True, help="folder of page captures")
    parser.add_argument("--shared", type=Path, help="folder of shared data")
    parser.add_argument("--n", type=int, default=300)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, built(Path(folder), given.pages, given.shared, wide=True) as library:
        shown = _shown(library)
        figures = _scored(library, shown, given.n, given.seed)
    report(figures, n=given.n, fingerprint=fingerprint([*OWN, given.pages]), as_json=given.json)
    return 0


def _shown(library: Library) -> dict[str, Shown]:
    """Every sentence that the library's answers show, by its text."""
    found: dict[str, Shown] = {}
    for question in (row for path in OWN for row in read_questions(path)):
        answer = library.ask(question.question)
        for section in answer.sections:
            for sentence in section.sentences:
                documents = {
                    quote.document: library.store.holding(quote.document).document for quote in sentence.quotes
                }
                found.setdefault(sentence.text, Shown(sentence, documents))
    return found


def _scored(library: Library, shown: dict[str, Shown], n: int, seed: int) -> dict[str, object]:
    texts = sorted(shown)
    corrupted = sample(texts, n, seed)
    missed: Counter[str] = Counter()
    missed_without: Counter[str] = Counter()
    for corruption in corrupted:
        if not _stopped(library, shown[corruption.before], corruption.after, tuple(GUARDS)):
            missed[corruption.kind] += 1
        if not _stopped(library, shown[corruption.before], corruption.after, WITHOUT_WORDING):
            missed_without[corruption.kind] += 1
    untouched = [texts[i % len(texts)] for i in range(n)]
    dropped = sum(_stopped(library, shown[text], text, tuple(GUARDS)) for text in untouched)
    total = len(corrupted)
    return {
        "corrupted": total,
        "kinds": len({one.kind for one in corrupted}),
        "caught": round(1 - missed.total() / total, 4),
        "caught_without_wording": round(1 - missed_without.total() / total, 4),
        "missed": dict(missed),
        "missed_without_wording": dict(missed_without),
        "untouched": len(untouched),
        "distinct": len(texts),
        "dropped": dropped,
    }


def _stopped(library: Library, shown: Shown, text: str, guards: tuple[str, ...]) -> bool:
    sentence = Sentence(text, shown.sentence.quotes, shown.documents, (), shown.sentence.derived, library.vocabulary)
    return bool(failures(sentence, guards))
