"""The patient view beside the clinician's: as easy as asked, the same claims, no number that nobody wrote.

`python -m evals audience [--shared DIR] [--questions FILE…] [--n N] [--rows FILE] [--json]`

Answers are given over the starter shelf, the five pages and the shared abstracts; `N` of those that are not declined
are told to a patient (in the order of the files: `seeds/questions.jsonl`, then our own). `clinician`, `patient` and
`claims` are medians of the Flesch-Kincaid grade of the sentences as a clinician is shown them, as a patient is told
them, and of the patient's claims alone, without the fixed sentences beside them; `*.smog` the same by SMOG. `gap` is
the median of the differences, `least` the smallest, `four` the share of answers with at least four grades between,
`same_claims` of those whose quotes are the same one by one (must be 1), `invented` how many numbers stand in no quote
and in no derivation (must be 0), `lost` how many numbers of a clinician's sentence are not in the patient's (the 95
of an interval aside), `dosed` the share of sentences with a dose that say to ask first (must be 1), `retold` the
share of claims that are not the source's words. `--rows` writes each sentence with its claim and what stands beside
it, for reading by hand.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from curbside.answer.patient import legibility
from curbside.answer.patient_figures import ASK, names_dose
from curbside.language.numbers import numbers
from curbside.records import Answer, AnswerSentence
from curbside.records.audience import PatientView, Telling
from evals.questions import built
from evals.report import fingerprint, report

OWN = Path(__file__).parent / "own_questions.jsonl"


def questions_of(paths: Iterable[Path]) -> list[str]:
    """Return the questions of JSON Lines files, each once, in order."""
    lines = [line for path in paths if path.is_file() for line in path.read_text(encoding="utf-8").split("\n")]
    return list(dict.fromkeys(str(json.loads(line)["question"]) for line in lines if line.strip()))


def invented(sentence: AnswerSentence) -> list[str]:
    """Return the numbers of a sentence that stand in no quote and are not derived, with their arithmetic."""
    held: Counter[str] = Counter()
    for quote in sentence.cited:
        held.update(_printed(quote.words))
    derived = {number for each in sentence.derived for number in _printed(f"{each.value} {each.arithmetic}")}
    return sorted(number for number in _printed(sentence.text) if number not in held and number not in derived)


def lost(view: PatientView) -> list[str]:
    """Return the numbers of clinicians' sentences that the patient's do not have, the level of an interval aside."""
    gone: list[str] = []
    for told in (each for section in view.retold for each in section):
        missing = _printed(told.said.text) - _printed(told.text)
        gone += [number for number in missing.elements() if number != "95"]
    return gone


def _printed(text: str) -> Counter[str]:
    return Counter(number.printed for number in numbers(text) if number.form != "citation")


def figures_of(told: Sequence[tuple[Answer, PatientView]]) -> dict[str, object]:
    """Return the figures of answers and how patients are told them; see the module."""
    clinician, patient, claims, smog, smog_patient = ([] for _ in range(5))  # type: ignore[var-annotated]
    same = wrong = gone = dosed = asked = retold = sentences = 0
    for answer, view in told:
        assert view.grade is not None and view.clinician is not None
        clinician.append(view.clinician.flesch_kincaid)
        patient.append(view.grade.flesch_kincaid)
        alone = legibility(each.claim for section in view.retold for each in section)
        claims.append(alone.flesch_kincaid if alone is not None else 0.0)
        if view.clinician.smog is not None and view.grade.smog is not None:
            smog.append(view.clinician.smog)
            smog_patient.append(view.grade.smog)
        before = Counter(quote for sentence in answer.sentences for quote in sentence.cited)
        same += before == Counter(quote for sentence in view.answer.sentences for quote in sentence.cited)
        wrong += sum(len(invented(sentence)) for sentence in view.answer.sentences)
        gone += len(lost(view))
        for each in (each for section in view.retold for each in section):
            sentences += 1
            retold += each.telling is not Telling.SOURCE
            if names_dose((each.said.text,)):
                dosed += 1
                asked += ASK in each.beside
    gaps = [before - after for before, after in zip(clinician, patient, strict=True)]
    return {
        "clinician": round(statistics.median(clinician), 2),
        "patient": round(statistics.median(patient), 2),
        "claims": round(statistics.median(claims), 2),
        "gap": round(statistics.median(gaps), 2),
        "least": round(min(gaps), 2),
        "four": round(sum(gap >= 4 for gap in gaps) / len(gaps), 4),
        "clinician.smog": round(statistics.median(smog), 2) if smog else None,
        "patient.smog": round(statistics.median(smog_patient), 2) if smog else None,
        "same_claims": round(same / len(told), 4),
        "invented": wrong,
        "lost": gone,
        "dosed": round(asked / dosed, 4) if dosed else 1.0,
        "retold": round(retold / sentences, 4),
        "sentences": sentences,
    }


def row_of(answer: Answer, view: PatientView) -> dict[str, Any]:
    """Return an answer and what a patient is told, for reading by hand."""
    grades = {name: each and each.flesch_kincaid for name, each in (("grade", view.grade), ("was", view.clinician))}
    told = [
        {
            "heading": section.heading,
            "said": each.said.text,
            "claim": each.claim,
            "beside": list(each.beside),
            "telling": each.telling.value,
            "invented": invented(sentence),
        }
        for section, retold in zip(view.answer.sections, view.retold, strict=True)
        for each, sentence in zip(retold, section.sentences, strict=True)
    ]
    return {"question": answer.question.text, **grades, "told": told}


def main(arguments: Sequence[str]) -> int:
    """Run the eval; exit status 0, 1 where there was nothing to ask."""
    parser = argparse.ArgumentParser(prog="python -m evals audience", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder of shared data")
    parser.add_argument("--questions", type=Path, nargs="+", help="JSON Lines files with `question`")
    parser.add_argument("--n", type=int, default=30, help="answers told at the most")
    parser.add_argument("--rows", type=Path, help="file to write each sentence to")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    paths: list[Path] = given.questions or [given.shared / "seeds" / "questions.jsonl", OWN]
    asked = questions_of(paths)
    told: list[tuple[Answer, PatientView]] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        built(Path(folder), given.shared / "seeds", given.shared, True) as made,
    ):
        for question in asked:
            answer = made.ask(question)
            if answer.sentences and len(told) < given.n:
                told.append((answer, made.for_patient(answer)))
    if not told:
        print("No question was answered; nothing was measured.", file=sys.stderr)
        return 1
    if given.rows is not None:
        lines = (json.dumps(row_of(*each), ensure_ascii=False) for each in told)
        given.rows.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    known = [path for path in paths if path.is_file()]
    report(figures_of(told), n=len(told), fingerprint=fingerprint([*known]), as_json=given.json)
    return 0
