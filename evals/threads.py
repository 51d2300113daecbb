"""Threads: what each turn of a conversation is about, against what a careful reader says it is about.

A row is `{"id", "kind", "turns": [{"text", "drug", "condition", "population", "route", "only", "without", "since",
"new_subject"}]}`: names of drugs (or classes) and conditions, groups of people, routes, kinds of source, first year.
A name may be several ("one|or another"). `also` lists conditions that may be there besides, `either` fields that may be
carried over or left.

A turn is right when every field is. `carried` is the share of right turns among those that follow another, `first` the
share among first turns; `field.*` the share of right fields in turns that follow. `wrong` counts what was kept and
should not have been; `silent` what of that no chip shows, and whatever was left behind without a word: it must be 0.
Only the vocabulary is needed; no library is asked.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from curbside.answer.source_words import told
from curbside.answer.thread import begin, follow
from curbside.language.vocabulary import Vocabulary
from curbside.language.words import content_words
from curbside.records import Question
from curbside.records.thread import ChipKind, Turn
from evals.report import fingerprint, report

GOLD = Path(__file__).parent / "threads.jsonl"
FIELDS = ("drug", "condition", "population", "route", "only", "without", "since")
KINDS: Mapping[str, frozenset[str]] = {
    "trials": frozenset({"randomised trial", "non-randomised trial"}),
    "randomised trials": frozenset({"randomised trial"}),
    "guidelines": frozenset({"guideline"}),
    "systematic reviews": frozenset({"systematic review", "meta-analysis"}),
    "meta-analyses": frozenset({"meta-analysis"}),
    "reviews": frozenset({"review", "systematic review", "meta-analysis"}),
    "cohort studies": frozenset({"cohort"}),
    "case series": frozenset({"case series"}),
    "case reports": frozenset({"case report"}),
    "case-control studies": frozenset({"case-control"}),
    "animal studies": frozenset({"animal study", "laboratory"}),
}
"""Kind of source as the rows name it -> kinds of evidence that it takes in."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A field of a turn that is not as it should be.

    Attributes:
        field: which.
        wanted, found: in words.
        kept: things that should not be there.
    """

    field: str
    wanted: str
    found: str
    kept: tuple[str, ...] = ()


def faults(
    row: Mapping[str, Any], turn: Turn, number: int, before: Mapping[str, Any], vocabulary: Vocabulary
) -> list[Fault]:
    """Return the fields of a turn that are wrong.

    A field in `either` may also be as it was in the row before, or empty. A condition asked about as an outcome counts
    where one is wanted and is no fault where none is.
    """
    question, either = turn.question, set(row.get("either", ()))
    given = {each.concept for each in (*question.drugs, *question.classes)}
    carried = {chip.value for chip in turn.carried(number) if chip.kind is ChipKind.WORDS}
    words = {f"w:{word}" for word in question.words}
    treated = {each.concept for each in question.conditions} | {f"w:{word}" for one in carried for word in one.split()}
    outcomes = {each.concept for each in question.outcomes} | words
    found: list[Fault] = []
    for field, held, besides in (
        ("drug", given, set[str]()),
        ("condition", treated, outcomes),
        ("population", set(question.populations), set[str]()),
        ("route", set(question.routes), set[str]()),
    ):
        reading = _ids if field in ("drug", "condition") else _plain
        wanted = reading(row[field], vocabulary)
        free = [*wanted, *(reading(row.get("also", ()), vocabulary) if field == "condition" else ())]
        free += reading(before[field], vocabulary) if field in either else []
        kept = held - frozenset[str]().union(*free)
        lacking = [each for each in wanted if not each & (held | besides)]
        if kept or (lacking and field not in either):
            found.append(Fault(field, ", ".join(row[field]), ", ".join(sorted(held)), tuple(sorted(kept))))
    return found + _of_sources(row, question, either)


def _plain(names: Iterable[str], vocabulary: Vocabulary) -> list[frozenset[str]]:
    return [frozenset({each}) for each in names]


def _ids(names: Iterable[str], vocabulary: Vocabulary) -> list[frozenset[str]]:
    """Return for each name ("one|or another") the concepts that answer for it.

    Narrower ones of its kind do; a name that the vocabulary does not know stands for its words.
    """
    found: list[frozenset[str]] = []
    for name in names:
        held: set[str] = set()
        for one in name.split("|"):
            concept = vocabulary.find(one)
            if concept is None:
                held |= {f"w:{word}" for word in content_words(one)}
            else:
                held |= {each for each in vocabulary.narrower(concept.id) if each[0] == concept.id[0]}
            held |= _closer(one, concept.id[0] if concept else "", vocabulary)
        found.append(frozenset(held))
    return found


@lru_cache(maxsize=256)
def _closer(name: str, kind: str, vocabulary: Vocabulary) -> frozenset[str]:
    """Return concepts of a kind whose name holds every word of `name`: "cardiac rhabdomyoma" does."""
    words = set(content_words(name))
    named = vocabulary.concepts.values() if kind == "c" else ()
    return frozenset(each.id for each in named if each.id[0] == kind and words <= set(content_words(each.name)))


def _of_sources(row: Mapping[str, Any], question: Question, either: set[str]) -> list[Fault]:
    found: list[Fault] = []
    filters = question.filters
    held = frozenset(filters.evidence)
    said = ", ".join(words for _, words in told(filters))
    wanted = frozenset[str]().union(*(KINDS[each] for each in row["only"]))
    out = frozenset[str]().union(*(KINDS[each] for each in row["without"]))
    left_out = bool(held) and len(held) > 10
    if (
        not (left_out and not wanted)
        and not (wanted <= held <= wanted or (not wanted and not held))
        and "only" not in either
    ):
        found.append(Fault("only", ", ".join(row["only"]), said, tuple(sorted(held - wanted))))
    if (out & held or (left_out and not out) or (out and not held)) and "without" not in either:
        found.append(Fault("without", ", ".join(row["without"]), said, ("without",) if left_out and not out else ()))
    if filters.since != row["since"] and "since" not in either:
        kept = (str(filters.since),) if filters.since is not None else ()
        found.append(Fault("since", str(row["since"]), str(filters.since), kept))
    return found


def silent(turn: Turn, number: int, before: Turn) -> list[str]:
    """Return what is in a question and no chip shows, and what the turn before was about and nothing tells of."""
    question = turn.question
    held = [f"{ChipKind.DRUG.value}:{each.concept}" for each in question.drugs]
    held += [f"{ChipKind.CLASS.value}:{each.concept}" for each in question.classes]
    held += [f"{ChipKind.PROCEDURE.value}:{each.concept}" for each in question.procedures]
    held += [f"{ChipKind.CONDITION.value}:{each.concept}" for each in question.conditions]
    held += [f"{ChipKind.OUTCOME.value}:{each.concept}" for each in question.outcomes]
    held += [f"{ChipKind.PRIOR.value}:{each.concept}" for each in question.prior]
    held += [f"{ChipKind.PEOPLE.value}:{each}" for each in question.populations]
    held += [f"{ChipKind.ROUTE.value}:{each}" for each in question.routes]
    held += [f"{ChipKind.SOURCES.value}:{value}" for value, _ in told(question.filters)]
    shown = {chip.id for chip in turn.chips}
    unseen = [each for each in held if each not in shown]
    named = {each.words for each in turn.carried(number)}
    unseen += [each.words for each in turn.carried(number) if not each.words.strip() or each.words not in named]
    gone = {each.chip.id for each in turn.dropped}
    asks = ChipKind.ASKS
    return unseen + [chip.id for chip in before.chips if chip.kind is not asks and chip.id not in shown | gone]


def main(arguments: Sequence[str]) -> int:
    """Score threads and print the figures; always 0."""
    parser = argparse.ArgumentParser(prog="python -m evals threads", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--gold", type=Path, default=GOLD, help="threads, JSON Lines (default: the project's own)")
    parser.add_argument("--rows", type=Path, help="file to write each wrong turn to, JSON Lines")
    parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")
    options = parser.parse_args(arguments)
    vocabulary = Vocabulary.shipped()
    threads = [json.loads(line) for line in options.gold.read_text(encoding="utf-8").split("\n") if line.strip()]
    wrong: list[dict[str, Any]] = []
    tally: Counter[str] = Counter()
    unseen = 0
    for thread in threads:
        before: Turn | None = None
        for number, row in enumerate(thread["turns"], 1):
            text = str(row["text"])
            turn = begin(text, vocabulary) if before is None else follow(before, number, text, vocabulary)
            previous = thread["turns"][number - 2] if before is not None else row
            found = faults(row, turn, number, previous, vocabulary)
            missed = silent(turn, number, before) if before is not None else []
            place = "first" if before is None else "follow"
            tally[f"{place}.n"] += 1
            tally[f"{place}.right"] += not found
            unseen += len(missed)
            if before is not None:
                tally["wrong"] += sum(len(each.kept) for each in found)
                tally.update(f"fault.{each.field}" for each in found)
            for each in found:
                wrong.append(
                    {"thread": thread["id"], "kind": thread["kind"], "turn": number, "text": text}
                    | {"field": each.field, "wanted": each.wanted, "found": each.found, "kept": each.kept}
                    | {"read_as": turn.question.text}
                )
            before = turn
    if options.rows:
        options.rows.write_text(
            "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in wrong), encoding="utf-8"
        )
    followed = tally["follow.n"]
    figures: dict[str, object] = {
        "carried": tally["follow.right"] / max(1, followed),
        "first": tally["first.right"] / max(1, tally["first.n"]),
        "wrong": tally["wrong"],
        "silent": unseen,
        "turns": followed,
    }
    figures |= {f"field.{name}": 1 - tally[f"fault.{name}"] / max(1, followed) for name in FIELDS}
    report(figures, n=len(threads), fingerprint=fingerprint([options.gold]), as_json=options.json)
    return 0
