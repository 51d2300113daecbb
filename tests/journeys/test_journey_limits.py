"""At the limits: an empty library, a library that cannot be written, Ctrl-C in the middle, a reader that goes away."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest
from journey import COMMAND, NOT_DONE, PAPER, QUESTION, STOPPED, Person, pubmed_set, undated


def test_an_empty_library_says_so(someone: Person) -> None:
    """A library from which everything was removed: status works, asking and searching say how to begin."""
    someone.writes("paper.xml", pubmed_set(PAPER.pubmed()))
    someone.types("add", "paper.xml")
    someone.types("remove", PAPER.pmid)
    assert someone.types("status", "--json").json["documents"] == 0
    for words in (("ask", QUESTION), ("search", "sirolimus")):
        said = someone.types(*words, code=NOT_DONE)
        assert "empty" in said.err and "curbside shelf" in said.err
    assert someone.types("export").out == ""
    someone.types("rebuild")


def test_adding_an_empty_folder_adds_nothing_and_is_no_fault(someone: Person) -> None:
    """Nothing was given, nothing was lost."""
    (someone.folder / "nothing").mkdir()
    told = someone.types("add", "nothing", "--json").json
    assert told["added"] == 0 and [each for each in told["problems"] if each["lost"]] == []


def _without_rights(words: tuple[str, ...]) -> list[str]:
    """Return the command line with which even the administrator has to obey the rights of files."""
    if os.geteuid() != 0:
        return list(words)
    tool = shutil.which("setpriv")
    if tool is None:
        pytest.skip("run as administrator and without setpriv: rights of files cannot be tried")
    return [tool, "--bounding-set=-all", "--inh-caps=-all", *words]


def test_a_library_that_cannot_be_written_still_answers(shelved: Person) -> None:
    """On a read-only folder asking, searching and status work as ever; adding fails with a clear line."""
    question = "Does sirolimus help children with refractory autoimmune cytopenias?"
    before = shelved.types("ask", question).out
    folders = [shelved.library, *(path for path in shelved.library.rglob("*"))]
    rights = {path: path.stat().st_mode for path in folders}
    for path in folders:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:

        def tries(*words: str) -> subprocess.CompletedProcess[str]:
            line = _without_rights((*COMMAND, *words))
            return subprocess.run(
                line, capture_output=True, text=True, env=shelved.environment(), cwd=shelved.folder, check=False
            )

        asked = tries("ask", question)
        assert (asked.returncode, asked.stdout) == (0, before), asked.stderr
        assert tries("search", "sirolimus").returncode == 0
        assert tries("status").returncode == 0
        shelved.writes("paper.xml", pubmed_set(PAPER.pubmed()))
        added = tries("add", "paper.xml")
        assert added.returncode == NOT_DONE and added.stderr.startswith("curbside: ")
        assert "Traceback" not in added.stderr
    finally:
        for path, mode in rights.items():
            path.chmod(mode)


def test_ctrl_c_stops_an_add_and_the_same_command_goes_on(someone: Person) -> None:
    """Stopped in the middle: exit 130, a word how to go on; run again, the library is as if never disturbed."""
    papers = [replace(PAPER, pmid=str(99010000 + i), doi=f"10.5555/stop.{i}") for i in range(900)]
    for number in range(6):
        part = papers[number * 150 : (number + 1) * 150]
        someone.writes(f"papers/{number}.xml", pubmed_set(*(paper.pubmed() for paper in part)))
    calm = replace(someone, library=someone.folder / "calm")
    calm.types("add", "papers")
    work = subprocess.Popen(
        [*COMMAND, "add", "papers"],
        cwd=someone.folder,
        env=someone.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    _wait_for_first_original(someone.library, work)
    work.send_signal(signal.SIGINT)
    _, err = work.communicate(timeout=120)
    assert "Traceback" not in err
    assert work.returncode == STOPPED, err
    assert "same command again" in err
    someone.types("add", "papers")
    assert someone.types("export").out == calm.types("export").out
    assert undated(someone.types("ask", "--json", QUESTION).out) == undated(calm.types("ask", "--json", QUESTION).out)
    ours, theirs = someone.types("status", "--json").json, calm.types("status", "--json").json
    for key in ("works", "documents", "originals", "passages", "index", "problems", "tombstones"):
        assert ours[key] == theirs[key], key


def _wait_for_first_original(library: Path, work: subprocess.Popen[str]) -> None:
    """Wait until the first file's bytes are kept, so that the signal falls into the work and not before it."""
    while work.poll() is None:
        if any(path.is_file() for path in (library / "originals").rglob("*")):
            return
        time.sleep(0.005)


def test_a_reader_that_goes_away_is_no_fault(shelved: Person) -> None:
    """`curbside export | head -1`: exit 0, no traceback."""
    work = subprocess.Popen(
        [*COMMAND, "export"],
        env=shelved.environment(),
        cwd=shelved.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert work.stdout is not None and work.stderr is not None
    assert work.stdout.readline()
    work.stdout.close()
    err = work.stderr.read()
    work.stderr.close()
    assert work.wait(timeout=60) == 0 and "Traceback" not in err
