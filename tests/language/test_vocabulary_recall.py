"""Of the drugs and conditions that a careful reader finds, at least nine in ten are known; floors only move up."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from curbside.language.vocabulary import Vocabulary
from curbside.records import ConceptKind, Mention, Span

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from evals.vocabulary import CDR, DRUGS, GOLD, Tally, annotated, corpus, gold_recall, known, main, occurrences, texts_of


def test_the_gold_holds_a_hundred_abstracts_and_no_texts() -> None:
    """Names as printed, none longer than a name."""
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 100
    assert len({row["source"] for row in rows}) == 100
    names = [name for row in rows for name in (*row["drugs"], *row["conditions"])]
    assert len(names) > 900
    assert max(len(name.split()) for name in names) < 9


def test_a_name_occurs_as_a_whole_word_in_any_case() -> None:
    """Not inside a longer one."""
    assert list(occurrences("Tac", "tac and tacrolimus, TAC")) == [Span(0, 3), Span(20, 23)]


def test_known_asks_for_the_right_kind() -> None:
    """A condition that overlaps a drug's name does not make the drug known."""
    mention = Mention(Span(0, 9), "d:sirolimus", ConceptKind.DRUG)
    assert known("sirolimus", "sirolimus gel", [mention], DRUGS)
    assert not known("gel", "sirolimus gel", [mention], DRUGS)
    assert not known("sirolimus", "sirolimus gel", [mention], frozenset((ConceptKind.CONDITION,)))


def test_a_tally_counts() -> None:
    """Shares and misses."""
    tally = Tally()
    assert tally.share == 0.0
    tally.take(True, "a")
    tally.take(False, "b")
    assert (tally.share, dict(tally.missed)) == (0.5, {"b": 1})


def test_pubtator_places_point_at_their_words(tmp_path: Path) -> None:
    """Title, one character, abstract."""
    path = tmp_path / "one.txt"
    path.write_text("1|t|Sirolimus.\n1|a|It cured acne.\n1\t0\t9\tSirolimus\tChemical\tD020123\n"
                    "1\t20\t24\tacne\tDisease\tD000152\n1\tCID\tD1\tD2\n", encoding="utf-8")  # fmt: skip
    (item,) = annotated(path)
    assert [(span.of(item.text), label) for span, label in item.places] == [
        ("Sirolimus", "Chemical"),
        ("acne", "Disease"),
    ]
    tallies = corpus(Vocabulary.shipped(), [path])
    assert all(tally.share == 1.0 for tally in tallies.values())


def test_what_a_careful_reader_finds_is_known(shared: Path) -> None:
    """Of 100 abstracts."""
    tallies = gold_recall(Vocabulary.shipped(), texts_of(shared))
    assert tallies["drug"].share >= 0.99
    assert tallies["condition"].share >= 0.98


def test_breadth_on_bc5cdr(shared: Path) -> None:
    """Another field, chemicals of all kinds among the drugs: what is found is right, and much is found."""
    tallies = corpus(Vocabulary.shipped(), [shared / "data" / "entities" / name for name in CDR])
    assert tallies["drug.recall"].share >= 0.77
    assert tallies["drug.precision"].share >= 0.97
    assert tallies["disease.recall"].share >= 0.85
    assert tallies["disease.precision"].share >= 0.94


def test_the_eval_prints_one_object(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On its last line, with n and fingerprint."""
    assert main(["--shared", str(shared), "--json"]) == 0
    record = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert record["n"] > 900
    assert len(record["fingerprint"]) == 64
    assert record["recall.all"] >= 0.98


def test_the_eval_says_what_it_needs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the shared data is missing."""
    assert main(["--shared", str(tmp_path)]) == 2
    assert "give the folder" in capsys.readouterr().err
