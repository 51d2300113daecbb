"""How the hand-written lists become the shipped files."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
TRAINING = ROOT / "training"


@pytest.fixture(scope="module")
def made(monkeypatch_module: pytest.MonkeyPatch) -> Any:
    """The script as a module, its folder on the path."""
    monkeypatch_module.syspath_prepend(str(TRAINING))
    return import_module("vocabulary")


@pytest.fixture(scope="module")
def monkeypatch_module() -> Any:
    """A monkeypatch that lasts for the module."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch
    for name in ("vocabulary", "vocabulary_mesh", "vocabulary_words"):
        sys.modules.pop(name, None)


def lines(made: Any, text: str, letter: str = "d") -> list[list[str]]:
    """Return the compiled rows as columns, without the seventh."""
    return [row.line().split("\t")[:6] for row in made.compiled(text, letter)]


def test_a_line_is_a_concept(made: Any) -> None:
    """Name, synonyms, brands, parents."""
    assert lines(made, "sirolimus = rapamycin; ~SRL | Rapamune; Hyftor < k:mtor-inhibitors") == [
        ["d:sirolimus", "sirolimus", "rapamycin|~SRL", "Rapamune|Hyftor", "k:mtor-inhibitors", ""]
    ]
    assert lines(made, "sirolimus < k:mtor-inhibitors | Rapamune")[0][3:5] == ["Rapamune", "k:mtor-inhibitors"]
    assert lines(made, "thalidomide =") == [["d:thalidomide", "thalidomide", "", "", "", ""]]


def test_a_group_is_a_parent(made: Any) -> None:
    """`@` makes it, `+` names it, a lone `+` ends it; comments and blank lines are nothing."""
    text = "# comment\n\n@k:a things < k:b\none\n+k:c\ntwo\n+\nthree"
    assert [(row[0], row[4]) for row in lines(made, text)] == [
        ("k:a", "k:b"),
        ("d:one", "k:a"),
        ("d:two", "k:c"),
        ("d:three", ""),
    ]


def test_a_star_holds_several_concepts(made: Any) -> None:
    """With their synonyms and brands."""
    assert [row[:4] for row in lines(made, "* a=b=c|Dee|Eff; g")] == [
        ["d:a", "a", "b|c", "Dee|Eff"],
        ["d:g", "g", "", ""],
    ]


def test_a_concept_may_stand_in_two_groups(made: Any) -> None:
    """It gains the parents and names of both."""
    text = "@k:a things\none = uno\n@k:b others\none = eins"
    assert lines(made, text)[1] == ["d:one", "one", "uno|eins", "", "k:a|k:b", ""]


def test_phrases_that_name_nothing_have_no_kind(made: Any) -> None:
    """They only keep a name inside them from being found."""
    assert lines(made, "! target of rapamycin; rapamycin complex")[0][:3] == [
        "x:d", "target of rapamycin", "rapamycin complex",
    ]  # fmt: skip


def test_short_abbreviations_are_weak_unless_listed(made: Any) -> None:
    """Three letters stand for too many things; ITP does not."""
    text = "a disease = XYZ; ITP; ABCD; ~TUVW"
    assert lines(made, text, "c")[0][2] == "~XYZ|ITP|ABCD|~TUVW"


def test_a_route_before_a_name_is_no_name(made: Any) -> None:
    """ "topical sirolimus" is sirolimus, given topically."""
    assert lines(made, "sirolimus = topical sirolimus; oral rapamycin; rapamycin")[0][2] == "rapamycin"


def test_forms_are_split_off(made: Any) -> None:
    """A qualified name and a name with a heading of its own in MeSH; not a synonym, an abbreviation or a wider name."""
    rows = made.compiled("* depression=postpartum depression=major depression=MDDX=low mood=dysthymia", "c")
    split = made.unlumped(rows, {"depression": "D1", "dysthymia": "D2"})
    assert [(row.name, row.parents) for row in split] == [
        ("depression", []),
        ("postpartum depression", ["c:depression"]),
        ("major depression", ["c:depression"]),
        ("dysthymia", ["c:depression"]),
    ]
    assert split[0].synonyms == ["MDDX", "low mood"]


def test_spellings_of_a_form_stay_together(made: Any) -> None:
    """British and American are one concept."""
    rows = made.unlumped(made.compiled("* anaemia=aplastic anaemia=aplastic anemia", "c"), {})
    assert [(row.name, row.synonyms) for row in rows] == [("anaemia", []), ("aplastic anaemia", ["aplastic anemia"])]


def test_lines_of_their_own_are_not_split(made: Any) -> None:
    """What is written by itself was thought about."""
    rows = made.compiled("psoriasis = plaque psoriasis; scalp psoriasis", "c")
    assert len(made.unlumped(rows, {})) == 1


def test_one_id_with_two_names_is_an_error(made: Any) -> None:
    """With the line."""
    with pytest.raises(SystemExit, match="line 2"):
        made.compiled("Ab c\nab-c", "d")


def test_slugs_are_plain(made: Any) -> None:
    """ASCII, lower case, hyphens."""
    assert made.slug("Sjögren's syndrome (primary)") == "sjogren-s-syndrome-primary"


def test_tumours_of_a_site_go_by_several_names(made: Any) -> None:
    """MeSH says neoplasms, people do not."""
    sites = import_module("vocabulary_mesh").sites
    assert sites("Lung Neoplasms") == ["Lung cancer", "Lung tumour", "Lung carcinoma"]
    assert sites("Lung Diseases") == []


@pytest.mark.slow
def test_the_shipped_files_are_what_the_script_makes(made: Any, shared: Path, tmp_path: Path) -> None:
    """Byte for byte, from the lists and the public tables."""
    made.SHIPPED, before = tmp_path, made.SHIPPED
    arguments, sys.argv = sys.argv, ["vocabulary.py", "--shared", str(shared)]
    try:
        made.main()
    finally:
        made.SHIPPED, sys.argv = before, arguments
    for path in sorted(tmp_path.iterdir()):
        assert path.read_bytes() == (before / path.name).read_bytes(), path.name
