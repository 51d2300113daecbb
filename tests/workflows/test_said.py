"""Notices, tallies and flags from the files to the command line."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from curbside.doors.cli.console import Console
from curbside.doors.cli.main import main
from curbside.records import Raw
from curbside.store.base_citing import CITATIONS, Derived
from curbside.store.linkage import linkage_of
from curbside.wiring import CiteWorker, Library, open_library
from curbside.workflows.cites import NOBODY, relink, waiting
from curbside.workflows.export import export
from curbside.writers.html_passages import standing

TRIAL = """PMID- 51000001
OWN - NLM
TI  - Sirolimus for lymphatic malformations of the invented kind.
AB  - Twelve children took part. Sirolimus improved lymphatic malformations in nine of 12 children.
FAU - Marsh, Ada
DP  - 2012
AID - 10.1000/trial [doi]
PT  - Journal Article
"""


def article(pmid: int, sentence: str, year: int = 2020, family: str = "Cho") -> Raw:
    """An article that cites the trial and a work nobody holds."""
    text = f"""<article><front><article-meta><article-id pub-id-type="pmid">{pmid}</article-id>
<title-group><article-title>Citing {pmid}</article-title></title-group><contrib-group><contrib contrib-type="author">
<name><surname>{family}</surname><given-names>Ada</given-names></name></contrib></contrib-group>
<pub-date pub-type="ppub"><year>{year}</year></pub-date></article-meta></front><body><sec><title>Discussion</title>
<p>It was known. {sentence.format(1)} Others were treated <xref ref-type="bibr" rid="B2">[2]</xref>.</p></sec></body>
<back><ref-list><ref id="B1"><mixed-citation><string-name><surname>Marsh</surname> <given-names>A</given-names></string-name>
<year>2012</year> <pub-id pub-id-type="pmid">51000001</pub-id></mixed-citation></ref>
<ref id="B2"><mixed-citation>Gone. <pub-id pub-id-type="doi">10.1000/gone</pub-id></mixed-citation></ref></ref-list></back>
</article>"""
    return Raw(f"{pmid}.nxml", text.encode())


AGREES = 'Our results are consistent with theirs <xref ref-type="bibr" rid="B{}">[1]</xref>.'


@pytest.fixture
def held(library: Library) -> Library:
    """A trial and two articles that cite it."""
    library.add(
        [Raw("trial.nbib", TRIAL.encode()), article(51000010, AGREES), article(51000011, AGREES, 2022)], processes=0
    )
    return library


def run(folder: Path, *words: str) -> tuple[int, str]:
    """Carry out a command line; return exit code and what it printed."""
    out = io.StringIO()
    code = main(["--library", str(folder), *words], Console(out, out))
    return code, out.getvalue()


def told(folder: Path, *words: str) -> Any:
    """What a command prints as JSON."""
    code, out = run(folder, *words, "--json")
    assert code == 0, out
    return json.loads(out)


class TestAdded:
    """Who cites whom is there right after adding."""

    def test_statements_are_stored_with_their_stance(self, held: Library) -> None:
        """For documents that cite; an abstract has no such record and pays nothing."""
        ids = {pmid: held.store.resolve(pmid)[0] for pmid in ("51000001", "51000010")}
        assert set(held.store.links.derived(list(ids.values()), CITATIONS)) == {ids["51000010"]}
        assert held.tally_of_work("51000001").tally.works == 2

    def test_the_same_with_other_processes(self, library: Library, tmp_path: Path) -> None:
        """What the hands read ahead arrives whole."""
        for raw in (article(51000010, AGREES), Raw("trial.nbib", TRIAL.encode())):
            (tmp_path / raw.origin).write_bytes(raw.data)
        library.add(sorted(tmp_path.glob("*.n*")), processes=1)
        assert library.tally_of_work("51000001").tally.works == 1

    def test_removing_takes_it_away(self, held: Library) -> None:
        """Citation, tally and all."""
        held.remove(["51000010"])
        assert held.tally_of_work("51000001").tally.works == 1

    def test_what_is_out_of_date_is_read_again(self, held: Library) -> None:
        """By rebuild, or as work; a document that an earlier version added is among it."""
        store = held.store
        ids = [store.resolve(pmid)[0] for pmid in ("51000010", "51000011")]
        documents = {each.document.id: each.document for each in store.holdings(ids)}
        assert not waiting(store)
        old = {name: (linkage_of(documents[name]), Derived(CITATIONS, NOBODY * 2, b"")) for name in ids}
        store.links.relink(old, CITATIONS)
        assert waiting(store)
        assert relink(store, most=1) == 1
        held.rebuild()
        assert not waiting(store)
        assert held.tally_of_work("51000001").tally.works == 2

    def test_as_a_kind_of_work(self, held: Library) -> None:
        """The worker finds it, does it in pieces and then has nothing to do."""
        worker = CiteWorker(held.folder)
        store = held.store
        name = store.resolve("51000010")[0]
        store.links.relink(
            {name: (linkage_of(store.holding(name).document), Derived(CITATIONS, "old", b""))}, CITATIONS
        )
        held.close()
        assert (worker.step(), worker.step(), worker.step()) == (1, None, None)
        worker.close()


class TestNotices:
    """A list marks what is held, wherever it is shown, and lets go of it again."""

    LIST = "doi,nature,date\n10.1000/TRIAL,Retraction,2021-05\n10.1000/gone,Retraction,\n,Retraction,\n"

    def test_wherever_a_work_is_shown(self, held: Library, tmp_path: Path) -> None:
        """Page, JSON, exports, search by notice, and no answer speaks from it."""
        before = held.ask("Does sirolimus help lymphatic malformations?")
        assert not before.declined
        held.close()
        file = tmp_path / "watch.csv"
        file.write_text(self.LIST)
        code, out = run(held.folder, "notices", "add", str(file))
        assert (code, "1 works held changed" in out, f"{file}:4" in out) == (1, True, True)
        with open_library(held.folder) as library:
            (holding,) = library.store.holdings(library.store.resolve("51000001"))
            assert standing(holding) == ("retracted",)
            for form in ("ris", "nbib", "csl", "jsonl", "csv", "bibtex"):
                written = "".join(export([holding], form, library.store)).lower()
                assert "retract" in written, form
            assert library.ask("Does sirolimus help lymphatic malformations?").declined
        (record,) = told(held.folder, "show", "51000001")["documents"]
        assert record["retracted"] is True
        assert [(each["kind"], each["text"]) for each in record["notices"]] == [
            ("retraction", "retraction (watch, 2021-05)")
        ]
        found = told(held.folder, "search", "lymphatic malformations", "--with-notice")
        assert [each["ids"]["pmid"] for each in found["hits"]] == ["51000001"]
        assert "Retracted publication" in run(held.folder, "show", "51000001")[1]
        run(held.folder, "notices", "remove", "watch")
        assert told(held.folder, "show", "51000001")["documents"][0]["retracted"] is False
        assert told(held.folder, "status")["problems"] == 0

    def test_a_concern_is_marked_and_still_answers(self, held: Library, tmp_path: Path) -> None:
        """The reference of the answer says so."""
        held.close()
        file = tmp_path / "watch.csv"
        file.write_text("doi,nature\n10.1000/trial,Expression of concern\n")
        run(held.folder, "notices", "add", str(file))
        answer = told(held.folder, "ask", "Does sirolimus help lymphatic malformations?")
        assert [each["citation"].endswith("[Expression of concern]") for each in answer["references"]] == [True]

    def test_who_cites_what_was_retracted(self, held: Library, tmp_path: Path) -> None:
        """Works held and not; a retracted citing work leaves the tally."""
        held.close()
        file = tmp_path / "watch.csv"
        file.write_text("doi,nature,pmid\n10.1000/gone,Retraction,\n,Retraction,51000011\n")
        assert run(held.folder, "notices", "add", str(file), "--name", "My  list")[0] == 0
        found = told(held.folder, "notices", "citing")["documents"]
        assert [[each["reference"] for each in document["entries"]] for document in found] == [[1], [1]]
        assert told(held.folder, "notices", "citing", "51000001")["documents"] == []
        tally = told(held.folder, "tally", "51000001")["tally"]
        assert (tally["works"], tally["retracted"]) == (1, 1)
        assert told(held.folder, "tally", "51000001", "--retracted")["tally"]["works"] == 2
        told_of = told(held.folder, "notices", "10.1000/gone", "51000011", "10.1000/fine")["works"]
        assert [(each["retracted"], bool(each["work"])) for each in told_of] == [
            (True, False),
            (True, True),
            (False, False),
        ]
        both = told(held.folder, "notices")
        assert ([each["name"] for each in both["lists"]], len(both["works"])) == (["My list"], 1)

    @pytest.mark.parametrize(
        ("words", "says"),
        [
            (("add",), "Name the files"),
            (("add", "nowhere.csv"), "cannot be read"),
            (("remove",), "Name the lists"),
            (("remove", "x"), "no list of notices"),
            (("what?",), "no identifier"),
            (("--name", "x"), "--name goes with"),
        ],
    )
    def test_faults_are_said_plainly(self, held: Library, words: tuple[str, ...], says: str) -> None:
        """What was wrong, and what to do."""
        held.close()
        code, out = run(held.folder, "notices", *words)
        assert code in (1, 2)
        assert says in out

    def test_a_file_that_is_no_list(self, held: Library, tmp_path: Path) -> None:
        """The forms that there are are named; nothing changes."""
        held.close()
        (tmp_path / "x.csv").write_text("a,b\n1,2\n")
        code, out = run(held.folder, "notices", "add", str(tmp_path / "x.csv"))
        assert (code, "retraction-watch" in out) == (2, True)

    def test_a_second_process_is_refused(self, held: Library, tmp_path: Path) -> None:
        """While another one writes."""
        (tmp_path / "x.csv").write_text("doi,nature\n10.1000/a,Retraction\n")
        code, out = run(held.folder, "notices", "add", str(tmp_path / "x.csv"))
        assert (code, "is writing to this library" in out) == (1, True)

    def test_killed_in_the_middle(self, held: Library, tmp_path: Path) -> None:
        """All of the list is gone by or none; given again it is whole, and works are marked as the list says."""
        held.close()
        rows = "".join(f"10.1000/x{number},Retraction\n" for number in range(30_000))
        (tmp_path / "x.csv").write_text(f"doi,nature\n10.1000/trial,Retraction\n{rows}")
        command = [
            sys.executable,
            "-m",
            "curbside",
            "--library",
            str(held.folder),
            "notices",
            "add",
            str(tmp_path / "x.csv"),
        ]
        for wait in (0.6, 1.1):
            process = subprocess.Popen(command, env={**os.environ, "CURBSIDE_ENCODER": "off"})
            time.sleep(wait)
            process.send_signal(signal.SIGKILL)
            process.wait(30)
            with open_library(held.folder) as library:
                rows_kept = library.store._rows("SELECT count(*) FROM listed")[0][0]  # type: ignore[attr-defined]
                assert rows_kept in (0, 30_001)
                (holding,) = library.store.holdings(library.store.resolve("51000001"))
                assert holding.profile.retracted is bool(rows_kept)
        assert run(held.folder, "notices", "add", str(tmp_path / "x.csv"))[0] == 0
        assert told(held.folder, "show", "51000001")["documents"][0]["retracted"] is True


class TestTally:
    """Of a work, held or not, an author, a claim."""

    def test_each_of_them(self, held: Library) -> None:
        """All four count the same two sentences, or those about the work that is not held."""
        held.close()
        for words in (
            ("51000001",),
            ("--author", "Marsh, Ada"),
            ("--drug", "sirolimus", "--condition", "lymphatic malformation"),
        ):
            found = told(held.folder, "tally", *words)
            assert (found["tally"]["supporting"], found["tally"]["works"], found["works"]) == (2, 2, 1), words
        stub = told(held.folder, "tally", "10.1000/gone")
        assert (stub["tally"]["total"], stub["works"], stub["name"]) == (2, 0, "doi:10.1000/gone")
        assert "supporting" in run(held.folder, "tally", "51000001")[1]

    @pytest.mark.parametrize(
        "words",
        [
            (),
            ("51000001", "--author", "x"),
            ("--drug", "sirolimus"),
            ("--author", "…"),
            ("99999",),
            ("--author", "Nobody, X"),
        ],
    )
    def test_what_cannot_be_counted_is_said(self, held: Library, words: tuple[str, ...]) -> None:
        """With what to give instead."""
        held.close()
        code, out = run(held.folder, "tally", *words)
        assert code in (1, 2)
        assert out.startswith("curbside: ")


class TestFlags:
    """From the flag to the changed class, and on to what is trained with."""

    def test_the_way_of_a_flag(self, held: Library) -> None:
        """Two others have to agree; then tally, citation and export say so."""
        folder = held.folder
        held.close()
        name = next(e["id"] for e in told(folder, "citations", "51000001")["citing"])
        raised = told(
            folder, "flag", name, "--stance", "contrasting", "--who", "Ann Lee", "--why", "It is the reverse."
        )
        assert (raised["number"], raised["state"], raised["old"]) == (1, "open", "supporting")
        assert raised["words"][raised["marker"]["start"] : raised["marker"]["end"]] == "[1]"
        assert run(folder, "flags", "export") == (0, "")
        assert run(folder, "flag", "agree", "1", "--who", "ann lee")[0] == 2
        assert told(folder, "flag", "agree", "1", "--who", "Bo Ek")["state"] == "open"
        assert told(folder, "flag", "refuse", "1", "--who", "Cy Fox", "--why", "No.")["state"] == "open"
        assert told(folder, "flag", "agree", "1", "--who", "Di Gray")["state"] == "agreed"
        assert run(folder, "flag", "agree", "1", "--who", "Eve")[0] == 2
        tally = told(folder, "tally", "51000001")["tally"]
        assert (tally["supporting"], tally["contrasting"]) == (1, 1)
        (changed,) = [each for each in told(folder, "citations", "51000001")["citing"] if each["id"] == name]
        assert changed["changed_by"] == ["Bo Ek", "Di Gray"]
        assert changed["reason"].startswith("changed by Bo Ek and Di Gray; ")
        line = json.loads(run(folder, "flags", "export")[1])
        assert (line["old"], line["new"], line["who"]) == ("supporting", "contrasting", ["Ann Lee", "Bo Ek", "Di Gray"])
        assert line["sentence"][line["start"] : line["end"]] == "[1]"
        log = told(folder, "flags", "1")["log"]
        assert [each["what"] for each in log] == ["flagged", "agreed", "refused", "agreed"]
        assert len(told(folder, "flags", "agreed")["flags"]) == 1
        assert "agreed: Bo Ek, Di Gray" in run(folder, "flags")[1]

    def test_it_survives_another_version_of_the_text(self, held: Library) -> None:
        """The sentence moved, the document has another id, and the class stays changed."""
        folder = held.folder
        held.close()
        name = told(folder, "citations", "51000001")["citing"][-1]["id"]
        run(folder, "flag", name, "--stance", "mentioning", "--who", "Ann", "--why", "It only names it.")
        for who in ("Bo", "Cy"):
            run(folder, "flag", "agree", "1", "--who", who)
        with open_library(folder, write=True) as library:
            (holding,) = library.store.holdings([name.partition(":")[0]])
            longer = article(int(holding.document.ids.pmid or 0), f"More was found since then. {AGREES}")
            library.add([longer], processes=0)
        citing = told(folder, "citations", "51000001")["citing"]
        moved = [each for each in citing if each["changed_by"]]
        assert [(each["stance"], each["id"] == name) for each in moved] == [("mentioning", False)]

    @pytest.mark.parametrize(
        "words",
        [
            ("NAME",),
            ("NAME", "--stance", "odd", "--who", "A", "--why", "b"),
            ("NAME", "--stance", "supporting", "--who", "A", "--why", "b"),
            ("NAME", "--stance", "contrasting", "--who", "…", "--why", "b"),
            ("NAME", "--stance", "contrasting", "--who", "A"),
            ("NAMEx", "--stance", "contrasting", "--who", "A", "--why", "b"),
            ("d" + "0" * 20 + ":1-2:3", "--stance", "contrasting", "--who", "A", "--why", "b"),
            ("agree", "x", "--who", "A"),
            ("agree", "7", "--who", "A"),
            ("agree", "--who", "A"),
            ("one", "two"),
        ],
    )
    def test_faults_are_said_plainly(self, held: Library, words: tuple[str, ...]) -> None:
        """And nothing is kept."""
        folder = held.folder
        held.close()
        name = told(folder, "citations", "51000001")["citing"][0]["id"]
        code, out = run(folder, "flag", *(word.replace("NAME", name) for word in words))
        assert code in (1, 2), out
        assert told(folder, "flags")["flags"] == []
