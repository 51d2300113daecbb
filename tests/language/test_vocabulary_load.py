"""MeSH and RxNorm files of the user, turned into a vocabulary file."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from curbside.language.vocabulary import Vocabulary
from curbside.language.vocabulary_load import FORMATS, convert, load_mesh, load_rxnorm
from curbside.language.vocabulary_mesh import kind_of
from curbside.language.vocabulary_terms import Term, natural_order, spellings
from curbside.records import ConceptKind, Problem

XML = """<?xml version="1.0"?>
<!DOCTYPE DescriptorRecordSet SYSTEM "https://www.nlm.nih.gov/databases/dtd/nlmdescriptorrecordset_20250101.dtd">
<DescriptorRecordSet LanguageCode="eng">
<DescriptorRecord DescriptorClass="1">
  <DescriptorUI>D020123</DescriptorUI>
  <DescriptorName><String>Sirolimus</String></DescriptorName>
  <TreeNumberList><TreeNumber>D02.540.505.760</TreeNumber></TreeNumberList>
  <ConceptList><Concept PreferredConceptYN="Y"><TermList>
    <Term><String>Sirolimus</String></Term><Term><String>Streetlimus</String></Term>
  </TermList></Concept></ConceptList>
</DescriptorRecord>
<DescriptorRecord DescriptorClass="1">
  <DescriptorUI>D999001</DescriptorUI>
  <DescriptorName><String>Corridor Fever, Acute</String></DescriptorName>
  <TreeNumberList><TreeNumber>C01.100.200</TreeNumber></TreeNumberList>
  <ConceptList><Concept><TermList><Term><String>Kerbside Pyrexia</String></Term></TermList></Concept></ConceptList>
</DescriptorRecord>
<DescriptorRecord DescriptorClass="1">
  <DescriptorUI>D999000</DescriptorUI>
  <DescriptorName><String>Corridor Diseases</String></DescriptorName>
  <TreeNumberList><TreeNumber>C01.100</TreeNumber></TreeNumberList>
</DescriptorRecord>
<DescriptorRecord DescriptorClass="1">
  <DescriptorUI>D999002</DescriptorUI>
  <DescriptorName><String>Publications</String></DescriptorName>
  <TreeNumberList><TreeNumber>L01.178.682</TreeNumber></TreeNumberList>
</DescriptorRecord>
<DescriptorRecord DescriptorClass="1"><DescriptorUI>D999003</DescriptorUI></DescriptorRecord>
</DescriptorRecordSet>
"""

ASCII = """*NEWRECORD
RECTYPE = D
MH = Corridor Fever, Acute
ENTRY = Kerbside Pyrexia|T047|NON|EQV|NLM (2025)|250101|abcdef
PRINT ENTRY = Pavement Pyrexia|T047
MN = C01.100.200
UI = D999001

*NEWRECORD
RECTYPE = D
MH = Sirolimus
MN = D02.540.505.760
UI = D020123

