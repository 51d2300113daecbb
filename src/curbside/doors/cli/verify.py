"""`curbside verify FILE`: an audit bundle held against itself, and against a library where there is one."""

from __future__ import annotations

import os
import textwrap
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

from curbside.doors.cli.console import Console
from curbside.doors.cli.library import opened
from curbside.errors import UsageError
from curbside.language.vocabulary import Vocabulary
from curbside.records.bundle import MOST_BYTES, Bundle, Discrepancy, DiscrepancyKind
from curbside.settings import DeskSettings, read_settings
from curbside.store.base_desk import DESK
from curbside.wiring.desk import open_desk
from curbside.workflows.bundle_again import Again, SentenceChange
from curbside.workflows.bundle_checks import quotes_of
from curbside.workflows.bundle_library import AgainstLibrary
from curbside.workflows.verify import Verified, verify
from curbside.writers.fields import one_line

_SHOWN = 40
"""Discrepancies of a kind that are printed; how many more there are is said, and --json has all."""


_NOUNS = {
    "claims": "claim",
    "quotes": "quote",
    "documents": "document",
    "versions": "version",
    "signatures": "signature",
    "entries": "entry of the log",
}
"""What is counted -> one of it."""


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.formatter_class = RawDescriptionHelpFormatter
    parser.epilog = (
        "Exit code 1 where something does not hold. What the library at hand does not hold is counted, and no fault.\n"
        "Whoever can change a bundle can also write its hash anew: that nothing was made up shows in another library\n"
        "that holds the documents, and in a head of the audit log that was noted elsewhere."
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the bundle")
    parser.add_argument("--alone", action="store_true", help="hold it against itself alone, and open no library")
    words = "ask the library the question again, and show what the answer would say otherwise"
    parser.add_argument("--rerun", action="store_true", help=words)
    words = "hash of an entry of the audit log, noted elsewhere, that the log in the bundle must go through"
    parser.add_argument("--head", default="", metavar="HASH", help=words)


def run(options: Namespace, console: Console) -> int:
    """Check the bundle and print what was found, each with its place."""
    if options.alone and options.rerun:
        raise UsageError("--rerun asks a library; it does not go with --alone.")
    with options.file.expanduser().open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    done = _verified(data, options, console)
    if options.json:
        console.say_json(_plain(done, options.file))
    else:
        _say(done, console)
    return 0 if done.holds else 1


def _verified(data: bytes, options: Namespace, console: Console) -> Verified:
    folder: Path = options.library
    head = options.head.strip().lower()
    there = folder.is_dir() and any(folder.iterdir())
    if options.alone or not (there or options.rerun):
        if not options.alone:
            console.note(f"There is no library in {folder}: the bundle is held against itself alone.")
        return verify(data, Vocabulary.shipped(), head=head)
    with ExitStack() as stack:
        library = stack.enter_context(opened(options))
        settings = read_settings(os.environ, Path.home()).desk
        desk = open_desk(folder, settings) if _has_desk(folder, settings) else None
        if desk is not None:
            stack.callback(desk.close)
        ask = library.ask if options.rerun else None
        return verify(data, library.vocabulary, library.store, desk, ask, head)


def _has_desk(folder: Path, settings: DeskSettings) -> bool:
    """Tell whether a library has a desk; looking must not make one."""
    return bool(settings.database) or (folder / DESK).is_file()


def _plain(done: Verified, path: Path) -> dict[str, Any]:
    bundle, against, again = done.bundle, done.library, done.again
    article = bundle.article if bundle is not None else None
    return {
        "holds": done.holds,
        "file": str(path),
        "of": "" if bundle is None else "article" if article is not None else "answer",
        "title": bundle.title if bundle is not None else "",
        "article": article.id if article is not None else "",
        "version": article.version if article is not None else 0,
        "state": article.state if article is not None else "",
        "curbside": bundle.curbside if bundle is not None else "",
        "looked_at": _counts(bundle) if bundle is not None else {},
        "discrepancies": [asdict(each) for each in done.discrepancies],
        "library": None if against is None else _library_plain(against),
        "again": None if again is None else asdict(again),
    }


def _library_plain(against: AgainstLibrary) -> dict[str, Any]:
    told = {**asdict(against), "absent": against.absent}
    del told["discrepancies"]
    return told


def _counts(bundle: Bundle) -> dict[str, int]:
    article = bundle.article
    log = article.log if article is not None else ()
    return {
        "claims": len(bundle.claims),
        "quotes": sum(1 for _ in quotes_of(bundle)),
        "documents": len(bundle.documents),
        "versions": len(article.versions) if article is not None else 0,
        "signatures": len(article.signatures) if article is not None else 0,
        "entries": sum(len(each.entries) for each in log),
        "sealed": sum(len(each.seals) for each in log),
    }


def _say(done: Verified, console: Console) -> None:
    bundle = done.bundle
    if bundle is not None:
        article = bundle.article
        what = f"version {article.version} of article {article.id}, {article.state}" if article else "an answer"
        made = f", {article.made}" if article else ""
        _wrapped(f"“{bundle.title}”: {what}. Made by Curbside {bundle.curbside}{made}.", console)
        counts = _counts(bundle)
        seen = [_counted(counts[many], one, many) for many, one in _NOUNS.items() if counts[many]]
        sealed = f", in a chain over {counts['sealed']:,} others" if counts["sealed"] else ""
        _wrapped(f"Looked at: {', '.join(seen)}{sealed}.", console)
    _discrepancies("DOES NOT HOLD", done.of(DiscrepancyKind.FAULT), console)
    _discrepancies("TO BE KNOWN", done.of(DiscrepancyKind.REMARK), console)
    _discrepancies("NOT HELD HERE", done.of(DiscrepancyKind.UNSEEN), console)
    if done.library is not None:
        _library(done.library, console)
    if done.again is not None:
        _again(done.again, console)
    if not done.holds:
        console.say("\nIt does not hold.")
    elif done.library is not None and done.library.stand == done.library.quotes:
        console.say("\nIt holds, and this library has every quote at its place.")
    elif done.library is not None and done.library.stand:
        console.say(f"\nIt holds; this library could confirm {done.library.stand:,} of {done.library.quotes:,} quotes.")
    else:
        console.say("\nIt holds, against itself alone: no library has confirmed its quotes.")


def _discrepancies(heading: str, found: Sequence[Discrepancy], console: Console) -> None:
    if found:
        console.say(f"\n{heading} ({len(found):,})")
    for place, each in enumerate(found[:_SHOWN], 1):
        _wrapped(f"{each.place or 'the file'}: {each.words}", console, "- ")
        # What is to be done about several in a row is said once.
        if each.remedy and (place == min(len(found), _SHOWN) or found[place].remedy != each.remedy):
            _wrapped(each.remedy, console, "  > ")
    if len(found) > _SHOWN:
        console.say(f"  and {len(found) - _SHOWN:,} more (all of them: --json)")


def _library(told: AgainstLibrary, console: Console) -> None:
    console.say("\nTHIS LIBRARY")
    console.table(
        [
            ("documents", told.documents, "cited or quoted"),
            ("", told.same, "held as they were"),
            ("", told.other, "of which another text of the work is held"),
            ("", told.absent, "not held"),
            ("quotes", told.quotes, ""),
            ("", told.stand, "stand at their place"),
            ("", told.elsewhere, "stand in another text of the work"),
        ]
    )
    if told.unchanged:
        console.say("It holds the same documents as when the bundle was made.")


def _again(told: Again, console: Console) -> None:
    console.say("\nASKED AGAIN")
    if told.same:
        console.say("The answer is, word for word, the one that was drawn then.")
        return
    for each in told.sentences:
        if each.change != "same":
            _wrapped(_sentence(each), console, "- ")
    same = sum(each.change == "same" for each in told.sentences)
    console.say(f"{same:,} of {len(told.sentences):,} sentences are the same.")
    for words, titles in (("Cited now", told.cited), ("Cited no more", told.dropped)):
        for title in titles:
            _wrapped(f"{words}: “{title}”", console, "- ")


def _sentence(told: SentenceChange) -> str:
    marks = {"added": "{{+{}+}}", "removed": "[-{}-]"}
    words = " ".join(marks.get(run.change, "{}").format(run.words) for run in told.runs)
    claim = f" claim {told.number}" if told.number else ""
    notes = "; on other words than before" if told.quotes else ""
    notes += "; people had changed it" if told.edited else ""
    return f"{told.change}{claim}: {words}{notes}"


def _counted(count: int, one: str, many: str) -> str:
    return f"1 {one}" if count == 1 else f"{count:,} {many}{' of the log' if many == 'entries' else ''}"


def _wrapped(words: str, console: Console, lead: str = "") -> None:
    console.say(textwrap.fill(one_line(words), console.width, initial_indent=lead, subsequent_indent=" " * len(lead)))
