"""The command line, as a user at a prompt has it: what it prints, where, and with which exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from api_room import NBIB

from curbside.doors.cli.console import Console
from curbside.doors.cli.main import COMMANDS, main


@dataclass
class Done:
    """What a command line came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Return the object on standard output, which must be the only thing there."""
        assert self.out.count("\n") == 1
        return json.loads(self.out)


class Prompt:
    """A prompt with a library of its own."""

    def __init__(self, library: Path) -> None:
        self.library = library

    def __call__(self, *arguments: str, colour: bool = False) -> Done:
        """Carry out `curbside …` in this process."""
        out, err = io.StringIO(), io.StringIO()
        given = ["--library", str(self.library), *arguments]
        code = main(given, Console(out, err, width=100, colour=colour))
        return Done(code, out.getvalue(), err.getvalue())


@pytest.fixture
def empty(tmp_path: Path) -> Prompt:
    """A prompt whose library does not exist yet."""
    return Prompt(tmp_path / "library")


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of two records."""
    path = tmp_path_factory.mktemp("records") / "two.nbib"
    path.write_text(NBIB, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def prompt(tmp_path_factory: pytest.TempPathFactory, records: Path) -> Iterator[Prompt]:
    """A prompt whose library holds the two records; tests that share it only read."""
    made = Prompt(tmp_path_factory.mktemp("shared") / "library")
    assert made("add", str(records)).code == 0
    yield made


def shell(*arguments: str, library: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Carry out `curbside …` in a process of its own."""
    environment = {**os.environ, "CURBSIDE_LIBRARY": str(library)}
    command = [sys.executable, "-m", "curbside", *arguments]
    return subprocess.run(command, input=stdin, env=environment, capture_output=True, check=False)


# Help and misuse


@pytest.mark.parametrize("asked", [["--help"], ["-h"], ["help"]])
def test_help_names_every_command_and_how_to_begin(empty: Prompt, asked: Sequence[str]) -> None:
    """The first screen is enough to begin."""
    done = empty(*asked)
    assert done.code == 0
    assert all(f"  {name} " in done.out for name in COMMANDS)
    assert "curbside shelf" in done.out
    assert done.err == ""


def test_no_command_shows_the_help_and_is_a_misuse(empty: Prompt) -> None:
    """A bare `curbside` helps, but a script is told that it asked for nothing."""
    done = empty()
    assert (done.code, "commands:" in done.out) == (2, True)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_its_help(empty: Prompt, name: str) -> None:
    """Help needs no library, and every command takes --json and --library."""
    done = empty(name, "--help")
    assert done.code == 0
    assert f"usage: curbside {name}" in done.out
    assert "--json" in done.out
    assert "--library" in done.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["serach", "x"], "Did you mean search?"),
        (["frobnicate"], "The commands are add"),
        (["add"], "required: PATH"),
        (["ask"], "required: question"),
        (["ask", ""], "There is no question"),
        (["ask", "--since", "soon", "x"], "invalid int value"),
        (["ask", "--colour", "x"], "Unrecognized arguments: --colour"),
        (["search", "x", "--limit", "-1"], "give 0 or more"),
        (["show", "x", "--at", "here"], "Give two offsets"),
        (["export", "--format", "docx"], "invalid choice"),
        (["ask", "x", "--with-notice", "--without-notice"], "not allowed with"),
        (["vocabulary", "unload", "x"], "invalid choice"),
    ],
)
def test_a_misuse_is_one_line_and_exit_code_2(prompt: Prompt, arguments: list[str], words: str) -> None:
    """What is wrong, and what to do."""
    done = prompt(*arguments)
    assert done.code == 2
    assert words in done.err
    assert done.err.startswith("curbside: ")
    assert done.err.count("\n") == 1
    assert done.out == ""


def test_the_version_can_be_asked_for(empty: Prompt, capsys: pytest.CaptureFixture[str]) -> None:
    """It goes to standard output, as scripts expect."""
    with pytest.raises(SystemExit) as ended:
        empty("--version")
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("curbside 0.")


def test_an_error_is_json_too(empty: Prompt) -> None:
    """A program that asked for JSON gets an object whatever happens."""
    done = empty("status", "--json")
    assert done.code == 1
    assert done.json["exit"] == 1
    assert "no library" in done.json["error"]


# Beginning


@pytest.mark.parametrize(
    "arguments", [["ask", "x"], ["search", "x"], ["show", "x"], ["status"], ["remove", "x"], ["export"]]
)
def test_without_a_library_every_command_says_how_to_begin(empty: Prompt, arguments: list[str]) -> None:
    """And none of them makes one by asking."""
    done = empty(*arguments)
    assert done.code == 1
    assert "curbside shelf" in done.err
    assert "curbside add" in done.err
    assert not empty.library.exists()


def test_a_question_to_an_empty_library_says_how_to_begin(empty: Prompt, tmp_path: Path) -> None:
    """A library that was made but holds nothing is no different."""
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    assert empty("add", str(nothing)).code in (0, 1)
    done = empty("ask", "does it help?")
    assert (done.code, "curbside shelf" in done.err) == (1, True)


@pytest.mark.slow
def test_the_shelf_answers_a_first_question(empty: Prompt) -> None:
    """Two commands, and there is an answer or a decline that says what was looked for."""
    begun = empty("shelf")
    assert begun.code == 0
    assert "curbside ask" in begun.err
    again = empty("shelf", "--json")
    assert (again.json["added"], again.json["present"] > 40) == (0, True)
    answer = empty("ask", "--json", "What is the response of refractory ITP in children to sirolimus?").json
    assert answer["sections"] or answer["absences"]


# Adding


def counts(table: str) -> dict[str, int]:
    """Return the counts of the table that an add ends with."""
    found = re.findall(r"^  ([a-z ]+?)  +(\d+)", table, re.MULTILINE)
    return {name: int(count) for name, count in found}


def test_add_ends_with_a_table(empty: Prompt, records: Path) -> None:
    """New works first; again, they are already there."""
    first, second = empty("add", str(records)), empty("add", str(records))
    assert (first.code, second.code) == (0, 0)
    assert counts(first.out)["added"] == 2
    assert (counts(second.out)["added"], counts(second.out)["already there"]) == (0, 2)
    assert empty("add", str(records), "--json").json["present"] == 2


def test_standard_input_is_a_file_too(tmp_path: Path) -> None:
    """`-` reads the bytes that are piped in."""
    done = shell("add", "-", "--json", library=tmp_path / "library", stdin=NBIB.encode())
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["added"] == 2


def test_what_could_not_be_added_is_listed_with_its_file_and_ends_in_1(
    empty: Prompt, records: Path, tmp_path: Path
) -> None:
    """The good files are in all the same."""
    bad = tmp_path / "bad.xml"
    bad.write_text("<PubmedArticleSet><PubmedArticle>", encoding="utf-8")
    done = empty("add", str(bad), str(records), str(tmp_path / "absent.xml"))
    assert done.code == 1
    assert str(bad) in done.out
    assert "absent.xml" in done.out
    assert "added" in done.out
    told = empty("add", str(bad), "--json")
    assert told.code == 1
    assert all(problem["where"] for problem in told.json["problems"])


@pytest.mark.slow
def test_ctrl_c_stops_an_add_which_goes_on_later(tmp_path: Path) -> None:
    """Exit code 130 and a word; the same command again completes the library."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(600):
        text = NBIB.replace("31000", f"4{number:04}").replace("jip.1", f"jip.{number}")
        (folder / f"{number:04}.nbib").write_text(text, encoding="utf-8")
    environment = {**os.environ, "CURBSIDE_LIBRARY": str(tmp_path / "library")}
    command = [sys.executable, "-m", "curbside", "add", str(folder), "--processes", "0"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as adding:
        while adding.poll() is None and not any(
            path.is_file() for path in (tmp_path / "library" / "originals").rglob("*")
        ):
            time.sleep(0.005)
        adding.send_signal(signal.SIGINT)
        out, err = adding.communicate(timeout=300)
    assert adding.returncode == 130, (out, err)
    assert "again to go on" in err
    done = shell("add", str(folder), "--json", library=tmp_path / "library")
    assert done.returncode == 0
    told = json.loads(done.stdout)
    assert told["added"] + told["present"] + told["joined"] == 1200
    assert json.loads(shell("status", "--json", library=tmp_path / "library").stdout)["works"] == 1200


# Asking and searching


def test_an_answer_opens_its_quotes(prompt: Prompt) -> None:
    """The command that an answer offers shows the quoted words in their place."""
    asked = "Does sirolimus help children with refractory immune thrombocytopenia?"
    answer = prompt("ask", "--json", asked).json
    assert answer["question"] == asked
    assert set(answer) >= {"question", "declined", "sections", "absences", "references", "problems"}
    shown = prompt("ask", asked).out
    quotes = [q for section in answer["sections"] for sentence in section["sentences"] for q in sentence["quotes"]]
    assert quotes, "the library holds an answer"
    assert f"curbside show {quotes[0]['document']} --at {quotes[0]['start']}-{quotes[0]['end']}" in shown
    listed = prompt("ask", "--quotes", asked).out
    assert all(f"--at {quote['start']}-{quote['end']}" in listed for quote in quotes)
    place = prompt("show", quotes[0]["document"], "--at", f"{quotes[0]['start']}-{quotes[0]['end']}", "--json").json
    assert place["words"] == quotes[0]["words"]


def test_what_a_document_names_is_listed_with_its_places(prompt: Prompt) -> None:
    """Each drug and condition once, its words where it says; drugs first."""
    hit = prompt("search", "--json", "sirolimus").json["hits"][0]["document"]
    (document,) = prompt("show", hit, "--named", "--json").json["documents"]
    text = prompt("show", hit, "--json").json["documents"][0]["text"]
    assert "d:sirolimus" in {concept for fact in document["named"] for concept in fact.get("about", [])}
    assert all(text[fact["start"] : fact["end"]] == fact["words"] for fact in document["named"])
    fields = [fact["field"] for fact in document["named"]]
    assert fields == sorted(fields, reverse=True)
    out = prompt("show", hit, "--named").out
    assert "Drugs" in out
    assert "Conditions" in out
    assert "d:sirolimus" in out


def test_a_place_marks_the_words(prompt: Prompt) -> None:
    """With colours the words are lit, without they stand between marks."""
    hit = prompt("search", "--json", "responded").json["hits"][0]
    place = f"{hit['snippet']['start']}-{hit['snippet']['start'] + 8}"
    plain = prompt("show", hit["document"], "--at", place)
    lit = prompt("show", hit["document"], "--at", place, colour=True)
    assert "»" in plain.out
    assert "«" in plain.out
    assert "\x1b[" not in plain.out
    assert "\x1b[1;7m" in lit.out


@pytest.mark.parametrize("place", ["5-5", "9-3", "0-999999"])
def test_a_place_outside_the_document_is_a_misuse(prompt: Prompt, place: str) -> None:
    """The message says how long the document is."""
    document = prompt("search", "--json", "sirolimus").json["hits"][0]["document"]
    done = prompt("show", document, "--at", place)
    assert (done.code, "characters" in done.err) == (2, True)


def test_search_lists_hits_with_their_place(prompt: Prompt) -> None:
    """Each hit can be opened by what its lines say; the last line counts."""
    done = prompt("search", "tumours")
    assert done.code == 0
    assert done.out.startswith("1. ")
    assert "tuberous sclerosis" in done.out
    assert done.out.endswith("1 documents match.\n")


def test_search_finds_a_drug_by_its_brand(prompt: Prompt) -> None:
    """The vocabulary expands a plain question."""
    found = prompt("search", "--json", "Rapamune").json
    assert [hit["title"] for hit in found["hits"]] == ["Sirolimus for refractory immune thrombocytopenia in children."]
    assert found["concepts"][0]["name"] == "sirolimus"


def test_a_class_widens_only_when_asked(prompt: Prompt) -> None:
    """--widen lets mTOR inhibitors stand for sirolimus and everolimus."""
    assert prompt("search", "--json", "mTOR inhibitors").json["total"] == 0
    assert prompt("search", "--json", "--widen", "mTOR inhibitors").json["total"] == 2


@pytest.mark.parametrize(
    ("filters", "total"),
    [
        (["--since", "2015"], 1),
        (["--until", "2015"], 1),
        (["--design", "rct"], 1),
        (["--kind", "article"], 2),
        (["--kind", "guideline"], 0),
        (["--drug", "Rapamune"], 1),
        (["--drug", "sirolimus", "--drug", "everolimus"], 2),
        (["--condition", "tuberous sclerosis"], 1),
        (["--with-notice"], 0),
        (["--without-notice"], 2),
    ],
)
def test_filters_narrow_a_search(prompt: Prompt, filters: list[str], total: int) -> None:
    """Each option that the help names."""
    assert prompt("search", "--json", "sirolimus everolimus", *filters).json["total"] == total


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--design", "randomised", 'Did you mean "randomised trial"?'),
        ("--kind", "books", "It is one of: article"),
        ("--age", "old", "aged"),
        ("--drug", "marzipan", "does not know"),
        ("--condition", "sirolimus", "does not know"),
    ],
)
def test_a_filter_that_means_nothing_is_a_misuse(prompt: Prompt, option: str, value: str, words: str) -> None:
    """A wrong filter never silently finds nothing."""
    done = prompt("ask", "does it help?", option, value)
    assert (done.code, words in done.err) == (2, True)


def test_an_advanced_search_points_at_its_fault(prompt: Prompt) -> None:
    """The query and the place under it."""
    assert prompt("search", "--json", "--advanced", "title:everolimus OR author:marsh").json["total"] == 2
    done = prompt("search", "--advanced", "sirolimus AND (child")
    assert done.code == 2
    assert done.err.endswith("  sirolimus AND (child\n                ^\n")


def test_a_misspelt_drug_is_said_aloud(prompt: Prompt) -> None:
    """The nearest term is used and named."""
    done = prompt("search", "sirolimuss")
    assert 'read "sirolimuss" as sirolimus' in done.err


@pytest.mark.parametrize("setting", ["", "true"])
def test_questions_are_kept_only_where_asked(
    empty: Prompt, records: Path, setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CURBSIDE_LOG_QUESTIONS decides."""
    monkeypatch.setenv("CURBSIDE_LOG_QUESTIONS", setting)
    empty("add", str(records))
    empty("ask", "what of my neighbour's wombat?")
    empty("search", "wombat")
    kept = [path for path in empty.library.rglob("*") if path.is_file() and b"wombat" in path.read_bytes()]
    assert bool(kept) == bool(setting)


# Showing, counting, exporting, removing, rebuilding


@pytest.mark.parametrize("name", ["31000001", "pmid:31000001", "10.9999/jip.1"])
def test_show_takes_any_identifier(prompt: Prompt, name: str) -> None:
    """PMID and DOI name a work as well as its id does."""
    done = prompt("show", name)
    assert done.code == 0
    assert "9 of 12" in done.out
    shown = prompt("show", name, "--json").json["documents"][0]
    assert shown["ids"]["pmid"] == "31000001"
    assert prompt("show", shown["work"]).out == done.out
    assert prompt("show", shown["document"]).out == done.out


def test_what_is_not_held_is_said(prompt: Prompt) -> None:
    """One line, exit code 1."""
    done = prompt("show", "99999999")
    assert (done.code, done.err.count("\n")) == (1, 1)


def test_status_counts(prompt: Prompt) -> None:
    """For people and as JSON."""
    told = prompt("status", "--json").json
    assert (told["works"], told["documents"], told["index"]) == (2, 2, "ready")
    assert told["kinds"] == {"article": 2}
    assert "works" in prompt("status").out
    assert prompt("status", "--problems", "--json").json["problems_listed"] == []


@pytest.mark.parametrize(
    ("form", "sign"), [("jsonl", '"pmid"'), ("ris", "TY  - "), ("nbib", "PMID- "), ("csl", '"type"'), ("csv", "work,")]
)
def test_exports_in_each_format(prompt: Prompt, form: str, sign: str) -> None:
    """The library whole, or what a search or a filter finds."""
    whole = prompt("export", "--format", form)
    assert (whole.code, whole.err) == (0, "")
    assert sign in whole.out
    assert "Marsh" in whole.out
    assert "Okafor" in whole.out
    searched = prompt("export", "--format", form, "tumours").out
    assert "Okafor" in searched
    assert "Marsh" not in searched
    filtered = prompt("export", "--format", form, "--since", "2015").out
    assert "Marsh" in filtered
    assert "Okafor" not in filtered


def test_an_export_comes_back_as_the_same_works(prompt: Prompt, empty: Prompt, tmp_path: Path) -> None:
    """What is exported joins what it was exported from, by its identifiers."""
    out = tmp_path / "out.ris"
    told = prompt("export", "--format", "ris", "--output", str(out), "--json").json
    assert told["bytes"] == out.stat().st_size
    assert empty("add", str(out), "--json").json["added"] == 2
    assert list(tmp_path.glob(".*.part")) == []


def test_a_table_exports_one_row_a_work(prompt: Prompt) -> None:
    """Two works, two rows."""
    assert len(list(csv.reader(io.StringIO(prompt("export", "--format", "csv").out)))) == 3


def test_remove_takes_away(empty: Prompt, records: Path) -> None:
    """A work is gone from search and from show; an unknown name removes nothing."""
    empty("add", str(records))
    refused = empty("remove", "31000002", "99999999")
    assert refused.code == 1
    assert empty("status", "--json").json["works"] == 2
    done = empty("remove", "31000002", "--json")
    assert (done.code, done.json["deleted"]) == (0, 1)
    assert empty("search", "--json", "everolimus").json["total"] == 0
    assert empty("show", "31000002").code == 1


def test_rebuild_makes_the_index_anew(empty: Prompt, records: Path) -> None:
    """Same documents, same hits."""
    empty("add", str(records))
    before = empty("search", "--json", "sirolimus everolimus").json
    done = empty("rebuild", "--json")
    assert (done.code, done.json) == (0, {"documents": 2, "passages": 2})
    assert empty("search", "--json", "sirolimus everolimus").json == before


def test_a_library_whose_index_was_deleted_mends_itself(empty: Prompt, records: Path) -> None:
    """The next question finds what it found before."""
    import shutil

    empty("add", str(records))
    shutil.rmtree(empty.library / "index")
    assert empty("search", "--json", "sirolimus").json["total"] == 1


def test_a_vocabulary_file_widens_the_questions(empty: Prompt, records: Path, tmp_path: Path) -> None:
    """Names of a MeSH file are known from then on; a file that is none is said."""
    empty("add", str(records))
    mesh = tmp_path / "desc.xml"
    mesh.write_text(
        '<?xml version="1.0"?><DescriptorRecordSet><DescriptorRecord DescriptorClass="1"><DescriptorUI>D020123'
        "</DescriptorUI><DescriptorName><String>Sirolimus</String></DescriptorName><TreeNumberList><TreeNumber>D02.540"
        ".505.760</TreeNumber></TreeNumberList><ConceptList><Concept PreferredConceptYN='Y'><ConceptName><String>"
        "Sirolimus</String></ConceptName><TermList><Term><String>Sirolimus</String></Term><Term><String>Zyxomune"
        "</String></Term></TermList></Concept></ConceptList></DescriptorRecord></DescriptorRecordSet>",
        encoding="utf-8",
    )
    assert empty("search", "--json", "Zyxomune").json["total"] == 0
    done = empty("vocabulary", "load", str(mesh), "--json")
    assert (done.code, done.json["terms"]) == (0, 1)
    assert empty("search", "--json", "Zyxomune").json["total"] == 1
    neither = tmp_path / "neither.txt"
    neither.write_text("nothing of the kind", encoding="utf-8")
    refused = empty("vocabulary", "load", str(neither))
    assert (refused.code, str(neither) in refused.out) == (1, True)


def test_a_reader_that_goes_away_is_no_fault(prompt: Prompt) -> None:
    """`curbside export | head -1` ends quietly."""
    command = f'"{sys.executable}" -m curbside --library "{prompt.library}" export --format csl | head -1'
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[\n", "")


def test_the_same_question_gives_the_same_bytes(prompt: Prompt) -> None:
    """Also from processes with other hash seeds."""
    outs = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "CURBSIDE_LIBRARY": str(prompt.library)}
        command = [sys.executable, "-m", "curbside", "ask", "--json", "sirolimus in immune thrombocytopenia"]
        outs.add(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)
    assert len(outs) == 1