*NEWRECORD
MH = Nameless
this is no field
"""

TABLE = (
    "mesh_id\tmesh_name\tmesh_tree_number\n"
    "D999000\tCorridor Diseases\tC01.100\n"
    "D999001\tCorridor Fever, Acute\tC01.100.200\n"
    "D999001\tCorridor Fever, Acute\tC23.888\n"
    "broken line\n"
    "D020123\tSirolimus\tD02.540.505.760\n"
)


def rxnconso(rxcui: str, tty: str, name: str, sab: str = "RXNORM", suppress: str = "N") -> str:
    """Return a line of RXNCONSO.RRF."""
    return f"{rxcui}|ENG||||||1||1||{sab}|{tty}|1|{name}||{suppress}||"


CONSO = "\n".join(
    [
        rxnconso("35302", "IN", "sirolimus"),
        rxnconso("352061", "BN", "Corridorune"),
        rxnconso("900", "IN", "curbsidol"),
        rxnconso("901", "PIN", "curbsidol mesylate"),
        rxnconso("902", "BN", "Streetwise"),
        rxnconso("903", "BN", "Combo"),
        rxnconso("904", "IN", "hidden", suppress="O"),
        rxnconso("905", "IN", "foreign", sab="MTHSPL"),
        "torn|line",
    ]
)


def rxnrel(one: str, other: str, rela: str) -> str:
    """Return a line of RXNREL.RRF."""
    return f"{one}|||RO|{other}|||{rela}||||RXNORM|||||"


REL = "\n".join(
    [
        rxnrel("35302", "352061", "tradename_of"),
        rxnrel("902", "900", "has_tradename"),
        rxnrel("900", "901", "form_of"),
        rxnrel("900", "903", "tradename_of"),
        rxnrel("35302", "903", "tradename_of"),
        rxnrel("1", "2", "isa"),
        "torn",
    ]
)


def written(folder: Path, **files: str) -> list[Path]:
    """Write files, `__` in a name standing for the dot, and return their paths."""
    paths = [folder / name.replace("__", ".") for name in files]
    for path, text in zip(paths, files.values()):
        path.write_text(text, encoding="utf-8")
    return paths


def test_inverted_headings_are_turned_round() -> None:
    """As people write them."""
    assert natural_order("Anemia, Hemolytic, Autoimmune") == "Autoimmune Hemolytic Anemia"
    assert natural_order("Psoriasis") == "Psoriasis"
    assert natural_order("A, b, c, d, e") == "A, b, c, d, e"
    assert spellings("Lupus Erythematosus, Cutaneous") == ("Cutaneous Lupus Erythematosus",)
    assert "Hemolytic Autoimmune Anemia" in spellings("Anemia, Hemolytic, Autoimmune")


@pytest.mark.parametrize(
    ("trees", "kind"),
    [
        (("C17.800",), ConceptKind.CONDITION),
        (("F03.600",), ConceptKind.CONDITION),
        (("D02.540",), ConceptKind.DRUG),
        (("D27.505",), ConceptKind.DRUG_CLASS),
        (("E04.100",), ConceptKind.PROCEDURE),
        (("D08.811",), None),
        (("D12.776", "D27.505"), ConceptKind.DRUG_CLASS),
        (("C22.100",), None),
        (("L01",), None),
        ((), None),
    ],
)
def test_the_tree_says_what_a_heading_is(trees: tuple[str, ...], kind: ConceptKind | None) -> None:
    """Diseases of animals, enzymes and proteins stay out."""
    assert kind_of(trees) is kind


@pytest.mark.parametrize(("name", "text"), [("desc2025__xml", XML), ("d2025__bin", ASCII), ("tree__tsv", TABLE)])
def test_every_form_of_mesh_gives_the_same_terms(tmp_path: Path, name: str, text: str) -> None:
    """XML, ASCII, table; each names what it could not read with its line."""
    terms, problems = load_mesh(written(tmp_path, **{name: text}))
    by_id = {term.source: term for term in terms}
    assert by_id["D020123"].kind is ConceptKind.DRUG
    assert by_id["D999001"].name == "Acute Corridor Fever"
    assert by_id["D999001"].trees[0] == "C01.100.200"
    assert by_id["D999001"].mesh == "D999001"
    assert "D999002" not in by_id
    assert all(problem.where and problem.line and problem.remedy for problem in problems)
    assert problems


def test_entry_terms_become_synonyms(tmp_path: Path) -> None:
    """From XML and ASCII alike."""
    for name, text in (("a__xml", XML), ("b__bin", ASCII)):
        terms, _ = load_mesh(written(tmp_path, **{name: text}))
        assert "Kerbside Pyrexia" in next(term for term in terms if term.source == "D999001").synonyms


def test_a_gzipped_file_is_unpacked(tmp_path: Path) -> None:
    """Told by its first bytes, not by its name."""
    path = tmp_path / "desc.xml"
    path.write_bytes(gzip.compress(XML.encode()))
    assert len(load_mesh([path])[0]) == 3


def test_rxnorm_gives_ingredients_with_brands_and_salts(tmp_path: Path) -> None:
    """A brand of two ingredients belongs to neither; suppressed and foreign names stay out."""
    conso, _ = written(tmp_path, RXNCONSO__RRF=CONSO, RXNREL__RRF=REL)
    terms, problems = load_rxnorm([conso])
    assert terms == (
        Term("35302", ConceptKind.DRUG, "sirolimus", (), ("Corridorune",)),
        Term("900", ConceptKind.DRUG, "curbsidol", ("curbsidol mesylate",), ("Streetwise",)),
    )
    assert {problem.line for problem in problems} == {7, 9}
    assert all("left out" in problem.what for problem in problems)


def test_rxnorm_without_relations_is_a_remark(tmp_path: Path) -> None:
    """Nothing is lost but the brands' ingredients."""
    (conso,) = written(tmp_path, RXNCONSO__RRF=rxnconso("35302", "IN", "sirolimus"))
    terms, problems = load_rxnorm([conso])
    assert len(terms) == 1
    assert [problem.lost for problem in problems] == [False]


