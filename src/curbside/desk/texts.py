"""The texts of policies: which there are, what Curbside comes with, what may be written, and what changed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from curbside.desk.differing import Change, Run, runs_of
from curbside.desk.naming import prose
from curbside.errors import NotHeld, UsageError
from curbside.records.policy import PolicyText

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "editorial-policy": "Editorial policy",
        "reviewing": "How articles are reviewed",
        "disclaimer": "Disclaimer",
        "privacy": "Privacy",
    }
)
"""Name of a text -> its title; in this order wherever they are listed."""

_AT = "2026-11-22T00:00:00Z"
_FIRST = "Came with Curbside."
_MOST_WORDS, _MOST_PARAGRAPHS = 1_500, 500


@lru_cache(maxsize=len(TITLES))
def shipped(name: str) -> PolicyText:
    """Return a text as Curbside comes with it.

    Raises:
        NotHeld: if there is none of that name.
    """
    title = title_of(name)
    body = files("curbside.desk").joinpath("policy_texts", f"{name}.md").read_text(encoding="utf-8")
    return PolicyText(name, title, 1, _AT, "", _FIRST, body)


def title_of(name: str) -> str:
    """Return the title of a text.

    Raises:
        NotHeld: if there is none of that name.
    """
    if name not in TITLES:
        raise NotHeld(f"There is no such text. Texts are {', '.join(TITLES)}.")
    return TITLES[name]


def written(body: str) -> str:
    """Return what somebody wrote as it may be kept.

    Raises:
        UsageError: if it is empty or too long.
    """
    kept = prose(body, "text")
    if not kept.strip():
        raise UsageError("The text is empty. To go back to an earlier version, write its words anew.")
    return kept


def changes_of(before: str, after: str) -> tuple[tuple[Run, ...], ...]:
    """Return what became of each paragraph, word by word, in the order of the later text.

    Paragraphs are compared first; words only within those that changed, and not within very long ones, so that the
    work stays small.
    """
    old, new = _paragraphs(before), _paragraphs(after)
    if max(len(old), len(new)) > _MOST_PARAGRAPHS:
        return tuple((Run(Change.REMOVED, each),) for each in old) + tuple((Run(Change.ADDED, each),) for each in new)
    found: list[tuple[Run, ...]] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [(Run(Change.SAME, each),) for each in new[k:m]]
            continue
        gone, come = old[i:j], new[k:m]
        paired = min(len(gone), len(come))
        found += [_words(gone[at], come[at]) for at in range(paired)]
        found += [(Run(Change.REMOVED, each),) for each in gone[paired:]]
        found += [(Run(Change.ADDED, each),) for each in come[paired:]]
    return tuple(found)


def _words(gone: str, come: str) -> tuple[Run, ...]:
    if max(len(gone.split()), len(come.split())) > _MOST_WORDS:
        return (Run(Change.REMOVED, gone), Run(Change.ADDED, come))
    return runs_of(gone, come)


def _paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text and the items of its lists, their lines joined."""
    found: list[list[str]] = [[]]
    for line in text.splitlines():
        starts = line.lstrip().startswith(("- ", "* ", "#")) or line.lstrip()[:1].isdigit()
        if not line.strip() or starts:
            found.append([])
        if line.strip():
            found[-1].append(line.strip())
    return [" ".join(lines) for lines in found if lines]
