"""The eval of linking: a truth of its own from the markup, and what print alone gives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from evals.linking import article_of, main, scored, truth_of, without_markup


def x(number: int, printed: str = "") -> str:
    """Return an in-text reference."""
    return f'<xref ref-type="bibr" rid="B{number}">{printed or number}</xref>'


BODY = f"""<p>Known [{x(1)}]. Ranges [{x(2)}-{x(4)}, {x(6)}] too.<sup>{x(1)},{x(5)}</sup> In one tag [{x(2, "2–4")}].
Not a range: {x(1)} - as said - {x(6)}.</p>"""
LIST = "".join(
    f'<ref id="B{n}"><label>{n}</label><mixed-citation>Name{n} A. Title. 20{n:02}.</mixed-citation></ref>'
    for n in range(1, 7)
)
ARTICLE = f"<article><front/><body>{BODY}</body><back><ref-list>{LIST}</ref-list></back></article>".encode()


def test_the_truth_expands_ranges() -> None:
    """A dash between two references stands for all between them, and so does one inside a tag."""
    told = truth_of(article_of(ARTICLE))
    assert {at + 1: count for at, count in sorted(told.items())} == {1: 3, 2: 2, 3: 2, 4: 2, 5: 1, 6: 2}


def test_what_the_list_cites_is_no_reference_of_the_text() -> None:
    """A reference inside the list is left out."""
    inside = ARTICLE.replace(b"Title. 2001.", b'See <xref ref-type="bibr" rid="B2">2</xref>.')
    assert truth_of(article_of(inside)) == truth_of(article_of(ARTICLE))


def test_print_alone_has_no_tags() -> None:
    """The words stay where they are."""
    bare = without_markup(ARTICLE).decode()
    assert "xref" not in bare and "Ranges [2-4, 6] too.<sup>1,5</sup>" in bare


def test_an_article_is_scored_both_ways(tmp_path: Path) -> None:
    """By markup everything is found; print alone misses the two bare numbers."""
    path = tmp_path / "a.nxml"
    path.write_bytes(ARTICLE)
    made = scored(path)
    assert made is not None
    row = made[0].row
    assert (row["references"], row["resolved"], row["missed"], row["wrong"]) == (12, 12, [], [])
    assert set(made[0].plain) <= set(made[0].truth)


def test_the_figures_and_the_sample(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One JSON object on the last line; statements to be read above it, the marker set off; rows by article."""
    (tmp_path / "xml").mkdir()
    (tmp_path / "xml/a.nxml").write_bytes(ARTICLE)
    rows = tmp_path / "rows.jsonl"
    assert main(["--xml", str(tmp_path / "xml"), "--sample", "2", "--rows", str(rows), "--json"]) == 0
    out = capsys.readouterr().out
    made = json.loads(out.strip().splitlines()[-1])
    assert (made["n"], made["resolved"], made["wrong"], made["articles"]) == (12, 1.0, 0, 1)
    assert set(made["plain"]) == {"recall", "precision", "f1"}
    assert out.startswith("1. a ") and "⟦" in out and "Name" in out
    assert json.loads(rows.read_text())["id"] == "a"