def test_convert_writes_what_the_vocabulary_reads(tmp_path: Path) -> None:
    """Known concepts gain names, new ones come in with their parents."""
    out = tmp_path / "library" / "vocabulary.tsv"
    out.parent.mkdir()
    count, problems = convert(written(tmp_path, desc__xml=XML, RXNCONSO__RRF=CONSO, RXNREL__RRF=REL), out)
    assert count == 5
    assert all(isinstance(problem, Problem) for problem in problems)
    wider = Vocabulary.shipped([out])
    text = "Streetlimus, Corridorune and rapamycin; Streetwise; acute corridor fever and kerbside pyrexia"
    assert [mention.concept for mention in wider.mentions(text)] == [
        "d:sirolimus", "d:sirolimus", "d:sirolimus", "d:curbsidol", "c:acute-corridor-fever", "c:acute-corridor-fever",
    ]  # fmt: skip
    assert "c:acute-corridor-fever" in wider.narrower("c:corridor-diseases")
    assert not Vocabulary.shipped().mentions("Streetlimus")
    assert not out.with_name(out.name + ".partial").exists()


def test_convert_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    """The version of the vocabulary depends on them."""
    paths = written(tmp_path, desc__xml=XML)
    convert(paths, tmp_path / "one.tsv")
    convert(paths, tmp_path / "two.tsv")
    assert (tmp_path / "one.tsv").read_bytes() == (tmp_path / "two.tsv").read_bytes()


@pytest.mark.parametrize(
    "content", [b"", b"plain words\n", b"\x00\xff\xfe binary", b"mesh_id\tmesh_name\nD1\tOne\n", b"<DescriptorRecord"]
)
def test_what_cannot_be_read_is_a_problem_and_writes_nothing(tmp_path: Path, content: bytes) -> None:
    """An earlier vocabulary file stays as it was."""
    bad = tmp_path / "bad.txt"
    bad.write_bytes(content)
    out = tmp_path / "vocabulary.tsv"
    out.write_text("# before\n", encoding="utf-8")
    count, problems = convert([bad], out)
    assert count == 0
    assert problems
    assert all(problem.where == str(bad) and problem.remedy for problem in problems)
    assert out.read_text(encoding="utf-8") == "# before\n"


def test_a_missing_file_and_a_torn_archive_are_problems(tmp_path: Path) -> None:
    """With the place, and the good files beside them are read."""
    torn = tmp_path / "torn.xml.gz"
    torn.write_bytes(gzip.compress(XML.encode())[:-40])
    terms, problems = load_mesh([tmp_path / "gone.xml", torn, *written(tmp_path, good__xml=XML)])
    assert {problem.where for problem in problems} >= {str(tmp_path / "gone.xml"), str(torn)}
    assert "D020123" in {term.source for term in terms}


def test_lines_that_are_not_utf8_are_told(tmp_path: Path) -> None:
    """And the others are read."""
    path = tmp_path / "table.tsv"
    path.write_bytes(TABLE.encode() + b"D999004\tS\xe9same\tC01.300\n")
    terms, problems = load_mesh([path])
    assert len(terms) == 3
    assert {problem.line for problem in problems} == {5, 7}


def test_xml_bombs_are_refused(tmp_path: Path) -> None:
    """Entities are not blown up, and nothing outside is fetched."""
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "&a;" * 10}">' for n in range(9))
        + "]><d><DescriptorRecord><DescriptorUI>D1</DescriptorUI><DescriptorName><String>&a8;</String>"
        "</DescriptorName></DescriptorRecord></d>"
    )
    terms, problems = load_mesh(written(tmp_path, bomb__xml=bomb))
    assert all(len(term.name) < 1000 for term in terms)
    assert problems


def test_a_short_abbreviation_of_a_public_vocabulary_is_weak(tmp_path: Path) -> None:
    """It counts beside its long form only; one of two letters is left out."""
    text = XML.replace("Kerbside Pyrexia", "KPX").replace("Streetlimus", "SL")
    out = tmp_path / "vocabulary.tsv"
    convert(written(tmp_path, desc__xml=text), out)
    wider = Vocabulary.shipped([out])
    assert wider.mentions("KPX rose") == []
    assert len(wider.mentions("Acute corridor fever: KPX rose")) == 2
    assert "SL" not in wider.names("d:sirolimus")
    assert wider.names("d:sirolimus") == Vocabulary.shipped().names("d:sirolimus")


def test_the_formats_are_a_table() -> None:
    """Each is told by name or first bytes."""
    assert set(FORMATS) == {"RxNorm", "MeSH XML", "MeSH ASCII", "MeSH table"}


def test_the_public_tables_load(shared: Path, tmp_path: Path) -> None:
    """The whole of MeSH's tree table becomes a vocabulary of many thousands, quickly enough to wait for."""
    count, problems = convert([shared / "data" / "vocabulary" / "mesh_tree-numbers.tsv"], tmp_path / "mesh.tsv")
    assert count > 10_000
    assert problems == ()
    wider = Vocabulary.shipped([tmp_path / "mesh.tsv"])
    assert len(wider.concepts) > len(Vocabulary.shipped().concepts)
    assert next(mention.concept for mention in wider.mentions("sirolimus for ITP")) == "d:sirolimus"
