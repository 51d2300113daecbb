"""The corpus that benches run on: seeded, distinct, and PubMed XML like any other."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from bench import corpus
from bench.__main__ import TASKS, main
from bench.machine import line, machine, peak_mb

from curbside.readers import read
from curbside.records import Category, Document, Raw


def made() -> corpus.Material:
    """Material of a few sentences, so that no shared data is needed."""
    parts = {
        name: [f"{name.title()} sentence {n} has p < 0.05 & more." for n in range(9)] for name in corpus.CATEGORIES
    }
    return corpus.Material(["A title", "Another <title>"], parts, [f"Heading {n}" for n in range(20)])


def test_the_same_seed_gives_the_same_records() -> None:
    """And another seed gives others."""
    one, again, other = (list(corpus.records(20, seed, made())) for seed in (1, 1, 2))
    assert one == again != other


def test_records_are_read_without_a_problem() -> None:
    """With distinct PMIDs above all real ones, title, abstract by category, authors and headings."""
    xml = "<PubmedArticleSet>" + "".join(corpus.records(30, 1, made())) + "</PubmedArticleSet>"
    found = list(read(Raw("a.xml", xml.encode())))
    documents = [each.record for each in found if isinstance(each.record, Document)]
    assert len(documents) == 30
    assert not any(each.problems for each in found)
    assert [int(each.ids.pmid or 0) for each in documents] == list(range(90_000_000, 90_000_030))
    assert all(each.ids.doi and each.authors and each.headings and each.year for each in documents)
    categories = {section.category for each in documents for section in each.sections}
    assert {Category.METHODS, Category.RESULTS} <= categories
    assert all("p < 0.05 & more" in each.text for each in documents)


def test_real_sentences_are_cut_by_category(shared: Path, tmp_path: Path) -> None:
    """From the shared abstracts, into files of the size asked for, the same every time."""
    found = corpus.material(shared)
    assert all(len(found.parts[name]) > 1_000 for name in corpus.CATEGORIES)
    assert len(found.headings) > 100
    paths = corpus.write(25, tmp_path / "one", seed=3, a_file=10)
    again = corpus.write(25, tmp_path / "two", seed=3, a_file=10)
    assert [path.read_bytes() for path in paths] == [path.read_bytes() for path in again]
    counts = [gzip.decompress(path.read_bytes()).count(b"<PubmedArticle>") for path in paths]
    assert counts == [10, 10, 5]


def test_the_machine_is_described() -> None:
    """Processor, cores, memory and how fast it is at the moment."""
    found = machine()
    assert {"cpu", "cores", "memory_gb", "python", "load", "loop_ms"} <= set(found)
    assert "cores" in line()
    assert peak_mb() > 1


def test_benches_are_named_in_one_table(capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown one is answered with the known ones."""
    assert main(["nonsense"]) == 2
    said = capsys.readouterr().err
    assert all(name in said for name in TASKS)
    assert main(["--help"]) == 0
