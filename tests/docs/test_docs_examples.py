"""Every example of README, tutorial and how-to is run, in order, and its output is what the page shows.

In a block marked `sh` all lines are run. In one marked `console` the lines that begin with `$ ` are run and the lines
below are what they print; a line `…` stands for any lines left out, `…` in a line for any words of it. A command must end with exit code 0, unless the
next one is `echo $?`. In an unmarked block the lines that begin with `curbside ` are run. With CURBSIDE_ACCEPT=1 the
output in `console` blocks is rewritten, shortened in the same places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from docs_tree import ACCEPT, ROOT, Fence, fences, text_of

from desk import Desk, desk

PAGES = {"README.md": True, "docs/tutorial.md": False, "docs/how-to.md": True}
"""Page -> whether its reader already has the starter shelf."""

SUPPLIED = """
mkdir papers
printf 'TY  - JOUR\\nTI  - Sirolimus in morphoea.\\nDO  - 10.5555/curbside.8\\nER  - \\n' > refs.ris
printf '# Tacrolimus in morphoea\\n\\nTacrolimus ointment was given to 3 adults.\\n' > papers/one.md
printf '{"title": "Everolimus in morphoea", "doi": "10.5555/curbside.9"}\\n' > papers/two.jsonl
printf '%s' '<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">99000008</PMID><Article>' \\
  '<ArticleTitle>Morphoea.</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>' | gzip > export.xml.gz
"""
"""Files that the README speaks of as the reader's own."""

_CUT = "…"


@pytest.mark.parametrize("page", PAGES)
def test_the_examples_of_a_page_run_and_print_what_it_shows(page: str, shelf_library: Path, tmp_path: Path) -> None:
    """A reader who types what stands there sees what stands there."""
    made = desk(tmp_path / "desk", shelf_library if PAGES[page] else None)
    if page == "README.md":
        assert made.runs(SUPPLIED)[0] == 0
    text = text_of(page)
    assert text, f"{page} is missing"
    changes: list[tuple[Fence, str]] = []
    for fence in fences(text):
        if fence.info == "console":
            shown = _console(fence, made, page)
            if shown != fence.text:
                changes.append((fence, shown))
        else:
            _script(fence, made, page)
    for fence, shown in reversed(changes):
        text = text[: fence.start] + shown + text[fence.end :]
    if changes and ACCEPT:
        (ROOT / page).write_text(text, encoding="utf-8")


def _script(fence: Fence, made: Desk, page: str) -> None:
    if fence.info == "sh":
        script = fence.text
    elif not fence.info:
        script = "\n".join(line for line in fence.text.splitlines() if line.startswith("curbside "))
        script = script if "COMMAND" not in script else ""
    else:
        return
    code, out = made.runs(script) if script.strip() else (0, "")
    assert code == 0, f"{page}:{fence.line}: exit {code}\n{out}"


def _console(fence: Fence, made: Desk, page: str) -> str:
    """Run a block's commands, compare what they print, and return the block as it should be."""
    shown: list[str] = []
    before = 0
    steps = list(_steps(fence.text))
    for number, (command, expected) in enumerate(steps):
        code, out = made.runs(f"(exit {before}) || true; {command}" if "$?" not in command else f"echo {before}")
        following = steps[number + 1][0] if number + 1 < len(steps) else ""
        assert code == 0 or following == "echo $?", f"{page}:{fence.line}: {command}: exit {code}\n{out}"
        before = code
        actual = [line.rstrip() for line in out.splitlines()]
        if _stands(expected, actual):
            shown += [f"$ {command}", *expected]
            continue
        assert ACCEPT, f"{page}:{fence.line}: {command} prints\n{out}\nand not\n" + "\n".join(expected)
        shown += [f"$ {command}", *_shortened(expected, actual)]
    return "\n".join(shown) + "\n"


def _steps(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each command of a block with the lines shown below it."""
    command, lines = "", list[str]()
    for line in text.splitlines():
        if line.startswith("$ "):
            if command:
                yield command, lines
            command, lines = line[2:].strip(), []
        else:
            lines.append(line.rstrip())
    if command:
        yield command, lines


def _pieces(expected: list[str]) -> list[list[str]]:
    """Return the runs of lines between the places where lines are left out."""
    pieces: list[list[str]] = [[]]
    for line in expected:
        if line.strip() == _CUT:
            pieces.append([])
        else:
            pieces[-1].append(line)
    return pieces


def _stands(expected: list[str], actual: list[str]) -> bool:
    """Tell whether each run of lines is printed as it stands, in order; the first at the start, the last at the end."""
    pieces = _pieces(expected)
    if not any(pieces):
        return True
    at = 0
    for number, piece in enumerate(pieces):
        if not piece:
            continue
        end = len(actual) - len(piece)
        first, last = number == 0, number == len(pieces) - 1
        places = range(end if last else at, (0 if first else end) + 1)
        found = next(
            (place for place in places if place >= at and _alike(piece, actual[place : place + len(piece)])), None
        )
        if found is None:
            return False
        at = found + len(piece)
    return True


def _alike(piece: list[str], actual: list[str]) -> bool:
    """Tell whether lines are as shown, words left out apart."""
    return len(piece) == len(actual) and all(
        re.fullmatch(".*".join(map(re.escape, shown.split(_CUT))), line) for shown, line in zip(piece, actual)
    )


def _shortened(expected: list[str], actual: list[str]) -> list[str]:
    """Return what is printed, cut where the page cuts it: runs of the same lengths, from lines that begin alike."""
    pieces = _pieces(expected)
    if len(pieces) == 1:
        return actual
    shown: list[str] = []
    at = 0
    for number, piece in enumerate(pieces):
        if number:
            shown.append(_CUT)
        if not piece:
            continue
        last = number == len(pieces) - 1
        start = at if not number else len(actual) - len(piece) if last else _place_of(piece[0], actual, at)
        start = max(start, at)
        shown += actual[start : start + len(piece)]
        at = start + len(piece)
    return shown


def _place_of(line: str, actual: list[str], at: int) -> int:
    """Return where a line stands that begins with the same word, else `at`."""
    first = re.split(r"\s+", line.strip(), maxsplit=1)[0]
    return next((place for place in range(at, len(actual)) if actual[place].strip().startswith(first)), at)


def test_leaving_out_lines_is_understood() -> None:
    """What the comparison takes and what it does not."""
    actual = ["a", "b", "c", "d"]
    assert _stands(["a", "…", "c", "d"], actual)
    assert _stands(["…", "b", "c", "…"], actual)
    assert _stands(["a", "b", "c", "d"], actual)
    assert not _stands(["a", "b"], actual)
    assert not _stands(["a", "…", "b"], actual)
    assert not _stands(["b", "…"], actual)
    assert _stands([], actual)
    assert _stands(["a … d"], ["a b c d"]) and not _stands(["a … d"], ["a b c"])
    assert _shortened(["a", "…", "c x", "…"], ["a", "b", "c y", "d"]) == ["a", "…", "c y", "…"]
