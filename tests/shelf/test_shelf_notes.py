"""The starter shelf: each note is well formed, and holds nothing that its record does not hold.

The first half needs only the package. The second half reads the records that the notes are made from and compares
numbers, drugs, identifiers and wording; it skips where the shared data is absent.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from curbside.readers import markdown
from curbside.records import Document, DocumentKind, Raw
from curbside.shelf import notes

SECTIONS = ("Question", "Design", "Population", "Dose and schedule", "Results", "Harms", "Limits")
REQUIRED = ("kind", "record", "title", "design", "language", "written")
KNOWN = frozenset(
    {
        *REQUIRED,
        "pmid",
        "pmcid",
        "doi",
        "first_author",
        "journal",
        "volume",
        "issue",
        "pages",
        "year",
        "n",
        "publisher",
        "url",
    }
)
DESIGNS = frozenset(
    {
        "guideline", "systematic review", "meta-analysis", "randomised trial", "non-randomised trial", "cohort",
        "case-control", "case series", "case report", "review",
    }
)  # fmt: skip

# What a note may call a drug, and under which other names its record may hold it (lower case, whole words).
_PLAIN = """everolimus temsirolimus nab-sirolimus pimecrolimus voclosporin azathioprine rituximab belimumab anifrolumab
    fostamatinib sutimlimab bendamustine basiliximab infliximab pentostatin ruxolitinib doxycycline prednisone prednisolone
    methylprednisolone dexamethasone betamethasone clobetasol triamcinolone vincristine propranolol sildenafil nifedipine
    lamivudine ibuprofen interferon aspirin dipyridamole erythropoietin thalidomide pazopanib sorafenib"""
DRUGS: dict[str, tuple[str, ...]] = {name: (name,) for name in _PLAIN.split()} | {
    "sirolimus": ("sirolimus", "rapamycin", "rapa", "srl", "srl-based"),
    "rapamycin": ("sirolimus", "rapamycin", "rapa", "srl"),
    "tacrolimus": ("tacrolimus", "fk506", "fk 506", "fk-506", "tac"),
    "cyclosporine": ("cyclosporine", "cyclosporin", "ciclosporin", "csa", "cya"),
    "alpelisib": ("alpelisib", "byl719"),
    "mycophenolate": ("mycophenolate", "mmf"),
    "methotrexate": ("methotrexate", "mtx"),
    "cyclophosphamide": ("cyclophosphamide", "cyc"),
    "hydroxychloroquine": ("hydroxychloroquine", "hcq"),
    "exemestane": ("exemestane", "exe"),
    "trimethoprim-sulfamethoxazole": ("trimethoprim-sulfamethoxazole",),
}
SUBJECTS = ("sirolimus", "everolimus", "nab-sirolimus", "tacrolimus", "pimecrolimus", "voclosporin", "cyclosporine",
            "mtor inhibitor", "calcineurin inhibitor", "immunosuppress")  # fmt: skip
CONDITIONS = (
    "alps", "cytopenia", "thrombocytopenia", "evans syndrome", "lupus", "antiphospholipid", "anomal", "malformation",
    "hemangioendothelioma", "blue rubber bleb", "cloves", "port-wine", "capillary", "telangiectasia",
    "lymphangioleiomyomatosis", "tuberous sclerosis", "angiomyolipoma", "angiofibroma", "astrocytoma", "rhabdomyoma",
    "transplant", "graft-versus-host", "gvhd", "psoriasis", "lichen planus", "vitiligo", "dermat", "rosacea",
    "carcinoma", "sarcoma", "myositis", "pten", "ctla-4", "myasthenia", "scleroderma", "sclerosis", "pecoma",
    "pruritus", "stomatitis", "histiocytosis", "hemangioendothelioma", "epidermolysis", "tumor",
)  # fmt: skip

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
WORD_NUMBERS = {word: value for value, word in enumerate((_UNITS + "seventeen eighteen nineteen").split())}
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
TENS = {word: 10 * place for place, word in enumerate(_TENS, 2)}
MULTIPLES = ("once", "twice", "half", "halved")
_NUMERAL = re.compile(r"\d{1,9}(?:[.,]\d{1,9}){0,4}")
_WORD = re.compile(r"[a-z0-9]{1,40}")
_WITH_UNIT = re.compile(
    r"(?<![\d.])(\d{1,6}(?:\.\d{1,4})?) ?(mg/kg|mg/m2|mg/day|mg|ng/ml|ng|g/day|g/d|ml|mmol/l|g/dl|pg/ml|kg|cm)(?![a-z])"
)
_BETWEEN = r"(?:[\d\s.,()±+/–-]|to|or|and|iqr){0,30}?"
"""What may stand between a figure and its unit: the rest of a range or a deviation."""
_SENTENCE_END = re.compile(r"[.;] (?=[A-Z(])|\.$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Note:
    """A note split into its front matter and its sections, by a parser of the test's own."""

    origin: str
    front: dict[str, str]
    sections: dict[str, str]

    @property
    def body(self) -> str:
        """The text of all sections without their headings."""
        return "\n".join(self.sections.values())


