"""`curbside study ID`: the study card of a document in the library, each value with its words, what is missing said."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from curbside.doors.cli.console import Console
from curbside.doors.cli.library import opened
from curbside.workflows.card import study_cards
from curbside.writers.card_terminal import card_terminal
from curbside.writers.facts import card_json


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("id", help="document (d…), work (w…), PMID, PMCID, DOI or NCT number")


def run(options: Namespace, console: Console) -> int:
    """Print the cards of what the id names."""
    with opened(options) as library:
        cards = study_cards(options.id, library.store, library.vocabulary)
    if options.json:
        console.say_json({"cards": [card_json(each.document, each.card) for each in cards]})
        return 0
    for number, each in enumerate(cards):
        console.say(("\n" if number else "") + card_terminal(each.document, each.card, console.width).rstrip())
    return 0
