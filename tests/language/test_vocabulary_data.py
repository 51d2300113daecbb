"""The shipped vocabulary files hold together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from curbside.language import vocabulary as module
from curbside.language.vocabulary import SHIPPED, Vocabulary
from curbside.language.vocabulary_rows import KINDS, build, coded, names_of, split_rows
from curbside.language.vocabulary_text import fold, key

FOLDER = Path(str(module.__file__)).parent / "data"
_ID = re.compile(r"(?:[dkcp]:[a-z0-9]+(?:-[a-z0-9]+){0,30}|x:[a-z]+)")


@pytest.fixture(scope="module")
def rows() -> list[list[str]]:
    """All rows of all shipped files."""
    return [row for name in SHIPPED for row in split_rows((FOLDER / name).read_text(encoding="utf-8"))]


def test_every_row_has_an_id_of_its_kind(rows: list[list[str]]) -> None:
    """A kind letter and a slug; one row an id."""
    identifiers = [row[0] for row in rows]
    assert all(_ID.fullmatch(identifier) for identifier in identifiers)
    assert len(set(identifiers)) == len(identifiers)


def test_every_parent_is_there(rows: list[list[str]]) -> None:
    """A condition's parents are conditions, a drug's are classes or the drug it is a form of."""
    known = {row[0] for row in rows}
    allowed = {"d": "dk", "k": "k", "c": "c", "p": "p"}
    for row in rows:
        for parent in filter(None, row[4].split("|")):
            assert parent in known, row[0]
            assert parent[0] in allowed[row[0][0]], row[0]


def test_nothing_is_its_own_ancestor() -> None:
    """The hierarchy has no cycles."""
    vocabulary = Vocabulary.shipped()
    for identifier in vocabulary.concepts:
        assert identifier not in vocabulary.broader(identifier)


def test_the_seventh_column_is_what_the_names_fold_to(rows: list[list[str]]) -> None:
    """It saves time and must not say anything else; also tells when the folding changed and the files did not."""
    stale = [row[0] for row in rows if row[6] != coded(row)]
    assert stale == []


def test_a_file_without_the_seventh_column_reads_the_same() -> None:
    """The slow way and the quick way meet."""
    text = (FOLDER / "procedures.tsv").read_text(encoding="utf-8")
    bare = "\n".join("\t".join(row[:6]) for row in split_rows(text))
    quick, slow = build([text]), build([bare])
    assert (quick.words, quick.short) == (slow.words, slow.short)
    assert (quick.starts, quick.seconds) == (slow.starts, slow.seconds)


def test_names_are_clean(rows: list[list[str]]) -> None:
    """No blank or marked leftovers; each name has a word in it."""
    for row in rows:
        for name in names_of(row):
            assert name == name.strip(), row[0]
            assert name.removeprefix("~")[:1] not in ("", "=", "|", "~"), row[0]
            assert " = " not in name, row[0]
            assert key(name), row[0]


def test_no_single_everyday_word_is_a_name_of_the_long_tail(rows: list[list[str]]) -> None:
    """What MeSH files as a chemical and people say every day stays out."""
    words = Vocabulary.shipped()
    for word in (
        "water", "food", "air", "light", "lead", "gold", "silver", "steel", "protein", "solution", "salt", "acid",
        "metal", "heat", "disease", "syndrome", "death", "recurrence", "plant", "milk", "tea", "wine", "glass", "dust",
        "tablet", "powder", "oil", "gel", "sound", "soil", "smoke", "ice", "paper", "wood", "symptom", "work", "may",
        "all", "can", "impact", "as", "same", "rest", "walking", "voice", "hand", "hair", "brain", "blood", "luminal",
    ):  # fmt: skip
        assert not words.mentions(f"the {word} was there"), word


def test_the_common_words_are_folded_and_sorted() -> None:
    """One a line, as the reader takes them."""
    lines = (FOLDER / "words.tsv").read_text(encoding="utf-8").splitlines()
    words = [line for line in lines if not line.startswith("#")]
    assert words == sorted(set(words))
    assert all(fold(word) == word or fold(fold(word)) == fold(word) for word in words)
    assert {"treatment", "patient", "child", "dose"} <= set(words)


def test_each_file_says_where_it_comes_from() -> None:
    """The first line is a comment that names the source and its licence where it is not ours."""
    for name in (*SHIPPED, "words.tsv"):
        head = (FOLDER / name).read_text(encoding="utf-8").split("\n", 1)[0]
        assert head.startswith("# ")
        assert "training/vocabulary.py" in head
    head = (FOLDER / "mesh.tsv").read_text(encoding="utf-8").split("\n", 1)[0]
    assert "MeSH" in head
    assert "CC BY" in head


def test_the_files_stay_small() -> None:
    """They are shipped with every installation."""
    assert sum((FOLDER / name).stat().st_size for name in (*SHIPPED, "words.tsv")) < 1_500_000


def test_kinds_have_letters() -> None:
    """Four kinds, four letters."""
    assert "".join(KINDS) == "dkcp"
