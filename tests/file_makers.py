"""Files to add in tests, made from what a test says about them."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

WORDS = [
    "sirolimus",
    "everolimus",
    "tacrolimus",
    "rapamycin",
    "patients",
    "children",
    "anaemia",
    "response",
    "dose",
    "trial",
    "weeks",
    "placebo",
    "adverse",
    "events",
    "lesion",
    "volume",
    "improved",
    "daily",
    "serum",
    "level",
    "safety",
    "cohort",
    "outcome",
    "baseline",
    "follow-up",
    "treatment",
]


def article(pmid: int, title: str = "", abstract: str = "", doi: str = "", revised: int = 2020) -> str:
    """One PubMed record; `revised` is the year of its revision, which decides between versions."""
    title = title or f"Record number {pmid} about sirolimus"
    abstract = abstract or f"Abstract of record {pmid}: {sentence(pmid)}"
    place = f'<ELocationID EIdType="doi">{doi}</ELocationID>' if doi else ""
    return (
        f'<PubmedArticle><MedlineCitation><PMID Version="1">{pmid}</PMID><DateRevised><Year>{revised}</Year>'
        f"<Month>01</Month><Day>01</Day></DateRevised><Article><Journal><JournalIssue><PubDate><Year>2019</Year>"
        f"</PubDate></JournalIssue><Title>Journal</Title></Journal><ArticleTitle>{title}</ArticleTitle>{place}"
        f"<Abstract><AbstractText>{abstract}</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>\n"
    )


def sentence(seed: int, length: int = 12) -> str:
    """Some words, the same for the same seed."""
    draw = random.Random(seed)
    return " ".join(draw.choice(WORDS) for _ in range(length)).capitalize() + "."


def pubmed(records: Iterable[str], deleted: Sequence[int] = ()) -> bytes:
    """A PubMed XML file."""
    gone = "".join(f'<PMID Version="1">{pmid}</PMID>' for pmid in deleted)
    rest = f"<DeleteCitation>{gone}</DeleteCitation>" if gone else ""
    return f'<?xml version="1.0"?>\n<PubmedArticleSet>\n{"".join(records)}{rest}</PubmedArticleSet>\n'.encode()


def articles(first: int, count: int) -> bytes:
    """A PubMed XML file with `count` records from PMID `first` on."""
    return pubmed(article(pmid) for pmid in range(first, first + count))


def nbib(pmid: int, title: str, abstract: str, doi: str = "") -> str:
    """One MEDLINE record."""
    place = f"AID - {doi} [doi]\n" if doi else ""
    return f"PMID- {pmid}\nTI  - {title}\nAB  - {abstract}\nDP  - 2019\nPT  - Journal Article\n{place}\n"


def ris(title: str, abstract: str, doi: str) -> str:
    """One RIS record."""
    return f"TY  - JOUR\r\nTI  - {title}\r\nAB  - {abstract}\r\nDO  - {doi}\r\nPY  - 2019\r\nER  - \r\n"


def folder_of(top: Path, files: dict[str, bytes]) -> Path:
    """Write files below a folder and return it."""
    for name, data in files.items():
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return top


def corpus(top: Path, files: int, records: int, packed: bool = False) -> Path:
    """A folder of PubMed XML files with `records` records each, PMIDs counted through from 1."""
    for number in range(files):
        data = articles(1 + number * records, records)
        name = f"{number:05d}.xml" + (".gz" if packed else "")
        folder_of(top, {name: gzip.compress(data, mtime=0) if packed else data})
    return top
