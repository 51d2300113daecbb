"""What every journey needs: a library of its own, the command line as a person runs it, and small invented papers.

The papers are made up, drugs and diseases apart; their identifiers (PMIDs from 99000000, DOIs under 10.5555) are of
ranges kept for examples.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import warm

COMMAND = (sys.executable, "-m", "curbside")
MANY = """
import io, json, sys
from curbside.doors.cli.main import main
from curbside.doors.cli.console import Console
for words in json.load(sys.stdin):
    out, err = io.StringIO(), io.StringIO()
    code = main(words, Console(out, err))
    print(json.dumps([code, out.getvalue(), err.getvalue()]))
"""
"""Takes many command lines, one after the other, through the one door; spares starting up each time."""

DONE, NOT_DONE, MISUSED, STOPPED = 0, 1, 2, 130


@dataclass(frozen=True)
class Said:
    """What a command came to: its exit code and what it wrote where."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON value on standard output."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Person:
    """Somebody at a terminal in a folder of their own, with a library in it.

    Attributes:
        folder: where they stand; files named without a path lie here.
        library: the folder of their library.
        settings: variables of the environment beside the ordinary ones.
    """

    folder: Path
    library: Path
    settings: dict[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """Return the variables that a command gets: no home and no library but their own."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("CURBSIDE_", "XDG_"))}
        own = {"HOME": str(self.folder), "CURBSIDE_LIBRARY": str(self.library), "NO_COLOR": "1"}
        return kept | own | self.settings

    def types(self, *words: str, given: bytes | str = b"", code: int | None = DONE) -> Said:
        """Run `curbside` with these words and return what it said; `code` is the exit code it must have, if any."""
        data = given.encode() if isinstance(given, str) else given
        done = warm.call(words, self.folder, self.environment(), data)
        said = Said(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in said.err, said.err
        assert code is None or said.code == code, f"exit {said.code} of {words}\n{said.out[-2000:]}\n{said.err[-2000:]}"
        return said

    def types_each(self, *lines: tuple[str, ...]) -> list[Said]:
        """Carry out command lines one after the other and return what each said."""
        if warm.usable(self.environment()):
            return [self.types(*words, code=None) for words in lines]
        return self.types_in_one(*lines)

    def types_in_one(self, *lines: tuple[str, ...]) -> list[Said]:
        """Do the same in one process, which loads once what several of them need."""
        done = subprocess.run(
            [sys.executable, "-c", MANY],
            input=json.dumps(lines),
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=self.folder,
            env=self.environment(),
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return [Said(*json.loads(line)) for line in done.stdout.splitlines()]

    def asks(self, question: str, *options: str) -> Any:
        """Ask and return the answer's JSON object."""
        return self.types("ask", "--json", *options, question).json

    def writes(self, name: str, content: str | bytes) -> Path:
        """Put a file into the folder and return its path."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path


def undated(out: str) -> str:
    """What a command wrote, without when the library last changed: two libraries of the same files differ in nothing else."""
    return re.sub(r'("changed": |, last changed )"?\d{4}-\d\d-\d\d[T ][\d:]+Z?"?', r"\1", out)


def person(folder: Path, **settings: str) -> Person:
    """Return a person who stands in `folder` (made if missing), with the library `library` beside their files."""
    folder.mkdir(parents=True, exist_ok=True)
    return Person(folder, folder / "library", settings)


@dataclass(frozen=True)
class Paper:
    """An invented paper, to be written in several formats.

    Attributes:
        abstract: (label, sentences) of a structured abstract.
    """

    pmid: str = "99000001"
    doi: str = "10.5555/curbside.1"
    title: str = "Oral sirolimus for refractory pyoderma gangrenosum: an open-label cohort study."
    abstract: tuple[tuple[str, str], ...] = (
        ("BACKGROUND", "Pyoderma gangrenosum is rare and hard to treat."),
        ("METHODS", "In this cohort study 14 adults took oral sirolimus 2 mg once daily for 24 weeks."),
        (
            "RESULTS",
            "Pyoderma gangrenosum cleared in 9 of 14 adults (64.3%) who took sirolimus. "
            "Mouth ulcers occurred in 3 of 14 adults on sirolimus.",
        ),
        ("CONCLUSIONS", "Oral sirolimus may help adults with refractory pyoderma gangrenosum."),
    )
    year: int = 2021
    types: tuple[str, ...] = ("Journal Article",)

    def pubmed(self, version: int = 1, extra: str = "") -> str:
        """Return the paper as one `PubmedArticle` element; `extra` stands at the end of its citation."""
        sections = "".join(
            f'<AbstractText Label="{label}" NlmCategory="{label}">{escape(words)}</AbstractText>'
            for label, words in self.abstract
        )
        types = "".join(f"<PublicationType>{escape(each)}</PublicationType>" for each in self.types)
        return (
            f'<PubmedArticle>\n<MedlineCitation Status="MEDLINE" Owner="NLM">\n<PMID Version="{version}">{self.pmid}</PMID>\n'
            '<Article PubModel="Print"><Journal><ISSN IssnType="Print">0000-0000</ISSN><JournalIssue>'
            f"<Volume>3</Volume><Issue>2</Issue><PubDate><Year>{self.year}</Year></PubDate></JournalIssue>"
            "<Title>Journal of Invented Dermatology</Title><ISOAbbreviation>J Inv Derm</ISOAbbreviation></Journal>\n"
            f"<ArticleTitle>{escape(self.title)}</ArticleTitle>\n<Abstract>{sections}</Abstract>\n"
            "<AuthorList><Author><LastName>Moreau</LastName><ForeName>Ada</ForeName><Initials>A</Initials></Author>"
            "</AuthorList><Language>eng</Language>"
            f"<PublicationTypeList>{types}</PublicationTypeList></Article>{extra}</MedlineCitation>\n"
            f'<PubmedData><ArticleIdList><ArticleId IdType="pubmed">{self.pmid}</ArticleId>'
            f'<ArticleId IdType="doi">{escape(self.doi)}</ArticleId></ArticleIdList></PubmedData>\n</PubmedArticle>\n'
        )

    def ris(self) -> str:
        """Return the paper as an RIS record."""
        words = " ".join(f"{label}: {words}" for label, words in self.abstract)
        return (
            f"TY  - JOUR\nTI  - {self.title}\nAU  - Moreau, Ada\nPY  - {self.year}\nJO  - Journal of Invented Dermatology\n"
            f"VL  - 3\nIS  - 2\nAN  - {self.pmid}\nDO  - {self.doi}\nAB  - {words}\nER  - \n\n"
        )

    def nbib(self) -> str:
        """Return the paper as a MEDLINE (NBIB) record."""
        words = " ".join(f"{label}: {words}" for label, words in self.abstract)
        return (
            f"PMID- {self.pmid}\nOWN - NLM\nSTAT- MEDLINE\nDP  - {self.year}\nTI  - {self.title}\nAB  - {words}\n"
            f"FAU - Moreau, Ada\nAU  - Moreau A\nLA  - eng\nPT  - Journal Article\nTA  - J Inv Derm\n"
            f"JT  - Journal of Invented Dermatology\nAID - {self.doi} [doi]\nSO  - J Inv Derm. {self.year};3(2).\n\n"
        )


PAPER = Paper()
"""The paper that most journeys are about."""

QUESTION = "Does oral sirolimus help adults with pyoderma gangrenosum?"
"""What most journeys ask."""


def pubmed_set(*articles: str) -> str:
    """Return PubMed XML that holds the given elements."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<PubmedArticleSet>\n{"".join(articles)}</PubmedArticleSet>\n'
