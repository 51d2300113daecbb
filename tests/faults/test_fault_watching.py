"""Whoever watches the articles is killed, again and again: nothing is missed, and nothing is told twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import watching

from curbside.records import ArticleState, Role
from curbside.store.desk import SqlDesk
from curbside.wiring import open_library
from curbside.workflows import articles as work
from curbside.workflows.watching import keys_of, watch
from desk_makers import KINDS, address_of, person

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork, to be killed")

QUESTION = "Does topical sirolimus improve facial angiofibroma?"
MANY = 12
MOMENTS = ("ask:3", "tell:2", "tell:7")


def add(folder: Path, pmid: int) -> None:
    """Add a small trial to the library."""
    words = "In this randomised trial facial angiofibroma improved with topical sirolimus in 31 of 40 patients."
    title = f"Topical sirolimus for facial angiofibroma: trial {pmid}"
    source = folder / f"{pmid}.jsonl"
    source.write_text(json.dumps({"pmid": str(pmid), "title": title, "abstract": words, "year": 2018}))
    with open_library(folder / "library", write=True) as library:
        library.add([source], processes=0)


@pytest.mark.parametrize("kind", KINDS)
def test_killed_while_it_asks_and_while_it_tells(tmp_path: Path, kind: str) -> None:
    """Each article has its news, and the log holds it once."""
    with address_of(kind, tmp_path / "desk") as url:
        add(tmp_path, 1)
        desk = SqlDesk(url)
        author = person(1, Role.AUTHOR)
        with desk.writing() as change:
            change.put(author)
        with open_library(tmp_path / "library", meaning=False) as library:
            drawn = work.draft(desk, author, library.ask(QUESTION), library.store)
            keys = keys_of(drawn.version, library.vocabulary)
            ids = [f"a{number:016d}" for number in range(MANY)]
            with desk.writing() as change:
                for id in ids:
                    change.articles.make(replace(drawn, id=id, state=ArticleState.APPROVED, approved=1), change.at)
                    change.articles.set_keys(id, keys)
            watch(desk, library.store, library.ask)
        add(tmp_path, 2)
        command = [sys.executable, watching.__file__, url, str(tmp_path / "library"), *MOMENTS]
        done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
        assert done.stdout.strip() == str(len(MOMENTS)), done.stderr
        with desk.reading() as view:
            told = Counter(entry.about for entry in view.audit() if entry.action == "article.news")
            assert all("trial 2" in view.articles.get(id).news for id in ids)
            assert view.jobs.standing().waiting == 0
        assert told == dict.fromkeys(ids, 1)
        desk.close()
