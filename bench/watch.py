"""How fast articles notice what changed: `python -m bench watch [--articles 10000] [--database URL] [--json]`.

A desk of approved articles stands over a library; some are drawn from answers, the others ask each of another drug and
condition, and cite works that were drawn. Then a notice on one cited work comes, and one new study. It is measured how
long it takes until the articles concerned have their news and are open again, and held against what must be found:
those that cite the work, and those that ask of the study's drug and condition.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from bench import ask as asking
from bench.desk_data import desk_on, drawn, fill, made_up, option, people
from bench.machine import line, machine
from curbside.records import Answer, ArticleState, ArticleVersion, Filters, Raw
from curbside.store.base_desk import Desk
from curbside.wiring import Library, open_library
from curbside.workflows.notices import add_list
from curbside.workflows.watching import keys_of, look, scan, watch

REAL = 40
"""Articles drawn from answers."""


def main(arguments: Sequence[str]) -> int:
    """Build library and desk, let a notice and a study come, and print what watching took and found."""
    parser = argparse.ArgumentParser(prog="python -m bench watch", description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--n", type=int, default=2_000, help="records of the library, where none is given")
    parser.add_argument("--library", type=Path, help="a library built before; it is copied")
    parser.add_argument("--seed", type=int, default=1)
    option(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    given = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that nothing is left on a server
    result: dict[str, Any] = {"articles": given.articles, "machine": machine()}
    for name, server in (("sqlite", ""), ("postgresql", given.database)):
        if name == "sqlite" or server:
            with tempfile.TemporaryDirectory() as folder:
                result[name] = measured(Path(folder), server, given)
                print(f"{name}: {json.dumps(result[name])}", file=sys.stderr)
    if given.json:
        print(json.dumps(result))
        return 0
    print(f"machine: {line()}")
    for name in ("sqlite", "postgresql"):
        for what, figures in result.get(name, {}).items():
            print(f"{name} {what}: {json.dumps(figures)}")
    return 0


def measured(folder: Path, server: str, given: argparse.Namespace) -> dict[str, Any]:
    """Build everything in a folder and measure."""
    place = folder / "library"
    if given.library is not None:
        shutil.copytree(given.library, place)
        open_library(place, write=True, meaning=False).close()  # which brings it up to date
    else:
        asking.build(place, folder / "records", given.n, given.seed)
    with desk_on(server, place) as (desk, _), open_library(place, meaning=False) as library:
        who = people(desk)
        watch(desk, library.store, library.ask)  # before there is an article nothing needs to be looked at
        real = drawn(library, REAL)
        versions = [*real, *islice(made_up(library, real, given.seed, 1), given.articles - len(real))]
        ids = fill(desk, who, versions, library, ArticleState.APPROVED)
        print(f"{len(ids):,} articles", file=sys.stderr)
        words = library.vocabulary
        target = next(version for version in real if version.references)
        work = Counter(entry.work for version in versions for entry in version.references)
        marked = next(entry for entry in target.references if entry.ids.pmid and work[entry.work] > 1)
        found: dict[str, Any] = {"documents": library.store.held}
        listed = folder / "notice.csv"
        listed.write_text(f"pmid,nature\n{marked.ids.pmid},Retraction\n", encoding="utf-8")
        with open_library(place, write=True, meaning=False) as writing:
            add_list(listed, writing.store, writing.index)
        wanted = {id for id, version in zip(ids, versions) if any(e.work == marked.work for e in version.references)}
        found["notice"] = looked(desk, library, versions, ids, wanted)
        study = next(version for version in real[1:] if any(key.startswith("p:") for key in keys_of(version, words)))
        with open_library(place, write=True, meaning=False) as writing:
            writing.add([Raw("new.jsonl", record(study), "records")], processes=0)
        asks = {id for id, version in zip(ids, versions) if version.question == study.question}
        found["study"] = looked(desk, library, versions, ids, asks)
        found["nothing"] = looked(desk, library, versions, ids, set())
    return found


def record(version: ArticleVersion) -> bytes:
    """Return a new study on what a version asks, as a plain record."""
    drug, _, condition = version.question.removeprefix("Does ").rstrip("?").partition(" help ")
    words = (
        f"In this randomised trial of {drug} for {condition}, {condition} improved in 61 of 80 patients given {drug} "
        f"and in 20 of 80 given placebo. {drug.capitalize()} was well tolerated."
    )
    title = f"{drug.capitalize()} for {condition}: a randomised trial"
    types = ["Randomized Controlled Trial"]
    return json.dumps({"pmid": "98000001", "title": title, "abstract": words, "year": 2026, "types": types}).encode()


def looked(
    desk: Desk, library: Library, versions: Sequence[ArticleVersion], ids: Sequence[str], wanted: set[str]
) -> dict[str, Any]:
    """Watch once; return what it took and how what was found stands to what had to be.

    `seconds` end when all articles that had to be are open again, `seconds_until_asked` when all questions are asked.
    """
    questions: list[str] = []

    def ask(text: str, filters: Filters) -> Answer:
        questions.append(text)
        return library.ask(text, filters)

    before = states(desk)
    changes, told, opened = 0, set[str](), None
    busy, begun = time.process_time(), time.perf_counter()
    while found := scan(desk, library.store):
        changes += found
    while (some := look(desk, library.store, ask, reopen=True)) is not None:
        told |= {each.id for each in some.told}
        if opened is None and wanted <= told:
            opened = time.perf_counter() - begun, time.process_time() - busy
    passed, spent = time.perf_counter() - begun, time.process_time() - busy
    after = states(desk)
    touched = {id for id in ids if before[id] != after[id]}
    of = {version.question: id for id, version in zip(ids, versions)}
    asked = {of[text] for text in questions}
    return {
        "seconds": round(opened[0] if opened else passed, 3),
        "processor_seconds": round(opened[1] if opened else spent, 3),
        "seconds_until_asked": round(passed, 3),
        "processor_seconds_until_asked": round(spent, 3),
        "changes": changes,
        "wanted": len(wanted),
        "asked": len(asked),
        "told": len(told),
        "missed": len(wanted - told),
        "asked_but_not_wanted": len(asked - wanted),
        "touched_but_not_told": len(touched - told),
        "reopened": sum(1 for id in told if after[id][0] is ArticleState.UNDER_REVIEW),
    }


def states(desk: Desk) -> dict[str, tuple[ArticleState, str, str]]:
    """Return how each article stands."""
    with desk.reading() as view:
        lines, _ = view.articles.lines(limit=1_000_000)
    return {each.id: (each.state, each.news, each.changed) for each in lines}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
