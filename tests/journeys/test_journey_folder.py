"""A folder of good and bad files: what is good is in, what is bad is listed with file and line, the exit code tells."""

from __future__ import annotations

import gzip
from dataclasses import replace
from typing import Any

import pytest
from journey import NOT_DONE, PAPER, Person, person, pubmed_set

GOOD = {
    "good/first.xml": pubmed_set(PAPER.pubmed()).encode(),
    "good/second.ris": replace(PAPER, pmid="99000002", doi="10.5555/curbside.2", title="A second paper.")
    .ris()
    .encode(),
    "good/third.jsonl": b'{"title": "A third paper", "abstract": "Everolimus was given to 5 adults.", "pmid": "99000003"}\n',
    "good/fourth.nbib.gz": gzip.compress(
        replace(PAPER, pmid="99000004", doi="10.5555/curbside.4", title="A fourth paper.").nbib().encode(), mtime=0
    ),
}

MANY = pubmed_set(*(replace(PAPER, pmid=str(99000100 + i), doi=f"10.5555/many.{i}").pubmed() for i in range(5)))

BAD: dict[str, tuple[bytes, int]] = {
    "bad/empty.xml": (b"", 0),
    "bad/article.pdf": (b"%PDF-1.7\n1 0 obj\n", 0),
    "bad/cut.xml": (pubmed_set(PAPER.pubmed(), PAPER.pubmed())[:-400].encode(), 12),
    "bad/cut.xml.gz": (gzip.compress(MANY.encode(), mtime=0)[:-60], 0),
    "bad/line.jsonl": (b'{"title": "Good", "pmid": "99000005"}\n{"title": broken\n', 2),
    "bad/unknown.xml": (b'<?xml version="1.0"?>\n<recipe><title>Soup</title></recipe>\n', 0),
    "bad/binary.txt": (bytes(range(256)) * 8, 0),
}
"""File -> its bytes and the line that its problem must name, 0 where lines mean nothing or depend on the break."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Person, Any, str]:
    """Somebody who added the folder, what JSON said of it, and what the text of a second person said."""
    someone = person(tmp_path_factory.mktemp("folder"))
    for name, data in GOOD.items():
        someone.writes(name, data)
    for name, (data, _) in BAD.items():
        someone.writes(name, data)
    said = someone.types("add", "good", "bad", "--json", code=NOT_DONE)
    other = replace(someone, library=someone.folder / "other")
    return someone, said.json, other.types("add", "good", "bad", code=NOT_DONE).out


def test_what_is_good_is_in(told: tuple[Person, Any, str]) -> None:
    """The good files are in whatever stood beside them."""
    someone, counts, _ = told
    assert counts["added"] >= len(GOOD)
    for pmid in ("99000001", "99000003", "99000004"):
        assert someone.types("show", pmid, "--json").json["documents"][0]["ids"]["pmid"] == pmid


def test_each_bad_file_is_listed_with_its_line_and_what_to_do(told: tuple[Person, Any, str]) -> None:
    """One problem at least for each bad file; none for a good one; each with a remedy."""
    _, counts, _ = told
    lost = [each for each in counts["problems"] if each["lost"]]
    assert not [each for each in lost if "/good/" in each["where"]]
    for name, (_, line) in BAD.items():
        mine = [each for each in lost if each["where"].endswith(name)]
        assert mine, f"no problem names {name}"
        assert all(each["what"] and each["remedy"] for each in mine), mine
        assert not line or line in [each["line"] for each in mine], mine


def test_the_table_counts_what_json_counts(told: tuple[Person, Any, str]) -> None:
    """The table at the end has a row for each fate, with the figures that `--json` gives."""
    _, counts, text = told
    rows = {"added": "added", "joined": "joined", "already there": "present", "replaced": "replaced"}
    for label, key in rows.items():
        line = next(line for line in text.splitlines() if line.strip().startswith(label))
        assert str(counts[key]) in line.split(), line
    assert any(
        line.strip().startswith("problems") and str(len(counts["problems"])) in line for line in text.splitlines()
    )


def test_problems_are_printed_as_file_line_message(told: tuple[Person, Any, str]) -> None:
    """Each stands on a line of its own, so that an editor can jump there."""
    _, _, text = told
    assert any("bad/line.jsonl:2: " in line for line in text.splitlines())
    assert any("bad/empty.xml: " in line for line in text.splitlines())


def test_problems_stand_until_the_file_is_mended(told: tuple[Person, Any, str]) -> None:
    """`status --problems` repeats them later; a mended file is read again and its problem goes."""
    someone, _, _ = told
    assert "bad/line.jsonl:2" in someone.types("status", "--problems").out
    someone.writes("bad/line.jsonl", '{"title": "Good", "pmid": "99000005"}\n{"title": "Mended", "pmid": "99000006"}\n')
    assert someone.types("add", "bad/line.jsonl", "--json").json["added"] == 1
    assert "bad/line.jsonl" not in someone.types("status", "--problems").out


def test_a_path_that_is_not_there_is_a_problem_and_the_rest_is_added(someone: Person) -> None:
    """A wrong path costs only itself."""
    someone.writes("paper.xml", pubmed_set(PAPER.pubmed()))
    told = someone.types("add", "nothere.xml", "paper.xml", "--json", code=NOT_DONE).json
    assert told["added"] == 1
    assert [each["where"].rsplit("/", 1)[-1] for each in told["problems"] if each["lost"]] == ["nothere.xml"]


def test_standard_input_is_a_file_like_any_other(someone: Person) -> None:
    """`-` takes bytes from a pipe."""
    told = someone.types("add", "-", "--json", given=pubmed_set(PAPER.pubmed())).json
    assert told["added"] == 1 and told["problems"] == []
    assert someone.types("show", PAPER.pmid, "--json").json["documents"][0]["origin"] == "-"


def test_the_order_of_paths_does_not_change_the_library(someone: Person) -> None:
    """The same folder added in one go and file by file exports the same records."""
    for name, data in GOOD.items():
        someone.writes(name, data)
    other = replace(someone, library=someone.folder / "other")
    someone.types("add", "good")
    for name in GOOD:
        other.types("add", name)
    assert sorted(someone.types("export").out.splitlines()) == sorted(other.types("export").out.splitlines())
