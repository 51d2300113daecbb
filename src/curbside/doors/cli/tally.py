"""`curbside tally`: how often a work, an author's works or a claim is cited, and how."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from curbside.doors.cli.console import Console
from curbside.doors.cli.library import opened
from curbside.errors import UsageError
from curbside.records import standing_words
from curbside.writers.tallies import tallied_json, tally_rows, tally_words


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("id", nargs="?", default="", metavar="ID", help="work (w…), document, PMID, DOI …; held or not")
    parser.add_argument("--author", default="", metavar="NAME", help='an author: "Blomberg, J" or an ORCID iD')
    parser.add_argument("--drug", default="", metavar="NAME", help="with --condition: works on a drug for a condition")
    parser.add_argument("--condition", default="", metavar="NAME", help="with --drug")
    parser.add_argument("--retracted", action="store_true", help="count what retracted works say with the rest")


def run(options: Namespace, console: Console) -> int:
    """Count and print."""
    claim = bool(options.drug or options.condition)
    if [bool(options.id), bool(options.author), claim].count(True) != 1:
        raise UsageError("Name one: an ID, --author NAME, or --drug NAME with --condition NAME.")
    if claim and not (options.drug and options.condition):
        raise UsageError("A claim needs both: --drug NAME --condition NAME.")
    with opened(options) as library:
        found = (
            library.tally_of_claim(options.drug, options.condition, options.retracted)
            if claim
            else library.tally_of_author(options.author, options.retracted)
            if options.author
            else library.tally_of_work(options.id, options.retracted)
        )
    if options.json:
        told = (found.of, found.name, found.title, found.works, found.matched, found.tally)
        console.say_json(tallied_json(*told, found.with_retracted, found.said))
        return 0
    standing = ", ".join(standing_words(found.said))
    console.say(f"{found.title or 'Not held'} ({found.name}){f': {standing}' if standing else ''}")
    if found.of != "work":
        more = f" of {found.matched:,} documents that match" if found.matched > found.works else ""
        console.say(f"Counted are citations of {found.works:,} {'work' if found.works == 1 else 'works'} held{more}.")
    for words in tally_words(found.tally, found.with_retracted):
        console.say(words)
    if found.tally.total:
        console.table([("", "supporting", "contrasting", "mentioning"), *tally_rows(found.tally)])
    return 0
