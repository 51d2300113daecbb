"""Makes PubMed XML by recombining real sentences, seeded: `python -m bench.corpus --n 100000 --out DIR`.

The sentences stay where they are, in the shared data; what is made from them goes to a folder of the user's choice and
is no part of the project. Each record takes its title from one article and its sentences from others, category by
category (background, methods, results, conclusions), so that words and lengths are real and records are distinct.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from curbside.language.sentences import sentences

FIRST_PMID = 90_000_000
"""PMIDs are counted up from here, far above any that PubMed has given."""

CATEGORIES = ("BACKGROUND", "METHODS", "RESULTS", "CONCLUSIONS")
_SHARES = (0.2, 0.45, 0.85, 1.0)
"""Where each category ends in an abstract without labels, as a share of its sentences."""

_TAKEN = ((1, 3), (2, 4), (2, 5), (1, 2))
"""How many sentences of each category a record takes."""

_TYPES = ("Journal Article", "Randomized Controlled Trial", "Clinical Trial", "Review", "Case Reports", "Meta-Analysis")
_FAMILIES = ("Marsh", "Okafor", "Lindqvist", "Tanaka", "Duarte", "Novak", "Haddad", "Berg", "Ito", "Rossi", "Khan")


@dataclass
class Material:
    """What records are made from.

    Attributes:
        titles: titles of articles.
        parts: sentences by category.
        headings: names of MeSH headings.
    """

    titles: list[str] = field(default_factory=list)
    parts: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in CATEGORIES})
    headings: list[str] = field(default_factory=list)


def shared_folder() -> Path:
    """Return the folder of shared data: `CURBSIDE_SHARED`, else beside the checkout.

    Raises:
        SystemExit: where there is none, with a word on what to do.
    """
    named = os.environ.get("CURBSIDE_SHARED")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared"
    if not (folder / "data").is_dir():
        raise SystemExit("needs the shared data: put it beside the checkout or name its folder in CURBSIDE_SHARED")
    return folder


def material(shared: Path) -> Material:
    """Cut the shared abstracts into titles and sentences by category."""
    found = Material()
    for title, abstract in _abstracts(shared / "data"):
        if title:
            found.titles.append(title)
        cut = [span.of(abstract) for span in sentences(abstract)]
        for place, sentence in enumerate(cut, 1):
            share = next(at for at, end in enumerate(_SHARES) if place <= end * len(cut) or end == 1.0)
            found.parts[CATEGORIES[share]].append(" ".join(sentence.split()))
    found.headings = sorted(set(_headings(shared / "data")))
    return found


def _abstracts(data: Path) -> Iterator[tuple[str, str]]:
    for path in sorted((data / "pico_corpus").glob("*.txt")):
        title, _, rest = path.read_text(encoding="utf-8", errors="replace").partition(". ")
        yield title, rest
    with gzip.open(data / "retrieval" / "scifact_corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["title"], row["text"] if isinstance(row["text"], str) else " ".join(row["text"])
    for line in (data / "sirolimus" / "abstracts.jsonl").open("rb"):  # lines end at a line feed alone
        row = json.loads(line)
        if row.get("abstract"):
            # The home ground is small: it is dealt more often, so that questions about it have much to choose from.
            yield from [(row["title"], row["abstract"])] * 5


def _headings(data: Path) -> Iterator[str]:
    text = (data / "formats" / "medline_1000.nbib").read_text(encoding="utf-8", errors="replace")
    for line in text.splitlines():
        if line.startswith("MH  - "):
            yield line[6:].split("/")[0].strip("* ")


def records(n: int, seed: int, source: Material) -> Iterator[str]:
    """Yield `n` records as XML; the same for the same number, seed and material."""
    draw = random.Random(seed)
    for place in range(n):
        yield _record(FIRST_PMID + place, draw, source)


def _record(pmid: int, draw: random.Random, source: Material) -> str:
    labelled = draw.random() < 0.5
    texts: list[tuple[str, str]] = []
    for category, (low, high) in zip(CATEGORIES, _TAKEN):
        chosen = draw.sample(source.parts[category], draw.randint(low, high))
        label = f' Label="{category}" NlmCategory="{category}"' if labelled else ""
        texts.append((label, escape(" ".join(chosen))))
    if labelled:
        abstract = "".join(f"<AbstractText{label}>{text}</AbstractText>" for label, text in texts)
    else:
        abstract = f"<AbstractText>{' '.join(text for _, text in texts)}</AbstractText>"
    year, month = draw.randint(1985, 2025), draw.randint(1, 12)
    authors = "".join(
        f'<Author ValidYN="Y"><LastName>{name}</LastName><ForeName>A {name[0]}</ForeName><Initials>A{name[0]}'
        f"</Initials><AffiliationInfo><Affiliation>Department of Medicine, {name} University Hospital.</Affiliation>"
        f"</AffiliationInfo></Author>"
        for name in draw.sample(_FAMILIES, draw.randint(2, 6))
    )
    mesh = "".join(
        f'<MeshHeading><DescriptorName MajorTopicYN="N">{escape(name)}</DescriptorName></MeshHeading>'
        for name in draw.sample(source.headings, draw.randint(5, 12))
    )
    first = draw.randint(1, 900)
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID><DateRevised>'
        f"<Year>{year}</Year><Month>{month:02d}</Month><Day>15</Day></DateRevised><Article><Journal><ISSN IssnType="
        f'"Print">0028-4793</ISSN><JournalIssue CitedMedium="Print"><Volume>{draw.randint(1, 400)}</Volume><Issue>'
        f"{draw.randint(1, 24)}</Issue><PubDate><Year>{year}</Year><Month>{month:02d}</Month></PubDate></JournalIssue>"
        f"<Title>Journal of Recombined Medicine</Title><ISOAbbreviation>J Recomb Med</ISOAbbreviation></Journal>"
        f"<ArticleTitle>{escape(draw.choice(source.titles))}</ArticleTitle><Pagination><MedlinePgn>{first}-{first + 8}"
        f'</MedlinePgn></Pagination><ELocationID EIdType="doi">10.99999/recombined.{pmid}</ELocationID><Abstract>'
        f'{abstract}</Abstract><AuthorList CompleteYN="Y">{authors}</AuthorList><Language>eng</Language>'
        f"<PublicationTypeList><PublicationType>{draw.choice(_TYPES)}</PublicationType></PublicationTypeList></Article>"
        f"<MeshHeadingList>{mesh}</MeshHeadingList></MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="
        f'"pubmed">{pmid}</ArticleId><ArticleId IdType="doi">10.99999/recombined.{pmid}</ArticleId></ArticleIdList>'
        f"</PubmedData></PubmedArticle>\n"
    )


def write(n: int, out: Path, seed: int = 1, a_file: int = 5_000) -> list[Path]:
    """Write `n` records into gzip files of `a_file` records each in `out`; return the files in order."""
    out.mkdir(parents=True, exist_ok=True)
    source = material(shared_folder())
    coming = records(n, seed, source)
    paths: list[Path] = []
    for start in range(0, n, a_file):
        path = out / f"recombined-{seed}-{start // a_file:04d}.xml.gz"
        with path.open("wb") as handle, gzip.GzipFile("", "wb", 1, handle, mtime=0) as packed:
            packed.write(b'<?xml version="1.0" encoding="utf-8"?>\n<PubmedArticleSet>\n')
            for _ in range(min(a_file, n - start)):
                packed.write(next(coming).encode())
            packed.write(b"</PubmedArticleSet>\n")
        paths.append(path)
    return paths


def main(arguments: Sequence[str]) -> int:
    """Write a corpus and say where it is."""
    parser = argparse.ArgumentParser(prog="python -m bench.corpus", description=__doc__)
    parser.add_argument("--n", type=int, default=100_000, help="records")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--a-file", type=int, default=5_000, help="records in one file")
    given = parser.parse_args(arguments)
    paths = write(given.n, given.out, given.seed, given.a_file)
    print(f"{given.n} records in {len(paths)} files, {sum(p.stat().st_size for p in paths) >> 20} MB: {given.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