def parsed(origin: str, data: bytes) -> Note:
    """Split one note; anything out of form is an assertion error that names the note."""
    text = data.decode("utf-8")
    assert text.startswith("---\n") and text.endswith("\n"), f"{origin}: no front matter, or no line end at the end"
    head, _, body = text[4:].partition("\n---\n")
    front: dict[str, str] = {}
    for line in head.splitlines():
        key, colon, value = line.partition(": ")
        assert colon and value.strip(), f"{origin}: {line!r} is no 'key: value'"
        assert key not in front, f"{origin}: {key} stands twice"
        front[key] = value.strip().strip('"')
    sections: dict[str, str] = {}
    for piece in body.split("\n## ")[1:]:
        heading, _, words = piece.partition("\n")
        assert heading not in sections, f"{origin}: section {heading} stands twice"
        sections[heading] = words.strip()
    return Note(origin, front, sections)


@cache
def shelf() -> tuple[Note, ...]:
    """All notes, in the order of the shelf."""
    return tuple(parsed(origin, data) for origin, data in notes())


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test that takes `note` once for every note, under its file name."""
    if "note" in metafunc.fixturenames:
        metafunc.parametrize("note", shelf(), ids=[note.origin.removeprefix("shelf:") for note in shelf()])


def numbers(text: str) -> Counter[str]:
    """Count the numbers of a text, words for numbers among them, decimals written with a point.

    A hyphen or a dash between digits separates two numbers; "twenty-five" is one.
    """
    text = text.lower().replace("·", ".").replace("−", "-")
    text = re.sub(r"(?<=\d) (?=\d{3}\b)", "", text)
    found: Counter[str] = Counter()
    for numeral in _NUMERAL.findall(text):
        plain = numeral.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{3}){1,3}", numeral) else numeral
        for part in plain.split(",") if "," in plain else (plain,):
            found[part.rstrip(".")] += 1
    words = re.findall(r"[a-z]{1,40}", text)
    for place, word in enumerate(words):
        following = WORD_NUMBERS.get(words[place + 1], 0) if place + 1 < len(words) else 0
        if word in TENS:
            found[str(TENS[word] + (following if following < 10 else 0))] += 1
        elif word in WORD_NUMBERS and not (place and words[place - 1] in TENS):
            found[str(WORD_NUMBERS[word])] += 1
        elif word in MULTIPLES:
            found[word] += 1
    return found


def drugs_named(text: str) -> set[str]:
    """Return the drugs of `DRUGS` that a text names, under the names that notes use."""
    lower = text.lower()
    return {drug for drug in DRUGS if re.search(rf"(?<![\w-]){re.escape(drug)}(?!\w)", lower)}


def runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
    """Return every run of `length` words of a text, lower case and without punctuation."""
    words = _WORD.findall(text.lower())
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


@cache
def records(shared: Path) -> dict[str, dict[str, object]]:
    """Return the shared records under each of their keys ("pmid:…", "doi:…")."""
    found: dict[str, dict[str, object]] = {}
    folder = shared / "data" / "sirolimus"
    for name in ("facts.jsonl", "abstracts.jsonl"):
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            row: dict[str, object] = json.loads(line)
            for key in ("pmid", "doi"):
                if row.get(key):
                    found[f"{key}:{row[key]}"] = row
    return found


def leaves(value: object) -> list[str]:
    """Return every scalar inside a JSON value as text, names of fields among them (they name arms in `facts`)."""
    if isinstance(value, dict):
        return [words for key, inner in value.items() for words in (str(key), *leaves(inner))]
    if isinstance(value, list):
        return [words for inner in value for words in leaves(inner)]
    return [] if value is None else [str(value)]


def guideline_text(note: Note, shared: Path) -> str:
    """Return the shared evidence summary that a guideline note is made from, without its reference lists."""
    stem = note.front["record"].removeprefix("guideline:")
    text = (shared / "data" / "guidelines" / f"{stem}.md").read_text(encoding="utf-8")
    return re.sub(r"\[\[[^\]]{1,80}\]\([^)]{1,200}\)[^\]]{0,300}\]", " ", text)


def record_text(note: Note, shared: Path) -> str:
    """Return the words that a note may stand on."""
    if note.front["record"].startswith("guideline:"):
        return guideline_text(note, shared)
    row = records(shared)[note.front["record"]]
    if "abstract" in row:
        return f"{row['title']}\n{row['abstract']}"
    facts = {
        key: value for key, value in row.items() if key not in {"pmid", "pmcid", "doi", "seen_at", "checked_fields"}
    }
    return "\n".join(leaves(facts))


# -- the package alone ------------------------------------------------------------------------------------------------


def test_the_shelf_holds_at_least_44_study_notes_and_7_guideline_notes() -> None:
    """The first minute needs no network: the package ships enough to answer from."""
    kinds = Counter(note.front["kind"] for note in shelf())
    assert set(kinds) == {"note", "guideline note"}
    assert kinds["note"] >= 44
    assert kinds["guideline note"] >= 7


def test_notes_come_in_the_same_order_each_time_under_an_origin_of_the_shelf() -> None:
    """Names are sorted, so that building a library from the shelf is deterministic."""
    origins = [origin for origin, _ in notes()]
    assert origins == sorted(origins) == [origin for origin, _ in notes()]
    assert all(re.fullmatch(r"shelf:[a-z0-9-]+\.md", origin) for origin in origins)


def test_no_two_notes_are_made_from_one_record() -> None:
    """A work that stood on the shelf twice would count as two."""
    for key in ("record", "pmid", "doi"):
        values = Counter(note.front[key].lower() for note in shelf() if key in note.front)
        assert [value for value, times in values.items() if times > 1] == []


def test_the_wanted_subjects_are_on_the_shelf() -> None:
    """Skin, vascular anomalies, immune cytopenias, lupus, transplantation and tuberous sclerosis, both classes."""
    everything = "\n".join(note.body for note in shelf()).lower()
    wanted = (
        "autoimmune lymphoproliferative syndrome", "evans syndrome", "immune thrombocytopenia", "lymphatic malformation",
        "kaposiform hemangioendothelioma", "blue rubber bleb nevus syndrome", "cloves syndrome", "angiofibroma",
        "hereditary hemorrhagic telangiectasia", "lymphangioleiomyomatosis", "angiomyolipoma", "seizure", "vitiligo",
        "subependymal giant cell astrocytoma", "cutaneous lupus", "oral lichen planus", "psoriasis", "rosaceiform",
        "proteinuria", "thrombotic microangiopathy", "posterior reversible encephalopathy", "graft-versus-host",
        "inclusion body myositis", "pten hamartoma", "port-wine", "squamous cell carcinoma", "rhabdomyoma",
    )  # fmt: skip
    assert [subject for subject in wanted if subject not in everything] == []


def test_the_ordinary_reader_reads_each_note_without_a_problem(note: Note) -> None:
    """Notes come in by the door of every other file: as a note, with title, identifiers and all sections."""
    data = dict(notes())[note.origin]
    (reading,) = markdown.read(Raw(note.origin, data))
    assert reading.problems == ()
    assert isinstance(reading.record, Document)
    assert reading.record.kind is DocumentKind.NOTE
    assert (reading.record.ids.pmid or "") == note.front.get("pmid", "")
    assert (reading.record.ids.doi or "") == note.front.get("doi", "").lower()
    assert note.front["title"] in reading.record.text
    assert all(words in reading.record.text for words in note.sections.values() if "\n" not in words)


def test_front_matter_has_the_keys_that_a_reader_needs(note: Note) -> None:
    """Kind, record, title, design, language and date are always there; nothing unknown is."""
    assert [key for key in REQUIRED if key not in note.front] == []
    assert [key for key in note.front if key not in KNOWN] == []
    assert note.front["kind"] in {"note", "guideline note"}
    assert note.front["design"] in DESIGNS
    assert (note.front["kind"] == "guideline note") == (note.front["design"] == "guideline")
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", note.front["written"])
    assert re.fullmatch(r"\d{1,6}", note.front.get("n", "1"))


def test_a_study_note_carries_a_pmid_or_a_doi(note: Note) -> None:
    """The work can be looked up; a note on an evidence summary without either carries its address."""
    key = note.front["record"]
    if key.startswith("guideline:"):
        assert note.front["kind"] == "guideline note"
        assert note.front["url"].startswith("https://")
    else:
        assert key in {f"pmid:{note.front.get('pmid')}", f"doi:{note.front.get('doi')}"}


def test_sections_are_the_known_ones_in_their_order(note: Note) -> None:
    """A newcomer finds dose, results and harms at the same place in every note."""
    assert list(note.sections) == [name for name in SECTIONS if name in note.sections]
    assert {"Design", "Population", "Dose and schedule", "Results", "Harms", "Limits"} <= set(note.sections)
    assert all(note.sections.values())


def test_a_note_is_at_least_five_sentences_that_name_a_drug_and_a_condition(note: Note) -> None:
    """A quoted sentence stands alone, so every section says of which drug or condition it speaks."""
    assert len(_SENTENCE_END.findall(note.body)) >= 5
    lower = note.body.lower()
    assert any(subject in lower for subject in SUBJECTS)
    assert any(condition in lower for condition in CONDITIONS)
    for name, words in note.sections.items():
        named = drugs_named(words) or any(word in words.lower() for word in (*SUBJECTS, *CONDITIONS))
        assert named, f"{name} names neither drug nor condition"


def test_a_dose_that_is_not_stated_is_said_to_be_missing(note: Note) -> None:
    """Under "Dose and schedule" stands a figure, or the plain sentence that there is none."""
    words = note.sections["Dose and schedule"]
    assert "does not state a dose" in words or numbers(words)


def test_harms_are_figures_names_or_a_plain_gap_never_a_claim_of_safety(note: Note) -> None:
    """A record that lists no harms is no evidence that there were none."""
    words = note.sections["Harms"].lower()
    assert "no harms were" not in words and "without harm" not in words
    if "does not report harms" in words or "lists no harms" in words:
        assert "does not mean that there were none" in words


# -- against the records ----------------------------------------------------------------------------------------------


def test_each_number_of_a_note_stands_in_its_record(note: Note, shared: Path) -> None:
    """A wrong dose hurts somebody: no figure, in digits or in words, that the record does not hold."""
    held = numbers(record_text(note, shared))
    assert [number for number in numbers(note.body) if number not in held] == []


def test_each_dose_and_level_of_a_note_has_the_unit_that_its_record_gives_it(note: Note, shared: Path) -> None:
    """5 mg is not 5 ng: a figure with a unit of weight or volume stands before that unit in the record too."""
    record = record_text(note, shared).lower().replace("·", ".").replace("m(2)", "m2")
    wrong = [
        f"{figure} {unit}"
        for figure, unit in _WITH_UNIT.findall(note.body.lower().replace("m(2)", "m2"))
        if not re.search(rf"(?<![\d.]){re.escape(figure)}{_BETWEEN}{re.escape(unit)}(?![a-z])", record)
    ]
    assert wrong == []


def test_each_drug_of_a_note_is_named_in_its_record(note: Note, shared: Path) -> None:
    """Evidence about one drug is not evidence about another."""
    lower = record_text(note, shared).lower()
    missing = [
        drug
        for drug in sorted(drugs_named(note.body))
        if not any(re.search(rf"(?<![\w]){re.escape(name)}(?!\w)", lower) for name in DRUGS[drug])
    ]
    assert missing == []


def test_front_matter_equals_the_record(note: Note, shared: Path) -> None:
    """Identifiers, title, journal and year are the record's, and are left out where it lacks them."""
    if note.front["record"].startswith("guideline:"):
        head = guideline_text(note, shared).split("\n---\n")[0]
        for line in (f"title: {note.front['title']}", f"url: {note.front['url']}"):
            assert line in head
        assert f"lastReviewed: '{note.front['year']}-" in head
        return
    row = records(shared)[note.front["record"]]
    for key in ("pmid", "doi", "title", "year", *(("pmcid",) if "pmcid" in note.front else ())):
        assert note.front.get(key, "") == str(row.get(key) or ""), key
    printed = str(row.get("journal") or "")
    assert printed.startswith(note.front.get("journal", ""))
    assert ("journal" in note.front) == printed[:1].isalpha()  # a row may hold "280(8):3529" and no name
    for key in ("volume", "issue", "pages", "first_author"):
        where = str(row.get("first_author")) if key == "first_author" else printed
        assert note.front.get(key, "") in where, key
    if "n" in note.front:
        assert note.front["n"] in numbers(record_text(note, shared)) or note.front["design"] == "case report"


