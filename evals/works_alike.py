"""Similar works, measured: `python -m evals works_alike --medline F… [--openalex F] [--json] [--rows FILE]`.

Works with MeSH headings are taken out of files of records, their headings and keywords held back from index and
profile. For a seeded draw of them the works that Curbside calls similar are compared by what was held back:
`precision@5` is the share of five that have a major topic in common with the work, a place left empty counting as a
miss; `shown.precision` the share of those shown. Beside it `bm25s` on title and abstract, chance, and the best that
could be had. With `--questions FILE` pages of questions are added, and fifty pairs of a work and a question that is
called related are printed to be read by hand.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from curbside.extract.profile import profile
from curbside.language.vocabulary import Vocabulary
from curbside.readers import read
from curbside.readers.builder import Builder
from curbside.records import (
    BlockKind,
    Document,
    DocumentKind,
    Glance,
    Holding,
    Identifiers,
    PartRole,
    Raw,
    sealed,
)
from curbside.search.base import Index, Vectors
from curbside.search.index import TantivyIndex
from curbside.search.vectors_faiss import FaissVectors
from curbside.store.base import Store
from curbside.workflows.similar import similar_posts, similar_works
from evals.lines import json_lines
from evals.meaning import embedded, installed
from evals.ranking import mean, with_bm25s
from evals.report import fingerprint, report

K = 5
_SHORTEST = 200
"""Code points of a text beside its title below which there is nothing to compare."""


@dataclass(frozen=True, slots=True)
class Held:
    """A work with what is held back of it.

    Attributes:
        holding: as a library would hold it, without headings and keywords.
        majors: names of its major topics.
        source: name of the file it came from.
    """

    holding: Holding
    majors: frozenset[str]
    source: str


class Shelf:
    """As much of a store as a look-up takes."""

    def __init__(self, holdings: Sequence[Holding]) -> None:
        """Hold some documents."""
        self._held = {holding.document.id: holding for holding in holdings}

    def resolve(self, text: str) -> tuple[str, ...]:
        """Return the id itself."""
        return (text,)

    def holdings(self, ids: Sequence[str]) -> list[Holding]:
        """Return the documents."""
        return [self._held[each] for each in ids if each in self._held]

    def glances(self, ids: Sequence[str]) -> list[Glance]:
        """Return the documents at a glance."""
        return [
            Glance(one.document.id, one.work, one.document.kind, one.document.title, one.document.year, one.profile)
            for one in self.holdings(ids)
        ]


def works(paths: Sequence[Path], vocabulary: Vocabulary) -> Iterator[Held]:
    """Yield the works of files that have major topics and a text, each once, their headings held back."""
    seen: set[str] = set()
    for path in paths:
        for reading in read(Raw(path.name, path.read_bytes())):
            document = reading.record
            if not isinstance(document, Document) or len(document.text) < len(document.title) + _SHORTEST:
                continue
            majors = frozenset(heading.name for heading in document.headings if heading.major)
            key = (document.ids.keys() or (document.title,))[0]
            if majors and key not in seen:
                seen.add(key)
                bare = sealed(replace(document, id="", headings=(), keywords=()))
                yield Held(Holding(bare, f"w{len(seen)}", "", 0, profile(bare, vocabulary)), majors, path.name)


def page(question: str, answer: str, number: int, vocabulary: Vocabulary) -> Holding:
    """Return a question with its answer as a library holds a question page."""
    builder = Builder()
    with builder.part(PartRole.METADATA):
        builder.block(question, BlockKind.TITLE)
    with builder.part(PartRole.QUESTION):
        builder.block(question)
    if answer:
        with builder.part(PartRole.REPLY):
            builder.block(answer)
    text, parts, sections, blocks = builder.done()
    ids = Identifiers(others=(("row", f"q{number}"),))
    made = Document("", text, DocumentKind.QUESTION_PAGE, question, "en", parts, sections, blocks, ids=ids)
    made = sealed(made)
    return Holding(made, f"q{number}", "", 0, profile(made, vocabulary))


def questions(path: Path, most: int, seed: int, vocabulary: Vocabulary) -> list[Holding]:
    """Return a draw of questions with answers from JSON Lines that have `question` and `answer`."""
    held = list(json_lines(path))
    drawn = random.Random(seed).sample(held, min(most, len(held)))
    return [page(row["question"], row.get("answer", "")[:1500], at, vocabulary) for at, row in enumerate(drawn)]


def scored(ranked: Sequence[str], majors: frozenset[str], of: Mapping[str, frozenset[str]]) -> tuple[int, int]:
    """Return how many of the first `K` share a major topic, and how many there are."""
    first = ranked[:K]
    return sum(bool(majors & of[each]) for each in first), len(first)


def main(arguments: Sequence[str]) -> int:
    """Score the works called similar, and print pairs of works and questions where questions are given."""
    parser = argparse.ArgumentParser(prog="python -m evals works_alike", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--medline", type=Path, nargs="+", required=True, help="files of records with MeSH headings")
    parser.add_argument("--openalex", type=Path, nargs="*", default=[], help="further such files, to be found in")
    parser.add_argument("--questions", type=Path, help="JSON Lines of questions with answers, for related posts")
    parser.add_argument("--pool", type=int, default=3000, help="works that are looked through")
    parser.add_argument("--draw", type=int, default=200, help="works that are asked for")
    parser.add_argument("--seed", type=int, default=1, help="of both draws")
    parser.add_argument("--legs", choices=("words", "both"), default="both", help="words alone, or meaning too")
    parser.add_argument("--rows", type=Path, help="write what was found for each work")
    parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")
    given = parser.parse_args(arguments)
    vocabulary = Vocabulary.shipped()
    every = list(works([*given.medline, *given.openalex], vocabulary))
    medline = {path.name for path in given.medline}
    own = [each for each in every if each.source in medline]
    others = [each for each in every if each.source not in medline]
    draw = random.Random(given.seed)
    pool = [*own, *draw.sample(others, min(max(given.pool - len(own), 0), len(others)))][: given.pool]
    asked = draw.sample(pool, min(given.draw, len(pool)))
    pages = questions(given.questions, given.pool, given.seed, vocabulary) if given.questions else []
    majors = {each.holding.document.id: each.majors for each in pool}
    held = [each.holding for each in pool]
    store = cast(Store, Shelf([*held, *pages]))
    encoder = installed() if given.legs == "both" else None
    with tempfile.TemporaryDirectory() as folder:
        index: Index = TantivyIndex(Path(folder) / "index", vocabulary)
        index.apply([*held, *pages])
        index.commit(1)
        vectors: Vectors | None = None
        if encoder is not None:
            vectors = FaissVectors(Path(folder) / "vectors", encoder.version)
            vectors.apply(embedded(held, encoder))
            vectors.commit(1)
        result = _figures(asked, pool, majors, store, index, vocabulary, vectors, given.rows)
        if pages:
            result |= _posts(asked, store, index, vocabulary, given.seed)
        index.close()
    files = [*given.medline, *given.openalex, *([given.questions] if given.questions else [])]
    report(result, n=len(asked), fingerprint=fingerprint(files), as_json=given.json)
    return 0


def _figures(
    asked: Sequence[Held],
    pool: Sequence[Held],
    majors: Mapping[str, frozenset[str]],
    store: Store,
    index: Index,
    vocabulary: Vocabulary,
    vectors: Vectors | None,
    kept: Path | None,
) -> dict[str, object]:
    texts = {each.holding.document.id: _words(each.holding.document) for each in pool}
    beside = with_bm25s(texts, {each.holding.document.id: texts[each.holding.document.id] for each in asked}, K + 1)
    legs = {"words": None} if vectors is None else {"words": None, "both": vectors}
    result: dict[str, object] = {"pool": len(pool)}
    spent: list[float] = []
    lines: list[dict[str, Any]] = []
    for name, leg in legs.items():
        found: dict[str, tuple[int, int]] = {}
        for each in asked:
            document = each.holding.document.id
            begun = time.process_time()
            similar = similar_works(document, store, index, vocabulary, leg, K)
            spent.append(time.process_time() - begun)
            found[document] = scored([one.document for one in similar.results], each.majors, majors)
            if name == list(legs)[-1]:
                lines.append(_row(each, similar.results, majors))
        hits, shown = (sum(pair[at] for pair in found.values()) for at in (0, 1))
        result[name] = {
            f"precision@{K}": hits / (K * len(asked)),
            "shown_precision": hits / max(shown, 1),
            "shown": shown / len(asked),
        }
        for source in sorted({each.source for each in asked}):
            some = [found[each.holding.document.id][0] / K for each in asked if each.source == source]
            cast(dict[str, object], result[name])[f"of {source}"] = mean(some)
    plain: list[tuple[int, int]] = []
    for each in asked:
        document = each.holding.document.id
        plain.append(scored([one for one in beside[document] if one != document], each.majors, majors))
    result["bm25s"] = {f"precision@{K}": sum(hits for hits, _ in plain) / (K * len(asked))}
    sharing = [sum(bool(each.majors & other.majors) for other in pool) - 1 for each in asked]
    result["chance"] = {f"precision@{K}": mean([count / (len(pool) - 1) for count in sharing])}
    result["ceiling"] = {f"precision@{K}": mean([min(count, K) / K for count in sharing])}
    result["ms"] = 1000 * mean(spent)
    if kept is not None:
        kept.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return result


def _words(document: Document) -> str:
    body = " ".join(part.span.of(document.text) for part in document.parts if part.role is PartRole.ABSTRACT)
    return f"{document.title} {body or document.text}"


def _row(each: Held, results: Sequence[Any], majors: Mapping[str, frozenset[str]]) -> dict[str, Any]:
    return {
        "id": each.holding.document.id,
        "title": each.holding.document.title,
        "majors": sorted(each.majors),
        "found": [
            {"title": one.title, "why": one.reason, "shares": sorted(each.majors & majors[one.document])}
            for one in results
        ],
    }


def _posts(asked: Sequence[Held], store: Store, index: Index, vocabulary: Vocabulary, seed: int) -> dict[str, object]:
    """Print fifty pairs of a work and a question called related; a person reads them."""
    pairs: list[tuple[str, str, str]] = []
    with_any = 0
    for each in asked:
        found = similar_posts(each.holding.document.id, store, index, vocabulary, 3)
        with_any += bool(found.results)
        pairs += [(each.holding.document.title, one.title, one.reason) for one in found.results]
    for title, question, why in random.Random(seed).sample(pairs, min(50, len(pairs))):
        print(f"{title}\n    {question}\n    {why}", file=sys.stderr)
    return {"posts": {"pairs": len(pairs), "works_with_any": with_any / max(len(asked), 1)}}


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "2")
    sys.exit(main(sys.argv[1:]))
