"""The retrieval evals: their figures by hand, their form, and the floors that search is held to."""

from __future__ import annotations

import gzip
import json
import math
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from evals.ranking import figures, mean, ndcg, recall, reciprocal_rank, with_bm25s

from evals import pubmedqa_retrieval, retrieval


def test_ndcg_by_hand() -> None:
    """Second place of one relevant document is 1/log2(3); a perfect ranking is 1."""
    assert ndcg(["b", "a"], {"a": 1}) == pytest.approx(1 / math.log2(3))
    assert ndcg(["a", "b", "c"], {"a": 2, "b": 1}) == 1.0
    assert ndcg(["b", "a"], {"a": 2, "b": 1}) == pytest.approx((1 + 2 / math.log2(3)) / (2 + 1 / math.log2(3)))
    assert ndcg([*list("cdefghijkl"), "a"], {"a": 1}) == 0.0
    assert ndcg([], {"a": 1}) == 0.0


def test_recall_and_reciprocal_rank_by_hand() -> None:
    """Half of two found; third place is a third."""
    assert recall(["a", "c"], {"a": 1, "b": 1}) == 0.5
    assert recall(["a"], {}) == 0.0
    assert reciprocal_rank(["x", "y", "a"], "a") == pytest.approx(1 / 3)
    assert reciprocal_rank(["x"], "a") == 0.0
    assert mean([]) == 0.0


def test_a_query_without_a_ranking_counts_as_nothing_found() -> None:
    """An average over the judged queries, answered or not."""
    assert figures({"q1": ["a"]}, {"q1": {"a": 1}, "q2": {"b": 1}}) == {"ndcg@10": 0.5, "recall@100": 0.5}


def test_bm25s_stands_beside_us() -> None:
    """It ranks the document with the words first."""
    run = with_bm25s({"a": "wombats sleep", "b": "quolls run fast", "c": "possums climb"}, {"q": "running quolls"})
    assert run["q"][0] == "b"


@pytest.fixture
def beir(tmp_path: Path) -> list[str]:
    """A set of three documents and two claims in BEIR's form."""
    corpus = [
        {"_id": "1", "title": "Sleep of wombats", "text": "Wombats sleep sixteen hours a day in burrows."},
        {"_id": "2", "title": "", "text": "Rapamycin prolonged the lives of quolls."},
        {"_id": "3", "title": "Possums", "text": "Possums climb."},
    ]
    with gzip.open(tmp_path / "corpus.jsonl.gz", "wt", encoding="utf-8") as out:
        out.write("\n".join(json.dumps(row) for row in corpus))
    queries = [{"_id": "7", "text": "Wombats sleep long."}, {"_id": "8", "text": "Sirolimus lengthens life."}]
    (tmp_path / "queries.jsonl").write_text("\n".join(json.dumps(row) for row in queries), encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n7\t1\t1\n8\t2\t1\n8\t3\t0\n", encoding="utf-8")
    names = {"--corpus": "corpus.jsonl.gz", "--queries": "queries.jsonl", "--qrels": "qrels.tsv"}
    return [part for option, name in names.items() for part in (option, str(tmp_path / name))]


def last_line(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """Return the object on the last line."""
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def test_retrieval_ends_on_one_object(beir: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Both legs, with size and fingerprint; sirolimus finds rapamycin by its concept."""
    assert retrieval.main([*beir, "--json"]) == 0
    figures = last_line(capsys)
    assert (figures["n"], len(figures["fingerprint"])) == (2, 64)
    assert figures["lexical"] == {"ndcg@10": 1.0, "recall@100": 1.0}
    assert set(figures["bm25s"]) == {"ndcg@10", "recall@100"}


def test_without_concepts_words_alone_count(beir: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What the vocabulary adds can be measured."""
    retrieval.main([*beir, "--json", "--no-concepts"])
    assert last_line(capsys)["lexical"]["ndcg@10"] == 0.5


@pytest.mark.slow
def test_the_lexical_leg_is_above_bm25s(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The floor moves up only: .705 on these claims, where bm25s has .696."""
    folder = shared / "data" / "retrieval"
    files = {"corpus": "scifact_corpus.jsonl.gz", "queries": "train_queries.jsonl", "qrels": "train_qrels.tsv"}
    given = [part for option, name in files.items() for part in (f"--{option}", str(folder / name))]
    assert retrieval.main([*given, "--json"]) == 0
    found = last_line(capsys)
    assert found["n"] == 809
    assert found["lexical"]["ndcg@10"] >= max(found["bm25s"]["ndcg@10"], 0.703)
    assert found["lexical"]["recall@100"] >= max(found["bm25s"]["recall@100"], 0.928)


@pytest.mark.slow
def test_a_question_leads_to_its_own_abstract(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The floor moves up only: .977 over 500 questions."""
    gold = shared / "data" / "pubmedqa" / "train.jsonl"
    assert pubmedqa_retrieval.main(["--gold", str(gold), "--json"]) == 0
    found = last_line(capsys)
    assert found["n"] == 500
    assert found["lexical"]["mrr"] >= 0.975
    assert found["lexical"]["recall@1"] >= 0.96
