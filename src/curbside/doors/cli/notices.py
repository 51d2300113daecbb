"""`curbside notices`: lists of retractions, concerns and corrections in and out, and what they say of works."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from pathlib import Path

from curbside.doors.cli.console import Console
from curbside.doors.cli.library import opened, tell_problems
from curbside.errors import UsageError
from curbside.records import NoticeKind, standing_words
from curbside.workflows.notices import (
    CitesRetracted,
    ListTaken,
    add_list,
    all_citing_retracted,
    all_known,
    cites_retracted,
    known,
    remove_list,
)
from curbside.writers.notices import known_json, known_lines, list_json, word_json
from curbside.writers.plain import problem_json

_SHOWN = 20
"""Problems of a list told one by one on a terminal."""


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.formatter_class = RawDescriptionHelpFormatter
    parser.epilog = (
        "  curbside notices                    lists gone by, and works held that they name\n"
        "  curbside notices ID…                what is known against a DOI, PMID, work …, held or not\n"
        "  curbside notices add FILE…          take lists: Retraction Watch's CSV, Crossref's JSON, DOIs with natures\n"
        "  curbside notices remove NAME…       go by a list no more; what it alone said is taken back\n"
        "  curbside notices citing [ID…]       documents that cite retracted works"
    )
    parser.add_argument("words", nargs="*", metavar="WORD", help="add, remove, citing, or identifiers; see below")
    parser.add_argument("--name", default="", help="name of the list that is added (default: the file's)")


def run(options: Namespace, console: Console) -> int:
    """Carry out what the first word says."""
    words: list[str] = options.words
    first, rest = (words[0], words[1:]) if words else ("", [])
    if options.name and (first != "add" or len(rest) != 1):
        raise UsageError("--name goes with one file that is added.")
    if first == "add":
        return _add(rest, options, console)
    if first == "remove":
        return _remove(rest, options, console)
    if first == "citing":
        return _citing(rest, options, console)
    return _known(words, options, console) if words else _all(options, console)


def _add(files: list[str], options: Namespace, console: Console) -> int:
    if not files:
        raise UsageError("Name the files of lists: curbside notices add FILE…")
    with opened(options, write=True) as library:
        taken = [add_list(Path(file), library.store, library.index, options.name) for file in files]
    return _tell(taken, console, options.json)


def _remove(names: list[str], options: Namespace, console: Console) -> int:
    if not names:
        raise UsageError("Name the lists: curbside notices remove NAME…  `curbside notices` shows them.")
    opened(options).close()
    with opened(options, write=True) as library:
        taken = [remove_list(name, library.store, library.index) for name in names]
    return _tell(taken, console, options.json, "removed")


def _tell(taken: list[ListTaken], console: Console, json: bool, done: str = "taken") -> int:
    if json:
        plain = [
            {**list_json(each.list), "changed": each.changed, "lost": [problem_json(p) for p in each.problems]}
            for each in taken
        ]
        console.say_json({"lists": plain})
    else:
        for each in taken:
            console.say(f"{each.list.name}: {done}, {each.list.rows:,} notices ({each.list.format}); "
                        f"{each.changed:,} works held changed their standing.")  # fmt: skip
            tell_problems(each.problems[:_SHOWN], console)
            if len(each.problems) > _SHOWN:
                console.say(f"  and {len(each.problems) - _SHOWN:,} more; --json gives all of them.")
    return 1 if any(problem.lost for each in taken for problem in each.problems) else 0


def _known(names: list[str], options: Namespace, console: Console) -> int:
    with opened(options) as library:
        found = [known(name, library.store) for name in names]
    told = [(each.asked, each.work, each.title, each.retracted, each.said, each.says) for each in found]
    if options.json:
        console.say_json({"works": [known_json(*each) for each in told]})
    else:
        for each in told:
            for line in known_lines(*each):
                console.say(line)
    return 0


def _all(options: Namespace, console: Console) -> int:
    with opened(options) as library:
        lists, held = library.store.gate.lists(), all_known(library.store)
    if options.json:
        works = [known_json(e.asked, e.work, e.title, e.retracted, e.said, e.says) for e in held]
        console.say_json({"lists": [list_json(each) for each in lists], "works": works})
        return 0
    if not lists:
        console.say("No list is gone by yet; `curbside notices add FILE` takes one.")
    console.table([(each.name, each.rows, f"notices, {each.format}, added {each.added[:10]}") for each in lists])
    console.say(f"{len(held):,} works held are named by a list or by a notice that is held:")
    for each in held:
        console.say(f"  {each.work} {', '.join(standing_words(each.said))}: {each.title}")
    return 0


def _citing(names: list[str], options: Namespace, console: Console) -> int:
    with opened(options) as library:
        found = [each for name in names for each in cites_retracted(name, library.store)]
        found = found if names else list(all_citing_retracted(library.store))
    if options.json:
        console.say_json({"documents": [_citing_json(each) for each in found]})
        return 0
    if not found:
        console.say("No document cites a work that is known to be retracted.")
    for each in found:
        console.say(f"{each.holding.document.id} {each.holding.document.title}")
        for reference, at, words in each.entries:
            console.say(f"  {reference.label or at + 1}. {reference.text or reference.title or reference.key}")
            said = next(word for word in reversed(words) if word.kind is NoticeKind.RETRACTION)
            console.say(f"     {', '.join(standing_words(words))}: {said}")
    return 0


def _citing_json(found: CitesRetracted) -> dict[str, object]:
    return {
        "document": found.holding.document.id,
        "work": found.holding.work,
        "title": found.holding.document.title,
        "entries": [
            {"reference": at, "text": reference.text or reference.title, "said": [word_json(word) for word in words]}
            for reference, at, words in found.entries
        ],
    }