def test_a_fact_that_nobody_saw_is_on_no_note(note: Note, shared: Path) -> None:
    """Rows of figures are used only where their page was seen."""
    row = records(shared).get(note.front["record"], {})
    assert "abstract" in row or note.front["record"].startswith("guideline:") or row["seen"] is True


def test_no_run_of_eight_words_is_shared_with_the_record(note: Note, shared: Path) -> None:
    """The notes are our own words; only the title, which is a fact, may recur."""
    if note.front["record"].startswith("guideline:"):
        source = guideline_text(note, shared)
    else:
        row = records(shared)[note.front["record"]]
        source = str(row["abstract"]) if "abstract" in row else "\n".join(leaves(row))
    shared_runs = (runs(note.body) & runs(source)) - runs(note.front["title"])
    assert sorted(" ".join(run) for run in shared_runs) == []


# -- the yardsticks themselves ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Twenty-five patients took 0·8 mg/m(2) twice daily", {"25", "0.8", "2", "twice"}),
        ("20 012 people, 1,182 of them 5–49 years old", {"20012", "1182", "5", "49"}),
        ("P<0.001; 95% CI -10.61 to 17.31", {"0.001", "95", "10.61", "17.31"}),
    ],
)
def test_numbers_are_found_in_digits_and_in_words(text: str, held: set[str]) -> None:
    """The check of figures is only as good as its eye for them."""
    assert set(numbers(text)) == held


def test_a_drug_is_not_found_inside_the_name_of_another() -> None:
    """Temsirolimus and nab-sirolimus are not sirolimus."""
    assert drugs_named("Temsirolimus and nab-sirolimus were given, then everolimus.") == {
        "temsirolimus",
        "nab-sirolimus",
        "everolimus",
    }
