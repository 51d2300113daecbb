"""TLDR and plain summary, checked: `python -m evals summaries --files F… [--jats DIR] [--json] [--rows FILE]`.

Every document of the files (the first 300 of a file, the first 100 of the folder, and the starter shelf) is summarised.
What is shown is then held against the source on a path of its own, which knows nothing of how it was written: no
number that the source does not print (in figures or words), no drug or condition that it does not name, and every
word of doubt of the quoted words kept, on up to a hundred sentences that hold one. `--rows` lists those and all that
failed; `--read N` prints a draw of summaries to be read by hand.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from curbside.answer.summary import summary
from curbside.extract.card import read_card
from curbside.extract.profile import profile
from curbside.language.vocabulary import Vocabulary
from curbside.readers import read
from curbside.records import AnswerSentence, Document, Holding, Raw, WorkSummary, sealed
from curbside.shelf import notes
from evals.report import fingerprint, report

FIGURE = re.compile(r"\d+(?:[.,·]\d+)*")
"""A number as anybody would find one."""

DOUBT = re.compile(
    r"\b(?:may|might|could|possibly|possible|probably|probable|perhaps|likely|unlikely|suggest\w*|appear(?:s|ed)?"
    r"|seem(?:s|ed)?|potential(?:ly)?|approximately|almost|about|nearly|up to|at least|at most|apparently|presumably"
    r"|tend(?:s|ed)? to|trend|preliminary|promising|uncertain|unclear|inconclusive)\b",
    re.IGNORECASE,
)
"""A word of doubt or of about, as a reader would underline it; no list of the product is asked."""

_ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SPELT = {word: value for value, word in enumerate(_ONES.split())} | {
    word: 20 + 10 * at for at, word in enumerate(_TENS.split())
}
_WORDS = re.compile(r"[a-z]+")
_DRAWN = 100


def documents(files: Sequence[Path], jats: Path | None, of_file: int, of_folder: int) -> Iterator[Document]:
    """Yield the documents to be summarised, each once, those of the shelf first."""
    raws = [Raw(origin, data) for origin, data in notes()]
    raws += [Raw(path.name, path.read_bytes()) for path in files]
    if jats is not None:
        raws += [Raw(path.name, path.read_bytes()) for path in sorted(jats.glob("*.nxml"))[:of_folder]]
    seen: set[str] = set()
    for raw in raws:
        taken = 0
        for reading in read(raw):
            if isinstance(reading.record, Document) and taken < of_file:
                taken += 1
                document = sealed(reading.record)
                if document.id not in seen:
                    seen.add(document.id)
                    yield document


def plain(figure: str) -> str:
    """Return a number for comparing: points alike, commas between thousands out, no zeros behind the point."""
    bare = figure.replace("·", ".")
    bare = re.sub(r",(?=\d{3}\b)", "", bare).replace(",", ".")
    return bare.rstrip("0").rstrip(".") if "." in bare else bare.lstrip("0") or "0"


def figures(text: str) -> set[str]:
    """Return the numbers of a text, in figures or in words up to nine hundred and ninety-nine."""
    found = {plain(match.group()) for match in FIGURE.finditer(text)}
    words = _WORDS.findall(text.lower())
    for at in range(len(words)):
        total, known = 0, False
        for following in words[at : at + 5]:
            if following in SPELT:
                total, known = total + SPELT[following], True
            elif following == "hundred" and total:
                total *= 100
            elif following != "and" or not known:
                break
            if known:
                found.add(str(total))
    return found


def sentences(made: WorkSummary) -> Iterator[tuple[str, AnswerSentence]]:
    """Yield every sentence shown, with its heading."""
    yield from (("TLDR", each) for each in made.tldr)
    for section in made.sections:
        yield from ((section.heading, each) for each in section.sentences)


def faults(text: str, source: str, named: frozenset[str], vocabulary: Vocabulary) -> list[str]:
    """Return what a sentence says that its source does not: numbers, and drugs and conditions by name and by id."""
    missing = sorted({plain(match.group()) for match in FIGURE.finditer(text)} - figures(source))
    found = [f"number {each}" for each in missing]
    lowered = source.lower()
    for mention in vocabulary.mentions(text):
        words = mention.span.of(text)
        if mention.concept[0] in "dkc" and mention.concept not in named and words.lower() not in lowered:
            found.append(f"{mention.concept} ({words})")
    return found


def lost(sentence: AnswerSentence) -> list[str]:
    """Return the words of doubt in what a sentence quotes that the sentence itself has not."""
    quoted = Counter(match.group().lower() for quote in sentence.quotes for match in DOUBT.finditer(quote.words))
    shown = Counter(match.group().lower() for match in DOUBT.finditer(sentence.text))
    return sorted((quoted - shown).elements())


def main(arguments: Sequence[str]) -> int:
    """Summarise, check, and print how often and how long."""
    parser = argparse.ArgumentParser(prog="python -m evals summaries", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--files", type=Path, nargs="*", default=[], help="files of records")
    parser.add_argument("--jats", type=Path, help="folder of full texts")
    parser.add_argument("--of-file", type=int, default=300, help="records of a file that are taken")
    parser.add_argument("--of-folder", type=int, default=100, help="full texts that are taken")
    parser.add_argument("--seed", type=int, default=1, help="of the draws")
    parser.add_argument("--read", type=int, default=0, help="summaries printed to be read by hand")
    parser.add_argument("--rows", type=Path, help="write the sentences with doubt and all that failed")
    parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")
    given = parser.parse_args(arguments)
    vocabulary = Vocabulary.shipped()
    made: list[tuple[Document, WorkSummary]] = []
    failed: list[dict[str, Any]] = []
    doubted: list[dict[str, Any]] = []
    for document in documents(given.files, given.jats, given.of_file, given.of_folder):
        holding = Holding(document, "w", "", 0, profile(document, vocabulary))
        each = summary(holding, read_card(document, vocabulary), vocabulary)
        made.append((document, each))
        source = f"{document.title}\n{document.text}"
        named = frozenset(mention.concept for mention in vocabulary.mentions(source))
        for heading, sentence in sentences(each):
            row = {"document": document.id, "heading": heading, "text": sentence.text}
            wrong = faults(sentence.text, source, named, vocabulary)
            failed += [{**row, "fault": fault} for fault in wrong]
            # The name of a design ("may be cohort") is no finding, and is told in words of ours.
            if any(DOUBT.search(quote.words) for quote in sentence.quotes) and heading != "What this is":
                quotes = [quote.words for quote in sentence.quotes]
                doubted.append({**row, "quotes": quotes, "lost": lost(sentence)})
    drawn = random.Random(given.seed).sample(doubted, min(_DRAWN, len(doubted)))
    if given.rows is not None:
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in [*failed, *drawn])
        given.rows.write_text("".join(lines), encoding="utf-8")
    for document, each in random.Random(given.seed).sample(made, min(given.read, len(made))):
        print("\n".join(_told(document, each)), file=sys.stderr)
    told = sum(1 for _, each in made for _ in sentences(each))
    result = {**_shape(made), "violations": {"all": len(failed), **_kinds(failed)}}
    result["clean"] = 1 - len({(row["document"], row["text"]) for row in failed}) / max(told, 1)
    result["hedges"] = {
        "sentences": len(doubted),
        "drawn": len(drawn),
        "kept": sum(not row["lost"] for row in drawn) / max(len(drawn), 1),
        "kept_of_all": sum(not row["lost"] for row in doubted) / max(len(doubted), 1),
    }
    inputs = [*given.files, *([given.jats] if given.jats is not None else [])]
    report(result, n=len(made), fingerprint=fingerprint(inputs), as_json=given.json)
    return 0


def _kinds(failed: Sequence[dict[str, Any]]) -> dict[str, int]:
    return dict(Counter("number" if row["fault"].startswith("number") else "concept" for row in failed))


def _shape(made: Sequence[tuple[Document, WorkSummary]]) -> dict[str, Any]:
    with_tldr = [each for _, each in made if each.tldr]
    lengths = [sum(len(sentence.text.split()) for sentence in each.tldr) for each in with_tldr]
    counts = [sum(len(section.sentences) for section in each.sections) for _, each in made]
    why = Counter(each.no_tldr for _, each in made if each.no_tldr)
    return {
        "tldr": {
            "share": len(with_tldr) / max(len(made), 1),
            "words": {"median": median(lengths or [0]), "p95": _share(lengths, 0.95), "most": max(lengths, default=0)},
            "none": dict(why.most_common()),
        },
        "sentences": {"median": median(counts or [0]), "p95": _share(counts, 0.95)},
        "headings": dict(Counter(section.heading for _, each in made for section in each.sections)),
        "basis": dict(Counter(each.basis.value for _, each in made)),
    }


def _share(values: Iterable[int], share: float) -> int:
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0


def _told(document: Document, made: WorkSummary) -> list[str]:
    lines = [f"## {document.title} [{made.basis.value}]"]
    lines += [f"  TLDR: {sentence.text}" for sentence in made.tldr] or [f"  no TLDR: {made.no_tldr}"]
    lines += [f"  {heading}: {sentence.text}" for heading, sentence in sentences(made) if heading != "TLDR"]
    return [*lines, f"  not stated: {', '.join(field.value for field in made.not_stated)}"]
