"""No link of the documentation leads nowhere, and no page is left out of the ways in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docs_tree import ROOT, anchors, pages, text_of, without_fences

_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", pages(), ids=_name)
def test_each_link_leads_to_a_file_and_a_heading_that_is_there(page: Path) -> None:
    """Links to files are relative to the page; what stands behind `#` is a heading of the page linked to."""
    for target in _LINK.findall(without_fences(page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{_name(page)}: {target}"
        assert there.is_relative_to(ROOT), f"{_name(page)}: {target} leads out of the project"
        if anchor:
            assert anchor in anchors(there.read_text(encoding="utf-8")), f"{_name(page)}: no heading for {target}"


@pytest.mark.parametrize("page", pages(), ids=_name)
def test_files_named_in_passing_are_there(page: Path) -> None:
    """A path in backticks that begins with a folder of the project names something that exists."""
    for path in re.findall(r"`((?:src|tests|docs|evals|bench|training)/[\w./-]+)`", page.read_text(encoding="utf-8")):
        assert (ROOT / path).exists(), f"{_name(page)}: {path}"


def test_pages_named_in_code_are_there() -> None:
    """A docstring that sends its reader to a page sends them somewhere."""
    folders = ("src", "evals", "bench", "training", "tests")
    for path in sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        for page in re.findall(r"\bdocs/[\w/-]+\.md\b", path.read_text(encoding="utf-8")):
            assert (ROOT / page).exists(), f"{path.relative_to(ROOT)}: {page}"


def test_every_page_can_be_reached_from_the_readme() -> None:
    """A page that nothing links to is not read."""
    reached, waiting = set[Path](), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.exists():
            continue
        reached.add(page)
        links = _LINK.findall(without_fences(page.read_text(encoding="utf-8")))
        targets = (link.partition("#")[0] for link in links if not re.match(r"[a-z]+:", link))
        waiting += [(page.parent / target).resolve() for target in targets if target]
    lost = [_name(page) for page in pages() if page not in reached and page.name != "CHANGELOG.md"]
    assert not lost, f"not reached from README.md: {lost}"


def test_the_readme_is_one_screen() -> None:
    """What it does, two commands, a transcript: about sixty lines."""
    assert len(text_of("README.md").splitlines()) <= 64


def test_no_page_is_unfinished() -> None:
    """Words that mark a gap have no place in what is shipped."""
    for page in pages():
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"\b(?:TODO|TBD|FIXME|XXX|TRANSCRIPT)\b", text), _name(page)
